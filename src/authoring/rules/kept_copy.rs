//! The SHA-256 of a kept copy is one, and there is a copy that it is of.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::checked::Checked;

/// So many hexadecimal digits a SHA-256 has.
const DIGITS: usize = 64;

pub(super) fn check_digits(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, document) in checked.documents() {
        let Some(written) = &document.sha256 else { continue };
        if written.len() != DIGITS || !written.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let place = checked.hash_place(id).unwrap_or(document.declared);
            let message = format!("this is not a SHA-256: {}", what_is_wrong(written));
            let problem = Diagnostic::new(Code::InvalidSha256, place, message).about(&document.key);
            problems.push(problem.help("write the 64 digits that `sha256sum FILE` prints, or `shasum -a 256 FILE`"));
        }
    }
}

fn what_is_wrong(written: &str) -> String {
    match written.chars().find(|letter| !letter.is_ascii_hexdigit()) {
        Some(letter) => format!("`{letter}` is no hexadecimal digit"),
        None => format!("it has {} digits, and a SHA-256 has {DIGITS}", written.len()),
    }
}

pub(super) fn check_copy(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (id, document) in checked.documents().filter(|(_, one)| one.sha256.is_some() && one.copy.is_none()) {
        let place = checked.hash_place(id).unwrap_or(document.declared);
        let message = format!("`{}` has a `sha256`, and no `copy` that it could be of", document.key);
        let problem = Diagnostic::new(Code::HashWithoutCopy, place, message).about(&document.key);
        problems.push(problem.help("name the file with `copy`, or leave `sha256` out"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn a_hash_has_64_digits() {
        let good = "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789";
        let of = |hash: &str| {
            underlined(
                "invalid-sha256",
                &format!(r#"documents: {{"d": (title: "D", copy: "d.txt", sha256: "{hash}")}}"#),
            )
        };
        assert_eq!(of(good), [""; 0]);
        assert_eq!(of(&good[1..]), [&good[1..]]);
        let other = good.replace('c', "g");
        assert_eq!(of(&other), [other.as_str()]);
    }

    #[test]
    fn a_hash_is_that_of_a_copy() {
        let hash = "0".repeat(64);
        let case = format!(r#"documents: {{"d": (title: "D", sha256: "{hash}")}}"#);
        assert_eq!(underlined("hash-without-copy", &case), [hash]);
    }
}
