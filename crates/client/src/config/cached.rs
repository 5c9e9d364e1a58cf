//! How much the cache of a client may keep.

use super::keys::Reader;

/// Enough for some ten thousand usual records.
const DEFAULT_BYTES: usize = 16 << 20;
const MOST_ENTRIES: u64 = 10_000_000;
const MOST_BYTES: u64 = 1 << 40;

/// The limits of a cache of what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CacheLimits {
    /// Answers to keep; 0 keeps none.
    pub(crate) entries: usize,
    /// About how much memory they may take.
    pub(crate) bytes: usize,
}

pub(super) fn read(reader: &mut Reader) -> CacheLimits {
    CacheLimits {
        entries: reader.number("cache_size", 0..=MOST_ENTRIES).unwrap_or(0),
        bytes: reader.number("cache_bytes", 0..=MOST_BYTES).unwrap_or(DEFAULT_BYTES),
    }
}

#[cfg(test)]
mod tests {
    use super::CacheLimits;
    use crate::config::Config;

    #[test]
    fn off_unless_asked_for() {
        let limits = |text: &str| Config::from_text(text).map(|config| config.cache);
        assert_eq!(limits("{}").unwrap(), CacheLimits { entries: 0, bytes: 16 << 20 });
        let both = limits(r#"{"cache_size": "100", "cache_bytes": 5000}"#).unwrap();
        assert_eq!(both, CacheLimits { entries: 100, bytes: 5000 });
        for text in [r#"{"cache_size": -1}"#, r#"{"cache_size": true}"#, r#"{"cache_bytes": 1.5}"#] {
            assert!(limits(text).unwrap_err().message().contains("must be a whole number"), "{text}");
        }
    }
}
