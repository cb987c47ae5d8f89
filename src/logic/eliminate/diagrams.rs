//! The decision diagrams of what is eliminated, made when a question first needs them.

use std::sync::OnceLock;

use crate::logic::{AtomId, Budget, CaseDiagrams, Literal, Program, Subject, TooLarge, VariableId, exact_of};

/// What diagrams are made from, and the diagrams once they are made.
#[derive(Debug, Clone)]
pub(super) struct Diagrams {
    /// What the two sides depend on.
    pub(super) program: Program,
    pub(super) sides: [AtomId; 2],
    /// The variables that are off in every world.
    off: Vec<VariableId>,
    /// Those that are asked about by themselves.
    kept: Vec<VariableId>,
    budget: Budget,
    made: OnceLock<Result<CaseDiagrams, TooLarge>>,
}

impl Diagrams {
    pub(super) fn new(
        program: Program,
        sides: [AtomId; 2],
        weights: &[f64],
        keep: &dyn Fn(VariableId) -> bool,
        budget: Budget,
    ) -> Self {
        let mut variables: Vec<VariableId> = variables(&program).collect();
        variables.sort_unstable();
        variables.dedup();
        let off = variables.iter().copied().filter(|variable| weights[variable.index()] <= 0.0).collect();
        variables.retain(|&variable| keep(variable));
        Self { program, sides, off, kept: variables, budget, made: OnceLock::new() }
    }

    /// Notes that they are known to grow too large.
    pub(super) fn too_large(self, cause: TooLarge) -> Self {
        Self { made: OnceLock::from(Err(cause)), ..self }
    }

    /// The diagrams. Cost, when they are first asked for: as that of [`exact_of`].
    pub(super) fn get(&self) -> Result<&CaseDiagrams, TooLarge> {
        self.made.get_or_init(|| self.make()).as_ref().map_err(|&cause| cause)
    }

    fn make(&self) -> Result<CaseDiagrams, TooLarge> {
        let count = variables(&self.program).map(|variable| variable.index() + 1).max().unwrap_or(0);
        let mut weights = vec![1.0; count];
        self.off.iter().for_each(|variable| weights[variable.index()] = 0.0);
        let keep = |variable| self.kept.binary_search(&variable).is_ok();
        let subject = Subject { program: &self.program, targets: &[self.sides], weights: &weights, keep: &keep };
        exact_of(&subject, self.budget).map(|mut made| made.remove(0))
    }
}

/// Every variable of a program, some of them more than once.
fn variables(program: &Program) -> impl Iterator<Item = VariableId> {
    let literals = program.atoms().flat_map(|atom| program.literals(atom));
    literals.filter_map(|&literal| match literal {
        Literal::Variable(variable) => Some(variable),
        Literal::Atom(_) | Literal::Not(_) => None,
    })
}
