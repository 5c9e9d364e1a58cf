//! What was measured, held against what is wanted, as a table and as JSON.

use serde_json::{Value, json};
use std::fmt::{self, Display, Formatter};

/// What is wanted of a ratio, or of our own number where there is no peer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bar {
    /// At most this.
    Most(f64),
    /// At least this.
    Least(f64),
}

impl Bar {
    fn is_met_by(self, number: f64) -> bool {
        match self {
            Bar::Most(most) => number <= most,
            Bar::Least(least) => number >= least,
        }
    }
}

impl Display for Bar {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Bar::Most(most) => write!(f, "<= {most}"),
            Bar::Least(least) => write!(f, ">= {least}"),
        }
    }
}

/// One thing that was measured.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was done and what is counted, with its unit.
    pub work: String,
    /// The median of ours.
    pub ours: f64,
    /// Who did the same, and the median of theirs.
    pub peer: Option<(&'static str, f64)>,
    /// The median of what ours is to the peer's in each pair.
    pub ratio: Option<f64>,
    /// What is wanted, if anything.
    pub bar: Option<Bar>,
}

impl Row {
    /// Whether it is as it should be; `None` where nothing is wanted.
    pub fn met(&self) -> Option<bool> {
        self.bar.map(|bar| bar.is_met_by(self.ratio.unwrap_or(self.ours)))
    }

    /// A member of the list in `bench.json`.
    pub fn to_json(&self) -> Value {
        json!({
            "work": self.work,
            "ours": rounded(self.ours, 3),
            "peer": self.peer.map(|(_, number)| rounded(number, 3)),
            "peer_name": self.peer.map(|(name, _)| name),
            "ratio": self.ratio.map(|ratio| rounded(ratio, 4)),
            "bar": self.bar.map(|bar| bar.to_string()),
            "met": self.met(),
        })
    }

    fn cells(&self) -> [String; 6] {
        let or_nothing = |text: Option<String>| text.unwrap_or_default();
        [
            self.work.clone(),
            number(self.ours),
            or_nothing(self.peer.map(|(name, peer)| format!("{name} {}", number(peer)))),
            or_nothing(self.ratio.map(|ratio| format!("{ratio:.2}"))),
            or_nothing(self.bar.map(|bar| bar.to_string())),
            or_nothing(self.met().map(|met| if met { "yes" } else { "NO" }.to_owned())),
        ]
    }
}

fn rounded(number: f64, digits: i32) -> f64 {
    let factor = 10_f64.powi(digits);
    (number * factor).round() / factor
}

fn number(number: f64) -> String {
    if number.abs() < 100.0 && number.fract() != 0.0 {
        format!("{number:.1}")
    } else {
        format!("{number:.0}")
    }
}

/// The rows as a table in Markdown.
pub fn table(rows: &[Row]) -> String {
    let head = ["work", "ours", "peer", "ratio", "bar", "met"].map(str::to_owned);
    let cells: Vec<_> = rows.iter().map(Row::cells).collect();
    let width = |column: usize| {
        cells.iter().chain([&head]).map(|row| row[column].chars().count()).max().unwrap_or_default()
    };
    let widths: [usize; 6] = std::array::from_fn(width);
    let line = |row: &[String; 6]| {
        let cells: Vec<_> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule = widths.map(|width| "-".repeat(width));
    let body: String = cells.iter().map(line).collect();
    line(&head) + &line(&rule) + &body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(ratio: Option<f64>, bar: Option<Bar>) -> Row {
        Row {
            work: "GET".to_owned(),
            ours: 2.0,
            peer: ratio.map(|ratio| ("libcurl", 2.0 / ratio)),
            ratio,
            bar,
        }
    }

    #[test]
    fn a_bar_is_for_the_ratio_or_else_for_ours() {
        assert_eq!(row(Some(1.0), Some(Bar::Most(1.0))).met(), Some(true));
        assert_eq!(row(Some(1.01), Some(Bar::Most(1.0))).met(), Some(false));
        assert_eq!(row(Some(0.49), Some(Bar::Least(0.5))).met(), Some(false));
        assert_eq!(row(Some(f64::NAN), Some(Bar::Most(1.0))).met(), Some(false));
        assert_eq!(row(None, Some(Bar::Most(1.0))).met(), Some(false));
        assert_eq!(row(None, Some(Bar::Most(2.0))).met(), Some(true));
        assert_eq!(row(Some(5.0), None).met(), None);
    }

    #[test]
    fn the_table_and_the_list_tell_the_same() {
        let rows = [row(Some(0.5), Some(Bar::Most(1.0))), row(None, None)];
        assert_eq!(
            table(&rows),
            "| work | ours | peer      | ratio | bar  | met |\n\
             | ---- | ---- | --------- | ----- | ---- | --- |\n\
             | GET  | 2    | libcurl 4 | 0.50  | <= 1 | yes |\n\
             | GET  | 2    |           |       |      |     |\n"
        );
        assert_eq!(
            rows[0].to_json(),
            json!({"work": "GET", "ours": 2.0, "peer": 4.0, "peer_name": "libcurl", "ratio": 0.5,
                "bar": "<= 1", "met": true})
        );
        assert_eq!(rows[1].to_json()["met"], Value::Null);
    }
}
