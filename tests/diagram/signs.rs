//! What has a sign of its own, and a line in the legend.

use evigraph::Case;
use evigraph::internals::diagram::{Entry, Figure, Notation, Request, Scene, Sign, legend, picture, svg};

use super::cases::{from_text, scene_of, shipped};
use super::request;

fn of(name: &str) -> Case {
    shipped().into_iter().find(|(shipped, _)| shipped == name).expect("it is shipped").1
}

fn entries(scene: &Scene) -> Vec<Entry> {
    legend(scene).into_iter().flat_map(|(_, entries)| entries).collect()
}

fn sign(scene: &Scene, from: &str, to: &str) -> Sign {
    let id = |index: usize| scene.nodes[index].id.as_str();
    let found = scene.edges.iter().find(|edge| (id(edge.from), id(edge.to)) == (from, to));
    found.unwrap_or_else(|| panic!("a line from {from} to {to}")).sign
}

#[test]
fn what_is_assumed_has_a_sign() {
    let scene = scene_of(&of("assumption"), &Request::default()).expect("a scene");
    let assumed: Vec<&str> = scene.nodes.iter().filter(|node| node.assumed).map(|node| node.id.as_str()).collect();
    assert_eq!(assumed, ["clock-right"]);
    assert!(entries(&scene).contains(&Entry::Assumed));
    // In GSN an assumption has a shape of its own.
    let request = Request { notation: Notation::Gsn, ..Request::default() };
    let scene = scene_of(&of("assumption"), &request).expect("a scene");
    assert!(entries(&scene).contains(&Entry::Figure(Figure::Assumption)) && !entries(&scene).contains(&Entry::Assumed));
}

#[test]
fn what_elimination_leaves_has_a_sign() {
    let scene = scene_of(&of("elimination"), &Request::default()).expect("a scene");
    assert_eq!(sign(&scene, "master", "a-key-holder"), Sign::Remains);
    assert_eq!(sign(&scene, "clerk", "a-key-holder"), Sign::OneOf);
    assert!(entries(&scene).contains(&Entry::Sign(Sign::Remains)));
    // Of two that are left, none is.
    let case = from_text(
        r#"Case(title: "T", documents: { "d": (title: "D", reliability: A), "e": (title: "E", reliability: A) }, claims: {
            "whole": (text: "W", one_of: ["a", "b", "c"], evidence: [Supports(from: "d", as: Exhibit)]),
            "a": (text: "A", evidence: [Opposes(from: "e", strength: Conclusive)]), "b": (text: "B"), "c": (text: "C") },
            questions: { "q": (text: "Q?", claims: ["whole"]) })"#
            .to_owned(),
    );
    let scene = scene_of(&case, &Request::default()).expect("a scene");
    assert!(["a", "b", "c"].iter().all(|part| sign(&scene, part, "whole") == Sign::OneOf));
}

#[test]
fn what_is_needed_and_what_supersedes_have_signs() {
    let view = request(evigraph::internals::diagram::View::Provenance);
    for (name, expected) in [("assurance", Sign::RestsOn), ("superseded", Sign::Supersedes)] {
        let scene = scene_of(&of(name), &view).expect("a scene");
        assert!(entries(&scene).contains(&Entry::Sign(expected)), "{name}");
    }
}

/// Evidence that is one step has a letter: ten papers that have it from one witness, two histories of each of two letters.
#[test]
fn evidence_that_is_one_step_has_a_letter() {
    let steps = |case: &Case| -> Vec<(String, Option<usize>)> {
        let scene = scene_of(case, &Request::default()).expect("a scene");
        assert_eq!(entries(&scene).contains(&Entry::OneStep), scene.edges.iter().any(|edge| edge.step.is_some()));
        let evidence = scene.edges.iter().filter(|edge| matches!(edge.sign, Sign::Supports | Sign::Opposes));
        evidence.map(|edge| (scene.nodes[edge.from].id.clone(), edge.step)).collect()
    };
    assert!(steps(&of("two-sources")).iter().all(|(_, step)| step.is_none()));
    let papers = steps(&of("circular-reporting"));
    assert!(papers.iter().filter(|(_, step)| *step == Some(0)).count() >= 10, "{papers:?}");
    let case = from_text(
        r#"Case(title: "T", documents: { "x": (title: "X"), "y": (title: "Y"), "alone": (title: "A"),
                "x1": (title: "X1", derives_from: ["x"]), "x2": (title: "X2", derives_from: ["x"]),
                "y1": (title: "Y1", derives_from: ["y"]), "y2": (title: "Y2", derives_from: ["y"]),
                "both": (title: "B", derives_from: ["x", "y"]) },
            claims: { "c": (text: "C", evidence: [Supports(from: "x1"), Supports(from: "y1"), Supports(from: "x2"),
                Supports(from: "y2"), Supports(from: "alone"), Supports(from: "both"), Opposes(from: "x")]) })"#
            .to_owned(),
    );
    let found = steps(&case);
    let step = |id: &str| found.iter().find(|(from, _)| from == id).unwrap_or_else(|| panic!("{id}")).1;
    // Two sets of roots have two links each on one side; a third set, one link alone, and the other side are steps by themselves.
    assert_eq!(["x1", "x2"].map(step), [Some(0); 2]);
    assert_eq!(["y1", "y2"].map(step), [Some(1); 2]);
    assert_eq!(["alone", "both", "x"].map(step), [None; 3]);
    // The letter stands on its line, and is in what shows when one hovers over the line.
    let drawn = svg(&picture(&scene_of(&case, &Request::default()).expect("a scene")));
    let document = roxmltree::Document::parse(&drawn).expect("it is XML");
    let letters: Vec<&str> = (document.descendants())
        .filter(|node| node.attribute("class") == Some("edge-step"))
        .filter_map(|node| node.children().find(|child| child.has_tag_name("text")).and_then(|text| text.text()))
        .collect();
    assert_eq!(letters.iter().filter(|letter| **letter == "a").count(), 2);
    assert_eq!(letters.iter().filter(|letter| **letter == "b").count(), 2);
    assert!(drawn.contains(", in step b"));
}

/// Where sources are cited or counted, it is said in words.
#[test]
fn citations_of_one_step_are_joined() {
    let case = of("circular-reporting");
    let view = evigraph::internals::diagram::View::Section(0);
    let scene = scene_of(&case, &request(view)).expect("a scene");
    let facts: Vec<&String> = scene.nodes.iter().flat_map(|node| &node.facts).collect();
    assert!(facts.iter().any(|fact| fact.matches("]=[").count() == 9), "{facts:?}");
    let overview =
        scene_of(&of("contra-record"), &request(evigraph::internals::diagram::View::Argument)).expect("a scene");
    let facts: Vec<&String> = overview.nodes.iter().flat_map(|node| &node.facts).collect();
    assert!(facts.iter().any(|fact| fact.ends_with(", as 1 step")), "{facts:?}");
}
