//! The library's own memory: cleared where it is freed, and with a reserve for large replies.

use b2handle_client::{RESERVE_ALIGN, release_reserve};
use std::alloc::{GlobalAlloc, Layout, System};
use zeroizing_alloc::ZeroAlloc;

/// HTTP stacks keep copies of headers, so secrets are cleared where they all end: in freed memory.
const CLEARING: ZeroAlloc<System> = ZeroAlloc(System);

pub(crate) struct Allocator;

// SAFETY: all memory comes from the system's allocator, and goes back to it.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: by contract.
        let memory = unsafe { System.alloc(layout) };
        if memory.is_null() && layout.align() != RESERVE_ALIGN && release_reserve() {
            // SAFETY: by contract.
            return unsafe { System.alloc(layout) };
        }
        memory
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: by contract.
        let memory = unsafe { System.alloc_zeroed(layout) };
        if memory.is_null() && layout.align() != RESERVE_ALIGN && release_reserve() {
            // SAFETY: by contract.
            return unsafe { System.alloc_zeroed(layout) };
        }
        memory
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: by contract it came from here, and so from the system.
        unsafe {
            if layout.align() == RESERVE_ALIGN {
                // Never written. Clearing it would take the memory that was only reserved.
                System.dealloc(memory, layout);
            } else {
                CLEARING.dealloc(memory, layout);
            }
        }
    }
}
