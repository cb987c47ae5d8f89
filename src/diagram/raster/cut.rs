//! A picture cut into the pages of a poster: each has what touches it, and nothing else.

use super::super::geometry::{Point, Rect};
use super::super::picture::{Group, Item, Outline, Picture, Placed, Shape, Words};
use super::segment::{Segment, segments};

/// The items of a picture with where each is.
pub(super) struct Cutting<'p> {
    items: Vec<(&'p Item, Bounds)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Bounds {
    /// Within these.
    Within(Rect),
    /// It is a group, or paints nothing.
    Nothing,
}

/// Where the coordinates of a group lie on the picture: their origin, and a step to the right and one down.
#[derive(Debug, Clone, Copy)]
struct Place {
    origin: Point,
    right: Point,
    down: Point,
}

impl Place {
    const PICTURE: Self =
        Self { origin: Point::new(0.0, 0.0), right: Point::new(1.0, 0.0), down: Point::new(0.0, 1.0) };

    fn at(self, Point { x, y }: Point) -> Point {
        let Self { origin, right, down } = self;
        origin.moved(right.x * x + down.x * y, right.y * x + down.y * y)
    }

    /// The coordinates of a group in these.
    fn of(self, group: &Group) -> Self {
        let Self { right, down, .. } = self;
        match group.placed {
            None => self,
            Some(Placed::Moved(by)) => Self { origin: self.at(by), ..self },
            // A step to the right leads upwards, one down to the right.
            Some(Placed::Upwards(about)) => {
                let (right, down) = (Point::new(-down.x, -down.y), right);
                let turned = Self { origin: Point::default(), right, down }.at(about);
                Self { origin: self.at(about).moved(-turned.x, -turned.y), right, down }
            }
        }
    }

    fn around(self, rect: Rect) -> Rect {
        let [one, other] = [Point::new(rect.x, rect.y), Point::new(rect.right(), rect.bottom())];
        let [one, other] = [one, other].map(|corner| Rect::around(self.at(corner), 0.0, 0.0));
        one.union(other)
    }
}

impl<'p> Cutting<'p> {
    /// Cost: linear in the picture.
    pub(super) fn of(picture: &'p Picture) -> Self {
        let mut places = vec![Place::PICTURE];
        let place = |item: &'p Item| {
            let here = *places.last().expect("every group that ends has begun");
            let bounds = match item {
                Item::Begin(group) => {
                    places.push(here.of(group));
                    None
                }
                Item::End => {
                    places.pop();
                    None
                }
                Item::Shape(shape) => around_shape(shape),
                Item::Words(words) => Some(around_words(words)),
            };
            (item, bounds.map_or(Bounds::Nothing, |around| Bounds::Within(here.around(around))))
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
                (Item::End, _) => kept.push(item),
                (_, Bounds::Within(place)) if place.overlaps(area) => kept.push(item),
                (_, Bounds::Within(_) | Bounds::Nothing) => {}
            }
        }
        kept
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

/// A line of text with what reaches above and below its letters. A page must not have more of it than is seen there: a search
/// would find it.
fn around_words(words: &Words) -> Rect {
    let size = words.letters.size;
    let (x, y) = (words.at.x - 0.1 * size, words.at.y - 1.2 * size);
    Rect { x, y, width: words.width + 0.2 * size, height: 1.6 * size }
}

#[cfg(test)]
mod tests {
    use super::super::super::picture::Fill;
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
        // Turned about a place 100 below: 205 to the right of it becomes 205 above it, 5 below becomes 5 to the right.
        picture.begin(Group { placed: Some(Placed::Upwards(Point::new(0.0, 350.0))), ..Group::default() });
        square(&mut picture, 205.0, 355.0);
        picture.end();
        picture.end();
        let cutting = Cutting::of(&picture);
        let count = |x: f64, y: f64| {
            let items = cutting.touching(Rect { x, y, width: 100.0, height: 100.0 });
            let of = |is: fn(&Item) -> bool| items.iter().filter(|item| is(item)).count();
            (of(|item| matches!(item, Item::Shape(_))), items.len())
        };
        // The first square, without a group.
        assert_eq!(count(0.0, 0.0), (1, 1));
        // The second in both its groups.
        assert_eq!(count(300.0, 0.0), (1, 5));
        // The turned one in both its groups, at 305 to 315 and 135 to 145.
        assert_eq!(count(300.0, 100.0), (1, 5));
        assert_eq!(count(300.0, 146.0), (0, 0));
        assert_eq!(count(150.0, 0.0), (0, 0));
    }
}
