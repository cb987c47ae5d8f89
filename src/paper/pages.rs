//! A report set in pages, for PDF. Marks of sources lead to the table of sources at its end.

use crate::diagram::{Illustrations, Paper, Picture, Printed, Role};
use crate::report::{Block, Flow, Indent, Place, Row, Run, Table};

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
    set(flow, pictures, paper, 1.0)
}

/// A report on one page, in letters that are as small as that takes; where the smallest are too large, on more pages.
pub fn one_page(flow: &Flow, paper: Paper) -> Printed {
    const SCALES: [f64; 5] = [1.0, 0.9, 0.82, 0.75, 0.68];
    let none = Illustrations::default();
    let on_one =
        SCALES.into_iter().map(|scale| set(flow, &none, paper, scale)).find(|printed| printed.pages.len() == 1);
    on_one.unwrap_or_else(|| set(flow, &none, paper, 0.82))
}

fn set(flow: &Flow, pictures: &Illustrations, paper: Paper, scale: f64) -> Printed {
    let mut press = Press { setter: Setter::new(&flow.title, paper, scale), pictures, list: None };
    press.heading(1, "", &[Run { text: flow.title.clone(), ..Run::default() }]);
    flow.blocks.iter().for_each(|block| press.block(block));
    press.setter.finished()
}

/// Sets a report, block by block.
struct Press<'a> {
    setter: Setter,
    pictures: &'a Illustrations,
    /// The list that is open.
    list: Option<usize>,
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
        let lines = self.setter.text(text, self.setter.width() - left, TEXT, false);
        let part = match indent {
            Indent::Item { sign, .. } => self.item(sign, left),
            Indent::None | Indent::Author(_) => self.setter.part(Role::Paragraph, None),
        };
        // What says whose words follow stays with them.
        let is_label = matches!(indent, Indent::Author(_)) && text.iter().all(|run| run.soft);
        self.setter.hold(&lines, if is_label { 2 } else { 0 });
        self.setter.anchor(anchor);
        let from = self.setter.spot();
        self.setter.put(lines, left, part);
        if matches!(indent, Indent::Author(_) | Indent::Item { of_author: true, .. }) {
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

    fn table(&mut self, table: &Table) {
        let part = self.setter.part(Role::Table, None);
        let padding = self.setter.scaled(3.5);
        self.setter.skip(4.0);
        // The head of a table is not the last on its page.
        self.setter.need(self.setter.scaled(CELL * 5.0));
        let from = self.setter.spot();
        self.setter.rule();
        let head = Row { anchor: String::new(), cells: table.head.clone() };
        self.row(table, &head, part, Role::ColumnHead, padding);
        for row in &table.rows {
            self.row(table, row, part, Role::Cell, padding);
        }
        if table.of_author {
            self.setter.bar(from);
        }
        self.setter.skip(10.0);
    }

    fn row(&mut self, table: &Table, row: &Row, within: usize, role: Role, padding: f64) {
        const GAP: f64 = 10.0;
        let part = self.setter.part(Role::Row, Some(within));
        let mut left = if table.of_author { self.setter.scaled(STEP) } else { 0.0 };
        let all = self.setter.width() - left;
        let mut cells = Vec::new();
        for (share, runs) in table.widths.iter().zip(&row.cells) {
            let width = all * share;
            let cell = self.setter.part(role.clone(), Some(part));
            let room = (width - self.setter.scaled(GAP)).max(self.setter.scaled(CELL * 2.0));
            cells.push((left, cell, self.setter.text(runs, room, CELL, role == Role::ColumnHead)));
            left += width;
        }
        // A row stays together where a page has room for it.
        let height = Setter::row_height(&cells, padding);
        if height <= self.setter.height() {
            self.setter.need(height);
        }
        self.setter.anchor(&row.anchor);
        self.setter.row(cells, padding);
    }

    fn figure(&mut self, place: Place) {
        if let Some(picture) = self.picture(place) {
            self.setter.skip(4.0);
            self.setter.picture(picture);
            self.setter.skip(10.0);
        }
    }

    fn picture(&self, place: Place) -> Option<&'a Picture> {
        match place {
            Place::Card => self.pictures.card.as_ref(),
            Place::Section(at) => self.pictures.sections.get(at)?.as_ref(),
        }
    }
}
