//! From prose to the lines of a report: each statement with its number, each source with its own.

use std::collections::BTreeMap;

use crate::engine::Engine;
use crate::explain::Weighed;
use crate::model::{Case, Citations, Source, StatementId};
use crate::verdict::{Detail, Finding};

use crate::words::{Piece, Prose, in_brief};
use crate::words::{finding_phrase, one_line, quoted, shortened};

use super::document::{Inline, Line, Sign};

/// What speaks for and against statements, as far as it is known.
pub(super) type Grounds = BTreeMap<StatementId, Vec<Weighed>>;

/// What every part of a report is written with.
pub(super) struct Writer<'c> {
    pub case: &'c Case,
    pub layout: &'c Citations,
}

/// The most letters of a statement or a title where it is mentioned; its own entry has all of it.
const LONGEST_MENTION: usize = 400;

/// The most letters of a hint behind a number.
const LONGEST_HINT: usize = 160;

fn mention(text: &str, most: usize) -> String {
    quoted(&shortened(one_line(text), most))
}

/// Of more statements than these only so many are listed by their numbers.
const MANY: usize = 20;
const SHOWN: usize = 10;

/// So many sources are listed by their titles.
const FEW: usize = 4;

impl<'c> Writer<'c> {
    pub(super) fn new(engine: &'c Engine<'_>) -> Self {
        Self { case: engine.case(), layout: engine.citations() }
    }

    /// Prose as a line.
    pub(super) fn line(&self, prose: &Prose) -> Line {
        prose.pieces().iter().flat_map(|piece| self.inlines(piece)).collect()
    }

    /// Prose as a line, with statements and sources by their numbers alone.
    pub(super) fn brief(&self, prose: &Prose) -> Line {
        let brief = |piece: &Piece| match piece {
            Piece::Claim(statement) => vec![self.claim_number(*statement)],
            piece => self.cited(piece),
        };
        prose.pieces().iter().flat_map(brief).collect()
    }

    /// Prose as a line, with sources by their numbers alone.
    pub(super) fn citing(&self, prose: &Prose) -> Line {
        prose.pieces().iter().flat_map(|piece| self.cited(piece)).collect()
    }

    fn cited(&self, piece: &Piece) -> Line {
        match piece {
            Piece::Source(source) => vec![self.source(*source, false)],
            Piece::Sources(sources) => self.source_numbers(sources.iter().map(|&(source, _)| source)),
            piece => self.inlines(piece),
        }
    }

    fn inlines(&self, piece: &Piece) -> Line {
        match piece {
            Piece::Words(text) => vec![Inline::Words { text: text.clone() }],
            Piece::Claim(statement) => vec![self.claim(*statement)],
            Piece::ClaimInBrief(statement) => vec![self.claim_in_brief(*statement)],
            Piece::ClaimAgain(statement) => vec![self.claim_number(*statement)],
            Piece::Source(source) => vec![self.source(*source, true)],
            Piece::SourceAgain(source) => vec![self.source(*source, false)],
            Piece::Sources(sources) => {
                let few = sources.len() <= FEW;
                let mut sources = sources.clone();
                sources.sort_by_key(|&(source, _)| self.order(source));
                joined(
                    sources.into_iter().map(|(source, again)| vec![self.source(source, few && !again)]).collect(),
                    "and",
                )
            }
        }
    }

    fn claim(&self, statement: StatementId) -> Inline {
        self.claim_as(statement, mention(&self.case.statements[statement].text, LONGEST_MENTION))
    }

    fn claim_in_brief(&self, statement: StatementId) -> Inline {
        self.claim_as(statement, mention(&in_brief(self.case, self.layout, statement), LONGEST_MENTION))
    }

    fn claim_as(&self, statement: StatementId, text: String) -> Inline {
        Inline::Claim { text, number: self.layout.number(statement), anchor: self.anchor(statement) }
    }

    fn claim_number(&self, statement: StatementId) -> Inline {
        let text = mention(&self.case.statements[statement].text, LONGEST_HINT);
        Inline::ClaimNumber { text, number: self.layout.number(statement), anchor: self.anchor(statement) }
    }

    /// What links to a statement lead to.
    pub(super) fn anchor(&self, statement: StatementId) -> String {
        format!("claim-{}", self.case.statements[statement].key)
    }

    fn source(&self, source: Source, titled: bool) -> Inline {
        let title = mention(self.case.source_title(source), if titled { LONGEST_MENTION } else { LONGEST_HINT });
        match self.layout.source_number(source) {
            None => Inline::Words { text: title },
            Some(number) if titled => Inline::Source { text: title, number, anchor: source_anchor(number) },
            Some(number) => Inline::SourceNumber { text: title, number, anchor: source_anchor(number) },
        }
    }

    /// Sources by their numbers alone, `[1], [2] and [5]`.
    pub(super) fn source_numbers(&self, sources: impl IntoIterator<Item = Source>) -> Line {
        let mut sources: Vec<Source> = sources.into_iter().collect();
        sources.sort_by_key(|&source| self.order(source));
        sources.dedup();
        joined(sources.into_iter().map(|source| vec![self.source(source, false)]).collect(), "and")
    }

    fn order(&self, source: Source) -> u64 {
        self.layout.source_number(source).unwrap_or(u64::MAX)
    }

    /// Statements by their numbers alone, `2.3, 2.5 and 4.1`; of very many the first, and how many there are besides.
    pub(super) fn claim_numbers(&self, statements: &[StatementId]) -> Line {
        let mut statements = statements.to_vec();
        statements.sort_by_key(|&statement| self.layout.place(statement));
        statements.dedup();
        let more = if statements.len() > MANY { statements.len() - SHOWN } else { 0 };
        let shown = statements.iter().take(statements.len() - more);
        let mut items: Vec<Line> = shown.map(|&statement| vec![self.claim_number(statement)]).collect();
        items.extend((more > 0).then(|| words(format!("{more} more"))));
        joined(items, "and")
    }
}

/// What links to a source lead to.
pub(super) fn source_anchor(number: u64) -> String {
    format!("source-{number}")
}

/// Plain words as a line.
pub(super) fn words(text: impl Into<String>) -> Line {
    vec![Inline::Words { text: text.into() }]
}

/// Lines one behind the other.
pub(super) fn chain(lines: impl IntoIterator<Item = Line>) -> Line {
    lines.into_iter().flatten().collect()
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn joined(items: Vec<Line>, word: &str) -> Line {
    let last = items.len().saturating_sub(1);
    let mut line = Line::new();
    for (at, item) in items.into_iter().enumerate() {
        match at {
            0 => {}
            _ if at == last => line.extend(words(format!(" {word} "))),
            _ => line.extend(words(", ")),
        }
        line.extend(item);
    }
    line
}

/// Lines with a mark between them.
pub(super) fn separated(items: Vec<Line>, mark: &str) -> Line {
    let mut line = Line::new();
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            line.extend(words(mark));
        }
        line.extend(item);
    }
    line
}

/// A verdict's detail by sign, word and colour.
pub(super) fn sign(detail: Detail) -> Sign {
    let (sign, word, tone) = match detail {
        Detail::Established => ("●", "Established", "for"),
        Detail::RivalReadings => ("◐", "Contested by a rival reading", "contest"),
        Detail::ConflictingEvidence => ("◐", "Contested by conflicting evidence", "contest"),
        Detail::Refuted => ("✕", "Refuted", "against"),
        Detail::Insufficient => ("○", "Not established", "open"),
        Detail::NoEvidence => ("·", "Without evidence", "open"),
        Detail::Undecided => ("?", "Undecided at this precision", "open"),
    };
    Sign { sign, word, tone }
}

/// A finding by sign, word and colour.
pub(super) fn finding_sign(finding: Finding) -> Sign {
    let (sign, tone) = match finding {
        Finding::Confirmed => ("●", "for"),
        Finding::Nuanced => ("◐", "contest"),
        Finding::Refuted => ("✕", "against"),
        Finding::Unresolved => ("○", "open"),
        Finding::Undecided => ("?", "open"),
    };
    Sign { sign, word: finding_phrase(finding), tone }
}
