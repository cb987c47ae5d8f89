//! The rules of evidence as equations, and the ways of reading them.
//!
//! A case is compiled to a [`Program`]: atoms (a source holds, there is a case for a statement, an attack is in force),
//! each the *or* of rules, each rule an *and* of variables, atoms and negated atoms. The program is lowered to rows in
//! the order of its strongly connected components, and those are evaluated in an algebra: decision diagrams, truth
//! tables, one world, 512 sampled worlds at once, intervals, or probabilities taken as independent. Where the treewidth
//! is low, variables are eliminated instead.
//!
//! This module sees rules and numbers, and no author's text.

mod algebra;
mod bdd;
mod budget;
mod compile;
mod compiled;
mod derivation;
mod eliminate;
mod engine;
mod evaluate;
mod events;
mod incremental;
mod lower;
mod number;
mod origin;
mod parameters;
mod program;
mod sample;
mod sign;
mod simplify;
mod steps;
mod supposition;
mod users;

pub use algebra::attainable::attainable;
pub use algebra::boolean::{Belnap, Outcome, in_world};
pub use algebra::independent::{Independent, independent};
pub use algebra::interval::{Bounds, Interval, bounds};
pub use bdd::{CaseDiagrams, Kept, Subject, exact, exact_of};
pub(crate) use bdd::{Made, Start};
pub use budget::{Budget, TooLarge};
pub use compile::{Out, Variant, compile, compile_with_origins};
pub use compiled::Compiled;
pub(crate) use derivation::Derivation;
pub use eliminate::{Effort, Elimination, TooWide, eliminate_all};
pub use engine::{Best, Exact, Gradient, Reading, TooComplex, TooManyStates, Uncertain};
pub use incremental::{KeptEstimate, OneWorld};
pub use lower::{Component, Rows, components};
pub use origin::{Ground, Origin, Origins};
pub use parameters::{Parameter, Parameters, Weights};
pub use program::{Atom, AtomId, Literal, Program, Step, VariableId};
pub use sample::{BLOCK, Sampling, Tallies, Tally, count, sample};
pub(crate) use sample::{Change, Confidence, Counted, Moves, Varied, count_changes};
pub(crate) use sign::{Sign, Signs};
pub use steps::shared_steps;
pub use supposition::{Idle, Passage, Supposition};
pub(crate) use users::{Users, Walk};
