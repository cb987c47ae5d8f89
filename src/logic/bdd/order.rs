//! Static orders of the variables, for decision diagrams.
//!
//! How large a diagram grows depends on the order of its variables, sometimes by orders of magnitude, and
//! finding the best order is NP-hard (Bollig and Wegener 1996). So a few cheap orders are tried and the
//! first one that stays small is kept.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::logic::{Atom, AtomId, Literal, Program, VariableId, components};

/// A way to put the variables in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As a walk from the targets meets them, a rule's own variables before what its atoms need
    /// (after Fujita, Fujisawa and Kawato 1988).
    DepthFirst,
    /// The same walk, a rule's own variables after what its atoms need.
    DepthFirstSourcesFirst,
    /// Each variable that several rules share, followed by those that only rules with it use; steps that
    /// rest on no shared variable come last. A case that is an *or* over sources then grows linearly.
    BySource,
    /// By a force that pulls what one rule mentions together (after Aloul, Markov and Sakallah 2003).
    Force,
}

impl Order {
    pub(super) const ALL: [Self; 4] = [Self::BySource, Self::DepthFirstSourcesFirst, Self::DepthFirst, Self::Force];

    /// The variables that `targets` depend on, in this order. Cost: linear in that part of the program.
    pub(super) fn variables(self, program: &Program, targets: &[AtomId]) -> Vec<VariableId> {
        match self {
            Self::DepthFirst => depth_first(program, targets, false),
            Self::DepthFirstSourcesFirst => depth_first(program, targets, true),
            Self::BySource => by_source(program, targets),
            Self::Force => force(program, targets),
        }
    }
}

/// Keeps the first sight of each variable.
#[derive(Default)]
struct Sighted {
    order: Vec<VariableId>,
    seen: FxHashSet<VariableId>,
}

impl Sighted {
    fn see(&mut self, variable: VariableId) {
        if self.seen.insert(variable) {
            self.order.push(variable);
        }
    }
}

fn depth_first(program: &Program, targets: &[AtomId], sources_first: bool) -> Vec<VariableId> {
    let mut sighted = Sighted::default();
    let mut visited = vec![false; program.len()];
    let mut waiting: Vec<Literal> = targets.iter().rev().map(|&target| Literal::Atom(target)).collect();
    while let Some(literal) = waiting.pop() {
        match literal {
            Literal::Variable(variable) => sighted.see(variable),
            Literal::Atom(atom) | Literal::Not(atom) => {
                if !std::mem::replace(&mut visited[atom.index()], true) {
                    let bodies: Vec<&[Literal]> = program.rules(atom).collect();
                    for body in bodies.into_iter().rev() {
                        let (own, needed): (Vec<Literal>, Vec<Literal>) =
                            body.iter().partition(|literal| matches!(literal, Literal::Variable(_)));
                        let [first, second] = if sources_first { [needed, own] } else { [own, needed] };
                        waiting.extend(second.into_iter().rev());
                        waiting.extend(first.into_iter().rev());
                    }
                }
            }
        }
    }
    sighted.order
}

fn by_source(program: &Program, targets: &[AtomId]) -> Vec<VariableId> {
    let order = depth_first(program, targets, true);
    let rank: FxHashMap<VariableId, usize> =
        order.iter().enumerate().map(|(rank, &variable)| (variable, rank)).collect();
    let atoms: Vec<AtomId> =
        components(program, targets.iter().copied()).into_iter().flat_map(|component| component.atoms).collect();
    let mut uses: FxHashMap<VariableId, usize> = FxHashMap::default();
    for variable in atoms.iter().flat_map(|&atom| program.literals(atom)).copied().filter_map(variable_of) {
        *uses.entry(variable).or_default() += 1;
    }
    let leaders = Leaders::new(program, &atoms, &uses, &rank);
    let mut sorted: Vec<(Vec<usize>, VariableId)> =
        order.into_iter().map(|variable| (leaders.path(variable, &uses, &rank), variable)).collect();
    sorted.sort();
    sorted.into_iter().map(|(_, variable)| variable).collect()
}

/// Which variable each variable stands behind.
#[derive(Default)]
struct Leaders {
    of_variable: FxHashMap<VariableId, VariableId>,
    /// The variable of a source that other sources or several steps rest on.
    of_source: FxHashMap<AtomId, VariableId>,
    /// Those variables.
    of_sources: FxHashSet<VariableId>,
}

impl Leaders {
    fn new(
        program: &Program,
        atoms: &[AtomId],
        uses: &FxHashMap<VariableId, usize>,
        rank: &FxHashMap<VariableId, usize>,
    ) -> Self {
        let mut leaders = Self::default();
        let mut of_attack: FxHashMap<AtomId, VariableId> = FxHashMap::default();
        // Sources first, each after its origins; then steps before the undercuts that attack them.
        let is_source = |atom: &&AtomId| is_source(program.atom(**atom));
        for &atom in atoms.iter().filter(is_source).chain(atoms.iter().rev().filter(|atom| !is_source(atom))) {
            for body in program.rules(atom) {
                let shared = |literal: &Literal| match literal {
                    Literal::Variable(variable) => Some(*variable).filter(|variable| uses[variable] > 1),
                    Literal::Atom(source) => leaders.of_source.get(source).copied(),
                    Literal::Not(_) => None,
                };
                let nearest = body.iter().filter_map(shared).min_by_key(|variable| rank[variable]);
                let leader = of_attack.get(&atom).copied().or(nearest);
                let mut own = body.iter().copied().filter_map(variable_of).filter(|variable| uses[variable] == 1);
                if is_source(&&atom) {
                    let itself = own.clone().min_by_key(|variable| rank[variable]).or(leader);
                    leaders.of_source.extend(itself.map(|variable| (atom, variable)));
                }
                let Some(leader) = leader else { continue };
                leaders.of_variable.extend(own.by_ref().map(|variable| (variable, leader)));
                let attacks = body.iter().filter_map(|literal| match literal {
                    Literal::Not(attack) if program.atom(*attack).is_attack() => Some(*attack),
                    _ => None,
                });
                of_attack.extend(attacks.map(|attack| (attack, leader)));
            }
        }
        leaders.of_sources.extend(leaders.of_source.values());
        leaders
    }

    /// The ranks of the variables that lead to a variable, its own last. Those that nothing leads to and
    /// that only one rule uses come after all others.
    fn path(
        &self,
        variable: VariableId,
        uses: &FxHashMap<VariableId, usize>,
        rank: &FxHashMap<VariableId, usize>,
    ) -> Vec<usize> {
        /// Longer chains of origins are cut, which costs nothing but a worse order.
        const LONGEST: usize = 64;
        let mut path = vec![rank[&variable]];
        let mut first = variable;
        while let Some(&leader) = self.of_variable.get(&first).filter(|_| path.len() < LONGEST) {
            path.push(rank[&leader]);
            first = leader;
        }
        let leads = uses[&first] > 1 || self.of_sources.contains(&first);
        path.push(usize::from(!leads));
        path.reverse();
        path
    }
}

/// Whether an atom says that a source holds, or some origin of one.
pub(super) fn is_source(atom: Atom) -> bool {
    matches!(atom, Atom::Holds(_) | Atom::Origins(_) | Atom::LinkOrigins(_))
}

fn variable_of(literal: Literal) -> Option<VariableId> {
    match literal {
        Literal::Variable(variable) => Some(variable),
        Literal::Atom(_) | Literal::Not(_) => None,
    }
}

/// Rounds of pulling; the places settle well before.
const PULLS: usize = 60;

/// Puts every variable and atom at the middle of the rules that mention it, again and again. Cost: for each round the literals
/// of that part of the program, and a sort.
fn force(program: &Program, targets: &[AtomId]) -> Vec<VariableId> {
    let mut order = depth_first(program, targets, true);
    let atoms: Vec<AtomId> =
        components(program, targets.iter().copied()).into_iter().flat_map(|component| component.atoms).collect();
    let variables = order.iter().map(|&variable| Literal::Variable(variable));
    let pulled: Vec<Literal> = variables.chain(atoms.iter().map(|&atom| Literal::Atom(atom))).collect();
    let number: FxHashMap<Literal, usize> = pulled.iter().enumerate().map(|(number, &one)| (one, number)).collect();
    let members = |&atom: &AtomId| {
        let mentioned = program.literals(atom).iter().map(|&literal| unsigned(literal)).chain([Literal::Atom(atom)]);
        mentioned.map(|literal| number[&literal]).collect()
    };
    let groups: Vec<Vec<usize>> = atoms.iter().map(members).collect();
    let mut count = vec![0.0_f64; pulled.len()];
    groups.iter().flatten().for_each(|&one| count[one] += 1.0);
    let mut place: Vec<f64> = (0..order.len()).map(|rank| rank as f64).collect();
    place.resize(pulled.len(), order.len() as f64 / 2.0);
    for _ in 0..PULLS {
        let mut sum = vec![0.0_f64; pulled.len()];
        for group in &groups {
            let centre = group.iter().map(|&one| place[one]).sum::<f64>() / group.len() as f64;
            group.iter().for_each(|&one| sum[one] += centre);
        }
        let middle: Vec<f64> = sum.into_iter().zip(&count).map(|(sum, count)| sum / count).collect();
        let mut sorted: Vec<usize> = (0..pulled.len()).collect();
        sorted.sort_unstable_by(|&one, &other| {
            middle[one].total_cmp(&middle[other]).then_with(|| pulled[one].cmp(&pulled[other]))
        });
        sorted.into_iter().enumerate().for_each(|(rank, one)| place[one] = rank as f64);
    }
    order.sort_by(|one, other| {
        place[number[&Literal::Variable(*one)]].total_cmp(&place[number[&Literal::Variable(*other)]])
    });
    order
}

fn unsigned(literal: Literal) -> Literal {
    match literal {
        Literal::Not(atom) => Literal::Atom(atom),
        literal => literal,
    }
}
