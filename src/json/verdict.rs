//! Verdicts, in the schemas `evigraph/verdicts/1`, `evigraph/verdict-lines/1`, `evigraph/settled/1` and
//! `evigraph/settled-headlines/1`.

use serde_json::{Value, json};

use super::object::{In, object};
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Answer, Engine, Method, QuestionAnswer, Sampling, StatementAnswer, WhateverTheDependence};
use crate::model::{DocumentId, Key, Source, StatementId};
use crate::verdict::{Degrees, Detail, Doubt, Precision, Reason, Settlement};
use crate::words::summary;

/// The verdicts on statements and questions.
pub struct Verdicts<'a>(pub &'a Engine<'a>, pub &'a Answer);

object!(Verdicts<'_>, &Verdicts(engine, answer) => {
    ..Head("evigraph/verdicts/1", engine),
    "statements": In(engine.case(), &answer.statements),
    "questions": answer.questions.iter().map(|question| Question(engine, question)).collect::<Vec<_>>(),
    "unanswered"?: Some(answer.unanswered).filter(|&unanswered| unanswered > 0),
});

/// The first line of verdicts that are written one a line: the case, and what was asked.
pub struct CaseLine<'a>(pub &'a Engine<'a>);

object!(CaseLine<'_>, &CaseLine(engine) => {
    "line": "case",
    ..Asked("evigraph/verdict-lines/1", engine),
    "scenario"?: scenario(engine),
});

/// The line of a statement.
pub struct StatementLine<'a>(pub &'a Engine<'a>, pub &'a StatementAnswer);

object!(StatementLine<'_>, &StatementLine(engine, answer) => { "line": "statement", ..In(engine.case(), answer) });

/// The line of a question.
pub struct QuestionLine<'a>(pub &'a Engine<'a>, pub &'a QuestionAnswer);

object!(QuestionLine<'_>, &QuestionLine(engine, answer) => { "line": "question", ..Question(engine, answer) });

/// The last line: by which method all of it was computed, and how much was not answered. Lines without it are a part.
pub struct EndLine<'a>(pub &'a Engine<'a>, pub usize);

object!(EndLine<'_>, &EndLine(engine, unanswered) => {
    "line": "end",
    "method": method(engine),
    "unanswered": unanswered,
});

/// Whether a statement is settled, with the question whose headline it is, where that was asked.
pub struct Settled<'a>(pub &'a Engine<'a>, pub &'a StatementAnswer, pub Option<&'a QuestionAnswer>);

object!(Settled<'_>, &Settled(engine, answer, question) => {
    ..Head("evigraph/settled/1", engine),
    ..Headline(engine, answer, question),
});

/// Whether the headline of every question is settled, with how many were not answered.
pub struct Headlines<'a>(pub &'a Engine<'a>, pub &'a [(StatementAnswer, Option<QuestionAnswer>)], pub usize);

object!(Headlines<'_>, &Headlines(engine, headlines, unanswered) =>
    let settled = Settlement::all_settled(headlines.iter().filter_map(|(answer, _)| answer.settlement.as_ref()));
    {
        ..Head("evigraph/settled-headlines/1", engine),
        "settled": settled.filter(|settled| !settled || unanswered == 0),
        "headlines": headlines.iter().map(|(answer, question)| Headline(engine, answer, question.as_ref())).collect::<Vec<_>>(),
        "unanswered"?: Some(unanswered).filter(|&unanswered| unanswered > 0),
    }
);

/// Whether the headline of a question is settled.
struct Headline<'a>(&'a Engine<'a>, &'a StatementAnswer, Option<&'a QuestionAnswer>);

object!(Headline<'_>, &Headline(engine, answer, question) => {
    ..In(engine.case(), answer),
    "question"?: question.map(|question| Question(engine, question)),
});

/// Whether a statement is settled whatever the sources have to do with each other.
pub struct SettledByBounds<'a>(pub &'a Engine<'a>, pub StatementId, pub &'a WhateverTheDependence);

object!(SettledByBounds<'_>, &SettledByBounds(engine, statement, found) =>
    let settlement = Settlement { settled: Some(found.settled), reasons: Vec::new(), doubts: Vec::new(), sampled: false };
    let settlement = Some(settlement);
    let answer = StatementAnswer { settlement, ..StatementAnswer::bare(statement, found.assessment) };
    {
        ..Asked("evigraph/settled/1", engine),
        "method": json!({ "name": "bounds" }),
        "scenario"?: scenario(engine),
        "whatever_the_dependence": true,
        ..Statement(In(engine.case(), &answer), doubts(engine, found)),
    }
);

/// What leaves in doubt that it is settled, in the form of reasons.
fn doubts(engine: &Engine<'_>, found: &WhateverTheDependence) -> Value {
    let sources = json!({ "reason": "single_source", "witnesses": In(engine.case(), &found.sources) });
    let numbers = |reason| json!({ "reason": reason, "witnesses": [] });
    let assumptions = json!({ "reason": "assumption", "witnesses": In(engine.case(), &found.assumptions) });
    let doubts = [
        (found.premises, numbers("rests_on_open_premise")),
        (!found.assumptions.is_empty(), assumptions),
        (!found.sources.is_empty(), sources),
        (found.withheld, numbers("withheld")),
        (found.weights, numbers("weights")),
    ];
    doubts.into_iter().filter_map(|(applies, doubt)| applies.then_some(doubt)).collect()
}

/// What every document begins with: its schema, the case, the method, and the scenario if there is one.
pub(super) struct Head<'a>(pub &'static str, pub &'a Engine<'a>);

object!(Head<'_>, &Head(schema, engine) => {
    ..Asked(schema, engine),
    "method": method(engine),
    "scenario"?: scenario(engine),
});

/// The schema and the case.
struct Asked<'a>(&'static str, &'a Engine<'a>);

object!(Asked<'_>, &Asked(schema, engine) =>
    let case = engine.case();
    {
        "schema": schema,
        "case": json!({ "title": case.title, "standard": engine.scenario().standard.unwrap_or(case.standard) }),
    }
);

pub(super) fn method(engine: &Engine<'_>) -> Value {
    let case = engine.case();
    match engine.method() {
        Method::Exact => json!({ "name": "exact" }),
        Method::Auto if engine.is_exact() => json!({ "name": "exact" }),
        Method::Auto | Method::Sampled => {
            let Sampling { half_width, confidence, seed, .. } = engine.how_sampled();
            let worlds = engine.worlds_sampled();
            json!({
                "name": "sampled", "worlds": worlds, "half_width": half_width, "confidence": confidence, "seed": seed,
            })
        }
        Method::Independent => json!({ "name": "independent" }),
        Method::Bounds => json!({ "name": "bounds" }),
        Method::World { off, off_inferences } => {
            let sources = off.iter().map(|&source| case.source_key(source));
            let inferences = off_inferences.iter().map(|&id| &case.inferences[id].key);
            json!({ "name": "world", "off": sources.chain(inferences).collect::<Vec<_>>() })
        }
    }
}

/// What is changed for the answer, if anything is.
pub(super) fn scenario(engine: &Engine<'_>) -> Option<Value> {
    let (case, scenario) = (engine.case(), engine.scenario());
    if scenario.is_default() {
        return None;
    }
    let sources = scenario.without.iter().map(|&source| case.source_key(source));
    let without: Vec<&Key> = sources.chain(scenario.left_out.iter().map(|&id| &case.inferences[id].key)).collect();
    let only: Vec<String> = scenario.only.iter().map(ToString::to_string).collect();
    let sources = scenario.set_sources.iter().map(|&(source, number)| (case.source_key(source), number));
    let inferences = scenario.set_inferences.iter().map(|&(id, number)| (&case.inferences[id].key, number));
    let set = sources.chain(inferences).map(|(key, number)| (key.to_string(), json!(number)));
    let set: serde_json::Map<String, Value> = set.collect();
    let mut changes = json!({ "without": without, "only": only, "set": set, "standard": scenario.standard });
    if let Some(date) = &scenario.as_of {
        let keys = |ids: Vec<DocumentId>| ids.into_iter().map(|id| &case.documents[id].key).collect::<Vec<_>>();
        changes["as_of"] = json!(date.as_str());
        changes["not_yet_known"] = json!(keys(scenario.not_yet_known(case).collect()));
        let waiting = |(id, origins): (DocumentId, Vec<Source>)| {
            let origins: Vec<&Key> = origins.into_iter().map(|origin| case.source_key(origin)).collect();
            json!({ "document": case.documents[id].key, "origins": origins })
        };
        let waiting = scenario.origin_not_yet_known(case).into_iter().map(waiting);
        changes["origin_not_yet_known"] = waiting.collect();
        changes["undated"] = json!(keys(scenario.undated(case).collect()));
    }
    if let Some(links) = &scenario.unverified {
        let link = |&(statement, index): &(StatementId, usize)| {
            let entry = &case.statements[statement];
            json!({ "statement": entry.key, "from": In(case, &entry.evidence[index].from), "index": index })
        };
        changes["verified_quotes_only"] = json!({ "left_out": links.iter().map(link).collect::<Vec<_>>() });
    }
    Some(changes)
}

object!(In<'_, StatementAnswer>, &In(case, answer) =>
    let reasons = answer.settlement.as_ref().map_or(&[][..], |settlement| &settlement.reasons);
    { ..Statement(In(case, answer), json!(In(case, reasons))) }
);

/// A statement with these reasons.
struct Statement<'a>(In<'a, StatementAnswer>, Value);

object!(Statement<'_>, Statement(In(case, answer), reasons) =>
    let entry = &case.statements[answer.statement];
    let assessment = answer.assessment;
    let degrees = assessment.degrees;
    {
        "id": entry.key,
        "kind": if entry.is_claim() { "claim" } else { "relationship" },
        "text": entry.text,
        "standard": assessment.standard,
        ..assessment.detail,
        "leans": assessment.leaning,
        "degrees": degrees,
        "case_for": degrees.case_for(),
        "case_against": degrees.case_against(),
        "weight": json!({ "for": degrees.weight_for(), "against": degrees.weight_against() }),
        "only_contested": assessment.only_contested,
        "settled": answer.settlement.as_ref().and_then(|settlement| settlement.settled),
        "reasons": reasons,
        "settled_from"?: answer.settlement.as_ref().filter(|settlement| settlement.sampled).map(|_| "sampled worlds"),
        "doubts"?: answer.settlement.as_ref().map(|settlement| &settlement.doubts).filter(|doubts| !doubts.is_empty())
            .map(|doubts| json!(In(case, &doubts[..]))),
        "remarks": codes(&answer.remarks),
        "within"?: degrees.within,
        "could_be"?: (assessment.detail == Detail::Undecided)
            .then(|| assessment.possible.iter().map(Detail::name).collect::<Vec<_>>()),
        "same_as"?: entry.same_as.map(|claim| &case.statements[claim].key),
    }
);

object!(Degrees, Degrees { in_favour, against, conflict, ignorance, .. } => {
    "for": in_favour, "against": against, "conflict": conflict, "ignorance": ignorance,
});

object!(Precision, within => {
    "for": within.in_favour, "against": within.against, "conflict": within.conflict, "ignorance": within.ignorance,
    "case_for": within.case_for, "case_against": within.case_against,
});

object!(Detail, detail => { "verdict": detail.verdict(), "detail": detail.name() });

/// The codes of some remarks, each once, in their order.
fn codes(remarks: &[Diagnostic]) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    for remark in remarks {
        if !codes.contains(&remark.code) {
            codes.push(remark.code);
        }
    }
    codes
}

pub(super) struct Question<'a>(pub &'a Engine<'a>, pub &'a QuestionAnswer);

object!(Question<'_>, &Question(engine, answer) =>
    let case = engine.case();
    let entry = &case.questions[answer.question];
    {
        "id": entry.key,
        "text": entry.text,
        "headline": In(case, &entry.headline),
        "finding": answer.finding,
        "claims": In(case, &entry.claims),
        "summary": summary(engine, answer),
    }
);

object!(In<'_, Doubt>, &In(case, doubt) => {
    "reason": doubt.name(),
    "witnesses": match doubt {
        Doubt::Assumption { statements } => json!(In(case, statements)),
        Doubt::SingleSource { sources } => json!(In(case, sources)),
        Doubt::Verdict | Doubt::RestsOnOpenPremise | Doubt::Withheld | Doubt::Weights => json!([]),
    },
});

object!(In<'_, Reason>, &In(case, reason) => {
    "reason": reason.name(),
    ..match reason {
        Reason::Contested { rivals, shared } => {
            let rivals = rivals.iter().map(|&id| &case.statements[id].key);
            let sources = shared.iter().flatten().map(|&source| case.source_key(source));
            json!({
                "witnesses": rivals.clone().chain(sources).collect::<Vec<_>>(),
                "rivals": rivals.collect::<Vec<_>>(),
                "shared_sources": In(case, shared),
            })
        }
        Reason::Insufficient(short) | Reason::NoEvidence(short) => {
            json!({ "witnesses": [], "short_of_case": short.case, "short_of_margin": short.margin })
        }
        Reason::RestsOnOpenPremise { premises: statements } | Reason::Assumption { statements } => {
            json!({ "witnesses": In(case, statements) })
        }
        Reason::SingleSource { sources } => json!({ "witnesses": In(case, sources) }),
        Reason::Withheld { documents, verdicts, search } => {
            json!({ "witnesses": In(case, documents), "verdicts": verdicts, "search": search })
        }
        Reason::Weights { falls_to } => json!({ "witnesses": [], "falls_to": falls_to }),
    },
});
