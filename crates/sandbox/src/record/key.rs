//! HS_PUBKEY: RSA and DSA public keys as JWK and as bytes (BEHAVIOUR.md 4.1, 7).

use super::binary::{Reader, put_field};
use super::malformed::{Malformed, Member};
use crate::json::Json;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A public key: its numbers, big-endian.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PublicKey {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    Dsa { p: Vec<u8>, q: Vec<u8>, g: Vec<u8>, y: Vec<u8> },
}

impl PublicKey {
    /// `None` for bytes that are no key.
    pub(super) fn decode(data: &[u8]) -> Option<PublicKey> {
        let (kind, numbers) = take_apart(data)?;
        let number = |name: &str| {
            let (_, number) = numbers.iter().find(|(known, _)| *known == name)?;
            Some(unsigned(number).to_vec())
        };
        Some(match kind.kty {
            "RSA" => PublicKey::Rsa { n: number("n")?, e: number("e")? },
            _ => PublicKey::Dsa { p: number("p")?, q: number("q")?, g: number("g")?, y: number("y")? },
        })
    }

    /// As JWK.
    pub(crate) fn to_json(&self) -> Json {
        to_json(&self.encode()).unwrap_or(Json::Null)
    }

    /// The bytes of an HS_PUBKEY value.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let (kind, numbers) = match self {
            PublicKey::Rsa { n, e } => (&KINDS[0], vec![e, n]),
            PublicKey::Dsa { p, q, g, y } => (&KINDS[1], vec![q, p, g, y]),
        };
        put_together(kind, numbers.into_iter().map(Vec::as_slice))
    }
}

/// A kind of key: its name in JSON and in bytes, and its numbers in the order of the bytes and of the JSON.
struct Kind {
    kty: &'static str,
    label: &'static str,
    in_bytes: &'static [&'static str],
    in_json: &'static [&'static str],
    trailer: &'static [u8],
}

static KINDS: [Kind; 2] = [
    Kind {
        kty: "RSA",
        label: "RSA_PUB_KEY",
        in_bytes: &["e", "n"],
        in_json: &["n", "e"],
        // An empty field that all Handle tools write; client certificates match only with it.
        trailer: &[0; 4],
    },
    Kind {
        kty: "DSA",
        label: "DSA_PUB_KEY",
        in_bytes: &["q", "p", "g", "y"],
        in_json: &["y", "p", "q", "g"],
        trailer: &[],
    },
];

pub(super) fn from_json(json: &Json) -> Result<Vec<u8>, Malformed> {
    let kty = json.need_text("kty")?;
    let kind = KINDS.iter().find(|kind| kind.kty == kty);
    let kind = kind.ok_or_else(|| Malformed(format!("Unsupported key type {kty}")))?;
    let mut numbers = Vec::new();
    for name in kind.in_bytes {
        let number = URL_SAFE_NO_PAD.decode(json.need_text(name)?);
        numbers.push(number.map_err(|error| Malformed(format!("{name} is not base64url: {error}")))?);
    }
    Ok(put_together(kind, numbers.iter().map(Vec::as_slice)))
}

/// The numbers in the order of the bytes.
fn put_together<'a>(kind: &Kind, numbers: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut out = Vec::new();
    put_field(&mut out, kind.label.as_bytes());
    out.extend_from_slice(&[0, 0]);
    numbers.for_each(|number| put_field(&mut out, &signed(number)));
    out.extend_from_slice(kind.trailer);
    out
}

/// The numbers of a key by their names.
type Numbers<'a> = Vec<(&'static str, &'a [u8])>;

fn take_apart(data: &[u8]) -> Option<(&'static Kind, Numbers<'_>)> {
    let mut reader = Reader(data);
    let label = reader.field()?;
    let kind = KINDS.iter().find(|kind| kind.label.as_bytes() == label)?;
    reader.take(2)?;
    let numbers = kind.in_bytes.iter().map(|name| Some((*name, reader.field()?)));
    Some((kind, numbers.collect::<Option<_>>()?))
}

pub(super) fn to_json(data: &[u8]) -> Option<Json> {
    let (kind, numbers) = take_apart(data)?;
    let mut members = vec![("kty".to_owned(), Json::text(kind.kty))];
    for name in kind.in_json {
        let (_, number) = numbers.iter().find(|(known, _)| known == name)?;
        members.push(((*name).to_owned(), Json::text(URL_SAFE_NO_PAD.encode(unsigned(number)))));
    }
    Some(Json::Object(members))
}

fn unsigned(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}

/// Two's complement: a leading zero byte when the top bit is set.
fn signed(number: &[u8]) -> Vec<u8> {
    let number = unsigned(number);
    let mut out = Vec::with_capacity(number.len() + 1);
    if number.first().is_none_or(|first| first & 0x80 != 0) {
        out.push(0);
    }
    out.extend_from_slice(number);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn round_trip() {
        for text in [
            r#"{"kty":"RSA","n":"7mvb","e":"AQAB"}"#,
            r#"{"kty":"DSA","y":"TwY","p":"jwY","q":"uvY","g":"FqY"}"#,
        ] {
            let json = parse(text).unwrap();
            let bytes = from_json(&json).unwrap();
            assert_eq!(PublicKey::decode(&bytes).unwrap().encode(), bytes, "{text}");
            assert_eq!(to_json(&bytes), Some(json), "{text}");
        }
    }

    #[test]
    fn rsa_bytes_end_with_four_zeros() {
        let bytes = from_json(&parse(r#"{"kty":"RSA","n":"gA","e":"Aw"}"#).unwrap()).unwrap();
        assert_eq!(hex::encode(bytes), "0000000b5253415f5055425f4b45590000000000010300000002008000000000");
    }

    #[test]
    fn other_kinds_are_refused() {
        assert!(from_json(&parse(r#"{"kty":"EC"}"#).unwrap()).is_err());
        assert_eq!(to_json(b"-----BEGIN PUBLIC KEY-----"), None);
    }
}
