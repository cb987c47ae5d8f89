//! What the tests of the semantics share: a short way to write a case, random cases, and a way to try things on
//! many of them that makes a failing case small.

pub mod random;
pub mod reduce;
pub mod sketch;
pub mod tool;
pub mod trials;
pub mod worlds;
