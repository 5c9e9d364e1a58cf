//! Truth about writes, with a server that misbehaves and is killed: `make chaos` in small. And clients that lie are found
//! out. What is tested how is told in tests/chaos.

mod common;

use b2h_chaos::{Score, Setup, run};
use common::{c_program, sandbox};

fn chaos(operations: u32, kills: u32, lie: Option<&str>) -> (Score, String) {
    let (program, sandbox) = (c_program("chaos"), sandbox());
    let setup = Setup { program, sandbox, seed: 1, operations, kills, lie: lie.map(str::to_owned) };
    let mut said = String::new();
    let score = run(&setup, &mut |text| said.push_str(text)).unwrap();
    (score, said)
}

#[test]
fn no_write_is_lost_or_doubled_or_misreported() {
    let (Score { in_effect, refused, in_doubt, lost, doubled, misreported }, said) = chaos(1500, 2, None);
    assert_eq!((lost, doubled, misreported), (0, 0, 0), "{said}");
    assert_eq!(in_effect + refused + in_doubt, 2 * 1500);
    let last = format!(
        "chaos: seed 1, 3000 operations: {in_effect} in effect, {refused} refused, {in_doubt} in doubt; 0 lost, \
         0 doubled, 0 misreported"
    );
    assert_eq!(said.lines().last(), Some(last.as_str()));
    assert!(said.contains("all of them looked at"), "{said}");
    assert!(in_effect > 1000 && refused > 500, "this shows little: {said}");
}

#[test]
fn a_client_that_repeats_doubtful_writes_is_found_out() {
    let (score, said) = chaos(1500, 1, Some("retries"));
    assert!(score.doubled > 0, "{said}");
    assert!(said.contains("doubled: ") && said.contains(" mint\n"), "{said}");
}

#[test]
fn a_client_that_takes_doubt_for_success_is_found_out() {
    let (score, said) = chaos(1000, 1, Some("success"));
    assert!(score.lost > 0, "{said}");
}

#[test]
fn a_client_that_takes_doubt_for_failure_is_found_out() {
    let (score, said) = chaos(1000, 1, Some("definite"));
    assert!(score.misreported > 0, "{said}");
}
