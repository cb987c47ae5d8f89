//! The verdict card: what stands on it, and that it fits.

use evigraph::internals::diagram::{CardError, CardShape, Subject, VerdictCard, card_picture, png, svg, verdict_card};
use evigraph::internals::model::Node;
use evigraph::{Case, Engine, Scenario};

use super::cases::{from_text, hostile, shipped};

fn card_of(case: &Case, subject: Option<Subject>) -> Result<VerdictCard, CardError> {
    let engine = Engine::new(case, Scenario::default());
    let answer = engine.answer_all(true).expect("it is small enough");
    verdict_card(&engine, &answer, subject)
}

const SHAPES: [(CardShape, f64); 2] = [(CardShape::Wide, 630.0), (CardShape::Square, 1200.0)];

/// The lines of a card: words, left, top, right, bottom.
fn lines(drawn: &str) -> Vec<(String, [f64; 4])> {
    let document = roxmltree::Document::parse(drawn).expect("it is XML");
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|text| {
            let number = |name: &str| text.attribute(name).expect("a number").parse::<f64>().expect("a number");
            let (x, y, size, long) = (number("x"), number("y"), number("font-size"), number("textLength"));
            (text.text().expect("words").to_owned(), [x, y - 0.75 * size, x + long, y + 0.2 * size])
        })
        .collect()
}

fn assert_fits(name: &str, card: &VerdictCard) {
    for (shape, height) in SHAPES {
        let lines = lines(&svg(&card_picture(card, shape)));
        assert!(lines.len() > 5, "{name}: words were found");
        for (index, (words, [left, top, right, bottom])) in lines.iter().enumerate() {
            assert!(
                *left >= 50.0 && *right <= 1150.0 && *top >= 20.0 && *bottom <= height - 10.0,
                "{name} {shape:?}: {words}"
            );
            for (others, [l, t, r, b]) in &lines[index + 1..] {
                let overlap = left < r && l < right && top < b && t < bottom;
                assert!(!overlap, "{name} {shape:?}: {words:?} and {others:?} overlap");
            }
        }
    }
}

#[test]
fn cards_of_shipped_cases_fit() {
    let mut seen = 0;
    for (name, case) in shipped() {
        for question in case.questions.ids() {
            assert_fits(&name, &card_of(&case, Some(Subject::Question(question))).expect("a card"));
            seen += 1;
        }
        let first = case.statements.ids().next().expect("a statement");
        assert_fits(&name, &card_of(&case, Some(Subject::Node(Node::Statement(first)))).expect("a card"));
    }
    assert!(seen > 8, "questions were found");
    let card = card_of(&hostile(), None).expect("a card");
    assert_fits("hostile", &card);
    let drawn = svg(&card_picture(&card, CardShape::Wide));
    assert!(!drawn.contains("<script"), "words stay words");
}

#[test]
fn a_card_says_what_was_found_and_what_weighs_most() {
    let case = from_text(
        r#"Case(title: "The mill", documents: {
            "log": (title: "The log", reliability: A, withheld: 0.25), "diary": (title: "The diary", reliability: B),
            "rumour": (title: "A rumour", reliability: D),
        }, claims: {
            "burnt": (text: "The mill burnt down.", evidence: [Supports(from: "log"), Supports(from: "diary"), Opposes(from: "rumour", strength: Weak)]),
            "arson": (text: "It was set on fire.", evidence: [Opposes(from: "log")]),
        }, questions: { "q": (text: "What became of the mill?", claims: ["burnt", "arson"]) })"#
            .to_owned(),
    );
    let card = card_of(&case, None).expect("a card");
    assert_eq!((card.question.as_str(), card.lists.len()), ("What became of the mill?", 1));
    // The stronger claim is the last of a question's, and its headline unless another is named.
    let headline = &case.statements[case.questions.values().next().expect("a question").headline];
    let other = if headline.text.starts_with("It was") { "The mill burnt down." } else { "It was set on fire." };
    let description = card_picture(&card, CardShape::Wide).alternative();
    let quoted = format!(": “{}”. ", other.trim_end_matches('.'));
    assert!(description.starts_with("What became of the mill? ") && description.contains(&quoted), "{description}");
    assert_eq!(card.lists[0].claims, [other]);
    let of_claim = |id: &str| {
        let subject = Subject::Node(Node::Statement(case.statement(id).expect("it is there")));
        card_of(&case, Some(subject)).expect("a card")
    };
    let burnt = of_claim("burnt");
    // Of the two that speak for it the one of reliability A weighs more than the one of B.
    assert!(
        burnt.sources[0][0].ends_with("The log") && burnt.sources[0][1].ends_with("The diary"),
        "{:?}",
        burnt.sources
    );
    assert!(burnt.sources[1].len() == 1 && burnt.sources[1][0].ends_with("A rumour"), "{:?}", burnt.sources);
    assert!(burnt.withheld.starts_with("Withheld in part: ") && burnt.withheld.contains("25%"), "{}", burnt.withheld);
    for words in [&burnt.finding, &burnt.withheld, &burnt.sources[0][0]] {
        assert!(burnt.alternative().contains(words.as_str()), "{words} is described to those who do not see it");
    }
    let drawn = svg(&card_picture(&burnt, CardShape::Wide));
    assert!(drawn.contains("<desc>") && drawn.contains("<title>The mill burnt down.</title>"));
    assert!(matches!(
        card_of(&from_text("Case(title: \"T\", claims: {\"a\": (text: \"A\")})".to_owned()), None),
        Err(CardError::NoQuestion)
    ));
    let source = Subject::Node(case.source("log").expect("it is there").into());
    assert!(matches!(card_of(&case, Some(source)), Err(CardError::NoVerdict(_))));
}

/// Letters are as large as there is room for: the less there is to say, the larger.
#[test]
fn a_card_is_filled() {
    for name in ["elimination", "strong-and-weak", "law", "declassified"] {
        let (_, case) = shipped().into_iter().find(|(shipped, _)| shipped == name).expect("it is shipped");
        let card = card_of(&case, None).expect("a card");
        for (shape, height) in SHAPES {
            let drawn = svg(&card_picture(&card, shape));
            let document = roxmltree::Document::parse(&drawn).expect("it is XML");
            let foot =
                |node: &roxmltree::Node<'_, '_>| node.parent().and_then(|part| part.attribute("class")) == Some("foot");
            let lines = document.descendants().filter(|node| node.has_tag_name("text") && !foot(node));
            let lowest = lines.map(|line| line.attribute("y").expect("a place").parse::<f64>().expect("a number"));
            let lowest = lowest.fold(0.0, f64::max);
            assert!(lowest > 0.6 * height, "{name}: {lowest} of {height}");
        }
    }
}

#[test]
fn a_card_has_the_pixels_that_networks_ask_for() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "declassified").expect("it is shipped");
    let card = card_of(&case, None).expect("a card");
    for (shape, height) in SHAPES {
        let pixels = png(&card_picture(&card, shape), 1.0).expect("a picture");
        let number = |at: usize| u32::from_be_bytes(pixels[at..at + 4].try_into().expect("four bytes"));
        assert_eq!((number(16), f64::from(number(20))), (1200, height));
    }
}
