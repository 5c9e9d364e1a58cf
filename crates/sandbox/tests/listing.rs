//! Listings, prefixes, the site (BEHAVIOUR.md 4).

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

mod support;

use b2h_sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use support::*;

fn sandbox() -> Sandbox {
    Sandbox::start(Options::default()).unwrap()
}

fn ask(
    sandbox: &Sandbox,
    user: Option<(&str, &str)>,
    method: &str,
    target: &str,
    body: &str,
) -> (u16, Value) {
    let answer = Wire::tls(sandbox).ask(request(user, method, target, body));
    (answer.status, answer.json())
}

#[test]
fn pages() {
    let sandbox = sandbox();
    for name in ["b", "A", "ü", "c"] {
        sandbox.put_values(&format!("21.t12345/L-{name}"), "[]").unwrap();
    }
    // A name that only starts like the prefix is not below it.
    sandbox.put_values("21.T123456/X", "[]").unwrap();
    let list = |query: &str| {
        ask(&sandbox, Some(OWNER), "GET", &format!("/api/handles?prefix=21.t12345{query}"), "").1
    };
    let all = json!({"responseCode": 1, "prefix": "21.t12345", "totalCount": "8", "handles": [
        "21.T12345/ADMIN", "21.T12345/EXAMPLE", "21.T12345/L-A", "21.T12345/L-B", "21.T12345/L-C",
        "21.T12345/L-ü", "21.T12345/USER01", "21.T12345/USER02"]});
    for query in ["", "&page=0", "&pageSize=3", "&page=-1&pageSize=3", "&page=0&pageSize=-1"] {
        assert_eq!(list(query), all, "{query}");
    }
    let second = list("&page=1&pageSize=3");
    assert_eq!(second["handles"], json!(["21.T12345/L-B", "21.T12345/L-C", "21.T12345/L-ü"]));
    assert_eq!(
        (&second["page"], &second["pageSize"], &second["totalCount"]),
        (&json!(1), &json!(3), &json!("8"))
    );
    assert_eq!(list("&page=0&pageSize=0")["handles"], json!([]));
    assert_eq!(list("&page=9&pageSize=3")["handles"], json!([]));
    assert_eq!(list("&page=2147483647&pageSize=2147483647")["handles"], json!([]));
    assert_eq!(list("&page=x&pageSize=3")["responseCode"], 4);
}

#[test]
fn who_may_list() {
    let sandbox = sandbox();
    let code = |user, target: &str| {
        let (status, json) = ask(&sandbox, user, "GET", target, "");
        (status, json["responseCode"].as_u64().unwrap())
    };
    assert_eq!(code(None, "/api/handles?prefix=21.T12345"), (401, 402));
    assert_eq!(code(Some(NOBODY), "/api/handles?prefix=21.T12345"), (403, 400));
    assert_eq!(code(None, "/api/handles?prefix=99999"), (400, 301));
    assert_eq!(code(None, "/api/handles?prefix="), (400, 301));
    assert_eq!(code(None, "/api/handles"), (400, 102));
    // A path wins over the parameter.
    assert_eq!(code(None, "/api/handles/21.T12345/EXAMPLE?prefix=21.T12345"), (200, 1));
    assert_eq!(code(Some(OWNER), "/api/prefixes"), (403, 400));
    assert_eq!(code(Some(ADMIN), "/api/verifications"), (400, 4));
}

#[test]
fn prefixes_come_and_go() {
    let sandbox = sandbox();
    let list = || ask(&sandbox, Some(ADMIN), "GET", "/api/prefixes", "").1["prefixes"].clone();
    let create = |handle: &str| {
        let target = format!("/api/handles/{handle}?overwrite=false");
        ask(&sandbox, Some(ADMIN), "PUT", &target, &format!("[{OWNED}]")).0
    };
    assert_eq!(list(), json!(["0.NA/0.NA", "0.NA/21.T12345"]));
    assert_eq!(create("21.T999/X"), 400);
    let (status, homed) = ask(&sandbox, Some(ADMIN), "POST", "/api/prefixes/21.t999", "");
    assert_eq!((status, homed), (200, json!({"responseCode": 1, "handle": "21.t999"})));
    assert_eq!(list(), json!(["0.NA/0.NA", "0.NA/21.T12345", "0.NA/21.T999"]));
    assert_eq!(create("21.T999/X"), 201);
    assert_eq!(ask(&sandbox, Some(ADMIN), "DELETE", "/api/prefixes?prefix=0.NA/21.T999", "").0, 200);
    assert_eq!(list(), json!(["0.NA/0.NA", "0.NA/21.T12345"]));
    let (status, nameless) = ask(&sandbox, Some(ADMIN), "POST", "/api/prefixes", "{}");
    assert_eq!((status, &nameless["responseCode"]), (400, &json!(4)));
    assert_eq!(ask(&sandbox, Some(ADMIN), "PUT", "/api/prefixes/21.T1", "{}").0, 405);
}

#[test]
fn derived_prefixes_need_their_parent() {
    let sandbox = sandbox();
    let create = |user, handle: &str| {
        ask(&sandbox, user, "PUT", &format!("/api/handles/{handle}?overwrite=false"), &format!("[{OWNED}]")).0
    };
    // The owner's permissions on the prefix lack add_derived_prefix, those of this group have it.
    assert_eq!(create(Some(OWNER), "0.NA/21.T12345.SUB"), 403);
    let admin = json!([{"index": 103, "type": "HS_ADMIN", "data": {"format": "admin", "value":
        {"handle": "21.T12345/USER02", "index": 300, "permissions": "000000000100"}}}]);
    sandbox.put_values("0.NA/21.T12345", &admin.to_string()).unwrap();
    assert_eq!(create(Some(NOBODY), "0.NA/21.T12345.SUB"), 201);
    // It is not homed by that.
    assert_eq!(create(Some(ADMIN), "21.T12345.SUB/X"), 400);
}

#[test]
fn listing_may_be_disabled() {
    let sandbox = Sandbox::start(Options { listing: false, ..Options::default() }).unwrap();
    let (status, json) = ask(&sandbox, Some(OWNER), "GET", "/api/handles?prefix=21.T12345", "");
    assert_eq!((status, &json["responseCode"]), (501, &json!(5)));
}
