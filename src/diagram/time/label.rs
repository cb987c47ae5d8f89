//! Words with a place: a few lines, as wide as they need.

use super::super::geometry::Rect;
use super::super::picture::{Letters, Picture};
use super::super::text::{Ruler, clean};

/// Some lines of text.
pub(super) struct Label {
    lines: Vec<(String, Letters)>,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Label {
    /// Texts one under the other, each broken into at most so many lines of a width.
    pub(super) fn new(ruler: &Ruler, texts: &[(String, Letters, usize)], width: f64) -> Self {
        let lines = texts.iter().flat_map(|(text, letters, most)| {
            let broken = ruler.broken(&clean(text), letters.size, letters.weight, width, *most);
            broken.lines.into_iter().filter(|line| !line.is_empty()).map(|line| (line, *letters))
        });
        let lines: Vec<(String, Letters)> = lines.collect();
        let widths = lines.iter().map(|(line, letters)| ruler.width(line, letters.size, letters.weight));
        let width = widths.fold(0.0, f64::max);
        let height = lines.iter().map(|(_, letters)| step(*letters)).sum();
        Self { lines, width, height }
    }

    /// Writes the lines, the upper left corner at a place.
    pub(super) fn draw(&self, picture: &mut Picture, ruler: &Ruler, x: f64, y: f64) {
        let mut top = y;
        for (line, letters) in &self.lines {
            picture.words(ruler, line, x, top + letters.size * 0.95, *letters);
            top += step(*letters);
        }
    }
}

fn step(letters: Letters) -> f64 {
    letters.size * 1.2
}

/// Boxes that do not overlap.
#[derive(Default)]
pub(super) struct Packing {
    boxes: Vec<Rect>,
}

impl Packing {
    /// Puts a box as high as it can be, from `top` downwards, and says where it is.
    pub(super) fn put(&mut self, x: f64, width: f64, height: f64, top: f64) -> Rect {
        let mut place = Rect { x, y: top, width, height };
        let mut across: Vec<Rect> =
            self.boxes.iter().copied().filter(|one| one.x < place.right() && x < one.right()).collect();
        across.sort_by(|one, other| one.y.total_cmp(&other.y));
        for one in across {
            if one.y < place.bottom() && place.y < one.bottom() {
                place.y = one.bottom();
            }
        }
        self.boxes.push(place);
        place
    }

    /// Puts a box below all that are across from it, and says where it is.
    pub(super) fn put_below(&mut self, x: f64, width: f64, height: f64, top: f64) -> Rect {
        let across = self.boxes.iter().filter(|one| one.x < x + width && x < one.right());
        let y = across.map(|one| one.bottom()).fold(top, f64::max);
        let place = Rect { x, y, width, height };
        self.boxes.push(place);
        place
    }

    /// The lowest edge of all boxes; `top` where there is none.
    pub(super) fn bottom(&self, top: f64) -> f64 {
        self.boxes.iter().map(|one| one.bottom()).fold(top, f64::max)
    }
}
