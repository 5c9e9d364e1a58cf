//! The differences that are known, with their reasons.

const LIST: &str = include_str!("known.txt");

/// Why a step differs, if that is known.
pub(super) fn reason(step: &str) -> Option<&'static str> {
    entries().find(|(name, _)| *name == step).map(|(_, reason)| reason)
}

fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_name_and_a_reason() {
        let lines = LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert_eq!(lines.count(), entries().count());
        assert!(entries().all(|(name, reason)| name.contains('/') && reason.len() > 10));
    }
}
