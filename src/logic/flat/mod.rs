//! Cases of any size: rows without a pointer in them, and what they are worked out in.
//!
//! [`Flat`] is the part of a program that some statements depend on, as compressed rows in the order in which
//! they are worked out. One evaluator reads them in *lanes*, which are copied values: one world
//! ([`OneWorld`], which keeps it while variables change), 512 random worlds at once ([`sample`]), probabilities
//! taken as independent ([`independent()`]), and intervals that hold whatever the dependence ([`bounds()`]).

mod again;
mod blocks;
mod bounds;
mod code;
mod confidence;
mod draft;
mod draw;
mod evaluate;
mod independent;
mod lanes;
mod order;
mod rows;
mod sample;

pub use again::{KeptEstimate, OneWorld, said_in};
pub use bounds::{Bounds, bounds};
pub use confidence::Interval;
pub use independent::{Independent, independent};
pub use rows::Flat;
pub use sample::{Sampling, Tallies, Tally, sample};
