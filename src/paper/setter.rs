//! Pages while they are filled, from the top of the first downwards.

use std::collections::VecDeque;

use crate::diagram::{
    Heading, Ink, Lead, Look, Measure, Paper, Part, Picture, Printed, PrintedMark, Reading, Role, Spot,
};
use crate::report::{Run, Target};

use super::lines::{Line, broken};

/// Left and right of the text, and above and below it.
const MARGIN: f64 = 72.0;
/// How far apart lines are, in sizes of their letters.
const LEADING: f64 = 1.36;
/// Below a picture.
const AROUND: f64 = 14.0;

const INK: &str = "#15181c";
const SOFT: &str = "#4f5965";
const LINK: &str = "#1f4f8f";
const RULE: &str = "#cfd5db";
/// Behind code.
const CODE: &str = "#f1eee6";

/// Fills pages.
pub(super) struct Setter<'a> {
    pub(super) printed: Printed,
    pub(super) measure: &'a Measure,
    /// How large everything is, 1 for the usual size.
    scale: f64,
    margin: f64,
    /// How far down the page is filled.
    y: f64,
    /// Where the text of each page begins, below the pictures that have moved there.
    tops: Vec<f64>,
    /// Where the page would begin without such pictures, and where it does, below what is repeated.
    floor: f64,
    start: f64,
    /// Pictures that had no room where they belong: the next pages begin with them.
    waiting: VecDeque<&'a Picture>,
    /// What stands at the top of every page as long as a table goes on.
    head: Option<Head>,
}

/// The head of a table, as it is repeated.
struct Head {
    marks: Vec<PrintedMark>,
    top: f64,
    height: f64,
}

/// Lines that are to be put somewhere.
pub(super) struct Text<'r> {
    runs: &'r [Run],
    lines: Vec<Line>,
    size: f64,
    bold: bool,
    reading: Reading,
    /// The part of each run, once it was put on a page.
    links: Vec<Option<usize>>,
}

impl Text<'_> {
    fn step(&self) -> f64 {
        self.size * LEADING
    }

    /// How many lines it has.
    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn reading(&self) -> Reading {
        self.reading
    }
}

impl<'a> Setter<'a> {
    pub(super) fn new(title: &str, measure: &'a Measure, paper: Paper, scale: f64) -> Self {
        let (width, height) = paper.size();
        let (title, letters) = (title.to_owned(), measure.letters.clone());
        let printed = Printed { title, width, height, letters, pages: vec![Vec::new()], ..Printed::default() };
        let margin = MARGIN * scale.powi(2);
        let (floor, start, waiting) = (margin, margin, VecDeque::new());
        Self { printed, measure, scale, margin, y: margin, tops: vec![margin], floor, start, waiting, head: None }
    }

    /// The width of the text.
    pub(super) fn width(&self) -> f64 {
        self.printed.width - 2.0 * self.margin
    }

    /// The height of the text.
    pub(super) fn height(&self) -> f64 {
        self.bottom() - self.margin
    }

    fn bottom(&self) -> f64 {
        self.printed.height - self.margin
    }

    /// A length at the usual size.
    pub(super) fn scaled(&self, length: f64) -> f64 {
        length * self.scale
    }

    /// Leaves some room, but not at the top of a page.
    pub(super) fn skip(&mut self, length: f64) {
        if self.y > self.start {
            self.y += self.scaled(length);
        }
    }

    /// Goes on to the next page if there is less room than this; where pictures have taken that, to the one behind it.
    pub(super) fn need(&mut self, height: f64) {
        while self.y + height > self.bottom() + 0.01 && self.y > self.floor {
            self.turn();
        }
    }

    /// The next page, with the pictures that wait for it, and the head of the table that goes on.
    fn turn(&mut self) {
        self.printed.pages.push(Vec::new());
        self.y = self.margin;
        self.floor = self.margin + self.head.as_ref().map_or(0.0, |head| head.height);
        while let Some(picture) = self.waiting.front().copied() {
            let scale = self.largest(picture);
            let is_first = self.y == self.margin;
            if !is_first && self.y + picture.size().1 * scale > self.bottom() {
                break;
            }
            self.waiting.pop_front();
            self.place(picture, scale);
            self.y += self.scaled(AROUND);
        }
        self.tops.push(self.y);
        self.repeat();
        self.start = self.y;
    }

    /// The head of the table once more: it is no part of the structure, in which it stands already.
    fn repeat(&mut self) {
        let Some(head) = self.head.take() else { return };
        self.rule();
        for mark in &head.marks {
            let ink = moved(mark.ink.clone(), self.y - head.top);
            self.printed.pages.last_mut().expect("there is one").push(PrintedMark { part: None, ink });
        }
        self.y += head.height;
        self.head = Some(head);
    }

    /// Repeats what was put on this page from there on at the top of the next ones, unless that takes much of them.
    pub(super) fn begin_head(&mut self, from: (Spot, usize)) {
        const MOST_OF_A_PAGE: f64 = 0.25;
        let (spot, mark) = from;
        let height = self.y - spot.y;
        if spot.page + 1 == self.printed.pages.len() && height <= self.height() * MOST_OF_A_PAGE {
            let marks = self.printed.pages[spot.page][mark..].to_vec();
            self.head = Some(Head { marks, top: spot.y, height });
        }
    }

    pub(super) fn end_head(&mut self) {
        self.head = None;
    }

    /// The height of what is repeated.
    pub(super) fn head_height(&self) -> f64 {
        self.head.as_ref().map_or(0.0, |head| head.height)
    }

    /// Here, and how many marks are on the page.
    pub(super) fn mark_spot(&self) -> (Spot, usize) {
        (self.spot(), self.printed.pages.last().map_or(0, Vec::len))
    }

    pub(super) fn spot(&self) -> Spot {
        Spot { page: self.printed.pages.len() - 1, y: self.y }
    }

    /// Makes links to an anchor lead here.
    pub(super) fn anchor(&mut self, anchor: &str) {
        if !anchor.is_empty() {
            let spot = self.spot();
            self.printed.anchors.entry(anchor.to_owned()).or_insert(spot);
        }
    }

    pub(super) fn head(&mut self, level: u8, text: String) {
        let at = self.spot();
        self.printed.outline.push(Heading { level, text, at });
    }

    /// A new part of the structure.
    pub(super) fn part(&mut self, role: Role, within: Option<usize>) -> usize {
        self.printed.parts.push(Part { role, within });
        self.printed.parts.len() - 1
    }

    pub(super) fn text<'r>(&self, runs: &'r [Run], width: f64, size: f64, bold: bool) -> Text<'r> {
        let size = self.scaled(size);
        let lines = broken(self.measure, runs, width, |run| look(run, size, bold));
        Text { runs, lines, size, bold, reading: Reading::Rightwards, links: vec![None; runs.len()] }
    }

    /// Words of the author, which may be read from right to left: then they begin at the right.
    pub(super) fn own_text<'r>(&self, runs: &'r [Run], width: f64, size: f64, bold: bool) -> Text<'r> {
        let mut text = self.text(runs, width, size, bold);
        text.reading = Reading::of(&runs.iter().map(|run| run.text.as_str()).collect::<String>());
        if text.reading == Reading::Leftwards {
            let pieces = text.lines.iter_mut().flat_map(|line| &mut line.pieces);
            pieces.for_each(|piece| piece.x = width - piece.x - piece.width);
        }
        text
    }

    /// Makes sure that the first lines of a text stay together, and so many lines of others behind them.
    pub(super) fn hold(&mut self, text: &Text<'_>, others: usize) {
        self.need((text.lines.len().min(2) + others) as f64 * text.step());
    }

    /// Puts a text here, line by line, over as many pages as that takes; its first lines stay together.
    pub(super) fn put(&mut self, mut text: Text<'_>, x: f64, part: usize) {
        self.hold(&text, 0);
        let all = text.lines.len();
        for at in 0..all {
            // The last line does not stand alone on a page either.
            self.need(if at + 2 == all && at > 0 { 2.0 } else { 1.0 } * text.step());
            self.line(&mut text, at, x, part);
            self.y += text.step();
        }
    }

    /// Puts a sign left of the line that comes next.
    pub(super) fn sign(&mut self, sign: &str, x: f64, size: f64, part: usize) {
        let size = self.scaled(size);
        self.need(2.0 * size * LEADING);
        let look = Look { size, bold: false, italic: false, colour: INK };
        let (x, y) = (self.margin + x, self.y + size);
        self.mark(Some(part), Ink::Words { text: format!("{sign} "), x, y, look, reading: Reading::Rightwards });
    }

    fn line(&mut self, text: &mut Text<'_>, at: usize, x: f64, part: usize) {
        let is_last = at + 1 == text.lines.len();
        let line = text.lines[at].clone();
        let count = line.pieces.len();
        for (index, piece) in line.pieces.into_iter().enumerate() {
            let run = &text.runs[piece.run];
            let look = look(run, text.size, text.bold);
            let (left, baseline) = (self.margin + x + piece.x, self.y + text.size);
            let lead = run.target.as_ref().map(lead);
            let part = match &lead {
                None => part,
                Some(_) => *text.links[piece.run].get_or_insert_with(|| {
                    self.printed.parts.push(Part { role: Role::Link, within: Some(part) });
                    self.printed.parts.len() - 1
                }),
            };
            // The end of a line is no end of a word: who reads it aloud or copies it needs the space.
            let space = if index + 1 == count && !is_last { " " } else { "" };
            let words = format!("{}{space}", piece.text);
            if run.code {
                let (y, height) = (self.y + text.size * 0.1, text.size * 1.2);
                self.mark(None, Ink::Area { x: left - 1.0, y, width: piece.width + 2.0, height, colour: CODE });
            }
            // Read from right to left, the space behind a word stands left of it.
            let behind = match text.reading {
                Reading::Rightwards => 0.0,
                Reading::Leftwards => self.measure.width(&words, look) - piece.width,
            };
            let (x, reading) = (left - behind, text.reading);
            self.mark(Some(part), Ink::Words { text: words, x, y: baseline, look, reading });
            if let Some(to) = lead {
                let words = run.text.clone();
                let (y, width, height) = (self.y, piece.width, text.size * LEADING);
                self.mark(Some(part), Ink::Link { x: left, y, width, height, words, to });
            }
        }
    }

    /// A row of cells side by side, each with its left edge, its part, and its text.
    pub(super) fn row(&mut self, mut cells: Vec<(f64, usize, Text<'_>)>, padding: f64) {
        let lines = cells.iter().map(|(_, _, text)| text.lines.len()).max().unwrap_or_default();
        let step = cells.iter().map(|(_, _, text)| text.step()).fold(0.0, f64::max);
        self.y += padding;
        for at in 0..lines {
            self.need(step);
            for (x, part, text) in &mut cells {
                if at < text.lines.len() {
                    self.line(text, at, *x, *part);
                }
            }
            self.y += step;
        }
        self.y += padding;
        self.rule();
    }

    /// The height of a row.
    pub(super) fn row_height(cells: &[(f64, usize, Text<'_>)], padding: f64) -> f64 {
        cells.iter().map(|(_, _, text)| text.lines.len() as f64 * text.step()).fold(0.0, f64::max) + 2.0 * padding
    }

    /// A thin line across the text.
    pub(super) fn rule(&mut self) {
        let (x, y, width) = (self.margin, self.y, self.width());
        self.mark(None, Ink::Area { x, y, width, height: 0.8, colour: RULE });
    }

    /// A line left of words of the author, from there to here on every page.
    pub(super) fn bar(&mut self, from: Spot) {
        let last = self.printed.pages.len() - 1;
        for page in from.page..=last {
            let top = if page == from.page { from.y } else { self.tops[page] };
            let end = if page == last { self.y } else { self.bottom() };
            let ink = Ink::Area { x: self.margin, y: top, width: 2.0, height: end - top, colour: RULE };
            self.printed.pages[page].push(PrintedMark { part: None, ink });
        }
    }

    /// A picture: here, a little smaller where that is what it takes, or else at the top of the next page, so that no page stays
    /// half empty for it.
    pub(super) fn picture(&mut self, picture: &'a Picture) {
        const SMALLEST: f64 = 0.8;
        let (scale, height) = (self.largest(picture), picture.size().1);
        let room = self.bottom() - self.y - self.scaled(AROUND);
        if !self.waiting.is_empty() || room < height * scale * SMALLEST {
            self.waiting.push_back(picture);
            return;
        }
        self.skip(4.0);
        self.place(picture, scale.min(room / height));
        self.skip(AROUND);
    }

    /// How large a picture is at most: as wide as the text, and not much of it takes a page.
    fn largest(&self, picture: &Picture) -> f64 {
        const MOST_OF_A_PAGE: f64 = 0.86;
        let (width, height) = picture.size();
        (self.width() / width).min(self.height() * MOST_OF_A_PAGE / height).min(1.0)
    }

    fn place(&mut self, picture: &'a Picture, scale: f64) {
        let (width, height) = picture.size();
        let part = self.part(Role::Figure(picture.alternative()), None);
        let (x, y) = (self.margin + (self.width() - width * scale) / 2.0, self.y);
        self.mark(Some(part), Ink::Picture { picture: Box::new(picture.clone()), x, y, scale });
        self.y += height * scale;
    }

    /// Puts the pictures that still wait behind the text.
    pub(super) fn flush(&mut self) {
        while !self.waiting.is_empty() {
            self.turn();
        }
    }

    fn mark(&mut self, part: Option<usize>, ink: Ink) {
        self.printed.pages.last_mut().expect("there is one").push(PrintedMark { part, ink });
    }

    /// The document, with the number of each page and the title under it.
    pub(super) fn finished(mut self) -> Printed {
        self.flush();
        let all = self.printed.pages.len();
        let (look, reading) =
            (Look { size: self.scaled(11.0), bold: false, italic: false, colour: SOFT }, Reading::Rightwards);
        let y = self.printed.height - self.margin * 0.5;
        let title = Run { text: self.printed.title.clone(), ..Run::default() };
        let title = broken(self.measure, &[title], self.width() * 0.8, |_| look);
        let title: String =
            title.first().into_iter().flat_map(|line| &line.pieces).map(|piece| piece.text.as_str()).collect();
        for (at, page) in self.printed.pages.iter_mut().enumerate() {
            let number = format!("{} / {all}", at + 1);
            let x = self.printed.width - self.margin - self.measure.width(&number, look);
            page.push(PrintedMark { part: None, ink: Ink::Words { text: number, x, y, look, reading } });
            let ink = Ink::Words { text: title.clone(), x: self.margin, y, look, reading };
            page.push(PrintedMark { part: None, ink });
        }
        self.printed
    }
}

fn look(run: &Run, size: f64, bold: bool) -> Look {
    let colour = match (&run.target, run.soft) {
        (Some(_), _) => LINK,
        (None, true) => SOFT,
        (None, false) => INK,
    };
    Look { size, bold: run.bold || bold, italic: run.italic, colour }
}

/// The same so far further down.
fn moved(ink: Ink, by: f64) -> Ink {
    match ink {
        Ink::Words { text, x, y, look, reading } => Ink::Words { text, x, y: y + by, look, reading },
        Ink::Picture { picture, x, y, scale } => Ink::Picture { picture, x, y: y + by, scale },
        Ink::Area { x, y, width, height, colour } => Ink::Area { x, y: y + by, width, height, colour },
        Ink::Link { x, y, width, height, words, to } => Ink::Link { x, y: y + by, width, height, words, to },
    }
}

fn lead(target: &Target) -> Lead {
    match target {
        Target::Anchor(anchor) | Target::Source { anchor, .. } => Lead::Anchor(anchor.clone()),
        Target::Web(address) => Lead::Web(address.clone()),
    }
}
