//! Counts what makes a picture hard to read: crossings of lines, lines that lie on each other, lines through boxes,
//! titles and labels. Knows nothing of how a picture was made, so that drawings of others can be counted alike.

use std::collections::BTreeSet;

use super::picture::{Area, Picture};

pub type Point = (f64, f64);

/// A line between two boxes, as straight pieces.
#[derive(Debug, Clone)]
pub struct Line {
    /// The boxes at its ends.
    pub ends: (usize, usize),
    pub points: Vec<Point>,
}

/// Boxes and the lines between them.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    pub boxes: Vec<Area>,
    pub lines: Vec<Line>,
}

/// A head covers so much of a line: what lines to the same box do there is not seen.
const HEAD: f64 = 14.0;

/// A straight piece of a line, and the index of the line.
#[derive(Debug, Clone, Copy)]
struct Piece {
    line: usize,
    from: Point,
    to: Point,
}

impl Piece {
    fn left(&self) -> f64 {
        self.from.0.min(self.to.0)
    }

    fn right(&self) -> f64 {
        self.from.0.max(self.to.0)
    }
}

impl Drawing {
    pub fn of(picture: &Picture) -> Self {
        let place = |id: &str| picture.nodes.iter().position(|node| node.id == id).expect("an end is drawn");
        let lines = picture
            .edges
            .iter()
            .map(|edge| Line { ends: (place(&edge.from), place(&edge.to)), points: edge.line.clone() });
        Self { boxes: picture.nodes.iter().map(|node| node.stated).collect(), lines: lines.collect() }
    }

    fn pieces(&self) -> Vec<Piece> {
        let pieces =
            self.lines.iter().enumerate().flat_map(|(line, one)| {
                one.points.windows(2).map(move |pair| Piece { line, from: pair[0], to: pair[1] })
            });
        let mut pieces: Vec<Piece> = pieces.filter(|piece| piece.from != piece.to).collect();
        pieces.sort_by(|one, other| one.left().total_cmp(&other.left()));
        pieces
    }

    /// Pairs of pieces of different lines that share a stretch of the page from left to right, widened by so much.
    fn meetings(&self, slack: f64, mut met: impl FnMut(Piece, Piece)) {
        let pieces = self.pieces();
        for (index, &one) in pieces.iter().enumerate() {
            let near = pieces[index + 1..].iter().take_while(|other| other.left() <= one.right() + slack);
            near.filter(|other| other.line != one.line).for_each(|&other| met(one, other));
        }
    }

    /// Whether a point is where the heads of two lines at a box that they share are.
    fn is_at_shared_end(&self, one: usize, other: usize, point: Point) -> bool {
        let (one, other) = (self.lines[one].ends, self.lines[other].ends);
        let shared = [one.0, one.1].into_iter().filter(|end| [other.0, other.1].contains(end));
        shared.into_iter().any(|end| self.boxes[end].border_distance(point) < HEAD)
    }

    /// The number of points at which two lines cross.
    pub fn crossings(&self) -> usize {
        let mut crossings = 0;
        self.meetings(0.0, |one, other| {
            if let Some(point) = crossing(one, other)
                && !self.is_at_shared_end(one.line, other.line, point)
            {
                crossings += 1;
            }
        });
        crossings
    }

    /// The pairs of lines that run on the same place for more than the length of a head.
    pub fn coinciding(&self) -> BTreeSet<(usize, usize)> {
        let mut pairs = BTreeSet::new();
        self.meetings(1.0, |one, other| {
            if let Some(middle) = shared_stretch(one, other)
                && !self.is_at_shared_end(one.line, other.line, middle)
            {
                pairs.insert((one.line.min(other.line), one.line.max(other.line)));
            }
        });
        pairs
    }

    /// The lines that run through an area, and those of them that do so deeper than `depth`.
    pub fn through(&self, area: Area, depth: f64) -> Vec<usize> {
        let inner = Area {
            left: area.left + depth,
            top: area.top + depth,
            right: area.right - depth,
            bottom: area.bottom - depth,
        };
        let passes = |line: &Line| line.points.windows(2).any(|pair| enters(inner, pair[0], pair[1]));
        (0..self.lines.len()).filter(|&line| passes(&self.lines[line])).collect()
    }

    /// The lines that run through boxes, with the box: through another than their own, or through their own from
    /// inside.
    pub fn through_boxes(&self) -> Vec<(usize, usize)> {
        let found = self.boxes.iter().enumerate().flat_map(|(node, &area)| {
            let own = |line: usize| self.lines[line].ends.0 == node || self.lines[line].ends.1 == node;
            let others = self.through(area, 0.5).into_iter().filter(move |&line| !own(line));
            let itself = self.through(area, 6.0).into_iter().filter(move |&line| own(line));
            others.chain(itself).map(move |line| (line, node)).collect::<Vec<_>>()
        });
        found.collect()
    }
}

/// On which side of a piece a point is; on the line itself, on the left: what passes through the end of a piece is
/// counted once.
fn is_left((a, b): (Point, Point), c: Point) -> bool {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0) >= 0.0
}

fn crossing(one: Piece, other: Piece) -> Option<Point> {
    let (a, b) = ((one.from, one.to), (other.from, other.to));
    let apart = is_left(a, b.0) != is_left(a, b.1) && is_left(b, a.0) != is_left(b, a.1);
    apart.then(|| {
        let (dx, dy) = (a.1.0 - a.0.0, a.1.1 - a.0.1);
        let (ex, ey) = (b.1.0 - b.0.0, b.1.1 - b.0.1);
        let share = ((b.0.0 - a.0.0) * ey - (b.0.1 - a.0.1) * ex) / (dx * ey - dy * ex);
        (a.0.0 + dx * share, a.0.1 + dy * share)
    })
}

/// The middle of the stretch that two straight pieces have in common, if it is longer than a head.
fn shared_stretch(one: Piece, other: Piece) -> Option<Point> {
    let (dx, dy) = (one.to.0 - one.from.0, one.to.1 - one.from.1);
    let length = dx.hypot(dy);
    let place = |(x, y): Point| {
        let (x, y) = (x - one.from.0, y - one.from.1);
        ((x * dx + y * dy) / length, (x * dy - y * dx).abs() / length)
    };
    let ((start, aside), (end, beside)) = (place(other.from), place(other.to));
    let (low, high) = (start.min(end).max(0.0), start.max(end).min(length));
    let middle = (low + high) / 2.0 / length;
    (aside < 1.0 && beside < 1.0 && high - low > HEAD).then_some((one.from.0 + dx * middle, one.from.1 + dy * middle))
}

/// Whether a straight piece enters an area (Liang and Barsky 1984).
fn enters(area: Area, (x, y): Point, to: Point) -> bool {
    let (dx, dy) = (to.0 - x, to.1 - y);
    let mut shares = (0.0_f64, 1.0_f64);
    for (step, room) in [(-dx, x - area.left), (dx, area.right - x), (-dy, y - area.top), (dy, area.bottom - y)] {
        if step == 0.0 && room <= 0.0 {
            return false;
        } else if step < 0.0 {
            shares.0 = shares.0.max(room / step);
        } else if step > 0.0 {
            shares.1 = shares.1.min(room / step);
        }
    }
    shares.0 < shares.1
}

/// Points on a curve, close enough to each other.
pub fn curve(from: Point, one: Point, other: Point, to: Point) -> impl Iterator<Item = Point> {
    (1..=12).map(move |step| {
        let share = f64::from(step) / 12.0;
        let rest = 1.0 - share;
        let parts = [rest * rest * rest, 3.0 * rest * rest * share, 3.0 * rest * share * share, share * share * share];
        let at = |values: [f64; 4]| values.iter().zip(parts).map(|(value, part)| value * part).sum::<f64>();
        (at([from.0, one.0, other.0, to.0]), at([from.1, one.1, other.1, to.1]))
    })
}

#[test]
fn what_is_counted_is_there() {
    let line = |ends, points: &[Point]| Line { ends, points: points.to_vec() };
    let area = |left: f64, top: f64| Area { left, top, right: left + 20.0, bottom: top + 20.0 };
    let boxes = vec![area(0.0, 0.0), area(100.0, 0.0), area(0.0, 100.0), area(100.0, 100.0), area(50.0, 200.0)];
    let (down, across) = (line((0, 3), &[(10.0, 20.0), (110.0, 100.0)]), line((1, 2), &[(110.0, 20.0), (10.0, 100.0)]));
    let drawing =
        |lines: &[&Line]| Drawing { boxes: boxes.clone(), lines: lines.iter().map(|&one| one.clone()).collect() };
    assert_eq!(drawing(&[&down, &across]).crossings(), 1);
    // Through the joint of two pieces, once.
    let bent = line((1, 2), &[(110.0, 20.0), (60.0, 60.0), (10.0, 100.0)]);
    assert_eq!(drawing(&[&down, &bent]).crossings(), 1);
    // Both end at a box, and cross under their heads.
    let near = line((1, 3), &[(110.0, 20.0), (105.0, 98.0), (112.0, 100.0)]);
    assert_eq!(drawing(&[&down, &near]).crossings(), 0);
    let beside = line((0, 3), &[(10.5, 20.0), (110.5, 100.0)]);
    assert_eq!(drawing(&[&down, &beside]).coinciding(), BTreeSet::from([(0, 1)]));
    assert!(drawing(&[&down, &across]).coinciding().is_empty());
    let past = line((0, 4), &[(10.0, 20.0), (10.0, 130.0), (60.0, 200.0)]);
    assert_eq!(drawing(&[&down, &past]).through_boxes(), [(1, 2)]);
    let backwards = line((0, 4), &[(10.0, 0.0), (10.0, 30.0), (60.0, 200.0)]);
    assert_eq!(drawing(&[&backwards]).through_boxes(), [(0, 0)]);
}
