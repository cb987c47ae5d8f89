//! Programs that some tests need beside the package itself.

use std::io::Write as _;

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
