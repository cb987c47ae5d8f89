//! What changed between two versions of a case as JSON, in the schema `evigraph/compare/1`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::compare::{
    Cause, Comparison, Differences, Edit, Flag, Outcome, QuestionChange, StatementChange, Terms, Value as Edited,
};
use crate::engine::Engine;
use crate::logic::Budget;
use crate::model::{Case, Effect, Key};
use crate::words::edit_sentence;

use super::verdict::{method, printed, question, scenario, statement};

/// The comparison of two versions of a case, `[before, after]`, or of a case with itself under flags, where there are
/// no differences. Statements and questions whose answers are the same are left out.
pub fn compare_json(
    cases: [&Case; 2],
    terms: &Terms,
    differences: Option<&Differences>,
    comparison: &Comparison,
) -> String {
    let written = Terms { flags: Vec::new(), ..terms.clone() };
    let terms = [if differences.is_some() { terms } else { &written }, terms];
    let [before, after] = [0, 1].map(|side| terms[side].judge(cases[side], Budget::default()));
    let changed = |change: &&StatementChange| change.outcome != Outcome::Same;
    let count = |outcome| comparison.statements.iter().filter(|change| change.outcome == outcome).count();
    let statements: Vec<Value> =
        comparison.statements.iter().filter(changed).map(|change| statement_change(cases, change)).collect();
    let questions: Vec<Value> =
        comparison.questions.iter().map(|change| question_change([&before, &after], change)).collect();
    let alone = |case, answers: &[_]| -> Vec<Value> { answers.iter().map(|answer| statement(case, answer)).collect() };
    printed(&json!({
        "schema": "evigraph/compare/1",
        "method": method(&after),
        "before": side(&before),
        "after": side(&after),
        "changed": comparison.any_verdict_changed(),
        "counts": {
            "statements": comparison.statements.len(),
            "verdict": count(Outcome::Verdict),
            "settled": count(Outcome::Settled),
            "degrees": count(Outcome::Degrees),
            "findings": comparison.questions.iter().filter(|change| change.changed()).count(),
        },
        "edits": edits(differences, &terms[1].flags),
        "questions": questions,
        "statements": statements,
        "removed": alone(cases[0], &comparison.removed),
        "added": alone(cases[1], &comparison.added),
    }))
}

fn side(judge: &Engine<'_>) -> Value {
    let case = judge.case();
    let standard = judge.scenario().standard.unwrap_or(case.standard);
    let mut side = json!({ "title": case.title, "standard": standard.name() });
    if !judge.scenario().is_default() {
        side["scenario"] = scenario(judge);
    }
    side
}

fn statement_change(cases: [&Case; 2], change: &StatementChange) -> Value {
    json!({
        "id": change.id.as_str(),
        "change": change.outcome.name(),
        "before": statement(cases[0], &change.before),
        "after": statement(cases[1], &change.after),
        "same_as": change.same_as.as_ref().map(Key::as_str),
        "cause": change.cause.as_ref().map(cause),
    })
}

fn question_change(judges: [&Engine<'_>; 2], change: &QuestionChange) -> Value {
    json!({
        "id": change.id.as_str(),
        "changed": change.changed(),
        "before": question(judges[0], &change.before),
        "after": question(judges[1], &change.after),
        "cause": change.cause.as_ref().map(cause),
    })
}

fn cause(cause: &Cause) -> Value {
    json!({
        "edits": cause.edits,
        "with": cause.with,
        "search": cause.thoroughness.name(),
        "others": cause.others,
    })
}

fn edits(differences: Option<&Differences>, flags: &[Flag]) -> Vec<Value> {
    let Some(differences) = differences else {
        let flags = flags.iter().enumerate();
        return flags.map(|(number, flag)| json!({ "edit": number, "flag": flag.to_string() })).collect();
    };
    let edits = differences.edits().iter().enumerate();
    let needs = |number| -> Vec<usize> {
        let alone = BTreeSet::from([number]);
        differences.closed(&alone).difference(&alone).copied().collect()
    };
    edits.map(|(number, one)| edit(number, one, needs(number))).collect()
}

fn edit(number: usize, edit: &Edit, needs: Vec<usize>) -> Value {
    let link = edit.link.as_ref().map(|link| {
        let effect = if link.effect == Effect::Supports { "supports" } else { "opposes" };
        json!({ "effect": effect, "from": link.from.as_str(), "at": link.at })
    });
    json!({
        "edit": number,
        "sort": edit.sort.name(),
        "id": edit.id.as_ref().map(Key::as_str),
        "change": match (&edit.before, &edit.after) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        },
        "field": edit.field,
        "link": link,
        "other": edit.other.as_ref().map(Key::as_str),
        "before": edit.before.as_ref().map(value),
        "after": edit.after.as_ref().map(value),
        "bears_on": edit.bearing.name(),
        "needs": needs,
        "text": edit_sentence(edit),
    })
}

fn value(value: &Edited) -> Value {
    let ids = |ids: &[Key]| -> Vec<String> { ids.iter().map(ToString::to_string).collect() };
    match value {
        Edited::Nothing => Value::Null,
        Edited::Number(number) => json!(number),
        Edited::Text(text) => json!(text),
        Edited::Ids(list) => json!(ids(list)),
        Edited::Weight { manner, strength } => {
            json!({ "as": manner.map(crate::model::Manner::phrase), "strength": strength })
        }
        Edited::Step { given, given_rejected, to, effect } => json!({
            "given": ids(given),
            "given_rejected": ids(given_rejected),
            "to": to.as_str(),
            "effect": if *effect == Effect::Supports { "supports" } else { "opposes" },
        }),
        Edited::Claims { claims, headline } => json!({ "claims": ids(claims), "headline": headline.as_str() }),
    }
}
