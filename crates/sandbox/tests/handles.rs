//! Reading and writing records: every code, in the order the real server checks (BEHAVIOUR.md 2 to 5).

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

mod support;

use b2h_sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use std::sync::LazyLock;
use support::*;

static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| Sandbox::start(Options::default()).unwrap());

type User = Option<(&'static str, &'static str)>;

/// Status and response code of a call; 0 for an empty body.
fn outcome(user: User, method: &str, handle: &str, body: &str) -> (u16, u64) {
    let answer = call(&SANDBOX, user, method, handle, body);
    (answer.status, if answer.body.is_empty() { 0 } else { answer.code() })
}

fn get(user: User, handle: &str) -> Value {
    call(&SANDBOX, user, "GET", handle, "").json()
}

fn create(handle: &str, values: &str) {
    let answer = call(&SANDBOX, Some(OWNER), "PUT", &format!("{handle}?overwrite=false"), values);
    assert_eq!(answer.status, 201, "{answer:?}");
}

fn indexes(record: &Value) -> Vec<i64> {
    record["values"].as_array().unwrap().iter().map(|value| value["index"].as_i64().unwrap()).collect()
}

#[test]
fn codes_of_reading() {
    for (user, handle, expected) in [
        (None, "21.T12345/EXAMPLE", (200, 1)),
        (None, "21.t12345/example", (200, 1)),
        (None, "21.T12345", (200, 1)),
        (None, "21.T12345/EXAMPLE?index=9", (200, 200)),
        (None, "21.T12345/EXAMPLE?index=x", (400, 4)),
        (None, "", (400, 102)),
        (None, "99999/X", (400, 301)),
        (None, "21.T12345/NOPE", (404, 100)),
        (None, "21.T12345/USER01?index=300", (200, 200)),
        (None, "21.T12345/USER01?index=300&publicOnly=false", (401, 402)),
        (Some(NOBODY), "21.T12345/USER01", (403, 400)),
        (Some(NOBODY), "21.T12345/USER01?publicOnly=true", (200, 1)),
        (Some(NOBODY), "21.T12345/EXAMPLE", (200, 1)),
        (Some(OWNER), "21.T12345/USER01", (200, 1)),
        (Some(("300%3A21.T12345/USER01", "wrong")), "21.T12345/EXAMPLE", (401, 0)),
    ] {
        assert_eq!(outcome(user, "GET", handle, ""), expected, "{handle} as {user:?}");
    }
    assert_eq!(outcome(None, "POST", "21.T12345/EXAMPLE", r#"{"index":[9]}"#), (200, 200));
    assert_eq!(outcome(None, "POST", "21.T12345/EXAMPLE", "[1]"), (400, 4));
    assert_eq!(get(None, "21.t12345/nope")["handle"], "21.t12345/nope");
}

#[test]
fn codes_of_creating_in_the_order_of_the_checks() {
    let owned = format!("[{OWNED}]");
    let twice = format!("[{OWNED},{OWNED}]");
    for (user, handle, body, expected) in [
        (Some(("x", "y")), "99999/X", "{bad", (401, 0)),
        (None, "99999/X", "{bad", (400, 4)),
        (None, "99999/X", twice.as_str(), (400, 301)),
        (None, "21.T12345/EXAMPLE", twice.as_str(), (409, 201)),
        (None, "21.T12345/EXAMPLE", r#"[{"index":0,"type":"X","data":"x"}]"#, (400, 202)),
        (None, "21.T12345/EXAMPLE", owned.as_str(), (409, 101)),
        (None, "21.T12345/NEW", owned.as_str(), (401, 402)),
        (Some(NOBODY), "21.T12345/NEW", owned.as_str(), (403, 400)),
        (Some(OWNER), "0.NA/21.T999", owned.as_str(), (403, 400)),
        (Some(OWNER), "21.T12345/NEW", owned.as_str(), (201, 1)),
        (Some(ADMIN), "21.T12345/NEW2", "[]", (201, 1)),
        (Some(OWNER), "21.T12345", owned.as_str(), (403, 400)),
    ] {
        let outcome = outcome(user, "PUT", &format!("{handle}?overwrite=false"), body);
        assert_eq!(outcome, expected, "{handle} as {user:?}");
    }
    assert!(SANDBOX.record("99999/X").is_none() && SANDBOX.record("21.T12345/new").is_some());
}

#[test]
fn codes_over_plain_http() {
    let ask = |method, target, body| Wire::plain(&SANDBOX).ask(request(Some(OWNER), method, target, body));
    for (method, target, body) in [
        ("PUT", "/api/handles/21.T12345/PLAIN", "[]"),
        ("DELETE", "/api/handles/21.T12345/EXAMPLE", ""),
        ("GET", "/api/handles/21.T12345/USER01?publicOnly=false", ""),
    ] {
        let answer = ask(method, target, body);
        assert_eq!((answer.status, answer.code()), (403, 402), "{method} {target}");
        assert!(!answer.head.contains("WWW-Authenticate"));
    }
    assert_eq!(ask("GET", "/api/handles/21.T12345/USER01", "").status, 200);
}

#[test]
fn challenges() {
    let anonymous = call(&SANDBOX, None, "DELETE", "21.T12345/EXAMPLE", "");
    assert!(anonymous.has_header("WWW-Authenticate: Basic realm=\"handle\""), "{anonymous:?}");
    assert!(anonymous.head.contains("WWW-Authenticate: Handle sessionId=\""));
    let wrong = call(&SANDBOX, Some((OWNER.0, "wrong")), "GET", "21.T12345/EXAMPLE", "");
    assert!(wrong.head.contains("error=\"Identity not verified\"") && wrong.has_header("Content-Length: 0"));
    let get = "GET /api/handles/21.T12345/EXAMPLE HTTP/1.1\r\nHost: x\r\n";
    for (header, basic_offered) in [
        ("Authorization: Basic\r\n", true),
        ("Authorization: basic bm9jb2xvbg==\r\n", true),
        ("Authorization: Bearer abc\r\n", false),
        ("Authorization: \r\n", false),
        ("Authorization: Basic x\r\nX-Requested-With: XMLHttpRequest\r\n", false),
    ] {
        let answer = Wire::tls(&SANDBOX).ask(format!("{get}{header}\r\n"));
        assert_eq!((answer.status, answer.body.as_str()), (401, ""), "{header}");
        assert_eq!(answer.head.contains("Basic realm"), basic_offered, "{header}");
    }
}

#[test]
fn whole_records() {
    let two = format!(r#"[{{"index":5,"type":"B","data":"b"}},{{"index":1,"type":"A","data":"a"}},{OWNED}]"#);
    create("21.T12345/WHOLE", &two);
    assert_eq!(indexes(&get(None, "21.T12345/WHOLE")), [5, 1, 100], "order as given");
    let less =
        format!(r#"{{"handle":"21.t12345/whole","values":[{{"index":1,"type":"A","data":"z"}},{OWNED}]}}"#);
    assert_eq!(outcome(None, "PUT", "21.T12345/WHOLE", &less), (401, 402));
    assert_eq!(outcome(Some(NOBODY), "PUT", "21.T12345/WHOLE", &less), (403, 400));
    assert_eq!(outcome(Some(OWNER), "PUT", "21.T12345/WHOLE?overwrite", &less), (409, 101), "not 'true'");
    assert_eq!(outcome(Some(OWNER), "PUT", "21.T12345/WHOLE?overwrite=TRUE", &less), (200, 1));
    assert_eq!(indexes(&get(None, "21.T12345/WHOLE")), [1, 100]);
    assert_eq!(outcome(Some(NOBODY), "PUT", "21.T12345/WHOLE", &less), (200, 1), "identical");
    let elsewhere = less.replace("whole", "other");
    assert_eq!(outcome(Some(OWNER), "PUT", "21.T12345/WHOLE", &elsewhere), (400, 4));
}

#[test]
fn minted_names() {
    let answer = call(&SANDBOX, Some(OWNER), "PUT", "21.T12345/m-?mintNewSuffix=true", &format!("[{OWNED}]"));
    let handle = answer.json()["handle"].as_str().unwrap().to_owned();
    let suffix = handle.strip_prefix("21.T12345/m-").unwrap();
    assert_eq!(suffix.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    assert_eq!(suffix, suffix.to_lowercase());
    assert!(SANDBOX.record(&handle).is_some());
}

#[test]
fn single_values() {
    create("21.T12345/VALUES", &format!(r#"[{OWNED},{{"index":3,"type":"T","data":"c"}}]"#));
    let value = |index: i32, data: &str| format!(r#"[{{"index":{index},"type":"T","data":"{data}"}}]"#);
    for (user, query, body, expected) in [
        (Some(OWNER), "index=1", value(1, "a"), (201, 1)),
        (Some(OWNER), "index=1", value(1, "b"), (200, 1)),
        (Some(OWNER), "index=1&overwrite=false", value(1, "c"), (409, 201)),
        (Some(OWNER), "index=1", value(2, "x"), (400, 4)),
        (Some(OWNER), "index=", value(2, "x"), (400, 4)),
        (Some(OWNER), "index=various", "[]".to_owned(), (400, 202)),
        (Some(OWNER), "index=various&index=9", value(2, "x"), (201, 1)),
        (None, "index=1", value(1, "x"), (401, 402)),
        (Some(NOBODY), "index=1", value(1, "x"), (403, 400)),
        (Some(NOBODY), "index=1", value(1, "b"), (200, 1)),
    ] {
        let handle = format!("21.T12345/VALUES?{query}");
        assert_eq!(outcome(user, "PUT", &handle, &body), expected, "{query} {body}");
    }
    assert_eq!(outcome(Some(OWNER), "PUT", "21.T12345/NOPE?index=1", &value(1, "x")), (404, 100));
    let record = get(None, "21.T12345/VALUES");
    assert_eq!(indexes(&record), [1, 2, 3, 100], "sorted");
    assert_eq!(record["values"][0]["data"]["value"], "b");
}

#[test]
fn deleting() {
    let values = r#"{"index":1,"type":"A","data":"a"},{"index":2,"type":"B","data":"b"}"#;
    create("21.T12345/DELETE", &format!("[{values},{OWNED}]"));
    for (user, handle, expected) in [
        (None, "21.T12345/NOPE", (401, 402)),
        (Some(OWNER), "21.T12345/NOPE", (404, 100)),
        (Some(OWNER), "99999/NOPE", (404, 100)),
        (Some(OWNER), "21.T12345/DELETE?index=1&index=7", (400, 200)),
        (Some(OWNER), "21.T12345/DELETE?index=", (400, 4)),
        (Some(OWNER), "21.T12345/DELETE?index=various", (400, 4)),
        (Some(NOBODY), "21.T12345/DELETE?index=1", (403, 400)),
        (Some(OWNER), "21.T12345/DELETE?index=1&index=1", (200, 1)),
        (Some(NOBODY), "21.T12345/DELETE", (403, 400)),
    ] {
        assert_eq!(outcome(user, "DELETE", handle, ""), expected, "{handle} as {user:?}");
    }
    assert_eq!(indexes(&SANDBOX.record("21.T12345/DELETE").unwrap()), [2, 100]);
    assert_eq!(outcome(Some(OWNER), "DELETE", "21.T12345/DELETE?index=100", ""), (200, 1));
    assert_eq!(outcome(Some(OWNER), "DELETE", "21.T12345/DELETE", ""), (403, 400), "nobody's handle");
    assert_eq!(outcome(Some(ADMIN), "DELETE", "21.T12345/DELETE", ""), (200, 1));
    assert!(SANDBOX.record("21.T12345/DELETE").is_none());
}

#[test]
fn permissions_of_one_administrator() {
    let values = |permissions: &str| {
        let admin = json!({"index": 101, "type": "HS_ADMIN", "data": {"format": "admin", "value":
            {"handle": "21.T12345/USER02", "index": 300, "permissions": permissions}}});
        let secret = r#"{"index":2,"type":"S","data":"s","permissions":"01100"}"#;
        let public_write = r#"{"index":4,"type":"P","data":"p","permissions":"01111"}"#;
        format!(r#"[{{"index":1,"type":"A","data":"a"}},{secret},{public_write},{admin},{OWNED}]"#)
    };
    let change = r#"[{"index":1,"type":"A","data":"z"}]"#;
    let add = r#"[{"index":9,"type":"A","data":"z"}]"#;
    let to_admin = format!("[{}]", OWNED.replace("100", "1"));
    let add_admin = format!("[{}]", OWNED.replace("100", "110"));
    let public = r#"[{"index":4,"type":"P","data":"q","permissions":"01111"}]"#;
    for (permissions, method, query, body, allowed) in [
        ("000000000000", "PUT", "index=4", public, true),
        ("101111111111", "GET", "", "", false),
        ("010000000000", "GET", "", "", true),
        ("000000010000", "PUT", "index=1", change, true),
        ("111111101111", "PUT", "index=1", change, false),
        ("000001000000", "PUT", "index=9", add, true),
        ("111110111111", "PUT", "index=9", add, false),
        ("000000010000", "PUT", "index=1", to_admin.as_str(), false),
        ("110111111111", "PUT", "index=110", add_admin.as_str(), false),
        ("001000000000", "PUT", "index=110", add_admin.as_str(), true),
        ("000000100000", "DELETE", "index=1", "", true),
        ("111111011111", "DELETE", "index=1", "", false),
        ("111011111111", "DELETE", "index=101", "", false),
        ("000100000000", "DELETE", "index=101", "", true),
        ("000000000010", "DELETE", "", "", true),
        ("111111111101", "DELETE", "", "", false),
        // add_admin alone is enough to replace everything.
        ("001000000000", "PUT", "", "[]", true),
        ("110000000000", "PUT", "", "[]", false),
    ] {
        let put = call(&SANDBOX, Some(ADMIN), "PUT", "21.T12345/PERMITS", &values(permissions));
        assert!(matches!(put.status, 200 | 201), "{put:?}");
        let handle = format!("21.T12345/PERMITS?{query}");
        let (status, _) = outcome(Some(NOBODY), method, &handle, body);
        assert_eq!(status != 403, allowed, "{permissions} {method} {query} {body}: {status}");
    }
}

#[test]
fn groups_may_be_nested_and_identities_are_exact() {
    let group = |index: i32, handle: &str, member: i32| {
        format!(
            r#"{{"index":{index},"type":"HS_VLIST","data":{{"format":"vlist","value":[{{"handle":"{handle}","index":{member}}}]}}}}"#
        )
    };
    let groups = [
        group(200, "21.T12345/GROUPS", 201),
        // A circle must not trap the server.
        group(201, "21.T12345/GROUPS", 200),
        group(202, "21.T12345/GROUPS", 203),
        group(203, "21.T12345/USER02", 0),
    ];
    create("21.T12345/GROUPS", &format!("[{},{OWNED}]", groups.join(",")));
    let admin = |index: i32| {
        let admin = json!({"index": 100, "type": "HS_ADMIN", "data": {"format": "admin", "value":
            {"handle": "21.t12345/GROUPS", "index": index, "permissions": "*"}}});
        format!("[{admin}]")
    };
    for (index, expected) in [(200, (403, 400)), (202, (200, 1)), (300, (403, 400))] {
        let put = call(&SANDBOX, Some(ADMIN), "PUT", "21.T12345/GROUPED", &admin(index));
        assert!(matches!(put.status, 200 | 201), "{put:?}");
        assert_eq!(outcome(Some(NOBODY), "DELETE", "21.T12345/GROUPED", ""), expected, "{index}");
    }
    create("21.T12345/EXACT", &format!("[{OWNED}]"));
    for (user, expected) in [
        // Login ignores case and a missing index, administration does not.
        ("300%3A21.T12345/user01", (403, 400)),
        ("21.T12345/USER01", (403, 400)),
        ("300%3A21.t12345/USER01", (200, 1)),
    ] {
        assert_eq!(
            outcome(Some((user, "user01-secret")), "DELETE", "21.T12345/EXACT", ""),
            expected,
            "{user}"
        );
    }
}

#[test]
fn forms_of_values() {
    let values = r#"[
        {'index':'1', type:T, data:12.50, "ttl":1.9},
        {"index":2.7,"type":"T","data":{"format":"BASE64","value":"AP-g"},"ttl":"2030-01-02T03:04:05.678+00:00"},
        {"index":3,"type":"T","data":"ü☃","permissions":"0010","references":[{"handle":"a/b","index":7}]},
        /* the last of equal members wins */
        {"index":4,"index":5,"type":"HS_ADMIN","data":"no admin","timestamp":"2001-02-03T04:05:06Z"},
        {"index":4294967302,"type":"T","data":{"format":"hex","value":"41"},"ttl":"86400","permissions":"00000"}
    ]"#;
    let answer = call(&SANDBOX, Some(OWNER), "PUT", "21.T12345/FORMS", values);
    assert_eq!(answer.status, 201, "{answer:?}");
    let mut record = SANDBOX.record("21.T12345/FORMS").unwrap();
    for value in record["values"].as_array_mut().unwrap() {
        let timestamp = value.as_object_mut().unwrap().remove("timestamp").unwrap();
        assert_ne!(timestamp, "2001-02-03T04:05:06Z");
    }
    let string = |text: &str| json!({"format": "string", "value": text});
    let expected = json!([
        {"index": 1, "type": "T", "data": string("12.50"), "ttl": 1},
        {"index": 2, "type": "T", "data": {"format": "base64", "value": "AP+g"}, "ttl": "2030-01-02T03:04:05Z"},
        {"index": 3, "type": "T", "data": string("ü☃"), "permissions": "1010", "ttl": 86400,
         "references": [{"handle": "a/b", "index": 7}]},
        {"index": 5, "type": "HS_ADMIN", "data": string("no admin"), "ttl": 86400},
        {"index": 6, "type": "T", "data": string("A"), "permissions": "0000", "ttl": "2016-09-12T19:54:40Z"},
    ]);
    assert_eq!(record["values"], expected);
    assert_eq!(outcome(Some(ADMIN), "GET", "21.T12345/FORMS?index=6", ""), (403, 401), "readable by nobody");
}

#[test]
fn media_types_and_character_sets() {
    let put = |content_type: &str| {
        let body = r#"[{"index":1,"type":"T","data":"ü"}]"#;
        let mut request = request(Some(ADMIN), "PUT", "/api/handles/21.T12345/CHARSET", body);
        request = request.replace("Content-Type: application/json; charset=UTF-8\r\n", content_type);
        Wire::tls(&SANDBOX).ask(request).status
    };
    let stored = || SANDBOX.record("21.T12345/CHARSET").unwrap()["values"][0]["data"]["value"].clone();
    assert_eq!(put("Content-Type: Application/JSON; charset=utf-8\r\n"), 201);
    assert_eq!(stored(), "ü");
    assert_eq!(put("Content-Type: application/json\r\n"), 200);
    assert_eq!(stored(), "Ã¼");
    for refused in ["", "Content-Type: text/plain\r\n", "Content-Type: application/hal+json\r\n"] {
        assert_eq!(put(refused), 400, "{refused}");
    }
}

#[test]
fn a_value_over_one_mebibyte_poisons_the_record() {
    let big = |length: usize| format!(r#"{{"index":1,"type":"BIG","data":"{}"}}"#, "x".repeat(length));
    create("21.T12345/FULL", &format!("[{},{OWNED}]", big(1_048_576)));
    assert_eq!(outcome(None, "GET", "21.T12345/FULL", ""), (200, 1));
    create("21.T12345/POISON", &format!("[{},{OWNED}]", big(1_048_577)));
    assert_eq!(outcome(None, "GET", "21.T12345/POISON", ""), (200, 2));
    assert_eq!(outcome(None, "GET", "21.T12345/POISON?index=100", ""), (200, 1));
    assert_eq!(outcome(Some(OWNER), "PUT", "21.T12345/POISON", &format!("[{OWNED}]")), (500, 2));
    assert_eq!(outcome(Some(OWNER), "DELETE", "21.T12345/POISON?index=1", ""), (500, 2));
    assert_eq!(outcome(Some(OWNER), "DELETE", "21.T12345/POISON", ""), (200, 1));
}

#[test]
fn presentation() {
    let get = |query: &str| call(&SANDBOX, None, "GET", &format!("21.T12345/NOPE?{query}"), "").body;
    assert_eq!(get("pretty"), "{\n  \"responseCode\": 100,\n  \"handle\": \"21.T12345/NOPE\"\n}");
    assert_eq!(get("callback=f"), "f({\"responseCode\":100,\"handle\":\"21.T12345/NOPE\"});");
}
