//! Several locations of a Handle (10320/LOC), through a C program; judged by the sandbox.

mod common;

use b2handle_client::{CallOptions, Client, Config, Kind};
use common::{Server, c_program, output, run};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::process::Command;
use std::thread;
use std::time::Duration;

const HANDLE: &str = "21.T12345/LOC";

struct Scene {
    server: Server,
    credentials: String,
}

impl Scene {
    /// A Handle with a URL, and these 10320/LOC values from index 5 on.
    fn with(values: &[&str]) -> Scene {
        Scene::configured("", values)
    }

    fn configured(more: &str, values: &[&str]) -> Scene {
        let server = Server::start();
        let credentials = server.credentials(more).to_str().unwrap().to_owned();
        let scene = Scene { server, credentials };
        let registered = run(&c_program("call"), &[&scene.credentials, "register", HANDLE, "http://x/"]);
        assert!(registered.contains("status=0"));
        for (index, value) in (5..).zip(values) {
            scene.put(&json!({"index": index, "type": "10320/LOC", "data": value, "ttl": 77}));
        }
        scene.server.sandbox.clear_requests();
        scene
    }

    fn put(&self, value: &Json) {
        self.server.sandbox.put_values(HANDLE, &json!([value]).to_string()).unwrap();
    }

    /// What the program says, and which requests about Handles it made.
    fn say(&self, arguments: &[&str]) -> (String, Vec<String>) {
        self.server.sandbox.clear_requests();
        let said = run(&c_program("locations"), &[&[self.credentials.as_str()], arguments].concat());
        let requests = self.server.sandbox.requests();
        let requests =
            requests.iter().filter(|request| request.target.starts_with("/api/handles/")).map(|request| {
                format!("{} {}", request.method, &request.target["/api/handles/21.T12345/".len()..])
            });
        (said.trim_end().to_owned(), requests.collect())
    }

    fn values(&self) -> Vec<Json> {
        self.server.sandbox.record(HANDLE).unwrap()["values"].as_array().unwrap().clone()
    }

    fn at(&self, index: u64) -> Json {
        self.values().into_iter().find(|value| value["index"] == index).unwrap_or_default()
    }

    fn text_at(&self, index: u64) -> String {
        self.at(index)["data"]["value"].as_str().unwrap_or_default().to_owned()
    }
}

#[test]
fn locations_have_a_life() {
    let server = Server::start();
    assert_eq!(run(&c_program("locations"), &[server.credentials("").to_str().unwrap(), "life"]), "");
}

#[test]
fn only_the_value_is_written_and_no_request_is_made_in_vain() {
    let scene = Scene::with(&[]);
    let (url, admin) = (scene.at(1), scene.at(100));
    let look = "GET LOC?type=10320%2FLOC";
    let (said, requests) = scene.say(&["add", HANDLE, "http://a/,http://b/"]);
    assert_eq!(
        (said.as_str(), requests),
        ("0", vec!["GET LOC".into(), "PUT LOC?index=2&overwrite=false".into(), look.into()])
    );
    assert_eq!(
        scene.text_at(2),
        "<locations><location id=\"0\" href=\"http://a/\" /><location id=\"1\" href=\"http://b/\" /></locations>"
    );
    let change = vec!["GET LOC".to_owned(), "PUT LOC?index=2&overwrite=true".to_owned(), look.to_owned()];
    assert_eq!(scene.say(&["add", HANDLE, "http://c/", "weight=1"]), ("0".into(), change.clone()));
    assert_eq!(scene.say(&["add", HANDLE, "http://c/", "weight=1"]), ("0".into(), vec!["GET LOC".into()]));
    assert_eq!(scene.say(&["exchange", HANDLE, "http://c/", "http://d/"]), ("0".into(), change.clone()));
    assert_eq!(
        scene.say(&["get", HANDLE]),
        (
            "0\nid=0 href=http://a/\nid=1 href=http://b/\nid=2 href=http://d/ weight=1".into(),
            vec![look.into()]
        )
    );
    assert_eq!(scene.say(&["remove", HANDLE, "http://a/,http://z/"]), ("0\n1".into(), change));
    assert_eq!(scene.say(&["remove", HANDLE, "http://z/"]), ("0\n0".into(), vec!["GET LOC".into()]));
    assert_eq!(
        scene.say(&["remove", HANDLE, "http://d/,http://b/"]),
        ("0\n2".into(), vec!["GET LOC".into(), "DELETE LOC?index=2".into(), look.into()])
    );
    assert_eq!(scene.values(), [url, admin]);
}

#[test]
fn xml_from_the_wild_stays_as_it_is() {
    let wild = "<?xml version=\"1.0\"?>\r\n<!-- kept --><locations xmlns:x='u' chooseby='country'>\r\n  \
                <location x:y='1' href='http://a/?b&amp;c' id='7' >&#65;</location>\r\n  <?pi?><unknown><location/></unknown>\
                <![CDATA[</locations>]]>\r\n</locations>\r\n";
    let scene = Scene::with(&[wild]);
    assert_eq!(scene.say(&["get", HANDLE]).0, "0\nchooseby=country\nx:y=1 href=http://a/?b&c id=7");
    assert_eq!(scene.say(&["add", HANDLE, "http://n/"]).0, "0");
    let added = wild.replace("]]>\r\n", "]]>\r\n  <location id=\"0\" href=\"http://n/\" />\r\n");
    assert_eq!(scene.text_at(5), added);
    assert_eq!(scene.say(&["add", HANDLE, "http://a/?b&c", "country=de"]).0, "0");
    assert_eq!(scene.text_at(5), added.replace("id='7'", "id='7' country=\"de\""));
    assert_eq!(scene.say(&["remove", HANDLE, "http://n/"]).0, "0\n1");
    assert_eq!(scene.text_at(5), wild.replace("id='7'", "id='7' country=\"de\""));
    assert_eq!(scene.at(5)["ttl"], 77);
}

#[test]
fn what_is_not_understood_is_not_written() {
    let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><locations>&b;</locations>";
    let good = "<locations><location href='http://a/'/></locations>";
    for values in [
        &["no XML"][..],
        &["<locations>"],
        &["<html/>"],
        &[bomb],
        &["<locations>\u{1}</locations>"],
        &[good, good],
    ] {
        let scene = Scene::with(values);
        let before = scene.values();
        for edit in [
            &["add", HANDLE, "http://n/"][..],
            &["exchange", HANDLE, "http://a/", "http://n/"],
            &["remove", HANDLE, "http://a/"],
        ] {
            let (said, requests) = scene.say(edit);
            assert!(said.starts_with("84 "), "{values:?}: {said}");
            assert_eq!(requests, ["GET LOC"], "{values:?}");
        }
        assert_eq!(scene.values(), before);
        // Several values can be read all the same.
        let read = scene.say(&["get", HANDLE]).0;
        assert!(
            read.starts_with("84 ") || (values.len() == 2 && read == "0\nhref=http://a/\nhref=http://a/"),
            "{read}"
        );
    }
    // An empty value is one without locations.
    let scene = Scene::with(&[""]);
    assert_eq!(scene.say(&["get", HANDLE]).0, "0");
    assert_eq!(scene.say(&["add", HANDLE, "http://n/"]).0, "0");
    assert!(scene.text_at(5).contains("http://n/"));
}

#[test]
fn chooseby_is_for_new_values() {
    let more = r#", "10320LOC_chooseby": "locatt,country,<weighted>""#;
    let new = "<locations chooseby=\"locatt,country,&lt;weighted&gt;\"><location id=\"0\" href=\"http://a/\" />\
               <location id=\"1\" href=\"http://b/\" weight=\"0.5\" /></locations>";
    let scene = Scene::configured(more, &[]);
    assert_eq!(scene.say(&["add", HANDLE, "http://a/"]).0, "0");
    assert_eq!(scene.say(&["add", HANDLE, "http://b/", "weight=0.5"]).0, "0");
    assert_eq!(scene.text_at(2), new);
    let old = "<locations><location href='http://a/'/></locations>";
    let scene = Scene::configured(more, &[old]);
    assert_eq!(scene.say(&["add", HANDLE, "http://a/", "id=5"]).0, "0");
    assert_eq!(scene.text_at(5), old.replace("'/>", "' id=\"5\"/>"));

    let handle = "21.T12345/REGISTERED";
    let registered = |scene: &Scene| {
        let (said, requests) = scene.say(&["register", handle, "http://a/,http://b/", "weight=0.5"]);
        assert_eq!((said.as_str(), requests), ("0", vec!["PUT REGISTERED?overwrite=false".to_owned()]));
        let record = scene.server.sandbox.record(handle).unwrap();
        let values = record["values"].as_array().unwrap();
        let value = values.iter().find(|value| value["index"] == 2).unwrap();
        assert_eq!(value["type"], "10320/LOC");
        value["data"]["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(registered(&scene), new);
    assert_eq!(
        registered(&Scene::with(&[])),
        new.replace(" chooseby=\"locatt,country,&lt;weighted&gt;\"", "")
    );
}

/// Values of the type are found whatever its case, and at a free index where others are hidden.
#[test]
fn the_type_and_the_index_are_those_of_the_record() {
    let scene = Scene::with(&[]);
    scene.put(&json!({"index": 9, "type": "10320/loc", "data": "<locations/>", "permissions": "01110"}));
    assert_eq!(scene.say(&["add", HANDLE, "http://a/"]).0, "0");
    assert_eq!(scene.at(9)["type"], "10320/loc");
    assert!(scene.text_at(9).contains("http://a/"));
    assert_eq!(scene.values().len(), 3);

    let blind = r#", "handleowner": "300:21.T12345/USER01", "HS_ADMIN_permissions": "001111110011""#;
    let scene = Scene::configured(blind, &[]);
    scene.put(&json!({"index": 2, "type": "SECRET", "data": "s", "permissions": "01100"}));
    assert_eq!(scene.say(&["add", HANDLE, "http://a/"]).0, "0");
    assert_eq!(scene.text_at(2), "s");
    assert!(scene.text_at(3).contains("http://a/"));
}

#[test]
fn a_change_that_is_undone_at_once_is_reported() {
    let old = "<locations><location href='http://a/'/></locations>";
    for edit in [
        &["add", HANDLE, "http://n/"][..],
        &["exchange", HANDLE, "http://a/", "http://n/"],
        &["remove", HANDLE, "http://a/"],
    ] {
        let scene = Scene::with(&[old]);
        // The second look comes after the other program wrote.
        scene.server.sandbox.add_fault(
            "latency:3000 on GET /api/handles/21.T12345/LOC?type next 1"
                .parse::<b2h_sandbox::FaultRule>()
                .unwrap(),
        );
        thread::scope(|scope| {
            let edited =
                scope.spawn(|| run(&c_program("locations"), &[&[scene.credentials.as_str()], edit].concat()));
            while scene.text_at(5) == old {
                thread::sleep(Duration::from_millis(5));
            }
            scene.put(&json!({"index": 5, "type": "10320/LOC", "data": old}));
            let said = edited.join().unwrap();
            assert!(said.starts_with("87 ") && said.contains("Another program"), "{said}");
        });
    }
}

/// 32 writers each add a location: nobody's is lost but with a conflict.
fn no_location_is_lost(processes: usize, threads: usize) {
    let scene = Scene::configured(r#", "timeout_ms": 120000"#, &[]);
    let program = c_program("locations");
    let conflicts: BTreeSet<String> = thread::scope(|scope| {
        let writers: Vec<_> = (0..processes)
            .map(|process| {
                let (first, count) = ((process * threads).to_string(), threads.to_string());
                let mut command = Command::new(&program);
                command.arg(&scene.credentials).args(["threads", HANDLE, &first, &count]);
                scope.spawn(move || output(&mut command))
            })
            .collect();
        let finished = writers.into_iter().map(|writer| writer.join().unwrap());
        finished
            .flat_map(|done| {
                assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
                String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
            })
            .collect()
    });
    assert_eq!(scene.values().len(), 3, "one value of the type");
    let text = scene.text_at(2);
    let there = (0..32).filter(|number| text.contains(&format!("\"http://t/{number}\""))).count();
    println!("{processes} processes of {threads} threads: {there} locations, {} conflicts", conflicts.len());
    assert!(there > 0);
    if processes == 1 {
        assert_eq!((there, conflicts.len()), (32, 0), "threads of one client wait for each other");
    }
}

#[test]
fn threads_that_add_lose_nothing() {
    no_location_is_lost(1, 32);
}

#[test]
fn processes_that_add_make_one_value() {
    no_location_is_lost(8, 4);
}

/// A value that one may not read is not doubled.
#[test]
fn hidden_locations_are_left_alone() {
    let server = Server::start();
    let handle = "21.T12345/HIDDEN";
    let values = r#"[{"index": 1, "type": "URL", "data": "http://x/"},
        {"index": 2, "type": "10320/LOC", "data": "<locations><location href='http://y/'/></locations>",
         "permissions": "1100"},
        {"index": 100, "type": "HS_ADMIN", "data": {"format": "admin", "value":
            {"handle": "21.T12345/USER02", "index": 300, "permissions": "101111111111"}}}]"#;
    server.sandbox.put_values(handle, values).unwrap();
    let credentials = server.write(&format!(
        r#"{{"baseuri": "{}", "username": "300:21.T12345/USER02", "password": "user02-secret",
            "HTTPS_verify": "server.pem"}}"#,
        server.sandbox.https_url()
    ));
    let client = Client::new(Config::from_file(credentials).unwrap()).unwrap();
    let before = server.sandbox.record(handle);
    let options = CallOptions::default();
    let added = client.add_locations(handle, &["http://new/"], &[], &options);
    assert_eq!(added.unwrap_err().kind(), Kind::ValueHidden);
    let removed = client.remove_locations(handle, &["http://y/"], &options);
    assert_eq!(removed.unwrap_err().kind(), Kind::ValueHidden);
    assert_eq!(server.sandbox.record(handle), before);
}
