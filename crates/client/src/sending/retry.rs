//! When a request is sent once more, and after which pause.

use crate::reply;
use crate::request::Repeat;
use crate::transport::{Deadline, Failure, Reply};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Before the first repetition; each further one waits twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What an exchange came to.
pub(crate) type Outcome = Result<Reply, Failure>;

/// The attempts of one request.
#[derive(Debug)]
pub(super) struct Attempts<'a> {
    budget: &'a Budget,
    repeat: Repeat,
    most_retries: u32,
    retries: u32,
    had_internal_error: bool,
}

impl<'a> Attempts<'a> {
    pub(super) fn new(budget: &'a Budget, repeat: Repeat, most_retries: u32) -> Attempts<'a> {
        Attempts { budget, repeat, most_retries, retries: 0, had_internal_error: false }
    }

    /// Which attempt is under way, from 1 on.
    pub(super) fn number(&self) -> u32 {
        self.retries + 1
    }

    /// Whether another attempt may fare better, and cannot have a second effect: a write is repeated only where nothing
    /// was sent, or where the Handle server itself says that it is too busy.
    pub(super) fn is_worth_another(&mut self, outcome: &Outcome) -> bool {
        let is_worth_it = match (outcome, self.repeat) {
            (_, Repeat::Never) => false,
            (Err(failure), Repeat::IfUnsent) => failure.is_transient() && !failure.may_have_arrived(),
            (Err(failure), Repeat::Anytime) => failure.is_transient(),
            (Ok(reply), Repeat::IfUnsent) => reply.status == 503 && reply::is_too_busy(reply),
            (Ok(reply), Repeat::Anytime) => match reply.status {
                429 | 502..=504 => true,
                200 | 201 => reply::is_cut(reply),
                // It may be a passing trouble, and may be the record: once is enough to tell.
                500 if reply::is_internal_error(reply) => {
                    !std::mem::replace(&mut self.had_internal_error, true)
                }
                _ => false,
            },
        };
        if !is_worth_it && outcome.is_ok() {
            self.budget.earn();
        }
        is_worth_it
    }

    /// How long to wait before the next attempt; nothing where there is to be none, since there were enough of them, or
    /// the call would end before, or because the client has repeated too many requests lately.
    pub(super) fn again(&mut self, outcome: &Outcome, deadline: Deadline) -> Option<Duration> {
        let asked_for = outcome.as_ref().ok().and_then(|reply| reply.retry_after).unwrap_or_default();
        let pause = asked_for.saturating_add(pause(self.retries));
        if self.retries >= self.most_retries || deadline.left() <= pause || !self.budget.spend() {
            return None;
        }
        self.retries += 1;
        Some(pause)
    }
}

/// Between half and all of a time that doubles with each repetition: many clients are not to come back all at once.
pub(crate) fn pause(earlier: u32) -> Duration {
    let whole = FIRST_PAUSE.saturating_mul(1 << earlier.min(16)).min(LONGEST_PAUSE);
    let random = getrandom::u32().unwrap_or(u32::MAX / 2);
    whole / 2 + (whole / 2).mul_f64(f64::from(random) / f64::from(u32::MAX))
}

/// What the repetitions of a client may cost, so that a sick server is not flooded by them: each costs as much as ten
/// exchanges that went well bring in.
#[derive(Debug)]
pub(super) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 1000;
    const COST: u32 = 10;

    fn spend(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(Self::COST)).is_ok()
    }

    fn earn(&self) {
        if self.0.load(Ordering::Relaxed) < Self::FULL {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Default for Budget {
    fn default() -> Budget {
        Budget(AtomicU32::new(Self::FULL))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deadline() -> Deadline<'static> {
        Deadline::start(Duration::from_secs(60), Duration::from_secs(60), None).unwrap()
    }

    fn reply(status: u16, body: &str) -> Outcome {
        Ok(Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() })
    }

    fn is_repeated(repeat: Repeat, outcome: &Outcome) -> bool {
        Attempts::new(&Budget::default(), repeat, 3).is_worth_another(outcome)
    }

    #[test]
    fn what_is_repeated() {
        for (status, body, read, write) in [
            (200, "{}", false, false),
            (200, r#"{"responseCode":2}"#, false, false),
            (200, r#"{"responseCode":1,"han"#, true, false),
            (201, r#"{"sessionId":"#, true, false),
            (200, r#"["21.T1/A","21.T"#, true, false),
            (200, r#"["21.T1/A"]"#, false, false),
            (200, "<html>", false, false),
            (429, "", true, false),
            (500, r#"{"responseCode":2}"#, true, false),
            (500, "<html>", false, false),
            (502, "", true, false),
            (503, "", true, false),
            (503, r#"{"responseCode":3}"#, true, true),
            (503, r#"{"responseCode":7}"#, true, false),
            (504, "", true, false),
            (404, r#"{"responseCode":100}"#, false, false),
            (401, "", false, false),
        ] {
            let outcome = reply(status, body);
            assert_eq!(is_repeated(Repeat::Anytime, &outcome), read, "GET {status} {body}");
            assert_eq!(is_repeated(Repeat::IfUnsent, &outcome), write, "PUT {status} {body}");
            assert!(!is_repeated(Repeat::Never, &outcome));
        }
    }

    #[test]
    fn an_internal_error_is_repeated_once() {
        let budget = Budget::default();
        let mut attempts = Attempts::new(&budget, Repeat::Anytime, 9);
        let error = reply(500, r#"{"responseCode":2}"#);
        assert!(attempts.is_worth_another(&error));
        assert!(!attempts.is_worth_another(&error));
    }

    #[test]
    fn pauses_grow_and_are_bounded() {
        for earlier in 0..40 {
            let whole = 100 * 2u64.pow(earlier.min(10));
            let pause = pause(earlier).as_millis() as u64;
            assert!((whole.min(5000) / 2..=whole.min(5000)).contains(&pause), "{earlier}: {pause}");
        }
    }

    #[test]
    fn a_server_that_names_a_time_gets_it() {
        let after = |seconds| {
            let retry_after = Some(Duration::from_secs(seconds));
            let later = Ok(Reply { status: 503, retry_after, ..Reply::default() });
            Attempts::new(&Budget::default(), Repeat::Anytime, 3).again(&later, deadline())
        };
        let pause = after(7).unwrap();
        assert!(pause >= Duration::from_secs(7) && pause < Duration::from_secs(8), "{pause:?}");
        assert_eq!(after(60), None, "the call is over before");
    }

    #[test]
    fn a_sick_server_is_not_flooded() {
        let budget = Budget::default();
        let busy = reply(503, "");
        let retries = |calls: usize| {
            let mut retries = 0;
            for _ in 0..calls {
                let mut attempts = Attempts::new(&budget, Repeat::Anytime, 3);
                while attempts.is_worth_another(&busy) && attempts.again(&busy, deadline()).is_some() {
                    retries += 1;
                }
            }
            retries
        };
        assert_eq!(retries(1000), 100);
        for _ in 0..20 {
            assert!(!Attempts::new(&budget, Repeat::Anytime, 3).is_worth_another(&reply(200, "")));
        }
        assert_eq!(retries(1000), 2);
    }
}
