//! Generated cases of any size, the same for the same seed everywhere.
//!
//! Used by benches, tests and the scripts beside them (through `cargo bench --bench generate`), so that all figures are
//! about the same graphs.
#![allow(dead_code, unused_imports, reason = "each bench and test uses a part of it")]

mod random;
mod shape;
mod write;

pub use random::Random;
pub use shape::{Graph, Shape};
pub use write::{write_case, write_ev, write_framework, write_problog};
