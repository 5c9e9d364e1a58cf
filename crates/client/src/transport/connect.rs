//! Making connections: the name is resolved, TCP set up, a proxy passed and the TLS handshake made, in this order and
//! within a time limit.

use super::proxy::{Proxy, ProxyChoice};
use super::resolve::Resolver;
use super::socket::{Socket, Sockets};
use crate::fault::fault_point;
use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::rt::TokioIo;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tower_service::Service;

pub(super) type BoxError = Box<dyn StdError + Send + Sync>;
pub(super) type Stream = MaybeHttpsStream<TokioIo<Socket>>;

/// After so much silence the system asks whether the other side is still there.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// Makes the connections of a lane.
#[derive(Clone, Debug)]
pub(super) struct Connector {
    tcp: HttpConnector<Resolver>,
    tls: Arc<rustls::ClientConfig>,
    proxy: ProxyChoice,
}

/// A connection took longer to make than it may.
#[derive(Debug)]
pub(super) struct ConnectTimedOut(pub(super) Duration);

impl fmt::Display for ConnectTimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no connection within {} ms", self.0.as_millis())
    }
}

impl StdError for ConnectTimedOut {}

impl Connector {
    pub(super) fn new(resolver: Resolver, tls: Arc<rustls::ClientConfig>, proxy: ProxyChoice) -> Connector {
        let mut tcp = HttpConnector::new_with_resolver(resolver);
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(KEEPALIVE));
        Connector { tcp, tls, proxy }
    }

    /// A connection to the server of a URI, and the proxy at its other end where that is to see the requests.
    pub(super) async fn connect(
        &self,
        uri: &Uri,
        limit: Duration,
    ) -> Result<(Stream, Option<Proxy>), BoxError> {
        fault_point("connecting");
        match tokio::time::timeout(limit, self.reach(uri)).await {
            Ok(connection) => connection,
            Err(_) => Err(ConnectTimedOut(limit).into()),
        }
    }

    async fn reach(&self, uri: &Uri) -> Result<(Stream, Option<Proxy>), BoxError> {
        let Some(proxy) = self.proxy.of(uri) else {
            return Ok((self.handshake(self.tcp.clone(), uri).await?, None));
        };
        if uri.scheme() == Some(&http::uri::Scheme::HTTPS) {
            let mut tunnel = Tunnel::new(proxy.uri, self.tcp.clone());
            if let Some(authorization) = proxy.authorization {
                tunnel = tunnel.with_auth(authorization);
            }
            return Ok((self.handshake(tunnel, uri).await?, None));
        }
        Ok((self.handshake(self.tcp.clone(), &proxy.uri).await?, Some(proxy)))
    }

    async fn handshake<C>(&self, connector: C, uri: &Uri) -> Result<Stream, BoxError>
    where
        C: Service<Uri, Response = TokioIo<TcpStream>>,
        C::Future: Send + 'static,
        C::Error: Into<BoxError>,
    {
        HttpsConnector::from((Sockets(connector), self.tls.clone())).call(uri.clone()).await
    }
}
