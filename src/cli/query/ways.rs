//! Paths between two actors, hop by hop.

use crate::diagnostic::visible;
use crate::engine::Engine;
use crate::model::{ActorId, Case};
use crate::query::{Hop, Limits, Path, Paths};
use crate::words::{count, degree, verdict_phrase};

use super::lines::{legend, statement};
use crate::cli::layout::{BOLD, DIM, bullet, styled, under, wrapped};
use crate::cli::table;

/// The paths, the shortest and strongest first.
pub fn render(engine: &Engine<'_>, ends: [ActorId; 2], limits: Limits, found: &Paths, width: usize) -> String {
    let case = engine.case();
    let [from, to] = ends.map(|actor| case.actors[actor].key.as_str());
    let within = format!("of at most {}", count(limits.longest, "hop"));
    let line = match found.paths.len() {
        0 => format!("No path {within} between {from} and {to} over attested relationships"),
        number => format!("{} {within} between {from} and {to}", count(number, "path")),
    };
    let line = wrapped(&line, width, "");
    let mut text = format!("{}\n{}\n", table::heading(engine, width), styled(BOLD, line));
    for path in &found.paths {
        text += &format!("\n{}", one(case, path, width));
    }
    if found.paths.is_empty() {
        let parts = if limits.parts { "" } else { ", and --parts lets it step between a whole and its parts" };
        return text + &under(&format!("--longest allows more hops{parts}."), width);
    }
    if found.more {
        text += &format!("\n{}\n", styled(DIM, "There may be more; --most and --longest show them."));
    }
    text + &legend(width)
}

fn one(case: &Case, path: &Path, width: usize) -> String {
    let start = path.hops.first().map(|hop| hop.from);
    let actors = start.into_iter().chain(path.hops.iter().map(|hop| hop.to));
    let names: Vec<&str> = actors.map(|actor| case.actors[actor].key.as_str()).collect();
    let mut text = format!("{}\n", styled(BOLD, wrapped(&names.join(" – "), width, "")));
    for hop in &path.hops {
        text += &line(case, hop, width);
    }
    let weakest = match &path.weakest {
        Some(tie) => format!(
            "weakest link: {}, {}, case for it {}",
            case.statements[tie.statement].key,
            verdict_phrase(tie.detail),
            degree(tie.case_for)
        ),
        None => "no relationship: each is a part of the next, or the other way round".to_owned(),
    };
    text + &format!("{}\n", styled(DIM, wrapped(&weakest, width, "  ")))
}

/// The strongest relationship of a hop, and how many others there are.
fn line(case: &Case, hop: &Hop, width: usize) -> String {
    let [from, to] = [hop.from, hop.to].map(|actor| &case.actors[actor]);
    let Some(tie) = hop.ties.first().filter(|_| !hop.is_part) else {
        let (part, whole) = if from.part_of == Some(hop.to) { (from, to) } else { (to, from) };
        let words = format!("{} is a part of {}", part.name, whole.name);
        return format!("{}\n", wrapped(&visible(&words), width, "  – "));
    };
    let others = match hop.ties.len() {
        1 => String::new(),
        number => format!(" (and {})", count(number - 1, "other relationship")),
    };
    bullet(tie.detail, &format!("{}{others}", statement(case, tie.statement)), width)
}
