//! PNG, PDF, and SVG with outlines for letters. With the built-in font they have the same bytes on every machine; what it lacks
//! is drawn with fonts of the system.

mod colour;
mod letters;
mod outlined;
mod pdf;
mod png;
mod segment;
mod trouble;
mod typeset;

pub use letters::{Letters, letters};
pub use outlined::svg_outlined;
pub use pdf::pdf;
pub use png::png;
pub use trouble::RasterError;
