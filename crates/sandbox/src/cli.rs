//! The command line.

use b2h_sandbox::replay::Plan;
use b2h_sandbox::{ClientAuth, FaultRule, Options, ReverseLookup};
use lexopt::prelude::*;
use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

pub(crate) const HELP: &str = "\
A local Handle.Net server for demos, tests and continuous integration.

Usage: b2h-sandbox [OPTIONS]
       b2h-sandbox replay --transcripts FILE --fixture FILE [--keys DIR] [--group G] [-v]

Options:
      --listen HOST:PORT   Where to listen, for HTTP and HTTPS alike; port 0 takes a free one [127.0.0.1:8000]
      --allow-remote       Allow an address that other machines can reach: everybody can read the passwords
      --fixture FILE       The records and users to start with, instead of the built-in ones
      --data FILE          Keep the records, users and the server's key in this file, which is made when it is missing;
                           without it all is lost at the end. The fixture goes into a new file only
      --journal            Keep every executed write, too; see --control
      --client-auth HOW    Ask clients for a certificate in the TLS handshake: want (they may come without one) or need;
                           then there is no plain HTTP
      --reverse-lookup HOW What /hrls searches: sql (the records themselves), solr, which searches differently, or none,
                           where there is no /hrls [sql]
      --no-listing         Do not list the handles of a prefix
      --idle-timeout SECS  Close connections that are silent for so long [30]
      --fault RULE         Let something go wrong; may be repeated, see below
      --seed N             What the probabilities of faults are drawn from [0]
      --control HOST:PORT  Take faults and show counters there over plain HTTP, on a loopback address; GET / explains
      --ready-file FILE    Write the addresses, users and prefix there (JSON) once the server is ready, and its
                           certificate next to it (FILE with the extension .pem)
      --credentials FILE   Write credentials there with which clients reach this server as its first user; with
                           --ready-file
      --help               Print this help
      --version            Print the version

The server runs until SIGTERM or SIGINT. Besides the API it has the reverse lookup, /hrls/handles, for the
reverseLookupUsers of the fixture; the built-in one has the user search with the password search-secret.

A RULE is FAULT [on METHOD PATH] [next COUNT | with PROBABILITY], for example '503:2 on PUT /api/handles next 3'.
METHOD may be *, PATH is how the target starts. The faults:
      latency:MS                Wait before the request is looked at
      reset-before-reading      Reset the connection when the head of the request has come,
      reset-before-executing    when the whole request has come,
      reset-before-answering    or when it has been executed
      stall                     Neither execute nor answer
      truncate, garbage         Execute, but answer half a body, or one that is no JSON
      429[:SECONDS], 503[:SECONDS], 500
                                Do not execute, answer with this status, with Retry-After: SECONDS
      close                     Close after the answer
      forget-sessions           Forget all sessions before the request is looked at

`replay` plays recorded exchanges with a real server against the sandbox and prints what is different:
      --transcripts FILE   The recorded exchanges
      --fixture FILE       The records and users of the real server when the recording began
      --keys DIR           The client certificates of the recording and their private keys (PEM)
      --group G            Play only groups whose name starts with G
  -v, --verbose            Name the steps that match and those that are skipped, too

Status, framing, headers and body of an answer are compared with the recorded ones. Not compared are
  - timestamps (but those of the fixture), session ids, nonces, the server's signature, key and port, names made by
    mintNewSuffix, and what the recording marks as volatile, of which only the kind counts;
  - messages of the response codes 2 and 4, which are exception texts, with the length of the body; web pages;
  - the order of headers and of the members of JSON objects; beyond its recorded beginning a truncated body.
A session takes the id and nonce of the recorded one, so that the recorded signatures are checked as they are. What
the real server answered after a TLS renegotiation is played on a listener that asks for the certificate at once.
The parallel requests of group P, which are not recorded, are made from what is told of them. Where no answer is
recorded the sandbox must close the connection. Steps that only prepare or tidy up are counted apart. The exit
status is 0 if nothing differs but what the list of known differences has.
";

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Help,
    Version,
    Serve(Serve),
    Replay(Plan),
}

#[derive(Debug, PartialEq)]
pub(crate) struct Serve {
    pub(crate) listen: SocketAddr,
    pub(crate) fixture: Option<PathBuf>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) journal: bool,
    pub(crate) client_auth: ClientAuth,
    pub(crate) reverse_lookup: ReverseLookup,
    pub(crate) listing: bool,
    pub(crate) idle: Duration,
    pub(crate) control: Option<SocketAddr>,
    pub(crate) faults: Vec<FaultRule>,
    pub(crate) seed: u64,
    pub(crate) ready_file: Option<PathBuf>,
    pub(crate) credentials: Option<PathBuf>,
}

impl Serve {
    fn on(listen: SocketAddr) -> Serve {
        let Options {
            fixture,
            data,
            journal,
            client_auth,
            reverse_lookup,
            listing,
            idle,
            control,
            faults,
            seed,
            ..
        } = Options::default();
        Serve {
            listen,
            fixture,
            data,
            journal,
            client_auth,
            reverse_lookup,
            listing,
            idle,
            control,
            faults,
            seed,
            ready_file: None,
            credentials: None,
        }
    }
}

/// Understands the arguments (without the name of the program).
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let listen = (Ipv4Addr::LOCALHOST, 8000).into();
    let mut serve = Serve::on(listen);
    let mut allow_remote = false;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("listen") => serve.listen = parser.value()?.parse_with(address)?,
            Long("allow-remote") => allow_remote = true,
            Long("fixture") => serve.fixture = Some(parser.value()?.into()),
            Long("journal") => serve.journal = true,
            Long("data") => serve.data = Some(parser.value()?.into()),
            Long("client-auth") => serve.client_auth = parser.value()?.parse_with(client_auth)?,
            Long("reverse-lookup") => {
                serve.reverse_lookup = parser.value()?.parse_with(reverse_lookup)?;
            }
            Long("no-listing") => serve.listing = false,
            Long("idle-timeout") => serve.idle = parser.value()?.parse_with(seconds)?,
            Long("fault") => serve.faults.push(parser.value()?.parse()?),
            Long("seed") => serve.seed = parser.value()?.parse()?,
            Long("control") => serve.control = Some(parser.value()?.parse_with(address)?),
            Long("ready-file") => serve.ready_file = Some(parser.value()?.into()),
            Long("credentials") => serve.credentials = Some(parser.value()?.into()),
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Value(word) if word == "replay" => return replay(parser),
            _ => return Err(argument.unexpected()),
        }
    }
    if serve.credentials.is_some() && serve.ready_file.is_none() {
        return Err("--credentials needs --ready-file, beside which the certificate is written".into());
    }
    if !serve.listen.ip().is_loopback() && !allow_remote {
        let problem = format!(
            "{} can be reached from other machines; choose a loopback address such as 127.0.0.1, or add \
             --allow-remote",
            serve.listen
        );
        return Err(problem.into());
    }
    Ok(Command::Serve(serve))
}

fn replay(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut transcripts, mut fixture, mut keys, mut group, mut verbose) = (None, None, None, None, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("transcripts") => transcripts = Some(parser.value()?.into()),
            Long("fixture") => fixture = Some(parser.value()?.into()),
            Long("keys") => keys = Some(parser.value()?.into()),
            Long("group") => group = Some(parser.value()?.string()?),
            Short('v') | Long("verbose") => verbose = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            _ => return Err(argument.unexpected()),
        }
    }
    let transcripts = transcripts.ok_or("replay needs --transcripts FILE")?;
    let fixture = fixture.ok_or("replay needs --fixture FILE")?;
    Ok(Command::Replay(Plan { transcripts, fixture, keys, group, verbose }))
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let numeric = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    let numeric = numeric.as_deref().unwrap_or(text);
    numeric
        .parse()
        .map_err(|_| "expected HOST:PORT with a numeric address, such as 127.0.0.1:8000".to_owned())
}

fn client_auth(text: &str) -> Result<ClientAuth, &'static str> {
    match text {
        "want" => Ok(ClientAuth::Want),
        "need" => Ok(ClientAuth::Need),
        _ => Err("expected want or need"),
    }
}

fn reverse_lookup(text: &str) -> Result<ReverseLookup, &'static str> {
    match text {
        "sql" => Ok(ReverseLookup::Sql),
        "solr" => Ok(ReverseLookup::Solr),
        "none" => Ok(ReverseLookup::Absent),
        _ => Err("expected sql, solr or none"),
    }
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.filter(|time| !time.is_zero()).ok_or("expected a number of seconds above 0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Command, String> {
        parse(arguments.iter().map(OsString::from)).map_err(|error| error.to_string())
    }

    #[test]
    fn defaults_and_flags() {
        let default = Serve::on(([127, 0, 0, 1], 8000).into());
        assert_eq!(parsed(&[]), Ok(Command::Serve(default)));
        let given = Serve {
            listen: ([0, 0, 0, 0], 0).into(),
            fixture: Some("f.json".into()),
            data: Some("d.db".into()),
            journal: true,
            client_auth: ClientAuth::Need,
            reverse_lookup: ReverseLookup::Solr,
            listing: false,
            idle: Duration::from_millis(500),
            control: Some(([127, 0, 0, 1], 1).into()),
            faults: vec!["500 next 1".parse().unwrap(), "stall".parse().unwrap()],
            seed: 9,
            ready_file: Some("r.json".into()),
            credentials: Some("c.json".into()),
        };
        let arguments = [
            "--listen=0.0.0.0:0",
            "--allow-remote",
            "--fixture",
            "f.json",
            "--data=d.db",
            "--journal",
            "--client-auth=need",
            "--reverse-lookup=solr",
            "--no-listing",
            "--idle-timeout=0.5",
            "--control=127.0.0.1:1",
            "--fault=500 next 1",
            "--fault=stall",
            "--seed=9",
            "--ready-file",
            "r.json",
            "--credentials=c.json",
        ];
        assert_eq!(parsed(&arguments), Ok(Command::Serve(given)));
        assert_eq!(parsed(&["--help"]), Ok(Command::Help));
        assert_eq!(parsed(&["--version"]), Ok(Command::Version));
    }

    #[test]
    fn refused() {
        for (arguments, words) in [
            (&["--listen", "0.0.0.0:0"][..], "--allow-remote"),
            (&["--listen", "nowhere"], "HOST:PORT"),
            (&["--listen"], "--listen"),
            (&["--client-auth", "maybe"], "want or need"),
            (&["--idle-timeout", "0"], "above 0"),
            (&["--reverse-lookup", "on"], "sql, solr or none"),
            (&["--fault", "nonsense"], "is no fault"),
            (&["--credentials", "c.json"], "--ready-file"),
            (&["--nonsense"], "--nonsense"),
            (&["surplus"], "surplus"),
        ] {
            let problem = parsed(arguments).unwrap_err();
            assert!(problem.contains(words), "{arguments:?}: {problem}");
        }
    }
}
