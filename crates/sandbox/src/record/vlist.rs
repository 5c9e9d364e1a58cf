//! HS_VLIST: a list of references, used as a group of administrators (BEHAVIOUR.md 5.7).

use super::binary::{Reader, put_length};
use super::malformed::{Malformed, elements};
use super::reference::Reference;
use crate::json::Json;

pub(super) fn from_json(json: &Json) -> Result<Vec<u8>, Malformed> {
    let items = elements(json)?.iter().map(Reference::from_json).collect::<Result<Vec<_>, _>>()?;
    let mut out = Vec::new();
    put_length(&mut out, items.len());
    items.iter().for_each(|item| item.put(&mut out));
    Ok(out)
}

pub(super) fn to_json(data: &[u8]) -> Option<Json> {
    Some(Json::Array(decode(data)?.iter().map(Reference::to_json).collect()))
}

/// `None` for bytes that are no HS_VLIST.
pub(crate) fn decode(data: &[u8]) -> Option<Vec<Reference>> {
    let mut reader = Reader(data);
    let count = reader.length()?;
    let items = (0..count).map(|_| Reference::read(&mut reader)).collect::<Option<Vec<_>>>()?;
    reader.0.is_empty().then_some(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn round_trip() {
        let json = parse(r#"[{"handle":"a/b","index":300},{"handle":"c/d","index":0}]"#).unwrap();
        assert_eq!(to_json(&from_json(&json).unwrap()), Some(json));
    }

    #[test]
    fn other_bytes_are_refused() {
        assert_eq!(decode(b"300:21.T12345/USER01"), None);
        assert!(from_json(&parse(r#"[{"handle":"a"}]"#).unwrap()).is_err());
    }
}
