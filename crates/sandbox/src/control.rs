//! The control endpoint: faults and counters, on a port of its own.

use crate::fault::{Fault, FaultRule};
use crate::front::Front;
use crate::http::{Channel, Content, Exchange, Head, Host, Outcome, Response};
use crate::identity::Identity;
use crate::server::Handler;
use serde_json::json;
use std::io;
use std::sync::Arc;

/// What it offers.
const USAGE: &str = "\
GET    /counters         requests, connections, faults that happened, and writes executed, by handle
GET    /requests         the latest requests, one a line, as JSON
GET    /journal          the executed writes, one a line, as JSON; with --journal
GET    /faults           the faults in force, one a line
POST   /faults           more faults, one a line: FAULT [on METHOD PATH] [next N | with P]
DELETE /faults           no more faults
POST   /forget-sessions  as a restart does
POST   /close-idle       close the connections that wait for their next request
";

const LINES: &str = "application/x-ndjson";

pub(crate) struct Control {
    pub(crate) front: Arc<Front>,
}

impl Host for Control {
    fn faults(&self, _head: &Head) -> Vec<Fault> {
        Vec::new()
    }

    fn answer(&self, exchange: &mut Exchange<'_, '_>) -> io::Result<Outcome> {
        let front = &self.front;
        let body = String::from_utf8_lossy(&exchange.body.read()?).into_owned();
        let response = match (exchange.head.method.as_str(), exchange.head.target.as_str()) {
            ("GET", "/counters") => text(200, "application/json", self.counters()),
            ("GET", "/requests") => text(200, LINES, self.requests()),
            ("GET", "/journal") => match self.journal() {
                Ok(lines) => text(200, LINES, lines),
                Err(problem) => plain(500, format!("{problem}\n")),
            },
            ("GET", "/faults") => {
                let rules = front.faults.rules();
                plain(200, rules.iter().map(|rule| format!("{rule}\n")).collect())
            }
            ("POST", "/faults") => {
                let lines = body.lines().filter(|line| !line.trim().is_empty());
                match lines.map(str::parse::<FaultRule>).collect::<Result<Vec<_>, _>>() {
                    Ok(rules) => {
                        rules.into_iter().for_each(|rule| front.faults.add(rule));
                        Response::empty(204)
                    }
                    Err(problem) => plain(400, format!("{problem}\n")),
                }
            }
            ("DELETE", "/faults") => {
                front.faults.clear();
                Response::empty(204)
            }
            ("POST", "/forget-sessions") => {
                front.service.sessions().clear();
                Response::empty(204)
            }
            ("POST", "/close-idle") => {
                front.close_idle_connections();
                Response::empty(204)
            }
            ("GET", "/") => plain(200, USAGE.to_owned()),
            _ => plain(404, USAGE.to_owned()),
        };
        Ok(Outcome::Answer(response))
    }

    fn seen(&self, _head: &Head, _channel: &Channel, _caller: Option<&Identity>, _status: u16) {}
}

impl Handler for Control {
    fn identify(&self, _certificate: &[u8]) -> Option<Identity> {
        None
    }
}

impl Control {
    fn counters(&self) -> String {
        let counters = json!({
            "requests": self.front.log.total(),
            "connections": self.front.accepted(),
            "faults": self.front.faults.happened(),
            "writes": self.front.service.writes(),
        });
        format!("{counters:#}\n")
    }

    fn requests(&self) -> String {
        lines(self.front.log.all().into_iter().map(|request| {
            json!({
                "method": request.method,
                "target": request.target,
                "status": request.status,
                "caller": request.caller,
            })
        }))
    }

    fn journal(&self) -> rusqlite::Result<String> {
        Ok(lines(self.front.service.journal()?.into_iter().map(|write| {
            json!({
                "sequence": write.sequence,
                "method": write.method,
                "target": write.target,
                "caller": write.caller,
                "handle": write.handle,
                "values": write.values,
            })
        })))
    }
}

fn lines(all: impl IntoIterator<Item = serde_json::Value>) -> String {
    all.into_iter().map(|line| format!("{line}\n")).collect()
}

fn plain(status: u16, body: String) -> Response {
    text(status, "text/plain; charset=UTF-8", body)
}

fn text(status: u16, kind: &'static str, body: String) -> Response {
    let content = Content::Fixed(body.into_bytes());
    Response { content, ..Response::empty(status) }.with_header("Content-Type", kind)
}
