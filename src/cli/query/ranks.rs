//! Sources and collections in the order of what they carry.

use std::fmt::Write as _;

use crate::diagnostic::visible;
use crate::engine::Engine;
use crate::model::Case;
use crate::query::{Carried, Collection};
use crate::selector::Selector;
use crate::words::count;

use super::cards::percent;
use super::lines::head;
use super::rows::{Row, explained, table};
use crate::cli::layout::{DIM, behind, styled};

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
    let rows = found.iter().enumerate().take(most).map(|(index, carried)| {
        let cells = vec![
            format!("{:.2}", carried.carries),
            carried.turns.len().to_string(),
            carried.directness.share().map_or_else(|| "–".to_owned(), percent),
            carried.withheld.map_or_else(|| "–".to_owned(), |share| percent(share.get())),
            carried.reach.len().to_string(),
        ];
        Row::of(case, index, carried.source, cells)
    });
    text += &table(&["carries", "turns", "direct", "withheld", "reach"], &rows.collect::<Vec<_>>(), width);
    if found.len() > most {
        let more = count(found.len() - most, "other source");
        let _ = writeln!(text, "\n{}", styled(DIM, format!("and {more}: --most {} shows all", found.len())));
    }
    let statements = case.statements.ids().filter(|&id| case.canonical(id) == id).count();
    if found.is_empty() {
        return text;
    }
    text + &explained(
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
    let rows = found.iter().enumerate().map(|(index, collection)| {
        let cells = vec![
            collection.members.len().to_string(),
            format!("{:.2}", collection.carries),
            format!("{:.2}", collection.carries_itself),
            collection.turns.len().to_string(),
            collection.directness.share().map_or_else(|| "–".to_owned(), percent),
            collection.withheld.map_or_else(|| "–".to_owned(), percent),
            collection.reach.len().to_string(),
        ];
        Row { below: contents(case, collection, width), ..Row::of(case, index, collection.source, cells) }
    });
    let names = ["holds", "carries", "itself", "turns", "direct", "withheld", "reach"];
    text += &table(&names, &rows.collect::<Vec<_>>(), width);
    if found.is_empty() {
        return text;
    }
    text + &explained(
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
