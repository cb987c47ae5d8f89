//! What a layout makes of a scene: the places of nodes, groups and edges.

use super::geometry::{Point, Rect};
use super::options::Direction;

/// The path of an edge, from its start to its end.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Route {
    /// Points on it. Between two of them it is a curve that is parallel to the main direction at both.
    pub(super) points: Vec<Point>,
    /// The middle of its label.
    pub(super) label: Option<Point>,
    /// Whether it runs across the main direction, between two nodes side by side.
    pub(super) across: bool,
    /// The index of the point at which it turns back, if it rises over what it joins.
    pub(super) arch: Option<usize>,
    /// Whether the points are those of a cubic spline, as Graphviz gives them.
    pub(super) spline: bool,
}

impl Route {
    pub(super) fn through(points: Vec<Point>) -> Self {
        Self { points, ..Self::default() }
    }
}

/// The places of a scene's parts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Plan {
    /// One for each node.
    pub(super) boxes: Vec<Rect>,
    /// One for each group; of width 0 if the group has no node.
    pub(super) frames: Vec<Rect>,
    /// One for each edge.
    pub(super) routes: Vec<Route>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The proportion of a page, and how many times off it a plan may be without cost.
pub(super) const PAGE: f64 = 1.4;
const TOLERATED: f64 = 1.4;

impl Plan {
    /// What is wrong with its outlines: its area, and more than that where it is far from the proportion of a page.
    pub(super) fn cost(&self) -> f64 {
        let proportion = self.width / self.height;
        self.width * self.height * (proportion / PAGE).max(PAGE / proportion).max(TOLERATED)
    }
}

/// The sizes of what is to be placed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sizes {
    /// Width and height of each node.
    pub(super) nodes: Vec<(f64, f64)>,
    /// Width and height of the label on each edge that has one.
    pub(super) labels: Vec<Option<(f64, f64)>>,
    /// The width of the title of each group.
    pub(super) titles: Vec<f64>,
}

/// The margin between a frame and the nodes in it.
pub(super) const FRAME: f64 = 14.0;
/// The height of the title of a frame.
pub(super) const FRAME_TITLE: f64 = 20.0;

/// The frame around nodes, given the box that contains them. Its title stands at the side that is the upper one once the plan
/// is turned.
pub(super) fn frame_around(nodes: Rect, direction: Direction) -> Rect {
    let frame = nodes.grown(FRAME);
    match direction {
        Direction::Up => Rect { y: frame.y - FRAME_TITLE, height: frame.height + FRAME_TITLE, ..frame },
        Direction::Down => Rect { height: frame.height + FRAME_TITLE, ..frame },
        Direction::Left | Direction::Right => {
            Rect { x: frame.x - FRAME_TITLE, width: frame.width + FRAME_TITLE, ..frame }
        }
    }
}
