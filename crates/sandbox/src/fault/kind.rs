//! What can go wrong with a request.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// Something that goes wrong with a request. The text forms are those of `--fault`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// `latency:MILLISECONDS`: the request waits before it is looked at.
    Latency(Duration),
    /// `reset-before-reading`: the connection is reset when the head has come.
    ResetBeforeReading,
    /// `reset-before-executing`: the connection is reset when the whole request has come.
    ResetBeforeExecuting,
    /// `reset-before-answering`: the request is executed, then the connection is reset.
    ResetBeforeAnswering,
    /// `stall`: nothing is executed and nothing answered until the client gives up.
    Stall,
    /// `truncate`: the request is executed; the answer ends in the middle of its body, and the connection with it.
    Truncate,
    /// `garbage`: the request is executed; the body of the answer is no JSON.
    Garbage,
    /// `429`, `503`, `429:SECONDS` or `503:SECONDS`: not executed, answered with this status and Retry-After.
    Busy {
        /// The status of the answer.
        status: u16,
        /// The Retry-After header, in seconds.
        retry_after: Option<u32>,
    },
    /// `500`: not executed, answered with status 500 and response code 2.
    Error,
    /// `close`: the connection ends after the answer, which does not announce it.
    Close,
    /// `forget-sessions`: all sessions are forgotten before the request is looked at.
    ForgetSessions,
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Fault, String> {
        let (name, argument) = text.split_once(':').map_or((text, None), |(name, rest)| (name, Some(rest)));
        let number = |what: &str| {
            argument
                .map(|text| text.parse::<u32>().map_err(|_| format!("{name}: {text} is no number of {what}")))
        };
        let plain = |fault| match argument {
            None => Ok(fault),
            Some(_) => Err(format!("{name} takes no argument")),
        };
        match name {
            "latency" => match number("milliseconds") {
                Some(time) => Ok(Fault::Latency(Duration::from_millis(time?.into()))),
                None => Err("latency needs milliseconds, such as latency:200".to_owned()),
            },
            "429" => Ok(Fault::Busy { status: 429, retry_after: number("seconds").transpose()? }),
            "503" => Ok(Fault::Busy { status: 503, retry_after: number("seconds").transpose()? }),
            "500" => plain(Fault::Error),
            "reset-before-reading" => plain(Fault::ResetBeforeReading),
            "reset-before-executing" => plain(Fault::ResetBeforeExecuting),
            "reset-before-answering" => plain(Fault::ResetBeforeAnswering),
            "stall" => plain(Fault::Stall),
            "truncate" => plain(Fault::Truncate),
            "garbage" => plain(Fault::Garbage),
            "close" => plain(Fault::Close),
            "forget-sessions" => plain(Fault::ForgetSessions),
            _ => Err(format!(
                "{name} is no fault; there are latency:MS, reset-before-reading, reset-before-executing, \
                 reset-before-answering, stall, truncate, garbage, 429[:S], 503[:S], 500, close and \
                 forget-sessions"
            )),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Latency(time) => write!(f, "latency:{}", time.as_millis()),
            Fault::ResetBeforeReading => f.write_str("reset-before-reading"),
            Fault::ResetBeforeExecuting => f.write_str("reset-before-executing"),
            Fault::ResetBeforeAnswering => f.write_str("reset-before-answering"),
            Fault::Stall => f.write_str("stall"),
            Fault::Truncate => f.write_str("truncate"),
            Fault::Garbage => f.write_str("garbage"),
            Fault::Busy { status, retry_after: None } => write!(f, "{status}"),
            Fault::Busy { status, retry_after: Some(seconds) } => write!(f, "{status}:{seconds}"),
            Fault::Error => f.write_str("500"),
            Fault::Close => f.write_str("close"),
            Fault::ForgetSessions => f.write_str("forget-sessions"),
        }
    }
}
