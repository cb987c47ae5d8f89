//! Degrees of all statements at once, where they are not worked out exactly: from sampled worlds, as if nothing were
//! shared, or as bounds.
//!
//! One pass over the program serves every statement, so it is made once for each reading, and again only when a
//! statement is asked for that the first pass had left out.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::logic::{Program, Rows};
use crate::model::StatementId;

use super::degrees::{Degrees, Precision};
use super::judge::{Judge, JudgeError, Model, Reading};
use super::models::ModelKey;
use super::precision::estimate;

/// What was estimated under a reading.
#[derive(Debug, Clone, Default)]
pub(super) struct Estimates {
    as_it_is: Option<Rc<Estimate>>,
    without_rivals: Option<Rc<Estimate>>,
}

/// Degrees of some statements, in their order.
#[derive(Debug)]
pub(super) struct Estimate {
    statements: Vec<StatementId>,
    degrees: Vec<Degrees>,
}

impl Estimate {
    fn of(&self, statement: StatementId) -> Option<Degrees> {
        self.statements.binary_search(&statement).ok().map(|place| self.degrees[place])
    }
}

impl Judge<'_> {
    /// The degrees of a statement, from what was or is now estimated for all that are asked about.
    pub(super) fn estimated(
        &mut self,
        reading: &mut Reading,
        model: Model,
        statement: StatementId,
    ) -> Result<Degrees, JudgeError> {
        let known = match model {
            Model::AsItIs => &reading.estimates.as_it_is,
            Model::WithoutRivals => &reading.estimates.without_rivals,
        };
        if let Some(degrees) = known.as_ref().and_then(|known| known.of(statement)) {
            return Ok(degrees);
        }
        let statements = self.estimated_with(statement);
        let estimate = Rc::new(match model {
            Model::AsItIs => self.estimate_as_it_is(reading, statements)?,
            Model::WithoutRivals => self.estimate_model(reading, None, statements)?,
        });
        let degrees = estimate.of(statement).expect("it is among those to estimate");
        match model {
            Model::AsItIs => reading.estimates.as_it_is = Some(estimate),
            Model::WithoutRivals => reading.estimates.without_rivals = Some(estimate),
        }
        Ok(degrees)
    }

    /// The statements to estimate together: those that are asked about, if this is one of them, with their rivals; else
    /// all.
    fn estimated_with(&self, statement: StatementId) -> Vec<StatementId> {
        match &self.asked {
            Some(asked) if asked.contains(&statement) => asked.iter().copied().collect(),
            _ => self.own_statements(),
        }
    }

    /// Says that only these statements will be asked about, so that nothing else is estimated with them.
    pub(super) fn ask_about(&mut self, statements: impl IntoIterator<Item = StatementId>) {
        let case = self.case;
        let mut asked: BTreeSet<StatementId> = statements.into_iter().map(|id| case.canonical(id)).collect();
        for statement in asked.clone() {
            asked.extend(self.rivals(statement).iter().copied());
        }
        self.asked = Some(asked);
    }

    /// Estimates in the model with rivals. Where it is not known whether a rival is out, nothing is known of what its
    /// rivalry can reach.
    fn estimate_as_it_is(
        &mut self,
        reading: &mut Reading,
        statements: Vec<StatementId>,
    ) -> Result<Estimate, JudgeError> {
        let (mut out, mut unsure) = (BTreeSet::new(), BTreeSet::new());
        for competitor in self.relations.competing().collect::<Vec<_>>() {
            match self.is_surely_out(reading, competitor)? {
                Some(true) => drop(out.insert(competitor)),
                Some(false) => {}
                None => {
                    unsure.insert(competitor);
                    if self.is_out(reading, competitor)? {
                        out.insert(competitor);
                    }
                }
            }
        }
        let mut estimate = self.estimate_model(reading, Some(out), statements)?;
        if !unsure.is_empty() {
            for (&statement, degrees) in estimate.statements.iter().zip(&mut estimate.degrees) {
                let competing = self.competing(&reading.shape, statement);
                if degrees.within.is_some() && !competing.is_disjoint(&unsure) {
                    degrees.within = Some(Precision::NONE);
                }
            }
        }
        Ok(estimate)
    }

    fn estimate_model(
        &mut self,
        reading: &Reading,
        out: Option<BTreeSet<StatementId>>,
        statements: Vec<StatementId>,
    ) -> Result<Estimate, JudgeError> {
        let key = ModelKey { out, shape: reading.shape.clone() };
        let program = self.program(&key);
        let flat = self.flat(&key, &program, &statements);
        let degrees = estimate(self, &program, &flat, reading)?;
        Ok(Estimate { statements, degrees })
    }

    /// The program of a model laid out for reading it at once. The last few are kept: readings go to and fro between
    /// the models with rivals and without.
    fn flat(&mut self, key: &ModelKey, program: &Program, statements: &[StatementId]) -> Rc<Rows> {
        const KEPT: usize = 4;
        let known = self.flats.iter().find(|(known, of, _)| known == key && of == statements);
        if let Some((_, _, flat)) = known {
            return Rc::clone(flat);
        }
        let flat = Rc::new(Rows::new(program, statements));
        self.flats.truncate(KEPT - 1);
        self.flats.push_front((key.clone(), statements.to_vec(), Rc::clone(&flat)));
        flat
    }
}
