//! Weaker numbers: in which direction each acts, and what verdicts are when all are a tenth less favourable.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::engine::method::Result;
use crate::engine::model::ModelKey;
use crate::logic::{Sign, Signs, VariableId};
use crate::model::StatementId;
use crate::verdict::{TOLERANCE, weakened};

use super::{About, Questions, Settling, lead_signs};

/// For groups of statements, in which direction each number moves them.
type Directions = BTreeMap<Vec<StatementId>, FxHashMap<VariableId, f64>>;

impl Settling<'_, '_> {
    /// Every number a tenth less favourable, and those that only act on what is out either way.
    pub(super) fn ask_weights(&self, questions: &mut Questions) -> Result<()> {
        let [as_it_is, without_rivals] = self.vary.keys();
        let statements: Vec<StatementId> = self.decided().collect();
        let own = self.directions(&as_it_is, statements.iter().map(|&statement| vec![statement]).collect())?;
        let bearing = statements.iter().map(|&statement| self.engine.bearing(statement).iter().copied().collect());
        let bearing: Vec<Vec<StatementId>> = bearing.collect();
        let pressing = self.directions(&without_rivals, bearing.iter().cloned().collect())?;
        let base = self.engine.base();
        let number = |variable: VariableId| base.weights().of(variable);
        for (statement, bearing) in statements.into_iter().zip(bearing) {
            let winning = self.winning(statement);
            let own = &own[&vec![statement]];
            let weaker = own.iter().map(|(&variable, lead)| (variable, weakened(number(variable), winning * lead)));
            let less = base.with(weaker);
            let pressing: Vec<(VariableId, f64)> = pressing[&bearing]
                .iter()
                .map(|(&one, &lead)| (one, lead))
                .filter(|(one, _)| !own.contains_key(one))
                .collect();
            questions.add(less.clone(), vec![statement], About::Weights);
            for more_out in if pressing.is_empty() { &[][..] } else { &[1.0, -1.0] } {
                let moved =
                    pressing.iter().map(|&(variable, lead)| (variable, weakened(number(variable), lead * more_out)));
                questions.add(less.with(moved), vec![statement], About::Weights);
            }
        }
        Ok(())
    }

    /// In which direction, and where that is not clear about how much, each written number moves the leads of some groups
    /// of statements in a program, summed up: by the form of the rules where that tells, else by a look at sampled worlds.
    fn directions(&self, key: &ModelKey, groups: BTreeSet<Vec<StatementId>>) -> Result<Directions> {
        let program = self.engine.program(key);
        let signs_in = Signs::new(&program);
        let all: BTreeSet<StatementId> = groups.iter().flatten().copied().collect();
        let of_each: BTreeMap<StatementId, FxHashMap<VariableId, Sign>> =
            all.iter().map(|&statement| (statement, lead_signs(&signs_in, statement))).collect();
        let mut signs = BTreeMap::new();
        for group in groups {
            let mut of_group = FxHashMap::<VariableId, Sign>::default();
            for (&variable, &sign) in group.iter().flat_map(|statement| &of_each[statement]) {
                if self.engine.quantities().quantity(variable).is_written() {
                    let known = of_group.entry(variable).or_default();
                    *known = known.or(sign);
                }
            }
            signs.insert(group, of_group);
        }
        let mut unclear = BTreeMap::<VariableId, BTreeSet<StatementId>>::new();
        for (group, signs) in &signs {
            for (&variable, _) in signs.iter().filter(|(_, sign)| sign.direction().is_none()) {
                let reached = group.iter().filter(|statement| of_each[statement].contains_key(&variable));
                unclear.entry(variable).or_default().extend(reached);
            }
        }
        let gradients = self.vary.gradients(key, unclear)?;
        let mut directions = Directions::new();
        for (group, signs) in signs {
            let lead = |(variable, sign): (VariableId, Sign)| {
                let seen = || group.iter().filter_map(|statement| gradients[&variable].get(statement)).sum();
                (variable, sign.direction().unwrap_or_else(seen))
            };
            let moving = signs.into_iter().map(lead).filter(|(_, lead)| lead.abs() > TOLERANCE).collect();
            directions.insert(group, moving);
        }
        Ok(directions)
    }
}
