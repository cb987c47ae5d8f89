//! The legend under the picture, made of the shapes and lines that it explains.

use crate::verdict::{Degrees, Detail};

use super::super::geometry::{Point, Rect};
use super::super::legend::{Entry, legend};
use super::super::picture::{Group, Letters, Picture};
use super::super::plan::Route;
use super::super::scene::{Figure, Mark, Scene, Sign};
use super::super::style::{INK, edge_style, edge_width, verdict_style};
use super::super::text::{Ruler, Weight};
use super::edge::step_tag;
use super::line::{Look, line};
use super::shape;

/// A legend with places.
pub(super) struct Legend {
    headings: Vec<(&'static str, f64, f64)>,
    entries: Vec<(Entry, f64, f64)>,
    pub(super) height: f64,
}

pub(in crate::diagram) const SWATCH: f64 = 44.0;
const ROW: f64 = 21.0;
const GAP: f64 = 26.0;
const SIZE: f64 = 11.0;
/// The least number of entries at which a column is broken.
const LEAST: usize = 5;

impl Legend {
    /// Lays out columns, each under its heading, side by side as far as the page is wide.
    pub(super) fn new(ruler: &Ruler, scene: &Scene, page: f64) -> Self {
        let widest = |entries: &[Entry]| {
            let widths = entries.iter().map(|entry| ruler.width(entry.phrase(), SIZE, Weight::Regular));
            widths.fold(0.0, f64::max) + SWATCH + 8.0
        };
        let columns = legend(scene);
        let width = |longest: usize| -> f64 {
            columns.iter().flat_map(|(_, entries)| entries.chunks(longest)).map(|column| widest(column) + GAP).sum()
        };
        // The least height at which all columns fit side by side; if there is none, that of the longest column.
        let most = columns.iter().map(|(_, entries)| entries.len()).max().unwrap_or(0).max(LEAST);
        let longest = (LEAST..most).find(|&longest| width(longest) - GAP <= page).unwrap_or(most);
        let mut laid = Self { headings: Vec::new(), entries: Vec::new(), height: 0.0 };
        let (mut x, mut y, mut shelf) = (0.0, 0.0, 0.0_f64);
        for (heading, entries) in columns {
            for (index, column) in entries.chunks(longest).enumerate() {
                let width = widest(column);
                if x > 0.0 && x + width > page {
                    (x, y, shelf) = (0.0, y + shelf + 12.0, 0.0);
                }
                if index == 0 {
                    laid.headings.push((heading, x, y + 10.0));
                }
                for (row, &entry) in column.iter().enumerate() {
                    laid.entries.push((entry, x, y + 18.0 + ROW * row as f64));
                }
                shelf = shelf.max(18.0 + ROW * column.len() as f64);
                x += width + GAP;
            }
        }
        laid.height = y + shelf;
        laid
    }

    pub(super) fn draw(&self, picture: &mut Picture, ruler: &Ruler) {
        for &(heading, x, y) in &self.headings {
            picture.words(ruler, heading, x, y, Letters { size: 12.0, weight: Weight::Bold, colour: INK });
        }
        for &(entry, x, y) in &self.entries {
            picture.begin(Group { class: "legend-entry".to_owned(), ..Group::default() });
            swatch(picture, entry, x, y);
            let letters = Letters { size: SIZE, weight: Weight::Regular, colour: INK };
            picture.words(ruler, entry.phrase(), x + SWATCH + 4.0, y + 14.0, letters);
            picture.end();
        }
    }
}

/// One entry of the legend as a picture of its own.
pub fn sign_picture(entry: Entry) -> Picture {
    let mut picture = Picture::new(52.0, 24.0, entry.phrase());
    swatch(&mut picture, entry, 5.0, 1.5);
    picture
}

/// Draws the shape or line of an entry.
pub(in crate::diagram) fn swatch(picture: &mut Picture, entry: Entry, x: f64, y: f64) {
    let rect = Rect { x: x + 4.0, y: y + 2.0, width: SWATCH - 12.0, height: ROW - 5.0 };
    match entry {
        Entry::Verdict(detail) => {
            shape::outline(picture, Figure::Fact, rect, verdict_style(detail).into());
            shape::glyph(picture, detail, rect.middle().x, rect.middle().y);
        }
        Entry::Settled(settled) => shape::lock(picture, settled, x + 15.0, y + 14.0),
        Entry::Degrees => {
            let degrees =
                Degrees { in_favour: 0.4, conflict: 0.2, ignorance: 0.15, against: 0.25, any_case: true, within: None };
            let mark = Mark { detail: Detail::Established, settled: None, degrees };
            shape::degrees(picture, mark, Point::new(rect.x, y + 7.0), rect.width);
        }
        Entry::Withheld => shape::withheld(picture, 0.6, rect.x, y + 7.0, rect.width),
        Entry::Figure(Figure::Junction) => {
            let dot = Rect::around(rect.middle(), 11.0, 11.0);
            shape::outline(picture, Figure::Junction, dot, shape::plain_paint(Figure::Junction));
        }
        Entry::Figure(Figure::Solution) => {
            let circle = Rect::around(rect.middle(), rect.height, rect.height);
            shape::outline(picture, Figure::Solution, circle, shape::plain_paint(Figure::Solution));
        }
        Entry::Figure(figure) => shape::outline(picture, figure, rect, shape::plain_paint(figure)),
        Entry::Sign(sign) => sample(picture, sign, edge_width(sign, Some(0.65)), x, y + ROW / 2.0),
        Entry::OneStep => {
            sample(picture, Sign::Supports, edge_width(Sign::Supports, Some(0.65)), x, y + ROW / 2.0);
            step_tag(
                picture,
                &Ruler::new(),
                0,
                Point::new(x + SWATCH - 26.0, y + ROW / 2.0),
                edge_style(Sign::Supports).colour,
            );
        }
        Entry::Assumed => {
            shape::outline(picture, Figure::Fact, rect, shape::plain_paint(Figure::Fact));
            shape::ground(picture, rect, shape::plain_paint(Figure::Fact));
        }
        Entry::Absent => {
            shape::outline(picture, Figure::OtherActor, rect, shape::absent_paint());
            shape::strike(picture, rect.x + 6.0, rect.middle().y, rect.width - 12.0);
        }
        Entry::Strength => {
            for (strength, down) in [(0.2, 5.0), (0.65, 10.5), (1.0, 16.5)] {
                sample(picture, Sign::Premise, edge_width(Sign::Supports, Some(strength)), x, y + down);
            }
        }
    }
}

/// Draws a short line with a sign.
fn sample(picture: &mut Picture, sign: Sign, width: f64, x: f64, y: f64) {
    let route = Route::through(vec![Point::new(x, y), Point::new(x + SWATCH - 6.0, y)]);
    let style = edge_style(sign);
    line(picture, &route, Look { style, colour: style.colour, width, sideways: true, headed: true });
}
