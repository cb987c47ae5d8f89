//! What the values in a selector can be, in one case.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::error::SelectorProblem;
use crate::model::{ActorId, Case, EvidenceGraph, Period, Source, StatementId};

/// The ids and words of a case, for the values of conditions.
pub(crate) struct Vocabulary<'c> {
    pub(crate) case: &'c Case,
    graph: OnceCell<EvidenceGraph>,
}

impl<'c> Vocabulary<'c> {
    pub(crate) fn new(case: &'c Case) -> Self {
        Self { case, graph: OnceCell::new() }
    }

    /// The case as a graph.
    pub(crate) fn graph(&self) -> &EvidenceGraph {
        self.graph.get_or_init(|| EvidenceGraph::new(self.case))
    }

    /// A word that has to be one of those that there are.
    pub(crate) fn word<'w>(
        &self,
        value: &str,
        what: &'static str,
        known: impl IntoIterator<Item = &'w str>,
    ) -> Result<String, SelectorProblem> {
        let known: BTreeSet<&str> = known.into_iter().collect();
        if known.contains(value) {
            return Ok(value.to_owned());
        }
        let known = known.into_iter().map(str::to_owned).collect();
        Err(SelectorProblem::UnknownValue { value: value.to_owned(), what, known })
    }

    /// A word, in capital or small letters, that has to be one of those that there are; in small letters.
    pub(crate) fn word_in_any_case<'w>(
        &self,
        value: &str,
        what: &'static str,
        known: impl IntoIterator<Item = &'w str>,
    ) -> Result<String, SelectorProblem> {
        let known: BTreeSet<&str> = known.into_iter().collect();
        let small = value.to_lowercase();
        if known.iter().any(|word| word.to_lowercase() == small) {
            return Ok(small);
        }
        self.word(value, what, known)
    }

    /// The document or actor of an id.
    pub(crate) fn source(&self, value: &str) -> Result<Source, SelectorProblem> {
        let keys = || self.case.sources().map(|source| self.case.source_key(source).as_str());
        self.case.source(value).ok_or_else(|| self.no_such(value, "document or actor", keys()))
    }

    /// The actor of an id.
    pub(crate) fn actor(&self, value: &str) -> Result<ActorId, SelectorProblem> {
        match self.case.source(value) {
            Some(Source::Actor(actor)) => Ok(actor),
            _ => Err(self.no_such(value, "actor", self.case.actors.values().map(|actor| actor.key.as_str()))),
        }
    }

    /// The claim or relationship of an id; for a relationship that takes a claim's verdict, the claim.
    pub(crate) fn statement(&self, value: &str) -> Result<StatementId, SelectorProblem> {
        let keys = || self.case.statements.values().map(|statement| statement.key.as_str());
        let found = self.case.statement(value).map(|statement| self.case.canonical(statement));
        found.ok_or_else(|| self.no_such(value, "claim or relationship", keys()))
    }

    /// A value that names nothing, or something of another sort.
    pub(crate) fn no_such<'w>(
        &self,
        value: &str,
        needed: &'static str,
        known: impl Iterator<Item = &'w str>,
    ) -> SelectorProblem {
        let case = self.case;
        let is = match case.source(value) {
            Some(Source::Document(_)) => Some("a document"),
            Some(Source::Actor(_)) => Some("an actor"),
            None if case.statement(value).is_some() => Some("a claim or relationship"),
            None if case.inference(value).is_some() => Some("an inference"),
            None if case.question(value).is_some() => Some("a question"),
            None => None,
        };
        let value = value.to_owned();
        match is {
            Some(is) => SelectorProblem::WrongSort { key: "", value, is, needed },
            None => SelectorProblem::UnknownValue { value, what: needed, known: known.map(str::to_owned).collect() },
        }
    }

    /// A date or period.
    pub(crate) fn period(&self, value: &str) -> Result<Period, SelectorProblem> {
        Period::parse(value).map_err(|_| unreadable(value, "date", "1986, 1986-10, 1984/1986, 1985/.. or 198X"))
    }
}

/// A value that is not of the form that it should have.
pub(crate) fn unreadable(value: &str, what: &'static str, write: &'static str) -> SelectorProblem {
    SelectorProblem::Unreadable { value: value.to_owned(), what, write }
}
