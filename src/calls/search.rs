//! Finding Handles by their values.

use super::cursor::b2h_cursor;
use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::handles::b2h_handles;
use crate::options::{self, b2h_call_options};
use crate::status::b2h_status;
use b2handle_client::Search;
use std::ffi::c_char;

/// Finds the Handles that have certain values, by the reverse lookup (a servlet that many Handle servers have beside the
/// REST API; see "reverselookup_baseuri" and the other keys in b2h_client_from_json()).
///
/// A Handle is found if it has for each type a value with the text. The text is meant whole; in it, * stands for
/// anything (and cannot be meant as itself), and beside a * the characters % and _ may be wildcards too, depending on the
/// servlet. A type that is given twice is two conditions on one value. The case of types counts, that of texts depends on
/// the servlet. Values that are not public are searched too, HS_SECKEY never. Handles come in no order, each of them once.
///
/// Types must be in "allowed_search_keys", by default URL and CHECKSUM as in B2HANDLE; [] allows all.
///
/// With B2H_WITH_RECORDS each comes with its values (b2h_handles_record()); then only one type can be searched for.
///
/// All that is found is held in memory: at most 256 MiB, beyond which the call fails. b2h_search_open() goes through any
/// number.
///
/// Requests: one GET for each 100000 names, or for each 1000 matching values and one more with records. They show the user
/// of the reverse lookup, over HTTPS only, and all of them end within timeout_ms.
///
/// @param client the client
/// @param types names of types, such as "URL"
/// @param texts for each type the text, such as "*example.org*"
/// @param term_count how many types and texts; at least 1
/// @param prefix only Handles of this prefix, such as "21.T12345"; NULL for all prefixes
/// @param limit how many Handles at most; 0 = all
/// @param options may be NULL; B2H_WITH_RECORDS
/// @param[out] out the Handles, to be freed with b2h_handles_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK, also where nothing is found; B2H_NO_REVERSE_LOOKUP where there is none at the address;
///     B2H_AUTHENTICATION_FAILED for a wrong user or password; B2H_AUTHENTICATION_REQUIRED without one;
///     B2H_REQUEST_REFUSED for a type that the servlet does not know, and for records where it has none;
///     B2H_NOT_ALLOWED for a type that is not allowed; B2H_CONFIG_INVALID where no server is configured;
///     B2H_INVALID_HANDLE for what is no prefix; B2H_INVALID_ARGUMENT; B2H_INSECURE_TRANSPORT; B2H_REPLY_TOO_LARGE;
///     B2H_SERVER_ERROR with the words of the servlet; or a status of connection
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_search_handles(
    client: *mut b2h_client,
    types: *const *const c_char,
    texts: *const *const c_char,
    term_count: usize,
    prefix: *const c_char,
    limit: usize,
    options: *const b2h_call_options,
    out: *mut *mut b2h_handles,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, search, options) = unsafe {
            (
                Out::required(out, "out")?,
                pointer::borrow(client, "client")?,
                read_search(types, texts, term_count, prefix)?,
                options::read(options)?,
            )
        };
        out.set(pointer::give(b2h_handles::new(client.client.search_handles(&search, limit, &options)?)?));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Begins a search, as b2h_search_handles(), whose Handles b2h_cursor_next() gives page by page. What is changed on the
/// server meanwhile may be missed, but no Handle comes twice.
///
/// Makes no request.
///
/// @param client the client
/// @param types names of types, such as "URL"
/// @param texts for each type the text
/// @param term_count how many types and texts; at least 1
/// @param prefix only Handles of this prefix; NULL for all prefixes
/// @param page_size how many names, or with records matching values, are asked for at a time, up to 100000; 0 = 1000
/// @param options may be NULL; B2H_WITH_RECORDS
/// @param[out] out the cursor, to be freed with b2h_cursor_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_NOT_ALLOWED, B2H_CONFIG_INVALID, B2H_INVALID_HANDLE or B2H_INVALID_ARGUMENT as
///     b2h_search_handles()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_search_open(
    client: *mut b2h_client,
    types: *const *const c_char,
    texts: *const *const c_char,
    term_count: usize,
    prefix: *const c_char,
    page_size: usize,
    options: *const b2h_call_options,
    out: *mut *mut b2h_cursor,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, search, options) = unsafe {
            (
                Out::required(out, "out")?,
                pointer::borrow(client, "client")?,
                read_search(types, texts, term_count, prefix)?,
                options::read(options)?,
            )
        };
        out.set(pointer::give(b2h_cursor {
            cursor: client.client.open_search(&search, page_size, &options)?,
        }));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Reads what is searched for.
///
/// # Safety
/// The lists have `term_count` strings, and all pointers are valid or NULL.
unsafe fn read_search<'a>(
    types: *const *const c_char,
    texts: *const *const c_char,
    term_count: usize,
    prefix: *const c_char,
) -> Result<Search<'a>, b2h_error> {
    // SAFETY: the same contract.
    let (types, texts) = unsafe {
        (text::read_list(types, term_count, "types")?, text::read_list(texts, term_count, "texts")?)
    };
    let prefix = match prefix.is_null() {
        true => None,
        // SAFETY: not NULL, hence a string by contract.
        false => Some(unsafe { text::read(prefix, "prefix") }?),
    };
    Ok(Search { terms: types.into_iter().zip(texts).collect(), prefix })
}
