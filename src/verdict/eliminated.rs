//! Degrees of all statements by elimination, where a case is large and loosely knit.

use std::collections::BTreeSet;

use crate::logic::{Effort, Elimination, Program, Reading, TooLarge, TooWide, components, eliminate_all};
use crate::model::StatementId;

use super::judge::{Judge, JudgeError, Method};
use super::models::{ModelKey, Shape};

/// What is read at once, whatever else could be done.
const SOON: Effort = Effort { multiply_adds: 1e7, bytes: 256.0 * 1024.0 * 1024.0 };

/// What may be spent on each of so many statements where there is another way: a second or two in all, about, no more than
/// a second on one, and no less than what is read at once.
fn share_of(statements: usize) -> f64 {
    (4e9 / statements.max(1) as f64).clamp(SOON.multiply_adds, 1e9)
}

/// With so many uncertain numbers or fewer diagrams do as well.
const FEW: usize = 100;

/// How many statements are looked at to tell how closely all are knit.
const LOOKED_AT: usize = 16;

impl Judge<'_> {
    /// What may be spent on the elimination for one statement.
    pub(super) fn effort(&self) -> Effort {
        const GIB: f64 = 1024.0 * 1024.0 * 1024.0;
        let most = self.budget.elimination as f64;
        match self.method {
            Method::Auto => {
                let asked = self.asked.as_ref().map_or(1, BTreeSet::len);
                Effort { multiply_adds: most.min(share_of(asked)), bytes: 2.0 * GIB }
            }
            _ => Effort { multiply_adds: most, bytes: 6.0 * GIB },
        }
    }

    /// Looks whether the case is large and loosely knit, so that elimination is the cheaper way.
    pub(super) fn look_how_loose(&mut self) {
        if self.is_loose.is_some() {
            return;
        }
        let uncertain = self.compiling.iter().filter(|&&weight| weight > 0.0 && weight < 1.0).count();
        let exact = matches!(self.method, Method::Exact | Method::Auto);
        let is_loose = exact && uncertain > FEW && !self.loops_shift && {
            let guess = ModelKey { out: Some(BTreeSet::new()), shape: Shape::default() };
            !has_loops(&self.program(&guess))
        };
        self.is_loose = Some(is_loose);
    }

    /// Works out the degrees of all statements by elimination, if there are many numbers and they hang together
    /// loosely. False where that is not so; then nothing has been done. Where it is so and too much, that is noted.
    pub(super) fn eliminate_loose(&mut self) -> Result<bool, JudgeError> {
        let statements = self.own_statements();
        self.look_how_loose();
        if self.is_loose != Some(true) {
            return Ok(false);
        }
        let guess = ModelKey { out: Some(BTreeSet::new()), shape: self.base.shape.clone() };
        let program = self.program(&guess);
        if !self.promises(&program, &statements) {
            self.hopeless = self.method == Method::Auto;
            return Ok(self.hopeless);
        }
        let shape = self.base.shape.clone();
        let mut could_be_out: Vec<StatementId> = self.relations.competing().collect();
        could_be_out.retain(|&competitor| self.could_be_out(&shape, competitor));
        if !could_be_out.is_empty() {
            let without_rivals = self.program(&ModelKey { out: None, shape });
            for (&statement, read) in could_be_out.iter().zip(self.eliminated(&without_rivals, &could_be_out)) {
                let Ok(read) = read else { return Ok(true) };
                self.base.without_rivals.insert(statement, read);
            }
        }
        let competing = could_be_out.into_iter().collect();
        let key = self.in_base(|judge, base| judge.key_among(base, &competing))?;
        let program = self.program(&key);
        for (&statement, read) in statements.iter().zip(self.eliminated(&program, &statements)) {
            match read {
                Ok(read) => drop(self.base.degrees.insert(statement, read)),
                Err(TooWide { variables, .. }) if self.method == Method::Auto => {
                    let cause = TooLarge { variables, nodes: 0, budget: self.budget };
                    self.too_large.insert((key.clone(), statement), cause);
                }
                Err(_) => {}
            }
        }
        Ok(true)
    }

    fn eliminated(&self, program: &Program, statements: &[StatementId]) -> Vec<Result<Reading, TooWide>> {
        let threads = self.sampling.threads.get();
        let mut effort = self.effort();
        if self.method == Method::Auto {
            effort.multiply_adds = effort.multiply_adds.min(share_of(statements.len()));
        }
        eliminate_all(program, statements, &self.base.weights, effort, threads)
    }

    /// Whether elimination promises to work out most statements with what may be spent, by a look at some.
    fn promises(&self, program: &Program, statements: &[StatementId]) -> bool {
        let every = statements.len().div_ceil(LOOKED_AT).max(1);
        let looked_at: Vec<StatementId> = statements.iter().rev().step_by(every).copied().collect();
        let most = self.effort();
        let effort = Effort { multiply_adds: most.multiply_adds / 10.0, ..most };
        let costs: Vec<f64> = (looked_at.iter())
            .filter_map(|&id| Elimination::plan(program, id, &self.compiling, effort).ok())
            .map(|plan| plan.cost())
            .collect();
        let all = costs.iter().sum::<f64>() / looked_at.len() as f64 * statements.len() as f64;
        let most = if self.method == Method::Auto { 1e10 } else { 1e12 };
        costs.len() * 4 >= looked_at.len() * 3 && all <= most
    }
}

/// In loops much hangs together closely.
fn has_loops(program: &Program) -> bool {
    components(program, program.atoms()).iter().any(|component| component.recursive)
}
