//! The tutorial is what happens: its files are written, its commands run, its outputs compared.
//!
//! `UPDATE_DOCS=1 cargo test tutorial::` writes the outputs anew; what the words around them say is for a person
//! to check.

#[test]
fn the_tutorial_is_what_happens() {
    crate::walk::page("docs/tutorial.md", "tutorial");
}
