//! Settled or open, with every reason: what the answers are, and how numbers are weakened.

use crate::logic::TooComplex;
use crate::model::{Bar, DocumentId, Source, StatementId};

use super::degrees::Degrees;
use super::detail::Detail;
use super::standard::{TOLERANCE, leads};

/// Whether a statement is settled, and why not.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    /// Established or refuted, and neither one source less, nor one assumption less, nor what is not itself decided, nor
    /// what is withheld, nor weaker weights change that.
    ///
    /// None where that depends on what is in doubt.
    pub settled: Option<bool>,
    /// Every reason that it is open, in the order of the definition.
    pub reasons: Vec<Reason>,
    /// What sampled worlds do not tell, in the order of the definition; nothing where the answer is exact.
    pub doubts: Vec<Doubt>,
    /// Whether it was worked out from sampled worlds, rather than exactly.
    pub sampled: bool,
}

impl Settlement {
    /// Whether it is known to be settled.
    pub fn is_settled(&self) -> bool {
        self.settled == Some(true)
    }

    /// Whether all of several are settled: none where none is open and some cannot be decided.
    pub fn all_settled<'a>(all: impl IntoIterator<Item = &'a Self>) -> Option<bool> {
        let mut known = Some(true);
        for one in all {
            match one.settled {
                Some(true) => {}
                Some(false) => return Some(false),
                None => known = None,
            }
        }
        known
    }

    /// Whether it is known to be open.
    pub fn is_open(&self) -> bool {
        self.settled == Some(false)
    }
}

/// What sampled worlds do not tell at their precision.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// The verdict itself.
    Verdict,
    /// Whether what is not itself decided bears it, or a premise would change it if that were decided.
    RestsOnOpenPremise,
    /// Whether one of these assumptions less changes the verdict.
    Assumption {
        /// Each of those assumed statements.
        statements: Vec<StatementId>,
    },
    /// Whether one of these sources less changes the verdict.
    SingleSource {
        /// Each of those sources.
        sources: Vec<Source>,
    },
    /// Whether what is withheld could change the verdict.
    Withheld,
    /// Whether numbers a tenth less favourable change the verdict.
    Weights,
}

impl Doubt {
    /// The word in output: that of the reason to be open that is in doubt.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::RestsOnOpenPremise => "rests_on_open_premise",
            Self::Assumption { .. } => "assumption",
            Self::SingleSource { .. } => "single_source",
            Self::Withheld => "withheld",
            Self::Weights => "weights",
        }
    }
}

/// A reason that a statement is open, with its witnesses in the order of their ids.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// The verdict is contested.
    Contested {
        /// Rivals, of it or of what it entails, that are not out and have a serious case.
        rivals: Vec<StatementId>,
        /// The sources that both sides draw on; or why that is too complex to say.
        shared: Result<Vec<Source>, TooComplex>,
    },
    /// There is something, and not enough.
    Insufficient(Shortfall),
    /// There is nothing either way.
    NoEvidence(Shortfall),
    /// What is not itself decided bears it, or a premise would change it if that were decided.
    RestsOnOpenPremise {
        /// Those premises.
        premises: Vec<StatementId>,
    },
    /// One assumption less changes the verdict.
    Assumption {
        /// Each of those assumed statements.
        statements: Vec<StatementId>,
    },
    /// One source less changes the verdict.
    SingleSource {
        /// Each of those sources.
        sources: Vec<Source>,
    },
    /// What is withheld could change the verdict.
    Withheld {
        /// The documents that it is withheld from: those that take part in a smallest completion that
        /// changes the verdict or, where not all were tried, in one that was found.
        documents: Vec<DocumentId>,
        /// The other verdicts within reach.
        verdicts: Vec<Detail>,
        /// How the completions were searched.
        search: Search,
    },
    /// Numbers a tenth less favourable change the verdict.
    Weights {
        /// The verdict that it falls to.
        falls_to: Detail,
    },
}

/// How far the case for a statement is from its standard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shortfall {
    /// What the case for it lacks, from 0 to 1.
    pub case: f64,
    /// What its lead over the case against it lacks, from 0 to 2; 0 where it outweighs that.
    pub margin: f64,
}

impl Shortfall {
    /// How far degrees are from a bar.
    pub fn of(degrees: Degrees, bar: Bar) -> Self {
        let (case, other) = (degrees.case_for(), degrees.case_against());
        let lead = if leads(case, other, bar) { bar.margin.get() } else { case - other };
        Self { case: (bar.case.get() - case).max(0.0), margin: (bar.margin.get() - lead).max(0.0) }
    }
}

/// How the completions of withheld passages were searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Search {
    /// All of them.
    Exhaustive,
    /// Step by step towards each other verdict; a verdict that was not reached may still be within reach.
    Greedy,
}

impl Search {
    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exhaustive => "exhaustive",
            Self::Greedy => "greedy",
        }
    }
}

impl Reason {
    /// The words of all reasons in output, in the order of the definition.
    pub const NAMES: [&'static str; 8] = [
        "contested",
        "insufficient",
        "no_evidence",
        "rests_on_open_premise",
        "assumption",
        "single_source",
        "withheld",
        "weights",
    ];

    /// The word in output.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Contested { .. } => "contested",
            Self::Insufficient(_) => "insufficient",
            Self::NoEvidence(_) => "no_evidence",
            Self::RestsOnOpenPremise { .. } => "rests_on_open_premise",
            Self::Assumption { .. } => "assumption",
            Self::SingleSource { .. } => "single_source",
            Self::Withheld { .. } => "withheld",
            Self::Weights { .. } => "weights",
        }
    }
}

/// Numbers are weakened by this part of themselves.
const WEAKER_BY: f64 = 0.1;

/// A number moved by a part of itself against the winning side, by how much more of it helps that.
pub(crate) fn weakened(number: f64, helps: f64) -> f64 {
    if helps > TOLERANCE {
        number * (1.0 - WEAKER_BY)
    } else if helps < -TOLERANCE {
        (number * (1.0 + WEAKER_BY)).min(1.0)
    } else {
        number
    }
}

/// Further evidence on one side of a statement, which is supposed: documents that share nothing with each other or with
/// the case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Further {
    /// The reliability of each document, from 0 to 1.
    pub reliability: f64,
    /// The strength of each link, from 0 to 1.
    pub strength: f64,
    /// How many documents.
    pub origins: u8,
}

impl Further {
    /// The probability that one of them makes a case.
    pub fn each(self) -> f64 {
        self.reliability * self.strength
    }

    /// The probability that at least one of them does (noisy-or, Pearl 1988).
    pub fn weight(self) -> f64 {
        1.0 - (1.0 - self.each()).powi(i32::from(self.origins))
    }

    /// Its weight with each reliability and each strength weakened, where `helps` says how much the whole helps the
    /// winning side.
    pub(crate) fn weakened(self, helps: f64) -> f64 {
        // How much one of them matters: as far as none of the others makes the case already.
        let helps = helps * (1.0 - self.each()).powi(i32::from(self.origins) - 1);
        let reliability = weakened(self.reliability, helps * self.strength);
        let strength = weakened(self.strength, helps * self.reliability);
        Self { reliability, strength, ..self }.weight()
    }
}
