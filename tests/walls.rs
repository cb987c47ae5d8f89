//! Shapes that are more than they look.

use std::fmt::Write as _;

use evigraph::internals::model::Case;
use evigraph::internals::query::sources;
use evigraph::{Budget, Engine, Input, Method, Scenario, load};

fn case(claims: &str, documents: &str) -> Case {
    let text = format!("Case(title: \"Shapes\", documents: {{ {documents} }}, claims: {{ {claims} }})");
    load(Input::Text { name: "case.ron".to_owned(), text }).expect("a text").case.expect("it is a case")
}

fn numbered(count: usize, entry: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{},", entry(number));
        text
    })
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
