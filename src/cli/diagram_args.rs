//! What `evigraph diagram` can be asked for.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::diagram::{Cluster, Direction, View};

use super::args::{EvaluationArgs, OutputArgs, PaperName};
use super::completions;

/// The picture of a case
///
/// Conclusions stand at the top and sources below; verdicts show by colour, border and glyph. What is
/// left out is noted under the picture and on standard error.
#[derive(Debug, Args)]
pub struct DiagramArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// What is drawn: argument, or all where there is a focus
    #[arg(long, value_enum, value_name = "VIEW")]
    pub view: Option<ViewName>,

    /// Draw only what is near to this claim, document, actor, inference or question
    #[arg(long, value_name = "ID", add = completions::ids())]
    pub focus: Option<String>,

    /// How many steps around the focus are drawn
    #[arg(long, value_name = "N", requires = "focus", conflicts_with = "section")]
    pub hops: Option<usize>,

    /// Of the documents draw only those that match, with what they speak to (repeatable, any may match)
    #[arg(long, value_name = "SELECTOR")]
    pub select: Vec<String>,

    /// Draw one section of the report, by its number: its statements and what leads to them next
    #[arg(
        long,
        value_name = "N",
        conflicts_with_all = ["view", "focus", "select", "square"],
        value_parser = section_number,
        hide_short_help = true
    )]
    pub section: Option<NonZeroUsize>,

    /// Put nodes together in groups
    #[arg(long, value_enum, value_name = "BY")]
    pub cluster: Option<ClusterName>,

    /// Draw each group as one node; without --cluster, groups are by kind
    #[arg(long)]
    pub collapse: bool,

    /// Draw at most so many boxes of an argument, those that decide most about the headlines
    #[arg(long, value_name = "N", conflicts_with = "full", hide_short_help = true)]
    pub most: Option<NonZeroUsize>,

    /// Draw everything, however much it is
    #[arg(long)]
    pub full: bool,

    /// With --view card: 1200 by 1200
    #[arg(long, hide_short_help = true)]
    pub square: bool,

    /// With --format pdf: put the picture on a page of this size, smaller if need be
    #[arg(long, value_enum, value_name = "SIZE", hide_short_help = true)]
    pub page: Option<PaperName>,

    /// With --format pdf: keep the size of the picture and use as many pages as that takes, to be put together
    #[arg(long, hide_short_help = true)]
    pub poster: bool,

    /// With --format svg: draw letters as outlines, for programs that lack the font, such as Wikipedia's
    #[arg(long, hide_short_help = true)]
    pub outline_text: bool,

    /// With --format mermaid: cut it to what GitHub draws, 500 lines and 50,000 characters
    #[arg(long, hide_short_help = true)]
    pub fit: bool,

    /// Which way evidence flows: conclusions stand where it leads
    #[arg(long, value_enum, default_value_t = DirectionName::Up)]
    pub direction: DirectionName,

    /// The shapes of argument, all and a section
    #[arg(long, value_enum, default_value_t = NotationName::Own, hide_short_help = true)]
    pub notation: NotationName,

    /// What lays out svg, png and pdf: evigraph itself, or an installed Graphviz
    #[arg(long, value_enum, default_value_t = EngineName::Own)]
    pub engine: EngineName,

    /// Compute degrees and verdicts alone, not whether they are settled
    #[arg(long, hide_short_help = true)]
    pub no_settled: bool,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// The format; without it, as the ending of the file says, or svg
    #[arg(long, value_enum, help_heading = "Output")]
    pub format: Option<DiagramFormat>,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ViewName {
    /// What the answers to the questions rest on
    Argument,
    /// Which source speaks to which statement
    Sources,
    /// Who did what with whom
    Actors,
    /// Where the sources come from
    Provenance,
    /// Everything
    All,
    /// How the verdicts stood as documents became known, with time across
    History,
    /// What happened and what became known, by date
    Timeline,
    /// The questions, their headlines, verdicts by section, and the sources that matter most
    Overview,
    /// The verdict on one question, for an article or a post: 1200 by 630, or square
    Card,
}

impl ViewName {
    /// The view of the case that it names; a card is none.
    pub fn of_scene(self) -> Option<View> {
        match self {
            Self::Argument => Some(View::Argument),
            Self::Sources => Some(View::Sources),
            Self::Actors => Some(View::Actors),
            Self::Provenance => Some(View::Provenance),
            Self::All => Some(View::All),
            Self::Overview => Some(View::Overview),
            Self::History | Self::Timeline | Self::Card => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClusterName {
    /// Documents by the collection that keeps them
    Collection,
    /// Everything by its kind
    Kind,
    /// Documents by the one source that they go back to
    Origin,
    /// Statements by the section of the report that tells of them
    Section,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DirectionName {
    /// Conclusions at the top
    Up,
    /// Conclusions at the bottom
    Down,
    /// Conclusions at the left
    Left,
    /// Conclusions at the right
    Right,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NotationName {
    /// A shape for each kind of claim and source
    Own,
    /// The Goal Structuring Notation of assurance cases
    Gsn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// evigraph itself
    Own,
    /// The program `dot` of an installed Graphviz, for 30 seconds at most
    Dot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiagramFormat {
    /// A picture of lines and text, for the web and for print
    Svg,
    /// A picture of pixels, 192 an inch
    Png,
    /// A page
    Pdf,
    /// A page to explore: pan, zoom, search, and switch sources off
    Html,
    /// For Graphviz and what reads its language
    Dot,
    /// For a fenced block on GitHub and in wikis
    Mermaid,
}

impl DiagramFormat {
    /// The endings of file names.
    pub const ENDINGS: &'static str = ".svg, .png, .pdf, .html, .dot or .mmd";
}

impl From<ClusterName> for Cluster {
    fn from(name: ClusterName) -> Self {
        match name {
            ClusterName::Collection => Self::Collection,
            ClusterName::Kind => Self::Kind,
            ClusterName::Origin => Self::Origin,
            ClusterName::Section => Self::Section,
        }
    }
}

impl From<DirectionName> for Direction {
    fn from(name: DirectionName) -> Self {
        match name {
            DirectionName::Up => Self::Up,
            DirectionName::Down => Self::Down,
            DirectionName::Left => Self::Left,
            DirectionName::Right => Self::Right,
        }
    }
}

/// The number of a section.
fn section_number(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "sections are numbered from 1, as in `evigraph report`".to_owned())
}
