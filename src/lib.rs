//! evigraph
#![forbid(unsafe_code)]
#![warn(missing_docs)]
pub mod diagnostic;
pub mod exchange;
pub mod logic;
pub mod model;
pub mod report;
pub mod source;
pub mod verdict;
