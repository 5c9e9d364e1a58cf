//! An exchange with the Handle server: a request with what says who we are, sent again where the server has forgotten that.

use crate::auth::{self, Authenticator, Pass};
use crate::config::Config;
use crate::error::{Error, Kind, Result};
use crate::fault::fault_point;
use crate::log::Level;
use crate::reply::{self, Answer, Asked};
use crate::request::{Repeat, Request};
use crate::sending::{Flights, Outcome, Sender};
use crate::transport::{Deadline, Reply};
use bytes::Bytes;
use http::Method;
use url::Url;

/// A request about Handles, without what says who we are.
#[derive(Debug)]
pub(crate) struct Exchange {
    method: Method,
    url: Url,
    body: Option<Bytes>,
    /// Whether it says who we are.
    authenticated: bool,
    /// The same on the second server.
    mirror: Option<Url>,
    may_renew: bool,
}

/// An exchange that was begun, and what it showed of our identity.
pub(crate) struct Begun {
    exchange: Exchange,
    pass: Pass,
}

/// A reply to a request, and whether only the connection said who we are.
pub(crate) struct Received {
    reply: Reply,
    by_certificate: bool,
}

/// How an exchange went on.
enum Next {
    Ended(Received),
    /// The server has forgotten the session, so the request was not carried out.
    Again(Exchange),
}

/// Many exchanges.
pub(crate) trait Exchanges<'a> {
    /// What is known of each.
    type About: 'a;

    /// The next one to begin, and its time.
    fn next(&mut self) -> Option<(Self::About, Exchange, Deadline<'a>)>;

    /// One has ended.
    fn ended(&mut self, about: Self::About, outcome: Result<Received>);
}

impl Exchange {
    /// That says who we are.
    pub(crate) fn new(method: Method, url: Url, body: Option<Bytes>) -> Exchange {
        Exchange { method, url, body, authenticated: true, mirror: None, may_renew: true }
    }

    pub(crate) fn reading(url: Url, mirror: Option<Url>, authenticated: bool) -> Exchange {
        Exchange { authenticated, mirror, ..Exchange::new(Method::GET, url, None) }
    }

    fn repeat(&self) -> Repeat {
        if self.method == Method::GET { Repeat::Anytime } else { Repeat::IfUnsent }
    }
}

impl Received {
    pub(crate) fn judged<T>(self, decode: impl FnOnce(Reply) -> Result<T>) -> Result<T> {
        let answer = decode(self.reply);
        if self.by_certificate { answer.map_err(auth::certificate_not_seen) } else { answer }
    }

    /// The answer to the GET of a record.
    pub(crate) fn record(self, name: &str) -> Result<Answer> {
        self.judged(|reply| reply::decode(Asked::Read, name, reply))
    }
}

/// Exchanges requests and replies with one server, as one identity.
#[derive(Debug)]
pub(crate) struct Exchanger {
    config: Config,
    sender: Sender,
    authenticator: Authenticator,
}

impl Exchanger {
    pub(crate) fn new(config: Config) -> Result<Exchanger> {
        let sender = Sender::new(config.transport.clone(), config.max_retries, config.log().clone())?;
        Ok(Exchanger { config, sender, authenticator: Authenticator::default() })
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn sender(&self) -> &Sender {
        &self.sender
    }

    /// Sends a request and waits for the reply.
    pub(crate) fn exchange(&self, mut exchange: Exchange, deadline: Deadline) -> Result<Received> {
        loop {
            let (request, begun) = self.begin(exchange, deadline)?;
            let outcome = self.sender.send(&request, deadline);
            match self.go_on(begun, outcome, deadline)? {
                Next::Ended(received) => return Ok(received),
                Next::Again(again) => exchange = again,
            }
        }
    }

    /// Sends many requests, so many at the same time. Each reply is handed over while others are on their way. Where logging
    /// in fails, that is what becomes of all that need it.
    ///
    /// # Errors
    /// Where nothing can be sent at all.
    pub(crate) fn exchange_all<'a, E: Exchanges<'a>>(&self, all: &mut E, at_once: usize) -> Result<()> {
        let run = |mut flights: Flights<'_, 'a, _>| {
            let mut without_pass = None;
            let mut launch =
                |flights: &mut Flights<'_, 'a, _>, all: &mut E, about, exchange: Exchange, deadline| {
                    let begun = match &without_pass {
                        Some(error) if exchange.authenticated => Err(Error::clone(error)),
                        _ => self
                            .begin(exchange, deadline)
                            .inspect_err(|error| without_pass = Some(error.clone())),
                    };
                    match begun {
                        Ok((request, begun)) => flights.launch((about, begun, deadline), request, deadline),
                        Err(error) => all.ended(about, Err(error)),
                    }
                };
            let mut more = true;
            while more || flights.count() > 0 {
                while more && flights.count() < at_once {
                    match all.next() {
                        Some((about, exchange, deadline)) => {
                            launch(&mut flights, all, about, exchange, deadline)
                        }
                        None => more = false,
                    }
                }
                for ((about, begun, deadline), outcome) in flights.landed() {
                    let outcome = outcome.and_then(Reply::with_memory);
                    match self.go_on(begun, outcome, deadline) {
                        Ok(Next::Ended(received)) => all.ended(about, Ok(received)),
                        Ok(Next::Again(again)) => launch(&mut flights, all, about, again, deadline),
                        Err(error) => all.ended(about, Err(error)),
                    }
                }
            }
        };
        self.sender.together(run).map_err(|failure| failure.into_error())
    }

    fn begin(&self, exchange: Exchange, deadline: Deadline) -> Result<(Request, Begun)> {
        let pass = if exchange.authenticated { self.pass(deadline)? } else { Pass::Anonymous };
        let request = Request {
            method: exchange.method.clone(),
            url: exchange.url.clone(),
            authorization: pass.header(),
            certificate: pass.certificate(),
            body: exchange.body.clone(),
            repeat: exchange.repeat(),
            mirror: exchange.mirror.clone(),
        };
        Ok((request, Begun { exchange, pass }))
    }

    /// Where the server has forgotten our session, it is renewed once.
    fn go_on(&self, begun: Begun, outcome: Outcome, deadline: Deadline) -> Result<Next> {
        let Begun { exchange, pass } = begun;
        let reply = outcome.map_err(|failure| {
            let in_doubt = exchange.repeat() == Repeat::IfUnsent && failure.may_have_arrived();
            failure.into_error().with_in_doubt(in_doubt)
        })?;
        if !self.authenticator.is_over(&pass, &reply) {
            return Ok(Next::Ended(Received { reply, by_certificate: matches!(pass, Pass::Certificate) }));
        }
        if !exchange.may_renew {
            return Err(self.authenticator.give_up(&pass, &self.sender, deadline));
        }
        self.sender.log().write(Level::Info, || "The server has forgotten the session.".to_owned());
        Ok(Next::Again(Exchange { may_renew: false, ..exchange }))
    }

    /// What shows who we are. Refused over plain HTTP before anything is sent: the server would not look at it
    /// (BEHAVIOUR.md 6), and everybody in between could.
    fn pass(&self, deadline: Deadline) -> Result<Pass> {
        let Some(credentials) = &self.config.credentials else {
            return Err(Error::new(
                Kind::AuthenticationRequired,
                "This needs credentials, and the configuration has none. Add username and password, or username \
                 and private_key.",
            ));
        };
        if !self.config.is_https() {
            return Err(over_plain_http("handle_server_url"));
        }
        self.authenticator.pass(credentials, &self.config.api_base, &self.sender, deadline)
    }
}

impl Drop for Exchanger {
    fn drop(&mut self) {
        fault_point("dropping");
        self.authenticator.log_out(&self.sender);
    }
}

pub(crate) fn over_plain_http(key: &str) -> Error {
    Error::new(
        Kind::InsecureTransport,
        format!(
            "Nothing was sent, since credentials never travel over plain HTTP. Use an https:// address in {key}."
        ),
    )
}
