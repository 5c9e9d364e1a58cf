//! `b2h_values`: values to be written.

use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::locations::read_attributes;
use crate::status::b2h_status;
use b2handle_client::{Data, Ttl, Values};
use std::ffi::c_char;

/// A list of values to be written, which a program fills and then gives to b2h_register_values(), b2h_modify_values()
/// or b2h_put_values(), as often as it likes. Only one thread may change it at a time. What is said of no value (ttl,
/// permissions) stays as it is on the server, or is as usual: 86400 seconds, 1110.
pub struct b2h_values {
    pub(crate) values: Values,
}

/// Makes an empty list.
///
/// @param[out] out the list, to be freed with b2h_values_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_new(out: *mut *mut b2h_values, err: *mut *mut b2h_error) -> b2h_status {
    let run = || {
        // SAFETY: by contract a valid output pointer or NULL.
        let out = unsafe { Out::required(out, "out") }?;
        out.set(pointer::give(b2h_values { values: Values::new() }));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Frees a list.
///
/// @param values the list; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_free(values: *mut b2h_values) {
    boundary::free(|| {
        if !values.is_null() {
            // SAFETY: by contract made by `b2h_values_new`, and freed once.
            drop(unsafe { Box::from_raw(values) });
        }
    });
}

/// How many values the list has.
///
/// @param values the list; NULL is fine
/// @return the number; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_count(values: *const b2h_values) -> usize {
    // SAFETY: by contract NULL or a list that has not been freed.
    let values = unsafe { values.as_ref() };
    boundary::plain(0, || values.map_or(0, |values| values.values.len()))
}

/// Adds a text value.
///
/// @param values the list
/// @param index where in the record, or 0 to have an index chosen
/// @param type the type, such as "URL"
/// @param text the data, at most 1 MiB
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
///     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
///     structure; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_add_text(
    values: *mut b2h_values,
    index: u32,
    r#type: *const c_char,
    text: *const c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (values, kind, text) = unsafe {
            (pointer::borrow_mut(values, "values")?, text::read(r#type, "type")?, text::read(text, "text")?)
        };
        Ok(values.values.add_text(chosen(index), kind, text)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Adds a binary value.
///
/// @param values the list
/// @param index where in the record, or 0 to have an index chosen
/// @param type the type, such as "URL"
/// @param bytes the data, at most 1 MiB; may be NULL if there are none
/// @param length how many bytes
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
///     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
///     structure; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_add_bytes(
    values: *mut b2h_values,
    index: u32,
    r#type: *const c_char,
    bytes: *const u8,
    length: usize,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (values, kind, bytes) = unsafe {
            (
                pointer::borrow_mut(values, "values")?,
                text::read(r#type, "type")?,
                pointer::read_list(bytes, length, "bytes")?,
            )
        };
        Ok(values.values.add(chosen(index), kind, Data::Bytes(bytes.to_vec()))?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Adds an HS_ADMIN value: who administers the Handle, and what they may do.
///
/// @param values the list
/// @param index where in the record, or 0 to have one from 100 on chosen
/// @param owner index:prefix/suffix of a key, or of a list of users (HS_VLIST)
/// @param permissions 12 characters of 0 and 1 as in JSON, such as 011111110011; see b2h_permissions_format()
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
///     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
///     structure; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_add_admin(
    values: *mut b2h_values,
    index: u32,
    owner: *const c_char,
    permissions: *const c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (values, owner, permissions) = unsafe {
            (
                pointer::borrow_mut(values, "values")?,
                text::read(owner, "owner")?,
                text::read(permissions, "permissions")?,
            )
        };
        Ok(values.values.add_admin(chosen(index), owner, permissions)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Adds an HS_VLIST value: a list of users.
///
/// @param values the list
/// @param index where in the record, or 0 to have an index chosen; by convention 200
/// @param members index:prefix/suffix each; may be NULL if there are none
/// @param member_count how many
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
///     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
///     structure; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_add_vlist(
    values: *mut b2h_values,
    index: u32,
    members: *const *const c_char,
    member_count: usize,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (values, members) = unsafe {
            (pointer::borrow_mut(values, "values")?, text::read_list(members, member_count, "members")?)
        };
        Ok(values.values.add_vlist(chosen(index), members)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Adds locations to the 10320/LOC value of the list, or such a value where the list has none: several URLs, each with
/// the same attributes, as b2h_add_locations() does. Call it again for URLs with other attributes. A value that is
/// made here gets the attribute chooseby from the key 10320LOC_chooseby of the client that writes it.
///
/// @param values the list
/// @param urls the URLs; may be NULL if there are none
/// @param url_count how many
/// @param attribute_names as for b2h_add_locations(); may be NULL if there are none
/// @param attribute_values as many values; may be NULL if there are none
/// @param attribute_count how many
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_VALUE for attributes that cannot be written, or where the list has several 10320/LOC
///     values; B2H_BROKEN_RECORD where it has one that is not XML; B2H_CONFLICT where another location has the id;
///     B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_add_locations(
    values: *mut b2h_values,
    urls: *const *const c_char,
    url_count: usize,
    attribute_names: *const *const c_char,
    attribute_values: *const *const c_char,
    attribute_count: usize,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (values, urls, attributes) = unsafe {
            (
                pointer::borrow_mut(values, "values")?,
                text::read_list(urls, url_count, "urls")?,
                read_attributes(attribute_names, attribute_values, attribute_count)?,
            )
        };
        Ok(values.values.add_locations(&urls, &attributes)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Adds a value whose data is a structure: HS_PUBKEY (format "key", a JSON Web Key), HS_SITE (format "site"), or another
/// type with "admin" or "vlist".
///
/// @param values the list
/// @param index where in the record, or 0 to have an index chosen
/// @param type the type, such as "URL"
/// @param format "key", "site", "admin" or "vlist"
/// @param json the structure as the REST API writes it, such as {"kty": "RSA", "n": "...", "e": "AQAB"}
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
///     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
///     structure; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_add_structured(
    values: *mut b2h_values,
    index: u32,
    r#type: *const c_char,
    format: *const c_char,
    json: *const c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (values, kind, format, json) = unsafe {
            (
                pointer::borrow_mut(values, "values")?,
                text::read(r#type, "type")?,
                text::read(format, "format")?,
                text::read(json, "json")?,
            )
        };
        Ok(values.values.add_structured(chosen(index), kind, format, json)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Adds values as B2HANDLE and the REST API write them in JSON: an object with "type" and "data", and where wanted
/// "index", "ttl", "permissions" (four characters), "references"; or a list of them; or an object with such a list as
/// "values". All are added, or none.
///
/// @param values the list
/// @param json the text
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
///     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
///     structure; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_add_json(
    values: *mut b2h_values,
    json: *const c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (values, json) = unsafe { (pointer::borrow_mut(values, "values")?, text::read(json, "json")?) };
        Ok(values.values.add_json(json)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Says how long the value that was added last may be cached.
///
/// @param values the list
/// @param seconds from 0 to 2147483647
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_VALUE for another time; B2H_INVALID_ARGUMENT, also where the list is empty
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_set_ttl(
    values: *mut b2h_values,
    seconds: i64,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let values = unsafe { pointer::borrow_mut(values, "values")? };
        Ok(values.values.set_ttl(Ttl::Relative(seconds))?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Says until when the value that was added last may be cached.
///
/// @param values the list
/// @param time seconds since 1970
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return as b2h_values_set_ttl()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_set_ttl_absolute(
    values: *mut b2h_values,
    time: i64,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let values = unsafe { pointer::borrow_mut(values, "values")? };
        Ok(values.values.set_ttl(Ttl::Absolute(time))?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Says who may read and write the value that was added last.
///
/// @param values the list
/// @param permissions four characters of 0 and 1 for admin read, admin write, public read, public write
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_VALUE for other text; B2H_INVALID_ARGUMENT, also where the list is empty
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_values_set_permissions(
    values: *mut b2h_values,
    permissions: *const c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (values, permissions) =
            unsafe { (pointer::borrow_mut(values, "values")?, text::read(permissions, "permissions")?) };
        Ok(values.values.set_permissions(permissions)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// 0 stands for an index that is still to be chosen.
fn chosen(index: u32) -> Option<u32> {
    (index != 0).then_some(index)
}
