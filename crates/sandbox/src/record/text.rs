//! Text, base64 and hexadecimal forms of a value's bytes (BEHAVIOUR.md 4.1, 5.2).

use super::malformed::Malformed;
use base64::Engine;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const UNPADDED: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// The bytes as text, unless they are not UTF-8 or hold control characters. The real server's idea of white
/// space is 0x09 to 0x13.
pub(super) fn as_text(data: &[u8]) -> Option<&str> {
    let control = |byte: &u8| matches!(byte, 0x00..=0x08 | 0x14..=0x1F | 0x7F);
    if data.iter().any(control) { None } else { std::str::from_utf8(data).ok() }
}

pub(super) fn to_base64(data: &[u8]) -> String {
    STANDARD.encode(data)
}

/// Lenient: foreign characters are skipped, both alphabets and missing padding are accepted.
pub(super) fn from_base64(text: &str) -> Result<Vec<u8>, Malformed> {
    let mut symbols: Vec<u8> = text
        .bytes()
        .take_while(|byte| *byte != b'=')
        .filter_map(|byte| match byte {
            b'-' => Some(b'+'),
            b'_' => Some(b'/'),
            b'+' | b'/' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Some(byte),
            _ => None,
        })
        .collect();
    if symbols.len() % 4 == 1 {
        // Six bits make no byte.
        symbols.pop();
    }
    UNPADDED.decode(symbols).map_err(|error| Malformed(format!("not base64: {error}")))
}

/// Strict.
pub(super) fn from_hex(text: &str) -> Result<Vec<u8>, Malformed> {
    hex::decode(text).map_err(|error| Malformed(format!("not hexadecimal: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_not_text() {
        assert_eq!(as_text(b"a\t\n\x13b"), Some("a\t\n\x13b"));
        for data in [&b"a\0"[..], b"\x14", b"\x7f", b"\xff"] {
            assert_eq!(as_text(data), None, "{data:?}");
        }
    }

    #[test]
    fn base64_is_lenient_and_hex_is_not() {
        for text in ["AP+g", "AP-g", "A P\n+g", "AP+g===="] {
            assert_eq!(from_base64(text).unwrap(), [0, 0xff, 0xa0], "{text}");
        }
        assert_eq!(from_base64("QQ").unwrap(), b"A");
        assert_eq!(from_hex("00FFa0").unwrap(), [0, 0xff, 0xa0]);
        assert!(from_hex("ABC").is_err() && from_hex("ZZ").is_err());
    }
}
