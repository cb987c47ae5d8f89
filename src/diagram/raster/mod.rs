//! PNG, PDF, and SVG with outlines for letters. With the built-in font they have the same bytes on every machine; what it lacks
//! is drawn with fonts of the system.

mod colour;
mod cut;
mod letters;
mod outlined;
mod paper;
mod pdf;
mod png;
mod printed;
mod segment;
mod trouble;
mod typeset;

pub use letters::{Letters, letters, letters_in};
pub use outlined::svg_outlined;
pub use paper::{Paper, Print, pdf_on_paper};
pub use pdf::pdf;
pub use png::png;
pub use printed::{Heading, Ink, Lead, Look, Mark as PrintedMark, Measure, Part, Printed, Role, Spot, printed_pdf};
pub use trouble::RasterError;
pub use typeset::Reading;
