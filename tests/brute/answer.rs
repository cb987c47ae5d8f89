//! What the oracle answers: the words of the definition.

use std::collections::BTreeSet;

use evigraph::{DocumentId, Source, StatementId};

/// What is withheld of a document may speak to a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage {
    pub document: DocumentId,
    pub statement: StatementId,
    pub strength: f64,
}

/// The probability of each of the four values.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Degrees {
    pub in_favour: f64,
    pub against: f64,
    pub conflict: f64,
    pub ignorance: f64,
}

impl Degrees {
    pub fn case_for(self) -> f64 {
        self.in_favour + self.conflict
    }

    pub fn case_against(self) -> f64 {
        self.against + self.conflict
    }

    /// For less against.
    pub fn lead(self) -> f64 {
        self.in_favour - self.against
    }

    /// With the two sides exchanged.
    pub fn turned(self) -> Self {
        Self { in_favour: self.against, against: self.in_favour, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    Established,
    Refuted,
    RivalReadings,
    ConflictingEvidence,
    NoEvidence,
    Insufficient,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaning {
    For,
    Against,
    Neither,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    Confirmed,
    Nuanced,
    Refuted,
    Unresolved,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assessment {
    pub degrees: Degrees,
    pub detail: Detail,
    pub leaning: Leaning,
    pub out: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    Exhaustive,
    Greedy,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    Contested { rivals: Vec<StatementId>, shared: Vec<Source> },
    Insufficient,
    NoEvidence,
    RestsOnOpenPremise { premises: Vec<StatementId> },
    Assumption { statements: Vec<StatementId> },
    SingleSource { sources: Vec<Source> },
    Withheld { documents: Vec<DocumentId>, verdicts: BTreeSet<Detail>, search: Search },
    Weights { falls_to: Detail },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    pub settled: bool,
    pub reasons: Vec<Reason>,
}
