//! Indexes by convention.

use std::ops::RangeInclusive;

/// Where a URL lives.
const URL_INDEX: u32 = 1;
/// Where HS_ADMIN values live.
pub(crate) const ADMIN_INDEXES: RangeInclusive<u32> = 100..=199;
/// The largest index a server stores (BEHAVIOUR.md 5.2: larger ones wrap around silently).
pub(crate) const LARGEST_INDEX: u32 = i32::MAX as u32;

/// The index for a new value of this type beside the taken ones, as B2HANDLE chooses it: URL at 1, HS_ADMIN
/// from 100 to 199, all others from 2 on without those. `None` when no index is left.
pub(crate) fn free_index(kind: &str, is_taken: impl Fn(u32) -> bool) -> Option<u32> {
    let free = |index: &u32| !is_taken(*index);
    if kind.eq_ignore_ascii_case("HS_ADMIN") {
        return ADMIN_INDEXES.into_iter().find(free);
    }
    if kind.eq_ignore_ascii_case("URL") && free(&URL_INDEX) {
        return Some(URL_INDEX);
    }
    (2..=LARGEST_INDEX).filter(|index| !ADMIN_INDEXES.contains(index)).find(free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_are_chosen_as_b2handle_does() {
        let taken = |taken: &'static [u32]| move |index| taken.contains(&index);
        assert_eq!(free_index("URL", taken(&[])), Some(1));
        assert_eq!(free_index("url", taken(&[1, 100])), Some(2));
        assert_eq!(free_index("HS_ADMIN", taken(&[])), Some(100));
        assert_eq!(free_index("HS_ADMIN", taken(&[100, 101])), Some(102));
        assert_eq!(free_index("X", taken(&[2, 3, 5])), Some(4));
        assert_eq!(free_index("X", |index| index < 100), Some(200));
        assert_eq!(free_index("HS_ADMIN", |_| true), None);
    }
}
