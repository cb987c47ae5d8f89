//! The rules of evidence as equations, and the ways of reading them.
//!
//! A case is compiled to a [`Program`]: atoms (a source holds, there is a case for a statement, an attack
//! is in force), each the *or* of rules, each rule an *and* of variables, atoms and negated atoms. The
//! program is ordered by its strongly connected components and read by one evaluator, which is generic
//! over an [`Algebra`]: decision diagrams, one world, or all the worlds of a small case.
//!
//! This module sees rules and numbers, never an author's text.

mod algebra;
mod best;
mod compile;
mod compiled;
mod completions;
mod component;
mod diagram;
mod eliminate;
mod evaluate;
mod exact;
mod flat;
mod order;
mod program;
mod quantity;
mod simplify;
mod world;

pub use algebra::Algebra;
pub use best::{Best, TooManyStates};
pub(crate) use compile::rival_pairs;
pub use compile::{Competition, Passage, Supposition, Variant, compile};
pub use compiled::Compiled;
use completions::Completions;
pub use completions::Uncertain;
pub use component::{Component, components};
use diagram::Diagram;
pub use eliminate::{Effort, Elimination, TooWide, eliminate_all};
pub use evaluate::{Truth, Values, attainable, evaluate};
pub use exact::{Budget, CaseDiagrams, Reading, Slopes, TooLarge, exact, exact_of};
pub use flat::{
    Bounds, Flat, Independent, Interval, KeptEstimate, OneWorld, Sampling, Tallies, Tally, bounds, independent,
    said_in, sample,
};
pub use program::{Atom, AtomId, Literal, Program, Step, VariableId};
pub use quantity::{Quantities, Quantity, Weights};
pub use world::{Said, Told, World, WorldsError, all_worlds, one_world};
