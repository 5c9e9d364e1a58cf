//! Playing recorded exchanges with the real server against the sandbox, request by request, byte for byte.

mod client;
mod compare;
mod request;
mod transcript;

use crate::sandbox::{Options, Sandbox};
use client::Client;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use transcript::Step;

/// What to play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The recorded exchanges.
    pub transcripts: PathBuf,
    /// What the real server held when the recording began.
    pub fixture: PathBuf,
    /// Only groups whose name starts like this.
    pub group: Option<String>,
    /// Whether to name the steps that match and those that are skipped, too.
    pub verbose: bool,
}

/// How many steps matched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Steps whose answer was like the recorded one.
    pub matched: usize,
    /// Steps played.
    pub played: usize,
    /// Steps that cannot be played, see the verbose output.
    pub skipped: usize,
}

/// Plays the steps in their order against a fresh sandbox and reports to `out`: every difference, a table by group,
/// and last the line `replay: M of N matched, K skipped`.
///
/// # Errors
/// When the files cannot be read, the sandbox does not start or `out` cannot be written.
pub fn run(plan: &Plan, out: &mut dyn Write) -> Result<Score, Box<dyn std::error::Error>> {
    let steps = transcript::load(&plan.transcripts)?;
    let sandbox = Sandbox::start(Options { fixture: Some(plan.fixture.clone()), ..Options::default() })?;
    let client = Client::new(&sandbox)?;
    let mut minted = Minted::default();
    let mut groups: BTreeMap<&str, Score> = BTreeMap::new();
    for step in steps.iter().filter(|step| step.group.starts_with(plan.group.as_deref().unwrap_or_default()))
    {
        let score = groups.entry(&step.group).or_default();
        if let Some(reason) = step.unplayable() {
            score.skipped += 1;
            if plan.verbose {
                writeln!(out, "skipped {}: {reason}", step.name)?;
            }
            continue;
        }
        score.played += 1;
        let differences = play(step, &client, &mut minted);
        if differences.is_empty() {
            score.matched += 1;
            if plan.verbose {
                writeln!(out, "matched {}", step.name)?;
            }
        } else {
            writeln!(out, "DIFFERS {}: {} {}", step.name, step.request.method, step.request.target)?;
            differences.iter().try_for_each(|difference| writeln!(out, "    {difference}"))?;
        }
    }
    report(&groups, out)
}

fn play(step: &Step, client: &Client, minted: &mut Minted) -> Vec<String> {
    let Some(expected) = &step.response else {
        return Vec::new();
    };
    let request = minted.rename(&request::bytes(&step.request));
    match client.exchange(&request, step.request.scheme == "https", step.request.method == "HEAD") {
        Err(problem) => vec![format!("no answer: {problem}")],
        Ok(answer) => {
            minted.learn(step, &answer.body);
            compare::differences(expected, &answer, &|text| minted.rename_text(text))
        }
    }
}

/// The names that the sandbox made where the real server had made others.
#[derive(Default)]
struct Minted(Vec<(String, String)>);

impl Minted {
    fn learn(&mut self, step: &Step, body: &[u8]) {
        let handle = |json: &serde_json::Value| Some(json.get("handle")?.as_str()?.to_owned());
        let recorded = step.response.as_ref().and_then(|response| handle(response.json.as_ref()?));
        let made = serde_json::from_slice(body).ok().and_then(|json| handle(&json));
        if step.request.target.contains("mintNewSuffix")
            && let (Some(recorded), Some(made)) = (recorded, made)
        {
            self.0.push((recorded, made));
        }
    }

    fn rename_text(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (recorded, made)| text.replace(recorded, made))
    }

    fn rename(&self, request: &[u8]) -> Vec<u8> {
        // Bodies with made names are not recorded, so that their length stays right.
        match std::str::from_utf8(request) {
            Ok(text) => self.rename_text(text).into_bytes(),
            Err(_) => request.to_vec(),
        }
    }
}

fn report(groups: &BTreeMap<&str, Score>, out: &mut dyn Write) -> Result<Score, Box<dyn std::error::Error>> {
    let mut total = Score::default();
    writeln!(out, "{:<20} {:>8} {:>8} {:>8}", "group", "matched", "played", "skipped")?;
    for (group, score) in groups {
        writeln!(out, "{group:<20} {:>8} {:>8} {:>8}", score.matched, score.played, score.skipped)?;
        total.matched += score.matched;
        total.played += score.played;
        total.skipped += score.skipped;
    }
    writeln!(out, "replay: {} of {} matched, {} skipped", total.matched, total.played, total.skipped)?;
    io::Write::flush(out)?;
    Ok(total)
}
