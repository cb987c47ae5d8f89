//! A report on one page: the findings, the statements and sources that they name, what they hang on, where to dig first.

use std::collections::BTreeSet;

use serde::Serialize;

use super::document::{Document, Entry, Inline, Line, SourceEntry, Summary};

/// So many statements are listed, and those that the page names by their numbers in any case.
const STATEMENTS: usize = 15;

/// So many things to look for are named.
const DIGGING: usize = 3;

/// A report on one page. Statements and sources have the numbers that they have in the whole report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Brief<'d> {
    title: &'d str,
    reading: &'d str,
    left_out: Option<&'d str>,
    changes: &'d [Line],
    counts: &'d str,
    summary: &'d [Summary],
    statements: Vec<&'d Entry>,
    /// How many statements of the questions are not among them.
    unlisted: usize,
    hangs_on: &'d Line,
    digging: Vec<First<'d>>,
    sources: Vec<&'d SourceEntry>,
}

/// The first thing to look for, of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct First<'d> {
    heading: &'static str,
    first: &'d Line,
}

impl Document {
    /// The report on one page.
    pub fn brief(&self) -> Brief<'_> {
        let digs = self.digging.iter().take(DIGGING);
        let digging: Vec<First<'_>> =
            digs.filter_map(|dig| Some(First { heading: dig.heading, first: dig.items.first()? })).collect();
        let summary = self.summary.iter().flat_map(|one| &one.paragraphs);
        let on_the_page = self.changes.iter().chain(summary).chain([&self.carriers.lead]);
        let on_the_page: Vec<&Line> = on_the_page.chain(digging.iter().map(|one| one.first)).collect();
        let named = anchors(on_the_page.into_iter());
        let (statements, unlisted) = self.statements_for(&named);
        Brief {
            title: &self.title,
            reading: &self.reading,
            left_out: self.left_out.as_deref(),
            changes: &self.changes,
            counts: &self.counts,
            summary: &self.summary,
            statements,
            unlisted,
            hangs_on: &self.carriers.lead,
            digging,
            sources: self.sources.iter().filter(|source| named.contains(source.anchor.as_str())).collect(),
        }
    }

    /// The statements that are named, and further ones of the questions, as many as there is room for; and how many
    /// there is none for. Where the case asks no question, every statement is wanted.
    fn statements_for(&self, named: &BTreeSet<&str>) -> (Vec<&Entry>, usize) {
        let asked = anchors(self.findings.iter().flat_map(|one| one.parts.iter().map(|part| &part.text)));
        let is_wanted = |entry: &Entry| self.findings.is_empty() || asked.contains(entry.anchor.as_str());
        let is_named = |entry: &Entry| named.contains(entry.anchor.as_str());
        let entries = || self.sections.iter().flat_map(|section| &section.entries).filter(|entry| !entry.again);
        let mut room = STATEMENTS.saturating_sub(entries().filter(|entry| is_named(entry)).count());
        let (mut listed, mut unlisted) = (Vec::new(), 0);
        for entry in entries() {
            if is_named(entry) {
                listed.push(entry);
            } else if is_wanted(entry) && room > 0 {
                room -= 1;
                listed.push(entry);
            } else if is_wanted(entry) {
                unlisted += 1;
            }
        }
        (listed, unlisted)
    }
}

/// What links in some lines lead to.
fn anchors<'d>(lines: impl Iterator<Item = &'d Line>) -> BTreeSet<&'d str> {
    let anchor = |piece: &'d Inline| match piece {
        Inline::Words { .. } => None,
        Inline::Claim { anchor, .. }
        | Inline::ClaimNumber { anchor, .. }
        | Inline::Source { anchor, .. }
        | Inline::SourceNumber { anchor, .. } => Some(anchor.as_str()),
    };
    lines.flatten().filter_map(anchor).collect()
}
