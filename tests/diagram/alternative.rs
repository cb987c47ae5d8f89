//! Every picture is described in words, in every format that has a place for them.

use evigraph::internals::compare::Limit;
use evigraph::internals::diagram::{
    CardShape, Picture, Request, card_picture, history_picture, mermaid, page_views, pdf, picture, scene, svg,
    svg_outlined, timeline_picture, verdict_card,
};
use evigraph::internals::history::{Options, history};
use evigraph::{Engine, Scenario};

use super::cases::shipped;

/// The title and the description of an SVG.
fn description_of(svg: &str) -> (String, String) {
    let document = roxmltree::Document::parse(svg).expect("it is XML");
    let root = document.root_element();
    assert!(root.attribute("role").is_some_and(|role| role == "img"));
    let of = |name: &str| {
        let found = root.children().find(|node| node.tag_name().name() == name);
        found.and_then(|node| node.text()).unwrap_or_default().to_owned()
    };
    (of("title"), of("desc"))
}

fn assert_reported(name: &str, picture: &Picture) {
    for svg in [svg(picture), svg_outlined(picture)] {
        let (title, description) = description_of(&svg);
        assert!(title.len() > 3 && description.len() > 20, "{name}: {title}: {description}");
    }
    let pdf = pdf(picture).expect("it is written");
    let has = |part: &[u8]| pdf.windows(part.len()).any(|window| window == part);
    assert!(has(b"/Figure") && has(b"/Alt"), "{name}");
}

#[test]
fn every_view_is_described_in_words() {
    for (name, case) in
        shipped().into_iter().filter(|(name, _)| ["law", "history", "two-sources"].contains(&name.as_str()))
    {
        let engine = Engine::new(&case, Scenario::default());
        let answer = engine.answer_all(false).expect("it is small enough");
        for view in page_views(&engine) {
            let Ok(scene) = scene(&engine, &answer, &Request { view, ..Request::default() }) else { continue };
            assert_reported(&format!("{name}, {}", view.id()), &picture(&scene));
            let mermaid = mermaid(&scene);
            for words in ["  accTitle: ", "  accDescr: "] {
                let line = mermaid.lines().find_map(|line| line.strip_prefix(words)).expect(words);
                assert!(line.len() > 3, "{name}: {line}");
            }
        }
        if let Ok(card) = verdict_card(&engine, &answer, None) {
            assert_reported(&format!("{name}, card"), &card_picture(&card, CardShape::Wide));
        }
        if let Some(timeline) = timeline_picture(&engine, &answer, &[]) {
            assert_reported(&format!("{name}, timeline"), &timeline.picture);
        }
        let (statements, questions) = (case.statements.ids().collect(), case.questions.ids().collect());
        let options = Options { settle: false, limit: Limit { each: 4, in_all: 4 } };
        let history = history(&engine, (&statements, &questions), options).expect("it is small enough");
        assert_reported(&format!("{name}, history"), &history_picture(&engine, &history).picture);
    }
}
