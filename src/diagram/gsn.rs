//! The notation of assurance cases: the Goal Structuring Notation (GSN Community Standard, version 3, 2021).
//!
//! A claim is a goal, an inference a strategy, a source a solution; a claim that is only assumed is an assumption; questions and
//! the notes of claims are the context, the notes of inferences justifications. What the notation has no sign for, rivals and
//! attacks among it, keeps that of this program, and goals keep the look of their verdicts.

use std::collections::BTreeSet;

use crate::model::{Case, Edge, EvidenceGraph, Node};

use super::level::is_source;
use super::scene::{Figure, Scene, SceneEdge, SceneNode, Sign};
use super::text::clean;

/// A scene with the shapes and lines of the notation.
pub(super) fn in_gsn(mut scene: Scene, case: &Case, graph: &EvidenceGraph) -> Scene {
    let remaining = scene.edges.iter().filter(|edge| edge.sign == Sign::Remains).map(|edge| edge.from);
    let remaining: BTreeSet<usize> = remaining.collect();
    for (index, node) in scene.nodes.iter_mut().enumerate() {
        // What elimination leaves is argued for by what it is left of.
        node.figure = if remaining.contains(&index) { Figure::Goal } else { figure(node, case, graph) };
        if !matches!(node.figure, Figure::Junction | Figure::Pile) {
            node.heading = named(node, &node.id);
        }
    }
    for index in 0..scene.edges.len() {
        scene.edges[index].sign = sign(&scene, &scene.edges[index]);
    }
    state_notes(&mut scene, case);
    scene
}

/// What is written where a format has no sign for it.
pub(super) fn in_words(figure: Figure) -> Option<&'static str> {
    match figure {
        Figure::UndevelopedGoal => Some("◇ not developed"),
        Figure::Assumption => Some("A"),
        Figure::Justification => Some("J"),
        _ => None,
    }
}

fn named(node: &SceneNode, name: &str) -> String {
    if node.absent { format!("left out · {name}") } else { name.to_owned() }
}

fn figure(node: &SceneNode, case: &Case, graph: &EvidenceGraph) -> Figure {
    match node.figure {
        Figure::Question => Figure::Context,
        Figure::Inference => Figure::Strategy,
        Figure::Junction | Figure::Pile => node.figure,
        figure if is_source(figure) => Figure::Solution,
        _ => goal(node, case, graph),
    }
}

fn goal(node: &SceneNode, case: &Case, graph: &EvidenceGraph) -> Figure {
    let Some(id) = case.statement(&node.id) else { return Figure::Goal };
    let statement = &case.statements[id];
    let is_argued = graph.incoming(Node::Statement(id)).any(|(_, edge, _)| argues(edge));
    match statement.assumed {
        _ if is_argued || statement.same_as.is_some() => Figure::Goal,
        Some(_) => Figure::Assumption,
        None => Figure::UndevelopedGoal,
    }
}

/// Whether something is given for or against the statement to which an edge leads.
fn argues(edge: &Edge) -> bool {
    matches!(
        edge,
        Edge::Evidence { .. }
            | Edge::Concludes { .. }
            | Edge::Entails
            | Edge::AllOfPart
            | Edge::AnyOfPart
            | Edge::OneOfPart
    )
}

fn sign(scene: &Scene, edge: &SceneEdge) -> Sign {
    let is_assumed = scene.nodes[edge.from].figure == Figure::Assumption;
    match edge.sign {
        Sign::Asks | Sign::Headline => Sign::InContextOf,
        Sign::Premise | Sign::AllOf if is_assumed => Sign::InContextOf,
        Sign::Supports | Sign::Premise | Sign::AllOf => Sign::SupportedBy,
        sign => sign,
    }
}

/// Draws the note of a claim as its context, that of an inference as its justification.
fn state_notes(scene: &mut Scene, case: &Case) {
    for to in 0..scene.nodes.len() {
        let node = &scene.nodes[to];
        let (figure, name, note) = match node.figure {
            Figure::Strategy => {
                let note = case.inference(&node.id).and_then(|id| case.inferences[id].note.as_ref());
                (Figure::Justification, "justification", note)
            }
            _ => {
                let note = case.statement(&node.id).and_then(|id| case.statements[id].note.as_ref());
                (Figure::Context, "context", note)
            }
        };
        let Some(note) = note else { continue };
        let noted = SceneNode {
            // No id of a case has a stroke in it.
            id: format!("{}/{name}", node.id),
            figure,
            kind: name.to_owned(),
            heading: named(node, name),
            label: clean(note),
            citation: None,
            mark: None,
            withheld: 0.0,
            facts: Vec::new(),
            group: node.group,
            assumed: false,
            absent: node.absent,
        };
        let absent = node.absent;
        let from = scene.nodes.len();
        scene.nodes.push(noted);
        let (sign, strength, count, label, step, mark) = (Sign::InContextOf, None, 1, None, None, None);
        scene.edges.push(SceneEdge { from, to, sign, strength, count, label, step, mark, absent });
    }
}
