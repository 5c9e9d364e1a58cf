//! What can go wrong, and what a caller may do about it.

use std::fmt;
use std::path::Path;

/// The result of everything in this crate that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// The reason of a failure, as far as a program can act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An argument is not usable: an unknown option, a timeout of no meaning.
    InvalidArgument,
    /// The text is not a Handle name.
    InvalidHandle,
    /// A value cannot be written as it is.
    InvalidValue,
    /// The value is larger than the server can read back.
    ValueTooLarge,
    /// The operation is refused here, to protect the record.
    NotAllowed,
    /// The credentials file cannot be read.
    ConfigUnreadable,
    /// The credentials are not well-formed JSON.
    ConfigSyntax,
    /// A key of the credentials is unknown, missing, or has an unusable value.
    ConfigInvalid,
    /// A key or certificate file is missing, or may not be read or written.
    KeyUnreadable,
    /// A file is not a key, is damaged, or holds a key that Handle servers cannot use.
    KeyInvalid,
    /// A private key is encrypted, and there is no passphrase for it.
    PassphraseNeeded,
    /// The passphrase does not decrypt the private key.
    PassphraseWrong,
    /// Private key and certificate do not belong together.
    KeyMismatch,
    /// The server's host name could not be resolved.
    NameNotResolved,
    /// No connection to the server could be made.
    Unreachable,
    /// The TLS handshake failed, or the port does not speak TLS.
    TlsFailed,
    /// The server's certificate is not trusted.
    TlsCertificate,
    /// The server's certificate is valid, but for another name.
    TlsName,
    /// The deadline of the call passed.
    TimedOut,
    /// The call was ended by its cancel token.
    Cancelled,
    /// The connection broke while the request or the reply was under way.
    ConnectionLost,
    /// No lane could be made: out of descriptors or memory.
    NoResources,
    /// The server refused the credentials.
    AuthenticationFailed,
    /// The operation needs credentials, and none are configured.
    AuthenticationRequired,
    /// The identity is known, but lacks the right to do this.
    PermissionDenied,
    /// Credentials would have to travel over plain HTTP.
    InsecureTransport,
    /// The value exists and nobody may read it.
    ValueHidden,
    /// There is no such Handle.
    HandleNotFound,
    /// The Handle exists already.
    HandleExists,
    /// The Handle has no (visible) value of this type.
    ValueNotFound,
    /// The value is binary and was asked for as text.
    ValueIsBinary,
    /// The record has several values where one was expected, or one that is not what its type says.
    BrokenRecord,
    /// The server cannot decode the record it holds.
    UnreadableRecord,
    /// The prefix is not served by this server.
    PrefixNotServed,
    /// Somebody else changed the record in a way that this change cannot be combined with.
    Conflict,
    /// Whatever answered is not a Handle server's REST API.
    NotAHandleServer,
    /// There is no reverse lookup where one was looked for.
    NoReverseLookup,
    /// The server reports a failure of its own.
    ServerError,
    /// The server is too busy now.
    ServerBusy,
    /// The server accepts no writes now.
    ServerReadOnly,
    /// The server did not understand or accept the request.
    RequestRefused,
    /// The server's reply makes no sense for the request.
    UnexpectedReply,
    /// The reply is larger than the client accepts.
    ReplyTooLarge,
    /// A fault of this library.
    Internal,
}

/// A failure: its kind, a sentence for a person, and what is known about the request that failed.
#[derive(Clone)]
pub struct Error(Box<Details>);

#[derive(Clone, Debug)]
struct Details {
    kind: Kind,
    message: String,
    operation: Option<&'static str>,
    handle: Option<String>,
    http_status: Option<u16>,
    response_code: Option<i64>,
    retryable: bool,
    in_doubt: bool,
}

impl Error {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Error {
        let retryable = matches!(
            kind,
            Kind::NameNotResolved
                | Kind::Unreachable
                | Kind::TimedOut
                | Kind::ConnectionLost
                | Kind::NoResources
                | Kind::ServerBusy
        );
        Error(Box::new(Details {
            kind,
            message: message.into(),
            operation: None,
            handle: None,
            http_status: None,
            response_code: None,
            retryable,
            in_doubt: false,
        }))
    }

    pub(crate) fn cancelled() -> Error {
        Error::new(Kind::Cancelled, "The call was ended by its cancel token.")
    }

    pub(crate) fn during(mut self, operation: &'static str, handle: &str) -> Error {
        self.0.operation = Some(operation);
        self.0.handle = Some(handle.to_owned());
        self
    }

    /// The failure of an operation that is about no single Handle.
    pub(crate) fn of(mut self, operation: &'static str) -> Error {
        self.0.operation = Some(operation);
        self
    }

    pub(crate) fn with_http_status(mut self, status: u16) -> Error {
        self.0.http_status = Some(status);
        self
    }

    pub(crate) fn with_response_code(mut self, code: Option<i64>) -> Error {
        self.0.response_code = code;
        self
    }

    pub(crate) fn with_in_doubt(mut self, in_doubt: bool) -> Error {
        self.0.in_doubt = in_doubt;
        self
    }

    pub(crate) fn with_message(mut self, message: impl Into<String>) -> Error {
        self.0.message = message.into();
        self
    }

    /// The failure of what had to come first; of the operation itself nothing was done.
    pub(crate) fn before(mut self, what: &str) -> Error {
        self.0.message = format!("{what} {}", self.0.message);
        self
    }

    /// The failure of the second half of an operation, when the first has taken effect.
    pub(crate) fn after(mut self, done: &str) -> Error {
        self.0.message = format!("{done} Then: {}", self.0.message);
        self.0.in_doubt = true;
        self
    }

    /// The same failure, with the file it is about in front of the message.
    pub(crate) fn in_file(mut self, path: &Path) -> Error {
        self.0.message = format!("{}: {}", path.display(), self.0.message);
        self
    }

    /// Why the call failed.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What happened and what to do, in one or two sentences, without the operation and the Handle.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The operation that failed, by the name of the method.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The Handle that the operation was about.
    pub fn handle(&self) -> Option<&str> {
        self.0.handle.as_deref()
    }

    /// The HTTP status of the reply, if there was one.
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// The Handle protocol's response code in the reply, if there was one.
    pub fn response_code(&self) -> Option<i64> {
        self.0.response_code
    }

    /// The same call may succeed later without any change.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// A write may have taken effect, wholly or in part: it may have reached the server and was not confirmed.
    pub fn is_in_doubt(&self) -> bool {
        self.0.in_doubt
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.operation(), self.handle()) {
            (Some(operation), Some(handle)) => write!(f, "{operation} {handle}: ")?,
            (Some(name), None) | (None, Some(name)) => write!(f, "{name}: ")?,
            (None, None) => {}
        }
        f.write_str(self.message())?;
        if self.is_in_doubt() {
            f.write_str(" The server may have carried out the change all the same: read the handle before you repeat it.")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}
