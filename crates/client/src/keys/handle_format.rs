//! Keys in the encoding of the Handle system, outside any encryption (BEHAVIOUR.md 7).

use super::numbers::{self, DsaGroup};
use super::private::PrivateNumbers;
use super::public::PublicNumbers;
use super::{damaged, invalid, unusable_algorithm};
use crate::error::Result;
use rsa::BigUint;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use zeroize::Zeroizing;

const RSA_PRIVATE: &[u8] = b"RSA_PRIVCRT_KEY";
const RSA_PRIVATE_WITHOUT_E: &[u8] = b"RSA_PRIV_KEY";
const DSA_PRIVATE: &[u8] = b"DSA_PRIV_KEY";
const RSA_PUBLIC: &[u8] = b"RSA_PUB_KEY";
const DSA_PUBLIC: &[u8] = b"DSA_PUB_KEY";
const DH_PUBLIC: &[u8] = b"DH_PUB_KEY";

/// Whether a file begins as a public key does.
pub(super) fn is_public(bytes: &[u8]) -> bool {
    Fields(bytes).next().is_some_and(|name| [RSA_PUBLIC, DSA_PUBLIC, DH_PUBLIC].contains(&name))
}

/// Whether decrypted bytes begin as a private key does.
pub(super) fn is_private(bytes: &[u8]) -> bool {
    Fields(bytes).next().is_some_and(|name| [RSA_PRIVATE, RSA_PRIVATE_WITHOUT_E, DSA_PRIVATE].contains(&name))
}

pub(super) fn decode_private(bytes: &[u8]) -> Result<PrivateNumbers> {
    let what = "Handle private key";
    let mut fields = Fields(bytes);
    let name = fields.next().ok_or_else(|| damaged(what))?;
    let mut number = || fields.number().ok_or_else(|| damaged(what));
    Ok(match name {
        RSA_PRIVATE => {
            let (n, e, d, p, q) = (number()?, number()?, number()?, number()?, number()?);
            // The rest follows from these.
            for _ in 0..3 {
                number()?;
            }
            PrivateNumbers::Rsa(numbers::rsa_private(n, e, d, p, q)?)
        }
        RSA_PRIVATE_WITHOUT_E => PrivateNumbers::Rsa(numbers::rsa_private_without_e(number()?, number()?)?),
        DSA_PRIVATE => {
            let x = number()?;
            let group = DsaGroup { p: number()?, q: number()?, g: number()? };
            PrivateNumbers::Dsa(numbers::dsa_private(group, x)?)
        }
        _ => {
            return Err(invalid(
                "The file begins like a Handle private key, but holds a kind of key that is not known.",
            ));
        }
    })
}

pub(super) fn decode_public(bytes: &[u8]) -> Result<PublicNumbers> {
    let what = "Handle public key";
    let mut fields = Fields(bytes);
    let name = fields.next().ok_or_else(|| damaged(what))?;
    fields.take(2).ok_or_else(|| damaged(what))?;
    let mut number = || fields.number().ok_or_else(|| damaged(what));
    Ok(match name {
        RSA_PUBLIC => {
            let (e, n) = (number()?, number()?);
            PublicNumbers::Rsa(numbers::rsa_public(n, e)?)
        }
        DSA_PUBLIC => {
            let (q, p, g) = (number()?, number()?, number()?);
            PublicNumbers::Dsa(numbers::dsa_public(DsaGroup { p, q, g }, number()?)?)
        }
        DH_PUBLIC => return Err(unusable_algorithm("Diffie-Hellman")),
        _ => return Err(invalid("This is a Handle public key of a kind that is not known.")),
    })
}

pub(super) fn encode_private(key: &PrivateNumbers) -> Zeroizing<Vec<u8>> {
    // No reallocation leaves a copy behind.
    let mut out = Zeroizing::new(Vec::with_capacity(16 * 1024));
    match key {
        PrivateNumbers::Rsa(key) => {
            put_field(&mut out, RSA_PRIVATE);
            put_number(&mut out, key.n());
            put_number(&mut out, key.e());
            put_number(&mut out, key.d());
            key.primes().iter().for_each(|prime| put_number(&mut out, prime));
            [key.dp(), key.dq()].into_iter().flatten().for_each(|number| put_number(&mut out, number));
            if let Some(inverse) = key.crt_coefficient() {
                put_number(&mut out, &inverse);
            }
        }
        PrivateNumbers::Dsa(key) => {
            let group = key.verifying_key().components();
            put_field(&mut out, DSA_PRIVATE);
            [key.x(), group.p(), group.q(), group.g()]
                .into_iter()
                .for_each(|number| put_number(&mut out, number));
        }
    }
    out
}

pub(super) fn encode_public(key: &PublicNumbers) -> Vec<u8> {
    let mut out = Vec::new();
    let begin = |out: &mut Vec<u8>, name| {
        put_field(out, name);
        out.extend([0; 2]);
    };
    match key {
        PublicNumbers::Rsa(key) => {
            begin(&mut out, RSA_PUBLIC);
            put_number(&mut out, key.e());
            put_number(&mut out, key.n());
            // An empty field, which all Handle tools write: client certificates match only with it (6.3).
            put_field(&mut out, b"");
        }
        PublicNumbers::Dsa(key) => {
            let group = key.components();
            begin(&mut out, DSA_PUBLIC);
            [group.q(), group.p(), group.g(), key.y()]
                .into_iter()
                .for_each(|number| put_number(&mut out, number));
        }
    }
    out
}

/// Reads fields: a length in 4 bytes and as many bytes.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn number32(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    pub(super) fn next(&mut self) -> Option<&'a [u8]> {
        let length = self.number32()?;
        self.take(usize::try_from(length).ok()?)
    }

    /// A positive number in two's complement.
    fn number(&mut self) -> Option<BigUint> {
        let bytes = self.next()?;
        (bytes.first()? & 0x80 == 0).then(|| BigUint::from_bytes_be(bytes))
    }
}

pub(super) fn put_field(out: &mut Vec<u8>, bytes: &[u8]) {
    // Nothing here comes near 4 GiB.
    out.extend((bytes.len() as u32).to_be_bytes());
    out.extend(bytes);
}

fn put_number(out: &mut Vec<u8>, number: &BigUint) {
    put_field(out, &signed(number));
}

/// Two's complement: a leading zero where the top bit is set.
pub(super) fn signed(number: &BigUint) -> Zeroizing<Vec<u8>> {
    let bytes = Zeroizing::new(number.to_bytes_be());
    let zero: &[u8] = if bytes.first().is_none_or(|first| first & 0x80 != 0) { &[0] } else { &[] };
    Zeroizing::new([zero, &bytes].concat())
}
