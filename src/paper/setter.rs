//! Pages while they are filled, from the top of the first downwards.

use crate::diagram::{Heading, Ink, Lead, Look, Measure, Paper, Part, Picture, Printed, PrintedMark, Role, Spot};
use crate::report::{Run, Target};

use super::lines::{Line, broken};

/// Left and right of the text, and above and below it.
const MARGIN: f64 = 72.0;
/// How far apart lines are, in sizes of their letters.
const LEADING: f64 = 1.36;

const INK: &str = "#15181c";
const SOFT: &str = "#4f5965";
const LINK: &str = "#1f4f8f";
const RULE: &str = "#cfd5db";

/// Fills pages.
pub(super) struct Setter {
    pub(super) printed: Printed,
    measure: Measure,
    /// How large everything is, 1 for the usual size.
    scale: f64,
    margin: f64,
    /// How far down the page is filled.
    y: f64,
}

/// Lines that are to be put somewhere.
pub(super) struct Text<'r> {
    runs: &'r [Run],
    lines: Vec<Line>,
    size: f64,
    bold: bool,
    /// The part of each run, once it was put on a page.
    links: Vec<Option<usize>>,
}

impl Text<'_> {
    fn step(&self) -> f64 {
        self.size * LEADING
    }
}

impl Setter {
    pub(super) fn new(title: &str, paper: Paper, scale: f64) -> Self {
        let (width, height) = paper.size();
        let printed = Printed { title: title.to_owned(), width, height, pages: vec![Vec::new()], ..Printed::default() };
        let margin = MARGIN * scale.powi(2);
        Self { printed, measure: Measure::default(), scale, margin, y: margin }
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
        if self.y > self.margin {
            self.y += self.scaled(length);
        }
    }

    /// Goes on to the next page if there is less room than this.
    pub(super) fn need(&mut self, height: f64) {
        if self.y + height > self.bottom() + 0.01 && self.y > self.margin {
            self.printed.pages.push(Vec::new());
            self.y = self.margin;
        }
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
        let lines = broken(&self.measure, runs, width, |run| look(run, size, bold));
        Text { runs, lines, size, bold, links: vec![None; runs.len()] }
    }

    /// Makes sure that the first lines of a text stay together, and so many lines of others behind them.
    pub(super) fn hold(&mut self, text: &Text<'_>, others: usize) {
        self.need((text.lines.len().min(2) + others) as f64 * text.step());
    }

    /// Puts a text here, line by line, over as many pages as that takes; its first lines stay together.
    pub(super) fn put(&mut self, mut text: Text<'_>, x: f64, part: usize) {
        self.hold(&text, 0);
        for at in 0..text.lines.len() {
            self.need(text.step());
            self.line(&mut text, at, x, part);
            self.y += text.step();
        }
    }

    /// Puts a sign left of the line that comes next.
    pub(super) fn sign(&mut self, sign: &str, x: f64, size: f64, part: usize) {
        let size = self.scaled(size);
        self.need(2.0 * size * LEADING);
        let look = Look { size, bold: false, colour: INK };
        let (x, y) = (self.margin + x, self.y + size);
        self.mark(Some(part), Ink::Words { text: format!("{sign} "), x, y, look });
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
            self.mark(Some(part), Ink::Words { text: words, x: left, y: baseline, look });
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
            let top = if page == from.page { from.y } else { self.margin };
            let end = if page == last { self.y } else { self.bottom() };
            let ink = Ink::Area { x: self.margin, y: top, width: 2.0, height: end - top, colour: RULE };
            self.printed.pages[page].push(PrintedMark { part: None, ink });
        }
    }

    /// A picture, made smaller until it fits into a page.
    pub(super) fn picture(&mut self, picture: &Picture) {
        const MOST_OF_A_PAGE: f64 = 0.86;
        let (width, height) = picture.size();
        let scale = (self.width() / width).min(self.height() * MOST_OF_A_PAGE / height).min(1.0);
        self.need(height * scale);
        let part = self.part(Role::Figure(picture.alternative()), None);
        let (x, y) = (self.margin + (self.width() - width * scale) / 2.0, self.y);
        self.mark(Some(part), Ink::Picture { picture: Box::new(picture.clone()), x, y, scale });
        self.y += height * scale;
    }

    fn mark(&mut self, part: Option<usize>, ink: Ink) {
        self.printed.pages.last_mut().expect("there is one").push(PrintedMark { part, ink });
    }

    /// The document, with the number of each page and the title under it.
    pub(super) fn finished(mut self) -> Printed {
        let all = self.printed.pages.len();
        let look = Look { size: self.scaled(11.0), bold: false, colour: SOFT };
        let y = self.printed.height - self.margin * 0.5;
        let title = Run { text: self.printed.title.clone(), ..Run::default() };
        let title = broken(&self.measure, &[title], self.width() * 0.8, |_| look);
        let title: String =
            title.first().into_iter().flat_map(|line| &line.pieces).map(|piece| piece.text.as_str()).collect();
        for (at, page) in self.printed.pages.iter_mut().enumerate() {
            let number = format!("{} / {all}", at + 1);
            let x = self.printed.width - self.margin - self.measure.width(&number, look);
            page.push(PrintedMark { part: None, ink: Ink::Words { text: number, x, y, look } });
            let ink = Ink::Words { text: title.clone(), x: self.margin, y, look };
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
    Look { size, bold: run.bold || bold, colour }
}

fn lead(target: &Target) -> Lead {
    match target {
        Target::Anchor(anchor) | Target::Source { anchor, .. } => Lead::Anchor(anchor.clone()),
        Target::Web(address) => Lead::Web(address.clone()),
    }
}
