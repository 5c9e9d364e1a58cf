//! Who we are to the server: which of the keys say so, and whether they fit together.

use super::key_file;
use super::keys::Reader;
use crate::auth::{Credentials, Method, Proof};
use crate::keys::{Certificates, PrivateKey};
use crate::reference::Reference;
use crate::transport::ClientCertificate;
use zeroize::Zeroizing;

/// The keys of which one at least is there when there are credentials.
const KEYS: [&str; 4] = ["username", "private_key", "certificate_and_key", "certificate_only"];

/// The key that says that there are credentials.
pub(super) fn given(reader: &Reader) -> Option<&'static str> {
    KEYS.into_iter().find(|key| reader.json(key).is_some())
}

/// Reads the credentials; none is fine for reading. A certificate comes with them where one is to be shown.
pub(super) fn read(reader: &mut Reader) -> (Option<Credentials>, Option<ClientCertificate>) {
    let is_given = |reader: &Reader, key: &str| reader.json(key).is_some();
    let has_password = is_given(reader, "password");
    let has_key = is_given(reader, "private_key") || is_given(reader, "certificate_and_key");
    let username = reader.text("username");
    let user = username.as_deref().and_then(|text| reader.check("username", Reference::parse(text)));
    let method = method(reader, has_password, has_key);
    check_complete(reader, has_password, has_key);
    let Some(method) = method else { return (None, None) };
    // B2HANDLE, too, prefers the password where both are given.
    let by_password = method == Method::Basic || (method == Method::Session && has_password && !has_key);
    if by_password {
        let password = reader.text("password").map(Zeroizing::new);
        if password.as_ref().is_some_and(|password| password.is_empty()) {
            reader.problem("password", "is empty");
        }
        let both = user.zip(password);
        let credentials =
            both.map(|(user, password)| Credentials::new(user, Proof::Password(password), method));
        return (credentials, shown_besides(reader));
    }
    let Some((key, certificates)) = key_file::read(reader) else { return (None, None) };
    let user = identity(reader, user, certificates.as_ref());
    let certificate = shown(reader, &key, certificates);
    if method == Method::ClientCertificate && certificate.is_none() {
        reader.problem(
            "auth_method",
            "is client_certificate, but there is no certificate_only or certificate_and_key",
        );
    }
    (user.map(|user| Credentials::new(user, Proof::Key(key), method)), certificate)
}

/// A certificate that is given beside a password: there are servers that accept no connection without.
fn shown_besides(reader: &mut Reader) -> Option<ClientCertificate> {
    if reader.json("certificate_only").is_none() && reader.json("certificate_and_key").is_none() {
        return None;
    }
    let (key, certificates) = key_file::read(reader)?;
    shown(reader, &key, certificates)
}

/// The certificate as servers are shown it, if it is that of the key.
fn shown(
    reader: &mut Reader,
    key: &PrivateKey,
    certificates: Option<Certificates>,
) -> Option<ClientCertificate> {
    let certificates = certificates?;
    if let Err(error) = certificates.check_key(key) {
        let name = if reader.json("private_key").is_some() { "private_key" } else { "certificate_and_key" };
        reader.problem_of(error.kind(), name, &format!("does not fit: {}", error.message()));
    }
    Some(ClientCertificate::new(certificates.der().to_vec(), key.clone()))
}

/// The way in: what `auth_method` says, else what the credentials allow.
fn method(reader: &mut Reader, has_password: bool, has_key: bool) -> Option<Method> {
    let text = reader.text("auth_method").unwrap_or_else(|| "auto".to_owned());
    let automatic = match (has_password, has_key) {
        (true, _) => Some(Method::Basic),
        (false, true) => Some(Method::Session),
        (false, false) => None,
    };
    let needs = |reader: &mut Reader, there: bool, method: Method, what: &str| {
        if !there {
            reader.problem("auth_method", &format!("is {text}, which needs {what}"));
        }
        there.then_some(method)
    };
    match text.to_ascii_lowercase().as_str() {
        "auto" => automatic,
        "basic" => needs(reader, has_password, Method::Basic, "username and password"),
        "session" => {
            needs(reader, has_password || has_key, Method::Session, "username and password, or private_key")
        }
        "client_certificate" => {
            needs(reader, has_key, Method::ClientCertificate, "certificate_only and private_key")
        }
        _ => {
            let choices = "must be auto, basic, session or client_certificate";
            reader.problem("auth_method", &format!("{choices}, not \"{text}\""));
            None
        }
    }
}

/// Whether each key has those without which it is of no use.
fn check_complete(reader: &mut Reader, has_password: bool, has_key: bool) {
    let there = |reader: &Reader, key: &str| reader.json(key).is_some();
    if there(reader, "username") && !has_password && !has_key {
        reader.problem("username", "is given, but neither password nor private_key");
    }
    if has_password && !there(reader, "username") {
        reader.problem("password", "is given, but username is missing");
    }
    if there(reader, "certificate_only") && !has_key {
        reader.problem("certificate_only", "is given, but private_key is missing");
    }
    if there(reader, "certificate_and_key") {
        for other in ["private_key", "certificate_only"] {
            if there(reader, other) {
                reader.problem(
                    other,
                    "is given beside certificate_and_key, which holds both. Remove one of them",
                );
            }
        }
    }
}

/// The user: `username`, else whom the certificate names. Both may be given, for the same.
fn identity(
    reader: &mut Reader,
    username: Option<Reference>,
    certificates: Option<&Certificates>,
) -> Option<Reference> {
    let key =
        if reader.json("certificate_and_key").is_some() { "certificate_and_key" } else { "certificate_only" };
    match (username, certificates.map(Certificates::identity)) {
        (Some(user), Some(Ok(named))) => {
            let same = named.handle.eq_ignore_ascii_case(&user.handle)
                && (named.index == 0 || named.index == user.index);
            if !same {
                reader.problem("username", &format!("is {user}, but the certificate is that of {named}"));
            }
            Some(user)
        }
        (Some(user), _) => Some(user),
        (None, Some(Ok(named))) => Some(named),
        (None, Some(Err(error))) if reader.json("username").is_none() => {
            let advice = "Add username (index:prefix/suffix)";
            reader.problem_of(
                error.kind(),
                key,
                &format!("does not say whose it is: {} {advice}", error.message()),
            );
            None
        }
        (None, None) if reader.json("username").is_none() => {
            reader
                .problem("private_key", "is given, but neither username nor a certificate says whose it is");
            None
        }
        (None, _) => None,
    }
}
