//! Settled or open from sampled worlds, for statements whose exact answer takes too much.
//!
//! The questions of the definition are asked of the same worlds, for all statements at once. Together the answers are
//! right with the confidence of the sampling: each of them gets a part of the error that this allows (Bonferroni). What
//! they do not tell is left open as a [`Doubt`], and is never taken as a *no*.

mod weights;
mod withheld;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::logic::{Idle, Program, Sampling, Sign, Signs, VariableId};
use crate::model::{Effect, Source, StatementId};
use crate::verdict::{Detail, Doubt, Reason, Settlement, Sure};

use super::engine::{Engine, Readiness};
use super::hypothesis::Hypothesis;
use super::method::{Method, Result};
use super::model::Shape;
use super::prepare::presence_for_completions;
use super::scenario::EFFECTS;
use super::settle::{premises, shortcoming};
use super::strategy::MOST_SETTLED;
use super::vary::{LOOKS, Question, Vary};
use withheld::Worst;

/// This part of the effort is left to what further completions do.
const FOR_COMPLETIONS: f64 = 0.2;

/// The most worlds that the case itself is sampled in.
const MOST_WORLDS: u64 = 1 << 19;

/// Whether statements are settled, with every reason that is seen that they are not. Nothing where more stand behind them
/// than can be sampled.
///
/// Cost: for each source and each number that they depend on, a part of some thousand worlds.
pub(super) fn settle_sampled(
    engine: &Engine<'_>,
    statements: &BTreeSet<StatementId>,
) -> Result<BTreeMap<StatementId, Settlement>> {
    let behind: BTreeSet<StatementId> = if engine.asks_all() {
        engine.own_statements().collect()
    } else {
        let behind = statements.iter().flat_map(|&id| engine.statements_behind(id));
        behind.chain(statements.iter().flat_map(|&id| engine.rivals(id).iter().copied().collect::<Vec<_>>())).collect()
    };
    if behind.len() > MOST_SETTLED {
        return Ok(BTreeMap::new());
    }
    let Sampling { confidence, half_width, .. } = *engine.how_sampled();
    // Half of the error that is allowed goes to the case itself, half to the questions. Each reads six probabilities and a
    // lead, the difference of two, in three models.
    let error = (1.0 - confidence) / 2.0 / (8.0 * 3.0);
    let sampling = Sampling {
        confidence: 1.0 - error / behind.len() as f64,
        most_worlds: MOST_WORLDS,
        half_width: half_width.min(0.005),
        ..*engine.how_sampled()
    };
    let shape = Shape { presence: presence_for_completions(engine), ..Shape::default() };
    let view = engine.by(Method::Sampled).sampling(sampling).quietly();
    let view = view.ready(Some(behind.clone()), Readiness::Nothing);
    let view = view.at(view.base().shaped(shape));
    let questions = view.case().documents.len() + view.case().actors.len() + 16 * behind.len();
    let error = error / (questions * behind.len() * LOOKS.len()) as f64;
    let rows = engine.rows_for_settling();
    let later = (rows as f64 * FOR_COMPLETIONS) as u64;
    let vary = Vary::new(&view, behind.iter().copied(), error, rows - later)?;
    Settling { engine: &view, vary, statements, later }.settlements()
}

struct Settling<'e, 'c> {
    engine: &'e Engine<'c>,
    vary: Vary<'e, 'c>,
    statements: &'e BTreeSet<StatementId>,
    /// How many rows may be evaluated for further completions.
    later: u64,
}

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Undecided,
    /// Whether it is known that the premise is not decided.
    Premise {
        premise: StatementId,
        is_open: bool,
    },
    Assumption(StatementId),
    Source(Source),
    Withheld,
    Weights,
}

/// The questions about one statement, by their places.
type Asked = BTreeMap<StatementId, Vec<(About, usize)>>;

#[derive(Default)]
struct Questions {
    all: Vec<Question>,
    of: Asked,
}

impl Questions {
    fn add(&mut self, hypothesis: Hypothesis, statements: Vec<StatementId>, about: About) {
        if !statements.is_empty() {
            for &statement in &statements {
                self.of.entry(statement).or_default().push((about, self.all.len()));
            }
            self.all.push(Question::new(hypothesis, statements));
        }
    }
}

impl Settling<'_, '_> {
    fn settlements(self) -> Result<BTreeMap<StatementId, Settlement>> {
        let mut questions = Questions::default();
        self.ask_losses(&mut questions);
        self.ask_premises(&mut questions);
        self.ask_weights(&mut questions)?;
        let completions = self.ask_withheld(&mut questions);
        self.vary.ask(&questions.all)?;
        self.vary.allow(self.later);
        let standing = self.standing(&completions, &questions.all)?;
        let mut settlements = BTreeMap::new();
        for &statement in self.statements {
            let asked = questions.of.get(&statement).map_or(&[][..], Vec::as_slice);
            let worst = completions.get(&statement).map(|worst| (worst, standing.contains(&statement)));
            settlements.insert(statement, self.settlement(statement, asked, &questions.all, worst)?);
        }
        Ok(settlements)
    }

    fn decided(&self) -> impl Iterator<Item = StatementId> + '_ {
        self.statements.iter().copied().filter(|&statement| self.vary.before(statement).is_decided())
    }

    /// In which direction the lead of a decided statement speaks for its verdict: 1, or -1 where it is refuted.
    fn winning(&self, statement: StatementId) -> f64 {
        if self.vary.before(statement) == Detail::Refuted { -1.0 } else { 1.0 }
    }

    /// One source less, one assumption less.
    fn ask_losses(&self, questions: &mut Questions) {
        let (mut sources, mut assumptions) = (BTreeMap::<Source, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for statement in self.decided() {
            for source in self.engine.sources_of(statement) {
                sources.entry(source).or_default().push(statement);
            }
            for assumption in self.engine.assumptions_behind(statement) {
                assumptions.entry(assumption).or_default().push(statement);
            }
        }
        let base = self.engine.base();
        for ((assumed, variable), statements) in assumptions {
            questions.add(base.off([variable]), statements, About::Assumption(assumed));
        }
        for (source, statements) in sources {
            questions.add(base.without(source), statements, About::Source(source));
        }
    }

    /// What is not itself decided, all at once; and single premises, supposed decided.
    fn ask_premises(&self, questions: &mut Questions) {
        let base = self.engine.base();
        let (mut open, mut perhaps) = (Idle::new(), Idle::new());
        for &statement in self.vary.details.keys() {
            let leading = EFFECTS.into_iter().filter(|&side| self.engine.relations().leads(statement, side));
            for side in leading {
                match self.is_decided_on(statement, side) {
                    Some(true) => {}
                    Some(false) => drop(open.insert((statement, side))),
                    None => drop(perhaps.insert((statement, side))),
                }
            }
        }
        let decided: Vec<StatementId> = self.decided().collect();
        if !perhaps.is_empty() {
            perhaps.extend(open.iter().copied());
            questions.add(base.idle(perhaps), decided.clone(), About::Undecided);
        }
        if !open.is_empty() {
            questions.add(base.idle(open), decided, About::Undecided);
        }
        let mut supposed = BTreeMap::<(StatementId, Effect), Vec<StatementId>>::new();
        for &statement in self.statements {
            for premise in premises(self.engine, statement) {
                supposed.entry(premise).or_default().push(statement);
            }
        }
        for ((premise, side), mut statements) in supposed {
            statements.retain(|&statement| self.vary.before(statement) != Detail::Undecided);
            let is_decided = self.is_decided_on(premise, side);
            if is_decided != Some(true) {
                let about = About::Premise { premise, is_open: is_decided.is_some() };
                questions.add(base.supposing(&[(premise, side)]), statements, about);
            }
        }
    }

    /// Whether a statement is decided in a way.
    fn is_decided_on(&self, statement: StatementId, side: Effect) -> Sure {
        let decided = Detail::decided_on(side);
        let possible = self.vary.details.get(&statement).copied().unwrap_or_default();
        match (possible.has(decided), possible.only() == decided) {
            (_, true) => Some(true),
            (true, _) => None,
            (false, _) => Some(false),
        }
    }

    fn settlement(
        &self,
        statement: StatementId,
        asked: &[(About, usize)],
        questions: &[Question],
        worst: Option<(&Worst, bool)>,
    ) -> Result<Settlement> {
        let detail = self.vary.before(statement);
        if detail == Detail::Undecided {
            let is_open = self.vary.details[&statement].iter().all(|detail| !detail.is_decided());
            let (settled, doubts) = (is_open.then_some(false), vec![Doubt::Verdict]);
            return Ok(Settlement { settled, reasons: Vec::new(), doubts, sampled: true });
        }
        let mut answers = Vec::new();
        for &(about, place) in asked {
            let hypothesis = &questions[place].hypothesis;
            answers.push(Answer { about, hypothesis, changes: self.vary.changes(hypothesis, statement)? });
        }
        let mut found = Found::default();
        found.reasons.extend(shortcoming(self.engine, statement, detail)?);
        self.judge_premises(statement, &answers, &mut found)?;
        let assumption = |about| if let About::Assumption(assumed) = about { Some(assumed) } else { None };
        let [changing, unsure] = split(&answers, assumption);
        found.reasons.extend((!changing.is_empty()).then_some(Reason::Assumption { statements: changing }));
        found.doubts.extend((!unsure.is_empty()).then_some(Doubt::Assumption { statements: unsure }));
        let [changing, unsure] =
            split(&answers, |about| if let About::Source(source) = about { Some(source) } else { None });
        found.reasons.extend((!changing.is_empty()).then_some(Reason::SingleSource { sources: changing }));
        found.doubts.extend((!unsure.is_empty()).then_some(Doubt::SingleSource { sources: unsure }));
        if let Some((worst, stands)) = worst {
            match answers.iter().find(|answer| answer.about == About::Withheld).and_then(|answer| answer.changes) {
                Some(true) => found.reasons.push(self.withheld(statement, worst, questions)?),
                Some(false) if stands => {}
                _ => found.doubts.push(Doubt::Withheld),
            }
        }
        self.judge_weights(statement, &answers, &mut found)?;
        let Found { reasons, doubts } = found;
        let is_open = !detail.is_decided() || !reasons.is_empty();
        let settled = if is_open { Some(false) } else { doubts.is_empty().then_some(true) };
        Ok(Settlement { settled, reasons, doubts, sampled: true })
    }

    /// What is not itself decided, and else single premises.
    fn judge_premises(&self, statement: StatementId, answers: &[Answer<'_>], found: &mut Found) -> Result<()> {
        let mut without = answers.iter().filter(|answer| answer.about == About::Undecided).map(|answer| answer.changes);
        // Where it is not known of some statements whether they are decided, both answers have to agree.
        let changes = match (without.next(), without.next()) {
            (None, _) => Some(false),
            (Some(one), None) => one,
            (Some(one), Some(other)) => one.filter(|_| one == other),
        };
        let premise = |about| match about {
            About::Premise { premise, is_open } => Some((premise, is_open)),
            _ => None,
        };
        let [changing, unsure] = split(answers, premise);
        let open: BTreeSet<StatementId> =
            changing.iter().filter(|&&(_, is_open)| is_open).map(|&(premise, _)| premise).collect();
        if changes == Some(true) {
            found.reasons.push(Reason::RestsOnOpenPremise { premises: self.bearing_premises(statement)? });
        } else if !open.is_empty() {
            found.reasons.push(Reason::RestsOnOpenPremise { premises: open.into_iter().collect() });
        } else if changes.is_none() || !unsure.is_empty() || !changing.is_empty() {
            found.doubts.push(Doubt::RestsOnOpenPremise);
        }
        Ok(())
    }

    /// Of what is not decided and bears on a statement: that which changes its verdict alone, else all of it; where that is
    /// much, what the steps into the statement start from.
    fn bearing_premises(&self, statement: StatementId) -> Result<Vec<StatementId>> {
        /// So many are tried alone: each takes a program of its own.
        const MOST_ALONE: usize = 8;
        let (mut behind, mut questions) = (Vec::new(), Vec::new());
        for one in self.engine.statements_behind(statement) {
            let is_open = |&side: &Effect| {
                self.engine.relations().leads(one, side) && self.is_decided_on(one, side) == Some(false)
            };
            let idle: Idle = EFFECTS.into_iter().filter(is_open).map(|side| (one, side)).collect();
            if !idle.is_empty() {
                behind.push(one);
                questions.push(Question::new(self.engine.base().idle(idle), vec![statement]));
            }
        }
        if behind.len() > MOST_ALONE {
            let direct: BTreeSet<StatementId> =
                premises(self.engine, statement).into_iter().map(|(one, _)| one).collect();
            let near: Vec<StatementId> = behind.iter().copied().filter(|one| direct.contains(one)).collect();
            return Ok(if near.is_empty() { behind } else { near });
        }
        self.vary.ask(&questions)?;
        let mut alone = Vec::new();
        for (&one, question) in behind.iter().zip(&questions) {
            if self.vary.changes(&question.hypothesis, statement)? == Some(true) {
                alone.push(one);
            }
        }
        Ok(if alone.is_empty() { behind } else { alone })
    }

    fn judge_weights(&self, statement: StatementId, answers: &[Answer<'_>], found: &mut Found) -> Result<()> {
        let weights: Vec<&Answer<'_>> = answers.iter().filter(|answer| answer.about == About::Weights).collect();
        if let Some(changing) = weights.iter().find(|answer| answer.changes == Some(true)) {
            let falls_to = self.vary.after(changing.hypothesis, statement)?.only();
            found.reasons.push(Reason::Weights { falls_to });
        } else if weights.iter().any(|answer| answer.changes.is_none()) {
            found.doubts.push(Doubt::Weights);
        }
        Ok(())
    }
}

/// Whether the verdict on a statement is known to change under a hypothesis.
struct Answer<'q> {
    about: About,
    hypothesis: &'q Hypothesis,
    changes: Sure,
}

/// What is found of a statement.
#[derive(Default)]
struct Found {
    reasons: Vec<Reason>,
    doubts: Vec<Doubt>,
}

/// Those of a kind that change the verdict, and those of which that is not known.
fn split<T>(answers: &[Answer<'_>], of: impl Fn(About) -> Option<T>) -> [Vec<T>; 2] {
    let with = |changes: Sure| answers.iter().filter(move |answer| answer.changes == changes);
    [Some(true), None].map(|changes| with(changes).filter_map(|answer| of(answer.about)).collect())
}

/// In which way the lead of a statement depends on each number.
fn lead_signs(signs: &Signs<'_>, statement: StatementId) -> FxHashMap<VariableId, Sign> {
    let [case_for, case_against] = Program::sides(statement);
    signs.of([(case_for, true), (case_against, false)])
}
