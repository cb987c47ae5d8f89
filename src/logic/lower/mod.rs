//! From a program to rows without a pointer in them, in the order in which they are evaluated.

mod code;
mod components;
mod draft;
mod layout;
mod order;
mod rows;

pub(super) use code::{Code, Kind};
pub use components::{Component, components};
pub(super) use components::{reached, strongly_connected};
pub(super) use layout::{Scheme, Stratum};
pub use rows::Rows;
pub(super) use rows::compressed;
