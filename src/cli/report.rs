//! `evigraph report`

use std::path::Path;

use crate::report::{document, html, markdown};

use super::args::{ReportArgs, ReportFormat};
use super::exit::{Exit, Failure};
use super::input;
use super::output::Output;
use super::watchdog::Watchdog;

pub fn run(args: &ReportArgs, output: &Output) -> Result<Exit, Failure> {
    let format = format(args)?;
    let watchdog = Watchdog::start(&args.evaluation);
    let case = input::load_case(&args.case, output)?;
    let document = document(&input::engine(&case, &args.evaluation, &watchdog)?)?;
    drop(watchdog);
    let text = match format {
        ReportFormat::Markdown => markdown(&document),
        ReportFormat::Html => html(&document),
    };
    output.write(&args.output, &text)?;
    Ok(Exit::Yes)
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
