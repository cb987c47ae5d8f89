//! The pages for five trades show what the program prints, excerpts that stand in their cases, and pictures that it draws.
//!
//! `UPDATE_DOCS=1 cargo test trades::` writes the outputs and the pictures anew. What the pages make of their cases is worked
//! out by hand below.

use std::fs;
use std::path::Path;

#[test]
fn the_page_for_fact_checkers() {
    crate::walk::page("docs/for-fact-checkers.md", "trades");
}

#[test]
fn the_page_for_historians() {
    crate::walk::page("docs/for-historians.md", "trades");
}

#[test]
fn the_page_for_lawyers() {
    crate::walk::page("docs/for-lawyers.md", "trades");
}

#[test]
fn the_page_for_reviewers() {
    crate::walk::page("docs/for-reviewers.md", "trades");
}

#[test]
fn the_page_for_safety_engineers() {
    crate::walk::page("docs/for-safety-engineers.md", "trades");
}

/// The grades: A 0.95, B 0.80, D 0.40; a finding or an exhibit 0.85, an account 0.65, an allegation or a silence 0.40.
#[test]
fn the_verdicts_that_the_pages_speak_of_are_those_of_the_grades() {
    let any = |cases: &[f64]| 1.0 - cases.iter().map(|case| 1.0 - case).product::<f64>();
    let (finding_a, finding_b, account_b) = (0.95 * 0.85, 0.80 * 0.85, 0.80 * 0.65);

    // Three pages, one programme: one step, with the strength of its strongest link.
    assert_cases("fact-check", "staged", finding_b, 0.0);
    assert_cases("fact-check", "cycles", any(&[finding_a, finding_b, finding_b]), 0.0);
    assert_cases("fact-check", "suicide", account_b * (1.0 - finding_b * 0.85), any(&[finding_b; 3]));
    // The comic is itself what is stated; the book reports it.
    assert_cases("fact-check", "film-began-it", 0.0, any(&[0.85, account_b]));

    assert_cases("history", "titanium", any(&[finding_b, finding_a, finding_a]), finding_b * (1.0 - finding_a));
    assert_cases("history", "titanium-modern", any(&[finding_b, finding_a]), account_b);
    assert_cases("history", "norse-in-america", any(&[finding_a; 2]), 0.0);

    // The owner signed the form: a D that goes back to a D.
    assert_cases("law", "stock-false", any(&[finding_b, finding_a]), 0.40 * 0.40 * 0.65);
    assert_cases("law", "motive", 0.85 * 0.85 * 0.85 * (1.0 - 0.80 * 0.20), 0.0);

    // Four teams, one clock.
    let at_light_speed = 0.95 * any(&[finding_a; 4]);
    assert_cases("science-review", "at-light-speed", at_light_speed, 0.0);
    assert_cases("science-review", "no-loss", finding_a, 0.0);

    // Two campaigns, one rig, which is impeached.
    let rig = 0.95 * (1.0 - 0.95 * 0.65);
    let dose = rig * any(&[0.95; 2]) * 0.85;
    let limit = 0.95 * any(&[finding_b, finding_a]);
    assert_cases("assurance", "dose-accurate", dose, 0.0);
    assert_cases("assurance", "limit-holds", limit, 0.0);
    assert_cases("assurance", "no-overdose", dose * limit, 0.0);
    // With and without the test that both alarms share.
    let alarms = 0.95 * any(&[0.85, finding_a, 0.65]) + 0.05 * finding_a;
    assert_cases("assurance", "no-silent-stop", alarms, 0.0);
}

fn assert_cases(name: &str, claim: &str, case_for: f64, case_against: f64) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs").join(format!("{name}.ron"));
    let text = fs::read_to_string(path).expect("the case is there");
    crate::support::assert_cases(name, &text, claim, case_for, case_against);
}
