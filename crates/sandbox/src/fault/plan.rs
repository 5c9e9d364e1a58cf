//! The faults in force.

use super::kind::Fault;
use super::rule::{FaultRule, When};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Decides for every request what goes wrong with it; the same seed and requests make the same decisions.
pub(crate) struct Plan(Mutex<State>);

struct State {
    rules: Vec<FaultRule>,
    random: fastrand::Rng,
    happened: u64,
}

impl Plan {
    pub(crate) fn new(rules: Vec<FaultRule>, seed: u64) -> Plan {
        Plan(Mutex::new(State { rules, random: fastrand::Rng::with_seed(seed), happened: 0 }))
    }

    pub(crate) fn add(&self, rule: FaultRule) {
        self.lock().rules.push(rule);
    }

    pub(crate) fn clear(&self) {
        self.lock().rules.clear();
    }

    pub(crate) fn rules(&self) -> Vec<FaultRule> {
        self.lock().rules.clone()
    }

    /// How many faults have happened.
    pub(crate) fn happened(&self) -> u64 {
        self.lock().happened
    }

    /// What goes wrong with a request.
    pub(crate) fn faults(&self, method: &str, target: &str) -> Vec<Fault> {
        let State { rules, random, happened } = &mut *self.lock();
        let mut faults = Vec::new();
        for rule in rules.iter_mut().filter(|rule| rule.matches(method, target)) {
            let happens = match &mut rule.when {
                When::Next(0) => false,
                When::Next(count) => {
                    *count -= 1;
                    true
                }
                When::Probability(probability) => random.f64() < *probability,
            };
            if happens {
                faults.push(rule.fault.clone());
            }
        }
        rules.retain(|rule| rule.when != When::Next(0));
        *happened += u64::try_from(faults.len()).unwrap_or_default();
        faults
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(rules: &[&str], seed: u64) -> Plan {
        Plan::new(rules.iter().map(|rule| rule.parse().unwrap()).collect(), seed)
    }

    #[test]
    fn counted_rules_end() {
        let plan = plan(&["500 on PUT /api/handles next 2"], 0);
        assert_eq!(plan.faults("GET", "/api/handles/x"), []);
        assert_eq!(plan.faults("PUT", "/api/site"), []);
        assert_eq!(plan.faults("PUT", "/api/handles/x"), [Fault::Error]);
        assert_eq!(plan.faults("PUT", "/api/handles/y"), [Fault::Error]);
        assert_eq!(plan.faults("PUT", "/api/handles/z"), []);
        assert_eq!((plan.happened(), plan.rules().len()), (2, 0));
    }

    #[test]
    fn the_seed_decides() {
        let draw = |seed| {
            let plan = plan(&["500 with 0.5"], seed);
            (0..64).map(|_| plan.faults("GET", "/").len()).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        let share = draw(1).iter().sum::<usize>();
        assert!((16..48).contains(&share), "{share}");
        assert_eq!(plan(&["500"], 0).faults("GET", "/"), [Fault::Error]);
    }
}
