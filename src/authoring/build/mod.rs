//! Cases made in code.
//!
//! A [`Builder`] collects what an author would write and goes the way of every case file: it is laid out as text, that
//! text is loaded, and every check of `authoring` runs on it. So a case made in code and one written by hand cannot
//! differ, and every message has a place to point at.

mod builder;
mod part;
mod parts;
mod scale;

pub use builder::{BuildError, Builder};
#[cfg(feature = "columns")]
pub(super) use parts::word;
pub use parts::{Actor, Attack, Claim, Document, Evidence, Inference, Question, Relationship, Section};
pub use scale::{Reliability, Strength, Withheld};
