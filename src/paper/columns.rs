//! An author's table that is wider than the page, as an editor sets it: in smaller letters, then with rows for columns, then as
//! several tables that repeat the first column.

use crate::report::{Row, Run, Table};

/// How much smaller letters may be.
const SCALES: [f64; 3] = [1.0, 0.88, 0.76];
/// Between columns, at the usual size.
pub(super) const GAP: f64 = 10.0;
/// A column takes no more of the width than this because of one long word, which is broken then.
const WIDEST: f64 = 0.34;
/// So many rows at most become columns.
const FEW_ROWS: usize = 6;

/// A table that fits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    pub(super) table: Table,
    /// How large its letters are, 1 for the usual size.
    pub(super) scale: f64,
    /// Which columns it has, where it is one of several.
    pub(super) label: Option<String>,
}

/// The tables that a table becomes on a page of a width, by the widths of words in it at the usual size.
pub(super) fn fitted(table: &Table, width: f64, measure: impl Fn(&str) -> f64) -> Vec<Fitted> {
    if !table.of_author || table.head.is_empty() {
        return vec![Fitted { table: table.clone(), scale: 1.0, label: None }];
    }
    let columns = columns(table, width, &measure);
    if let Some(scale) = SCALES.into_iter().find(|scale| room(&columns, *scale) <= width) {
        return vec![Fitted { table: sized(table, &columns, width, scale), scale, label: None }];
    }
    if table.rows.len() <= FEW_ROWS && table.rows.len() + 1 < columns.len() {
        let turned = turned(table);
        let columns = self::columns(&turned, width, &measure);
        if let Some(scale) = SCALES.into_iter().find(|scale| room(&columns, *scale) <= width) {
            return vec![Fitted { table: sized(&turned, &columns, width, scale), scale, label: None }];
        }
    }
    split(table, &columns, width)
}

/// What a column takes: for its longest word, and for all in one line.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Column {
    least: f64,
    whole: f64,
}

fn columns(table: &Table, width: f64, measure: impl Fn(&str) -> f64) -> Vec<Column> {
    let cells = |at: usize| {
        let rows = table.rows.iter().filter_map(move |row| row.cells.get(at));
        table.head.get(at).into_iter().chain(rows).map(|cell| text(cell))
    };
    let column = |at: usize| {
        let words = cells(at).flat_map(|cell| cell.split_whitespace().map(&measure).collect::<Vec<_>>());
        let least = words.fold(measure("00"), f64::max).min(width * WIDEST);
        let whole = cells(at).map(|cell| measure(&cell)).fold(least, f64::max).min(width);
        Column { least, whole }
    };
    (0..table.head.len()).map(column).collect()
}

fn text(cell: &[Run]) -> String {
    cell.iter().map(|run| run.text.as_str()).collect()
}

/// The width that some columns take at least.
fn room(columns: &[Column], scale: f64) -> f64 {
    columns.iter().map(|column| (column.least + GAP) * scale).sum()
}

/// The table with a share for each column: what it takes at least, and of the rest as much as its text is longer than that.
fn sized(table: &Table, columns: &[Column], width: f64, scale: f64) -> Table {
    let rest = width - room(columns, scale);
    let wanted: f64 = columns.iter().map(|column| column.whole - column.least).sum();
    let share = |column: &Column| {
        let more =
            if wanted > 0.0 { rest * (column.whole - column.least) / wanted } else { rest / columns.len() as f64 };
        // No column is wider than its text, lest figures stand far apart.
        ((column.least + GAP) * scale + more).min((column.whole + 2.0 * GAP) * scale) / width
    };
    Table { widths: columns.iter().map(share).collect(), ..table.clone() }
}

/// The same with a row for each column.
fn turned(table: &Table) -> Table {
    let cell = |row: &Row, at: usize| row.cells.get(at).cloned().unwrap_or_default();
    let line = |at: usize| -> Vec<Vec<Run>> {
        let cells = table.rows.iter().map(|row| cell(row, at));
        std::iter::once(table.head[at].clone()).chain(cells).collect()
    };
    let rows = (1..table.head.len()).map(|at| Row { anchor: String::new(), cells: line(at) });
    Table { head: line(0), rows: rows.collect(), ..table.clone() }
}

/// Several tables, each with the first column and as many others as there is room for, about as many in each.
fn split(table: &Table, columns: &[Column], width: f64) -> Vec<Fitted> {
    let scale = SCALES[1];
    let all = columns.len();
    // What the rows are about stands in one line where that takes no more than a column may.
    let first = Column { least: columns[0].whole.min(width * WIDEST), ..columns[0] };
    let columns: Vec<Column> = std::iter::once(first).chain(columns[1..].iter().copied()).collect();
    let cut = |most: usize| {
        let mut cuts = vec![1];
        while let Some(&from) = cuts.last().filter(|&&from| from < all) {
            let fits = |to: &usize| room(&columns[..1], scale) + room(&columns[from..*to], scale) <= width;
            let last = all.min(from + most);
            cuts.push((from + 2..=last).take_while(fits).last().unwrap_or(from + 1));
        }
        cuts
    };
    let few = cut(all).len() - 1;
    let cuts = cut((all - 1).div_ceil(few.max(1)));
    let mut parts = Vec::new();
    for pair in cuts.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let kept: Vec<usize> = std::iter::once(0).chain(from..to).collect();
        let of = |cells: &[Vec<Run>]| kept.iter().map(|&at| cells.get(at).cloned().unwrap_or_default()).collect();
        let rows = table.rows.iter().map(|row| Row { anchor: row.anchor.clone(), cells: of(&row.cells) });
        let part = Table { head: of(&table.head), rows: rows.collect(), ..table.clone() };
        let columns: Vec<Column> = kept.iter().map(|&at| columns[at]).collect();
        let which = if to == from + 1 { format!("Column {to}") } else { format!("Columns {} to {to}", from + 1) };
        let label = Some(format!("{which} of {all}, beside the first"));
        parts.push(Fitted { table: sized(&part, &columns, width, scale), scale, label });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter is 10 wide.
    fn measure(text: &str) -> f64 {
        10.0 * text.chars().count() as f64
    }

    fn cell(text: &str) -> Vec<Run> {
        vec![Run { text: text.to_owned(), ..Run::default() }]
    }

    fn table(columns: usize, rows: usize) -> Table {
        let line = |row: usize| (0..columns).map(|column| cell(&format!("c{column:02}r{row:02}"))).collect();
        let rows = (1..=rows).map(|row| Row { anchor: String::new(), cells: line(row) }).collect();
        Table { widths: vec![1.0 / columns as f64; columns], head: line(0), rows, of_author: true }
    }

    /// The head of a table as words.
    fn head(fitted: &Fitted) -> Vec<String> {
        fitted.table.head.iter().map(|cell| text(cell)).collect()
    }

    fn assert_fits(fitted: &Fitted) {
        assert!(fitted.table.widths.iter().sum::<f64>() <= 1.0 + 1e-9, "{:?}", fitted.table.widths);
    }

    #[test]
    fn letters_become_smaller_before_anything_is_cut() {
        // A column takes 60 and a gap of 10: 700 for ten columns, which fit at 0.88 into 640.
        let [one] = &fitted(&table(10, 20), 700.0, measure)[..] else { panic!() };
        assert_eq!(one.scale, 1.0);
        let [one] = &fitted(&table(10, 20), 640.0, measure)[..] else { panic!() };
        assert_eq!(one.scale, 0.88);
        assert_fits(one);
    }

    #[test]
    fn few_rows_become_columns() {
        let [one] = &fitted(&table(40, 3), 600.0, measure)[..] else { panic!() };
        assert_eq!(head(one), ["c00r00", "c00r01", "c00r02", "c00r03"]);
        assert_eq!(one.table.rows.len(), 39);
        assert_eq!(text(&one.table.rows[38].cells[2]), "c39r02");
        assert_fits(one);
    }

    #[test]
    fn many_columns_become_several_tables_with_the_first() {
        // At 0.88 a column takes 61.6: nine fit into 600, the first and eight others.
        let parts = fitted(&table(40, 30), 600.0, measure);
        assert_eq!(parts.len(), 5);
        for part in &parts {
            assert_eq!((head(part)[0].as_str(), part.table.rows.len()), ("c00r00", 30));
            assert_fits(part);
        }
        assert_eq!(head(&parts[0]).last().expect("some"), "c08r00");
        assert_eq!(parts[0].label.as_deref(), Some("Columns 2 to 9 of 40, beside the first"));
        assert_eq!(parts[4].label.as_deref(), Some("Columns 34 to 40 of 40, beside the first"));
        assert_eq!(parts.iter().map(|part| part.table.head.len() - 1).sum::<usize>(), 39);
        // Twelve others are six and six, not eight and four.
        let parts = fitted(&table(13, 30), 600.0, measure);
        assert_eq!(parts.iter().map(|part| part.table.head.len()).collect::<Vec<_>>(), [7, 7]);
    }

    #[test]
    fn a_table_as_wide_as_anybody_likes_is_set() {
        for (columns, rows) in [(1, 9), (2, 0), (500, 7), (500, 1)] {
            let parts = fitted(&table(columns, rows), 30.0, measure);
            assert!(!parts.is_empty());
        }
    }
}
