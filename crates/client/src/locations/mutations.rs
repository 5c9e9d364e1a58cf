//! Values as nobody would write them: each is understood and edited without touching the rest, or refused.

use super::{Edit, Edited, Locations, edited};

const VALUES: &[&str] = &[
    "<locations><location id=\"0\" href=\"http://x/\" /><location id=\"1\" href=\"http://y/\" /></locations>",
    "<?xml version='1.0'?>\n<locations chooseby='locatt,country'>\n  <location href='http://x/' weight=\"0\"/>\n  \
     <!-- </locations> --><![CDATA[<location href='http://x/'/>]]>\n  <location\n\thref = 'ü&#x20;&amp;'>t</location>\n</locations>",
    "<l:locations xmlns:l='u'><?pi a='b'?><l:location href='http://x/' l:a=''/><location href='http://x/'/></l:locations >",
    "<locations  />",
];

const PIECES: &[&str] = &[
    "<",
    ">",
    "/>",
    "</",
    "'",
    "\"",
    "=",
    " ",
    "\n",
    "&",
    ";",
    "&#10;",
    "&lt;",
    "ü",
    "\u{1}",
    ":",
    "a='b'",
    "xmlns:a='b'",
    "xmlns='v'",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x",
    "?>",
    "<!DOCTYPE",
    "<location href='http://x/'/>",
    "<location/>",
    "</locations>",
    "<locations>",
    "href='http://x/'",
    "location",
    "l:",
];

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn value(&mut self) -> String {
        let mut text = VALUES[self.below(VALUES.len())].to_owned();
        for _ in 0..self.below(4) {
            let (one, other) = (self.place(&text), self.place(&text));
            match self.below(3) {
                0 if one < text.len() => drop(text.remove(one)),
                1 => text.insert_str(one, PIECES[self.below(PIECES.len())]),
                _ => {
                    let piece = text[one.min(other)..one.max(other)].to_owned();
                    let at = self.place(&text);
                    text.insert_str(at, &piece);
                }
            }
        }
        text
    }
}

fn text_of(edited: Edited) -> Option<String> {
    match edited {
        Edited::Changed(text, _) => Some(text),
        Edited::Same | Edited::Gone(_) => None,
    }
}

/// Whether one text is the other with some parts left out.
fn is_within(shorter: &str, longer: &str) -> bool {
    let mut rest = longer.chars();
    shorter.chars().all(|c| rest.any(|other| other == c))
}

#[test]
fn nothing_but_what_was_asked_for_changes() {
    let mut understood = 0;
    for seed in 0..60_000 {
        let text = Random(seed).value();
        let Ok(before) = Locations::parse(&text) else { continue };
        understood += 1;

        let attributes = &[("note", "<&'\"\n>")];
        let add = Edit::Add { urls: &["new"], attributes };
        let longer = text_of(edited(Some(&text), &add, None).unwrap()).unwrap();
        let remove = Edit::Remove { urls: &["new"] };
        match edited(Some(&longer), &remove, None).unwrap() {
            // Only an element that had no end tag has one now.
            Edited::Changed(same, 1) => {
                let had_no_end = before.is_empty() || same == text;
                assert!(had_no_end, "{text}\n{same}");
            }
            other => assert!(before.is_empty(), "{text}: {other:?}"),
        }
        assert!(is_within(&text.replace('/', ""), &longer), "{text}\n{longer}");

        let set = Edit::Add { urls: &["http://x/"], attributes: &[("note", "1")] };
        if before.has("http://x/") {
            let set = text_of(edited(Some(&text), &set, None).unwrap()).unwrap();
            let new: usize = set.matches(" note=\"1\"").count();
            assert!(new >= 1 && set.replace(" note=\"1\"", "") == text, "{text}\n{set}");
            let exchange = Edit::Exchange { old: "http://x/", new: "http://longer/" };
            let exchanged = text_of(edited(Some(&text), &exchange, None).unwrap()).unwrap();
            let back = Edit::Exchange { old: "http://longer/", new: "http://x/" };
            let back = text_of(edited(Some(&exchanged), &back, None).unwrap()).unwrap();
            assert!(back == text || text.contains('&'), "{text}\n{back}");
        }

        let remove = Edit::Remove { urls: &["http://x/"] };
        if let Some(shorter) = text_of(edited(Some(&text), &remove, None).unwrap()) {
            assert!(is_within(&shorter, &text), "{text}\n{shorter}");
            let rest: Vec<_> =
                before.list().iter().filter(|location| location.url() != Some("http://x/")).collect();
            assert!(Locations::parse(&shorter).unwrap().list().iter().eq(rest), "{text}\n{shorter}");
        }
    }
    println!("{understood} values were understood");
    assert!(understood > 10_000);
}
