//! Texts with placeholders: `{NAME}`, and `{{` and `}}` for braces.

use serde_json::Value as Json;
use std::collections::BTreeSet;

enum Part<'a> {
    Text(&'a str),
    Placeholder(&'a str),
}

/// The placeholders in all texts of a structure. The error continues a sentence about it.
pub(super) fn names(data: &Json) -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    match data {
        Json::String(text) => {
            for part in parts(text)? {
                if let Part::Placeholder(name) = part {
                    names.insert(name.to_owned());
                }
            }
        }
        Json::Array(list) => {
            for each in list {
                names.extend(self::names(each)?);
            }
        }
        Json::Object(members) => {
            for each in members.values() {
                names.extend(self::names(each)?);
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
    Ok(names)
}

/// Fills in all placeholders that are given.
pub(super) fn fill(data: &mut Json, given: &[(&str, &str)]) {
    match data {
        Json::String(text) => {
            // Checked by `names` when the profile was read.
            let Ok(parts) = parts(text) else { return };
            let value = |part: &Part<'_>| match part {
                Part::Text(text) => (*text).to_owned(),
                Part::Placeholder(name) => {
                    given.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value).to_owned()
                }
            };
            let filled: String = parts.iter().map(value).collect();
            *text = filled;
        }
        Json::Array(list) => list.iter_mut().for_each(|each| fill(each, given)),
        Json::Object(members) => members.values_mut().for_each(|each| fill(each, given)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn parts(text: &str) -> Result<Vec<Part<'_>>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        parts.push(Part::Text(&rest[..at]));
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            parts.push(Part::Text(brace));
            rest = after;
        } else if brace == "}" {
            return Err("has a } without an opening {; write }} for a brace".to_owned());
        } else {
            let Some(end) = rest.find(['{', '}']).filter(|end| rest[*end..].starts_with('}')) else {
                return Err("has a { without a closing }; write {{ for a brace".to_owned());
            };
            if end == 0 {
                return Err("has a placeholder without a name".to_owned());
            }
            parts.push(Part::Placeholder(&rest[..end]));
            rest = &rest[end + 1..];
        }
    }
    parts.push(Part::Text(rest));
    Ok(parts)
}
