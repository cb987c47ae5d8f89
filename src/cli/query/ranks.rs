//! Sources and collections in the order of what they carry.

use std::fmt::Write as _;

use crate::diagnostic::visible;
use crate::engine::Engine;
use crate::model::{Case, Source};
use crate::query::{Carried, Collection};
use crate::selector::Selector;
use crate::words::count;

use super::cards::percent;
use super::lines::head;
use crate::cli::layout::{BOLD, DIM, behind, hanging, lines, styled, wrapped};

/// A row: who, and its numbers as texts.
struct Row {
    source: Source,
    cells: Vec<String>,
}

/// Sources with what they carry.
pub fn sources(
    engine: &Engine<'_>,
    selector: Option<&Selector>,
    found: &[Carried],
    most: usize,
    width: usize,
) -> String {
    let case = engine.case();
    let mut text = head(engine, selector, found.len(), ["source", "sources"], width);
    let rows = found.iter().take(most).map(|carried| Row {
        source: carried.source,
        cells: vec![
            format!("{:.2}", carried.carries),
            carried.turns.len().to_string(),
            carried.directness.share().map_or_else(|| "–".to_owned(), percent),
            carried.withheld.map_or_else(|| "–".to_owned(), |share| percent(share.get())),
            carried.reach.len().to_string(),
        ],
    });
    text += &ranked(case, &["carries", "turns", "direct", "withheld", "reach"], rows.collect(), &[], width);
    if found.len() > most {
        let more = count(found.len() - most, "other source");
        let _ = writeln!(text, "\n{}", styled(DIM, format!("and {more}: --most {} shows all", found.len())));
    }
    let statements = case.statements.ids().filter(|&id| case.canonical(id) == id).count();
    text + &explained(
        found.is_empty(),
        &[
            ("carries", format!("by how much all {statements} statements would shift without it (for less against)")),
            ("turns", "how many verdicts would be others without it".to_owned()),
            ("direct", "of its links, those as exhibit, as finding, or as testimony at first hand".to_owned()),
            ("reach", "how many statements depend on it, however indirectly".to_owned()),
        ],
        width,
    )
}

/// Collections with what their documents carry.
pub fn collections(engine: &Engine<'_>, selector: Option<&Selector>, found: &[Collection], width: usize) -> String {
    let case = engine.case();
    let mut text = head(engine, selector, found.len(), ["collection", "collections"], width);
    let rows = found.iter().map(|collection| Row {
        source: collection.source,
        cells: vec![
            collection.members.len().to_string(),
            format!("{:.2}", collection.carries),
            format!("{:.2}", collection.carries_itself),
            collection.turns.len().to_string(),
            collection.directness.share().map_or_else(|| "–".to_owned(), percent),
            collection.withheld.map_or_else(|| "–".to_owned(), percent),
            collection.reach.len().to_string(),
        ],
    });
    let below: Vec<String> = found.iter().map(|collection| contents(case, collection, width)).collect();
    let names = ["holds", "carries", "itself", "turns", "direct", "withheld", "reach"];
    text += &ranked(case, &names, rows.collect(), &below, width);
    text + &explained(
        found.is_empty(),
        &[
            (
                "holds",
                "documents of the case that are kept in it, and are meant; all that follows but `itself` is of these"
                    .to_owned(),
            ),
            ("carries", "by how much all statements would shift without each of them, summed".to_owned()),
            (
                "itself",
                "the same for the container: as proof that records exist, and as origin of other documents".to_owned(),
            ),
            ("turns", "verdicts that would be others without one of them".to_owned()),
            ("direct", "of their links, those as exhibit, as finding, or as testimony at first hand".to_owned()),
            ("withheld", "the mean of what is withheld of each".to_owned()),
            ("reach", "how many statements depend on one of them, however indirectly".to_owned()),
        ],
        width,
    )
}

/// What is kept in a collection.
fn contents(case: &Case, collection: &Collection, width: usize) -> String {
    let mut text = String::new();
    let members: Vec<&str> = collection.members.iter().map(|&member| case.documents[member].key.as_str()).collect();
    if !members.is_empty() {
        text += &behind("documents", &visible(&members.join(", ")), width, 5);
    }
    if !collection.places.is_empty() {
        let places: Vec<&str> = collection.places.iter().map(String::as_str).collect();
        text += &behind("places", &visible(&places.join(", ")), width, 5);
    }
    text
}

/// A table of ranks: the title and id on the left, numbers on the right, more below each row.
fn ranked(case: &Case, names: &[&str], rows: Vec<Row>, below: &[String], width: usize) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let numbers: usize = names.iter().map(|name| name.len() + 2).sum();
    const NARROWEST: usize = 24;
    if width < numbers + 5 + NARROWEST {
        return stacked(case, names, &rows, below, width);
    }
    let words = width - numbers - 5;
    let header: String = names.iter().map(|name| format!("  {name}")).collect();
    let mut text = format!("\n{}{}\n", " ".repeat(words + 5), styled(DIM, header));
    for (index, row) in rows.iter().enumerate() {
        let cells: String =
            names.iter().zip(&row.cells).map(|(name, cell)| format!("  {cell:>0$}", name.chars().count())).collect();
        let rank = format!("{:>3}  ", index + 1);
        let key = lines(case.source_key(row.source).as_str(), words).into_iter().map(|line| (line, true));
        let title = lines(&visible(case.source_title(row.source)), words).into_iter().map(|line| (line, false));
        let left: Vec<(String, bool)> = key.chain(title).collect();
        for (line, (words_here, is_key)) in left.iter().enumerate() {
            let pad = " ".repeat(words.saturating_sub(textwrap::core::display_width(words_here)));
            let lead = if line == 0 { rank.as_str() } else { "     " };
            let cells = if line == 0 { cells.as_str() } else { "" };
            let shown = if *is_key { styled(BOLD, words_here) } else { words_here.clone() };
            let _ = writeln!(text, "{}", format!("{lead}{shown}{pad}{cells}").trim_end());
        }
        text += below.get(index).map_or("", String::as_str);
    }
    text
}

/// The same for a narrow terminal: the numbers below each title.
fn stacked(case: &Case, names: &[&str], rows: &[Row], below: &[String], width: usize) -> String {
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let _ = writeln!(text, "\n{:>3}  {}", index + 1, styled(BOLD, case.source_key(row.source)));
        let title = visible(case.source_title(row.source)).into_owned();
        let _ = writeln!(text, "{}", wrapped(&title, width, "     "));
        let cells: Vec<String> = names.iter().zip(&row.cells).map(|(name, cell)| format!("{name} {cell}")).collect();
        let _ = writeln!(text, "{}", styled(DIM, wrapped(&cells.join(" · "), width, "     ")));
        text += below.get(index).map_or("", String::as_str);
    }
    text
}

/// What the columns mean.
fn explained(nothing: bool, columns: &[(&str, String)], width: usize) -> String {
    if nothing {
        return String::new();
    }
    let mut text = "\n".to_owned();
    for (name, meaning) in columns {
        let line = hanging(&format!("{name:<8}  {meaning}"), width, "", "          ");
        let _ = writeln!(text, "{}", styled(DIM, line));
    }
    text
}
