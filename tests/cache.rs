//! The cache of reads, through a C program whose requests the sandbox counts; and reading without a server named.

mod common;

use b2handle_client::{CallOptions, Client, Config, Selection};
use common::certificates::signed;
use common::servers::{Misbehaving, answer, read_request};
use common::{Server, c_program, run};
use rcgen::SanType;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

#[test]
fn what_was_read_is_not_asked_for_again() {
    let server = Server::start();
    let credentials = server.credentials(r#", "cache_size": 100"#);
    let put = |handle: &str, ttl: &str, url: &str| {
        let value = format!(r#"[{{"index": 1, "type": "URL", "data": "{url}", "ttl": {ttl}}}]"#);
        server.sandbox.put_values(handle, &value).unwrap();
    };
    put("21.T12345/TTL-ZERO", "0", "x");
    put("21.T12345/TTL-PAST", "\"2001-01-01T00:00:00Z\"", "x");
    put("21.T12345/TTL-FUTURE", "\"2100-01-01T00:00:00Z\"", "x");
    let mut program = Command::new(c_program("cache"))
        .arg(&credentials)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, stdout) = (program.stdin.take().unwrap(), program.stdout.take().unwrap());
    let mut steps = 0;
    for line in BufReader::new(stdout).lines() {
        let line = line.unwrap();
        if line == "change" {
            put("21.T12345/CACHED", "86400", "http://x/3");
            continue;
        }
        steps += 1;
        let requests: Vec<_> = server.sandbox.requests().into_iter().map(|seen| seen.target).collect();
        assert_eq!(requests.len(), line.parse::<usize>().unwrap(), "step {steps}: {requests:?}");
        server.sandbox.clear_requests();
        writeln!(stdin).unwrap();
    }
    assert!(program.wait().unwrap().success());
    assert!(steps > 15);
}

#[test]
fn without_being_asked_for_there_is_no_cache() {
    let server = Server::start();
    let call = c_program("call");
    for (more, requests) in [("", 2), (r#", "cache_size": 0"#, 2), (r#", "cache_size": 1"#, 1)] {
        let credentials = server.credentials(more);
        server.sandbox.clear_requests();
        run(&call, &[credentials.to_str().unwrap(), "get_twice", "21.T12345/EXAMPLE", "URL"]);
        assert_eq!(server.sandbox.requests().len(), requests, "{more}");
    }
}

/// Where no server is named, Handles are read from https://hdl.handle.net; a stand-in behind a proxy plays it.
#[test]
fn the_global_resolver_is_the_default() {
    let server = Server::start();
    let name = SanType::DnsName("hdl.handle.net".try_into().unwrap());
    let (identity, authority) = signed(name);
    std::fs::write(server.folder.path().join("ca.pem"), authority).unwrap();
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = asked.clone();
    let record = answer(
        "200 OK",
        "application/json;charset=UTF-8",
        r#"{"responseCode":1,"handle":"20.1000/100","values":[{"index":1,"type":"URL","data":{"format":"string",
            "value":"http://www.example.org/"},"ttl":86400,"timestamp":"2024-01-01T00:00:00Z"}]}"#,
    );
    let resolver = Misbehaving::tls(identity, move |stream, _| {
        while let Some(request) = read_request(stream) {
            heard.lock().unwrap().push(request);
            stream.write_all(record.as_bytes()).unwrap();
        }
    });
    let (address, tunnels) = (resolver.address, asked.clone());
    let proxy = Misbehaving::plain(move |mut client| {
        let Some(request) = read_request(&mut client) else { return };
        tunnels.lock().unwrap().push(request);
        let mut server = TcpStream::connect(address).unwrap();
        client.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").unwrap();
        let (mut from_client, mut to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut from_client, &mut to_server);
            let _ = to_server.shutdown(std::net::Shutdown::Write);
        });
        let _ = std::io::copy(&mut server, &mut client);
    });
    let credentials = server.write(&format!(
        r#"{{"proxy": "{}", "HTTPS_verify": "ca.pem", "cache_size": 10}}"#,
        proxy.http_url()
    ));
    let said = run(&c_program("call"), &[credentials.to_str().unwrap(), "get_twice", "20.1000/100", "URL"]);
    assert!(said.contains("status=0") && said.contains("out=http://www.example.org/"), "{said}");
    let asked = asked.lock().unwrap();
    assert_eq!(
        *asked,
        ["CONNECT hdl.handle.net:443 HTTP/1.1", "GET /api/handles/20.1000/100?type=URL HTTP/1.1"]
    );
}

/// Who asks the server itself is not told something older afterwards; and a part of a kept record is a part in JSON, too.
#[test]
fn what_the_server_said_last_counts() {
    let server = Server::start();
    let client = |more: &str| Client::new(Config::from_file(server.credentials(more)).unwrap()).unwrap();
    let (reader, other) = (client(r#", "cache_size": 10"#), client(""));
    let options = CallOptions::default();
    let handle = "21.T12345/GONE";
    other.register_handle(handle, "http://x/", &options).unwrap();
    let whole = reader.get_record(handle, &Selection::default(), &options).unwrap();
    let urls = Selection { types: vec!["URL"], indexes: Vec::new() };
    let part = reader.get_record(handle, &urls, &options).unwrap();
    assert!(whole.json().contains("HS_ADMIN") && !part.json().contains("HS_ADMIN"), "{}", part.json());
    assert!(part.json().contains("http://x/"));
    other.delete_handle(handle, &options).unwrap();
    assert!(reader.handle_exists(handle, &options).unwrap(), "it is still kept");
    let itself = CallOptions { authoritative: true, ..CallOptions::default() };
    assert!(!reader.handle_exists(handle, &itself).unwrap());
    assert!(!reader.handle_exists(handle, &options).unwrap());
}
