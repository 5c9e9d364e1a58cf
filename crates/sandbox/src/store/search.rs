//! Finding handles by their values, as the reverse-lookup servlet does.

use super::{Page, Records};
use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;

/// A handle is found when for every condition it has a value that meets it.
#[derive(Debug, PartialEq)]
pub(crate) struct Search {
    /// How the name starts: without a slash at the end, so that longer prefixes are found, too.
    pub(crate) prefix: Option<String>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) page: Page,
}

/// One value of this type with these data: a text with `*` is a pattern.
#[derive(Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) kind: String,
    pub(crate) values: Vec<String>,
}

/// A value of a handle that was found.
pub(crate) struct Found {
    pub(crate) handle: String,
    pub(crate) kind: String,
    pub(crate) data: Vec<u8>,
}

impl Records<'_> {
    /// A handle comes once for every combination of values that meets the conditions.
    pub(crate) fn search_names(&self, search: &Search) -> rusqlite::Result<Vec<String>> {
        let (sql, parameters) = search.select();
        let mut select = self.database.prepare(&sql)?;
        select.query_map(params_from_iter(parameters), |row| row.get(0))?.collect()
    }

    /// Whether some record has a value of this type.
    pub(crate) fn has_type(&self, kind: &str) -> rusqlite::Result<bool> {
        let mut select = self.database.prepare("SELECT 1 FROM value WHERE type = ? LIMIT 1")?;
        select.exists([kind])
    }

    /// All values but secrets of the handles that are found; the page counts matches, not handles.
    pub(crate) fn search_values(&self, search: &Search) -> rusqlite::Result<Vec<Found>> {
        let (matches, parameters) = search.select();
        let mut select = self.database.prepare(&format!(
            "SELECT v.handle, v.type, v.data FROM ({matches}) m JOIN value v ON v.handle = m.handle
             WHERE upper(v.type) <> 'HS_SECKEY'"
        ))?;
        let found = select.query_map(params_from_iter(parameters), |row| {
            Ok(Found { handle: row.get(0)?, kind: row.get(1)?, data: row.get(2)? })
        })?;
        found.collect()
    }
}

impl Search {
    fn select(&self) -> (String, Vec<Sql>) {
        let mut sql = "SELECT v0.handle AS handle FROM value v0".to_owned();
        for number in 1..self.conditions.len() {
            sql.push_str(&format!(" JOIN value v{number} ON v{number}.handle = v0.handle"));
        }
        let mut parameters = Vec::new();
        for (number, Condition { kind, values }) in self.conditions.iter().enumerate() {
            sql.push_str(&format!(" {} v{number}.type = ?", if number == 0 { "WHERE" } else { "AND" }));
            parameters.push(Sql::Text(kind.clone()));
            for value in values {
                if value.contains('*') {
                    sql.push_str(&format!(" AND CAST(v{number}.data AS TEXT) GLOB ?"));
                    parameters.push(Sql::Text(glob(value)));
                } else {
                    sql.push_str(&format!(" AND v{number}.data = ?"));
                    parameters.push(Sql::Blob(value.clone().into_bytes()));
                }
            }
        }
        if let Some(prefix) = &self.prefix {
            sql.push_str(" AND v0.handle LIKE ?");
            parameters.push(Sql::Text(format!("{prefix}%")));
        }
        sql.push_str(" LIMIT ? OFFSET ?");
        parameters.extend([Sql::Integer(self.page.limit), Sql::Integer(self.page.offset)]);
        (sql, parameters)
    }
}

/// The servlet's `*` becomes the `%` of LIKE, whereby `%` and `_` are wildcards, too. GLOB says the same and minds the
/// case, as the real database does.
fn glob(pattern: &str) -> String {
    let mut glob = String::new();
    for character in pattern.chars() {
        match character {
            '*' | '%' => glob.push('*'),
            '_' => glob.push('?'),
            '?' | '[' => glob.extend(['[', character, ']']),
            plain => glob.push(plain),
        }
    }
    glob
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn patterns() {
        assert_eq!(glob("http*"), "http*");
        assert_eq!(glob("a_b%c?d[e]"), "a?b*c[?]d[[]e]");
    }
}
