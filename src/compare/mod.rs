//! What differs between two versions of a case, or between a case and the same case under what-if flags, and which of
//! the differences cause each change of verdict.
//!
//! [`Differences`] lists the edits that lead from one version to the other, in the author's terms, and makes every
//! version between: [`Differences::apply`]. [`Comparison`] engines both ends and looks, for each verdict that changed,
//! for the fewest edits that change it by themselves. [`revised`] answers on an edited case from the answers before,
//! and engines only what an edit can reach.

mod between;
mod comparison;
mod cone;
mod content;
mod difference;
mod edit;
mod fields;
mod flags;
mod frame;
mod names;
mod pairs;
mod revise;
mod search;
mod side;

pub use comparison::{Comparison, Outcome, QuestionChange, StatementChange};
pub use difference::Differences;
pub use edit::{Bearing, Edit, Link, Sort, Value};
pub use flags::{Flag, Options, Terms};
pub use revise::{Revision, revised, revised_by};
pub use search::{Cause, Limit, Thoroughness};
pub(crate) use search::{Edited, causes};
