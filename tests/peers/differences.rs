//! Where the C library and PYHANDLE (B2HANDLE for 10320/LOC) deliberately differ: the smallest example of each difference, and what both make of
//! it. docs/b2handle-map.md lists them by the same names and says why.

use crate::common::Server;
use crate::peer::{Code, Peer};
use crate::records::{summary, values};

/// An example of a listed difference. An operation is given as verb and arguments, without the name of the Handle.
pub struct Difference {
    pub name: &'static str,
    /// The part of the name that matters, if any.
    suffix: &'static str,
    /// Values that somebody else put into the record, after the preparation; JSON.
    held: &'static str,
    before: &'static [&'static [&'static str]],
    operation: &'static [&'static str],
    /// Outcome (with what was read) and record with the peer.
    theirs: (&'static str, &'static str),
    /// Outcome and record with the C library.
    ours: (&'static str, &'static str),
}

const PLAIN: Difference = Difference {
    name: "",
    suffix: "",
    held: "",
    before: &[],
    operation: &[],
    theirs: ("", ""),
    ours: ("", ""),
};

/// Stands for a text of 1 MiB and a byte.
const TOO_LARGE: &str = "(too large)";

const REGISTERED: &[&[&str]] = &[&["register", "URL", "x", "T", "1"]];

const LOCATED: &[&[&str]] = &[&["register_loc", "x", "a"]];

pub const DIFFERENCES: &[Difference] = &[
    Difference {
        name: "url-index",
        before: &[&["register", "T", "1"]],
        operation: &["modify", "", "URL", "x"],
        theirs: ("ok", "2 T=1, 3 URL=x, 100 HS_ADMIN"),
        ours: ("ok", "1 URL=x, 2 T=1, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "add-beside",
        before: REGISTERED,
        operation: &["add", "T", "2"],
        theirs: ("GenericHandleError", "100 HS_ADMIN, 1 URL=x, 2 T=1"),
        ours: ("ok", "1 URL=x, 2 T=1, 3 T=2, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "add-beside",
        before: &[&[
            "register_json",
            r#"[{"index": 2, "type": "T", "data": "1"}, {"index": 3, "type": "T", "data": "2"}]"#,
        ]],
        operation: &["add", "T", "3"],
        theirs: ("broken", "2 T=1, 3 T=2, 100 HS_ADMIN"),
        ours: ("ok", "2 T=1, 3 T=2, 4 T=3, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "modify-only-missing",
        before: REGISTERED,
        operation: &["modify_only", "T", "2", "NEW", "1"],
        theirs: ("ok", "1 URL=x, 2 T=2, 100 HS_ADMIN"),
        ours: ("no value", "1 URL=x, 2 T=1, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "modify-only-missing",
        before: REGISTERED,
        operation: &["modify_only", "NEW", "1"],
        theirs: ("UnboundLocalError", "100 HS_ADMIN, 1 URL=x, 2 T=1"),
        ours: ("no value", "1 URL=x, 2 T=1, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "nothing-to-do",
        before: REGISTERED,
        operation: &["modify", ""],
        theirs: ("UnboundLocalError", "100 HS_ADMIN, 1 URL=x, 2 T=1"),
        ours: ("ok", "1 URL=x, 2 T=1, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "ttl-of-changed",
        before: REGISTERED,
        operation: &["modify", "60", "T", "2", "NEW", "1"],
        theirs: ("ok", "1 URL=x, 2 T=2, 3 NEW=1 ttl=60, 100 HS_ADMIN"),
        ours: ("ok", "1 URL=x, 2 T=2 ttl=60, 3 NEW=1 ttl=60, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "type-case",
        before: REGISTERED,
        operation: &["modify", "", "t", "2"],
        theirs: ("ok", "1 URL=x, 2 T=1, 3 t=2, 100 HS_ADMIN"),
        ours: ("ok", "1 URL=x, 2 T=2, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "type-case",
        before: REGISTERED,
        operation: &["get", "url"],
        theirs: ("no value", "100 HS_ADMIN, 1 URL=x, 2 T=1"),
        ours: ("ok x", "1 URL=x, 2 T=1, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "type-case",
        before: REGISTERED,
        operation: &["delete_values", "t"],
        theirs: ("ok", "100 HS_ADMIN, 1 URL=x, 2 T=1"),
        ours: ("ok", "1 URL=x, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "type-case",
        operation: &["register", "url", "x"],
        theirs: ("ok", "100 HS_ADMIN, 2 url=x"),
        ours: ("ok", "1 url=x, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "checked-first",
        operation: &["modify", "", "HS_ADMIN", "x"],
        theirs: ("no Handle", "none"),
        ours: ("not allowed", "none"),
        ..PLAIN
    },
    Difference {
        name: "checked-first",
        before: REGISTERED,
        operation: &["register", "HS_ADMIN", "x"],
        theirs: ("exists", "100 HS_ADMIN, 1 URL=x, 2 T=1"),
        ours: ("not allowed", "1 URL=x, 2 T=1, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "order",
        operation: &["register", "URL", "x", "T", "1"],
        theirs: ("ok", "100 HS_ADMIN, 1 URL=x, 2 T=1"),
        ours: ("ok", "1 URL=x, 2 T=1, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "no-values",
        operation: &["register"],
        theirs: ("ok", "100 HS_ADMIN"),
        ours: ("1", "none"),
        ..PLAIN
    },
    Difference {
        name: "type-names",
        operation: &["register", "overwrite", "x"],
        theirs: ("TypeError", "none"),
        ours: ("ok", "2 overwrite=x, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "type-names",
        operation: &["register", "", "x"],
        theirs: ("ok", "100 HS_ADMIN, 2 =x"),
        ours: ("1", "none"),
        ..PLAIN
    },
    Difference {
        name: "structures",
        operation: &["register", "HS_VLIST", "x"],
        theirs: ("ok", "100 HS_ADMIN, 2 HS_VLIST=x"),
        ours: ("not allowed", "none"),
        ..PLAIN
    },
    Difference {
        name: "json-index",
        operation: &["register_json", r#"[{"type": "T", "data": "1"}]"#],
        theirs: ("KeyError", "none"),
        ours: ("ok", "2 T=1, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "json-index",
        operation: &[
            "register_json",
            r#"[{"index": 5, "type": "T", "data": "1"}, {"index": 5, "type": "U", "data": "2"}]"#,
        ],
        theirs: ("GenericHandleError", "none"),
        ours: ("3", "none"),
        ..PLAIN
    },
    Difference {
        name: "json-permissions",
        operation: &["register_json", r#"[{"index": 5, "type": "T", "data": "1", "permissions": "0010"}]"#],
        theirs: ("ok", "5 T=1 permissions=1010, 100 HS_ADMIN"),
        ours: ("ok", "5 T=1 permissions=0010, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "json-ttl",
        operation: &["register_json", r#"[{"index": 5, "type": "T", "data": "1", "ttl": "3600"}]"#],
        theirs: ("ok", "5 T=1 ttl=\"1966-10-10T18:20:48Z\", 100 HS_ADMIN"),
        ours: ("3", "none"),
        ..PLAIN
    },
    Difference {
        name: "permissions",
        before: REGISTERED,
        held: r#"[{"index": 2, "type": "T", "data": "1", "permissions": "00010"}]"#,
        operation: &["modify", "", "T", "2"],
        theirs: ("ok", "1 URL=x, 2 T=2 permissions=1010, 100 HS_ADMIN"),
        ours: ("ok", "1 URL=x, 2 T=2 permissions=0010, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "hidden-values",
        before: &[&["register", "URL", "x"]],
        held: r#"[{"index": 2, "type": "SECRET", "data": "1", "permissions": "01100"}]"#,
        operation: &["modify", "", "T", "1"],
        theirs: ("ok", "1 URL=x, 2 T=1, 100 HS_ADMIN"),
        ours: ("ok", "1 URL=x, 2 SECRET=1 permissions=1100, 3 T=1, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "hidden-values",
        before: &[&["register", "URL", "x"]],
        held: r#"[{"index": 2, "type": "SECRET", "data": "1", "permissions": "01100"}]"#,
        operation: &["delete_values", "SECRET"],
        theirs: ("ok", "1 URL=x, 2 SECRET=1 permissions=1100, 100 HS_ADMIN"),
        ours: ("ok", "1 URL=x, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "binary",
        before: &[&[
            "register_json",
            r#"[{"index": 2, "type": "T", "data": {"format": "base64", "value": "AP8="}}]"#,
        ]],
        operation: &["get", "T"],
        theirs: ("ok AP8=", "2 T=AP8=, 100 HS_ADMIN"),
        ours: ("83", "2 T=AP8=, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "binary",
        before: &[&["register", "T", "\u{1}ü"]],
        operation: &["get", "T"],
        theirs: ("ok AcO8", "100 HS_ADMIN, 2 T=AcO8"),
        ours: ("ok \u{1}ü", "2 T=AcO8, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "names",
        suffix: "with:colon",
        operation: &["register", "URL", "x"],
        theirs: ("bad name", "none"),
        ours: ("ok", "1 URL=x, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "names",
        suffix: "with#hash",
        operation: &["register", "URL", "x"],
        theirs: ("ok", "none"),
        ours: ("ok", "1 URL=x, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "names",
        suffix: "with?mark",
        operation: &["register", "URL", "x"],
        theirs: ("ok", "none"),
        ours: ("ok", "1 URL=x, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "names",
        suffix: "with%20escape",
        operation: &["register", "URL", "x"],
        theirs: ("ok", "none"),
        ours: ("ok", "1 URL=x, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "names",
        suffix: "with/../dots",
        operation: &["register", "URL", "x"],
        theirs: ("ok", "none"),
        ours: ("ok", "1 URL=x, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "hidden-values",
        before: LOCATED,
        held: r#"[{"index": 3, "type": "SECRET", "data": "1", "permissions": "01100"}]"#,
        operation: &["loc_add", "b"],
        theirs: ("ok", "1 URL=x, 100 HS_ADMIN, 2 10320/LOC=<locations><location id=\"0\" href=\"a\" /><"),
        ours: (
            "ok",
            "1 URL=x, 2 10320/LOC=<locations><location id=\"0\" href=\"a\" /><, 3 SECRET=1 permissions=1100, 100 HS_ADMIN",
        ),
        ..PLAIN
    },
    Difference {
        name: "loc-attributes",
        before: LOCATED,
        operation: &["loc_set", "a", "weight", "0.5"],
        theirs: ("ok", "100 HS_ADMIN, 1 URL=x, 2 10320/LOC=<locations><location id=\"0\" href=\"a\" /><"),
        ours: ("ok", "1 URL=x, 2 10320/LOC=<locations><location id=\"0\" href=\"a\" wei, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "loc-exchange",
        before: LOCATED,
        operation: &["loc_exchange", "b", "c"],
        theirs: ("ok", "100 HS_ADMIN, 1 URL=x, 2 10320/LOC=<locations><location id=\"0\" href=\"a\" /><"),
        ours: ("no value", "1 URL=x, 2 10320/LOC=<locations><location id=\"0\" href=\"a\" /><, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "loc-exchange",
        before: &[&["register_loc", "x", "a", "b"]],
        operation: &["loc_exchange", "a", "b"],
        theirs: ("ok", "100 HS_ADMIN, 1 URL=x, 2 10320/LOC=<locations><location id=\"0\" href=\"b\" /><"),
        ours: ("87", "1 URL=x, 2 10320/LOC=<locations><location id=\"0\" href=\"a\" /><, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "loc-empty",
        before: LOCATED,
        held: r#"[{"index": 2, "type": "10320/LOC", "data": "<locations/>"}]"#,
        operation: &["loc_remove", "a"],
        theirs: ("ok", "1 URL=x, 100 HS_ADMIN"),
        ours: ("ok", "1 URL=x, 2 10320/LOC=<locations/>, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "loc-empty",
        before: LOCATED,
        held: r#"[{"index": 2, "type": "10320/LOC", "data": "<locations><location/></locations>"}]"#,
        operation: &["loc_empty"],
        theirs: ("ok True", "1 URL=x, 2 10320/LOC=<locations><location/></locations>, 100 HS_ADMIN"),
        ours: ("ok False", "1 URL=x, 2 10320/LOC=<locations><location/></locations>, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "loc-xml",
        before: LOCATED,
        held: r#"[{"index": 2, "type": "10320/LOC", "data": "no XML"}]"#,
        operation: &["loc_add", "a"],
        theirs: ("ParseError", "1 URL=x, 2 10320/LOC=no XML, 100 HS_ADMIN"),
        ours: ("broken", "1 URL=x, 2 10320/LOC=no XML, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "loc-xml",
        before: LOCATED,
        held: r#"[{"index": 2, "type": "10320/LOC", "data": "<locations><!-- x --></locations>"}]"#,
        operation: &["loc_add", "a"],
        theirs: ("ok", "1 URL=x, 100 HS_ADMIN, 2 10320/LOC=<locations><location id=\"0\" href=\"a\" /><"),
        ours: ("ok", "1 URL=x, 2 10320/LOC=<locations><!-- x --><location id=\"0\" hr, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "loc-xml",
        before: LOCATED,
        held: r#"[{"index": 2, "type": "10320/LOC", "data": "<locations xmlns='u'><location href='a'/></locations>"}]"#,
        operation: &["loc_has", "a"],
        theirs: ("ok False", "1 URL=x, 2 10320/LOC=<locations xmlns='u'><location href='a'/, 100 HS_ADMIN"),
        ours: ("ok True", "1 URL=x, 2 10320/LOC=<locations xmlns='u'><location href='a'/, 100 HS_ADMIN"),
        ..PLAIN
    },
    Difference {
        name: "too-large",
        operation: &["register", "T", TOO_LARGE],
        theirs: ("ok", "100 HS_ADMIN, 2 T=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ours: ("4", "none"),
        ..PLAIN
    },
];

#[test]
fn the_listed_differences_are_there() {
    let (of_locations, others): (Vec<_>, Vec<_>) =
        DIFFERENCES.iter().enumerate().partition(|(_, example)| example.operation[0].starts_with("loc_"));
    differ_from(Code::Pyhandle, &others);
    differ_from(Code::B2handle, &of_locations);
}

fn differ_from(peer: Code, examples: &[(usize, &Difference)]) {
    let sides = [peer, Code::Ours].map(|code| {
        let server = Server::start();
        Peer::start(code, &server, "").map(|peer| (server, peer))
    });
    let [Some(theirs), Some(ours)] = sides else { return };
    let mut sides = [theirs, ours];
    let too_large = "x".repeat((1 << 20) + 1);
    let perform = |operation: &'static [&'static str], handle: &str, peer: &mut Peer| {
        let arguments = operation[1..].iter().map(|text| if *text == TOO_LARGE { &too_large } else { *text });
        peer.tell([operation[0], handle].into_iter().chain(arguments));
        peer.hear()
    };
    let mut wrong = Vec::new();
    for (number, example) in examples {
        let handle = format!("21.T12345/{number}{}", example.suffix);
        let found = sides.each_mut().map(|(server, peer)| {
            for operation in example.before {
                let answer = perform(operation, &handle, peer);
                assert_eq!(answer.outcome(), "ok", "{}: {answer:?}", example.name);
            }
            if !example.held.is_empty() {
                server.sandbox.put_values(&handle, example.held).unwrap();
            }
            let answer = perform(example.operation, &handle, peer);
            let reads = ["get", "loc_empty", "loc_has"].contains(&example.operation[0]);
            let read = if reads { answer.read.first() } else { None };
            let outcome = match read.filter(|_| answer.outcome() == "ok") {
                Some(text) => format!("ok {text}"),
                None => answer.outcome().to_owned(),
            };
            (outcome, summary(&values(server, &handle)))
        });
        for (found, expected) in found.iter().zip([example.theirs, example.ours]) {
            if (found.0.as_str(), found.1.as_str()) != expected {
                wrong.push(format!("{} {:?}: {found:?}, not {expected:?}", example.name, example.operation));
            }
        }
        assert_ne!(found[0], found[1], "{} is no difference any more", example.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
