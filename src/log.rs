//! The log: what a client says while it works.

use crate::config::b2h_config;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::{pointer, text};
use crate::status::b2h_status::{self, B2H_INVALID_ARGUMENT};
use b2handle_client::{Level, Log};
use std::ffi::{c_char, c_void};

/// Something failed that no call reports.
pub const B2H_LOG_ERROR: i32 = 1;
/// Something works, and should not be left as it is: a server that is not verified, a secret that others may read.
pub const B2H_LOG_WARNING: i32 = 2;
/// What an operator may want to know.
pub const B2H_LOG_INFO: i32 = 3;
/// Every single step.
pub const B2H_LOG_DEBUG: i32 = 4;

/// Is given a message of the log: its level (B2H_LOG_ERROR to B2H_LOG_DEBUG), the message as UTF-8 without a line end,
/// valid during the call only, and the user_data of b2h_config_set_log(). It must return normally: no longjmp(), no C++
/// exception.
pub type b2h_log_callback =
    Option<unsafe extern "C" fn(level: i32, message: *const c_char, user_data: *mut c_void)>;

/// Sets the function that is given the log of the clients made of a configuration from now on. Messages never contain
/// secrets.
///
/// The function is called by the thread that is inside a call of the library, never after that client was freed, and by
/// several threads at once where several use the client. Functions of the library that it calls return B2H_REENTRANT,
/// and b2h_client_free() and b2h_config_free() do nothing; it must not free anything else that the interrupted call was
/// given.
///
/// Makes no request.
///
/// @param config the configuration
/// @param level the least important messages that are wanted: B2H_LOG_ERROR, B2H_LOG_WARNING, B2H_LOG_INFO or
///     B2H_LOG_DEBUG
/// @param callback the function; NULL for no log
/// @param user_data handed to the function as it is; it must stay valid until the configuration and all its clients are
///     freed; may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_config_set_log(
    config: *mut b2h_config,
    level: i32,
    callback: b2h_log_callback,
    user_data: *mut c_void,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract valid or NULL.
        let config = unsafe { pointer::borrow_mut(config, "config") }?;
        let level = level_of(level)?;
        config.settings.set_log(match callback {
            None => Log::default(),
            Some(function) => {
                let listener = Listener { function, user_data };
                Log::new(level, move |level, message| listener.hear(level, message))
            }
        });
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

fn level_of(number: i32) -> Result<Level, b2h_error> {
    match number {
        B2H_LOG_ERROR => Ok(Level::Error),
        B2H_LOG_WARNING => Ok(Level::Warning),
        B2H_LOG_INFO => Ok(Level::Info),
        B2H_LOG_DEBUG => Ok(Level::Debug),
        _ => {
            Err(b2h_error::new(B2H_INVALID_ARGUMENT, format!("The argument level is {number}, not 1 to 4.")))
        }
    }
}

struct Listener {
    function: unsafe extern "C" fn(i32, *const c_char, *mut c_void),
    user_data: *mut c_void,
}

// SAFETY: by the contract of b2h_config_set_log, any thread that uses a client may call the function with its data.
unsafe impl Send for Listener {}
// SAFETY: as above, several at once too.
unsafe impl Sync for Listener {}

impl Listener {
    fn hear(&self, level: Level, message: &str) {
        let message = text::without_nul(message.to_owned());
        // SAFETY: a function of the host, with arguments as its type says; its data is valid by contract.
        unsafe { (self.function)(level as i32, message.as_ptr(), self.user_data) };
    }
}
