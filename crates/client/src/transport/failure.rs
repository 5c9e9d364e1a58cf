//! Why no reply came: what happened on the way, in words, and whether the server may have seen the request.

use super::connect::ConnectTimedOut;
use super::resolve::NotResolved;
use super::stage::Stage;
use super::tls::Refusal;
use crate::error::{Error, Kind};
use nix::errno::Errno;
use rustls::CertificateError;
use std::error::Error as StdError;
use std::io;
use std::time::Duration;
use url::Url;

/// A request without a reply.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    message: String,
    sent: bool,
    dropped: bool,
    transient: bool,
}

impl Failure {
    pub(super) fn unsent(kind: Kind, message: String) -> Failure {
        Failure { kind, message, sent: false, dropped: false, transient: false }
    }

    pub(super) fn sent(kind: Kind, message: String) -> Failure {
        Failure { kind, message, sent: true, dropped: false, transient: false }
    }

    pub(super) fn cancelled(stage: &Stage) -> Failure {
        let error = Error::cancelled();
        Failure {
            kind: error.kind(),
            message: error.message().to_owned(),
            sent: !stage.is_connecting(),
            dropped: false,
            transient: false,
        }
    }

    pub(super) fn too_late(total: Duration) -> Failure {
        let message = format!(
            "The {} ms of this call were over before the request was sent. Try again, or raise timeout_ms if the server is \
             slow.",
            total.as_millis()
        );
        Failure::unsent(Kind::TimedOut, message)
    }

    pub(super) fn timed_out(total: Duration, stage: &Stage) -> Failure {
        let what = if stage.is_connecting() { "no connection to the server" } else { "no complete reply" };
        let ms = total.as_millis();
        Failure {
            kind: Kind::TimedOut,
            message: format!(
                "There was {what} within the {ms} ms of this call. Try again, or raise timeout_ms if the server is slow."
            ),
            sent: !stage.is_connecting(),
            dropped: false,
            // The time of this attempt is over, not always that of the call.
            transient: true,
        }
    }

    pub(super) fn broken(error: &(dyn StdError + 'static), url: &Url, stage: &Stage) -> Failure {
        let connecting = stage.is_connecting();
        let handshake = connecting && url.scheme() == "https";
        let (kind, message) = explain(error, &server(url), connecting, handshake);
        let dropped = refuses_certificate(error, handshake, stage.connection().is_new());
        let transient = is_transient(kind, error);
        Failure { kind, message, sent: !connecting && !dropped, dropped, transient }
    }

    /// The server has closed a new connection before anything was sent on it.
    pub(super) fn closed(error: &(dyn StdError + 'static), url: &Url) -> Failure {
        let innermost = causes(error).last().map_or_else(String::new, ToString::to_string);
        Failure {
            kind: Kind::Unreachable,
            message: format!(
                "{} closed a new connection before anything was sent on it ({innermost}). It may be overloaded. Try again.",
                server(url)
            ),
            sent: false,
            dropped: refuses_certificate(error, false, true),
            transient: true,
        }
    }

    /// Whether the server ended the TLS handshake, as it does when it wants a client certificate or does not like
    /// the one it was shown.
    pub(crate) fn was_dropped(&self) -> bool {
        self.dropped
    }

    /// The handshake was ended both with a client certificate and without.
    pub(crate) fn with_and_without_certificate(mut self) -> Failure {
        self.message.push_str(
            " It does so with the client certificate and without. A server that requires one accepts only those \
             whose key is the HS_PUBKEY value that their subject names (index:handle), byte for byte.",
        );
        self
    }

    /// Whether the server may have received the request, or a part of it.
    pub(crate) fn may_have_arrived(&self) -> bool {
        self.sent
    }

    /// Whether the same request may succeed a moment later.
    pub(crate) fn is_transient(&self) -> bool {
        self.transient
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The failure of the last of several attempts.
    pub(crate) fn after(mut self, attempts: u32) -> Failure {
        if attempts > 1 {
            self.message.push_str(&format!(" It was tried {attempts} times."));
        }
        self
    }

    /// The failure as the caller sees it.
    pub(crate) fn into_error(self) -> Error {
        Error::new(self.kind, self.message)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::unsent(error.kind(), error.message().to_owned())
    }
}

fn server(url: &Url) -> String {
    let port = url.port_or_known_default().map_or(String::new(), |port| format!(":{port}"));
    format!("{}{port}", url.host_str().unwrap_or_default())
}

/// Trouble that passes: unlike a host name that does not exist, or a server that is not trusted.
fn is_transient(kind: Kind, error: &(dyn StdError + 'static)) -> bool {
    match kind {
        Kind::Unreachable | Kind::ConnectionLost | Kind::TimedOut => true,
        Kind::NameNotResolved => {
            causes(error).into_iter().any(|cause| cause.downcast_ref().is_some_and(NotResolved::is_temporary))
        }
        _ => false,
    }
}

/// Every error behind this one, those inside `io::Error` too: it hides what it wraps from `source`.
fn causes<'a>(error: &'a (dyn StdError + 'static)) -> Vec<&'a (dyn StdError + 'static)> {
    let mut all = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        all.push(error);
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    all
}

/// Whether the server ended the handshake because of a certificate, or for want of one. In TLS 1.3 its alert comes when
/// the handshake seems to be over, on a connection that has had no reply yet: the request has not been looked at. On any
/// other connection an alert says nothing of the sort.
fn refuses_certificate(error: &(dyn StdError + 'static), handshake: bool, first: bool) -> bool {
    use rustls::AlertDescription as Alert;
    causes(error).into_iter().any(|cause| {
        if let Some(rustls::Error::AlertReceived(alert)) = cause.downcast_ref() {
            let is_about_certificates = matches!(
                alert,
                Alert::BadCertificate
                    | Alert::UnsupportedCertificate
                    | Alert::CertificateRevoked
                    | Alert::CertificateExpired
                    | Alert::CertificateUnknown
                    | Alert::CertificateRequired
                    | Alert::UnknownCA
            );
            let may_be = matches!(alert, Alert::AccessDenied | Alert::HandshakeFailure | Alert::DecryptError);
            return handshake && may_be || (handshake || first) && is_about_certificates;
        }
        let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        handshake
            && matches!(
                kind,
                Some(
                    io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
                )
            )
    })
}

fn explain(
    error: &(dyn StdError + 'static),
    server: &str,
    connecting: bool,
    handshake: bool,
) -> (Kind, String) {
    let causes = causes(error);
    let lacking = |cause: &&(dyn StdError + 'static)| lacks_resources(cause.downcast_ref::<io::Error>()?);
    if let Some(lacking) = causes.iter().find_map(lacking).filter(|_| connecting) {
        let message =
            format!("{server}: no connection could be made ({lacking}). Is a limit of the process reached?");
        return (Kind::NoResources, message);
    }
    for cause in &causes {
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return explain_tls(tls, server);
        }
        if let Some(slow) = cause.downcast_ref::<ConnectTimedOut>() {
            let message = format!(
                "{server}: {slow}. Check host and port in handle_server_url, and firewalls; or raise connect_timeout_ms."
            );
            return (Kind::TimedOut, message);
        }
        if let Some(http) = cause.downcast_ref::<hyper::Error>().filter(|http| http.is_parse()) {
            return explain_http(http, server);
        }
        if let Some(name) = cause.downcast_ref::<NotResolved>() {
            return (Kind::NameNotResolved, format!("{server}: {name}. Check handle_server_url."));
        }
    }
    let kinds: Vec<_> =
        causes.iter().filter_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind).collect();
    let is = |kind| kinds.contains(&kind);
    let innermost = causes.last().map_or_else(String::new, ToString::to_string);
    if !connecting {
        let message =
            format!("{server}: the connection broke before the whole reply was there ({innermost}).");
        return (Kind::ConnectionLost, message);
    }
    if is(io::ErrorKind::ConnectionRefused) {
        let message = format!(
            "{server}: nothing accepts connections there. Is the server running? Check host and port in \
             handle_server_url."
        );
        return (Kind::Unreachable, message);
    }
    if handshake && (is(io::ErrorKind::UnexpectedEof) || is(io::ErrorKind::ConnectionReset)) {
        let message = format!(
            "{server} closed the connection during the TLS handshake. Check that the port speaks HTTPS, and TLS \
             1.2 or 1.3. A server that requires a client certificate does this to those that show none."
        );
        return (Kind::TlsFailed, message);
    }
    let message =
        format!("{server} cannot be reached ({innermost}). Check host and port in handle_server_url.");
    (Kind::Unreachable, message)
}

/// Asking again would not help: what is sent is wrong, not the way it took.
fn explain_http(error: &hyper::Error, server: &str) -> (Kind, String) {
    let message = format!(
        "{server} does not speak HTTP as it should ({error}). Check host and port in handle_server_url, and whether it \
         should be https://."
    );
    (Kind::NotAHandleServer, message)
}

/// What the system says that it has no more of: descriptors or memory.
fn lacks_resources(error: &io::Error) -> Option<&'static str> {
    let lacking = Errno::from_raw(error.raw_os_error()?);
    matches!(lacking, Errno::EMFILE | Errno::ENFILE | Errno::ENOBUFS | Errno::ENOMEM).then(|| lacking.desc())
}

fn explain_tls(error: &rustls::Error, server: &str) -> (Kind, String) {
    match error {
        rustls::Error::InvalidCertificate(error) => explain_certificate(error, server),
        rustls::Error::InvalidMessage(_) => (
            Kind::TlsFailed,
            format!(
                "{server} does not speak TLS. Check the port, and whether it should be http:// (for reading only)."
            ),
        ),
        other => (Kind::TlsFailed, format!("{server}: the TLS handshake failed ({other}).")),
    }
}

fn explain_certificate(error: &CertificateError, server: &str) -> (Kind, String) {
    let refusal = Refusal::behind(error);
    let shown = refusal.and_then(|refusal| refusal.shown);
    let pinning = match shown {
        Some(shown) => format!(
            "The key of the server that answered is {shown}: ask its administrator whether that is right; if it is, pin \
             it by setting HTTPS_verify to this text, or to a file with the server's key."
        ),
        None => "Check host and port in handle_server_url.".to_owned(),
    };
    match refusal.map_or(error, |refusal| &refusal.why) {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => (
            Kind::TlsName,
            format!(
                "{server}: the server's certificate is for another name, or for none, as the certificates are that \
                 Handle servers make themselves. Correct handle_server_url, or pin the server. {pinning}"
            ),
        ),
        CertificateError::ApplicationVerificationFailure => (
            Kind::TlsCertificate,
            format!(
                "{server}: the server is not trusted: its key is none of those that HTTPS_verify names. Either the server \
                 has a new key, or somebody else answers in its place. {pinning}"
            ),
        ),
        CertificateError::BadSignature => (
            Kind::TlsCertificate,
            format!(
                "{server}: the server is not trusted: it shows a certificate whose key it does not have. Somebody else may \
                 answer in its place."
            ),
        ),
        other => {
            let why = match other {
                CertificateError::UnknownIssuer => "its issuer is unknown".to_owned(),
                CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                    "it has expired".to_owned()
                }
                CertificateError::BadEncoding => "it cannot be decoded".to_owned(),
                other => other.to_string(),
            };
            let message = format!(
                "{server}: the server's certificate is not trusted: {why}. If a certificate authority signed it, set \
                 HTTPS_verify to the file of that CA. {pinning}"
            );
            (Kind::TlsCertificate, message)
        }
    }
}
