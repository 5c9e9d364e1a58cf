//! Binary data, out. Its length is kept in front of it, so that the caller need not know it to free it.

const HEADER: usize = size_of::<usize>();

/// Gives data to the caller, who frees it with `b2h_bytes_free`.
pub(crate) fn give(data: &[u8]) -> *mut u8 {
    let whole: Box<[u8]> = data.len().to_ne_bytes().iter().chain(data).copied().collect();
    // SAFETY: the header is there.
    unsafe { Box::into_raw(whole).cast::<u8>().add(HEADER) }
}

/// Takes back what [`give`] gave.
///
/// # Safety
/// `data` is NULL or came from [`give`], and is not used any more.
pub(crate) unsafe fn take_back(data: *mut u8) {
    if data.is_null() {
        return;
    }
    // SAFETY: by contract the header is in front of it, and says how long the allocation is.
    unsafe {
        let start = data.sub(HEADER);
        let length = start.cast::<usize>().read_unaligned();
        drop(Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, HEADER + length)));
    }
}
