//! The rules of evidence as equations, and the ways of reading them.
//!
//! A case is compiled to a [`Program`]: atoms (a source holds, there is a case for a statement, an attack
//! is in force), each the *or* of rules, each rule an *and* of variables, atoms and negated atoms. The
//! program is ordered by its strongly connected components and read by one evaluator, which is generic
//! over an [`Algebra`]: decision diagrams, one world, or all the worlds of a small case.
//!
//! This module sees rules and numbers, never an author's text.

mod again;
mod algebra;
mod bdd;
mod compile;
mod eliminate;
mod engine;
mod evaluate;
mod evaluate_rows;
mod lanes;
mod lower;
mod parameters;
mod program;
mod sample;
mod simplify;
mod world;

pub use again::{KeptEstimate, OneWorld, in_world};
pub use algebra::Algebra;
pub use algebra::independent::{Independent, independent};
pub use algebra::interval::{Bounds, bounds};
use bdd::Completions;
pub use bdd::{Best, Budget, CaseDiagrams, Gradient, Reading, TooLarge, TooManyStates, Uncertain, exact, exact_of};
pub use compile::{Competition, Passage, Supposition, Variant, compile};
pub use eliminate::{Effort, Elimination, TooWide, eliminate_all};
pub use engine::Compiled;
pub use evaluate::{Truth, Values, attainable, evaluate};
pub use lower::{Component, Rows, components};
pub use parameters::{Parameter, Parameters, Weights};
pub use program::{Atom, AtomId, Literal, Program, Step, VariableId};
pub use sample::{Interval, Sampling, Tallies, Tally, sample};
pub use world::{Belnap, Outcome, World, WorldsError, all_worlds, one_world};
