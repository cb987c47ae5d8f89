//! Nodes: an outline and its content.

use super::super::card::{Card, Line};
use super::super::geometry::{Point, Rect};
use super::super::hover::hover;
use super::super::level::is_source;
use super::super::markup::number;
use super::super::picture::{Group, Letters, Picture, Placed};
use super::super::scene::{Arrangement, Figure, SceneNode};
use super::super::style::{FAINT, INK};
use super::super::text::Ruler;
use super::shape;

/// Draws a node in its box.
pub(super) fn node(
    picture: &mut Picture,
    ruler: &Ruler,
    arrangement: Arrangement,
    (node, card): (&SceneNode, &Card),
    rect: Rect,
) {
    let verdict = node.mark.map(|mark| mark.detail.name()).unwrap_or_default();
    let place = [rect.x, rect.y, rect.width, rect.height].map(number).join(" ");
    picture.begin(Group {
        class: "node".to_owned(),
        // Without spaces, which an id cannot have.
        id: format!("node-{}", node.id.split_whitespace().collect::<Vec<_>>().join("-")),
        data: vec![("data-id", node.id.clone()), ("data-verdict", verdict.to_owned()), ("data-box", place)],
        title: Some(hover(node)),
        ..Group::default()
    });
    let narrow = arrangement == Arrangement::Table && is_source(node.figure);
    let figure = if narrow { Figure::OtherActor } else { node.figure };
    shape::outline(picture, figure, rect, shape::paint(node));
    if node.assumed && node.figure != Figure::Assumption {
        shape::ground(picture, rect, shape::paint(node));
    }
    marks(picture, node, card, rect);
    for one in &card.lines {
        line(picture, ruler, one, node, rect);
    }
    picture.end();
}

/// Draws the content of a box other than text.
fn marks(picture: &mut Picture, node: &SceneNode, card: &Card, rect: Rect) {
    if node.figure == Figure::Inference {
        shape::therefore(picture, card, rect);
    }
    if let (Some((x, y)), Some(mark)) = (card.glyph, node.mark) {
        shape::glyph(picture, mark.detail, rect.x + x, rect.y + y);
    }
    if let (Some((x, y)), Some(settled)) = (card.lock, node.mark.and_then(|mark| mark.settled)) {
        shape::lock(picture, settled, rect.x + x, rect.y + y);
    }
    match (card.bar, node.mark) {
        (Some((x, y, width)), Some(mark)) => {
            shape::degrees(picture, mark, Point::new(rect.x + x, rect.y + y), width);
        }
        (Some(_), None) if node.absent => {}
        (Some((x, y, width)), None) => shape::withheld(picture, node.withheld, rect.x + x, rect.y + y, width),
        (None, _) => {}
    }
}

fn line(picture: &mut Picture, ruler: &Ruler, line: &Line, node: &SceneNode, rect: Rect) {
    let colour = match (node.figure, line.faint) {
        _ if node.absent => FAINT,
        (Figure::Question, false) => "#ffffff",
        (Figure::Question, true) => "#d5dbe1",
        (_, false) => INK,
        (_, true) => FAINT,
    };
    let (x, y) = (rect.x + line.x, rect.y + line.y);
    if line.upwards {
        picture.begin(Group { placed: Some(Placed::Upwards(Point::new(x, y))), ..Group::default() });
    }
    picture.words(ruler, &line.text, x, y, Letters { size: line.size, weight: line.weight, colour });
    // The heading, which says that it is left out, stays as it is.
    if node.absent && !line.faint {
        shape::strike(picture, x, y - line.size * 0.3, line.width);
    }
    if line.upwards {
        picture.end();
    }
}
