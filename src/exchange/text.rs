//! From the bytes of a file to its text.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span};

/// The most that an imported file may have, in bytes: 256 MiB.
pub const LARGEST_IMPORT: u64 = 1 << 28;

/// How files begin that are no text in UTF-8, and what to do about them.
const OTHERS: [(&[u8], &str, &str); 5] = [
    (b"\xff\xfe", "is text in UTF-16, as Excel saves “Unicode text”", SAVE),
    (b"\xfe\xff", "is text in UTF-16, as Excel saves “Unicode text”", SAVE),
    (b"PK\x03\x04", "is a workbook or another archive", SAVE),
    (b"\xd0\xcf\x11\xe0", "is a document of an old office program", SAVE),
    (b"%PDF-", "is a PDF", "give the file that it was made from"),
];

const SAVE: &str = "save it as “CSV UTF-8”, or choose UTF-8 where it is exported";

/// Keeps a file that is to be imported, and says what is wrong with it where it is no text: then as much of it is kept as is
/// text, and nothing of it should be imported.
pub fn add_file(sources: &Sources, name: &str, bytes: Vec<u8>) -> (FileId, Option<Diagnostic>) {
    let wrong = |file, code, message: String, help: &str| {
        Some(Diagnostic::new(code, Span::new(file, 0..0), message).help(help))
    };
    if let Some((_, what, help)) = OTHERS.iter().find(|(start, ..)| bytes.starts_with(start)) {
        let file = sources.add(name, None, String::new());
        return (file, wrong(file, Code::NotUtf8, format!("the file {what}"), help));
    }
    if bytes.len() as u64 > LARGEST_IMPORT {
        let file = sources.add(name, None, String::new());
        let message = format!("the file has more than {} MiB", LARGEST_IMPORT >> 20);
        return (file, wrong(file, Code::TooLarge, message, "split it, and import the parts one by one"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (sources.add(name, None, text), None),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(valid);
            let text = String::from_utf8(bytes).unwrap_or_default() + "\u{fffd}";
            let file = sources.add(name, None, text);
            let problem = Diagnostic::new(Code::NotUtf8, Span::new(file, valid..valid + 3), "this is not UTF-8");
            (file, Some(problem.label("not text from here on").help(SAVE)))
        }
    }
}

/// The text of a file behind a byte-order mark, and where it starts.
pub(super) fn unmarked(text: &str) -> (&str, usize) {
    text.strip_prefix('\u{feff}').map_or((text, 0), |text| (text, '\u{feff}'.len_utf8()))
}
