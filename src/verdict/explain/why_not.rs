//! Why a statement does not have some other verdict.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::logic::{Parameter, VariableId};
use crate::model::{Effect, StatementId};

use super::super::degrees::{Degrees, Detail, Verdict, reaches};
use super::super::judge::{Judge, JudgeError, Reading};
use super::super::losses::Less;
use super::super::models::ModelKey;
use super::grounds::side;

/// A verdict, or its detail, that is asked after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// A verdict, whatever its detail.
    Verdict(Verdict),
    /// A detail.
    Detail(Detail),
}

/// A word that is no verdict.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no verdict")]
pub struct AskedError(pub String);

impl Asked {
    /// Every word that is understood.
    pub const WORDS: [&'static str; 9] = [
        "supported",
        "contested",
        "unsupported",
        "established",
        "rival_readings",
        "conflicting_evidence",
        "refuted",
        "insufficient",
        "no_evidence",
    ];

    /// Whether a verdict with its detail is what is asked after.
    pub fn is(self, detail: Detail) -> bool {
        match self {
            Self::Verdict(verdict) => detail.verdict() == verdict,
            Self::Detail(asked) => asked == detail,
        }
    }

    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verdict(verdict) => verdict.name(),
            Self::Detail(detail) => detail.name(),
        }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Asked {
    type Err = AskedError;

    /// Reads a verdict or a detail; hyphens do for underscores.
    fn from_str(word: &str) -> Result<Self, AskedError> {
        let plain = word.to_ascii_lowercase().replace('-', "_");
        let verdicts = Verdict::ALL.map(Self::Verdict);
        let details = Detail::ALL.map(Self::Detail);
        let found = verdicts.into_iter().chain(details).find(|asked| asked.name() == plain);
        found.ok_or_else(|| AskedError(word.to_owned()))
    }
}

/// A condition of a verdict that is not met.
#[derive(Debug, Clone, PartialEq)]
pub enum Unmet {
    /// The case on a side does not reach the standard.
    Case {
        /// The side.
        side: Effect,
        /// The case, from 0 to 1.
        has: f64,
        /// What the standard asks.
        needs: f64,
    },
    /// The case on a side does not lead the other by enough.
    Margin {
        /// The side.
        side: Effect,
        /// Its lead, from -1 to 1.
        has: f64,
        /// What the standard asks.
        needs: f64,
    },
    /// The case on a side is not serious.
    Serious {
        /// The side.
        side: Effect,
        /// The case, from 0 to 1.
        has: f64,
        /// What makes a case serious.
        needs: f64,
    },
    /// The case against meets the standard, but only through a contest with these readings.
    OnlyContested {
        /// The readings.
        readings: Vec<StatementId>,
    },
    /// Another verdict comes first: its conditions are met.
    Prevails {
        /// That verdict.
        detail: Detail,
    },
    /// A rival reading is needed that is not out and has a serious case, and there is none.
    NoRivalReading,
    /// There are rival readings that are not out and have a serious case.
    RivalReadings {
        /// The rivals.
        rivals: Vec<StatementId>,
    },
    /// A case is possible, for or against.
    SomeCase,
    /// No case is possible, neither for nor against.
    NoCase,
}

/// A number of the case that holds a statement back from a verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hindrance {
    /// The source, step or attack.
    pub quantity: Parameter,
    /// The degrees without it.
    pub degrees: Degrees,
    /// The verdict without it.
    pub detail: Detail,
}

/// Why a statement does not have a verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNot {
    /// What is asked after.
    pub asked: Asked,
    /// The verdict that it has.
    pub detail: Detail,
    /// The conditions that are not met; none where the verdict is what is asked after.
    pub unmet: Vec<Unmet>,
    /// What holds it back: if one thing alone does, only such; else those without which it would come nearest.
    pub hindrances: Vec<Hindrance>,
}

/// How many hindrances are told.
const MOST_HINDRANCES: usize = 3;

/// How many numbers are read at once.
const AT_ONCE: usize = 256;

/// A change by less is none.
const NOTHING: f64 = 1e-9;

/// Changes that differ by less are equal.
const ROUNDING: f64 = 1e-12;

impl Judge<'_> {
    /// Why a statement does not have a verdict: the conditions that are not met, and what stands in the way.
    ///
    /// Cost: two passes over the diagrams for every 256 numbers that it depends on, and one for each number that
    /// decides whether a reading is out.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if decision diagrams grow past the budget.
    pub fn why_not(&mut self, statement: StatementId, asked: Asked) -> Result<WhyNot, JudgeError> {
        let statement = self.case.canonical(statement);
        let detail = self.in_base(|judge, base| judge.detail(base, statement))?;
        let mut answer = WhyNot { asked, detail, unmet: Vec::new(), hindrances: Vec::new() };
        if !asked.is(detail) {
            answer.unmet = self.unmet(statement, asked, detail)?;
            answer.hindrances = self.hindrances(statement, asked)?;
        }
        Ok(answer)
    }

    fn unmet(&mut self, statement: StatementId, asked: Asked, detail: Detail) -> Result<Vec<Unmet>, JudgeError> {
        let degrees = self.in_base(|judge, base| judge.degrees(base, statement))?;
        Ok(match asked {
            Asked::Verdict(Verdict::Supported) | Asked::Detail(Detail::Established) => {
                self.short_of_standard(statement, degrees, Effect::Supports)
            }
            Asked::Detail(Detail::Refuted) => self.not_refuted(statement, degrees, detail)?,
            Asked::Verdict(Verdict::Contested) => self.not_contested(degrees, detail),
            Asked::Detail(Detail::RivalReadings | Detail::ConflictingEvidence) => {
                self.not_contested_so(statement, degrees, detail)?
            }
            Asked::Verdict(Verdict::Unsupported) => vec![Unmet::Prevails { detail }],
            Asked::Detail(Detail::Insufficient) if !degrees.any_case => vec![Unmet::NoCase],
            Asked::Detail(Detail::Insufficient) => vec![Unmet::Prevails { detail }],
            Asked::Detail(Detail::NoEvidence) if degrees.any_case => vec![Unmet::SomeCase],
            Asked::Detail(Detail::NoEvidence) => vec![Unmet::Prevails { detail }],
            // Nobody can ask after it.
            Asked::Verdict(Verdict::Undecided) | Asked::Detail(Detail::Undecided) => Vec::new(),
        })
    }

    fn short_of_standard(&self, statement: StatementId, degrees: Degrees, on: Effect) -> Vec<Unmet> {
        let bar = self.bar(statement);
        let (case, margin) = (side(degrees, on), side(degrees, on) - side(degrees, on.other()));
        let mut unmet = Vec::new();
        if !reaches(case, bar.case.get()) {
            unmet.push(Unmet::Case { side: on, has: case, needs: bar.case.get() });
        }
        if !reaches(margin, bar.margin.get()) {
            unmet.push(Unmet::Margin { side: on, has: margin, needs: bar.margin.get() });
        }
        unmet
    }

    fn not_refuted(
        &mut self,
        statement: StatementId,
        degrees: Degrees,
        detail: Detail,
    ) -> Result<Vec<Unmet>, JudgeError> {
        let short = self.short_of_standard(statement, degrees, Effect::Opposes);
        if !short.is_empty() {
            return Ok(short);
        }
        if detail == Detail::Established {
            return Ok(vec![Unmet::Prevails { detail }]);
        }
        let readings = self.in_base(|judge, base| judge.competing_readings(base, statement))?;
        Ok(vec![Unmet::OnlyContested { readings }])
    }

    fn not_contested(&self, degrees: Degrees, detail: Detail) -> Vec<Unmet> {
        let needs = self.case.thresholds.serious.get();
        let mut unmet: Vec<Unmet> = [Effect::Supports, Effect::Opposes]
            .into_iter()
            .map(|on| (on, side(degrees, on)))
            .filter(|&(_, case)| !self.is_serious(case))
            .map(|(side, has)| Unmet::Serious { side, has, needs })
            .collect();
        if unmet.is_empty() {
            unmet.push(Unmet::Prevails { detail });
        }
        unmet
    }

    fn not_contested_so(
        &mut self,
        statement: StatementId,
        degrees: Degrees,
        detail: Detail,
    ) -> Result<Vec<Unmet>, JudgeError> {
        Ok(match detail {
            Detail::ConflictingEvidence => vec![Unmet::NoRivalReading],
            Detail::RivalReadings => {
                let rivals = self.in_base(|judge, base| judge.competing_readings(base, statement))?;
                vec![Unmet::RivalReadings { rivals }]
            }
            _ => self.not_contested(degrees, detail),
        })
    }

    /// The numbers that alone stand in the way of a verdict; where there is none, those without which a statement
    /// would come nearest to it.
    fn hindrances(&mut self, statement: StatementId, asked: Asked) -> Result<Vec<Hindrance>, JudgeError> {
        if !self.is_exact() {
            return Ok(Vec::new());
        }
        let now = self.in_base(|judge, base| judge.degrees(base, statement))?;
        let near = |degrees| nearness(asked, degrees, now.any_case);
        let gain = |less: &Hindrance| near(less.degrees) - near(now);
        let mut found = self.without_each_number(statement)?;
        let alone = found.iter().any(|less| asked.is(less.detail));
        found.retain(|less| if alone { asked.is(less.detail) } else { gain(less) > NOTHING });
        // Equal but for rounding: in the order of the numbers.
        let rounded = |less: &Hindrance| (gain(less) / ROUNDING).round();
        found.sort_by(|one, other| rounded(other).total_cmp(&rounded(one)));
        found.truncate(MOST_HINDRANCES);
        Ok(found)
    }

    /// What a statement would be without each of the numbers that it depends on.
    fn without_each_number(&mut self, statement: StatementId) -> Result<Vec<Hindrance>, JudgeError> {
        let numbers: Vec<VariableId> = self.in_base(|judge, base| judge.numbers_behind(base, statement))?;
        let mut found = Vec::with_capacity(numbers.len());
        for numbers in numbers.chunks(AT_ONCE) {
            let mut less: Vec<Less> = numbers.iter().map(|&number| Less::new(&self.base, vec![number])).collect();
            self.in_base(|judge, base| judge.fill(base, &mut less, statement))?;
            for (&number, mut less) in numbers.iter().zip(less) {
                let degrees = self.degrees(&mut less.reading, statement)?;
                let detail = self.detail(&mut less.reading, statement)?;
                found.push(Hindrance { quantity: self.quantities.quantity(number), degrees, detail });
            }
        }
        Ok(found)
    }

    /// The numbers above 0 that the verdict on a statement depends on: through its own cases, those of its rivals,
    /// and what decides whether a reading is out. In order.
    fn numbers_behind(&mut self, base: &mut Reading, statement: StatementId) -> Result<Vec<VariableId>, JudgeError> {
        let mut decisive: BTreeSet<StatementId> = self.rivals(statement).iter().copied().collect();
        decisive.insert(statement);
        let mut competing = decisive.clone();
        let mut numbers = BTreeSet::new();
        for decisive in decisive {
            numbers.extend(self.written_diagrams(base, decisive)?.variables());
            competing.extend(self.competing(&base.shape, decisive).iter().copied());
        }
        for competitor in competing {
            if self.could_be_out(&base.shape, competitor) {
                let key = ModelKey { out: None, shape: base.shape.clone() };
                numbers.extend(self.diagrams(&key, competitor)?.variables());
            }
        }
        Ok(numbers.into_iter().filter(|number| base.weights[number.index()] > 0.0).collect())
    }
}

/// Rises as degrees come nearer to a verdict. `has_case`: whether there is a case now, for or against.
fn nearness(asked: Asked, degrees: Degrees, has_case: bool) -> f64 {
    let lead = degrees.case_for() - degrees.case_against();
    match asked {
        Asked::Verdict(Verdict::Supported) | Asked::Detail(Detail::Established) => lead,
        Asked::Detail(Detail::Refuted) => -lead,
        Asked::Verdict(Verdict::Contested) | Asked::Detail(Detail::RivalReadings | Detail::ConflictingEvidence) => {
            degrees.case_for().min(degrees.case_against())
        }
        Asked::Verdict(Verdict::Unsupported) => -degrees.case_for(),
        Asked::Detail(Detail::Insufficient) if !has_case => -degrees.ignorance,
        Asked::Detail(Detail::Insufficient) => -degrees.case_for().max(degrees.case_against()),
        Asked::Detail(Detail::NoEvidence) => degrees.ignorance,
        Asked::Verdict(Verdict::Undecided) | Asked::Detail(Detail::Undecided) => 0.0,
    }
}
