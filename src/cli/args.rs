//! Arguments that several commands share.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::diagram::Paper;

use super::completions;

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A text for people
    Text,
    /// JSON, for programs
    Json,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Write to a file instead of standard output, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum PaperName {
    /// 210 by 297 millimetres
    #[default]
    A4,
    /// 8.5 by 11 inches
    Letter,
}

impl From<PaperName> for Paper {
    fn from(name: PaperName) -> Self {
        match name {
            PaperName::A4 => Self::A4,
            PaperName::Letter => Self::Letter,
        }
    }
}

/// How a question is answered, and where the answer goes.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// How to print it
    #[arg(long, value_enum, help_heading = "Output", default_value_t = Format::Text)]
    pub format: Format,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// Ceilings on what a command may take.
#[derive(Debug, Args)]
pub struct CeilingArgs {
    /// Stop after so many seconds with what is there by then
    ///
    /// At most two fifths of them go into exact degrees. What has been answered by then is given, marked as a part, and
    /// the exit code is 3.
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    pub max_time: f64,

    /// Stop when the program holds so much memory, as in 500MB
    ///
    /// A number with MB or GB behind it; if not given, half of what the machine has, and 4 GB at most.
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    pub max_memory: Option<u64>,
}

/// How a case is evaluated, and under which changes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Evaluation")]
pub struct EvaluationArgs {
    /// How degrees are computed
    #[arg(long, value_enum, default_value_t = MethodName::Auto)]
    pub method: MethodName,

    #[command(flatten)]
    pub scenario: ScenarioArgs,

    /// The seed of sampled worlds; the same seed gives the same answer
    #[arg(long, value_name = "NUMBER", default_value_t = 1, hide_short_help = true)]
    pub seed: u64,

    /// How near sampled degrees have to come to the exact ones, from 0.0001 to 0.5
    #[arg(long, value_name = "NUMBER", default_value_t = 0.005, value_parser = half_width, hide_short_help = true)]
    pub half_width: f64,

    /// How sure the interval of a sampled degree is, from 0.5 to 0.999999
    #[arg(long, value_name = "NUMBER", default_value_t = 0.99, value_parser = confidence, hide_short_help = true)]
    pub confidence: f64,

    /// About how many seconds may go into exact degrees before worlds are sampled
    ///
    /// For `--method auto`. It is counted in steps of work, so that the answer is the same on every machine.
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, value_parser = seconds)]
    pub budget: f64,

    #[command(flatten)]
    pub ceilings: CeilingArgs,

    /// With `--method world`: a document, actor or inference that does not hold in that world (repeatable)
    #[arg(long, value_name = "ID", add = completions::removable(), hide_short_help = true)]
    pub off: Vec<String>,
}

impl EvaluationArgs {
    /// What may go into exact degrees, in seconds: so much that, under a ceiling of time, there is an answer by then.
    pub fn budget(&self) -> f64 {
        const EXACT: f64 = 0.4;
        self.budget.min(EXACT * self.ceilings.max_time)
    }
}

/// The changes under which a case is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Evaluation")]
pub struct ScenarioArgs {
    /// Hold all statements to one proof standard
    ///
    /// It is preponderance, clear-and-convincing or beyond-reasonable-doubt.
    #[arg(long, value_name = "NAME")]
    pub standard: Option<String>,

    /// Take a document, actor or inference out (repeatable)
    ///
    /// A document or an actor then never holds; an inference is left out.
    #[arg(long, value_name = "ID", add = completions::removable())]
    pub without: Vec<String>,

    /// Let only those documents speak that match, as in `kind:Cable` (repeatable)
    ///
    /// `kind:Cable`, `tag:declassified`, `collection:ID`, `by:ID`, joined by `and`, `or` and `not`. Where there are several,
    /// any may match.
    #[arg(long, value_name = "SELECTOR")]
    pub only: Vec<String>,

    /// Leave out what became known later, as in `1998`, `1998-10` or `1998-10-08`
    ///
    /// A document became known when it was `released`, or else at its `date`; of a year, a month or a period its last day
    /// counts, of a period without an end the last day of the date with which it begins. One that became known after the last
    /// day of DATE never holds. One without a date counts as known.
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub as_of: Option<String>,

    /// Leave out evidence whose quotation was not found in a kept copy of its source
    ///
    /// Evidence without a quotation stays. `evigraph quotes` shows what was found.
    #[arg(long)]
    pub verified_quotes_only: bool,

    /// Another number, from 0 to 1, for the reliability of a source or the strength of an inference (repeatable)
    ///
    /// Words that a case file has for such numbers will do: a grade such as C for a source, a strength such as Weak for an
    /// inference.
    #[arg(long, value_name = "ID=NUMBER")]
    pub set: Vec<String>,
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

pub fn confidence(text: &str) -> Result<f64, String> {
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
