//! How a sandbox is started.

use crate::fault::FaultRule;
use crate::reverse_lookup::ReverseLookup;
use crate::tls::ClientAuth;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// How to start a [`Sandbox`](crate::Sandbox). The default listens on a free port of 127.0.0.1 with the built-in fixture.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 means a free one.
    pub listen: SocketAddr,
    /// The initial content; `None` for the built-in fixture.
    pub fixture: Option<PathBuf>,
    /// The file that keeps the records, the users and the server's key; made when it is missing. `None` keeps all in
    /// memory. The fixture goes into a new file only.
    pub data: Option<PathBuf>,
    /// Whether every executed write is kept in a journal, with the records ([`Sandbox::journal`](crate::Sandbox::journal)).
    pub journal: bool,
    /// Whether clients are asked for a certificate; then there is no plain HTTP.
    pub client_auth: ClientAuth,
    /// What `/hrls` searches, if it is there.
    pub reverse_lookup: ReverseLookup,
    /// Whether the handles of a prefix can be listed; where not, that is 501/5 (BEHAVIOUR.md 2).
    pub listing: bool,
    /// Where the control endpoint listens, on a loopback address; `None` for none.
    pub control: Option<SocketAddr>,
    /// What goes wrong from the start.
    pub faults: Vec<FaultRule>,
    /// What the probabilities of faults are drawn from.
    pub seed: u64,
    /// How long a silent connection stays open; the real server waits 30 s (BEHAVIOUR.md 1).
    pub idle: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            fixture: None,
            data: None,
            journal: false,
            client_auth: ClientAuth::None,
            reverse_lookup: ReverseLookup::Sql,
            listing: true,
            control: None,
            faults: Vec::new(),
            seed: 0,
            idle: Duration::from_secs(30),
        }
    }
}
