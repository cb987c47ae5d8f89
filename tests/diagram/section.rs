//! The picture of a section: its statements and what leads to them, small, and with the numbers of the report.

use std::collections::BTreeSet;

use evigraph::internals::diagram::{Request, Size, View, page_views, picture, scene, svg};
use evigraph::{Engine, Scenario};

use super::cases::{from_text, scene_of, shipped};
use super::picture::read;

fn section(at: usize, size: Size) -> Request {
    Request { view: View::Section(at), size, ..Request::default() }
}

fn sections(case: &evigraph::Case) -> Vec<View> {
    let engine = Engine::new(case, Scenario::default());
    page_views(&engine).filter(|view| matches!(view, View::Section(_))).collect()
}

#[test]
fn every_section_has_a_small_picture_that_says_what_it_leaves_out() {
    let mut pictures = 0;
    for (name, case) in shipped() {
        let engine = Engine::new(&case, Scenario::default());
        let answer = engine.answer_all(false).expect("it is small enough");
        for at in 0..sections(&case).len() {
            let of = |size| scene(&engine, &answer, &section(at, size)).expect("a section has statements");
            let (small, full) = (of(Size::Readable), of(Size::Full));
            let boxes = small.nodes.iter().filter(|node| !node.id.contains('/')).count();
            assert!(boxes <= 16, "{name}, section {}: {boxes} boxes", at + 1);
            assert!(small.title.starts_with(&format!("{}. ", at + 1)), "{name}: {}", small.title);
            let has_more = full.nodes.len() > small.nodes.len();
            assert_eq!(has_more, !small.left_out.is_empty(), "{name}, section {}: {:?}", at + 1, small.left_out);
            read(&svg(&picture(&small)));
            pictures += 1;
        }
    }
    assert!(pictures > 15, "{pictures}");
}

const CASE: &str = r#"Case(title: "Two parts",
    documents: { "log": (title: "The log", reliability: A), "memo": (title: "The memo", reliability: B, cite: 9) },
    claims: {
        "first": (text: "It was first.", evidence: [Supports(from: "log", undercut_by: [(from: "memo")])]),
        "second": (text: "It was second.", evidence: [Supports(from: "log"), Opposes(from: "memo")]),
        "third": (text: "It was third."),
    },
    inferences: { "step": (given: ["first", "second"], to: "third", effect: Supports) },
    report: (sections: [(title: "One", claims: ["first", "second"]), (title: "Two", claims: ["third"])]),
)"#;

fn ids(scene: &evigraph::internals::diagram::Scene) -> BTreeSet<&str> {
    scene.nodes.iter().map(|node| node.id.as_str()).collect()
}

/// The second section has its statement, the step to it with both premises, and no source: those are cited. In the first, the
/// undercut of a source is drawn, since no number could say it.
#[test]
fn a_section_has_what_leads_to_its_statements() {
    let case = from_text(CASE.to_owned());
    let two = scene_of(&case, &section(1, Size::Readable)).expect("a scene");
    assert_eq!(ids(&two), BTreeSet::from(["first", "second", "third", "step"]));
    let second = two.nodes.iter().find(|node| node.id == "second").expect("it is there");
    assert_eq!(second.facts, ["sources for: [10]", "sources against: [9]"]);
    let one = scene_of(&case, &section(0, Size::Readable)).expect("a scene");
    assert!(ids(&one).is_superset(&BTreeSet::from(["first", "second", "memo"])));
    assert!(!ids(&one).contains("log"));
    assert!(scene_of(&case, &section(2, Size::Readable)).is_none(), "there is no third");
}

#[test]
fn a_case_of_one_section_has_no_view_of_it_besides_the_argument() {
    assert_eq!(sections(&from_text(CASE.to_owned())), [View::Section(0), View::Section(1)]);
    let one = from_text(r#"Case(title: "One", claims: { "a": (text: "A.") })"#.to_owned());
    assert_eq!(sections(&one), []);
}
