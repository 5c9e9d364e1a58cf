//! The body of a reply as it comes, and how much memory it may take: its bytes, and what becomes of them when they are
//! read as JSON. A server that sends more is not believed.

use super::failure::Failure;
use crate::error::Kind;
use crate::memory;

/// Whatever a body of this size decodes to needs no counting.
const SMALL: usize = 64 << 10;
/// The parts of JSON may always take so many bytes beside their text, and twice the largest reply.
const PARTS: usize = 16 << 20;

/// A body that grows.
pub(super) struct Body {
    bytes: Vec<u8>,
    largest: usize,
}

impl Body {
    pub(super) fn new(largest: usize) -> Body {
        Body { bytes: Vec::new(), largest }
    }

    /// Adds what has come. The length that the server claims counts for nothing.
    pub(super) fn push(&mut self, chunk: &[u8]) -> Result<(), Failure> {
        let length = self.bytes.len() + chunk.len();
        if length > self.largest {
            let largest = self.largest;
            return Err(too_large(&format!(
                "The server's reply has more than the {largest} bytes of max_reply_bytes, and was not read to its end"
            )));
        }
        if length > self.bytes.capacity() {
            // Doubled, but not beyond what may come.
            let capacity = length.max(2 * self.bytes.capacity()).min(self.largest);
            self.bytes.try_reserve_exact(capacity - self.bytes.len()).map_err(|_| no_memory(length))?;
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }

    /// The whole body, and how much memory it may take to read it as JSON. So much is reserved.
    pub(super) fn finish(self) -> Result<(Vec<u8>, usize), Failure> {
        let length = self.bytes.len();
        let parts = if length > SMALL { size_of_parts(&self.bytes) } else { 0 };
        if parts > PARTS.saturating_add(2 * self.largest) {
            return Err(too_large("The server's reply consists of too many small parts"));
        }
        // Text is there twice: escapes are undone beside it.
        let decoding = parts.saturating_add(length.saturating_mul(3));
        if !memory::reserve(decoding) {
            return Err(no_memory(length));
        }
        Ok((self.bytes, decoding))
    }
}

/// About how much memory the parts of JSON take beside the text of strings. A list of objects that hold a digit takes
/// ninety times as much as its own text.
fn size_of_parts(json: &[u8]) -> usize {
    let (mut size, mut is_text, mut is_escaped) = (0_usize, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => {
                is_text = !is_text;
                // Half a string, as the allocator keeps it.
                size += 24;
            }
            _ if is_text => {}
            // The first node of a tree, with room for eleven members.
            b'{' => size += 656,
            // A list begins with room for four.
            b'[' => size += 144,
            // A list that grows is there twice.
            b',' => size += 64,
            b':' => size += 40,
            _ => {}
        }
    }
    size
}

fn too_large(what: &str) -> Failure {
    Failure::sent(
        Kind::ReplyTooLarge,
        format!("{what}. Raise max_reply_bytes if the server may be trusted with so much memory."),
    )
}

pub(super) fn no_memory(bytes: usize) -> Failure {
    Failure::sent(
        Kind::NoResources,
        format!("There is no memory for the server's reply, which has {bytes} bytes or more."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(body: &str, largest: usize) -> Option<Kind> {
        let mut all = Body::new(largest);
        let chunks = body.as_bytes().chunks(1000).try_for_each(|chunk| all.push(chunk));
        chunks.and_then(|()| all.finish()).err().map(|failure| failure.into_error().kind())
    }

    #[test]
    fn as_many_bytes_as_allowed() {
        assert_eq!(kind(&"x".repeat(5000), 5000), None);
        assert_eq!(kind(&"x".repeat(5001), 5000), Some(Kind::ReplyTooLarge));
    }

    #[test]
    fn memory_does_not_run_ahead_of_what_has_come() {
        let mut body = Body::new(1 << 30);
        body.push(b"x").unwrap();
        assert!(body.bytes.capacity() < 100);
        let mut body = Body::new(1500);
        for _ in 0..15 {
            body.push(&[b'x'; 100]).unwrap();
        }
        assert_eq!(body.bytes.capacity(), 1500);
    }

    #[test]
    fn parts_are_counted_and_text_is_not() {
        let limit = 1 << 20;
        for part in ["[0],", "{\"\":0},", "\"\",", "0,"] {
            let many = |count: usize| format!("[{}0]", part.repeat(count));
            let enough = (PARTS + 2 * limit) / size_of_parts(part.as_bytes());
            assert_eq!(kind(&many(enough / 2), 100 * limit), None, "{part}");
            assert_eq!(
                kind(&many((limit - 100) / part.len()), limit).is_some(),
                enough < limit / part.len(),
                "{part}"
            );
        }
        let text = format!("[\"{}\"]", "\\\"{[,:".repeat(150_000));
        assert_eq!(kind(&text, limit), None);
        assert_eq!(size_of_parts(text.as_bytes()), 144 + 48);
    }

    /// What is said of a record that no server has: a hundred thousand values.
    #[test]
    fn large_records_pass() {
        let value = r#"{"index":1,"type":"URL","data":{"format":"string","value":"https://example.org/x"},"ttl":86400,"timestamp":"2024-01-01T00:00:00Z"},"#;
        let values = value.repeat(50_000);
        let record = format!("{{\"values\":[{}]}}", values.trim_end_matches(','));
        assert_eq!(kind(&record, 64 << 20), None);
    }
}
