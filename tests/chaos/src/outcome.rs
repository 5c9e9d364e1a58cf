//! What the client said of an operation.

/// Moments are numbers of a counter that all threads of the C program share: no clock has a say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) number: u32,
    pub(crate) begin: u64,
    pub(crate) end: u64,
    /// A `b2h_status`.
    pub(crate) status: i32,
    pub(crate) in_doubt: bool,
    pub(crate) http: u16,
    /// The Handle that was made, or what was read.
    pub(crate) out: String,
    pub(crate) message: String,
}

impl Outcome {
    /// Reads a line of the C program.
    pub(crate) fn parse(line: &str) -> Option<Outcome> {
        let mut fields = line.split('\t');
        let mut field = || fields.next();
        Some(Outcome {
            number: field()?.parse().ok()?,
            begin: field()?.parse().ok()?,
            end: field()?.parse().ok()?,
            status: field()?.parse().ok()?,
            in_doubt: field()? == "1",
            http: field()?.parse().ok()?,
            out: field()?.to_owned(),
            message: field()?.to_owned(),
        })
    }

    pub(crate) fn is_success(&self) -> bool {
        self.status == 0
    }
}

/// The statuses of the library that can come, by their numbers in b2handle.h.
pub(crate) fn status_name(status: i32) -> &'static str {
    match status {
        0 => "done",
        41 => "unreachable",
        42 => "TLS failed",
        45 => "timed out",
        46 => "connection lost",
        60 => "authentication failed",
        80 => "handle not found",
        81 => "handle exists",
        82 => "value not found",
        84 => "broken record",
        87 => "conflict",
        100 => "not a handle server",
        101 => "server error",
        102 => "server busy",
        105 => "unexpected reply",
        _ => "another status",
    }
}
