//! PNG and PDF, from the SVG, with the built-in font alone: the same bytes on every machine.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};
use svg2pdf::{ConversionOptions, PageOptions};
use thiserror::Error;

use super::canonical::{fonts_in_order, sort_resources};
use super::scene::Scene;
use super::text::{BOLD, REGULAR, Ruler};

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RasterError {
    /// More pixels than there is room for.
    #[error(
        "at this scale the picture would be {width} by {height} pixels; {} by {} is the most",
        Self::MOST,
        Self::MOST
    )]
    TooLarge {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// The SVG cannot be converted.
    #[error("the picture cannot be converted: {0}")]
    Conversion(String),
}

impl RasterError {
    /// The most pixels in each direction.
    pub const MOST: u32 = 20_000;
    /// The most pixels at a scale above the least: four bytes each have to be held.
    const AREA: f32 = 1e8;
}

/// A picture as PNG, `scale` pixels for each unit of the SVG (1/96 inch). Beyond [`RasterError::MOST`] pixels in a
/// direction, or a hundred million in all, the scale is lowered to what fits, but not below 0.5.
///
/// # Errors
///
/// [`RasterError`] if the picture is too large, or no SVG.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, RasterError> {
    let tree = tree(svg)?;
    let size = tree.size();
    let longest = size.width().max(size.height());
    let roomy = (RasterError::AREA / (size.width() * size.height())).sqrt();
    let scale = scale.min(RasterError::MOST as f32 / longest).min(roomy).max(0.5);
    let (width, height) = ((size.width() * scale).ceil() as u32, (size.height() * scale).ceil() as u32);
    let fits = width <= RasterError::MOST && height <= RasterError::MOST;
    let pixmap = if fits { Pixmap::new(width, height) } else { None };
    let mut pixmap = pixmap.ok_or(RasterError::TooLarge { width, height })?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| RasterError::Conversion(error.to_string()))
}

/// A picture as a PDF of one page, its words still words.
///
/// # Errors
///
/// [`RasterError`] if it is no SVG.
pub fn pdf(svg: &str) -> Result<Vec<u8>, RasterError> {
    let tree = tree(svg)?;
    let convert = || {
        let mut pdf = svg2pdf::to_pdf(&tree, ConversionOptions::default(), PageOptions { dpi: 96.0 })
            .map_err(|error| RasterError::Conversion(error.to_string()))?;
        sort_resources(&mut pdf);
        Ok(pdf)
    };
    let mut pdf = convert()?;
    // One in two has the two fonts in order.
    for _ in 0..ATTEMPTS {
        if fonts_in_order(&pdf) {
            break;
        }
        pdf = convert()?;
    }
    Ok(pdf)
}

/// How often a PDF is made anew until its fonts stand in order.
const ATTEMPTS: usize = 64;

fn tree(svg: &str) -> Result<Tree, RasterError> {
    let mut fonts = Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|error| RasterError::Conversion(error.to_string()))
}

/// The letters of a scene that the built-in font does not have: in PNG and PDF a box stands for each.
pub fn letters_without_shape(scene: &Scene) -> Vec<char> {
    let ruler = Ruler::new();
    let nodes = scene.nodes.iter().flat_map(|node| [&node.heading, &node.label].into_iter().chain(&node.facts));
    let labels = scene.edges.iter().filter_map(|edge| edge.label.as_ref());
    let groups = scene.groups.iter().map(|group| &group.title);
    let texts = nodes.chain(labels).chain(groups).chain([&scene.title, &scene.subtitle]);
    let letters: BTreeSet<char> = texts.flat_map(|text| ruler.lacking(text)).collect();
    letters.into_iter().collect()
}
