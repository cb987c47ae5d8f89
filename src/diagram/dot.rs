//! DOT, for Graphviz and everything that reads it.
//!
//! `graphviz-rust` prints the graph without escaping: every text here goes through [`escape::dot`].

use dot_structures::{Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Subgraph, Vertex};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use super::gsn;
use super::hover::hover;
use super::level::lower_and_upper;
use super::options::Direction;
use super::scene::{Figure, Scene, SceneEdge, SceneNode, Sign, step_letter};
use super::style::{ABSENT, Head, edge_style, edge_width, figure_colours, verdict_style};
use crate::escape;
use crate::words::degree;

/// The most characters in a line of a label.
const LINE: usize = 30;
/// The most lines of a label.
const LINES: usize = 6;

/// A scene as DOT, for plain `dot`. The same scene gives the same bytes.
pub fn dot(scene: &Scene) -> String {
    let mut stmts = vec![Stmt::GAttribute(GraphAttributes::Graph(graph_attributes(scene)))];
    let font = attribute("fontname", "Helvetica");
    let node = vec![font.clone(), attribute("fontsize", "11"), attribute("style", "filled")];
    stmts.push(Stmt::GAttribute(GraphAttributes::Node(node)));
    stmts.push(Stmt::GAttribute(GraphAttributes::Edge(vec![font, attribute("fontsize", "9")])));
    for (index, group) in scene.groups.iter().enumerate() {
        let members = scene.nodes.iter().filter(|node| node.group == Some(index)).map(node_stmt);
        let title = Stmt::Attribute(attribute("label", &group.title));
        let frame = Stmt::Attribute(attribute("color", "#b6bec7"));
        let stmts_inside = [title, frame].into_iter().chain(members).collect();
        stmts.push(Stmt::Subgraph(Subgraph { id: id(&format!("cluster_{index}")), stmts: stmts_inside }));
    }
    stmts.extend(scene.nodes.iter().filter(|node| node.group.is_none()).map(node_stmt));
    stmts.extend(scene.edges.iter().map(|edge| edge_stmt(scene, edge)));
    let graph = Graph::DiGraph { id: id("case"), strict: false, stmts };
    graph.print(&mut PrinterContext::default()) + "\n"
}

fn graph_attributes(scene: &Scene) -> Vec<Attribute> {
    let direction = match scene.direction {
        Direction::Up => "TB",
        Direction::Down => "BT",
        Direction::Left => "LR",
        Direction::Right => "RL",
    };
    let mut title = vec![scene.title.clone(), scene.subtitle.clone()];
    title.extend(scene.left_out.iter().map(|note| note.words.clone()));
    vec![
        attribute("rankdir", direction),
        attribute("label", &title.join("\n")),
        attribute("labelloc", "t"),
        attribute("fontname", "Helvetica"),
        attribute("nodesep", "0.3"),
        attribute("ranksep", "0.6"),
    ]
}

fn node_stmt(node: &SceneNode) -> Stmt {
    let mut attributes = vec![attribute("shape", shape(node)), attribute("label", &label(node))];
    attributes.push(attribute("tooltip", &hover(node)));
    match node.mark {
        _ if node.absent => {
            attributes.push(attribute("style", "filled,dashed"));
            attributes.push(attribute("fillcolor", "#ffffff"));
            attributes.extend([attribute("color", ABSENT), attribute("fontcolor", ABSENT)]);
        }
        Some(mark) => {
            let style = verdict_style(mark.detail);
            let border = match style.dash {
                [] => "filled",
                [short, _] if *short < 2.0 => "filled,dotted",
                _ => "filled,dashed",
            };
            let corners = if node.figure == Figure::Fact { ",rounded" } else { "" };
            attributes.push(attribute("style", &format!("{border}{corners}")));
            attributes.push(attribute("fillcolor", style.fill));
            attributes.push(attribute("color", style.stroke));
            attributes.push(attribute("penwidth", &format!("{}", style.width)));
            if style.double {
                attributes.push(attribute("peripheries", "2"));
            }
        }
        None => {
            let (fill, stroke) = figure_colours(node.figure);
            attributes.push(attribute("fillcolor", fill));
            attributes.push(attribute("color", stroke));
            if node.figure == Figure::Context {
                attributes.push(attribute("style", "filled,rounded"));
            }
        }
    }
    match node.figure {
        Figure::Question => attributes.push(attribute("fontcolor", "#ffffff")),
        Figure::Junction if node.label.is_empty() => {
            attributes.extend([attribute("width", "0.14"), attribute("fixedsize", "true")])
        }
        _ => {}
    }
    Stmt::Node(Node::new(NodeId(id(&node.id), None), attributes))
}

fn shape(node: &SceneNode) -> &'static str {
    match node.figure {
        Figure::Junction if node.label.is_empty() => "circle",
        Figure::Question | Figure::Fact | Figure::Record | Figure::News | Figure::OtherActor => "box",
        Figure::Interpretation => "octagon",
        Figure::Generalisation => "hexagon",
        Figure::Relationship => "cds",
        Figure::Inference | Figure::Person => "ellipse",
        Figure::Page => "note",
        Figure::Book => "component",
        Figure::Speech => "parallelogram",
        Figure::Dataset => "cylinder",
        Figure::Archive => "tab",
        Figure::Organisation => "house",
        Figure::ArmedGroup => "septagon",
        Figure::Junction => "oval",
        Figure::Pile => "box3d",
        Figure::Goal | Figure::UndevelopedGoal | Figure::Context => "box",
        Figure::Strategy => "parallelogram",
        Figure::Solution => "circle",
        Figure::Assumption | Figure::Justification => "ellipse",
    }
}

/// The label of a node: glyph and kind, text, degrees, settled or open, facts.
fn label(node: &SceneNode) -> String {
    if node.figure == Figure::Junction {
        return node.label.clone();
    }
    let glyph = node.mark.map(|mark| format!("{} ", verdict_style(mark.detail).glyph)).unwrap_or_default();
    let mut lines = vec![format!("{glyph}{}", node.heading)];
    lines.extend(wrapped(&node.label));
    if let Some(mark) = node.mark {
        let settled = match mark.settled {
            Some(true) => " · settled",
            Some(false) => " · open",
            None => "",
        };
        let (for_it, against) = (degree(mark.degrees.case_for()), degree(mark.degrees.case_against()));
        lines.push(format!("for {for_it} · against {against}{settled}"));
    }
    lines.extend(node.facts.iter().flat_map(|fact| wrapped(fact)));
    lines.extend(gsn::in_words(node.figure).map(str::to_owned));
    lines.join("\n")
}

/// Text in lines; what does not fit is cut, with an ellipsis.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("it starts with one");
        if last.is_empty() || last.chars().count() + word.chars().count() < LINE {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines[LINES - 1].push('…');
    }
    lines
}

fn edge_stmt(scene: &Scene, edge: &SceneEdge) -> Stmt {
    let style = edge_style(edge.sign);
    // `dot` places the first end of an edge higher, so lines start at the upper end, with a head stated for each end.
    let upper_first = lower_and_upper(edge).is_none_or(|(lower, _)| lower == edge.to);
    let (first, last) = if upper_first { (edge.from, edge.to) } else { (edge.to, edge.from) };
    let struck = scene.nodes[edge.to].figure == Figure::Junction && edge.sign != Sign::Undercuts;
    let from = &scene.nodes[edge.from];
    let goes_on = from.figure == Figure::Junction && from.label.is_empty();
    let at_to = if struck { Head::None } else { style.head };
    let at_from = if goes_on { Head::None } else { style.tail };
    let (head, tail) = if upper_first { (at_to, at_from) } else { (at_from, at_to) };
    let colour = edge.mark.map_or(style.colour, |mark| verdict_style(mark.detail).stroke);
    let colour = if edge.absent { ABSENT } else { colour };
    let colour = if style.double && !edge.absent { format!("{colour}:white:{colour}") } else { colour.to_owned() };
    let line = match style.dash {
        [] => "solid",
        [short, ..] if *short < 3.0 => "dotted",
        _ => "dashed",
    };
    let mut attributes = vec![
        attribute("dir", "both"),
        attribute("arrowhead", arrow(head)),
        attribute("arrowtail", arrow(tail)),
        attribute("color", &colour),
        attribute("style", if edge.absent { "dashed" } else { line }),
        attribute("penwidth", &format!("{:.2}", edge_width(edge.sign, edge.strength))),
        attribute("tooltip", &scene.edge_phrase(edge)),
    ];
    if lower_and_upper(edge).is_none() {
        attributes.push(attribute("constraint", "false"));
    }
    let count = (edge.count > 1).then(|| format!("×{}", edge.count));
    let glyph = edge.mark.map(|mark| format!("{} ", verdict_style(mark.detail).glyph)).unwrap_or_default();
    if let Some(label) = edge.label.as_ref().map(|label| format!("{glyph}{label}")).or(count) {
        attributes.push(attribute("label", &label));
    }
    if let Some(step) = edge.step {
        attributes.push(attribute(
            if upper_first { "headlabel" } else { "taillabel" },
            &format!("step {}", step_letter(step)),
        ));
    }
    let end = |index: usize| Vertex::N(NodeId(id(&scene.nodes[index].id), None));
    Stmt::Edge(Edge { ty: EdgeTy::Pair(end(first), end(last)), attributes })
}

fn arrow(head: Head) -> &'static str {
    match head {
        Head::None => "none",
        Head::Arrow => "normal",
        Head::HollowArrow => "empty",
        Head::Bar => "tee",
        Head::Cross => "crowtee",
        Head::CircledCross => "dotcrow",
        Head::Diamond => "diamond",
        Head::HollowDiamond => "odiamond",
        Head::Circle => "odot",
        Head::Dot => "dot",
        Head::Vee => "vee",
        Head::Square => "box",
    }
}

fn attribute(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), id(value))
}

fn id(text: &str) -> Id {
    Id::Escaped(escape::dot(text))
}
