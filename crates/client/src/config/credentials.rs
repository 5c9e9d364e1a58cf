//! Who we are to the server.

use super::keys::Reader;
use crate::error::{Error, Kind, Result};
use crate::reference::Reference;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use reqwest::header::HeaderValue;
use std::fmt;
use zeroize::Zeroizing;

/// What the server percent-decodes in the user part of Basic credentials, besides non-ASCII (BEHAVIOUR.md 6.1).
const USER_ENCODED: &AsciiSet = &CONTROLS.add(b'%').add(b':').add(b'/').add(b' ');

/// Username and password of a Handle identity.
pub(crate) struct Credentials {
    user: Reference,
    password: Zeroizing<String>,
}

impl Credentials {
    /// Who they belong to.
    pub(crate) fn user(&self) -> &Reference {
        &self.user
    }

    /// The value of the Authorization header. The user part is percent-encoded, the password is sent as it is
    /// (BEHAVIOUR.md 6.1).
    pub(crate) fn authorization(&self) -> Result<HeaderValue> {
        let user = self.user.to_string();
        basic(&utf8_percent_encode(&user, USER_ENCODED).to_string(), &self.password)
    }
}

/// The value of an Authorization header for Basic authentication.
pub(super) fn basic(user: &str, password: &str) -> Result<HeaderValue> {
    let plain = Zeroizing::new(format!("{user}:{password}"));
    let header = Zeroizing::new(format!("Basic {}", BASE64.encode(plain.as_bytes())));
    let mut value = HeaderValue::from_str(&header)
        .map_err(|_| Error::new(Kind::Internal, "The credentials cannot be put into a header."))?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({}:{}, password not shown)", self.user.index, self.user.handle)
    }
}

/// Reads the credentials; none is fine for reading.
pub(super) fn read(reader: &mut Reader) -> Option<Credentials> {
    let (username, password) = (reader.text("username"), reader.text("password").map(Zeroizing::new));
    let is_given = |key: &str| reader.json(key).is_some();
    let (has_username, has_password) = (is_given("username"), is_given("password"));
    if !has_username && !has_password {
        let keys = ["private_key", "certificate_only", "certificate_and_key"];
        if let Some(key) = keys.into_iter().find(|key| is_given(key)) {
            reader.problem(key, "cannot be used by this version, which needs username and password");
        }
        return None;
    }
    if !has_password {
        reader.problem("username", "is given but password is missing");
    }
    if !has_username {
        reader.problem("password", "is given but username is missing");
    }
    if password.as_ref().is_some_and(|password| password.is_empty()) {
        reader.problem("password", "is empty");
    }
    let user = reader.check("username", Reference::parse(&username?))?;
    Some(Credentials { user, password: password? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(user: &str, password: &str) -> String {
        let user = Reference::parse(user).unwrap();
        let credentials = Credentials { user, password: Zeroizing::new(password.to_owned()) };
        let value = credentials.authorization().unwrap();
        assert!(value.is_sensitive());
        let encoded = value.to_str().unwrap().strip_prefix("Basic ").unwrap().to_owned();
        String::from_utf8(BASE64.decode(encoded).unwrap()).unwrap()
    }

    #[test]
    fn the_user_is_encoded_and_the_password_is_not() {
        assert_eq!(decoded("300:21.T12345/USER01", "a:b%c ü€"), "300%3A21.T12345%2FUSER01:a:b%c ü€");
        assert_eq!(decoded("300:p/US%ER:04 ü", "x"), "300%3Ap%2FUS%25ER%3A04%20%C3%BC:x");
    }
}
