//! The page around a picture of time: title, what is shown, the legend, and what is not drawn.

use super::super::alternative::described;
use super::super::draw::{MARGIN, NOTE, SUBTITLE, SWATCH, TITLE, swatch};
use super::super::geometry::{Point, Rect};
use super::super::legend::Entry;
use super::super::picture::{Fill, Group, Letters, Path, Picture, Placed, Stroke};
use super::super::style::{FAINT, INK};
use super::super::svg::svg;
use super::super::text::{Ruler, Weight, clean};
use crate::escape;

/// A picture with what it leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct TimePicture {
    /// The picture.
    pub picture: Picture,
    /// What is not drawn, in sentences; they stand under the picture, too.
    pub left_out: Vec<String>,
}

/// A picture of time as a page for a browser, with nothing in it that runs.
pub fn time_page(drawn: &TimePicture) -> String {
    let title = escape::html(&clean(&drawn.picture.title));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n\
         <body>\n{}</body>\n</html>\n",
        svg(&drawn.picture)
    )
}

/// A sign that the legend explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// One that other pictures have as well.
    Common(Entry),
    /// An arrow at the end of a bar.
    OpenEnd,
    /// Bars with a line between them.
    Dates,
}

impl Sign {
    fn phrase(self) -> &'static str {
        match self {
            Self::Common(entry) => entry.phrase(),
            Self::OpenEnd => "open at that end",
            Self::Dates => "several dates, or one of them",
        }
    }

    fn swatch(self, picture: &mut Picture, x: f64, y: f64) {
        let ink = Stroke::new(FAINT, 1.3);
        let bar = |picture: &mut Picture, x: f64, width: f64| {
            picture.path(Path::rounded(Rect { x, y: y + 6.0, width, height: 9.0 }, 2.0), Fill::Plain("#ffffff"), ink);
        };
        match self {
            Self::Common(entry) => swatch(picture, entry, x, y),
            Self::OpenEnd => {
                bar(picture, x + 4.0, 22.0);
                arrow(picture, Point::new(x + 26.0, y + 10.5), 1.0, FAINT);
            }
            Self::Dates => {
                picture.path(Path::from(x + 4.0, y + 10.5).horizontal(x + 34.0), Fill::None, ink);
                bar(picture, x + 4.0, 10.0);
                bar(picture, x + 26.0, 8.0);
            }
        }
    }
}

/// How far the arrow of an open end reaches.
pub(super) const ARROW: f64 = 8.0;

/// The arrow of an open end: from the middle of its back on, forwards or, where that is -1, backwards.
pub(super) fn arrow(picture: &mut Picture, Point { x, y }: Point, forwards: f64, colour: &'static str) {
    let tip = Path::from(x, y - 5.5).line(x + forwards * ARROW, y).line(x, y + 5.5).closed();
    picture.path(tip, Fill::Plain(colour), None);
}

/// What goes on a page.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) subtitle: String,
    pub(super) legend: Vec<Sign>,
    pub(super) left_out: Vec<String>,
    /// The size of what is drawn between.
    pub(super) width: f64,
    pub(super) height: f64,
}

const ENTRY: Letters = Letters { size: 11.0, weight: Weight::Regular, colour: INK };
const ROW: f64 = 21.0;

impl Page<'_> {
    /// The page, with what `draw` draws in the middle.
    pub(super) fn drawn(self, ruler: &Ruler, draw: impl FnOnce(&mut Picture)) -> TimePicture {
        let broken = |text: &str, letters: Letters, most: usize| {
            ruler.broken(&clean(text), letters.size, letters.weight, self.width, most).lines
        };
        let (title, subtitle) = (broken(self.title, TITLE, 3), broken(&self.subtitle, SUBTITLE, 4));
        let notes: Vec<String> = self.left_out.iter().flat_map(|note| broken(note, NOTE, 6)).collect();
        let head = MARGIN + 25.0 * title.len() as f64 + 16.0 * subtitle.len() as f64 + 14.0;
        let foot = head + self.height + 22.0;
        let places = self.legend_places(ruler);
        let legend = places.last().map_or(0.0, |(_, _, y)| y + ROW);
        let notes_at = foot + legend + if notes.is_empty() { 0.0 } else { 20.0 };
        let height = notes_at + 15.0 * notes.len() as f64 + MARGIN;
        let mut picture = Picture::new(self.width + 2.0 * MARGIN, height, &clean(self.title));
        let sentences = [&self.subtitle].into_iter().chain(&self.left_out).map(|words| clean(words));
        picture.description = Some(described(sentences));
        let lines = |picture: &mut Picture, lines: &[String], y: f64, step: f64, letters| {
            for (at, line) in lines.iter().enumerate() {
                picture.words(ruler, line, MARGIN, y + step * at as f64, letters);
            }
        };
        for (at, line) in title.iter().enumerate() {
            let indent = ruler.indent(line, self.title, TITLE.size, TITLE.weight, self.width);
            picture.words(ruler, line, MARGIN + indent, MARGIN + 20.0 + 25.0 * at as f64, TITLE);
        }
        lines(&mut picture, &subtitle, MARGIN + 25.0 * title.len() as f64 + 13.0, 16.0, SUBTITLE);
        picture.begin(placed("scene", head));
        draw(&mut picture);
        picture.end();
        picture.begin(placed("legend", foot));
        for (sign, x, y) in places {
            picture.begin(Group { class: "legend-entry".to_owned(), ..Group::default() });
            sign.swatch(&mut picture, x, y);
            picture.words(ruler, sign.phrase(), x + SWATCH + 4.0, y + 14.0, ENTRY);
            picture.end();
        }
        picture.end();
        lines(&mut picture, &notes, notes_at, 15.0, NOTE);
        TimePicture { picture, left_out: self.left_out }
    }

    /// The entries of the legend in rows, as many in each as fit.
    fn legend_places(&self, ruler: &Ruler) -> Vec<(Sign, f64, f64)> {
        let (mut x, mut y) = (0.0, 0.0);
        let place = |&sign: &Sign| {
            let width = SWATCH + ruler.width(sign.phrase(), ENTRY.size, ENTRY.weight) + 30.0;
            if x > 0.0 && x + width > self.width {
                (x, y) = (0.0, y + ROW);
            }
            x += width;
            (sign, x - width, y)
        };
        self.legend.iter().map(place).collect()
    }
}

fn placed(class: &str, y: f64) -> Group {
    Group { class: class.to_owned(), placed: Some(Placed::Moved(Point::new(MARGIN, y))), ..Group::default() }
}
