//! The page around a picture of time: title, what is shown, the legend, and what is not drawn.

use super::super::draw::{MARGIN, NOTE, SUBTITLE, SWATCH, TITLE, swatch};
use super::super::legend::Entry;
use super::super::picture::{Group, Letters, Picture, Placed};
use super::super::style::INK;
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

/// What goes on a page.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) subtitle: String,
    pub(super) legend: Vec<Entry>,
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
        picture.description = Some(clean(&self.subtitle));
        let lines = |picture: &mut Picture, lines: &[String], y: f64, step: f64, letters| {
            for (at, line) in lines.iter().enumerate() {
                picture.words(ruler, line, MARGIN, y + step * at as f64, letters);
            }
        };
        lines(&mut picture, &title, MARGIN + 20.0, 25.0, TITLE);
        lines(&mut picture, &subtitle, MARGIN + 25.0 * title.len() as f64 + 13.0, 16.0, SUBTITLE);
        picture.begin(placed("scene", head));
        draw(&mut picture);
        picture.end();
        picture.begin(placed("legend", foot));
        for (entry, x, y) in places {
            picture.begin(Group { class: "legend-entry".to_owned(), ..Group::default() });
            swatch(&mut picture, entry, x, y);
            picture.words(ruler, entry.phrase(), x + SWATCH + 4.0, y + 14.0, ENTRY);
            picture.end();
        }
        picture.end();
        lines(&mut picture, &notes, notes_at, 15.0, NOTE);
        TimePicture { picture, left_out: self.left_out }
    }

    /// The entries of the legend in rows, as many in each as fit.
    fn legend_places(&self, ruler: &Ruler) -> Vec<(Entry, f64, f64)> {
        let (mut x, mut y) = (0.0, 0.0);
        let place = |&entry: &Entry| {
            let width = SWATCH + ruler.width(entry.phrase(), ENTRY.size, ENTRY.weight) + 30.0;
            if x > 0.0 && x + width > self.width {
                (x, y) = (0.0, y + ROW);
            }
            x += width;
            (entry, x - width, y)
        };
        self.legend.iter().map(place).collect()
    }
}

fn placed(class: &str, y: f64) -> Group {
    use super::super::geometry::Point;
    Group { class: class.to_owned(), placed: Some(Placed::Moved(Point::new(MARGIN, y))), ..Group::default() }
}
