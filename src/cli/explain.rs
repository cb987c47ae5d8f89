//! `evigraph explain`

use clap::Args;
use clap_complete::{ArgValueCandidates, CompletionCandidate};

use crate::authoring::nearest;
use crate::diagnostic::{Code, Severity};

use super::args::OutputArgs;
use super::exit::{Exit, Failure};
use super::layout::{BOLD, RED, YELLOW, hanging, styled, wrapped};
use super::output::Output;

/// What a code of `check` means, with an example of the mistake and the way out
///
/// Without a code, lists all codes. The same pages are in docs/codes.md.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code, as it stands in square brackets: of `warning[single-origin]` it is single-origin
    #[arg(value_name = "CODE", add = ArgValueCandidates::new(candidates))]
    pub code: Option<String>,

    #[command(flatten)]
    pub output: OutputArgs,
}

pub fn run(args: &ExplainArgs, output: &Output) -> Result<Exit, Failure> {
    let width = output.width(&args.output);
    let text = match &args.code {
        Some(name) => page(code(name)?, width),
        None => list(width),
    };
    output.write(&args.output, &text)?;
    Ok(Exit::Yes)
}

/// The code of a name, which may have the brackets and the severity around it that a message has.
fn code(name: &str) -> Result<Code, Failure> {
    let bare = name.split_once('[').map_or(name, |(_, inside)| inside.trim_end_matches(']'));
    Code::from_name(bare).ok_or_else(|| {
        let nearest = nearest(bare, Code::ALL.iter().map(|code| code.name()));
        let help = nearest.map(|nearest| format!("did you mean `{nearest}`?"));
        let help = help.unwrap_or_else(|| "`evigraph explain` lists all codes".to_owned());
        Failure::Usage { message: format!("`check` has no code `{bare}`"), help: Some(help) }
    })
}

fn page(code: Code, width: usize) -> String {
    let (style, severity) = severity(code);
    let mut text = format!("{}: {}\n\n", styled(style, severity), styled(BOLD, code.name()));
    text += &format!("{}\n", wrapped(&code.explanation().replace('`', ""), width, ""));
    for (heading, example) in [("The mistake:", code.mistake()), ("Mended:", code.mended())] {
        if !example.is_empty() {
            text += &format!("\n{}\n\n", styled(BOLD, heading));
            example.lines().for_each(|line| text += &format!("    {line}\n"));
        }
    }
    text
}

fn list(width: usize) -> String {
    let mut text = String::new();
    for &code in Code::ALL {
        let (style, severity) = severity(code);
        let first = format!("{:28}{} ", code.name(), styled(style, format!("{severity:8}")));
        text += &format!("{}\n", hanging(&first_sentence(code), width, &first, &" ".repeat(37)));
    }
    text
}

/// How an explanation begins.
fn first_sentence(code: Code) -> String {
    let explanation = code.explanation().replace('`', "");
    let end = explanation.find(". ").map_or(explanation.len(), |end| end + 1);
    explanation[..end].to_owned()
}

fn severity(code: Code) -> (anstyle::Style, &'static str) {
    match code.severity() {
        Severity::Error => (RED, "error"),
        Severity::Warning => (YELLOW, "warning"),
    }
}

fn candidates() -> Vec<CompletionCandidate> {
    let candidate = |code: &Code| CompletionCandidate::new(code.name()).help(Some(first_sentence(*code).into()));
    Code::ALL.iter().map(candidate).collect()
}
