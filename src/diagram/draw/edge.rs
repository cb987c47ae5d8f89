//! Edges: a line with its label, or, in a table, a sign where a column meets a row.

use super::super::geometry::{Point, Rect, Turn};
use super::super::picture::{Fill, Group, Letters, Path, Picture, Stroke};
use super::super::plan::{Plan, Route};
use super::super::scene::{Arrangement, Figure, Scene, SceneEdge, Sign, step_letter};
use super::super::style::{ABSENT, ABSENT_DASH, EdgeStyle, Head, INK, edge_style, edge_width, verdict_style};
use super::super::text::{Ruler, Weight};
use super::line::{Look, before_head, line};
use super::shape;

/// With more edges than this, the less important ones are faded.
const CROWD: usize = 90;
/// The size of labels, the distance between their lines, their greatest width, and the most lines.
pub(super) const LABEL: f64 = 10.0;
const LABEL_STEP: f64 = 12.0;
const LABEL_WIDTH: f64 = 116.0;
const LABEL_LINES: usize = 3;

/// The indexes of all edges in painting order: the most important last, over the others.
pub(super) fn by_prominence(scene: &Scene) -> Vec<usize> {
    let mut edges: Vec<usize> = (0..scene.edges.len()).collect();
    edges.sort_by_key(|&index| prominence(scene.edges[index].sign));
    edges
}

/// Draws an edge without its label.
pub(super) fn edge(picture: &mut Picture, scene: &Scene, index: usize, plan: &Plan) {
    let edge = &scene.edges[index];
    let table = scene.arrangement == Arrangement::Table;
    let faded = !table && scene.edges.len() > CROWD && prominence(edge.sign) < 3;
    let class = format!("edge {}", sign_class(edge.sign));
    picture.begin(Group { faded, ..group(scene, edge, class) });
    if table {
        cell(picture, scene, edge, &plan.routes[index]);
    } else {
        line(picture, &reaching(scene, index, plan), look(scene, edge));
    }
    picture.end();
}

/// The route of an edge, led on to the outlines of boxes that are round or slanted.
fn reaching(scene: &Scene, index: usize, plan: &Plan) -> Route {
    let (edge, mut route) = (&scene.edges[index], plan.routes[index].clone());
    if let [first, .., last] = route.points.as_mut_slice() {
        for (node, point) in [(edge.from, first), (edge.to, last)] {
            *point = shape::rim(scene.nodes[node].figure, plan.boxes[node], *point);
        }
    }
    route
}

fn group(scene: &Scene, edge: &SceneEdge, class: String) -> Group {
    let id = |index: usize| scene.nodes[index].id.clone();
    let verdict = edge.mark.map_or("", |mark| mark.detail.verdict().name());
    Group {
        class,
        data: vec![("data-from", id(edge.from)), ("data-to", id(edge.to)), ("data-line-verdict", verdict.to_owned())],
        title: Some(scene.edge_phrase(edge)),
        ..Group::default()
    }
}

/// Draws the sign where a column meets a row. An invisible path leads to both: readers of the file find the ends of the
/// edge in it.
fn cell(picture: &mut Picture, scene: &Scene, edge: &SceneEdge, route: &Route) {
    let [_, meeting, _] = route.points[..] else { return };
    let unseen = Stroke { colour: None, width: None, dash: &[] };
    picture.path(Path::through(&route.points), Fill::None, unseen);
    let shares = scene.edges.iter().filter(|other| (other.from, other.to) == (edge.from, edge.to));
    let (before, all) = (shares.clone().filter(|other| other.sign < edge.sign).count(), shares.count());
    let middle = meeting.y + (before as f64 - (all as f64 - 1.0) / 2.0) * 9.0;
    let sign = Route::through(vec![Point::new(meeting.x + 10.0, middle), Point::new(meeting.x - 10.0, middle)]);
    line(picture, &sign, Look { sideways: true, ..look(scene, edge) });
}

fn look(scene: &Scene, edge: &SceneEdge) -> Look {
    let style = edge_style(edge.sign);
    let (style, width) = if edge.absent {
        (EdgeStyle { colour: ABSENT, dash: ABSENT_DASH, double: false, ..style }, 1.0)
    } else {
        (style, edge_width(edge.sign, edge.strength))
    };
    // The line from a junction goes on with that to it, which has the head.
    let from = &scene.nodes[edge.from];
    let goes_on = from.figure == Figure::Junction && from.label.is_empty();
    let style = if goes_on { EdgeStyle { tail: Head::None, ..style } } else { style };
    Look {
        style,
        colour: edge.mark.map_or(style.colour, |mark| verdict_style(mark.detail).stroke),
        width,
        sideways: Turn::is_sideways(scene.direction),
        headed: scene.nodes[edge.to].figure != Figure::Junction || edge.sign == Sign::Undercuts,
    }
}

/// Draws the letter of the step that evidence shares with other evidence: on its line, before the head, or beside its sign in a table.
pub(super) fn step(picture: &mut Picture, ruler: &Ruler, scene: &Scene, index: usize, plan: &Plan) {
    let edge = &scene.edges[index];
    let Some(step) = edge.step else { return };
    let look = look(scene, edge);
    let place = match (scene.arrangement, &plan.routes[index].points[..]) {
        (Arrangement::Levels, _) => before_head(&reaching(scene, index, plan), look, STEP),
        (Arrangement::Table, [_, meeting, _]) => Some(meeting.moved(10.0 + STEP, 0.0)),
        (Arrangement::Table, _) => None,
    };
    let Some(place) = place else { return };
    picture.begin(group(scene, edge, "edge-step".to_owned()));
    step_tag(picture, ruler, step, place, look.colour);
    picture.end();
}

/// The radius of the circle around the letter of a step.
const STEP: f64 = 5.5;

pub(super) fn step_tag(picture: &mut Picture, ruler: &Ruler, step: usize, middle: Point, colour: &'static str) {
    let letters = Letters { size: 8.0, weight: Weight::Bold, colour: INK };
    let letter = step_letter(step).to_string();
    let width = ruler.width(&letter, letters.size, letters.weight);
    picture.circle(middle, STEP, Fill::Plain("#ffffff"), Stroke::new(colour, 1.0));
    picture.words(ruler, &letter, middle.x - width / 2.0, middle.y + 2.4, letters);
}

/// The text on an edge, with the box around it.
pub(super) struct Label {
    lines: Vec<String>,
    width: f64,
    height: f64,
    /// From the left of the box to the text.
    indent: f64,
}

impl Label {
    /// The label of an edge: its own, or the number of links that it stands for.
    pub(super) fn of(edge: &SceneEdge, ruler: &Ruler) -> Option<Self> {
        let several = edge.count > 1 && edge.sign != Sign::Rivals;
        let text = edge.label.clone().or_else(|| several.then(|| format!("×{}", edge.count)))?;
        let lines = ruler.broken(&text, LABEL, Weight::Regular, LABEL_WIDTH, LABEL_LINES).lines;
        let widths = lines.iter().map(|line| ruler.width(line, LABEL, Weight::Regular));
        let indent = if edge.mark.is_some() { 19.0 } else { 4.0 };
        let width = widths.fold(0.0, f64::max) + indent + 4.0;
        Some(Self { width, height: 3.0 + LABEL_STEP * lines.len() as f64, indent, lines })
    }

    /// The width and height that it needs, margin included.
    pub(super) fn size(&self) -> (f64, f64) {
        (self.width + 4.0, self.height + 3.0)
    }
}

/// Draws the label of an edge: where the layout made room for it, or in the middle of the edge.
pub(super) fn label(picture: &mut Picture, ruler: &Ruler, scene: &Scene, index: usize, plan: &Plan) {
    let (edge, route) = (&scene.edges[index], &plan.routes[index]);
    let Some(label) = Label::of(edge, ruler).filter(|_| scene.arrangement == Arrangement::Levels) else { return };
    let Some(place) = route.label.or_else(|| middle(&route.points)) else { return };
    let rect = Rect::around(place, label.width, label.height);
    picture.begin(group(scene, edge, "edge-label".to_owned()));
    picture.rect(rect, 7.5, Fill::Plain("#ffffff"), Stroke::new(look(scene, edge).colour, 0.8));
    if let Some(mark) = edge.mark {
        shape::glyph(picture, mark.detail, rect.x + 9.0, place.y);
    }
    for (index, line) in label.lines.iter().enumerate() {
        let y = rect.y + 11.0 + LABEL_STEP * index as f64;
        let letters = Letters { size: LABEL, weight: Weight::Regular, colour: INK };
        picture.words(ruler, line, rect.x + label.indent, y, letters);
    }
    picture.end();
}

fn middle(points: &[Point]) -> Option<Point> {
    match points {
        [] => None,
        [one] => Some(*one),
        _ => {
            let (one, other) = (points[(points.len() - 1) / 2], points[points.len() / 2]);
            Some(Point::new((one.x + other.x) / 2.0, (one.y + other.y) / 2.0))
        }
    }
}

/// The name of a sign for style sheets.
fn sign_class(sign: Sign) -> &'static str {
    match sign {
        Sign::Asks => "asks",
        Sign::Headline => "headline",
        Sign::Supports => "supports",
        Sign::Opposes => "opposes",
        Sign::Undercuts => "undercuts",
        Sign::Impeaches => "impeaches",
        Sign::Entails => "entails",
        Sign::Rivals => "rivals",
        Sign::Derives => "derives",
        Sign::RestsOn => "rests-on",
        Sign::Supersedes => "supersedes",
        Sign::ReliesOn => "relies-on",
        Sign::Premise => "premise",
        Sign::RejectedPremise => "rejected-premise",
        Sign::AllOf => "all-of",
        Sign::AnyOf => "any-of",
        Sign::OneOf => "one-of",
        Sign::Remains => "remains",
        Sign::SameAs => "same-as",
        Sign::MayBearOn => "may-bear-on",
        Sign::Issued => "issued",
        Sign::Holds => "holds",
        Sign::Mentions => "mentions",
        Sign::MemberOf => "member-of",
        Sign::Acted => "acted",
        Sign::Struck => "struck",
        Sign::SupportedBy => "supported-by",
        Sign::InContextOf => "in-context-of",
    }
}

/// How important an edge is; more important ones are painted over the others.
fn prominence(sign: Sign) -> u8 {
    match sign {
        Sign::Asks | Sign::Mentions | Sign::Issued | Sign::Holds | Sign::MemberOf | Sign::InContextOf => 0,
        Sign::Derives | Sign::RestsOn | Sign::ReliesOn | Sign::MayBearOn | Sign::SameAs => 1,
        Sign::Supports | Sign::Premise | Sign::RejectedPremise | Sign::Acted | Sign::SupportedBy => 2,
        Sign::Entails | Sign::AllOf | Sign::AnyOf | Sign::OneOf | Sign::Remains | Sign::Headline => 3,
        Sign::Opposes | Sign::Rivals | Sign::Undercuts | Sign::Impeaches | Sign::Supersedes | Sign::Struck => 4,
    }
}
