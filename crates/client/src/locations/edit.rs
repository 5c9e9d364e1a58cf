//! What an edit makes of the locations of a Handle.

use super::document::{Document, Plan, escaped};
use super::{Location, Locations, is_blank};
use crate::error::{Error, Kind, Result};
use std::collections::HashSet;

/// A change of the locations of a Handle.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Edit<'a> {
    /// Adds URLs; one that is there already only gets the attributes.
    Add { urls: &'a [&'a str], attributes: &'a [(&'a str, &'a str)] },
    /// Puts one URL in the place of another; the attributes stay.
    Exchange { old: &'a str, new: &'a str },
    /// Removes URLs, with their attributes. One that is not there is no error.
    Remove { urls: &'a [&'a str] },
}

impl Edit<'_> {
    /// Refuses what makes no sense in any value.
    pub(crate) fn check(&self) -> Result<()> {
        let urls = match self {
            Edit::Exchange { old, new } => &[*old, *new],
            Edit::Add { urls, .. } | Edit::Remove { urls } => *urls,
        };
        if urls.contains(&"") {
            return Err(invalid("The URL of a location must not be empty."));
        }
        match self {
            Edit::Add { urls, attributes } => check_attributes(urls, attributes),
            _ => Ok(()),
        }
    }

    /// Whether it is about no URL at all.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Edit::Add { urls: [], .. } | Edit::Remove { urls: [] })
    }

    /// Whether the locations are as this edit leaves them.
    pub(crate) fn is_done(&self, locations: &Locations) -> bool {
        match self {
            Edit::Exchange { old, new } => locations.has(new) && (old == new || !locations.has(old)),
            _ => self.plan(locations).is_ok_and(|plan| plan.is_nothing(locations)),
        }
    }

    fn plan(&self, locations: &Locations) -> Result<Plan> {
        let mut plan =
            Plan { present: locations.list.iter().cloned().map(Some).collect(), added: Vec::new() };
        match *self {
            Edit::Add { urls, attributes } => plan.add(locations, urls, attributes)?,
            Edit::Exchange { old, new } => plan.exchange(locations, old, new)?,
            Edit::Remove { urls } => {
                let stays = |location: &Location| !location.url().is_some_and(|url| urls.contains(&url));
                for present in &mut plan.present {
                    *present = present.take().filter(stays);
                }
            }
        }
        Ok(plan)
    }
}

impl Plan {
    fn add(&mut self, locations: &Locations, urls: &[&str], attributes: &[(&str, &str)]) -> Result<()> {
        let set = |location: &mut Location| {
            attributes.iter().for_each(|(name, value)| location.set(name, value));
        };
        let given = attributes.iter().find(|(name, _)| *name == "id").map(|(_, id)| *id);
        let is_meant = |location: &Location| location.url().is_some_and(|url| urls.contains(&url));
        let (meant, others): (Vec<&Location>, Vec<&Location>) =
            locations.list.iter().partition(|location| is_meant(location));
        let has = |id: &str| others.iter().any(|location| location.attribute("id") == Some(id));
        if let Some(id) = given.filter(|id| has(id) || meant.len() > 1) {
            return Err(Error::new(Kind::Conflict, format!("Two locations would have the id \"{id}\".")));
        }
        self.present.iter_mut().flatten().filter(|location| is_meant(location)).for_each(set);
        let id_of = |location: &Location| location.attribute("id")?.parse().ok();
        let taken: HashSet<u32> = locations.list.iter().filter_map(id_of).collect();
        let mut free = (0_u32..).filter(|number| !taken.contains(number));
        for (at, url) in urls.iter().enumerate() {
            if locations.has(url) || urls[..at].contains(url) {
                continue;
            }
            let id = given.map(str::to_owned).or_else(|| free.next().map(|number| number.to_string()));
            let mut location = Location::default();
            location.set("id", &id.unwrap_or_default());
            location.set("href", url);
            set(&mut location);
            self.added.push(location);
        }
        Ok(())
    }

    fn exchange(&mut self, locations: &Locations, old: &str, new: &str) -> Result<()> {
        if !locations.has(old) {
            return Err(Error::new(
                Kind::ValueNotFound,
                format!("No location of the Handle has the URL {old}, so there is nothing to exchange."),
            ));
        }
        if old != new && locations.has(new) {
            return Err(Error::new(
                Kind::Conflict,
                format!("A location of the Handle has the URL {new} already. Remove {old} instead."),
            ));
        }
        let is_old = |location: &&mut Location| location.url() == Some(old);
        self.present.iter_mut().flatten().filter(is_old).for_each(|location| location.set("href", new));
        Ok(())
    }

    fn list(&self) -> impl Iterator<Item = &Location> {
        self.present.iter().flatten().chain(&self.added)
    }

    fn is_nothing(&self, locations: &Locations) -> bool {
        self.list().eq(&locations.list)
    }
}

/// What became of a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Edited {
    /// It is as the edit wants it.
    Same,
    /// It shall be this text, and so many locations were removed.
    Changed(String, usize),
    /// Nothing is left of so many locations.
    Gone(usize),
}

/// Edits the data of a 10320/LOC value; `None` where there is no value. `chooseby` is for new ones.
///
/// # Errors
/// Those of reading, and [`Kind::InvalidValue`] where the new text would not say what was meant.
pub(crate) fn edited(text: Option<&str>, edit: &Edit<'_>, chooseby: Option<&str>) -> Result<Edited> {
    edit.check()?;
    let made;
    let text = match text.filter(|text| !is_blank(text)) {
        Some(text) => text,
        None => {
            made = with_chooseby("<locations></locations>", chooseby)?;
            &made
        }
    };
    let document = Document::parse(text)?;
    let before = document.locations();
    let plan = edit.plan(&before)?;
    if plan.is_nothing(&before) {
        return Ok(Edited::Same);
    }
    let removed = plan.present.iter().filter(|present| present.is_none()).count();
    let wanted = Locations { chooseby: before.chooseby, list: plan.list().cloned().collect() };
    if wanted.is_empty() {
        return Ok(Edited::Gone(removed));
    }
    let changed = document.changed(&plan);
    check(&changed, &wanted)?;
    Ok(Edited::Changed(changed, removed))
}

/// The data of a value with the attribute `chooseby`, unless it has one.
pub(crate) fn with_chooseby(text: &str, chooseby: Option<&str>) -> Result<String> {
    let mut wanted = Locations::parse(text)?;
    match (chooseby, wanted.chooseby(), text.strip_prefix("<locations")) {
        (Some(chooseby), None, Some(rest)) => {
            let text = format!("<locations chooseby=\"{}\"{rest}", escaped(chooseby));
            wanted.chooseby = Some(chooseby.to_owned());
            check(&text, &wanted)?;
            Ok(text)
        }
        _ => Ok(text.to_owned()),
    }
}

/// Names of attributes stand in the text as they were given, so what it says now is what counts.
fn check(text: &str, wanted: &Locations) -> Result<()> {
    match Locations::parse(text) {
        Ok(locations) if locations == *wanted => Ok(()),
        _ => Err(Error::new(
            Kind::InvalidValue,
            "The locations cannot be written as XML: attributes need names as in XML, and no text may have control \
             characters.",
        )),
    }
}

fn check_attributes(urls: &[&str], attributes: &[(&str, &str)]) -> Result<()> {
    for (at, (name, value)) in attributes.iter().enumerate() {
        if attributes[..at].iter().any(|(other, _)| other == name) {
            return Err(invalid(&format!("The attribute {name} is given twice.")));
        }
        match *name {
            "href" => return Err(invalid("The URL of a location is exchanged, not set as attribute href.")),
            "id" if urls.len() > 1 => {
                return Err(invalid("Several locations cannot have the same id."));
            }
            "weight" if !is_weight(value) => {
                let message =
                    format!("The weight of a location is a number from 0 to 1 such as 0.5, not \"{value}\".");
                return Err(Error::new(Kind::InvalidValue, message));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Digits tell; a number with an exponent is none that a person writes here.
fn is_weight(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let all = |digits: &str, last: u8| {
        !digits.is_empty() && digits.bytes().all(|digit| (b'0'..=last).contains(&digit))
    };
    match whole {
        "0" => all(fraction, b'9'),
        "1" => all(fraction, b'0'),
        _ => false,
    }
}

fn invalid(message: &str) -> Error {
    Error::new(Kind::InvalidArgument, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str, edit: Edit<'_>) -> String {
        match edited(Some(text), &edit, Some("never used")) {
            Ok(Edited::Changed(new, _)) => {
                let locations = Locations::parse(&new).unwrap();
                assert!(edit.is_done(&locations), "{new}");
                assert_eq!(edited(Some(&new), &edit, None).ok(), edit.again());
                new
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    impl Edit<'_> {
        /// What comes of the same edit once more.
        fn again(&self) -> Option<Edited> {
            if matches!(self, Edit::Exchange { .. }) { None } else { Some(Edited::Same) }
        }
    }

    fn added(text: &str, url: &str) -> String {
        changed(text, Edit::Add { urls: &[url], attributes: &[] })
    }

    fn refused(text: &str, edit: Edit<'_>) -> Error {
        edited(Some(text), &edit, None).unwrap_err()
    }

    #[test]
    fn a_new_value_is_as_b2handle_writes_it() {
        let edit = Edit::Add { urls: &["http://x/?a=1&b=2", "http://y/", "http://y/"], attributes: &[] };
        for empty in [None, Some(""), Some(" \n")] {
            let Ok(Edited::Changed(text, 0)) = edited(empty, &edit, Some("locatt,country")) else { panic!() };
            assert_eq!(
                text,
                "<locations chooseby=\"locatt,country\"><location id=\"0\" href=\"http://x/?a=1&amp;b=2\" />\
                 <location id=\"1\" href=\"http://y/\" /></locations>"
            );
        }
    }

    #[test]
    fn attributes_are_set_and_others_stay() {
        let text = "<locations><location href='http://x/' weight = '1'\n  country='de'/><location href='y'/></locations>";
        let attributes = &[("weight", "0.5"), ("http_role", "conneg"), ("note", "\"a\" < 'b'\n\t&")];
        assert_eq!(
            changed(text, Edit::Add { urls: &["http://x/"], attributes }),
            "<locations><location href='http://x/' weight = '0.5'\n  country='de' http_role=\"conneg\" \
             note=\"&quot;a&quot; &lt; &apos;b&apos;&#10;&#9;&amp;\"/><location href='y'/></locations>"
        );
        let text = "<locations><location id='1' href='x'/></locations>";
        let attributes = &[("id", "1"), ("weight", "1")];
        assert_eq!(
            changed(text, Edit::Add { urls: &["x"], attributes }),
            "<locations><location id='1' href='x' weight=\"1\"/></locations>"
        );
    }

    #[test]
    fn ids_are_the_first_free_numbers() {
        let text = "<locations><location id='1' href='a'/><location id='x' href='b'/><location href='c'/></locations>";
        let new = changed(text, Edit::Add { urls: &["d", "e"], attributes: &[] });
        let locations = Locations::parse(&new).unwrap();
        let ids: Vec<_> = locations.list().iter().map(|location| location.attribute("id")).collect();
        assert_eq!(ids, [Some("1"), Some("x"), None, Some("0"), Some("2")]);
        let id = Edit::Add { urls: &["d"], attributes: &[("id", "x")] };
        assert_eq!(refused(text, id).kind(), Kind::Conflict);
        let id = Edit::Add { urls: &["d", "e"], attributes: &[("id", "7")] };
        assert_eq!(refused(text, id).kind(), Kind::InvalidArgument);
    }

    #[test]
    fn what_surrounds_a_new_location_stays() {
        for (before, after) in [
            ("<locations/>", "<locations><location id=\"0\" href=\"n\" /></locations>"),
            (
                "<locations a='/>' ></locations >",
                "<locations a='/>' ><location id=\"0\" href=\"n\" /></locations >",
            ),
            (
                "\u{feff}<?xml version='1.0' encoding='ISO-8859-1'?>\r\n<!-- </locations> --><?pi </locations>?>\r\n\
                 <locations>\r\n\t<location href='a'/>\r\n\t<!-- last --><![CDATA[<location/> ]]>\r\n</locations>\r\n<!--e-->",
                "\u{feff}<?xml version='1.0' encoding='ISO-8859-1'?>\r\n<!-- </locations> --><?pi </locations>?>\r\n\
                 <locations>\r\n\t<location href='a'/>\r\n\t<!-- last --><![CDATA[<location/> ]]>\
                 \r\n\t<location id=\"0\" href=\"n\" />\r\n</locations>\r\n<!--e-->",
            ),
            (
                "<l:locations xmlns:l='u' xmlns='v'><location href='n'/><l:location l:href='n'/></l:locations>",
                "<l:locations xmlns:l='u' xmlns='v'><location href='n'/><l:location l:href='n'/>\
                 <l:location id=\"0\" href=\"n\" /></l:locations>",
            ),
            (
                "<locations xmlns='u'><other><location href='n'/></other></locations>",
                "<locations xmlns='u'><other><location href='n'/></other><location id=\"0\" href=\"n\" /></locations>",
            ),
        ] {
            assert_eq!(added(before, "n"), after);
        }
    }

    #[test]
    fn urls_are_compared_as_they_are_meant() {
        let text = "<locations><location href='http://x/?a&amp;b&#x3d;&#49;\nü'/></locations>";
        assert!(Locations::parse(text).unwrap().has("http://x/?a&b=1 ü"));
        assert_eq!(
            changed(text, Edit::Exchange { old: "http://x/?a&b=1 ü", new: "<'\">" }),
            "<locations><location href='&lt;&apos;&quot;&gt;'/></locations>"
        );
    }

    #[test]
    fn all_that_have_the_url_are_meant() {
        let text = "<locations> <location href='a'/> <location id='5' href='a'>x</location>\n<!-- b --> <location href='b'/></locations>";
        let exchanged = text.replace("'a'", "'c'");
        assert_eq!(changed(text, Edit::Exchange { old: "a", new: "c" }), exchanged);
        let remove = Edit::Remove { urls: &["a", "z"] };
        let rest = "<locations>\n<!-- b --> <location href='b'/></locations>";
        assert_eq!(edited(Some(text), &remove, None).unwrap(), Edited::Changed(rest.to_owned(), 2));
        let remove = Edit::Remove { urls: &["a", "b"] };
        assert_eq!(edited(Some(text), &remove, None).unwrap(), Edited::Gone(3));
        for nothing in [Some(text), Some("<locations/>"), Some(""), None] {
            let remove = Edit::Remove { urls: &["z"] };
            assert_eq!(edited(nothing, &remove, None).unwrap(), Edited::Same);
        }
    }

    #[test]
    fn one_url_is_exchanged_for_one_that_is_not_there() {
        let text = "<locations><location href='a'/><location href='b'/></locations>";
        assert_eq!(refused(text, Edit::Exchange { old: "c", new: "d" }).kind(), Kind::ValueNotFound);
        assert_eq!(refused(text, Edit::Exchange { old: "a", new: "b" }).kind(), Kind::Conflict);
        let same = Edit::Exchange { old: "a", new: "a" };
        assert_eq!(edited(Some(text), &same, None).unwrap(), Edited::Same);
    }

    #[test]
    fn values_that_are_not_understood_are_left_alone() {
        let many = |attribute: &str| {
            let list: String = (0..2000).map(|number| format!(" {attribute}{number}='u'")).collect();
            format!("<locations{list}/>")
        };
        let nested: String = (0..40_000).map(|number| format!("<a xmlns:a{number}='u'>")).collect();
        for text in [
            "x",
            "http://x/",
            "<locations>",
            "<locations><location href='a'></locations>",
            "<locations></locations><locations/>",
            "<location href='a'/>",
            "<Locations/>",
            "<html/>",
            "<locations><location href='a' href='b'/></locations>",
            "<locations><location href=a/></locations>",
            "<locations><location href='&nbsp;'/></locations>",
            "<locations><l:location href='a'/></locations>",
            "<locations>\u{1}</locations>",
            "<!DOCTYPE locations><locations/>",
            "<!DOCTYPE locations [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><locations>&b;</locations>",
            "<!DOCTYPE locations SYSTEM 'file:///etc/passwd'><locations/>",
            &many("xmlns:a"),
            &many("a"),
            &format!("<locations>{nested}{}</locations>", "</a>".repeat(40_000)),
        ] {
            let add = Edit::Add { urls: &["n"], attributes: &[] };
            for edit in [add, Edit::Remove { urls: &["a"] }, Edit::Exchange { old: "a", new: "b" }] {
                assert_eq!(refused(text, edit).kind(), Kind::BrokenRecord, "{text:.80}");
            }
        }
    }

    #[test]
    fn deep_and_long_values_take_no_time() {
        let deep = format!("<locations>{}{}</locations>", "<a>".repeat(100_000), "</a>".repeat(100_000));
        added(&deep, "n");
        let long = format!("<locations>{}</locations>", "<location href='a'/>".repeat(50_000));
        added(&long, "n");
    }

    #[test]
    fn what_xml_cannot_say_is_refused() {
        let text = "<locations xmlns:p='u'><location href='a'/></locations>";
        for (name, value, kind) in [
            ("href", "x", Kind::InvalidArgument),
            ("weight", "2", Kind::InvalidValue),
            ("weight", "NaN", Kind::InvalidValue),
            ("weight", "", Kind::InvalidValue),
            ("weight", "1.01", Kind::InvalidValue),
            ("weight", "-0.5", Kind::InvalidValue),
            ("weight", "0.", Kind::InvalidValue),
            ("weight", "0.5.1", Kind::InvalidValue),
            ("weight", "\u{0664}", Kind::InvalidValue),
            ("", "x", Kind::InvalidValue),
            ("a b", "x", Kind::InvalidValue),
            ("a='1' b", "x", Kind::InvalidValue),
            ("1a", "x", Kind::InvalidValue),
            ("q:a", "x", Kind::InvalidValue),
            ("xmlns", "x", Kind::InvalidValue),
            ("xmlns:q", "x", Kind::InvalidValue),
            ("a='' /><location href", "x", Kind::InvalidValue),
            ("a", "\u{1}", Kind::InvalidValue),
            ("a", "\u{ffff}", Kind::InvalidValue),
        ] {
            for url in ["a", "n"] {
                let edit = Edit::Add { urls: &[url], attributes: &[(name, value)] };
                assert_eq!(refused(text, edit).kind(), kind, "{name}={value}");
            }
        }
        let twice = Edit::Add { urls: &["n"], attributes: &[("a", "1"), ("a", "2")] };
        assert_eq!(refused(text, twice).kind(), Kind::InvalidArgument);
        for edit in [
            Edit::Add { urls: &[""], attributes: &[] },
            Edit::Exchange { old: "a", new: "" },
            Edit::Remove { urls: &[""] },
        ] {
            assert_eq!(refused(text, edit).kind(), Kind::InvalidArgument);
        }
        for weight in ["0", "1", "0.0", "1.00", "0.25"] {
            changed(text, Edit::Add { urls: &["n"], attributes: &[("weight", weight)] });
        }
        for attribute in ["p:a", "xml:lang", "größe", "country"] {
            changed(text, Edit::Add { urls: &["a", "n"], attributes: &[(attribute, "x")] });
        }
    }

    #[test]
    fn chooseby_is_for_values_without_one() {
        let choose = |text| with_chooseby(text, Some("<\"")).unwrap();
        assert_eq!(choose("<locations/>"), "<locations chooseby=\"&lt;&quot;\"/>");
        assert_eq!(choose("<locations chooseby='a'/>"), "<locations chooseby='a'/>");
        assert_eq!(with_chooseby("<locations/>", None).unwrap(), "<locations/>");
        assert_eq!(with_chooseby("<locations/>", Some("\u{1}")).unwrap_err().kind(), Kind::InvalidValue);
    }
}
