//! A kept-alive HTTP/1.1 connection, and an exchange on it.

use super::connect::{Connector, Stream};
use super::lanes::LONGEST_IDLE;
use super::proxy::Proxy;
use crate::request::{JSON, Request as Ours};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue, PROXY_AUTHORIZATION, USER_AGENT};
use http::{Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, SendRequest};
use std::pin::Pin;
use std::time::{Duration, Instant};

pub(super) type Message = Request<Full<Bytes>>;

const AGENT: HeaderValue = HeaderValue::from_static(concat!("libb2handle/", env!("CARGO_PKG_VERSION")));

/// Whom a connection leads to, and whether it shows our certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub(super) server: String,
    pub(super) with_certificate: bool,
}

impl End {
    /// With the scheme: what is meant for HTTPS must never travel on a plain connection to the same host and port.
    pub(super) fn of(url: &url::Url, with_certificate: bool) -> End {
        End { server: url[..url::Position::BeforePath].to_owned(), with_certificate }
    }
}

/// A connection. Its other half, a task, runs while the lane does.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) end: End,
    requests: SendRequest<Full<Bytes>>,
    /// The one at the other end, where it sees the requests.
    proxy: Option<Proxy>,
    used: Instant,
}

impl Wire {
    pub(super) async fn open(
        connector: &Connector,
        uri: &Uri,
        end: End,
        limit: Duration,
    ) -> Result<Wire, super::connect::BoxError> {
        let (stream, proxy) = connector.connect(uri, limit).await?;
        Ok(Wire { end, requests: start(stream).await?, proxy, used: Instant::now() })
    }

    /// Whether it may be used once more.
    pub(super) fn is_alive(&self) -> bool {
        !self.requests.is_closed() && self.used.elapsed() < LONGEST_IDLE
    }

    /// Sends a request. The failure returns it where nothing of it was sent, since the connection had been closed.
    pub(super) async fn send(
        &mut self,
        message: Message,
    ) -> Result<Response<Incoming>, TrySendError<Message>> {
        // Where this fails, so does the next.
        let _ = self.requests.ready().await;
        self.requests.try_send_request(message).await
    }

    /// The request as this connection needs it.
    pub(super) fn message(&self, request: &Ours, uri: &Uri) -> Result<Message, http::Error> {
        let target = match &self.proxy {
            Some(_) => uri.clone(),
            None => {
                Uri::from(uri.path_and_query().cloned().unwrap_or(http::uri::PathAndQuery::from_static("/")))
            }
        };
        let mut message = Request::new(Full::new(request.body.clone().unwrap_or_default()));
        *message.method_mut() = request.method.clone();
        *message.uri_mut() = target;
        let headers = message.headers_mut();
        headers.insert(HOST, HeaderValue::from_str(request.url.authority())?);
        headers.insert(USER_AGENT, AGENT);
        if let Some(authorization) = &request.authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        if let Some(authorization) = self.proxy.as_ref().and_then(|proxy| proxy.authorization.clone()) {
            headers.insert(PROXY_AUTHORIZATION, authorization);
        }
        if request.body.is_some() {
            headers.insert(CONTENT_TYPE, JSON);
        }
        Ok(message)
    }

    /// Notes that an exchange has ended well.
    pub(super) fn done(&mut self) {
        self.used = Instant::now();
    }
}

type Started = hyper::Result<SendRequest<Full<Bytes>>>;

/// Boxed: as a part of every exchange, its state would be a good part of the stack that a call takes.
fn start(stream: Stream) -> Pin<Box<dyn Future<Output = Started>>> {
    Box::pin(async move {
        let (requests, connection) = http1::handshake(stream).await?;
        // It ends with the other half; how is told there.
        tokio::spawn(async {
            let _ = connection.await;
        });
        Ok(requests)
    })
}
