//! Waiting for the switch that ends a call.

use super::deadline::LOOKS;
use crate::cancel::Cancel;
use std::cell::RefCell;
use std::future::pending;
use std::os::fd::{AsRawFd, RawFd};
use std::sync::Arc;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// What a lane is woken by when the switch of its call is triggered: one for all requests of the call, since the event
/// queue takes a descriptor once.
#[derive(Debug, Default)]
pub(super) struct Watch(RefCell<Option<Arc<AsyncFd<Switch>>>>);

/// Open, and the same descriptor, for as long as it is watched.
#[derive(Debug)]
struct Switch(Cancel, RawFd);

impl AsRawFd for Switch {
    fn as_raw_fd(&self) -> RawFd {
        self.1
    }
}

impl Watch {
    /// Ends once the switch is triggered.
    pub(super) async fn triggered(&self, cancel: Option<&Cancel>) {
        let Some(cancel) = cancel else { return pending().await };
        let event = self.event(cancel);
        while !cancel.is_triggered() {
            match &event {
                Some(event) if event.readable().await.is_ok() => {}
                _ => tokio::time::sleep(LOOKS).await,
            }
        }
    }

    /// Looks no longer: the call has ended.
    pub(super) fn end(&self) {
        self.0.take();
    }

    /// Nothing where the switch wakes nobody, or where the event queue takes no more.
    #[allow(
        deprecated,
        reason = "the descriptor stays open and the same, which the replacement wants promised in unsafe code"
    )]
    fn event(&self, cancel: &Cancel) -> Option<Arc<AsyncFd<Switch>>> {
        let mut watched = self.0.borrow_mut();
        if let Some(event) = &*watched
            && event.get_ref().0.is(cancel)
        {
            return Some(event.clone());
        }
        let switch = Switch(cancel.clone(), cancel.event()?.as_raw_fd());
        *watched = AsyncFd::with_interest(switch, Interest::READABLE).ok().map(Arc::new);
        watched.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use tokio::runtime::Builder;

    #[test]
    fn one_switch_wakes_all_who_wait_for_it() {
        // Without timers, nobody can look again and again.
        let runtime = Builder::new_current_thread().enable_io().build().unwrap();
        let (watch, cancel) = (Watch::default(), Cancel::new().unwrap());
        let copy = cancel.clone();
        runtime.block_on(async {
            let waiting = pin!(futures_util::future::join(
                watch.triggered(Some(&cancel)),
                watch.triggered(Some(&copy)),
            ));
            let trigger = std::thread::spawn({
                let cancel = cancel.clone();
                move || cancel.trigger()
            });
            waiting.await;
            trigger.join().unwrap();
        });
        watch.end();
    }
}
