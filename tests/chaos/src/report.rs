//! What is told of a part: the score, the doubts, the refusals, and whatever is wrong.

use crate::judge::{Evidence, Wrong};
use crate::operation::{Kind, Operation};
use crate::outcome::{Outcome, status_name};
use crate::plan::Plan;
use crate::score::Score;
use std::collections::BTreeMap;
use std::fmt;

/// More would help nobody.
const SHOWN: usize = 20;

/// Operations that were reported as in doubt.
#[derive(Default)]
struct Doubts {
    all: usize,
    in_effect: usize,
    /// So that reading back, while the time lasted, would have told.
    plain: usize,
}

/// The verdicts on a part.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) score: Score,
    doubts: BTreeMap<(Kind, i32), Doubts>,
    refusals: BTreeMap<i32, usize>,
    rival: Score,
    raced: usize,
    /// What was wrong, with which kind of operation, how often.
    wrong_kinds: BTreeMap<(&'static str, Kind), usize>,
    wrong: Vec<String>,
    /// What is known of the requests.
    pub(crate) requests: String,
}

impl Report {
    pub(crate) fn new(plan: &Plan, evidence: &Evidence<'_>) -> Report {
        let mut report = Report::default();
        for operation in &plan.operations {
            match evidence.outcomes.get(&operation.number) {
                Some(outcome) => report.add(operation, outcome, evidence),
                None => report.wrong.push(format!("{operation:?} was not carried out")),
            }
        }
        // How many there are depends on the time, so they do not count; what is wrong with them does.
        let mut rival = Report::default();
        for operation in &plan.rival {
            if let Some(outcome) = evidence.outcomes.get(&operation.number) {
                rival.add(operation, outcome, evidence);
            }
        }
        report.score.lost += rival.score.lost;
        report.score.doubled += rival.score.doubled;
        report.score.misreported += rival.score.misreported;
        report.wrong.append(&mut rival.wrong);
        for (key, count) in rival.wrong_kinds {
            *report.wrong_kinds.entry(key).or_default() += count;
        }
        report.raced += rival.raced;
        report.rival = rival.score;
        for stranger in &evidence.history.strangers {
            report.score.doubled += 1;
            report.wrong.push(format!("an effect that nobody asked for: {stranger}"));
        }
        report
    }

    fn add(&mut self, operation: &Operation, outcome: &Outcome, evidence: &Evidence<'_>) {
        let score = &mut self.score;
        if outcome.is_success() {
            score.in_effect += 1;
        } else if outcome.in_doubt {
            score.in_doubt += 1;
            let doubts = self.doubts.entry((operation.kind, outcome.status)).or_default();
            doubts.all += 1;
            doubts.in_effect += usize::from(evidence.is_in_effect(operation));
            doubts.plain += usize::from(evidence.is_plain(operation, outcome));
        } else {
            score.refused += 1;
            *self.refusals.entry(outcome.status).or_default() += 1;
        }
        self.raced += usize::from(evidence.was_raced(operation, outcome));
        for wrong in evidence.judge(operation, outcome) {
            let (count, name, why) = match wrong {
                Wrong::Lost(why) => (&mut score.lost, "lost", why),
                Wrong::Doubled(why) => (&mut score.doubled, "doubled", why),
                Wrong::Misreported(why) => (&mut score.misreported, "misreported", why),
            };
            *count += 1;
            *self.wrong_kinds.entry((name, operation.kind)).or_default() += 1;
            let status = status_name(outcome.status);
            self.wrong.push(format!(
                "{name}: {why}; {} {} {}, reported: {status} ({}) {} {}",
                operation.number,
                operation.kind.name(),
                operation.handle,
                outcome.status,
                outcome.out,
                outcome.message
            ));
        }
    }

    /// A record that is not as the journal says.
    pub(crate) fn add_lost_record(&mut self, handle: &str) {
        self.score.lost += 1;
        self.wrong.push(format!("lost: {handle} is not as the journal says"));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {}\n  {}", self.requests, self.score)?;
        let Score { in_effect, refused, in_doubt, .. } = self.rival;
        writeln!(
            f,
            "  the rival besides: {in_effect} registrations in effect, {refused} refused, {in_doubt} in doubt"
        )?;
        let refusals: Vec<String> =
            self.refusals.iter().map(|(status, count)| format!("{count} {}", status_name(*status))).collect();
        writeln!(f, "  refused, never sent, or reads that failed: {}", refusals.join(", "))?;
        writeln!(f, "  {:<40} in doubt  in effect  until the end of the call", "doubts:")?;
        for ((kind, status), Doubts { all, in_effect, plain }) in &self.doubts {
            let (kind, status) = (kind.name(), status_name(*status));
            writeln!(f, "    {kind:<18} {status:<20} {all:>7}  {in_effect:>9}  {plain:>9}")?;
        }
        if self.raced > 0 {
            writeln!(
                f,
                "  met another value at its index, put there between read and write: {}",
                self.raced
            )?;
        }
        for ((wrong, kind), count) in &self.wrong_kinds {
            writeln!(f, "  {wrong}: {count} {}", kind.name())?;
        }
        for wrong in self.wrong.iter().take(SHOWN) {
            writeln!(f, "  {wrong}")?;
        }
        match self.wrong.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => writeln!(f, "  and {more} more"),
        }
    }
}
