//! Profiles: which values a community's Handles have, and which of them must be there.

mod template;

use crate::error::{Error, Kind, Result};
use crate::values::Values;
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;
use std::path::Path;

/// The profiles that come with the library, by name.
const BUILT_IN: &[&str] = &[include_str!("eudat-v1.json"), include_str!("rda-kernel-information.json")];

/// What an entry may say: the members of a value in the REST API, and one of ours.
const MEMBERS: &[&str] = &["index", "type", "data", "ttl", "permissions", "references", MANDATORY];
const MANDATORY: &str = "mandatory";

/// A set of values with placeholders in their data, to be filled for each Handle.
#[derive(Clone, Debug)]
pub struct Profile {
    name: String,
    description: String,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    value: Map<String, Json>,
    placeholders: BTreeSet<String>,
    mandatory: bool,
}

/// A placeholder of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// What it is called.
    pub name: String,
    /// Whether the profile cannot be filled without it.
    pub mandatory: bool,
}

impl Profile {
    /// The names of the profiles that come with the library.
    pub fn built_in_names() -> Vec<String> {
        BUILT_IN.iter().filter_map(|text| Profile::parse(text).ok()).map(|profile| profile.name).collect()
    }

    /// A profile that comes with the library: `eudat-v1` or `rda-kernel-information`.
    ///
    /// # Errors
    /// [`Kind::InvalidArgument`] for any other name.
    pub fn built_in(name: &str) -> Result<Profile> {
        let found =
            BUILT_IN.iter().filter_map(|text| Profile::parse(text).ok()).find(|found| found.name == name);
        found.ok_or_else(|| {
            let names = Profile::built_in_names().join(", ");
            Error::new(Kind::InvalidArgument, format!("There is no profile \"{name}\". There are: {names}."))
        })
    }

    /// Reads a profile: a JSON object with `values`, a list of values as the REST API has them. Texts in `data` may
    /// contain placeholders, `{NAME}`; `{{` and `}}` stand for braces. An entry with `"mandatory": true` must be filled;
    /// others are left out where a placeholder of theirs is not. `name` and `description` are for people.
    ///
    /// # Errors
    /// [`Kind::InvalidValue`], saying which entry is wrong.
    pub fn parse(text: &str) -> Result<Profile> {
        let json: Json =
            serde_json::from_str(text).map_err(|error| invalid(format!("It is not JSON ({error}).")))?;
        let Json::Object(mut members) = json else {
            return Err(invalid("It is not a JSON object with \"values\".".to_owned()));
        };
        let Some(Json::Array(values)) = members.remove("values") else {
            return Err(invalid("There is no list \"values\".".to_owned()));
        };
        let text = |key: &str| members.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let (name, description) = (text("name"), text("description"));
        let entry = |(at, json)| entry(json).map_err(|what| invalid(format!("Entry {} {what}.", at + 1)));
        let entries = values.into_iter().enumerate().map(entry).collect::<Result<Vec<_>>>()?;
        Ok(Profile { name, description, entries })
    }

    /// Reads a profile from a file.
    ///
    /// # Errors
    /// [`Kind::ConfigUnreadable`], and those of [`Profile::parse`]; they name the file.
    pub fn load(path: &Path) -> Result<Profile> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Error::new(Kind::ConfigUnreadable, format!("The profile cannot be read ({error})."))
        });
        text.and_then(|text| Profile::parse(&text)).map_err(|error| error.in_file(path))
    }

    /// What the profile calls itself; may be empty.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the profile is for, in a sentence; may be empty.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// All placeholders, in the order in which they first stand in the profile.
    pub fn placeholders(&self) -> Vec<Placeholder> {
        let mut all: Vec<Placeholder> = Vec::new();
        for entry in &self.entries {
            for name in &entry.placeholders {
                match all.iter_mut().find(|known| known.name == *name) {
                    Some(known) => known.mandatory |= entry.mandatory,
                    None => all.push(Placeholder { name: name.clone(), mandatory: entry.mandatory }),
                }
            }
        }
        all
    }

    /// The values for one Handle. Placeholders are filled only with what is given here, once: braces in it mean nothing.
    ///
    /// # Errors
    /// [`Kind::InvalidArgument`], naming all mandatory placeholders that are not given, and all names that the profile
    /// does not know; those of [`Values::add_json`].
    pub fn fill(&self, given: &[(&str, &str)]) -> Result<Values> {
        let known = self.placeholders();
        let is_given = |name: &str| given.iter().any(|(given, _)| *given == name);
        let missing: Vec<&str> =
            known.iter().filter(|p| p.mandatory && !is_given(&p.name)).map(|p| p.name.as_str()).collect();
        let unknown: Vec<&str> = given
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| known.iter().all(|p| p.name != *name))
            .collect();
        let twice =
            given.iter().enumerate().find(|(at, (name, _))| given[..*at].iter().any(|(n, _)| n == name));
        if let Some((_, (name, _))) = twice {
            let message = format!("{name} is given twice, and it is not clear which one is meant.");
            return Err(Error::new(Kind::InvalidArgument, message));
        }
        if !missing.is_empty() || !unknown.is_empty() {
            return Err(self.does_not_fit(&missing, &unknown, &known));
        }
        let complete = |entry: &&Entry| entry.placeholders.iter().all(|name| is_given(name));
        let fill = |entry: &Entry| {
            let mut value = entry.value.clone();
            if let Some(data) = value.get_mut("data") {
                template::fill(data, given);
            }
            Json::Object(value)
        };
        let filled: Vec<Json> = self.entries.iter().filter(complete).map(fill).collect();
        let mut values = Values::new();
        values.add_json(&Json::Array(filled).to_string())?;
        Ok(values)
    }

    fn does_not_fit(&self, missing: &[&str], unknown: &[&str], known: &[Placeholder]) -> Error {
        let mut message = format!("The profile \"{}\" cannot be filled.", self.name);
        if !missing.is_empty() {
            message.push_str(&format!(" Missing: {}.", missing.join(", ")));
        }
        if !unknown.is_empty() {
            let known: Vec<&str> = known.iter().map(|p| p.name.as_str()).collect();
            message.push_str(&format!(" Unknown: {} (known: {}).", unknown.join(", "), known.join(", ")));
        }
        Error::new(Kind::InvalidArgument, message)
    }
}

fn invalid(what: String) -> Error {
    Error::new(Kind::InvalidValue, format!("The profile cannot be used. {what}"))
}

fn entry(json: Json) -> std::result::Result<Entry, String> {
    let Json::Object(mut value) = json else { return Err("is not an object".to_owned()) };
    if let Some(other) = value.keys().find(|key| !MEMBERS.contains(&key.as_str())) {
        return Err(format!("has a member \"{other}\", which means nothing here"));
    }
    let mandatory = match value.remove(MANDATORY) {
        None => false,
        Some(Json::Bool(mandatory)) => mandatory,
        Some(_) => return Err("has a \"mandatory\" that is neither true nor false".to_owned()),
    };
    if !value.get("type").is_some_and(Json::is_string) {
        return Err("has no \"type\"".to_owned());
    }
    let data = value.get("data").ok_or("has no \"data\"")?;
    Ok(Entry { placeholders: template::names(data)?, value, mandatory })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn filled(profile: &Profile, given: &[(&str, &str)]) -> Vec<(String, Json)> {
        let values = profile.fill(given).unwrap();
        values
            .placed()
            .unwrap()
            .iter()
            .map(|value| (value.kind.clone(), value.to_json()["data"].clone()))
            .collect()
    }

    #[test]
    fn those_that_come_along_can_be_filled() {
        assert_eq!(Profile::built_in_names(), ["eudat-v1", "rda-kernel-information"]);
        for name in Profile::built_in_names() {
            let profile = Profile::built_in(&name).unwrap();
            assert!(!profile.description().is_empty());
            let all = profile.placeholders();
            let given: Vec<_> = all.iter().map(|p| (p.name.as_str(), "x")).collect();
            assert_eq!(profile.fill(&given).unwrap().len(), profile.entries.len());
            let mandatory: Vec<_> =
                all.iter().filter(|p| p.mandatory).map(|p| (p.name.as_str(), "x")).collect();
            assert!(profile.fill(&mandatory).unwrap().len() < profile.entries.len());
            for left_out in 0..mandatory.len() {
                let mut fewer = mandatory.clone();
                let (name, _) = fewer.remove(left_out);
                let error = profile.fill(&fewer).unwrap_err();
                assert!(error.message().contains(&format!("Missing: {name}.")), "{error}");
            }
        }
        assert!(Profile::built_in("eudat").unwrap_err().message().contains("eudat-v1"));
    }

    #[test]
    fn only_what_is_given_is_filled_in() {
        let profile = Profile::built_in("eudat-v1").unwrap();
        let values = filled(&profile, &[("URL", "http://x/{ROR}?{{"), ("FIO", "{URL}")]);
        let text = |text: &str| json!({"format": "string", "value": text});
        assert_eq!(
            values,
            [
                ("URL".to_owned(), text("http://x/{ROR}?{{")),
                ("EUDAT/PROFILE_VERSION".to_owned(), text("1")),
                ("EUDAT/FIO".to_owned(), text("{URL}")),
            ]
        );
    }

    #[test]
    fn structures_and_braces() {
        let profile = Profile::parse(
            r#"{"values": [
                {"index": 7, "type": "A", "data": {"format": "string", "value": "{{{X}}} and {X}-{Y}"}, "ttl": 60},
                {"type": "HS_ADMIN", "data": {"format": "admin", "value":
                    {"handle": "{OWNER}", "index": 300, "permissions": "011111110011"}}}
            ]}"#,
        )
        .unwrap();
        let values = filled(&profile, &[("X", "1"), ("Y", ""), ("OWNER", "21.T1/U")]);
        assert_eq!(values[0].1["value"], "{1} and 1-");
        assert_eq!(values[1].1["value"]["handle"], "21.T1/U");
        assert_eq!(filled(&profile, &[]).len(), 0);
    }

    #[test]
    fn mistakes_are_explained() {
        for (text, words) in [
            ("", "not JSON"),
            ("[]", "not a JSON object"),
            ("{}", "no list \"values\""),
            (r#"{"values": [1]}"#, "Entry 1 is not an object"),
            (r#"{"values": [{"type": "A", "data": "x", "mandatry": true}]}"#, "mandatry"),
            (r#"{"values": [{"type": "A", "data": "x", "mandatory": 1}]}"#, "neither true nor false"),
            (r#"{"values": [{"data": "x"}]}"#, "has no \"type\""),
            (r#"{"values": [{"type": "A"}]}"#, "has no \"data\""),
            (r#"{"values": [{"type": "A", "data": "{X"}]}"#, "without a closing"),
            (r#"{"values": [{"type": "A", "data": "x}"}]}"#, "without an opening"),
            (r#"{"values": [{"type": "A", "data": "{}"}]}"#, "without a name"),
        ] {
            let error = Profile::parse(text).unwrap_err();
            assert!(error.message().contains(words), "{text}: {error}");
        }
        let profile = Profile::built_in("eudat-v1").unwrap();
        let twice = profile.fill(&[("URL", "x"), ("URL", "y")]).unwrap_err();
        assert!(twice.message().contains("URL is given twice"), "{twice}");
        let error = profile.fill(&[("Checksum", "x")]).unwrap_err();
        assert!(error.message().contains("Missing: URL. Unknown: Checksum (known: URL, CHECKSUM"), "{error}");
    }
}
