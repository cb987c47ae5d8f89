//! That the number of threads changes nothing: neither the model, nor a message, nor their order.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::input::Input;
use super::load::load_on;
use super::threads::Threads;

/// Everything that comes of loading, as text.
fn loaded(input: Input, threads: usize) -> String {
    let loaded = load_on(input, &crate::source::Disk, Threads::with_small_pieces(threads)).expect("it can be read");
    format!("{:#?}\n{:#?}\n{:?}", loaded.diagnostics, loaded.case, loaded.allowances)
}

fn is_alike(input: &Input) {
    let alone = loaded(input.clone(), 1);
    for threads in [2, 3, 5] {
        assert!(loaded(input.clone(), threads) == alone, "{threads} threads differ on {input:?}");
    }
}

fn text(text: String) -> Input {
    Input::Text { name: "case.ron".to_owned(), text }
}

/// The case files in a folder of the package.
fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    entries.filter(|path| path.join("case.ron").is_file() || path.extension().is_some_and(|ron| ron == "ron")).collect()
}

#[test]
fn worked_cases_and_broken_ones() {
    let cases = [cases("graphs"), cases("tests/bad")].concat();
    assert!(cases.len() > 50, "the cases were found");
    cases.into_iter().for_each(|path| is_alike(&Input::Path(path)));
}

/// A case with everything that can be mistaken for an entry, or hide one.
fn entries(count: usize) -> String {
    let document = |index: usize| {
        format!(
            "\"d{index}\": (title: \"D\n\\\"x\\\": (\", reliability: 0.{},\n  note: r#\"\n\"d{}\": (title: \"no\"),\n\"#),\n",
            index % 10,
            index + 1
        )
    };
    let claim = |index: usize| {
        let (one, other) = (index * 7 % count, index * 3 % count);
        format!(
            "  \"c{index}\": (text: \"C\", // \"c{}\": (\n   evidence: [Supports(from: [\n\"d{one}\",\n\"c{other}\"]), Opposes(from: \
             \"d{other}\", undercut_by: [(from: \"d{one}\")])],\n allow: [\"one-sided\"]),\n",
            index + 1
        )
    };
    let documents: String = (0..count).map(document).collect();
    let claims: String = (0..count).map(claim).collect();
    format!(
        "Case(title: \"T\", documents: {{\n{documents}}},\nclaims: {{\n{claims}}}, questions: {{\n\"q\": (text: \"?\", claims: [\"c1\"])}})\n"
    )
}

#[test]
fn entries_in_texts_and_comments_are_none() {
    is_alike(&text(entries(40)));
}

#[test]
fn more_problems_than_are_kept() {
    let claims: String =
        (0..1500).map(|index| format!("\"c{index}\": (text: \"C\", evidence: [Supports(from: \"d\")]),\n")).collect();
    is_alike(&text(format!("Case(title: \"T\", claims: {{\n{claims}}})")));
}

const SLIPS: &[&str] =
    &["", "\"", "(", ")", "{", "}", "[", "]", ",", ":", "\n", "r#\"", "/*", "x", "\"d1\": (", "},\nclaims: {\n", "“"];

/// Something that a slip of the hand leaves behind.
fn slip() -> impl Strategy<Value = (prop::sample::Index, usize, &'static str)> {
    (any::<prop::sample::Index>(), 0..3_usize, prop::sample::select(SLIPS))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn cases_with_slips(slips in prop::collection::vec(slip(), 1..4)) {
        let mut written = entries(6);
        for (place, gone, word) in slips {
            let place = place.index(written.len());
            let (start, end) = (written.floor_char_boundary(place), written.ceil_char_boundary((place + gone).min(written.len())));
            written.replace_range(start..end, word);
        }
        is_alike(&text(written));
    }
}
