//! Asking the host for a passphrase.

use std::ffi::{CString, c_char, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use zeroize::Zeroizing;

/// No passphrase is longer.
const ROOM: usize = 4096;

type Callback = unsafe extern "C" fn(*const c_char, *mut c_char, usize, *mut c_void) -> i32;

/// What belongs to the host: only it knows which thread may use it, and it is used on the thread that calls us.
struct UserData(*mut c_void);

// SAFETY: never dereferenced here; a configuration is used by one thread at a time, and so is this.
unsafe impl Send for UserData {}
// SAFETY: as above.
unsafe impl Sync for UserData {}

impl UserData {
    fn get(&self) -> *mut c_void {
        self.0
    }
}

/// A function that asks by calling back.
pub(crate) fn asking(
    callback: Callback,
    user_data: *mut c_void,
) -> impl Fn(&Path) -> Option<Zeroizing<Vec<u8>>> + Send + Sync + 'static {
    let user_data = UserData(user_data);
    move |path| {
        let path = CString::new(path.as_os_str().as_bytes()).ok()?;
        let mut buffer = Zeroizing::new(vec![0_u8; ROOM]);
        // SAFETY: the path ends with NUL, the buffer has room for the size that is given, and by contract the user
        // data is what the callback expects.
        let length = unsafe { callback(path.as_ptr(), buffer.as_mut_ptr().cast(), ROOM, user_data.get()) };
        let length = usize::try_from(length).ok().filter(|&length| length <= ROOM)?;
        Some(Zeroizing::new(buffer[..length].to_vec()))
    }
}
