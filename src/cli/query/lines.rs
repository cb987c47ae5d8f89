//! What the answers to all questions share: the head, lines with a label, statements grouped by verdict, the legend.

use std::fmt::{Display, Write as _};

use crate::diagnostic::visible;
use crate::engine::Engine;
use crate::model::{Case, Effect, Source, StatementId};
use crate::query::{Open, Spoken};
use crate::verdict::Detail;
use crate::words::{count, reason_sentence, spaced, verdict_phrase};

use crate::cli::layout::{BOLD, DIM, YELLOW, mark, marked, styled, under, wrapped};
use crate::cli::table;

/// The head of an answer: the case, and how many things a selector means, named as one of them and as several.
pub fn head(
    engine: &Engine<'_>,
    selector: Option<&impl Display>,
    found: usize,
    [one, several]: [&str; 2],
    width: usize,
) -> String {
    let noun = if found == 1 { one } else { several };
    let number = if found == 0 { "No".to_owned() } else { found.to_string() };
    let selected = selector.map(|selector| format!(" for {}", visible(&selector.to_string()))).unwrap_or_default();
    let line = wrapped(&format!("{number} {noun}{selected}"), width, "");
    format!("{}\n{}\n", table::heading(engine, width), styled(BOLD, line))
}

/// Statements that a source speaks to, one line a verdict.
pub fn spoken(case: &Case, spoken: &[Spoken], width: usize) -> String {
    let mut text = String::new();
    let mut label = "speaks to";
    for detail in GROUPS {
        let of_group = spoken.iter().filter(|spoken| group(spoken.detail) == detail);
        let names: Vec<String> = of_group
            .map(|spoken| {
                let against = if spoken.effect == Effect::Opposes { " (against)" } else { "" };
                format!("{}{against}", case.statements[spoken.statement].key)
            })
            .collect();
        if !names.is_empty() {
            text += &marked(label, detail, &names.join(", "), width);
            label = "";
        }
    }
    text
}

const GROUPS: [Detail; 6] = [
    Detail::Established,
    Detail::RivalReadings,
    Detail::Insufficient,
    Detail::Refuted,
    Detail::NoEvidence,
    Detail::Undecided,
];

/// The details that have one mark.
fn group(detail: Detail) -> Detail {
    if detail == Detail::ConflictingEvidence { Detail::RivalReadings } else { detail }
}

/// What the marks mean.
pub fn legend(width: usize) -> String {
    let meanings = "● supported   ◐ contested   ○ not established   ✕ refuted   · without evidence either way";
    format!("\n{}\n", styled(DIM, wrapped(meanings, width, "")))
}

/// The ids of sources, with nothing between them but commas.
pub fn source_ids<'s>(case: &Case, sources: impl IntoIterator<Item = &'s Source>) -> String {
    let ids: Vec<&str> = sources.into_iter().map(|&source| case.source_key(source).as_str()).collect();
    ids.join(", ")
}

/// A statement by its id and its words.
pub fn statement(case: &Case, id: StatementId) -> String {
    let entry = &case.statements[id];
    format!("{}: {}", entry.key, entry.text)
}

/// Statements that are open, each with the reasons.
pub fn open(engine: &Engine<'_>, reason: Option<&str>, open: &Open, width: usize) -> String {
    let Open { found, not_told, .. } = open;
    let case = engine.case();
    let why = reason.map(spaced);
    let number = if found.is_empty() { "No".to_owned() } else { found.len().to_string() };
    let noun = if found.len() == 1 { "statement is" } else { "statements are" };
    let line = match &why {
        Some(why) => format!("{number} {noun} open for this reason: {why}"),
        None => format!("{number} {noun} open"),
    };
    let mut text = format!("{}\n{}\n", table::heading(engine, width), styled(BOLD, line));
    if *not_told > 0 {
        let what = count(*not_told, "statement");
        let note = format!("Whether it is so of {what} is not known at this precision.");
        let _ = writeln!(text, "{}", styled(YELLOW, wrapped(&note, width, "")));
    }
    for answer in found {
        let entry = &case.statements[answer.statement];
        let detail = answer.assessment.detail;
        let _ = writeln!(text, "\n{} {}", mark(detail), styled(BOLD, entry.key.as_str()));
        text += &under(&entry.text, width);
        let _ = writeln!(text, "  {}", styled(DIM, verdict_phrase(detail)));
        let reasons = answer.settlement.iter().flat_map(|settlement| &settlement.reasons);
        for found in reasons.filter(|found| reason.is_none_or(|reason| found.name() == reason)) {
            let sentence = visible(&reason_sentence(engine, found)).into_owned();
            let name = || styled(YELLOW, spaced(found.name()));
            let sentence = if reason.is_some() { sentence } else { format!("{}: {sentence}", name()) };
            let _ = writeln!(text, "{}", wrapped(&sentence, width, "    "));
        }
    }
    if !found.is_empty() {
        text += &legend(width);
    }
    text
}
