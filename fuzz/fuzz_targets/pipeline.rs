//! Bytes as choices, which make a well-formed case: every answer and every output, with what has to hold of each.
//!
//! A case has up to a dozen statements, and the engine little time, so that each run takes milliseconds: what is looked for
//! is a panic, a broken invariant, or a shape that takes a thousand times as long as its neighbours.

#![no_main]

use std::fmt::Write as _;

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
        let request = Request {
            view,
            focus: None,
            select: Vec::new(),
            cluster: Some(Cluster::Kind),
            collapse: false,
            direction: Direction::Up,
        };
        scene(engine, &answer, &request).ok()
    };
    let scenes = View::EVERY.into_iter().filter_map(view);
    scenes.flat_map(|scene| [svg(&picture(&scene)), dot(&scene), mermaid(&scene)]).collect()
}

fn hides_nothing(text: &str) {
    let hidden = letters(text).find(|one| one.is_hidden && one.letter != '\n');
    assert_eq!(hidden, None, "{text:?}");
}

/// Bytes that decide, one after another; when they are used up, every choice is the first.
struct Choices<'b>(&'b [u8]);

impl Choices<'_> {
    /// From 0 to below `end`.
    fn below(&mut self, end: usize) -> usize {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(first) % end.max(1)
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    /// A list of up to `most` ids of a sort, numbered below `end`.
    fn ids(&mut self, sort: char, end: usize, most: usize) -> String {
        let count = if end == 0 { 0 } else { self.below(most + 1) };
        (0..count).map(|_| format!("\"{sort}{}\", ", self.below(end))).collect()
    }

    fn words(&mut self) -> &'static str {
        self.pick(&["A text.", "<b>\u{202e}x\u{ad}", "“Quoted” \\\" | `code`", "م\u{200c}ی", "a\nb\tc", "%%{init}%% --> &lt;"])
    }

    fn attacks(&mut self, field: &str, statements: usize, sources: usize) -> String {
        match self.below(4) {
            0 if statements > 0 => format!(", {field}: [(from: \"c{}\", strength: Weak)]", self.below(statements)),
            1 if sources > 0 => format!(", {field}: [(from: \"d{}\")]", self.below(sources)),
            _ => String::new(),
        }
    }

    fn case(&mut self) -> String {
        let (sources, statements, inferences) = (1 + self.below(6), 1 + self.below(12), self.below(4));
        let mut text = format!("Case(title: \"{}\", documents: {{", self.words());
        for index in 0..sources {
            let (title, kind) = (self.words(), self.pick(&["Cable", "Archive", "Testimony", "Other(\"x\")"]));
            let reliability = self.pick(&["A", "C", "0.5", "1.0", "0.0"]);
            let (derives, rests) = (self.ids('d', sources, 2), self.ids('d', sources, 1));
            let (supersedes, withheld) = (self.ids('d', sources, 1), self.pick(&["None", "Partial", "Full"]));
            let attacks = self.attacks("impeached_by", statements, sources);
            let _ = write!(
                text,
                "\"d{index}\": (title: \"{title}\", kind: {kind}, reliability: {reliability}, derives_from: [{derives}], \
                 rests_on: [{rests}], supersedes: [{supersedes}], withheld: {withheld}{attacks}),"
            );
        }
        text += "}, claims: {";
        for index in 0..statements {
            let words = self.words();
            let _ = write!(text, "\"c{index}\": (text: \"{words}\", evidence: [");
            for _ in 0..self.below(4) {
                let (effect, manner) = (self.pick(&["Supports", "Opposes"]), self.pick(&["Account", "Exhibit", "Silence"]));
                let from = if self.below(3) == 0 { format!("c{}", self.below(statements)) } else { format!("d{}", self.below(sources)) };
                let manner = if from.starts_with('d') { format!(", as: {manner}") } else { String::new() };
                let attacks = self.attacks("undercut_by", statements, sources);
                let _ = write!(text, "{effect}(from: \"{from}\"{manner}{attacks}),");
            }
            let (entails, rivals) = (self.ids('c', statements, 2), self.ids('c', statements, 2));
            let parts = self.pick(&["all_of", "any_of", "one_of"]);
            let of = self.ids('c', statements, 3);
            let assumed = self.pick(&["", "", ", assumed: Weak"]);
            let _ = write!(text, "], entails: [{entails}], rivals: [{rivals}], {parts}: [{of}]{assumed}),");
        }
        text += "}, inferences: {";
        for index in 0..inferences {
            let (given, rejected) = (self.ids('c', statements, 3), self.ids('c', statements, 1));
            let (to, effect) = (self.below(statements), self.pick(&["Supports", "Opposes"]));
            let attacks = self.attacks("undercut_by", statements, sources);
            let _ = write!(
                text,
                "\"i{index}\": (given: [{given}], given_rejected: [{rejected}], to: \"c{to}\", effect: {effect}{attacks}),"
            );
        }
        let claims = self.ids('c', statements, 3);
        let _ = write!(text, "}}, questions: {{\"q\": (text: \"{}\", claims: [{claims}])}})", self.words());
        text
    }
}
