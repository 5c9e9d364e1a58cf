//! Several locations of a Handle (10320/LOC).

use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out, OutValue};
use crate::ffi::text;
use crate::locations::{b2h_locations, read_attributes};
use crate::options::{self, b2h_call_options};
use crate::status::b2h_status;
use std::ffi::c_char;

/// Reads the locations of a Handle: those of all its 10320/LOC values. None are no error.
///
/// Requests: one GET of the values of this type; none where the cache has them.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param options may be NULL; B2H_AUTHORITATIVE, B2H_AUTHENTICATED
/// @param[out] out the locations, to be freed with b2h_locations_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_BROKEN_RECORD where a value is not well-formed XML with the outermost
///     element <locations>, or has a document type declaration; or a status of authentication or connection
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_get_locations(
    client: *mut b2h_client,
    handle: *const c_char,
    options: *const b2h_call_options,
    out: *mut *mut b2h_locations,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, options) = unsafe {
            (
                Out::required(out, "out")?,
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                options::read(options)?,
            )
        };
        out.set(pointer::give(b2h_locations::new(&client.client.locations(handle, &options)?)));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Tells whether a location of a Handle has the URL.
///
/// Requests: as b2h_get_locations().
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param url the URL; compared as it is, character by character
/// @param options may be NULL; B2H_AUTHORITATIVE, B2H_AUTHENTICATED
/// @param[out] out 1 or 0; 0 on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return as b2h_get_locations()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_has_location(
    client: *mut b2h_client,
    handle: *const c_char,
    url: *const c_char,
    options: *const b2h_call_options,
    out: *mut i32,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, url, options) = unsafe {
            (
                OutValue::required(out, "out")?,
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read(url, "url")?,
                options::read(options)?,
            )
        };
        out.set(client.client.has_location(handle, url, &options)?.into());
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Adds locations to a Handle: several URLs, each with the same attributes. A URL that is there already is not added
/// once more, but gets the attributes; its other attributes stay. Where the Handle has no 10320/LOC value, it gets
/// one, with the attribute chooseby from the key 10320LOC_chooseby of the credentials.
///
/// Nothing else of the record is written. In the XML of a value that is there, only these places are changed;
/// comments, attributes of others, elements that nobody knows, the order and the layout stay as they are.
///
/// Without an id among the attributes, each new location gets the first number that is free, from 0 on.
///
/// Requests: one GET of the record with credentials (and one without, where the identity may not read all of it), one
/// PUT of this value by its index, and one more GET of it; only the first where all is as wanted already; none without
/// a URL. Servers have no conditional write: edits of one Handle through this client wait for each other; between
/// programs the last one wins. A change that is gone at the last GET is reported as B2H_CONFLICT; one that is undone
/// later is not.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param urls the URLs; may be NULL if there are none
/// @param url_count how many
/// @param attribute_names such as "weight" (a number from 0 to 1 such as 0.5), "http_role", "country", "id" (for one URL
///     only) or any other name of an XML attribute but "href"; may be NULL if there are none
/// @param attribute_values as many values; may be NULL if there are none
/// @param attribute_count how many
/// @param options may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_BROKEN_RECORD where the Handle has several 10320/LOC values, or one that
///     b2h_get_locations() would not understand; B2H_INVALID_ARGUMENT or B2H_INVALID_VALUE for attributes that are not
///     possible; B2H_CONFLICT where another location has the id, or another program undid the change;
///     B2H_VALUE_TOO_LARGE; or a status of authentication, permission or connection. If b2h_error_in_doubt(), the
///     locations may have been written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_add_locations(
    client: *mut b2h_client,
    handle: *const c_char,
    urls: *const *const c_char,
    url_count: usize,
    attribute_names: *const *const c_char,
    attribute_values: *const *const c_char,
    attribute_count: usize,
    options: *const b2h_call_options,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (client, handle, urls, attributes, options) = unsafe {
            (
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read_list(urls, url_count, "urls")?,
                read_attributes(attribute_names, attribute_values, attribute_count)?,
                options::read(options)?,
            )
        };
        Ok(client.client.add_locations(handle, &urls, &attributes, &options)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Puts one URL in the place of another in the locations of a Handle; id, weight and all other attributes stay.
///
/// Requests: as b2h_add_locations().
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param old_url the URL that is there; where several locations have it, all of them get the new one
/// @param new_url the new URL
/// @param options may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_VALUE_NOT_FOUND where no location has the old URL; B2H_CONFLICT where one has the new URL
///     already; else as b2h_add_locations()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_exchange_location(
    client: *mut b2h_client,
    handle: *const c_char,
    old_url: *const c_char,
    new_url: *const c_char,
    options: *const b2h_call_options,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (client, handle, old_url, new_url, options) = unsafe {
            (
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read(old_url, "old_url")?,
                text::read(new_url, "new_url")?,
                options::read(options)?,
            )
        };
        Ok(client.client.exchange_location(handle, old_url, new_url, &options)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Removes the locations of a Handle that have one of these URLs. None to remove is no error. With the last location
/// goes the whole 10320/LOC value.
///
/// Requests: as b2h_add_locations(), and for the last location a DELETE of the value by its index in place of the PUT.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param urls the URLs; may be NULL if there are none
/// @param url_count how many
/// @param options may be NULL
/// @param[out] out_count how many locations were removed; 0 on failure; may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return as b2h_add_locations()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_remove_locations(
    client: *mut b2h_client,
    handle: *const c_char,
    urls: *const *const c_char,
    url_count: usize,
    options: *const b2h_call_options,
    out_count: *mut usize,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, urls, options) = unsafe {
            (
                OutValue::optional(out_count),
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read_list(urls, url_count, "urls")?,
                options::read(options)?,
            )
        };
        let count = client.client.remove_locations(handle, &urls, &options)?;
        if let Some(out) = out {
            out.set(count);
        }
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out_count], run) }
}
