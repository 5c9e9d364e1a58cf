//! The time that a call may take.

use crate::error::{Error, Kind, Result};
use std::time::{Duration, Instant};

/// The end of a call, and the limit of each connection attempt within it. Always finite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    pub(crate) until: Instant,
    pub(crate) total: Duration,
    pub(super) connect: Duration,
}

impl Deadline {
    /// Starts the clock.
    pub(crate) fn start(total: Duration, connect: Duration) -> Result<Deadline> {
        let until = Instant::now().checked_add(total);
        match until {
            Some(until) if !total.is_zero() && !connect.is_zero() => Ok(Deadline { until, total, connect }),
            _ => Err(Error::new(Kind::InvalidArgument, "A timeout must be longer than nothing and finite.")),
        }
    }
}
