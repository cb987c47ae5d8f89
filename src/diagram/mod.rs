//! Pictures of a case: one scene, worked out from the verdicts once, and one small backend for each format.

mod absent;
mod alternative;
mod blocks;
mod caption;
mod card;
mod choose;
mod chosen;
mod column;
mod compose;
mod dot;
mod draw;
mod fold;
mod geometry;
mod graphviz;
mod group;
mod gsn;
mod hatching;
mod hover;
mod html;
mod illustrations;
mod layout;
mod layouts;
mod legend;
mod level;
mod markup;
mod mermaid;
mod node;
mod options;
mod order;
mod overview;
mod picture;
mod plan;
#[cfg(feature = "raster")]
mod raster;
mod route;
mod rows;
mod scene;
mod scene_error;
mod section;
mod spread;
mod straighten;
mod style;
mod svg;
mod table;
mod text;
mod time;
mod verdict_card;
mod weave;

pub use caption::Note;
pub use compose::scene;
pub use dot::dot;
pub use draw::{CardShape, card_picture, picture, sign_picture};
pub use graphviz::{PlacesError, graphviz_input, picture_placed};
pub use html::{SCRIPT_HASH, html, html_from, open_on_overview};
pub use illustrations::{Illustrations, illustrations};
pub use layouts::Layouts;
pub use legend::{Entry, legend};
pub use mermaid::{mermaid, mermaid_excess, mermaid_fitting};
pub use options::{Cluster, Direction, Focus, Notation, Request, Size, Subject, View};
pub use picture::Picture;
#[cfg(feature = "raster")]
pub use raster::{
    Heading, Ink, Lead, Letters, Look, Measure, Paper, Part, Print, Printed, PrintedMark, RasterError, Reading, Role,
    Spot, letters, letters_in, pdf, pdf_on_paper, png, printed_pdf, svg_outlined,
};
pub use scene::{Arrangement, Figure, Mark, Scene, SceneEdge, SceneGroup, SceneNode, Sign};
pub use scene_error::SceneError;
pub use section::page_views;
pub use svg::{svg, svg_in_report};
pub use time::{TimePicture, history_picture, mermaid_timeline, time_page, timeline_picture};
pub use verdict_card::{CardError, ClaimList, VerdictCard, verdict_card};
