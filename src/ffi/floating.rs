//! Numbers in a server's reply may overflow and are seldom exact. In a host that traps floating-point exceptions, as
//! programs of numbers do, that would end the process; and flags that stay behind are reported by Fortran's STOP.

use std::mem::MaybeUninit;

/// `fenv_t`, with room for that of every platform: 32 bytes on x86-64, fewer elsewhere.
#[repr(C, align(16))]
struct Environment([u8; 64]);

unsafe extern "C" {
    fn feholdexcept(environment: *mut Environment) -> libc::c_int;
    fn fesetenv(environment: *const Environment) -> libc::c_int;
}

/// While this exists, nothing traps in this thread; then traps and flags are the host's again.
pub(super) struct NoTraps(MaybeUninit<Environment>);

impl NoTraps {
    pub(super) fn new() -> NoTraps {
        let mut callers = MaybeUninit::uninit();
        // SAFETY: there is room for what is stored.
        unsafe { feholdexcept(callers.as_mut_ptr()) };
        NoTraps(callers)
    }
}

impl Drop for NoTraps {
    fn drop(&mut self) {
        // SAFETY: what was stored above, on the same thread.
        unsafe { fesetenv(self.0.as_ptr()) };
    }
}
