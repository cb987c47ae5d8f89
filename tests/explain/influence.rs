//! What a statement would be without each source.

use evigraph::EngineError;
use evigraph::internals::explain;
use evigraph::{Manner, Premise, StatementId};

use super::trial::{CLOSE, Trial};
use crate::brute::{Detail, in_words};

pub fn check(trial: &mut Trial<'_>, id: StatementId) -> Result<(), EngineError> {
    let influences = explain::influence(&trial.judge, id)?;
    let with = trial.assessment(id);
    for source in trial.case.sources() {
        let without = trial.without_sources(id, &[source]);
        let what = format!("without {}", trial.case.source_key(source));
        let mut listed = influences.iter().filter(|influence| influence.source == source);
        let most = |numbers: [f64; 4]| numbers.into_iter().map(f64::abs).fold(0.0, f64::max);
        let difference = most([
            with.degrees.in_favour - without.degrees.in_favour,
            with.degrees.against - without.degrees.against,
            with.degrees.conflict - without.degrees.conflict,
            with.degrees.ignorance - without.degrees.ignorance,
        ]);
        match listed.next() {
            Some(found) => {
                trial.same_verdict(id, &what, &found.degrees, found.detail, &without);
                trial.close(id, format!("{what}: shift"), found.shift, with.degrees.lead() - without.degrees.lead());
                let differs = difference > 1e-13 || with.detail != without.detail;
                trial.expect(differs, format!("{what}: listed, and makes no difference"));
            }
            None => {
                let same = difference <= 2.0 * CLOSE && with.detail == without.detail;
                trial.expect(same, format!("{what}: {without:?} of {}, and not listed", trial.name(id)));
            }
        }
        trial.expect(listed.next().is_none(), format!("{what}: listed twice"));
        trial.note(difference > CLOSE, "makes a difference");
        trial.note(difference == 0.0, "makes none");
        trial.note(merged(with.detail) != merged(without.detail), "turns the verdict");
        let exhibit = trial.case.statements[id]
            .evidence
            .iter()
            .any(|link| link.manner == Some(Manner::Exhibit) && link.from == Premise::Source(source));
        trial.note(exhibit && difference > CLOSE, "exhibit");
        let out = &trial.judgement_without(&[source]).out;
        trial.note(*out != trial.judgement.out && difference > CLOSE, "changes what is out");
    }
    for pair in influences.windows(2) {
        let [one, other] = pair else { unreachable!("windows of two") };
        let turns = [one, other].map(|of| merged(in_words(of.detail)) != merged(with.detail));
        let first = one.shift.abs() > other.shift.abs() - 2.0 * CLOSE;
        let in_order = (turns[0] && !turns[1]) || (turns[0] == turns[1] && first);
        trial.expect(in_order, format!("{one:?} before {other:?}"));
    }
    Ok(())
}

/// The two details of contested are one verdict.
pub fn merged(detail: Detail) -> Detail {
    if detail == Detail::ConflictingEvidence { Detail::RivalReadings } else { detail }
}
