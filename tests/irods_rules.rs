//! The rule files of `irods/rules`, as far as that can be seen without a rule engine: quotes and brackets close, every
//! rule and microservice that is called exists with as many arguments, the events are ones that iRODS knows and are
//! passed on to the site's own rules, and no Handle is written on the word of an attribute alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const OURS: [(&str, usize); 8] = [
    ("msiB2hRegister", 3),
    ("msiB2hGet", 3),
    ("msiB2hModify", 2),
    ("msiB2hUnset", 2),
    ("msiB2hDelete", 1),
    ("msiB2hSearch", 2),
    ("msiB2hMove", 3),
    ("msiB2hCheck", 1),
];

/// Microservices that iRODS 4.3.5 and 5.0.2 both have, and functions of the rule language.
const OF_IRODS: [(&str, &[usize]); 24] = [
    ("msiAddKeyVal", &[3]),
    ("msiDataObjChksum", &[3]),
    ("msiGetObjType", &[2]),
    ("msiGetSystemTime", &[2]),
    ("msiModAVUMetadata", &[6]),
    ("msiSplitPath", &[3]),
    ("writeLine", &[2]),
    ("cons", &[2]),
    ("delay", &[1]),
    ("elem", &[2]),
    ("errorcode", &[1]),
    ("fail", &[1]),
    ("failmsg", &[2]),
    ("foreach", &[1]),
    ("if", &[1]),
    ("list", &[0, 2]),
    ("listcorerules", &[0]),
    ("on", &[1]),
    ("size", &[1]),
    ("split", &[2]),
    ("strlen", &[1]),
    ("substr", &[3]),
    ("", &[1]),
    ("temporaryStorage", &[0]),
];

/// Events of iRODS 4.3.5 and 5.0.2, by the number of arguments.
const EVENTS: [(&str, usize); 8] = [
    ("acPostProcForPut", 0),
    ("acPostProcForCopy", 0),
    ("acPostProcForCollCreate", 0),
    ("acPostProcForObjRename", 2),
    ("acDataDeletePolicy", 0),
    ("acPostProcForDelete", 0),
    ("acPreprocForRmColl", 0),
    ("acPostProcForRmColl", 0),
];

/// What `irods-msi-persistent-id` has.
const SURFSARA: [(&str, usize); 14] = [
    ("msiPidCreate", 3),
    ("msiPidGet", 3),
    ("msiPidGetHandle", 3),
    ("msiPidSet", 4),
    ("msiPidSetHandle", 3),
    ("msiPidUnset", 3),
    ("msiPidUnsetHandle", 2),
    ("msiPidMove", 3),
    ("msiPidMoveHandle", 2),
    ("msiPidDelete", 2),
    ("msiPidDeleteHandle", 1),
    ("msiPidLookup", 2),
    ("msiPidLookupOne", 2),
    ("msiPidLookupKey", 3),
];

fn files() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("irods/rules");
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.unwrap().path();
        (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())
    };
    let files: BTreeMap<_, _> = fs::read_dir(folder).unwrap().map(read).collect();
    assert_eq!(files.len(), 5, "{:?}", files.keys());
    files
}

/// The text without comments, and with `_` for what is in quotes.
fn code(name: &str, text: &str) -> String {
    let mut code = String::new();
    let mut quote = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '#') => {
                characters.by_ref().find(|next| *next == '\n');
                code.push('\n');
            }
            (None, '"' | '\'') => quote = Some(character),
            (None, _) => code.push(character),
            (Some(_), '\\') => drop(characters.next()),
            (Some(begun), _) if begun == character => {
                quote = None;
                code.push('_');
            }
            (Some(_), _) => assert_ne!(character, '\n', "{name}: a quote does not end on its line:\n{code}"),
        }
    }
    assert_eq!(quote, None, "{name}: a quote does not end");
    code
}

/// A name with its arguments in brackets, and what comes before and after.
struct Use {
    name: String,
    arguments: usize,
    defines: bool,
}

fn uses(name: &str, code: &str) -> Vec<Use> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, character) in code.char_indices() {
        match character {
            '(' | '{' => open.push((character, at)),
            ')' | '}' => {
                let (begun, from) =
                    open.pop().unwrap_or_else(|| panic!("{name}: {character} closes nothing"));
                assert_eq!((begun == '('), (character == ')'), "{name}: {begun} is closed by {character}");
                if character == ')' {
                    let outer = open.iter().all(|(kind, _)| *kind != '{');
                    found.push(used(&code[..from], &code[from + 1..at], outer && open.is_empty()));
                }
            }
            _ => (),
        }
    }
    assert!(open.is_empty(), "{name}: brackets do not close");
    found
}

fn used(before: &str, inside: &str, outermost: bool) -> Use {
    let letters = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let trimmed = before.trim_end();
    let name = &trimmed[trimmed.rfind(|letter| !letters(letter)).map_or(0, |end| end + 1)..];
    let line = &trimmed[trimmed.rfind('\n').map_or(0, |end| end + 1)..];
    let mut depth = 0;
    let commas = inside.chars().filter(|letter| {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        *letter == ',' && depth == 0 && !inside.trim_start().starts_with("*row in")
    });
    let arguments = commas.count() + usize::from(!inside.trim().is_empty());
    Use { name: name.to_owned(), arguments, defines: outermost && line == name }
}

#[test]
fn what_rules_call_exists_with_as_many_arguments() {
    let mut shared = BTreeSet::new();
    let mut checked = 0;
    let files = files();
    for (name, text) in &files {
        let found = uses(name, &code(name, text));
        let mut defined: BTreeSet<(String, usize)> =
            found.iter().filter(|one| one.defines).map(|one| (one.name.clone(), one.arguments)).collect();
        if name == "b2handle.re" {
            shared = defined.clone();
        }
        if name == "b2handle-peps.re" {
            defined.extend(
                uses("", &code("", &files["b2handle.re"]))
                    .iter()
                    .filter(|one| one.defines)
                    .map(|one| (one.name.clone(), one.arguments)),
            );
        }
        for one in found.iter().filter(|one| !one.defines) {
            let of_ours = OURS.contains(&(one.name.as_str(), one.arguments));
            let of_irods =
                OF_IRODS.iter().any(|(known, counts)| *known == one.name && counts.contains(&one.arguments));
            let of_file = defined.contains(&(one.name.clone(), one.arguments));
            assert!(of_ours || of_irods || of_file, "{name}: {} with {} arguments", one.name, one.arguments);
            checked += 1;
        }
    }
    assert!(shared.len() > 20 && checked > 150, "the rules were not understood: {} {checked}", shared.len());
}

#[test]
fn events_are_those_of_irods() {
    let text = code("", &files()["b2handle-peps.re"]);
    let rules = text.lines().filter(|line| line.starts_with("ac") || line.starts_with("pep_"));
    let found: BTreeSet<(&str, usize)> = rules
        .map(|line| {
            let name = line.split(['(', ' ']).next().unwrap();
            (name, line.matches('*').count())
        })
        .collect();
    assert_eq!(found, BTreeSet::from(EVENTS));
    for (name, text) in files() {
        if name != "b2handle-peps.re" {
            assert!(
                !code(&name, &text).lines().any(|line| line.starts_with("ac") || line.starts_with("pep_")),
                "{name}"
            );
        }
    }
}

#[test]
fn surfsara_rules_find_their_microservices() {
    let found = uses("", &code("", &files()["surfsara.re"]));
    let names: BTreeSet<(&str, usize)> = found
        .iter()
        .filter(|one| one.defines && one.name.starts_with("msiPid"))
        .map(|one| (one.name.as_str(), one.arguments))
        .collect();
    assert_eq!(names, BTreeSet::from(SURFSARA));
}

/// The rules of a file: the lines from each head to the bracket that closes it.
fn rules(text: &str) -> Vec<&str> {
    text.split_inclusive("\n}\n").filter(|rule| rule.trim_end().ends_with('}')).collect()
}

/// What else `b2hAlone` finds under the name is run instead, and what is behind the rule language decides otherwise.
#[test]
fn events_are_passed_on() {
    let files = files();
    let rules = rules(&files["b2handle-peps.re"]);
    assert_eq!(rules.len(), EVENTS.len());
    for rule in rules {
        let (name, _) =
            EVENTS.iter().find(|(name, _)| rule.contains(&format!("\n{name}"))).expect("a rule for an event");
        let condition = format!(" && b2hAlone(\"{name}\")) {{ B2HCONTINUE; }}\n}}\n");
        assert!(rule.ends_with(&condition), "{name} does not end with{condition}");
    }
    assert!(files["b2handle.re"].contains("\nB2HCONTINUE = 5000000\n"));
}

#[test]
fn an_attribute_is_no_proof() {
    let files = files();
    let text = &files["b2handle.re"];
    let mut found = 0;
    for rule in rules(text) {
        let has = |key: &str| rule.contains(&format!("\"{key}\", *"));
        if rule.contains("msiB2hModify(") {
            assert!(has("@path") || has("@tombstone"), "a change without a precondition:{rule}");
            found += 1;
        }
        // From a path to itself nothing moves; it tells which Handle points there.
        if rule.replace("msiB2hMove(*path, *path, *pid)", "").contains("msiB2hMove(") {
            assert!(has("@handle") && has("@path"), "a move without a precondition:{rule}");
            assert!(rule.contains("\"@path\", *from)"), "a move must expect the old path:{rule}");
            found += 1;
        }
        assert!(!rule.contains("msiB2hUnset(") && !rule.contains("msiB2hDelete("), "{rule}");
    }
    assert_eq!(found, 3, "checksum, tombstone and move");
    for (name, text) in &files {
        let names_attribute = text.contains("META_DATA_ATTR_VALUE") || text.contains("META_COLL_ATTR_VALUE");
        assert_eq!(names_attribute, name == "b2handle.re", "{name}");
    }
}

/// The text of a tombstone is the configuration's, so that nobody's rule chooses where a Handle leads.
#[test]
fn tombstones_are_not_in_rules() {
    for (name, text) in files() {
        assert!(!text.contains("TOMBSTONE"), "{name}");
    }
    assert!(!files()["b2handle.re"].contains("\"URL\""));
}
