//! From bytes to text.

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::source::{FileId, Span};

/// A file's text, as far as it is text.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) trouble: Option<Trouble>,
}

/// Why a file is not read, or read with a warning.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Empty,
    Mark,
    Utf16,
    /// Of a program that keeps more than text.
    Formatted(&'static str),
    /// Not UTF-8 from this byte on.
    Other(usize),
    /// A NUL at this byte.
    Nul(usize),
}

/// Reads bytes as UTF-8. If they are not, the text is the part that is, with a replacement character behind it.
///
/// Cost: two passes over the bytes.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    if bytes.is_empty() {
        return Decoded { text: String::new(), trouble: Some(Trouble::Empty) };
    }
    if is_utf16(&bytes) {
        return Decoded { text: String::new(), trouble: Some(Trouble::Utf16) };
    }
    if let Some((_, format)) = FORMATS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Decoded { text: String::new(), trouble: Some(Trouble::Formatted(format)) };
    }
    let nul = memchr::memchr(0, &bytes);
    match String::from_utf8(bytes) {
        Ok(text) => {
            let mark = text.starts_with('\u{feff}').then_some(Trouble::Mark);
            Decoded { trouble: nul.map(Trouble::Nul).or(mark), text }
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(valid);
            let mut text = String::from_utf8(bytes).unwrap_or_default();
            text.push('\u{fffd}');
            let trouble = nul.filter(|&nul| nul < valid).map_or(Trouble::Other(valid), Trouble::Nul);
            Decoded { text, trouble: Some(trouble) }
        }
    }
}

/// How files begin that are no plain text, and what they are.
const FORMATS: [(&[u8], &str); 4] = [
    (b"{\\rtf", "the file is rich text (RTF), which a word processor writes"),
    (b"PK\x03\x04", "the file is an archive (ZIP), such as a word processor writes"),
    (b"%PDF-", "the file is a PDF"),
    (b"\xd0\xcf\x11\xe0", "the file is of a word processor"),
];

/// Whether the bytes start with the mark of UTF-16, or with two characters of it.
fn is_utf16(bytes: &[u8]) -> bool {
    let nul = |index: usize| bytes.get(index) == Some(&0);
    let alternate = bytes.len() >= 4 && nul(0) == nul(2) && nul(1) == nul(3) && nul(0) != nul(1);
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || alternate
}

impl Trouble {
    /// Whether the file is read nevertheless.
    pub(super) fn is_harmless(&self) -> bool {
        *self == Self::Mark
    }

    /// What to report of the file.
    pub(super) fn problem(&self, file: FileId) -> Diagnostic {
        let at = |bytes| Span::new(file, bytes);
        match *self {
            Self::Empty => Diagnostic::new(Code::EmptyFile, at(0..0), "the file is empty")
                .help("a case is written `Case(title: \"…\")`"),
            Self::Mark => Diagnostic::new(Code::ByteOrderMark, at(0..3), "the file starts with a byte-order mark")
                .fix(Fix::safe("save it as UTF-8 without one", at(0..3), "")),
            Self::Formatted(what) => {
                Diagnostic::new(Code::NotUtf8, at(0..0), what).help("save it as plain text, in UTF-8")
            }
            Self::Utf16 => Diagnostic::new(Code::NotUtf8, at(0..0), "the file is in UTF-16").help("save it as UTF-8"),
            Self::Other(byte) => {
                Diagnostic::new(Code::NotUtf8, at(byte..byte + 3), "the file is not UTF-8 from here on")
                    .help("save it as UTF-8; if it is no text at all, it is the wrong file")
            }
            Self::Nul(byte) => {
                Diagnostic::new(Code::NotUtf8, at(byte..byte + 1), "the file is not text: it has a NUL byte")
                    .help("look whether this is the file that you mean")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_utf8_is_reported_with_its_place() {
        let trouble = |bytes: &[u8]| decode(bytes.to_vec()).trouble;
        assert_eq!(trouble(b"ab\xe9c"), Some(Trouble::Other(2)));
        assert_eq!(trouble(b"ab\0c"), Some(Trouble::Nul(2)));
        assert_eq!(trouble(b"\xff\xfea\0"), Some(Trouble::Utf16));
        assert_eq!(trouble(b"C\0a\0s\0"), Some(Trouble::Utf16));
        assert_eq!(trouble("\u{feff}Case()".as_bytes()), Some(Trouble::Mark));
        assert_eq!(trouble(b""), Some(Trouble::Empty));
        assert!(matches!(trouble(b"{\\rtf1\\ansi"), Some(Trouble::Formatted(_))));
        assert_eq!(trouble("Case(\"ä\")".as_bytes()), None);
    }
}
