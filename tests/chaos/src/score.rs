//! The result in numbers.

use std::fmt;
use std::ops::AddAssign;

/// How many operations were reported how, and how many of the reports were wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Reported as done.
    pub in_effect: usize,
    /// Reported as failed, without doubt.
    pub refused: usize,
    /// Reported as in doubt.
    pub in_doubt: usize,
    /// Reported as done, or there before, and not there.
    pub lost: usize,
    /// With more than one effect.
    pub doubled: usize,
    /// With a failure that was none, or not that one.
    pub misreported: usize,
}

impl Score {
    pub(crate) fn operations(&self) -> usize {
        self.in_effect + self.refused + self.in_doubt
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Score) {
        self.in_effect += other.in_effect;
        self.refused += other.refused;
        self.in_doubt += other.in_doubt;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.misreported += other.misreported;
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Score { in_effect, refused, in_doubt, lost, doubled, misreported } = self;
        write!(
            f,
            "{} operations: {in_effect} in effect, {refused} refused, {in_doubt} in doubt; {lost} lost, {doubled} \
             doubled, {misreported} misreported",
            self.operations()
        )
    }
}
