//! Fewer variables for the same answer: what only one rule uses is merged before diagrams are made.
//!
//! Most numbers of a case occur in one step only. Two links from one document to one claim matter to that
//! claim as one link that fails when both do; a step's own number and that of an undercut with no other use
//! matter as one number. Such numbers are merged into an *event*, a read-once condition on variables, whose
//! probability is a closed formula (the noisy-or of Pearl 1988 is the commonest), and the diagrams are made
//! over events. Variables that are asked about by themselves, those of sources, are never merged.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::events::{Event, Events};
use super::lower::reached;
use super::program::{Builder, narrow};
use super::{AtomId, Component, Literal, Program, VariableId};

/// A program over events, with the components that it is to be read in.
#[derive(Debug)]
pub(super) struct Simplified {
    pub(super) program: Program,
    pub(super) components: Vec<Component>,
    pub(super) events: Events,
}

/// Rounds of simplification; further ones rarely find anything.
const ROUNDS: usize = 4;

/// Simplifies the part of a program that `components` cover, keeping the truth of `targets` in every world.
///
/// Atoms keep their ids. Components stay those of the program as written, less the atoms that have been
/// merged into others: which attacks silence depends on them. Variables of weight 0 are taken as off;
/// those that `keep` names are not merged. Cost: a few passes over the program.
pub(super) fn simplify(
    program: &Program,
    components: Vec<Component>,
    targets: &[AtomId],
    weights: &[f64],
    keep: &dyn Fn(VariableId) -> bool,
) -> Simplified {
    let mut simplifier = Simplifier::new(program, &components, targets, weights, keep);
    for _ in 0..ROUNDS {
        simplifier.round(&components);
    }
    simplifier.finish(program, components)
}

/// What a literal on an atom becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Becomes {
    /// It stays.
    Itself,
    /// Always so.
    True,
    /// Never so.
    False,
    /// All of these literals.
    Body(Vec<Literal>),
}

type Rules = Vec<Vec<Literal>>;

/// Rules that are alike but for the event of its own that each has, if it has one.
struct Alternatives {
    shared: Vec<Literal>,
    own: Vec<Option<usize>>,
}

struct Simplifier<'a> {
    keep: &'a dyn Fn(VariableId) -> bool,
    rules: Vec<Rules>,
    events: Vec<Event>,
    /// Whether an event may be merged.
    private: Vec<bool>,
    /// In how many literals an event occurs; never too low.
    event_uses: Vec<usize>,
    target: Vec<bool>,
}

impl<'a> Simplifier<'a> {
    fn new(
        program: &Program,
        components: &[Component],
        targets: &[AtomId],
        weights: &[f64],
        keep: &'a dyn Fn(VariableId) -> bool,
    ) -> Self {
        let mut target = vec![false; program.len()];
        targets.iter().for_each(|atom| target[atom.index()] = true);
        let mut simplifier = Self {
            keep,
            rules: vec![Vec::new(); program.len()],
            events: Vec::new(),
            private: Vec::new(),
            event_uses: Vec::new(),
            target,
        };
        let mut event_of = BTreeMap::new();
        for &atom in components.iter().flat_map(|component| &component.atoms) {
            let possible = |body: &&[Literal]| {
                !body.iter().any(|literal| matches!(literal, Literal::Variable(v) if weights[v.index()] <= 0.0))
            };
            let bodies = program.rules(atom).filter(possible);
            let mut over_events = |literal: &Literal| match *literal {
                Literal::Variable(variable) => {
                    let event = event_of.entry(variable).or_insert_with(|| simplifier.variable(variable));
                    Literal::Variable(*event)
                }
                other => other,
            };
            let rules = bodies.map(|body| body.iter().map(&mut over_events).collect()).collect();
            simplifier.rules[atom.index()] = rules;
        }
        simplifier
    }

    fn variable(&mut self, variable: VariableId) -> VariableId {
        let private = !(self.keep)(variable);
        self.event(Event::Variable(variable), private)
    }

    fn event(&mut self, event: Event, private: bool) -> VariableId {
        self.events.push(event);
        self.private.push(private);
        self.event_uses.push(1);
        VariableId(narrow(self.events.len() - 1))
    }

    /// One pass over the atoms, each after those that it depends on.
    fn round(&mut self, components: &[Component]) {
        let (positive_uses, negative_uses) = self.count_uses();
        let mut positive = vec![Becomes::Itself; self.rules.len()];
        let mut negative = vec![Becomes::Itself; self.rules.len()];
        let mut lifted: Vec<Option<Rules>> = vec![None; self.rules.len()];
        for component in components {
            for &atom in &component.atoms {
                let index = atom.index();
                let rules = self.rewritten(index, &positive, &negative, &mut lifted);
                self.rules[index] = self.merged(rules);
                if component.recursive || self.target[index] {
                    continue;
                }
                let uses = (positive_uses[index], negative_uses[index]);
                let (if_true, if_false) = self.replacements(index, uses);
                if if_true == Becomes::Itself && uses == (1, 0) && self.rules[index].len() > 1 {
                    lifted[index] = Some(self.rules[index].clone());
                }
                (positive[index], negative[index]) = (if_true, if_false);
            }
        }
    }

    fn count_uses(&mut self) -> (Vec<usize>, Vec<usize>) {
        let (mut positive, mut negative) = (vec![0; self.rules.len()], vec![0; self.rules.len()]);
        self.event_uses.iter_mut().for_each(|uses| *uses = 0);
        let reachable = self.reachable();
        let rules = self.rules.iter().zip(reachable).filter(|(_, reachable)| *reachable);
        for &literal in rules.flat_map(|(rules, _)| rules).flatten() {
            match literal {
                Literal::Variable(event) => self.event_uses[event.index()] += 1,
                Literal::Atom(atom) => positive[atom.index()] += 1,
                Literal::Not(atom) => negative[atom.index()] += 1,
            }
        }
        (positive, negative)
    }

    /// The atoms that the targets still depend on.
    fn reachable(&self) -> Vec<bool> {
        let targets = (0..self.rules.len()).filter(|&index| self.target[index]).map(AtomId::from_index);
        let literals = |atom: AtomId| self.rules[atom.index()].iter().flatten();
        reached(self.rules.len(), targets, |atom| literals(atom).filter_map(|literal| literal.atom()))
    }

    /// The rules of an atom with its literals replaced.
    fn rewritten(
        &mut self,
        index: usize,
        positive: &[Becomes],
        negative: &[Becomes],
        lifted: &mut [Option<Rules>],
    ) -> Rules {
        let mut rewritten = Rules::new();
        for body in std::mem::take(&mut self.rules[index]) {
            if let [Literal::Atom(only)] = body[..]
                && let Some(rules) = lifted[only.index()].take()
            {
                rewritten.extend(rules);
                continue;
            }
            let mut new = Vec::with_capacity(body.len());
            let mut possible = true;
            for literal in body {
                let becomes = match literal {
                    Literal::Variable(_) => &Becomes::Itself,
                    Literal::Atom(atom) => &positive[atom.index()],
                    Literal::Not(atom) => &negative[atom.index()],
                };
                match becomes {
                    Becomes::Itself => new.push(literal),
                    Becomes::True => {}
                    Becomes::False => possible = false,
                    Becomes::Body(literals) => new.extend(literals),
                }
            }
            if possible {
                let mut seen = FxHashSet::default();
                new.retain(|&literal| seen.insert(literal));
                rewritten.push(new);
            }
        }
        rewritten
    }

    /// Merges events that only one rule uses: within a rule, and over rules that are otherwise the same.
    fn merged(&mut self, rules: Rules) -> Rules {
        // In the order in which the rules come, for orders of the variables follow it.
        let mut alternatives: IndexMap<Vec<Literal>, Alternatives> = IndexMap::new();
        for body in rules {
            let is_private = |literal: &Literal| {
                matches!(literal, Literal::Variable(event)
                    if self.private[event.index()] && self.event_uses[event.index()] == 1)
            };
            let (own, shared): (Vec<Literal>, Vec<Literal>) = body.into_iter().partition(is_private);
            let own: Vec<usize> = own.into_iter().filter_map(event_of).collect();
            let own = self.one_event(own, Event::AllOf);
            let mut key = shared.clone();
            key.sort_unstable();
            let same = alternatives.entry(key).or_insert_with(|| Alternatives { shared, own: Vec::new() });
            same.own.push(own);
        }
        let mut merged = Rules::with_capacity(alternatives.len());
        for Alternatives { shared: mut body, own } in alternatives.into_values() {
            // A rule without an event of its own makes the others with the same body idle.
            if let Some(own) = own.into_iter().collect::<Option<Vec<usize>>>() {
                let own = self.one_event(own, Event::AnyOf);
                body.extend(own.map(|event| Literal::Variable(VariableId(narrow(event)))));
            }
            merged.push(body);
        }
        merged
    }

    /// None, the one, or a new event of several.
    fn one_event(&mut self, parts: Vec<usize>, several: impl Fn(Vec<usize>) -> Event) -> Option<usize> {
        match parts[..] {
            [] => None,
            [one] => Some(one),
            _ => Some(self.event(several(parts), true).index()),
        }
    }

    /// What literals on an atom become, when it is true and when it is not.
    fn replacements(&mut self, index: usize, (positive_uses, negative_uses): (usize, usize)) -> (Becomes, Becomes) {
        if self.rules[index].is_empty() {
            return (Becomes::False, Becomes::True);
        }
        if self.rules[index].iter().any(Vec::is_empty) {
            return (Becomes::True, Becomes::False);
        }
        let [body] = &self.rules[index][..] else { return (Becomes::Itself, Becomes::Itself) };
        let body = body.clone();
        let if_true = if body.len() == 1 || (positive_uses, negative_uses) == (1, 0) {
            let uses = positive_uses + negative_uses;
            for event in body.iter().copied().filter_map(event_of) {
                self.event_uses[event] += uses.saturating_sub(1);
            }
            Becomes::Body(body.clone())
        } else {
            Becomes::Itself
        };
        let if_false = match body[..] {
            [Literal::Variable(event)]
                if (positive_uses, negative_uses) == (0, 1)
                    && self.private[event.index()]
                    && self.event_uses[event.index()] == 1 =>
            {
                let not = self.event(Event::Not(event.index()), true);
                Becomes::Body(vec![Literal::Variable(not)])
            }
            _ => Becomes::Itself,
        };
        (if_true, if_false)
    }

    fn finish(self, program: &Program, components: Vec<Component>) -> Simplified {
        let reachable = self.reachable();
        let mut builder = Builder::default();
        let atoms: Vec<AtomId> = program.atoms().map(|atom| builder.atom(program.atom(atom))).collect();
        for (&atom, rules) in atoms.iter().zip(self.rules) {
            if reachable[atom.index()] {
                rules.into_iter().for_each(|body| builder.rule(atom, body));
            }
        }
        let components = (components.into_iter())
            .filter_map(|mut component| {
                component.atoms.retain(|atom| reachable[atom.index()]);
                (!component.atoms.is_empty()).then_some(component)
            })
            .collect();
        Simplified { program: builder.finish(), components, events: Events::new(self.events) }
    }
}

fn event_of(literal: Literal) -> Option<usize> {
    match literal {
        Literal::Variable(event) => Some(event.index()),
        Literal::Atom(_) | Literal::Not(_) => None,
    }
}
