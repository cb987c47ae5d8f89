//! `evigraph check`

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::authoring::Loaded;
use crate::diagnostic::{human, json, short, visible};
use crate::lint::check;
use crate::words::count;

use super::args::OutputArgs;
use super::exit::{Exit, Failure};
use super::input;
use super::layout::{BOLD, GREEN, RED, styled};
use super::output::Output;

/// Is the case well formed, and do its expectations hold?
///
/// Tells every error and warning of each case, with its place and a way out. Exit 0 if there is no
/// error, 1 if there is one, 2 if a case cannot be read.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Case files, folders with a `case.ron`, or `-` for standard input
    #[arg(required = true, value_name = "CASE")]
    pub cases: Vec<PathBuf>,

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

pub fn run(args: &CheckArgs, output: &Output) -> Result<Exit, Failure> {
    let mut checked = Vec::with_capacity(args.cases.len());
    for path in &args.cases {
        checked.push(check(input::load_any(path, output)?));
    }
    let text = match args.format {
        CheckFormat::Text => checked.iter().map(|loaded| report(loaded, output.colours(&args.output))).collect(),
        CheckFormat::Short => checked.iter().map(|loaded| short(&loaded.diagnostics, &loaded.sources)).collect(),
        CheckFormat::Json => json(checked.iter().map(|loaded| (&loaded.diagnostics[..], &loaded.sources))),
    };
    output.write(&args.output, &text)?;
    let failed = checked.iter().any(|loaded| loaded.diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error));
    Ok(if failed { Exit::No } else { Exit::Yes })
}

/// The problems, and what was read.
fn report(loaded: &Loaded, colour: bool) -> String {
    let mut text = human(&loaded.diagnostics, &loaded.sources, colour);
    let errors = loaded.diagnostics.iter().filter(|problem| problem.is_error()).count();
    let warnings = loaded.diagnostics.len() - errors;
    if !text.is_empty() {
        text.push('\n');
    }
    let opened = loaded.sources.iter().next().map_or("the case", |(_, file)| file.name());
    let verdict = match (&loaded.case, errors) {
        (_, 0) => styled(GREEN, "well formed"),
        (None, _) => styled(RED, "not well formed"),
        (Some(_), _) => styled(RED, "well formed, but not as expected"),
    };
    let _ = writeln!(
        text,
        "{}: {verdict}, {}, {}{}",
        styled(BOLD, visible(opened)),
        count(errors, "error"),
        count(warnings, "warning"),
        allowed(loaded)
    );
    if let Some(case) = &loaded.case {
        let claims = case.statements.values().filter(|statement| statement.is_claim()).count();
        let expected = case.statements.values().filter(|statement| statement.expect.is_some()).count();
        let parts = [
            count(claims, "claim"),
            count(case.statements.len() - claims, "relationship"),
            count(case.documents.len(), "document"),
            count(case.actors.len(), "actor"),
            count(case.inferences.len(), "inference"),
            count(case.questions.len(), "question"),
        ];
        let expectations = if errors == 0 && expected > 0 {
            format!("; {} as expected", count(expected, "verdict"))
        } else {
            String::new()
        };
        let _ = writeln!(text, "  {}{expectations}", parts.join(", "));
    }
    text
}

/// `, 2 allowed (1 with no reason)`
fn allowed(loaded: &Loaded) -> String {
    match (loaded.allowances.silenced(), loaded.allowances.unreasoned()) {
        (0, _) => String::new(),
        (silenced, 0) => format!(", {silenced} allowed"),
        (silenced, unreasoned) => format!(", {silenced} allowed ({unreasoned} with no reason)"),
    }
}
