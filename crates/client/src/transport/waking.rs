//! What the parts of a call wake each other by. The runtime would look at its event queue each time, with a system call; so
//! what is woken while the work runs is polled once more at once, and the runtime learns of events from outside alone.

use futures_util::task::AtomicWaker;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// Work whose parts wake it.
pub(super) struct Woken<'a, F> {
    work: Pin<&'a mut F>,
    bell: Arc<Bell>,
    waker: Waker,
}

/// Rung by whatever the work waits for.
#[derive(Debug, Default)]
pub(super) struct Bell {
    runtime: AtomicWaker,
    is_polling: AtomicBool,
    has_rung: AtomicBool,
}

impl<'a, F: Future> Woken<'a, F> {
    pub(super) fn new(work: Pin<&'a mut F>, bell: &Arc<Bell>) -> Woken<'a, F> {
        Woken { work, bell: bell.clone(), waker: bell.clone().into() }
    }
}

impl<F: Future> Future for Woken<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let Woken { work, bell, waker } = &mut *self;
        bell.runtime.register(context.waker());
        loop {
            bell.is_polling.store(true, Ordering::SeqCst);
            bell.has_rung.swap(false, Ordering::SeqCst);
            let outcome = work.as_mut().poll(&mut Context::from_waker(waker));
            bell.is_polling.store(false, Ordering::SeqCst);
            if outcome.is_ready() {
                // What is woken from now on, the next work looks at when it begins.
                bell.runtime.take();
                return outcome;
            }
            if !bell.has_rung() {
                return outcome;
            }
        }
    }
}

impl Bell {
    /// Whether it has rung since the work was polled last, or while it is.
    pub(super) fn has_rung(&self) -> bool {
        self.has_rung.load(Ordering::SeqCst)
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.has_rung.store(true, Ordering::SeqCst);
        // Before this, the poll was not over, and sees that the bell has rung.
        if !self.is_polling.load(Ordering::SeqCst) {
            self.runtime.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;
    use std::pin::pin;
    use std::sync::atomic::AtomicUsize;
    use std::thread;
    use tokio::runtime::Builder;

    #[test]
    fn what_is_woken_while_it_runs_is_polled_at_once() {
        let polls = AtomicUsize::new(0);
        let mut work = pin!(poll_fn(|context| {
            context.waker().wake_by_ref();
            if polls.fetch_add(1, Ordering::Relaxed) < 3 { Poll::Pending } else { Poll::Ready(()) }
        }));
        let bell = Arc::new(Bell::default());
        let mut woken = pin!(Woken::new(work.as_mut(), &bell));
        let polled = woken.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!((polled, polls.into_inner()), (Poll::Ready(()), 4));
    }

    /// No wake is lost, whenever it comes.
    #[test]
    fn other_threads_wake_the_runtime() {
        let runtime = Builder::new_current_thread().build().unwrap();
        let bell = Arc::new(Bell::default());
        for _ in 0..2000 {
            let done = Arc::new(AtomicBool::new(false));
            let mut helper = None;
            let mut work = pin!(poll_fn(|context| {
                helper.get_or_insert_with(|| {
                    let (done, waker) = (done.clone(), context.waker().clone());
                    thread::spawn(move || {
                        done.store(true, Ordering::SeqCst);
                        waker.wake();
                    })
                });
                if done.load(Ordering::SeqCst) { Poll::Ready(()) } else { Poll::Pending }
            }));
            runtime.block_on(Woken::new(work.as_mut(), &bell));
            helper.unwrap().join().unwrap();
        }
    }
}
