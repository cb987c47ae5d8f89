//! What a what-if leaves out is drawn as left out, and counted.

use evigraph::Scenario;
use evigraph::internals::diagram::{Entry, Request, Scene, Sign, View, dot, legend, mermaid, picture, svg};
use evigraph::internals::model::{Period, Source};
use evigraph::internals::selector::Selector;

use super::cases::{from_text, scene_under};

const CASE: &str = r#"Case(title: "What if", documents: {
    "log": (title: "The harbour log", reliability: B), "copy": (title: "A copy", kind: Book, reliability: B, derives_from: ["log"]),
    "press": (title: "The Courier", kind: NewsReport, reliability: C),
}, claims: { "closed": (text: "The bridge was closed.", evidence: [Supports(from: "copy"), Opposes(from: "press")]),
    "open": (text: "It was open.", evidence: [Supports(from: "press")]) },
inferences: { "step": (given: ["open"], to: "closed", effect: Opposes, scheme: "by the hour") })"#;

fn absent(scene: &Scene) -> Vec<&str> {
    scene.nodes.iter().filter(|node| node.absent).map(|node| node.id.as_str()).collect()
}

/// The lines that are left out.
fn lines(scene: &Scene) -> Vec<(&str, Sign, &str)> {
    let id = |index: usize| scene.nodes[index].id.as_str();
    scene.edges.iter().filter(|edge| edge.absent).map(|edge| (id(edge.from), edge.sign, id(edge.to))).collect()
}

#[test]
fn a_source_that_is_left_out_is_struck_and_reported() {
    let case = from_text(CASE.to_owned());
    let without = |id: &str| Scenario { without: vec![case.source(id).expect("it is there")], ..Scenario::default() };
    let scene = scene_under(&case, without("press"), &Request::default());
    assert_eq!(absent(&scene), ["press"]);
    assert_eq!(lines(&scene), [("press", Sign::Opposes, "closed"), ("press", Sign::Supports, "open")]);
    assert!(
        scene.left_out.iter().any(|note| note.words == "Left out of the verdicts: 1 source."),
        "{:?}",
        scene.left_out
    );
    assert!(legend(&scene).iter().any(|(_, entries)| entries.contains(&Entry::Absent)));
    let drawn = svg(&picture(&scene));
    assert!(drawn.contains("left out · news report") && drawn.contains("left out of the verdicts"));
    assert!(dot(&scene).contains("left out · news report") && mermaid(&scene).contains("classDef absent"));
    // An origin that does not hold takes the account of its copy along: the line says so, the copy is still there.
    let scene = scene_under(&case, without("log"), &Request { view: View::Provenance, ..Request::default() });
    assert_eq!((absent(&scene), lines(&scene)), (vec!["log"], vec![("log", Sign::Derives, "copy")]));
    let whole = scene_under(&case, Scenario::default(), &Request::default());
    assert!(absent(&whole).is_empty() && lines(&whole).is_empty());
    assert!(!legend(&whole).iter().any(|(_, entries)| entries.contains(&Entry::Absent)));
}

#[test]
fn what_may_not_speak_is_struck_and_stays_an_origin() {
    let case = from_text(CASE.to_owned());
    let only = vec![Selector::parse("kind:Book", &case).expect("a selector")];
    let scene = scene_under(&case, Scenario { only, ..Scenario::default() }, &Request::default());
    assert_eq!(absent(&scene), ["log", "press"]);
    assert_eq!(lines(&scene), [("press", Sign::Opposes, "closed"), ("press", Sign::Supports, "open")]);
}

#[test]
fn what_is_not_yet_known_is_struck() {
    let case = from_text(
        r#"Case(title: "As of", documents: { "early": (title: "E", date: "1950"), "late": (title: "L", date: "1990") },
            claims: { "a": (text: "A", evidence: [Supports(from: "early"), Supports(from: "late")]) })"#
            .to_owned(),
    );
    let as_of = Some(Period::parse("1960").expect("a date"));
    let scene = scene_under(&case, Scenario { as_of, ..Scenario::default() }, &Request::default());
    assert_eq!((absent(&scene), lines(&scene)), (vec!["late"], vec![("late", Sign::Supports, "a")]));
}

#[test]
fn a_step_that_is_left_out_is_struck_with_its_premises() {
    let case = from_text(CASE.to_owned());
    let left_out = vec![case.inference("step").expect("it is there")];
    let scene = scene_under(&case, Scenario { left_out, ..Scenario::default() }, &Request::default());
    assert_eq!(absent(&scene), ["step"]);
    assert_eq!(lines(&scene), [("open", Sign::Premise, "step"), ("step", Sign::Opposes, "closed")]);
}

#[test]
fn citations_and_counts_leave_out_what_is_left_out() {
    for (sources, facts) in [(20, "sources for: [2]"), (30, "29 sources for it; 1 source left out")] {
        let documents: String = (0..sources).map(|i| format!("\"d{i:02}\": (title: \"D{i}\"),")).collect();
        let links: String = (0..sources).map(|i| format!("Supports(from: \"d{i:02}\"),")).collect();
        let case = from_text(format!(
            "Case(title: \"T\", documents: {{{documents}}}, claims: {{\"a\": (text: \"A\", evidence: [{links}]),
                \"b\": (text: \"B\", evidence: [{links}])}})"
        ));
        let without = vec![case.source("d00").expect("it is there")];
        assert!(matches!(without[0], Source::Document(_)));
        let scene = scene_under(&case, Scenario { without, ..Scenario::default() }, &Request::default());
        let claim = scene.nodes.iter().find(|node| node.id == "a").expect("the claim");
        assert!(claim.facts[0].starts_with(facts), "{:?}", claim.facts);
        assert_eq!(claim.facts.get(1).map(String::as_str), (sources == 20).then_some("left out: [1]"));
    }
}
