//! SVG: the scene with its places, drawn.
//!
//! Words are text, not outlines: they can be searched and read aloud. Each line says how long it is by the built-in
//! font, so that it keeps within its box whatever font the reader has.

mod edge;
mod legend;
mod markup;
mod shape;

use super::card::{Card, Line, card};
use super::geometry::{Point, Rect, Turn};
use super::layout::{FRAME_TITLE, Plan, Route, Sizes, place};
use super::legend::Entry;
use super::level::is_source;
use super::scene::{Arrangement, Figure, Scene, SceneEdge, SceneNode, Sign};
use super::style::{FAINT, INK, edge_style, edge_width, verdict_style};
use super::table;
use super::text::{FAMILY, Ruler, Weight};
use edge::Stroke;
use legend::Legend;
pub(super) use markup::escaped;
use markup::{Markup, number};

/// A scene in which every node has its box.
pub(super) struct Drawing<'a> {
    pub(super) scene: &'a Scene,
    pub(super) ruler: Ruler,
    pub(super) cards: Vec<Card>,
    /// What ids begin with.
    prefix: String,
}

/// Around the picture.
const MARGIN: f64 = 24.0;
/// The least width of a page, for the title and the legend.
const LEAST: f64 = 720.0;
/// More edges than this are a crowd.
const CROWD: usize = 90;
/// The size of the words on an edge, from one line of them to the next, and how wide they are at most.
const LABEL: f64 = 10.0;
const LABEL_STEP: f64 = 12.0;
const LABEL_WIDTH: f64 = 116.0;

/// Words on an edge, with the box around them.
struct EdgeWords {
    lines: Vec<String>,
    width: f64,
    height: f64,
    /// Where the words begin, from the left of the box.
    indent: f64,
}

/// The picture as SVG, laid out in process. The same scene gives the same bytes.
///
/// Cost: that of the layout, about quadratic in the nodes and edges.
pub fn svg(scene: &Scene) -> String {
    svg_with_prefix(scene, "")
}

/// The same with a prefix to its ids, so that several can stand in one page.
pub(super) fn svg_with_prefix(scene: &Scene, prefix: &str) -> String {
    let drawing = Drawing::new(scene, prefix);
    let plan = match scene.arrangement {
        Arrangement::Levels => place(scene, &drawing.sizes()),
        Arrangement::Table => table::place(scene, &drawing.cards),
    };
    drawing.draw(&plan)
}

impl<'a> Drawing<'a> {
    pub(super) fn new(scene: &'a Scene, prefix: &str) -> Self {
        let ruler = Ruler::new();
        let box_of = match scene.arrangement {
            Arrangement::Levels => card,
            Arrangement::Table => table::card,
        };
        let cards = scene.nodes.iter().map(|node| box_of(&ruler, node)).collect();
        Self { scene, ruler, cards, prefix: prefix.to_owned() }
    }

    /// What the layout has to make room for.
    pub(super) fn sizes(&self) -> Sizes {
        let label = |edge: &SceneEdge| edge_text(edge).map(|text| self.label_size(edge, &text));
        Sizes {
            nodes: self.cards.iter().map(|card| (card.width, card.height)).collect(),
            labels: self.scene.edges.iter().map(label).collect(),
        }
    }

    /// The room that words on an edge need.
    fn label_size(&self, edge: &SceneEdge, label: &str) -> (f64, f64) {
        let label = self.edge_words(edge, label);
        (label.width + 4.0, label.height + 3.0)
    }

    fn edge_words(&self, edge: &SceneEdge, label: &str) -> EdgeWords {
        let lines = self.ruler.broken(label, LABEL, Weight::Regular, LABEL_WIDTH, 2).lines;
        let widths = lines.iter().map(|line| self.ruler.width(line, LABEL, Weight::Regular));
        let indent = if edge.mark.is_some() { 19.0 } else { 4.0 };
        let width = widths.fold(0.0, f64::max) + indent + 4.0;
        EdgeWords { width, height: 3.0 + LABEL_STEP * lines.len() as f64, indent, lines }
    }

    /// Draws the scene in its places.
    pub(super) fn draw(&self, plan: &Plan) -> String {
        let width = plan.width.max(LEAST) + 2.0 * MARGIN;
        let words = width - 2.0 * MARGIN;
        let title = self.ruler.broken(&self.scene.title, 20.0, Weight::Bold, words, 3);
        let subtitle = self.ruler.broken(&self.scene.subtitle, 12.0, Weight::Regular, words, 4);
        let head = MARGIN + 25.0 * title.lines.len() as f64 + 16.0 * subtitle.lines.len() as f64 + 18.0;
        let legend = Legend::new(&self.ruler, self.scene, words);
        let notes: Vec<String> = (self.scene.left_out.iter())
            .flat_map(|note| self.ruler.broken(note, 11.0, Weight::Regular, words, 6).lines)
            .collect();
        let foot = head + plan.height + 28.0;
        let notes_at = foot + legend.height + if notes.is_empty() { 0.0 } else { 20.0 };
        let height = notes_at + 15.0 * notes.len() as f64 + MARGIN;
        let mut markup = Markup::default();
        self.begin(&mut markup, width, height);
        let mut y = MARGIN;
        for line in &title.lines {
            y += 25.0;
            self.words(&mut markup, line, MARGIN, y - 5.0, 20.0, Weight::Bold, INK);
        }
        for line in &subtitle.lines {
            y += 16.0;
            self.words(&mut markup, line, MARGIN, y - 3.0, 12.0, Weight::Regular, FAINT);
        }
        let indent = MARGIN + (plan.width.max(LEAST) - plan.width) / 2.0;
        let place = format!("translate({} {})", number(indent), number(head));
        markup.begin("g", &[("class", "scene"), ("transform", &place)]);
        self.scene(&mut markup, plan);
        markup.end();
        let place = format!("translate({} {})", number(MARGIN), number(foot));
        markup.begin("g", &[("class", "legend"), ("transform", &place)]);
        legend.draw(&mut markup, self);
        markup.end();
        for (index, note) in notes.iter().enumerate() {
            self.words(&mut markup, note, MARGIN, notes_at + 15.0 * index as f64, 11.0, Weight::Regular, FAINT);
        }
        markup.end();
        markup.finish()
    }

    fn begin(&self, markup: &mut Markup, width: f64, height: f64) {
        begin_document(markup, width, height);
        markup.leaf("title", &[], &self.scene.title);
        markup.leaf("desc", &[], &self.scene.subtitle);
        patterns(markup, &self.prefix);
        markup.empty("rect", &[("width", "100%"), ("height", "100%"), ("fill", "#ffffff")]);
    }

    fn scene(&self, markup: &mut Markup, plan: &Plan) {
        for (group, frame) in self.scene.groups.iter().zip(&plan.frames).filter(|(_, frame)| frame.width > 0.0) {
            self.frame(markup, &group.title, *frame);
        }
        let mut edges: Vec<usize> = (0..self.scene.edges.len()).collect();
        if self.scene.arrangement == Arrangement::Table {
            self.guides(markup, plan);
        }
        // What weighs most is drawn last, over the rest.
        edges.sort_by_key(|&index| prominence(self.scene.edges[index].sign));
        for &index in &edges {
            self.edge(markup, index, plan);
        }
        for &index in &edges {
            self.edge_label(markup, index, plan);
        }
        for (index, rect) in plan.boxes.iter().enumerate() {
            if self.scene.arrangement == Arrangement::Table {
                self.column_number(markup, &self.scene.nodes[index], *rect, plan.height);
            }
            self.node(markup, index, *rect);
        }
    }

    fn frame(&self, markup: &mut Markup, title: &str, frame: Rect) {
        let (x, y, width, height) = (number(frame.x), number(frame.y), number(frame.width), number(frame.height));
        markup.begin("g", &[("class", "group")]);
        markup.leaf("title", &[], title);
        markup.empty(
            "rect",
            &[
                ("x", &x),
                ("y", &y),
                ("width", &width),
                ("height", &height),
                ("rx", "6"),
                ("fill", "#f6f7f9"),
                ("stroke", "#b6bec7"),
            ],
        );
        let title = self.ruler.fitted(title, 11.5, Weight::Bold, frame.width - 16.0);
        self.words(markup, &title, frame.x + 8.0, frame.y + FRAME_TITLE - 4.0, 11.5, Weight::Bold, FAINT);
        markup.end();
    }

    fn edge(&self, markup: &mut Markup, index: usize, plan: &Plan) {
        let edge = &self.scene.edges[index];
        let (from, to) = (&self.scene.nodes[edge.from], &self.scene.nodes[edge.to]);
        let class = format!("edge {}", sign_class(edge.sign));
        let table = self.scene.arrangement == Arrangement::Table;
        // Where there are many lines, those that most of them are step back.
        let crowded = !table && self.scene.edges.len() > CROWD && prominence(edge.sign) < 3;
        // Of strokes and fills, not of the whole: that would be painted apart, at the cost of the page for each line.
        let opacity = if crowded { "0.6" } else { "" };
        let looks = [("stroke-opacity", opacity), ("fill-opacity", opacity)];
        let ends = [("data-from", from.id.as_str()), ("data-to", to.id.as_str())];
        let verdict = ("data-line-verdict", line_verdict(edge));
        markup.begin("g", &[("class", class.as_str()), ends[0], ends[1], verdict, looks[0], looks[1]]);
        markup.leaf("title", &[], &self.scene.edge_phrase(edge));
        if table {
            self.cell(markup, edge, &plan.routes[index]);
        } else {
            edge::edge(markup, &plan.routes[index], self.stroke(edge));
        }
        markup.end();
    }

    /// Faint lines that lead from the rows to the columns, under all signs.
    fn guides(&self, markup: &mut Markup, plan: &Plan) {
        let mut reach = vec![None; self.scene.nodes.len()];
        for (edge, route) in self.scene.edges.iter().zip(&plan.routes) {
            let [_, meeting, _] = route.points.as_slice() else { continue };
            let farther = |known: Option<Point>| match known {
                Some(known) => Some(Point::new(known.x.max(meeting.x), known.y.max(meeting.y))),
                None => Some(*meeting),
            };
            reach[edge.from] = farther(reach[edge.from]);
            reach[edge.to] = farther(reach[edge.to]);
        }
        for (index, reach) in reach.into_iter().enumerate() {
            let (Some(reach), rect) = (reach, plan.boxes[index]) else { continue };
            let way = markup::Path::default();
            let way = if is_source(self.scene.nodes[index].figure) {
                way.step('M', &[rect.middle().x, rect.bottom()]).step('V', &[reach.y])
            } else {
                way.step('M', &[rect.right(), rect.middle().y]).step('H', &[reach.x])
            };
            let look = [("d", way.as_str()), ("fill", "none"), ("stroke", "#d3d9df"), ("stroke-width", "1")];
            markup.empty("path", &look);
        }
    }

    /// The sign at which a column meets a row; the way to both is there, unseen, under the guides' lines.
    fn cell(&self, markup: &mut Markup, edge: &SceneEdge, route: &Route) {
        let [foot, meeting, end] = route.points.as_slice() else { return };
        let way = markup::Path::default().step('M', &[foot.x, foot.y]);
        let way = way.step('L', &[meeting.x, meeting.y]).step('L', &[end.x, end.y]);
        let look = [("d", way.as_str()), ("fill", "none"), ("stroke", "none")];
        markup.empty("path", &look);
        let shares = self.scene.edges.iter().filter(|other| (other.from, other.to) == (edge.from, edge.to));
        let (before, all) = (shares.clone().filter(|other| other.sign < edge.sign).count(), shares.count());
        let middle = meeting.y + (before as f64 - (all as f64 - 1.0) / 2.0) * 9.0;
        let points = vec![Point::new(meeting.x + 10.0, middle), Point::new(meeting.x - 10.0, middle)];
        let sign = Route { points, label: None, across: false, arch: false, spline: false };
        edge::edge(markup, &sign, Stroke { sideways: true, ..self.stroke(edge) });
    }

    /// The number of a source again, under its column: a table can be long.
    fn column_number(&self, markup: &mut Markup, node: &SceneNode, rect: Rect, foot: f64) {
        if let (Some(text), true) = (node.citation(), is_source(node.figure)) {
            let width = self.ruler.width(text, LABEL, Weight::Bold);
            self.words(markup, text, rect.middle().x - width / 2.0, foot - 2.0, LABEL, Weight::Bold, FAINT);
        }
    }

    fn stroke(&self, edge: &SceneEdge) -> Stroke {
        let style = edge_style(edge.sign);
        Stroke {
            style,
            colour: edge.mark.map_or(style.colour, |mark| verdict_style(mark.detail).stroke),
            width: edge_width(edge.sign, edge.strength),
            sideways: Turn::is_sideways(self.scene.direction),
            headed: self.scene.nodes[edge.to].figure != Figure::Junction || edge.sign == Sign::Undercuts,
        }
    }

    /// Words on an edge: where the layout made room for them, or in its middle.
    fn edge_label(&self, markup: &mut Markup, index: usize, plan: &Plan) {
        let edge = &self.scene.edges[index];
        let middle = |points: &[Point]| match points {
            [] => None,
            [one] => Some(*one),
            _ => {
                let (one, other) = (points[(points.len() - 1) / 2], points[points.len() / 2]);
                Some(Point::new((one.x + other.x) / 2.0, (one.y + other.y) / 2.0))
            }
        };
        let Some(text) = edge_text(edge).filter(|_| self.scene.arrangement == Arrangement::Levels) else { return };
        let route = &plan.routes[index];
        let Some(place) = route.label.or_else(|| middle(&route.points)) else { return };
        let words = self.edge_words(edge, &text);
        let rect = Rect::around(place, words.width, words.height);
        let stroke = self.stroke(edge).colour;
        let (from, to) = (&self.scene.nodes[edge.from].id, &self.scene.nodes[edge.to].id);
        let verdict = ("data-line-verdict", line_verdict(edge));
        markup.begin("g", &[("class", "edge-label"), ("data-from", from), ("data-to", to), verdict]);
        markup.leaf("title", &[], &self.scene.edge_phrase(edge));
        let (x, y, wide, high) = (number(rect.x), number(rect.y), number(rect.width), number(rect.height));
        markup.empty(
            "rect",
            &[
                ("x", &x),
                ("y", &y),
                ("width", &wide),
                ("height", &high),
                ("rx", "7.5"),
                ("fill", "#ffffff"),
                ("stroke", stroke),
                ("stroke-width", "0.8"),
            ],
        );
        if let Some(mark) = edge.mark {
            shape::glyph(markup, mark.detail, rect.x + 9.0, place.y);
        }
        for (index, line) in words.lines.iter().enumerate() {
            let y = rect.y + 11.0 + LABEL_STEP * index as f64;
            self.words(markup, line, rect.x + words.indent, y, LABEL, Weight::Regular, INK);
        }
        markup.end();
    }

    fn node(&self, markup: &mut Markup, index: usize, rect: Rect) {
        let (node, card) = (&self.scene.nodes[index], &self.cards[index]);
        let verdict = node.mark.map(|mark| mark.detail.name()).unwrap_or_default();
        let place = [rect.x, rect.y, rect.width, rect.height].map(number).join(" ");
        let attributes =
            [("class", "node"), ("data-id", node.id.as_str()), ("data-verdict", verdict), ("data-box", &place)];
        markup.begin("g", &attributes);
        markup.leaf("title", &[], &hover(node));
        let narrow = self.scene.arrangement == Arrangement::Table && is_source(node.figure);
        let figure = if narrow { Figure::OtherActor } else { node.figure };
        shape::outline(markup, figure, rect, shape::paint(node));
        self.card(markup, node, card, rect);
        markup.end();
    }

    fn card(&self, markup: &mut Markup, node: &SceneNode, card: &Card, rect: Rect) {
        if node.figure == Figure::Inference {
            shape::therefore(markup, card, rect);
        }
        if let (Some((x, y)), Some(mark)) = (card.glyph, node.mark) {
            shape::glyph(markup, mark.detail, rect.x + x, rect.y + y);
        }
        if let (Some((x, y)), Some(settled)) = (card.lock, node.mark.and_then(|mark| mark.settled)) {
            shape::lock(markup, settled, rect.x + x, rect.y + y);
        }
        match (card.bar, node.mark) {
            (Some((x, y, width)), Some(mark)) => {
                shape::degrees(markup, &self.prefix, mark, Point::new(rect.x + x, rect.y + y), width);
            }
            (Some((x, y, width)), None) => shape::withheld(markup, node.withheld, rect.x + x, rect.y + y, width),
            (None, _) => {}
        }
        for line in &card.lines {
            self.line(markup, line, node.figure, rect);
        }
    }

    fn line(&self, markup: &mut Markup, line: &Line, figure: Figure, rect: Rect) {
        let colour = match (figure, line.faint) {
            (Figure::Question, false) => "#ffffff",
            (Figure::Question, true) => "#d5dbe1",
            (_, false) => INK,
            (_, true) => FAINT,
        };
        let (x, y) = (rect.x + line.x, rect.y + line.y);
        if line.upwards {
            let turn = format!("rotate(-90 {} {})", number(x), number(y));
            markup.begin("g", &[("transform", &turn)]);
        }
        self.words(markup, &line.text, x, y, line.size, line.weight, colour);
        if line.upwards {
            markup.end();
        }
    }

    /// A line of text as long as the built-in font has it.
    #[expect(clippy::too_many_arguments, reason = "a text, its place and its looks")]
    fn words(&self, markup: &mut Markup, text: &str, x: f64, y: f64, size: f64, weight: Weight, colour: &str) {
        if text.is_empty() {
            return;
        }
        let (x, y, long) = (number(x), number(y), number(self.ruler.width(text, size, weight)));
        markup.leaf(
            "text",
            &[
                ("x", &x),
                ("y", &y),
                ("font-size", &number(size)),
                ("font-weight", if weight == Weight::Bold { "bold" } else { "" }),
                ("fill", colour),
                ("textLength", &long),
                ("lengthAdjust", "spacingAndGlyphs"),
            ],
            text,
        );
    }
}

fn begin_document(markup: &mut Markup, width: f64, height: f64) {
    let (width, height) = (number(width), number(height));
    markup.begin(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &width),
            ("height", &height),
            ("viewBox", &format!("0 0 {width} {height}")),
            ("font-family", &format!("'{FAMILY}', 'Arial Narrow', 'Liberation Sans Narrow', Arial, sans-serif")),
            ("role", "img"),
        ],
    );
}

/// The patterns of the bar of degrees.
fn patterns(markup: &mut Markup, prefix: &str) {
    markup.begin("defs", &[]);
    for (id, crossed) in [("against", false), ("both", true)] {
        let id = format!("{prefix}{id}");
        let size = [("id", id.as_str()), ("width", "4"), ("height", "4"), ("patternUnits", "userSpaceOnUse")];
        let (ground, stroke) = if crossed { ("#f2d9a0", "#00694b") } else { ("#ffffff", "#a8321a") };
        markup.begin("pattern", &size);
        markup.empty("rect", &[("width", "4"), ("height", "4"), ("fill", ground)]);
        markup.empty("path", &[("d", "M-1 1L1 -1M0 4L4 0M3 5L5 3"), ("stroke", stroke), ("stroke-width", "1.3")]);
        if crossed {
            let other = [("d", "M-1 3L1 5M0 0L4 4M3 -1L5 1"), ("stroke", "#a8321a"), ("stroke-width", "1")];
            markup.empty("path", &other);
        }
        markup.end();
    }
    markup.end();
}

/// One entry of the legend as a picture of its own.
pub fn sign_picture(entry: Entry) -> String {
    let mut markup = Markup::default();
    begin_document(&mut markup, 52.0, 24.0);
    markup.leaf("title", &[], entry.phrase());
    patterns(&mut markup, "");
    markup.empty("rect", &[("width", "100%"), ("height", "100%"), ("fill", "#ffffff")]);
    legend::swatch(&mut markup, "", entry, 5.0, 1.5);
    markup.end();
    markup.finish()
}

/// What a reader sees on hover: everything that the box says, at full length.
pub(super) fn hover(node: &SceneNode) -> String {
    let mut words = vec![format!("{} ({})", node.id, node.heading)];
    if !node.label.is_empty() {
        words.push(node.label.clone());
    }
    if let Some(mark) = node.mark {
        let settled = match mark.settled {
            Some(true) => ", settled",
            Some(false) => ", open",
            None => "",
        };
        words.push(format!("{}{settled}", verdict_style(mark.detail).phrase));
    }
    words.extend(node.facts.iter().cloned());
    words.join("\n")
}

/// The name of a sign in attributes.
pub(super) fn sign_class(sign: Sign) -> &'static str {
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
        Sign::ReliesOn => "relies-on",
        Sign::Premise => "premise",
        Sign::RejectedPremise => "rejected-premise",
        Sign::AllOf => "all-of",
        Sign::AnyOf => "any-of",
        Sign::SameAs => "same-as",
        Sign::MayBearOn => "may-bear-on",
        Sign::Issued => "issued",
        Sign::Holds => "holds",
        Sign::Mentions => "mentions",
        Sign::MemberOf => "member-of",
        Sign::Acted => "acted",
    }
}

/// What stands on an edge: its kind, or how many links it stands for.
fn edge_text(edge: &SceneEdge) -> Option<String> {
    let several = edge.count > 1 && edge.sign != Sign::Rivals;
    edge.label.clone().or_else(|| several.then(|| format!("×{}", edge.count)))
}

/// The verdict that a line shows, if it shows one.
fn line_verdict(edge: &SceneEdge) -> &'static str {
    edge.mark.map_or("", |mark| mark.detail.verdict().name())
}

/// The order in which edges are drawn, one over the other.
fn prominence(sign: Sign) -> u8 {
    match sign {
        Sign::Asks | Sign::Mentions | Sign::Issued | Sign::Holds | Sign::MemberOf => 0,
        Sign::Derives | Sign::ReliesOn | Sign::MayBearOn | Sign::SameAs => 1,
        Sign::Supports | Sign::Premise | Sign::RejectedPremise | Sign::Acted => 2,
        Sign::Entails | Sign::AllOf | Sign::AnyOf | Sign::Headline => 3,
        Sign::Opposes | Sign::Rivals | Sign::Undercuts | Sign::Impeaches => 4,
    }
}
