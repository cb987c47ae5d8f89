//! The pictures that stand in a report: the card of its verdict, and one of each section.

use crate::engine::{Answer, Engine};
use crate::words::shortened;

use super::alternative::LONGEST;
use super::compose::scene;
use super::draw::{CardShape, card_picture, picture};
use super::options::Request;
use super::picture::Picture;
use super::section::section_views;
use super::verdict_card::verdict_card;

/// The pictures of a report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Illustrations {
    /// The verdict on the first question; none in a case that asks none.
    pub card: Option<Picture>,
    /// A picture of each section, in the order of the report; of very many sections only of the first.
    pub sections: Vec<Option<Picture>>,
}

/// The pictures of a report on these answers. What could not be worked out or has nothing in it is left out.
///
/// Cost: the influence of the sources of one headline, and a small layout for each section.
pub fn illustrations(engine: &Engine<'_>, answer: &Answer) -> Illustrations {
    let of_section = |view| {
        let scene = scene(engine, answer, &Request { view, ..Request::default() }).ok()?;
        Some(picture(&scene))
    };
    let card = verdict_card(engine, answer, None).ok().map(|card| card_picture(&card, CardShape::Wide));
    Illustrations { card, sections: section_views(engine).map(of_section).collect() }
}

impl Illustrations {
    /// All of them, in the order of the report.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> + Clone {
        self.card.iter().chain(self.sections.iter().flatten())
    }

    /// Whether a section, counted from 0, is the first that has no picture because there are too many.
    pub fn end_before(&self, section: usize) -> bool {
        section > 0 && section == self.sections.len()
    }
}

impl Picture {
    /// The picture in words, for those who do not see it.
    pub fn alternative(&self) -> String {
        let title = shortened(self.title.clone(), LONGEST);
        match &self.description {
            Some(description) if title.ends_with(['.', '?', '!']) => format!("{title} {description}"),
            Some(description) => format!("{title}. {description}"),
            None => title,
        }
    }

    /// Width and height, in units of 1/96 inch.
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }
}
