//! What hypotheses make of verdicts, from worlds that are sampled once and evaluated under each of them.
//!
//! Whether a verdict changes under a hypothesis mostly shows after a few thousand worlds: what a source less changes is
//! little, and known well. So the worlds are looked at again and again, each time several times as many, and only for
//! those questions that are still open.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::logic::{
    BLOCK, Change, Confidence, Counted, Moves, Program, Rows, Tally, VariableId, Varied, count_changes,
};
use crate::model::StatementId;
use crate::verdict::{Degrees, Detail, Details, Precision, Sure};

use super::engine::Engine;
use super::estimate::{EITHER_WAY, subsets};
use super::hypothesis::{Estimate, Hypothesis};
use super::loops::attacks_in_loops;
use super::method::{EngineError, Result};
use super::model::{Model, ModelKey, Shape};

/// After so many worlds the counts are looked at.
pub(super) const LOOKS: [u64; 5] = [BLOCK, 8 * BLOCK, 32 * BLOCK, 128 * BLOCK, 512 * BLOCK];

/// The most blocks of worlds in which derivatives are looked at.
const MOST_BLOCKS: u64 = 8;

/// As long as so many rows are evaluated takes it to say what was counted of a target.
const ROWS_A_TARGET: u64 = 8;

/// Whether the verdicts on some statements are others under a hypothesis.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) hypothesis: Hypothesis,
    pub(super) statements: Vec<StatementId>,
    /// Whether all that is asked is whether the statements are out.
    pub(super) only_out: bool,
    /// Statements that are taken as out, or as not out, whatever their degrees.
    pub(super) taken: Taken,
}

/// Whether statements are taken as out.
pub(super) type Taken = BTreeMap<StatementId, bool>;

/// Statements, by what can reach them of which it is not known whether it is out.
type Reached = BTreeMap<BTreeSet<StatementId>, Vec<StatementId>>;

impl Question {
    pub(super) fn new(hypothesis: Hypothesis, statements: Vec<StatementId>) -> Self {
        Self { hypothesis, statements, only_out: false, taken: Taken::new() }
    }
}

/// What is needed of one hypothesis in one program.
struct Job<'q> {
    hypothesis: &'q Hypothesis,
    /// The statements that are asked about, as far as they are open.
    open: Vec<StatementId>,
    /// What was counted of them and of what they need.
    moves: FxHashMap<StatementId, Moves>,
}

impl<'q> Job<'q> {
    fn new(hypothesis: &'q Hypothesis, open: Vec<StatementId>) -> Self {
        Self { hypothesis, open, moves: FxHashMap::default() }
    }
}

/// A question about some of its statements, for each way in which others may be out.
fn split(question: &Question, unsure: &BTreeSet<StatementId>, statements: &[StatementId]) -> Vec<Question> {
    let hypothesis = &question.hypothesis;
    let way = |out: BTreeSet<StatementId>| {
        let way = hypothesis.anew();
        let without_rivals = hypothesis.known().estimates[Model::WithoutRivals as usize].clone();
        way.known().estimates[Model::WithoutRivals as usize] = without_rivals;
        way.known().varied.extend(statements);
        take(&way, &unsure.iter().map(|&statement| (statement, out.contains(&statement))).collect());
        for &statement in statements {
            hypothesis.known().either_way.entry(statement).or_default().push(way.clone());
        }
        Question::new(way, statements.to_vec())
    };
    subsets(unsure).map(way).collect()
}

/// Has statements count as out or not out under a hypothesis, by degrees in the model without rivals that leave no doubt.
fn take(hypothesis: &Hypothesis, taken: &Taken) {
    if !taken.is_empty() {
        let degrees = |(&statement, &out): (&StatementId, &bool)| {
            (statement, Degrees::new(f64::from(u8::from(!out)), f64::from(u8::from(out)), 0.0, true))
        };
        let mut known = hypothesis.known();
        let without_rivals = known.estimates[Model::WithoutRivals as usize].get_or_insert_default();
        Arc::make_mut(without_rivals).extend(taken.iter().map(degrees));
    }
}

/// What was counted of several jobs together.
struct Together {
    /// The targets of any of them.
    statements: Vec<StatementId>,
    /// The values of each without a change.
    base: Vec<Tally>,
    /// For each job, the statements that it moved in some world.
    moves: Vec<FxHashMap<StatementId, Moves>>,
    /// How many rows were evaluated, in how many blocks.
    evaluated: u64,
}

/// Answers questions from sampled worlds.
#[derive(Debug)]
pub(super) struct Vary<'e, 'c> {
    /// A view that samples.
    engine: &'e Engine<'c>,
    /// Of each interval.
    confidence: Confidence,
    /// After so many worlds the counts are looked at.
    looks: Vec<u64>,
    /// What is out in the base, as far as is known.
    out: BTreeSet<StatementId>,
    /// The verdicts that the statements asked about may have in the base.
    pub(super) details: BTreeMap<StatementId, Details>,
    /// How many rows may still be evaluated, each in one block of worlds.
    left: Cell<u64>,
    /// Whether an attack lies on a loop.
    attacks_in_loops: bool,
    /// The statements whose verdict is known to change under some hypothesis: of the rest more worlds are asked.
    changing: RefCell<BTreeSet<StatementId>>,
}

impl<'e, 'c> Vary<'e, 'c> {
    /// Where what is known of a probability may miss it with an error, and so many rows may be evaluated, each in one
    /// block of worlds.
    pub(super) fn new(
        engine: &'e Engine<'c>,
        statements: impl IntoIterator<Item = StatementId>,
        error: f64,
        left: u64,
    ) -> Result<Self> {
        let (mut out, mut details) = (BTreeSet::new(), BTreeMap::new());
        for competitor in engine.relations().leading_on().filter(|_| engine.core.out_matters) {
            if engine.is_out(engine.base(), competitor)? {
                out.insert(competitor);
            }
        }
        for statement in statements {
            details.insert(statement, engine.possible_details(engine.base(), statement)?);
        }
        let written = || attacks_in_loops(&engine.program(&ModelKey::with_rivals(Shape::default())));
        let attacks_in_loops = *engine.cache.attacks_in_loops.get_or_init(written);
        Ok(Self {
            attacks_in_loops,
            engine,
            confidence: Confidence::new(error / 2.0),
            looks: LOOKS.to_vec(),
            out,
            details,
            left: Cell::new(left),
            changing: RefCell::default(),
        })
    }

    /// Lets so many more rows be evaluated.
    pub(super) fn allow(&self, rows: u64) {
        self.left.set(self.left.get() + rows);
    }

    /// For the degrees that statements have under hypotheses, each with the confidence of the engine, in the worlds in which the
    /// base is sampled.
    pub(super) fn of_degrees(
        engine: &'e Engine<'c>,
        statements: impl IntoIterator<Item = StatementId>,
    ) -> Result<Self> {
        let error = 1.0 - engine.how_sampled().confidence;
        Ok(Self { looks: vec![engine.how_sampled().worlds()], ..Self::new(engine, statements, error, u64::MAX)? })
    }

    /// Whether the verdict on a statement is another under a hypothesis that it was asked about, the two details of
    /// contested taken as one.
    pub(super) fn changes(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<Sure> {
        let before = self.before(statement);
        if before == Detail::Undecided {
            return Ok(None);
        }
        let after = self.after(hypothesis, statement)?;
        let mut changes = after.iter().map(|after| after.contests_merged() != before.contests_merged());
        let first = changes.next();
        Ok(first.filter(|&first| changes.all(|other| other == first)))
    }

    /// The verdicts that a statement may have under a hypothesis.
    pub(super) fn after(&self, hypothesis: &Hypothesis, statement: StatementId) -> Result<Details> {
        let either_way = hypothesis.known().either_way.get(&statement).cloned();
        let Some(either_way) = either_way else { return self.engine.possible_details(hypothesis, statement) };
        let mut possible = Details::default();
        for hypothesis in either_way {
            possible = possible.or(self.engine.possible_details(&hypothesis, statement)?);
        }
        Ok(possible)
    }

    /// Works out what the hypotheses make of the statements, as far as that is known.
    pub(super) fn ask(&self, questions: &[Question]) -> Result<()> {
        for question in questions {
            question.hypothesis.known().varied.extend(&question.statements);
        }
        self.ask_what_is_out(questions)?;
        questions.iter().for_each(|question| take(&question.hypothesis, &question.taken));
        let mut programs = Vec::new();
        let mut either_way = Vec::new();
        for question in questions.iter().filter(|question| !question.only_out) {
            let (key, reached) = self.program_of(question)?;
            for (unsure, statements) in reached {
                if unsure.is_empty() {
                    programs.push((key.clone(), question.hypothesis.clone(), statements));
                } else if unsure.len() <= EITHER_WAY {
                    either_way.extend(split(question, &unsure, &statements));
                }
            }
        }
        for question in either_way {
            let (key, reached) = self.program_of(&question)?;
            programs
                .extend(reached.into_values().map(|statements| (key.clone(), question.hypothesis.clone(), statements)));
        }
        let mut groups: BTreeMap<&ModelKey, Vec<(&Hypothesis, &[StatementId])>> = BTreeMap::new();
        for (key, hypothesis, statements) in &programs {
            groups.entry(key).or_default().push((hypothesis, statements));
        }
        // The small groups first: one of them may be of interest to all statements.
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, asked)| asked.len());
        let is_open = |hypothesis: &Hypothesis, statement, is_last: bool| {
            let changes = self.changes(hypothesis, statement)?;
            if changes == Some(true) {
                self.changing.borrow_mut().insert(statement);
            }
            Ok(changes.is_none() && !(is_last && self.changing.borrow().contains(&statement)))
        };
        for (key, asked) in groups {
            let jobs =
                asked.iter().map(|&(hypothesis, statements)| Job::new(hypothesis, statements.to_vec())).collect();
            self.count(Model::AsItIs, key, jobs, &self.looks, &is_open)?;
            let uncontested = self.perhaps_refuted(asked)?;
            self.count(
                Model::Uncontested,
                &ModelKey { rivals: false, ..key.clone() },
                uncontested,
                &self.looks,
                &is_open,
            )?;
        }
        Ok(())
    }

    /// Whether the verdict on a statement is known to change under some hypothesis that was asked about.
    pub(super) fn is_changing(&self, statement: StatementId) -> bool {
        self.changing.borrow().contains(&statement)
    }

    /// The verdict on a statement in the base.
    pub(super) fn before(&self, statement: StatementId) -> Detail {
        self.details.get(&statement).map_or(Detail::Undecided, |details| details.only())
    }

    /// What else has to be known for the verdict on a statement: those on its rivals.
    fn with_rivals(&self, statement: StatementId) -> impl Iterator<Item = StatementId> {
        let rivals: Vec<StatementId> = self.engine.rivals(statement).iter().copied().collect();
        rivals.into_iter().chain([statement])
    }

    /// The statements whose rivalry or entailment can reach any of these, or the rivals of any.
    pub(super) fn competing(&self, shape: &Shape, statements: &[StatementId]) -> BTreeSet<StatementId> {
        let asked = statements.iter().flat_map(|&statement| self.with_rivals(statement));
        asked.flat_map(|asked| self.engine.competing(shape, asked).iter().copied().collect::<Vec<_>>()).collect()
    }

    /// Jobs for those statements that may be refuted, where rivalry might be the reason.
    fn perhaps_refuted<'q>(&self, asked: Vec<(&'q Hypothesis, &'q [StatementId])>) -> Result<Vec<Job<'q>>> {
        let mut jobs = Vec::new();
        for (hypothesis, statements) in asked.into_iter().filter(|_| self.engine.core.out_matters) {
            let mut open = Vec::new();
            for &statement in statements {
                let against = self.engine.degrees(hypothesis, statement)?.mirrored();
                let may_be = against.surely_meets(self.engine.bar(statement)) != Some(false);
                if may_be && self.changes(hypothesis, statement)?.is_none() {
                    open.push(statement);
                }
            }
            if !open.is_empty() {
                jobs.push(Job::new(hypothesis, open));
            }
        }
        Ok(jobs)
    }

    fn ask_what_is_out(&self, questions: &[Question]) -> Result<()> {
        let engine = self.engine;
        if !engine.core.out_matters {
            return Ok(());
        }
        let mut groups: BTreeMap<ModelKey, Vec<Job<'_>>> = BTreeMap::new();
        for question in questions {
            let shape = question.hypothesis.shape();
            let mut open = self.competing(shape, &question.statements);
            let asked = question.statements.iter().flat_map(|&statement| self.with_rivals(statement));
            open.extend(asked.filter(|&asked| engine.could_be_out(shape, asked)));
            open.retain(|one| !question.taken.contains_key(one));
            let key = self.decidable(ModelKey::without_rivals(shape.clone()));
            groups.entry(key).or_default().push(Job::new(&question.hypothesis, open.into_iter().collect()));
        }
        // Where it is not known of the case itself, a look shows what there is to see.
        let is_open = |hypothesis: &Hypothesis, statement, _| {
            let before = engine.is_surely_out(engine.base(), statement)?;
            Ok(before.is_some() && engine.is_surely_out(hypothesis, statement)?.is_none())
        };
        for (key, jobs) in groups {
            let looks = &self.looks[..self.looks.len().min(LOOKS.len() - 1)];
            self.count(Model::WithoutRivals, &key, jobs, looks, &is_open)?;
        }
        Ok(())
    }

    /// The program that a question is answered in, and its statements by what can reach them of which it is not known
    /// whether it is out.
    fn program_of(&self, question: &Question) -> Result<(ModelKey, Reached)> {
        let Question { hypothesis, statements, .. } = question;
        let shape = hypothesis.shape();
        let (mut out, mut unsure) = (self.out.clone(), BTreeSet::new());
        for competitor in self.competing(shape, statements) {
            match self.engine.is_surely_out(hypothesis, competitor)? {
                Some(true) => drop(out.insert(competitor)),
                Some(false) => drop(out.remove(&competitor)),
                None => drop(unsure.insert(competitor)),
            }
        }
        let key = self.decidable(ModelKey { rivals: true, out, shape: shape.clone() });
        if unsure.is_empty() {
            return Ok((key, BTreeMap::from([(unsure, statements.clone())])));
        }
        let mut reached = Reached::new();
        for &statement in statements {
            let near = &self.competing(shape, &[statement]) & &unsure;
            reached.entry(near).or_default().push(statement);
        }
        Ok((key, reached))
    }

    /// The key of a program in which statements can be decided by overruling their rules. Where an attack lies on a loop, what
    /// is decided may part the loop, and with it what silences together: then each has a program of its own.
    fn decidable(&self, key: ModelKey) -> ModelKey {
        if self.attacks_in_loops { key } else { key.without_decided().0 }
    }

    /// Counts worlds in a program until nothing is open, or no more may be spent.
    fn count(
        &self,
        model: Model,
        key: &ModelKey,
        mut jobs: Vec<Job<'_>>,
        looks: &[u64],
        is_open: &dyn Fn(&Hypothesis, StatementId, bool) -> Result<bool>,
    ) -> Result<()> {
        let program = self.engine.program(key);
        let base = self.base(model, key);
        let mut tallies: FxHashMap<StatementId, Tally> = FxHashMap::default();
        let (mut worlds, mut a_job) = (0, 0);
        for &look in looks {
            jobs.retain(|job| !job.open.is_empty());
            // Each look costs what the last one did, by the number of worlds and of jobs.
            let expected = a_job * jobs.len() as u64 * (look - worlds) / u64::max(worlds, 1);
            if jobs.is_empty() || self.left.get() <= expected {
                break;
            }
            let targets = |job: &Job<'_>| -> BTreeSet<StatementId> {
                match model {
                    Model::AsItIs => job.open.iter().flat_map(|&statement| self.with_rivals(statement)).collect(),
                    Model::WithoutRivals | Model::Uncontested => job.open.iter().copied().collect(),
                }
            };
            let targets: Vec<BTreeSet<StatementId>> = jobs.iter().map(targets).collect();
            let counted = self.count_jobs(&program, &jobs, &targets, worlds..look)?;
            // To say what was counted takes about as long as a few rows.
            let said = targets.iter().map(BTreeSet::len).sum::<usize>() as u64 * ROWS_A_TARGET;
            self.left.set(self.left.get().saturating_sub(said));
            (a_job, worlds) = (counted.evaluated / jobs.len() as u64, look);
            for (&statement, &tally) in counted.statements.iter().zip(&counted.base) {
                tallies.entry(statement).or_default().add(tally);
            }
            for ((job, targets), counted) in jobs.iter_mut().zip(targets).zip(counted.moves) {
                for (statement, moves) in counted {
                    job.moves.entry(statement).or_default().add(&moves);
                }
                let read = |statement: StatementId| {
                    let base = base.as_ref().and_then(|base| base.get(&statement).copied());
                    let moves = job.moves.get(&statement).copied().unwrap_or_default();
                    (statement, self.moved(base, tallies[&statement], moves, worlds))
                };
                let read: Vec<(StatementId, Degrees)> = targets.into_iter().map(read).collect();
                Arc::make_mut(job.hypothesis.known().estimates[model as usize].get_or_insert_default()).extend(read);
            }
            let next_is_last = looks.iter().rev().nth(1) == Some(&look);
            for job in &mut jobs {
                let mut open = Vec::new();
                for &statement in &job.open {
                    if is_open(job.hypothesis, statement, next_is_last)? {
                        open.push(statement);
                    }
                }
                job.open = open;
            }
        }
        Ok(())
    }

    /// Counts a range of worlds for some jobs, each with its own targets.
    fn count_jobs(
        &self,
        program: &Program,
        jobs: &[Job<'_>],
        targets: &[BTreeSet<StatementId>],
        worlds: Range<u64>,
    ) -> Result<Together> {
        let decided: Vec<_> = jobs.iter().map(|job| job.hypothesis.shape().decided()).collect();
        let all = targets.iter().flatten().chain(decided.iter().flat_map(BTreeMap::keys));
        let all: BTreeSet<StatementId> = all.copied().collect();
        let all: Vec<StatementId> = all.into_iter().collect();
        let place = |statement: StatementId| all.binary_search(&statement).expect("it is among all");
        let mut changes = Vec::with_capacity(jobs.len());
        for ((job, decided), targets) in jobs.iter().zip(&decided).zip(targets) {
            let change = Change::Other {
                weights: self.changed(job.hypothesis),
                decided: decided.iter().map(|(&statement, &sides)| (place(statement), sides)).collect(),
            };
            changes.push(Varied { change, targets: targets.iter().map(|&target| place(target)).collect() });
        }
        self.count_changes(program, all, &changes, worlds)
    }

    fn count_changes(
        &self,
        program: &Program,
        statements: Vec<StatementId>,
        changes: &[Varied],
        worlds: Range<u64>,
    ) -> Result<Together> {
        let engine = self.engine;
        let rows = Rows::new(program, &statements);
        let (weights, sampling) = (engine.base().weights(), engine.how_sampled());
        let counted = count_changes(&rows, weights, changes, sampling, worlds, || engine.watch.is_stopped());
        let Counted { base, moves, evaluated, .. } = counted.ok_or(EngineError::Stopped)?;
        self.left.set(self.left.get().saturating_sub(evaluated));
        let by_statement = |moves: FxHashMap<usize, Moves>| {
            moves.into_iter().map(|(target, moves)| (statements[target], moves)).collect()
        };
        let moves = moves.into_iter().map(by_statement).collect();
        Ok(Together { base, moves, evaluated, statements })
    }

    /// How much the leads of some statements change in the base with each number, from -2 to 2: the derivatives, as a first
    /// look shows them.
    pub(super) fn gradients(
        &self,
        key: &ModelKey,
        asked: BTreeMap<VariableId, BTreeSet<StatementId>>,
    ) -> Result<FxHashMap<VariableId, FxHashMap<StatementId, f64>>> {
        let all: BTreeSet<StatementId> = asked.values().flatten().copied().collect();
        let all: Vec<StatementId> = all.into_iter().collect();
        let place = |statement: &StatementId| all.binary_search(statement).expect("it is among all");
        let on = |(&variable, statements): (&VariableId, &BTreeSet<StatementId>)| Varied {
            change: Change::On(variable),
            targets: statements.iter().map(place).collect(),
        };
        let changes: Vec<Varied> = asked.iter().map(on).collect();
        if changes.is_empty() {
            return Ok(FxHashMap::default());
        }
        let program = self.engine.program(key);
        // As many as an eighth of what is left allows, if each change reached half of everything.
        let reached = (changes.len() * program.len() / 2) as u64;
        let worlds = BLOCK * (self.left.get() / 8 / u64::max(reached, 1)).clamp(1, MOST_BLOCKS);
        let counted = self.count_changes(&program, all, &changes, 0..worlds)?;
        let leads = |moves: FxHashMap<StatementId, Moves>| {
            moves.into_iter().map(|(statement, moves)| (statement, moves.lead(worlds))).collect()
        };
        Ok(asked.into_keys().zip(counted.moves.into_iter().map(leads)).collect())
    }

    /// The programs of the base: with rivals, and without.
    pub(super) fn keys(&self) -> [ModelKey; 2] {
        let shape = self.engine.base().shape();
        let as_it_is = ModelKey { rivals: true, out: self.out.clone(), shape: shape.clone() };
        [as_it_is, ModelKey::without_rivals(shape.clone())]
    }

    /// What is known of the base in a program: it was sampled at the start, with more worlds.
    fn base(&self, model: Model, key: &ModelKey) -> Option<Arc<Estimate>> {
        let base = self.engine.base();
        let is_of_base = key.shape == *base.shape() && (model == Model::WithoutRivals || key.out == self.out);
        is_of_base.then(|| base.known().estimates[model as usize].clone()).flatten()
    }

    /// The numbers that a hypothesis has otherwise than the base.
    fn changed(&self, hypothesis: &Hypothesis) -> Vec<(VariableId, f64)> {
        let changes = hypothesis.weights().changes_from(self.engine.base().weights());
        changes.map(|(variable, _)| (variable, hypothesis.weights().of(variable))).collect()
    }

    /// The degrees of a statement that was counted in some worlds, and in them moved by a hypothesis: by the counts
    /// themselves, and by what is known of the base and how little has moved.
    fn moved(&self, base: Option<Degrees>, tally: Tally, moves: Moves, worlds: u64) -> Degrees {
        let after = moves.after(tally);
        let mut bounds = after.bounds(worlds, &self.confidence);
        if let Some(base) = base {
            let within = base.within.unwrap_or_else(|| Precision::exact(base));
            bounds = bounds.intersection(moves.bounds(&within.bounds, worlds, &self.confidence));
        }
        let any_case = (bounds.case_for.low > 0.0 || bounds.case_against.low > 0.0).then_some(true);
        let share = |count: u64| count as f64 / worlds as f64;
        let degrees = Degrees::new(share(after.in_favour), share(after.against), share(after.conflict), true);
        degrees.clamped(Precision { bounds, any_case })
    }
}
