//! What all measurements need: programs, a server, credentials, and pairs of samples.

use crate::interrupt::Interrupt;
use crate::nginx::Nginx;
use crate::pace::Pace;
use crate::programs::Programs;
use crate::row::{Bar, Row};
use crate::statistics::median;
use crate::tls::Authority;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) struct Bench<'a> {
    pub(crate) programs: Programs<'a>,
    pub(crate) nginx: &'a Nginx<'a>,
    pub(crate) authority: &'a Authority,
    /// For what lasts as long as the run.
    pub(crate) folder: &'a Path,
    pub(crate) pace: Pace,
    pub(crate) interrupt: &'a Interrupt,
}

/// What some work took, in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub(crate) wall: f64,
    pub(crate) cpu: f64,
}

impl Bench<'_> {
    /// Credentials for nginx; `verify` is JSON.
    pub(crate) fn credentials(&self, scheme: &str, verify: &str) -> Result<PathBuf, String> {
        self.credentials_for(&self.nginx.url(scheme), verify)
    }

    /// Credentials for a server of which nginx's authority is trusted.
    pub(crate) fn credentials_for(&self, url: &str, verify: &str) -> Result<PathBuf, String> {
        let name: String = format!("{url}{verify}").chars().filter(char::is_ascii_alphanumeric).collect();
        let path = self.folder.join(name).with_extension("json");
        let json = format!(
            r#"{{"handle_server_url": "{url}", "username": "300:21.T12345/USER01", "password": "user01-secret",
                 "prefix": "21.T12345", "HTTPS_verify": {verify}}}"#
        );
        std::fs::write(&path, json).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }

    /// Nginx's authority alone, as `credentials` takes it.
    pub(crate) fn alone(&self) -> String {
        format!("\"{}\"", self.authority.alone.display())
    }

    /// Runs something without what the environment says of proxies and authorities.
    pub(crate) fn run(&self, command: &mut Command) -> Result<String, String> {
        let command = command.env("NO_PROXY", "*").env("no_proxy", "*").env_remove("SSL_CERT_DIR");
        self.interrupt.run(command.env("SSL_CERT_FILE", &self.authority.among_others))
    }

    /// Runs a program that measures itself.
    pub(crate) fn sample(&self, command: &mut Command) -> Result<Sample, String> {
        let said = self.run(command)?;
        let numbers: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        match numbers[..] {
            [wall, cpu] => Ok(Sample { wall, cpu }),
            _ => Err(format!("{} printed {said:?}", command.get_program().to_string_lossy())),
        }
    }

    /// Ours, the peer's, ours, the peer's, and so on.
    pub(crate) fn pairs(&self, ours: &mut Command, peer: &mut Command) -> Result<Pairs, String> {
        (0..self.pace.pairs)
            .map(|_| Ok((self.sample(ours)?, self.sample(peer)?)))
            .collect::<Result<_, _>>()
            .map(Pairs)
    }
}

/// Samples of ours and of the peer's that were taken one right after the other.
pub(crate) struct Pairs(pub(crate) Vec<(Sample, Sample)>);

impl Pairs {
    /// A row about one side of the samples.
    pub(crate) fn row(
        &self,
        work: String,
        side: impl Fn(Sample) -> f64,
        peer: &'static str,
        bar: Option<Bar>,
    ) -> Row {
        let each = |pick: &dyn Fn(&(Sample, Sample)) -> f64| median(self.0.iter().map(pick));
        Row {
            work,
            ours: each(&|(ours, _)| side(*ours)),
            peer: Some((peer, each(&|(_, peer)| side(*peer)))),
            ratio: Some(each(&|(ours, peer)| side(*ours) / side(*peer))),
            bar,
        }
    }
}
