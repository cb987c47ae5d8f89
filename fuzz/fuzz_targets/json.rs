//! Any bytes as a case in JSON: reading ends, places are in the file, no fix makes what is JSON something else, and what is
//! a case comes back from its export.

#![no_main]

use evigraph::internals::diagnostic::{Look, edited, human};
use evigraph::{Input, check, export_json, load, print};
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;

fn read(text: &str) -> evigraph::Loaded {
    load(Input::Text { name: "case.json".to_owned(), text: text.to_owned() }).expect("a text can be read")
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

fuzz_target!(|text: &str| {
    let loaded = check(read(text));
    human(&loaded.diagnostics, &loaded.sources, Look::default());
    let (file, _) = loaded.sources.iter().next().expect("a file");
    for fix in loaded.diagnostics.iter().flat_map(|problem| &problem.fixes) {
        assert!(!is_json(text) || is_json(&edited(file, text, &fix.edits)), "{fix:?}");
    }
    if let Some(case) = &loaded.case {
        assert!(is_json(text) || text.starts_with('\u{feff}'), "a case is JSON");
        let again = read(&export_json(case)).case.expect("what is exported is a case");
        assert_eq!(print(&again), print(case));
    }
});
