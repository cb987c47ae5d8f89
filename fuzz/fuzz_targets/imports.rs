//! Any bytes as a file of each format that is imported: what is read without an error is a case, and what is wrong has its place
//! in the file.

#![no_main]

use evigraph::internals::exchange::{Format, Known, add_file, whole};
use evigraph::{Input, Sources, load};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in Format::imported() {
        let sources = Sources::new();
        let (file, wrong) = add_file(&sources, &format!("file.{}", format.extensions[0]), bytes.to_vec());
        let Some(import) = format.import.filter(|_| wrong.is_none()) else { continue };
        let imported = import(&[file], &sources, Known(None));
        for span in imported.diagnostics.iter().filter_map(|problem| problem.span) {
            assert!(sources.file(file).text().get(span.range()).is_some(), "{span:?}");
        }
        if !imported.has_errors() {
            let text = whole(&imported, "Imported");
            let loaded = load(Input::Text { name: "case.ron".to_owned(), text: text.clone() }).expect("a text can be read");
            assert!(loaded.case.is_some(), "{}: {text}\n{:?}", format.name, loaded.diagnostics);
        }
    }
});
