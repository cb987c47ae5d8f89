//! Two cases, as bytes choose them, held against each other: what is compared with itself is the same, and what has changed has a
//! name in one of the two.

#![no_main]

#[path = "../choices.rs"]
mod choices;

use std::collections::BTreeSet;

use choices::Choices;
use evigraph::comparison::{Comparison, Differences, Limit, Options, Terms};
use evigraph::{Budget, Case, Input, Watch, load, print};
use libfuzzer_sys::fuzz_target;

fn case(bytes: &[u8]) -> Option<Case> {
    let text = Choices(bytes).case();
    load(Input::Text { name: "case.ron".to_owned(), text }).expect("a text can be read").case
}

fn compared(old: &Case, new: &Case) -> Option<(usize, Comparison)> {
    let options = Options { settle: true, limit: Limit::default(), budget: Budget::seconds(0.05) };
    let differences = Differences::new(old, new);
    let all: BTreeSet<usize> = (0..differences.edits().len()).collect();
    assert_eq!(print(&differences.apply(&BTreeSet::new())), print(old));
    assert_eq!(print(&differences.apply(&all)), print(new));
    let comparison = Comparison::of_versions(old, new, &differences, &Terms::default(), options, &Watch::default()).ok()?;
    Some((all.len(), comparison))
}

fuzz_target!(|bytes: &[u8]| {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let Some((old, new)) = case(first).zip(case(second)) else { return };
    if let Some((edits, comparison)) = compared(&old, &old) {
        assert_eq!(edits, 0);
        assert!(!comparison.any_verdict_changed());
    }
    compared(&old, &new);
});
