//! Any text as a date: what is read is shown as it was written, and overlaps itself.

#![no_main]

use evigraph::Period;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(period) = Period::parse(text) {
        assert_eq!(period.as_str(), text);
        assert!(period.overlaps(&period), "{text}");
        let _ = period.spans_years();
    }
});
