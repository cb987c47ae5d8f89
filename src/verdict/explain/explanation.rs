//! Everything that explains one verdict.

use crate::logic::Supposition;
use crate::model::{Effect, Node, StatementId};

use super::super::answer::StatementAnswer;
use super::super::judge::{Judge, JudgeError};
use super::super::models::Shape;
use super::super::scenario::EFFECTS;
use super::{Argument, BestCase, Influence, LoadBearing, Missing, SharedGround};

/// What a verdict rests on, and what would change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The verdict, and whether it is settled.
    pub answer: StatementAnswer,
    /// The argument for and against, down to the sources.
    pub argument: Argument,
    /// The most probable case for it, and against it.
    pub best: [Option<BestCase>; 2],
    /// The statement without each source.
    pub influence: Vec<Influence>,
    /// The smallest sets of sources whose loss turns the verdict.
    pub load_bearing: LoadBearing,
    /// What it shares with its rivals.
    pub shared_ground: Vec<SharedGround>,
    /// What would settle it; none if it is settled.
    pub missing: Option<Missing>,
}

impl Judge<'_> {
    /// Explains the verdict on a statement, with its argument `depth` levels down.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if decision diagrams grow past the budget.
    pub fn explain(&mut self, statement: StatementId, depth: usize) -> Result<Explanation, JudgeError> {
        self.with_room_for_more(statement, |judge| {
            Ok(Explanation {
                answer: judge.answer_statement(statement, true)?,
                argument: judge.argument(statement, depth)?,
                best: [judge.best_case(statement, Effect::Supports)?, judge.best_case(statement, Effect::Opposes)?],
                influence: judge.influence(statement)?,
                load_bearing: judge.load_bearing(statement)?,
                shared_ground: judge.shared_ground(statement)?,
                missing: judge.missing(statement)?,
            })
        })
    }

    /// Answers from programs that have room for further evidence on a statement, which is absent but where it
    /// is supposed: they say the same, and need not be made again for that.
    pub(super) fn with_room_for_more<T>(
        &mut self,
        statement: StatementId,
        answer: impl FnOnce(&mut Self) -> Result<T, JudgeError>,
    ) -> Result<T, JudgeError> {
        let statement = self.case.canonical(statement);
        let supposed = EFFECTS.map(|effect| Supposition::Further(statement, effect)).to_vec();
        if !self.is_exact() || self.base.shape.supposed == supposed {
            return answer(self);
        }
        let shape = Shape { presence: self.presence_for_completions(), supposed };
        let base = self.base.clone();
        let losses = std::mem::take(&mut self.losses);
        let completions = std::mem::take(&mut self.completions);
        let near = self.statements_near(statement);
        let prepared = self.prepare(&shape, &near);
        self.base.shape = shape;
        let result = prepared.and_then(|()| answer(self));
        (self.base, self.losses, self.completions) = (base, losses, completions);
        result
    }

    /// The statements that a statement depends on, itself among them.
    fn statements_near(&mut self, statement: StatementId) -> Vec<StatementId> {
        let as_statement = |node| match node {
            Node::Statement(statement) => Some(statement),
            _ => None,
        };
        self.depends_on(Node::Statement(statement)).into_iter().filter_map(as_statement).collect()
    }
}
