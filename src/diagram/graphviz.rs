//! Layout by an installed Graphviz: sizes go out, places come back. No word of the case goes along.
//!
//! The program itself is run by whoever calls, since only that knows how long it may take.

use std::fmt::Write as _;

use thiserror::Error;

use super::geometry::{Point, Rect};
use super::layout::{FRAME, FRAME_TITLE, Plan, Route};
use super::level::lower_and_upper;
use super::options::Direction;
use super::scene::Scene;
use super::svg::Drawing;

/// Units of the picture in an inch.
const INCH: f64 = 96.0;

/// What came back is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("what Graphviz answered is not a layout of this picture: {0}")]
pub struct PlacesError(String);

/// What `dot -Tplain` is to lay out.
pub fn graphviz_input(scene: &Scene) -> String {
    let drawing = Drawing::new(scene, "");
    let sizes = drawing.sizes();
    let direction = match scene.direction {
        Direction::Up => "TB",
        Direction::Down => "BT",
        Direction::Left => "LR",
        Direction::Right => "RL",
    };
    let mut text = format!("digraph {{\n  rankdir={direction} nodesep=0.3 ranksep=0.7\n");
    text += "  node [shape=box fixedsize=true label=\"\"]\n  edge [dir=none]\n";
    let node = |index: usize| {
        let (width, height) = sizes.nodes[index];
        format!("n{index} [width={:.4} height={:.4}]\n", width / INCH, height / INCH)
    };
    for group in 0..scene.groups.len() {
        let _ = writeln!(text, "  subgraph cluster_{group} {{ label=\" \" margin={:.1}", FRAME * 72.0 / INCH);
        let members = (0..scene.nodes.len()).filter(|&index| scene.nodes[index].group == Some(group));
        members.for_each(|index| text += &format!("    {}", node(index)));
        text += "  }\n";
    }
    let alone = (0..scene.nodes.len()).filter(|&index| scene.nodes[index].group.is_none());
    alone.for_each(|index| text += &format!("  {}", node(index)));
    for (edge, size) in scene.edges.iter().zip(&sizes.labels) {
        let upper_first = lower_and_upper(edge).is_none_or(|(lower, _)| lower == edge.to);
        let (first, last) = if upper_first { (edge.from, edge.to) } else { (edge.to, edge.from) };
        let constraint = if lower_and_upper(edge).is_none() { " constraint=false" } else { "" };
        // A label of figures as wide as the words that will stand there.
        let label = size
            .map_or_else(String::new, |(width, _)| format!("label=\"{}\"", "0".repeat((width / 7.0).ceil() as usize)));
        let _ = writeln!(text, "  n{first} -> n{last} [{label}{constraint}]");
    }
    text + "}\n"
}

/// The picture as SVG, in the places of an answer of `dot -Tplain` to [`graphviz_input`].
///
/// # Errors
///
/// [`PlacesError`] if the answer is not one to that.
pub fn svg_placed(scene: &Scene, answer: &str) -> Result<String, PlacesError> {
    let plan = read(scene, answer)?;
    Ok(Drawing::new(scene, "").draw(&plan))
}

fn read(scene: &Scene, answer: &str) -> Result<Plan, PlacesError> {
    let drawing = Drawing::new(scene, "");
    let sizes = drawing.sizes();
    let nowhere = Route { points: Vec::new(), label: None, across: false, arch: false, spline: true };
    let mut plan = Plan {
        boxes: vec![Rect::default(); scene.nodes.len()],
        frames: vec![Rect::default(); scene.groups.len()],
        routes: Vec::new(),
        width: 0.0,
        height: 0.0,
    };
    let mut seen = 0;
    for line in answer.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |index: usize| -> Result<f64, PlacesError> {
            let word = words.get(index).and_then(|word| word.parse::<f64>().ok()).filter(|number| number.is_finite());
            word.map(|number| number * INCH).ok_or_else(|| PlacesError(line.chars().take(80).collect()))
        };
        match words.first() {
            Some(&"graph") => (plan.width, plan.height) = (number(2)?, number(3)?),
            Some(&"node") => {
                let index =
                    words.get(1).and_then(|name| name.strip_prefix('n')).and_then(|name| name.parse::<usize>().ok());
                let index = index.filter(|&index| index < plan.boxes.len());
                let index = index.ok_or_else(|| PlacesError("a node that is not in it".to_owned()))?;
                let (width, height) = sizes.nodes[index];
                plan.boxes[index] = Rect::around(Point::new(number(2)?, plan.height - number(3)?), width, height);
                seen += 1;
            }
            Some(&"edge") => {
                let count = words.get(3).and_then(|word| word.parse::<usize>().ok()).unwrap_or_default();
                let mut points = Vec::new();
                for point in 0..count.min(words.len()) {
                    points.push(Point::new(number(4 + 2 * point)?, plan.height - number(5 + 2 * point)?));
                }
                let after = 4 + 2 * count;
                let labelled = words.get(after).is_some_and(|word| word.starts_with(['0', '"']));
                let label = if labelled {
                    Some(Point::new(number(after + 1)?, plan.height - number(after + 2)?))
                } else {
                    None
                };
                plan.routes.push(Route { points, label, ..nowhere.clone() });
            }
            _ => {}
        }
    }
    if seen != scene.nodes.len() || plan.routes.len() != scene.edges.len() {
        return Err(PlacesError("nodes or edges are missing".to_owned()));
    }
    plan.routes = in_order(scene, answer, plan.routes);
    frames(scene, &mut plan);
    Ok(plan)
}

/// Edges come back grouped by their first ends; those between the same two ends keep their order.
fn in_order(scene: &Scene, answer: &str, routes: Vec<Route>) -> Vec<Route> {
    let mut waiting: Vec<(String, Route)> = (answer.lines().filter(|line| line.starts_with("edge ")).zip(routes))
        .map(|(line, route)| (line.split_whitespace().skip(1).take(2).collect::<Vec<_>>().join(" "), route))
        .collect();
    let edges = scene.edges.iter().map(|edge| {
        let upper_first = lower_and_upper(edge).is_none_or(|(lower, _)| lower == edge.to);
        let (first, last) = if upper_first { (edge.from, edge.to) } else { (edge.to, edge.from) };
        let ends = format!("n{first} n{last}");
        let found = waiting.iter().position(|(name, _)| *name == ends);
        let mut route = found.map_or_else(
            || Route { points: Vec::new(), label: None, across: false, arch: false, spline: true },
            |index| waiting.remove(index).1,
        );
        if !upper_first {
            route.points.reverse();
        }
        route
    });
    edges.collect()
}

fn frames(scene: &Scene, plan: &mut Plan) {
    for (node, rect) in scene.nodes.iter().zip(&plan.boxes) {
        if let Some(group) = node.group {
            let frame = &mut plan.frames[group];
            *frame = if frame.width > 0.0 { frame.union(*rect) } else { *rect };
        }
    }
    for frame in plan.frames.iter_mut().filter(|frame| frame.width > 0.0) {
        let grown = frame.grown(FRAME);
        *frame = Rect { y: grown.y - FRAME_TITLE, height: grown.height + FRAME_TITLE, ..grown };
    }
}
