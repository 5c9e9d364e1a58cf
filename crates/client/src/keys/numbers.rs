//! Keys from their numbers, with the checks that keep later steps from failing.

use super::{damaged, invalid};
use crate::error::Result;
use dsa::{Components, SigningKey, VerifyingKey};
use rsa::{BigUint, RsaPrivateKey, RsaPublicKey};
use std::ops::RangeInclusive;

/// Smaller keys are broken easily; larger ones are not in use and take seconds.
const RSA_BITS: RangeInclusive<usize> = 1024..=8192;
const DSA_BITS: RangeInclusive<usize> = 1024..=4096;

/// The lengths of q that FIPS 186 knows.
const DSA_SUBGROUP_BITS: [usize; 3] = [160, 224, 256];

/// The public exponent where a file does not have it (BEHAVIOUR.md 7).
const USUAL_EXPONENT: u32 = 65537;

/// The numbers of a DSA group, before they are checked.
pub(super) struct DsaGroup {
    pub(super) p: BigUint,
    pub(super) q: BigUint,
    pub(super) g: BigUint,
}

pub(super) fn rsa_public(n: BigUint, e: BigUint) -> Result<RsaPublicKey> {
    check_rsa_size(&n)?;
    RsaPublicKey::new_with_max_size(n, e, *RSA_BITS.end()).map_err(|_| damaged("RSA public key"))
}

pub(super) fn rsa_private(
    n: BigUint,
    e: BigUint,
    d: BigUint,
    p: BigUint,
    q: BigUint,
) -> Result<RsaPrivateKey> {
    check_rsa_size(&n)?;
    check_exponent(&n, &d)?;
    if p == q {
        return Err(damaged("RSA private key"));
    }
    RsaPrivateKey::from_components(n, e, d, vec![p, q]).map_err(|_| damaged("RSA private key"))
}

/// From a file without e and primes, which follow from the usual e.
pub(super) fn rsa_private_without_e(n: BigUint, d: BigUint) -> Result<RsaPrivateKey> {
    check_rsa_size(&n)?;
    check_exponent(&n, &d)?;
    RsaPrivateKey::from_components(n, BigUint::from(USUAL_EXPONENT), d, Vec::new()).map_err(|_| {
        invalid(
            "This RSA private key has no public exponent, and the usual one, 65537, does not belong to it. Convert \
             the key from its original file, or make a new one.",
        )
    })
}

pub(super) fn dsa_public(group: DsaGroup, y: BigUint) -> Result<VerifyingKey> {
    let components = dsa_components(group)?;
    if y >= *components.p() {
        return Err(damaged("DSA public key"));
    }
    VerifyingKey::from_components(components, y).map_err(|_| damaged("DSA public key"))
}

pub(super) fn dsa_private(group: DsaGroup, x: BigUint) -> Result<SigningKey> {
    let components = dsa_components(group)?;
    if x >= *components.q() {
        return Err(damaged("DSA private key"));
    }
    let y = components.g().modpow(&x, components.p());
    VerifyingKey::from_components(components, y)
        .and_then(|public| SigningKey::from_components(public, x))
        .map_err(|_| damaged("DSA private key"))
}

fn check_rsa_size(n: &BigUint) -> Result<()> {
    let bits = n.bits();
    if !RSA_BITS.contains(&bits) {
        return Err(invalid(format!("An RSA key of {bits} bits cannot be used: 1024 to 8192 can.")));
    }
    Ok(())
}

fn check_exponent(n: &BigUint, d: &BigUint) -> Result<()> {
    // 0 and 1 belong to no key, and the search for primes would not stand them.
    let is_possible = *d > BigUint::from(1u32) && d < n;
    if is_possible { Ok(()) } else { Err(damaged("RSA private key")) }
}

fn dsa_components(group: DsaGroup) -> Result<Components> {
    let bits = group.p.bits();
    if !DSA_BITS.contains(&bits) {
        return Err(invalid(format!("A DSA key of {bits} bits cannot be used: 1024 to 4096 can.")));
    }
    let is_odd = |number: &BigUint| number.to_bytes_le().first().is_some_and(|byte| byte & 1 == 1);
    let one = BigUint::from(1u32);
    let plausible = DSA_SUBGROUP_BITS.contains(&group.q.bits())
        && is_odd(&group.p)
        && is_odd(&group.q)
        && group.g > one
        && group.g < group.p;
    if !plausible {
        return Err(damaged("DSA key"));
    }
    Components::from_components(group.p, group.q, group.g).map_err(|_| damaged("DSA key"))
}
