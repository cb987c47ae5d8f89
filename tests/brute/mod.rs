//! The definition of `docs/semantics.md` once more, by brute force: every world of a small case is worked out
//! on its own, and every change of circumstances starts afresh. It shares no code with the engine but the model;
//! [`engine`] alone knows the engine, to put the words of the one into those of the other.

mod answer;
mod engine;
mod judgement;
mod settling;
mod world;

pub use answer::{Assessment, Degrees, Detail, Finding, Leaning, Passage, Reason, Search, Settlement};
pub use engine::{in_words, same_degrees};
pub use judgement::{Circumstances, Judgement, Oracle, Situation, Worlds};
pub use settling::Settling;
pub use world::{Model, Node, Set, Variable, entailments, rivals, shared_steps};
