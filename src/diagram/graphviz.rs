//! Layout by an installed Graphviz: sizes go out, positions come back. No text of the case is sent.
//!
//! The caller runs the program, since only the caller knows how long it may take.

use std::fmt::Write as _;

use thiserror::Error;

use super::draw::Drawing;
use super::geometry::{Point, Rect};
use super::level::lower_and_upper;
use super::options::Direction;
use super::picture::Picture;
use super::plan::{FRAME, Plan, Route, frame_around};
use super::scene::{Arrangement, Scene};

/// Units of the picture per inch.
const INCH: f64 = 96.0;

/// What came back is not a layout of the picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("what Graphviz answered is not a layout of this picture: {0}")]
pub struct PlacesError(String);

/// The input of `dot -Tplain`.
pub fn graphviz_input(scene: &Scene) -> String {
    let scene = &on_levels(scene);
    let drawing = Drawing::new(scene);
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
        // A label of zeros, as wide as the text that it keeps room for.
        let label = size
            .map_or_else(String::new, |(width, _)| format!("label=\"{}\"", "0".repeat((width / 7.0).ceil() as usize)));
        let _ = writeln!(text, "  n{first} -> n{last} [{label}{constraint}]");
    }
    text + "}\n"
}

/// The picture of a scene, with the positions that `dot -Tplain` gave for [`graphviz_input`].
///
/// # Errors
///
/// [`PlacesError`] if the answer is not a layout of this scene.
pub fn picture_placed(scene: &Scene, answer: &str) -> Result<Picture, PlacesError> {
    let scene = &on_levels(scene);
    let plan = read(scene, answer)?;
    Ok(Drawing::new(scene).draw(&plan))
}

/// Graphviz has no layout for tables.
fn on_levels(scene: &Scene) -> Scene {
    Scene { arrangement: Arrangement::Levels, ..scene.clone() }
}

fn read(scene: &Scene, answer: &str) -> Result<Plan, PlacesError> {
    let drawing = Drawing::new(scene);
    let sizes = drawing.sizes();
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
                plan.routes.push(Route { label, spline: true, ..Route::through(points) });
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

/// The routes in the order of the scene: edges come back grouped by their first ends, in their order between the same
/// two ends.
fn in_order(scene: &Scene, answer: &str, routes: Vec<Route>) -> Vec<Route> {
    let mut waiting: Vec<(String, Route)> = (answer.lines().filter(|line| line.starts_with("edge ")).zip(routes))
        .map(|(line, route)| (line.split_whitespace().skip(1).take(2).collect::<Vec<_>>().join(" "), route))
        .collect();
    let edges = scene.edges.iter().map(|edge| {
        let upper_first = lower_and_upper(edge).is_none_or(|(lower, _)| lower == edge.to);
        let (first, last) = if upper_first { (edge.from, edge.to) } else { (edge.to, edge.from) };
        let ends = format!("n{first} n{last}");
        let found = waiting.iter().position(|(name, _)| *name == ends);
        let mut route = found.map(|index| waiting.remove(index).1).unwrap_or_default();
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
        *frame = frame_around(*frame, Direction::Up);
    }
}
