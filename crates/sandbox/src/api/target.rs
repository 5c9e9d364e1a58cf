//! The request target: which resource it names (BEHAVIOUR.md 3).

use super::sessions::Sessions;
use crate::name::Name;
use percent_encoding::percent_decode_str;

const API: &str = "/api";

/// What a target names.
#[derive(Debug, PartialEq)]
pub(super) enum Resource {
    /// `/api/handles/NAME`; the name may be empty.
    Handles(Name),
    /// `/api/prefixes/PREFIX`; the prefix may be empty.
    Prefixes(Name),
    Sessions(Sessions),
    Site,
    Verifications,
    /// Something else below `/api`.
    UnknownApi,
    Root,
    /// Something else.
    Page,
}

/// A request target, taken apart but not decoded.
pub(super) struct Target<'a> {
    pub(super) path: &'a str,
    pub(super) query: &'a str,
}

impl<'a> Target<'a> {
    /// `None` when an escape is invalid.
    pub(super) fn parse(target: &'a str) -> Option<Target<'a>> {
        let local = without_authority(target);
        let (path, query) = match local.split_once('?') {
            Some(parts) => parts,
            // A fragment is cut off, but with a query behind it it belongs to the name.
            None => (local.split('#').next().unwrap_or_default(), ""),
        };
        has_valid_escapes(path).then_some(Target { path, query })
    }

    pub(super) fn resource(&self) -> Resource {
        let routed = self.without_dot_segments();
        let Some(below_api) = below(&routed, API) else {
            return if routed == "/" { Resource::Root } else { Resource::Page };
        };
        let (resource, rest) = below_api.split_once('/').unwrap_or((below_api, ""));
        // Dot segments count when the resource is found, but a name is taken as it stands.
        let name = || {
            let literal = below(self.path, &format!("{API}/{resource}")).unwrap_or(rest);
            Name::new(percent_decode_str(literal).decode_utf8_lossy())
        };
        match resource {
            "handles" => Resource::Handles(name()),
            "prefixes" => Resource::Prefixes(name()),
            "sessions" => Resource::Sessions(Sessions::from_path(rest)),
            "site" => Resource::Site,
            "verifications" => Resource::Verifications,
            _ => Resource::UnknownApi,
        }
    }

    /// The path without dot segments.
    fn without_dot_segments(&self) -> String {
        let mut segments = Vec::new();
        for segment in self.path.split('/').skip(1) {
            match segment {
                "." => {}
                ".." => {
                    segments.pop();
                }
                plain => segments.push(plain),
            }
        }
        format!("/{}", segments.join("/"))
    }
}

/// The rest of a path below a resource.
fn below<'a>(path: &'a str, resource: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(resource)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// A target may be a whole URL.
fn without_authority(target: &str) -> &str {
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        let (start, rest) = target.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    match rest {
        Some(rest) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => target,
    }
}

fn has_valid_escapes(path: &str) -> bool {
    path.split('%').skip(1).all(|escape| {
        escape.get(..2).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handle(target: &str) -> Option<String> {
        match Target::parse(target)?.resource() {
            Resource::Handles(name) => Some(name.as_str().to_owned()),
            _ => None,
        }
    }

    #[test]
    fn names_as_recorded() {
        for (target, name) in [
            ("/api/handles/21.T1/C-A%20B?index=1", "21.T1/C-A B"),
            ("/api/handles/21.T1/C-A+B", "21.T1/C-A+B"),
            ("/api/handles/21.T1%2Fa%2F%2Fb/", "21.T1/a//b/"),
            ("/api/handles//21.T1/x", "/21.T1/x"),
            ("/api/handles/21.T1/%FC%25", "21.T1/\u{FFFD}%"),
            ("/api/handles/21.T1/x#frag", "21.T1/x"),
            ("/api/handles/21.T1/x#frag?index=1", "21.T1/x#frag"),
            ("/api/handles/21.T1/X/../y", "21.T1/X/../y"),
            ("/api/handles/21.T1/%2E%2E/%2E%2E/x", "21.T1/../../x"),
            ("http://127.0.0.1:8000/api/handles/21.T1/x", "21.T1/x"),
            ("/api/handles", ""),
            ("/api/handles/", ""),
        ] {
            assert_eq!(handle(target).as_deref(), Some(name), "{target}");
        }
    }

    #[test]
    fn resources() {
        for (target, resource) in [
            ("/", Resource::Root),
            ("/apix", Resource::Page),
            ("/api", Resource::UnknownApi),
            ("/api/nothing/x?y", Resource::UnknownApi),
            ("/api/site/", Resource::Site),
            ("/api/handles/../../api/site", Resource::Site),
            ("/api/sessions/", Resource::Sessions(Sessions::All)),
            ("/api/sessions/this", Resource::Sessions(Sessions::This)),
            ("/api/prefixes/21.T1", Resource::Prefixes(Name::new("21.T1"))),
        ] {
            assert_eq!(Target::parse(target).unwrap().resource(), resource, "{target}");
        }
    }

    #[test]
    fn other_resources_and_bad_escapes() {
        for target in ["/api", "/api/handlesX", "/", "/api/handles/../site", "/api/handles/a/../../site"] {
            assert_eq!(handle(target), None, "{target}");
        }
        for target in ["/api/handles/%", "/api/handles/%4", "/api/handles/x%zz"] {
            assert!(Target::parse(target).is_none(), "{target}");
        }
    }
}
