//! Explanations: what a verdict rests on, why it is no other, and what would change it.
//!
//! Every answer is a function of an [`Engine`](crate::engine::Engine) and a statement.

mod argument;
mod best_case;
mod explanation;
mod grounds;
mod influence;
mod load_bearing;
mod missing;
mod shared_ground;
mod why_not;

pub use argument::{Argument, Branch, Standing, all_grounds, argument, grounds};
pub use best_case::{BestCase, Condition, best_case};
pub use explanation::{Explanation, explain};
pub use grounds::{AttackKind, Weighed, WeighedAttack};
pub use influence::{Influence, influence};
pub use load_bearing::{LoadBearing, LoadBearingSet, load_bearing};
pub use missing::{
    FurtherEvidence, Left, Missing, MissingPart, MissingPremise, WithheldWord, deciding_evidence, missing,
};
pub use shared_ground::{SharedGround, shared_ground, shared_with};
pub use why_not::{Asked, AskedError, Hindrance, Unmet, WhyNot, why_not};
