//! Frames around groups, and their titles, which no line runs through.

use super::super::geometry::{Point, Rect};
use super::super::picture::{Fill, Group, Letters, Picture, Stroke};
use super::super::plan::{FRAME_TITLE, Plan, Route};
use super::super::style::FAINT;
use super::super::text::{Ruler, Weight};

const TITLE: Letters = Letters { size: 11.5, weight: Weight::Bold, colour: FAINT };
const GROUND: Fill = Fill::Plain("#f6f7f9");
/// From the side of a frame, or from a line, to the title.
const MARGIN: f64 = 8.0;
/// The greatest width of a title.
const LONGEST: f64 = 360.0;
/// Into so many pieces a curve is cut to find out where it is.
const PIECES: usize = 12;

/// Draws a frame, under all that is in it.
pub(super) fn frame(picture: &mut Picture, title: &str, frame: Rect) {
    picture.begin(Group { class: "group".to_owned(), title: Some(title.to_owned()), ..Group::default() });
    picture.rect(frame, 6.0, GROUND, Stroke { width: None, ..Stroke::new("#b6bec7", 1.0) });
    picture.end();
}

/// How wide a title is, with the room around it.
pub(super) fn title_width(ruler: &Ruler, title: &str) -> f64 {
    ruler.width(title, TITLE.size, TITLE.weight).min(LONGEST) + 2.0 * MARGIN
}

/// Writes the title of a frame where no line crosses it; if there is no such place, on a ground that interrupts the lines.
pub(super) fn title(picture: &mut Picture, ruler: &Ruler, title: &str, frame: Rect, plan: &Plan) {
    let title = ruler.fitted(title, TITLE.size, TITLE.weight, LONGEST.min(frame.width - 2.0 * MARGIN));
    let width = ruler.width(&title, TITLE.size, TITLE.weight);
    let band = Rect { height: FRAME_TITLE, ..frame };
    let lines: Vec<(f64, f64)> = plan.routes.iter().flat_map(|route| crossings(route, band)).collect();
    let free = free_place(&lines, band, width);
    let place = Rect { x: free.unwrap_or(frame.x + MARGIN), y: frame.y + 3.0, width, height: FRAME_TITLE - 4.0 };
    picture.begin(Group { class: "group-title".to_owned(), ..Group::default() });
    if free.is_none() {
        picture.rect(Rect { x: place.x - 3.0, width: width + 6.0, ..place }, 3.0, GROUND, None);
    }
    picture.words(ruler, &title, place.x, frame.y + FRAME_TITLE - 4.0, TITLE);
    picture.end();
}

/// The leftmost place in a band for something of a width, clear of all lines.
fn free_place(lines: &[(f64, f64)], band: Rect, width: f64) -> Option<f64> {
    let starts = lines.iter().map(|&(_, right)| right + MARGIN);
    let mut starts: Vec<f64> = std::iter::once(band.x + MARGIN).chain(starts).collect();
    starts.sort_by(f64::total_cmp);
    let is_clear = |x: f64| lines.iter().all(|&(left, right)| right < x || left > x + width);
    starts.into_iter().find(|&x| x >= band.x + MARGIN && x + width <= band.right() - MARGIN && is_clear(x))
}

/// Where a route crosses a band: the extent of each piece of it that is in there.
fn crossings(route: &Route, band: Rect) -> Vec<(f64, f64)> {
    let points: Vec<Point> = route.points.windows(2).flat_map(|pair| curve(pair[0], pair[1])).collect();
    let inside = |one: Point, other: Point| {
        one.y.min(other.y) < band.bottom()
            && one.y.max(other.y) > band.y
            && one.x.min(other.x) < band.right()
            && one.x.max(other.x) > band.x
    };
    let pieces = points.windows(2).filter(|pair| inside(pair[0], pair[1]));
    pieces.map(|pair| (pair[0].x.min(pair[1].x) - 2.0, pair[0].x.max(pair[1].x) + 2.0)).collect()
}

/// Points on the curve between two points of a route.
fn curve(from: Point, to: Point) -> impl Iterator<Item = Point> {
    (0..=PIECES).map(move |step| {
        let share = step as f64 / PIECES as f64;
        // A curve that is upright at both ends has most of its way across in the middle of its height.
        let eased = share * share * (3.0 - 2.0 * share);
        Point::new(from.x + (to.x - from.x) * eased, from.y + (to.y - from.y) * share)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_beside_the_lines_that_cross_its_band() {
        let band = Rect { x: 0.0, y: 0.0, width: 200.0, height: FRAME_TITLE };
        let route = |x: f64| Route::through(vec![Point::new(x, -50.0), Point::new(x, 50.0)]);
        let lines = |xs: &[f64]| -> Vec<(f64, f64)> { xs.iter().flat_map(|&x| crossings(&route(x), band)).collect() };
        assert_eq!(free_place(&lines(&[]), band, 60.0), Some(8.0));
        // A line at 30 leaves no room before it, and 60 fit behind it.
        assert_eq!(free_place(&lines(&[30.0]), band, 60.0), Some(30.0 + 2.0 + 8.0));
        assert_eq!(free_place(&lines(&[30.0, 80.0, 130.0, 180.0]), band, 60.0), None);
        assert_eq!(free_place(&lines(&[300.0]), band, 60.0), Some(8.0), "a line beside the frame is in nobody's way");
    }
}
