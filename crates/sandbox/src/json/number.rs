//! Numbers cut to 32 bits.

/// 10^32 is a multiple of 2^32: further zeros change nothing.
const ZEROS_THAT_MATTER: usize = 32;

/// The integer part of a decimal number modulo 2^32, as BEHAVIOUR.md 5.2 wants it: fractions are cut, larger
/// numbers wrap around. `None` when the text is not a number.
pub(crate) fn wrapped_integer(text: &str) -> Option<i32> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let digits = [whole, fraction].concat();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kept = i64::try_from(whole.len()).ok()?.saturating_add(exponent).max(0);
    let kept = usize::try_from(kept).unwrap_or(usize::MAX);
    let zeros = kept.saturating_sub(digits.len()).min(ZEROS_THAT_MATTER);
    let magnitude = digits
        .bytes()
        .take(kept)
        .chain(std::iter::repeat_n(b'0', zeros))
        .fold(0u32, |sum, digit| sum.wrapping_mul(10).wrapping_add(u32::from(digit - b'0')));
    let value = magnitude.cast_signed();
    Some(if negative { value.wrapping_neg() } else { value })
}

#[cfg(test)]
mod tests {
    use super::wrapped_integer;

    #[test]
    fn cuts_fractions_and_wraps() {
        for (text, expected) in [
            ("1", 1),
            ("1.7", 1),
            ("-1.9", -1),
            ("1e2", 100),
            ("125e-2", 1),
            ("2147483648", i32::MIN),
            ("4294967297", 1),
            ("1e999999999999", 0),
            ("0.5", 0),
        ] {
            assert_eq!(wrapped_integer(text), Some(expected), "{text}");
        }
        for text in ["", "-", ".", "a", "1a", "1e"] {
            assert_eq!(wrapped_integer(text), None, "{text:?}");
        }
    }
}
