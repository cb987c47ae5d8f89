//! Settled whatever the dependence: a verdict that stands however the sources hang together, on the safe side.
//!
//! Bounds after Fréchet (1935) hold for any dependence between the uncertain numbers. A verdict that they decide, and that
//! they still decide without any one source, with whatever is withheld, and with every number a tenth off, is settled
//! without the assumption that the numbers are independent of each other. The contrary does not follow: bounds are wide.

use std::rc::Rc;

use crate::logic::Weights;
use crate::model::{Source, StatementId};

use super::degrees::{Assessment, Detail};
use super::judge::{Judge, JudgeError, Method, Reading};
use super::models::{Presence, Shape};

/// Whether a verdict is settled whatever the dependence, and what leaves it in doubt.
#[derive(Debug, Clone, PartialEq)]
pub struct WhateverTheDependence {
    /// What the bounds tell of the statement.
    pub assessment: Assessment,
    /// Whether it is settled: established or refuted, and nothing below leaves that in doubt.
    pub settled: bool,
    /// The sources without which the bounds do not decide, or decide otherwise.
    pub sources: Vec<Source>,
    /// Whether what is withheld leaves it in doubt.
    pub withheld: bool,
    /// Whether numbers that are a tenth off leave it in doubt.
    pub weights: bool,
}

/// Numbers may be off by this part of themselves.
const OFF_BY: f64 = 0.1;

impl Judge<'_> {
    /// Whether the verdict on a statement is settled whatever the sources have to do with each other.
    ///
    /// Cost: one pass over what the statement depends on for each source, and two more.
    ///
    /// # Errors
    ///
    /// [`JudgeError::Stopped`] if the judge is asked to stop.
    pub fn settled_whatever_the_dependence(
        &mut self,
        statement: StatementId,
    ) -> Result<WhateverTheDependence, JudgeError> {
        let method = std::mem::replace(&mut self.method, Method::Bounds);
        let as_written = Reading::new(self.base.weights.clone(), Shape::default());
        let base = std::mem::replace(&mut self.base, as_written);
        let answer = self.whatever(self.case.canonical(statement));
        (self.method, self.base) = (method, base);
        answer
    }

    fn whatever(&mut self, statement: StatementId) -> Result<WhateverTheDependence, JudgeError> {
        self.ask_about([statement]);
        let assessment = self.assess(statement)?;
        let detail = assessment.detail;
        let mut sources = Vec::new();
        let (mut withheld, mut weights) = (false, false);
        if detail.is_decided() {
            for source in self.sources_of(statement) {
                let reading = self.reading(self.weights_without([source]));
                if self.doubts(reading, statement, detail)? {
                    sources.push(source);
                }
            }
            withheld = self.doubts(self.whatever_is_withheld(), statement, detail)?;
            weights = self.doubts(self.a_tenth_off(), statement, detail)?;
        }
        let settled = detail.is_decided() && sources.is_empty() && !withheld && !weights;
        Ok(WhateverTheDependence { assessment, settled, sources, withheld, weights })
    }

    /// Whether a verdict is not sure under a reading.
    fn doubts(&mut self, mut reading: Reading, statement: StatementId, detail: Detail) -> Result<bool, JudgeError> {
        Ok(self.detail(&mut reading, statement)? != detail)
    }

    /// Every passage may be there, on either side, with anything up to its whole share.
    fn whatever_is_withheld(&self) -> Reading {
        let most = Some(Rc::new(self.compiling.clone()));
        Reading { most, ..Reading::new(self.base.weights.clone(), Presence::Any.into()) }
    }

    /// Every number may be a tenth of itself less, or more up to 1.
    fn a_tenth_off(&self) -> Reading {
        let less: Weights = self.base.weights.iter().map(|weight| weight * (1.0 - OFF_BY)).collect();
        let most = self.base.weights.iter().map(|weight| (weight * (1.0 + OFF_BY)).min(1.0)).collect();
        Reading { most: Some(Rc::new(most)), ..self.reading(less) }
    }
}
