//! Time and limits of the cache, with a clock that tests set.

use super::{Cache, Now};
use crate::config::CacheLimits;
use crate::record::{Data, Record, Ttl, USUAL_PERMISSIONS, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// When the tests begin, in seconds since 1970.
const START: i64 = 1_000_000;

/// A cache, and the seconds that have passed.
fn cache(entries: usize, bytes: usize) -> (Cache, Arc<AtomicI64>) {
    let passed = Arc::new(AtomicI64::new(0));
    let seconds = passed.clone();
    let clock = move || {
        let passed = seconds.load(Ordering::Relaxed);
        Now { steady: Duration::from_secs(passed as u64), date: START + passed }
    };
    (Cache::with_clock(CacheLimits { entries, bytes }, clock), passed)
}

fn record(ttls: &[Ttl], text: &str) -> Record {
    let value = |ttl: &Ttl| Value {
        index: 1,
        kind: "URL".to_owned(),
        data: Data::Text(text.to_owned()),
        ttl: *ttl,
        timestamp: None,
        permissions: USUAL_PERMISSIONS.into(),
        references: Vec::new(),
    };
    Record { handle: "p/x".to_owned(), values: ttls.iter().map(value).collect(), json: text.to_owned() }
}

fn keep(cache: &Cache, name: &str, query: &str, ttls: &[Ttl]) {
    cache.keep(cache.begin(), name, query, &record(ttls, "x"));
}

#[test]
fn values_are_kept_as_long_as_the_shortest_ttl() {
    use Ttl::{Absolute, Relative};
    for (ttls, lifetime) in [
        (&[Relative(60)][..], 60),
        (&[Relative(86_400), Relative(60)], 60),
        (&[Absolute(START + 60)], 60),
        (&[Relative(90), Absolute(START + 60)], 60),
        (&[Relative(60), Absolute(START + 90)], 60),
        (&[Relative(0)], 0),
        (&[Relative(-1)], 0),
        (&[Absolute(START)], 0),
        (&[Absolute(START - 1), Relative(60)], 0),
        (&[], 0),
    ] {
        let (cache, passed) = cache(10, 1 << 20);
        keep(&cache, "p/x", "", ttls);
        assert_eq!(cache.get("p/x", "").is_some(), lifetime > 0, "{ttls:?}");
        passed.store(lifetime - 1, Ordering::Relaxed);
        assert_eq!(cache.knows("p/x"), lifetime > 0, "{ttls:?}");
        passed.store(lifetime, Ordering::Relaxed);
        assert!(cache.get("p/x", "").is_none() && !cache.knows("p/x"), "{ttls:?}");
    }
}

#[test]
fn the_time_of_a_read_counts() {
    let (cache, passed) = cache(10, 1 << 20);
    let reading = cache.begin();
    passed.store(50, Ordering::Relaxed);
    cache.keep(reading, "p/x", "", &record(&[Ttl::Relative(60)], "x"));
    passed.store(60, Ordering::Relaxed);
    assert!(cache.get("p/x", "").is_none());
}

#[test]
fn names_are_compared_as_servers_do_and_queries_exactly() {
    let (cache, _) = cache(10, 1 << 20);
    keep(&cache, "21.t1/x", "type=URL", &[Ttl::USUAL]);
    assert!(cache.get("21.T1/X", "type=URL").is_some());
    assert!(cache.get("21.T1/X", "").is_none() && cache.get("21.T1/XY", "type=URL").is_none());
    cache.forget("21.T1/x");
    assert!(!cache.knows("21.t1/x"));
}

#[test]
fn who_was_used_longest_ago_goes_first() {
    let (cache, _) = cache(3, 1 << 20);
    for name in ["p/1", "p/2", "p/3"] {
        keep(&cache, name, "", &[Ttl::USUAL]);
    }
    assert!(cache.get("p/1", "").is_some());
    keep(&cache, "p/4", "", &[Ttl::USUAL]);
    let known = |name: &str| cache.knows(name);
    assert_eq!(["p/1", "p/2", "p/3", "p/4"].map(known), [true, false, true, true]);
    // Reads of one Handle count each.
    for query in ["a", "b", "c", "d", "d"] {
        keep(&cache, "p/5", query, &[Ttl::USUAL]);
    }
    assert_eq!(["p/1", "p/3", "p/4", "p/5"].map(known), [false, false, false, true]);
    let kept = |query: &str| cache.get("p/5", query).is_some();
    assert_eq!(["a", "b", "c", "d"].map(kept), [false, true, true, true]);
}

#[test]
fn bytes_are_bounded() {
    let (cache, _) = cache(1000, 20_000);
    let large = record(&[Ttl::USUAL], &"x".repeat(5_000));
    for number in 0..10 {
        cache.keep(cache.begin(), &format!("p/{number}"), "", &large);
    }
    assert_eq!((0..10).filter(|number| cache.knows(&format!("p/{number}"))).count(), 1);
    // What would not fit at all pushes nothing out.
    cache.keep(cache.begin(), "p/huge", "", &record(&[Ttl::USUAL], &"x".repeat(30_000)));
    assert!(cache.knows("p/9") && !cache.knows("p/huge"));
}

#[test]
fn a_read_that_a_write_overtook_is_not_kept() {
    let (cache, _) = cache(10, 1 << 20);
    let reading = cache.begin();
    cache.forget("p/x");
    cache.keep(reading, "p/x", "", &record(&[Ttl::USUAL], "old"));
    assert!(!cache.knows("p/x"));
}

#[test]
fn without_room_nothing_is_kept() {
    let (cache, _) = cache(0, 1 << 20);
    assert!(cache.begin().is_none());
    keep(&cache, "p/x", "", &[Ttl::USUAL]);
    assert!(!cache.knows("p/x"));
}
