//! What a report is made of where it is set on pages.

use std::collections::BTreeMap;

use crate::escape::visible;

/// A report, block after block.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flow {
    /// The title.
    pub title: String,
    /// The report without its title.
    pub blocks: Vec<Block>,
    /// What a note on each source says, by its number.
    pub sources: BTreeMap<u64, Vec<Run>>,
}

/// A part of a report that begins on a line of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading of level 2 or 3; the title has level 1.
    Heading {
        /// Its level.
        level: u8,
        /// What links to it lead to; empty for none.
        anchor: String,
        /// Its words.
        text: Vec<Run>,
    },
    /// A paragraph.
    Paragraph {
        /// How far it is set in.
        indent: Indent,
        /// What links to it lead to; empty for none.
        anchor: String,
        /// Its words.
        text: Vec<Run>,
    },
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Place),
}

/// How far a paragraph is set in, and what stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Indent {
    /// Not at all.
    None,
    /// Words of the author, so many levels within others.
    Author(usize),
    /// An item of a list, with its sign.
    Item {
        /// A dot, or a number.
        sign: String,
        /// Whether the author wrote it.
        of_author: bool,
        /// How many lists it is in, from 1.
        depth: usize,
    },
}

/// Where a picture belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The card at the top.
    Card,
    /// A section, counted from 0.
    Section(usize),
}

/// A table with a head.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The share of the width that each column has.
    pub widths: Vec<f64>,
    /// The heads of the columns.
    pub head: Vec<Vec<Run>>,
    /// The rows below it.
    pub rows: Vec<Row>,
    /// Whether the author wrote it: it is set off from what was computed.
    pub of_author: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// What links to it lead to; empty for none.
    pub anchor: String,
    /// A cell for each column.
    pub cells: Vec<Vec<Run>>,
}

/// Words that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// The words, with nothing hidden in them.
    pub text: String,
    /// Whether they stand out.
    pub bold: bool,
    /// Whether they lean.
    pub italic: bool,
    /// Whether they stand back.
    pub soft: bool,
    /// Whether they are code: its lines end where the author ended them, and its spaces count.
    pub code: bool,
    /// Where they lead.
    pub target: Option<Target>,
}

/// Where words lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A place in the report.
    Anchor(String),
    /// A source, by its number.
    Source {
        /// The number.
        number: u64,
        /// Its place in the list of sources.
        anchor: String,
    },
    /// The web, by an address that is safe to follow.
    Web(String),
}

impl Flow {
    /// Every text that stands on the pages, in lines.
    pub fn texts(&self) -> impl Iterator<Item = &str> + Clone {
        let runs = self.blocks.iter().flat_map(Block::runs);
        runs.flat_map(|run| run.text.split('\n')).chain([self.title.as_str()])
    }
}

impl Block {
    fn runs(&self) -> Vec<&Run> {
        match self {
            Self::Heading { text, .. } | Self::Paragraph { text, .. } => text.iter().collect(),
            Self::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
                cells.flatten().collect()
            }
            Self::Figure(_) => Vec::new(),
        }
    }
}

impl Run {
    /// Plain words.
    pub(super) fn of(text: impl AsRef<str>) -> Self {
        Self { text: visible(text.as_ref()).into_owned(), ..Self::default() }
    }

    /// Words that stand out.
    pub(super) fn bold(text: impl AsRef<str>) -> Self {
        Self { bold: true, ..Self::of(text) }
    }

    /// Words that stand back.
    pub(super) fn soft(text: impl AsRef<str>) -> Self {
        Self { soft: true, ..Self::of(text) }
    }

    pub(super) fn leading_to(self, target: Target) -> Self {
        Self { target: Some(target), ..self }
    }
}
