//! The legend: the parts of the visual language that occur in a scene, and no others.

use std::collections::BTreeSet;

use crate::verdict::Detail;

use super::level::is_source;
use super::scene::{Arrangement, Figure, Scene, Sign};
use super::style::{figure_phrase, verdict_style};

/// One entry of a legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// The look of a verdict.
    Verdict(Detail),
    /// The padlock, shut for settled or open.
    Settled(bool),
    /// The bar of degrees.
    Degrees,
    /// The shape of a kind of node.
    Figure(Figure),
    /// The bar of the withheld share.
    Withheld,
    /// The look of an edge.
    Sign(Sign),
    /// The width of edges.
    Strength,
    /// The letter on evidence that is one step with other evidence.
    OneStep,
    /// The look of what is assumed.
    Assumed,
    /// The look of what a what-if leaves out.
    Absent,
}

impl Entry {
    /// Every possible entry, in the order of the legend.
    pub fn every() -> Vec<Self> {
        let verdicts = [
            Detail::Established,
            Detail::RivalReadings,
            Detail::ConflictingEvidence,
            Detail::Refuted,
            Detail::Insufficient,
            Detail::NoEvidence,
            Detail::Undecided,
        ];
        let mut entries: Vec<Self> = verdicts.into_iter().map(Self::Verdict).collect();
        entries.extend([Self::Settled(true), Self::Settled(false), Self::Degrees]);
        entries.extend(Figure::EVERY.into_iter().map(Self::Figure));
        entries.push(Self::Withheld);
        entries.extend(Sign::EVERY.into_iter().map(Self::Sign));
        entries.extend([Self::Strength, Self::OneStep, Self::Assumed, Self::Absent]);
        entries
    }

    /// A name for a file, such as `verdict-refuted`, `node-page` or `line-supports`.
    pub fn file_name(self) -> String {
        let spelled = |name: String| {
            let mut spelled = String::new();
            for letter in name.chars() {
                if letter.is_uppercase() && !spelled.is_empty() {
                    spelled.push('-');
                }
                spelled.extend(letter.to_lowercase());
            }
            spelled
        };
        match self {
            Self::Verdict(detail) => format!("verdict-{}", detail.name().replace('_', "-")),
            Self::Settled(true) => "settled".to_owned(),
            Self::Settled(false) => "open".to_owned(),
            Self::Degrees => "degrees".to_owned(),
            Self::Figure(figure) => format!("node-{}", spelled(format!("{figure:?}"))),
            Self::Withheld => "withheld".to_owned(),
            Self::Sign(sign) => format!("line-{}", spelled(format!("{sign:?}"))),
            Self::Strength => "strength".to_owned(),
            Self::OneStep => "one-step".to_owned(),
            Self::Assumed => "assumed".to_owned(),
            Self::Absent => "left-out".to_owned(),
        }
    }

    /// What it means.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Verdict(detail) => verdict_style(detail).phrase,
            Self::Settled(true) => "settled: nothing single would change it",
            Self::Settled(false) => "open: something would change it",
            Self::Degrees => "degrees: for, both, neither, against",
            Self::Figure(figure) => figure_phrase(figure),
            Self::Withheld => "black: the share that is withheld",
            Self::Sign(sign) => sign.phrase(),
            Self::Strength => "the wider, the stronger",
            Self::OneStep => "one step: those of one letter count once",
            Self::Assumed => "assumed, on the author's word",
            Self::Absent => "left out of the verdicts",
        }
    }
}

/// The entries of a scene under their headings; no heading is empty.
pub fn legend(scene: &Scene) -> Vec<(&'static str, Vec<Entry>)> {
    let mut verdicts = BTreeSet::new();
    let mut things = BTreeSet::new();
    for node in &scene.nodes {
        // The columns of a table all have the same narrow shape.
        if scene.arrangement == Arrangement::Levels || !is_source(node.figure) {
            things.insert(Entry::Figure(node.figure));
        }
        if node.withheld > 0.0 {
            things.insert(Entry::Withheld);
        }
        if node.assumed && node.figure != Figure::Assumption {
            things.insert(Entry::Assumed);
        }
        if node.absent {
            things.insert(Entry::Absent);
        }
        if let Some(mark) = node.mark {
            verdicts.extend([Entry::Verdict(mark.detail), Entry::Degrees]);
            verdicts.extend(mark.settled.map(Entry::Settled));
        }
    }
    let mut links = BTreeSet::new();
    for edge in &scene.edges {
        links.insert(Entry::Sign(edge.sign));
        if edge.absent {
            things.insert(Entry::Absent);
        }
        verdicts.extend(edge.mark.map(|mark| Entry::Verdict(mark.detail)));
        if edge.step.is_some() {
            links.insert(Entry::OneStep);
        }
        if edge.strength.is_some() && edge.sign.is_weighed() {
            links.insert(Entry::Strength);
        }
    }
    let columns = [("Verdicts", verdicts), ("Nodes", things), ("Lines", links)];
    let full = columns.into_iter().filter(|(_, entries)| !entries.is_empty());
    full.map(|(heading, entries)| (heading, entries.into_iter().collect())).collect()
}
