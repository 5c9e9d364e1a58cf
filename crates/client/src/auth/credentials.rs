//! An identity, what proves it, and the way in which that is done.

use super::basic::basic;
use crate::error::{Error, Kind, Result};
use crate::keys::PrivateKey;
use crate::reference::Reference;
use http::HeaderValue;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::fmt;
use zeroize::Zeroizing;

/// What the server percent-decodes in the user part of Basic credentials, besides non-ASCII (BEHAVIOUR.md 6.1).
const USER_ENCODED: &AsciiSet = &CONTROLS.add(b'%').add(b':').add(b'/').add(b' ');

/// How the identity is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// The password travels with each request.
    Basic,
    /// A challenge is answered once; later requests name the session.
    Session,
    /// The TLS handshake proves it.
    ClientCertificate,
}

/// What we have that nobody else has.
pub(crate) enum Proof {
    Password(Zeroizing<String>),
    Key(PrivateKey),
}

/// A Handle identity with its proof.
pub(crate) struct Credentials {
    user: Reference,
    proof: Proof,
    method: Method,
}

impl Credentials {
    pub(crate) fn new(user: Reference, proof: Proof, method: Method) -> Credentials {
        Credentials { user, proof, method }
    }

    /// Who they belong to.
    pub(crate) fn user(&self) -> &Reference {
        &self.user
    }

    pub(crate) fn proof(&self) -> &Proof {
        &self.proof
    }

    pub(crate) fn method(&self) -> Method {
        self.method
    }

    /// In words, after "as": which identity, and how it is shown.
    pub(crate) fn description(&self) -> String {
        let how = match (&self.proof, self.method) {
            (_, Method::Basic) => "with username and password".to_owned(),
            (Proof::Password(_), _) => "by a session, with the password".to_owned(),
            (Proof::Key(_), Method::ClientCertificate) => "by the client certificate".to_owned(),
            (Proof::Key(key), _) => format!("by a session, with the {} key", key.algorithm()),
        };
        format!("{} {how}", self.user)
    }

    /// The value of the Authorization header of Basic authentication. The user part is percent-encoded, the
    /// password is sent as it is (BEHAVIOUR.md 6.1).
    pub(super) fn basic(&self) -> Result<HeaderValue> {
        let Proof::Password(password) = &self.proof else {
            return Err(Error::new(Kind::Internal, "Basic authentication needs a password."));
        };
        let user = self.user.to_string();
        basic(&utf8_percent_encode(&user, USER_ENCODED).to_string(), password)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({}, secrets not shown)", self.description())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD as BASE64;

    fn credentials(user: &str, password: &str) -> Credentials {
        let password = Proof::Password(Zeroizing::new(password.to_owned()));
        Credentials::new(Reference::parse(user).unwrap(), password, Method::Basic)
    }

    fn decoded(user: &str, password: &str) -> String {
        let value = credentials(user, password).basic().unwrap();
        assert!(value.is_sensitive());
        let encoded = value.to_str().unwrap().strip_prefix("Basic ").unwrap().to_owned();
        String::from_utf8(BASE64.decode(encoded).unwrap()).unwrap()
    }

    #[test]
    fn the_user_is_encoded_and_the_password_is_not() {
        assert_eq!(decoded("300:21.T12345/USER01", "a:b%c ü€"), "300%3A21.T12345%2FUSER01:a:b%c ü€");
        assert_eq!(decoded("300:p/Ü%x", "x"), "300%3Ap%2F%C3%9C%25x:x");
    }

    #[test]
    fn secrets_are_not_shown() {
        assert!(!format!("{:?}", credentials("300:p/u", "secret-word")).contains("secret-word"));
    }
}
