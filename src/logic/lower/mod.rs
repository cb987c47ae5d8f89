//! From a program to rows without a pointer in them, in the order in which they are evaluated.

mod code;
mod components;
mod draft;
mod order;
mod rows;

pub(super) use code::{Kind, narrow};
pub use components::{Component, components};
pub use rows::Rows;
pub(super) use rows::{Scheme, Stretch, compressed};
