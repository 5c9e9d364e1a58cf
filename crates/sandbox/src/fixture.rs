//! What the server holds at the start: records, homed prefixes, users (`fixture.json` shows the form).

use crate::error::Error;
use crate::json::Json;
use crate::name::Name;
use crate::record::{Value, now};
use serde::{Deserialize, Serialize};
use std::path::Path;

const BUILT_IN: &str = include_str!("fixture.json");

/// A user who can log in with a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// `index:handle`, as the user name of Basic authentication (before percent-encoding); for the reverse lookup a
    /// plain name.
    pub id: String,
    /// The password.
    pub secret: String,
}

/// The initial content of a server.
pub(crate) struct Fixture {
    pub(crate) records: Vec<(Name, Vec<Value>)>,
    pub(crate) homed_prefixes: Vec<Name>,
    pub(crate) accounts: Accounts,
}

/// Who is who.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Accounts {
    /// `index:handle` each.
    #[serde(default)]
    pub(crate) server_admins: Vec<String>,
    /// Whether server administrators may do everything.
    #[serde(default)]
    pub(crate) server_admin_full_access: bool,
    #[serde(default)]
    users: Vec<Account>,
    /// Those of the reverse-lookup servlet; `id` is a name.
    #[serde(default)]
    pub(crate) reverse_lookup_users: Vec<User>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Account {
    id: String,
    /// Users without one have a key.
    secret: Option<String>,
}

impl Accounts {
    /// The users who can log in with a secret.
    pub(crate) fn users(&self) -> Vec<User> {
        let users = self.users.iter();
        users.filter_map(|user| Some(User { id: user.id.clone(), secret: user.secret.clone()? })).collect()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    #[serde(flatten)]
    accounts: Accounts,
    homed_prefixes: Vec<String>,
    records: Vec<FileRecord>,
}

#[derive(Deserialize)]
struct FileRecord {
    handle: String,
    values: Vec<serde_json::Value>,
}

impl Fixture {
    /// Reads a file, or the built-in fixture without one.
    pub(crate) fn load(path: Option<&Path>) -> Result<Fixture, Error> {
        let read;
        let text = match path {
            None => BUILT_IN,
            Some(path) => {
                read = std::fs::read_to_string(path)
                    .map_err(|source| Error::UnreadableFixture { path: path.to_owned(), source })?;
                &read
            }
        };
        Fixture::parse(text).map_err(|problem| Error::BadFixture { path: path.map(Path::to_owned), problem })
    }

    /// The first homed prefix that is not a prefix of prefixes.
    pub(crate) fn prefix(&self) -> String {
        let names = self.homed_prefixes.iter().map(Name::without_root);
        names.into_iter().find(|prefix| *prefix != "0.NA").unwrap_or_default().to_owned()
    }

    fn parse(text: &str) -> Result<Fixture, String> {
        // serde_json's messages end with the line and the column.
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let records = file.records.iter().map(record).collect::<Result<_, _>>()?;
        let homed_prefixes = file.homed_prefixes.into_iter().map(Name::new).collect();
        Ok(Fixture { records, homed_prefixes, accounts: file.accounts })
    }
}

fn record(record: &FileRecord) -> Result<(Name, Vec<Value>), String> {
    let now = now();
    let value = |(position, value): (usize, &serde_json::Value)| {
        let json = Json::from(value);
        let timestamp = Value::given_timestamp(&json).map(|given| given.unwrap_or(now));
        timestamp
            .and_then(|timestamp| Value::from_json(&json, timestamp))
            .map_err(|problem| format!("value {} of the record {}: {problem}", position + 1, record.handle))
    };
    let values = record.values.iter().enumerate().map(value).collect::<Result<_, _>>()?;
    Ok((Name::new(&record.handle), values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_fixture_is_valid() {
        let fixture = Fixture::load(None).unwrap();
        assert_eq!(
            fixture.accounts.users()[0],
            User { id: "300:21.T12345/USER01".into(), secret: "user01-secret".into() }
        );
        let (handle, values) = &fixture.records[0];
        assert_eq!((handle.as_str(), values[0].timestamp), ("0.NA/21.T12345", 1_704_067_200));
    }

    #[test]
    fn problems_are_located() {
        let problem = |text: &str| Fixture::parse(text).err().unwrap();
        assert!(problem("{\n \"records\": 1}").ends_with("at line 2 column 13"));
        let value = r#"{"homedPrefixes":[],"records":[{"handle":"a/b","values":[{"index":1,"type":"X"}]}]}"#;
        assert_eq!(problem(value), "value 1 of the record a/b: data is missing");
    }
}
