//! Points and boxes. The unit is 1/96 inch; x grows to the right, y downwards.

use super::options::Direction;

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(super) fn moved(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y }
    }
}

/// A box, given by its top left corner and its size.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    pub(super) fn around(middle: Point, width: f64, height: f64) -> Self {
        Self { x: middle.x - width / 2.0, y: middle.y - height / 2.0, width, height }
    }

    pub(super) fn right(self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(self) -> f64 {
        self.y + self.height
    }

    pub(super) fn middle(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub(super) fn moved(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y, ..self }
    }

    /// The smallest box that contains both.
    pub(super) fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { x, y, width: right - x, height: bottom - y }
    }

    pub(super) fn grown(self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// Turns a layout of the given height with conclusions at the top into another direction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) direction: Direction,
    pub(super) height: f64,
}

impl Turn {
    /// Whether width and height are swapped.
    pub(super) fn is_sideways(direction: Direction) -> bool {
        matches!(direction, Direction::Left | Direction::Right)
    }

    pub(super) fn point(self, point: Point) -> Point {
        match self.direction {
            Direction::Up => point,
            Direction::Down => Point::new(point.x, self.height - point.y),
            Direction::Left => Point::new(point.y, point.x),
            Direction::Right => Point::new(self.height - point.y, point.x),
        }
    }

    pub(super) fn rect(self, rect: Rect) -> Rect {
        let one = self.point(Point::new(rect.x, rect.y));
        let other = self.point(Point::new(rect.right(), rect.bottom()));
        let (x, y) = (one.x.min(other.x), one.y.min(other.y));
        Rect { x, y, width: (one.x - other.x).abs(), height: (one.y - other.y).abs() }
    }
}
