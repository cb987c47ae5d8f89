//! The pages for five trades show what the program prints, excerpts that stand in their cases, and pictures that it draws.
//!
//! `UPDATE_DOCS=1 cargo test trades::` writes the outputs and the pictures anew.

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
