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
use std::task::{Context, Poll};
use std::thread::{self, JoinHandle};
use std::time::Instant;
use tokio::sync::{Mutex, Semaphore, oneshot};
use tower_service::Service;

/// As threads have by default. Without it, that would be looked up in the environment, which the host may be changing.
const STACK: usize = 2 << 20;

/// When so many lookups wait, another one would not fare better: it waits for its turn.
pub(super) const MOST_AT_ONCE: usize = 64;

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
    /// For threads that look up a name, those given up by their call included.
    places: Arc<Semaphore>,
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
    pub(super) fn new(places: Arc<Semaphore>) -> Resolver {
        Resolver { places, last: Arc::default() }
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
        let addresses = on_helper(self.places, &host).await;
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
async fn on_helper(places: Arc<Semaphore>, host: &str) -> Addresses {
    let not_resolved = |why: io::Error, is_temporary| NotResolved {
        host: host.to_owned(),
        why: Arc::new(why),
        is_temporary,
    };
    let place = places.acquire_owned().await.map_err(|why| not_resolved(io::Error::other(why), false))?;
    let (ending, ends) = oneshot::channel::<()>();
    let helper = spawn({
        let host = host.to_owned();
        move || {
            let _kept = (place, ending);
            look_up(&host)
        }
    });
    let addresses = match helper {
        Ok(helper) => {
            // Nothing is sent: it comes when the helper drops its end.
            let _ = ends.await;
            // All it still does is to end; after the call it would be a thread too many.
            helper.join().unwrap_or_else(|_| Err(io::Error::other("the lookup was lost")))
        }
        // Where the host may start no thread, its own has to wait.
        Err(_) => look_up(host),
    };
    addresses.map_err(|why| {
        let is_temporary = why.to_string().contains(TRY_AGAIN);
        not_resolved(why, is_temporary)
    })
}

fn look_up(host: &str) -> io::Result<Vec<SocketAddr>> {
    fault_point("resolving");
    (host, 0).to_socket_addrs().map(Iterator::collect)
}

/// Starts a thread that takes no signal: those are for the host's own threads.
fn spawn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<JoinHandle<T>> {
    let callers = SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK)?;
    let started = thread::Builder::new().name("b2h-resolve".to_owned()).stack_size(STACK).spawn(work);
    callers.thread_set_mask()?;
    started
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().build().unwrap()
    }

    #[test]
    fn lookups_that_wait_are_limited() {
        let places = Arc::new(Semaphore::new(0));
        let mut resolver = Resolver::new(places.clone());
        let mut waiting = resolver.call("localhost".parse().unwrap());
        let mut context = Context::from_waker(Waker::noop());
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        assert!(resolver.last.try_lock().is_err(), "it shall be in the middle of it");
        places.add_permits(1);
        runtime().block_on(waiting).unwrap();
    }

    #[test]
    fn a_helper_has_given_its_place_back_when_its_lookup_ends() {
        let places = Arc::new(Semaphore::new(1));
        let mut resolver = Resolver::new(places.clone());
        for _ in 0..100 {
            let addresses = runtime().block_on(resolver.call("localhost".parse().unwrap())).unwrap();
            assert!(addresses.into_iter().all(|address| address.ip().is_loopback()));
            assert_eq!(places.available_permits(), 1);
        }
    }

    /// Threads that begin together each look the name up.
    #[test]
    fn more_than_so_many_callers_all_get_an_answer() {
        let places = Arc::new(Semaphore::new(2));
        thread::scope(|scope| {
            for _ in 0..20 {
                scope.spawn(|| {
                    let mut resolver = Resolver::new(places.clone());
                    runtime().block_on(resolver.call("localhost".parse().unwrap())).unwrap();
                });
            }
        });
    }
}
