//! Keys from passphrases.

use super::invalid;
use crate::error::{Error, Kind, Result};
use ring::pbkdf2;
use ring::rand::{SecureRandom, SystemRandom};
use std::num::NonZeroU32;
use zeroize::Zeroizing;

/// More would take many seconds; no tool writes as many.
const MOST_ITERATIONS: u32 = if cfg!(feature = "fuzzing") { 20_000 } else { 2_000_000 };

pub(super) fn derive(
    function: pbkdf2::Algorithm,
    passphrase: &[u8],
    salt: &[u8],
    iterations: u32,
    length: usize,
) -> Result<Zeroizing<Vec<u8>>> {
    let iterations = checked(iterations)?;
    let mut key = Zeroizing::new(vec![0; length]);
    pbkdf2::derive(function, iterations, salt, passphrase, &mut key);
    Ok(key)
}

pub(super) fn checked(iterations: u32) -> Result<NonZeroU32> {
    NonZeroU32::new(iterations).filter(|count| count.get() <= MOST_ITERATIONS).ok_or_else(|| {
        invalid(format!(
            "The key file asks for {iterations} iterations to decrypt it, where 1 to {MOST_ITERATIONS} are accepted: \
             it is damaged."
        ))
    })
}

/// Salt, IV, serial number.
pub(super) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Error::new(Kind::NoResources, "The system gives no random numbers."))?;
    Ok(bytes)
}

pub(super) fn needed() -> Error {
    Error::new(Kind::PassphraseNeeded, "The private key is encrypted: give its passphrase.")
}

pub(super) fn wrong() -> Error {
    Error::new(Kind::PassphraseWrong, "The passphrase is wrong, or the file is damaged.")
}
