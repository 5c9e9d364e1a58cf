//! A private authority, and a certificate from it for this machine.

use crate::interrupt::Interrupt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where systems keep the authorities they trust.
const SYSTEM: &[&str] = &["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/// Files about the authority. The server's are `server.pem` and `server.key` in the same folder.
pub(crate) struct Authority {
    /// Its certificate.
    pub(crate) alone: PathBuf,
    /// Its certificate after those of the system.
    pub(crate) among_others: PathBuf,
}

/// Makes both. The key is of the kind that Handle servers make themselves.
pub(crate) fn make(folder: &Path, interrupt: &Interrupt) -> Result<Authority, String> {
    let openssl = |arguments: &[&str]| {
        interrupt.run(Command::new("openssl").args(arguments).current_dir(folder)).map(|_| ())
    };
    let new = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
    openssl(&[&new[..], &["-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Bench authority"]].concat())?;
    let signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-keyout", "server.key", "-out", "server.pem"];
    let name = ["-subj", "/CN=anonymous", "-addext", "subjectAltName=IP:127.0.0.1"];
    let leaf = ["-addext", "basicConstraints=critical,CA:FALSE"];
    openssl(&[&new[..], &signed, &name, &leaf].concat())?;
    let all = SYSTEM.iter().find_map(|path| fs::read_to_string(path).ok());
    let all = all.ok_or("the system's certificate authorities are not where they usually are")?;
    let (alone, among_others) = (folder.join("ca.pem"), folder.join("all.pem"));
    let own = fs::read_to_string(&alone).map_err(|error| error.to_string())?;
    fs::write(&among_others, all + &own).map_err(|error| error.to_string())?;
    Ok(Authority { alone, among_others })
}
