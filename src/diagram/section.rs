//! The picture of one section of the report: its statements, and what leads to them next.
//!
//! It is small, so that it stands beside the words of the section: sources are cited by their numbers, as there.

use std::collections::BTreeSet;

use crate::engine::Engine;
use crate::model::{Citations, Edge, EvidenceGraph, Node, StatementId};

use super::chosen::{Chosen, SourcesShown, draws};
use super::options::{Request, Size, Subject, View};
use super::text::clean;

/// The most boxes, unless more are asked for.
const READABLE: usize = 16;

/// The most sections of a page that have a picture each.
const MOST_SECTIONS: usize = 50;

/// The views of the sections of a case, one each; of very many sections the first.
pub(super) fn section_views(engine: &Engine<'_>) -> impl Iterator<Item = View> {
    (0..engine.citations().sections.len().min(MOST_SECTIONS)).map(View::Section)
}

/// The views of a page to explore: every view of the whole case, and one of each section where there are several.
pub fn page_views(engine: &Engine<'_>) -> impl Iterator<Item = View> {
    let sections = section_views(engine).filter(|_| engine.citations().sections.len() > 1);
    View::EVERY.into_iter().chain(sections)
}

/// The heading of a section, with its number.
pub(super) fn heading(citations: &Citations, at: usize) -> String {
    clean(&format!("{}. {}", at + 1, citations.sections[at].heading))
}

/// What is drawn of a section: its statements, claims of a question first, and as far as there is room the steps and the
/// further statements from which lines lead to them. What there is no room for is folded into the statement that it leads to.
///
/// Cost: linear in what leads to the statements of the section.
pub(super) fn section(engine: &Engine<'_>, graph: &EvidenceGraph, request: &Request, at: usize) -> Chosen {
    let most = most(request);
    let kept = statements(engine, at, (most / 3 * 2).max(1));
    let mut chosen = Chosen { sources: SourcesShown::Cited, ..Chosen::default() };
    chosen.subjects.extend(kept.iter().map(|&statement| subject(Node::Statement(statement))));
    for &statement in &kept {
        let host = subject(Node::Statement(statement));
        for unit in units(graph, Node::Statement(statement)) {
            let new = unit.difference(&chosen.subjects).count();
            if chosen.subjects.len() + new <= most {
                chosen.subjects.extend(unit);
            } else {
                chosen.folded.extend(unit.into_iter().map(|one| (one, host)));
            }
        }
    }
    let drawn = &chosen.subjects;
    chosen.folded.retain(|one, _| !drawn.contains(one));
    chosen
}

fn most(request: &Request) -> usize {
    match request.size {
        Size::Readable => READABLE,
        Size::Most(boxes) => boxes.max(1),
        Size::Full => usize::MAX,
    }
}

/// The statements of a section in its order, claims of a question first, so many at most.
fn statements(engine: &Engine<'_>, at: usize, most: usize) -> Vec<StatementId> {
    let case = engine.case();
    let asked: BTreeSet<StatementId> =
        case.questions.values().flat_map(|question| &question.claims).map(|&claim| case.canonical(claim)).collect();
    let plan = engine.citations().sections.get(at);
    let listed = plan.into_iter().flat_map(|plan| &plan.statements).map(|&statement| case.canonical(statement));
    let (first, others): (Vec<_>, Vec<_>) = listed.partition(|statement| asked.contains(statement));
    let mut seen = BTreeSet::new();
    first.into_iter().chain(others).filter(|&one| seen.insert(one)).take(most).collect()
}

/// What leads to a statement, in units that are drawn together or not at all: a step with its premises and with what
/// undercuts it, another statement, what undercuts its evidence.
fn units<'g>(graph: &'g EvidenceGraph, to: Node) -> impl Iterator<Item = BTreeSet<Subject>> + 'g {
    let lines = graph.incoming(to).filter(|(_, edge, _)| draws(View::Section(0), edge));
    lines.filter_map(move |(from, edge, _)| match from {
        Node::Inference(_) => {
            let leading = graph.incoming(from).filter(|(_, edge, _)| draws(View::Section(0), edge));
            let leading = leading.map(|(premise, ..)| subject(premise));
            Some(leading.chain([subject(from)]).collect())
        }
        Node::Statement(_) => Some(BTreeSet::from([subject(from)])),
        Node::Actor(_) | Node::Document(_) => {
            matches!(edge, Edge::Undercuts { .. }).then(|| BTreeSet::from([subject(from)]))
        }
    })
}

fn subject(node: Node) -> Subject {
    Subject::Node(node)
}
