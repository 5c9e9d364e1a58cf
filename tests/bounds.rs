//! Servers that send more than anybody wants: each call ends with an error, and takes no more memory than it may.

mod common;

use common::certificates;
use common::servers::{Misbehaving, Stream, read_request};
use common::under::{Tool, not_under};
use common::{c_program, run};
use std::net::TcpStream;

/// The largest reply of these clients, unless a test says otherwise.
const LARGEST: usize = 4 << 20;
/// What a process may take whose client reads such replies (b2h_client_from_json()).
fn most_memory(largest: usize) -> usize {
    4 * largest + (16 << 20)
}

/// Makes a call to a server, and returns what it said.
#[track_caller]
fn call(url: &str, operation: &str, largest: usize) -> String {
    let credentials = format!(
        r#"{{"handle_server_url": "{url}", "HTTPS_verify": false, "username": "300:21.T12345/U", "password": "p",
            "auth_method": "session", "max_reply_bytes": {largest}, "timeout_ms": 20000}}"#
    );
    let said = run(&c_program("bounded"), &[credentials.replace('\n', " ").as_str(), operation]);
    let peak: usize = said.rsplit("peak=").next().unwrap().trim().parse().unwrap();
    let is_ours = !not_under(&[Tool::Asan, Tool::Tsan, Tool::Valgrind], "most of the memory is the tool's");
    assert!(!is_ours || peak << 10 <= most_memory(largest), "{operation}: {said}");
    said
}

/// Sends a head, then a piece again and again, until the client has had enough.
fn endless(head: &'static str, piece: Vec<u8>) -> impl Fn(&mut dyn Stream) + Send + Sync {
    move |stream| {
        let mut next = || {
            read_request(stream)?;
            stream.write_all(head.as_bytes()).ok()?;
            loop {
                stream.write_all(&piece).ok()?;
            }
        };
        let _: Option<()> = next();
    }
}

/// Sends the same bytes to each request.
fn reply(head: String, body: Vec<u8>) -> impl Fn(&mut dyn Stream) + Send + Sync {
    move |stream| {
        while read_request(stream).is_some() {
            if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).is_err() {
                return;
            }
        }
    }
}

fn plain(serve: impl Fn(&mut dyn Stream) + Send + Sync + 'static) -> Misbehaving {
    Misbehaving::plain(move |mut stream: TcpStream| serve(&mut stream))
}

fn tls(serve: impl Fn(&mut dyn Stream) + Send + Sync + 'static) -> Misbehaving {
    Misbehaving::tls(certificates::self_made().identity(), move |stream, _| serve(stream))
}

const TOO_LARGE: &str = "status=106";

#[test]
fn bodies_without_end() {
    let chunk = [format!("{:x}\r\n", 1 << 16).into_bytes(), vec![b' '; 1 << 16], b"\r\n".to_vec()].concat();
    for (head, piece) in [
        ("HTTP/1.1 200 OK\r\n\r\n", vec![b' '; 1 << 16]),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", vec![b' '; 1 << 16]),
        ("HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551000\r\n\r\n", vec![b' '; 1 << 16]),
        ("HTTP/1.1 500 Oh\r\nContent-Length: 9000000000\r\n\r\n", vec![b' '; 1 << 16]),
    ] {
        let server = plain(endless(head, piece.clone()));
        for operation in ["get", "record"] {
            let said = call(&server.http_url(), operation, LARGEST);
            assert!(said.contains(TOO_LARGE) && said.contains("max_reply_bytes"), "{head}: {said}");
        }
        let server = tls(endless(head, piece));
        for operation in ["search", "list", "register"] {
            let said = call(&server.https_url(), operation, LARGEST);
            assert!(said.contains(TOO_LARGE), "{head}: {said}");
        }
    }
}

/// A length is only claimed: the memory for it is not taken before the bytes are there.
#[test]
fn lengths_that_are_not_true() {
    for (claimed, sent, words) in [
        ("67108864", "{\"responseCode\":1", "connection broke"),
        ("3", "{\"responseCode\":1}", "not the REST API"),
        ("18446744073709551616", "{}", "does not speak HTTP"),
        ("-1", "{}", "does not speak HTTP"),
        ("x", "{}", "does not speak HTTP"),
        ("2\r\nContent-Length: 3", "{}", "does not speak HTTP"),
    ] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {claimed}\r\n\r\n{sent}");
        let server = plain(move |stream| {
            read_request(stream);
            let _ = stream.write_all(head.as_bytes());
        });
        let said = call(&server.http_url(), "get", LARGEST);
        assert!(!said.contains("status=0") && said.contains(words), "{claimed}: {said}");
    }
    for chunk in ["fffffffffffffffff\r\n", "-1\r\n", "x\r\n", "\r\n"] {
        let head = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}");
        let server = plain(endless("", [head.as_bytes(), &[b'x'; 1 << 16]].concat()));
        let said = call(&server.http_url(), "get", LARGEST);
        assert!(!said.contains("status=0"), "{chunk}: {said}");
    }
}

#[test]
fn heads_without_end() {
    let line = |bytes| format!("X: {}\r\n", "x".repeat(bytes)).into_bytes();
    for (head, piece, words) in [
        ("HTTP/1.1 200 OK\r\n", line(1 << 20), "head"),
        ("HTTP/1.1 200 OK\r\nX: ", vec![b'x'; 1 << 16], "head"),
        ("HTTP/1.1 200 OK\r\n", line(10), "head"),
        ("HTTP/1.1 200 ", vec![b'x'; 1 << 16], "head"),
        ("", vec![b'x'; 1 << 16], "does not speak HTTP"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", vec![b'x'; 1 << 16], ""),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", line(1000), ""),
    ] {
        let server = plain(endless(head, piece));
        let said = call(&server.http_url(), "get", LARGEST);
        assert!(!said.contains("status=0") && said.contains(words), "{head}: {said}");
    }
    let thousands = "X: y\r\n".repeat(5000);
    let server = plain(reply(format!("HTTP/1.1 200 OK\r\n{thousands}\r\n"), b"{}".to_vec()));
    let said = call(&server.http_url(), "get", LARGEST);
    assert!(said.contains("head"), "{said}");
}

/// These are no reply yet; the deadline is what ends them.
#[test]
fn provisional_replies_without_end() {
    for piece in ["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"] {
        let server = plain(endless("", piece.repeat(1000).into_bytes()));
        let credentials = format!(r#"{{"handle_server_url": "{}"}}"#, server.http_url());
        let said = run(&c_program("bounded"), &[credentials.as_str(), "get", "500"]);
        assert!(said.contains("status=45"), "{said}");
    }
}

#[test]
fn deep_and_wide_json() {
    let of = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    let record =
        |values: &str| format!(r#"{{"responseCode":1,"handle":"21.T12345/X","values":[{values}0]}}"#);
    for (body, largest, status) in [
        (of("[", 100_000), LARGEST, "status=100"),
        (of("{\"a\":", 100_000), LARGEST, "status=100"),
        (of("[", LARGEST), LARGEST, ""),
        (of("[", 64 << 20), 64 << 20, TOO_LARGE),
        (record(&of("0,", 63 << 20)), 64 << 20, TOO_LARGE),
        (record(&of("{\"\":0},", 63 << 20)), 64 << 20, TOO_LARGE),
        (record(&of("{\"\":0},", 4_000_000)), LARGEST, TOO_LARGE),
        (record(&of("{\"\":0},", 60_000)), 65_536, "status=105"),
        (record(&of("\"\",", 60 << 20)), 64 << 20, TOO_LARGE),
        (of("\\u0000", 60 << 20), 64 << 20, "status=100"),
        // As much as is allowed.
        (record(&of("{\"\":0},", 1_300_000)), 64 << 20, "status=105"),
        (record(&of("[0],", 2_500_000)), 64 << 20, "status=105"),
        (record(&of("0,", 4_300_000)), 64 << 20, "status=105"),
        (record(&of("\"x\",", 4_700_000)), 64 << 20, "status=105"),
        (record(&(of("0,", 4_300_000) + "\"" + &of("\\n", 58 << 20) + "\",")), 64 << 20, "status=105"),
    ] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        let server = plain(reply(head, body.clone().into_bytes()));
        let said = call(&server.http_url(), "record", largest);
        assert!(said.contains(status), "{}: {said}", &body[..50]);
    }
}

/// The largest values there can be are read, and take as much memory as the client says.
#[test]
fn text_as_large_as_allowed() {
    for text in ["x", "\\u00fc", "\\n", "\\u0000"] {
        let largest = 64 << 20;
        let value = text.repeat(((63 << 20) + 1000) / text.len());
        let body = format!(
            r#"{{"responseCode":1,"handle":"21.T12345/X","values":[{{"index":1,"type":"URL","data":{{"format":"string",
                "value":"{value}"}},"ttl":86400}}]}}"#
        );
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        let server = plain(reply(head, body.into_bytes()));
        for operation in ["get", "record"] {
            let said = call(&server.http_url(), operation, largest);
            let status = if text == "\\u0000" && operation == "get" { "status=83" } else { "status=0" };
            assert!(said.contains(status), "{text} {operation}: {said}");
        }
    }
}

/// No encoding is asked for, and none is undone: a small body that would be a large one stays small.
#[test]
fn compressed_bodies_stay_as_they_are() {
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n".to_owned();
    let server = plain(reply(head, b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0".to_vec()));
    let said = call(&server.http_url(), "get", LARGEST);
    assert!(said.contains("status=100"), "{said}");
}
