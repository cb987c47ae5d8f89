//! Why a statement does not have some other verdict.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::engine::{Engine, Hypothesis, Result, fill};
use crate::logic::{Parameter, VariableId};
use crate::model::{Effect, StatementId};
use crate::verdict::{Degrees, Detail, Verdict, reaches};

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

/// How many hindrances are listed.
const MOST_HINDRANCES: usize = 3;

/// How many numbers are read at once.
const AT_ONCE: usize = 256;

/// A change by less is none.
const NOTHING: f64 = 1e-9;

/// Changes that differ by less are equal.
const ROUNDING: f64 = 1e-12;

/// Why a statement does not have a verdict: the conditions that are not met, and what stands in the way.
///
/// Cost: two passes over the diagrams for every 256 numbers that it depends on, and one for each number that decides
/// whether a reading is out.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn why_not(engine: &Engine<'_>, statement: StatementId, asked: Asked) -> Result<WhyNot> {
    engine.or_sampled(|engine| {
        let statement = engine.case().canonical(statement);
        let detail = engine.detail(engine.base(), statement)?;
        let mut answer = WhyNot { asked, detail, unmet: Vec::new(), hindrances: Vec::new() };
        if !asked.is(detail) {
            answer.unmet = unmet(engine, statement, asked, detail)?;
            answer.hindrances = hindrances(engine, statement, asked)?;
        }
        Ok(answer)
    })
}

fn unmet(engine: &Engine<'_>, statement: StatementId, asked: Asked, detail: Detail) -> Result<Vec<Unmet>> {
    let degrees = engine.degrees(engine.base(), statement)?;
    Ok(match asked {
        Asked::Verdict(Verdict::Supported) | Asked::Detail(Detail::Established) => {
            short_of_standard(engine, statement, degrees, Effect::Supports)
        }
        Asked::Detail(Detail::Refuted) => not_refuted(engine, statement, degrees, detail)?,
        Asked::Verdict(Verdict::Contested) => not_contested(engine, degrees, detail),
        Asked::Detail(Detail::RivalReadings | Detail::ConflictingEvidence) => match detail {
            Detail::ConflictingEvidence => vec![Unmet::NoRivalReading],
            Detail::RivalReadings => vec![Unmet::RivalReadings { rivals: engine.competing_readings(statement)? }],
            _ => not_contested(engine, degrees, detail),
        },
        Asked::Verdict(Verdict::Unsupported) => vec![Unmet::Prevails { detail }],
        Asked::Detail(Detail::Insufficient) if !degrees.any_case => vec![Unmet::NoCase],
        Asked::Detail(Detail::Insufficient) => vec![Unmet::Prevails { detail }],
        Asked::Detail(Detail::NoEvidence) if degrees.any_case => vec![Unmet::SomeCase],
        Asked::Detail(Detail::NoEvidence) => vec![Unmet::Prevails { detail }],
        // Nobody can ask after it.
        Asked::Verdict(Verdict::Undecided) | Asked::Detail(Detail::Undecided) => Vec::new(),
    })
}

fn short_of_standard(engine: &Engine<'_>, statement: StatementId, degrees: Degrees, side: Effect) -> Vec<Unmet> {
    let bar = engine.bar(statement);
    let (case, margin) = (degrees.case_on(side), degrees.case_on(side) - degrees.case_on(side.other()));
    let mut unmet = Vec::new();
    if !reaches(case, bar.case.get()) {
        unmet.push(Unmet::Case { side, has: case, needs: bar.case.get() });
    }
    if !reaches(margin, bar.margin.get()) {
        unmet.push(Unmet::Margin { side, has: margin, needs: bar.margin.get() });
    }
    unmet
}

fn not_refuted(engine: &Engine<'_>, statement: StatementId, degrees: Degrees, detail: Detail) -> Result<Vec<Unmet>> {
    let short = short_of_standard(engine, statement, degrees, Effect::Opposes);
    Ok(if !short.is_empty() {
        short
    } else if detail == Detail::Established {
        vec![Unmet::Prevails { detail }]
    } else {
        vec![Unmet::OnlyContested { readings: engine.competing_readings(statement)? }]
    })
}

fn not_contested(engine: &Engine<'_>, degrees: Degrees, detail: Detail) -> Vec<Unmet> {
    let needs = engine.case().thresholds.serious.get();
    let sides = [Effect::Supports, Effect::Opposes].map(|side| (side, degrees.case_on(side)));
    let short = sides.into_iter().filter(|&(_, case)| !engine.is_serious(case));
    let unmet: Vec<Unmet> = short.map(|(side, has)| Unmet::Serious { side, has, needs }).collect();
    if unmet.is_empty() { vec![Unmet::Prevails { detail }] } else { unmet }
}

/// The numbers that alone stand in the way of a verdict; where there is none, those without which a statement would come
/// nearest to it. None where degrees are estimates.
fn hindrances(engine: &Engine<'_>, statement: StatementId, asked: Asked) -> Result<Vec<Hindrance>> {
    if engine.written(statement)?.is_none() {
        return Ok(Vec::new());
    }
    let now = engine.degrees(engine.base(), statement)?;
    let near = |degrees| nearness(asked, degrees, now.any_case);
    let gain = |less: &Hindrance| near(less.degrees) - near(now);
    let mut found = without_each_number(engine, statement)?;
    let alone = found.iter().any(|less| asked.is(less.detail));
    found.retain(|less| if alone { asked.is(less.detail) } else { gain(less) > NOTHING });
    // Equal but for rounding: in the order of the numbers.
    let rounded = |less: &Hindrance| (gain(less) / ROUNDING).round();
    found.sort_by(|one, other| rounded(other).total_cmp(&rounded(one)));
    found.truncate(MOST_HINDRANCES);
    Ok(found)
}

/// What a statement would be without each of the numbers that it depends on.
fn without_each_number(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<Hindrance>> {
    let base = engine.base();
    let numbers = numbers_behind(engine, statement)?;
    let mut found = Vec::with_capacity(numbers.len());
    for numbers in numbers.chunks(AT_ONCE) {
        let less: Vec<Hypothesis> = numbers.iter().map(|&number| base.off([number])).collect();
        fill(engine, base, &less, statement)?;
        for (&number, less) in numbers.iter().zip(&less) {
            let degrees = engine.degrees(less, statement)?;
            let detail = engine.detail(less, statement)?;
            found.push(Hindrance { quantity: engine.quantities().quantity(number), degrees, detail });
        }
    }
    Ok(found)
}

/// The numbers above 0 that the verdict on a statement depends on: through its own cases, those of its rivals, and what
/// decides whether a reading is out. In order.
fn numbers_behind(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<VariableId>> {
    let base = engine.base();
    let mut decisive: BTreeSet<StatementId> = engine.rivals(statement).iter().copied().collect();
    decisive.insert(statement);
    let mut competing = decisive.clone();
    let mut numbers = BTreeSet::new();
    for decisive in decisive {
        numbers.extend(engine.written(decisive)?.iter().flat_map(|compiled| compiled.variables()));
        competing.extend(engine.competing(base.shape(), decisive).iter().copied());
    }
    for competitor in competing {
        let compiled = engine.written_without_rivals(competitor)?;
        numbers.extend(compiled.iter().flat_map(|compiled| compiled.variables()));
    }
    Ok(numbers.into_iter().filter(|&number| base.weights().of(number) > 0.0).collect())
}

/// Larger the nearer degrees come to a verdict. `has_case`: whether there is a case now, for or against.
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
