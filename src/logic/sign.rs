//! In which direction something depends on each number, by the form of the rules alone.

use rustc_hash::FxHashMap;

use super::{AtomId, Literal, Program, VariableId, components};

/// In which way a condition depends on a variable.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sign {
    /// By some path through an even number of negations.
    pub(crate) helps: bool,
    /// By some path through an odd number.
    pub(crate) hurts: bool,
}

impl Sign {
    /// The only direction there is: 1, or -1 where it hurts.
    pub(crate) fn direction(self) -> Option<f64> {
        match (self.helps, self.hurts) {
            (true, false) => Some(1.0),
            (false, true) => Some(-1.0),
            _ => None,
        }
    }

    /// By the paths of both.
    pub(crate) fn or(self, other: Self) -> Self {
        Self { helps: self.helps || other.helps, hurts: self.hurts || other.hurts }
    }
}

/// In which way the atoms of a program depend on its variables.
#[derive(Debug)]
pub(crate) struct Signs<'p> {
    program: &'p Program,
    /// Whether each atom lies on a loop through negation: what depends on it may do so either way.
    either: Vec<bool>,
}

impl<'p> Signs<'p> {
    /// Cost: linear in the size of the program.
    pub(crate) fn new(program: &'p Program) -> Self {
        let mut either = vec![false; program.len()];
        for component in components(program, program.atoms()).into_iter().filter(|component| component.negative) {
            component.atoms.iter().for_each(|atom| either[atom.index()] = true);
        }
        Self { program, either }
    }

    /// In which way some atoms depend on each variable, together: each counts for what they say, or with `false` against
    /// it. Where one of them depends on a loop through negation, that may be either way for every variable.
    ///
    /// Cost: linear in what they depend on.
    pub(crate) fn of<const N: usize>(&self, atoms: [(AtomId, bool); N]) -> FxHashMap<VariableId, Sign> {
        let (mut signs, either) = self.by_paths(atoms);
        if either {
            signs.values_mut().for_each(|sign| *sign = Sign { helps: true, hurts: true });
        }
        signs
    }

    /// The same of an atom; none where it depends on a loop through negation.
    pub(crate) fn unless_either(&self, atom: AtomId) -> Option<FxHashMap<VariableId, Sign>> {
        let (signs, either) = self.by_paths([(atom, true)]);
        (!either).then_some(signs)
    }

    /// By the negations on all paths, and whether one of them leads to a loop through negation.
    fn by_paths<const N: usize>(&self, atoms: [(AtomId, bool); N]) -> (FxHashMap<VariableId, Sign>, bool) {
        let (mut signs, mut either) = (FxHashMap::<VariableId, Sign>::default(), false);
        let mut seen = vec![[false; 2]; self.program.len()];
        let mut waiting = atoms.to_vec();
        while let Some((atom, helps)) = waiting.pop() {
            if std::mem::replace(&mut seen[atom.index()][usize::from(helps)], true) {
                continue;
            }
            either |= self.either[atom.index()];
            for &literal in self.program.literals(atom) {
                match literal {
                    Literal::Atom(needed) => waiting.push((needed, helps)),
                    Literal::Not(denied) => waiting.push((denied, !helps)),
                    Literal::Variable(variable) => {
                        let sign = signs.entry(variable).or_default();
                        *sign = sign.or(Sign { helps, hurts: !helps });
                    }
                }
            }
        }
        (signs, either)
    }
}
