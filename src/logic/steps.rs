//! Which links are one step: a hundred papers that repeat one hint are one hint, and a book quoted twice speaks once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use crate::model::{Account, Case, Effect, Evidence, Source, StatementId};

/// The links of a statement that are one step, by their places in its list: the strongest first, those of equal
/// strength together.
pub(super) type SharedStep = Vec<Vec<usize>>;

/// Of each link that is one step with others, by its statement and its place there: which of the statement's steps of several
/// links that is, from 0.
///
/// Cost: as reading the roots of all links once.
pub fn shared_steps(case: &Case) -> BTreeMap<(StatementId, usize), usize> {
    let mut steps = Steps::new(case);
    let mut shared = BTreeMap::new();
    for statement in case.statements.ids() {
        for (number, step) in steps.shared(statement).into_iter().enumerate() {
            shared.extend(step.concat().into_iter().map(|index| ((statement, index), number)));
        }
    }
    shared
}

/// Finds the steps of several links. What was found out about a source serves every link from it.
pub(super) struct Steps<'c> {
    case: &'c Case,
    roots: FxHashMap<Source, Arc<BTreeSet<Source>>>,
}

/// What the account of a link goes back to. Most sources stand on their own, and there are millions.
#[derive(PartialEq, Eq, Hash)]
enum Roots {
    One(Source),
    Several(Arc<BTreeSet<Source>>),
}

impl<'c> Steps<'c> {
    pub(super) fn new(case: &'c Case) -> Self {
        Self { case, roots: FxHashMap::default() }
    }

    /// The steps of a statement that have several links. A link of strength 0 belongs to none.
    ///
    /// Cost: for each link of a statement that has several, the sources behind it.
    pub(super) fn shared(&mut self, statement: StatementId) -> Vec<SharedStep> {
        let links = &self.case.statements[statement].evidence;
        let mut steps: IndexMap<(Effect, Roots), Vec<usize>> = IndexMap::new();
        if links.len() > 1 {
            for (index, link) in links.iter().enumerate() {
                if let Some(roots) = self.roots(link).filter(|_| link.strength.get() > 0.0) {
                    steps.entry((link.effect, roots)).or_default().push(index);
                }
            }
        }
        steps.into_values().filter(|step| step.len() > 1).map(|step| by_strength(links, step)).collect()
    }

    fn roots(&mut self, link: &Evidence) -> Option<Roots> {
        let roots = match link.account() {
            Account::Statement => return None,
            Account::Itself(source) => return Some(Roots::One(source)),
            Account::Own(source) if self.case.behind(source).next().is_none() => return Some(Roots::One(source)),
            Account::Own(source) => {
                Arc::clone(self.roots.entry(source).or_insert_with(|| Arc::new(self.case.roots(source))))
            }
            Account::Instead(..) => Arc::new(self.case.link_roots(link)),
        };
        Some(match roots.first() {
            Some(&root) if roots.len() == 1 => Roots::One(root),
            _ => Roots::Several(roots),
        })
    }
}

fn by_strength(links: &[Evidence], mut step: Vec<usize>) -> SharedStep {
    let strength = |index: usize| links[index].strength.get();
    step.sort_by(|&one, &other| strength(other).total_cmp(&strength(one)));
    step.chunk_by(|&one, &other| strength(one) == strength(other)).map(<[usize]>::to_vec).collect()
}
