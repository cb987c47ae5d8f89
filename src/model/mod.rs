//! What a case says, checked: actors, documents, statements, inferences, questions.
//!
//! The model knows no file format and does no input or output. Ids are typed, quantities are checked
//! when they are made, and every reference leads somewhere, so that what is built on it need not ask
//! again.

mod case;
#[cfg(feature = "render")]
mod citations;
mod date;
mod day;
mod digraph;
mod graph;
mod id;
mod kind;
mod origins;
mod quantity;
mod quotation;
mod rare;
mod relations;
mod spoken;
mod standard;
mod uses;

pub use case::{
    Actor, Attack, Case, Document, Effect, Evidence, Expectation, Inference, Nature, Premise, Question, Report,
    Section, Source, Statement,
};
#[cfg(feature = "render")]
pub use citations::Citations;
#[cfg(feature = "render")]
pub(crate) use citations::Plan;
pub(crate) use date::MONTHS;
pub use date::{DateError, Period};
pub use day::Day;
pub(crate) use digraph::Digraph;
pub use graph::{Edge, EvidenceGraph, Node};
pub use id::{ActorId, DocumentId, InferenceId, Key, KeyError, QuestionId, StatementId, Table, TableId};
pub(crate) use id::{is_letter, normalized};
pub use kind::{ActorKind, ClaimKind, DocumentKind, Manner, RelationshipKind};
pub(crate) use origins::{Account, SingleOrigins, has_grounds, reached};
pub use quantity::{Probability, ProbabilityError};
pub use quotation::QuoteState;
pub use rare::RareList;
pub(crate) use relations::{Relations, entailments, entailments_of, rival_pairs};
pub(crate) use spoken::Spoken;
pub(crate) use standard::weight_of_evidence;
pub use standard::{Bar, Standard, StandardError, Thresholds};
pub(crate) use uses::used_sources;
