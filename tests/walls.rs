//! Shapes that strangers make: deep, wide and mutual. Each is of a size at which what grows with its square does not end, and
//! is asked about in this process, without a ceiling.

use std::fmt::Write as _;

use evigraph::internals::model::Case;
use evigraph::internals::query::sources;
use evigraph::{Budget, Engine, Input, Method, Scenario, explain, load};

fn case(claims: &str, documents: &str) -> Case {
    let text = format!("Case(title: \"Deep\", documents: {{ {documents} }}, claims: {{ {claims} }})");
    load(Input::Text { name: "case.ron".to_owned(), text }).expect("a text").case.expect("it is a case")
}

fn numbered(count: usize, entry: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{},", entry(number));
        text
    })
}

const D: &str = r#""d": (title: "D", reliability: 0.7)"#;

/// Each is all of the one before. Further evidence against the last, which an explanation supposes, bears on all of them.
#[test]
fn why_of_parts_of_parts_is_linear_in_their_depth() {
    const DEEP: usize = 3_000;
    let claim = |number: usize| match number {
        0 => r#""c00000": (text: "It is so.", evidence: [Supports(from: "d")])"#.to_owned(),
        number => format!(r#""c{number:05}": (text: "It is so, {number}.", all_of: ["c{:05}"])"#, number - 1),
    };
    let case = case(&numbered(DEEP, claim), D);
    let engine = Engine::with_method(&case, Scenario::default(), Method::Auto, Budget::default());
    let last = case.statement(&format!("c{:05}", DEEP - 1)).expect("it is there");
    let explanation = explain(&engine, last, 1).expect("it is answered");
    assert_eq!(explanation.left_out(), Vec::<&str>::new());
    assert_eq!(explanation.influence.expect("it was worked out").len(), 1);
}

/// Each part has a ground of its own and, as all the others could be refuted, one by way of the whole.
#[test]
fn why_of_any_of_many_does_not_walk_all_parts_from_each() {
    const WIDE: usize = 600;
    let part = |number: usize| {
        format!(r#""c{number:05}": (text: "It is so, {number}.", evidence: [Supports(from: "d"), Opposes(from: "e")])"#)
    };
    let parts: Vec<String> = (0..WIDE).map(|number| format!(r#""c{number:05}""#)).collect();
    let whole = format!(r#""whole": (text: "One of them is so.", any_of: [{}])"#, parts.join(", "));
    let documents = format!(r#"{D}, "e": (title: "E", reliability: 0.4)"#);
    let case = case(&(numbered(WIDE, part) + &whole), &documents);
    let engine = Engine::with_method(&case, Scenario::default(), Method::Independent, Budget::default());
    let explanation = explain(&engine, case.statement("whole").expect("it is there"), 1).expect("it is answered");
    let branches = explanation.argument.branches;
    assert_eq!(branches.len(), WIDE + 1);
    // The whole follows from each part, and is refuted by way of all of them together.
    assert_eq!(branches[&explanation.answer.statement].grounds.len(), WIDE + 1);
    // A case against the whole that rests on the part itself is no ground for it.
    assert!(
        branches.iter().filter(|&(&id, _)| id != explanation.answer.statement).all(|(_, one)| one.grounds.len() == 2)
    );
}

/// Of what is estimated, all losses are sampled together: as the method asks that samples everything.
#[test]
fn what_sources_carry_is_sampled_together_where_it_is_estimated() {
    let claim = |number: usize| {
        let [one, other] = [number, number + 1].map(|number| number % 30);
        format!(
            r#""c{number:05}": (text: "It is so, {number}.", evidence: [Supports(from: "d{one}"), Opposes(from: "d{other}")])"#
        )
    };
    let documents = numbered(30, |number| format!(r#""d{number}": (title: "D{number}", reliability: 0.8)"#));
    let case = case(&numbered(40, claim), &documents);
    let carried = |method, budget| {
        let engine = Engine::with_method(&case, Scenario::default(), method, budget);
        let found = engine.or_sampled(|engine| sources(engine, None)).expect("it is answered").found;
        found.into_iter().map(|one| (one.source, one.carries)).collect::<Vec<_>>()
    };
    let nothing = Budget { before_sampling: 0, ..Budget::default() };
    let (estimated, sampled) = (carried(Method::Auto, nothing), carried(Method::Sampled, Budget::default()));
    assert_eq!(estimated, sampled);
    assert_eq!(estimated.len(), 30);
}
