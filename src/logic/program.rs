//! The compiled form of a case: a normal logic program over independent variables.
//!
//! Distribution semantics after Sato (1995): every variable is on with its own probability, and what
//! follows in each world is the model of the rules whose variables are on.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Attack, Case, DocumentId, Effect, InferenceId, Premise, Probability, Source, StatementId};

/// A variable: one number of the case, on or off in a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableId(pub(super) u32);

impl VariableId {
    pub(super) fn from_index(index: usize) -> Self {
        Self(narrow(index))
    }

    /// Its place in the vectors of weights.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An atom: what a rule concludes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AtomId(pub(super) u32);

impl AtomId {
    pub(super) fn from_index(index: usize) -> Self {
        Self(narrow(index))
    }

    /// Its place among the atoms of its program.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A step of reasoning that can be undercut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The `index`th evidence link written under a statement.
    Evidence {
        /// The statement.
        statement: StatementId,
        /// Its place in the statement's list.
        index: usize,
    },
    /// An inference.
    Inference(InferenceId),
}

impl Step {
    /// What the step starts from: what has to hold, or to be accepted.
    pub fn premises(self, case: &Case) -> &[Premise] {
        match self {
            Self::Evidence { statement, index } => {
                std::slice::from_ref(&case.statements[statement].evidence[index].from)
            }
            Self::Inference(inference) => &case.inferences[inference].given,
        }
    }

    /// The probability that the step holds, given its premises.
    pub fn strength(self, case: &Case) -> Probability {
        match self {
            Self::Evidence { statement, index } => case.statements[statement].evidence[index].strength,
            Self::Inference(inference) => case.inferences[inference].strength,
        }
    }

    /// The inference that it is, if it is one.
    pub fn inference(self) -> Option<InferenceId> {
        match self {
            Self::Inference(inference) => Some(inference),
            Self::Evidence { .. } => None,
        }
    }

    /// The statements that the step starts from, each with the side on which it has to be decided: accepted, or
    /// rejected.
    pub fn needed(self, case: &Case) -> impl Iterator<Item = (StatementId, Effect)> {
        let accepted = self.premises(case).iter().filter_map(|premise| premise.statement());
        let rejected = match self {
            Self::Evidence { .. } => &[],
            Self::Inference(inference) => case.inferences[inference].given_rejected.as_slice(),
        };
        let rejected = rejected.iter().map(|&statement| (statement, Effect::Opposes));
        accepted.map(|statement| (statement, Effect::Supports)).chain(rejected)
    }

    /// What undercuts the step.
    pub fn undercuts(self, case: &Case) -> &[Attack] {
        match self {
            Self::Evidence { statement, index } => &case.statements[statement].evidence[index].undercut_by,
            Self::Inference(inference) => &case.inferences[inference].undercut_by,
        }
    }
}

/// What an atom says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Atom {
    /// The source holds.
    Holds(Source),
    /// At least one of the origins of a document holds.
    Origins(Source),
    /// At least one of the origins that an evidence link names for itself holds.
    LinkOrigins(Step),
    /// There is a case for the statement.
    CaseFor(StatementId),
    /// There is a case against the statement.
    CaseAgainst(StatementId),
    /// The step is applicable.
    Applicable(Step),
    /// The undercut at `index` of the step is in force.
    Undercut(Step, usize),
    /// The impeachment at `index` of the source is in force.
    Impeachment(Source, usize),
    /// The document that supersedes another, named first, holds.
    Superseded(DocumentId, DocumentId),
    /// The draw of a step of several links reaches those that are as strong as this, the first of them.
    Drawn(Step),
    /// A side of something that is asked about; see [`Program::asking`].
    Asked(usize),
}

impl Atom {
    /// Whether it is an undercut or an impeachment: when undecided, those silence what they attack.
    pub fn is_attack(self) -> bool {
        matches!(self, Self::Undercut(..) | Self::Impeachment(..) | Self::Superseded(..))
    }

    /// The statement that it says there is a case on, and the side.
    pub(crate) fn side(self) -> Option<(StatementId, Effect)> {
        match self {
            Self::CaseFor(statement) => Some((statement, Effect::Supports)),
            Self::CaseAgainst(statement) => Some((statement, Effect::Opposes)),
            _ => None,
        }
    }
}

/// One condition in the body of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Literal {
    /// The variable is on.
    Variable(VariableId),
    /// The atom is true.
    Atom(AtomId),
    /// The atom is not true.
    Not(AtomId),
}

/// Atoms and the rules that conclude them, in compressed rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Program {
    atoms: Vec<Atom>,
    /// Rules of atom `a`: `first_rule[a]..first_rule[a + 1]`.
    first_rule: Vec<u32>,
    /// Literals of rule `r`: `first_literal[r]..first_literal[r + 1]`.
    first_literal: Vec<u32>,
    literals: Vec<Literal>,
}

impl Program {
    /// Every atom's id.
    pub fn atoms(&self) -> impl Iterator<Item = AtomId> + use<> {
        (0..narrow(self.atoms.len())).map(AtomId)
    }

    /// How many atoms there are.
    pub fn len(&self) -> usize {
        self.atoms.len()
    }

    /// Whether there is no atom.
    pub fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }

    /// What an atom says.
    pub fn atom(&self, id: AtomId) -> Atom {
        self.atoms[id.index()]
    }

    /// The rules that conclude an atom: it is true when every literal of one of them is.
    pub fn rules(&self, id: AtomId) -> impl ExactSizeIterator<Item = &[Literal]> {
        let rules = self.first_rule[id.index()] as usize..self.first_rule[id.index() + 1] as usize;
        rules.map(|rule| &self.literals[self.first_literal[rule] as usize..self.first_literal[rule + 1] as usize])
    }

    /// Every literal in the rules that conclude an atom.
    pub fn literals(&self, id: AtomId) -> &[Literal] {
        let first = self.first_rule[id.index()] as usize;
        let last = self.first_rule[id.index() + 1] as usize;
        &self.literals[self.first_literal[first] as usize..self.first_literal[last] as usize]
    }
}

impl Program {
    /// The case for a statement and the case against it.
    pub fn sides(statement: StatementId) -> [AtomId; 2] {
        [Self::case_for(statement), Self::case_against(statement)]
    }

    /// The program with a question for each group of conditions: the two sides of something that there is a case for when
    /// all of the group is so, and no case against.
    pub fn asking(&self, groups: &[Vec<Literal>]) -> (Self, Vec<[AtomId; 2]>) {
        let mut program = self.clone();
        let asked: Vec<AtomId> =
            groups.iter().enumerate().map(|(index, group)| program.ask(Atom::Asked(index), Some(group))).collect();
        let bottom = program.ask(Atom::Asked(groups.len()), None);
        (program, asked.into_iter().map(|asked| [asked, bottom]).collect())
    }

    fn ask(&mut self, atom: Atom, group: Option<&Vec<Literal>>) -> AtomId {
        self.atoms.push(atom);
        if let Some(group) = group {
            self.literals.extend_from_slice(group);
            self.first_literal.push(narrow(self.literals.len()));
        }
        self.first_rule.push(narrow(self.first_literal.len() - 1));
        AtomId(narrow(self.atoms.len() - 1))
    }

    /// Some atoms and all that they depend on. Cost: linear in that part, whatever the size of the whole.
    pub fn cone(&self, targets: impl IntoIterator<Item = AtomId>) -> FxHashSet<AtomId> {
        let mut found = FxHashSet::default();
        let mut waiting: Vec<AtomId> = targets.into_iter().collect();
        while let Some(atom) = waiting.pop() {
            if found.insert(atom) {
                waiting.extend(self.literals(atom).iter().filter_map(|literal| literal.atom()));
            }
        }
        found
    }

    /// What some atoms depend on, and nothing else, numbered anew in the same order; and those atoms there.
    ///
    /// Cost: linear in that part, whatever the size of the whole.
    pub(super) fn part<const N: usize>(&self, wanted: [AtomId; N]) -> (Self, [AtomId; N]) {
        self.supposing(wanted, &BTreeMap::new())
    }

    /// The same where some atoms are true or false, whatever their rules say.
    pub fn supposing<const N: usize>(
        &self,
        wanted: [AtomId; N],
        fixed: &BTreeMap<AtomId, bool>,
    ) -> (Self, [AtomId; N]) {
        let mut place: FxHashMap<AtomId, AtomId> = FxHashMap::default();
        let mut atoms = Vec::new();
        let mut waiting = wanted.to_vec();
        while let Some(atom) = waiting.pop() {
            if place.insert(atom, atom).is_none() {
                atoms.push(atom);
                if !fixed.contains_key(&atom) {
                    waiting.extend(self.literals(atom).iter().filter_map(|literal| literal.atom()));
                }
            }
        }
        atoms.sort_unstable();
        let mut builder = Builder::default();
        for &atom in &atoms {
            place.insert(atom, builder.atom(self.atom(atom)));
        }
        for &atom in &atoms {
            if let Some(&so) = fixed.get(&atom) {
                builder.fix(place[&atom], so);
                continue;
            }
            for body in self.rules(atom) {
                builder.rule(place[&atom], body.iter().map(|literal| literal.renamed(|needed| place[&needed])));
            }
        }
        (builder.finish(), wanted.map(|atom| place[&atom]))
    }
}

impl Program {
    /// The same atoms without the rules that need one that is never true.
    pub(super) fn without_rules_on(&self, attainable: &[bool]) -> Self {
        let possible = |literal: &Literal| !matches!(literal, Literal::Atom(needed) if !attainable[needed.index()]);
        let mut builder = Builder::default();
        for atom in self.atoms() {
            builder.atom(self.atom(atom));
            for body in self.rules(atom).filter(|body| body.iter().all(possible)) {
                builder.rule(atom, body.iter().copied());
            }
        }
        builder.finish()
    }
}

impl Literal {
    /// The atom that it is about.
    pub fn atom(self) -> Option<AtomId> {
        match self {
            Self::Variable(_) => None,
            Self::Atom(atom) | Self::Not(atom) => Some(atom),
        }
    }

    /// The same about another atom.
    pub(crate) fn renamed(self, name: impl Fn(AtomId) -> AtomId) -> Self {
        match self {
            Self::Variable(variable) => Self::Variable(variable),
            Self::Atom(atom) => Self::Atom(name(atom)),
            Self::Not(atom) => Self::Not(name(atom)),
        }
    }
}

/// Collects rules in any order.
#[derive(Debug, Default)]
pub(super) struct Builder {
    atoms: Vec<Atom>,
    rules: Vec<(AtomId, u32, u32)>,
    literals: Vec<Literal>,
    /// Atoms that are true or false whatever their rules say.
    fixed: BTreeMap<AtomId, bool>,
}

impl Builder {
    pub(super) fn atom(&mut self, atom: Atom) -> AtomId {
        self.atoms.push(atom);
        AtomId(narrow(self.atoms.len() - 1))
    }

    pub(super) fn rule(&mut self, head: AtomId, body: impl IntoIterator<Item = Literal>) {
        let start = narrow(self.literals.len());
        self.literals.extend(body);
        self.rules.push((head, start, narrow(self.literals.len())));
    }

    /// Makes an atom true or false, whatever its rules say.
    pub(super) fn fix(&mut self, atom: AtomId, so: bool) {
        self.fixed.insert(atom, so);
    }

    /// Sorts the rules by their heads, keeping their order under each head.
    pub(super) fn finish(mut self) -> Program {
        self.rules.retain(|(head, ..)| !self.fixed.contains_key(head));
        self.rules.extend(self.fixed.iter().filter(|(_, so)| **so).map(|(&head, _)| (head, 0, 0)));
        self.rules.sort_by_key(|&(head, start, _)| (head, start));
        let mut program = Program {
            atoms: self.atoms,
            first_rule: Vec::new(),
            first_literal: vec![0],
            literals: Vec::with_capacity(self.literals.len()),
        };
        let mut rules = self.rules.into_iter().peekable();
        for atom in 0..program.atoms.len() {
            program.first_rule.push(narrow(program.first_literal.len() - 1));
            while let Some((_, start, end)) = rules.next_if(|(head, ..)| head.index() == atom) {
                program.literals.extend_from_slice(&self.literals[start as usize..end as usize]);
                program.first_literal.push(narrow(program.literals.len()));
            }
        }
        program.first_rule.push(narrow(program.first_literal.len() - 1));
        program
    }
}

/// An index, or a count, in four bytes.
pub(super) fn narrow(index: usize) -> u32 {
    u32::try_from(index).expect("fewer than 4 billion entries")
}
