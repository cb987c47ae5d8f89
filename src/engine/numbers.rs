//! The numbers of a hypothesis: those of another, and what is different.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::logic::{VariableId, Weights};

/// The weight of every variable. Copies share what is the same: to change a few costs as much as there are changes, until
/// all of them are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers {
    shared: Arc<Weights>,
    /// What is different.
    changes: BTreeMap<VariableId, f64>,
    all: OnceLock<Arc<Weights>>,
}

impl Numbers {
    /// The same but for these.
    pub(super) fn but(&self, changes: impl IntoIterator<Item = (VariableId, f64)>) -> Self {
        let mut all = self.changes.clone();
        all.extend(changes);
        Self { shared: Arc::clone(&self.shared), changes: all, all: OnceLock::new() }
    }

    /// What is different from others: the variables with their change, in order. Both have to share the rest.
    pub(super) fn changes_from<'a>(&'a self, others: &'a Self) -> impl Iterator<Item = (VariableId, f64)> + 'a {
        debug_assert!(Arc::ptr_eq(&self.shared, &others.shared), "the numbers share what is the same");
        let changed = self.changes.iter().map(|(&variable, &weight)| (variable, weight - others.of(variable)));
        changed.filter(|&(_, change)| change != 0.0)
    }

    /// The weight of one variable.
    pub(crate) fn of(&self, variable: VariableId) -> f64 {
        self.changes.get(&variable).copied().unwrap_or_else(|| self.shared[variable.index()])
    }
}

impl Deref for Numbers {
    type Target = Weights;

    fn deref(&self) -> &Weights {
        if self.changes.is_empty() {
            return &self.shared;
        }
        self.all.get_or_init(|| {
            let mut all = Weights::clone(&self.shared);
            self.changes.iter().for_each(|(variable, &weight)| all[variable.index()] = weight);
            Arc::new(all)
        })
    }
}

impl From<Weights> for Numbers {
    fn from(weights: Weights) -> Self {
        Self { shared: Arc::new(weights), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::{Parameter, Parameters};
    use crate::model::Case;

    #[test]
    fn the_last_change_counts_and_touches_no_copy() {
        let quantities = Parameters::new(&Case::default(), &[]);
        let variables: Vec<VariableId> = quantities.iter().map(|(variable, _)| variable).collect();
        assert!(matches!(quantities.quantity(variables[0]), Parameter::Further(_)), "an empty case has those alone");
        let numbers = Numbers::from(vec![0.5, 0.25]);
        assert_eq!(numbers.of(variables[1]), 0.25);
        let changed = numbers.but([(variables[0], 0.1), (variables[0], 0.2)]);
        assert_eq!(changed.of(variables[0]), 0.2);
        assert_eq!(*changed, [0.2, 0.25]);
        assert_eq!(*changed.but([(variables[1], 0.0)]), [0.2, 0.0]);
        assert_eq!((&**changed, &**numbers), (&[0.2, 0.25][..], &[0.5, 0.25][..]));
    }
}
