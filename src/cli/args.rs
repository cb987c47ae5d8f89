//! Arguments of every command.

use std::path::PathBuf;

use clap::builder::TypedValueParser as _;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Computes which conclusions of a case are supported, contested or unsupported, and why.
///
/// A case is written by hand: what is claimed, by which documents, from whom, and how each step of
/// reasoning runs. It is one RON file, a folder with a `case.ron`, or `-` for standard input.
#[derive(Debug, Parser)]
#[command(
    name = "evigraph",
    version,
    max_term_width = 100,
    after_help = "Start with `evigraph check CASE`, \
    then `evigraph verdict CASE`, and ask `evigraph why CASE ID` of any line that surprises you."
)]
pub struct Cli {
    /// When to use colour; NO_COLOR is respected.
    #[arg(long, value_enum, global = true, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Is the case well formed, and do its expectations hold?
    ///
    /// Tells every error and warning of each case, with its place and a way out. Exit 0 if there is no
    /// error, 1 if there is one, 2 if a case cannot be read.
    Check(CheckArgs),

    /// The verdict on every statement and question, or on those named
    ///
    /// For each statement the case for it, the case against it, the verdict that follows under its proof
    /// standard, and whether it is settled or why not.
    Verdict(VerdictArgs),

    /// Is a statement settled? Prints the answer and every reason
    ///
    /// A statement is settled when it is established or refuted and neither the loss of any one source,
    /// nor whatever is withheld, nor slightly weaker numbers change that. Exit 0 if it is settled, 1 if
    /// it is open.
    Settled(SettledArgs),

    /// What the verdict on a statement rests on, and what would change it
    ///
    /// The degrees, the argument for and against down to the documents, the most probable case on each side,
    /// the reasons it is open, the sources whose loss would change it most, what it shares with its rivals,
    /// and what is missing to settle it. With --not, the shortest account of why it is not something else.
    Why(WhyArgs),

    /// Which documents, sources, actors, readings
    ///
    /// Asks a case who says what, and how much hangs on it. Exit 0 if something was found, 1 if nothing was.
    Query(super::query::QueryArgs),

    /// Which verdicts change between two versions of a case, or under a change of it, and by which edits
    ///
    /// Two cases are compared as they are written; with one case, what is written is compared with the same under
    /// `--without`, `--only`, `--set` and `--standard`. For every verdict and finding that changes it is told which
    /// edits change it by themselves: the fewest, where all sets of up to three edits could be tried. The order in
    /// which anything is written is no change. Exit 0 if no verdict and no finding changes, 1 if one does.
    Compare(CompareArgs),

    /// The case as an article, with its verdict in words
    ///
    /// An executive summary, the sections that the case lays out with every statement and its sources, rival
    /// readings side by side, the verdict, the sources that it hangs on, where to dig, and the list of
    /// sources: as Markdown, or as one self-contained HTML file.
    Report(ReportArgs),

    /// The picture of a case
    ///
    /// Conclusions stand at the top and sources below; verdicts show by colour, border and glyph. What is
    /// left out is told under the picture and on standard error.
    Diagram(DiagramArgs),
}

/// A case file, a folder with a `case.ron`, or `-` for standard input.
pub type CasePath = PathBuf;

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Case files, folders with a `case.ron`, or `-` for standard input
    #[arg(required = true, value_name = "CASE")]
    pub cases: Vec<CasePath>,

    /// How to print it
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// A report for people
    Text,
    /// One line a problem: `file:line:column: severity[code]: message`
    Short,
    /// The schema `evigraph/diagnostics/1`
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A text for people
    Text,
    /// JSON, for programs
    Json,
}

#[derive(Debug, Args)]
pub struct OutputArgs {
    /// Write to a file instead of standard output, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct VerdictArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: CasePath,

    /// Statements and questions to answer; all if none is named
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// Compute degrees and verdicts alone, not whether they are settled
    #[arg(long)]
    pub no_settled: bool,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// How to print it
    #[arg(long, value_enum, default_value_t = VerdictFormat::Text)]
    pub format: VerdictFormat,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VerdictFormat {
    /// A text for people
    Text,
    /// JSON, for programs
    Json,
    /// JSON, one line for each statement and question as soon as it is answered
    Jsonl,
}

#[derive(Debug, Args)]
pub struct SettledArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: CasePath,

    /// A claim or a relationship
    #[arg(value_name = "ID")]
    pub id: String,

    /// Ask whether it is settled whatever the sources have to do with each other: on the safe side, at any size
    #[arg(long)]
    pub whatever_the_dependence: bool,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
pub struct WhyArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: CasePath,

    /// A claim or a relationship
    #[arg(value_name = "ID")]
    pub id: String,

    /// Tell why it is not this instead: supported, contested or unsupported, or a detail such as refuted
    #[arg(long, value_name = "VERDICT")]
    pub not: Option<String>,

    /// How many levels of statements below it to show with their own grounds
    #[arg(long, value_name = "LEVELS", default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=100).map(usize::from))]
    pub depth: usize,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The older version: a case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: CasePath,

    /// The newer version; none: the same case under the changes given below
    #[arg(value_name = "CASE2")]
    pub other: Option<CasePath>,

    /// Compare degrees and verdicts alone, not what is settled
    #[arg(long)]
    pub no_settled: bool,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: CasePath,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// How to print it; if not given, as the ending of the file says, or else Markdown
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// CommonMark with tables
    Markdown,
    /// One file that loads nothing
    Html,
}

/// How a case is evaluated, and under which changes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Evaluation")]
pub struct EvaluationArgs {
    /// How degrees are computed
    #[arg(long, value_enum, default_value_t = MethodName::Auto)]
    pub method: MethodName,

    /// Hold all statements to one proof standard: preponderance, clear-and-convincing or
    /// beyond-reasonable-doubt
    #[arg(long, value_name = "NAME")]
    pub standard: Option<String>,

    /// Take a document or actor as never holding, or leave an inference out (repeatable)
    #[arg(long, value_name = "ID")]
    pub without: Vec<String>,

    /// Let only those documents speak that match: `kind:Cable`, `tag:declassified`, `collection:ID`,
    /// `by:ID`, joined by `and`, `or` and `not` (repeatable, any may match)
    #[arg(long, value_name = "SELECTOR")]
    pub only: Vec<String>,

    /// Put another number, from 0 to 1, in place of a source's reliability or an inference's strength
    /// (repeatable)
    #[arg(long, value_name = "ID=NUMBER")]
    pub set: Vec<String>,

    /// The seed of sampled worlds; the same seed gives the same answer
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,

    /// How near sampled degrees have to come to the exact ones, from 0.0001 to 0.5
    #[arg(long, value_name = "NUMBER", default_value_t = 0.005, value_parser = half_width)]
    pub half_width: f64,

    /// How sure the interval of a sampled degree is, from 0.5 to 0.999999
    #[arg(long, value_name = "NUMBER", default_value_t = 0.99, value_parser = confidence)]
    pub confidence: f64,

    /// Stop after so many seconds; what has been answered by then is given, and marked as a part
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub max_time: Option<f64>,

    /// Stop when the program holds so much memory: a number with MB or GB behind it
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    pub max_memory: Option<u64>,

    /// With `--method world`: a document, actor or inference that does not hold in that world
    /// (repeatable)
    #[arg(long, value_name = "ID")]
    pub off: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MethodName {
    /// Exact where that is not too much, else from sampled worlds
    Auto,
    /// Exact degrees, by decision diagrams or elimination
    Exact,
    /// Degrees from sampled worlds, with intervals
    Sampled,
    /// A fast estimate that takes nothing as shared
    Independent,
    /// What holds whatever the sources have to do with each other
    Bounds,
    /// The single world in which everything holds except what `--off` names
    World,
}

fn within(text: &str, from: f64, to: f64) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "this is no number".to_owned())?;
    if (from..=to).contains(&number) { Ok(number) } else { Err(format!("it has to be from {from} to {to}")) }
}

fn half_width(text: &str) -> Result<f64, String> {
    within(text, 0.0001, 0.5)
}

fn confidence(text: &str) -> Result<f64, String> {
    within(text, 0.5, 0.999_999)
}

fn seconds(text: &str) -> Result<f64, String> {
    within(text, 0.0, 31_536_000.0)
}

/// `500MB`, `2GB`, `1.5 GiB`; in bytes.
fn memory(text: &str) -> Result<u64, String> {
    let digits = text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit: f64 = match unit.to_ascii_lowercase().as_str() {
        "mb" => 1e6,
        "mib" => 1_048_576.0,
        "gb" => 1e9,
        "gib" => 1_073_741_824.0,
        _ => return Err("write a number with MB or GB behind it, as in 500MB".to_owned()),
    };
    let number = within(number.trim(), 0.0, 1e6)?;
    Ok((number * unit) as u64)
}

#[derive(Debug, Args)]
pub struct DiagramArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: CasePath,

    /// What is drawn: argument, or all where there is a focus
    #[arg(long, value_enum, value_name = "VIEW")]
    pub view: Option<ViewName>,

    /// Draw only what is near to this claim, document, actor, inference or question
    #[arg(long, value_name = "ID")]
    pub focus: Option<String>,

    /// How many steps around the focus are drawn
    #[arg(long, value_name = "N", requires = "focus")]
    pub hops: Option<usize>,

    /// Of the documents draw only those that match, with what they speak to (repeatable, any may match)
    #[arg(long, value_name = "SELECTOR")]
    pub select: Vec<String>,

    /// Put nodes together in groups
    #[arg(long, value_enum, value_name = "BY")]
    pub cluster: Option<ClusterName>,

    /// Draw each group as one node with its counts; without --cluster, groups are by kind
    #[arg(long)]
    pub collapse: bool,

    /// Which way evidence flows: conclusions stand where it leads
    #[arg(long, value_enum, default_value_t = DirectionName::Up)]
    pub direction: DirectionName,

    /// What lays out svg, png and pdf: evigraph itself, or an installed Graphviz
    #[arg(long, value_enum, default_value_t = EngineName::Own)]
    pub engine: EngineName,

    /// Compute degrees and verdicts alone, not whether they are settled
    #[arg(long)]
    pub no_settled: bool,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// The format; without it, as the ending of the file says, or svg
    #[arg(long, value_enum)]
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
