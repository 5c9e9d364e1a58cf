//! Telling others where the server is: in a file for programs, on standard output for people.

use b2h_sandbox::{Sandbox, User};
use serde_json::json;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Writes the ready file, after the certificate next to it and the credentials: when it is there, all are. It
/// appears whole or not at all.
pub(crate) fn write(path: &Path, credentials: Option<&Path>, sandbox: &Sandbox) -> io::Result<()> {
    let certificate = std::path::absolute(path.with_extension("pem"))?;
    if certificate == std::path::absolute(path)? {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "the certificate goes into a file of this name: choose one without the extension .pem",
        ));
    }
    fs::write(&certificate, sandbox.certificate_pem())?;
    if let (Some(path), Some(user)) = (credentials, sandbox.users().first()) {
        let mut text = json!({
            "handle_server_url": sandbox.https_url(),
            "username": user.id,
            "password": user.secret,
            "prefix": sandbox.prefix(),
            "HTTPS_verify": certificate,
        });
        if let Some(searcher) = sandbox.reverse_lookup_users().first() {
            text["reverselookup_username"] = json!(searcher.id);
            text["reverselookup_password"] = json!(searcher.secret);
        }
        fs::write(path, format!("{text:#}\n"))?;
    }
    let list = |users: &[User]| {
        let users = users.iter().map(|user| json!({"id": user.id, "password": user.secret}));
        users.collect::<Vec<_>>()
    };
    let facts = json!({
        "http": sandbox.http_url(),
        "https": sandbox.https_url(),
        "certificate": certificate,
        "users": list(sandbox.users()),
        "reverseLookupUsers": list(sandbox.reverse_lookup_users()),
        "prefix": sandbox.prefix(),
        "control": sandbox.control_url(),
    });
    let unfinished = unfinished(path);
    fs::write(&unfinished, format!("{facts:#}\n"))?;
    fs::rename(&unfinished, path)
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", std::process::id()));
    name.into()
}

/// The same facts for a person.
pub(crate) fn describe(sandbox: &Sandbox) -> String {
    let users: String = sandbox
        .users()
        .iter()
        .map(|user| format!("  user    {}  password {}\n", user.id, user.secret))
        .collect();
    let control = sandbox.control_url().map(|url| format!("  control {url}\n")).unwrap_or_default();
    format!(
        "The sandbox is ready:\n  HTTP    {}\n  HTTPS   {}\n  prefix  {}\n{control}{users}\n{}",
        sandbox.http_url(),
        sandbox.https_url(),
        sandbox.prefix(),
        sandbox.certificate_pem()
    )
}
