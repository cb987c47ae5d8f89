//! Explanations: what a verdict rests on, why it is no other, and what would change it.

mod argument;
mod best_case;
mod explanation;
mod grounds;
mod influence;
mod load_bearing;
mod missing;
mod shared_ground;
mod why_not;

pub use argument::{Argument, Branch, Standing};
pub use best_case::{BestCase, Condition};
pub use explanation::Explanation;
pub use grounds::{Ground, Weighed, WeighedAttack};
pub use influence::Influence;
pub use load_bearing::{LoadBearing, LoadBearingSet};
pub(super) use missing::Further;
pub use missing::{FurtherEvidence, Missing, MissingPremise, WithheldWord};
pub use shared_ground::SharedGround;
pub use why_not::{Asked, AskedError, Hindrance, Unmet, WhyNot};
