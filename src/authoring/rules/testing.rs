//! For the tests of rules: which words of a case are underlined.

use super::super::{Input, load};

/// The words that problems of a code underline, in the order of the file. The text is what stands in `Case(…)`
/// behind the title.
pub(super) fn underlined(code: &str, fields: &str) -> Vec<String> {
    let text = format!("Case(title: \"T\", {fields})");
    let loaded = load(Input::Text { name: "case.ron".to_owned(), text }).expect("a text can be read");
    let syntax = loaded.diagnostics.iter().find(|problem| matches!(problem.code.name(), "syntax" | "unknown-id"));
    assert!(syntax.is_none(), "{syntax:?}");
    let of_code = loaded.diagnostics.iter().filter(|problem| problem.code.name() == code);
    of_code.filter_map(|problem| Some(loaded.sources.text(problem.span?).to_owned())).collect()
}
