//! A kept-alive HTTP/1.1 connection, and an exchange on it.

use super::Reply;
use super::body::Body;
use super::connect::{BoxError, Connector, Stream};
use super::failure::Failure;
use super::lanes::LONGEST_IDLE;
use super::proxy::Proxy;
use super::retry_after::retry_after;
use crate::fault::fault_point;
use crate::request::{JSON, Request as Ours};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue, PROXY_AUTHORIZATION, USER_AGENT};
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, Connection, SendRequest};
use std::error::Error as StdError;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
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

/// What reads and writes, until it has ended in this way.
#[derive(Debug)]
enum Works {
    On(Pin<Box<Connection<Stream, Full<Bytes>>>>),
    Ended(Option<hyper::Error>),
}

/// A connection. It works while one of its exchanges runs, and is closed when it is dropped.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) end: End,
    requests: SendRequest<Full<Bytes>>,
    works: Works,
    /// The one at the other end, where it sees the requests.
    proxy: Option<Proxy>,
    used: Instant,
}

impl Wire {
    /// Boxed: its state would be a good part of the stack that each exchange takes.
    pub(super) fn open<'a>(
        connector: &'a Connector,
        uri: &'a Uri,
        end: End,
        limit: Duration,
    ) -> Pin<Box<dyn Future<Output = Result<Wire, BoxError>> + 'a>> {
        Box::pin(async move {
            let (stream, proxy) = connector.connect(uri, limit).await?;
            let (requests, works) = http1::handshake(stream).await?;
            Ok(Wire { end, requests, works: Works::On(Box::pin(works)), proxy, used: Instant::now() })
        })
    }

    /// Whether nobody has used it for too long.
    pub(super) fn is_stale(&self, now: Instant) -> bool {
        now.duration_since(self.used) >= LONGEST_IDLE
    }

    /// Whether it may be used once more, as far as is known without waiting.
    pub(super) async fn is_alive(&mut self) -> bool {
        poll_fn(|context| {
            self.works.go_on(context);
            Poll::Ready(())
        })
        .await;
        matches!(self.works, Works::On(_)) && !self.requests.is_closed()
    }

    /// Sends a request and reads the reply.
    pub(super) async fn exchange(
        &mut self,
        message: Message,
        largest_reply: usize,
    ) -> Result<Reply, Problem> {
        let Wire { requests, works, .. } = self;
        let mut exchange = pin!(async {
            // Where this fails, so does the next.
            let _ = requests.ready().await;
            let response = requests.try_send_request(message).await;
            read(response.map_err(Problem::of)?, largest_reply).await
        });
        let outcome = poll_fn(|context| {
            works.go_on(context);
            exchange.as_mut().poll(context)
        });
        match outcome.await {
            Err(Problem::Closed(_)) => Err(Problem::Closed(self.works.why_ended())),
            outcome => {
                self.used = Instant::now();
                outcome
            }
        }
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
}

impl Works {
    fn go_on(&mut self, context: &mut Context<'_>) {
        if let Works::On(connection) = self
            && let Poll::Ready(outcome) = connection.as_mut().poll(context)
        {
            *self = Works::Ended(outcome.err());
        }
    }

    fn why_ended(&mut self) -> BoxError {
        let why = if let Works::Ended(why) = self { why.take() } else { None };
        let closed = || io::Error::new(io::ErrorKind::ConnectionAborted, "it closes new connections at once");
        why.map_or_else(|| closed().into(), BoxError::from)
    }
}

async fn read(mut response: Response<Incoming>, largest_reply: usize) -> Result<Reply, Problem> {
    fault_point("receiving");
    let status = response.status().as_u16();
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_owned();
    let retry_after = retry_after(response.headers());
    let mut body = Body::new(largest_reply);
    while let Some(frame) = response.frame().await {
        if let Ok(chunk) = frame.map_err(Problem::broken)?.into_data() {
            body.push(&chunk).map_err(Problem::Body)?;
        }
    }
    let (body, decoding) = body.finish().map_err(Problem::Body)?;
    Ok(Reply { status, content_type, retry_after, body, decoding, is_mirrored: false })
}

/// Why there is no reply.
pub(super) enum Problem {
    /// The connection had been closed before anything was sent on it.
    Closed(BoxError),
    Broken(BoxError),
    Body(Failure),
}

impl Problem {
    pub(super) fn broken(error: impl StdError + Send + Sync + 'static) -> Problem {
        Problem::Broken(error.into())
    }

    fn of(mut failed: TrySendError<Message>) -> Problem {
        let was_sent = failed.take_message().is_none();
        let error = failed.into_error().into();
        if was_sent { Problem::Broken(error) } else { Problem::Closed(error) }
    }
}
