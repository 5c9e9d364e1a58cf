//! Pointers to objects, in and out.

use crate::error::b2h_error;
use crate::status::b2h_status::B2H_INVALID_ARGUMENT;
use std::ptr;

pub(crate) fn is_null(name: &str) -> b2h_error {
    b2h_error::new(B2H_INVALID_ARGUMENT, format!("The argument {name} is NULL."))
}

/// Borrows an object for the time of a call.
///
/// # Safety
/// `object` is NULL or points to an object of this library that is not freed during the call.
pub(crate) unsafe fn borrow<'a, T>(object: *const T, name: &str) -> Result<&'a T, b2h_error> {
    // SAFETY: by contract.
    unsafe { object.as_ref() }.ok_or_else(|| is_null(name))
}

/// Borrows an object that a call changes.
///
/// # Safety
/// As [`borrow`], and no other thread uses the object during the call.
pub(crate) unsafe fn borrow_mut<'a, T>(object: *mut T, name: &str) -> Result<&'a mut T, b2h_error> {
    // SAFETY: by contract.
    unsafe { object.as_mut() }.ok_or_else(|| is_null(name))
}

/// Gives an object to the caller, who frees it with its free function.
pub(crate) fn give<T>(object: T) -> *mut T {
    Box::into_raw(Box::new(object))
}

/// An output parameter before it is checked.
pub(crate) trait Output {
    /// Writes NULL or 0, unless the caller does not want the output.
    ///
    /// # Safety
    /// The pointer is NULL or points to memory of its type.
    unsafe fn clear(&self);
}

impl<T> Output for *mut *mut T {
    unsafe fn clear(&self) {
        if !self.is_null() {
            // SAFETY: not NULL, hence valid by contract.
            unsafe { self.write(ptr::null_mut()) };
        }
    }
}

macro_rules! number_output {
    ($($number:ty),*) => {$(
        impl Output for *mut $number {
            unsafe fn clear(&self) {
                if !self.is_null() {
                    // SAFETY: not NULL, hence valid by contract.
                    unsafe { self.write(0) };
                }
            }
        }
    )*};
}
number_output!(i32, u32, usize);

/// An output parameter for a pointer, which the boundary has cleared: set only on success.
pub(crate) struct Out<T>(*mut *mut T);

impl<T> Out<T> {
    /// # Safety
    /// `out` is NULL or points to memory for a pointer, valid during the call.
    pub(crate) unsafe fn required(out: *mut *mut T, name: &str) -> Result<Out<T>, b2h_error> {
        // SAFETY: the same contract.
        unsafe { Out::optional(out) }.ok_or_else(|| is_null(name))
    }

    /// For outputs that the caller may not want.
    ///
    /// # Safety
    /// As [`Out::required`].
    pub(crate) unsafe fn optional(out: *mut *mut T) -> Option<Out<T>> {
        (!out.is_null()).then_some(Out(out))
    }

    pub(crate) fn set(self, object: *mut T) {
        // SAFETY: checked when this was made, and valid during the call.
        unsafe { self.0.write(object) };
    }
}

/// An output parameter for a number, which the boundary has cleared: set only on success.
pub(crate) struct OutValue<T>(*mut T);

impl<T> OutValue<T> {
    /// # Safety
    /// `out` is NULL or points to memory for the number, valid during the call.
    pub(crate) unsafe fn required(out: *mut T, name: &str) -> Result<OutValue<T>, b2h_error> {
        // SAFETY: the same contract.
        unsafe { OutValue::optional(out) }.ok_or_else(|| is_null(name))
    }

    /// For outputs that the caller may not want.
    ///
    /// # Safety
    /// As [`OutValue::required`].
    pub(crate) unsafe fn optional(out: *mut T) -> Option<OutValue<T>> {
        (!out.is_null()).then_some(OutValue(out))
    }

    pub(crate) fn set(self, value: T) {
        // SAFETY: checked when this was made, and valid during the call.
        unsafe { self.0.write(value) };
    }
}

/// Reads a list of numbers, bytes or pointers.
///
/// # Safety
/// `list` points to `count` elements that do not change during the call, or is NULL.
pub(crate) unsafe fn read_list<'a, T>(
    list: *const T,
    count: usize,
    name: &str,
) -> Result<&'a [T], b2h_error> {
    if count == 0 {
        return Ok(&[]);
    }
    if list.is_null() {
        return Err(is_null(name));
    }
    if count > isize::MAX as usize / size_of::<T>() {
        return Err(b2h_error::new(B2H_INVALID_ARGUMENT, format!("The count of {name} is too large.")));
    }
    // SAFETY: by contract, and the size was checked.
    Ok(unsafe { std::slice::from_raw_parts(list, count) })
}
