//! The server that all calls reach, the files that they may name, and clients that outlive an input.

use super::calls;
use b2h_sandbox::{Options, Sandbox};
use std::ffi::{CString, c_void};
use std::ptr;
use std::sync::OnceLock;
use tempfile::TempDir;

pub(super) struct Server {
    pub(super) sandbox: Sandbox,
    folder: TempDir,
    /// Credentials of several kinds.
    pub(super) credentials: Vec<CString>,
    pub(super) clients: Vec<usize>,
}

pub(super) fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let sandbox = without_sigpipe(|| Sandbox::start(Options::default()).unwrap());
        // Nothing goes anywhere else, whatever a configuration leaves out.
        for variable in ["http_proxy", "https_proxy", "HTTPS_PROXY"] {
            // SAFETY: no other thread looks into the environment.
            unsafe { std::env::set_var(variable, sandbox.http_url()) };
        }
        unsafe { std::env::set_var("NO_PROXY", "127.0.0.1") };
        let folder = tempfile::tempdir().unwrap();
        let credentials = credentials(&sandbox, &folder);
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
        write("credentials", credentials[0].as_bytes());
        write("broken", b"{\"username\": ");
        write("key", include_bytes!("../../../crates/client/tests/keys/rsa.pem"));
        write("certificate", include_bytes!("../../../crates/client/tests/keys/rsa.certificate.pem"));
        for name in ["locked", "lockedx", "lockedn"] {
            write(name, include_bytes!("../../../crates/client/tests/keys/rsa.encrypted.aes-128-cbc.pem"));
        }
        write("profile", include_bytes!("../../corpus/record/profile"));
        let clients = credentials[..3].iter().map(|json| {
            let mut client = ptr::null_mut();
            assert_eq!(
                unsafe { calls::b2h_client_from_json_text(json.as_ptr(), &mut client, ptr::null_mut()) },
                0
            );
            client as usize
        });
        let clients = clients.collect();
        // The library keeps panics quiet; here each is a find.
        std::panic::set_hook(Box::new(|info| {
            eprintln!("{info}\n{}", std::backtrace::Backtrace::force_capture());
            std::process::abort();
        }));
        Server { sandbox, folder, credentials, clients }
    })
}

/// Threads that are started meanwhile do not know the signal either. The library has to see to it by itself.
fn without_sigpipe<T>(start: impl FnOnce() -> T) -> T {
    // SAFETY: sets of signals are plain numbers, and each pointer is to one.
    unsafe {
        let (mut set, mut old) = (std::mem::zeroed(), std::mem::zeroed());
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGPIPE);
        libc::pthread_sigmask(libc::SIG_BLOCK, &set, &mut old);
        let started = start();
        libc::pthread_sigmask(libc::SIG_SETMASK, &old, std::ptr::null_mut());
        started
    }
}

fn credentials(sandbox: &Sandbox, folder: &TempDir) -> Vec<CString> {
    let (https, http) = (sandbox.https_url(), sandbox.http_url());
    let user = &sandbox.users()[0];
    let known = format!(
        r#""handle_server_url": "{https}", "HTTPS_verify": "false", "timeout_ms": 300, "connect_timeout_ms": 300,
           "reverselookup_username": "search", "reverselookup_password": "search-secret""#
    );
    let login = format!(r#""username": "{}", "password": "{}""#, user.id, user.secret);
    let key = folder.path().join("key");
    [
        format!(r#"{{{known}, {login}, "modify_HS_ADMIN": true}}"#),
        format!(r#"{{{known}, {login}, "auth_method": "session", "cache_size": 3}}"#),
        format!(
            r#"{{"handle_server_url": "{http}", "timeout_ms": 200, "cache_size": 100, "mirror": "{https}",
               "HTTPS_verify": "false", "max_reply_bytes": 5000}}"#
        ),
        format!(r#"{{{known}, "username": "300:21.T12345/USER02", "password": "wrong"}}"#),
        format!(r#"{{{known}, "username": "300:21.T12345/ADMIN", "password": "admin-secret"}}"#),
        format!(r#"{{{known}, "username": "300:21.T12345/USER01", "private_key": {key:?}}}"#),
        r#"{"handle_server_url": "https://127.0.0.1:1", "timeout_ms": 100}"#.to_owned(),
        r#"{"timeout_ms": 100}"#.to_owned(),
        r#"{"timeout_ms": 100, "username": 300}"#.to_owned(),
        "{".to_owned(),
    ]
    .into_iter()
    .map(|json| CString::new(json).unwrap())
    .collect()
}

impl Server {
    /// A path of that name in the folder.
    pub(super) fn path(&self, name: &str) -> CString {
        CString::new(self.folder.path().join(name).into_os_string().into_encoded_bytes()).unwrap()
    }

    pub(super) fn clients(&self) -> impl Iterator<Item = *mut c_void> {
        self.clients.iter().map(|client| ptr::with_exposed_provenance_mut(*client))
    }
}
