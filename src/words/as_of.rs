//! What reading a case as of an earlier date leaves out.

use crate::engine::{Engine, Scenario};
use crate::model::{Case, DocumentId, Source};

use super::date::{date_phrase, day_phrase};
use super::phrase::{count_or_no, joined};

/// So many documents are named.
const NAMED: usize = 4;

/// The date as of which a case is read, if it is, with what that leaves out: `as of October 1998: 3 documents became known
/// later and are left out; 2 documents of unknown date count as known`.
pub fn as_of_phrase(engine: &Engine<'_>) -> Option<String> {
    read_as_of(engine.case(), engine.scenario())
}

/// The same of a case that is read under a scenario.
pub fn read_as_of(case: &Case, scenario: &Scenario) -> Option<String> {
    let as_of = scenario.as_of.as_ref()?;
    // Of an interval or a set it is the last day that counts.
    let last = as_of.last_day().filter(|_| !as_of.is_one_date());
    let date = last.map_or_else(|| date_phrase(as_of), day_phrase);
    let later = match scenario.not_yet_known(case).count() {
        0 => "no document became known later".to_owned(),
        1 => "1 document became known later and is left out".to_owned(),
        later => format!("{later} documents became known later and are left out"),
    };
    let undated = scenario.undated(case).count();
    let verb = if undated == 1 { "counts" } else { "count" };
    let undated = match undated {
        0 => String::new(),
        undated => format!("; {} of unknown date {verb} as known", count_or_no(undated, "document")),
    };
    let waiting = waiting_phrase(case, &scenario.origin_not_yet_known(case));
    Some(format!("as of {date}: {later}{undated}{}", waiting.unwrap_or_default()))
}

/// Documents that were known already and do not hold, as what they go back to was not: `; known already, but not what they go
/// back to: brief (cable), digest (cable)`.
fn waiting_phrase(case: &Case, waiting: &[(DocumentId, Vec<Source>)]) -> Option<String> {
    let origins = |origins: &[Source]| joined(origins.iter().map(|&origin| case.source_key(origin).to_string()));
    let one = |(id, from): &(DocumentId, Vec<Source>)| format!("{} ({})", case.documents[*id].key, origins(from));
    let named = waiting.iter().take(NAMED).map(one);
    let more = waiting.len().saturating_sub(NAMED);
    let named = joined(named.chain((more > 0).then(|| format!("{more} more"))));
    match waiting.len() {
        0 => None,
        1 => Some(format!("; known already, but not what it goes back to, so that it does not hold: {named}")),
        _ => Some(format!("; known already, but not what they go back to, so that they do not hold: {named}")),
    }
}
