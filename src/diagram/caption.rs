//! What a picture says about itself: above it the view and what is supposed, under it what is not drawn.

use std::collections::BTreeSet;

use crate::engine::{Engine, Method};
use crate::model::{Case, Citations, Edge, EvidenceGraph, Key, Node, Probability, StatementId};
use crate::words::{as_of_phrase, count, joined, verified_only};

use super::absent::Absent;
use super::chosen::{Chosen, SourcesShown};
use super::group::{FEW_NODES, Grouping};
use super::options::{Request, Subject, View};
use super::text::clean;

/// Something that a picture does not draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What is not drawn: a sentence for those who look at the picture.
    pub words: String,
    /// How to see it: a sentence for those who made the picture. Empty if there is no way.
    pub hint: &'static str,
}

impl Note {
    fn new(words: impl Into<String>, hint: &'static str) -> Self {
        Self { words: words.into(), hint }
    }

    /// That letters could not be drawn.
    pub fn boxes(letters: usize) -> Self {
        let (of, stand) = if letters == 1 {
            ("1 letter".to_owned(), "a box stands")
        } else {
            (format!("{letters} letters"), "boxes stand")
        };
        Self::new(format!("No font has a shape for {of}: {stand} in place."), "")
    }

    /// That a text was cut to what is read where it is shown.
    pub(super) fn cut(kept: usize, all: usize) -> Self {
        Self::new(format!("Cut to the most important {kept} of {all} boxes."), "")
    }

    /// The things of each kind that are not drawn, if there are any.
    pub(super) fn undrawn(sorts: &[String]) -> Option<Self> {
        (!sorts.is_empty()).then(|| Self::new(format!("Not drawn: {}.", joined(sorts)), EVERYTHING))
    }
}

const EVERYTHING: &str = "--view all draws everything.";
const MORE: &str = "--full draws them all, --most N draws at most N boxes.";

/// The view, the standard, and every change that the answers assume.
pub(super) fn subtitle(judge: &Engine<'_>, request: &Request) -> String {
    let case = judge.case();
    let mut words = vec![request.view.phrase().to_owned()];
    if let Some(focus) = request.focus {
        let hops = if focus.hops == 1 { "1 step".to_owned() } else { format!("{} steps", focus.hops) };
        words.push(format!("{hops} around {}", focus.subject.key(case)));
    }
    let selected: Vec<String> = request.select.iter().map(ToString::to_string).collect();
    if !selected.is_empty() {
        words.push(format!("documents of {}", selected.join(" or ")));
    }
    words.extend(reading(judge));
    clean(&words.join(" · "))
}

/// The standard, and every change that the answers assume.
pub(super) fn reading(judge: &Engine<'_>) -> Vec<String> {
    let (case, scenario) = (judge.case(), judge.scenario());
    let mut words = vec![format!("standard: {}", scenario.standard.unwrap_or(case.standard).phrase())];
    words.extend(as_of_phrase(judge));
    let off = match judge.method() {
        Method::World { off, .. } => off.as_slice(),
        _ => &[][..],
    };
    let sources = scenario.without.iter().chain(off).map(|&source| case.source_key(source).to_string());
    let steps = scenario.left_out.iter().map(|&id| case.inferences[id].key.to_string());
    let without: Vec<String> = sources.chain(steps).collect();
    if !without.is_empty() {
        words.push(format!("what if: without {}", joined(without)));
    }
    let only: Vec<String> = scenario.only.iter().map(ToString::to_string).collect();
    if !only.is_empty() {
        words.push(format!("what if: only {}", only.join(" or ")));
    }
    words.extend(scenario.unverified.as_ref().map(|links| format!("what if: {}", verified_only(links.len()))));
    let set = |key: &Key, number: Probability| format!("{key} at {number}");
    let sources = scenario.set_sources.iter().map(|&(source, number)| set(case.source_key(source), number));
    let steps = scenario.set_inferences.iter().map(|&(id, number)| set(&case.inferences[id].key, number));
    let changed: Vec<String> = sources.chain(steps).collect();
    if !changed.is_empty() {
        words.push(format!("what if: {}", joined(changed)));
    }
    words
}

/// What is not drawn, and how to see it.
pub(super) fn left_out(
    case: &Case,
    graph: &EvidenceGraph,
    request: &Request,
    (chosen, grouping): (&Chosen, &Grouping),
    (citations, absent): (&Citations, Absent<'_>),
) -> Vec<Note> {
    let mut notes = Vec::new();
    match chosen.sources {
        SourcesShown::Counted => {
            notes.push(Note::new("Sources are counted in each box, not drawn.", "--view sources draws them."))
        }
        SourcesShown::Cited if matches!(request.view, View::Section(_)) => {}
        SourcesShown::Cited => notes.push(Note::new(
            "Numbers in brackets are sources; those joined by = are one step, which counts once.",
            "--view sources draws a line for each.",
        )),
        SourcesShown::Linked | SourcesShown::Hidden => {}
    }
    if grouping.by_itself {
        let what =
            if request.focus.is_some() { "what is farthest from the focus is" } else { "sections and kinds are" };
        let each = if request.focus.is_some() { "one node for each section or kind" } else { "one node each" };
        notes.push(Note::new(
            format!("More than {FEW_NODES} nodes: {what} drawn as {each}."),
            "To see more, ask for one --view, for --focus ID, or for groups of your own with --cluster.",
        ));
    }
    if let View::Section(at) = request.view {
        notes.extend(silenced(case, absent));
        notes.extend(section_notes(case, citations, at, chosen));
        return notes;
    }
    if !chosen.folded.is_empty() {
        let folded = count(chosen.folded.len(), "other");
        let what = "the farthest from the headlines and the least decisive";
        notes.push(Note::new(format!("Folded into the boxes that they lead to: {folded}, {what}."), MORE));
    }
    notes.extend(silenced(case, absent));
    notes.extend(undrawn(case, chosen));
    let drawn = |node: Node| chosen.subjects.contains(&Subject::Node(node));
    let mentions = graph.edges().filter(|(from, edge, to)| {
        request.view == View::All && matches!(edge, Edge::Mentions) && drawn(*from) && drawn(*to)
    });
    match mentions.count() {
        0 => {}
        1 => notes.push(Note::new("1 place where somebody is spoken of is not drawn.", "")),
        several => {
            notes.push(Note::new(format!("{several} places where somebody is spoken of are not drawn."), ""));
        }
    }
    notes
}

/// What the picture of a section does not draw.
fn section_notes(case: &Case, citations: &Citations, at: usize, chosen: &Chosen) -> Vec<Note> {
    let listed = &citations.sections[at].statements;
    let drawn = |&&one: &&StatementId| chosen.subjects.contains(&Subject::Node(Node::Statement(case.canonical(one))));
    let (shown, all) = (listed.iter().filter(drawn).count(), listed.len());
    let statements = (shown < all).then(|| Note::new(format!("{shown} of its {all} statements are drawn."), MORE));
    let further = (!chosen.folded.is_empty()).then(|| {
        Note::new(
            format!(
                "Folded into the boxes that they lead to: {}, of this section and behind it.",
                count(chosen.folded.len(), "other")
            ),
            MORE,
        )
    });
    statements.into_iter().chain(further).collect()
}

/// What a what-if leaves out, in numbers: the subtitle says which what-if.
pub(super) fn silenced(case: &Case, absent: Absent<'_>) -> Option<Note> {
    let sources = case.sources().filter(|&source| absent.source(source)).count();
    let inferences = case.inferences.ids().filter(|&id| absent.node(Node::Inference(id))).count();
    let sorts = [(sources, "source"), (inferences, "inference")];
    let sorts: Vec<String> =
        sorts.iter().filter(|(number, _)| *number > 0).map(|&(number, noun)| count(number, noun)).collect();
    (!sorts.is_empty()).then(|| Note::new(format!("Left out of the verdicts: {}.", joined(sorts)), ""))
}

/// The lines that a table has no place for.
pub(super) fn skipped(lines: usize) -> Option<Note> {
    let verb = if lines == 1 { "is" } else { "are" };
    let lines_phrase = count(lines, "other line");
    let sorts = "undercuts of steps, links between statements";
    (lines > 0).then(|| Note::new(format!("{lines_phrase} ({sorts}) {verb} not in the table."), EVERYTHING))
}

/// The number of things of each kind that the view leaves out.
fn undrawn(case: &Case, chosen: &Chosen) -> Option<Note> {
    let drawn = |is: fn(&Subject) -> bool| chosen.subjects.iter().filter(|subject| is(subject)).count();
    let statements: BTreeSet<StatementId> = (chosen.subjects.iter())
        .filter_map(|subject| match subject {
            Subject::Node(Node::Statement(statement)) => Some(*statement),
            _ => None,
        })
        .collect();
    let missing = |claims: bool| {
        let of_sort = case.statements.iter().filter(|(_, statement)| statement.is_claim() == claims);
        of_sort.filter(|(id, _)| !statements.contains(id)).count()
    };
    let sorts = [
        (case.questions.len() - drawn(|s| matches!(s, Subject::Question(_))), "question"),
        (missing(true), "claim"),
        (missing(false), "relationship"),
        (case.inferences.len() - drawn(|s| matches!(s, Subject::Node(Node::Inference(_)))), "inference"),
        (case.documents.len() - drawn(|s| matches!(s, Subject::Node(Node::Document(_)))), "document"),
        (case.actors.len() - drawn(|s| matches!(s, Subject::Node(Node::Actor(_)))), "actor"),
    ];
    let sorts: Vec<String> =
        sorts.iter().filter(|(number, _)| *number > 0).map(|&(number, noun)| count(number, noun)).collect();
    Note::undrawn(&sorts)
}
