//! Pictures of large cases: what they are about is drawn, the rest is folded or piled, and counted.

use std::fmt::Write as _;

use evigraph::Case;
use evigraph::internals::diagram::{Figure, Focus, Request, Scene, Sign, Size, Subject, View};
use evigraph::internals::model::Node;

use super::cases::{from_text, scene_of, shipped};
use super::sum;

/// The boxes of an argument: questions, statements, inferences.
fn boxes(scene: &Scene) -> usize {
    scene.nodes.iter().filter(|n| n.mark.is_some() || matches!(n.figure, Figure::Question | Figure::Inference)).count()
}

fn has(scene: &Scene, id: &str) -> bool {
    scene.nodes.iter().any(|node| node.id == id)
}

/// One register that speaks to 160 entries.
fn hub() -> Case {
    let mut claims = String::new();
    for index in 0..160 {
        let _ = write!(claims, "\"c{index}\": (text: \"Entry {index}.\", evidence: [Supports(from: \"register\")]),");
    }
    from_text(format!(
        "Case(title: \"A register\", documents: {{\"register\": (title: \"Register\")}}, claims: {{{claims}}})"
    ))
}

/// 127 claims in seven layers, each of which rests on two of the layer below, and the last on five documents.
fn tree() -> Case {
    let documents: String = (0..5).map(|i| format!("\"d{i}\": (title: \"D{i}\", reliability: B),")).collect();
    let mut claims = String::new();
    for index in 0..127 {
        let from = |id: String| format!("Supports(from: \"{id}\"),");
        let evidence = if index < 63 {
            from(format!("c{}", 2 * index + 1)) + &from(format!("c{}", 2 * index + 2))
        } else {
            from(format!("d{}", index % 5))
        };
        let _ = write!(claims, "\"c{index}\": (text: \"Claim {index}.\", evidence: [{evidence}]),");
    }
    from_text(format!(
        "Case(title: \"A tree\", documents: {{{documents}}}, claims: {{{claims}}}, questions: {{\"q\": (text: \"Q?\", claims: [\"c0\"])}})"
    ))
}

#[test]
fn a_focus_is_drawn_whatever_is_around_it() {
    let case = hub();
    let subject = Subject::Node(Node::Statement(case.statement("c0").expect("it is there")));
    for collapse in [false, true] {
        let focus = Some(Focus { subject, hops: 2 });
        let scene =
            scene_of(&case, &Request { view: View::All, focus, collapse, ..Request::default() }).expect("a scene");
        assert!(has(&scene, "c0"), "the focus is drawn");
        let pile = scene.nodes.iter().find(|node| node.figure == Figure::Pile).expect("what the hub brings");
        assert_eq!(pile.heading, "159 statements");
        let line = |from: &str, to: &str| {
            scene
                .edges
                .iter()
                .any(|edge| (scene.nodes[edge.from].id.as_str(), scene.nodes[edge.to].id.as_str()) == (from, to))
        };
        assert!(line("register", "c0") && line("register", &pile.id), "{:?}", scene.edges);
    }
}

#[test]
fn past_60_boxes_an_argument_keeps_what_is_near_to_the_headlines_and_says_what_is_folded() {
    let case = tree();
    let of = |size: Size| scene_of(&case, &Request { size, ..Request::default() }).expect("a scene");
    let (whole, folded, few) = (of(Size::Full), of(Size::Readable), of(Size::Most(12)));
    assert_eq!(boxes(&whole), 128, "127 claims and their question");
    for (scene, most) in [(&folded, 60), (&few, 12)] {
        assert_eq!(boxes(scene), most);
        assert!(has(scene, "q") && has(scene, "c0"), "the question and its headline");
        let note = scene.left_out.iter().find(|note| note.words.starts_with("Folded into")).expect("it is counted");
        let folded_in_boxes: usize = (scene.nodes.iter().flat_map(|node| &node.facts))
            .filter(|fact| fact.starts_with("folded into it"))
            .map(|fact| sum(fact))
            .sum();
        assert_eq!((folded_in_boxes, sum(&note.words)), (boxes(&whole) - most, boxes(&whole) - most));
        // Whatever of a tree is drawn, so is what it leads to.
        for index in (1..127).filter(|index| has(scene, &format!("c{index}"))) {
            assert!(has(scene, &format!("c{}", (index - 1) / 2)), "c{index} leads somewhere");
        }
    }
    assert!(!whole.left_out.iter().any(|note| note.words.starts_with("Folded")));
}

/// Of two grounds of a headline the one whose sources decide is kept.
#[test]
fn the_decisive_is_kept_before_the_rest() {
    let case = from_text(
        r#"Case(title: "T", documents: { "weak": (title: "W", reliability: E), "strong": (title: "S", reliability: A) },
            claims: { "a": (text: "A", evidence: [Supports(from: "weak")]), "b": (text: "B", evidence: [Supports(from: "strong")]),
                "top": (text: "T", evidence: [Supports(from: "a", strength: Weak), Supports(from: "b", strength: Strong)]) },
            questions: { "q": (text: "Q?", claims: ["top"]) })"#
            .to_owned(),
    );
    let scene = scene_of(&case, &Request { size: Size::Most(3), ..Request::default() }).expect("a scene");
    assert!(has(&scene, "top") && has(&scene, "b") && !has(&scene, "a"));
    assert!(has(&scene, "strong") && !has(&scene, "weak"), "a source of nothing that is drawn is not drawn");
    let top = scene.nodes.iter().find(|node| node.id == "top").expect("the headline");
    assert!(top.facts.contains(&"folded into it: 1 statement".to_owned()), "{:?}", top.facts);
}

#[test]
fn an_overview_has_headlines_sections_and_the_sources_that_matter_most() {
    for (name, case) in shipped() {
        let Some(scene) = scene_of(&case, &Request { view: View::Overview, ..Request::default() }) else { continue };
        let headlines =
            case.questions.values().map(|question| case.statements[case.canonical(question.headline)].key.as_str());
        for headline in headlines {
            let at =
                scene.nodes.iter().position(|node| node.id == headline).unwrap_or_else(|| panic!("{name}: {headline}"));
            assert!(scene.edges.iter().any(|edge| edge.to == at && edge.sign == Sign::Headline), "{name}");
        }
        let sources =
            scene.nodes.iter().filter(|n| n.mark.is_none() && !matches!(n.figure, Figure::Question | Figure::Pile));
        assert!(sources.count() <= 3, "{name}");
        let drawn: usize =
            scene.nodes.iter().filter(|node| node.figure == Figure::Pile).map(|node| sum(&node.heading)).sum();
        assert_eq!(drawn + scene.nodes.iter().filter(|n| n.mark.is_some()).count(), case.statements.len(), "{name}");
        assert!(scene.nodes.len() <= 40, "{name}: one screen");
    }
}

/// A question of many claims keeps its headline, and the others are one pile: a row of hundreds of boxes is no picture.
#[test]
fn many_claims_of_one_question_are_piled() {
    let claims: String = (0..200).map(|at| format!("\"c{at}\": (text: \"Entry {at}.\"),")).collect();
    let ids: Vec<String> = (0..200).map(|at| format!("\"c{at}\"")).collect();
    let case = from_text(format!(
        "Case(title: \"Many\", claims: {{ {claims} }}, questions: {{ \"q\": (text: \"Q?\", claims: [{}]) }})",
        ids.join(", ")
    ));
    let all = scene_of(&case, &Request { view: View::All, ..Request::default() }).expect("a scene");
    // The headline is the last claim, the strongest.
    assert_eq!(all.nodes.len(), 3, "{:?}", all.nodes.iter().map(|node| &node.id).collect::<Vec<_>>());
    assert!(has(&all, "q") && has(&all, "c199"));
}

/// So many questions about one claim.
fn asked(questions: usize) -> Case {
    let questions: String =
        (0..questions).map(|at| format!("\"q{at:03}\": (text: \"Question {at}?\", claims: [\"c\"]),")).collect();
    from_text(format!(
        "Case(title: \"Many\", documents: {{ \"d\": (title: \"D\", reliability: A) }}, claims: {{ \"c\": (text: \"C\", evidence: [Supports(from: \"d\", as: Exhibit)]) }}, questions: {{ {questions} }})"
    ))
}

/// Of very many questions the first are drawn, the others are one box, which says how many they are and what was found.
#[test]
fn many_questions_are_piled() {
    let case = asked(300);
    let of = |view: View, size: Size| scene_of(&case, &Request { view, size, ..Request::default() }).expect("a scene");
    let questions = |scene: &Scene| scene.nodes.iter().filter(|node| node.figure == Figure::Question).count();
    for view in [View::All, View::Overview] {
        let scene = of(view, Size::Readable);
        assert_eq!(questions(&scene), 12, "{}", view.name());
        let pile = scene.nodes.iter().find(|node| node.label == "Further questions").expect("the others");
        assert_eq!(
            (pile.heading.as_str(), pile.facts.as_slice()),
            ("288 questions", &["288 confirmed".to_owned()][..])
        );
    }
    let argument = of(View::Argument, Size::Readable);
    assert_eq!(questions(&argument), 12);
    let claim = argument.nodes.iter().find(|node| node.id == "c").expect("what they are about");
    assert!(claim.facts.contains(&"folded into it: 288 questions".to_owned()), "{:?}", claim.facts);
    assert_eq!(questions(&of(View::Argument, Size::Full)), 300);
    // A case with a few has them all.
    let few = asked(14);
    let all = scene_of(&few, &Request { view: View::All, ..Request::default() }).expect("a scene");
    assert_eq!(questions(&all), 14);
}
