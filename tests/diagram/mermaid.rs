//! Mermaid as GitHub draws it: no more than it takes, and the same way up as every other format.

use std::fmt::Write as _;

use evigraph::internals::diagram::{Request, View, mermaid, mermaid_excess, mermaid_fitting};

use super::cases::{from_text, scene_of};
use super::request;

#[test]
fn a_text_past_the_limits_is_reported_and_cut_to_what_is_nearest_to_the_question() {
    let mut claims = String::new();
    for index in 0..700 {
        let _ = write!(claims, "\"c{index}\": (text: \"Entry {index}.\", evidence: [Supports(from: \"d\")]),");
    }
    let case = from_text(format!(
        "Case(title: \"T\", documents: {{\"d\": (title: \"D\")}}, claims: {{{claims}}}, questions: {{\"q\": (text: \"Q?\", claims: [\"c9\"])}})"
    ));
    let scene = scene_of(
        &case,
        &Request { view: View::All, size: evigraph::internals::diagram::Size::Full, ..Request::default() },
    );
    let scene = scene.expect("a scene");
    let (lines, characters) = mermaid_excess(&scene).expect("too much");
    assert_eq!((lines, characters), (701, mermaid(&scene).chars().count()));
    let cut = mermaid_fitting(&scene);
    assert!(mermaid_excess(&cut).is_none());
    assert!(cut.nodes.len() > 100, "as much as there is room for: {}", cut.nodes.len());
    for id in ["q", "c9", "d"] {
        assert!(cut.nodes.iter().any(|node| node.id == id), "{id} is near to the question");
    }
    let note = format!("Cut to the most important {} of 702 boxes.", cut.nodes.len());
    assert!(mermaid(&cut).contains(&note), "{note}");
    // What fits is left as it is.
    assert_eq!(mermaid_fitting(&cut), cut);
}

#[test]
fn actors_stand_the_same_way_up_as_in_a_picture() {
    let case = from_text(
        r#"Case(title: "T", documents: {"d": (title: "D")},
            actors: {"boss": (name: "Boss"), "hand": (name: "Hand", part_of: "firm"), "firm": (name: "Firm")},
            relationships: {"r": (from: "boss", to: "hand", kind: WorkedWith, evidence: [Supports(from: "d")])})"#
            .to_owned(),
    );
    let scene = scene_of(&case, &request(View::Actors)).expect("a scene");
    let at = |id: &str| scene.nodes.iter().position(|node| node.id == id).expect("it is drawn");
    let text = mermaid(&scene);
    // In a chart that runs downwards what stands first is above: who acts, and the larger actor.
    assert!(text.contains("flowchart TB"), "{text}");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let starts = |first: usize, last: usize| {
        lines.iter().any(|line| {
            line.starts_with(&format!("n{first} ")) && line.ends_with(&format!(" n{last}")) && line.contains("--")
        })
    };
    assert!(starts(at("boss"), at("hand")) && starts(at("firm"), at("hand")), "{text}");
    assert!(text.contains("has as a part"));
}
