//! 10320/LOC values: an edit changes what it is meant to change, and nothing else.

use b2handle_client::fuzzing::{add, exchange, locations, remove, with_chooseby};
use b2handle_client::{Kind, Location};

/// The value; then, each after a NUL: a URL, another, the name of an attribute, its value, and a way to choose.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut parts = text.split('\0');
    let text = parts.next().unwrap_or_default();
    let url = parts.next().unwrap_or("http://x/");
    let other = parts.next().unwrap_or("http://y/?a=1&b=2");
    let name = parts.next().unwrap_or("country");
    let value = parts.next().unwrap_or("gb");
    let chooseby = parts.next().unwrap_or("locatt,country");

    let before = match locations(text) {
        Ok(before) => before,
        Err(error) => {
            assert_eq!(error.kind(), Kind::BrokenRecord);
            for edited in [add(text, &[url], &[]), exchange(text, url, other), remove(text, &[url])] {
                assert!(
                    url.is_empty() || other.is_empty() || edited.unwrap_err().kind() == Kind::BrokenRecord
                );
            }
            return;
        }
    };
    let before = before.list();
    adds(text, before, url, &[]);
    adds(text, before, url, &[(name, value)]);
    exchanges(text, before, url, other);
    removes(text, before, url);
    if let Ok(chosen) = with_chooseby(text, chooseby) {
        let chosen = locations(&chosen).unwrap();
        assert_eq!(chosen.list(), before);
    }
}

fn has(list: &[Location], url: &str) -> bool {
    list.iter().any(|location| location.url() == Some(url))
}

fn attributes(location: &Location) -> Vec<(&str, &str)> {
    location.attributes().iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn adds(text: &str, before: &[Location], url: &str, given: &[(&str, &str)]) {
    let Ok(added) = add(text, &[url], given) else { return };
    let Some(added) = added else {
        let meant = before.iter().filter(|location| location.url() == Some(url));
        let mut said =
            meant.map(|location| given.iter().all(|(name, value)| location.attribute(name) == Some(value)));
        assert!(has(before, url) && said.all(|said| said));
        return;
    };
    assert!(before.is_empty() || !given.is_empty() || is_within(text, &added));
    let after = locations(&added).unwrap();
    let after = after.list();
    let new = usize::from(!has(before, url));
    assert_eq!(after.len(), before.len() + new);
    for (old, now) in before.iter().zip(after) {
        if old.url() == Some(url) {
            let mut wanted = attributes(old);
            for (name, value) in given {
                match wanted.iter_mut().find(|(other, _)| other == name) {
                    Some((_, old)) => *old = value,
                    None => wanted.push((name, value)),
                }
            }
            assert_eq!(attributes(now), wanted);
        } else {
            assert_eq!(now, old);
        }
    }
    for location in &after[before.len()..] {
        assert_eq!(location.url(), Some(url));
        assert!(given.iter().all(|(name, value)| location.attribute(name) == Some(value)));
    }
    assert_eq!(add(&added, &[url], given).unwrap(), None);
    if new == 1 {
        let removed = remove(&added, &[url]).unwrap().unwrap();
        assert_eq!(locations(&removed).unwrap().list(), before);
    }
}

fn exchanges(text: &str, before: &[Location], old: &str, new: &str) {
    let exchanged = match exchange(text, old, new) {
        Ok(Some(exchanged)) => exchanged,
        Ok(None) => return assert!(old == new && has(before, old)),
        Err(_) => return,
    };
    assert!(has(before, old) && !has(before, new));
    let after = locations(&exchanged).unwrap();
    assert_eq!(after.list().len(), before.len());
    for (was, now) in before.iter().zip(after.list()) {
        let replaced = |(name, value)| {
            if name == "href" && was.url() == Some(old) { (name, new) } else { (name, value) }
        };
        assert!(attributes(was).into_iter().map(replaced).eq(attributes(now)));
    }
    let back = exchange(&exchanged, new, old).unwrap().unwrap();
    assert_eq!(locations(&back).unwrap().list(), before);
}

fn removes(text: &str, before: &[Location], url: &str) {
    let Ok(removed) = remove(text, &[url]) else { return };
    let Some(removed) = removed else { return assert!(!has(before, url)) };
    assert!(is_within(&removed, text));
    let after = locations(&removed).unwrap();
    assert!(after.list().iter().eq(before.iter().filter(|location| location.url() != Some(url))));
    if !removed.is_empty() {
        assert_eq!(remove(&removed, &[url]).unwrap(), None);
    }
}

/// Whether one text is the other with some parts left out. (Only an element without an end tag loses its slash.)
fn is_within(shorter: &str, longer: &str) -> bool {
    let mut rest = longer.chars();
    shorter.chars().all(|c| c == '/' || rest.any(|other| other == c))
}
