//! Programs that some tests need beside the package itself.

use std::io::Write as _;
use std::process::Command;

/// Says on standard error which test is left out and why; an error where everything is to be tested.
///
/// Written past the test runner, which shows what a test prints only where the test fails.
pub fn left_out(program: &str, package: &str) {
    assert!(std::env::var_os("CI").is_none(), "{program} is not installed: .ci/run says how");
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    let said = writeln!(std::io::stderr(), "SKIPPED {test}: {program} is not installed (apt-get install {package})");
    said.expect("standard error can be written");
}

/// The text of a PDF, as Poppler reads it with a flag; none where it is not installed, which is said.
pub fn pdf_text(pdf: &[u8], flag: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("read.pdf");
    std::fs::write(&file, pdf).expect("it is written");
    let Ok(read) = Command::new("pdftotext").arg(flag).arg(&file).arg("-").output() else {
        left_out("Poppler", "poppler-utils");
        return None;
    };
    assert!(read.status.success());
    Some(String::from_utf8(read.stdout).expect("it is text"))
}
