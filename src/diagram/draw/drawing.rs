//! The page: title, scene, legend and notes, from top to bottom.

use super::super::alternative::alternative;
use super::super::card::{Card, card};
use super::super::geometry::Point;
use super::super::layouts::Layouts;
use super::super::picture::{Group, Letters, Picture, Placed};
use super::super::plan::{Plan, Sizes};
use super::super::scene::{Arrangement, Scene};
use super::super::style::{FAINT, INK};
use super::super::table;
use super::super::text::{Ruler, Weight};
use super::edge::{Label, by_prominence, edge, label, step};
use super::frame;
use super::grid::{column_number, guides};
use super::legend::Legend;
use super::node::node;

/// A scene whose nodes have boxes of known size, but no places.
pub(in crate::diagram) struct Drawing<'a> {
    scene: &'a Scene,
    ruler: Ruler,
    cards: Vec<Card>,
}

/// The margin of the page.
pub(in crate::diagram) const MARGIN: f64 = 24.0;
/// The least width of the content, for the title and the legend.
const LEAST: f64 = 720.0;
pub(in crate::diagram) const TITLE: Letters = Letters { size: 20.0, weight: Weight::Bold, colour: INK };
pub(in crate::diagram) const SUBTITLE: Letters = Letters { size: 12.0, weight: Weight::Regular, colour: FAINT };
pub(in crate::diagram) const NOTE: Letters = Letters { size: 11.0, weight: Weight::Regular, colour: FAINT };

/// The picture of a scene, laid out in process.
///
/// Cost: that of the layout, about quadratic in the nodes and edges.
pub fn picture(scene: &Scene) -> Picture {
    picture_from(scene, &mut Layouts::default())
}

/// The same from the layouts that are remembered, if that of this scene is among them; else it is from now on.
pub(in crate::diagram) fn picture_from(scene: &Scene, layouts: &mut Layouts) -> Picture {
    let drawing = Drawing::new(scene);
    match scene.arrangement {
        Arrangement::Levels => drawing.draw(layouts.of(scene, drawing.sizes())),
        Arrangement::Table => drawing.draw(&table::place(scene, &drawing.cards)),
    }
}

impl<'a> Drawing<'a> {
    pub(in crate::diagram) fn new(scene: &'a Scene) -> Self {
        let ruler = Ruler::new();
        let box_of = match scene.arrangement {
            Arrangement::Levels => card,
            Arrangement::Table => table::card,
        };
        let cards = scene.nodes.iter().map(|node| box_of(&ruler, node)).collect();
        Self { scene, ruler, cards }
    }

    /// The sizes that a layout has to make room for.
    pub(in crate::diagram) fn sizes(&self) -> Sizes {
        let labels = self.scene.edges.iter().map(|edge| Label::of(edge, &self.ruler).map(|label| label.size()));
        Sizes {
            nodes: self.cards.iter().map(|card| (card.width, card.height)).collect(),
            labels: labels.collect(),
            titles: self.scene.groups.iter().map(|group| frame::title_width(&self.ruler, &group.title)).collect(),
        }
    }

    /// Draws the scene in its places.
    pub(in crate::diagram) fn draw(&self, plan: &Plan) -> Picture {
        let content = plan.width.max(LEAST);
        let broken = |text: &str, letters: Letters, most: usize| {
            self.ruler.broken(text, letters.size, letters.weight, content, most).lines
        };
        let title = broken(&self.scene.title, TITLE, 3);
        let subtitle = broken(&self.scene.subtitle, SUBTITLE, 4);
        let notes: Vec<String> = self.scene.left_out.iter().flat_map(|note| broken(&note.words, NOTE, 6)).collect();
        let legend = Legend::new(&self.ruler, self.scene, content);
        let head = MARGIN + 25.0 * title.len() as f64 + 16.0 * subtitle.len() as f64 + 18.0;
        let foot = head + plan.height + 28.0;
        let notes_at = foot + legend.height + if notes.is_empty() { 0.0 } else { 20.0 };
        let height = notes_at + 15.0 * notes.len() as f64 + MARGIN;
        let mut picture = Picture::new(content + 2.0 * MARGIN, height, &self.scene.title);
        picture.description = Some(alternative(self.scene));
        for (index, line) in title.iter().enumerate() {
            let indent = self.ruler.indent(line, &self.scene.title, TITLE.size, TITLE.weight, content);
            picture.words(&self.ruler, line, MARGIN + indent, MARGIN + 20.0 + 25.0 * index as f64, TITLE);
        }
        self.lines(&mut picture, &subtitle, MARGIN + 25.0 * title.len() as f64 + 13.0, 16.0, SUBTITLE);
        picture.begin(part("scene", MARGIN + (content - plan.width) / 2.0, head));
        self.scene(&mut picture, plan);
        picture.end();
        picture.begin(part("legend", MARGIN, foot));
        legend.draw(&mut picture, &self.ruler);
        picture.end();
        self.lines(&mut picture, &notes, notes_at, 15.0, NOTE);
        picture
    }

    /// Lines of text, the first with its baseline at `y`.
    fn lines(&self, picture: &mut Picture, lines: &[String], y: f64, step: f64, letters: Letters) {
        for (index, line) in lines.iter().enumerate() {
            picture.words(&self.ruler, line, MARGIN, y + step * index as f64, letters);
        }
    }

    fn scene(&self, picture: &mut Picture, plan: &Plan) {
        let scene = self.scene;
        for (group, frame) in scene.groups.iter().zip(&plan.frames).filter(|(_, frame)| frame.width > 0.0) {
            frame::frame(picture, &group.title, *frame);
        }
        let table = scene.arrangement == Arrangement::Table;
        if table {
            guides(picture, scene, plan);
        }
        let edges = by_prominence(scene);
        edges.iter().for_each(|&index| edge(picture, scene, index, plan));
        edges.iter().for_each(|&index| step(picture, &self.ruler, scene, index, plan));
        edges.iter().for_each(|&index| label(picture, &self.ruler, scene, index, plan));
        for (group, frame) in scene.groups.iter().zip(&plan.frames).filter(|(_, frame)| frame.width > 0.0) {
            frame::title(picture, &self.ruler, &group.title, *frame, plan);
        }
        for ((one, card), &rect) in scene.nodes.iter().zip(&self.cards).zip(&plan.boxes) {
            if table {
                column_number(picture, &self.ruler, one, rect, plan.height);
            }
            node(picture, &self.ruler, scene.arrangement, (one, card), rect);
        }
    }
}

/// A part of the page.
fn part(class: &str, x: f64, y: f64) -> Group {
    Group { class: class.to_owned(), placed: Some(Placed::Moved(Point::new(x, y))), ..Group::default() }
}
