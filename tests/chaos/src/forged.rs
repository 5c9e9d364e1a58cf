//! Forged reports and effects: the judge has to find each of them.

use crate::history::History;
use crate::judge::{Evidence, Wrong};
use crate::operation::{Kind, Operation};
use crate::outcome::Outcome;
use crate::requests::Requests;
use crate::spelling::spelt;
use b2h_sandbox::Executed;
use serde_json::{Value as Json, json};
use std::collections::HashMap;

/// A world in which operation 1 registers a Handle, 2 deletes it and 3 reads it, one after the other.
#[derive(Default)]
struct World {
    journal: Vec<Executed>,
    outcomes: Vec<Outcome>,
    requests: Requests,
}

fn operation(number: u32, kind: Kind) -> Operation {
    let handle = match kind {
        Kind::Mint => format!("p/{}-mint-", spelt(number)),
        _ => format!("p/{}-own", spelt(number)),
    };
    let text = format!("https://example.org/op/{number}/");
    Operation {
        number,
        thread: 0,
        kind,
        handle,
        shared: None,
        text,
        other: "https://example.org/op/0/".to_owned(),
    }
}

fn value(index: u32, kind: &str, number: u32) -> Json {
    let text = format!("https://example.org/op/{number}/");
    json!({"index": index, "type": kind, "data": {"format": "string", "value": text}})
}

impl World {
    /// An effect of an operation, after which the Handle has these values.
    fn effect(mut self, number: u32, values: Option<Json>) -> World {
        let target = format!("/api/handles/p/{}-own", spelt(number));
        self.journal.push(Executed {
            sequence: 0,
            method: String::new(),
            handle: format!("p/{}-own", spelt(number)).to_ascii_uppercase(),
            target,
            caller: None,
            values,
        });
        self
    }

    fn minted(mut self, number: u32, suffix: &str) -> World {
        self = self.effect(number, Some(json!([value(1, "URL", number)])));
        if let Some(write) = self.journal.last_mut() {
            write.handle = format!("P/{}-MINT-{suffix}", spelt(0).to_ascii_uppercase());
        }
        self
    }

    /// What was reported of the next operation: its status, whether it is in doubt, what it gave.
    fn report(mut self, status: i32, in_doubt: bool, out: &str) -> World {
        let number = self.outcomes.len() as u32 + 1;
        let (begin, end) = (u64::from(number) * 10, u64::from(number) * 10 + 5);
        let out = out.to_owned();
        self.outcomes.push(Outcome { number, begin, end, status, in_doubt, out, ..Outcome::default() });
        self
    }

    fn request(mut self, number: u32, is_write: bool, status: u16) -> World {
        self.requests.add(number, is_write, status);
        self
    }

    /// What is wrong with one of the operations.
    fn wrong(&self, number: u32, kind: Kind) -> Option<&'static str> {
        let history = History::new(&self.journal);
        let outcomes: HashMap<_, _> = self.outcomes.iter().map(|outcome| (outcome.number, outcome)).collect();
        let outcome = outcomes[&number];
        let evidence = Evidence { history: &history, outcomes, requests: Some(&self.requests) };
        let mut all = evidence.judge(&operation(number, kind), outcome);
        assert!(all.len() < 2, "{all:?}");
        all.pop().map(|wrong| match wrong {
            Wrong::Lost(_) => "lost",
            Wrong::Doubled(_) => "doubled",
            Wrong::Misreported(_) => "misreported",
        })
    }
}

fn registered(number: u32) -> Option<Json> {
    Some(json!([value(1, "URL", number)]))
}

const OK: i32 = 0;
const UNREACHABLE: i32 = 41;
const CONNECTION_LOST: i32 = 46;
const AUTHENTICATION_FAILED: i32 = 60;
const NOT_FOUND: i32 = 80;
const EXISTS: i32 = 81;
const CONFLICT: i32 = 87;

#[test]
fn what_is_true_is_right() {
    let world = World::default().effect(1, registered(1)).report(OK, false, "");
    assert_eq!(world.wrong(1, Kind::Register), None);
    let world = world.effect(2, None).report(OK, false, "").report(NOT_FOUND, false, "");
    assert_eq!(world.wrong(2, Kind::Delete), None);
    assert_eq!(world.wrong(3, Kind::Get), None);
    // In doubt, with and without effect.
    let world = World::default().effect(1, registered(1)).report(CONNECTION_LOST, true, "");
    assert_eq!(world.report(CONNECTION_LOST, true, "").wrong(2, Kind::Delete), None);
}

#[test]
fn a_success_without_effect_is_lost() {
    assert_eq!(World::default().report(OK, false, "").wrong(1, Kind::Register), Some("lost"));
    let world = World::default().effect(1, registered(1)).report(OK, false, "").report(OK, false, "");
    assert_eq!(world.wrong(2, Kind::Delete), Some("lost"));
    assert_eq!(world.wrong(2, Kind::Modify), Some("lost"));
    // The Handle is gone, by whoever: that is what was asked for.
    assert_eq!(World::default().report(OK, false, "").wrong(1, Kind::Delete), None);
}

#[test]
fn an_effect_that_harms_others_is_lost() {
    let both = json!([value(1, "URL", 1), value(2, "EXTRA", 1)]);
    let world = World::default().effect(1, Some(both)).report(OK, false, "");
    let world = world.effect(2, Some(json!([value(1, "URL", 2)]))).report(OK, false, "");
    assert_eq!(world.wrong(2, Kind::Overwrite), None);
    assert_eq!(world.wrong(2, Kind::Modify), Some("lost"));
    assert_eq!(world.wrong(2, Kind::Register), Some("lost"));
    let world = World::default().effect(1, Some(json!([value(2, "EXTRA", 1)]))).report(OK, false, "");
    let world = world.effect(2, Some(json!([value(2, "EXTRA", 2)]))).report(OK, false, "");
    assert_eq!(world.wrong(2, Kind::Add), Some("lost"));
}

/// Between read and write, the Handle was made anew, and another value stands where the one was that was read.
#[test]
fn what_no_client_can_know_is_not_held_against_it() {
    let note = |number| Some(json!([value(2, "NOTE", number)]));
    let other = json!([value(2, "EXTRA", 3)]);
    let world = World::default().effect(1, note(1)).report(OK, false, "");
    let world = world.effect(3, Some(other)).effect(2, note(2)).report(OK, false, "");
    let mut world = world.report(OK, false, "");
    assert_eq!(world.wrong(2, Kind::Note), None);
    assert_eq!(world.wrong(2, Kind::Put), Some("lost"), "it had no value there");
    // Operation 3 was over before operation 2 began.
    (world.outcomes[2].begin, world.outcomes[2].end) = (16, 17);
    assert_eq!(world.wrong(2, Kind::Note), Some("lost"));
}

#[test]
fn values_are_deleted_as_they_were_read() {
    let notes = json!([value(2, "NOTE", 1), value(3, "NOTE", 1), value(4, "EXTRA", 1)]);
    let world = |left: Json| {
        World::default().effect(1, Some(notes.clone())).effect(2, Some(left)).report(OK, false, "")
    };
    let deleted = |left| world(left).report(OK, false, "").wrong(2, Kind::DeleteValues);
    assert_eq!(deleted(json!([value(3, "NOTE", 1), value(4, "EXTRA", 1)])), None);
    assert_eq!(deleted(notes.clone()), Some("lost"));
    assert_eq!(deleted(json!([])), Some("lost"));
}

#[test]
fn a_second_effect_is_doubled() {
    // Somebody else made the Handle again between the two.
    let world = World::default().effect(1, registered(1)).report(OK, false, "");
    let world = world.effect(2, None).effect(3, registered(3)).effect(2, None).report(OK, false, "");
    assert_eq!(world.wrong(2, Kind::Delete), Some("doubled"));
    let twice = json!([value(2, "EXTRA", 1), value(3, "EXTRA", 1)]);
    let world = World::default().effect(1, Some(twice)).report(OK, false, "");
    assert_eq!(world.wrong(1, Kind::Add), Some("doubled"));
    let world = World::default().minted(1, "A").minted(1, "B");
    let name = format!("p/{}-mint-A", spelt(1));
    assert_eq!(world.report(OK, false, &name).wrong(1, Kind::Mint), Some("doubled"));
    let world = World::default().effect(1, registered(1)).report(OK, false, "https://example.org/op/1/");
    assert_eq!(world.wrong(1, Kind::Get), Some("doubled"), "a read that writes");
}

#[test]
fn a_write_that_may_have_been_executed_must_not_be_sent_again() {
    let world = World::default().effect(1, registered(1)).report(OK, false, "");
    let world = world.request(1, true, 503).request(1, true, 201);
    assert_eq!(world.wrong(1, Kind::Register), None);
    let world = world.request(1, true, 0);
    assert_eq!(world.wrong(1, Kind::Register), Some("doubled"));
}

#[test]
fn a_failure_that_was_none_is_misreported() {
    let world = World::default().effect(1, registered(1)).report(EXISTS, false, "");
    assert_eq!(world.wrong(1, Kind::Register), Some("misreported"));
    // The client could not know, even where it was lucky.
    let world = World::default().report(CONNECTION_LOST, false, "");
    assert_eq!(world.wrong(1, Kind::Register), None, "nothing was sent");
    let world = world.request(1, true, 0);
    assert_eq!(world.wrong(1, Kind::Register), Some("misreported"));
}

#[test]
fn a_cause_that_was_not_there_is_misreported() {
    let world = World::default().report(EXISTS, false, "").report(NOT_FOUND, false, "");
    assert_eq!(world.wrong(1, Kind::Register), Some("misreported"));
    assert_eq!(world.wrong(2, Kind::Get), None);
    let world = World::default().effect(1, registered(1)).report(OK, false, "").report(NOT_FOUND, false, "");
    assert_eq!(world.wrong(2, Kind::Get), Some("misreported"));
    for status in [UNREACHABLE, CONFLICT, AUTHENTICATION_FAILED, 62] {
        assert_eq!(World::default().report(status, false, "").wrong(1, Kind::Put), Some("misreported"));
    }
}

#[test]
fn a_conflict_is_one_when_another_undid_the_change() {
    let locations = |number| Some(json!([value(2, "10320/LOC", number)]));
    let world = World::default().effect(1, locations(1)).report(CONFLICT, false, "");
    assert_eq!(world.wrong(1, Kind::AddLocation), Some("misreported"));
    let mut world = world.effect(2, locations(2)).report(OK, false, "");
    assert_eq!(world.wrong(1, Kind::AddLocation), Some("misreported"), "that was later");
    world.outcomes[1].begin = world.outcomes[0].begin;
    assert_eq!(world.wrong(1, Kind::AddLocation), None);
}

#[test]
fn a_read_of_what_was_not_there_is_misreported() {
    let world = World::default().effect(1, registered(1)).report(OK, false, "").effect(2, None);
    let read = "https://example.org/op/1/";
    let world = world.report(OK, false, "").report(OK, false, read);
    assert_eq!(world.wrong(3, Kind::Get), Some("misreported"), "it was gone");
    let world = World::default().effect(1, registered(1)).report(OK, false, "");
    assert_eq!(world.report(OK, false, read).wrong(2, Kind::Get), None);
    let world = World::default().report(OK, false, "1").report(OK, false, "0");
    assert_eq!(world.wrong(1, Kind::Exists), Some("misreported"));
    assert_eq!(world.wrong(2, Kind::Exists), None);
}

#[test]
fn the_wrong_name_is_misreported() {
    let world = World::default().minted(1, "A").report(OK, false, "p/other");
    assert_eq!(world.wrong(1, Kind::Mint), Some("misreported"));
}

#[test]
fn an_effect_without_an_operation_is_noticed() {
    let mut world = World::default().effect(1, registered(1));
    world.journal[0].target = "/api/handles/p/unknown".to_owned();
    world.journal[0].values = None;
    assert_eq!(History::new(&world.journal).strangers.len(), 1);
}
