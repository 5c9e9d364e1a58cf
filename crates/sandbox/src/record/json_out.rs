//! Values as JSON (BEHAVIOUR.md 4.1).

use super::admin::Admin;
use super::reference::Reference;
use super::value::{Access, Ttl, Value};
use super::{key, site, text, time, vlist};
use crate::json::Json;

impl Value {
    pub(crate) fn to_json(&self) -> Json {
        let mut members = vec![
            ("index".to_owned(), Json::number(self.index)),
            ("type".to_owned(), Json::text(&self.kind)),
            ("data".to_owned(), self.data_json()),
        ];
        if self.access != Access::DEFAULT {
            members.push(("permissions".to_owned(), Json::text(self.access.to_text())));
        }
        members.push((
            "ttl".to_owned(),
            match self.ttl {
                Ttl::Relative(seconds) => Json::number(seconds),
                Ttl::Absolute(seconds) => Json::text(time::format(seconds)),
            },
        ));
        members.push(("timestamp".to_owned(), Json::text(time::format(self.timestamp))));
        if !self.references.is_empty() {
            let references = self.references.iter().map(Reference::to_json).collect();
            members.push(("references".to_owned(), Json::Array(references)));
        }
        Json::Object(members)
    }

    /// By type, as far as the bytes are what the type promises; else as text; else as base64.
    fn data_json(&self) -> Json {
        let structured = match self.kind.to_ascii_uppercase().as_str() {
            "HS_ADMIN" => Admin::decode(&self.data).map(|admin| ("admin", admin.to_json())),
            "HS_VLIST" => vlist::to_json(&self.data).map(|list| ("vlist", list)),
            "HS_SITE" | "HS_SITE.PREFIX" | "HS_NA_DELEGATE" => {
                site::to_json(&self.data).map(|site| ("site", site))
            }
            "HS_PUBKEY" => key::to_json(&self.data).map(|key| ("key", key)),
            _ => None,
        };
        let (format, value) = structured.unwrap_or_else(|| match text::as_text(&self.data) {
            Some(plain) => ("string", Json::text(plain)),
            None => ("base64", Json::text(text::to_base64(&self.data))),
        });
        Json::object([("format", Json::text(format)), ("value", value)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn members_in_order_and_defaults_left_out() {
        let value = |text: &str| Value::from_json(&parse(text).unwrap(), 0).unwrap().to_json().compact();
        assert_eq!(
            value(r#"{"index":1,"type":"URL","data":"x"}"#),
            r#"{"index":1,"type":"URL","data":{"format":"string","value":"x"},"ttl":86400,"timestamp":"1970-01-01T00:00:00Z"}"#
        );
        assert_eq!(
            value(
                r#"{"index":2,"type":"HS_ADMIN","data":"y","permissions":"1100","ttl":"2030-01-02T03:04:05Z",
                "references":[{"index":1,"handle":"a/b"}]}"#
            ),
            concat!(
                r#"{"index":2,"type":"HS_ADMIN","data":{"format":"string","value":"y"},"permissions":"1100","#,
                r#""ttl":"2030-01-02T03:04:05Z","timestamp":"1970-01-01T00:00:00Z","#,
                r#""references":[{"handle":"a/b","index":1}]}"#
            )
        );
    }
}
