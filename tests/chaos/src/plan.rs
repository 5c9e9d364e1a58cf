//! Who does what, from a seed.

use crate::history::text_of;
use crate::operation::{Kind, Operation};
use crate::spelling::spelt;
use std::collections::HashMap;
use std::fmt::Write;

pub(crate) const THREADS: usize = 16;
const PREFIX: &str = "21.T12345";
/// Handles that each thread has for itself.
const OWN: usize = 4;
/// Handles that all threads use, delete and make again.
const SHARED: usize = 8;
/// How many of 100 operations are on one of these.
const SHARE_OF_SHARED: u32 = 35;

/// The operations of all threads in one list, and those of the rival.
pub(crate) struct Plan {
    pub(crate) operations: Vec<Operation>,
    /// Registrations of shared Handles by another program, one after the other as long as somebody deletes the Handle:
    /// a DELETE that is sent once more would hit these.
    pub(crate) rival: Vec<Operation>,
}

impl Plan {
    pub(crate) fn new(seed: u64, count: u32) -> Plan {
        let mut random = fastrand::Rng::with_seed(seed);
        // The location that was planned last for each Handle.
        let mut locations: HashMap<String, String> = HashMap::new();
        let operations = (1..=count).map(|number| {
            let thread = number as usize % THREADS;
            let kind = draw(&mut random);
            let shared = (random.u32(0..100) < SHARE_OF_SHARED).then(|| random.usize(0..SHARED));
            let own = random.usize(0..OWN);
            let shared = shared.filter(|_| !kind.names_itself());
            let place = shared.map_or_else(|| format!("own-{thread}-{own}"), |nth| format!("shared-{nth}"));
            let text = text_of(number);
            let other = locations.get(&place).cloned().unwrap_or_else(|| text_of(0));
            if matches!(kind, Kind::AddLocation | Kind::ExchangeLocation) {
                locations.insert(place.clone(), text.clone());
            }
            let handle = match kind {
                Kind::Generate => PREFIX.to_owned(),
                Kind::Mint => format!("{PREFIX}/{}-mint-", spelt(number)),
                _ => format!("{PREFIX}/{}-{place}", spelt(number)),
            };
            Operation { number, thread, kind, handle, shared, text, other }
        });
        let operations = operations.collect();
        // Nobody knows how many of them fit the time.
        let rival = (count + 1..=count * 3).map(|number| {
            let nth = number as usize % SHARED;
            Operation {
                number,
                thread: THREADS,
                kind: Kind::Register,
                handle: format!("{PREFIX}/{}-shared-{nth}", spelt(number)),
                shared: Some(nth),
                text: text_of(number),
                other: String::new(),
            }
        });
        Plan { operations, rival: rival.collect() }
    }

    /// As the C program reads it: an operation per line.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        for operation in self.operations.iter().chain(&self.rival) {
            let Operation { number, thread, kind, handle, shared, text: written, other } = operation;
            let shared = shared.map_or(-1, |nth| i32::try_from(nth).unwrap_or(-1));
            let kind = kind.name();
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{thread}\t{number}\t{kind}\t{shared}\t{handle}\t{written}\t{other}");
        }
        text
    }
}

fn draw(random: &mut fastrand::Rng) -> Kind {
    let mut rest = random.u32(0..Kind::ALL.iter().map(|(.., share)| share).sum());
    for (kind, _, share) in Kind::ALL {
        match rest.checked_sub(*share) {
            Some(less) => rest = less,
            None => return *kind,
        }
    }
    Kind::Exists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_decides() {
        assert_eq!(Plan::new(1, 500).to_text(), Plan::new(1, 500).to_text());
        assert_ne!(Plan::new(1, 500).to_text(), Plan::new(2, 500).to_text());
    }

    #[test]
    fn every_kind_and_every_thread_has_its_share() {
        let plan = Plan::new(1, 2000);
        for (kind, name, share) in Kind::ALL {
            let count = plan.operations.iter().filter(|operation| operation.kind == *kind).count();
            assert!(count >= *share as usize * 10, "{name}: {count}");
        }
        for thread in 0..THREADS {
            assert_eq!(plan.operations.iter().filter(|operation| operation.thread == thread).count(), 125);
        }
    }
}
