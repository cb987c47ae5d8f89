//! From a question to factors over on-or-off variables.
//!
//! An atom is a noisy-or of its rules: what one rule alone depends on is summed out on the spot, and the rest
//! factorises into one small factor a rule around an auxiliary variable (Díez and Galán 2003). With the auxiliary
//! variable on, the factors multiply to the probability that no rule applies; off, to 1; and the atom is their
//! difference, so one factor of each atom has a negative entry. *Accepted*, a case for and none against, is
//! `B - A * B` with `A` and `B` the probabilities of no case for and of none against, and takes one auxiliary variable
//! for each.

use rustc_hash::FxHashMap;

use crate::logic::evaluate::Bound;
use crate::logic::{AtomId, Literal};

use super::bounded::Bounded;
use super::factor::Factor;
use super::prepared::Prepared;

/// Why there is no network.
#[derive(Debug, Clone, Copy)]
pub(super) struct WideLoop {
    /// How many inputs the loop that is too wide has.
    pub(super) inputs: usize,
}

/// Factors whose product, summed over all variables, is the probability that none of the atoms asked about is true.
#[derive(Debug, Default)]
pub(super) struct Network {
    pub(super) factors: Vec<Factor>,
    /// How many variables the factors range over.
    pub(super) variables: u32,
}

impl Network {
    /// The network of what `none` depend on, all of which are to be false. Events that are `certain` are left out.
    ///
    /// Cost: linear in that part of the program.
    pub(super) fn new(prepared: &Prepared, none: &[Bounded], certain: &dyn Fn(u32) -> bool) -> Result<Self, WideLoop> {
        let mut cone = Cone {
            prepared,
            none,
            certain,
            nodes: Vec::new(),
            place: FxHashMap::default(),
            events: FxHashMap::default(),
        };
        for &reading in none {
            cone.node(Key::Atom(reading));
        }
        let mut next = 0;
        while next < cone.nodes.len() {
            let definition = cone.definition(cone.nodes[next].key)?;
            cone.nodes[next].definition = definition;
            next += 1;
        }
        Ok(Writer::new(&cone).network())
    }

    /// Every event that some factor depends on, some of them more than once.
    pub(super) fn events(&self) -> impl Iterator<Item = u32> {
        self.factors.iter().flat_map(|factor| factor.events.iter().copied())
    }
}

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Atom(Bounded),
    /// The first is true and the second is not: a statement accepted, or rejected.
    OneSided(Bounded, Bounded),
    /// A gate of a loop.
    Gate(u32, usize, Bound),
}

struct Node {
    key: Key,
    definition: Definition,
    /// How many bodies and functions use it.
    uses: usize,
}

enum Definition {
    /// At least one of the bodies.
    Any(Vec<Body>),
    /// A truth table over other nodes; the first is the lowest bit.
    Function { inputs: Vec<usize>, truth: Vec<bool> },
}

/// All of these.
#[derive(Default)]
struct Body {
    events: Vec<u32>,
    nodes: Vec<(usize, bool)>,
}

/// What the question depends on.
struct Cone<'a> {
    prepared: &'a Prepared,
    none: &'a [Bounded],
    certain: &'a dyn Fn(u32) -> bool,
    nodes: Vec<Node>,
    place: FxHashMap<Key, usize>,
    /// In how many bodies each event occurs.
    events: FxHashMap<u32, usize>,
}

impl Cone<'_> {
    fn node(&mut self, key: Key) -> usize {
        *self.place.entry(key).or_insert_with(|| {
            self.nodes.push(Node { key, definition: Definition::Any(Vec::new()), uses: 0 });
            self.nodes.len() - 1
        })
    }

    fn used(&mut self, key: Key) -> usize {
        let node = self.node(key);
        self.nodes[node].uses += 1;
        node
    }

    fn definition(&mut self, key: Key) -> Result<Definition, WideLoop> {
        let prepared = self.prepared;
        match key {
            Key::OneSided(so, not) => {
                let nodes = vec![(self.used(Key::Atom(so)), true), (self.used(Key::Atom(not)), false)];
                Ok(Definition::Any(vec![Body { events: Vec::new(), nodes }]))
            }
            Key::Gate(of, gate, bound) => {
                let bodies = prepared.loops[of as usize].gates[gate].iter();
                Ok(Definition::Any(bodies.filter_map(|literals| self.body(literals, bound)).collect()))
            }
            Key::Atom(Bounded { atom, bound }) => match prepared.loop_of(atom) {
                Some(of) => self.function(of, atom, bound),
                None => Ok(Definition::Any(
                    prepared.rules(atom).filter_map(|literals| self.body(literals, bound)).collect(),
                )),
            },
        }
    }

    fn function(&mut self, of: u32, atom: AtomId, bound: Bound) -> Result<Definition, WideLoop> {
        let prepared = self.prepared;
        let all = &prepared.loops[of as usize];
        let function = all.function(atom, bound).ok_or(WideLoop { inputs: all.width })?;
        let inputs = function.inputs.iter().map(|input| self.used(Key::Gate(of, input.gate, input.bound))).collect();
        Ok(Definition::Function { inputs, truth: function.truth.clone() })
    }

    /// A body; none where it is false in every world.
    fn body(&mut self, literals: &[Literal], bound: Bound) -> Option<Body> {
        let prepared = self.prepared;
        let mut events = Vec::new();
        let mut asked: Vec<(Bounded, bool)> = Vec::new();
        for &literal in literals {
            match (literal, prepared.bounds.asked(literal, bound)) {
                (_, Some((reading, true))) if self.none.contains(&reading) => return None,
                (_, Some((reading, false))) if self.none.contains(&reading) => {}
                (_, Some(new)) if asked.contains(&new) => {}
                (_, Some((reading, on))) if asked.contains(&(reading, !on)) => return None,
                (_, Some(new)) => asked.push(new),
                (Literal::Variable(event), None) if !(self.certain)(event.0) => events.push(event.0),
                _ => {}
            }
        }
        events.iter().for_each(|&event| *self.events.entry(event).or_default() += 1);
        let mut nodes = Vec::with_capacity(asked.len());
        while let Some((reading, on)) = asked.pop() {
            let two_sides =
                |&(other, so): &(Bounded, bool)| so != on && prepared.are_two_sides(reading.atom, other.atom);
            let key = match asked.iter().position(two_sides) {
                Some(place) => {
                    let (other, _) = asked.swap_remove(place);
                    let (so, not) = if on { (reading, other) } else { (other, reading) };
                    nodes.push((self.used(Key::OneSided(so, not)), true));
                    continue;
                }
                None => Key::Atom(reading),
            };
            nodes.push((self.used(key), on));
        }
        Some(Body { events, nodes })
    }
}

/// Writes the factors.
struct Writer<'a> {
    cone: &'a Cone<'a>,
    network: Network,
    variable_of_node: Vec<Option<u32>>,
    variable_of_event: FxHashMap<u32, u32>,
}

impl<'a> Writer<'a> {
    fn new(cone: &'a Cone<'a>) -> Self {
        let variable_of_node = vec![None; cone.nodes.len()];
        Self { cone, network: Network::default(), variable_of_node, variable_of_event: FxHashMap::default() }
    }

    fn network(mut self) -> Network {
        let absorbed = self.absorbed();
        for (node, _) in absorbed.iter().enumerate().filter(|(_, absorbed)| !**absorbed) {
            self.node(node, &absorbed);
        }
        self.network
    }

    /// The atoms that occur only as a part of one statement's being accepted or rejected.
    fn absorbed(&self) -> Vec<bool> {
        let mut absorbed = vec![false; self.cone.nodes.len()];
        for node in &self.cone.nodes {
            let (Key::OneSided(..), Definition::Any(bodies)) = (node.key, &node.definition) else { continue };
            let parts = bodies.iter().flat_map(|body| &body.nodes);
            let alone = |&(part, _): &(usize, bool)| {
                let part = &self.cone.nodes[part];
                part.uses == 1 && matches!(part.definition, Definition::Any(_))
            };
            if parts.clone().all(alone) {
                parts.for_each(|&(part, _)| absorbed[part] = true);
            }
        }
        absorbed
    }

    fn fresh(&mut self) -> u32 {
        self.network.variables += 1;
        self.network.variables - 1
    }

    fn factor(&mut self, scope: Vec<u32>, events: Vec<u32>, value: impl Fn(&[bool]) -> (i8, i8)) {
        self.network.factors.push(Factor::new(scope, events, value));
    }

    fn variable(&mut self, node: usize) -> u32 {
        if let Some(variable) = self.variable_of_node[node] {
            return variable;
        }
        let variable = self.fresh();
        self.variable_of_node[node] = Some(variable);
        variable
    }

    fn event(&mut self, event: u32) -> u32 {
        if let Some(&variable) = self.variable_of_event.get(&event) {
            return variable;
        }
        let variable = self.fresh();
        self.variable_of_event.insert(event, variable);
        self.factor(vec![variable], vec![event], |on| if on[0] { (0, 1) } else { (1, -1) });
        variable
    }

    fn node(&mut self, node: usize, absorbed: &[bool]) {
        let Node { key, definition, .. } = &self.cone.nodes[node];
        let observed = matches!(key, Key::Atom(reading) if self.cone.none.contains(reading));
        match definition {
            Definition::Any(bodies) if observed => self.none_of(None, bodies),
            Definition::Any(bodies) => match (key, &bodies[..]) {
                (Key::OneSided(..), [Body { nodes, .. }]) if nodes.iter().any(|&(part, _)| absorbed[part]) => {
                    self.one_sided(node, [nodes[0].0, nodes[1].0]);
                }
                (_, []) => {
                    let variable = self.variable(node);
                    self.factor(vec![variable], Vec::new(), |on| (i8::from(!on[0]), 0));
                }
                (_, [body]) => self.all_of(node, body),
                _ => {
                    let scope = vec![self.variable(node), self.fresh()];
                    let none = scope[1];
                    self.factor(scope, Vec::new(), |on| match (on[0], on[1]) {
                        (false, none) => (i8::from(none), 0),
                        (true, false) => (1, 0),
                        (true, true) => (-1, 0),
                    });
                    self.none_of(Some(none), bodies);
                }
            },
            Definition::Function { inputs, truth } => self.function(node, inputs, truth, observed),
        }
    }

    /// One atom is true and the other is not, neither of which is asked for by itself.
    fn one_sided(&mut self, node: usize, parts: [usize; 2]) {
        let scope = vec![self.variable(node), self.fresh(), self.fresh()];
        let auxiliary = [scope[1], scope[2]];
        // B - A B where it is true, 1 - B + A B where it is not; A and B count where their variables are on.
        self.factor(scope, Vec::new(), |on| match (on[0], on[1], on[2]) {
            (true, false, true) | (false, false, false) | (false, true, true) => (1, 0),
            (true, true, true) | (false, false, true) => (-1, 0),
            (_, _, false) => (0, 0),
        });
        for (auxiliary, part) in auxiliary.into_iter().zip(parts) {
            if let Definition::Any(bodies) = &self.cone.nodes[part].definition {
                self.none_of(Some(auxiliary), bodies);
            }
        }
    }

    /// Where the auxiliary variable is on, none of the bodies holds.
    fn none_of(&mut self, auxiliary: Option<u32>, bodies: &[Body]) {
        for body in bodies {
            let (events, literals) = self.literals(body);
            let head: Vec<u32> = auxiliary.into_iter().collect();
            self.weighted(head, literals, events, |head, so| (1, if so && head.iter().all(|&on| on) { -1 } else { 0 }));
        }
    }

    /// An atom with one rule.
    fn all_of(&mut self, node: usize, body: &Body) {
        let (events, literals) = self.literals(body);
        let head = vec![self.variable(node)];
        self.weighted(head, literals, events, |head, so| {
            let (base, factor) = if head[0] { (0, 1) } else { (1, -1) };
            (base, if so { factor } else { 0 })
        });
    }

    /// A factor of some variables and of whether all of these literals hold, in pairs where they are many.
    fn weighted(
        &mut self,
        mut scope: Vec<u32>,
        literals: Vec<(u32, bool)>,
        events: Vec<u32>,
        value: impl Fn(&[bool], bool) -> (i8, i8),
    ) {
        const FEW: usize = 2;
        let head = scope.len();
        if literals.len() <= FEW {
            scope.extend(literals.iter().map(|&(variable, _)| variable));
            let so = |on: &[bool]| on.iter().zip(&literals).all(|(&on, &(_, wanted))| on == wanted);
            self.factor(scope, events, |on| value(&on[..head], so(&on[head..])));
            return;
        }
        // The value without them, and where the auxiliary variable is on, the difference that they make times the literals.
        let all = self.fresh();
        scope.push(all);
        self.factor(scope, events, |on| match on[head] {
            false => value(&on[..head], false),
            true => {
                let (not_so, so) = (value(&on[..head], false), value(&on[..head], true));
                (so.0 - not_so.0, so.1 - not_so.1)
            }
        });
        for (variable, wanted) in literals {
            self.factor(vec![all, variable], Vec::new(), |on| (i8::from(!on[0] || on[1] == wanted), 0));
        }
    }

    fn function(&mut self, node: usize, inputs: &[usize], truth: &[bool], observed: bool) {
        let mut scope: Vec<u32> = if observed { Vec::new() } else { vec![self.variable(node)] };
        let head = scope.len();
        scope.extend(inputs.iter().map(|&input| self.variable(input)));
        self.factor(scope, Vec::new(), |on| {
            let place: usize = on[head..].iter().enumerate().map(|(bit, &on)| usize::from(on) << bit).sum();
            (i8::from(truth[place] == (!observed && on[0])), 0)
        });
    }

    /// The events that no other body uses, and the variables of all else.
    fn literals(&mut self, body: &Body) -> (Vec<u32>, Vec<(u32, bool)>) {
        let (own, shared): (Vec<u32>, Vec<u32>) = body.events.iter().partition(|event| self.cone.events[*event] == 1);
        let mut literals: Vec<(u32, bool)> = shared.into_iter().map(|event| (self.event(event), true)).collect();
        literals.extend(body.nodes.iter().map(|&(node, on)| (self.variable(node), on)));
        (own, literals)
    }
}
