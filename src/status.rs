//! `b2h_status`: what a call returns.

use b2handle_client::Kind;
use std::ffi::{CStr, c_char};

/// What became of a call. 0 is success; every other number is a failure, and the number never changes its
/// meaning. Later versions may add numbers, so treat unknown ones as failures.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum b2h_status {
    /// The call did what it says.
    B2H_OK = 0,

    // 1-19: arguments and state
    /// An argument is NULL, not UTF-8, or means nothing.
    B2H_INVALID_ARGUMENT = 1,
    /// The text is not a Handle name.
    B2H_INVALID_HANDLE = 2,
    /// The server does not accept the value.
    B2H_INVALID_VALUE = 3,
    /// The value has more than 1 MiB, which would make the record unreadable. Nothing was sent.
    B2H_VALUE_TOO_LARGE = 4,
    /// Refused by the library, to protect the record.
    B2H_NOT_ALLOWED = 5,
    /// The library was called from inside one of its own calls.
    B2H_REENTRANT = 6,
    /// The thread or the process is ending; now only the free functions work.
    B2H_SHUTTING_DOWN = 7,

    // 20-39: configuration
    /// The credentials file is missing or cannot be read.
    B2H_CONFIG_UNREADABLE = 20,
    /// The credentials are not well-formed JSON; the message names line and column.
    B2H_CONFIG_SYNTAX = 21,
    /// A key of the credentials is mistyped, missing, or its value cannot be used.
    B2H_CONFIG_INVALID = 22,
    /// A key or certificate file is missing, or may not be read or written.
    B2H_KEY_UNREADABLE = 23,
    /// The file is not a key, is damaged, or holds a key that Handle servers cannot use.
    B2H_KEY_INVALID = 24,
    /// The private key is encrypted, and no passphrase was given.
    B2H_PASSPHRASE_NEEDED = 25,
    /// The passphrase is wrong.
    B2H_PASSPHRASE_WRONG = 26,
    /// Private key and certificate do not belong together.
    B2H_KEY_MISMATCH = 27,

    // 40-59: the way to the server
    /// The host name of the server cannot be resolved.
    B2H_NAME_NOT_RESOLVED = 40,
    /// Nothing accepts connections at the server's address.
    B2H_UNREACHABLE = 41,
    /// The TLS handshake failed, or the port does not speak TLS.
    B2H_TLS_FAILED = 42,
    /// The server's certificate is not trusted.
    B2H_TLS_CERTIFICATE = 43,
    /// The server's certificate is for another name.
    B2H_TLS_NAME = 44,
    /// The deadline passed.
    B2H_TIMED_OUT = 45,
    /// The connection broke while request or reply were under way.
    B2H_CONNECTION_LOST = 46,
    /// The process is out of descriptors or memory.
    B2H_NO_RESOURCES = 47,
    /// The call was ended by its cancel token. A write may have been carried out: see b2h_error_in_doubt().
    B2H_CANCELLED = 48,

    // 60-79: who we are and what we may do
    /// The server refused the credentials.
    B2H_AUTHENTICATION_FAILED = 60,
    /// Credentials are needed, and the client has none.
    B2H_AUTHENTICATION_REQUIRED = 61,
    /// The identity is known but lacks the right.
    B2H_PERMISSION_DENIED = 62,
    /// Credentials would have to travel over plain HTTP, or the server wants HTTPS.
    B2H_INSECURE_TRANSPORT = 63,
    /// The value exists and may be read by nobody.
    B2H_VALUE_HIDDEN = 64,

    // 80-99: Handles and their values
    /// There is no such Handle.
    B2H_HANDLE_NOT_FOUND = 80,
    /// The Handle exists already.
    B2H_HANDLE_EXISTS = 81,
    /// The Handle has no visible value of the type.
    B2H_VALUE_NOT_FOUND = 82,
    /// The value is binary and cannot be given as text.
    B2H_VALUE_IS_BINARY = 83,
    /// The record has several values where one was expected, or one that is not what its type says.
    B2H_BROKEN_RECORD = 84,
    /// The server cannot decode the record that it holds.
    B2H_UNREADABLE_RECORD = 85,
    /// The server does not serve this prefix.
    B2H_PREFIX_NOT_SERVED = 86,
    /// Somebody else changes the record at the same time.
    B2H_CONFLICT = 87,

    // 100-119: the server
    /// What answered is not the REST API of a Handle server.
    B2H_NOT_A_HANDLE_SERVER = 100,
    /// The server reports an error of its own.
    B2H_SERVER_ERROR = 101,
    /// The server is too busy now.
    B2H_SERVER_BUSY = 102,
    /// The server takes no changes now.
    B2H_SERVER_READ_ONLY = 103,
    /// The server did not accept the request.
    B2H_REQUEST_REFUSED = 104,
    /// The server's reply makes no sense.
    B2H_UNEXPECTED_REPLY = 105,
    /// The server's reply, or what was found, is larger than the library accepts.
    B2H_REPLY_TOO_LARGE = 106,
    /// There is no reverse lookup at the address.
    B2H_NO_REVERSE_LOOKUP = 107,

    // 900-: faults of this library
    /// A bug in the library was caught. The client can still be used and must still be freed.
    B2H_PANIC = 900,
    /// The library contradicts itself.
    B2H_INTERNAL = 901,
}

use b2h_status::*;

impl From<Kind> for b2h_status {
    fn from(kind: Kind) -> b2h_status {
        match kind {
            Kind::InvalidArgument => B2H_INVALID_ARGUMENT,
            Kind::InvalidHandle => B2H_INVALID_HANDLE,
            Kind::InvalidValue => B2H_INVALID_VALUE,
            Kind::ValueTooLarge => B2H_VALUE_TOO_LARGE,
            Kind::NotAllowed => B2H_NOT_ALLOWED,
            Kind::ConfigUnreadable => B2H_CONFIG_UNREADABLE,
            Kind::ConfigSyntax => B2H_CONFIG_SYNTAX,
            Kind::ConfigInvalid => B2H_CONFIG_INVALID,
            Kind::KeyUnreadable => B2H_KEY_UNREADABLE,
            Kind::KeyInvalid => B2H_KEY_INVALID,
            Kind::PassphraseNeeded => B2H_PASSPHRASE_NEEDED,
            Kind::PassphraseWrong => B2H_PASSPHRASE_WRONG,
            Kind::KeyMismatch => B2H_KEY_MISMATCH,
            Kind::NameNotResolved => B2H_NAME_NOT_RESOLVED,
            Kind::Unreachable => B2H_UNREACHABLE,
            Kind::TlsFailed => B2H_TLS_FAILED,
            Kind::TlsCertificate => B2H_TLS_CERTIFICATE,
            Kind::TlsName => B2H_TLS_NAME,
            Kind::TimedOut => B2H_TIMED_OUT,
            Kind::Cancelled => B2H_CANCELLED,
            Kind::ConnectionLost => B2H_CONNECTION_LOST,
            Kind::NoResources => B2H_NO_RESOURCES,
            Kind::AuthenticationFailed => B2H_AUTHENTICATION_FAILED,
            Kind::AuthenticationRequired => B2H_AUTHENTICATION_REQUIRED,
            Kind::PermissionDenied => B2H_PERMISSION_DENIED,
            Kind::InsecureTransport => B2H_INSECURE_TRANSPORT,
            Kind::ValueHidden => B2H_VALUE_HIDDEN,
            Kind::HandleNotFound => B2H_HANDLE_NOT_FOUND,
            Kind::HandleExists => B2H_HANDLE_EXISTS,
            Kind::ValueNotFound => B2H_VALUE_NOT_FOUND,
            Kind::ValueIsBinary => B2H_VALUE_IS_BINARY,
            Kind::BrokenRecord => B2H_BROKEN_RECORD,
            Kind::UnreadableRecord => B2H_UNREADABLE_RECORD,
            Kind::PrefixNotServed => B2H_PREFIX_NOT_SERVED,
            Kind::Conflict => B2H_CONFLICT,
            Kind::NotAHandleServer => B2H_NOT_A_HANDLE_SERVER,
            Kind::ServerError => B2H_SERVER_ERROR,
            Kind::ServerBusy => B2H_SERVER_BUSY,
            Kind::ServerReadOnly => B2H_SERVER_READ_ONLY,
            Kind::RequestRefused => B2H_REQUEST_REFUSED,
            Kind::UnexpectedReply => B2H_UNEXPECTED_REPLY,
            Kind::ReplyTooLarge => B2H_REPLY_TOO_LARGE,
            Kind::NoReverseLookup => B2H_NO_REVERSE_LOOKUP,
            Kind::Internal => B2H_INTERNAL,
        }
    }
}

/// Every status with the words for it.
const TEXTS: &[(b2h_status, &CStr)] = &[
    (B2H_OK, c"success"),
    (B2H_INVALID_ARGUMENT, c"invalid argument"),
    (B2H_INVALID_HANDLE, c"not a Handle name"),
    (B2H_INVALID_VALUE, c"invalid value"),
    (B2H_VALUE_TOO_LARGE, c"value larger than 1 MiB"),
    (B2H_NOT_ALLOWED, c"not allowed"),
    (B2H_REENTRANT, c"called from inside a call"),
    (B2H_SHUTTING_DOWN, c"thread or process is ending"),
    (B2H_CONFIG_UNREADABLE, c"credentials cannot be read"),
    (B2H_CONFIG_SYNTAX, c"credentials are not JSON"),
    (B2H_CONFIG_INVALID, c"credentials cannot be used"),
    (B2H_KEY_UNREADABLE, c"key file cannot be read or written"),
    (B2H_KEY_INVALID, c"not a key that can be used"),
    (B2H_PASSPHRASE_NEEDED, c"passphrase needed"),
    (B2H_PASSPHRASE_WRONG, c"wrong passphrase"),
    (B2H_KEY_MISMATCH, c"key and certificate do not belong together"),
    (B2H_NAME_NOT_RESOLVED, c"host name not resolved"),
    (B2H_UNREACHABLE, c"server unreachable"),
    (B2H_TLS_FAILED, c"TLS handshake failed"),
    (B2H_TLS_CERTIFICATE, c"server certificate not trusted"),
    (B2H_TLS_NAME, c"server certificate for another name"),
    (B2H_TIMED_OUT, c"timed out"),
    (B2H_CONNECTION_LOST, c"connection lost"),
    (B2H_NO_RESOURCES, c"out of resources"),
    (B2H_CANCELLED, c"cancelled"),
    (B2H_AUTHENTICATION_FAILED, c"credentials refused"),
    (B2H_AUTHENTICATION_REQUIRED, c"credentials needed"),
    (B2H_PERMISSION_DENIED, c"permission denied"),
    (B2H_INSECURE_TRANSPORT, c"HTTPS needed"),
    (B2H_VALUE_HIDDEN, c"value readable by nobody"),
    (B2H_HANDLE_NOT_FOUND, c"handle not found"),
    (B2H_HANDLE_EXISTS, c"handle exists already"),
    (B2H_VALUE_NOT_FOUND, c"value not found"),
    (B2H_VALUE_IS_BINARY, c"value is binary"),
    (B2H_BROKEN_RECORD, c"record is broken"),
    (B2H_UNREADABLE_RECORD, c"server cannot decode its record"),
    (B2H_PREFIX_NOT_SERVED, c"prefix not served here"),
    (B2H_CONFLICT, c"conflicting change"),
    (B2H_NOT_A_HANDLE_SERVER, c"not a Handle server"),
    (B2H_SERVER_ERROR, c"server error"),
    (B2H_SERVER_BUSY, c"server too busy"),
    (B2H_SERVER_READ_ONLY, c"server takes no changes"),
    (B2H_REQUEST_REFUSED, c"request refused"),
    (B2H_UNEXPECTED_REPLY, c"unexpected reply"),
    (B2H_REPLY_TOO_LARGE, c"reply too large"),
    (B2H_NO_REVERSE_LOOKUP, c"no reverse lookup there"),
    (B2H_PANIC, c"bug in the library"),
    (B2H_INTERNAL, c"internal error"),
];

/// A few words for a status, such as "handle not found".
///
/// Makes no request. For the whole story of a failure see b2h_error_message().
///
/// @param status a b2h_status, or any other number
/// @return static text; "unknown status" for numbers this version does not know. Never NULL, never freed.
#[unsafe(no_mangle)]
pub extern "C" fn b2h_status_str(status: i32) -> *const c_char {
    let known = TEXTS.iter().find(|(known, _)| *known as i32 == status);
    known.map_or(c"unknown status", |(_, text)| text).as_ptr()
}
