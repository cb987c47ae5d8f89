//! The patterns of the bar of degrees.

use super::picture::{Path, Stroke};

/// The side of the square tile that a pattern repeats.
pub(super) const TILE: f64 = 4.0;

/// What is painted on each tile.
pub(super) struct Hatching {
    /// As `#rrggbb`.
    pub(super) ground: &'static str,
    pub(super) lines: Vec<(Path, Stroke)>,
}

impl Hatching {
    /// Lines from the lower left to the upper right.
    pub(super) fn against() -> Self {
        Self { ground: "#ffffff", lines: vec![(rising(), Stroke::new("#a8321a", 1.3))] }
    }

    /// Lines both ways.
    pub(super) fn conflict() -> Self {
        let falling = Path::from(-1.0, 3.0).line(1.0, 5.0).jump(0.0, 0.0).line(4.0, 4.0).jump(3.0, -1.0).line(5.0, 1.0);
        let lines = vec![(rising(), Stroke::new("#00694b", 1.3)), (falling, Stroke::new("#a8321a", 1.0))];
        Self { ground: "#f2d9a0", lines }
    }
}

/// The rising diagonal, with the corners of those on neighbouring tiles.
fn rising() -> Path {
    Path::from(-1.0, 1.0).line(1.0, -1.0).jump(0.0, 4.0).line(4.0, 0.0).jump(3.0, 5.0).line(5.0, 3.0)
}
