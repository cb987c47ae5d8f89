//! What the answers to all questions share: the head, lines with a label, statements grouped by verdict, the legend.

use std::fmt::{Display, Write as _};

use crate::diagnostic::visible;
use crate::engine::{Engine, StatementAnswer};
use crate::model::{Case, Effect, Source, StatementId};
use crate::query::Spoken;
use crate::verdict::{Detail, Verdict};
use crate::words::{count, reason_sentence};

use crate::cli::output::{BOLD, DIM, YELLOW, styled};
use crate::cli::table;

/// The head of an answer: the case, and how many things a selector means.
pub fn head(judge: &Engine<'_>, selector: Option<&impl Display>, found: usize, noun: &str, width: usize) -> String {
    let noun = match (noun.split_once(' '), found) {
        (_, 1) => noun.to_owned(),
        (Some((first, rest)), _) => format!("{first}s {}", rest.replace("relationship", "relationships")),
        (None, _) => format!("{noun}s"),
    };
    let number = if found == 0 { "No".to_owned() } else { found.to_string() };
    let selected = selector.map(|selector| format!(" for {}", visible(&selector.to_string()))).unwrap_or_default();
    let line = table::wrapped(&format!("{number} {noun}{selected}"), width, "");
    format!("{}\n{}\n", table::heading(judge, width), styled(BOLD, line))
}

/// A text behind a label, later lines under its first.
pub fn labelled(label: &str, text: &str, width: usize) -> String {
    const LABEL: usize = 12;
    let first = format!("  {label:<LABEL$}");
    let indent = " ".repeat(2 + LABEL);
    let options = table::options(width).initial_indent(&first).subsequent_indent(&indent);
    let filled = textwrap::fill(&visible(text), options);
    let styled_label = if label.is_empty() { String::new() } else { styled(DIM, label) };
    format!("{}\n", filled.replacen(label, &styled_label, 1))
}

/// A text under an entry.
pub fn under(text: &str, width: usize) -> String {
    format!("{}\n", table::wrapped(&visible(text), width, "  "))
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

/// A text behind a label and the mark of a verdict.
pub fn marked(label: &str, detail: Detail, text: &str, width: usize) -> String {
    let mark = table::mark(detail);
    let plain = anstream::adapter::strip_str(&mark).to_string();
    labelled(label, &format!("{plain} {text}"), width).replacen(&plain, &mark, 1)
}

/// What the marks mean.
pub fn legend(width: usize) -> String {
    let meanings = "● supported   ◐ contested   ○ not established   ✕ refuted   · without evidence either way";
    format!("\n{}\n", styled(DIM, table::wrapped(meanings, width, "")))
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
pub fn open(judge: &Engine<'_>, reason: Option<&str>, found: &[StatementAnswer], width: usize) -> String {
    let case = judge.case();
    let why = reason.map(|reason| reason.replace('_', " "));
    let number = if found.is_empty() { "No".to_owned() } else { found.len().to_string() };
    let noun = if found.len() == 1 { "statement is" } else { "statements are" };
    let line = match &why {
        Some(why) => format!("{number} {noun} open for this reason: {why}"),
        None => format!("{number} {noun} open"),
    };
    let mut text = format!("{}\n{}\n", table::heading(judge, width), styled(BOLD, line));
    for answer in found {
        let entry = &case.statements[answer.statement];
        let detail = answer.assessment.detail;
        let _ = writeln!(text, "\n{} {}", table::mark(detail), styled(BOLD, entry.key.as_str()));
        text += &under(&entry.text, width);
        let _ = writeln!(text, "  {}", styled(DIM, verdict_words(detail)));
        let reasons = answer.settlement.iter().flat_map(|settlement| &settlement.reasons);
        for found in reasons.filter(|found| reason.is_none_or(|reason| found.name() == reason)) {
            let name = found.name().replace('_', " ");
            let sentence = reason_sentence(case, found);
            let sentence = if reason.is_some() { sentence } else { format!("{name}: {sentence}") };
            let body = table::wrapped(&visible(&sentence), width, "    ");
            text += &format!("{}\n", body.replacen(&name, &styled(YELLOW, &name), usize::from(reason.is_none())));
        }
    }
    if !found.is_empty() {
        text += &legend(width);
    }
    text
}

/// The verdict, with its detail where that says more.
pub fn verdict_words(detail: Detail) -> String {
    let verdict = detail.verdict();
    match verdict {
        Verdict::Supported => verdict.to_string(),
        _ => format!("{verdict} ({})", detail.name().replace('_', " ")),
    }
}

/// `1 document`, `no document`.
pub fn number_of(number: usize, noun: &str) -> String {
    if number == 0 { format!("no {noun}") } else { count(number, noun) }
}
