//! Damaged files: an error or a key, never a panic, and no long wait.

use super::*;
use crate::Kind;
use crate::keys::{Certificates, PrivateKey, PublicKey, encrypted_pkcs8, inspect};

/// Random changes of each file; the environment variable B2H_DAMAGE may ask for more.
const CHANGES: u32 = 500;

fn read_in_every_way(bytes: &[u8], passphrase: Option<&[u8]>) {
    let _ = inspect(bytes);
    let _ = PublicKey::read(bytes);
    if let Ok(certificates) = Certificates::read(bytes) {
        let _ = certificates.identity();
    }
    if let Ok(key) = PrivateKey::read(bytes, passphrase) {
        // What is taken for a key can be written, and can sign or say that it cannot.
        let _ = (key.to_handle(None).unwrap(), key.to_pem(None).unwrap());
        let _ = key.self_signed_certificate(&crate::Reference { index: 300, handle: "p/s".to_owned() });
    }
}

fn changes() -> u32 {
    std::env::var("B2H_DAMAGE").map_or(CHANGES, |count| count.parse().unwrap())
}

/// A small generator of numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

fn damage(name: &str, bytes: &[u8], passphrase: Option<&[u8]>) {
    for length in 0..bytes.len() {
        read_in_every_way(&bytes[..length], passphrase);
    }
    let mut numbers =
        Numbers(name.bytes().fold(0x9E37_79B9_7F4A_7C15, |sum, byte| sum.rotate_left(5) ^ u64::from(byte)));
    for _ in 0..changes() {
        let mut changed = bytes.to_vec();
        let at = numbers.below(changed.len());
        changed[at] = numbers.below(256) as u8;
        read_in_every_way(&changed, passphrase);
    }
}

/// All fixtures and, where they are there, all recorded samples. Those with 10,000 iterations are only looked at:
/// damaged text under an intact cipher is what the fixtures with few iterations show.
#[test]
fn no_damage_makes_it_panic() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys");
    let samples = recordings().map(|folder| folder.join("keys"));
    let mut files = Vec::new();
    for folder in [Some(fixtures), samples].into_iter().flatten() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension != "sh") {
                files.push(path);
            }
        }
    }
    assert!(files.len() > 25);
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let name = path.file_name().unwrap().to_str().unwrap();
                    let passphrase = name.contains(".encrypted.").then_some(b"throw-away".as_slice());
                    damage(name, &std::fs::read(path).unwrap(), passphrase);
                }
            });
        }
    });
}

#[test]
fn absurd_costs_are_refused_at_once() {
    let Some(folder) = recordings() else { return };
    let mut file = sample(&folder, "user01-301-rsa2048-priv.enc-pbkdf2-aes.bin");
    // After the type and the salt.
    let iterations = 4 + 4 + 16;
    assert_eq!(file[iterations..iterations + 4], 10_000u32.to_be_bytes());
    for count in [0, 10_000_001, u32::MAX] {
        file[iterations..iterations + 4].copy_from_slice(&count.to_be_bytes());
        let error = PrivateKey::read(&file, Some(PASSPHRASE)).unwrap_err();
        assert_eq!(error.kind(), Kind::KeyInvalid);
        assert!(error.message().contains(&count.to_string()), "{error}");
    }
    let mut file =
        encrypted_pkcs8::encode_with(pem::parse(fixture("rsa.pem")).unwrap().contents(), b"x", 100).unwrap();
    assert!(PrivateKey::read(&file, Some(b"x")).is_ok());
    let at = file.windows(3).position(|window| window == [2, 1, 100]).unwrap();
    file[at + 2] = 0;
    assert_eq!(PrivateKey::read(&file, Some(b"x")).unwrap_err().kind(), Kind::KeyInvalid);
}

#[test]
fn impossible_exponents_are_refused() {
    let public = PublicKey::read(&fixture("rsa.public.pem")).unwrap().to_handle();
    // Name, flags, e, n, and an empty field (BEHAVIOUR.md 7).
    let field = |at: usize| {
        let length = u32::from_be_bytes(public[at..at + 4].try_into().unwrap()) as usize;
        &public[at..at + 4 + length]
    };
    let name = field(0).len() + 2;
    let n = field(name + field(name).len());
    for d in [0, 1] {
        let file = [&[0, 0, 0, 1, 0, 0, 0, 12][..], b"RSA_PRIV_KEY", n, &[0, 0, 0, 1, d]].concat();
        assert_eq!(PrivateKey::read(&file, None).unwrap_err().kind(), Kind::KeyInvalid, "{d}");
    }
}
