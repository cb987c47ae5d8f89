//! A report on one page: the findings, the statements and sources that they name, what they hang on, where to dig first.

use std::collections::BTreeSet;

use serde::Serialize;

use super::document::{Document, Entry, Inline, Line, SourceEntry, Summary};

/// So many statements are listed of a case that asks no question.
const STATEMENTS: usize = 15;

/// So many things to look for are named.
const DIGGING: usize = 2;

/// Of more questions than these, the page has no more than how the headline of each stands.
const IN_FULL: usize = 2;

/// Of more questions than these, the page has the first.
const QUESTIONS: usize = 6;

/// A report on one page. Statements and sources have the numbers that they have in the whole report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Brief<'d> {
    pub(in crate::report) title: &'d str,
    pub(in crate::report) reading: &'d str,
    pub(in crate::report) left_out: Option<&'d str>,
    pub(in crate::report) changes: &'d [Line],
    pub(in crate::report) counts: &'d str,
    pub(in crate::report) summary: Vec<Summary>,
    /// How many further questions there are.
    pub(in crate::report) unasked: usize,
    pub(in crate::report) statements: Vec<&'d Entry>,
    /// How many are not listed, where the case asks no question and all are wanted.
    pub(in crate::report) unlisted: usize,
    pub(in crate::report) hangs_on: &'d Line,
    pub(in crate::report) digging: Vec<First<'d>>,
    pub(in crate::report) sources: Vec<&'d SourceEntry>,
}

/// The first thing to look for, of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct First<'d> {
    pub heading: &'static str,
    pub first: &'d Line,
}

impl Summary {
    /// With so many paragraphs at most.
    fn shortened(&self, kept: usize) -> Self {
        let paragraphs = self.paragraphs.iter().take(kept).cloned().collect();
        Self { paragraphs, question: self.question.clone(), ..*self }
    }
}

impl Document {
    /// The report on one page.
    pub fn brief(&self) -> Brief<'_> {
        let digs = self.digging.iter().take(if self.summary.len() > IN_FULL { 1 } else { DIGGING });
        let digging: Vec<First<'_>> =
            digs.filter_map(|dig| Some(First { heading: dig.heading, first: dig.items.first()? })).collect();
        let kept = if self.summary.len() > IN_FULL { 1 } else { usize::MAX };
        let questions = &self.summary[..self.summary.len().min(QUESTIONS)];
        let paragraphs = questions.iter().flat_map(|one| one.paragraphs.iter().take(kept));
        let on_the_page = self.changes.iter().chain(paragraphs).chain([&self.carriers.lead]);
        let on_the_page: Vec<&Line> = on_the_page.chain(digging.iter().map(|one| one.first)).collect();
        let named = anchors(on_the_page.into_iter());
        let (statements, unlisted) = self.statements_for(&named);
        Brief {
            title: &self.title,
            reading: &self.reading,
            left_out: self.left_out.as_deref(),
            changes: &self.changes,
            counts: &self.counts,
            summary: questions.iter().map(|one| one.shortened(kept)).collect(),
            unasked: self.summary.len() - questions.len(),
            statements,
            unlisted,
            hangs_on: &self.carriers.lead,
            digging,
            sources: self.sources.iter().filter(|source| named.contains(source.anchor.as_str())).collect(),
        }
    }

    /// The statements that are named. Where the case asks no question, every statement is wanted: as many as there is room
    /// for, and how many there is none for.
    fn statements_for(&self, named: &BTreeSet<&str>) -> (Vec<&Entry>, usize) {
        let entries = self.sections.iter().flat_map(|section| &section.entries).filter(|entry| !entry.again);
        let (named, others): (Vec<&Entry>, Vec<&Entry>) =
            entries.partition(|entry| named.contains(entry.anchor.as_str()));
        if !self.findings.is_empty() {
            return (named, 0);
        }
        let room = STATEMENTS.saturating_sub(named.len()).min(others.len());
        let unlisted = others.len() - room;
        (named.into_iter().chain(others.into_iter().take(room)).collect(), unlisted)
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
