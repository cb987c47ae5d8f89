//! `case.json`: what a snapshot says of the whole case.

use serde::{Deserialize, Serialize};

use crate::model::{Bar, Probability, ProbabilityError, Standard, Thresholds};

use super::super::allow::Unplaced;

/// The name of the format.
pub(super) const FORMAT: &str = "evigraph/columns";

/// The version of the format that is written and read.
pub(super) const VERSION: u32 = 1;

/// The head of the manifest, which every version has.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    pub(super) format: String,
    pub(super) version: u32,
}

/// The whole manifest.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: String,
    pub(super) version: u32,
    pub(super) title: String,
    pub(super) summary: Option<String>,
    pub(super) standard: String,
    pub(super) thresholds: WrittenThresholds,
    pub(super) rows: Rows,
    /// The warnings that the files alone show and the case does not allow.
    pub(super) warnings: Vec<Warning>,
    pub(super) allowances: Vec<Unplaced>,
    /// How many warnings the case allows before verdicts are known.
    pub(super) allowed: usize,
    /// How many of these it gives no reason for.
    pub(super) allowed_without_reason: usize,
}

/// A warning without its places.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Warning {
    pub(super) code: String,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) about: Vec<String>,
}

/// How many rows each table has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rows {
    pub(super) actors: u32,
    pub(super) documents: u32,
    pub(super) claims: u32,
    pub(super) relationships: u32,
    pub(super) inferences: u32,
    pub(super) questions: u32,
    pub(super) sections: u32,
    pub(super) evidence: u32,
    pub(super) attacks: u32,
    pub(super) references: u32,
    pub(super) words: u32,
}

impl Rows {
    /// Each table with its rows.
    pub(super) fn all(&self) -> [(&'static str, u32); 11] {
        [
            ("actors", self.actors),
            ("documents", self.documents),
            ("claims", self.claims),
            ("relationships", self.relationships),
            ("inferences", self.inferences),
            ("questions", self.questions),
            ("sections", self.sections),
            ("evidence", self.evidence),
            ("attacks", self.attacks),
            ("references", self.references),
            ("words", self.words),
        ]
    }
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct WrittenThresholds {
    serious: f64,
    preponderance: WrittenBar,
    clear_and_convincing: WrittenBar,
    beyond_reasonable_doubt: WrittenBar,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct WrittenBar {
    case: f64,
    margin: f64,
}

impl From<Thresholds> for WrittenThresholds {
    fn from(thresholds: Thresholds) -> Self {
        let bar = |standard| {
            let Bar { case, margin } = thresholds.bar(standard);
            WrittenBar { case: case.get(), margin: margin.get() }
        };
        Self {
            serious: thresholds.serious.get(),
            preponderance: bar(Standard::Preponderance),
            clear_and_convincing: bar(Standard::ClearAndConvincing),
            beyond_reasonable_doubt: bar(Standard::BeyondReasonableDoubt),
        }
    }
}

impl TryFrom<WrittenThresholds> for Thresholds {
    type Error = ProbabilityError;

    fn try_from(written: WrittenThresholds) -> Result<Self, ProbabilityError> {
        let bar =
            |bar: WrittenBar| Ok(Bar { case: Probability::new(bar.case)?, margin: Probability::new(bar.margin)? });
        Ok(Self {
            serious: Probability::new(written.serious)?,
            preponderance: bar(written.preponderance)?,
            clear_and_convincing: bar(written.clear_and_convincing)?,
            beyond_reasonable_doubt: bar(written.beyond_reasonable_doubt)?,
        })
    }
}
