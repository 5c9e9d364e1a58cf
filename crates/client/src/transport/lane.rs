//! A lane: one call at a time, on a runtime of its own that runs only while its caller waits.

use super::body::Body;
use super::connect::{ConnectLayer, Stage};
use super::deadline::{Deadline, LOOKS};
use super::failure::Failure;
use super::lanes::{LONGEST_IDLE, Lanes};
use super::proxy::ProxyChoice;
use super::resolve::Resolver;
use super::retry_after::retry_after;
use super::{Connection, Reply, Settings, tls};
use crate::cancel::Cancel;
use crate::error::Kind;
use crate::fault::fault_point;
use crate::request::{JSON, Request};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::runtime::Runtime;
use tokio::time::{Instant, timeout_at};

const USER_AGENT: &str = concat!("libb2handle/", env!("CARGO_PKG_VERSION"));

/// Makes the lanes of one client.
#[derive(Debug)]
pub(super) struct Factory {
    verification: tls::Verification,
    proxy: ProxyChoice,
    certificate: Option<tls::ClientCertificate>,
    largest_reply: usize,
}

impl Factory {
    pub(super) fn new(verification: tls::Verification, settings: Settings) -> Factory {
        let Settings { proxy, certificate, largest_reply, .. } = settings;
        Factory { verification, proxy, certificate, largest_reply }
    }

    pub(super) fn make(&self, lanes: &Lanes) -> Result<Lane, Failure> {
        let runtime =
            lanes.runtime().map_err(|error| no_resources("No event queue could be made", &error))?;
        let stage = Arc::new(Stage::default());
        let tls = lanes.tls.get_or_try_init(|| self.verification.client_config(None))?;
        let plain = self.http(tls.clone(), lanes, &stage)?;
        let certified = match &self.certificate {
            None => None,
            Some(certificate) => {
                let made = || self.verification.client_config(Some(certificate));
                let tls = lanes.tls_with_certificate.get_or_try_init(made)?;
                Some(self.http(tls.clone(), lanes, &stage)?)
            }
        };
        Ok(Lane {
            plain,
            certified,
            runtime,
            stage,
            largest_reply: self.largest_reply,
            connected: Vec::new(),
        })
    }

    fn http(
        &self,
        tls: rustls::ClientConfig,
        lanes: &Lanes,
        stage: &Arc<Stage>,
    ) -> Result<reqwest::Client, Failure> {
        let builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .pool_idle_timeout(LONGEST_IDLE)
            .tls_backend_preconfigured(tls)
            .dns_resolver(Resolver::new(lanes.resolving.clone()))
            .connector_layer(ConnectLayer::new(stage.clone()));
        self.proxy
            .apply(builder)
            .build()
            .map_err(|error| no_resources("No HTTP client could be made", &error.without_url()))
    }
}

fn no_resources(what: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::unsent(Kind::NoResources, format!("{what} ({error}). Is a limit of the process reached?"))
}

/// One runtime with its connections.
#[derive(Debug)]
pub(super) struct Lane {
    // Dropped before the runtime, on which their connections live.
    plain: reqwest::Client,
    certified: Option<reqwest::Client>,
    runtime: Runtime,
    stage: Arc<Stage>,
    largest_reply: usize,
    /// To which servers there has been a connection, with or without the certificate.
    connected: Vec<(String, bool)>,
}

impl Lane {
    /// Runs one exchange to its end, or to the deadline.
    pub(super) fn run(
        &self,
        request: &Request,
        with_certificate: bool,
        deadline: Deadline,
    ) -> Result<Reply, Failure> {
        let certified = self.certified.as_ref().filter(|_| with_certificate);
        let http = certified.unwrap_or(&self.plain);
        self.stage.reset(deadline.connect);
        self.runtime.block_on(async {
            // Lets the runtime notice the connections that the server closed while it was not running.
            tokio::task::yield_now().await;
            let exchange =
                timeout_at(Instant::from_std(deadline.until), exchange(http, request, self.largest_reply));
            let Some(outcome) = unless_cancelled(exchange, deadline.cancel).await else {
                return Err(Failure::cancelled(&self.stage));
            };
            match outcome {
                Ok(Ok(reply)) => Ok(reply),
                Ok(Err(Problem::Http(error))) => Err(Failure::from_http(&error, &request.url, &self.stage)),
                Ok(Err(Problem::Body(failure))) => Err(failure),
                Err(_) => Err(Failure::timed_out(deadline.total, &self.stage)),
            }
        })
    }
}

impl Lane {
    /// The connection that the exchange just run had.
    pub(super) fn connection(
        &mut self,
        request: &Request,
        with_certificate: bool,
        lanes: &Lanes,
    ) -> Connection {
        if self.stage.is_connecting() {
            return Connection::None;
        }
        if !self.stage.is_first_on_connection() {
            return Connection::Reused;
        }
        let (server, with_certificate) =
            (request.url.authority(), with_certificate && self.certified.is_some());
        if self.connected.iter().any(|(known, certified)| known == server && *certified == with_certificate) {
            return Connection::Again;
        }
        self.connected.push((server.to_owned(), with_certificate));
        if lanes.replace_lost() { Connection::Again } else { Connection::New }
    }

    pub(super) fn has_connected(&self) -> bool {
        !self.connected.is_empty()
    }
}

/// The outcome of something, or nothing once the switch is triggered.
async fn unless_cancelled<F: Future>(work: F, cancel: Option<&Cancel>) -> Option<F::Output> {
    let Some(cancel) = cancel else { return Some(work.await) };
    let (mut work, mut triggered) = (pin!(work), pin!(triggered(cancel)));
    poll_fn(|context| match triggered.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(None),
        Poll::Pending => work.as_mut().poll(context).map(Some),
    })
    .await
}

#[allow(
    deprecated,
    reason = "a borrowed descriptor stays open and the same, which the replacement wants promised"
)]
async fn triggered(cancel: &Cancel) {
    let event = cancel.event().and_then(|event| AsyncFd::with_interest(event, Interest::READABLE).ok());
    while !cancel.is_triggered() {
        match &event {
            Some(event) if event.readable().await.is_ok() => {}
            _ => tokio::time::sleep(LOOKS).await,
        }
    }
}

async fn exchange(http: &reqwest::Client, request: &Request, largest_reply: usize) -> Result<Reply, Problem> {
    let mut builder = http.request(request.method.clone(), request.url.clone());
    if let Some(authorization) = &request.authorization {
        builder = builder.header(AUTHORIZATION, authorization);
    }
    if let Some(body) = &request.body {
        builder = builder.header(CONTENT_TYPE, JSON).body(body.clone());
    }
    fault_point("exchange");
    let mut response = builder.send().await?;
    fault_point("receiving");
    let status = response.status().as_u16();
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_owned();
    let retry_after = retry_after(response.headers());
    let mut body = Body::new(largest_reply);
    while let Some(chunk) = response.chunk().await? {
        body.push(&chunk).map_err(Problem::Body)?;
    }
    Ok(Reply { status, content_type, retry_after, body: body.finish().map_err(Problem::Body)? })
}

enum Problem {
    Http(reqwest::Error),
    Body(Failure),
}

impl From<reqwest::Error> for Problem {
    fn from(error: reqwest::Error) -> Problem {
        Problem::Http(error)
    }
}
