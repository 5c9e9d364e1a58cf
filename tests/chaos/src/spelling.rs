//! Servers ignore the case of letters in names, and see it in requests: so every operation spells a name in its own way,
//! and a request tells which operation it belongs to.

/// The beginning of every suffix: a letter for each bit of an operation's number.
const WORD: &[u8] = b"abcdefghijklmnopqrstuvwx";

pub(crate) fn spelt(number: u32) -> String {
    let letter = |(bit, letter): (usize, &u8)| {
        char::from(if number >> bit & 1 == 1 { letter.to_ascii_uppercase() } else { *letter })
    };
    WORD.iter().enumerate().map(letter).collect()
}

/// The operation that a request belongs to.
pub(crate) fn number_in(target: &str) -> Option<u32> {
    let word = target.as_bytes().windows(WORD.len()).find(|part| part.eq_ignore_ascii_case(WORD))?;
    let bits = word.iter().enumerate().filter(|(_, letter)| letter.is_ascii_uppercase());
    Some(bits.map(|(bit, _)| 1 << bit).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        for number in [0, 1, 2, 40_000, (1 << 24) - 1] {
            let target = format!("/api/handles/21.T12345/{}-own-1-2?index=1", spelt(number));
            assert_eq!(number_in(&target), Some(number));
        }
        assert_eq!(number_in("/api/handles/21.T12345/0b1c"), None);
    }
}
