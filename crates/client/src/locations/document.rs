//! The text of a 10320/LOC value: where its locations stand, and how to change them there.

use super::{Location, Locations};
use crate::error::{Error, Kind, Result};
use quick_xml::events::attributes::Attribute as Escaped;
use roxmltree::{Attribute, Node};
use std::ops::Range;

/// The parser takes time or memory for the square of namespaces, and of attributes of an element.
const MOST_OF_A_KIND: usize = 1000;

/// A value that is well-formed.
pub(super) struct Document<'a> {
    text: &'a str,
    tree: roxmltree::Document<'a>,
}

/// What the locations shall be.
pub(super) struct Plan {
    /// For each location that is there, what it shall be; `None` removes it. No attribute is ever removed.
    pub(super) present: Vec<Option<Location>>,
    /// New ones, for the end.
    pub(super) added: Vec<Location>,
}

impl<'a> Document<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Document<'a>> {
        let malformed = |what: &str| {
            let message = format!("The 10320/LOC value cannot be understood, so it was left alone: {what}.");
            Error::new(Kind::BrokenRecord, message)
        };
        if text.as_bytes().windows(5).filter(|part| part == b"xmlns").count() > MOST_OF_A_KIND
            || text.split('<').any(|part| part.matches('=').count() > MOST_OF_A_KIND)
        {
            return Err(malformed("its XML has too many attributes"));
        }
        // A document type declaration is refused: with it would come entities, which grow without bounds.
        let tree = roxmltree::Document::parse(text).map_err(|error| match error {
            roxmltree::Error::DtdDetected => malformed("its XML has a document type declaration"),
            // The parser's own words would be more code than the parser.
            error => malformed(&format!(
                "its XML is not well-formed (line {}, column {})",
                error.pos().row,
                error.pos().col
            )),
        })?;
        if tree.root_element().tag_name().name() != "locations" {
            return Err(malformed("the outermost element of its XML is not <locations>"));
        }
        Ok(Document { text, tree })
    }

    pub(super) fn locations(&self) -> Locations {
        Locations {
            chooseby: self.tree.root_element().attribute("chooseby").map(str::to_owned),
            list: self.nodes().map(|node| self.location(node)).collect(),
        }
    }

    fn nodes(&self) -> impl Iterator<Item = Node<'_, 'a>> {
        let root = self.tree.root_element();
        let namespace = root.tag_name().namespace();
        root.children().filter(move |node| {
            node.is_element()
                && node.tag_name().name() == "location"
                && node.tag_name().namespace() == namespace
        })
    }

    fn location(&self, node: Node<'_, '_>) -> Location {
        let attribute = |attribute: Attribute<'_, '_>| {
            (self.text[self.name_of(&attribute)].to_owned(), attribute.value().to_owned())
        };
        Location { attributes: node.attributes().map(attribute).collect() }
    }

    /// The text as planned.
    pub(super) fn changed(&self, plan: &Plan) -> String {
        // In the order of their places: locations, their attributes, and the end.
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        for (node, wanted) in self.nodes().zip(&plan.present) {
            match wanted {
                Some(wanted) => self.set_attributes(node, wanted, &mut changes),
                // With what it was indented by.
                None => {
                    changes.push((self.before_layout(node.range().start)..node.range().end, String::new()));
                }
            }
        }
        self.add(&plan.added, &mut changes);
        let mut text = String::new();
        let mut done = 0;
        for (range, new) in changes {
            text += &self.text[done..range.start];
            text += &new;
            done = range.end;
        }
        text + &self.text[done..]
    }

    fn set_attributes(
        &self,
        node: Node<'_, '_>,
        wanted: &Location,
        changes: &mut Vec<(Range<usize>, String)>,
    ) {
        let mut new = String::new();
        for (name, value) in &wanted.attributes {
            match node.attributes().find(|old| &self.text[self.name_of(old)] == name) {
                Some(old) if old.value() == value => {}
                Some(old) => changes.push((self.value_of(&old), escaped(value))),
                None => new += &attribute(name, value),
            }
        }
        if !new.is_empty() {
            let last = node.attributes().next_back().map(|attribute| attribute.range().end);
            let at = last.unwrap_or_else(|| self.tag_of(node).end);
            changes.push((at..at, new));
        }
    }

    fn add(&self, added: &[Location], changes: &mut Vec<(Range<usize>, String)>) {
        if added.is_empty() {
            return;
        }
        let root = self.tree.root_element();
        let tag = &self.text[self.tag_of(root)];
        let prefix = tag.rfind(':').map_or("", |colon| &tag[..=colon]);
        // Indented as the last one that is there.
        let layout = self.nodes().last().map_or("", |node| {
            let start = node.range().start;
            &self.text[self.before_layout(start)..start]
        });
        let mut new = String::new();
        for location in added {
            let attributes = location.attributes.iter().map(|(name, value)| attribute(name, value));
            new += &format!("{layout}<{prefix}location{} />", attributes.collect::<String>());
        }
        let Range { start, end } = root.range();
        let text = &self.text[start..end];
        match text.rfind('<') {
            Some(closing) if !text.ends_with("/>") => {
                let at = self.before_layout(start + closing);
                changes.push((at..at, new));
            }
            _ => changes.push((end - "/>".len()..end, format!(">{new}</{tag}>"))),
        }
    }

    /// Where the white space before this place begins.
    fn before_layout(&self, at: usize) -> usize {
        self.text[..at].trim_end_matches([' ', '\t', '\r', '\n']).len()
    }

    /// The name of an element, as written.
    fn tag_of(&self, node: Node<'_, '_>) -> Range<usize> {
        let start = node.range().start + "<".len();
        let is_after = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n' | '/' | '>');
        let length = self.text[start..].find(is_after).unwrap_or(self.text.len() - start);
        start..start + length
    }

    // The parser says these, too, but wrongly where there is much white space.

    /// The name of an attribute, as written.
    fn name_of(&self, attribute: &Attribute<'_, '_>) -> Range<usize> {
        let Range { start, end } = attribute.range();
        let name = self.text[start..end].split('=').next().unwrap_or_default().trim_end();
        start..start + name.len()
    }

    /// The value of an attribute, as written, between its quotes.
    fn value_of(&self, attribute: &Attribute<'_, '_>) -> Range<usize> {
        let Range { start, end } = attribute.range();
        let quote = self.text[start..end].find(['"', '\'']).unwrap_or_default();
        start + quote + 1..end - 1
    }
}

fn attribute(name: &str, value: &str) -> String {
    format!(" {name}=\"{}\"", escaped(value))
}

/// For both kinds of quotes; line ends and tabs too, of which readers would otherwise make spaces.
pub(super) fn escaped(value: &str) -> String {
    Escaped::from(("", value)).value.into_owned()
}
