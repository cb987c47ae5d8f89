//! From a model to a program: the rules of evidence, each written once.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::model::{
    Account, Attack, Case, DocumentId, Effect, Evidence, Premise, Source, StatementId, entailments_of, rival_pairs,
};

use super::program::{Builder, narrow};
use super::{
    Atom, AtomId, Idle, Literal, Origin, Origins, Parameters, Passage, Program, Step, Supposition, VariableId,
};

/// The statements that are *out*: refuted where there is no rivalry. Their case for proves nothing.
#[derive(Debug, Clone, Copy)]
pub enum Out<'a> {
    /// These are.
    These(&'a BTreeSet<StatementId>),
    /// Any may be: every rule that a program could have, as when asking what can reach what.
    Any,
}

impl Out<'_> {
    /// Nothing is.
    pub const NOTHING: Out<'static> = {
        static NONE: BTreeSet<StatementId> = BTreeSet::new();
        Out::These(&NONE)
    };

    fn is_out(self, statement: StatementId) -> bool {
        matches!(self, Self::These(out) if out.contains(&statement))
    }

    /// Whether a statement may be out, as far as that is known.
    fn may_be_out(self, statement: StatementId) -> bool {
        matches!(self, Self::Any) || self.is_out(statement)
    }
}

/// Which program is made of a case.
#[derive(Debug, Clone, Copy)]
pub struct Variant<'a> {
    /// Whether a case for a statement is a case against its rivals.
    pub rivals: bool,
    /// What is out.
    pub out: Out<'a>,
    /// The statements that do not lead on, as a premise, by entailment or as parts: by their case for (accepted), or by
    /// their case against (rejected).
    pub idle: Option<&'a Idle>,
    /// The withheld passages that may be there, with their indices among the passages that the parameters were
    /// made with.
    pub present: &'a [(usize, Passage)],
    /// What is supposed besides.
    pub supposed: &'a [Supposition],
}

impl Variant<'_> {
    /// The case as it is written, with nothing out.
    pub const AS_WRITTEN: Variant<'static> =
        Variant { rivals: true, out: Out::NOTHING, idle: None, present: &[], supposed: &[] };
}

/// Compiles a case.
///
/// Every statement has a `CaseFor` and a `CaseAgainst` atom, in that order, at the places that
/// [`Program::case_for`] and [`Program::case_against`] give. The atoms of a case and their places are the same in every
/// variant in which the same is idle. Cost: linear in the size of the case.
pub fn compile(case: &Case, parameters: &Parameters, variant: Variant<'_>) -> Program {
    Compiler::new(case, parameters, variant, None).all().0
}

/// Compiles a case, and keeps with it what the author wrote that each rule stands for.
pub fn compile_with_origins(case: &Case, parameters: &Parameters, variant: Variant<'_>) -> (Program, Origins) {
    let (program, origins) = Compiler::new(case, parameters, variant, Some(Origins::default())).all();
    (program, origins.expect("they were asked for").finish())
}

impl Program {
    /// The atom of the case for a statement, which must not be a `same_as` relationship.
    pub fn case_for(statement: StatementId) -> AtomId {
        AtomId(2 * narrow(statement.index()))
    }

    /// The atom of the case against a statement.
    pub fn case_against(statement: StatementId) -> AtomId {
        AtomId(2 * narrow(statement.index()) + 1)
    }

    /// The atom of a source.
    pub fn holds(case: &Case, source: Source) -> AtomId {
        let first = 2 * case.statements.len();
        AtomId(narrow(match source {
            Source::Document(document) => first + document.index(),
            Source::Actor(actor) => first + case.documents.len() + actor.index(),
        }))
    }
}

struct Compiler<'c> {
    case: &'c Case,
    parameters: &'c Parameters,
    variant: Variant<'c>,
    builder: Builder,
    /// The impeachments of each source that has any, and what supersedes it.
    impeachments: FxHashMap<Source, Vec<Literal>>,
    /// Where the draws of steps of several links reach, by the first link of each strength.
    drawn: FxHashMap<Step, Literal>,
    /// Where each rule comes from, if that is asked for.
    origins: Option<Origins>,
}

impl<'c> Compiler<'c> {
    fn new(case: &'c Case, parameters: &'c Parameters, variant: Variant<'c>, origins: Option<Origins>) -> Self {
        let (impeachments, drawn) = (FxHashMap::default(), FxHashMap::default());
        Self { case, parameters, variant, builder: Builder::default(), impeachments, drawn, origins }
    }

    fn all(mut self) -> (Program, Option<Origins>) {
        self.declare();
        self.sources();
        self.draws();
        self.evidence();
        self.inferences();
        self.assumptions();
        self.entailment();
        self.rivals();
        self.passages();
        self.suppositions();
        (self.builder.finish(), self.origins)
    }

    fn rule(&mut self, head: AtomId, origin: Origin, body: impl IntoIterator<Item = Literal>) {
        self.builder.rule(head, body);
        if let Some(origins) = &mut self.origins {
            origins.note(head, origin);
        }
    }

    /// Makes an atom true or false, whatever its rules say.
    fn fix(&mut self, head: AtomId, origin: Origin, so: bool) {
        self.builder.fix(head, so);
        if let Some(origins) = &mut self.origins {
            origins.fix(head, so.then_some(origin));
        }
    }

    /// The atoms at fixed places: two for each statement, one for each source.
    fn declare(&mut self) {
        for statement in self.case.statements.ids() {
            self.builder.atom(Atom::CaseFor(statement));
            self.builder.atom(Atom::CaseAgainst(statement));
        }
        for source in self.case.sources() {
            self.builder.atom(Atom::Holds(source));
        }
    }

    /// A source holds when its variable is on, it is not impeached or superseded, one of its origins holds, and all
    /// that it rests on does.
    fn sources(&mut self) {
        let superseding = self.case.superseding();
        for source in self.case.sources() {
            let mut body = vec![Literal::Variable(self.parameters.source(source))];
            body.extend(self.any_holds(Atom::Origins(source), self.case.origins(source)));
            body.extend(self.case.needs(source).iter().map(|&needed| self.holds(needed)));
            self.impeachments(source);
            if let Source::Document(document) = source {
                superseding.get(&document).into_iter().flatten().for_each(|&by| self.superseded(document, by));
            }
            body.extend(self.not_impeached(source));
            self.rule(Program::holds(self.case, source), Origin::Source(source), body);
        }
    }

    fn holds(&self, source: Source) -> Literal {
        Literal::Atom(Program::holds(self.case, source))
    }

    fn impeachments(&mut self, source: Source) {
        for (index, attack) in self.case.impeachments(source).iter().enumerate() {
            let variable = self.parameters.impeachment(source, index);
            let origin = Origin::Impeachment(source, index);
            let atom = self.attack(Atom::Impeachment(source, index), origin, variable, attack);
            self.impeachments.entry(source).or_default().push(Literal::Not(atom));
        }
    }

    /// A document is impeached wherever one that supersedes it holds.
    fn superseded(&mut self, document: DocumentId, by: DocumentId) {
        let atom = self.builder.atom(Atom::Superseded(document, by));
        self.rule(atom, Origin::Superseded(document, by), [self.holds(Source::Document(by))]);
        self.impeachments.entry(Source::Document(document)).or_default().push(Literal::Not(atom));
    }

    /// No impeachment of the source is in force.
    fn not_impeached(&self, source: Source) -> Vec<Literal> {
        self.impeachments.get(&source).cloned().unwrap_or_default()
    }

    /// A literal that is true when one of the sources holds; none where there are no sources to ask.
    fn any_holds(&mut self, atom: Atom, sources: &[Source]) -> Option<Literal> {
        match sources {
            [] => None,
            &[source] => Some(self.holds(source)),
            sources => {
                let any = self.builder.atom(atom);
                for &source in sources {
                    self.rule(any, Origin::DerivesFrom(source), [self.holds(source)]);
                }
                Some(Literal::Atom(any))
            }
        }
    }

    fn attack(&mut self, atom: Atom, origin: Origin, variable: VariableId, attack: &Attack) -> AtomId {
        let head = self.builder.atom(atom);
        let body: Vec<Literal> = [Literal::Variable(variable)].into_iter().chain(self.premise(attack.from)).collect();
        self.rule(head, origin, body);
        head
    }

    /// A source holds; a statement is accepted: a case for it and none against.
    fn premise(&self, premise: Premise) -> Vec<Literal> {
        match premise {
            Premise::Source(source) => vec![self.holds(source)],
            Premise::Statement(statement) => {
                let statement = self.case.canonical(statement);
                let for_it = Program::case_for(statement);
                vec![Literal::Atom(for_it), Literal::Not(Program::case_against(statement))]
            }
        }
    }

    fn rejected(&self, statement: StatementId) -> [Literal; 2] {
        let statement = self.case.canonical(statement);
        let against = Program::case_against(statement);
        [Literal::Atom(against), Literal::Not(Program::case_for(statement))]
    }

    fn side(&self, statement: StatementId, effect: Effect) -> AtomId {
        let statement = self.case.canonical(statement);
        match effect {
            Effect::Supports => Program::case_for(statement),
            Effect::Opposes => Program::case_against(statement),
        }
    }

    /// The draw of a step of several links reaches its weaker ones only where it reaches the next stronger.
    fn draws(&mut self) {
        for draw in self.parameters.draws() {
            let own = Literal::Variable(draw.variable);
            let reached = match draw.stronger {
                None => own,
                Some(stronger) => {
                    let atom = self.builder.atom(Atom::Drawn(draw.first));
                    self.rule(atom, Origin::Draw(draw.first), [own, self.drawn[&stronger]]);
                    Literal::Atom(atom)
                }
            };
            self.drawn.insert(draw.first, reached);
        }
    }

    fn evidence(&mut self) {
        for (statement, entry) in self.case.statements.iter() {
            for (index, link) in entry.evidence.iter().enumerate() {
                let step = Step::Evidence { statement, index };
                let grounds = self.link_grounds(step, link);
                self.step(step, grounds, &link.undercut_by, statement, link.effect);
            }
        }
    }

    /// What an evidence link needs of its source.
    fn link_grounds(&mut self, step: Step, link: &Evidence) -> Vec<Literal> {
        match link.account() {
            Account::Statement | Account::Own(_) => self.premise(link.from),
            Account::Itself(source) => self.not_impeached(source),
            Account::Instead(source, origins) => {
                let mut grounds = vec![Literal::Variable(self.parameters.source(source))];
                grounds.extend(self.any_holds(Atom::LinkOrigins(step), origins));
                grounds.extend(self.not_impeached(source));
                grounds
            }
        }
    }

    fn inferences(&mut self) {
        for (id, inference) in self.case.inferences.iter() {
            let given = inference.given.iter().flat_map(|&premise| self.premise(premise));
            let rejected = inference.given_rejected.iter().flat_map(|&statement| self.rejected(statement));
            let grounds = given.chain(rejected).collect();
            self.step(Step::Inference(id), grounds, &inference.undercut_by, inference.to, inference.effect);
        }
    }

    /// A step is applicable when it is on, its grounds are there and no undercut is in force; then it makes a case.
    fn step(&mut self, step: Step, grounds: Vec<Literal>, undercuts: &[Attack], to: StatementId, effect: Effect) {
        if !self.leads_on(step) {
            return;
        }
        let variable = self.parameters.step(step);
        let mut body = vec![Literal::Variable(variable)];
        body.extend(self.parameters.draw(step).map(|draw| self.drawn[&draw.first]));
        body.extend(grounds);
        for (index, attack) in undercuts.iter().enumerate() {
            let strength = self.parameters.undercut(variable, index);
            let atom = self.attack(Atom::Undercut(step, index), Origin::Undercut(step, index), strength, attack);
            body.push(Literal::Not(atom));
        }
        let applicable = self.builder.atom(Atom::Applicable(step));
        self.rule(applicable, Origin::Applicable(step), body);
        self.rule(self.side(to, effect), Origin::Step(step), [Literal::Atom(applicable)]);
    }

    fn is_idle(&self, statement: StatementId, side: Effect) -> bool {
        self.variant.idle.is_some_and(|idle| idle.contains(&(self.case.canonical(statement), side)))
    }

    /// Whether every statement that a step starts from leads on.
    fn leads_on(&self, step: Step) -> bool {
        step.needed(self.case).all(|(statement, side)| !self.is_idle(statement, side))
    }

    /// The author's word makes a case.
    fn assumptions(&mut self) {
        for (statement, variable) in self.parameters.assumptions() {
            let head = self.side(statement, Effect::Supports);
            self.rule(head, Origin::Assumed(statement), [Literal::Variable(variable)]);
        }
    }

    fn entailment(&mut self) {
        for (id, entry) in self.case.statements.iter() {
            for (stronger, weaker) in entailments_of(self.case, id) {
                self.entails(stronger, weaker);
            }
            self.together(&entry.all_of, id, Effect::Supports, Origin::AllOf(id));
            self.together(&entry.any_of, id, Effect::Opposes, Origin::AnyOf(id));
            self.together(&entry.one_of, id, Effect::Opposes, Origin::OneOf(id));
            self.the_one_left(&entry.one_of, id);
        }
    }

    /// A case for the stronger is one for the weaker, unless the stronger is out; a case against the weaker is one
    /// against the stronger.
    fn entails(&mut self, stronger: StatementId, weaker: StatementId) {
        let [strong, weak] = [stronger, weaker].map(|id| self.case.canonical(id));
        if !self.variant.out.is_out(strong) {
            self.together(&[strong], weak, Effect::Supports, Origin::EntailedBy(strong));
        }
        self.together(&[weak], strong, Effect::Opposes, Origin::Entails(weak));
    }

    /// Cases on one side for all the parts are a case on that side for the whole.
    fn together(&mut self, parts: &[StatementId], whole: StatementId, effect: Effect, origin: Origin) {
        if !parts.is_empty() {
            let body: Vec<(StatementId, Effect)> = parts.iter().map(|&part| (part, effect)).collect();
            self.follows(self.side(whole, effect), origin, &body);
        }
    }

    /// Where all parts of a statement that is exactly one of them are out but one, a case for it with cases against all
    /// the others is a case for the one that is left.
    fn the_one_left(&mut self, parts: &[StatementId], whole: StatementId) {
        let out = self.variant.out;
        let parts: BTreeSet<StatementId> = parts.iter().map(|&part| self.case.canonical(part)).collect();
        for &left in parts.iter().filter(|&&part| !out.is_out(part)) {
            let others = parts.iter().copied().filter(|&other| other != left);
            if others.clone().all(|other| out.may_be_out(other)) {
                let mut body = vec![(whole, Effect::Supports)];
                body.extend(others.map(|other| (other, Effect::Opposes)));
                self.follows(self.side(left, Effect::Supports), Origin::Left(whole), &body);
            }
        }
    }

    /// Cases on these sides together are a case, unless one of them does not lead on.
    fn follows(&mut self, head: AtomId, origin: Origin, from: &[(StatementId, Effect)]) {
        if from.iter().all(|&(statement, side)| !self.is_idle(statement, side)) {
            let body: Vec<Literal> = from.iter().map(|&(part, side)| Literal::Atom(self.side(part, side))).collect();
            self.rule(head, origin, body);
        }
    }

    /// A case for a statement is a case against each of its rivals, both ways, unless the statement is out.
    fn rivals(&mut self) {
        if !self.variant.rivals {
            return;
        }
        for (one, other) in rival_pairs(self.case) {
            for (from, to) in [(one, other), (other, one)] {
                if !self.variant.out.is_out(from) {
                    let case_for = Literal::Atom(Program::case_for(from));
                    self.rule(Program::case_against(to), Origin::Rival(from), [case_for]);
                }
            }
        }
    }

    fn passages(&mut self) {
        for &(index, passage) in self.variant.present {
            for effect in [Effect::Supports, Effect::Opposes] {
                let variable = Literal::Variable(self.parameters.passage(index, effect));
                let body = [variable, self.holds(Source::Document(passage.document))];
                self.rule(self.side(passage.statement, effect), Origin::Passage(passage), body);
            }
        }
    }

    fn suppositions(&mut self) {
        for &supposition in self.variant.supposed {
            let origin = Origin::Supposed(supposition);
            match supposition {
                Supposition::Decided(statement, effect) => {
                    for side in [Effect::Supports, Effect::Opposes] {
                        self.fix(self.side(statement, side), origin, side == effect);
                    }
                }
                Supposition::Further(statement, effect) => {
                    let further = Literal::Variable(self.parameters.further(effect));
                    self.rule(self.side(statement, effect), origin, [further]);
                }
            }
        }
    }
}
