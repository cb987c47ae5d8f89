//! The same program in every algebra: decision diagrams, one world, all worlds one after another.

use std::path::Path;

use evigraph::internals::logic::{Belnap, Budget, Exact, Parameters, Program, Variant, compile, exact};
use evigraph::{Case, StatementId};
use evigraph::{Input, load};

use crate::support::worlds::{all_worlds, one_world};

fn case(text: &str) -> Case {
    let loaded = load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("a text can be read");
    loaded.case.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

fn program(case: &Case) -> (Program, Vec<f64>, Vec<StatementId>) {
    let quantities = Parameters::new(case, &[]);
    let program = compile(case, &quantities, Variant::AS_WRITTEN);
    let statements = case.statements.ids().filter(|&id| case.canonical(id) == id).collect();
    (program, quantities.weights(case), statements)
}

/// Diagrams against all worlds, to 1e-12, with no statement out. False where there are too many worlds.
fn all_worlds_agree(name: &str, case: &Case) -> bool {
    let (program, weights, statements) = program(case);
    let Ok(worlds) = all_worlds(&program, &statements, &weights) else { return false };
    let diagrams = exact(&program, &statements, &weights, &|_| false, Budget::default()).expect("it is small");
    for ((&statement, diagrams), worlds) in statements.iter().zip(diagrams).zip(worlds) {
        let read = diagrams.read(&weights);
        let neither = 1.0 - read.in_favour - read.against - read.conflict;
        for (exact, counted) in [read.in_favour, read.against, read.conflict, neither].into_iter().zip(worlds) {
            let key = &case.statements[statement].key;
            assert!((exact - counted).abs() < 1e-12, "{name}, {key}: {exact} in diagrams, {counted} in worlds");
        }
    }
    true
}

#[test]
fn every_case_to_learn_from_is_the_same_in_diagrams_and_in_all_worlds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs");
    let files = std::fs::read_dir(folder).expect("graphs/").map(|entry| entry.expect("an entry").path());
    let mut cases = 0;
    for file in files.filter(|path| path.extension().is_some_and(|extension| extension == "ron")) {
        let loaded = load(Input::Path(file.clone())).expect("it can be read");
        cases += usize::from(all_worlds_agree(&file.display().to_string(), &loaded.case.expect("it is well formed")));
    }
    assert!(cases >= 5, "all cases to learn from but the one with ten newspapers are small enough");
}

#[test]
fn loops_through_negation_are_the_same_in_diagrams_and_in_all_worlds() {
    let quarrel = case(
        r#"Case(title: "A quarrel", documents: {
            "a": (title: "A", reliability: B, impeached_by: [(from: "b"), (from: "liar", strength: Strong)]),
            "b": (title: "B", reliability: C, impeached_by: [(from: "a")]),
            "c": (title: "C", reliability: A),
        }, claims: {
            "liar": (text: "A lies.", evidence: [Supports(from: "b"), Opposes(from: "a")]),
            "so": (text: "It is so.", rivals: ["not-so"], evidence: [Supports(from: ["a", "c"])]),
            "not-so": (text: "It is not so.", evidence: [Supports(from: "b", as: Finding)]),
        }, inferences: {
            "i": (given: ["liar"], given_rejected: ["not-so"], to: "so", effect: Opposes),
        })"#,
    );
    assert!(all_worlds_agree("a quarrel", &quarrel));
}

#[test]
fn the_world_in_which_everything_holds_is_one_of_them() {
    let case = case(
        r#"Case(title: "Both", documents: {"a": (title: "A", reliability: B), "b": (title: "B", reliability: B)},
        claims: {"c": (text: "C.", evidence: [Supports(from: "a"), Opposes(from: "b")])})"#,
    );
    let (program, weights, statements) = program(&case);
    let told = |on: Vec<bool>| one_world(&program, &statements, &on)[0].value;
    assert_eq!(told(vec![true; weights.len()]), Belnap::Both);
    assert_eq!(told(vec![false; weights.len()]), Belnap::Neither);
    let quantities = Parameters::new(&case, &[]);
    let mut on = vec![true; weights.len()];
    on[quantities.source(case.source("b").expect("it is there")).index()] = false;
    assert_eq!(told(on), Belnap::True);
}

#[test]
fn too_many_worlds_are_refused_with_their_number() {
    let links: Vec<String> = (0..30).map(|n| format!("Supports(from: \"d\", strength: 0.5{n})")).collect();
    let text = format!(
        r#"Case(title: "Many", documents: {{"d": (title: "D")}}, claims: {{"c": (text: "C.", evidence: [{}])}})"#,
        links.join(", ")
    );
    let case = case(&text);
    let (program, weights, statements) = program(&case);
    let refused = all_worlds(&program, &statements, &weights).expect_err("29 uncertain numbers");
    // One step of 30 links: 0.51 and 0.510 are one strength, and so are 0.52 and 0.520, so that it has 28; and the document.
    assert_eq!((refused.variables, refused.limit), (29, 24));
}
