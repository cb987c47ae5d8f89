//! Pictures on paper of a size that printers have: one page, or a poster of several.

use super::super::geometry::Rect;
use super::super::picture::Picture;
use super::pdf::{Sheet, Tile, on_sheets};
use super::trouble::RasterError;

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 by 297 millimetres.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

/// How a picture is put on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Print {
    /// On one page, made smaller if it is larger than that.
    #[default]
    Fitted,
    /// At its own size, over as many pages as that takes: to be put together.
    Poster,
}

/// About 10 millimetres, which printers cannot print on; on the pages of a poster the next ones begin there.
const MARGIN: f64 = 38.0;
/// The most pages of a poster.
const MOST_PAGES: usize = 200;

impl Paper {
    /// Width and height of a page that stands upright, in units of 1/96 inch.
    pub fn size(self) -> (f64, f64) {
        const MILLIMETRE: f64 = 96.0 / 25.4;
        match self {
            Self::A4 => (210.0 * MILLIMETRE, 297.0 * MILLIMETRE),
            Self::Letter => (8.5 * 96.0, 11.0 * 96.0),
        }
    }
}

/// A picture as a PDF of pages of a size. The same picture gives the same bytes.
///
/// Cost: linear in the picture for each page. On a page of a poster is what touches it, and which page it is.
///
/// # Errors
///
/// [`RasterError::TooManyPages`] for a poster that takes too many; [`RasterError::Conversion`] if the picture exceeds a limit of the
/// format.
pub fn pdf_on_paper(picture: &Picture, paper: Paper, print: Print) -> Result<Vec<u8>, RasterError> {
    let (width, height) = paper.size();
    let upright = (width, height);
    let sheets = match print {
        Print::Fitted if picture.width > picture.height => vec![fitted(picture, (height, width))],
        Print::Fitted => vec![fitted(picture, upright)],
        Print::Poster => {
            let [standing, lying] = [upright, (height, width)].map(|page| (poster(picture, page), page));
            let fewer = if pages(lying.0) < pages(standing.0) { lying } else { standing };
            tiles(fewer.0, fewer.1, &picture.title)?
        }
    };
    on_sheets(picture, &sheets)
}

fn fitted(picture: &Picture, (width, height): (f64, f64)) -> Sheet {
    let (room, high) = (width - 2.0 * MARGIN, height - 2.0 * MARGIN);
    let scale = (room / picture.width).min(high / picture.height).min(1.0);
    Sheet { width, height, x: (width - picture.width * scale) / 2.0, y: MARGIN, scale, tile: None }
}

/// How many pages a poster has across and down.
fn poster(picture: &Picture, (width, height): (f64, f64)) -> (usize, usize) {
    let count = |length: f64, page: f64| (length / (page - 2.0 * MARGIN)).ceil().max(1.0) as usize;
    (count(picture.width, width), count(picture.height, height))
}

fn pages((across, down): (usize, usize)) -> usize {
    across.saturating_mul(down)
}

/// The pages of a poster, row by row.
fn tiles((across, down): (usize, usize), (width, height): (f64, f64), title: &str) -> Result<Vec<Sheet>, RasterError> {
    if pages((across, down)) > MOST_PAGES {
        return Err(RasterError::TooManyPages { pages: pages((across, down)), most: MOST_PAGES });
    }
    let (wide, high) = (width - 2.0 * MARGIN, height - 2.0 * MARGIN);
    let rows = (0..down).flat_map(|row| (0..across).map(move |column| (column, row)));
    let room = Rect { x: MARGIN, y: MARGIN, width: wide, height: high };
    let last = name(across - 1, down - 1);
    let sheet = |(column, row)| {
        let (x, y) = (MARGIN - column as f64 * wide, MARGIN - row as f64 * high);
        let name = format!("{} of {last} · {title}", name(column, row));
        let tile = (across * down > 1).then_some(Tile { room, name });
        Sheet { width, height, x, y, scale: 1.0, tile }
    };
    Ok(rows.map(sheet).collect())
}

/// A page by its column and its row, as in a spreadsheet: `B3` is the second of the third row.
fn name(column: usize, row: usize) -> String {
    let letter = |at: usize| char::from(b'A' + (at % 26) as u8);
    let column = match column / 26 {
        0 => letter(column).to_string(),
        many => format!("{}{}", letter(many - 1), letter(column)),
    };
    format!("{column}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty(width: f64, height: f64) -> Picture {
        Picture::new(width, height, "")
    }

    #[test]
    fn a_picture_is_made_smaller_until_it_fits_and_never_larger() {
        let (width, height) = Paper::Letter.size();
        assert_eq!((width, height), (816.0, 1056.0));
        let small = fitted(&empty(100.0, 50.0), (width, height));
        assert_eq!((small.scale, small.x), (1.0, 358.0));
        // 740 units are left of 816, and 980 of 1056.
        assert_eq!(fitted(&empty(1480.0, 100.0), (width, height)).scale, 0.5);
        assert_eq!(fitted(&empty(100.0, 3920.0), (width, height)).scale, 0.25);
    }

    #[test]
    fn a_poster_has_as_many_pages_as_it_takes() {
        let letter = Paper::Letter.size();
        assert_eq!(poster(&empty(740.0, 980.0), letter), (1, 1));
        assert_eq!(poster(&empty(741.0, 1961.0), letter), (2, 3));
        let tiles = tiles((2, 3), letter, "A bridge").expect("few");
        assert_eq!(tiles.len(), 6);
        // The second page shows what is right of the first one's 740 units.
        assert_eq!((tiles[1].x, tiles[1].y), (38.0 - 740.0, 38.0));
        let name_of = |at: usize| tiles[at].tile.as_ref().expect("one of several").name.as_str();
        assert_eq!([name_of(0), name_of(3)], ["A1 of B3 · A bridge", "B2 of B3 · A bridge"]);
        assert_eq!([name(25, 0), name(26, 0), name(199, 0)], ["Z1", "AA1", "GR1"]);
        assert!(pdf_on_paper(&empty(1e6, 1e6), Paper::A4, Print::Poster).is_err());
    }
}
