//! Rival readings side by side.

use std::fmt::Write as _;

use crate::engine::Engine;
use crate::model::{Case, Manner, Source, StatementId};
use crate::query::{Assertion, Reading, Readings, Weight};
use crate::verdict::Reason;
use crate::words::{count, date_phrase, degree, joined, reason_sentence, verdict_phrase};

use super::lines::{legend, source_ids};
use crate::cli::layout::{BOLD, DIM, bullet, labelled, mark, styled, under, wrapped};
use crate::cli::table;

/// The readings, what they share, and what would decide between them.
pub fn render(engine: &Engine<'_>, asked: StatementId, found: Option<&Readings>, width: usize) -> String {
    let case = engine.case();
    let mut text = format!("{}\n", table::heading(engine, width));
    let Some(found) = found else {
        let line = format!("{} has no rival reading", case.statements[asked].key);
        return format!("{text}{}\n{}", styled(BOLD, line), under(&case.statements[asked].text, width));
    };
    let line = format!("{} readings that cannot be true together", found.readings.len());
    text += &format!("{}\n", styled(BOLD, line));
    for reading in &found.readings {
        text += &format!("\n{}", one(engine, reading, width));
    }
    text += &granted(case, found, width);
    text += &decide(engine, found, width);
    text + &legend(width)
}

fn one(engine: &Engine<'_>, reading: &Reading, width: usize) -> String {
    let case = engine.case();
    let entry = &case.statements[reading.answer.statement];
    let assessment = &reading.answer.assessment;
    let [for_it, against] = [assessment.degrees.case_for(), assessment.degrees.case_against()].map(degree);
    let verdict = format!("{} · case for {for_it}, case against {against}", verdict_phrase(assessment.detail));
    let mut text = format!("{} {}\n", mark(assessment.detail), styled(BOLD, entry.key.as_str()));
    text += &under(&entry.text, width);
    let _ = writeln!(text, "{}", styled(DIM, wrapped(&verdict, width, "  ")));
    let mut label = "asserted by";
    for assertion in &reading.asserted {
        text += &labelled(label, &asserted(case, reading, assertion), width);
        label = "";
    }
    if reading.asserted.is_empty() {
        text += &labelled(label, "no source in so many words", width);
    }
    let mut label = "inferred";
    for &inference in &reading.inferred_by {
        let step = &case.inferences[inference];
        let given: Vec<&str> = step.given.iter().map(|&premise| case.premise_key(premise).as_str()).collect();
        text += &labelled(label, &format!("{} from {}", step.key, joined(given)), width);
        label = "";
    }
    text + &labelled("lacks", &lacking(reading), width)
}

/// Who says so, how, under which statement, and where it has it from.
fn asserted(case: &Case, reading: &Reading, assertion: &Assertion) -> String {
    let mut words = case.source_key(assertion.source).to_string();
    if let Source::Document(document) = assertion.source {
        let entry = &case.documents[document];
        let by: Vec<&str> = entry.by.iter().map(|&actor| case.actors[actor].key.as_str()).collect();
        let date = entry.date.as_ref().map(date_phrase);
        let by = (!by.is_empty()).then(|| format!("by {}", joined(by)));
        let more: Vec<String> = by.into_iter().chain(date).collect();
        if !more.is_empty() {
            words += &format!(" ({})", more.join(", "));
        }
    }
    words += &format!(", {}", manners(case, assertion));
    let own = reading.answer.statement;
    let others: Vec<&str> = assertion
        .links
        .iter()
        .filter(|(statement, _)| *statement != own)
        .map(|(statement, _)| case.statements[*statement].key.as_str())
        .collect();
    if !others.is_empty() {
        words += &format!(" of {}", joined(others));
    }
    if !assertion.origins.is_empty() {
        words += &format!("; goes back to {}", source_ids(case, &assertion.origins));
    }
    words
}

/// How a source speaks in its links.
fn manners(case: &Case, assertion: &Assertion) -> String {
    let mut manners: Vec<&str> = Vec::new();
    for &(statement, index) in &assertion.links {
        let manner = case.statements[statement].evidence[index].manner.map_or("evidence", Manner::phrase);
        if !manners.contains(&manner) {
            manners.push(manner);
        }
    }
    joined(manners)
}

fn lacking(reading: &Reading) -> String {
    let standard = reading.answer.assessment.standard.phrase();
    let lacks = reading.lacks;
    let parts: Vec<String> = [(lacks.case, "of the case"), (lacks.margin, "of the lead over the case against it")]
        .into_iter()
        .filter(|(short, _)| *short > 0.0)
        .map(|(short, of)| format!("{} {of}", degree(short)))
        .collect();
    match parts.as_slice() {
        [] => format!("nothing: it meets {standard}"),
        _ => format!("{} that {standard} asks for", joined(parts)),
    }
}

/// What every reading grants, which cannot tell them apart.
fn granted(case: &Case, found: &Readings, width: usize) -> String {
    let mut text = format!("\n{}\n", styled(BOLD, "What they all grant"));
    for &(id, detail) in &found.granted {
        let entry = &case.statements[id];
        text += &bullet(detail, &format!("{}: {}", entry.key, entry.text), width);
    }
    if found.granted.is_empty() {
        text += "  nothing that is written\n";
    }
    text
}

/// The sources that tell for a reading rather than another.
fn telling(case: &Case, reading: &Reading) -> String {
    const MOST: usize = 5;
    let key = &case.statements[reading.answer.statement].key;
    // What does not show in two decimals tells little.
    let visible = reading.tells_for.iter().filter(|weight| degree(weight.own) != degree(weight.other));
    let one = |weight: &Weight| {
        format!("{} ({} against {})", case.source_key(weight.source), degree(weight.own), degree(weight.other))
    };
    let mut named: Vec<String> = visible.map(one).collect();
    if named.is_empty() {
        return format!("Nothing tells for {key} rather than another.");
    }
    let more = named.len().saturating_sub(MOST);
    named.truncate(MOST);
    if more > 0 {
        named.push(count(more, "other"));
    }
    let means = "what its case would lose without it, against what the other's would";
    format!("What tells for {key} ({means}): {}.", joined(named))
}

/// What would decide: sources that tell them apart, what is withheld, premises that are open.
fn decide(engine: &Engine<'_>, found: &Readings, width: usize) -> String {
    let case = engine.case();
    let mut text = format!("\n{}\n", styled(BOLD, "What would decide between them"));
    let both = if found.readings.len() == 2 { "both" } else { "all" };
    let ids = source_ids(case, &found.shared);
    let shared = match found.shared.len() {
        0 => format!("No source stands behind {both}."),
        1 => format!("One source stands behind {both}: {ids}."),
        number => format!("{number} sources stand behind {both}: {ids}."),
    };
    text += &under(&shared, width);
    for reading in &found.readings {
        text += &under(&telling(case, reading), width);
    }
    for reading in &found.readings {
        let key = &case.statements[reading.answer.statement].key;
        let reasons = reading.answer.settlement.iter().flat_map(|settlement| &settlement.reasons);
        for reason in reasons {
            if matches!(reason, Reason::Withheld { .. } | Reason::RestsOnOpenPremise { .. }) {
                text += &under(&format!("{key}: {}", reason_sentence(engine, reason)), width);
            }
        }
    }
    text
}
