//! The border between C and Rust: every exported function runs inside one of the functions here.

use super::descriptors;
use super::floating::NoTraps;
use super::pointer::Output;
use crate::error::b2h_error;
use crate::status::b2h_status::{self, B2H_OK, B2H_PANIC, B2H_REENTRANT, B2H_SHUTTING_DOWN};
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::{mem, ptr};

thread_local! {
    static THREAD: Thread = const { Thread { inside: Cell::new(false) } };
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What a thread remembers of us.
struct Thread {
    inside: Cell<bool>,
}

impl Drop for Thread {
    // A destructor of its own makes the variable end with its thread, and in the main thread when `exit` begins.
    // From then on the runtime underneath would not work either.
    fn drop(&mut self) {}
}

/// Runs a function that can fail. A failure becomes a status, and an error object where one is wanted; so does a
/// panic, which neither unwinds into C nor is printed.
///
/// The outputs are cleared first, also where the function is not run at all.
///
/// # Safety
/// `err` and the outputs are NULL or point to memory of their type.
pub(crate) unsafe fn call(
    err: *mut *mut b2h_error,
    outputs: &[&dyn Output],
    run: impl FnOnce() -> Result<(), b2h_error>,
) -> b2h_status {
    let mut run = Some(run);
    let mut once = || run.take().map_or(Ok(()), |run| run());
    // SAFETY: the same contract.
    unsafe { call_dyn(err, outputs, &mut once) }
}

/// One body for all functions: copies of it would be a good part of the library.
#[inline(never)]
unsafe fn call_dyn(
    err: *mut *mut b2h_error,
    outputs: &[&dyn Output],
    run: &mut dyn FnMut() -> Result<(), b2h_error>,
) -> b2h_status {
    if !err.is_null() {
        // SAFETY: not NULL, hence valid by contract.
        unsafe { err.write(ptr::null_mut()) };
    }
    for output in outputs {
        // SAFETY: by contract.
        unsafe { output.clear() };
    }
    let mut result = Ok(());
    let Err(error) = caught(&mut || result = entered(run)).and(result) else { return B2H_OK };
    let status = error.status;
    if !err.is_null() {
        // SAFETY: as above.
        unsafe { err.write(Box::into_raw(Box::new(error))) };
    }
    status
}

/// Runs a function that cannot fail and touches nothing but its argument.
pub(crate) fn plain<T>(fallback: T, run: impl FnOnce() -> T) -> T {
    let (mut run, mut result) = (Some(run), fallback);
    let _ = caught(&mut || {
        if let Some(run) = run.take() {
            result = run();
        }
    });
    result
}

/// Runs a function that frees something that is nothing but memory: at any time, also as the thread or the process ends.
pub(crate) fn free(run: impl FnOnce()) {
    plain((), run);
}

/// Runs a function that frees something that a call on this thread may be using, whose log is being heard: then it is
/// not run. What it says itself is heard, too. Where the thread is ending, the runtime underneath can no longer be taken
/// down; it is then left to the end of the process.
pub(crate) fn free_unless_inside(run: impl FnOnce()) {
    free(|| {
        if let Ok(_inside) = Inside::enter() {
            run();
        }
    });
}

/// Runs a function that frees something with connections: closing them may write to them.
pub(crate) fn free_connected(run: impl FnOnce()) {
    free_unless_inside(|| {
        descriptors::occupy_standard();
        let _no_traps = NoTraps::new();
        run();
    });
}

/// Marks the thread as inside a call while it exists.
struct Inside;

impl Inside {
    fn enter() -> Result<Inside, b2h_error> {
        match THREAD.try_with(|thread| thread.inside.replace(true)) {
            Ok(false) => Ok(Inside),
            Ok(true) => Err(b2h_error::new(
                B2H_REENTRANT,
                "The library was called from inside one of its own calls on the same thread.",
            )),
            Err(_) => Err(b2h_error::new(
                B2H_SHUTTING_DOWN,
                "The thread or the process is ending: now only the free functions work.",
            )),
        }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        let _ = THREAD.try_with(|thread| thread.inside.set(false));
        b2handle_client::release_reserve();
    }
}

fn entered(run: &mut dyn FnMut() -> Result<(), b2h_error>) -> Result<(), b2h_error> {
    let _inside = Inside::enter()?;
    descriptors::occupy_standard();
    let _no_traps = NoTraps::new();
    b2handle_client::fault_point("boundary");
    run()
}

/// Keeps the host's output clean. The hook belongs to this library's own copy of the Rust runtime.
fn silence() {
    // Nobody waits for another: a child that was forked meanwhile would wait for a thread that it does not have.
    static BEGUN: AtomicBool = AtomicBool::new(false);
    if !BEGUN.load(Ordering::Relaxed) && !BEGUN.swap(true, Ordering::Relaxed) {
        panic::set_hook(Box::new(|info| {
            let place = info.location().map_or_else(String::new, ToString::to_string);
            let _ = LAST_PANIC.try_with(|last| last.try_borrow_mut().map(|mut last| *last = place));
        }));
    }
}

#[inline(never)]
fn caught(run: &mut dyn FnMut()) -> Result<(), b2h_error> {
    silence();
    panic::catch_unwind(AssertUnwindSafe(run)).map_err(|payload| {
        // Dropping what was thrown could panic again.
        mem::forget(payload);
        let place = LAST_PANIC.try_with(RefCell::take).unwrap_or_default();
        b2h_error::new(
            B2H_PANIC,
            format!("A bug in libb2handle was caught at {place}. The client can still be used. Please report this."),
        )
        .in_doubt()
    })
}
