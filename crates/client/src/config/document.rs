//! A JSON object as a person wrote it: with its name, and with errors that say where and what to change.

use crate::error::{Error, Kind, Result};
use serde_json::Value as Json;
use serde_json::error::Category;
use std::fmt;

/// An entry of the object.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Json,
    /// Where it stands.
    pub(super) line: usize,
}

/// More are some other file. Finding where each stands takes time for all before it.
const MOST_ENTRIES: usize = 1000;

/// Reads the entries of an object. `name` is what errors call the text: a path, or some words.
pub(super) fn parse(name: &str, text: &str) -> Result<Vec<Entry>> {
    // Windows editors put a byte order mark before UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let entries = serde_json::from_str::<Entries>(text).map_err(|error| explain(name, text, &error))?.0;
    if entries.len() > MOST_ENTRIES {
        return Err(Error::new(
            Kind::ConfigSyntax,
            format!("{name}: there are {} keys, which cannot be credentials. Check the path.", entries.len()),
        ));
    }
    for (at, (key, _)) in entries.iter().enumerate() {
        if entries[..at].iter().any(|(earlier, _)| earlier == key) {
            return Err(Error::new(
                Kind::ConfigSyntax,
                format!("{name}: the key \"{key}\" stands there twice. Remove one of them."),
            ));
        }
    }
    let entry = |(key, value): (String, Json)| Entry { line: line_of(text, &key), key, value };
    Ok(entries.into_iter().map(entry).collect())
}

/// The line on which a key of the outermost object stands.
fn line_of(text: &str, key: &str) -> usize {
    let quoted = format!("\"{key}\"");
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' if in_text => in_text = false,
            b'"' => {
                let is_key = || text[at + quoted.len()..].trim_start().starts_with(':');
                if depth == 1 && text[at..].starts_with(&quoted) && is_key() {
                    return position(text.as_bytes(), at).0;
                }
                in_text = true;
            }
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    1
}

/// Line and column of a byte, both from 1; columns count characters.
pub(super) fn position(text: &[u8], at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let is_character_start = |byte: &&u8| **byte & 0xc0 != 0x80;
    (line, before[line_start..].iter().filter(is_character_start).count() + 1)
}

/// The entries of one JSON object, those with an equal key too.
struct Entries(Vec<(String, Json)>);

impl<'de> serde::Deserialize<'de> for Entries {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Entries, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one JSON object")
            }

            fn visit_map<M: serde::de::MapAccess<'de>>(
                self,
                mut map: M,
            ) -> std::result::Result<Entries, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

/// What is wrong with the text, where, and what to change. Never quotes more than a character of it.
fn explain(name: &str, text: &str, error: &serde_json::Error) -> Error {
    let at = offset(text, error.line(), error.column());
    let wants_colon = error.to_string().starts_with("expected `:`");
    let (at, advice) = advice(text, at, error.classify(), wants_colon);
    let (line, column) = position(text.as_bytes(), at);
    Error::new(Kind::ConfigSyntax, format!("{name}, line {line}, column {column}: {advice}"))
}

/// The byte that the parser points at. Its columns count bytes, and it points at line 0 for the very start.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (line_start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn advice(text: &str, at: usize, category: Category, wants_colon: bool) -> (usize, &'static str) {
    const TYPOGRAPHIC: &[char] = &['“', '”', '„', '‟', '‘', '’', '«', '»'];
    let first = text.find(|c: char| !c.is_whitespace());
    let rest = &text[at..];
    let Some(first) = first else {
        return (
            0,
            "there is nothing here. Expected a JSON object: {\"handle_server_url\": \"https://...\", ...}",
        );
    };
    if rest.starts_with(TYPOGRAPHIC) {
        return (
            at,
            "this is a typographic quote, as word processors make them. Replace all of them by plain \" quotes.",
        );
    }
    if text[first..].starts_with('<') {
        return (first, "this is HTML or XML, not JSON.");
    }
    if !text[first..].starts_with('{') {
        return (first, "expected {. Put a { before the first key and a } after the last value.");
    }
    if category == Category::Eof {
        return (text.trim_end().len(), "the text ends too early: a closing } or \" is missing.");
    }
    if rest.starts_with(['}', ']'])
        && let Some(comma) = text[..at].trim_end().strip_suffix(',')
    {
        return (comma.len(), "remove this comma: nothing follows it.");
    }
    if ["True", "False"].iter().any(|word| rest.starts_with(word)) {
        return (at, "write true or false in small letters.");
    }
    match rest.chars().next() {
        Some('\'') => (at, "use double quotes \" instead of single ones."),
        Some('#' | '/') => (at, "JSON has no comments. Remove this one."),
        Some('"') if wants_colon => (at, "a colon : is missing before this."),
        Some('"') => (at, "a comma is missing before this."),
        Some('}') => (at, "a value is missing before this }."),
        Some('\n' | '\r') if text[..at].matches('"').count() % 2 == 1 => {
            (at, "the closing \" of a text is missing on this line.")
        }
        _ if text[..at].ends_with('\\') => (at, "write a backslash as \\\\."),
        _ if text[..at].trim_end().ends_with('}') => (at, "remove what follows the closing }."),
        _ => (
            at,
            "this is not JSON. Expected \"key\": \"value\", with plain double quotes and commas between.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(text: &str) -> String {
        let error = parse("c.json", text).err().unwrap();
        assert_eq!(error.kind(), Kind::ConfigSyntax);
        error.message().to_owned()
    }

    #[test]
    fn files_of_very_many_keys_take_no_time() {
        let object = |count: usize| {
            let entries: Vec<String> = (0..count).map(|key| format!("\"{key}\": 0")).collect();
            format!("{{{}}}", entries.join(","))
        };
        assert!(failure(&object(100_000)).contains("there are 100000 keys"));
        assert_eq!(parse("c.json", &object(MOST_ENTRIES)).unwrap().len(), MOST_ENTRIES);
    }

    #[test]
    fn mistakes_of_the_documents_are_explained() {
        for (text, part) in [
            // The user's own documents show these two.
            ("{ “baseuri”: “https://x” }", "line 1, column 3: this is a typographic quote"),
            ("  \"baseuri\": \"https://x\",\n  \"prefix\": \"p\"", "line 1, column 3: expected {."),
            ("{\n  \"baseuri\": “https://x”\n}", "line 2, column 14: this is a typographic quote"),
            ("{\"password\": \"ü\", “x”: 1}", "column 19: this is a typographic quote"),
            ("{\"a\": \"b\"", "line 1, column 10: the text ends too early"),
            ("{\"a\": \"b", "the text ends too early"),
            ("{\n\"a\": 1,\n}", "line 2, column 7: remove this comma"),
            ("{\"a\": [1,]}", "column 9: remove this comma"),
            ("{\"a\": 1\n \"b\": 2}", "line 2, column 2: a comma is missing before this."),
            ("{\"a\" \"b\"}", "line 1, column 6: a colon"),
            ("{\"a\": True}", "column 7: write true or false"),
            ("{'a': 1}", "column 2: use double quotes"),
            ("{\n# note\n\"a\": 1}", "line 2, column 1: JSON has no comments"),
            ("{\"a\": \"C:\\keys\"}", "write a backslash as"),
            ("{\"a\": 1} x", "remove what follows"),
            ("{\"a\": }", "a value is missing"),
            ("", "line 1, column 1: there is nothing here"),
            ("  \n", "there is nothing here"),
            ("<html>", "HTML"),
            ("[1]", "expected {"),
            ("{a: 1}", "this is not JSON"),
            ("{\"a\": 1, \"a\": 2}", "\"a\" stands there twice"),
        ] {
            let message = failure(text);
            assert!(message.starts_with("c.json"), "{text:?}: {message}");
            assert!(message.contains(part), "{text:?}: {message}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_mistake() {
        assert!(parse("c.json", "\u{feff}{}").is_ok());
    }

    #[test]
    fn the_line_of_a_key_is_found() {
        let entries = parse("c.json", "{\"x\": \"y\",\n\"o\": {\"y\": 1},\n\"y\" : 1}").unwrap();
        assert_eq!(entries[2].line, 3);
    }
}
