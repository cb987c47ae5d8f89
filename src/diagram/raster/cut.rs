//! A picture cut into the pages of a poster: each has what touches it, and nothing else.

use super::super::geometry::{Point, Rect};
use super::super::picture::{Item, Outline, Picture, Placed, Shape, Words};
use super::segment::{Segment, segments};

/// The items of a picture with where each is.
pub(super) struct Cutting<'p> {
    items: Vec<(&'p Item, Bounds)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Bounds {
    /// Within these.
    Within(Rect),
    /// Anywhere: it is turned.
    Unknown,
    /// It is a group, or paints nothing.
    Nothing,
}

impl<'p> Cutting<'p> {
    /// Cost: linear in the picture.
    pub(super) fn of(picture: &'p Picture) -> Self {
        let mut moved = vec![Some(Point::default())];
        let place = |item: &'p Item| {
            let here = moved.last().copied().flatten();
            match item {
                Item::Begin(group) => {
                    moved.push(match (here, group.placed) {
                        (Some(here), Some(Placed::Moved(by))) => Some(here.moved(by.x, by.y)),
                        (_, Some(Placed::Upwards(_))) => None,
                        (here, _) => here,
                    });
                    (item, Bounds::Nothing)
                }
                Item::End => {
                    moved.pop();
                    (item, Bounds::Nothing)
                }
                Item::Shape(shape) => (item, bounds(around_shape(shape), here)),
                Item::Words(words) => (item, bounds(Some(around_words(words)), here)),
            }
        };
        Self { items: picture.items.iter().map(place).collect() }
    }

    /// What touches an area of the picture, in painting order, with the groups around it.
    ///
    /// Cost: linear in the picture.
    pub(super) fn touching(&self, area: Rect) -> Vec<&'p Item> {
        let mut kept: Vec<&Item> = Vec::new();
        // Where each open group begins among what is kept.
        let mut open = Vec::new();
        for (item, bounds) in &self.items {
            match (item, bounds) {
                (Item::Begin(_), _) => {
                    open.push(kept.len());
                    kept.push(item);
                }
                // A group of which nothing is left goes, too.
                (Item::End, _) if open.pop().is_some_and(|begin| begin + 1 == kept.len()) => _ = kept.pop(),
                (Item::End, _) | (_, Bounds::Unknown) => kept.push(item),
                (_, Bounds::Within(place)) if place.overlaps(area) => kept.push(item),
                (_, Bounds::Within(_) | Bounds::Nothing) => {}
            }
        }
        kept
    }
}

fn bounds(around: Option<Rect>, moved: Option<Point>) -> Bounds {
    match (around, moved) {
        (None, _) => Bounds::Nothing,
        (Some(around), Some(by)) => Bounds::Within(around.moved(by.x, by.y)),
        (Some(_), None) => Bounds::Unknown,
    }
}

/// A shape with its line. The control points of a curve are around it.
fn around_shape(shape: &Shape) -> Option<Rect> {
    let line = shape.stroke.map_or(0.0, |stroke| stroke.width.unwrap_or(1.0));
    let around = match &shape.outline {
        Outline::Box(rect, _) => Some(*rect),
        outline => {
            segments(outline).into_iter().flat_map(points).map(|at| Rect::around(at, 0.0, 0.0)).reduce(Rect::union)
        }
    };
    // The corner of a line reaches out by the miter limit at most.
    around.map(|around| around.grown(2.0 * line + 0.1))
}

fn points(segment: Segment) -> Vec<Point> {
    match segment {
        Segment::Move(to) | Segment::Line(to) => vec![to],
        Segment::Curve(one, other, to) => vec![one, other, to],
        Segment::Close => Vec::new(),
    }
}

/// A line of text with what reaches above and below its letters.
fn around_words(words: &Words) -> Rect {
    let size = words.letters.size;
    Rect { x: words.at.x - size / 2.0, y: words.at.y - 1.4 * size, width: words.width + size, height: 2.2 * size }
}

#[cfg(test)]
mod tests {
    use super::super::super::picture::{Fill, Group};
    use super::*;

    fn square(picture: &mut Picture, x: f64, y: f64) {
        picture.rect(Rect { x, y, width: 10.0, height: 10.0 }, 0.0, Fill::Plain("#000000"), None);
    }

    #[test]
    fn a_page_has_what_touches_it() {
        let mut picture = Picture::new(400.0, 400.0, "");
        square(&mut picture, 5.0, 5.0);
        picture.begin(Group { placed: Some(Placed::Moved(Point::new(300.0, 0.0))), ..Group::default() });
        picture.begin(Group::default());
        square(&mut picture, 5.0, 5.0);
        picture.end();
        picture.end();
        picture.begin(Group { placed: Some(Placed::Upwards(Point::new(0.0, 0.0))), ..Group::default() });
        square(&mut picture, 5.0, 5.0);
        picture.end();
        let cutting = Cutting::of(&picture);
        let count = |x: f64| {
            let items = cutting.touching(Rect { x, y: 0.0, width: 100.0, height: 100.0 });
            let of = |is: fn(&Item) -> bool| items.iter().filter(|item| is(item)).count();
            (of(|item| matches!(item, Item::Shape(_))), items.len())
        };
        // The first square, and the turned one with its group.
        assert_eq!(count(0.0), (2, 4));
        // The second in both its groups, and the turned one.
        assert_eq!(count(300.0), (2, 8));
        assert_eq!(count(150.0), (1, 3));
    }
}
