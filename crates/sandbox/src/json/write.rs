//! Writing JSON the way the real server does: `<`, `>`, `&`, `'` and non-ASCII stay as they are
//! (BEHAVIOUR.md 4.1).

use super::value::Json;
use std::fmt::Write;

impl Json {
    /// Without white space.
    pub(crate) fn compact(&self) -> String {
        let mut out = String::new();
        write(self, &mut out, None);
        out
    }

    /// Indented by two spaces.
    pub(crate) fn pretty(&self) -> String {
        let mut out = String::new();
        write(self, &mut out, Some(0));
        out
    }
}

/// `indent` is the current depth when pretty-printing.
fn write(json: &Json, out: &mut String, indent: Option<usize>) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Json::Number(text) => out.push_str(text),
        Json::String(text) => write_text(text, out),
        Json::Array(items) => {
            list(out, ('[', ']'), items, indent, write);
        }
        Json::Object(members) => list(out, ('{', '}'), members, indent, |(name, value), out, indent| {
            write_text(name, out);
            out.push_str(if indent.is_some() { ": " } else { ":" });
            write(value, out, indent);
        }),
    }
}

fn list<T>(
    out: &mut String,
    (open, close): (char, char),
    items: &[T],
    indent: Option<usize>,
    write_item: impl Fn(&T, &mut String, Option<usize>),
) {
    out.push(open);
    let inner = indent.map(|depth| depth + 1);
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        new_line(out, inner);
        write_item(item, out, inner);
    }
    if !items.is_empty() {
        new_line(out, indent);
    }
    out.push(close);
}

fn new_line(out: &mut String, indent: Option<usize>) {
    if let Some(depth) = indent {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\0'..='\x1f' | '\u{2028}' | '\u{2029}' => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pretty_has_two_spaces_and_keeps_empty_lists_short() {
        let json = Json::object([("a", Json::Array(vec![Json::number(1)])), ("b", Json::Array(vec![]))]);
        assert_eq!(json.pretty(), "{\n  \"a\": [\n    1\n  ],\n  \"b\": []\n}");
        assert_eq!(json.compact(), "{\"a\":[1],\"b\":[]}");
    }

    #[test]
    fn escapes_only_what_must_be() {
        assert_eq!(Json::text("ü<&>'\"\\/\u{1}\t").compact(), r#""ü<&>'\"\\/\u0001\t""#);
    }
}
