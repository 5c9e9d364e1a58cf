//! Playing recorded exchanges with the real server against the sandbox, request by request, byte for byte.

mod client;
mod compare;
mod keys;
mod known;
mod parallel;
mod request;
mod sessions;
mod transcript;

use crate::options::Options;
use crate::sandbox::Sandbox;
use crate::tls::ClientAuth;
use client::{Client, Route};
use keys::Keys;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use transcript::{Request, Step};

/// What to play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The recorded exchanges.
    pub transcripts: PathBuf,
    /// What the real server held when the recording began.
    pub fixture: PathBuf,
    /// The folder of the client certificates and private keys; without it the steps that need one are skipped.
    pub keys: Option<PathBuf>,
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
    /// Of the steps that only prepare or tidy up, which are not among those above: how many matched.
    pub aside_matched: usize,
    /// And how many were played.
    pub aside_played: usize,
    /// Differences, of whatever step, that are not known.
    pub unexpected: usize,
}

/// Plays the steps in their order against a fresh sandbox and reports to `out`: every difference, a table by group,
/// and last the line `replay: M of N matched, K skipped`.
///
/// # Errors
/// When the files cannot be read, the sandbox does not start or `out` cannot be written.
pub fn run(plan: &Plan, out: &mut dyn Write) -> Result<Score, Box<dyn std::error::Error>> {
    let steps = transcript::load(&plan.transcripts)?;
    let mut stage = Stage::set(plan)?;
    let mut groups: BTreeMap<&str, Score> = BTreeMap::new();
    for step in steps.iter().filter(|step| step.group.starts_with(plan.group.as_deref().unwrap_or_default()))
    {
        let score = groups.entry(&step.group).or_default();
        let outcome = match step.unplayable() {
            Some(reason) => Outcome::Skipped(reason),
            None => stage.play(step),
        };
        match &outcome {
            Outcome::Skipped(reason) if plan.verbose => writeln!(out, "skipped {}: {reason}", step.name)?,
            Outcome::Matched if plan.verbose => writeln!(out, "matched {}", step.name)?,
            Outcome::Skipped(_) | Outcome::Matched => {}
            Outcome::Differs(differences) => {
                let known = known::reason(&step.name);
                let word = known.map_or("DIFFERS".to_owned(), |reason| format!("known ({reason})"));
                writeln!(out, "{word} {}: {} {}", step.name, step.request.method, step.request.target)?;
                differences.iter().try_for_each(|difference| writeln!(out, "    {difference}"))?;
                score.unexpected += usize::from(known.is_none());
            }
        }
        score.add(step, &outcome);
    }
    report(&groups, out)
}

/// What came of a step.
enum Outcome {
    Matched,
    Differs(Vec<String>),
    Skipped(&'static str),
}

impl Score {
    fn add(&mut self, step: &Step, outcome: &Outcome) {
        let matched = usize::from(matches!(outcome, Outcome::Matched));
        match outcome {
            Outcome::Skipped(_) => self.skipped += 1,
            _ if step.is_aside() => {
                self.aside_played += 1;
                self.aside_matched += matched;
            }
            _ => {
                self.played += 1;
                self.matched += matched;
            }
        }
    }
}

/// A sandbox with the listeners of the recording, and a client.
struct Stage {
    sandbox: Sandbox,
    want: SocketAddr,
    need: SocketAddr,
    client: Client,
    keys: Option<Keys>,
    minted: Minted,
}

impl Stage {
    fn set(plan: &Plan) -> Result<Stage, Box<dyn std::error::Error>> {
        let fixture = Some(plan.fixture.clone());
        let mut sandbox = Sandbox::start(Options { fixture, ..Options::default() })?;
        let anywhere = (Ipv4Addr::LOCALHOST, 0).into();
        let want = sandbox.listen_too(anywhere, ClientAuth::Want)?;
        let need = sandbox.listen_too(anywhere, ClientAuth::Need)?;
        let keys = plan.keys.as_deref().map(Keys::load).transpose()?;
        let client = Client::new(&sandbox)?;
        Ok(Stage { sandbox, want, need, client, keys, minted: Minted::default() })
    }

    fn play(&mut self, step: &Step) -> Outcome {
        let route = match self.route(&step.request) {
            Ok(route) => route,
            Err(reason) => return Outcome::Skipped(reason),
        };
        let mut differences = match self.sandbox.users().first() {
            Some(user) if step.follows_parallel_requests() => {
                parallel::play(&self.client, &route, user, step)
            }
            _ => Vec::new(),
        };
        let request = self.minted.rename(&request::bytes(&step.request));
        let answer = self.client.exchange(&request, &route, step.request.method == "HEAD");
        differences.extend(match (answer, &step.response) {
            (Err(problem), _) => vec![format!("no answer: {problem}")],
            (Ok(None), None) => Vec::new(),
            (Ok(None), Some(_)) => vec!["the connection was closed without an answer".to_owned()],
            (Ok(Some(answer)), None) => {
                vec![format!("expected the end of the connection, got status {}", answer.status)]
            }
            (Ok(Some(answer)), Some(expected)) => {
                self.minted.learn(step, &answer.body);
                sessions::adopt(self.sandbox.service().sessions(), expected, &answer);
                let volatile = step.volatile.as_deref().unwrap_or_default();
                compare::differences(expected, volatile, &answer, &|text| self.minted.rename_text(text))
            }
        });
        if differences.is_empty() { Outcome::Matched } else { Outcome::Differs(differences) }
    }

    /// Where to play a request. One that renegotiated goes where the certificate is asked for at once.
    fn route(&self, request: &Request) -> Result<Route, &'static str> {
        let address = match request.listener.as_str() {
            "client-auth-need" => self.need,
            "client-auth-want" => self.want,
            _ if request.renegotiates() => self.want,
            _ => self.sandbox.address(),
        };
        let certificate = match (&request.client_cert, &self.keys) {
            (None, _) => None,
            (Some(_), None) => return Err("needs a client certificate: give its folder with --keys"),
            (Some(file), Some(keys)) => Some(
                keys.certificate(file).ok_or("the private key of its certificate is not in the folder")?,
            ),
        };
        Ok(Route { address, secure: request.scheme == "https", certificate })
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
    writeln!(
        out,
        "{:<20} {:>8} {:>8} {:>8} {:>14}",
        "group", "matched", "played", "skipped", "setup, cleanup"
    )?;
    for (group, score) in groups {
        let aside = format!("{} of {}", score.aside_matched, score.aside_played);
        writeln!(
            out,
            "{group:<20} {:>8} {:>8} {:>8} {aside:>14}",
            score.matched, score.played, score.skipped
        )?;
        total.matched += score.matched;
        total.played += score.played;
        total.skipped += score.skipped;
        total.aside_matched += score.aside_matched;
        total.aside_played += score.aside_played;
        total.unexpected += score.unexpected;
    }
    writeln!(out, "setup and cleanup: {} of {} matched", total.aside_matched, total.aside_played)?;
    writeln!(out, "replay: {} of {} matched, {} skipped", total.matched, total.played, total.skipped)?;
    io::Write::flush(out)?;
    Ok(total)
}
