//! The entries of all files, each section in the order of its ids.

use crate::model::{DocumentId, Expectation, InferenceId, Period, QuestionId, Standard, StatementId};
use crate::source::Span;

use super::super::mirror::{self, Actor, Claim, Document, Evidence, Inference, Question, Relationship, WrittenFile};
use super::super::reader::Text;
use super::super::values::{Quantity, Spanned, Strength};
use super::sort::Sort;

/// An entry as it is written.
#[derive(Debug)]
pub(in super::super) struct Row<'m, T> {
    pub(in super::super) key: &'m str,
    pub(in super::super) declared: Span,
    pub(in super::super) entry: &'m T,
}

impl<T> Clone for Row<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Row<'_, T> {}

/// The entries that could be read. Their places here are those in the tables of the model.
#[derive(Debug)]
pub(in super::super) struct Entries<'m> {
    pub(super) actors: Vec<Row<'m, Actor<'m>>>,
    pub(super) documents: Vec<Row<'m, Document<'m>>>,
    pub(super) claims: Vec<Row<'m, Claim<'m>>>,
    pub(super) relationships: Vec<Row<'m, Relationship<'m>>>,
    pub(super) inferences: Vec<Row<'m, Inference<'m>>>,
    pub(super) questions: Vec<Row<'m, Question<'m>>>,
}

/// A claim or a relationship as it is written: what both may have.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct WrittenStatement<'m> {
    pub(super) standard: Option<Standard>,
    pub(in super::super) evidence: &'m [Evidence<'m>],
    pub(in super::super) entails: &'m [Text<'m>],
    pub(in super::super) rivals: &'m [Text<'m>],
    pub(in super::super) all_of: &'m [Text<'m>],
    pub(in super::super) any_of: &'m [Text<'m>],
    pub(in super::super) one_of: &'m [Text<'m>],
    pub(super) assumed: &'m Option<Quantity<Strength>>,
    pub(super) places: &'m [Text<'m>],
    pub(super) period: &'m Option<Period>,
    pub(super) tags: &'m [Text<'m>],
    pub(super) note: &'m Option<Text<'m>>,
    pub(super) expect: Option<Spanned<Expectation>>,
}

impl WrittenStatement<'_> {
    /// A statement under which nothing is written.
    pub(in super::super) const NOTHING: Self = Self {
        standard: None,
        evidence: &[],
        entails: &[],
        rivals: &[],
        all_of: &[],
        any_of: &[],
        one_of: &[],
        assumed: &None,
        places: &[],
        period: &None,
        tags: &[],
        note: &None,
        expect: None,
    };
}

/// A list, empty where it is not written.
pub(super) fn slice<T>(list: &Option<Vec<T>>) -> &[T] {
    list.as_deref().unwrap_or_default()
}

macro_rules! written_statements {
    ($($entry:ident)*) => {$(
        impl<'m> From<&'m $entry<'m>> for WrittenStatement<'m> {
            fn from(entry: &'m $entry<'m>) -> Self {
                Self {
                    standard: entry.standard.map(|standard| standard.value),
                    evidence: slice(&entry.evidence),
                    entails: slice(&entry.entails),
                    rivals: slice(&entry.rivals),
                    all_of: slice(&entry.all_of),
                    any_of: slice(&entry.any_of),
                    one_of: slice(&entry.one_of),
                    assumed: &entry.assumed,
                    places: slice(&entry.places),
                    period: &entry.period,
                    tags: slice(&entry.tags),
                    note: &entry.note,
                    expect: entry.expect,
                }
            }
        }
    )*};
}

written_statements! { Claim Relationship }

impl<'m> Entries<'m> {
    /// Gathers the entries of all files and puts them in order.
    pub(super) fn collect(files: &'m [WrittenFile<'m>]) -> Self {
        Self {
            actors: rows(files, |case| &case.actors),
            documents: rows(files, |case| &case.documents),
            claims: rows(files, |case| &case.claims),
            relationships: rows(files, |case| &case.relationships),
            inferences: rows(files, |case| &case.inferences),
            questions: rows(files, |case| &case.questions),
        }
    }

    /// The entry of a statement: claims come before relationships.
    pub(in super::super) fn statement(&self, id: StatementId) -> WrittenStatement<'m> {
        match id.index().checked_sub(self.claims.len()) {
            None => self.claims[id.index()].entry.into(),
            Some(index) => self.relationships[index].entry.into(),
        }
    }

    /// The entries whose values could not be read.
    pub(super) fn unread(files: &'m [WrittenFile<'m>]) -> impl Iterator<Item = (&'m Text<'m>, Sort)> {
        files.iter().filter_map(|file| file.case.as_ref()).flat_map(|case| {
            unread(&case.actors, Sort::Actor)
                .chain(unread(&case.documents, Sort::Document))
                .chain(unread(&case.claims, Sort::Claim))
                .chain(unread(&case.relationships, Sort::Relationship))
                .chain(unread(&case.inferences, Sort::Inference))
                .chain(unread(&case.questions, Sort::Question))
        })
    }

    pub(in super::super) fn document(&self, id: DocumentId) -> Row<'m, Document<'m>> {
        self.documents[id.index()]
    }

    pub(in super::super) fn inference(&self, id: InferenceId) -> Row<'m, Inference<'m>> {
        self.inferences[id.index()]
    }

    pub(in super::super) fn question(&self, id: QuestionId) -> Row<'m, Question<'m>> {
        self.questions[id.index()]
    }
}

fn unread<'m, T>(
    section: &'m Option<mirror::Entries<'m, T>>,
    sort: Sort,
) -> impl Iterator<Item = (&'m Text<'m>, Sort)> {
    let entries = section.iter().flat_map(mirror::Entries::iter);
    entries.filter(|entry| entry.value.is_none()).map(move |entry| (&entry.id, sort))
}

/// Leaves out the rows that lead nowhere, and gives what the others lead to.
pub(super) fn keep<T, E>(rows: &mut Vec<Row<'_, T>>, resolved: Vec<Option<E>>) -> Vec<E> {
    let mut leads = resolved.iter().map(Option::is_some);
    rows.retain(|_| leads.next().unwrap_or(false));
    resolved.into_iter().flatten().collect()
}

fn rows<'m, T>(
    files: &'m [WrittenFile<'m>],
    section: fn(&'m mirror::Case<'m>) -> &'m Option<mirror::Entries<'m, T>>,
) -> Vec<Row<'m, T>> {
    let entries = files.iter().filter_map(|file| file.case.as_ref()).flat_map(section);
    let row = |entry: &'m mirror::Entry<'m, T>| {
        Some(Row { key: entry.id.text.as_ref(), declared: entry.id.span, entry: entry.value.as_ref()? })
    };
    let mut rows: Vec<Row<'m, T>> = entries.flat_map(mirror::Entries::iter).filter_map(row).collect();
    rows.sort_by_key(|row| row.key);
    rows
}
