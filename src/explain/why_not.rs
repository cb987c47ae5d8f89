//! Why a statement does not have some other verdict.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::engine::{Engine, Hypothesis, Result, fill};
use crate::logic::{Parameter, VariableId};
use crate::model::{Effect, StatementId, weight_of_evidence};
use crate::verdict::{Degrees, Detail, Verdict, leads, reaches};

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
    /// The case on a side neither leads the other by enough nor outweighs it.
    Margin {
        /// The side.
        side: Effect,
        /// Its lead, from -1 to 1.
        has: f64,
        /// What the standard asks.
        needs: f64,
        /// How many times the other's weight of evidence it has, and what would do; none where nothing outweighs.
        outweighs: Option<[f64; 2]>,
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

/// What holds a statement back from a verdict: without it the statement has that verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Hindrance {
    /// The sources, steps or attacks: one, or two that do so only together.
    pub quantities: Vec<Parameter>,
    /// The degrees without them.
    pub degrees: Degrees,
    /// The verdict without them.
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
    /// What holds it back: each thing that does so alone; else pairs. None where not even two things do.
    pub hindrances: Vec<Hindrance>,
}

/// How many hindrances are listed.
const MOST_HINDRANCES: usize = 3;

/// Pairs are looked for among so many numbers: those without which a statement comes nearest to the verdict.
const PAIRED: usize = 16;

/// How many numbers are read at once.
const AT_ONCE: usize = 256;

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
    let (case, other) = (degrees.case_on(side), degrees.case_on(side.other()));
    let mut unmet = Vec::new();
    if !reaches(case, bar.case.get()) {
        unmet.push(Unmet::Case { side, has: case, needs: bar.case.get() });
    }
    if !leads(case, other, bar) {
        let ratio = |needs| [weight_of_evidence(case) / weight_of_evidence(other), needs];
        let outweighs = bar.outweighs().map(ratio);
        unmet.push(Unmet::Margin { side, has: case - other, needs: bar.margin.get(), outweighs });
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

/// What stands in the way of a verdict: numbers that do so alone, or else two that do so together. None where degrees are
/// estimates.
fn hindrances(engine: &Engine<'_>, statement: StatementId, asked: Asked) -> Result<Vec<Hindrance>> {
    if engine.written(statement)?.is_none() {
        return Ok(Vec::new());
    }
    let now = engine.degrees(engine.base(), statement)?;
    let gain = |degrees| nearness(asked, degrees, now.any_case) - nearness(asked, now, now.any_case);
    // Equal but for rounding: in the order of the numbers.
    let rounded = |degrees| (gain(degrees) / ROUNDING).round();
    let mut nearest = without_each_number(engine, statement)?;
    nearest.sort_by(|(_, one), (_, other)| rounded(other.degrees).total_cmp(&rounded(one.degrees)));
    let alone: Vec<Hindrance> =
        nearest.iter().filter(|(_, less)| asked.is(less.detail)).map(|(_, less)| less.clone()).collect();
    let found = if alone.is_empty() { pairs(engine, statement, asked, &nearest)? } else { alone };
    Ok(found.into_iter().take(MOST_HINDRANCES).collect())
}

/// The pairs without which a statement has a verdict, of the numbers without which it comes nearest to it.
fn pairs(
    engine: &Engine<'_>,
    statement: StatementId,
    asked: Asked,
    nearest: &[(Vec<VariableId>, Hindrance)],
) -> Result<Vec<Hindrance>> {
    let numbers: Vec<VariableId> = nearest.iter().take(PAIRED).flat_map(|(off, _)| off.iter().copied()).collect();
    let pair = |one: usize| numbers[one + 1..].iter().map(move |&other| (one, other));
    let pairs: Vec<Vec<VariableId>> =
        (0..numbers.len()).flat_map(pair).map(|(one, other)| vec![numbers[one], other]).collect();
    let without = without_each(engine, statement, &pairs)?.into_iter();
    Ok(without.map(|(_, less)| less).filter(|less| asked.is(less.detail)).collect())
}

/// What a statement would be without each of the numbers behind it alone.
fn without_each_number(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<(Vec<VariableId>, Hindrance)>> {
    let numbers = numbers_behind(engine, statement)?.into_iter();
    without_each(engine, statement, &numbers.map(|number| vec![number]).collect::<Vec<_>>())
}

/// What a statement would be without each of some sets of numbers.
fn without_each(
    engine: &Engine<'_>,
    statement: StatementId,
    sets: &[Vec<VariableId>],
) -> Result<Vec<(Vec<VariableId>, Hindrance)>> {
    let base = engine.base();
    let mut found = Vec::with_capacity(sets.len());
    for sets in sets.chunks(AT_ONCE) {
        let less: Vec<Hypothesis> = sets.iter().map(|off| base.off(off.iter().copied())).collect();
        fill(engine, base, &less, statement)?;
        for (off, less) in sets.iter().zip(&less) {
            let degrees = engine.degrees(less, statement)?;
            let detail = engine.detail(less, statement)?;
            let quantities = off.iter().map(|&number| engine.quantities().quantity(number)).collect();
            found.push((off.clone(), Hindrance { quantities, degrees, detail }));
        }
    }
    Ok(found)
}

/// The numbers that alone keep a statement from being decided, with what it would be without each. None where degrees are
/// estimates.
pub(super) fn obstacles(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<Hindrance>> {
    let without = without_each_number(engine, statement)?.into_iter();
    Ok(without.map(|(_, less)| less).filter(|less| less.detail.is_decided()).collect())
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
    let is_ratio = |number| matches!(engine.quantities().quantity(number), Parameter::Ratio(_));
    Ok(numbers.into_iter().filter(|&number| base.weights().of(number) > 0.0 && !is_ratio(number)).collect())
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
