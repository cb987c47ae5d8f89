//! Fewer variables for the same answer: what only one rule uses is merged before diagrams are made.
//!
//! Most numbers of a case occur in one step only. Two links from one document to one claim matter to that
//! claim as one link that fails when both do; a step's own number and that of an undercut with no other use
//! matter as one number. Such numbers are merged into an *event*, a read-once condition on variables, whose
//! probability is a closed formula (the noisy-or of Pearl 1988 is the commonest), and the diagrams are made
//! over events. Variables that are asked about by themselves, those of sources, are never merged.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::eliminate::Number;
use super::program::Builder;
use super::{AtomId, Component, Literal, Program, VariableId, Weights};

/// A read-once condition on the variables of a program. Parts come before what they are parts of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Event {
    /// The variable is on.
    Variable(VariableId),
    /// All of these events, which occur nowhere else.
    AllOf(Vec<usize>),
    /// At least one of these events, which occur nowhere else.
    AnyOf(Vec<usize>),
    /// Not this event, which occurs nowhere else.
    Not(usize),
}

/// The events that stand for the variables of a simplified program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Events {
    events: Vec<Event>,
}

impl Events {
    /// The probability of every event. Cost: linear in their number.
    pub(super) fn weights(&self, weights: &[f64]) -> Vec<f64> {
        self.weights_by(|variable| weights[variable.index()])
    }

    /// The same, from the weight of each variable.
    pub(super) fn weights_by<N: Number>(&self, weight: impl Fn(VariableId) -> N) -> Vec<N> {
        let mut values: Vec<N> = Vec::with_capacity(self.events.len());
        for event in &self.events {
            let value = self.value(event, &weight, |part| values[part]);
            values.push(value);
        }
        values
    }

    /// An event and all that it is made of, parts before what they are parts of.
    fn under(&self, event: usize) -> Vec<usize> {
        let (mut found, mut waiting) = (Vec::new(), vec![event]);
        while let Some(next) = waiting.pop() {
            found.push(next);
            match &self.events[next] {
                Event::Variable(_) => {}
                Event::AllOf(parts) | Event::AnyOf(parts) => waiting.extend(parts),
                Event::Not(part) => waiting.push(*part),
            }
        }
        found.sort_unstable();
        found
    }

    /// The probability of one event. Cost: linear in its parts.
    pub(super) fn weight(&self, event: usize, weights: &[f64]) -> f64 {
        let mut values: FxHashMap<usize, f64> = FxHashMap::default();
        for part in self.under(event) {
            let value = self.value(&self.events[part], |variable| weights[variable.index()], |part| values[&part]);
            values.insert(part, value);
        }
        values[&event]
    }

    fn value<N: Number>(&self, event: &Event, weight: impl Fn(VariableId) -> N, part: impl Fn(usize) -> N) -> N {
        match event {
            Event::Variable(variable) => weight(*variable),
            Event::AllOf(parts) => parts.iter().fold(N::ONE, |all, &one| all * part(one)),
            Event::AnyOf(parts) => N::ONE - parts.iter().fold(N::ONE, |none, &one| none * (N::ONE - part(one))),
            Event::Not(one) => N::ONE - part(*one),
        }
    }

    /// From derivatives by events to derivatives by variables (the chain rule; each variable occurs once), in the
    /// order of the variables.
    pub(super) fn by_variable(&self, weights: &[f64], mut by_event: Weights) -> Vec<(VariableId, f64)> {
        let values = self.weights(weights);
        let mut by_variable = Vec::new();
        for (index, event) in self.events.iter().enumerate().rev() {
            let outer = by_event[index];
            match event {
                Event::Variable(variable) => by_variable.push((*variable, outer)),
                Event::AllOf(parts) => {
                    let others = products_of_others(parts.iter().map(|&part| values[part]));
                    parts.iter().zip(others).for_each(|(&part, others)| by_event[part] += outer * others);
                }
                Event::AnyOf(parts) => {
                    let others = products_of_others(parts.iter().map(|&part| 1.0 - values[part]));
                    parts.iter().zip(others).for_each(|(&part, others)| by_event[part] += outer * others);
                }
                Event::Not(part) => by_event[*part] -= outer,
            }
        }
        by_variable.sort_unstable_by_key(|&(variable, _)| variable);
        by_variable
    }

    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// The probabilities of the most probable way in which an event is on, and of that in which it is off,
    /// given those of its parts. Each variable occurs once, so ways for several parts multiply.
    pub(super) fn ways(&self, event: usize, weights: &[f64], on: &[f64], off: &[f64]) -> [f64; 2] {
        let product = |parts: &[usize], of: &[f64]| parts.iter().map(|&part| of[part]).product();
        let most = |parts: &[usize], of: &[f64]| parts.iter().map(|&part| of[part]).fold(0.0, f64::max);
        match &self.events[event] {
            Event::Variable(variable) => [weights[variable.index()], 1.0 - weights[variable.index()]],
            Event::AllOf(parts) => [product(parts, on), most(parts, off)],
            Event::AnyOf(parts) => [most(parts, on), product(parts, off)],
            Event::Not(part) => [off[*part], on[*part]],
        }
    }

    /// The parts of an event, and how they are taken, in the most probable way in which it is on, or off.
    pub(super) fn best_parts(&self, event: usize, is_on: bool, on: &[f64], off: &[f64]) -> Vec<(usize, bool)> {
        let all = |parts: &[usize]| parts.iter().map(|&part| (part, is_on)).collect();
        let first_of_the_best = |parts: &[usize], of: &[f64]| {
            let best = parts.iter().copied().rev().max_by(|&one, &other| of[one].total_cmp(&of[other]));
            best.map(|part| (part, is_on)).into_iter().collect()
        };
        match (&self.events[event], is_on) {
            (Event::Variable(_), _) => Vec::new(),
            (Event::AllOf(parts), true) | (Event::AnyOf(parts), false) => all(parts),
            (Event::AllOf(parts), false) => first_of_the_best(parts, off),
            (Event::AnyOf(parts), true) => first_of_the_best(parts, on),
            (Event::Not(part), _) => vec![(*part, !is_on)],
        }
    }

    /// Every variable that an event is made of.
    pub(super) fn variables(&self, event: usize) -> impl Iterator<Item = VariableId> {
        self.under(event).into_iter().filter_map(|part| self.only_variable(part))
    }

    /// The variable that an event is, if it is just one.
    pub(super) fn only_variable(&self, event: usize) -> Option<VariableId> {
        match self.events[event] {
            Event::Variable(variable) => Some(variable),
            _ => None,
        }
    }
}

/// For each factor, the product of all others.
fn products_of_others(factors: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
    let running = |product: &mut f64, factor: f64| Some(std::mem::replace(product, *product * factor));
    let mut others: Vec<f64> = factors.clone().scan(1.0, running).collect();
    let factors: Vec<f64> = factors.collect();
    let after = factors.iter().rev().copied().scan(1.0, running);
    others.iter_mut().rev().zip(after).for_each(|(before, after)| *before *= after);
    others
}

/// A program over events, with the components that it is to be read in.
#[derive(Debug)]
pub(super) struct Simplified {
    pub(super) program: Program,
    pub(super) components: Vec<Component>,
    pub(super) events: Events,
}

/// Rounds of simplification; more seldom find anything.
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
        let mut reachable = vec![false; self.rules.len()];
        let mut waiting: Vec<usize> = (0..self.rules.len()).filter(|&index| self.target[index]).collect();
        while let Some(index) = waiting.pop() {
            if !std::mem::replace(&mut reachable[index], true) {
                let needed = self.rules[index].iter().flatten().filter_map(|literal| literal.atom());
                waiting.extend(needed.map(AtomId::index));
            }
        }
        reachable
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
        Simplified { program: builder.finish(), components, events: Events { events: self.events } }
    }
}

fn event_of(literal: Literal) -> Option<usize> {
    match literal {
        Literal::Variable(event) => Some(event.index()),
        Literal::Atom(_) | Literal::Not(_) => None,
    }
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).expect("fewer than 4 billion events")
}
