//! What may be spent on exact degrees, and what happens when that is not enough: one table for
//! [`Method::Exact`] and [`Method::Auto`].

use crate::logic::{Budget, Effort};

use super::method::Method;

/// What a method may spend.
#[derive(Debug)]
struct Limits {
    /// On the diagrams of one statement, as a part of the budget in steps.
    one: f64,
    /// On the diagrams of many statements together.
    many: f64,
    /// On statements that are tried one by one.
    tried: f64,
    /// On an elimination: memory, in bytes.
    bytes: f64,
    /// Multiplications of the eliminations of all statements that are asked about together: shared out among them, but
    /// for each no less than the first and no more than the second of `each`.
    all: f64,
    each: [f64; 2],
    /// Multiplications that eliminating all statements of a case may be expected to take; above, it is not begun.
    worthwhile: f64,
}

const GIB: f64 = 1024.0 * 1024.0 * 1024.0;

/// Where nothing else gives an answer, the budget of the engine is the limit.
const EXACT: Limits = Limits {
    one: 1.0,
    many: 0.25,
    tried: f64::INFINITY,
    bytes: 6.0 * GIB,
    all: f64::INFINITY,
    each: [f64::INFINITY; 2],
    worthwhile: 1e12,
};

/// Where sampling gives an answer, exact degrees may take what the budget has for that.
const AUTO: Limits =
    Limits { one: 0.025, many: 0.4, tried: 0.05, bytes: 2.0 * GIB, all: 4e9, each: [1e7, 1e9], worthwhile: 1e10 };

/// Making a view ready leaves this part of the budget to what it is asked.
pub(super) const FOR_LATER: f64 = 0.5;

/// An answer that may start anew from sampled worlds leaves this part of the budget to that.
pub(super) const FOR_SAMPLING: f64 = 0.7;

/// So many nodes are read, or numbers multiplied, in the time of one step of making diagrams.
pub(super) const READS_A_STEP: usize = 100;

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

/// Whether statements are settled is decided from sampled worlds where no more than so many are asked about, or stand behind one.
pub(super) const MOST_SETTLED: usize = 2_500;

/// So many pairs are kept, of a statement and one that bears on it, to work many statements out together.
pub(super) const MOST_BEARING: usize = 4_000_000;

/// So many nodes are kept of what statements depend on.
pub(super) const MOST_BEHIND: usize = 4_000_000;

/// So many compiled statements are kept.
pub(super) const MOST_KEPT: usize = 10_000;

/// The limits of a method within the budget of an engine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strategy {
    limits: &'static Limits,
    budget: Budget,
    /// The budget in steps.
    steps: usize,
    /// By how much the budget differs from the default, for what is not counted in steps.
    scale: f64,
}

impl Strategy {
    pub(super) fn new(method: &Method, budget: Budget) -> Self {
        if *method == Method::Auto {
            let steps = budget.before_sampling.min(budget.steps);
            Self { limits: &AUTO, budget, steps, scale: budget.share_of_default() }
        } else {
            Self { limits: &EXACT, budget, steps: budget.steps, scale: 1.0 }
        }
    }

    /// For one statement as diagrams, of so many that are asked about.
    pub(super) fn budget_for_one(self, asked: usize) -> Budget {
        self.part((self.limits.many / asked.max(1) as f64).max(self.limits.one))
    }

    /// For many statements together as diagrams; more would be wasted where they have little to do with each other.
    pub(super) fn budget_for_many(self) -> Budget {
        self.part(self.limits.many)
    }

    fn part(self, part: f64) -> Budget {
        Budget { steps: (self.steps as f64 * part) as usize, ..self.budget }
    }

    /// For the elimination of one of so many statements that are asked about.
    pub(super) fn effort(self, asked: usize) -> Effort {
        let [least, most] = self.limits.each;
        let share = (self.limits.all / asked.max(1) as f64).clamp(least, most) * self.scale;
        let multiply_adds = share.min(self.budget.elimination as f64);
        Effort { multiply_adds, bytes: self.limits.bytes, diagrams: self.budget_for_one(asked) }
    }

    /// Whether to eliminate for all of some statements, by the costs of those that were planned.
    pub(super) fn is_worthwhile(self, planned: usize, costs: &[f64], statements: usize) -> bool {
        let all = costs.iter().sum::<f64>() / planned as f64 * statements as f64;
        costs.len() * 4 >= planned * 3 && all <= self.limits.worthwhile * self.scale
    }

    /// Whether all that the method may spend is spent, or all up to a ceiling.
    pub(super) fn is_spent(self, spent: u64, ceiling: Option<u64>) -> bool {
        self.samples() && spent > ceiling.unwrap_or(self.steps as u64)
    }

    /// What may have been spent where a part of the budget is to be left.
    pub(super) fn ceiling_leaving(self, part: f64) -> u64 {
        (self.steps as f64 * (1.0 - part)) as u64
    }

    /// What may have been spent when one of so many questions is answered: one that is hard is not to take it all.
    pub(super) fn ceiling_for_one(self, spent: u64, asked: usize) -> u64 {
        const LEAST_SHARE: u64 = 8;
        let share = (asked as u64).saturating_add(1).min(LEAST_SHARE);
        spent + (self.steps as u64).saturating_sub(spent) / share
    }

    /// How many rows may be evaluated, each in a block of worlds, to tell from sampled worlds what is settled.
    pub(super) fn rows_for_settling(self) -> u64 {
        const ROWS_A_STEP: f64 = 4.0;
        const SHARE: f64 = 0.5;
        let steps = self.budget.before_sampling.min(self.budget.steps);
        (steps as f64 * SHARE * ROWS_A_STEP) as u64
    }

    /// What part of the rows of many statements the first try has to get through, from 0 to 1. Of cases that are linked
    /// copies of a smaller one, what gets through in the end gets through nine tenths at once, and the rest through seven.
    pub(super) fn promise(self) -> f64 {
        if self.samples() { 0.8 } else { 0.0 }
    }

    /// Whether what is too large is sampled.
    pub(super) fn samples(self) -> bool {
        self.limits.tried.is_finite()
    }

    /// What may have been spent when statements have been tried one by one.
    pub(super) fn ceiling_for_trying(self, spent: u64) -> u64 {
        spent + (self.limits.tried * self.steps as f64) as u64
    }
}
