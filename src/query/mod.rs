//! Questions to a case: which documents, which sources carry it, who reads it how, who is tied to whom.
//!
//! It reads the case and its verdicts, and computes none. Each question is a file; its answer is data, in the order in
//! which it is shown.

mod actors;
mod claims;
mod collections;
mod coverage;
mod derived;
mod documents;
mod found;
mod links;
mod open;
mod paths;
mod readings;
mod sources;

pub use actors::{ActorEntry, ActorSelector, actors};
pub use claims::{ClaimSelector, claims};
pub use collections::{Collection, collections};
pub use coverage::{Amount, AtMost, Coverage, Covered, Gap, coverage};
pub use derived::{Derivation, Derived, Reached, derived_from};
pub use documents::{DocumentEntry, documents};
pub use found::Found;
pub use links::{Directness, Spoken, is_direct};
pub use open::{Open, open};
pub use paths::{Hop, Limits, Path, Paths, Tie, paths};
pub use readings::{Assertion, Reading, Readings, Weight, readings};
pub use sources::{Carried, sources};
