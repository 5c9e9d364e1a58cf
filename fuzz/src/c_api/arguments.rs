//! Arguments that need memory of their own.

use super::calls;
use arbitrary::{Result, Unstructured};
use std::ffi::{CString, c_char, c_void};
use std::ptr;
use std::thread::JoinHandle;
use std::time::Duration;

/// Where the library puts something; at first it holds garbage.
pub(super) struct Output<T> {
    slot: T,
    is_null: bool,
}

pub(super) trait Garbage: Copy {
    const GARBAGE: Self;
    const NOTHING: Self;
}

impl<T> Garbage for *mut T {
    const GARBAGE: *mut T = ptr::without_provenance_mut(0xdead_0000_0000_beef);
    const NOTHING: *mut T = ptr::null_mut();
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl Garbage for $kind {
            const GARBAGE: $kind = 77;
            const NOTHING: $kind = 0;
        }
    )*};
}
numbers!(i32, u32, i64, u64, usize);

impl<T: Garbage> Output<T> {
    pub(super) fn new(u: &mut Unstructured) -> Result<Output<T>> {
        Ok(Output { slot: T::GARBAGE, is_null: u.ratio(1, 16)? })
    }

    pub(super) fn pointer(&mut self) -> *mut T {
        if self.is_null { ptr::null_mut() } else { &mut self.slot }
    }

    pub(super) fn value(&self) -> T {
        if self.is_null { T::NOTHING } else { self.slot }
    }
}

/// A list of texts; some of them, or the whole list, may be NULL.
pub(super) struct Texts {
    pub(super) _texts: Vec<CString>,
    pub(super) pointers: Option<Vec<*const c_char>>,
}

impl Texts {
    pub(super) fn pointer(&self) -> *const *const c_char {
        self.pointers.as_ref().map_or(ptr::null(), |pointers| pointers.as_ptr())
    }

    pub(super) fn count(&self) -> Option<usize> {
        self.pointers.as_ref().map(Vec::len)
    }
}

/// A list of numbers or bytes.
pub(super) struct List<T>(pub(super) Option<Vec<T>>);

impl<T> List<T> {
    pub(super) fn pointer(&self) -> *const T {
        self.0.as_ref().map_or(ptr::null(), |list| list.as_ptr())
    }

    pub(super) fn count(&self) -> Option<usize> {
        self.0.as_ref().map(Vec::len)
    }
}

/// A struct that begins with its size, and has no byte more. Some sizes are none: then only they are there.
pub(super) struct Sized(Box<[u64]>);

impl Sized {
    const SIZES: [usize; 14] = [32, 32, 32, 32, 72, 72, 8, 12, 24, 25, 80, 4096, 4097, 0];

    pub(super) fn new(u: &mut Unstructured) -> Result<Sized> {
        let size = *u.choose(&Sized::SIZES)?;
        let mut memory = vec![0_u64; size.div_ceil(8).max(1)].into_boxed_slice();
        memory[0] = if u.ratio(1, 64)? { u64::MAX } else { size as u64 };
        Ok(Sized(memory))
    }

    pub(super) fn pointer(&mut self) -> *mut c_void {
        self.0.as_mut_ptr().cast()
    }

    /// Sets eight bytes, if the struct has them.
    fn set(&mut self, place: usize, value: u64) {
        if let Some(member) = self.0.get_mut(place) {
            *member = value;
        }
    }
}

/// Call options, or NULL.
pub(super) struct Options {
    memory: Option<Sized>,
    trigger: Option<JoinHandle<()>>,
}

impl Options {
    pub(super) fn new(u: &mut Unstructured, cancel: *mut c_void) -> Result<Options> {
        if u.ratio(1, 3)? {
            return Ok(Options { memory: None, trigger: None });
        }
        let mut memory = Sized::new(u)?;
        let timeouts: [u64; 6] = [0, 1, 5, 50, 200, 300];
        memory.set(1, *u.choose(&timeouts)? | *u.choose(&timeouts)? << 32);
        let flags = u64::from(u.arbitrary::<u8>()?);
        memory.set(2, if flags < 250 { flags % 64 } else { flags << 26 });
        memory.set(3, cancel.expose_provenance() as u64);
        if u.ratio(1, 64)? {
            memory.set(4, 1);
        }
        let mut trigger = None;
        if !cancel.is_null() && u.ratio(1, 4)? {
            let (token, delay) = (cancel as usize, u.int_in_range(0..=3)?);
            trigger = Some(std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(delay));
                unsafe { calls::b2h_cancel_trigger(ptr::with_exposed_provenance_mut(token)) };
            }));
        }
        Ok(Options { memory: Some(memory), trigger })
    }

    pub(super) fn pointer(&mut self) -> *mut c_void {
        self.memory.as_mut().map_or(ptr::null_mut(), Sized::pointer)
    }
}

impl Drop for Options {
    fn drop(&mut self) {
        if let Some(trigger) = self.trigger.take() {
            trigger.join().unwrap();
        }
    }
}
