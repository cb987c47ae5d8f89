//! The definition of `docs/semantics.md` once more, by brute force: every world of a small case is worked out
//! on its own, and every change of circumstances starts afresh. It shares no code with the engine but the model.

mod answer;
#[cfg(test)]
mod examples;
mod judgement;
mod settling;
mod world;

pub use answer::{Assessment, Degrees, Detail, Finding, Leaning, Passage, Reason, Search, Settlement};
pub use judgement::{Judgement, Oracle, Situation};
pub use settling::Settling;
