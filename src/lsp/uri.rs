//! `file:` addresses and paths.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;

/// The path of a `file:` address of this machine.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    // A host other than this one is behind two slashes.
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let decoded = decoded(path)?;
    let path = if cfg!(windows) { decoded.strip_prefix('/').unwrap_or(&decoded) } else { &decoded };
    let path = Path::new(path);
    path.is_absolute().then(|| path.to_owned())
}

/// The `file:` address of an absolute path.
pub(super) fn uri_of(path: &Path) -> Uri {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) {
        format!("/{}", text.trim_start_matches(r"\\?\").replace('\\', "/"))
    } else {
        text.into_owned()
    };
    let mut uri = String::from("file://");
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri += &format!("%{byte:02X}"),
        }
    }
    Uri(uri)
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                let (high, low) = (digit()?, digit()?);
                u8::try_from(high * 16 + low).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_come_back_from_their_addresses() {
        for path in ["/a/case.ron", "/Fälle/a b%.ron", "/日本/🜁.ron"] {
            assert_eq!(path_of(&uri_of(Path::new(path))).as_deref(), Some(Path::new(path)));
        }
        assert_eq!(uri_of(Path::new("/a b")).0, "file:///a%20b");
        for other in [
            "untitled:Untitled-1",
            "https://example.org/a",
            "file://host/a",
            "file:///a%2",
            "file:///%ff",
            "file:///a%00",
        ] {
            assert_eq!(path_of(&Uri(other.to_owned())), None, "{other}");
        }
    }
}
