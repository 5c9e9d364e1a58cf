//! Replies through a socket: whatever a server sends, each call ends in time, and a write is a success only where the server
//! said so.

mod judge;
mod script;
mod server;

use b2handle_client::{CallOptions, Change, Client, Config, Error, Kind, Search, Values, Victims};
use script::Script;
use server::{Served, server};
use std::time::{Duration, Instant};

pub(crate) const HANDLE: &str = "21.T12345/A";

/// How long a call may take, and how much more it may take on a busy machine.
const DEADLINE: Duration = Duration::from_millis(100);
const SLACK: Duration = Duration::from_secs(3);

/// How a server behaves, then its replies, as [`Script`] reads them.
pub fn run(data: &[u8]) {
    let Some((&[operation, way], rest)) = data.split_first_chunk() else { return };
    let script = Script::read(rest);
    let is_hasty = script.hasty;
    let server = server();
    let served = server.play(script);
    let (scheme, login) = match way % 4 {
        0 => ("http", ""),
        1 => ("https", ""),
        2 => ("https", r#""username": "300:21.T12345/USER01", "password": "x","#),
        _ => ("https", r#""username": "300:21.T12345/USER01", "password": "x", "auth_method": "session","#),
    };
    let address = server.address(scheme == "https");
    // Repetitions wait.
    let retries = if way & 0x80 == 0 { 0 } else { 2 };
    let text = format!(
        r#"{{"handle_server_url": "{scheme}://{address}", "reverselookup_baseuri": "{scheme}://{address}", {login}
            "HTTPS_verify": "false", "timeout_ms": {}, "proxy": "", "modify_HS_ADMIN": true, "max_reply_bytes": 8000,
            "max_retries": {retries}}}"#,
        DEADLINE.as_millis()
    );
    let client = Client::new(Config::from_text(&text).unwrap()).unwrap();
    let start = Instant::now();
    let (outcome, writes) = call(&client, operation);
    let time = start.elapsed();
    assert!(time < DEADLINE + SLACK, "a call took {time:?}");
    match outcome {
        Ok(written) => honest(written.as_deref(), writes, &served, is_hasty),
        Err(error) => doubtful(&error, &served),
    }
    let start = Instant::now();
    drop(client);
    assert!(start.elapsed() < Duration::from_secs(5) + SLACK);
}

/// How a call writes.
enum Writes {
    Never,
    /// Not where the record is already as wanted.
    Perhaps,
    Always,
}

/// A success may come with the name that was written.
fn call(client: &Client, operation: u8) -> (Result<Option<String>, Error>, Writes) {
    let options = CallOptions { authenticated: operation >= 128, ..CallOptions::default() };
    let mut values = Values::new();
    values.add_text(Some(1), "URL", "http://x/").unwrap();
    let search = Search { terms: vec![("URL", "*")], prefix: None };
    let records = CallOptions { with_records: true, ..options.clone() };
    match operation % 20 {
        0 => (client.get_value(HANDLE, "URL", &options).map(|_| None), Writes::Never),
        1 => (client.handle_exists(HANDLE, &options).map(|_| None), Writes::Never),
        2 => (client.locations(HANDLE, &options).map(|_| None), Writes::Never),
        3 => (client.list_handles("21.T12345", 5, &options).map(|_| None), Writes::Never),
        4 => (client.search_handles(&search, 5, &options).map(|_| None), Writes::Never),
        5 => (client.search_handles(&search, 0, &records).map(|_| None), Writes::Never),
        6 => (client.check(&options).map(|_| None), Writes::Never),
        7 => (client.config().server_key_from_site(&options).map(|_| None), Writes::Never),
        8 => (client.register_handle(HANDLE, "http://x/", &options).map(Some), Writes::Always),
        9 => (client.register_values(HANDLE, &values, &options).map(Some), Writes::Always),
        10 => (client.mint_handle("21.T12345/", &values, &options).map(Some), Writes::Always),
        11 => (client.modify_value(HANDLE, "URL", "http://new/", &options).map(|()| None), Writes::Perhaps),
        12 => (
            client.modify_values(HANDLE, &values, Change::ModifyOrAdd, &options).map(|()| None),
            Writes::Perhaps,
        ),
        13 => (client.put_values(HANDLE, &values, &options).map(|()| None), Writes::Always),
        14 => (client.delete_handle(HANDLE, &options).map(|()| None), Writes::Always),
        15 => (
            client.delete_values(HANDLE, &Victims::Types(vec!["URL"]), &options).map(|_| None),
            Writes::Perhaps,
        ),
        16 => (client.add_locations(HANDLE, &["http://x/"], &[], &options).map(|()| None), Writes::Perhaps),
        17 => (
            client.exchange_location(HANDLE, "http://x/", "http://y/", &options).map(|()| None),
            Writes::Perhaps,
        ),
        18 => (client.remove_locations(HANDLE, &["http://x/"], &options).map(|_| None), Writes::Perhaps),
        _ => (client.add_to_vlist(HANDLE, 200, "300:21.T12345/U", &options).map(|()| None), Writes::Perhaps),
    }
}

/// Whether the server has confirmed what was a success: in its reply to the write, or to a later reading back.
fn honest(written: Option<&str>, writes: Writes, served: &Served, is_hasty: bool) {
    match (writes, served.since_last_write()) {
        (Writes::Never, since) => assert!(since.is_none()),
        (Writes::Perhaps, None) => {}
        // Who answers before reading, and closes, has not seen what was sent.
        (Writes::Always, None) if is_hasty => {}
        (Writes::Always, None) => panic!("nothing was sent, and that was a success"),
        (_, Some((reply, later))) => {
            let told = later.iter().flat_map(|reply| judge::told(reply));
            let confirmed: Vec<String> = judge::confirmed(reply).into_iter().chain(told).collect();
            let name = written.unwrap_or(HANDLE);
            let is_confirmed = confirmed.iter().any(|handle| handle.eq_ignore_ascii_case(name));
            assert!(is_confirmed, "{name}, not {confirmed:?}: {:?}", String::from_utf8_lossy(reply));
        }
    }
}

/// Whether a failure says that the outcome is open, where the server has confirmed a single write.
fn doubtful(error: &Error, served: &Served) {
    assert!(!error.message().is_empty());
    if let [write] = served.to_writes()[..]
        && error.kind() != Kind::Conflict
    {
        let is_whole = judge::is_whole_success(write, HANDLE);
        assert!(!is_whole || error.is_in_doubt() || served.was_disturbed(), "{error:?}");
    }
}
