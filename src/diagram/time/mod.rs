//! Pictures with time across: how verdicts stood as documents became known, and what happened and became known when.
//!
//! They have no nodes and edges, so they are drawn without a scene, and only in formats that have places.

mod axis;
mod fold;
mod history;
mod label;
mod page;
mod timeline;

pub use history::history_picture;
pub use page::{TimePicture, time_page};
pub use timeline::{mermaid_timeline, timeline_picture};
