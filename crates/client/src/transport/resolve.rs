//! Host names. The system's resolver cannot be interrupted, so it runs on a helper thread that is given up at
//! the deadline. Addresses written as numbers never come here.

use crate::fault::fault_point;
use hyper_util::client::legacy::connect::dns::Name;
use nix::sys::signal::{SigSet, SigmaskHow};
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::thread;
use std::time::Instant;
use tokio::sync::{Mutex, oneshot};
use tower_service::Service;

/// As threads have by default. Without it, that would be looked up in the environment, which the host may be changing.
const STACK: usize = 2 << 20;

/// When so many lookups are stuck, another one would not fare better.
const MOST_AT_ONCE: usize = 64;

/// The C library's words for a name server that gave no answer. In another language than English the trouble passes for a
/// lasting one, and is not tried again.
const TRY_AGAIN: &str = "Temporary failure";

/// A host name has no address, or the resolver does not answer.
#[derive(Clone, Debug)]
pub(super) struct NotResolved {
    host: String,
    why: Arc<io::Error>,
    is_temporary: bool,
}

impl NotResolved {
    pub(super) fn is_temporary(&self) -> bool {
        self.is_temporary
    }
}

impl fmt::Display for NotResolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the host name {} could not be resolved ({})", self.host, self.why)
    }
}

impl StdError for NotResolved {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.why)
    }
}

type Addresses = Result<Vec<SocketAddr>, NotResolved>;

/// Resolves names for a lane.
#[derive(Clone, Debug)]
pub(super) struct Resolver {
    /// Threads of the process that look up a name.
    running: Arc<AtomicUsize>,
    /// Connections that are made at the same time share a lookup.
    last: Arc<Mutex<Option<Lookup>>>,
}

#[derive(Debug)]
struct Lookup {
    host: String,
    ended: Instant,
    addresses: Addresses,
}

impl Resolver {
    pub(super) fn new(running: Arc<AtomicUsize>) -> Resolver {
        Resolver { running, last: Arc::default() }
    }

    /// The addresses of a host, as they were found after this was called.
    async fn resolve(self, host: String) -> Addresses {
        let asked = Instant::now();
        let mut last = self.last.lock().await;
        if let Some(lookup) = &*last
            && lookup.ended >= asked
            && lookup.host == host
        {
            return lookup.addresses.clone();
        }
        let addresses = on_helper(self.running, &host).await;
        *last = Some(Lookup { host, ended: Instant::now(), addresses: addresses.clone() });
        addresses
    }
}

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = NotResolved;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, NotResolved>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), NotResolved>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let addresses = self.clone().resolve(name.as_str().to_owned());
        Box::pin(async move { addresses.await.map(Vec::into_iter) })
    }
}

/// Looks up a name on a thread of its own.
async fn on_helper(running: Arc<AtomicUsize>, host: &str) -> Addresses {
    let not_resolved = |why: io::Error, is_temporary| NotResolved {
        host: host.to_owned(),
        why: Arc::new(why),
        is_temporary,
    };
    let (answer, answered) = oneshot::channel();
    if running.fetch_add(1, Ordering::Relaxed) >= MOST_AT_ONCE {
        running.fetch_sub(1, Ordering::Relaxed);
        let why = format!("{MOST_AT_ONCE} earlier lookups are still waiting for the name server");
        return Err(not_resolved(io::Error::other(why), true));
    }
    let counted = Counted(running);
    let helper = spawn({
        let host = host.to_owned();
        move || {
            let _counted = counted;
            // Nobody listens any more when the call has given up.
            let _ = answer.send(look_up(&host));
        }
    });
    let addresses = match helper {
        Ok(()) => answered.await.unwrap_or_else(|_| Err(io::Error::other("the lookup was lost"))),
        // Where the host may start no thread, its own has to wait.
        Err(_) => look_up(host),
    };
    addresses.map_err(|why| {
        let is_temporary = why.to_string().contains(TRY_AGAIN);
        not_resolved(why, is_temporary)
    })
}

/// A lookup that is counted until it ends, also by a panic, or is not begun.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn look_up(host: &str) -> io::Result<Vec<SocketAddr>> {
    fault_point("resolving");
    (host, 0).to_socket_addrs().map(Iterator::collect)
}

/// Starts a thread that takes no signal: those are for the host's own threads.
fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let callers = SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK)?;
    let started = thread::Builder::new().name("b2h-resolve".to_owned()).stack_size(STACK).spawn(work);
    callers.thread_set_mask()?;
    started.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lookups_that_wait_are_limited() {
        let mut resolver = Resolver::new(Arc::new(AtomicUsize::new(MOST_AT_ONCE)));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let outcome = runtime.block_on(resolver.call("localhost".parse().unwrap()));
        assert!(outcome.err().unwrap().to_string().contains("still waiting"));
        assert_eq!(resolver.running.load(Ordering::Relaxed), MOST_AT_ONCE);
    }

    #[test]
    fn a_name_resolves_and_the_helper_is_counted_out() {
        let mut resolver = Resolver::new(Arc::default());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let addresses = runtime.block_on(resolver.call("localhost".parse().unwrap())).unwrap();
        assert!(addresses.into_iter().all(|address| address.ip().is_loopback()));
        while resolver.running.load(Ordering::Relaxed) != 0 {
            thread::yield_now();
        }
    }
}
