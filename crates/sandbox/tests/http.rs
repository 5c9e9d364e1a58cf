//! The transport: framing, connections, malformed requests, TLS (BEHAVIOUR.md 1, 6.4).

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

mod support;

use b2h_sandbox::{Options, Sandbox};
use rustls::ClientConnection;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, LazyLock};
use support::*;
use x509_parser::prelude::{FromDer, X509Certificate, X509Version};

static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| Sandbox::start(Options::default()).unwrap());

const GET: &str = "GET /api/handles/21.T12345/EXAMPLE?index=1 HTTP/1.1\r\nHost: x\r\n\r\n";

#[test]
fn headers_are_minimal() {
    let ok = Wire::plain(&SANDBOX).ask(GET);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\n\
                Vary: Accept-Encoding\r\nTransfer-Encoding: chunked\r\n\r\n";
    assert_eq!(ok.head, head);
    let missing = Wire::plain(&SANDBOX).ask(request(None, "GET", "/api/handles/21.T12345/NOPE", ""));
    let head = "HTTP/1.1 404 Not Found\r\nContent-Type: application/json;charset=UTF-8\r\n\
                Content-Length: 46\r\n\r\n";
    assert_eq!(missing.head, head);
}

#[test]
fn keep_alive_and_pipelining() {
    for mut wire in [Wire::plain(&SANDBOX), Wire::tls(&SANDBOX)] {
        wire.send(GET.repeat(3));
        for _ in 0..3 {
            assert_eq!(wire.answer().status, 200);
        }
    }
    let mut wire = Wire::tls(&SANDBOX);
    for (status, request) in [
        (404, request(None, "GET", "/api/handles/21.T12345/NOPE", "")),
        // Refused before the body is read: it must not be taken for a request.
        (401, request(Some(("x", "y")), "PUT", "/api/handles/21.T12345/T", "[]")),
        (400, request(Some(OWNER), "PUT", "/api/handles/21.T12345/T", "{bad")),
    ] {
        assert_eq!(wire.ask(request).status, status);
        assert_eq!(wire.ask(GET).status, 200);
    }
}

#[test]
fn close_delimited_bodies() {
    for head in [
        "HTTP/1.0\r\n",
        "HTTP/1.0\r\nConnection: keep-alive\r\n",
        "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n",
    ] {
        let mut wire = Wire::plain(&SANDBOX);
        let answer = wire.ask(format!("GET /api/handles/21.T12345/EXAMPLE?index=1 {head}\r\n"));
        assert!(answer.has_header("Connection: close"), "{answer:?}");
        assert!(!answer.head.contains("Transfer-Encoding") && !answer.head.contains("Content-Length"));
        assert_eq!(answer.code(), 1);
    }
}

#[test]
fn malformed_requests_end_the_connection() {
    for (request, expected) in [
        ("GET /api/handles/a b HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(), "400 Bad Request|Error: 400"),
        ("GET /api/handles/%zz HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(), "400 Bad Request|Error: 400"),
        ("GET /x HTTP/2.0\r\nHost: x\r\n\r\n".to_owned(), "400 Bad Request|Error: 400"),
        (
            format!("GET /x HTTP/1.1\r\nHost: x\r\nX-Big: {}\r\n\r\n", "a".repeat(33_000)),
            "413 Request Entity Too Large: head|Error: Request Entity Too Large: head",
        ),
    ] {
        let mut wire = Wire::plain(&SANDBOX);
        wire.send(&request);
        let (status, body) = expected.split_once('|').unwrap();
        let expected = format!("HTTP/1.1 {status}\r\nConnection: close\r\n\r\n{body}");
        assert_eq!(wire.rest(), expected, "{:.60}", request);
    }
    let mut wire = Wire::plain(&SANDBOX);
    wire.send("GET /api/handles/21.T12345/EXAMPLE HTTP/1.1\r\n\r\n");
    assert_eq!(wire.rest(), "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let mut wire = Wire::plain(&SANDBOX);
    wire.send("GET /api/handles/21.T12345/EXAMPLE\r\n");
    assert_eq!(wire.rest(), "", "HTTP/0.9");
}

#[test]
fn heads_of_sixteen_kilobytes_go_through() {
    let request = GET.replace("\r\n\r\n", &format!("\r\nX-Big: {}\r\n\r\n", "a".repeat(16_000)));
    assert_eq!(Wire::plain(&SANDBOX).ask(request).status, 200);
}

#[test]
fn bodies_in_chunks_and_after_continue() {
    let body = format!("[{OWNED}]");
    let head = |more: &str| {
        format!(
            "PUT /api/handles/21.T12345/BODIES HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\n\
             Content-Type: application/json\r\n{more}\r\n",
            basic(OWNER.0, OWNER.1)
        )
    };
    let mut wire = Wire::tls(&SANDBOX);
    let (start, end) = body.split_at(20);
    let chunks = format!("14\r\n{start}\r\n{:x};x=y\r\n{end}\r\n0\r\nTrailer: x\r\n\r\n", end.len());
    assert_eq!(wire.ask(head("Transfer-Encoding: chunked\r\n") + &chunks).status, 201);
    let length = format!("Content-Length: {}\r\nExpect: 100-continue\r\n", body.len());
    assert_eq!(wire.ask(head(&length)).head, "HTTP/1.1 100 Continue\r\n\r\n");
    assert_eq!(wire.ask(&body).status, 200);
    // Without length and chunks the body is empty, and what follows is the next request.
    assert_eq!(wire.ask(head("")).status, 400);
    assert_eq!(wire.ask(GET).status, 200);
    // A 401 before the body: the client will not send it.
    let refused = head(&length).replace("Authorization: Basic ", "Authorization: Basic x");
    let answer = wire.ask(refused);
    assert!(answer.status == 401 && answer.has_header("Connection: close"), "{answer:?}");
    assert_eq!(wire.rest(), "");
}

#[test]
fn head_options_trace_and_unknown_methods() {
    let mut wire = Wire::plain(&SANDBOX);
    let got = wire.ask(GET);
    wire.send(GET.replace("GET", "HEAD"));
    assert!(wire.take_until("\r\n\r\n").contains(&format!("Content-Length: {}\r\n", got.body.len())));
    let options = wire.ask(GET.replace("GET", "OPTIONS"));
    assert!(options.has_header("Allow: GET, HEAD, POST, PUT, DELETE, TRACE, OPTIONS"), "{options:?}");
    let trace = wire.ask(GET.replace("GET", "TRACE"));
    assert_eq!(trace.body, "TRACE /api/handles/21.T12345/EXAMPLE HTTP/1.1\r\nHost: x\r\n");
    assert_eq!(wire.ask(GET.replace("GET", "get")).status, 200);
    let patch = wire.ask(GET.replace("GET", "PATCH"));
    assert_eq!((patch.status, patch.code()), (501, 4));
}

#[test]
fn gzip_for_success_only() {
    let gzip = |handle: &str| {
        format!("GET /api/handles/{handle} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
    };
    let mut wire = Wire::plain(&SANDBOX);
    wire.send(gzip("21.T12345/NOPE"));
    assert!(!wire.answer().head.contains("gzip"));
    wire.send(gzip("21.T12345/EXAMPLE"));
    assert!(wire.take_until("\r\n\r\n").contains("\r\nContent-Encoding: gzip\r\n"));
}

#[test]
fn certificate_is_like_the_real_one() {
    let der = CertificateDer::from_pem_slice(SANDBOX.certificate_pem().as_bytes()).unwrap();
    let (rest, certificate) = X509Certificate::from_der(&der).unwrap();
    assert!(rest.is_empty());
    assert_eq!(certificate.version, X509Version::V3);
    assert!(certificate.extensions().is_empty());
    assert_eq!(certificate.subject().to_string(), "CN=anonymous");
    assert_eq!(certificate.issuer(), certificate.subject());
    assert_eq!(certificate.raw_serial().len(), 20);
    let validity = certificate.validity();
    assert_eq!(
        (validity.not_before.timestamp(), validity.not_after.timestamp()),
        (946_684_800, 253_402_300_799)
    );
    assert_eq!(certificate.signature_algorithm.algorithm.to_id_string(), "1.2.840.113549.1.1.11");
    assert_eq!(certificate.public_key().parsed().unwrap().key_size(), 2048);
}

#[test]
fn the_served_certificate_is_the_one_reported() {
    let config = client_config(&rustls::version::TLS12);
    let mut connection = ClientConnection::new(config, ServerName::from(SANDBOX.address().ip())).unwrap();
    let mut stream = tcp(&SANDBOX);
    while connection.is_handshaking() {
        connection.complete_io(&mut stream).unwrap();
    }
    let reported = CertificateDer::from_pem_slice(SANDBOX.certificate_pem().as_bytes()).unwrap();
    assert_eq!(connection.peer_certificates(), Some(&[reported][..]));
    let suite = connection.negotiated_cipher_suite().unwrap().suite();
    assert_eq!(suite, rustls::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
    assert_eq!(connection.alpn_protocol(), None);
}

#[test]
fn tls_1_3_only_clients_see_a_closed_connection() {
    let config = client_config(&rustls::version::TLS13);
    let mut connection = ClientConnection::new(config, ServerName::from(SANDBOX.address().ip())).unwrap();
    let mut stream = tcp(&SANDBOX);
    connection.write_tls(&mut stream).unwrap();
    let mut alert = Vec::new();
    // A reset is a close, too.
    let _ = stream.read_to_end(&mut alert);
    assert_eq!(alert, b"");
}

#[test]
fn requests_are_logged_and_dropping_closes() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let mut wire = Wire::plain(&sandbox);
    assert_eq!(wire.ask(GET).status, 200);
    assert_eq!(wire.ask(request(None, "DELETE", "/api/handles/21.T12345/EXAMPLE", "")).status, 403);
    let seen = sandbox.requests();
    assert_eq!((seen[0].method.as_str(), seen[0].status), ("GET", 200));
    assert_eq!(seen[0].target, "/api/handles/21.T12345/EXAMPLE?index=1");
    assert_eq!(sandbox.count("GET", "/api/handles/21.T12345/"), 1);
    assert_eq!(sandbox.count("DELETE", "/api/"), 1);
    sandbox.clear_requests();
    assert_eq!(sandbox.requests(), []);

    let address = sandbox.address();
    let mut idle = tcp(&sandbox);
    drop(sandbox);
    assert_eq!(wire.rest(), "");
    assert!(matches!(idle.read(&mut [0]), Ok(0) | Err(_)));
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn many_clients_at_once() {
    let sandbox = Arc::new(Sandbox::start(Options::default()).unwrap());
    let create =
        request(Some(OWNER), "PUT", "/api/handles/21.T12345/RACE?overwrite=false", &format!("[{OWNED}]"));
    let clients: Vec<_> = (0..20)
        .map(|_| {
            let (sandbox, create) = (Arc::clone(&sandbox), create.clone());
            std::thread::spawn(move || Wire::tls(&sandbox).ask(create).status)
        })
        .collect();
    let mut statuses: Vec<u16> = clients.into_iter().map(|client| client.join().unwrap()).collect();
    statuses.sort_unstable();
    assert_eq!((statuses[0], &statuses[1..]), (201, &[409; 19][..]));
}

#[test]
fn half_a_request_is_no_request() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let mut stream = tcp(&sandbox);
    stream.write_all(&GET.as_bytes()[..20]).unwrap();
    drop(stream);
    assert_eq!(Wire::plain(&sandbox).ask(GET).status, 200);
    assert_eq!(sandbox.requests().len(), 1);
}
