//! Bytes as choices, which make a well-formed case: every answer and every output, with what has to hold of each.
//!
//! A case has up to a dozen statements, and the engine little time, so that each run takes milliseconds: what is looked for
//! is a panic, a broken invariant, or a shape that takes a thousand times as long as its neighbours.

#![no_main]

#[path = "../choices.rs"]
mod choices;

use choices::Choices;
use evigraph::internals::diagram::{Cluster, Direction, Request, View, dot, mermaid, picture, scene, svg};
use evigraph::internals::escape::letters;
use evigraph::internals::report::{document, html, markdown};
use evigraph::{Budget, Case, Engine, Input, Method, Remarks, Scenario, load};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = Choices(bytes).case();
    let loaded = load(Input::Text { name: "case.ron".to_owned(), text }).expect("a text can be read");
    let remarks = Remarks::of(&loaded);
    let Some(case) = &loaded.case else { return };
    parses_back(case);
    let engine = Engine::with_method(case, Scenario::default(), Method::Auto, Budget::seconds(0.05));
    answers_hold(&engine);
    let shown = [document(&engine, &remarks)].into_iter().flatten().flat_map(|one| [markdown(&one), html(&one)]);
    shown.chain(pictures(&engine)).for_each(|text| hides_nothing(&text));
});

/// What is printed is the same case.
fn parses_back(case: &Case) {
    let printed = evigraph::print(case);
    let again = load(Input::Text { name: "again.ron".to_owned(), text: printed.clone() }).expect("a text can be read");
    let again = again.case.unwrap_or_else(|| panic!("it was a case: {printed}"));
    assert_eq!(evigraph::print(&again), printed);
}

/// The four degrees of a statement are a whole, and a case for a claim needs something that speaks for it.
fn answers_hold(engine: &Engine<'_>) {
    let Ok(answer) = engine.answer_all(true) else { return };
    for one in &answer.statements {
        let of = one.assessment.degrees;
        let sum = of.in_favour + of.against + of.conflict + of.ignorance;
        assert!((sum - 1.0).abs() < 1e-9, "{of:?}");
        assert!([of.in_favour, of.against, of.conflict, of.ignorance].iter().all(|degree| *degree >= -1e-12), "{of:?}");
    }
}

fn pictures(engine: &Engine<'_>) -> Vec<String> {
    let Ok(answer) = engine.answer_all(false) else { return Vec::new() };
    let view = |view| {
        let request = Request { view, cluster: Some(Cluster::Kind), direction: Direction::Up, ..Request::default() };
        scene(engine, &answer, &request).ok()
    };
    let scenes = View::EVERY.into_iter().filter_map(view);
    scenes.flat_map(|scene| [svg(&picture(&scene)), dot(&scene), mermaid(&scene)]).collect()
}

fn hides_nothing(text: &str) {
    let hidden = letters(text).find(|one| one.is_hidden && one.letter != '\n');
    assert_eq!(hidden, None, "{text:?}");
}
