//! The scene: what is drawn, worked out once, for every format alike.
//!
//! It has no coordinates and no colours: a layout adds the former, each format the latter.

use crate::verdict::{Degrees, Detail};

use super::caption::Note;
use super::options::Direction;

/// What a picture shows, before layout: nodes, edges, groups, and what was left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The title of the case.
    pub title: String,
    /// What is shown, under which standard and which changes.
    pub subtitle: String,
    /// The direction in which evidence flows.
    pub direction: Direction,
    /// How nodes are arranged.
    pub arrangement: Arrangement,
    /// The nodes, in the order of their kinds and ids.
    pub nodes: Vec<SceneNode>,
    /// The edges, in the order of their ends.
    pub edges: Vec<SceneEdge>,
    /// The groups, in the order of their titles.
    pub groups: Vec<SceneGroup>,
    /// What is not drawn and how to see it.
    pub left_out: Vec<Note>,
    /// How much of an argument is folded into what is drawn.
    pub folded: usize,
}

/// How nodes are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// On levels, with lines between them.
    #[default]
    Levels,
    /// In a table: a row for each statement, a column for each source, a sign where one is evidence for the other.
    Table,
}

/// What a node is, which determines its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// A question.
    Question,
    /// A claim about what happened.
    Fact,
    /// A reading of what happened.
    Interpretation,
    /// A claim from instances to a rule.
    Generalisation,
    /// A claim about the record itself.
    Record,
    /// What one actor did with another.
    Relationship,
    /// A step of reasoning.
    Inference,
    /// A cable, a memorandum, a report, a court paper: a written record.
    Page,
    /// A book or a scholarly work.
    Book,
    /// A news report.
    News,
    /// Testimony.
    Speech,
    /// A data set.
    Dataset,
    /// A container of documents.
    Archive,
    /// A person.
    Person,
    /// An agency, a committee, a company, an archive as an institution.
    Organisation,
    /// An armed group or a cartel.
    ArmedGroup,
    /// Any other actor.
    OtherActor,
    /// The point on a link of evidence at which an undercut strikes.
    Junction,
    /// Several nodes drawn as one.
    Pile,
    /// In GSN, a claim.
    Goal,
    /// In GSN, a claim for which nothing is given yet.
    UndevelopedGoal,
    /// In GSN, an inference.
    Strategy,
    /// In GSN, a source.
    Solution,
    /// In GSN, what a goal is understood in: a question, or the note of a claim.
    Context,
    /// In GSN, a claim that is only assumed.
    Assumption,
    /// In GSN, why a strategy is sound: the note of an inference.
    Justification,
}

impl Figure {
    /// Every figure.
    pub const EVERY: [Self; 26] = [
        Self::Question,
        Self::Fact,
        Self::Interpretation,
        Self::Generalisation,
        Self::Record,
        Self::Relationship,
        Self::Inference,
        Self::Page,
        Self::Book,
        Self::News,
        Self::Speech,
        Self::Dataset,
        Self::Archive,
        Self::Person,
        Self::Organisation,
        Self::ArmedGroup,
        Self::OtherActor,
        Self::Junction,
        Self::Pile,
        Self::Goal,
        Self::UndevelopedGoal,
        Self::Strategy,
        Self::Solution,
        Self::Context,
        Self::Assumption,
        Self::Justification,
    ];
}

/// One node.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneNode {
    /// The id of what it stands for; that of a junction or pile has a character that no id of a case can have.
    pub id: String,
    /// What it is, which determines its shape.
    pub figure: Figure,
    /// Its kind in a few words.
    pub kind: String,
    /// Its kind, with its date or its questions if it has any.
    pub heading: String,
    /// The number by which statements cite it, if they do.
    pub citation: Option<u64>,
    /// Its full text; that of a cited source begins with the citation in brackets. That of a junction names the sources whose
    /// link it is, where no line comes from them.
    pub label: String,
    /// Its verdict, if it is a statement.
    pub mark: Option<Mark>,
    /// The share of the document that is withheld, from 0 to 1.
    pub withheld: f64,
    /// Further facts, a few words each.
    pub facts: Vec<String>,
    /// The group that it is in.
    pub group: Option<usize>,
    /// Whether it is assumed, with nothing behind it but the author's word.
    pub assumed: bool,
    /// Whether a what-if leaves it out: it is in the case and plays no part in the verdicts.
    pub absent: bool,
}

/// A verdict, as far as a picture shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// The verdict.
    pub detail: Detail,
    /// Whether it is settled; none if that was not asked for.
    pub settled: Option<bool>,
    /// The degrees.
    pub degrees: Degrees,
}

/// What an edge means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// From a question to one of its claims.
    Asks,
    /// From a question to its headline.
    Headline,
    /// Evidence or an inference for a statement.
    Supports,
    /// Evidence or an inference against a statement.
    Opposes,
    /// An attack on an inference or a link of evidence.
    Undercuts,
    /// An attack on the reliability of a source.
    Impeaches,
    /// From a stronger statement to a weaker one.
    Entails,
    /// Between two readings that cannot both be true.
    Rivals,
    /// From an origin to a document that derives its account from it.
    Derives,
    /// From a source to a document that needs it, with all else that it rests on.
    RestsOn,
    /// From a document to one that no longer holds where it does.
    Supersedes,
    /// From an origin to the document, for one link of evidence alone.
    ReliesOn,
    /// From a premise to an inference.
    Premise,
    /// From a premise that has to be rejected to an inference.
    RejectedPremise,
    /// From a part to the whole that needs all of them.
    AllOf,
    /// From a part to the whole that needs one of them.
    AnyOf,
    /// From a part to the whole that is exactly one of them.
    OneOf,
    /// From a part to the whole that is exactly one of them, where all others are refuted and this one is established.
    Remains,
    /// From a relationship to the claim whose verdict it takes.
    SameAs,
    /// From a document to what its withheld part may bear on.
    MayBearOn,
    /// From an actor to a document that it issued.
    Issued,
    /// From a collection to a document in it.
    Holds,
    /// From a document or a claim to an actor that it mentions.
    Mentions,
    /// From an actor to the larger one that it is a part of.
    MemberOf,
    /// From one actor of a relationship to the other.
    Acted,
    /// In a table, from a source to the statement for which its evidence is undercut; its label says by what.
    Struck,
    /// In GSN, from what supports a goal or strategy to it.
    SupportedBy,
    /// In GSN, from a context, an assumption or a justification to what it is stated for.
    InContextOf,
}

impl Sign {
    /// Every sign.
    pub const EVERY: [Self; 28] = [
        Self::Asks,
        Self::Headline,
        Self::Supports,
        Self::Opposes,
        Self::Undercuts,
        Self::Impeaches,
        Self::Entails,
        Self::Rivals,
        Self::Derives,
        Self::RestsOn,
        Self::Supersedes,
        Self::ReliesOn,
        Self::Premise,
        Self::RejectedPremise,
        Self::AllOf,
        Self::AnyOf,
        Self::OneOf,
        Self::Remains,
        Self::SameAs,
        Self::MayBearOn,
        Self::Issued,
        Self::Holds,
        Self::Mentions,
        Self::MemberOf,
        Self::Acted,
        Self::Struck,
        Self::SupportedBy,
        Self::InContextOf,
    ];

    /// The phrase in the legend and on hover.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Asks => "has as a claim",
            Self::Headline => "has as its headline",
            Self::Supports => "supports",
            Self::Opposes => "opposes",
            Self::Undercuts => "undercuts a step",
            Self::Impeaches => "impeaches a source",
            Self::Entails => "entails the weaker",
            Self::Rivals => "is a rival of",
            Self::Derives => "is the origin of",
            Self::RestsOn => "is needed by",
            Self::Supersedes => "supersedes",
            Self::ReliesOn => "is the origin, for one link alone, of",
            Self::Premise => "is a premise of",
            Self::RejectedPremise => "is a premise, if rejected, of",
            Self::AllOf => "is a part: all are needed",
            Self::AnyOf => "is a part: one is enough",
            Self::OneOf => "is a part: exactly one is so",
            Self::Remains => "is the part that is left: the others are refuted",
            Self::SameAs => "takes the verdict of",
            Self::MayBearOn => "may, where withheld, bear on",
            Self::Issued => "issued",
            Self::Holds => "keeps",
            Self::Mentions => "speaks of",
            Self::MemberOf => "is part of",
            Self::Acted => "relationship, by its verdict",
            Self::Struck => "evidence that is undercut",
            Self::SupportedBy => "supports (SupportedBy)",
            Self::InContextOf => "is stated for (InContextOf)",
        }
    }

    /// Whether the width of its line shows a strength.
    pub fn is_weighed(self) -> bool {
        matches!(self, Self::Supports | Self::Opposes | Self::Undercuts | Self::Impeaches | Self::SupportedBy)
    }
}

/// One edge, in the direction in which evidence flows.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneEdge {
    /// The index of the node at which it starts.
    pub from: usize,
    /// The index of the node to which it leads.
    pub to: usize,
    /// What it means.
    pub sign: Sign,
    /// Its strength, from 0 to 1, if it has one; the greatest where it stands for several links.
    pub strength: Option<f64>,
    /// The number of links that it stands for, at least 1.
    pub count: usize,
    /// The text on it.
    pub label: Option<String>,
    /// If it is evidence that is one step with other evidence for the same statement, or against it: which of these steps, from 0.
    pub step: Option<usize>,
    /// Its verdict, if it is a relationship.
    pub mark: Option<Mark>,
    /// Whether a what-if leaves out all that it stands for.
    pub absent: bool,
}

/// The letter of a step of several links: beyond the last, the last.
pub(super) fn step_letter(step: usize) -> char {
    char::from(b'a' + step.min(25) as u8)
}

/// Nodes drawn together in a frame.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneGroup {
    /// Its title.
    pub title: String,
}

impl Scene {
    /// The nodes from its questions outwards or, where there are none, from the node with the most lines; what nothing links to
    /// these comes last.
    pub(super) fn by_distance(&self) -> Vec<usize> {
        let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for edge in &self.edges {
            neighbours[edge.from].push(edge.to);
            neighbours[edge.to].push(edge.from);
        }
        let mut starts: Vec<usize> = (0..self.nodes.len()).collect();
        starts.sort_by_key(|&node| {
            (self.nodes[node].figure != Figure::Question, std::cmp::Reverse(neighbours[node].len()), node)
        });
        let questions = self.nodes.iter().filter(|node| node.figure == Figure::Question).count();
        let mut seen = vec![false; self.nodes.len()];
        let mut order: Vec<usize> = starts.iter().copied().take(questions).collect();
        let mut next = 0;
        order.iter().for_each(|&node| seen[node] = true);
        for start in starts {
            if !std::mem::replace(&mut seen[start], true) {
                order.push(start);
            }
            while let Some(&node) = order.get(next) {
                next += 1;
                for &neighbour in &neighbours[node] {
                    if !std::mem::replace(&mut seen[neighbour], true) {
                        order.push(neighbour);
                    }
                }
            }
        }
        order
    }

    /// Some of the nodes with the lines between them, and a note on how many they are.
    pub(super) fn part(&self, kept: &[usize]) -> Self {
        let mut kept = kept.to_vec();
        kept.sort_unstable();
        let place = |node: usize| kept.binary_search(&node).ok();
        let edges = self
            .edges
            .iter()
            .filter_map(|edge| Some(SceneEdge { from: place(edge.from)?, to: place(edge.to)?, ..edge.clone() }));
        let mut left_out = self.left_out.clone();
        left_out.push(Note::cut(kept.len(), self.nodes.len()));
        Self {
            nodes: kept.iter().map(|&node| self.nodes[node].clone()).collect(),
            edges: edges.collect(),
            left_out,
            ..self.clone()
        }
    }

    /// An edge in words: start, meaning, end.
    pub fn edge_phrase(&self, edge: &SceneEdge) -> String {
        let name = |index: usize| self.nodes[index].id.as_str();
        let strength = edge.strength.map(|strength| format!(" ({strength:.2})")).unwrap_or_default();
        let label = edge.label.as_ref().map_or_else(|| edge.sign.phrase().to_owned(), Clone::clone);
        let step = edge.step.map(|step| format!(", in step {}", step_letter(step))).unwrap_or_default();
        let absent = if edge.absent { ", left out" } else { "" };
        format!("{} — {label}{strength}{step}{absent} → {}", name(edge.from), name(edge.to))
    }
}
