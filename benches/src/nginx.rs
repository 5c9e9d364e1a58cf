//! nginx with settings of its own, on free ports, until it is dropped.

use crate::interrupt::Interrupt;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

const SETTINGS: &str = include_str!("../nginx.conf");

/// The values of the record.
const ADMIN: &str = concat!(
    r#"{"index":100,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"0.NA/21.T12345","index":200,"#,
    r#""permissions":"011111110011"}},"ttl":86400,"timestamp":"2024-01-01T00:00:00Z"}"#
);
const URL: &str = concat!(
    r#"{"index":1,"type":"URL","data":{"format":"string","#,
    r#""value":"https://data.example.org/archive/2024/collection-17/object-000042.nc"},"#,
    r#""ttl":86400,"timestamp":"2024-01-01T00:00:00Z"}"#
);
const OTHERS: &str = concat!(
    r#"{"index":2,"type":"CHECKSUM","data":{"format":"string","#,
    r#""value":"sha2:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},"#,
    r#""ttl":86400,"timestamp":"2024-01-01T00:00:00Z"},"#,
    r#"{"index":3,"type":"EUDAT/FIXED_CONTENT","data":{"format":"string","value":"True"},"#,
    r#""ttl":86400,"timestamp":"2024-01-01T00:00:00Z"},"#,
    r#"{"index":4,"type":"EUDAT/PARENT","data":{"format":"string","#,
    r#""value":"21.T12345/0b1ff8f2-6c1e-4f5d-9a51-9f0e0c1c2d3e"},"#,
    r#""ttl":86400,"timestamp":"2024-01-01T00:00:00Z"}"#
);

const NOT_INSTALLED: &str = "nginx is not installed";

/// The program; administrators' programs are not on everybody's path.
const PROGRAMS: &[&str] = &["nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx"];

pub(crate) struct Nginx<'a> {
    program: &'static str,
    child: Child,
    folder: &'a Path,
    http: u16,
    https: u16,
}

impl<'a> Nginx<'a> {
    /// Starts it in a folder that holds `server.pem` and `server.key`.
    pub(crate) fn start(folder: &'a Path, interrupt: &Interrupt) -> Result<Nginx<'a>, String> {
        let is_there =
            |program: &&&str| Command::new(program).arg("-v").stderr(Stdio::null()).status().is_ok();
        let program = PROGRAMS.iter().find(is_there).ok_or(NOT_INSTALLED)?;
        // Somebody else may be given a port before nginx takes it.
        let mut said = String::new();
        for _ in 0..5 {
            interrupt.check()?;
            let mut nginx =
                Nginx::on_free_ports(program, folder).map_err(|error| format!("nginx: {error}"))?;
            if nginx.comes_up() {
                return Ok(nginx);
            }
            said = fs::read_to_string(folder.join("error.log")).unwrap_or_default();
        }
        Err(format!("nginx does not start: {}", said.trim_end()))
    }

    fn on_free_ports(program: &'static str, folder: &'a Path) -> std::io::Result<Nginx<'a>> {
        let free = [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
        let (http, https) = (free[0].local_addr()?.port(), free[1].local_addr()?.port());
        drop(free);
        let settings = SETTINGS
            .replace("@HTTPS@", &https.to_string())
            .replace("@HTTP@", &http.to_string())
            .replace("@ALL@", &[ADMIN, URL, OTHERS].join(","))
            .replace("@URL@", URL);
        fs::write(folder.join("nginx.conf"), settings)?;
        let child = command(program, folder).stderr(Stdio::null()).spawn()?;
        Ok(Nginx { program, child, folder, http, https })
    }

    fn comes_up(&mut self) -> bool {
        for _ in 0..500 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return false;
            }
            // Its process file is written when it listens already.
            if self.folder.join("nginx.pid").exists() && TcpStream::connect(("127.0.0.1", self.https)).is_ok()
            {
                return true;
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// Where it serves records.
    pub(crate) fn url(&self, scheme: &str) -> String {
        let port = if scheme == "https" { self.https } else { self.http };
        format!("{scheme}://127.0.0.1:{port}")
    }
}

impl Drop for Nginx<'_> {
    fn drop(&mut self) {
        // Killed, it would leave its worker behind.
        let stopped = command(self.program, self.folder).args(["-s", "stop"]).stderr(Stdio::null()).status();
        if !stopped.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("-p").arg(folder).arg("-e").arg(folder.join("error.log")).arg("-c");
    command.arg(folder.join("nginx.conf")).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    #[test]
    fn it_answers_as_a_handle_server_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let interrupt = Interrupt::default();
        crate::tls::make(folder.path(), &interrupt).unwrap();
        let nginx = match Nginx::start(folder.path(), &interrupt) {
            Err(problem) if problem == NOT_INSTALLED => {
                // Not println!, which a passing test keeps to itself.
                let _ = writeln!(std::io::stderr(), "SKIPPED 1: {problem}");
                return;
            }
            nginx => nginx.unwrap(),
        };
        let ports = [nginx.http, nginx.https];
        let ask = |query: &str| {
            let mut connection = TcpStream::connect(("127.0.0.1", nginx.http)).unwrap();
            let path = format!("/api/handles/21.T12345/a%20b{query}");
            write!(connection, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
            let mut reply = String::new();
            connection.read_to_string(&mut reply).unwrap();
            assert!(reply.starts_with("HTTP/1.1 200 OK\r\n"), "{reply}");
            assert!(reply.contains("\r\nContent-Type: application/json;charset=UTF-8\r\n"), "{reply}");
            assert!(reply.contains("\r\nTransfer-Encoding: chunked\r\n"), "{reply}");
            let json = &reply[reply.find('{').unwrap()..=reply.rfind('}').unwrap()];
            let record: serde_json::Value = serde_json::from_str(json).unwrap();
            assert_eq!(record["handle"], "21.T12345/a b");
            let values = record["values"].as_array().unwrap().iter();
            values.map(|value| value["type"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(ask(""), ["HS_ADMIN", "URL", "CHECKSUM", "EUDAT/FIXED_CONTENT", "EUDAT/PARENT"]);
        assert_eq!(ask("?type=URL"), ["URL"]);
        drop(nginx);
        for port in ports {
            assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        }
    }
}
