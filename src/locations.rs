//! `b2h_locations`: the locations of a Handle that were read.

use crate::error::b2h_error;
use crate::ffi::{boundary, text};
use b2handle_client::{Location, Locations};
use std::ffi::{CStr, CString, c_char};
use std::ptr;

/// The locations of a Handle: what its 10320/LOC value says. They do not change, may be used by several threads, and
/// may outlive their client.
///
/// Each location is a list of attributes. The Handle system knows these: href, the URL; id, a name for the location;
/// weight, from 0 to 1, how likely a resolver chooses it; country, a code of two letters, for users from there;
/// http_role, such as "conneg" for content negotiation. A value may have any others.
pub struct b2h_locations {
    chooseby: Option<CString>,
    list: Vec<Attributes>,
}

struct Attributes(Vec<(CString, CString)>);

impl b2h_locations {
    pub(crate) fn new(locations: &Locations) -> b2h_locations {
        b2h_locations {
            chooseby: locations.chooseby().map(|chooseby| text::without_nul(chooseby.to_owned())),
            list: locations.list().iter().map(Attributes::new).collect(),
        }
    }

    fn attribute_at(&self, nth: usize, place: usize) -> Option<&(CString, CString)> {
        self.list.get(nth)?.0.get(place)
    }
}

impl Attributes {
    fn new(location: &Location) -> Attributes {
        let text = |text: &String| text::without_nul(text.clone());
        Attributes(location.attributes().iter().map(|(name, value)| (text(name), text(value))).collect())
    }

    fn value_of(&self, name: &CStr) -> Option<&CStr> {
        self.0.iter().find(|(other, _)| other.as_c_str() == name).map(|(_, value)| value.as_c_str())
    }
}

/// Reads attributes that a caller gives as two lists.
///
/// # Safety
/// Both lists point to `count` strings as for [`text::read`], or are NULL.
pub(crate) unsafe fn read_attributes<'a>(
    names: *const *const c_char,
    values: *const *const c_char,
    count: usize,
) -> Result<Vec<(&'a str, &'a str)>, b2h_error> {
    // SAFETY: the same contract.
    let (names, values) = unsafe {
        (
            text::read_list(names, count, "attribute_names")?,
            text::read_list(values, count, "attribute_values")?,
        )
    };
    Ok(names.into_iter().zip(values).collect())
}

fn pointer_to(text: Option<&CStr>) -> *const c_char {
    text.map_or(ptr::null(), CStr::as_ptr)
}

/// How many locations there are. None means that the Handle has no 10320/LOC value, or an empty one.
///
/// @param locations the locations; NULL is fine
/// @return the number; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_locations_count(locations: *const b2h_locations) -> usize {
    // SAFETY: by contract NULL or locations that have not been freed.
    let locations = unsafe { locations.as_ref() };
    boundary::plain(0, || locations.map_or(0, |locations| locations.list.len()))
}

/// How a resolver chooses among the locations, such as "locatt,country,weighted".
///
/// @param locations the locations; NULL is fine
/// @return text that belongs to the locations; NULL where the value does not say, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_locations_chooseby(locations: *const b2h_locations) -> *const c_char {
    // SAFETY: by contract NULL or locations that have not been freed.
    let locations = unsafe { locations.as_ref() };
    boundary::plain(ptr::null(), || pointer_to(locations.and_then(|all| all.chooseby.as_deref())))
}

/// The URL of a location.
///
/// @param locations the locations; NULL is fine
/// @param nth 0 for the first location
/// @return text that belongs to the locations; NULL where the location has no attribute href, beyond the last, or for
///     NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_locations_url(locations: *const b2h_locations, nth: usize) -> *const c_char {
    // SAFETY: by contract NULL or locations that have not been freed.
    let locations = unsafe { locations.as_ref() };
    let location = || locations.and_then(|all| all.list.get(nth));
    boundary::plain(ptr::null(), || pointer_to(location().and_then(|location| location.value_of(c"href"))))
}

/// An attribute of a location by its name.
///
/// @param locations the locations; NULL is fine
/// @param nth 0 for the first location
/// @param name the name, such as "weight"; upper and lower case differ; NULL is fine
/// @return text that belongs to the locations; NULL where the location has no such attribute, beyond the last, or for
///     NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_locations_attribute(
    locations: *const b2h_locations,
    nth: usize,
    name: *const c_char,
) -> *const c_char {
    // SAFETY: by contract NULL or locations that have not been freed.
    let locations = unsafe { locations.as_ref() };
    boundary::plain(ptr::null(), || {
        if name.is_null() {
            return ptr::null();
        }
        // SAFETY: not NULL, hence NUL-terminated by contract.
        let name = unsafe { CStr::from_ptr(name) };
        let location = locations.and_then(|all| all.list.get(nth));
        pointer_to(location.and_then(|location| location.value_of(name)))
    })
}

/// How many attributes a location has.
///
/// @param locations the locations; NULL is fine
/// @param nth 0 for the first location
/// @return the number; 0 beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_locations_attribute_count(locations: *const b2h_locations, nth: usize) -> usize {
    // SAFETY: by contract NULL or locations that have not been freed.
    let locations = unsafe { locations.as_ref() };
    let location = || locations.and_then(|all| all.list.get(nth));
    boundary::plain(0, || location().map_or(0, |location| location.0.len()))
}

/// The name of an attribute by its place, in the order of the value.
///
/// @param locations the locations; NULL is fine
/// @param nth 0 for the first location
/// @param place from 0 to b2h_locations_attribute_count() - 1
/// @return text that belongs to the locations; NULL beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_locations_attribute_name(
    locations: *const b2h_locations,
    nth: usize,
    place: usize,
) -> *const c_char {
    // SAFETY: by contract NULL or locations that have not been freed.
    let locations = unsafe { locations.as_ref() };
    let attribute = || locations.and_then(|all| all.attribute_at(nth, place));
    boundary::plain(ptr::null(), || attribute().map_or(ptr::null(), |(name, _)| name.as_ptr()))
}

/// The value of an attribute by its place, in the order of the value.
///
/// @param locations the locations; NULL is fine
/// @param nth 0 for the first location
/// @param place from 0 to b2h_locations_attribute_count() - 1
/// @return text that belongs to the locations; NULL beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_locations_attribute_value(
    locations: *const b2h_locations,
    nth: usize,
    place: usize,
) -> *const c_char {
    // SAFETY: by contract NULL or locations that have not been freed.
    let locations = unsafe { locations.as_ref() };
    let attribute = || locations.and_then(|all| all.attribute_at(nth, place));
    boundary::plain(ptr::null(), || attribute().map_or(ptr::null(), |(_, value)| value.as_ptr()))
}

/// Frees locations and the texts in them.
///
/// @param locations the locations; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_locations_free(locations: *mut b2h_locations) {
    boundary::free(|| {
        if !locations.is_null() {
            // SAFETY: by contract made by `b2h_get_locations`, and freed once.
            drop(unsafe { Box::from_raw(locations) });
        }
    });
}
