//! Memory that is held ready while a large reply is decoded.
//!
//! Decoding takes memory by ways that end the process where there is none. So as much as it may take is reserved as soon
//! as the reply is there, which can fail; and the allocator of the process, if it asks here, gets it when there is no
//! other.

use std::cell::Cell;
use std::mem::ManuallyDrop;

/// Smaller replies make do with what any program needs.
const SMALL: usize = 64 << 10;
const PAGE: usize = 4096;

/// Reserved and never written. No other memory of this crate has its alignment: allocators that clear what is freed can
/// tell by it that there is nothing to clear.
#[repr(align(4096))]
struct Page {
    _unused: [u8; PAGE],
}

/// The alignment of reserved memory.
pub const RESERVE_ALIGN: usize = align_of::<Page>();

thread_local! {
    // Without a destructor, so that an allocator may look at it at any time.
    static RESERVE: Cell<ManuallyDrop<Vec<Page>>> = const { Cell::new(ManuallyDrop::new(Vec::new())) };
    static AT_END: AtEnd = const { AtEnd };
}

/// Gives back what a thread has reserved when it ends.
struct AtEnd;

impl Drop for AtEnd {
    fn drop(&mut self) {
        release_reserve();
    }
}

/// Reserves memory for what this thread is about to do, in place of what it has reserved before; tells whether there
/// is so much.
pub(crate) fn reserve(bytes: usize) -> bool {
    release_reserve();
    if bytes <= SMALL {
        return true;
    }
    // Its first use has it dropped with the thread.
    let _ = AT_END.try_with(|_| ());
    let mut pages = Vec::new();
    let is_there = pages.try_reserve_exact(bytes.div_ceil(PAGE)).is_ok();
    RESERVE.with(|reserve| reserve.set(ManuallyDrop::new(pages)));
    is_there
}

/// Gives back what this thread has reserved: at the end of a call, or when an allocation has failed, to repeat it. Tells
/// whether there was something.
pub fn release_reserve() -> bool {
    let pages = RESERVE.with(|reserve| ManuallyDrop::into_inner(reserve.take()));
    pages.capacity() > 0
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn threads_that_have_ended_keep_nothing() {
        const LARGE: usize = 128 << 20;
        let taken = || {
            let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
            PAGE * pages.split(' ').next().unwrap().parse::<usize>().unwrap()
        };
        let before = taken();
        for _ in 0..32 {
            assert!(std::thread::spawn(|| reserve(LARGE)).join().unwrap());
        }
        assert!(taken() < before + 16 * LARGE);
    }
}
