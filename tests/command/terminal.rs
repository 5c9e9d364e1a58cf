//! On a terminal: questions, passphrases, the progress bar, and text that would command it.

use crate::b2h::{EXAMPLE, Scene, program, user};
use crate::common::root;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};

const PASSPHRASE: &str = "throw-away";
const KEY: &str = "crates/client/tests/keys/rsa.encrypted.aes-256-cbc.pem";

/// A shell command on a terminal of its own, which script(1) makes.
struct Terminal {
    script: Child,
    seen: String,
}

impl Terminal {
    /// `arguments` are for the command, as a shell reads them.
    fn start(scene: &Scene, arguments: &str) -> Terminal {
        Terminal::shell(scene, &format!("exec '{}' {arguments}", program().display()))
    }

    fn shell(scene: &Scene, command: &str) -> Terminal {
        // What hangs is ended, and fails.
        let script = Command::new("timeout")
            .args(["--foreground", "120", "script", "-qfec", command, "/dev/null"])
            .env("B2H_CREDENTIALS", &scene.credentials)
            .env("SHELL", "/bin/sh")
            .current_dir(root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Terminal { script, seen: String::new() }
    }

    /// Waits for text, and types a line then.
    fn answer(&mut self, question: &str, line: &str) {
        self.press(question, &format!("{line}\n"));
    }

    /// Waits for text, and presses keys then.
    fn press(&mut self, question: &str, keys: &str) {
        let from = self.seen.len();
        while !self.seen[from..].contains(question) {
            let mut bytes = [0; 1];
            let read = self.script.stdout.as_mut().unwrap().read(&mut bytes).unwrap();
            assert!(read > 0, "{question:?} was not asked: {}", self.seen);
            self.seen.push(char::from(bytes[0]));
        }
        self.script.stdin.as_mut().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    /// The exit status, and all that the terminal showed.
    fn end(mut self) -> (Option<i32>, String) {
        let mut rest = Vec::new();
        self.script.stdout.as_mut().unwrap().read_to_end(&mut rest).unwrap();
        drop(self.script.stdin.take());
        let exit = self.script.wait().unwrap().code();
        (exit, self.seen + &String::from_utf8_lossy(&rest))
    }
}

#[test]
fn deletion_is_confirmed() {
    let scene = Scene::new();
    scene.has("21.T12345/D", "https://x/");
    for (answer, exit, is_there) in [("n", 1, true), ("", 1, true), ("y", 0, false)] {
        let mut terminal = Terminal::start(&scene, "delete 21.T12345/D");
        terminal.answer("[y/N] ", answer);
        let (ended, seen) = terminal.end();
        assert_eq!(ended, Some(exit), "{seen}");
        assert!(seen.contains("21.T12345/D?"), "{seen}");
        assert_eq!(scene.server.sandbox.record("21.T12345/D").is_some(), is_there, "{answer}");
    }
    scene.has("21.T12345/D", "https://x/");
    let (ended, seen) = Terminal::start(&scene, "delete --yes 21.T12345/D").end();
    assert!(ended == Some(0) && !seen.contains("[y/N]"), "{seen}");
}

#[test]
fn without_operands_a_terminal_is_not_read() {
    let (ended, seen) = Terminal::start(&Scene::new(), "get").end();
    assert_eq!(ended, Some(2), "{seen}");
}

/// The user has the public half of the key at index 301.
fn key_scene() -> (Scene, String) {
    let scene = Scene::new();
    let value = scene.run(&[
        "key",
        "value",
        "--index",
        "301",
        &format!("{}/crates/client/tests/keys/rsa.public.pem", root().display()),
    ]);
    scene.run_with(&["modify", "-q", "21.T12345/USER01", "--values", "-"], &value.out).is(0, "");
    let key = root().join(KEY);
    let members = format!(r#""username": "301:21.T12345/USER01", "private_key": "{}""#, key.display());
    let credentials = scene.other_credentials(&members).display().to_string();
    (scene, credentials)
}

#[test]
fn a_passphrase_is_asked_and_not_shown() {
    let (scene, credentials) = key_scene();
    let mut terminal = Terminal::start(&scene, &format!("-c {credentials} get -a {EXAMPLE} URL"));
    terminal.answer("Passphrase of ", PASSPHRASE);
    let (ended, seen) = terminal.end();
    assert!(ended == Some(0) && seen.contains("https://www.example.org/"), "{seen}");
    assert!(!seen.contains(PASSPHRASE), "{seen}");

    let mut terminal = Terminal::start(&scene, &format!("-c {credentials} get {EXAMPLE} URL"));
    terminal.answer("Passphrase of ", "wrong");
    let (ended, seen) = terminal.end();
    assert!(ended == Some(3) && seen.contains("b2h: ") && !seen.contains("wrong\r"), "{seen}");
}

#[test]
fn the_terminal_shows_again_what_is_typed() {
    let (scene, credentials) = key_scene();
    // The shell outlives the command, and looks at the terminal after it.
    let command = format!("'{}' -c {credentials} get {EXAMPLE} URL; stty -a", program().display());
    let mut terminal = Terminal::shell(&scene, &command);
    terminal.answer("Passphrase of ", PASSPHRASE);
    let (_, seen) = terminal.end();
    assert!(seen.contains(" echo "), "{seen}");
}

#[test]
fn who_interrupts_the_question_is_told_so() {
    let (scene, credentials) = key_scene();
    let new = scene.server.folder.path().join("never.pem");
    for arguments in [
        format!("-c {credentials} get -a {EXAMPLE} URL"),
        format!("key convert --encrypt -o {} {KEY}", new.display()),
    ] {
        let mut terminal = Terminal::start(&scene, &arguments);
        terminal.press("Passphrase of ", "\x03");
        let (ended, seen) = terminal.end();
        assert!(ended == Some(130) && seen.contains("b2h: Interrupted before"), "{ended:?} {seen}");
        assert!(!seen.contains("no terminal"), "{seen}");
    }
    // Before the question, at the warning that other users may read the key.
    let copy = scene.server.folder.path().join("open.pem");
    fs::copy(root().join(KEY), &copy).unwrap();
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o644)).unwrap();
    let members = format!(r#""username": "301:21.T12345/USER01", "private_key": "{}""#, copy.display());
    let credentials = scene.other_credentials(&members);
    let arguments = format!("-c {} get -a {EXAMPLE} URL", credentials.display());
    let mut terminal = Terminal::start(&scene, &arguments);
    terminal.press("this file holds a secret", "\x03");
    let (ended, seen) = terminal.end();
    assert_eq!(ended, Some(130), "{seen}");
}

#[test]
fn keys_are_converted_with_passphrases_from_the_terminal() {
    let scene = Scene::new();
    let output = scene.server.folder.path().join("new.pem");
    let mut terminal =
        Terminal::start(&scene, &format!("key convert --encrypt -o {} {KEY}", output.display()));
    terminal.answer("Passphrase of ", PASSPHRASE);
    terminal.answer("New passphrase of ", "new one");
    terminal.answer("Once more ", "new one");
    let (ended, seen) = terminal.end();
    assert!(ended == Some(0) && !seen.contains("new one"), "{seen}");
    assert!(fs::read_to_string(&output).unwrap().starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));

    let mut terminal =
        Terminal::start(&scene, &format!("key convert --encrypt -o {}2 {KEY}", output.display()));
    terminal.answer("Passphrase of ", PASSPHRASE);
    terminal.answer("New passphrase of ", "new one");
    terminal.answer("Once more ", "another");
    let (ended, seen) = terminal.end();
    assert!(ended == Some(2) && seen.contains("two different"), "{seen}");
}

#[test]
fn progress_shows_on_a_terminal_only() {
    let scene = Scene::new();
    let list = scene.server.folder.path().join("list");
    fs::write(&list, format!("{EXAMPLE}\n").repeat(20)).unwrap();
    let list = list.display();
    let (ended, seen) = Terminal::start(&scene, &format!("get - URL <{list}")).end();
    assert!(ended == Some(0) && seen.contains("[#") && seen.contains("1 Handles"), "{seen:?}");
    // The bar is gone in the end, and no line of the results is left in it.
    assert!(seen.ends_with("https://www.example.org/\r\n") || seen.ends_with("\r\x1b[K"), "{seen:?}");
    assert_eq!(seen.matches("\x1b[Khttps://www.example.org/\r\n").count() + 1, 20, "{seen:?}");

    let (_, piped) = Terminal::start(&scene, &format!("get - URL <{list} 2>&1 | cat")).end();
    let (_, quiet) = Terminal::start(&scene, &format!("get -q - URL <{list}")).end();
    for seen in [piped, quiet] {
        assert_eq!(seen, "https://www.example.org/\r\n".repeat(20));
    }
}

#[test]
fn values_command_no_terminal() {
    let scene = Scene::new();
    scene.run(&["modify", "-q", EXAMPLE, "NOTE=a\x1b[31mb\u{9b}"]).is(0, "");
    scene.run(&["get", EXAMPLE, "NOTE"]).is(0, "a\x1b[31mb\u{9b}\n");
    let (_, seen) = Terminal::start(&scene, &format!("get {EXAMPLE} NOTE")).end();
    assert_eq!(seen, "a\\x1b[31mb\\xc2\\x9b\r\n");
    let (_, seen) = Terminal::start(&scene, "get \"$(printf 'x\\033[2J')\"").end();
    assert!(seen.contains("x\\x1b[2J"), "{seen:?}");
}

#[test]
fn a_user_without_rights_is_told_so() {
    let scene = Scene::new();
    let credentials = scene.other_credentials(&user("USER02", "user02-secret"));
    let (ended, seen) =
        Terminal::start(&scene, &format!("-c {} delete -y {EXAMPLE}", credentials.display())).end();
    assert!(ended == Some(7) && seen.starts_with("b2h: "), "{seen}");
}
