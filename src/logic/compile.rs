//! From a model to a program: the rules of evidence, each written once.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::model::{Attack, Case, DocumentId, Effect, Evidence, Manner, Premise, Source, StatementId};

use super::program::{Builder, narrow};
use super::{Atom, AtomId, Literal, Origin, Origins, Parameters, Program, Step, VariableId};

/// A withheld part of a document that may speak to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// The document.
    pub document: DocumentId,
    /// What it may speak to.
    pub statement: StatementId,
}

/// Whether a case for a statement is a case against its rivals.
#[derive(Debug, Clone, Copy)]
pub enum Competition<'a> {
    /// Rivals are left aside, as when asking what is *out*.
    Off,
    /// A case for a statement is one against its rivals, unless the statement is one of these.
    Except(&'a BTreeSet<StatementId>),
}

/// Something that is taken as given for the sake of argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Supposition {
    /// The statement is decided: there is a case on this side of it in every world, and none on the other.
    Decided(StatementId, Effect),
    /// There is further evidence on this side of the statement. It depends on nothing else, and holds with the
    /// probability of the variable that [`Parameters::further`] names.
    Further(StatementId, Effect),
}

/// Which program is made of a case.
#[derive(Debug, Clone, Copy)]
pub struct Variant<'a> {
    /// Whether rivals compete.
    pub competition: Competition<'a>,
    /// The withheld passages that may be there, with their indices among the passages that the parameters were
    /// made with.
    pub present: &'a [(usize, Passage)],
    /// What is supposed besides.
    pub supposed: &'a [Supposition],
}

/// Compiles a case.
///
/// Every statement has a `CaseFor` and a `CaseAgainst` atom, in that order, at the places that
/// [`Program::case_for`] and [`Program::case_against`] give. Cost: linear in the size of the case.
pub fn compile(case: &Case, parameters: &Parameters, variant: Variant<'_>) -> Program {
    Compiler::new(case, parameters, None).all(variant).0
}

/// Compiles a case, and keeps with it what the author wrote that each rule stands for.
pub fn compile_with_origins(case: &Case, parameters: &Parameters, variant: Variant<'_>) -> (Program, Origins) {
    let (program, origins) = Compiler::new(case, parameters, Some(Origins::default())).all(variant);
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
    builder: Builder,
    /// The impeachments of each source that has any.
    impeachments: FxHashMap<Source, Vec<Literal>>,
    /// Where each rule comes from, if that is asked for.
    origins: Option<Origins>,
}

impl<'c> Compiler<'c> {
    fn new(case: &'c Case, parameters: &'c Parameters, origins: Option<Origins>) -> Self {
        Self { case, parameters, builder: Builder::default(), impeachments: FxHashMap::default(), origins }
    }

    fn all(mut self, variant: Variant<'_>) -> (Program, Option<Origins>) {
        self.declare();
        self.sources();
        self.evidence();
        self.inferences();
        self.entailment();
        self.rivals(variant.competition);
        self.passages(variant.present);
        self.suppositions(variant.supposed);
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

    /// A source holds when its variable is on, it is not impeached, and one of its origins holds.
    fn sources(&mut self) {
        for source in self.case.sources() {
            let mut body = vec![Literal::Variable(self.parameters.source(source))];
            if let Source::Document(document) = source {
                let origins = &self.case.documents[document].derives_from;
                body.extend(self.any_holds(Atom::Origins(source), origins));
            }
            self.impeachments(source);
            body.extend(self.not_impeached(source));
            self.rule(Program::holds(self.case, source), Origin::Source(source), body);
        }
    }

    fn impeachments(&mut self, source: Source) {
        for (index, attack) in self.case.impeachments(source).iter().enumerate() {
            let variable = self.parameters.impeachment(source, index);
            let origin = Origin::Impeachment(source, index);
            let atom = self.attack(Atom::Impeachment(source, index), origin, variable, attack);
            self.impeachments.entry(source).or_default().push(Literal::Not(atom));
        }
    }

    /// No impeachment of the source is in force.
    fn not_impeached(&self, source: Source) -> Vec<Literal> {
        self.impeachments.get(&source).cloned().unwrap_or_default()
    }

    /// A literal that is true when one of the sources holds; none where there are no sources to ask.
    fn any_holds(&mut self, atom: Atom, sources: &[Source]) -> Option<Literal> {
        match sources {
            [] => None,
            &[source] => Some(Literal::Atom(Program::holds(self.case, source))),
            sources => {
                let any = self.builder.atom(atom);
                for &source in sources {
                    let holds = Literal::Atom(Program::holds(self.case, source));
                    self.rule(any, Origin::DerivesFrom(source), [holds]);
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
            Premise::Source(source) => vec![Literal::Atom(Program::holds(self.case, source))],
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
        let Premise::Source(source @ Source::Document(_)) = link.from else {
            return self.premise(link.from);
        };
        if link.manner == Some(Manner::Exhibit) {
            return self.not_impeached(source);
        }
        if link.relies_on.is_empty() {
            return self.premise(link.from);
        }
        let mut grounds = vec![Literal::Variable(self.parameters.source(source))];
        grounds.extend(self.any_holds(Atom::LinkOrigins(step), &link.relies_on));
        grounds.extend(self.not_impeached(source));
        grounds
    }

    fn inferences(&mut self) {
        for (id, inference) in self.case.inferences.iter() {
            let given = inference.given.iter().flat_map(|&premise| self.premise(premise));
            let rejected = inference.given_rejected.iter().flat_map(|&statement| self.rejected(statement));
            let grounds = given.chain(rejected).collect();
            self.step(Step::Inference(id), grounds, &inference.undercut_by, inference.to, inference.effect);
        }
    }

    /// A step is applicable when its variable is on, its grounds are there and no undercut is in force;
    /// then it makes a case.
    fn step(&mut self, step: Step, grounds: Vec<Literal>, undercuts: &[Attack], to: StatementId, effect: Effect) {
        let variable = self.parameters.step(step);
        let mut body = vec![Literal::Variable(variable)];
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

    fn entailment(&mut self) {
        for (id, entry) in self.case.statements.iter() {
            for (stronger, weaker) in self.case.entailments_of(id) {
                self.entails(stronger, weaker);
            }
            self.together(&entry.all_of, id, Effect::Supports, Origin::AllOf(id));
            self.together(&entry.any_of, id, Effect::Opposes, Origin::AnyOf(id));
        }
    }

    /// A case for the stronger is one for the weaker; a case against the weaker is one against the stronger.
    fn entails(&mut self, stronger: StatementId, weaker: StatementId) {
        let [strong, weak] = [stronger, weaker].map(|id| self.case.canonical(id));
        self.together(&[strong], weak, Effect::Supports, Origin::EntailedBy(strong));
        self.together(&[weak], strong, Effect::Opposes, Origin::Entails(weak));
    }

    /// Cases on one side for all the parts are a case on that side for the whole.
    fn together(&mut self, parts: &[StatementId], whole: StatementId, effect: Effect, origin: Origin) {
        if !parts.is_empty() {
            let body: Vec<Literal> = parts.iter().map(|&part| Literal::Atom(self.side(part, effect))).collect();
            self.rule(self.side(whole, effect), origin, body);
        }
    }

    /// A case for a statement is a case against each of its rivals, both ways, unless the statement is out.
    fn rivals(&mut self, competition: Competition<'_>) {
        let Competition::Except(out) = competition else { return };
        for (one, other) in self.case.rival_pairs() {
            for (from, to) in [(one, other), (other, one)] {
                if !out.contains(&from) {
                    let case_for = Literal::Atom(Program::case_for(from));
                    self.rule(Program::case_against(to), Origin::Rival(from), [case_for]);
                }
            }
        }
    }

    fn passages(&mut self, present: &[(usize, Passage)]) {
        for &(index, passage) in present {
            for effect in [Effect::Supports, Effect::Opposes] {
                let variable = Literal::Variable(self.parameters.passage(index, effect));
                let holds = Program::holds(self.case, Source::Document(passage.document));
                let body = [variable, Literal::Atom(holds)];
                self.rule(self.side(passage.statement, effect), Origin::Passage(passage), body);
            }
        }
    }

    fn suppositions(&mut self, supposed: &[Supposition]) {
        for &supposition in supposed {
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
