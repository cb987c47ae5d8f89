//! What helps an author while a case is written: completion, words on what stands at a place, and all that is wrong, with
//! verdicts. Plain data over bytes of files; the language server and the playground show it, each in its own way.

mod completion;
mod hover;
mod judged;
mod outlined;
mod problem;

pub use completion::{Choice, ChoiceKind, Choices, complete, without_places};
pub use hover::{Found, look_up};
pub use judged::{Further, Judged, Verdicts, judge, judge_with};
pub use outlined::OutlinedCase;
pub use problem::{is_unnecessary, message, place};
