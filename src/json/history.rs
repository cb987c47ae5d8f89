//! Histories, in the schema `evigraph/history/1`.

use serde_json::{Value, json};

use crate::compare::Thoroughness;
use crate::engine::Engine;
use crate::history::{Course, History, Moment, Standing, Turn, TurnedBy};
use crate::model::Case;
use crate::verdict::Finding;

use super::object::{In, object};
use super::verdict::Head;

/// A history: the days on which documents became known, and how each statement and each question stood from which on.
pub struct Recorded<'a>(pub &'a Engine<'a>, pub &'a History);

object!(Recorded<'_>, &Recorded(engine, history) =>
    let case = engine.case();
    {
        ..Head("evigraph/history/1", engine),
        "days": history.moments.iter().map(|moment| In(case, moment)).collect::<Vec<_>>(),
        "undated": In(case, &history.undated),
        "waited": history.waited.iter().map(|waited| json!({
            "document": case.documents[waited.document].key,
            "known": waited.known.map(|at| history.moments[at].day.to_string()),
            "holds_from": history.moments[waited.holds].day.to_string(),
            "origins": In(case, &waited.origins),
        })).collect::<Vec<_>>(),
        "statements": history.statements.iter().map(|(&id, course)| {
            let entry = &case.statements[id];
            json!({
                "id": entry.key,
                "kind": if entry.is_claim() { "claim" } else { "relationship" },
                "text": entry.text,
                "standings": standings(case, history, course, standing),
            })
        }).collect::<Vec<_>>(),
        "questions": history.questions.iter().map(|(&id, course)| {
            let entry = &case.questions[id];
            json!({
                "id": entry.key,
                "text": entry.text,
                "headline": In(case, &entry.headline),
                "findings": standings(case, history, course, finding),
            })
        }).collect::<Vec<_>>(),
        "stopped_at"?: history.stopped_at.map(|at| history.moments[at].day.to_string()),
    }
);

object!(In<'_, Moment>, &In(case, moment) => {
    "date": moment.day.to_string(),
    "documents": In(case, &moment.documents),
});

object!(In<'_, TurnedBy>, &In(case, by) => {
    "documents": In(case, &by.documents),
    "search": by.thoroughness,
    // Only where all sets of as many documents were tried it is known how many others there are.
    "others": (by.thoroughness == Thoroughness::Smallest).then_some(by.others),
});

/// How something stood, from the beginning, which has no date, on.
fn standings<S>(case: &Case, history: &History, course: &Course<S>, as_json: fn(&S) -> Value) -> Vec<Value> {
    let first = std::iter::once(since(Value::Null, as_json(&course.first)));
    let turn = |turn: &Turn<S>| {
        let mut now = since(json!(history.moments[turn.moment].day.to_string()), as_json(&turn.to));
        now["turned_by"] = json!(turn.by.as_ref().map(|by| In(case, by)));
        now
    };
    first.chain(course.turns.iter().map(turn)).collect()
}

fn since(date: Value, mut as_json: Value) -> Value {
    as_json["since"] = date;
    as_json
}

fn standing(standing: &Standing) -> Value {
    let Standing { assessment, settled } = standing;
    let degrees = assessment.degrees;
    json!({
        "verdict": assessment.verdict(), "detail": assessment.detail.name(), "leans": assessment.leaning,
        "degrees": degrees, "case_for": degrees.case_for(), "case_against": degrees.case_against(), "settled": settled,
    })
}

fn finding(finding: &Finding) -> Value {
    json!({ "finding": finding })
}
