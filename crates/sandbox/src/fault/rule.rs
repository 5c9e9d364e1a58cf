//! When a fault happens.

use super::kind::Fault;
use std::fmt;
use std::str::FromStr;

/// A fault with the requests it happens to. The text form is
/// `FAULT [on METHOD PATH] [next COUNT | with PROBABILITY]`, for example `503:2 on PUT /api/handles next 3`; `*`
/// stands for every method, and without a count or probability it happens to every request.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultRule {
    /// What goes wrong.
    pub fault: Fault,
    /// The method, `None` for all.
    pub method: Option<String>,
    /// How the target starts.
    pub path: String,
    /// How often.
    pub when: When,
}

/// How often a fault happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// To so many of the next requests that match.
    Next(u64),
    /// To each request that matches with this probability, from 0 to 1.
    Probability(f64),
}

impl FaultRule {
    pub(super) fn matches(&self, method: &str, target: &str) -> bool {
        self.method.as_deref().is_none_or(|wanted| wanted == method) && target.starts_with(&self.path)
    }
}

impl From<Fault> for FaultRule {
    /// To every request.
    fn from(fault: Fault) -> FaultRule {
        FaultRule { fault, method: None, path: String::new(), when: When::Probability(1.0) }
    }
}

impl FromStr for FaultRule {
    type Err = String;

    fn from_str(text: &str) -> Result<FaultRule, String> {
        let mut words = text.split_ascii_whitespace();
        let mut rule = FaultRule::from(words.next().unwrap_or_default().parse::<Fault>()?);
        while let Some(word) = words.next() {
            let mut argument = || words.next().ok_or_else(|| format!("{word} lacks an argument in '{text}'"));
            match word {
                "on" => {
                    rule.method = Some(argument()?.to_owned()).filter(|method| method != "*");
                    argument()?.clone_into(&mut rule.path);
                }
                "next" => {
                    let count = argument()?.parse();
                    rule.when = When::Next(count.map_err(|_| format!("next needs a number in '{text}'"))?);
                }
                "with" => {
                    let probability = argument()?.parse().ok().filter(|p| (0.0..=1.0).contains(p));
                    rule.when = When::Probability(
                        probability.ok_or_else(|| format!("with needs a number from 0 to 1 in '{text}'"))?,
                    );
                }
                _ => return Err(format!("'{text}' is not FAULT [on METHOD PATH] [next N | with P]")),
            }
        }
        Ok(rule)
    }
}

impl fmt::Display for FaultRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.fault)?;
        if self.method.is_some() || !self.path.is_empty() {
            write!(f, " on {} {}", self.method.as_deref().unwrap_or("*"), self.path)?;
        }
        match self.when {
            When::Next(count) => write!(f, " next {count}"),
            When::Probability(probability) => write!(f, " with {probability}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for text in [
            "latency:200 with 0.1",
            "503:2 on PUT /api/handles/21 next 3",
            "429 on * /api next 1",
            "reset-before-answering with 1",
            "500 next 2",
        ] {
            assert_eq!(text.parse::<FaultRule>().unwrap().to_string(), text);
        }
        assert_eq!("stall".parse::<FaultRule>().unwrap(), Fault::Stall.into());
        for text in
            ["", "nonsense", "latency", "latency:x", "500:1", "stall on PUT", "stall next x", "stall with 2"]
        {
            assert!(text.parse::<FaultRule>().is_err(), "{text}");
        }
    }
}
