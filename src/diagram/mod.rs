//! Pictures of a case: one scene, worked out from the verdicts once, and one small backend for each format.

#[cfg(feature = "raster")]
mod canonical;
mod card;
mod choose;
mod compose;
mod dot;
mod geometry;
mod graphviz;
mod group;
mod html;
mod layout;
mod legend;
mod level;
mod mermaid;
mod node;
mod options;
#[cfg(feature = "raster")]
mod raster;
mod route;
mod scene;
mod spread;
mod straighten;
mod style;
mod svg;
mod table;
mod text;

pub use compose::{SceneError, scene};
pub use dot::dot;
pub use graphviz::{PlacesError, graphviz_input, svg_placed};
pub use html::html;
pub use legend::{Entry, legend};
pub use mermaid::mermaid;
pub use options::{Cluster, Direction, Focus, Request, Subject, View};
#[cfg(feature = "raster")]
pub use raster::{RasterError, letters_without_shape, pdf, png};
pub use scene::{Arrangement, Figure, Mark, Scene, SceneEdge, SceneGroup, SceneNode, Sign};
pub use svg::{sign_picture, svg};
