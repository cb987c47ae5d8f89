//! evigraph
#![forbid(unsafe_code)]
#![warn(missing_docs)]
pub mod logic;
pub mod model;
pub mod source;
pub mod verdict;
