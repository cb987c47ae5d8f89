//! `evigraph report`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::report::{brief_html, brief_markdown, document, html, markdown};

use super::args::{EvaluationArgs, OutputArgs};
use super::exit::{Exit, Failure};
use super::input;
use super::output::Output;
use super::watchdog::Watchdog;

/// The case as an article, with its verdict in words
///
/// An executive summary, the sections that the case lays out with every statement and its sources, rival
/// readings side by side, the verdict, the sources that it hangs on, where to dig, and the list of
/// sources: as Markdown, or as one self-contained HTML file.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// On one page: the findings, the statements and sources that they name, what they hang on, where to dig first
    #[arg(long)]
    pub short: bool,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// How to print it; if not given, as the ending of the file says, or else Markdown
    #[arg(long, value_enum, help_heading = "Output")]
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

pub fn run(args: &ReportArgs, output: &Output) -> Result<Exit, Failure> {
    let format = format(args)?;
    let watchdog = Watchdog::start(&args.evaluation.ceilings);
    let (case, remarks) = input::load_with_remarks(&args.case, output)?;
    let document = document(&input::engine(&case, &args.evaluation, &watchdog)?, &remarks)?;
    watchdog.hush();
    let text = match (format, args.short) {
        (ReportFormat::Markdown, false) => markdown(&document),
        (ReportFormat::Html, false) => html(&document),
        (ReportFormat::Markdown, true) => brief_markdown(&document.brief()),
        (ReportFormat::Html, true) => brief_html(&document.brief()),
    };
    output.write(&args.output, &text)?;
    Ok(Watchdog::end(document.is_cut().then_some("the report is not complete, and says what it leaves out"), output))
}

/// The format that is asked for, or that the ending of the file says.
fn format(args: &ReportArgs) -> Result<ReportFormat, Failure> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let ending = args.output.output.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy());
    match ending.as_deref().map(str::to_ascii_lowercase).as_deref() {
        None | Some("md" | "markdown") => Ok(ReportFormat::Markdown),
        Some("html" | "htm") => Ok(ReportFormat::Html),
        Some(other) => Err(Failure::Usage {
            message: format!("a report is Markdown or HTML, and the ending `.{other}` is neither"),
            help: Some("name the file .md or .html, or add --format".to_owned()),
        }),
    }
}
