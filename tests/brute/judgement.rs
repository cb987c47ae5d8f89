//! Degrees, what is out, verdicts and findings, by enumerating every world.

use std::cell::{Cell, LazyCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use evigraph::Selector;
use evigraph::{
    Attack, Bar, Case, Effect, InferenceId, Premise, Probability, QuestionId, Source, Standard, StatementId,
};

use super::world::{self, Making, Model, Need, Node, Program, Set, Variable, World};
use super::{Assessment, Degrees, Detail, Finding, Leaning, Passage};

/// Numbers are compared with this tolerance, in favour of "reached".
pub const TOLERANCE: f64 = 1e-9;

/// What is asked about besides the case as written.
#[derive(Debug, Clone, Default)]
pub struct Situation {
    pub without: Vec<Source>,
    pub left_out: Vec<InferenceId>,
    pub only: Vec<Selector>,
    pub set_sources: Vec<(Source, Probability)>,
    pub set_inferences: Vec<(InferenceId, Probability)>,
    pub standard: Option<Standard>,
}

/// Everything that a verdict depends on besides the case: this is what "one source less", "what is withheld"
/// and the like change.
#[derive(Debug, Clone)]
pub struct Circumstances {
    pub numbers: BTreeMap<Variable, f64>,
    pub dropped: BTreeSet<Source>,
    /// What each passage says, in the order of [`Oracle::passages`]. None: it is absent.
    pub completion: Vec<Option<Effect>>,
    /// Statements that are taken as decided, whatever speaks for or against them.
    pub decided: Vec<Need>,
    /// Cases that lead on to nothing: steps and rules of entailment that need one of them are dropped.
    pub unproven: BTreeSet<Need>,
}

/// The degrees of a statement, and whether any case of it is possible at all.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Weighed {
    pub degrees: Degrees,
    pub possible: bool,
}

/// That of every statement.
pub type AllWeighed = BTreeMap<StatementId, Weighed>;

/// What became of every statement.
#[derive(Debug, Clone)]
pub struct Judgement {
    pub out: BTreeSet<StatementId>,
    pub assessments: BTreeMap<StatementId, Assessment>,
}

/// What happened on the way, so that tests can tell whether a case was of any interest.
#[derive(Debug, Default)]
pub struct Trace {
    /// Worlds in which something undecided was silenced.
    pub silencing: Cell<u64>,
    /// Worlds in which that took more than one round.
    pub repeated: Cell<u64>,
    /// Worlds in which a case stayed undecided.
    pub undecided: Cell<u64>,
    /// A comparison was so close that rounding decides it.
    pub close: Cell<bool>,
}

/// The semantics of one case in one situation.
#[derive(Debug)]
pub struct Oracle<'a> {
    pub case: &'a Case,
    pub situation: Situation,
    pub passages: Vec<Passage>,
    pub base: Circumstances,
    pub trace: Trace,
}

impl<'a> Oracle<'a> {
    pub fn new(case: &'a Case, situation: Situation) -> Self {
        let passages = passages(case);
        let base = Circumstances {
            numbers: numbers(case, &situation, &passages),
            dropped: situation.without.iter().copied().collect(),
            completion: vec![None; passages.len()],
            decided: Vec::new(),
            unproven: BTreeSet::new(),
        };
        Self { case, situation, passages, base, trace: Trace::default() }
    }

    /// The verdict on every statement under the circumstances.
    pub fn judge(&self, circumstances: &Circumstances) -> Judgement {
        let degrees = |model| Worlds::new(self, circumstances, model).degrees(&circumstances.numbers);
        let refutes = |id, all: &AllWeighed| self.meets(id, all[&id].degrees.turned());
        let nothing_out = degrees(Model::NothingOut);
        let out: BTreeSet<StatementId> = self.statements().filter(|&id| refutes(id, &nothing_out)).collect();
        let weighed = degrees(Model::Full(&out));
        // Only where the case against some statement meets its standard: else nobody asks.
        let no_rivals = LazyCell::new(|| degrees(Model::NoRivals(&out)));
        let assessment = |id| {
            let own = self.case.canonical(id);
            let beaten = || out.contains(&own) || refutes(own, &no_rivals);
            (id, self.classify(own, &weighed, &out, beaten))
        };
        let assessments = self.case.statements.ids().map(assessment).collect();
        Judgement { out, assessments }
    }

    /// Statements that are not another name of a claim.
    pub fn statements(&self) -> impl Iterator<Item = StatementId> + '_ {
        self.case.statements.ids().filter(|&id| self.case.canonical(id) == id)
    }

    /// Whether `number` reaches `bar`.
    fn reaches(&self, number: f64, bar: f64) -> bool {
        self.decide(number - bar, -TOLERANCE)
    }

    /// Whether `number` is at least `bar`, noting where rounding decides.
    pub fn decide(&self, number: f64, bar: f64) -> bool {
        if (number - bar).abs() < 1e-10 {
            self.trace.close.set(true);
        }
        number >= bar
    }

    /// What a case has to reach.
    pub fn bar(&self, id: StatementId) -> Bar {
        let standard = self.situation.standard.or(self.case.statements[id].standard).unwrap_or(self.case.standard);
        self.case.thresholds.bar(standard)
    }

    /// Whether the case for meets the statement's standard.
    fn meets(&self, id: StatementId, degrees: Degrees) -> bool {
        let bar = self.bar(id);
        let (case, other) = (degrees.case_for(), degrees.case_against());
        self.reaches(case, bar.case.get())
            && (self.reaches(case - other, bar.margin.get()) || self.outweighs(case, other, bar))
    }

    /// Whether the weight of a case stands to that of the other at least as a case that just meets the bar stands to the
    /// strongest that it may have against it.
    fn outweighs(&self, case: f64, other: f64, bar: Bar) -> bool {
        let weight = |case: f64| -(1.0 - case).max(1e-9).ln();
        let strongest = bar.case.get() - bar.margin.get();
        if strongest <= 0.0 {
            return false;
        }
        let excess = weight(case) - weight(bar.case.get()) / weight(strongest) * weight(other);
        // Logarithms close to 1 magnify what rounding leaves.
        if excess.abs() < 1e-6 {
            self.trace.close.set(true);
        }
        excess >= -TOLERANCE
    }

    pub fn serious(&self, case: f64) -> bool {
        self.reaches(case, self.case.thresholds.serious.get())
    }

    fn classify(
        &self,
        id: StatementId,
        all: &AllWeighed,
        out: &BTreeSet<StatementId>,
        beaten: impl Fn() -> bool,
    ) -> Assessment {
        let Weighed { degrees, possible } = all[&id];
        let rivals = self.rivals(id);
        let beaten = || beaten() || rivals.iter().any(|rival| self.meets(*rival, all[rival].degrees));
        let challenges = |rival: &StatementId| !out.contains(rival) && self.serious(all[rival].degrees.case_for());
        let detail = if self.meets(id, degrees) {
            Detail::Established
        } else if self.meets(id, degrees.turned()) && beaten() {
            Detail::Refuted
        } else if self.serious(degrees.case_for()) && self.serious(degrees.case_against()) {
            if rivals.iter().any(challenges) { Detail::RivalReadings } else { Detail::ConflictingEvidence }
        } else if !possible {
            Detail::NoEvidence
        } else {
            Detail::Insufficient
        };
        let difference = degrees.in_favour - degrees.against;
        let leaning = match detail {
            Detail::Established => Leaning::For,
            Detail::Refuted => Leaning::Against,
            _ if self.reaches(difference, 0.05) => Leaning::For,
            _ if self.reaches(-difference, 0.05) => Leaning::Against,
            _ => Leaning::Neither,
        };
        Assessment { degrees, detail, leaning, out: out.contains(&id) }
    }

    /// The rivals of a statement and of all that it entails.
    pub fn rivals(&self, id: StatementId) -> BTreeSet<StatementId> {
        let entailments = world::entailments(self.case);
        let mut entailed = BTreeSet::from([id]);
        loop {
            let weaker = entailments.iter().filter(|(strong, _)| entailed.contains(strong)).map(|&(_, weak)| weak);
            let more: BTreeSet<StatementId> = weaker.collect();
            if more.is_subset(&entailed) {
                break;
            }
            entailed.extend(more);
        }
        world::rivals(self.case).into_iter().filter(|(one, _)| entailed.contains(one)).map(|(_, other)| other).collect()
    }

    /// What the answer to a question is.
    pub fn finding(&self, question: QuestionId, judgement: &Judgement) -> Finding {
        let question = &self.case.questions[question];
        let headline = self.case.canonical(question.headline);
        let is = |id: StatementId, detail| judgement.assessments[&id].detail == detail;
        let other = |&&id: &&StatementId| self.case.canonical(id) != headline;
        if is(headline, Detail::Established) {
            Finding::Confirmed
        } else if is(headline, Detail::Refuted) {
            Finding::Refuted
        } else if question.claims.iter().filter(other).any(|&id| is(id, Detail::Established)) {
            Finding::Nuanced
        } else {
            Finding::Unresolved
        }
    }
}

impl Situation {
    /// Only documents that match speak themselves; statements still support statements.
    pub fn speaks(&self, from: Premise) -> bool {
        match from {
            _ if self.only.is_empty() => true,
            Premise::Source(Source::Document(document)) => self.only.iter().any(|only| only.matches(document)),
            Premise::Source(Source::Actor(_)) => false,
            Premise::Statement(_) => true,
        }
    }

    /// Whether an inference is there at all.
    pub fn takes(&self, case: &Case, inference: InferenceId) -> bool {
        let given = &case.inferences[inference].given;
        !self.left_out.contains(&inference) && given.iter().all(|&premise| self.speaks(premise))
    }
}

/// Every number of a case in a situation.
fn numbers(case: &Case, situation: &Situation, passages: &[Passage]) -> BTreeMap<Variable, f64> {
    let speaks = |from: Premise| situation.speaks(from);
    let step = |speaks: bool, strength: Probability| if speaks { strength.get() } else { 0.0 };
    let attack = |attack: &Attack| step(speaks(attack.from), attack.strength);
    let mut numbers = BTreeMap::new();
    for source in case.sources() {
        let written = match source {
            Source::Document(document) => Some(case.documents[document].reliability),
            Source::Actor(actor) => case.actors[actor].reliability,
        };
        let set = situation.set_sources.iter().rev().find(|(of, _)| *of == source).map(|&(_, number)| number);
        numbers.insert(Variable::Source(source), set.or(written).map_or(1.0, Probability::get));
        for (index, impeachment) in case.impeachments(source).iter().enumerate() {
            numbers.insert(Variable::Impeachment(source, index), attack(impeachment));
        }
    }
    for (id, statement) in case.statements.iter() {
        for (index, link) in statement.evidence.iter().enumerate() {
            numbers.insert(Variable::Link(id, index), step(speaks(link.from), link.strength));
            for (place, undercut) in link.undercut_by.iter().enumerate() {
                numbers.insert(Variable::LinkUndercut(id, index, place), attack(undercut));
            }
        }
        numbers.extend(statement.assumed.map(|number| (Variable::Assumed(id), number.get())));
    }
    for (id, levels) in world::shared_steps(case) {
        let mut stronger = None;
        for (strength, links) in levels {
            let (variable, number) = match stronger {
                None => (Variable::Draw(id, links[0]), strength),
                Some(stronger) => (Variable::Ratio(id, links[0]), strength / stronger),
            };
            numbers.insert(variable, number);
            stronger = Some(strength);
            for index in links {
                numbers.remove(&Variable::Link(id, index));
                let speaks = speaks(case.statements[id].evidence[index].from);
                numbers.insert(Variable::Present(id, index), f64::from(u8::from(speaks)));
            }
        }
    }
    for (id, inference) in case.inferences.iter() {
        let set = situation.set_inferences.iter().rev().find(|(of, _)| *of == id).map(|&(_, number)| number);
        let strength = step(situation.takes(case, id), set.unwrap_or(inference.strength));
        numbers.insert(Variable::Inference(id), strength);
        for (place, undercut) in inference.undercut_by.iter().enumerate() {
            numbers.insert(Variable::InferenceUndercut(id, place), attack(undercut));
        }
    }
    for (index, passage) in passages.iter().enumerate() {
        let speaks = speaks(Premise::Source(Source::Document(passage.document)));
        numbers.insert(Variable::Passage(index), if speaks { passage.strength } else { 0.0 });
    }
    numbers
}

/// Every pair of a document of which something is withheld and a statement that it may bear on, in order.
fn passages(case: &Case) -> Vec<Passage> {
    let mut passages = Vec::new();
    for (document, entry) in case.documents.iter().filter(|(_, entry)| entry.withheld.get() > 0.0) {
        let from = Premise::Source(Source::Document(document));
        let speaks = |&id: &StatementId| case.statements[id].evidence.iter().any(|link| link.from == from);
        let statements: BTreeSet<StatementId> = match &entry.bears_on {
            Some(list) => list.iter().map(|&id| case.canonical(id)).collect(),
            None => case.statements.ids().filter(speaks).collect(),
        };
        let strength = entry.withheld.get();
        passages.extend(statements.into_iter().map(|statement| Passage { document, statement, strength }));
    }
    passages
}

/// The worlds of a case under given rules. Each is worked out once.
pub struct Worlds<'a> {
    oracle: &'a Oracle<'a>,
    program: Program,
    dropped: BTreeSet<Source>,
    known: RefCell<BTreeMap<Set, Rc<World>>>,
}

impl<'a> Worlds<'a> {
    pub fn new(oracle: &'a Oracle<'a>, circumstances: &Circumstances, model: Model<'_>) -> Self {
        let said = oracle.passages.iter().zip(&circumstances.completion).enumerate();
        let passages =
            said.filter_map(|(index, (&passage, said))| said.map(|effect| (index, passage, effect))).collect();
        let Circumstances { decided, unproven, .. } = circumstances;
        Self {
            oracle,
            program: Program::new(oracle.case, &Making { model, passages, decided, unproven }),
            dropped: circumstances.dropped.clone(),
            known: RefCell::new(BTreeMap::new()),
        }
    }

    /// The world in which these variables are on.
    pub fn world(&self, on: Set) -> Rc<World> {
        if let Some(world) = self.known.borrow().get(&on) {
            return Rc::clone(world);
        }
        let world = Rc::new(self.program.world(on, &self.dropped));
        let trace = &self.oracle.trace;
        let count = |counter: &Cell<u64>, seen: bool| counter.set(counter.get() + u64::from(seen));
        count(&trace.silencing, world.silenced > 0);
        count(&trace.repeated, world.silenced > 1);
        count(&trace.undecided, world.certain != world.possible);
        self.known.borrow_mut().insert(on, Rc::clone(&world));
        world
    }

    /// Every world of probability above 0, with its probability.
    pub fn all(&self, numbers: &BTreeMap<Variable, f64>) -> Vec<(Set, f64)> {
        let mut worlds = vec![(0, 1.0)];
        for (variable, bit) in self.program.variables.things() {
            let number = numbers[&variable];
            let branch = |(on, weight): (Set, f64)| [(on | bit, weight * number), (on, weight * (1.0 - number))];
            worlds = worlds.into_iter().flat_map(branch).filter(|&(_, weight)| weight > 0.0).collect();
        }
        assert!(worlds.len() <= 1 << 18, "the oracle is for small cases");
        worlds
    }

    /// The degrees of every statement.
    pub fn degrees(&self, numbers: &BTreeMap<Variable, f64>) -> AllWeighed {
        let node = |node| self.program.nodes.find(node).expect("every statement has both cases");
        let mut all: Vec<(StatementId, Set, Set, Weighed)> = (self.oracle.statements())
            .map(|id| (id, node(Node::For(id)), node(Node::Against(id)), Weighed::default()))
            .collect();
        for (on, weight) in self.all(numbers) {
            let world = self.world(on);
            for (_, case_for, case_against, weighed) in &mut all {
                let possibly_for = world.possible & *case_for != 0;
                let possibly_against = world.possible & *case_against != 0;
                weighed.possible |= possibly_for || possibly_against;
                let degrees = &mut weighed.degrees;
                if world.certain & *case_for != 0 && !possibly_against {
                    degrees.in_favour += weight;
                } else if world.certain & *case_against != 0 && !possibly_for {
                    degrees.against += weight;
                } else if possibly_for && possibly_against {
                    degrees.conflict += weight;
                } else {
                    degrees.ignorance += weight;
                }
            }
        }
        all.into_iter().map(|(id, _, _, weighed)| (id, weighed)).collect()
    }

    /// The bit of a variable that is part of the rules.
    pub fn bit(&self, variable: Variable) -> Set {
        self.program.variables.find(variable).expect("every number of the case has a variable")
    }

    /// Every variable of the rules, with its bit.
    pub fn variables(&self) -> impl Iterator<Item = (Variable, Set)> + '_ {
        self.program.variables.things()
    }

    /// Whether, in a world, a node is certainly so.
    pub fn is_certain(&self, node: Node, on: Set) -> bool {
        self.world(on).certain & self.program.nodes.find(node).expect("everything of the case has its node") != 0
    }

    /// Whether, in a world, a step certainly makes a case.
    pub fn applies(&self, step: Variable, on: Set) -> bool {
        self.program.applies(step, on, &self.world(on))
    }

    /// Whether a step could make a case for or against a statement that does not go back to that very case.
    pub fn could_apply(&self, step: Variable, case: Node) -> bool {
        self.program.could_apply(step, self.program.attainable_without(case))
    }

    /// Whether all of these could be so without that very case.
    pub fn could_be_so(&self, nodes: &[Node], case: Node) -> bool {
        let attainable = self.program.attainable_without(case);
        nodes.iter().all(|&node| self.program.nodes.find(node).is_some_and(|bit| attainable & bit != 0))
    }

    /// Whether in some world of probability above 0 the node is certainly so here and not there.
    pub fn gains_on(&self, other: &Self, node: Node, numbers: &BTreeMap<Variable, f64>) -> bool {
        self.all(numbers).into_iter().any(|(on, _)| self.is_certain(node, on) && !other.is_certain(node, on))
    }
}
