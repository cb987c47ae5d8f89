//! Any text as a selector: it selects, or says what is wrong and where.

#![no_main]

use std::sync::LazyLock;

use evigraph::{Case, Input, Selector, load};
use libfuzzer_sys::fuzz_target;

static CASE: LazyLock<Case> = LazyLock::new(|| {
    let text = include_str!("../../graphs/two-sources.ron").to_owned();
    load(Input::Text { name: "case.ron".to_owned(), text }).expect("a text can be read").case.expect("it is a case")
});

fuzz_target!(|text: &str| {
    match Selector::parse(text, &CASE) {
        Ok(selector) => {
            let shown = selector.to_string();
            let again = Selector::parse(&shown, &CASE).expect("what is shown can be read");
            assert!(CASE.documents.ids().all(|id| selector.matches(id) == again.matches(id)), "{shown}");
        }
        Err(error) => {
            assert!(error.text.get(error.at.clone()).is_some(), "{error:?}");
            let _ = (error.problem.to_string(), error.problem.help(), error.problem.mistyped());
        }
    }
});
