//! The legend under the picture, with the very shapes and lines that it explains.

use crate::verdict::Degrees;

use super::super::geometry::{Point, Rect};
use super::super::layout::Route;
use super::super::legend::{Entry, legend};
use super::super::scene::{Figure, Mark, Scene, Sign};
use super::super::style::{INK, edge_style, edge_width, verdict_style};
use super::super::text::{Ruler, Weight};
use super::edge::{Stroke, edge};
use super::markup::Markup;
use super::{Drawing, shape};

/// The legend with its places.
pub(super) struct Legend {
    headings: Vec<(&'static str, f64, f64)>,
    entries: Vec<(Entry, f64, f64)>,
    /// Its height.
    pub(super) height: f64,
}

const SWATCH: f64 = 44.0;
const ROW: f64 = 21.0;
const GAP: f64 = 26.0;
const SIZE: f64 = 11.0;
/// Columns are not broken below this number of entries.
const LEAST: usize = 5;

impl Legend {
    /// Columns under a heading each, as many side by side as the page is wide.
    pub(super) fn new(ruler: &Ruler, scene: &Scene, page: f64) -> Self {
        let widest = |entries: &[Entry]| {
            let widths = entries.iter().map(|entry| ruler.width(entry.phrase(), SIZE, Weight::Regular));
            widths.fold(0.0, f64::max) + SWATCH + 8.0
        };
        let columns = legend(scene);
        let width = |longest: usize| -> f64 {
            columns.iter().flat_map(|(_, entries)| entries.chunks(longest)).map(|column| widest(column) + GAP).sum()
        };
        // As low as it can be with all columns side by side; where they cannot be, as high as the longest.
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

    pub(super) fn draw(&self, markup: &mut Markup, drawing: &Drawing<'_>) {
        for &(heading, x, y) in &self.headings {
            drawing.words(markup, heading, x, y, 12.0, Weight::Bold, INK);
        }
        for &(entry, x, y) in &self.entries {
            markup.begin("g", &[("class", "legend-entry")]);
            swatch(markup, &drawing.prefix, entry, x, y);
            drawing.words(markup, entry.phrase(), x + SWATCH + 4.0, y + 14.0, SIZE, Weight::Regular, INK);
            markup.end();
        }
    }
}

/// The shape or line of an entry.
pub(super) fn swatch(markup: &mut Markup, prefix: &str, entry: Entry, x: f64, y: f64) {
    let rect = Rect { x: x + 4.0, y: y + 2.0, width: SWATCH - 12.0, height: ROW - 5.0 };
    match entry {
        Entry::Verdict(detail) => {
            shape::outline(markup, Figure::Fact, rect, verdict_style(detail).into());
            shape::glyph(markup, detail, rect.middle().x, rect.middle().y);
        }
        Entry::Settled(settled) => shape::lock(markup, settled, x + 15.0, y + 14.0),
        Entry::Degrees => {
            let degrees =
                Degrees { in_favour: 0.4, conflict: 0.2, ignorance: 0.15, against: 0.25, any_case: true, within: None };
            let mark = Mark { detail: crate::verdict::Detail::Established, settled: None, degrees };
            shape::degrees(markup, prefix, mark, Point::new(rect.x, y + 7.0), rect.width);
        }
        Entry::Withheld => shape::withheld(markup, 0.6, rect.x, y + 7.0, rect.width),
        Entry::Figure(Figure::Junction) => {
            let dot = Rect::around(rect.middle(), 11.0, 11.0);
            shape::outline(markup, Figure::Junction, dot, shape::plain_paint(Figure::Junction));
        }
        Entry::Figure(figure) => shape::outline(markup, figure, rect, shape::plain_paint(figure)),
        Entry::Sign(sign) => line(markup, sign, edge_width(sign, Some(0.65)), x, y + ROW / 2.0),
        Entry::Strength => {
            line(markup, Sign::Premise, edge_width(Sign::Supports, Some(0.2)), x, y + 5.0);
            line(markup, Sign::Premise, edge_width(Sign::Supports, Some(0.65)), x, y + 10.5);
            line(markup, Sign::Premise, edge_width(Sign::Supports, Some(1.0)), x, y + 16.5);
        }
    }
}

fn line(markup: &mut Markup, sign: Sign, width: f64, x: f64, y: f64) {
    let points = vec![Point::new(x, y), Point::new(x + SWATCH - 6.0, y)];
    let route = Route { points, label: None, across: false, arch: false, spline: false };
    let style = edge_style(sign);
    edge(markup, &route, Stroke { style, colour: style.colour, width, sideways: true, headed: true });
}
