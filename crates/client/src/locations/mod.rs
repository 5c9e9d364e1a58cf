//! Several locations of a Handle: the XML of a 10320/LOC value.
//!
//! A value is read as [`Locations`]. An [`Edit`] says what the locations shall be, and the text of the value is then
//! changed in those places only: whatever else somebody wrote there stays, byte for byte.

mod document;
mod edit;
#[cfg(test)]
mod mutations;

pub(crate) use edit::{Edit, Edited, edited, with_chooseby};

use crate::error::Result;
use document::Document;

/// The type of the values.
pub(crate) const KIND: &str = "10320/LOC";

/// The locations of a Handle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locations {
    chooseby: Option<String>,
    list: Vec<Location>,
}

/// One location: the attributes of a `<location>` element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    attributes: Vec<(String, String)>,
}

impl Locations {
    /// Reads the data of a 10320/LOC value. Empty data are no locations.
    ///
    /// # Errors
    /// [`crate::Kind::BrokenRecord`] for anything that is not well-formed XML with the root `<locations>`, and for
    /// a document type declaration.
    pub(crate) fn parse(text: &str) -> Result<Locations> {
        if is_blank(text) {
            return Ok(Locations::default());
        }
        Ok(Document::parse(text)?.locations())
    }

    /// The locations in the order of the value.
    pub fn list(&self) -> &[Location] {
        &self.list
    }

    /// How a resolver chooses among the locations: the attribute `chooseby`.
    pub fn chooseby(&self) -> Option<&str> {
        self.chooseby.as_deref()
    }

    /// Whether there is no location.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether a location has the URL.
    pub fn has(&self, url: &str) -> bool {
        self.list.iter().any(|location| location.url() == Some(url))
    }

    /// The locations of several values: those of one after those of another.
    pub(crate) fn join(&mut self, other: Locations) {
        self.chooseby = self.chooseby.take().or(other.chooseby);
        self.list.extend(other.list);
    }
}

impl Location {
    /// The URL: the attribute `href`. A location may be without one.
    pub fn url(&self) -> Option<&str> {
        self.attribute("href")
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// All attributes with their names as written, in the order of the value.
    pub fn attributes(&self) -> &[(String, String)] {
        &self.attributes
    }

    fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(other, _)| other == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }
}

fn is_blank(text: &str) -> bool {
    text.trim_matches('\u{feff}').trim().is_empty()
}
