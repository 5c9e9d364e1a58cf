//! The search of PYHANDLE and of B2HANDLE, and ours, against the reverse lookup of the same sandbox.

use crate::common::Server;
use crate::peer::{Code, Peer};

const PEERS: [Code; 3] = [Code::Pyhandle, Code::B2handle, Code::Ours];

const USER: &str = r#", "reverselookup_username": "search", "reverselookup_password": "search-secret""#;

fn peer(code: Code, server: &Server, more: &str) -> Option<Peer> {
    Peer::start(code, server, &format!("{USER}{more}"))
}

fn server() -> Server {
    let server = Server::start();
    for (handle, url, checksum) in [
        ("21.T12345/ONE", "http://x/one", "sha2:1"),
        ("21.T12345/TWO", "http://x/two", "sha2:1"),
        ("21.T123456/THREE", "http://x/one", "sha2:2"),
    ] {
        let values = format!(
            r#"[{{"index": 1, "type": "URL", "data": "{url}"}}, {{"index": 2, "type": "CHECKSUM", "data": "{checksum}"}},
                {{"index": 3, "type": "EMAIL", "data": "e@x"}}]"#
        );
        server.sandbox.put_values(handle, &values).unwrap();
    }
    server
}

#[test]
fn all_find_the_same() {
    let server = server();
    for code in PEERS {
        let Some(mut all) = peer(code, &server, r#", "allowed_search_keys": []"#) else { return };
        let Some(mut usual) = peer(code, &server, "") else { return };
        for (fields, found) in [
            (&["", "URL", "http://x/one"][..], &["21.T12345/ONE", "21.T123456/THREE"][..]),
            (&["21.T12345", "URL", "http://x/one"], &["21.T12345/ONE"]),
            (&["21.T12345", "URL", "http://x/*"], &["21.T12345/ONE", "21.T12345/TWO"]),
            (&["", "URL", "*one", "CHECKSUM", "sha2:2"], &["21.T123456/THREE"]),
            (&["", "CHECKSUM", "nowhere"], &[]),
        ] {
            for peer in [&mut usual, &mut all] {
                let answer = peer.ask(&[&["search"], fields].concat());
                assert_eq!(answer.outcome(), "ok", "{code:?} {fields:?}: {answer:?}");
                assert_eq!(answer.read, found, "{code:?} {fields:?}");
            }
        }
        let by_mail = ["search", "21.T12345", "EMAIL", "e@x"];
        assert_eq!(all.ask(&by_mail).read, ["21.T12345/ONE", "21.T12345/TWO"], "{code:?}");
        let refused = usual.ask(&by_mail);
        let expected = if code == Code::Ours { "not allowed" } else { "ReverseLookupException" };
        assert_eq!(refused.outcome(), expected, "{code:?}: {refused:?}");
    }
}

/// Without a user of the servlet, that for the Handle server is tried, and refused.
#[test]
fn all_are_refused_alike() {
    let server = server();
    for code in PEERS {
        let Some(mut peer) = Peer::start(code, &server, "") else { return };
        let refused = peer.ask(&["search", "", "URL", "http://x/one"]);
        let expected = if code == Code::Ours { "refused" } else { "ReverseLookupException" };
        assert_eq!(refused.outcome(), expected, "{code:?}: {refused:?}");
    }
}
