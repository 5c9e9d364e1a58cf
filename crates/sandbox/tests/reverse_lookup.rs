//! The reverse-lookup servlet and its traps.

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

mod support;

use b2h_sandbox::{Options, ReverseLookup, Sandbox};
use serde_json::{Value, json};
use std::sync::LazyLock;
use support::*;

const SEARCHER: (&str, &str) = ("search", "search-secret");

static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let records = [
        ("21.T12345/ONE", json!([["URL", "http://a/x_y"], ["EMAIL", "e@x"]])),
        ("21.T12345/TWO", json!([["URL", "http://a/xzy"], ["URL", "http://b/"], ["EMAIL", "e@x"]])),
        ("21.T123456/LONG", json!([["URL", "http://A/100%"]])),
        ("21.T12345/SECRET", json!([["URL", "http://s/"], ["HS_SECKEY", "hidden"]])),
    ];
    for (handle, values) in records {
        let value =
            |(index, pair): (usize, &Value)| json!({"index": index + 1, "type": pair[0], "data": pair[1]});
        let values: Vec<Value> = values.as_array().unwrap().iter().enumerate().map(value).collect();
        sandbox.put_values(handle, &json!(values).to_string()).unwrap();
    }
    sandbox
});

fn ask(user: Option<(&str, &str)>, target: &str) -> Answer {
    Wire::tls(&SANDBOX).ask(request(user, "GET", &format!("/hrls{target}"), ""))
}

fn find(query: &str) -> Value {
    let answer = ask(Some(SEARCHER), query);
    assert!(answer.status == 200 && answer.has_header("Content-Type: application/json"), "{answer:?}");
    answer.json()
}

#[test]
fn its_own_users() {
    for user in [None, Some(OWNER), Some(("search", "wrong"))] {
        let answer = ask(user, "/ping");
        assert!(answer.status == 401 && answer.head.contains("WWW-Authenticate: Basic "), "{answer:?}");
    }
    let answer = ask(Some(SEARCHER), "/ping");
    assert_eq!((answer.status, answer.body.as_str()), (200, "OK\n"));
    let at_the_api = Wire::tls(&SANDBOX).ask(request(Some(SEARCHER), "GET", "/api/site", ""));
    assert_eq!(at_the_api.status, 401);
}

#[test]
fn matches() {
    assert_eq!(find("/handles?EMAIL=e%40x"), json!(["21.T12345/ONE", "21.T12345/TWO"]));
    assert_eq!(find("/handles?EMAIL=e%40x&URL=http://b/"), json!(["21.T12345/TWO"]));
    // Both on one value; types and values mind their case.
    assert_eq!(find("/handles?URL=http://a*&URL=*zy"), json!(["21.T12345/TWO"]));
    assert_eq!(find("/handles?URL=http://a*&URL=http://b/"), json!([]));
    assert_eq!(find("/handles?url=http://b/"), json!([]));
    assert_eq!(find("/handles?URL=http://A*"), json!(["21.T123456/LONG"]));
    // With a star the underscore and the percent sign are wildcards as well.
    assert_eq!(find("/handles?URL=*x_y"), json!(["21.T12345/ONE", "21.T12345/TWO"]));
    assert_eq!(find("/handles?URL=http://a/x_y"), json!(["21.T12345/ONE"]));
    assert_eq!(find("/handles"), json!([]));
    assert_eq!(find("/handles?limit=5"), json!([]));
}

#[test]
fn prefixes_match_longer_ones() {
    let all = ["21.T12345/ONE", "21.T12345/SECRET", "21.T12345/TWO", "21.T12345/TWO", "21.T123456/LONG"];
    let mut found: Vec<String> = serde_json::from_value(find("/handles/21.T12345;x=y?URL=*://*/*")).unwrap();
    found.retain(|name| name != "21.T12345/EXAMPLE");
    found.sort();
    assert_eq!(found, all);
    assert_eq!(find("/handles/21.t123456?URL=*"), json!(["21.T123456/LONG"]));
    for path in ["/handles/0.NA?URL=*", "/handles/21.T12345/ONE?URL=*", "/", ""] {
        assert_eq!(ask(Some(SEARCHER), path).status, 404, "{path}");
    }
}

#[test]
fn pages() {
    let page = |number: usize| find(&format!("/handles/21.T12345?URL=*&limit=2&page={number}"));
    let mut names: Vec<String> = Vec::new();
    for number in 0..3 {
        names.extend(serde_json::from_value::<Vec<String>>(page(number)).unwrap());
    }
    assert_eq!((names.len(), page(3)), (6, json!([])));
    // The offset follows from the limit that was asked for.
    assert_eq!(find("/handles?URL=*&limit=200000&page=1"), json!([]));
}

#[test]
fn records() {
    assert_eq!(
        find("/handles?URL=http://s/&retrieverecords=true"),
        json!({"21.T12345/SECRET": [{"type": "URL", "value": "http://s/"}]})
    );
    let twice = find("/handles/21.T12345?URL=http:*b*&retrieverecords=true");
    assert_eq!(twice["21.T12345/TWO"].as_array().unwrap().len(), 3);
    let twice = find("/handles?URL=http://*/*&retrieverecords=true");
    assert_eq!(twice["21.T12345/TWO"].as_array().unwrap().len(), 6, "two matches, each with all values");
    assert_eq!(find("/handles?URL=nowhere&retrieverecords=true"), json!({}));
}

#[test]
fn traps() {
    for (query, words) in [
        ("HS_SECKEY=hidden", "Searching via HS_SECKEY entries is not allowed!"),
        ("URL=*&enforcesql=true", "You asked to enforce SQL usage"),
        ("URL=*&limit=many", "Invalid number: For input string: \"many\""),
        ("URL=*&EMAIL=*&retrieverecords=true", "SQL State"),
    ] {
        let answer = ask(Some(SEARCHER), &format!("/handles?{query}"));
        assert!(answer.status == 500 && answer.body.contains(words), "{query}: {answer:?}");
    }
}

#[test]
fn solr_has_quirks_of_its_own() {
    let options = Options { reverse_lookup: ReverseLookup::Solr, ..Options::default() };
    let sandbox = Sandbox::start(options).unwrap();
    for handle in ["21.T12345/ONE", "21.T12345/TWO", "21.T999/THREE"] {
        sandbox.put_values(handle, r#"[{"index": 1, "type": "SOLR", "data": "x"}]"#).unwrap();
    }
    let ask = |query: &str| {
        let target = format!("/hrls/handles{query}");
        Wire::tls(&sandbox).ask(request(Some(SEARCHER), "GET", &target, ""))
    };
    let all = json!(["21.T12345/ONE", "21.T12345/TWO", "21.T999/THREE"]);
    for query in ["?SOLR=x", "/21.T999?SOLR=*", "?SOLR=x&page=7", "?SOLR=x&retrieverecords=true"] {
        assert_eq!(ask(query).json(), all, "{query}");
    }
    assert_eq!(ask("?SOLR=x&limit=1&page=1").json(), json!(["21.T12345/ONE"]));
    let undefined = ask("?NOWHERE=x");
    assert!(
        undefined.status == 400 && undefined.body.ends_with("undefined field NOWHERE\n"),
        "{undefined:?}"
    );
}

#[test]
fn there_may_be_none() {
    let options = Options { reverse_lookup: ReverseLookup::Absent, ..Options::default() };
    let sandbox = Sandbox::start(options).unwrap();
    let answer = Wire::tls(&sandbox).ask(request(Some(SEARCHER), "GET", "/hrls/handles?URL=*", ""));
    assert_eq!(answer.status, 404);
}
