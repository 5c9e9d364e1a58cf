//! The time that a call may take, and whether somebody has ended it.

use crate::cancel::Cancel;
use crate::error::{Error, Kind, Result};
use std::thread;
use std::time::{Duration, Instant};

/// How often those look at the switch who cannot be woken by it.
pub(super) const LOOKS: Duration = Duration::from_millis(20);

/// The end of a call, and the limit of each connection attempt within it. Always finite; a switch may end it earlier.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline<'a> {
    pub(crate) until: Instant,
    pub(crate) total: Duration,
    pub(super) connect: Duration,
    pub(super) cancel: Option<&'a Cancel>,
}

impl<'a> Deadline<'a> {
    /// Starts the clock.
    pub(crate) fn start(
        total: Duration,
        connect: Duration,
        cancel: Option<&'a Cancel>,
    ) -> Result<Deadline<'a>> {
        let until = Instant::now().checked_add(total);
        match until {
            Some(until) if !total.is_zero() && !connect.is_zero() => {
                Ok(Deadline { until, total, connect, cancel })
            }
            _ => Err(Error::new(Kind::InvalidArgument, "A timeout must be longer than nothing and finite.")),
        }
    }

    /// How long to wait for something that neither the end of the call nor the switch would end.
    ///
    /// # Errors
    /// [`Kind::TimedOut`] with the given words, or [`Kind::Cancelled`], when it is over.
    pub(crate) fn wait(&self, over: &str) -> Result<Duration> {
        if self.is_cancelled() {
            return Err(Error::cancelled());
        }
        let left = self.left();
        if left.is_zero() {
            return Err(Error::new(Kind::TimedOut, over));
        }
        Ok(if self.cancel.is_some() { left.min(LOOKS) } else { left })
    }

    /// How much time is left.
    pub(crate) fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    /// The same, but over when half of what is left has passed.
    pub(crate) fn half(self) -> Deadline<'a> {
        self.without(self.left() / 2)
    }

    /// The same, but over so much earlier.
    pub(crate) fn without(self, reserve: Duration) -> Deadline<'a> {
        Deadline { until: self.until.checked_sub(reserve).unwrap_or(self.until), ..self }
    }

    /// The same, but over when so much time has passed.
    pub(crate) fn at_most(self, time: Duration) -> Deadline<'a> {
        self.without(self.left().saturating_sub(time))
    }

    /// Lets time pass, though not beyond the end of the call.
    ///
    /// # Errors
    /// [`Kind::Cancelled`] once the switch is triggered.
    pub(crate) fn sleep(&self, time: Duration) -> Result<()> {
        let end = Instant::now() + time.min(self.left());
        loop {
            if self.is_cancelled() {
                return Err(Error::cancelled());
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            thread::sleep(if self.cancel.is_some() { left.min(LOOKS) } else { left });
        }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(Cancel::is_triggered)
    }
}
