//! Any text as a file to lay out: what is laid out is laid out already, and says the same.

#![no_main]

use evigraph::{Input, format, load, print};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for name in ["case.ron", "case.json"] {
        let Ok(formatted) = format(name, text) else { continue };
        assert_eq!(format(name, &formatted).ok().as_deref(), Some(&*formatted), "{text:?}");
        let said = |text: &str| {
            let input = Input::Text { name: name.to_owned(), text: text.to_owned() };
            let loaded = load(input).expect("a text can be read");
            let codes: Vec<&str> = loaded.diagnostics.iter().map(|problem| problem.code.name()).collect();
            (loaded.case.as_ref().map(print), codes.len())
        };
        let (before, after) = (said(text), said(&formatted));
        assert_eq!(before.0, after.0, "{text:?}\n{formatted:?}");
        assert!(before.0.is_none() || before.1 == after.1, "{text:?}\n{formatted:?}");
    }
});
