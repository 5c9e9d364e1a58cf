//! Panics on demand: what becomes of bugs is tested, too. Without the feature `test-panics` there is nothing of this.

/// Panics where the environment variable `B2H_TEST_PANIC` names this place.
#[cfg(feature = "test-panics")]
#[doc(hidden)]
#[allow(clippy::panic, reason = "its only purpose")]
pub fn fault_point(place: &str) {
    if std::env::var_os("B2H_TEST_PANIC").is_some_and(|wanted| wanted == place) {
        panic!("as asked for");
    }
}

/// Does nothing.
#[cfg(not(feature = "test-panics"))]
#[doc(hidden)]
#[inline(always)]
pub fn fault_point(_place: &str) {}
