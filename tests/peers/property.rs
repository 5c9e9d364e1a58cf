//! Random sequences of operations, with PYHANDLE on one sandbox and the C library on another: after each operation,
//! outcome and record are the same, or the difference is a listed one.
//!
//! B2H_SEED and B2H_SEQUENCES repeat a run, or make a longer one.

use crate::common::Server;
use crate::peer::{Answer, Code, Peer};
use crate::records::{Held, sorted, summary, values};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

const TYPES: &[&str] =
    &["URL", "CHECKSUM", "EMAIL", "EUDAT/REPLICA", "Größe (µm) &+#?", "21.T11148/c692273deb2772da307f"];
/// Types that are listed differences or errors: rarely used, since a difference begins the record anew.
const RARE_TYPES: &[&str] = &["url", "Email", "HS_ADMIN"];
const TEXTS: &[&str] = &[
    "http://www.example.org/",
    "http://www.example.org/a b?c=%20&d=ä#e",
    "",
    " ",
    "ä€🔗",
    "\"quoted\" 'single' \\backslash\\",
    "line one\nline two\r\n\ttabbed",
    "{\"json\": [1, 2]}",
    "<xml attribute=\"&amp;\"/>",
    "1011",
    "true",
    "\u{1}\u{7f}\u{2028}",
];
const URLS: &[&str] = &[
    "http://a.example.org/",
    "http://b.example.org/?x=1&y=<2>",
    "http://c.example.org/ä b",
    "urn:d:'\"\\",
    "http://e.example.org/%20#f",
];
/// What stands in records without their owners asking B2HANDLE or the library.
const WILD: &[&str] = &[
    "<locations />",
    "<locations chooseby=\"country\"><location href=\"http://a.example.org/\" country=\"de\" id=\"1\" /></locations>",
    "<locations><other><location href=\"http://a.example.org/\" /></other></locations>",
    "no XML",
];
const SUFFIXES: &[&str] = &["PLAIN", "with space", "Ümläut", "in/several//parts", "dots.and-more_~"];
const LONGEST: u64 = 25;

/// An operation: its verb and what follows the name of the Handle.
#[derive(Clone)]
struct Operation {
    verb: &'static str,
    arguments: Vec<String>,
}

impl fmt::Debug for Operation {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = self.arguments.iter().map(|text| text.chars().take(60).collect::<String>());
        write!(to, "{} {:?}", self.verb, short.collect::<Vec<_>>())
    }
}

/// Random numbers that a seed repeats (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    fn one_of<T: Copy>(&mut self, pool: &[T]) -> T {
        pool[self.below(pool.len() as u64) as usize]
    }

    fn kind(&mut self) -> &'static str {
        if self.below(40) == 0 { self.one_of(RARE_TYPES) } else { self.one_of(TYPES) }
    }

    fn text(&mut self) -> String {
        if self.below(30) == 0 { "long ä ".repeat(2000) } else { self.one_of(TEXTS).to_owned() }
    }

    /// Some types, each once.
    fn kinds(&mut self, most: u64) -> Vec<String> {
        let mut kinds: Vec<String> = Vec::new();
        for _ in 0..=self.below(most) {
            let kind = self.kind().to_owned();
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// Some types with a text each.
    fn pairs(&mut self, most: u64) -> Vec<String> {
        self.kinds(most).into_iter().flat_map(|kind| [kind, self.text()]).collect()
    }

    /// A whole record in JSON, also with several values of a type.
    fn entries(&mut self) -> String {
        let mut index = 0;
        let mut entries = Vec::new();
        for _ in 0..=self.below(5) {
            index += 1 + self.below(60);
            let mut entry = json!({"index": index, "type": self.one_of(TYPES), "data": self.text()});
            match self.below(4) {
                0 => entry["ttl"] = json!(self.below(100_000)),
                1 => entry["data"] = json!({"format": "string", "value": self.text()}),
                2 => entry["data"] = json!({"format": "base64", "value": "AAH/gA=="}),
                _ => {}
            }
            entries.push(entry);
        }
        Json::from(entries).to_string()
    }

    fn urls(&mut self) -> Vec<String> {
        (0..=self.below(3)).map(|_| self.one_of(URLS).to_owned()).collect()
    }

    /// Those on several locations, of which only B2HANDLE knows, and some that go with them.
    fn on_locations(&mut self) -> Operation {
        let (verb, arguments) = match self.below(20) {
            0..=2 => ("register_loc", [vec!["http://x/".to_owned()], self.urls()].concat()),
            3..=8 => ("loc_add", self.urls()),
            9..=11 => ("loc_remove", self.urls()),
            12..=14 => ("loc_exchange", vec![self.one_of(URLS).to_owned(), self.one_of(URLS).to_owned()]),
            15 => ("loc_empty", vec![]),
            16 => ("loc_has", vec![self.one_of(URLS).to_owned()]),
            17 => ("modify", vec![String::new(), "10320/LOC".to_owned(), self.one_of(WILD).to_owned()]),
            18 => ("modify", [vec![String::new()], self.pairs(1)].concat()),
            _ => ("delete_values", vec!["10320/LOC".to_owned()]),
        };
        Operation { verb, arguments }
    }

    fn operation(&mut self) -> Operation {
        let (verb, arguments) = match self.below(22) {
            0..=3 => ("register", self.pairs(4)),
            4 => ("overwrite", self.pairs(4)),
            5 => ("register_json", vec![self.entries()]),
            6 => ("overwrite_json", vec![self.entries()]),
            7..=11 => ("modify", [vec![String::new()], self.pairs(3)].concat()),
            12 => ("modify", [vec![self.below(100_000).to_string()], self.pairs(1)].concat()),
            13 => ("modify_only", self.pairs(1)),
            14 => ("add", self.pairs(1)),
            15..=17 => ("delete_values", self.kinds(3)),
            18 => ("delete", vec![]),
            _ => ("get", vec![self.kind().to_owned()]),
        };
        Operation { verb, arguments }
    }
}

/// A sandbox and who works on it.
struct Side {
    server: Server,
    peer: Peer,
}

impl Side {
    fn start(code: Code, more: &str) -> Option<Side> {
        let server = Server::start();
        let peer = Peer::start(code, &server, more)?;
        Some(Side { server, peer })
    }
}

/// A record without what two spellings of the same XML differ in.
fn alike(mut held: Held) -> Held {
    for value in held.iter_mut().flatten().filter(|value| value["type"] == "10320/LOC") {
        if let Some(text) = value["data"]["value"].as_str() {
            value["data"]["value"] =
                text.replace("&apos;", "'").replace("<locations >", "<locations>").into();
        }
    }
    held
}

/// The operation at this place met no listed difference, and what happened.
struct Different(usize, String);

/// Performs operations on both sides. Returns the listed differences that they met; after each, both sides begin
/// anew without the Handle.
fn perform(
    theirs: &mut Side,
    ours: &mut Side,
    handle: &str,
    operations: &[Operation],
) -> Result<Vec<&'static str>, Different> {
    let mut met = Vec::new();
    for (at, operation) in operations.iter().enumerate() {
        let before = values(&theirs.server, handle);
        for side in [&mut *theirs, &mut *ours] {
            let arguments = operation.arguments.iter().map(String::as_str);
            side.peer.tell([operation.verb, handle].into_iter().chain(arguments));
        }
        let answers = [theirs.peer.hear(), ours.peer.hear()];
        let after = [&theirs.server, &ours.server].map(|server| alike(sorted(values(server, handle))));
        let read = answers.each_ref().map(|answer| match operation.verb {
            // The text, and a structure whatever its spaces.
            "loc_empty" | "loc_has" => json!(answer.read.first().filter(|_| answer.outcome() == "ok")),
            "get" if answer.outcome() == "ok" => {
                let text = &answer.read[0];
                serde_json::from_str(text).ok().filter(Json::is_object).unwrap_or_else(|| json!(text))
            }
            _ => Json::Null,
        });
        let same = answers[0].outcome() == answers[1].outcome() && read[0] == read[1] && after[0] == after[1];
        if same {
            continue;
        }
        let name = listed(&before, operation);
        let Some(name) = name.filter(|name| is_as_listed(name, &alike(sorted(before)), &answers, &after))
        else {
            let side = |at: usize| format!("{:?}\n    {}", answers[at], summary(&after[at]));
            return Err(Different(at, format!("  theirs: {}\n  ours: {}", side(0), side(1))));
        };
        met.push(name);
        theirs.peer.ask(&["delete", handle]);
        ours.peer.ask(&["delete", handle]);
    }
    Ok(met)
}

/// The listed difference that an operation meets on a record; each is proven in differences.rs.
fn listed(before: &Held, operation: &Operation) -> Option<&'static str> {
    let (verb, arguments) = (operation.verb, operation.arguments.as_slice());
    let admin = arguments.iter().any(|argument| argument == "HS_ADMIN");
    let writes = !matches!(verb, "get" | "delete" | "delete_values");
    if admin && writes && (before.is_none() != verb.starts_with("register")) {
        return Some("checked-first");
    }
    if verb.starts_with("loc_") {
        return listed_of_locations(before.as_deref()?, operation);
    }
    let named: Vec<&str> = match verb {
        "modify" => arguments[1..].iter().step_by(2).map(String::as_str).collect(),
        "register" | "overwrite" | "modify_only" | "add" => {
            arguments.iter().step_by(2).map(String::as_str).collect()
        }
        "delete_values" | "get" => arguments.iter().map(String::as_str).collect(),
        _ => return None,
    };
    if writes && named.contains(&"url") {
        return Some("type-case");
    }
    let values = before.as_deref()?;
    if verb == "register" || verb == "overwrite" {
        return None;
    }
    let present: Vec<&str> = values.iter().filter_map(|value| value["type"].as_str()).collect();
    let like = |kind: &&str| present.iter().any(|other| other.eq_ignore_ascii_case(kind));
    let twin = |kind: &&str| {
        let mut others = present.iter().chain(&named);
        others.any(|other| other != kind && other.eq_ignore_ascii_case(kind))
    };
    if named.iter().any(twin) {
        return Some("type-case");
    }
    let binary = |kind: &str| {
        let first = values.iter().find(|value| value["type"] == kind);
        first.is_some_and(|value| value["data"]["format"] == "base64")
    };
    match verb {
        "get" if binary(named[0]) => Some("binary"),
        "modify_only" if !named.iter().all(like) => Some("modify-only-missing"),
        "add" if named.iter().any(like) => Some("add-beside"),
        "modify" if !arguments[0].is_empty() && named.iter().any(like) => Some("ttl-of-changed"),
        "modify" | "add" if named.contains(&"URL") && !like(&"URL") => Some("url-index"),
        _ => None,
    }
}

/// The same for the operations on several locations.
fn listed_of_locations(before: &[Json], operation: &Operation) -> Option<&'static str> {
    let value = before.iter().find(|value| value["type"] == "10320/LOC");
    let text = value.and_then(|value| value["data"]["value"].as_str()).unwrap_or_default();
    if text == "no XML" {
        return Some("loc-xml");
    }
    // As both write it, and no URL begins another.
    let has = |url: &str| {
        let written = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")]
            .iter()
            .fold(url.to_owned(), |text, (character, escape)| text.replace(character, escape));
        let top = text.split("<other>").next().unwrap_or_default();
        [written.replace('\'', "&apos;"), written].iter().any(|url| top.contains(&format!("href=\"{url}\"")))
    };
    let urls = &operation.arguments;
    match operation.verb {
        "loc_exchange" if !has(&urls[0]) || (urls[0] != urls[1] && has(&urls[1])) => Some("loc-exchange"),
        "loc_remove" if value.is_some() && !text.contains("href") => Some("loc-empty"),
        "loc_remove" if text.contains("<other>") => Some("loc-empty"),
        _ => None,
    }
}

/// Whether nothing but the listed difference was met.
fn is_as_listed(name: &str, before: &Held, answers: &[Answer; 2], after: &[Held; 2]) -> bool {
    let outcomes = [answers[0].outcome(), answers[1].outcome()];
    let same_but = |member: &str| {
        let [theirs, ours] = after.each_ref().map(|held| {
            let mut values = held.clone().unwrap_or_default();
            values.iter_mut().for_each(|value| drop(value.as_object_mut().unwrap().remove(member)));
            let mut values: Vec<String> = values.iter().map(Json::to_string).collect();
            values.sort();
            values
        });
        theirs == ours
    };
    match name {
        "loc-xml" => outcomes == ["ParseError", "broken"] && after.iter().all(|held| held == before),
        "loc-exchange" => {
            outcomes[0] == "ok" && ["no value", "87"].contains(&outcomes[1]) && after[1] == *before
        }
        "loc-empty" => outcomes == ["ok", "ok"] && after[1] == *before,
        "url-index" => outcomes == ["ok", "ok"] && same_but("index"),
        "ttl-of-changed" => outcomes == ["ok", "ok"] && same_but("ttl"),
        "add-beside" => {
            let refused = ["GenericHandleError", "broken"].contains(&outcomes[0]) && after[0] == *before;
            refused && outcomes[1] == "ok" && after[1] != *before
        }
        "modify-only-missing" => outcomes[1] == "no value" && after[1] == *before,
        "checked-first" => outcomes[1] == "not allowed" && after.iter().all(|held| held == before),
        "binary" => after.iter().all(|held| held == before),
        // What a type means decides everything that follows.
        "type-case" => true,
        _ => false,
    }
}

/// The shortest part of a sequence that still ends in an unlisted difference, and what happens there.
fn shortest(theirs: &mut Side, ours: &mut Side, mut operations: Vec<Operation>) -> (Vec<Operation>, String) {
    let mut number = 0;
    let mut what = String::new();
    let mut at = operations.len();
    let mut attempt = |operations: &[Operation]| {
        number += 1;
        let name = format!("21.T12345/SHORTER-{number}");
        perform(theirs, ours, &name, operations).err().map(|Different(at, happened)| (at, happened))
    };
    while at > 0 {
        at -= 1;
        let mut fewer = operations.clone();
        fewer.remove(at);
        if let Some((end, happened)) = attempt(&fewer) {
            fewer.truncate(end + 1);
            at = at.min(fewer.len());
            (operations, what) = (fewer, happened);
        }
    }
    if what.is_empty() {
        what =
            attempt(&operations).map_or_else(|| "It happens once only.".to_owned(), |(_, happened)| happened);
    }
    (operations, what)
}

/// How far a run came.
#[derive(Debug, Default)]
struct Tally {
    operations: usize,
    /// How often a listed difference was met, by its name.
    listed: BTreeMap<&'static str, usize>,
}

/// An unlisted difference.
struct Found {
    seed: u64,
    operations: Vec<Operation>,
    what: String,
}

impl fmt::Display for Found {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            to,
            "B2H_SEED={} B2H_SEQUENCES=1: the last of these differs, and no list says so:",
            self.seed
        )?;
        for operation in &self.operations {
            writeln!(to, "  {operation:?}")?;
        }
        write!(to, "{}", self.what)
    }
}

/// Each sequence has a seed of its own, so that it can be repeated alone.
fn run(
    theirs: &mut Side,
    ours: &mut Side,
    seeds: Range<u64>,
    next: fn(&mut Random) -> Operation,
) -> Result<Tally, Found> {
    let mut tally = Tally::default();
    for seed in seeds {
        let mut random = Random(seed);
        let handle = format!("21.T12345/{}-{seed}", random.one_of(SUFFIXES));
        let operations: Vec<Operation> = (0..=random.below(LONGEST)).map(|_| next(&mut random)).collect();
        match perform(theirs, ours, &handle, &operations) {
            Ok(met) => {
                tally.operations += operations.len();
                met.into_iter().for_each(|name| *tally.listed.entry(name).or_default() += 1);
            }
            Err(Different(at, _)) => {
                let (operations, what) = shortest(theirs, ours, operations[..=at].to_vec());
                return Err(Found { seed, operations, what });
            }
        }
    }
    Ok(tally)
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is not a number")))
}

#[test]
fn random_sequences_end_the_same() {
    let Some(mut theirs) = Side::start(Code::Pyhandle, "") else { return };
    let Some(mut ours) = Side::start(Code::Ours, "") else { return };
    let (seed, sequences) = (number("B2H_SEED", 20_260), number("B2H_SEQUENCES", 400));
    println!("B2H_SEED={seed} B2H_SEQUENCES={sequences}");
    match run(&mut theirs, &mut ours, seed..seed + sequences, Random::operation) {
        Ok(tally) => println!("{tally:?}"),
        Err(found) => panic!("{found}"),
    }
}

/// With B2HANDLE, since PYHANDLE has nothing for 10320/LOC.
#[test]
fn random_sequences_on_locations_end_the_same() {
    let chooseby = r#", "10320LOC_chooseby": "locatt,country""#;
    let Some(mut theirs) = Side::start(Code::B2handle, chooseby) else { return };
    let Some(mut ours) = Side::start(Code::Ours, chooseby) else { return };
    let (seed, sequences) = (number("B2H_SEED", 20_260), number("B2H_SEQUENCES", 150));
    println!("B2H_SEED={seed} B2H_SEQUENCES={sequences}");
    match run(&mut theirs, &mut ours, seed..seed + sequences, Random::on_locations) {
        Ok(tally) => println!("{tally:?}"),
        Err(found) => panic!("{found}"),
    }
}

/// Two clients that do not do the same are found out, and nothing is told that does not matter.
#[test]
fn a_difference_is_found() {
    let Some(mut theirs) = Side::start(Code::Pyhandle, "") else { return };
    let more = r#", "HS_ADMIN_permissions": "011111110010""#;
    let Some(mut ours) = Side::start(Code::Ours, more) else { return };
    let Err(found) = run(&mut theirs, &mut ours, 0..10, Random::operation) else {
        panic!("no difference was found")
    };
    assert!(found.what.contains("011111110010"), "{found}");
    assert_eq!(found.operations.len(), 1, "{found}");
}
