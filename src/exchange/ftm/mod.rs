//! People, companies and what is between them, in the entities of FollowTheMoney, as Aleph and OpenSanctions write them: a
//! JSON object a line.

mod export;
mod import;
mod read;
mod schema;

pub use export::export;
pub(super) use import::import;
