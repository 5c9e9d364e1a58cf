//! The byte primitives of Handle encodings: big-endian numbers and length-prefixed fields.

/// Reads from the front of a byte string; every method is `None` when too few bytes are left.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_be_bytes)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    pub(super) fn i32(&mut self) -> Option<i32> {
        self.array().map(i32::from_be_bytes)
    }

    /// A 4-byte count or length.
    pub(super) fn length(&mut self) -> Option<usize> {
        usize::try_from(self.i32()?).ok()
    }

    /// A length and that many bytes.
    pub(super) fn field(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        self.take(length)
    }

    /// A field that holds UTF-8.
    pub(super) fn text(&mut self) -> Option<String> {
        String::from_utf8(self.field()?.to_vec()).ok()
    }
}

pub(super) fn put_length(out: &mut Vec<u8>, length: usize) {
    // Request bodies do not reach 4 GiB.
    out.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
}

pub(super) fn put_field(out: &mut Vec<u8>, field: &[u8]) {
    put_length(out, field.len());
    out.extend_from_slice(field);
}
