//! The cases that pictures are made of: those that are shipped, one full of hostile words, one with many nodes.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use evigraph::Case;
use evigraph::internals::diagram::{Request, Scene, View, scene};
use evigraph::{Engine, Scenario};
use evigraph::{Input, load};

pub const VIEWS: [View; 6] = View::EVERY;

/// Every case in `graphs/`, by its name.
pub fn shipped() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs");
    let entries = fs::read_dir(folder).expect("graphs/ is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.sort();
    assert!(paths.len() > 5, "graphs/ was found");
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    paths.into_iter().map(|path| (name(&path), read(Input::Path(path)))).collect()
}

pub fn from_text(text: String) -> Case {
    read(Input::Text { name: "case.ron".to_owned(), text })
}

fn read(input: Input) -> Case {
    let loaded = load(input).expect("it can be read");
    loaded.case.unwrap_or_else(|| panic!("it is well formed: {:?}", loaded.diagnostics))
}

/// The scene of a view, with degrees and verdicts alone; none if the view is empty.
pub fn scene_of(case: &Case, request: &Request) -> Option<Scene> {
    let judge = Engine::new(case, Scenario::default());
    let answer = judge.answer_all(false).expect("it is small enough");
    scene(&judge, &answer, request).ok()
}

/// The same with some of it left out.
pub fn scene_under(case: &Case, scenario: Scenario, request: &Request) -> Scene {
    let judge = Engine::new(case, scenario);
    let answer = judge.answer_all(false).expect("it is small enough");
    scene(&judge, &answer, request).expect("a scene")
}

/// Words that try to get out of every format.
pub const HOSTILE: &str = r#"</title></text><script>document.documentElement.dataset.broken=1</script>\"']]>--> ]; n0 -> n1; %%{init: {}}%% \\N &quot;&#60;img src=x onerror=document.documentElement.dataset.broken=1>"#;

/// A case with [`HOSTILE`] in every field that takes words.
pub fn hostile() -> Case {
    let words = format!("r##\"{HOSTILE}\"##");
    let text = r#"Case(
    title: W, summary: W,
    actors: {
        "one": (name: W, kind: Other(W), aliases: [W], tags: [W], note: W, reliability: B),
        "two": (name: W, kind: Other(W), part_of: "one"),
    },
    documents: {
        "paper": (title: W, kind: Other(W), by: ["one"], derives_from: ["one"], url: W, locator: W, note: W, withheld: Heavy,
                  collection: "archive", reliability: B, places: [W], tags: [W], impeached_by: [(from: "other")]),
        "other": (title: W, kind: Other(W), reliability: A),
        "archive": (title: W, kind: Archive),
    },
    claims: {
        "first": (text: W, kind: Interpretation, evidence: [Supports(from: "paper", at: W, quote: W, undercut_by: [(from: "second")])],
                  rivals: ["second"], note: W, tags: [W]),
        "second": (text: W, kind: Record, evidence: [Opposes(from: "other", quote: W, at: W)]),
        "third": (text: W, kind: Generalisation, all_of: ["first", "fourth"]),
        "fourth": (text: W, evidence: [Supports(from: "other", relies_on: ["two"])]),
    },
    relationships: { "tie": (from: "one", to: "two", kind: Other(W), evidence: [Supports(from: "paper")], note: W) },
    inferences: { "step": (given: ["first"], given_rejected: ["second"], to: "third", effect: Supports, scheme: W, note: W) },
    questions: { "q": (text: W, claims: ["first", "third"]) },
    report: (sections: [(title: W, claims: ["first", "third"], text: W)]),
)"#;
    from_text(
        text.replace("W,", &format!("{words},"))
            .replace("W)", &format!("{words})"))
            .replace("W]", &format!("{words}]")),
    )
}

/// A case of `claims` claims in layers, two documents to three claims, inferences and some of everything else.
pub fn large(claims: usize) -> Case {
    layered(claims, 31)
}

/// The same with other documents for the same claims.
pub fn layered(claims: usize, stride: usize) -> Case {
    let mut text = String::from("Case(\n    title: \"A generated case\",\n    documents: {\n");
    let documents = claims * 2 / 3;
    for index in 0..documents {
        let origin =
            if index.is_multiple_of(3) { String::new() } else { format!(", derives_from: [\"d{}\"]", index / 3) };
        let _ = writeln!(
            text,
            "        \"d{index}\": (title: \"Document number {index} of the generated case\", reliability: B{origin}),"
        );
    }
    text.push_str("    },\n    claims: {\n");
    for index in 0..claims {
        let effect = if index % 7 == 6 { "Opposes" } else { "Supports" };
        let also = if index.is_multiple_of(2) {
            format!(", Supports(from: \"d{}\")", (index * stride + 7) % documents)
        } else {
            String::new()
        };
        let entails = if index >= 20 && index.is_multiple_of(5) {
            format!(", entails: [\"c{}\"]", index / 2)
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "        \"c{index}\": (text: \"Claim number {index}, which says something that takes a line or two to \
             say\", evidence: [{effect}(from: \"d{}\"){also}]{entails}),",
            index % documents
        );
    }
    text.push_str("    },\n    inferences: {\n");
    for index in 0..claims / 12 {
        let _ = writeln!(
            text,
            "        \"i{index}\": (given: [\"c{}\", \"c{}\"], to: \"c{}\", effect: Supports, scheme: \"a step\"),",
            index * 3 + 20,
            index * 3 + 21,
            index % 10
        );
    }
    text.push_str("    },\n    questions: { \"q\": (text: \"What of it?\", claims: [\"c1\", \"c0\"]) },\n)\n");
    from_text(text)
}
