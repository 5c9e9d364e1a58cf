//! Several requests at once, on the thread of one caller.

use super::retry::Outcome;
use super::{Sender, Shared};
use crate::request::Request;
use crate::transport::{Deadline, Failure, Lane};
use futures_util::stream::{FuturesUnordered, Stream};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Poll, Waker};

/// Requests under way on one lane, each with what its sender wants to know when it ends. They make progress while
/// somebody waits for one of them.
pub(crate) struct Flights<'a, 'd: 'a, T> {
    sender: &'a Sender,
    shared: &'a Shared,
    lane: &'a Lane,
    desk: &'a Desk<'d, T>,
    /// They never end, but take one request after the other: their state is large, and is not made anew for each.
    planes: FuturesUnordered<Pin<Box<dyn Future<Output = ()> + 'a>>>,
    count: usize,
}

/// What is to be sent, who has nothing to send, and what has come of it.
struct Desk<'d, T> {
    waiting: RefCell<VecDeque<(T, Request, Deadline<'d>)>>,
    idle: RefCell<Vec<Waker>>,
    landed: RefCell<Vec<(T, Outcome)>>,
}

impl Sender {
    /// Calls a function with the means to send several requests at once. It may also send others in the usual way.
    pub(crate) fn together<'d, T>(&self, run: impl FnOnce(Flights<'_, 'd, T>)) -> Result<(), Failure> {
        self.shared.with(|shared| {
            self.transport.on_lane(&shared.lanes, |lane| {
                let desk = Desk::default();
                let planes = FuturesUnordered::new();
                run(Flights { sender: self, shared, lane, desk: &desk, planes, count: 0 });
            })
        })
    }
}

impl<'a, 'd: 'a, T: 'd> Flights<'a, 'd, T> {
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Puts a request on its way, with repetitions as [`Sender::send`] does.
    pub(crate) fn launch(&mut self, about: T, request: Request, deadline: Deadline<'d>) {
        let Flights { sender, shared, lane, desk, .. } = *self;
        desk.waiting.borrow_mut().push_back((about, request, deadline));
        self.count += 1;
        if self.count <= self.planes.len() {
            return desk.idle.take().into_iter().for_each(Waker::wake);
        }
        self.planes.push(Box::pin(async move {
            loop {
                let (about, request, deadline) = desk.next().await;
                let outcome = sender.send_on(lane, shared, &request, deadline).await;
                desk.landed.borrow_mut().push((about, outcome));
            }
        }));
    }

    /// Waits until at least one request has ended; nothing where none is under way.
    pub(crate) fn landed(&mut self) -> Vec<(T, Outcome)> {
        if self.count == 0 {
            return Vec::new();
        }
        let landed = self.lane.block_on_some(poll_fn(|context| {
            let mut count = 0;
            loop {
                // Pending, since no plane ends; perhaps after a few of those that could go on.
                let _ = Pin::new(&mut self.planes).poll_next(context);
                let landed = self.desk.landed.borrow().len();
                if landed == count {
                    break;
                }
                count = landed;
            }
            if count == 0 { Poll::Pending } else { Poll::Ready(self.desk.landed.take()) }
        }));
        self.count -= landed.len();
        landed
    }
}

impl<T> Desk<'_, T> {
    async fn next(&self) -> (T, Request, Deadline<'_>) {
        poll_fn(|context| match self.waiting.borrow_mut().pop_front() {
            Some(next) => Poll::Ready(next),
            None => {
                self.idle.borrow_mut().push(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}

impl<T> Default for Desk<'_, T> {
    fn default() -> Self {
        Desk { waiting: RefCell::default(), idle: RefCell::default(), landed: RefCell::default() }
    }
}
