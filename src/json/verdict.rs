//! Answers as JSON, in the schemas `evigraph/verdicts/1` and `evigraph/settled/1`.
//!
//! Numbers are printed so that they read back to the same double.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use crate::engine::{
    Answer, Engine, Interval, Method, QuestionAnswer, Sampling, StatementAnswer, WhateverTheDependence,
};
use crate::model::{Case, Source, StatementId};
use crate::verdict::{Assessment, Degrees, Detail, Precision, Reason, Settlement};
use crate::words::summary;

/// The verdicts on statements and questions.
pub fn verdicts_json(judge: &Engine<'_>, answer: &Answer) -> String {
    printed(&Verdicts { judge, answer })
}

/// All verdicts; one at a time is made into JSON, as there may be millions.
struct Verdicts<'a> {
    judge: &'a Engine<'a>,
    answer: &'a Answer,
}

impl Serialize for Verdicts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { judge, answer } = *self;
        let mut document = serializer.serialize_map(None)?;
        for (key, value) in head("evigraph/verdicts/1", judge).as_object().into_iter().flatten() {
            document.serialize_entry(key, value)?;
        }
        let case = judge.case();
        document.serialize_entry("statements", &Each::new(&answer.statements, |answer| statement(case, answer)))?;
        document.serialize_entry("questions", &Each::new(&answer.questions, |answer| question(judge, answer)))?;
        if answer.unanswered > 0 {
            document.serialize_entry("unanswered", &answer.unanswered)?;
        }
        document.end()
    }
}

/// A list of which one at a time is made into JSON.
struct Each<'a, T, F> {
    list: &'a [T],
    make: F,
}

impl<'a, T, F: Fn(&T) -> Value> Each<'a, T, F> {
    fn new(list: &'a [T], make: F) -> Self {
        Self { list, make }
    }
}

impl<T, F: Fn(&T) -> Value> Serialize for Each<'_, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.list.iter().map(&self.make))
    }
}

/// The first line of verdicts that are written one a line: the case, and what was asked.
pub fn verdicts_line_head(judge: &Engine<'_>) -> String {
    let mut head = head("evigraph/verdict-lines/1", judge);
    if let Value::Object(head) = &mut head {
        head.shift_remove("method");
    }
    line("case", head)
}

/// The line of a statement.
pub fn statement_line(judge: &Engine<'_>, answer: &StatementAnswer) -> String {
    line("statement", statement(judge.case(), answer))
}

/// The line of a question.
pub fn question_line(judge: &Engine<'_>, answer: &QuestionAnswer) -> String {
    line("question", question(judge, answer))
}

/// The last line: by which method it was all worked out, and how much was not answered. What has no such line is not whole.
pub fn verdicts_line_end(judge: &Engine<'_>, unanswered: usize) -> String {
    line("end", json!({ "method": method(judge), "unanswered": unanswered }))
}

/// An object on one line, that says first what it is.
fn line(is: &str, of: Value) -> String {
    let mut object = json!({ "line": is });
    merge(&mut object, of);
    format!("{object}\n")
}

/// Whether a statement is settled.
pub fn settled_json(judge: &Engine<'_>, answer: &StatementAnswer) -> String {
    let mut document = head("evigraph/settled/1", judge);
    merge(&mut document, statement(judge.case(), answer));
    printed(&document)
}

/// Whether a statement is settled whatever the sources have to do with each other.
pub fn whatever_json(judge: &Engine<'_>, id: StatementId, found: &WhateverTheDependence) -> String {
    let answer = StatementAnswer {
        statement: id,
        assessment: found.assessment,
        settlement: Some(Settlement { settled: found.settled, reasons: Vec::new() }),
        contest: Vec::new(),
    };
    let mut document = head("evigraph/settled/1", judge);
    document["method"] = json!({ "name": "bounds" });
    document["whatever_the_dependence"] = true.into();
    merge(&mut document, statement(judge.case(), &answer));
    let mut doubts = Vec::new();
    if !found.sources.is_empty() {
        doubts.push(json!({ "reason": "single_source", "witnesses": source_ids(judge.case(), &found.sources) }));
    }
    for (reason, applies) in [("withheld", found.withheld), ("weights", found.weights)] {
        if applies {
            doubts.push(json!({ "reason": reason, "witnesses": [] }));
        }
    }
    document["reasons"] = doubts.into();
    printed(&document)
}

pub(super) fn printed(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).expect("strings, numbers and lists always serialize");
    text.push('\n');
    text
}

pub(super) fn merge(document: &mut Value, more: Value) {
    if let (Value::Object(document), Value::Object(more)) = (document, more) {
        document.extend(more);
    }
}

pub(super) fn head(schema: &str, judge: &Engine<'_>) -> Value {
    let case = judge.case();
    let standard = judge.scenario().standard.unwrap_or(case.standard);
    let mut head = json!({
        "schema": schema,
        "case": { "title": case.title, "standard": standard.name() },
        "method": method(judge),
    });
    if !judge.scenario().is_default() {
        head["scenario"] = scenario(judge);
    }
    head
}

pub(super) fn method(judge: &Engine<'_>) -> Value {
    let case = judge.case();
    match judge.method() {
        Method::Exact => json!({ "name": "exact" }),
        Method::Auto if judge.is_exact() => json!({ "name": "exact" }),
        Method::Auto | Method::Sampled => {
            let Sampling { half_width, confidence, seed, .. } = judge.how_sampled();
            let worlds = judge.worlds_sampled();
            json!({
                "name": "sampled", "worlds": worlds, "half_width": half_width, "confidence": confidence, "seed": seed,
            })
        }
        Method::Independent => json!({ "name": "independent" }),
        Method::Bounds => json!({ "name": "bounds" }),
        Method::World { off, off_inferences } => {
            let sources = off.iter().map(|&source| case.source_key(source).as_str());
            let inferences = off_inferences.iter().map(|&id| case.inferences[id].key.as_str());
            json!({ "name": "world", "off": sources.chain(inferences).collect::<Vec<_>>() })
        }
    }
}

pub(super) fn scenario(judge: &Engine<'_>) -> Value {
    let (case, scenario) = (judge.case(), judge.scenario());
    let left_out = scenario.left_out.iter().map(|&id| case.inferences[id].key.as_str());
    let without: Vec<&str> = source_ids(case, &scenario.without).into_iter().chain(left_out).collect();
    let only: Vec<String> = scenario.only.iter().map(ToString::to_string).collect();
    let mut set = serde_json::Map::new();
    for &(source, number) in &scenario.set_sources {
        set.insert(case.source_key(source).to_string(), json!(number.get()));
    }
    for &(inference, number) in &scenario.set_inferences {
        set.insert(case.inferences[inference].key.to_string(), json!(number.get()));
    }
    json!({ "without": without, "only": only, "set": set, "standard": scenario.standard.map(|s| s.name()) })
}

pub(super) fn statement(case: &Case, answer: &StatementAnswer) -> Value {
    let entry = &case.statements[answer.statement];
    let Assessment { degrees: of, detail, leaning, standard, only_contested, .. } = answer.assessment;
    let settlement = answer.settlement.as_ref();
    let reasons: Vec<Value> =
        settlement.map(|settlement| &settlement.reasons).into_iter().flatten().map(|one| reason(case, one)).collect();
    let mut value = json!({
        "id": entry.key.as_str(),
        "kind": if entry.is_claim() { "claim" } else { "relationship" },
        "text": entry.text,
        "standard": standard.name(),
        "verdict": detail.verdict().name(),
        "detail": detail.name(),
        "leans": leaning.name(),
        "degrees": degrees(of),
        "case_for": of.case_for(),
        "case_against": of.case_against(),
        "only_contested": only_contested,
        "settled": settlement.map(|Settlement { settled, .. }| settled),
        "reasons": reasons,
    });
    if let Some(within) = of.within {
        value["within"] = precision(within);
    }
    if detail == Detail::Undecided {
        value["could_be"] = answer.assessment.possible.iter().map(Detail::name).collect();
    }
    if let Some(claim) = entry.same_as {
        value["same_as"] = case.statements[claim].key.as_str().into();
    }
    value
}

pub(super) fn degrees(degrees: Degrees) -> Value {
    let Degrees { in_favour, against, conflict, ignorance, .. } = degrees;
    json!({ "for": in_favour, "against": against, "conflict": conflict, "ignorance": ignorance })
}

/// What degrees are known to lie in, each as the least and the most.
fn precision(within: Precision) -> Value {
    let range = |range: Interval| json!([range.low, range.high]);
    let Precision { in_favour, against, conflict, ignorance, case_for, case_against, .. } = within;
    json!({
        "for": range(in_favour), "against": range(against), "conflict": range(conflict), "ignorance": range(ignorance),
        "case_for": range(case_for), "case_against": range(case_against),
    })
}

pub(super) fn question(judge: &Engine<'_>, answer: &QuestionAnswer) -> Value {
    let case = judge.case();
    let entry = &case.questions[answer.question];
    json!({
        "id": entry.key.as_str(),
        "text": entry.text,
        "headline": case.statements[entry.headline].key.as_str(),
        "finding": answer.finding.name(),
        "claims": statement_ids(case, &entry.claims),
        "summary": summary(judge, answer),
    })
}

fn reason(case: &Case, reason: &Reason) -> Value {
    let named = |witnesses: Vec<&str>, more: Value| {
        let mut value = json!({ "reason": reason.name(), "witnesses": witnesses });
        merge(&mut value, more);
        value
    };
    match reason {
        Reason::Contested { rivals, shared } => {
            let (rivals, shared) = (statement_ids(case, rivals), source_ids(case, shared));
            let witnesses = rivals.iter().chain(&shared).copied().collect();
            named(witnesses, json!({ "rivals": rivals, "shared_sources": shared }))
        }
        Reason::Insufficient(short) | Reason::NoEvidence(short) => {
            named(Vec::new(), json!({ "short_of_case": short.case, "short_of_margin": short.margin }))
        }
        Reason::RestsOnOpenPremise { premises } => named(statement_ids(case, premises), json!({})),
        Reason::SingleSource { sources } => named(source_ids(case, sources), json!({})),
        Reason::Withheld { documents, verdicts, search } => {
            let documents = documents.iter().map(|&id| case.documents[id].key.as_str()).collect();
            let verdicts: Vec<Value> = verdicts.iter().map(|&detail| verdict(detail)).collect();
            named(documents, json!({ "verdicts": verdicts, "search": search.name() }))
        }
        Reason::Weights { falls_to } => named(Vec::new(), json!({ "falls_to": verdict(*falls_to) })),
    }
}

pub(super) fn verdict(detail: Detail) -> Value {
    json!({ "verdict": detail.verdict().name(), "detail": detail.name() })
}

pub(super) fn statement_ids<'c>(case: &'c Case, statements: &[StatementId]) -> Vec<&'c str> {
    statements.iter().map(|&id| case.statements[id].key.as_str()).collect()
}

pub(super) fn source_ids<'c>(case: &'c Case, sources: &[Source]) -> Vec<&'c str> {
    sources.iter().map(|&source| case.source_key(source).as_str()).collect()
}
