//! The visual language: what each verdict and each sign looks like, for every format alike.
//!
//! Nothing is shown by colour alone: a border, a dash, a head or a glyph shows it as well. Colours are chosen to differ
//! under the common kinds of colour blindness (after Okabe and Ito 2008), and borders to differ in grey.

use crate::verdict::Detail;

use super::scene::{Figure, Sign};

/// A dash pattern: alternating lengths of strokes and gaps. Empty for a solid line.
pub(super) type Dash = &'static [f64];

/// The look of a verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct VerdictStyle {
    pub(super) fill: &'static str,
    pub(super) stroke: &'static str,
    pub(super) dash: Dash,
    /// Whether the border is double.
    pub(super) double: bool,
    pub(super) width: f64,
    /// The glyph in text formats.
    pub(super) glyph: char,
    /// The phrase in the legend.
    pub(super) phrase: &'static str,
}

pub(super) fn verdict_style(detail: Detail) -> VerdictStyle {
    match detail {
        Detail::Established => VerdictStyle {
            fill: "#dcf1e8",
            stroke: "#00694b",
            dash: &[],
            double: false,
            width: 2.4,
            glyph: '●',
            phrase: "supported: established",
        },
        Detail::RivalReadings => contested("contested by a rival reading"),
        Detail::ConflictingEvidence => contested("contested by conflicting evidence"),
        Detail::Refuted => VerdictStyle {
            fill: "#fadfd6",
            stroke: "#a8321a",
            dash: &[11.0, 3.0, 2.0, 3.0],
            double: false,
            width: 2.4,
            glyph: '⊗',
            phrase: "unsupported: refuted",
        },
        Detail::Insufficient => VerdictStyle {
            fill: "#eef1f5",
            stroke: "#56616e",
            dash: &[6.0, 4.0],
            double: false,
            width: 1.6,
            glyph: '○',
            phrase: "unsupported: not enough evidence",
        },
        Detail::NoEvidence => VerdictStyle {
            fill: "#ffffff",
            stroke: "#7b8590",
            dash: &[1.5, 3.5],
            double: false,
            width: 1.6,
            glyph: '◌',
            phrase: "unsupported: no evidence either way",
        },
        Detail::Undecided => VerdictStyle {
            fill: "#f4f0f7",
            stroke: "#6b5b7b",
            dash: &[2.0, 2.0, 6.0, 2.0],
            double: false,
            width: 1.6,
            glyph: '?',
            phrase: "undecided at this precision",
        },
    }
}

fn contested(phrase: &'static str) -> VerdictStyle {
    VerdictStyle { fill: "#fff0cc", stroke: "#a86400", dash: &[], double: true, width: 1.3, glyph: '◐', phrase }
}

/// The head at an end of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    None,
    Arrow,
    HollowArrow,
    Bar,
    Cross,
    CircledCross,
    Diamond,
    HollowDiamond,
    Circle,
    Dot,
    Vee,
    Square,
}

/// The look of an edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct EdgeStyle {
    pub(super) colour: &'static str,
    pub(super) dash: Dash,
    /// Whether it is two thin lines instead of one.
    pub(super) double: bool,
    pub(super) head: Head,
    pub(super) tail: Head,
    /// The width, unless a strength determines it.
    pub(super) width: f64,
}

pub(super) fn edge_style(sign: Sign) -> EdgeStyle {
    let line = |colour, head| EdgeStyle { colour, dash: &[], double: false, head, tail: Head::None, width: 1.3 };
    let dashed = |colour, dash, head| EdgeStyle { dash, ..line(colour, head) };
    match sign {
        Sign::Asks => EdgeStyle { width: 1.2, ..dashed("#6b7683", &[1.5, 3.0], Head::None) },
        Sign::Headline => EdgeStyle { width: 2.0, ..line("#4a5562", Head::None) },
        Sign::Supports => line("#00694b", Head::Arrow),
        Sign::Opposes => dashed("#a8321a", &[7.0, 3.0], Head::Bar),
        Sign::Undercuts => dashed("#6c3a94", &[9.0, 3.0, 2.0, 3.0], Head::Cross),
        Sign::Impeaches => dashed("#6c3a94", &[2.0, 2.5], Head::CircledCross),
        Sign::Entails => EdgeStyle { double: true, ..line("#2b5a9b", Head::HollowArrow) },
        Sign::Rivals => EdgeStyle { tail: Head::Diamond, width: 1.8, ..dashed("#a86400", &[4.0, 2.0], Head::Diamond) },
        Sign::Derives => line("#6b7683", Head::Vee),
        Sign::RestsOn => line("#6b7683", Head::Dot),
        Sign::Supersedes => dashed("#6c3a94", &[6.0, 2.0, 1.5, 2.0], Head::Bar),
        Sign::ReliesOn => dashed("#6b7683", &[4.0, 3.0], Head::Vee),
        Sign::Premise => line("#3b4450", Head::Dot),
        Sign::RejectedPremise => dashed("#3b4450", &[5.0, 3.0], Head::Circle),
        Sign::AllOf => line("#2b5a9b", Head::Diamond),
        Sign::AnyOf => line("#2b5a9b", Head::HollowDiamond),
        Sign::OneOf => dashed("#2b5a9b", &[6.0, 2.5], Head::HollowDiamond),
        Sign::Remains => {
            EdgeStyle { tail: Head::Arrow, width: 2.2, ..dashed("#2b5a9b", &[6.0, 2.5], Head::HollowDiamond) }
        }
        Sign::SameAs => EdgeStyle { double: true, ..line("#6b7683", Head::None) },
        Sign::MayBearOn => dashed("#15181c", &[1.0, 3.0], Head::Square),
        Sign::Issued => EdgeStyle { width: 0.9, ..line("#98a2ad", Head::Vee) },
        Sign::Holds => EdgeStyle { width: 0.9, ..dashed("#98a2ad", &[9.0, 3.0], Head::Square) },
        Sign::Mentions => EdgeStyle { width: 0.8, ..dashed("#b6bec7", &[1.0, 4.0], Head::Vee) },
        Sign::MemberOf => EdgeStyle { width: 1.0, ..line("#98a2ad", Head::HollowArrow) },
        Sign::Acted => EdgeStyle { width: 1.8, ..line("#56616e", Head::Arrow) },
        Sign::Struck => dashed("#6c3a94", &[9.0, 3.0, 2.0, 3.0], Head::Cross),
        // Of GSN: the head is at what supports, and at what is stated.
        Sign::SupportedBy => EdgeStyle { tail: Head::Arrow, ..line("#15181c", Head::None) },
        Sign::InContextOf => EdgeStyle { tail: Head::HollowArrow, ..line("#15181c", Head::None) },
    }
}

/// The width of an edge: from 0.8 at strength 0 to 3.6 at strength 1, or that of its sign if it has no strength.
pub(super) fn edge_width(sign: Sign, strength: Option<f64>) -> f64 {
    match strength {
        Some(strength) if sign.is_weighed() => 0.8 + 2.8 * strength,
        _ => edge_style(sign).width,
    }
}

/// The colours of fill and border of a node without a verdict.
pub(super) fn figure_colours(figure: Figure) -> (&'static str, &'static str) {
    match figure {
        Figure::Question => ("#26303b", "#26303b"),
        Figure::Inference => ("#ece8f4", "#5a4b7c"),
        Figure::Junction => ("#ffffff", "#3b4450"),
        Figure::Pile => ("#f3f4f6", "#56616e"),
        Figure::Person | Figure::Organisation | Figure::ArmedGroup | Figure::OtherActor => ("#f5efe6", "#6b5a3e"),
        _ => ("#ffffff", "#56616e"),
    }
}

/// The look of what a what-if leaves out: paler than everything that plays a part, and dashed.
pub(super) const ABSENT: &str = "#8b949e";
pub(super) const ABSENT_DASH: Dash = &[3.0, 3.0];

/// The phrase for a figure in the legend.
pub(super) fn figure_phrase(figure: Figure) -> &'static str {
    match figure {
        Figure::Question => "question",
        Figure::Fact => "claim about what happened",
        Figure::Interpretation => "reading",
        Figure::Generalisation => "general claim",
        Figure::Record => "claim about the record",
        Figure::Relationship => "relationship",
        Figure::Inference => "inference: premises together",
        Figure::Page => "written record",
        Figure::Book => "book, scholarly work",
        Figure::News => "news report",
        Figure::Speech => "testimony",
        Figure::Dataset => "data set",
        Figure::Archive => "archive: a container",
        Figure::Person => "person",
        Figure::Organisation => "organisation",
        Figure::ArmedGroup => "armed group, cartel",
        Figure::OtherActor => "other actor",
        Figure::Junction => "evidence that is undercut",
        Figure::Pile => "several, drawn as one",
        Figure::Goal => "goal",
        Figure::UndevelopedGoal => "goal that is not developed",
        Figure::Strategy => "strategy",
        Figure::Solution => "solution",
        Figure::Context => "context",
        Figure::Assumption => "assumption (A)",
        Figure::Justification => "justification (J)",
    }
}

/// The colour of text.
pub(super) const INK: &str = "#15181c";
/// The colour of secondary text.
pub(super) const FAINT: &str = "#4f5965";
