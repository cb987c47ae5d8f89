//! One case with what the brute force says of it and an engine to be asked; and how many of them are tried.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::rc::Rc;

use evigraph::internals::logic::{Parameter, Step};
use evigraph::internals::verdict::{self};
use evigraph::{Case, Effect, Source, StatementId};
use evigraph::{Engine, EngineError};

use crate::brute::{
    Assessment, Circumstances, Judgement, Model, Node, Oracle, Set, Situation, Variable, Worlds, in_words, same_degrees,
};
use crate::support::random::Profile;
use crate::support::sketch::Sketch;
use crate::support::trials::{CASES, TOO_CLOSE, Tally, note, try_all};

/// Rounding.
pub const CLOSE: f64 = 1e-12;

/// Numbers are compared with this tolerance, in favour of "reached".
pub const TOLERANCE: f64 = 1e-9;

pub const AS_WRITTEN: bool = false;
pub const IN_SCENARIOS: bool = true;

/// Both sides.
pub const SIDES: [Effect; 2] = [Effect::Supports, Effect::Opposes];

/// A case that is tried.
pub struct Trial<'a> {
    pub sketch: &'a Sketch,
    pub case: &'a Case,
    pub oracle: &'a Oracle<'a>,
    /// The verdicts by brute force.
    pub judgement: &'a Judgement,
    /// The worlds of the case, with what is out.
    pub worlds: &'a Worlds<'a>,
    pub judge: Engine<'a>,
    seed: u64,
    known: Known<'a>,
    tally: Tally,
    differences: Vec<String>,
}

/// What has been worked out of a case, for its other statements.
struct Known<'a> {
    /// Every world, with its probability.
    worlds: Vec<(Set, f64)>,
    probabilities: RefCell<BTreeMap<Node, f64>>,
    without: RefCell<BTreeMap<Less, Rc<Judgement>>>,
    worlds_without: RefCell<BTreeMap<Source, Rc<Worlds<'a>>>>,
}

/// What a case has less.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Less {
    Number(Variable),
    Sources(Vec<Source>),
}

/// What is checked of one statement.
pub type Check = fn(&mut Trial<'_>, StatementId) -> Result<(), EngineError>;

/// Checks all statements of so many cases of a profile.
#[track_caller]
pub fn check_all(profile: &Profile, first: u64, count: u64, in_scenarios: bool, check: Check) -> Tally {
    try_all(profile, first, count, 10, |sketch, seed| {
        let situation =
            if in_scenarios { Situation::random(sketch, &sketch.build(), seed) } else { Situation::default() };
        check_one(sketch, situation, check, seed)
    })
}

fn check_one(sketch: &Sketch, situation: Situation, check: Check, seed: u64) -> Result<Tally, String> {
    let case = sketch.build();
    let judge = Engine::new(&case, situation.scenario());
    let oracle = Oracle::new(&case, situation);
    let judgement = oracle.judge(&oracle.base);
    let worlds = Worlds::new(&oracle, &oracle.base, Model::Full(&judgement.out));
    let mut trial = Trial {
        sketch,
        case: &case,
        oracle: &oracle,
        judgement: &judgement,
        worlds: &worlds,
        judge,
        seed,
        known: Known {
            worlds: worlds.all(&oracle.base.numbers),
            probabilities: RefCell::default(),
            without: RefCell::default(),
            worlds_without: RefCell::default(),
        },
        tally: Tally::from([(CASES, 1)]),
        differences: Vec::new(),
    };
    trial.run(check).map_err(|error| format!("no answer: {error}"))?;
    let Trial { tally, differences, .. } = trial;
    if oracle.trace.close.get() {
        return Ok(Tally::from([(TOO_CLOSE, 1), (CASES, 1)]));
    }
    if differences.is_empty() {
        Ok(tally)
    } else {
        Err(format!("{}\nin {:?}", differences.join("\n"), oracle.situation))
    }
}

impl<'a> Trial<'a> {
    fn run(&mut self, check: Check) -> Result<(), EngineError> {
        // What has been asked before is to make no difference.
        if self.seed.is_multiple_of(2) {
            self.judge.answer_all(true)?;
        }
        let statements: Vec<StatementId> = self.oracle.statements().collect();
        statements.into_iter().try_for_each(|id| check(self, id))
    }

    /// Whether this is the statement of the case that is chosen for what takes long.
    pub fn is_chosen(&self, id: StatementId) -> bool {
        let count = self.oracle.statements().count() as u64;
        self.oracle.statements().zip(0..).any(|(other, place)| other == id && place == self.seed % count)
    }

    /// Counts something that may have been seen.
    pub fn note(&mut self, seen: bool, what: &'static str) {
        note(&mut self.tally, seen, what);
    }

    /// Something has to be so.
    pub fn expect(&mut self, so: bool, what: impl Display) {
        if !so {
            self.differences.push(what.to_string());
        }
    }

    /// Something of a statement has to be what is expected.
    pub fn same<T: PartialEq + Debug>(&mut self, id: StatementId, what: impl Display, found: T, expected: T) {
        if found != expected {
            self.differences.push(format!("{what} of {}: {found:?}, not {expected:?}", self.name(id)));
        }
    }

    /// A number has to be what is expected, but for rounding.
    pub fn close(&mut self, id: StatementId, what: impl Display, found: f64, expected: f64) {
        if (found - expected).abs() > CLOSE {
            self.differences.push(format!("{what} of {}: {found}, not {expected}", self.name(id)));
        }
    }

    /// Degrees and detail have to be what is expected.
    pub fn same_verdict(
        &mut self,
        id: StatementId,
        what: impl Display,
        degrees: &verdict::Degrees,
        detail: verdict::Detail,
        expected: &Assessment,
    ) {
        if !same_degrees(degrees, &expected.degrees) || in_words(detail) != expected.detail {
            let difference = format!("{what} of {}: {degrees:?} {detail:?}, not {expected:?}", self.name(id));
            self.differences.push(difference);
        }
    }

    /// The id of a statement in words.
    pub fn name(&self, id: StatementId) -> String {
        self.case.statements[id].key.as_str().to_owned()
    }

    /// The verdict by brute force.
    pub fn assessment(&self, id: StatementId) -> Assessment {
        self.judgement.assessments[&id]
    }

    /// The verdict by brute force under circumstances that are a little different.
    pub fn with(&self, id: StatementId, change: impl FnOnce(&mut Circumstances)) -> Assessment {
        let mut circumstances = self.oracle.base.clone();
        change(&mut circumstances);
        self.oracle.judge(&circumstances).assessments[&id]
    }

    /// The verdict by brute force without a number.
    pub fn without_number(&self, id: StatementId, variable: Variable) -> Assessment {
        let change = |circumstances: &mut Circumstances| _ = circumstances.numbers.insert(variable, 0.0);
        self.without(Less::Number(variable), change).assessments[&id]
    }

    /// The verdict by brute force without some sources.
    pub fn without_sources(&self, id: StatementId, sources: &[Source]) -> Assessment {
        self.judgement_without(sources).assessments[&id]
    }

    /// All of that.
    pub fn judgement_without(&self, sources: &[Source]) -> Rc<Judgement> {
        let change = |circumstances: &mut Circumstances| circumstances.dropped.extend(sources);
        self.without(Less::Sources(sources.to_vec()), change)
    }

    fn without(&self, less: Less, change: impl FnOnce(&mut Circumstances)) -> Rc<Judgement> {
        let mut without = self.known.without.borrow_mut();
        let judgement = without.entry(less).or_insert_with(|| {
            let mut circumstances = self.oracle.base.clone();
            change(&mut circumstances);
            Rc::new(self.oracle.judge(&circumstances))
        });
        Rc::clone(judgement)
    }

    /// The worlds without a source, with the same readings out.
    pub fn worlds_without(&self, source: Source) -> Rc<Worlds<'a>> {
        let mut known = self.known.worlds_without.borrow_mut();
        let worlds = known.entry(source).or_insert_with(|| {
            let mut circumstances = self.oracle.base.clone();
            circumstances.dropped.insert(source);
            Rc::new(Worlds::new(self.oracle, &circumstances, Model::Full(&self.judgement.out)))
        });
        Rc::clone(worlds)
    }

    /// What a step needs that nothing else does.
    pub fn own_variable(&self, step: Step) -> Variable {
        match step {
            Step::Evidence { statement, index } => {
                let present = Variable::Present(statement, index);
                let is_shared = self.oracle.base.numbers.contains_key(&present);
                if is_shared { present } else { Variable::Link(statement, index) }
            }
            Step::Inference(inference) => Variable::Inference(inference),
        }
    }

    /// The probability of the worlds that are of a sort.
    pub fn probability(&self, of: impl Fn(Set) -> bool) -> f64 {
        self.known.worlds.iter().filter(|&&(on, _)| of(on)).map(|(_, weight)| weight).sum::<f64>().max(0.0)
    }

    /// The probability of the worlds in which a node is certainly so.
    pub fn probability_of(&self, node: Node) -> f64 {
        let certain = || self.probability(|on| self.worlds.is_certain(node, on));
        *self.known.probabilities.borrow_mut().entry(node).or_insert_with(certain)
    }

    /// Whether in some world a node is certainly so with a source, and not without it.
    pub fn occurs(&self, source: Source, node: Node) -> bool {
        let without = self.worlds_without(source);
        let gains = |on| self.worlds.is_certain(node, on) && !without.is_certain(node, on);
        self.known.worlds.iter().any(|&(on, _)| gains(on))
    }
}

/// The oracle's name for one of the engine's quantities.
pub fn variable(quantity: Parameter) -> Variable {
    match quantity {
        Parameter::Reliability(source) => Variable::Source(source),
        Parameter::Strength(Step::Evidence { statement, index }) => Variable::Link(statement, index),
        Parameter::Strength(Step::Inference(inference)) => Variable::Inference(inference),
        Parameter::Draw(Step::Evidence { statement, index }) => Variable::Draw(statement, index),
        Parameter::Ratio(Step::Evidence { statement, index }) => Variable::Ratio(statement, index),
        Parameter::Present(Step::Evidence { statement, index }) => Variable::Present(statement, index),
        Parameter::Draw(step) | Parameter::Ratio(step) | Parameter::Present(step) => panic!("{step:?} is its own step"),
        Parameter::Undercut(Step::Evidence { statement, index }, place) => {
            Variable::LinkUndercut(statement, index, place)
        }
        Parameter::Undercut(Step::Inference(inference), place) => Variable::InferenceUndercut(inference, place),
        Parameter::Impeachment(source, place) => Variable::Impeachment(source, place),
        Parameter::Assumed(statement) => Variable::Assumed(statement),
        Parameter::Passage(..) | Parameter::Further(_) => panic!("nobody wrote {quantity:?}"),
    }
}
