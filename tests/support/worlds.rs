//! One world after another, straight from the rules of a program: the reference for the evaluators of the library, which
//! shares no code with them.

use evigraph::StatementId;
use evigraph::internals::logic::{AtomId, Belnap, Component, Literal, Outcome, Program, components};

/// The value of each statement in the world in which the variables `on` are on.
pub fn one_world(program: &Program, targets: &[StatementId], on: &[bool]) -> Vec<Outcome> {
    outcomes(program, &cone(program, targets), targets, on)
}

fn cone(program: &Program, targets: &[StatementId]) -> Vec<Component> {
    components(program, targets.iter().flat_map(|&target| Program::sides(target)))
}

fn outcomes(program: &Program, components: &[Component], targets: &[StatementId], on: &[bool]) -> Vec<Outcome> {
    let nothing = vec![false; program.len()];
    let mut world = World { program, on, certain: nothing.clone(), possible: nothing.clone(), silenced: nothing };
    components.iter().for_each(|component| world.component(component));
    targets.iter().map(|&target| world.outcome(target)).collect()
}

/// More variables than can be enumerated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorldsError {
    /// How many variables are neither certain nor impossible.
    pub variables: usize,
    /// The most that are enumerated.
    pub limit: usize,
}

/// The most variables whose worlds [`all_worlds`] takes one after another.
const MOST_VARIABLES: usize = 24;

/// The probability of each [`Belnap`] value, in the order true, false, both, neither, for each target, by taking one
/// world after another.
///
/// Cost: 2 to the number of variables with a weight between 0 and 1, times the size of the program.
///
/// # Errors
///
/// [`WorldsError`] over 24 such variables.
pub fn all_worlds(program: &Program, targets: &[StatementId], weights: &[f64]) -> Result<Vec<[f64; 4]>, WorldsError> {
    let components = cone(program, targets);
    let free: Vec<usize> = (0..weights.len()).filter(|&index| weights[index] > 0.0 && weights[index] < 1.0).collect();
    if free.len() > MOST_VARIABLES {
        return Err(WorldsError { variables: free.len(), limit: MOST_VARIABLES });
    }
    let mut sums = vec![[0.0; 4]; targets.len()];
    let mut on: Vec<bool> = weights.iter().map(|&weight| weight >= 1.0).collect();
    for number in 0_u32..1 << free.len() {
        let mut probability = 1.0;
        for (place, &index) in free.iter().enumerate() {
            on[index] = number >> place & 1 == 1;
            probability *= if on[index] { weights[index] } else { 1.0 - weights[index] };
        }
        for (sum, outcome) in sums.iter_mut().zip(outcomes(program, &components, targets, &on)) {
            sum[outcome.value as usize] += probability;
        }
    }
    Ok(sums)
}

/// What is known of each atom in one world.
struct World<'a> {
    program: &'a Program,
    on: &'a [bool],
    certain: Vec<bool>,
    possible: Vec<bool>,
    /// Attacks that silence although they are not certainly in force.
    silenced: Vec<bool>,
}

impl World<'_> {
    /// The well-founded model of a component by its alternating fixed point, again as long as attacks are newly silenced.
    fn component(&mut self, component: &Component) {
        loop {
            component.atoms.iter().for_each(|atom| self.certain[atom.index()] = false);
            loop {
                self.least(component, true);
                if !self.least(component, false) || !component.negative {
                    break;
                }
            }
            let is_undecided = |atom: &&AtomId| {
                self.program.atom(**atom).is_attack() && self.possible[atom.index()] && !self.certain[atom.index()]
            };
            let undecided: Vec<AtomId> = component.atoms.iter().filter(is_undecided).copied().collect();
            let fresh =
                undecided.iter().filter(|atom| !std::mem::replace(&mut self.silenced[atom.index()], true)).count();
            if fresh == 0 || !component.recursive {
                return;
            }
        }
    }

    /// The least set closed under the rules, of what is possible or of what is certain, given the other one. Whether it
    /// differs from what was known before.
    fn least(&mut self, component: &Component, possible: bool) -> bool {
        let set = |world: &mut Self, atom: AtomId, so| {
            let values = if possible { &mut world.possible } else { &mut world.certain };
            std::mem::replace(&mut values[atom.index()], so)
        };
        let before: Vec<bool> = component.atoms.iter().map(|&atom| set(self, atom, false)).collect();
        let mut grows = true;
        while std::mem::take(&mut grows) {
            for &atom in &component.atoms {
                let so = self.program.rules(atom).any(|body| body.iter().all(|&literal| self.holds(literal, possible)));
                grows |= so && !set(self, atom, so);
            }
        }
        component.atoms.iter().zip(before).any(|(&atom, before)| {
            let values = if possible { &self.possible } else { &self.certain };
            values[atom.index()] != before
        })
    }

    fn holds(&self, literal: Literal, possible: bool) -> bool {
        let [values, others] = if possible { [&self.possible, &self.certain] } else { [&self.certain, &self.possible] };
        match literal {
            Literal::Variable(variable) => self.on[variable.index()],
            Literal::Atom(atom) => values[atom.index()],
            Literal::Not(atom) => !others[atom.index()] && !self.silenced[atom.index()],
        }
    }

    fn outcome(&self, target: StatementId) -> Outcome {
        let [case_for, case_against] = Program::sides(target).map(AtomId::index);
        let value = if self.certain[case_for] && !self.possible[case_against] {
            Belnap::True
        } else if self.certain[case_against] && !self.possible[case_for] {
            Belnap::False
        } else if self.possible[case_for] && self.possible[case_against] {
            Belnap::Both
        } else {
            Belnap::Neither
        };
        Outcome { value, any_case: self.possible[case_for] || self.possible[case_against] }
    }
}
