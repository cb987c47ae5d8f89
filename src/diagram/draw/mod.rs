//! Drawing: from a scene and the places of its parts to a picture.

mod drawing;
mod edge;
mod grid;
mod legend;
mod line;
mod node;
mod shape;

pub(super) use drawing::Drawing;
pub use drawing::picture;
pub(super) use drawing::picture_from;
pub use legend::sign_picture;
