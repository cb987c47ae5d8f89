//! PNG and PDF, with the built-in font only: the same bytes on every machine.

mod colour;
mod letters;
mod pdf;
mod png;
mod segment;
mod trouble;

pub use letters::{letters_lacking, letters_without_shape};
pub use pdf::pdf;
pub use png::png;
pub use trouble::RasterError;
