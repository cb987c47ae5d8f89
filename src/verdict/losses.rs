//! Readings that differ from another by a source or step that is gone: all of them from one pass over the
//! diagrams, for degrees are linear in each number (Darwiche 2003).

use std::collections::BTreeSet;

use crate::logic::{Gradient, VariableId};
use crate::model::{Source, StatementId};

use super::degrees::{Degrees, TOLERANCE};
use super::judge::{Judge, JudgeError, Reading};

/// Less than this is what rounding leaves.
const ROUNDING: f64 = 1e-13;

/// A reading in which some variables are off that another has on.
pub(super) struct Less {
    pub(super) off: Vec<VariableId>,
    pub(super) reading: Reading,
}

impl Less {
    /// What is left of `full` without some variables.
    pub(super) fn new(full: &Reading, off: Vec<VariableId>) -> Self {
        let reading = Reading::new(full.weights.without(off.iter().copied()), full.shape.clone());
        Self { off, reading }
    }

    /// The degrees without the variables, where those follow from the slopes: one variable at most is new,
    /// and enough is left to tell that there is a case at all.
    fn degrees(&self, full: &Reading, slopes: &Gradient) -> Option<Degrees> {
        let weight = |variable: &VariableId| full.weights[variable.index()];
        let mut gone = self.off.iter().filter(|variable| weight(variable) > 0.0);
        let left = match (gone.next(), gone.next()) {
            (None, _) => slopes.reading,
            (Some(one), None) => slopes.with(*one, -weight(one)),
            _ => return None,
        };
        // What the subtraction leaves of nothing is nothing.
        let told = [left.in_favour, left.against, left.conflict].map(|told| if told < ROUNDING { 0.0 } else { told });
        let any_case = told.iter().sum::<f64>() > TOLERANCE;
        any_case.then(|| Degrees::new(told[0], told[1], told[2], any_case))
    }
}

impl Judge<'_> {
    /// Works out what the verdict on a statement needs in readings that have a little less than `full`. What
    /// does not follow from the slopes is left to be read when it is asked for.
    pub(super) fn fill(
        &mut self,
        full: &mut Reading,
        less: &mut [Less],
        statement: StatementId,
    ) -> Result<(), JudgeError> {
        if !self.is_exact() {
            return Ok(());
        }
        let mut decisive: BTreeSet<StatementId> = self.rivals(statement).iter().copied().collect();
        decisive.insert(statement);
        for &decisive in &decisive {
            self.fill_out(full, less, decisive)?;
        }
        for statement in decisive {
            self.fill_degrees(full, less, statement)?;
        }
        Ok(())
    }

    /// The degrees without rivals of all that decides which program a statement is read in.
    fn fill_out(&mut self, full: &mut Reading, less: &mut [Less], statement: StatementId) -> Result<(), JudgeError> {
        let competing = self.competing(&full.shape, statement);
        for competitor in competing.iter().copied().chain([statement]) {
            let known = less.iter().all(|less| less.reading.without_rivals.contains_key(&competitor));
            if known || !self.could_be_out(&full.shape, competitor) {
                continue;
            }
            let slopes = self.slopes_without_rivals(full, competitor)?;
            for less in &mut *less {
                if let Some(degrees) = less.degrees(full, &slopes) {
                    less.reading.without_rivals.entry(competitor).or_insert(degrees.into());
                }
            }
        }
        Ok(())
    }

    fn fill_degrees(
        &mut self,
        full: &mut Reading,
        less: &mut [Less],
        statement: StatementId,
    ) -> Result<(), JudgeError> {
        if less.iter().all(|less| less.reading.degrees.contains_key(&statement)) {
            return Ok(());
        }
        let key = self.key(full, statement)?;
        let slopes = self.slopes_in(key.clone(), full, statement)?;
        for less in less {
            if self.key(&mut less.reading, statement)? == key
                && let Some(degrees) = less.degrees(full, &slopes)
            {
                less.reading.degrees.entry(statement).or_insert(degrees.into());
            }
        }
        Ok(())
    }

    /// Works out the verdict on a statement without each of these sources.
    pub(super) fn fill_losses(&mut self, statement: StatementId, sources: &[Source]) -> Result<(), JudgeError> {
        let take =
            |judge: &mut Self, &source: &Source| Less { off: judge.variables_of(source), reading: judge.loss(source) };
        let mut less: Vec<Less> = sources.iter().map(|source| take(self, source)).collect();
        let filled = self.in_base(|judge, base| judge.fill(base, &mut less, statement));
        let readings = less.into_iter().map(|less| less.reading);
        self.losses.extend(sources.iter().copied().zip(readings));
        filled
    }

    /// The reading with one source less, with what is known of it so far.
    pub(super) fn loss(&mut self, source: Source) -> Reading {
        self.losses.remove(&source).unwrap_or_else(|| {
            let weights = self.weights_without([source]);
            self.reading(weights)
        })
    }
}
