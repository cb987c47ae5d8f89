//! What may be spent on exact degrees, and what happens when that is not enough: one table for
//! [`Method::Exact`] and [`Method::Auto`].

use crate::logic::{Budget, Effort};

use super::method::Method;

/// What a method may spend.
#[derive(Debug)]
struct Limits {
    /// On the diagrams of one statement, in steps.
    one: usize,
    /// On an elimination: memory, in bytes.
    bytes: f64,
    /// Multiplications of the eliminations of all statements that are asked about together: shared out among them, but
    /// for each no less than the first and no more than the second of `each`.
    all: f64,
    each: [f64; 2],
    /// Multiplications that eliminating all statements of a case may be expected to take; above, it is not begun.
    worthwhile: f64,
    /// After so many statements that were too large no more are tried.
    failures: usize,
}

const GIB: f64 = 1024.0 * 1024.0 * 1024.0;

/// Where nothing else gives an answer, the budget of the engine is the limit.
const EXACT: Limits = Limits {
    one: usize::MAX,
    bytes: 6.0 * GIB,
    all: f64::INFINITY,
    each: [f64::INFINITY; 2],
    worthwhile: 1e12,
    failures: usize::MAX,
};

/// What many statements compiled together may take, as in [`Limits::one`].
const MANY: usize = 4_000_000;

/// Where sampling gives an answer in a second or two, exact degrees may take about as long.
const AUTO: Limits =
    Limits { one: 1_000_000, bytes: 2.0 * GIB, all: 4e9, each: [1e7, 1e9], worthwhile: 1e10, failures: 2 };

/// More statements are never compiled to diagrams together.
pub(super) const MOST_TOGETHER: usize = 2_000;

/// With so many uncertain numbers or fewer, diagrams do as well as elimination.
pub(super) const FEW_NUMBERS: usize = 100;

/// How many statements are planned to predict what eliminating all takes. A plan may take a tenth of the effort.
pub(super) const PLANNED: usize = 16;

/// So many gradients without rivals are kept with a hypothesis.
pub(super) const MOST_GRADIENTS: usize = 500;

/// So many single completions are kept with a hypothesis.
pub(super) const MOST_COMPLETED: usize = 2_000;

/// So many compiled statements are kept.
pub(super) const MOST_KEPT: usize = 10_000;

/// The limits of a method within the budget of an engine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strategy {
    limits: &'static Limits,
    budget: Budget,
}

impl Strategy {
    pub(super) fn new(method: &Method, budget: Budget) -> Self {
        Self { limits: if *method == Method::Auto { &AUTO } else { &EXACT }, budget }
    }

    /// For one statement as diagrams.
    pub(super) fn budget_for_one(self) -> Budget {
        self.within(self.limits.one)
    }

    /// For many statements together as diagrams; more would be wasted where they have little to do with each other.
    pub(super) fn budget_for_many(self) -> Budget {
        self.within(MANY)
    }

    fn within(self, steps: usize) -> Budget {
        Budget { steps: self.budget.steps.min(steps), ..self.budget }
    }

    /// For the elimination of one of so many statements that are asked about.
    pub(super) fn effort(self, asked: usize) -> Effort {
        let [least, most] = self.limits.each;
        let share = (self.limits.all / asked.max(1) as f64).clamp(least, most);
        let multiply_adds = share.min(self.budget.elimination as f64);
        Effort { multiply_adds, bytes: self.limits.bytes, diagrams: self.budget_for_one() }
    }

    /// Whether to eliminate for all of some statements, by the costs of those that were planned.
    pub(super) fn is_worthwhile(self, planned: usize, costs: &[f64], statements: usize) -> bool {
        let all = costs.iter().sum::<f64>() / planned as f64 * statements as f64;
        costs.len() * 4 >= planned * 3 && all <= self.limits.worthwhile
    }

    /// Whether what is too large is sampled.
    pub(super) fn samples(self) -> bool {
        self.limits.failures < usize::MAX
    }

    /// Whether so many statements were too large that no more are to be tried.
    pub(super) fn gives_up_after(self, failures: usize) -> bool {
        failures >= self.limits.failures
    }
}
