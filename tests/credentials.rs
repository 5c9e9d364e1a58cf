//! Every way to prove who one is, seen from C: keys and certificates as they are, on each kind of server.

mod common;

use b2h_sandbox::ClientAuth;
use common::dialog::Dialog;
use common::servers::{Misbehaving, relay_to};
use common::{PASSWORD, Server, USER, c_program, compile, own_keys, root, run, server_with, shared};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

const MODES: [ClientAuth; 3] = [ClientAuth::None, ClientAuth::Want, ClientAuth::Need];

/// The server of the recordings, whose users have the recorded keys.
fn recorded(mode: ClientAuth) -> Option<(Server, PathBuf)> {
    let folder = shared("handle-server")?;
    let server = Server::start_with(|options| {
        options.fixture = Some(folder.join("fixture.json"));
        options.client_auth = mode;
    });
    Some((server, folder.join("keys")))
}

/// Credentials for a server, with these keys beside the address.
fn credentials(server: &Server, more: &str) -> PathBuf {
    server.write(&format!(
        r#"{{"baseuri": "{}", "HTTPS_verify": "server.pem", "prefix": "21.T12345", {more}}}"#,
        server.sandbox.https_url()
    ))
}

fn call(credentials: &Path, arguments: &[&str]) -> String {
    run(&c_program("call"), &[&[credentials.to_str().unwrap()], arguments].concat())
}

/// Registers and deletes a Handle with these credentials; who the server took us for, and by whose certificate.
#[track_caller]
fn works(server: &Server, more: &str) -> (String, Option<String>) {
    server.sandbox.clear_requests();
    let mut client = Dialog::start(&credentials(server, more));
    client.succeeds("register 21.T12345/MINE http://x/");
    client.succeeds("get 21.T12345/MINE URL");
    client.succeeds("delete 21.T12345/MINE");
    client.free();
    let requests = server.sandbox.requests();
    let put = requests.iter().find(|request| request.target.starts_with("/api/handles/")).unwrap();
    (put.caller.clone().unwrap(), put.certificate.clone())
}

#[test]
fn certificates_and_keys_work_on_every_server() {
    let keys = own_keys();
    let certificate = keys.join("rsa.certificate.pem");
    let both = [fs::read(&certificate).unwrap(), fs::read(keys.join("rsa.pem")).unwrap()].concat();
    let folder = tempfile::tempdir().unwrap();
    let together = folder.path().join("both.pem");
    fs::write(&together, both).unwrap();
    for mode in MODES {
        let server = server_with(&keys.join("rsa.public.pem"), 301, mode);
        let certificate = certificate.display();
        let key = keys.join("rsa.pem");
        let key = key.display();
        let together = together.display();
        for more in [
            // As B2HANDLE's documents have it.
            format!(r#""private_key": "{key}", "certificate_only": "{certificate}""#),
            format!(r#""certificate_and_key": "{together}""#),
            // X.509 version 1.
            format!(
                r#""private_key": "{key}", "certificate_only": "{}/rsa.certificate.v1.pem""#,
                keys.display()
            ),
        ] {
            let (caller, certificate) = works(&server, &more);
            assert_eq!(caller, "301:21.T12345/USER01", "{mode:?}");
            let shown = (mode != ClientAuth::None).then(|| "301:21.T12345/USER01".to_owned());
            assert_eq!(certificate, shown, "{mode:?}");
            assert_eq!(server.sandbox.count("PUT", "/api/sessions/this"), 1);
            assert_eq!(server.sandbox.count("DELETE", "/api/sessions/this"), 1);
        }
        if mode == ClientAuth::Need {
            continue;
        }
        let (caller, certificate) =
            works(&server, &format!(r#""private_key": "{key}", "username": "301:21.T12345/USER01""#));
        assert_eq!((caller.as_str(), certificate), ("301:21.T12345/USER01", None));
    }
}

#[test]
fn reading_stays_anonymous_where_the_server_allows_it() {
    let keys = own_keys();
    for (mode, expected) in [(ClientAuth::Want, None), (ClientAuth::Need, Some("301:21.T12345/USER01"))] {
        let server = server_with(&keys.join("rsa.public.pem"), 301, mode);
        let more = format!(
            r#""private_key": "{0}/rsa.pem", "certificate_only": "{0}/rsa.certificate.pem""#,
            keys.display()
        );
        let mut client = Dialog::start(&credentials(&server, &more));
        client.succeeds("register 21.T12345/READ http://x/");
        server.sandbox.clear_requests();
        client.succeeds("get 21.T12345/READ URL");
        client.succeeds("get 21.T12345/READ URL");
        let requests = server.sandbox.requests();
        assert_eq!(requests.len(), 2);
        for request in requests {
            assert_eq!(request.caller.as_deref(), expected, "{mode:?}");
        }
    }
}

/// A connection that breaks once says nothing about certificates: reading stays anonymous, and so also works where a
/// value of the record is private.
#[test]
fn a_broken_connection_is_no_demand_for_a_certificate() {
    let keys = own_keys();
    let server = server_with(&keys.join("rsa.public.pem"), 301, ClientAuth::Want);
    let private = r#"[{"index": 1, "type": "URL", "data": "http://x/"},
        {"index": 2, "type": "NOTE", "data": "x", "permissions": "1000"}]"#;
    server.sandbox.put_values("21.T12345/PARTLY", private).unwrap();
    let address = server.sandbox.address();
    let seen = AtomicUsize::new(0);
    let relay = Misbehaving::plain(move |client| {
        if seen.fetch_add(1, Ordering::Relaxed) > 0 {
            relay_to(&client, address);
        }
    });
    let credentials = server.write(&format!(
        r#"{{"baseuri": "{}", "HTTPS_verify": "server.pem", "private_key": "{1}/rsa.pem",
            "certificate_only": "{1}/rsa.certificate.pem"}}"#,
        relay.https_url(),
        keys.display()
    ));
    let mut client = Dialog::start(&credentials);
    for _ in 0..3 {
        client.succeeds("get 21.T12345/PARTLY URL");
    }
    assert!(server.sandbox.requests().iter().all(|request| request.caller.is_none()));
}

#[test]
fn a_password_passes_a_server_that_wants_certificates() {
    let keys = own_keys();
    let server = server_with(&keys.join("rsa.public.pem"), 301, ClientAuth::Need);
    let password = format!(r#""username": "{USER}", "password": "{PASSWORD}""#);
    let said = call(&credentials(&server, &password), &["register", "21.T12345/X", "http://x/"]);
    assert!(said.starts_with("status=42\n") && said.contains("requires a client certificate"), "{said}");
    let certificate = format!(
        r#""private_key": "{0}/rsa.pem", "certificate_only": "{0}/rsa.certificate.pem""#,
        keys.display()
    );
    let (caller, shown) = works(&server, &format!("{password}, {certificate}"));
    assert_eq!((caller.as_str(), shown.as_deref()), (USER, Some("301:21.T12345/USER01")));
}

/// The reverse lookup of the same server is behind the same handshake.
#[test]
fn a_reverse_lookup_behind_a_server_that_wants_certificates() {
    let keys = own_keys();
    let server = server_with(&keys.join("rsa.public.pem"), 301, ClientAuth::Need);
    let more = format!(
        r#""private_key": "{0}/rsa.pem", "certificate_only": "{0}/rsa.certificate.pem",
            "reverselookup_username": "search", "reverselookup_password": "search-secret""#,
        keys.display()
    );
    let said = call(&credentials(&server, &more), &["check"]);
    assert!(said.contains("reverse lookup 0 "), "{said}");
}

#[test]
fn auth_method_overrides() {
    let keys = own_keys();
    let server = server_with(&keys.join("rsa.public.pem"), 301, ClientAuth::Want);
    let certificate = format!(
        r#""private_key": "{0}/rsa.pem", "certificate_only": "{0}/rsa.certificate.pem""#,
        keys.display()
    );
    let password = format!(r#""username": "{USER}", "password": "{PASSWORD}""#);
    let logins = || server.sandbox.count("PUT", "/api/sessions/this");

    let (caller, shown) = works(&server, &format!(r#"{certificate}, "auth_method": "client_certificate""#));
    assert_eq!((caller.as_str(), shown.is_some(), logins()), ("301:21.T12345/USER01", true, 0));
    let (caller, _) = works(&server, &format!(r#"{certificate}, "auth_method": "session""#));
    assert_eq!((caller.as_str(), logins()), ("301:21.T12345/USER01", 1));
    let (caller, shown) = works(&server, &format!(r#"{password}, "auth_method": "session""#));
    assert_eq!((caller.as_str(), shown, logins()), (USER, None, 1));
    for basic in ["", r#", "auth_method": "auto""#, r#", "auth_method": "basic""#] {
        let (caller, shown) = works(&server, &format!("{password}, {certificate}{basic}"));
        assert_eq!((caller.as_str(), shown, logins()), (USER, None, 0), "{basic}");
    }

    // The stock server asks for no certificate in the handshake.
    let server = server_with(&keys.join("rsa.public.pem"), 301, ClientAuth::None);
    let said = call(
        &credentials(&server, &format!(r#"{certificate}, "auth_method": "client_certificate""#)),
        &["register", "21.T12345/X", "http://x/"],
    );
    assert!(said.starts_with("status=61\n") && said.contains("auth_method"), "{said}");
}

/// Certificates of the recordings with what is special about them: file, key, index that the server finds.
const RECORDED: &[(&str, &str, &str)] = &[
    ("user01-301-cert-cn.pem", "user01-301-rsa2048-priv.pem", "301:21.T12345/USER01"),
    ("user01-301-cert-uid.pem", "user01-301-rsa2048-priv.bin", "301:21.T12345/USER01"),
    ("user01-301-cert-cn-uid.pem", "user01-301-rsa2048-priv.noncrt.bin", "301:21.T12345/USER01"),
    ("user01-301-cert-o-cn.pem", "user01-301-rsa2048-priv.pem", "301:21.T12345/USER01"),
    ("user01-301-cert-o-only.pem", "user01-301-rsa2048-priv.pem", "301:21.T12345/USER01"),
    ("user01-301-cert-cn-expired.pem", "user01-301-rsa2048-priv.pem", "301:21.T12345/USER01"),
    ("user01-301-cert-cn-notyet.pem", "user01-301-rsa2048-priv.pem", "301:21.T12345/USER01"),
    ("user01-301-cert-cn-ca-signed.pem", "user01-301-rsa2048-priv.pem", "301:21.T12345/USER01"),
    ("user01-0-cert-cn.pem", "user01-301-rsa2048-priv.pem", "301:21.T12345/USER01"),
    ("user01-0-cert-uid.pem", "user01-301-rsa2048-priv.pem", "301:21.T12345/USER01"),
    ("user01-302-cert-dsa-cn.pem", "user01-302-dsa2048-priv.pem", "302:21.T12345/USER01"),
    ("user01-302-cert-dsa-uid.pem", "user01-302-dsa2048-priv.bin", "302:21.T12345/USER01"),
    ("user01-304-cert-dsa-cn.pem", "user01-304-dsa1024-priv.pem", "304:21.T12345/USER01"),
];

#[test]
fn recorded_certificates_work_on_every_server() {
    for mode in MODES {
        let Some((server, keys)) = recorded(mode) else { return };
        let keys = keys.display();
        for (certificate, key, user) in RECORDED {
            let more =
                format!(r#""private_key": "{keys}/{key}", "certificate_only": "{keys}/{certificate}""#);
            // Whom the prefix's list of administrators names with this index only.
            let mut client = Dialog::start(&credentials(&server, &more));
            server.sandbox.clear_requests();
            client.succeeds("peek 21.T12345/USER01 HS_ADMIN");
            client.free();
            let requests = server.sandbox.requests();
            let get = requests.iter().find(|request| request.method == "GET").unwrap();
            assert_eq!(get.caller.as_deref(), Some(*user), "{mode:?} {certificate}");
            let shown = (mode != ClientAuth::None).then_some(*user);
            assert_eq!(get.certificate.as_deref(), shown, "{mode:?} {certificate}");
        }
    }
}

#[test]
fn recorded_keys_log_in_with_their_passphrases() {
    let Some((server, keys)) = recorded(ClientAuth::None) else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("passphrase");
    for (key, passphrase) in [
        ("enc-des-cbc.bin", "sample passphrase"),
        ("enc-des-ecb.bin", "sample passphrase"),
        ("enc-pbkdf2-aes.bin", "sample passphrase"),
        ("enc-pbkdf2-desede.bin", "sample passphrase"),
        ("enc-pbkdf2-aes-nonascii.bin", "pässphräse €"),
        ("enc.pem", "sample passphrase"),
    ] {
        fs::write(&file, format!("{passphrase}\r\n")).unwrap();
        let key = format!(
            r#""username": "301:21.T12345/USER01", "private_key": "{}/user01-301-rsa2048-priv.{key}""#,
            keys.display()
        );
        for passphrase in [
            format!(r#""passphrase": "{passphrase}""#),
            format!(r#""passphrase_file": "{}""#, file.display()),
        ] {
            let (caller, _) = works(&server, &format!("{key}, {passphrase}"));
            assert_eq!(caller, "301:21.T12345/USER01");
        }
        let wrong = call(&credentials(&server, &format!(r#"{key}, "passphrase": "wrong one""#)), &[]);
        assert!(wrong.starts_with("status=26\n"), "{wrong}");
        assert!(!wrong.contains("wrong one") && wrong.contains("private_key"), "{wrong}");
        let none = call(&credentials(&server, &key), &[]);
        assert!(none.starts_with("status=25\n") && none.contains("private_key"), "{none}");
        let unset = format!(r#"{key}, "passphrase_env": "B2H_NOBODY_SETS_THIS""#);
        let unset = call(&credentials(&server, &unset), &[]);
        assert!(unset.starts_with("status=22\n") && unset.contains("which is not set"), "{unset}");
    }
}

#[test]
fn a_host_can_be_asked_for_the_passphrase() {
    let key = own_keys().join("rsa.encrypted.aes-256-cbc.pem");
    let arguments = ["https://127.0.0.1:1", key.to_str().unwrap(), "301:21.T12345/USER01", "throw-away"];
    assert_eq!(run(&c_program("passphrase"), &arguments), "");
}

#[test]
fn what_does_not_belong_together_is_told() {
    let keys = own_keys();
    let keys = keys.display();
    let server = Server::start();
    let dsa = format!(r#""private_key": "{keys}/dsa.pem", "certificate_only": "{keys}/rsa.certificate.pem""#);
    for (more, status, words) in [
        (dsa.as_str(), 27, "does not belong to the certificate"),
        (
            &format!(r#""private_key": "{keys}/ec.pem", "username": "{USER}""#),
            24,
            "Handle servers cannot use",
        ),
        (&format!(r#""private_key": "{keys}/rsa.pem""#), 22, "neither username nor a certificate"),
        (r#""private_key": "/no/such/key.pem", "username": "300:p/u""#, 23, "there is no such file"),
        (&format!(r#""private_key": "{keys}/make.sh", "username": "{USER}""#), 24, "private_key"),
        (
            &format!(
                r#""private_key": "{keys}/rsa.pem", "certificate_only": "{keys}/rsa.certificate.pem",
                   "username": "300:21.T12345/OTHER""#
            ),
            22,
            "but the certificate is that of",
        ),
        (&format!(r#""certificate_and_key": "{keys}/rsa.pem""#), 24, "certificate"),
        (
            &format!(r#""certificate_and_key": "{keys}/rsa.pem", "private_key": "{keys}/rsa.pem""#),
            22,
            "Remove one of them",
        ),
    ] {
        let said = call(&credentials(&server, more), &[]);
        assert!(said.starts_with(&format!("status={status}\n")), "{more}: {said}");
        assert!(said.contains(words), "{more}: {said}");
    }
    assert!(server.sandbox.requests().is_empty(), "nothing of this needs the server");
}

#[test]
fn keys_do_nothing_over_plain_http() {
    let key = own_keys().join("rsa.pem");
    let server = Server::start();
    let credentials = server.write(&format!(
        r#"{{"baseuri": "{}", "private_key": "{}", "username": "301:21.T12345/USER01"}}"#,
        server.sandbox.http_url(),
        key.display()
    ));
    let said = call(&credentials, &["register", "21.T12345/X", "http://x/"]);
    assert!(said.starts_with("status=63\n"), "{said}");
    assert!(server.sandbox.requests().is_empty(), "nothing was sent");
    assert!(call(&credentials, &["get", "21.T12345/EXAMPLE", "URL"]).starts_with("status=0\n"));
}

#[test]
fn keys_that_the_server_does_not_know() {
    let Some((server, keys)) = recorded(ClientAuth::None) else { return };
    let keys = keys.display();
    let register = &["register", "21.T12345/X", "http://x/"][..];
    // The key of another user; an index that has no key; a Handle that does not exist.
    for more in [
        format!(r#""private_key": "{keys}/user02-301-rsa2048-priv.pem", "username": "301:21.T12345/USER01""#),
        format!(r#""private_key": "{keys}/user01-301-rsa2048-priv.pem", "username": "999:21.T12345/USER01""#),
        format!(r#""private_key": "{keys}/user01-301-rsa2048-priv.pem", "username": "301:21.T12345/NOSUCH""#),
        format!(r#""private_key": "{keys}/user01-301-rsa2048-priv.pem", "username": "300:21.T12345/USER01""#),
    ] {
        let said = call(&credentials(&server, &more), register);
        assert!(said.starts_with("status=60\n"), "{more}: {said}");
        assert!(said.contains("HS_PUBKEY") && said.contains("in_doubt=0"), "{said}");
    }
    // A certificate that the server drops: without it the session says why; where one is needed, nothing is left.
    let certificate = format!(
        r#""private_key": "{keys}/user02-301-rsa2048-priv.pem", "certificate_only": "{keys}/user02key-cert-cn-user01.pem""#
    );
    for (mode, method, status, words) in [
        (ClientAuth::Want, "auto", 60, "HS_PUBKEY"),
        (ClientAuth::Need, "auto", 42, "with the client certificate and without"),
        (ClientAuth::Want, "client_certificate", 42, "TLS handshake"),
        (ClientAuth::Need, "client_certificate", 42, "TLS handshake"),
    ] {
        let Some((server, _)) = recorded(mode) else { return };
        let more = format!(r#"{certificate}, "auth_method": "{method}""#);
        let said = call(&credentials(&server, &more), register);
        assert!(said.starts_with(&format!("status={status}\n")), "{mode:?} {method}: {said}");
        assert!(said.contains(words) && said.contains("in_doubt=0"), "{mode:?} {method}: {said}");
    }
}

#[test]
fn a_check_compares_the_keys() {
    let Some((server, keys)) = recorded(ClientAuth::None) else { return };
    let keys = keys.display();
    let check = |user: &str, key: &str| {
        let more = format!(r#""private_key": "{keys}/{key}-priv.pem", "username": "{user}""#);
        call(&credentials(&server, &more), &["check"])
    };
    for (user, key, words) in [
        (
            "301:21.T12345/USER01",
            "user01-301-rsa2048",
            &["credentials 0 ", "by a session, with the RSA key", "key 0 ", "create 0 "][..],
        ),
        ("302:21.T12345/USER01", "user01-302-dsa2048", &["credentials 0 ", "DSA", "key 0 "]),
        (
            "301:21.T12345/USER01",
            "user02-301-rsa2048",
            &["credentials 1 ", "key 1 ", "is another key than ours"],
        ),
        ("300:21.T12345/USER01", "user01-301-rsa2048", &["credentials 1 ", "key 2 ", "at index 300"]),
        ("100:21.T12345/USER01", "user01-301-rsa2048", &["credentials 1 ", "key 1 ", "of type HS_ADMIN"]),
        (
            "301:21.T12345/NOSUCH",
            "user01-301-rsa2048",
            &["credentials 1 ", "key 1 ", "no record 21.T12345/NOSUCH"],
        ),
        (
            "301:21.T12345/user01",
            "user01-301-rsa2048",
            &["credentials 0 ", "key 0 ", "create 1 ", "write the user as 301:21.T12345/USER01"],
        ),
        ("301:21.T12345/USER02", "user02-301-rsa2048", &["key 0 ", "create 1 ", "is no administrator"]),
    ] {
        let said = check(user, key);
        for words in words {
            assert!(said.contains(words), "{user} {key} {words}: {said}");
        }
    }
    // An administrator who may not create.
    let admin = r#"[{"index": 103, "type": "HS_ADMIN", "data": {"format": "admin", "value":
        {"handle": "21.T12345/USER02", "index": 301, "permissions": "010000000000"}}}]"#;
    server.sandbox.put_values("0.NA/21.T12345", admin).unwrap();
    let said = check("301:21.T12345/USER02", "user02-301-rsa2048");
    assert!(said.contains("create 1 ") && said.contains("without the permission create_handle"), "{said}");
    assert!(said.contains("does not permit create_handle, delete_handle,"), "{said}");
}

#[test]
fn the_quickstart_works_with_each_kind_of_credentials() {
    let keys = own_keys();
    let quickstart = compile(&root().join("c-examples/quickstart.c"), "quickstart");
    let server = server_with(&keys.join("rsa.public.pem"), 301, ClientAuth::None);
    let keys = keys.display();
    for more in [
        format!(r#""username": "{USER}", "password": "{PASSWORD}""#),
        format!(r#""username": "{USER}", "password": "{PASSWORD}", "auth_method": "session""#),
        format!(r#""private_key": "{keys}/rsa.pem", "certificate_only": "{keys}/rsa.certificate.pem""#),
        format!(r#""private_key": "{keys}/rsa.pkcs1.pem", "username": "301:21.T12345/USER01""#),
    ] {
        let said = run(&quickstart, &[credentials(&server, &more)]);
        assert!(said.ends_with("OK: Delete handle successfully.\n"), "{said}");
    }
}
