//! Every attack ends on what it attacks, in every view.

use evigraph::Case;
use evigraph::internals::diagram::{
    Arrangement, Cluster, Figure, Request, Scene, Sign, View, dot, mermaid, picture, svg,
};
use evigraph::internals::model::Effect;

use super::cases::{VIEWS, from_text, large, scene_of, shipped};
use super::picture::read;
use super::request;

/// A figure that stands for a step, or for several things among which it is.
fn is_step(figure: Figure) -> bool {
    matches!(figure, Figure::Junction | Figure::Inference | Figure::Pile)
}

pub fn assert_attacks_end_where_they_strike(name: &str, case: &Case, scene: &Scene) -> usize {
    let mut seen = 0;
    for edge in &scene.edges {
        let to = &scene.nodes[edge.to];
        match edge.sign {
            Sign::Undercuts => assert!(is_step(to.figure), "{name}: an undercut ends on {}, which is no step", to.id),
            Sign::Impeaches => assert!(to.mark.is_none(), "{name}: an impeachment ends on {}", to.id),
            _ => continue,
        }
        seen += 1;
        if to.figure == Figure::Junction {
            assert_is_the_link(name, case, scene, edge.to);
        }
    }
    seen
}

/// A junction leads to its statement alone, with the sign of the link, and says whose link it is: by lines or by words.
fn assert_is_the_link(name: &str, case: &Case, scene: &Scene, junction: usize) {
    let id = &scene.nodes[junction].id;
    let (statement, index) = id.rsplit_once('/').expect("a statement and a number");
    let link = &case.statements[case.statement(statement).expect("it is there")].evidence
        [index.parse::<usize>().expect("a number") - 1];
    let sign = if link.effect == Effect::Supports { Sign::Supports } else { Sign::Opposes };
    let out: Vec<(&str, Sign)> = (scene.edges.iter().filter(|edge| edge.from == junction))
        .map(|edge| (scene.nodes[edge.to].id.as_str(), edge.sign))
        .collect();
    assert_eq!(out, [(statement, sign)], "{name}: {id}");
    let lines = scene.edges.iter().any(|edge| edge.to == junction && edge.sign == sign);
    assert_ne!(lines, !scene.nodes[junction].label.is_empty(), "{name}: {id} says whose link it is, once");
}

#[test]
fn every_attack_of_the_shipped_cases_ends_on_what_it_attacks() {
    let mut seen = 0;
    for (name, case) in shipped() {
        for view in VIEWS {
            let Some(scene) = scene_of(&case, &request(view)) else { continue };
            seen += assert_attacks_end_where_they_strike(&format!("{name} {}", view.name()), &case, &scene);
        }
    }
    assert!(seen > 60, "attacks were looked at: {seen}");
}

/// One document is undercut where it speaks against a claim: in a case of 40 links, in which claims cite their sources.
fn cited() -> Case {
    let documents: String = (0..20).map(|i| format!("\"d{i}\": (title: \"D{i}\", reliability: B),")).collect();
    let links: String = (0..20).map(|i| format!("Supports(from: \"d{i}\"),")).collect();
    let struck =
        "Opposes(from: \"d0\", undercut_by: [(from: \"a\")]), Opposes(from: \"d1\", undercut_by: [(from: \"a\")])";
    from_text(format!(
        "Case(title: \"T\", documents: {{{documents}}}, claims: {{\"a\": (text: \"A\", evidence: [{links}]),
            \"b\": (text: \"B\", evidence: [{links} {struck}])}}, questions: {{\"q\": (text: \"Q?\", claims: [\"b\"])}})"
    ))
}

#[test]
fn an_undercut_of_cited_evidence_ends_on_the_citation() {
    let case = cited();
    let scene = scene_of(&case, &Request::default()).expect("a scene");
    let junction = scene.nodes.iter().find(|node| node.figure == Figure::Junction).expect("the step");
    // The two links are undercut alike, and are one step; no other source is named on it.
    assert_eq!((junction.id.as_str(), junction.label.as_str()), ("b/21", "[1] [2]"));
    assert_eq!(assert_attacks_end_where_they_strike("cited", &case, &scene), 1);
    let (dot, mermaid) = (dot(&scene), mermaid(&scene));
    let at = scene.nodes.iter().position(|node| node.id == "b/21").expect("its place");
    let from = scene.nodes.iter().position(|node| node.id == "a").expect("its place");
    assert!(dot.contains("\"b/21\" -> \"a\"") && dot.contains("label=\"[1] [2]\""), "{dot}");
    assert!(mermaid.contains(&format!("n{from} --x|\"undercuts\"| n{at}")), "{mermaid}");
    assert!(
        read(&svg(&picture(&scene))).edges.iter().any(|edge| (edge.from.as_str(), edge.to.as_str()) == ("a", "b/21"))
    );
}

/// In a table, attacks stand where what they attack stands: in its cell, or at the head of its column.
#[test]
fn a_table_has_its_attacks() {
    let documents: String = (2..20).map(|i| format!("\"d{i}\": (title: \"D{i}\", reliability: B),")).collect();
    let links: String = (0..20).map(|i| format!("Supports(from: \"d{i}\"),")).collect();
    let case = from_text(format!(
        "Case(title: \"T\", documents: {{{documents}
                \"d0\": (title: \"D0\", reliability: B, impeached_by: [(from: \"d1\"), (from: \"a\")]),
                \"d1\": (title: \"D1\", reliability: B)}},
            claims: {{\"a\": (text: \"A\", evidence: [{links}]),
                \"b\": (text: \"B\", evidence: [{links} Opposes(from: \"d2\", undercut_by: [(from: \"a\"), (from: \"d3\")])])}},
            questions: {{\"q\": (text: \"Q?\", claims: [\"b\"])}})"
    ));
    let scene = scene_of(&case, &request(View::Sources)).expect("a scene");
    assert_eq!(scene.arrangement, Arrangement::Table);
    let id = |index: usize| scene.nodes[index].id.as_str();
    let attacks: Vec<(&str, Sign, &str, Option<&str>)> = (scene.edges.iter())
        .filter(|edge| matches!(edge.sign, Sign::Struck | Sign::Impeaches | Sign::Undercuts))
        .map(|edge| (id(edge.from), edge.sign, id(edge.to), edge.label.as_deref()))
        .collect();
    assert_eq!(attacks.len(), 3, "{attacks:?}");
    // The order in which the attacks are written.
    assert!(attacks.contains(&("d2", Sign::Struck, "b", Some("undercut by a, d3"))), "{attacks:?}");
    for from in ["d1", "a"] {
        assert!(attacks.contains(&(from, Sign::Impeaches, "d0", None)), "{attacks:?}");
    }
    assert!(!scene.left_out.iter().any(|note| note.words.contains("not in the table")), "{:?}", scene.left_out);
    let drawn = read(&svg(&picture(&scene)));
    let struck = drawn.nodes.iter().find(|node| node.id == "d0").expect("its column").stated;
    let line = drawn.edges.iter().find(|edge| edge.from == "d1" && edge.to == "d0").expect("it is drawn");
    assert!(struck.border_distance(line.stop) < 1.0 && line.stop.1 >= struck.bottom - 0.1, "{line:?}");
}

#[test]
fn attacks_find_their_step_where_sources_are_counted_or_piled() {
    let case = large(60);
    for request in [
        Request::default(),
        Request { view: View::All, collapse: true, ..Request::default() },
        Request { view: View::All, cluster: Some(Cluster::Section), ..Request::default() },
    ] {
        let scene = scene_of(&case, &request).expect("a scene");
        assert_attacks_end_where_they_strike("large", &case, &scene);
    }
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "contra-record").expect("it is shipped");
    let scene = scene_of(&case, &Request::default()).expect("a scene");
    let steps: Vec<&str> =
        scene.nodes.iter().filter(|n| n.figure == Figure::Junction).map(|n| n.label.as_str()).collect();
    assert!(!steps.is_empty() && steps.iter().all(|label| label.contains("source")), "{steps:?}");
}

/// Sources that stand side by side: between them there is room for the line and for its head.
#[test]
fn an_impeachment_between_neighbours_shows_its_direction() {
    let case = from_text(
        r#"Case(title: "Neighbours", documents: {
            "final": (title: "Final version", reliability: A),
            "preprint": (title: "Preprint", reliability: C, impeached_by: [(from: "final")]),
        }, claims: { "works": (text: "It works.", evidence: [Opposes(from: "preprint"), Opposes(from: "final")]) },
        questions: { "q": (text: "Does it?", claims: ["works"]) })"#
            .to_owned(),
    );
    for view in [View::Argument, View::Provenance] {
        let drawn = read(&svg(&picture(&scene_of(&case, &request(view)).expect("a scene"))));
        let line = drawn.edges.iter().find(|edge| edge.from == "final" && edge.to == "preprint").expect("it is drawn");
        let long = (line.start.0 - line.stop.0).hypot(line.start.1 - line.stop.1);
        assert!(long >= 25.0, "{}: its line is {long} long", view.name());
    }
}

/// A source can be the origin of another in one link of evidence alone, or be needed by it.
#[test]
fn provenance_has_what_a_link_relies_on_and_what_a_document_rests_on() {
    let case = from_text(
        r#"Case(title: "Origins", documents: {
            "wire": (title: "Wire", reliability: B), "paper": (title: "Paper", reliability: B, rests_on: ["trial"]),
            "trial": (title: "Trial", reliability: B),
        }, claims: { "a": (text: "A", evidence: [Supports(from: "paper", relies_on: ["wire"])]) })"#
            .to_owned(),
    );
    let scene = scene_of(&case, &request(View::Provenance)).expect("a scene");
    assert_eq!(scene.arrangement, Arrangement::Levels);
    let id = |index: usize| scene.nodes[index].id.as_str();
    let lines: Vec<(&str, Sign, &str)> =
        scene.edges.iter().map(|edge| (id(edge.from), edge.sign, id(edge.to))).collect();
    assert!(
        lines.contains(&("wire", Sign::ReliesOn, "paper")) && lines.contains(&("trial", Sign::RestsOn, "paper")),
        "{lines:?}"
    );
    assert!(!scene.nodes.iter().any(|node| node.id == "a"), "a view of sources has no statements");
}
