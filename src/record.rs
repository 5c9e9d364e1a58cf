//! `b2h_record` and `b2h_value`: what was read.

use crate::error::b2h_error;
use crate::ffi::{boundary, text};
use crate::status::b2h_status::B2H_NO_RESOURCES;
use b2handle_client::{Data, Record, Reference, Ttl, Value};
use std::borrow::Cow;
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
    index: u32,
    kind: CString,
    content: Content,
    ttl: Ttl,
    timestamp: Option<i64>,
    permissions: Cow<'static, CStr>,
    references: Box<[(u32, CString)]>,
}

enum Content {
    Text(CString),
    /// What is no text in C, if only for a NUL in it; or is text that the server gave as bytes.
    /// Boxed, since most values are texts, and have as much room.
    Bytes(Box<Bytes>),
    Structured {
        json: CString,
        format: CString,
    },
}

struct Bytes {
    bytes: Vec<u8>,
    text: Option<CString>,
    format: &'static CStr,
}

impl b2h_record {
    pub(crate) fn new(record: Record) -> Result<b2h_record, b2h_error> {
        let (handle, values, json) = record.into_parts();
        Ok(b2h_record {
            handle: text::without_nul(handle),
            // First, so that a large one is there only twice at a time.
            json: text::in_c_without_nul(json)?,
            values: b2h_value::list(values)?,
        })
    }
}

impl b2h_value {
    /// In memory of its own, since that of what was decoded is larger, and is kept with the record.
    fn list(values: Vec<Value>) -> Result<Vec<b2h_value>, b2h_error> {
        let mut list = Vec::new();
        list.try_reserve_exact(values.len()).map_err(|_| {
            let count = values.len();
            b2h_error::new(B2H_NO_RESOURCES, format!("There is no memory for a record of {count} values."))
        })?;
        for value in values {
            list.push(b2h_value::new(value)?);
        }
        Ok(list)
    }

    fn new(value: Value) -> Result<b2h_value, b2h_error> {
        let Value { index, kind, data, ttl, timestamp, permissions, references } = value;
        let reference = |reference: Reference| (reference.index, text::without_nul(reference.handle));
        Ok(b2h_value {
            index,
            kind: text::in_c_without_nul(kind)?,
            content: Content::new(data)?,
            ttl,
            timestamp,
            permissions: match &*permissions {
                "1110" => c"1110".into(),
                _ => text::without_nul(permissions.into_owned()).into(),
            },
            references: references.into_iter().map(reference).collect(),
        })
    }

    fn is(&self, kind: &str) -> bool {
        self.kind.to_bytes().eq_ignore_ascii_case(kind.as_bytes())
    }
}

impl Content {
    fn new(data: Data) -> Result<Content, b2h_error> {
        Ok(match data {
            Data::Text(whole) => match text::in_c(whole)? {
                Ok(text) => Content::Text(text),
                Err(whole) => Content::bytes_of(whole.into_bytes(), None, c"string"),
            },
            Data::Bytes(bytes) => {
                let text = std::str::from_utf8(&bytes).ok().map(text::copied).transpose()?;
                Content::bytes_of(bytes, text.and_then(Result::ok), c"base64")
            }
            Data::Structured { format, value } => Content::Structured {
                json: text::in_c_without_nul(Data::written(&value))?,
                format: text::without_nul(format),
            },
        })
    }

    fn bytes_of(bytes: Vec<u8>, text: Option<CString>, format: &'static CStr) -> Content {
        Content::Bytes(Box::new(Bytes { bytes, text, format }))
    }

    fn text(&self) -> Option<&CStr> {
        match self {
            Content::Text(text) => Some(text),
            Content::Bytes(bytes) => bytes.text.as_deref(),
            Content::Structured { json, .. } => Some(json),
        }
    }

    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Content::Text(text) => Some(text.to_bytes()),
            Content::Bytes(bytes) => Some(&bytes.bytes),
            Content::Structured { .. } => None,
        }
    }

    fn format(&self) -> &CStr {
        match self {
            Content::Text(_) => c"string",
            Content::Bytes(bytes) => bytes.format,
            Content::Structured { format, .. } => format,
        }
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

/// The reply as the server sent it; where the record is a part of what the server or the cache had, that part as a server
/// would send it.
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
    let has_index = |value: &&b2h_value| value.index == index;
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
        pointer_to(record.values.iter().filter(|value| value.is(kind)).nth(nth))
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
    boundary::plain(0, || value.map_or(0, |value| value.index))
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
    let text = |value: &b2h_value| value.content.text().map_or(ptr::null(), CStr::as_ptr);
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
        let bytes = value.and_then(|value| value.content.bytes());
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
    boundary::plain(ptr::null(), || value.map_or(ptr::null(), |value| value.content.format().as_ptr()))
}

/// How long the value may be cached: seconds, or seconds since 1970 if b2h_value_ttl_is_absolute().
///
/// @param value the value; NULL is fine
/// @return the time; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_ttl(value: *const b2h_value) -> i64 {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(0, || match value.map(|value| value.ttl) {
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
    boundary::plain(0, || value.is_some_and(|value| matches!(value.ttl, Ttl::Absolute(_))).into())
}

/// When the value was last changed, in seconds since 1970.
///
/// @param value the value; NULL is fine
/// @return the time; -1 where the server does not say, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_value_timestamp(value: *const b2h_value) -> i64 {
    // SAFETY: by contract NULL or a value of a record that has not been freed.
    let value = unsafe { value.as_ref() };
    boundary::plain(-1, || value.and_then(|value| value.timestamp).unwrap_or(-1))
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
