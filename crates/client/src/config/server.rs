//! The address of the server.

use url::Url;

/// The API's root from the server's address and the path of the API, in the URL library's own spelling.
pub(super) fn api_root(address: &str, api_path: &str) -> Result<String, String> {
    let example = "such as https://hdl.example.org:8000";
    if !address.contains("://") {
        // A forgotten "https://" before user:password@host must not show the password.
        let shown = if address.contains('@') { "it".to_owned() } else { format!("\"{address}\"") };
        return Err(format!("must be a full address {example}; \"https://\" is missing before {shown}"));
    }
    let mut url = Url::parse(address).map_err(|error| format!("is not an address {example} ({error})"))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(format!("must begin with https:// or http://, not {}://", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not contain a user or password; use the keys username and password".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("must be an address {example}, without ? and #"));
    }
    if api_path.contains(['?', '#', '\\']) {
        return Err("with REST_API_url_extension must be a plain path".to_owned());
    }
    // Some write the address with the API's path already in it.
    let base = url.path().trim_end_matches('/').to_owned();
    let api_path = api_path.trim_matches('/');
    let base = base.strip_suffix(api_path).unwrap_or(&base).trim_end_matches('/');
    let path = format!("{base}/{api_path}/");
    url.set_path(&path);
    if url.path() != path {
        return Err("with REST_API_url_extension is not a plain path".to_owned());
    }
    Ok(url.into())
}

/// Where sessions live, from the API's root. Where Handles live at an unusual path, sessions do so where they
/// usually are.
pub(super) fn api_base(api_root: &str) -> String {
    if let Some(base) = api_root.strip_suffix("/handles/") {
        return format!("{base}/");
    }
    Url::parse(api_root).and_then(|url| url.join("/api/")).map(String::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{api_base, api_root};

    #[test]
    fn addresses_become_api_roots() {
        for (address, path, root) in [
            ("https://h", "/api/handles/", "https://h/api/handles/"),
            ("https://H:443/", "api/handles", "https://h/api/handles/"),
            ("http://127.0.0.1:8000", "/api/handles/", "http://127.0.0.1:8000/api/handles/"),
            ("https://h/behind/proxy/", "/api/handles/", "https://h/behind/proxy/api/handles/"),
            ("https://h/api/handles", "/api/handles/", "https://h/api/handles/"),
            ("https://[::1]:8000", "/x/", "https://[::1]:8000/x/"),
            ("https://bücher.example", "/api/handles/", "https://xn--bcher-kva.example/api/handles/"),
        ] {
            assert_eq!(api_root(address, path).as_deref(), Ok(root), "{address}");
        }
    }

    #[test]
    fn sessions_live_beside_handles() {
        assert_eq!(api_base("https://h/x/api/handles/"), "https://h/x/api/");
        assert_eq!(api_base("https://h:8000/pids/"), "https://h:8000/api/");
        assert_eq!(api_base("https://h:8000/myhandles/"), "https://h:8000/api/");
    }

    #[test]
    fn unusable_addresses_are_refused() {
        for (address, part) in [
            ("my.handle.server", "https://"),
            ("ftp://h", "not ftp://"),
            ("https://", "is not an address"),
            ("https://h:99999", "is not an address"),
            ("https://user:secret-word@h", "username and password"),
            ("300%3Ax:secret-word@h:8000", "missing before it"),
            ("https://h?x=1", "without ?"),
            ("https://h/a/../b/%2e%2e", ""),
        ] {
            if let Err(what) = api_root(address, "/api/handles/") {
                assert!(what.contains(part), "{address}: {what}");
                assert!(!what.contains("secret-word"));
            } else {
                assert_eq!(part, "", "{address}");
            }
        }
        assert!(api_root("https://h", "/api/../x/").is_err());
    }
}
