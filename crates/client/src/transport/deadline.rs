//! The time that a call may take, and whether somebody has ended it.

use crate::cancel::Cancel;
use crate::error::{Error, Kind, Result};
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
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Error::new(Kind::TimedOut, over));
        }
        Ok(if self.cancel.is_some() { left.min(LOOKS) } else { left })
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(Cancel::is_triggered)
    }
}
