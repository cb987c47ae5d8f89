//! Drawing: from a scene and the places of its parts to a picture.

mod drawing;
mod edge;
mod frame;
mod grid;
mod legend;
mod line;
mod node;
mod shape;
mod verdict_card;

pub use drawing::picture;
pub(super) use drawing::picture_from;
pub(super) use drawing::{Drawing, MARGIN, NOTE, SUBTITLE, TITLE};
pub use legend::sign_picture;
pub(super) use legend::{SWATCH, swatch};
pub(super) use shape::{DIAMOND, glyph, lock, verdict_bar};
pub use verdict_card::{CardShape, card_picture};
