//! The content of a node's box, its positions, and the size of the box that results.

use crate::words::degree;

use super::draw::DIAMOND;
use super::scene::{Figure, Mark, SceneNode};
use super::text::{Ruler, Weight};

/// One line of text in a box.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// From the left edge of the box.
    pub(super) x: f64,
    /// Of the baseline, from the top edge of the box.
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) faint: bool,
    /// Whether it runs upwards; the position is then the start of a baseline to the right of the text.
    pub(super) upwards: bool,
}

/// A node's box: sizes in the unit of the picture, positions from its top left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Card {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) lines: Vec<Line>,
    /// The middle of the verdict's glyph.
    pub(super) glyph: Option<(f64, f64)>,
    /// The left end and the baseline of the padlock.
    pub(super) lock: Option<(f64, f64)>,
    /// Left, top and width of the bar of degrees, or of the withheld share.
    pub(super) bar: Option<(f64, f64, f64)>,
    /// Whether the label was cut.
    pub(super) shortened: bool,
}

/// The measures of a kind of card.
struct Measures {
    /// The width of the text.
    words: f64,
    size: f64,
    weight: Weight,
    most_lines: usize,
    /// What the shape takes from the text: left, top, right, bottom.
    inset: (f64, f64, f64, f64),
}

const PAD: f64 = 9.0;
const SMALL: f64 = 9.5;
const GLYPH: f64 = 16.0;
/// The height of the bar of degrees.
pub(super) const BAR: f64 = 6.0;
/// The size of a junction on a line, and the width of the citations in one that stands by itself.
const JUNCTION: f64 = 16.0;
const JUNCTION_WORDS: f64 = 96.0;

fn measures(figure: Figure) -> Measures {
    let of = |words, size, most_lines| Measures {
        words,
        size,
        weight: Weight::Regular,
        most_lines,
        inset: (0.0, 0.0, 0.0, 0.0),
    };
    let inset = |measures: Measures, inset| Measures { inset, ..measures };
    let bold = |measures: Measures| Measures { weight: Weight::Bold, ..measures };
    match figure {
        Figure::Question => bold(of(400.0, 16.0, 4)),
        Figure::Fact | Figure::Interpretation | Figure::Record => of(188.0, 12.5, 6),
        Figure::Generalisation => bold(of(208.0, 12.5, 6)),
        Figure::Relationship => inset(of(172.0, 12.5, 5), (0.0, 0.0, 14.0, 0.0)),
        Figure::Inference => inset(of(124.0, 11.5, 3), (14.0, 0.0, 8.0, 0.0)),
        Figure::Page | Figure::News => inset(of(152.0, 11.5, 4), (0.0, 0.0, 4.0, 0.0)),
        Figure::Book => inset(of(148.0, 11.5, 4), (8.0, 0.0, 0.0, 0.0)),
        Figure::Speech => inset(of(152.0, 11.5, 4), (0.0, 0.0, 0.0, 8.0)),
        Figure::Dataset => inset(of(152.0, 11.5, 4), (0.0, 10.0, 0.0, 4.0)),
        Figure::Archive => inset(of(152.0, 11.5, 4), (0.0, 9.0, 0.0, 0.0)),
        Figure::Person => bold(inset(of(122.0, 11.5, 3), (10.0, 0.0, 10.0, 0.0))),
        Figure::Organisation => bold(inset(of(122.0, 11.5, 3), (12.0, 0.0, 12.0, 0.0))),
        Figure::ArmedGroup | Figure::OtherActor => bold(inset(of(122.0, 11.5, 3), (6.0, 0.0, 6.0, 0.0))),
        Figure::Pile => bold(inset(of(170.0, 12.5, 3), (0.0, 0.0, 7.0, 7.0))),
        Figure::Junction => of(0.0, SMALL, 0),
        Figure::Goal => of(188.0, 12.5, 6),
        Figure::UndevelopedGoal => inset(of(188.0, 12.5, 6), (0.0, 0.0, 0.0, DIAMOND)),
        Figure::Strategy => inset(of(160.0, 12.5, 4), (14.0, 0.0, 14.0, 0.0)),
        Figure::Solution => of(112.0, 11.5, 4),
        Figure::Context => inset(of(160.0, 11.5, 5), (4.0, 0.0, 4.0, 0.0)),
        Figure::Assumption | Figure::Justification => of(160.0, 11.5, 4),
    }
}

/// The box of a node.
pub(super) fn card(ruler: &Ruler, node: &SceneNode) -> Card {
    if node.figure == Figure::Junction {
        return junction(ruler, &node.label);
    }
    let measures = measures(node.figure);
    let (left, top, right, bottom) = measures.inset;
    let writer = Writer {
        ruler,
        left: PAD + left,
        words: measures.words,
        y: PAD + top,
        card: Card {
            width: 2.0 * PAD + left + right + measures.words,
            height: 0.0,
            lines: Vec::new(),
            glyph: None,
            lock: None,
            bar: None,
            shortened: false,
        },
    };
    rounded(writer.write(node, &measures, bottom), node.figure)
}

/// The card of a figure that is a circle or an ellipse, made large enough for its content to lie within.
fn rounded(card: Card, figure: Figure) -> Card {
    let (width, height) = match figure {
        Figure::Solution => {
            let across = (card.width - PAD).hypot(card.height - PAD);
            (across, across)
        }
        Figure::Assumption | Figure::Justification => {
            let root = std::f64::consts::SQRT_2;
            ((card.width - PAD) * root, (card.height - PAD) * root)
        }
        _ => return card,
    };
    let (x, y) = ((width - card.width) / 2.0, (height - card.height) / 2.0);
    let moved = |(left, top): (f64, f64)| (left + x, top + y);
    let left = |line: &Line| if figure == Figure::Solution { (width - line.width) / 2.0 } else { line.x + x };
    let lines = card.lines.into_iter().map(|line| Line { x: left(&line), y: line.y + y, ..line });
    Card {
        width,
        height,
        lines: lines.chain(letter(figure, width, height)).collect(),
        glyph: card.glyph.map(moved),
        lock: card.lock.map(moved),
        bar: card.bar.map(|(left, top, wide)| (left + x, top + y, wide)),
        shortened: card.shortened,
    }
}

/// The letter at the foot of an assumption and of a justification, which have the same shape.
fn letter(figure: Figure, width: f64, height: f64) -> Option<Line> {
    let text = match figure {
        Figure::Assumption => "A",
        Figure::Justification => "J",
        _ => return None,
    };
    let (size, weight) = (14.0, Weight::Bold);
    let wide = Ruler::new().width(text, size, weight);
    Some(Line {
        text: text.to_owned(),
        x: width - wide - 2.0,
        y: height - 4.0,
        width: wide,
        size,
        weight,
        faint: false,
        upwards: false,
    })
}

/// A dot on a line, or the citations of the sources whose link it is.
fn junction(ruler: &Ruler, label: &str) -> Card {
    let (lines, size) = (ruler.broken(label, SMALL, Weight::Regular, JUNCTION_WORDS, 4).lines, SMALL);
    let width = |line: &str| ruler.width(line, size, Weight::Regular);
    let widest = lines.iter().map(|line| width(line)).fold(0.0, f64::max);
    let (sides, step) = (if widest > 0.0 { 20.0 } else { JUNCTION }, size * 1.35);
    let lines = lines.into_iter().filter(|line| !line.is_empty()).enumerate().map(|(index, text)| Line {
        width: width(&text),
        x: (widest + sides - width(&text)) / 2.0,
        y: 14.0 + step * index as f64,
        text,
        size,
        weight: Weight::Regular,
        faint: false,
        upwards: false,
    });
    let lines: Vec<Line> = lines.collect();
    let height = if lines.is_empty() { JUNCTION } else { 8.0 + step * lines.len() as f64 };
    Card { width: widest + sides, height, lines, glyph: None, lock: None, bar: None, shortened: false }
}

struct Writer<'a> {
    ruler: &'a Ruler,
    left: f64,
    words: f64,
    y: f64,
    card: Card,
}

impl Writer<'_> {
    fn write(mut self, node: &SceneNode, measures: &Measures, bottom: f64) -> Card {
        self.heading(node);
        let label = self.ruler.broken(&node.label, measures.size, measures.weight, self.words, measures.most_lines);
        self.card.shortened = label.shortened;
        self.y += 3.0;
        for line in label.lines {
            self.y += measures.size * 1.2;
            let indent = self.ruler.indent(&line, &node.label, measures.size, measures.weight, self.words);
            self.line(line, indent, measures.size, measures.weight, false);
        }
        if let Some(mark) = node.mark {
            self.degrees(mark);
        }
        for fact in &node.facts {
            let weight = if node.figure == Figure::Question { Weight::Bold } else { Weight::Regular };
            let size = if node.figure == Figure::Question { 12.0 } else { SMALL };
            for line in self.ruler.broken(fact, size, weight, self.words, 4).lines {
                self.y += size * 1.35;
                self.line(line, 0.0, size, weight, true);
            }
        }
        if node.withheld > 0.0 {
            self.y += 5.0;
            self.card.bar = Some((self.left, self.y, self.words));
            self.y += BAR + 1.0;
        }
        self.card.height = self.y + PAD + bottom;
        self.card
    }

    /// The kind on the left, after the verdict's glyph; settled or open on the right.
    fn heading(&mut self, node: &SceneNode) {
        self.y += SMALL;
        let mut indent = 0.0;
        if node.mark.is_some() {
            self.card.glyph = Some((self.left + 6.0, self.y - 3.5));
            indent = GLYPH;
        }
        let tag = match node.mark.and_then(|mark| mark.settled) {
            Some(true) => "settled",
            Some(false) => "open",
            None => "",
        };
        let tag_width = self.ruler.width(tag, SMALL, Weight::Bold);
        let taken = if tag.is_empty() { 0.0 } else { tag_width + 16.0 };
        let heading = self.ruler.fitted(&node.heading, SMALL, Weight::Regular, self.words - indent - taken);
        self.line(heading, indent, SMALL, Weight::Regular, true);
        if !tag.is_empty() {
            self.card.lock = Some((self.left + self.words - tag_width - 12.0, self.y));
            self.line(tag.to_owned(), self.words - tag_width, SMALL, Weight::Bold, true);
        }
    }

    /// The bar of degrees, with the totals for and against under its ends.
    fn degrees(&mut self, mark: Mark) {
        self.y += 7.0;
        self.card.bar = Some((self.left, self.y, self.words));
        self.y += BAR + 11.0;
        let for_it = format!("for {}", degree(mark.degrees.case_for()));
        let against = format!("against {}", degree(mark.degrees.case_against()));
        let width = self.ruler.width(&against, SMALL, Weight::Regular);
        self.line(for_it, 0.0, SMALL, Weight::Regular, true);
        self.line(against, self.words - width, SMALL, Weight::Regular, true);
    }

    fn line(&mut self, text: String, indent: f64, size: f64, weight: Weight, faint: bool) {
        let width = self.ruler.width(&text, size, weight);
        self.card.lines.push(Line {
            text,
            x: self.left + indent,
            y: self.y,
            width,
            size,
            weight,
            faint,
            upwards: false,
        });
    }
}
