//! How long is measured.

/// How often, and how much at once. Samples of a tenth of a second are worth little on a machine that others use.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Pairs of ours and the peer's.
    pub pairs: usize,
    /// GETs in a sample, over HTTP and over HTTPS.
    pub gets: usize,
    /// GETs of PYHANDLE in a sample.
    pub slow_gets: usize,
    /// Processes in a sample.
    pub starts: usize,
    /// Seconds for which wrk runs.
    pub wrk_seconds: u32,
    /// Whether instructions are counted, where there is valgrind.
    pub instructions: bool,
}

impl Pace {
    /// What counts. Under six minutes.
    pub const FULL: Pace =
        Pace { pairs: 9, gets: 20_000, slow_gets: 1_000, starts: 40, wrk_seconds: 1, instructions: true };
    /// A first look, within 90 seconds.
    pub const QUICK: Pace =
        Pace { pairs: 3, gets: 5_000, slow_gets: 300, starts: 20, wrk_seconds: 1, instructions: false };
    /// Whether everything still runs; the numbers mean nothing.
    pub const TINY: Pace =
        Pace { pairs: 1, gets: 100, slow_gets: 10, starts: 1, wrk_seconds: 1, instructions: false };
}
