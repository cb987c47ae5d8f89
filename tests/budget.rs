//! Diagrams that grow past their budget: reported, with the statement and a way out, and never a hang.

use evigraph::Budget;
use evigraph::Code;
use evigraph::internals::lint::verdict_diagnostics;
use evigraph::{Engine, Method, Scenario};
use evigraph::{Input, load};

/// Three documents that impeach each other: few numbers, and a loop through negation.
const QUARREL: &str = r#"Case(title: "A quarrel", documents: {
    "a": (title: "A", reliability: B, impeached_by: [(from: "b"), (from: "c")]),
    "b": (title: "B", reliability: B, impeached_by: [(from: "a"), (from: "c")]),
    "c": (title: "C", reliability: B, impeached_by: [(from: "a"), (from: "b")]),
}, claims: {"claim": (text: "It is so.", evidence: [Supports(from: ["a", "b", "c"])])})"#;

#[test]
fn what_grows_past_the_budget_is_reported_with_its_place_and_a_way_out() {
    let loaded = load(Input::Text { name: "case.ron".to_owned(), text: QUARREL.to_owned() }).expect("a text");
    let case = loaded.case.expect("it is well formed");
    let tight = Budget { steps: 10, elimination: 0, ..Budget::default() };
    let judge = Engine::with_method(&case, Scenario::default(), Method::Exact, tight);
    let found = verdict_diagnostics(&judge);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::TooComplex);
    assert!(found[0].message.starts_with("`claim` depends on 12 uncertain numbers"), "{}", found[0].message);
    assert_eq!(found[0].span.map(|span| loaded.sources.text(span)), Some("claim"));
    assert!(found[0].help.is_some());
    assert!(verdict_diagnostics(&Engine::new(&case, Scenario::default())).is_empty());
}

#[test]
fn the_budget_changes_no_answer_that_it_allows() {
    let loaded = load(Input::Text { name: "case.ron".to_owned(), text: QUARREL.to_owned() }).expect("a text");
    let case = loaded.case.expect("it is well formed");
    let statement = case.statement("claim").expect("the case has it");
    let assess = |budget| Engine::with_method(&case, Scenario::default(), Method::Exact, budget).assess(statement);
    let (wide, enough) =
        (assess(Budget::default()), assess(Budget { steps: 100_000, elimination: 0, ..Budget::default() }));
    let degrees =
        |assessed: Result<evigraph::internals::verdict::Assessment, _>| assessed.expect("it fits").degrees.in_favour;
    assert!((degrees(wide) - degrees(enough)).abs() < 1e-12);
}
