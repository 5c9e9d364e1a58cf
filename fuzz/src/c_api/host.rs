//! The program that uses the library: what it holds, what it passes, and what it makes of answers.

use super::arguments::{List, Options, Output, Texts};
use super::callbacks::{self, CURRENT, LogCallback, PassphraseCallback};
use super::calls;
use super::server::{Server, server};
use arbitrary::{Result, Unstructured};
use b2h_sandbox::FaultRule;
use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char, c_void};
use std::ptr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The statuses of bugs.
const BUGS: [i32; 2] = [900, 901];

/// No call is given more than 0.3 s.
const LONGEST_CALL: Duration = Duration::from_secs(4);

const FAULTS: [&str; 10] = [
    "reset-before-reading with 0.3",
    "reset-before-executing next 1",
    "reset-before-answering with 0.3",
    "stall next 1",
    "truncate with 0.3",
    "garbage with 0.5",
    "503:1 next 2",
    "500 next 1",
    "close with 0.5",
    "forget-sessions with 0.3",
];

const FILES: [&str; 8] = ["credentials", "broken", "key", "certificate", "locked", "lockedx", "none", "new"];

/// Keys with their values. Of those that lead to other servers and files only these.
const SETTINGS: [(&str, &str); 14] = [
    ("username", "300:21.T12345/USER01"),
    ("password", "user01-secret"),
    ("auth_method", "session"),
    ("HTTPS_verify", "false"),
    ("HTTPS_verify", "[\"sha256:12\"]"),
    ("timeout_ms", "100"),
    ("timeout_ms", "0"),
    ("cache_size", "2"),
    ("handleowner", "200:0.NA/21.T12345"),
    ("HS_ADMIN_permissions", "011111110011"),
    ("allowed_search_keys", "[\"URL\"]"),
    ("passphrase", "throw-away"),
    ("handle_server_url", "https://127.0.0.1:1"),
    ("proxy", ""),
];

const TEXTS: [&str; 44] = [
    "21.T12345/EXAMPLE",
    "21.T12345/A",
    "hdl:21.t12345/a",
    "21.T12345/B?#%/../\u{fc} ",
    "21.T12345/USER01",
    "0.NA/21.T12345",
    "10.5555/x",
    "https://hdl.handle.net/21.T12345/A?noredirect",
    "300:21.T12345/USER01",
    "200:0.NA/21.T12345",
    "21.T12345",
    "21.T12345/",
    "URL",
    "url",
    "EMAIL",
    "HS_ADMIN",
    "HS_VLIST",
    "10320/LOC",
    "CHECKSUM",
    "http://x/",
    "http://y/?a=1&b=2",
    "https://www.example.org/",
    "<locations><location id='0' href='http://x/'/></locations>",
    "country",
    "weight",
    "0.5",
    "id",
    "1110",
    "011111110011",
    "admin",
    "vlist",
    "[{\"handle\":\"21.T12345/USER01\",\"index\":300}]",
    "{\"handle\":\"0.NA/21.T12345\",\"index\":200,\"permissions\":\"011111110011\"}",
    "[{\"index\":1,\"type\":\"URL\",\"data\":\"https://x/\"},{\"type\":\"EMAIL\",\"data\":{\"format\":\"string\",\"value\":\"a@b\"},\"ttl\":7}]",
    "{\"type\":\"X\",\"data\":{\"format\":\"base64\",\"value\":\"AAE=\"}}",
    "*",
    "*x*",
    "dns",
    "url",
    "eudat-v1",
    "rda-kernel-information",
    "throw-away",
    "https://resolver.example.org/",
    "",
];

pub(super) struct Host {
    server: &'static Server,
    /// By type; "char" and "uint8_t" are texts and bytes that the library gave.
    objects: BTreeMap<&'static str, Vec<*mut c_void>>,
    /// Texts that were lent to the last call.
    lent: Vec<CString>,
    /// The key that was chosen last.
    setting: usize,
}

impl Host {
    pub(super) fn new() -> Host {
        Host { server: server(), objects: BTreeMap::new(), lent: Vec::new(), setting: 0 }
    }

    /// Something that goes wrong with the server, or nothing.
    pub(super) fn misfortune(&mut self, u: &mut Unstructured) -> Result<()> {
        if u.ratio(1, 2)? {
            let rule: FaultRule = u.choose(&FAULTS)?.parse().unwrap();
            self.server.sandbox.add_fault(rule);
        }
        Ok(())
    }

    pub(super) fn free_all(&mut self) {
        self.server.sandbox.clear_faults();
        for (kind, objects) in std::mem::take(&mut self.objects) {
            for object in objects {
                // A log that is heard meanwhile would not know that it is being freed.
                CURRENT.store(object, Ordering::Relaxed);
                unsafe { calls::free(kind, object) };
                CURRENT.store(ptr::null_mut(), Ordering::Relaxed);
            }
        }
        let _ = std::fs::remove_file(self.server.path("new").to_str().unwrap());
    }

    pub(super) unsafe fn timed<T>(&mut self, name: &str, call: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let returned = call();
        let time = start.elapsed();
        assert!(time < LONGEST_CALL, "{name} took {time:?}");
        CURRENT.store(ptr::null_mut(), Ordering::Relaxed);
        self.lent.clear();
        returned
    }

    // What is passed.

    /// An object that stays ours, or NULL.
    pub(super) fn object(&mut self, u: &mut Unstructured, kind: &'static str) -> Result<*mut c_void> {
        let choice = u.arbitrary::<u8>()?;
        let mut all = self.objects.get(kind).cloned().unwrap_or_default();
        if kind == "b2h_client" {
            all.extend(self.server.clients());
        }
        if all.is_empty() || choice >= 250 {
            return Ok(ptr::null_mut());
        }
        let object = all[usize::from(choice) % all.len()];
        if kind == "b2h_client" {
            CURRENT.store(object, Ordering::Relaxed);
        }
        Ok(object)
    }

    /// An object for the library to free, or NULL.
    pub(super) fn taken(&mut self, u: &mut Unstructured, kind: &'static str) -> Result<*mut c_void> {
        let choice = u.arbitrary::<u8>()?;
        let all = self.objects.entry(kind).or_default();
        if all.is_empty() || choice >= 250 {
            return Ok(ptr::null_mut());
        }
        let object = all.swap_remove(usize::from(choice) % all.len());
        if kind == "b2h_client" {
            CURRENT.store(object, Ordering::Relaxed);
        }
        Ok(object)
    }

    /// A value of one of our records.
    pub(super) fn value(&mut self, u: &mut Unstructured) -> Result<*mut c_void> {
        let record = self.object(u, "b2h_record")?;
        Ok(unsafe { calls::b2h_record_value(record, u.int_in_range(0..=3)?) })
    }

    pub(super) fn options(&mut self, u: &mut Unstructured) -> Result<Options> {
        let cancel = self.object(u, "b2h_cancel")?;
        Options::new(u, cancel)
    }

    pub(super) fn text(&mut self, u: &mut Unstructured, function: &str, name: &str) -> Result<*const c_char> {
        if u.ratio(1, 64)? {
            return Ok(ptr::null());
        }
        let text = match (function, name) {
            (_, "path") => self.server.path(u.choose(&FILES)?),
            ("b2h_profile_load", _) => self.server.path("profile"),
            ("b2h_client_from_json_text", "json") => u.choose(&self.server.credentials)?.clone(),
            ("b2h_config_set", "key") => {
                self.setting = u.choose_index(SETTINGS.len())?;
                CString::new(SETTINGS[self.setting].0).unwrap()
            }
            ("b2h_config_set", "value") => CString::new(SETTINGS[self.setting].1).unwrap(),
            _ => self.any_text(u)?,
        };
        self.lent.push(text);
        Ok(self.lent.last().map_or(ptr::null(), |text| text.as_ptr()))
    }

    fn any_text(&mut self, u: &mut Unstructured) -> Result<CString> {
        let given = self.objects.get("char").map_or(&[][..], Vec::as_slice);
        Ok(match u.int_in_range(0..=9)? {
            0 => {
                let length = u.int_in_range(0..=40)?;
                let bytes = u.bytes(length.min(u.len()))?;
                CString::new(bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<u8>>()).unwrap()
            }
            1 | 2 if !given.is_empty() => {
                let text = given[u.choose_index(given.len())?];
                unsafe { CStr::from_ptr(text.cast_const().cast()) }.to_owned()
            }
            _ => CString::new(*u.choose(&TEXTS)?).unwrap(),
        })
    }

    pub(super) fn texts(&mut self, u: &mut Unstructured) -> Result<Texts> {
        if u.ratio(1, 16)? {
            return Ok(Texts { _texts: Vec::new(), pointers: None });
        }
        let mut texts = Vec::new();
        for _ in 0..u.int_in_range(0..=3)? {
            texts.push(self.any_text(u)?);
        }
        let mut pointers: Vec<*const c_char> = texts.iter().map(|text| text.as_ptr()).collect();
        if u.ratio(1, 16)? && !pointers.is_empty() {
            pointers[0] = ptr::null();
        }
        Ok(Texts { _texts: texts, pointers: Some(pointers) })
    }

    pub(super) fn numbers(&mut self, u: &mut Unstructured) -> Result<List<u32>> {
        if u.ratio(1, 16)? {
            return Ok(List(None));
        }
        let mut numbers = Vec::new();
        for _ in 0..u.int_in_range(0..=3)? {
            numbers.push(self.number(u)? as u32);
        }
        Ok(List(Some(numbers)))
    }

    pub(super) fn bytes(&mut self, u: &mut Unstructured) -> Result<List<u8>> {
        const KEY: &[u8] = include_bytes!("../../../crates/client/tests/keys/rsa.pem");
        Ok(List(match u.int_in_range(0..=3)? {
            0 => None,
            1 => Some(KEY.to_vec()),
            _ => {
                let length = u.int_in_range(0..=40)?;
                Some(u.bytes(length.min(u.len()))?.to_vec())
            }
        }))
    }

    /// How long lists are: never more than they are.
    pub(super) fn count(&mut self, u: &mut Unstructured, lists: &[Option<usize>]) -> Result<usize> {
        match lists.iter().flatten().min() {
            Some(length) => Ok(*length),
            None => u.int_in_range(0..=2),
        }
    }

    pub(super) fn number(&mut self, u: &mut Unstructured) -> Result<i64> {
        Ok(match u.int_in_range(0..=5)? {
            0 => *u.choose(&[i64::MAX, i64::MIN, i64::from(i32::MAX), i64::from(u32::MAX), -1, 1 << 31])?,
            1 => *u.choose(&[100, 101, 200, 300, 86_400, 4_000_000_000])?,
            2 => u.arbitrary::<i32>()?.into(),
            _ => u.int_in_range(0..=4)?,
        })
    }

    pub(super) fn user_data(&self) -> *mut c_void {
        callbacks::user_data()
    }

    pub(super) fn log_callback(&self, u: &mut Unstructured) -> Result<Option<LogCallback>> {
        Ok((!u.ratio(1, 8)?).then_some(callbacks::hear as LogCallback))
    }

    pub(super) fn passphrase_callback(&self, u: &mut Unstructured) -> Result<Option<PassphraseCallback>> {
        Ok((!u.ratio(1, 8)?).then_some(callbacks::say as PassphraseCallback))
    }

    // What comes back.

    /// A status and its error, which say the same; neither may say that there is a bug.
    pub(super) fn judge(&mut self, name: &str, status: i32, error: &Output<*mut c_void>) {
        self.read_text(unsafe { calls::b2h_status_str(status) });
        let error = error.value();
        let message = unsafe { calls::b2h_error_message(error) };
        let said = if error.is_null() { "" } else { self.read_text(message) };
        assert!(!BUGS.contains(&status), "{name} returned {status}: {said}");
        if !error.is_null() {
            assert!(status != 0 && unsafe { calls::b2h_error_status(error) } == status && !said.is_empty());
            self.objects.entry("b2h_error").or_default().push(error);
        }
    }

    /// An object that the library has made.
    pub(super) fn keep(&mut self, name: &str, status: i32, kind: &'static str, output: &Output<*mut c_void>) {
        let object = output.value();
        if object.is_null() {
            return;
        }
        assert_eq!(status, 0, "{name} left an output");
        if kind == "char" {
            self.read_text(object.cast_const().cast());
        }
        if kind == "b2h_config" {
            // Others wait for half a minute.
            let (key, value) = (c"timeout_ms".as_ptr(), c"200".as_ptr());
            unsafe { calls::b2h_config_set(object, key, value, ptr::null_mut()) };
        }
        self.objects.entry(kind).or_default().push(object);
    }

    /// Bytes that the library has made.
    pub(super) fn keep_bytes(
        &mut self,
        name: &str,
        status: i32,
        output: &Output<*mut c_void>,
        length: &Output<usize>,
    ) {
        let bytes = output.value();
        self.read_bytes(bytes.cast_const().cast(), length.value());
        self.keep(name, status, "uint8_t", output);
    }

    pub(super) fn read_text(&self, text: *const c_char) -> &'static str {
        if text.is_null() {
            return "";
        }
        // The text does not live that long, and is used at once.
        unsafe { CStr::from_ptr(text) }.to_str().unwrap()
    }

    pub(super) fn read_bytes(&self, bytes: *const u8, length: usize) {
        if !bytes.is_null() {
            std::hint::black_box(unsafe { std::slice::from_raw_parts(bytes, length) }.to_vec());
        }
    }

    pub(super) fn read_value(&self, value: *mut c_void) {
        if value.is_null() {
            return;
        }
        unsafe {
            self.read_text(calls::b2h_value_type(value));
            self.read_text(calls::b2h_value_text(value));
            self.read_text(calls::b2h_value_permissions(value));
            for nth in 0..=calls::b2h_value_reference_count(value) {
                self.read_text(calls::b2h_value_reference_handle(value, nth));
            }
            let mut length = 0;
            let bytes = calls::b2h_value_bytes(value, &mut length);
            self.read_bytes(bytes, length);
        }
    }

    pub(super) fn read_error(&self, error: *mut c_void) {
        unsafe {
            self.read_text(calls::b2h_error_message(error));
            self.read_text(calls::b2h_error_handle(error));
        }
    }

    pub(super) fn read_record(&self, record: *mut c_void) {
        unsafe {
            self.read_text(calls::b2h_record_handle(record));
            self.read_text(calls::b2h_record_json(record));
            for place in 0..=calls::b2h_record_count(record) {
                self.read_value(calls::b2h_record_value(record, place));
            }
        }
    }
}
