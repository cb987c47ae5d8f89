//! Tables: what a row is about on the left, its numbers on the right.

use std::fmt::Write as _;

use crate::diagnostic::visible;
use crate::model::{Case, Source};

use crate::cli::layout::{BOLD, DIM, hanging, lines, styled, wrapped};

/// A row.
pub struct Row {
    /// Its number, if it has one.
    pub number: Option<usize>,
    /// What it is about, in bold, as it can be shown.
    pub name: String,
    /// More about that, as it can be shown; may be empty.
    pub title: String,
    /// Its numbers as texts, one for each column.
    pub cells: Vec<String>,
    /// Lines below it, with their line breaks; may be empty.
    pub below: String,
}

impl Row {
    /// The row about the source that comes at this index.
    pub fn of(case: &Case, index: usize, source: Source, cells: Vec<String>) -> Self {
        let title = visible(case.source_title(source)).into_owned();
        let name = case.source_key(source).to_string();
        Self { number: Some(index + 1), name, title, cells, below: String::new() }
    }

    /// What stands before its first line.
    fn lead(&self) -> String {
        self.number.map_or_else(|| " ".repeat(5), |number| format!("{number:>3}  "))
    }
}

/// A table of them.
pub fn table(names: &[&str], rows: &[Row], width: usize) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let numbers: usize = names.iter().map(|name| name.chars().count() + 2).sum();
    const NARROWEST: usize = 24;
    if width < numbers + 5 + NARROWEST {
        return stacked(names, rows, width);
    }
    let words = width - numbers - 5;
    let header: String = names.iter().map(|name| format!("  {name}")).collect();
    let mut text = format!("\n{}{}\n", " ".repeat(words + 5), styled(DIM, header));
    for row in rows {
        let cells: String =
            names.iter().zip(&row.cells).map(|(name, cell)| format!("  {cell:>0$}", name.chars().count())).collect();
        let first = row.lead();
        let name = lines(&row.name, words).into_iter().map(|line| (line, true));
        let title = lines(&row.title, words).into_iter().map(|line| (line, false));
        let left = name.chain(title).filter(|(line, _)| !line.is_empty());
        for (line, (words_here, is_name)) in left.enumerate() {
            let pad = " ".repeat(words.saturating_sub(textwrap::core::display_width(&words_here)));
            let lead = if line == 0 { first.as_str() } else { "     " };
            let cells = if line == 0 { cells.as_str() } else { "" };
            let shown = if is_name { styled(BOLD, words_here) } else { words_here };
            let _ = writeln!(text, "{}", format!("{lead}{shown}{pad}{cells}").trim_end());
        }
        text += &row.below;
    }
    text
}

/// The same for a narrow terminal: the numbers below each title.
fn stacked(names: &[&str], rows: &[Row], width: usize) -> String {
    let mut text = String::new();
    for row in rows {
        let name = hanging(&styled(BOLD, &row.name), width.max(20), &row.lead(), "     ");
        let _ = writeln!(text, "\n{name}");
        if !row.title.is_empty() {
            let _ = writeln!(text, "{}", wrapped(&row.title, width, "     "));
        }
        let cells: Vec<String> = names.iter().zip(&row.cells).map(|(name, cell)| format!("{name} {cell}")).collect();
        let _ = writeln!(text, "{}", styled(DIM, wrapped(&cells.join(" · "), width, "     ")));
        text += &row.below;
    }
    text
}

/// What the columns mean.
pub fn explained(columns: &[(&str, String)], width: usize) -> String {
    let longest = columns.iter().map(|(name, _)| name.chars().count()).fold(8, usize::max);
    let mut text = "\n".to_owned();
    for (name, meaning) in columns {
        let line = hanging(&format!("{name:<longest$}  {meaning}"), width, "", &" ".repeat(longest + 2));
        let _ = writeln!(text, "{}", styled(DIM, line));
    }
    text
}
