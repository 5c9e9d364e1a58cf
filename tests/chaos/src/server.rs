//! The sandbox as a program of its own, so that it can be killed.

use std::error::Error;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What goes wrong, with a probability of 10 % in all. Stalls cost the client its whole timeout, so they are few.
const FAULTS: &[&str] = &[
    "reset-before-reading with 0.010",
    "reset-before-executing with 0.010",
    "reset-before-answering with 0.018",
    "stall with 0.002",
    "truncate with 0.012",
    "garbage with 0.012",
    "429 with 0.010",
    "503 with 0.010",
    "500 with 0.010",
    "forget-sessions with 0.006",
];
const ATTEMPTS: usize = 5;
const READY_WITHIN: Duration = Duration::from_secs(60);

/// A sandbox with a data file and a journal, always on the same port.
pub(crate) struct Server<'a> {
    program: &'a Path,
    folder: &'a Path,
    port: u16,
    seed: u64,
    starts: u64,
    running: Option<Running>,
}

struct Running {
    child: Child,
    control: String,
}

impl<'a> Server<'a> {
    pub(crate) fn start(
        program: &'a Path,
        folder: &'a Path,
        seed: u64,
    ) -> Result<Server<'a>, Box<dyn Error>> {
        let mut server = Server { program, folder, port: 0, seed, starts: 0, running: None };
        // A port that was free a moment ago may be taken now.
        for _ in 1..ATTEMPTS {
            server.port = free_port()?;
            if server.restart().is_ok() {
                return Ok(server);
            }
        }
        server.restart()?;
        Ok(server)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Starts it, again after [`Server::kill`].
    pub(crate) fn restart(&mut self) -> Result<(), Box<dyn Error>> {
        self.starts += 1;
        let ready = self.folder.join(format!("ready-{}.json", self.starts));
        let mut command = Command::new(self.program);
        command.args([
            "--listen",
            &format!("127.0.0.1:{}", self.port),
            "--control",
            "127.0.0.1:0",
            "--journal",
        ]);
        command.arg("--data").arg(self.data()).arg("--ready-file").arg(&ready);
        command.args(["--seed", &(self.seed * 1000 + self.starts).to_string()]);
        command.args(FAULTS.iter().flat_map(|fault| ["--fault", fault]));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        let start = Instant::now();
        while !ready.exists() {
            if child.try_wait()?.is_some() || start.elapsed() > READY_WITHIN {
                let _ = child.kill();
                return Err("the sandbox does not start".into());
            }
            sleep(Duration::from_millis(5));
        }
        let facts: serde_json::Value = serde_json::from_slice(&fs::read(&ready)?)?;
        let control = facts["control"].as_str().ok_or("the sandbox has no control endpoint")?;
        let control = control.trim_start_matches("http://").to_owned();
        // The certificate is in the data file, and so the same after every start.
        fs::copy(ready.with_extension("pem"), self.folder.join("server.pem"))?;
        self.running = Some(Running { child, control });
        Ok(())
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) -> Result<(), Box<dyn Error>> {
        if let Some(mut running) = self.running.take() {
            running.child.kill()?;
            running.child.wait()?;
        }
        Ok(())
    }

    /// Writes credentials for one of the users of the built-in fixture.
    pub(crate) fn credentials(
        &self,
        user: &str,
        password: &str,
        method: &str,
    ) -> Result<PathBuf, Box<dyn Error>> {
        let json = serde_json::json!({
            "handle_server_url": format!("https://127.0.0.1:{}", self.port),
            "HTTPS_verify": "server.pem",
            "username": user,
            "password": password,
            "auth_method": method,
        });
        let path = self.folder.join(format!("{}-{method}.json", user.replace(['/', ':'], "-")));
        fs::write(&path, json.to_string())?;
        Ok(path)
    }

    /// Asks the control endpoint.
    pub(crate) fn ask(&self, target: &str) -> Result<String, Box<dyn Error>> {
        let running = self.running.as_ref().ok_or("the sandbox is not running")?;
        let mut stream = TcpStream::connect(&running.control)?;
        write!(stream, "GET {target} HTTP/1.1\r\nHost: control\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (_, body) = answer.split_once("\r\n\r\n").ok_or("the control endpoint does not answer")?;
        Ok(body.to_owned())
    }
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        // It is over anyway.
        let _ = self.kill();
    }
}

/// A port that no client's side of a connection gets by chance while the sandbox is down: a client could be connected to
/// itself there.
fn free_port() -> Result<u16, Box<dyn Error>> {
    let first = fastrand::u16(0..10_000);
    let ports = (0..10_000).map(|nth| 20_000 + (first + nth) % 10_000);
    let mut free = ports.filter(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok());
    free.next().ok_or_else(|| "no port is free".into())
}
