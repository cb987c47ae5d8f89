//! What has a sign of its own, and a line in the legend.

use evigraph::Case;
use evigraph::internals::diagram::{Entry, Figure, Notation, Request, Scene, Sign, legend};

use super::cases::{from_text, scene_of, shipped};
use super::request;

fn of(name: &str) -> Case {
    shipped().into_iter().find(|(shipped, _)| shipped == name).expect("it is shipped").1
}

fn told(scene: &Scene) -> Vec<Entry> {
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
    assert!(told(&scene).contains(&Entry::Assumed));
    // In GSN an assumption has a shape of its own.
    let request = Request { notation: Notation::Gsn, ..Request::default() };
    let scene = scene_of(&of("assumption"), &request).expect("a scene");
    assert!(told(&scene).contains(&Entry::Figure(Figure::Assumption)) && !told(&scene).contains(&Entry::Assumed));
}

#[test]
fn what_elimination_leaves_has_a_sign() {
    let scene = scene_of(&of("elimination"), &Request::default()).expect("a scene");
    assert_eq!(sign(&scene, "master", "a-key-holder"), Sign::Remains);
    assert_eq!(sign(&scene, "clerk", "a-key-holder"), Sign::OneOf);
    assert!(told(&scene).contains(&Entry::Sign(Sign::Remains)));
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
        assert!(told(&scene).contains(&Entry::Sign(expected)), "{name}");
    }
}
