//! Any bytes as a case file: loading and checking end, and every way to print what is wrong shows only what can be seen.

#![no_main]

use evigraph::internals::diagnostic::{Look, human, json, short};
use evigraph::internals::escape::letters;
use evigraph::{Input, check, load};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let input = Input::Bytes { name: "case\u{1b}.ron".to_owned(), bytes: bytes.to_vec() };
    let loaded = check(load(input).expect("bytes can be read"));
    let reports = [
        human(&loaded.diagnostics, &loaded.sources, Look::default()),
        short(&loaded.diagnostics, &loaded.sources),
        json([(&loaded.diagnostics[..], &loaded.sources)]),
    ];
    for report in &reports {
        assert!(letters(report).all(|one| !one.is_hidden || matches!(one.letter, '\n' | '\t')), "{report:?}");
    }
    let is_case = !loaded.diagnostics.iter().any(|problem| problem.is_error() && problem.code.name() != "expectation");
    assert!(loaded.case.is_some() || !is_case, "a case without errors is one");
});
