//! What reading a case as of an earlier date leaves out.

use crate::engine::Engine;

use super::date::date_phrase;
use super::phrase::count_or_no;

/// The date as of which a case is read, if it is, with what that leaves out: `as of October 1998: 3 documents became known
/// later and are left out; 2 documents of unknown date count as known`.
pub fn as_of_phrase(engine: &Engine<'_>) -> Option<String> {
    let (case, scenario) = (engine.case(), engine.scenario());
    let date = date_phrase(scenario.as_of.as_ref()?);
    let later = match scenario.not_yet_known(case).count() {
        0 => "no document became known later".to_owned(),
        1 => "1 document became known later and is left out".to_owned(),
        later => format!("{later} documents became known later and are left out"),
    };
    let undated = case.undated().count();
    let verb = if undated == 1 { "counts" } else { "count" };
    let undated = match undated {
        0 => String::new(),
        undated => format!("; {} of unknown date {verb} as known", count_or_no(undated, "document")),
    };
    Some(format!("as of {date}: {later}{undated}"))
}
