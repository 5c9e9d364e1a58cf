//! Servers that reset connections at every moment, and a host that SIGPIPE ends.

mod common;

use common::certificates::self_made;
use common::servers::{Misbehaving, Stream, read_request};
use common::{c_program, run};
use socket2::SockRef;
use std::net::TcpStream;
use std::time::Duration;

/// When the server resets a connection.
#[derive(Clone, Copy, Debug)]
enum Moment {
    Accepted,
    /// This many bytes of a request have come.
    Read(usize),
    Received,
    /// Half of a large reply is sent.
    Answering,
    Answered,
    /// The first byte of the second request has come.
    Again,
}

const MOMENTS: [Moment; 7] = [
    Moment::Accepted,
    Moment::Read(1),
    Moment::Read(100_000),
    Moment::Received,
    Moment::Answering,
    Moment::Answered,
    Moment::Again,
];

/// Serves a connection until the moment has come; what is dropped then is reset, not closed.
fn serve(stream: &mut dyn Stream, tcp: &TcpStream, moment: Moment) -> Option<()> {
    SockRef::from(tcp).set_linger(Some(Duration::ZERO)).unwrap();
    match moment {
        Moment::Accepted => return None,
        Moment::Read(bytes) => {
            let mut some = vec![0; bytes.min(4096)];
            let mut left = bytes;
            while left > 0 {
                // A small request ends before: then nothing more comes until the client gives up.
                tcp.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
                left = left.saturating_sub(stream.read(&mut some).ok().filter(|&count| count > 0)?);
            }
            return None;
        }
        _ => {}
    }
    read_request(stream)?;
    let text = "x".repeat(if matches!(moment, Moment::Answering) { 8 << 20 } else { 1 });
    let body = format!(
        r#"{{"responseCode":1,"handle":"21.T12345/EXAMPLE","values":[{{"index":1,"type":"URL","data":{{"format":"string",
        "value":"{text}"}},"ttl":86400}}]}}"#
    );
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    if matches!(moment, Moment::Received) {
        return None;
    }
    stream.write_all(head.as_bytes()).ok()?;
    if matches!(moment, Moment::Answering) {
        return stream.write_all(&body.as_bytes()[..4 << 20]).ok();
    }
    stream.write_all(body.as_bytes()).ok()?;
    stream.flush().ok()?;
    if matches!(moment, Moment::Again) {
        stream.read_exact(&mut [0]).ok()?;
    }
    None
}

fn survives(server: &Misbehaving, url: &str, credentials: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials.json");
    let json =
        format!(r#"{{"handle_server_url": "{url}", "max_retries": 1, "timeout_ms": 3000{credentials}}}"#);
    std::fs::write(&path, json).unwrap();
    for mib in ["0", "8"] {
        assert_eq!(run(&c_program("host_sigpipe"), &[path.to_str().unwrap(), mib, "2"]), "");
    }
    assert!(server.connections.load(std::sync::atomic::Ordering::Relaxed) > 3);
}

#[test]
fn resets_over_http() {
    for moment in MOMENTS {
        let server = Misbehaving::plain(move |mut stream| {
            let tcp = stream.try_clone().unwrap();
            serve(&mut stream, &tcp, moment);
        });
        survives(&server, &server.http_url(), "");
    }
}

#[test]
fn resets_over_https() {
    for moment in MOMENTS {
        let server = Misbehaving::tls(self_made().identity(), move |stream, tcp| {
            serve(stream, tcp, moment);
        });
        let credentials = r#", "HTTPS_verify": false, "username": "300:21.T12345/USER01", "password": "x""#;
        survives(&server, &server.https_url(), credentials);
    }
}
