//! What the tests of the semantics share: a short way to write a case, random cases, and a way to try things on
//! many of them that makes a failing case small.

#[cfg(unix)]
pub mod browser;
pub mod random;
pub mod reduce;
pub mod sketch;
pub mod tool;
pub mod trials;
pub mod worlds;

use std::path::{Path, PathBuf};

use evigraph::{Case, Engine, Input, Scenario, load};

/// Every shipped case, with its path.
pub fn shipped() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("graphs/").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |path: &PathBuf| {
        let loaded = load(Input::Path(path.clone())).ok()?;
        Some((path.display().to_string(), loaded.case.expect("it is well formed")))
    };
    files.iter().filter_map(read).collect()
}

/// Holds the cases for and against a claim to what they are by hand.
pub fn assert_cases(name: &str, text: &str, claim: &str, case_for: f64, case_against: f64) {
    let input = Input::Text { name: name.to_owned(), text: text.to_owned() };
    let case = load(input).expect("it can be read").case.expect("it is well formed");
    let answer = Engine::new(&case, Scenario::default()).answer_all(false).expect("it is small");
    let id = case.statement(claim).expect("the claim is there");
    let degrees = answer.statements.iter().find(|one| one.statement == id).expect("an answer").assessment.degrees;
    for (side, is, should) in [("for", degrees.case_for(), case_for), ("against", degrees.case_against(), case_against)]
    {
        assert!((is - should).abs() < 1e-9, "{name}, {claim}: the case {side} is {is}, and by hand {should}");
    }
}
