//! `b2h_profile`: which values a community's Handles have.

use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::status::b2h_status;
use crate::values::b2h_values;
use b2handle_client::Profile;
use std::ffi::{CString, c_char};
use std::ptr;

/// A named set of values with placeholders in their data, which is filled for each Handle: a profile that comes with the
/// library, or one of your own. It is never changed, so any number of threads may use it at once.
pub struct b2h_profile {
    profile: Profile,
    name: CString,
    description: CString,
    placeholders: Vec<(CString, bool)>,
}

impl b2h_profile {
    fn new(profile: Profile) -> b2h_profile {
        b2h_profile {
            name: text::without_nul(profile.name().to_owned()),
            description: text::without_nul(profile.description().to_owned()),
            placeholders: profile
                .placeholders()
                .into_iter()
                .map(|placeholder| (text::without_nul(placeholder.name), placeholder.mandatory))
                .collect(),
            profile,
        }
    }
}

/// A profile that comes with the library: "eudat-v1" (replicas in the EUDAT infrastructure) or
/// "rda-kernel-information" (PID Kernel Information of the Research Data Alliance).
///
/// Makes no request.
///
/// @param name the name
/// @param[out] out the profile, to be freed with b2h_profile_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_ARGUMENT, with a message that names all there are
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_profile_built_in(
    name: *const c_char,
    out: *mut *mut b2h_profile,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, name) = unsafe { (Out::required(out, "out")?, text::read(name, "name")?) };
        out.set(pointer::give(b2h_profile::new(Profile::built_in(name)?)));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Reads a profile from a JSON file: an object with "values", a list of values as the REST API has them ("type", "data",
/// and optionally "index", "ttl", "permissions", "references"). Texts in "data" may contain placeholders, {NAME}; {{ and
/// }} stand for braces. An entry with "mandatory": true must be filled; others are left out where one of their
/// placeholders is not. "name" and "description" are for people.
///
/// Makes no request.
///
/// @param path the file
/// @param[out] out the profile, to be freed with b2h_profile_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_CONFIG_UNREADABLE; B2H_INVALID_VALUE, naming the entry that is wrong; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_profile_load(
    path: *const c_char,
    out: *mut *mut b2h_profile,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, path) = unsafe { (Out::required(out, "out")?, text::read_path(path, "path")?) };
        out.set(pointer::give(b2h_profile::new(Profile::load(path)?)));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// What a profile calls itself.
///
/// @param profile the profile; NULL is fine
/// @return text that belongs to the profile, maybe empty; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_profile_name(profile: *const b2h_profile) -> *const c_char {
    // SAFETY: by contract NULL or a profile that has not been freed.
    let profile = unsafe { profile.as_ref() };
    boundary::plain(ptr::null(), || profile.map_or(ptr::null(), |profile| profile.name.as_ptr()))
}

/// What a profile is for, in a sentence.
///
/// @param profile the profile; NULL is fine
/// @return text that belongs to the profile, maybe empty; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_profile_description(profile: *const b2h_profile) -> *const c_char {
    // SAFETY: by contract NULL or a profile that has not been freed.
    let profile = unsafe { profile.as_ref() };
    boundary::plain(ptr::null(), || profile.map_or(ptr::null(), |profile| profile.description.as_ptr()))
}

/// How many placeholders a profile has.
///
/// @param profile the profile; NULL is fine
/// @return the number; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_profile_count(profile: *const b2h_profile) -> usize {
    // SAFETY: by contract NULL or a profile that has not been freed.
    let profile = unsafe { profile.as_ref() };
    boundary::plain(0, || profile.map_or(0, |profile| profile.placeholders.len()))
}

/// The name of a placeholder.
///
/// @param profile the profile; NULL is fine
/// @param nth from 0 to b2h_profile_count() - 1
/// @return text that belongs to the profile; NULL beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_profile_placeholder(profile: *const b2h_profile, nth: usize) -> *const c_char {
    // SAFETY: by contract NULL or a profile that has not been freed.
    let profile = unsafe { profile.as_ref() };
    let found = || profile.and_then(|profile| profile.placeholders.get(nth));
    boundary::plain(ptr::null(), || found().map_or(ptr::null(), |(name, _)| name.as_ptr()))
}

/// Whether a profile cannot be filled without a placeholder.
///
/// @param profile the profile; NULL is fine
/// @param nth from 0 to b2h_profile_count() - 1
/// @return 1 or 0; 0 beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_profile_is_mandatory(profile: *const b2h_profile, nth: usize) -> i32 {
    // SAFETY: by contract NULL or a profile that has not been freed.
    let profile = unsafe { profile.as_ref() };
    let found = || profile.and_then(|profile| profile.placeholders.get(nth));
    boundary::plain(0, || i32::from(found().is_some_and(|(_, mandatory)| *mandatory)))
}

/// Fills a profile for one Handle: the values to give to b2h_register_values(). Each placeholder is filled with the value
/// that is given under its name, and with nothing else; braces in such a value mean nothing.
///
/// Makes no request.
///
/// @param profile the profile
/// @param names the names of placeholders
/// @param values the value for each of them
/// @param count how many there are
/// @param[out] out the values, to be freed with b2h_values_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_ARGUMENT, with a message that names all mandatory placeholders that are missing and all
///     names that the profile does not know; B2H_INVALID_VALUE; B2H_VALUE_TOO_LARGE
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_profile_fill(
    profile: *const b2h_profile,
    names: *const *const c_char,
    values: *const *const c_char,
    count: usize,
    out: *mut *mut b2h_values,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, profile, names, values) = unsafe {
            (
                Out::required(out, "out")?,
                pointer::borrow(profile, "profile")?,
                text::read_list(names, count, "names")?,
                text::read_list(values, count, "values")?,
            )
        };
        let given: Vec<_> = names.into_iter().zip(values).collect();
        out.set(pointer::give(b2h_values { values: profile.profile.fill(&given)? }));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Frees a profile and the texts in it. Values that were made of it stay.
///
/// @param profile the profile; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_profile_free(profile: *mut b2h_profile) {
    boundary::free(|| {
        if !profile.is_null() {
            // SAFETY: by contract made by one of the functions above, and freed once.
            drop(unsafe { Box::from_raw(profile) });
        }
    });
}
