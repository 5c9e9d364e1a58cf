//! Several requests at once, on the thread of one caller.

use super::retry::Outcome;
use super::{Sender, Shared};
use crate::request::Request;
use crate::transport::{Deadline, Failure, Lane};
use futures_util::stream::{FuturesUnordered, Stream};
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::Poll;

/// Requests under way on one lane, each with what its sender wants to know when it ends. They make progress while
/// somebody waits for one of them.
pub(crate) struct Flights<'a, 'd: 'a, T> {
    sender: &'a Sender,
    shared: &'a Shared,
    lane: &'a Lane,
    under_way: FuturesUnordered<Flight<'a, T>>,
    /// Of the deadlines.
    lifetime: PhantomData<&'d ()>,
}

type Flight<'a, T> = Pin<Box<dyn Future<Output = (T, Outcome)> + 'a>>;

impl Sender {
    /// Calls a function with the means to send several requests at once. It may also send others in the usual way.
    pub(crate) fn together<'d, T>(&self, run: impl FnOnce(Flights<'_, 'd, T>)) -> Result<(), Failure> {
        self.shared.with(|shared| {
            self.transport.on_lane(&shared.lanes, |lane| {
                let (under_way, lifetime) = (FuturesUnordered::new(), PhantomData);
                run(Flights { sender: self, shared, lane, under_way, lifetime });
            })
        })
    }
}

impl<'a, 'd: 'a, T: 'd> Flights<'a, 'd, T> {
    pub(crate) fn count(&self) -> usize {
        self.under_way.len()
    }

    /// Puts a request on its way, with repetitions as [`Sender::send`] does.
    pub(crate) fn launch(&mut self, about: T, request: Request, deadline: Deadline<'d>) {
        let Flights { sender, shared, lane, .. } = *self;
        self.under_way.push(Box::pin(async move {
            let outcome = sender.send_on(lane, shared, &request, deadline).await;
            (about, outcome)
        }));
    }

    /// Waits until at least one request has ended; nothing where none is under way.
    pub(crate) fn landed(&mut self) -> Vec<(T, Outcome)> {
        let mut landed = Vec::new();
        self.lane.block_on_some(poll_fn(|context| {
            while let Poll::Ready(Some(one)) = Pin::new(&mut self.under_way).poll_next(context) {
                landed.push(one);
            }
            if landed.is_empty() && !self.under_way.is_empty() { Poll::Pending } else { Poll::Ready(()) }
        }));
        landed
    }
}
