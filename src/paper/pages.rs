//! A report set in pages, for PDF. Marks of sources lead to the table of sources at its end.

use crate::diagram::{Illustrations, Look, Measure, Note, Paper, Picture, Printed, Reading, Role};
use crate::report::{Block, Flow, Indent, Place, Row, Run, Table, no_more_pictures};

use super::columns::{Fitted, GAP, fitted};
use super::setter::Setter;

/// Sizes of letters.
const TITLE: f64 = 27.0;
const SECTION: f64 = 19.0;
const ENTRY: f64 = 15.0;
const TEXT: f64 = 13.6;
const CELL: f64 = 12.2;
/// Left of words of the author, and of each level of a list.
const STEP: f64 = 16.0;

/// A report with its pictures, in pages of a size.
///
/// Cost: linear in the report.
pub fn pages(flow: &Flow, pictures: &Illustrations, paper: Paper) -> Printed {
    set(flow, pictures, &measure(flow, pictures), paper, 1.0)
}

/// A report on one page, in letters that are as small as that takes; where the smallest are too large, on more pages.
pub fn one_page(flow: &Flow, paper: Paper) -> Printed {
    const SCALES: [f64; 5] = [1.0, 0.9, 0.82, 0.75, 0.68];
    let none = Illustrations::default();
    let measure = measure(flow, &none);
    let set = |scale: f64| set(flow, &none, &measure, paper, scale);
    let on_one = SCALES.into_iter().map(set).find(|printed| printed.pages.len() == 1);
    on_one.unwrap_or_else(|| set(0.82))
}

/// What measures the words of a report and of its pictures.
fn measure(flow: &Flow, pictures: &Illustrations) -> Measure {
    Measure::for_texts(flow.texts().chain(pictures.pictures().flat_map(Picture::texts)))
}

fn set(flow: &Flow, pictures: &Illustrations, measure: &Measure, paper: Paper, scale: f64) -> Printed {
    let mut press =
        Press { setter: Setter::new(&flow.title, measure, paper, scale), pictures, list: None, is_before_table: false };
    press.heading(1, "", &[Run { text: flow.title.clone(), ..Run::default() }]);
    if let boxes @ 1.. = measure.letters.without_shape.len() {
        let note = Run { text: Note::boxes(boxes).words, soft: true, ..Run::default() };
        press.paragraph(&Indent::None, "", &[note]);
    }
    for (at, block) in flow.blocks.iter().enumerate() {
        // A heading stays with the one below it, as both do with the text below.
        if let [Block::Heading { .. }, Block::Heading { .. }, ..] = flow.blocks[at..] {
            press.setter.need(press.setter.scaled(26.0 + (SECTION + ENTRY) * 1.4 + 22.0 + TEXT * 4.5));
        }
        press.is_before_table = matches!(flow.blocks[at..], [_, Block::Table(_), ..]);
        press.block(block);
    }
    press.setter.finished()
}

/// Sets a report, block by block.
struct Press<'a> {
    setter: Setter<'a>,
    pictures: &'a Illustrations,
    /// The list that is open.
    list: Option<usize>,
    /// Whether a table comes next.
    is_before_table: bool,
}

impl<'a> Press<'a> {
    fn block(&mut self, block: &Block) {
        if !matches!(block, Block::Paragraph { indent: Indent::Item { .. }, .. }) {
            self.list = None;
        }
        match block {
            Block::Heading { level, anchor, text } => self.heading(*level, anchor, text),
            Block::Paragraph { indent, anchor, text } => self.paragraph(indent, anchor, text),
            Block::Table(table) => self.table(table),
            Block::Figure(place) => self.figure(*place),
        }
    }

    fn heading(&mut self, level: u8, anchor: &str, text: &[Run]) {
        let (size, before, after) = match level {
            1 => (TITLE, 0.0, 10.0),
            2 => (SECTION, 26.0, 8.0),
            _ => (ENTRY, 14.0, 3.0),
        };
        self.setter.skip(before);
        let lines = self.setter.text(text, self.setter.width(), size, true);
        // A heading is not the last on its page.
        self.setter.need(self.setter.scaled(size * 1.4 + TEXT * 4.5));
        self.setter.anchor(anchor);
        let words: String = text.iter().map(|run| run.text.as_str()).collect();
        if level > 1 {
            self.setter.head(level, words.clone());
        }
        let part = self.setter.part(Role::Heading(level, words), None);
        self.setter.put(lines, 0.0, part);
        self.setter.skip(after);
    }

    fn paragraph(&mut self, indent: &Indent, anchor: &str, text: &[Run]) {
        let left = match indent {
            Indent::None => 0.0,
            Indent::Author(level) => STEP * (1 + level) as f64,
            Indent::Item { of_author, depth, .. } => STEP * (depth + usize::from(*of_author)) as f64,
        };
        let left = self.setter.scaled(left.min(STEP * 8.0));
        let width = self.setter.width() - left;
        let is_of_author = matches!(indent, Indent::Author(_) | Indent::Item { of_author: true, .. });
        let lines = match is_of_author {
            true => self.setter.own_text(text, width, TEXT, false),
            false => self.setter.text(text, width, TEXT, false),
        };
        let is_leftwards = lines.reading() == Reading::Leftwards;
        let part = match indent {
            Indent::Item { sign, .. } if is_leftwards => self.item(sign, width + left),
            Indent::Item { sign, .. } => self.item(sign, left),
            Indent::None | Indent::Author(_) => self.setter.part(Role::Paragraph, None),
        };
        // What is read from right to left is set in from the right.
        let left = if is_leftwards { self.setter.scaled(STEP / 2.0).min(left) } else { left };
        // What says whose words follow stays with them, and what announces a table with its first rows.
        let is_label = matches!(indent, Indent::Author(_)) && text.iter().all(|run| run.soft);
        let is_announcing = self.is_before_table && lines.count() <= 3;
        self.setter.hold(
            &lines,
            if is_announcing {
                6
            } else if is_label {
                2
            } else {
                0
            },
        );
        self.setter.anchor(anchor);
        let from = self.setter.spot();
        self.setter.put(lines, left, part);
        if is_of_author {
            self.setter.bar(from);
        }
        self.setter.skip(if matches!(indent, Indent::Item { .. }) { 3.0 } else { 7.0 });
    }

    /// An item of a list, which is begun where none is open.
    fn item(&mut self, sign: &str, left: f64) -> usize {
        let list = match self.list {
            Some(list) => list,
            None => self.setter.part(Role::List, None),
        };
        self.list = Some(list);
        let item = self.setter.part(Role::Item, Some(list));
        self.setter.sign(sign, left - self.setter.scaled(STEP) + 2.0, TEXT, item);
        item
    }

    /// A table; one of the author's that is too wide as what an editor would make of it.
    fn table(&mut self, table: &Table) {
        let setter = &self.setter;
        let look = Look { size: setter.scaled(CELL), bold: true, italic: false, colour: "#000000" };
        let width = setter.width() - setter.scaled(STEP);
        let parts = fitted(table, width, |word| setter.measure.width(word, look));
        for Fitted { table, scale, label } in &parts {
            if let Some(text) = label {
                let label = Run { text: text.clone(), soft: true, ..Run::default() };
                self.paragraph(&Indent::Author(0), "", &[label]);
            }
            self.one_table(table, CELL * scale);
        }
    }

    fn one_table(&mut self, table: &Table, size: f64) {
        let part = self.setter.part(Role::Table, None);
        let padding = self.setter.scaled(3.5);
        self.setter.skip(4.0);
        // The head of a table is not the last on its page.
        self.setter.need(self.setter.scaled(CELL * 5.0));
        let from = self.setter.spot();
        self.setter.rule();
        let head = Row { anchor: String::new(), cells: table.head.clone() };
        let begun = self.setter.mark_spot();
        self.row(table, &head, part, (Role::ColumnHead, size), padding);
        self.setter.begin_head(begun);
        for row in &table.rows {
            self.row(table, row, part, (Role::Cell, size), padding);
        }
        self.setter.end_head();
        if table.of_author {
            self.setter.bar(from);
        }
        self.setter.skip(10.0);
    }

    fn row(&mut self, table: &Table, row: &Row, within: usize, (role, size): (Role, f64), padding: f64) {
        let part = self.setter.part(Role::Row, Some(within));
        let mut left = if table.of_author { self.setter.scaled(STEP) } else { 0.0 };
        let all = self.setter.width() - left;
        let mut cells = Vec::new();
        for (share, runs) in table.widths.iter().zip(&row.cells) {
            let width = all * share;
            let cell = self.setter.part(role.clone(), Some(part));
            let room = (width - self.setter.scaled(GAP * size / CELL)).max(self.setter.scaled(size * 2.0));
            let is_head = role == Role::ColumnHead;
            let text = match table.of_author {
                true => self.setter.own_text(runs, room, size, is_head),
                false => self.setter.text(runs, room, size, is_head),
            };
            cells.push((left, cell, text));
            left += width;
        }
        // A row stays together where a page has room for it.
        let height = Setter::row_height(&cells, padding);
        if height <= self.setter.height() - self.setter.head_height() {
            self.setter.need(height);
        }
        self.setter.anchor(&row.anchor);
        self.setter.row(cells, padding);
    }

    fn figure(&mut self, place: Place) {
        if let Some(picture) = self.picture(place) {
            self.setter.picture(picture);
        }
        if matches!(place, Place::Section(at) if self.pictures.end_before(at)) {
            let note = Run { text: no_more_pictures(self.pictures.sections.len()), soft: true, ..Run::default() };
            self.paragraph(&Indent::None, "", &[note]);
        }
    }

    fn picture(&self, place: Place) -> Option<&'a Picture> {
        match place {
            Place::Card => self.pictures.card.as_ref(),
            Place::Section(at) => self.pictures.sections.get(at)?.as_ref(),
        }
    }
}
