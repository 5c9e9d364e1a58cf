//! Watches connections being made: their time limit, and whether there is one yet.

use crate::fault::fault_point;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tower_layer::Layer;
use tower_service::Service;

type BoxError = Box<dyn StdError + Send + Sync>;

/// How far the exchange on a lane has come. A lane runs one exchange at a time.
#[derive(Debug, Default)]
pub(super) struct Stage {
    connecting: AtomicBool,
    connected: AtomicBool,
    limit_ms: AtomicU64,
}

impl Stage {
    pub(super) fn reset(&self, limit: Duration) {
        self.connecting.store(false, Ordering::Relaxed);
        self.connected.store(false, Ordering::Relaxed);
        self.limit_ms.store(u64::try_from(limit.as_millis()).unwrap_or(u64::MAX).max(1), Ordering::Relaxed);
    }

    /// True when the exchange is the first on its connection.
    pub(super) fn is_first_on_connection(&self) -> bool {
        self.connected.load(Ordering::Relaxed)
    }

    /// True while a new connection is being made: then nothing of the request has been sent.
    pub(super) fn is_connecting(&self) -> bool {
        self.connecting.load(Ordering::Relaxed)
    }
}

/// A connection attempt took longer than it may.
#[derive(Debug)]
pub(super) struct ConnectTimedOut(pub(super) Duration);

impl fmt::Display for ConnectTimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no connection within {} ms", self.0.as_millis())
    }
}

impl StdError for ConnectTimedOut {}

/// Puts a [`Watched`] around reqwest's connector.
#[derive(Clone)]
pub(super) struct ConnectLayer(Arc<Stage>);

impl ConnectLayer {
    pub(super) fn new(stage: Arc<Stage>) -> ConnectLayer {
        ConnectLayer(stage)
    }
}

impl<S> Layer<S> for ConnectLayer {
    type Service = Watched<S>;

    fn layer(&self, connector: S) -> Watched<S> {
        Watched { connector, stage: self.0.clone() }
    }
}

/// A connector with a time limit, whose progress can be seen from outside.
#[derive(Clone)]
pub(super) struct Watched<S> {
    connector: S,
    stage: Arc<Stage>,
}

impl<S, R> Service<R> for Watched<S>
where
    S: Service<R, Error = BoxError>,
    S::Future: Send + 'static,
    S::Response: 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, target: R) -> Self::Future {
        let limit = Duration::from_millis(self.stage.limit_ms.load(Ordering::Relaxed));
        let connecting = self.connector.call(target);
        let stage = self.stage.clone();
        Box::pin(async move {
            stage.connecting.store(true, Ordering::Relaxed);
            fault_point("connecting");
            let connection = match tokio::time::timeout(limit, connecting).await {
                Ok(connection) => connection?,
                Err(_) => return Err(ConnectTimedOut(limit).into()),
            };
            stage.connecting.store(false, Ordering::Relaxed);
            stage.connected.store(true, Ordering::Relaxed);
            Ok(connection)
        })
    }
}
