//! Permissions of administrators, in the two orders in which they are written down.

// The constants are for C programs.
#![allow(dead_code)]

use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{Out, OutValue};
use crate::ffi::text;
use crate::status::b2h_status::{self, B2H_INVALID_ARGUMENT};
use b2handle_client::{AdminPermissions, Order};
use std::ffi::c_char;

/// May create Handles under the prefix.
pub const B2H_MAY_CREATE_HANDLE: u32 = 1;
/// May delete the Handle.
pub const B2H_MAY_DELETE_HANDLE: u32 = 2;
/// May create derived prefixes.
pub const B2H_MAY_ADD_DERIVED_PREFIX: u32 = 4;
/// May delete derived prefixes.
pub const B2H_MAY_DELETE_DERIVED_PREFIX: u32 = 8;
/// May change values.
pub const B2H_MAY_MODIFY_VALUE: u32 = 16;
/// May delete values.
pub const B2H_MAY_REMOVE_VALUE: u32 = 32;
/// May add values.
pub const B2H_MAY_ADD_VALUE: u32 = 64;
/// May change HS_ADMIN values.
pub const B2H_MAY_MODIFY_ADMIN: u32 = 128;
/// May delete HS_ADMIN values.
pub const B2H_MAY_REMOVE_ADMIN: u32 = 256;
/// May add HS_ADMIN values.
pub const B2H_MAY_ADD_ADMIN: u32 = 512;
/// May read values that are not public.
pub const B2H_MAY_READ_VALUE: u32 = 1024;
/// May list the Handles of the prefix.
pub const B2H_MAY_LIST_HANDLES: u32 = 2048;
/// What owners of Handles usually may: all but to list Handles and what concerns derived prefixes. 011111110011 in JSON.
pub const B2H_MAY_AS_OWNER: u32 = 2035;

/// The order of JSON: list_handles first, create_handle last.
pub const B2H_ORDER_JSON: i32 = 0;
/// The order of batch files: create_handle first, list_handles last.
pub const B2H_ORDER_BATCH: i32 = 1;

/// Writes permissions as 12 characters of 0 and 1.
///
/// Makes no request.
///
/// @param permissions a sum of B2H_MAY_... constants
/// @param order B2H_ORDER_JSON or B2H_ORDER_BATCH
/// @param[out] out the text, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_permissions_format(
    permissions: u32,
    order: i32,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract a valid output pointer or NULL.
        let out = unsafe { Out::required(out, "out") }?;
        let invalid = || b2h_error::new(B2H_INVALID_ARGUMENT, "permissions has a bit that is no permission.");
        let permissions = AdminPermissions::from_bits(permissions).ok_or_else(invalid)?;
        out.set(text::give(permissions.text(known(order)?))?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Reads permissions from 12 characters of 0 and 1. Nothing else is accepted: servers accept more, and mean something
/// else by it.
///
/// Makes no request.
///
/// @param permissions the text
/// @param order B2H_ORDER_JSON or B2H_ORDER_BATCH
/// @param[out] out a sum of B2H_MAY_... constants; 0 on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_permissions_parse(
    permissions: *const c_char,
    order: i32,
    out: *mut u32,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, text) =
            unsafe { (OutValue::required(out, "out")?, text::read(permissions, "permissions")?) };
        let invalid = || {
            b2h_error::new(
                B2H_INVALID_ARGUMENT,
                "Permissions are 12 characters of 0 and 1, such as 011111110011.",
            )
        };
        out.set(AdminPermissions::parse(text, known(order)?).ok_or_else(invalid)?.bits());
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

fn known(order: i32) -> Result<Order, b2h_error> {
    match order {
        B2H_ORDER_JSON => Ok(Order::Json),
        B2H_ORDER_BATCH => Ok(Order::Batch),
        _ => Err(b2h_error::new(B2H_INVALID_ARGUMENT, format!("{order} is not an order."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order in which BEHAVIOUR.md 5.7 names them.
    #[test]
    fn the_constants_are_the_bits_of_the_text() {
        let names = [
            B2H_MAY_LIST_HANDLES,
            B2H_MAY_READ_VALUE,
            B2H_MAY_ADD_ADMIN,
            B2H_MAY_REMOVE_ADMIN,
            B2H_MAY_MODIFY_ADMIN,
            B2H_MAY_ADD_VALUE,
            B2H_MAY_REMOVE_VALUE,
            B2H_MAY_MODIFY_VALUE,
            B2H_MAY_DELETE_DERIVED_PREFIX,
            B2H_MAY_ADD_DERIVED_PREFIX,
            B2H_MAY_DELETE_HANDLE,
            B2H_MAY_CREATE_HANDLE,
        ];
        for (at, bit) in names.into_iter().enumerate() {
            let text: String = (0..12).map(|place| if place == at { '1' } else { '0' }).collect();
            let parsed = AdminPermissions::parse(&text, Order::Json).map(AdminPermissions::bits);
            assert_eq!(parsed, Some(bit));
        }
        assert_eq!(AdminPermissions::OWNER.bits(), B2H_MAY_AS_OWNER);
    }
}
