//! What changed between two versions of a case, in the schema `evigraph/compare/1`.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::object::{In, object};
use super::verdict::{Question, method, scenario};
use crate::compare::{
    Cause, Comparison, Differences, Edit, Link, Outcome, QuestionChange, StatementChange, Terms, Value as Edited,
};
use crate::engine::Engine;
use crate::logic::Budget;
use crate::model::Case;
use crate::words::{edit_sentence, in_backquotes};

/// The comparison of two versions of a case, before and after, or of a case with itself under flags, where there are
/// no differences. Statements whose answers are the same are left out.
pub struct Compared<'a> {
    engines: [Engine<'a>; 2],
    terms: &'a Terms,
    differences: Option<&'a Differences>,
    comparison: &'a Comparison,
}

impl<'a> Compared<'a> {
    /// Of these cases, compared on these terms.
    pub fn new(
        cases: [&'a Case; 2],
        terms: &'a Terms,
        differences: Option<&'a Differences>,
        comparison: &'a Comparison,
    ) -> Self {
        let written = Terms { flags: Vec::new(), ..terms.clone() };
        let before = if differences.is_some() { terms } else { &written };
        let engines = [before.engine(cases[0], Budget::default()), terms.engine(cases[1], Budget::default())];
        Self { engines, terms, differences, comparison }
    }
}

object!(Compared<'_>, Compared { engines, terms, differences, comparison } =>
    let [before, after] = engines;
    let cases = [before.case(), after.case()];
    let count = |outcome| comparison.statements.iter().filter(|change| change.outcome == outcome).count();
    let changed = comparison.statements.iter().filter(|change| change.outcome != Outcome::Same);
    {
        "schema": "evigraph/compare/1",
        "method": method(after),
        "before": Side(before),
        "after": Side(after),
        "changed": comparison.any_verdict_changed(),
        "counts": json!({
            "statements": comparison.statements.len(),
            "verdict": count(Outcome::Verdict),
            "settled": count(Outcome::Settled),
            "degrees": count(Outcome::Degrees),
            "findings": comparison.questions.iter().filter(|change| change.changed()).count(),
        }),
        "edits": edits(*differences, terms),
        "questions": comparison.questions.iter().map(|one| Finding(engines, one)).collect::<Vec<_>>(),
        "statements": changed.map(|one| Verdict(cases, one)).collect::<Vec<_>>(),
        "removed": In(cases[0], &comparison.removed),
        "added": In(cases[1], &comparison.added),
        "left_out"?: comparison.is_cut_short.then_some(["causes"]),
        "unanswered"?: Some(comparison.unanswered).filter(|&unanswered| unanswered > 0),
    }
);

struct Side<'a>(&'a Engine<'a>);

object!(Side<'_>, &Side(engine) => {
    "title": engine.case().title,
    "standard": engine.scenario().standard.unwrap_or(engine.case().standard),
    "scenario"?: scenario(engine),
});

struct Verdict<'a>([&'a Case; 2], &'a StatementChange);

object!(Verdict<'_>, &Verdict([old, new], change) => {
    "id": change.id,
    "change": change.outcome,
    "before": In(old, &change.before),
    "after": In(new, &change.after),
    "same_as": change.same_as,
    "cause": change.cause,
});

struct Finding<'a>(&'a [Engine<'a>; 2], &'a QuestionChange);

object!(Finding<'_>, &Finding([old, new], change) => {
    "id": change.id,
    "changed": change.changed(),
    "before": Question(old, &change.before),
    "after": Question(new, &change.after),
    "cause": change.cause,
});

object!(Cause, cause => {
    "edits": cause.edits,
    "with": cause.with,
    "search": cause.thoroughness,
    "others": cause.others,
});

fn edits(differences: Option<&Differences>, terms: &Terms) -> Vec<Value> {
    let Some(differences) = differences else {
        let flags = terms.flags.iter().enumerate();
        return flags.map(|(number, flag)| json!({ "edit": number, "flag": flag.to_string() })).collect();
    };
    let needs = |number| -> Vec<usize> {
        let alone = BTreeSet::from([number]);
        differences.closed(&alone).difference(&alone).copied().collect()
    };
    let edits = differences.edits().iter().enumerate();
    edits.map(|(number, edit)| json!(Numbered(number, edit, needs(number)))).collect()
}

/// An edit with its number, and those of the edits that it needs.
struct Numbered<'a>(usize, &'a Edit, Vec<usize>);

object!(Numbered<'_>, Numbered(number, edit, needs) => {
    "edit": number,
    "sort": edit.sort,
    "id": edit.id,
    "change": match (&edit.before, &edit.after) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    },
    "field": edit.field,
    "link": edit.link,
    "other": edit.other,
    "before": edit.before,
    "after": edit.after,
    "bears_on": edit.bearing,
    "needs": needs,
    "text": edit_sentence(edit, in_backquotes),
});

object!(Link, link => { "effect": link.effect, "from": link.from, "at": link.at });

impl Serialize for Edited {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = match self {
            Self::Nothing => Value::Null,
            Self::Number(number) => json!(number),
            Self::Text(text) => json!(text),
            Self::Ids(ids) => json!(ids),
            Self::Weight { manner, strength } => json!({ "as": manner, "strength": strength }),
            Self::Step { given, given_rejected, to, effect } => {
                json!({ "given": given, "given_rejected": given_rejected, "to": to, "effect": effect })
            }
            Self::Claims { claims, headline } => json!({ "claims": claims, "headline": headline }),
        };
        value.serialize(serializer)
    }
}
