//! Inferences.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Effect, Inference, Probability};

use super::super::mirror;
use super::entries::{Entries, Row};
use super::names::key;
use super::references::{Resolver, strength, word};

impl Resolver<'_, '_> {
    /// The inferences; nothing where the conclusion is not known.
    pub(super) fn inferences(&mut self, entries: &Entries<'_>) -> Vec<Option<Inference>> {
        self.each(&entries.inferences, |resolver, row| resolver.resolve_inference(row))
    }

    fn resolve_inference(&mut self, row: &Row<'_, mirror::Inference<'_>>) -> Option<Inference> {
        let written = row.entry;
        let (strength, strength_given) = strength(written.strength.as_ref(), Probability::MODERATE);
        self.check_premises(row);
        let key = key(row, self.problems);
        let to = written.to.as_ref().and_then(|id| self.statement(id, "to"));
        let given = written.given.iter().flatten().filter_map(|id| self.premise(id, "given")).collect();
        let given_rejected = written.given_rejected.iter().flatten().filter_map(|id| self.rejected(id)).collect();
        let undercut_by = self.attacks(written.undercut_by.as_ref());
        Some(Inference {
            key,
            given,
            given_rejected,
            to: to?,
            effect: written.effect.map_or(Effect::Supports, |effect| effect.value),
            strength,
            strength_given,
            scheme: word(&written.scheme),
            undercut_by,
            note: word(&written.note),
            declared: row.declared,
        })
    }

    /// An inference starts from something.
    fn check_premises(&mut self, row: &Row<'_, mirror::Inference<'_>>) {
        let is_empty = row.entry.given.as_ref().is_some_and(Vec::is_empty)
            && row.entry.given_rejected.iter().flatten().next().is_none();
        if is_empty {
            let message = format!("the inference `{}` has no premise", row.key);
            let problem = Diagnostic::new(Code::NoPremise, row.declared, message);
            self.problems.push(problem.help("name in `given` what it starts from"));
        }
    }
}
