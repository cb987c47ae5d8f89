//! Edits of a case as an editor makes them: after each, what the language server is asked for is answered, and every place in
//! an answer is a place in the text.

#![no_main]

use evigraph::internals::assist::{OutlinedCase, complete, look_up};
use evigraph::internals::authoring::Outline;
use evigraph::{Disk, Input, Loaded, load};
use libfuzzer_sys::fuzz_target;

const FIRST: &str = include_str!("../../graphs/two-sources.ron");

fuzz_target!(|edits: Vec<(u16, u8, String)>| {
    let mut text = FIRST.to_owned();
    for (at, length, piece) in edits.iter().take(8) {
        let start = text.floor_char_boundary(usize::from(*at) % (text.len() + 1));
        let end = text.ceil_char_boundary((start + usize::from(*length)).min(text.len()));
        text.replace_range(start..end, piece);
        answers_hold(&text, start + piece.len());
    }
});

fn read(text: &str) -> Loaded {
    load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("a text can be read")
}

fn answers_hold(text: &str, cursor: usize) {
    let outline = Outline::of(text);
    for (piece, id) in outline.ids() {
        assert!(text.get(piece.bytes.clone()).is_some(), "{id} at {piece:?}");
    }
    let loaded = read(text);
    for problem in &loaded.diagnostics {
        let places = problem.span.iter().chain(problem.related.iter().map(|(span, _)| span));
        let edits = problem.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.span);
        for span in places.chain(edits) {
            assert!(text.get(span.range()).is_some(), "{problem:?}");
        }
    }
    let case = OutlinedCase::new(loaded);
    let Some(file) = case.files().next() else { return };
    let _ = complete(&case, file, cursor, None, &Disk);
    let _ = look_up(&case, file, cursor, None, &[]).map(|found| found.markdown(None));
}
