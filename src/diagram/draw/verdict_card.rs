//! A verdict card as a picture, of the sizes that networks show beside a link.

use super::super::geometry::{Point, Rect};
use super::super::picture::{Fill, Group, Letters, Picture};
use super::super::style::{FAINT, INK, verdict_style};
use super::super::text::{Ruler, Weight};
use super::super::verdict_card::{ClaimList, VerdictCard};
use super::shape;
use crate::words::degree;

/// The proportions of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CardShape {
    /// 1200 by 630: beside a link.
    #[default]
    Wide,
    /// 1200 by 1200: a post by itself.
    Square,
}

/// What there is room for.
struct Room {
    height: f64,
    question: usize,
    words: usize,
    /// Claims in a list, lines of each.
    claims: (usize, usize),
    /// Lines of a source.
    source: usize,
    /// How much larger the letters are, and those of the last line.
    scale: f64,
    foot: f64,
}

/// How many times as large letters a card may have on which little is said.
const LARGER: [f64; 6] = [1.9, 1.7, 1.5, 1.35, 1.2, 1.1];

const WIDTH: f64 = 1200.0;
const MARGIN: f64 = 56.0;
const CONTENT: f64 = WIDTH - 2.0 * MARGIN;
/// Between columns.
const GAP: f64 = 28.0;

const QUESTION: Letters = Letters { size: 38.0, weight: Weight::Bold, colour: INK };
const FINDING: Letters = Letters { size: 27.0, weight: Weight::Bold, colour: INK };
const WORDS: Letters = Letters { size: 20.0, weight: Weight::Regular, colour: INK };
const HEADING: Letters = Letters { size: 18.0, weight: Weight::Bold, colour: INK };
const SMALL: Letters = Letters { size: 17.0, weight: Weight::Regular, colour: INK };
const FOOT: Letters = Letters { size: 15.0, weight: Weight::Regular, colour: FAINT };

impl CardShape {
    fn room(self) -> Room {
        match self {
            Self::Wide => {
                Room { height: 630.0, question: 2, words: 3, claims: (4, 2), source: 1, scale: 1.0, foot: 1.0 }
            }
            Self::Square => {
                Room { height: 1200.0, question: 4, words: 6, claims: (6, 3), source: 2, scale: 1.3, foot: 1.3 }
            }
        }
    }

    /// The room for larger letters: lines are few enough if they fit.
    fn larger(self, by: f64) -> Room {
        let room = self.room();
        Room { question: 4, words: 6, claims: (room.claims.0, 4), source: 3, scale: room.scale * by, ..room }
    }
}

/// Draws a card, with letters so large that it is full. What does not fit into one of small letters is cut, with an ellipsis or a
/// number of those that are left.
pub fn card_picture(card: &VerdictCard, shape: CardShape) -> Picture {
    let whole = |by: f64| filled(card, shape.larger(by)).ok().filter(|(_, is_whole)| *is_whole);
    if let Some((picture, _)) = LARGER.into_iter().find_map(whole) {
        return picture;
    }
    let (most, lines) = shape.room().claims;
    let drawn =
        |claims: usize| filled(card, Room { claims: (claims, lines), ..shape.room() }).map(|(picture, _)| picture);
    let fitting = (2..=most).rev().find_map(|claims| drawn(claims).ok());
    fitting.unwrap_or_else(|| drawn(1).unwrap_or_else(|picture| picture))
}

/// A card, and whether nothing on it is cut; as an error where it is fuller than it has room for.
fn filled(card: &VerdictCard, room: Room) -> Result<(Picture, bool), Picture> {
    let mut picture = Picture::new(WIDTH, room.height, &card.question);
    picture.description = Some(card.alternative());
    let style = verdict_style(card.detail);
    picture.rect(Rect { x: 0.0, y: 0.0, width: 18.0, height: room.height }, 0.0, Fill::Plain(style.stroke), None);
    let mut sheet = Sheet { picture, ruler: Ruler::new(), room, y: 40.0, is_whole: true };
    sheet.question(card);
    sheet.degrees(card);
    sheet.lists(&card.lists);
    sheet.sources(card);
    let (is_full, is_whole) = (sheet.y > sheet.foot_at(), sheet.is_whole);
    sheet.foot(card);
    if is_full { Err(sheet.picture) } else { Ok((sheet.picture, is_whole)) }
}

/// A card that is filled from the top.
struct Sheet {
    picture: Picture,
    ruler: Ruler,
    room: Room,
    y: f64,
    /// Whether all that is to be said so far is there.
    is_whole: bool,
}

impl Sheet {
    fn part(&mut self, class: &str) {
        self.picture.begin(Group { class: class.to_owned(), ..Group::default() });
    }

    fn letters(&self, letters: Letters) -> Letters {
        Letters { size: letters.size * self.room.scale, ..letters }
    }

    fn gap(&self, gap: f64) -> f64 {
        gap * self.room.scale
    }

    /// Text from a place downwards, in at most so many lines. Returns where it ends.
    fn text(&mut self, text: &str, x: f64, y: f64, width: f64, most: usize, letters: Letters) -> f64 {
        let letters = self.letters(letters);
        let broken = self.ruler.broken(text, letters.size, letters.weight, width, most);
        let lines = broken.lines;
        self.is_whole &= !broken.shortened;
        let step = letters.size * 1.25;
        for (index, line) in lines.iter().enumerate() {
            let y = y + letters.size + step * index as f64;
            let x = x + self.ruler.indent(line, text, letters.size, letters.weight, width);
            self.picture.words(&self.ruler, line, x, y, letters);
        }
        y + step * lines.len() as f64
    }

    fn question(&mut self, card: &VerdictCard) {
        self.part("question");
        self.y = self.text(&card.question, MARGIN, self.y, CONTENT, self.room.question, QUESTION) + self.gap(10.0);
        let size = self.letters(FINDING).size;
        let middle = Point::new(MARGIN + size * 0.5, self.y + size * 0.62);
        shape::large_glyph(&mut self.picture, card.detail, middle, size / 11.0);
        let (x, width) = (MARGIN + size * 1.3, CONTENT - size * 1.3);
        self.y = self.text(&card.finding, x, self.y, width, 1, FINDING) + self.gap(2.0);
        self.y = self.text(&card.words, MARGIN, self.y, CONTENT, self.room.words, WORDS) + self.gap(12.0);
        self.picture.end();
    }

    /// The headline's bar, with the two cases under its ends.
    fn degrees(&mut self, card: &VerdictCard) {
        self.part("degrees");
        let height = 16.0 * self.room.scale;
        shape::tall_degrees(&mut self.picture, card.degrees, Rect { x: MARGIN, y: self.y, width: CONTENT, height });
        self.y += height + 3.0;
        let against = format!("case against it: {}", degree(card.degrees.case_against()));
        let letters = self.letters(SMALL);
        let width = self.ruler.width(&against, letters.size, letters.weight);
        let for_it = format!("case for it: {}", degree(card.degrees.case_for()));
        self.text(&for_it, MARGIN, self.y, CONTENT / 2.0, 1, SMALL);
        self.y = self.text(&against, MARGIN + CONTENT - width, self.y, width + 1.0, 1, SMALL) + self.gap(12.0);
        self.picture.end();
    }

    fn lists(&mut self, lists: &[ClaimList]) {
        let columns = lists.len().max(1) as f64;
        let width = (CONTENT - GAP * (columns - 1.0)) / columns;
        let top = self.y;
        for (index, list) in lists.iter().enumerate() {
            self.part("claims");
            let end = self.list(list, MARGIN + (width + GAP) * index as f64, top, width);
            self.y = self.y.max(end + self.gap(12.0));
            self.picture.end();
        }
    }

    fn list(&mut self, list: &ClaimList, x: f64, top: f64, width: f64) -> f64 {
        let size = self.letters(HEADING).size;
        let middle = Point::new(x + size * 0.42, top + size * 0.64);
        shape::large_glyph(&mut self.picture, list.detail, middle, size / 13.0);
        let heading = format!("{} ({})", list.heading, list.claims.len());
        let mut y = self.text(&heading, x + size * 1.15, top, width - size * 1.15, 1, HEADING) + 1.0;
        let (most, lines) = self.room.claims;
        let shown = if list.claims.len() > most { most - 1 } else { most };
        for claim in list.claims.iter().take(shown) {
            y = self.text(claim, x, y, width, lines, SMALL) + self.gap(3.0);
        }
        match list.claims.len().saturating_sub(shown) {
            0 => y,
            more => {
                self.is_whole = false;
                self.text(&format!("and {more} more"), x, y, width, 1, Letters { colour: FAINT, ..SMALL })
            }
        }
    }

    /// The weightiest sources of both sides, side by side, and under them what is withheld.
    fn sources(&mut self, card: &VerdictCard) {
        let width = (CONTENT - GAP) / 2.0;
        let top = self.y;
        for (side, (sources, heading)) in
            card.sources.iter().zip(["Weightiest for it", "Weightiest against it"]).enumerate()
        {
            self.part("sources");
            let x = MARGIN + (width + GAP) * side as f64;
            let mut y = self.text(heading, x, top, width, 1, HEADING) + 1.0;
            if sources.is_empty() {
                y = self.text("no source", x, y, width, 1, Letters { colour: FAINT, ..SMALL });
            }
            for source in sources {
                y = self.text(source, x, y, width, self.room.source, SMALL);
            }
            self.y = self.y.max(y + self.gap(8.0));
            self.picture.end();
        }
        self.part("withheld");
        self.y = self.text(&card.withheld, MARGIN, self.y, CONTENT, self.room.source, SMALL);
        self.picture.end();
    }

    /// Where the last line begins.
    fn foot_at(&self) -> f64 {
        self.room.height - 22.0 - FOOT.size * self.room.foot
    }

    fn foot(&mut self, card: &VerdictCard) {
        self.part("foot");
        let y = self.foot_at();
        let words = format!("{} · evigraph", card.foot);
        let letters = Letters { size: FOOT.size * self.room.foot / self.room.scale, ..FOOT };
        self.text(&words, MARGIN, y.max(self.y), CONTENT, 1, letters);
        self.picture.end();
    }
}
