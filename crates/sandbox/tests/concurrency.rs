//! Many clients at once (BEHAVIOUR.md 5.8).

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

mod support;

use b2h_sandbox::{Options, Sandbox};
use std::sync::Barrier;
use support::*;

const CLIENTS: usize = 64;

/// The statuses of one request from each client, all sent at the same moment.
fn at_once(sandbox: &Sandbox, request: impl Fn(usize) -> String + Sync) -> Vec<u16> {
    let start = Barrier::new(CLIENTS);
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (start, request) = (&start, &request);
                scope.spawn(move || {
                    let mut wire = Wire::tls(sandbox);
                    // The handshake is over before the race begins.
                    assert_eq!(wire.ask(support::request(None, "GET", "/api/site", "")).status, 200);
                    start.wait();
                    wire.ask(request(number)).status
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    })
}

fn count(statuses: &[u16], status: u16) -> usize {
    statuses.iter().filter(|known| **known == status).count()
}

#[test]
fn one_of_many_creates_wins() {
    let folder = tempfile::tempdir().unwrap();
    for data in [None, Some(folder.path().join("data.db"))] {
        let sandbox = Sandbox::start(Options { data, ..Options::default() }).unwrap();
        let target = "/api/handles/21.T12345/RACE";
        let create =
            |_| request(Some(OWNER), "PUT", &format!("{target}?overwrite=false"), &format!("[{OWNED}]"));
        let statuses = at_once(&sandbox, create);
        assert_eq!((count(&statuses, 201), count(&statuses, 409)), (1, CLIENTS - 1));
        assert_eq!(sandbox.writes("21.T12345/RACE"), 1);

        let add = |number| {
            let index = number + 200;
            let value = format!(r#"[{{"index":{index},"type":"N","data":"{number}"}}]"#);
            request(Some(OWNER), "PUT", &format!("{target}?index={index}"), &value)
        };
        assert_eq!(count(&at_once(&sandbox, add), 201), CLIENTS);
        let record = sandbox.record("21.T12345/RACE").unwrap();
        assert_eq!(record["values"].as_array().unwrap().len(), CLIENTS + 1);

        let delete = |_| request(Some(OWNER), "DELETE", target, "");
        let statuses = at_once(&sandbox, delete);
        assert_eq!((count(&statuses, 200), count(&statuses, 404)), (1, CLIENTS - 1));
    }
}
