//! The page of codes says what the catalogue says.
//!
//! `UPDATE_DOCS=1 cargo test codes::` writes it anew.

use evigraph::internals::diagnostic::catalogue_page;

#[test]
fn the_page_of_codes_is_that_of_the_catalogue() {
    let page = catalogue_page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write("docs/codes.md", &page).expect("the page can be written");
    }
    let written = std::fs::read_to_string("docs/codes.md").unwrap_or_default();
    assert!(written == page, "docs/codes.md is stale: run `UPDATE_DOCS=1 cargo test codes::`");
}
