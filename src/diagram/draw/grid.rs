//! What only a table has: guides from its rows to its columns, and the citations of its columns at the foot.

use super::super::geometry::{Point, Rect};
use super::super::level::is_source;
use super::super::picture::{Fill, Letters, Path, Picture, Stroke};
use super::super::plan::Plan;
use super::super::scene::{Scene, SceneNode};
use super::super::style::FAINT;
use super::super::text::{Ruler, Weight};
use super::edge::LABEL;

/// Draws faint lines from the rows to the columns, under all signs.
pub(super) fn guides(picture: &mut Picture, scene: &Scene, plan: &Plan) {
    let mut reach = vec![None; scene.nodes.len()];
    for (edge, route) in scene.edges.iter().zip(&plan.routes) {
        let [_, meeting, _] = route.points[..] else { continue };
        for end in [edge.from, edge.to] {
            let farthest: &mut Point = reach[end].get_or_insert(meeting);
            *farthest = Point::new(farthest.x.max(meeting.x), farthest.y.max(meeting.y));
        }
    }
    for (index, reach) in reach.into_iter().enumerate() {
        let (Some(reach), rect) = (reach, plan.boxes[index]) else { continue };
        let guide = if is_source(scene.nodes[index].figure) {
            Path::from(rect.middle().x, rect.bottom()).vertical(reach.y)
        } else {
            Path::from(rect.right(), rect.middle().y).horizontal(reach.x)
        };
        picture.path(guide, Fill::None, Stroke::new("#d3d9df", 1.0));
    }
}

/// Repeats the citation of a source under its column, since a table can be long.
pub(super) fn column_number(picture: &mut Picture, ruler: &Ruler, node: &SceneNode, rect: Rect, foot: f64) {
    if let (Some(citation), true) = (node.citation, is_source(node.figure)) {
        let text = &citation.to_string();
        let letters = Letters { size: LABEL, weight: Weight::Bold, colour: FAINT };
        let width = ruler.width(text, LABEL, Weight::Bold);
        picture.words(ruler, text, rect.middle().x - width / 2.0, foot - 2.0, letters);
    }
}
