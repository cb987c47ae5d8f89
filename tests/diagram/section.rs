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

/// Each flag beside `--section` does what it says or is refused in a sentence that says what to do.
#[test]
fn flags_beside_a_section_do_what_they_say_or_are_refused() {
    let desk = crate::report::command::Desk::new();
    let empty = r#"(title: "Empty", claims: []), (title: "Two""#;
    std::fs::write(desk.0.path().join("parts.ron"), CASE.replace(r#"(title: "Two""#, empty)).expect("it is written");
    std::fs::write(desk.0.path().join("bare.ron"), "Case(title: \"Bare\")").expect("it is written");
    let run = |file: &str, args: &[&str]| {
        let output = desk.run(&[&["diagram", file], args].concat());
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code(), format!("{out}{err}"))
    };
    let refused = [
        (vec!["--section", "0"], "sections are numbered from 1"),
        (vec!["--section", "none"], "sections are numbered from 1"),
        (vec!["--section", "1", "--hops", "2"], "cannot be used with"),
        (vec!["--section", "1", "--square"], "cannot be used with"),
        (vec!["--square"], "--square is for --view card"),
        (vec!["--section", "2"], "section 2 has no statements"),
        (vec!["--section", "4"], "the report has 3 sections"),
    ];
    for (args, words) in refused {
        let (code, said) = run("parts.ron", &args);
        assert_eq!(code, Some(2), "{args:?}: {said}");
        assert!(said.contains(words), "{args:?}: {said}");
    }
    assert!(run("bare.ron", &["--section", "1"]).1.contains("the report has no section"));
    // At most one box is one box, and what is left out is counted.
    let (code, drawn) = run("parts.ron", &["--section", "3", "--most", "1"]);
    assert_eq!((code, drawn.matches("<g class=\"node").count()), (Some(0), 1), "{drawn}");
    assert!(drawn.contains("Folded into the boxes that they lead to: 3 others"), "{drawn}");
}

/// Its number is what an untitled section has, and the overview says that there is nothing else.
#[test]
fn an_untitled_section_has_a_name_in_the_overview() {
    // What the third statement is about is drawn by itself.
    let sections = r#"[(title: "One", claims: ["first"]), (title: "", claims: ["second", "third"])]"#;
    let (head, _) = CASE.split_once("[(title:").expect("its sections");
    let case = from_text(format!("{head}{sections}),\n)"));
    let overview = scene_of(&case, &Request { view: View::Overview, ..Request::default() }).expect("a scene");
    assert!(
        overview.nodes.iter().any(|node| node.label.contains("2. Untitled") || node.heading.contains("2. Untitled"))
    );
}
