//! `b2h_record` and `b2h_value`: what was read.

use crate::error::b2h_error;
use crate::ffi::{boundary, text};
use b2handle_client::{Record, Ttl, Value};
use std::ffi::{CStr, CString, c_char};
use std::ptr;

/// A record that was read, or a part of it. It does not change, may be used by several threads, and may outlive its
/// client.
pub struct b2h_record {
    handle: CString,
    json: CString,
    values: Vec<b2h_value>,
}

/// A value of a record. It belongs to the record and is valid until the record is freed.
pub struct b2h_value {
    value: Value,
    kind: CString,
    text: Option<CString>,
    format: CString,
    permissions: CString,
    references: Vec<(u32, CString)>,
}

impl b2h_record {
    pub(crate) fn new(record: Record) -> Result<b2h_record, b2h_error> {
        let (handle, values, json) = record.into_parts();
        let in_c = text::copied_without_nul(&json)?;
        // Large ones are there only twice at a time.
        drop(json);
        Ok(b2h_record {
            handle: text::without_nul(handle),
            json: in_c,
            values: values.into_iter().map(b2h_value::new).collect::<Result<_, _>>()?,
        })
    }
}

impl b2h_value {
    fn new(value: Value) -> Result<b2h_value, b2h_error> {
        let reference = |reference: &b2handle_client::Reference| {
            (reference.index, text::without_nul(reference.handle.clone()))
        };
        Ok(b2h_value {
            kind: text::copied_without_nul(&value.kind)?,
            text: value.data.text().map(|text| text::copied_without_nul(&text)).transpose()?,
            format: text::without_nul(value.data.format().to_owned()),
            permissions: text::without_nul(value.permissions.clone()),
            references: value.references.iter().map(reference).collect(),
            value,
        })
    }
}

/// Frees a record with all its values and texts.
///
/// @param record the record; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_record_free(record: *mut b2h_record) {
    boundary::free(|| {
        if !record.is_null() {
            // SAFETY: by contract made by `pointer::give` as a box, and freed once.
            drop(unsafe { Box::from_raw(record) });
        }
    });
}

/// The name of the Handle as it was asked for.
///
/// @param record the record; NULL is fine
/// @return text that belongs to the record; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_record_handle(record: *const b2h_record) -> *const c_char {
    // SAFETY: by contract NULL or a record that has not been freed.
    let record = unsafe { record.as_ref() };
    boundary::plain(ptr::null(), || record.map_or(ptr::null(), |record| record.handle.as_ptr()))
}

/// The reply as the server sent it. It may have more values than the record where a type ends in a dot.
///
/// @param record the record; NULL is fine
/// @return JSON that belongs to the record; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_record_json(record: *const b2h_record) -> *const c_char {
    // SAFETY: by contract NULL or a record that has not been freed.
    let record = unsafe { record.as_ref() };
    boundary::plain(ptr::null(), || record.map_or(ptr::null(), |record| record.json.as_ptr()))
}

/// How many values the record has.
///
/// @param record the record; NULL is fine
/// @return the number; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_record_count(record: *const b2h_record) -> usize {
    // SAFETY: by contract NULL or a record that has not been freed.
    let record = unsafe { record.as_ref() };
    boundary::plain(0, || record.map_or(0, |record| record.values.len()))
}

/// A value by its place in the record, in the server's order.
///
/// @param record the record; NULL is fine
/// @param place from 0 to b2h_record_count() - 1
/// @return the value, which belongs to the record; NULL beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_record_value(record: *const b2h_record, place: usize) -> *const b2h_value {
    // SAFETY: by contract NULL or a record that has not been freed.
    let record = unsafe { record.as_ref() };
    boundary::plain(ptr::null(), || pointer_to(record.and_then(|record| record.values.get(place))))
}

/// A value by its index.
///
/// @param record the record; NULL is fine
/// @param index the index
/// @return the value, which belongs to the record; NULL where there is none, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_record_value_at(record: *const b2h_record, index: u32) -> *const b2h_value {
    // SAFETY: by contract NULL or a record that has not been freed.
    let record = unsafe { record.as_ref() };
    let has_index = |value: &&b2h_value| value.value.index == index;
    boundary::plain(ptr::null(), || {
        pointer_to(record.and_then(|record| record.values.iter().find(has_index)))
    })
}

/// A value by its type: the first one, the second one and so on.
///
/// @param record the record; NULL is fine
/// @param type the type; upper and lower case are the same; NULL is fine
/// @param nth 0 for the first value of the type
/// @return the value, which belongs to the record; NULL where there is none, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_record_find(
    record: *const b2h_record,
    r#type: *const c_char,
    nth: usize,
) -> *const b2h_value {
    // SAFETY: by contract NULL or a record that has not been freed.
    let record = unsafe { record.as_ref() };
    boundary::plain(ptr::null(), || {
        // SAFETY: by contract NULL or a NUL-terminated string.
        let kind = unsafe { text::read(r#type, "type") };
        let (Some(record), Ok(kind)) = (record, kind) else { return ptr::null() };
        pointer_to(record.values.iter().filter(|value| value.value.is(kind)).nth(nth))
    })
}

fn pointer_to(value: Option<&b2h_value>) -> *const b2h_value {
    value.map_or(ptr::null(), ptr::from_ref)
}

/// The index of a value.
///
/// @param value the value; NULL is fine
/// @return the index; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_index(value: *const b2h_value) -> u32 {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(0, || value.map_or(0, |value| value.value.index))
}

/// The type of a value, such as "URL".
///
/// @param value the value; NULL is fine
/// @return text that belongs to the record; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_type(value: *const b2h_value) -> *const c_char {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(ptr::null(), || value.map_or(ptr::null(), |value| value.kind.as_ptr()))
}

/// The data of a value as text. Structures such as HS_ADMIN come as JSON.
///
/// @param value the value; NULL is fine
/// @return text that belongs to the record; NULL where the data is no text (then see b2h_value_bytes()), or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_text(value: *const b2h_value) -> *const c_char {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    let text = |value: &b2h_value| value.text.as_deref().map_or(ptr::null(), CStr::as_ptr);
    boundary::plain(ptr::null(), || value.map_or(ptr::null(), text))
}

/// The data of a value as bytes.
///
/// @param value the value; NULL is fine
/// @param[out] out_length how many bytes; 0 where there are none; may be NULL
/// @return bytes that belong to the record, without a NUL at their end; NULL for structures, of which the server
///     does not give the bytes, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_bytes(value: *const b2h_value, out_length: *mut usize) -> *const u8 {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(ptr::null(), || {
        let bytes = value.and_then(|value| value.value.data.bytes());
        if !out_length.is_null() {
            // SAFETY: not NULL, hence valid by contract.
            unsafe { out_length.write(bytes.map_or(0, <[u8]>::len)) };
        }
        bytes.map_or(ptr::null(), <[u8]>::as_ptr)
    })
}

/// The form of the data in the REST API: "string", "base64", "admin", "vlist", "site" or "key".
///
/// @param value the value; NULL is fine
/// @return text that belongs to the record; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_format(value: *const b2h_value) -> *const c_char {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(ptr::null(), || value.map_or(ptr::null(), |value| value.format.as_ptr()))
}

/// How long the value may be cached: seconds, or seconds since 1970 if b2h_value_ttl_is_absolute().
///
/// @param value the value; NULL is fine
/// @return the time; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_ttl(value: *const b2h_value) -> i64 {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(0, || match value.map(|value| value.value.ttl) {
        Some(Ttl::Relative(seconds) | Ttl::Absolute(seconds)) => seconds,
        None => 0,
    })
}

/// Whether b2h_value_ttl() is a point in time.
///
/// @param value the value; NULL is fine
/// @return 1 or 0; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_ttl_is_absolute(value: *const b2h_value) -> i32 {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(0, || value.is_some_and(|value| matches!(value.value.ttl, Ttl::Absolute(_))).into())
}

/// When the value was last changed, in seconds since 1970.
///
/// @param value the value; NULL is fine
/// @return the time; -1 where the server does not say, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_timestamp(value: *const b2h_value) -> i64 {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(-1, || value.and_then(|value| value.value.timestamp).unwrap_or(-1))
}

/// Who may read and write the value: four characters of 0 and 1 for admin read, admin write, public read, public
/// write; usually 1110.
///
/// @param value the value; NULL is fine
/// @return text that belongs to the record; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_permissions(value: *const b2h_value) -> *const c_char {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(ptr::null(), || value.map_or(ptr::null(), |value| value.permissions.as_ptr()))
}

/// How many other values this one refers to. (Not the members of an HS_VLIST: those are its data.)
///
/// @param value the value; NULL is fine
/// @return the number; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_reference_count(value: *const b2h_value) -> usize {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(0, || value.map_or(0, |value| value.references.len()))
}

/// The Handle of a value that this one refers to.
///
/// @param value the value; NULL is fine
/// @param nth 0 for the first reference
/// @return text that belongs to the record; NULL beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_reference_handle(value: *const b2h_value, nth: usize) -> *const c_char {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    let reference = || value.and_then(|value| value.references.get(nth));
    boundary::plain(ptr::null(), || reference().map_or(ptr::null(), |(_, handle)| handle.as_ptr()))
}

/// The index of a value that this one refers to.
///
/// @param value the value; NULL is fine
/// @param nth 0 for the first reference
/// @return the index; 0 beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_reference_index(value: *const b2h_value, nth: usize) -> u32 {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    let reference = || value.and_then(|value| value.references.get(nth));
    boundary::plain(0, || reference().map_or(0, |(index, _)| *index))
}
