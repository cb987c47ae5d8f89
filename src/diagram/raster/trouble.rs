//! Why there is no PNG or PDF.

use thiserror::Error;

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RasterError {
    /// The picture would have too many pixels.
    #[error(
        "at this scale the picture would be {width} by {height} pixels; {} by {} is the most",
        Self::MOST,
        Self::MOST
    )]
    TooLarge {
        /// The width in pixels.
        width: u32,
        /// The height in pixels.
        height: u32,
    },
    /// A poster would have too many pages.
    #[error("the poster would have {pages} pages; {most} are the most")]
    TooManyPages {
        /// How many it would have.
        pages: usize,
        /// How many it may have.
        most: usize,
    },
    /// The renderer failed.
    #[error("the picture cannot be converted: {0}")]
    Conversion(String),
}

impl RasterError {
    /// The most pixels in each direction.
    pub const MOST: u32 = 20_000;

    pub(super) fn conversion(error: impl ToString) -> Self {
        Self::Conversion(error.to_string())
    }
}
