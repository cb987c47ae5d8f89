//! The command line: arguments, one file per command, exit codes.

mod args;
mod check;
mod compare;
mod completions;
mod destination;
mod diagram;
mod diagram_args;
mod diff;
mod exit;
mod explain;
mod export;
mod fix;
mod fmt;
mod folder;
mod graphviz;
mod history;
mod import;
mod input;
mod inputs;
mod layout;
mod leftover;
mod lsp;
mod man;
mod merge;
mod new;
mod output;
mod outside;
mod pdf;
mod picture;
mod query;
mod quotes;
mod report;
mod sample;
mod schema;
mod settled;
mod shell_script;
mod table;
mod time_views;
mod verdict;
mod watch;
mod watchdog;
mod why;
mod write_error;

use std::process::ExitCode;

use clap::{ArgAction, Parser, Subcommand};

use crate::escape::visible;

use args::Color;
use exit::Exit;
use output::Output;

/// Computes which conclusions of a case are supported, contested or unsupported, and why.
///
/// A case is written by hand: what is claimed, by which documents, from whom, and how each step of
/// reasoning runs. It is one file, RON or JSON, a folder with a `case.ron`, or `-` for standard input.
#[derive(Debug, Parser)]
#[command(
    name = "evigraph",
    version = env!("EVIGRAPH_VERSION"),
    disable_help_flag = true,
    max_term_width = 100,
    after_help = "Start with `evigraph new bridge.ron`, or with `evigraph check CASE`, \
    then `evigraph verdict CASE`, and ask `evigraph why CASE ID` of any line that surprises you."
)]
pub struct Cli {
    /// When to use colour; NO_COLOR is respected.
    #[arg(long, value_enum, global = true, default_value_t = Color::Auto, value_name = "WHEN", help_heading = "Output")]
    pub color: Color,

    /// Print this screen; `evigraph help COMMAND` explains every option
    #[arg(short, long, global = true, action = ArgAction::HelpShort)]
    pub help: Option<bool>,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    New(new::NewArgs),
    Check(check::CheckArgs),
    Verdict(verdict::VerdictArgs),
    Settled(settled::SettledArgs),
    Why(why::WhyArgs),
    Query(query::QueryArgs),
    Quotes(quotes::QuotesArgs),
    Compare(compare::CompareArgs),
    History(history::HistoryArgs),
    Report(report::ReportArgs),
    Diagram(diagram_args::DiagramArgs),
    Sample(sample::SampleArgs),
    Merge(merge::MergeArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
    Fmt(fmt::FmtArgs),
    Explain(explain::ExplainArgs),
    Schema(schema::SchemaArgs),
    Lsp(lsp::LspArgs),
    Completions(shell_script::CompletionsArgs),
    Man(man::ManArgs),
    Watch(Box<watch::WatchArgs>),
}

/// Ends with what is wrong with the arguments, or with the help that they ask for. An argument may be the name of
/// somebody else's file, so that messages are about the arguments as they can be shown.
fn usage(error: &clap::Error) -> ! {
    let shown = std::env::args_os().map(|argument| visible(&argument.to_string_lossy()).into_owned());
    Cli::try_parse_from(shown).as_ref().err().unwrap_or(error).exit()
}

/// Reads the arguments, runs the command, reports what went wrong.
pub fn run() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|command| command == pdf::COMMAND) {
        return pdf::serve();
    }
    shell_script::answer_shell();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => usage(&error),
    };
    let output = Output::new(cli.color);
    let result = match cli.command {
        Command::New(args) => new::run(&args, &output),
        Command::Check(args) => check::run(&args, &output),
        Command::Verdict(args) => verdict::run(&args, &output),
        Command::Settled(args) => settled::run(&args, &output),
        Command::Why(args) => why::run(&args, &output),
        Command::Query(args) => query::run(&args, &output),
        Command::Quotes(args) => quotes::run(&args, &output),
        Command::Compare(args) => compare::run(&args, &output),
        Command::History(args) => history::run(&args, &output),
        Command::Report(args) => report::run(&args, &output),
        Command::Diagram(args) => diagram::run(&args, &output),
        Command::Sample(args) => sample::run(&args, &output),
        Command::Merge(args) => merge::run(&args, &output),
        Command::Import(args) => import::run(&args, &output),
        Command::Export(args) => export::run(&args, &output),
        Command::Fmt(args) => fmt::run(&args, &output),
        Command::Explain(args) => explain::run(&args, &output),
        Command::Schema(args) => schema::run(&args, &output),
        Command::Lsp(args) => lsp::run(&args),
        Command::Completions(args) => shell_script::run(&args, &output),
        Command::Man(args) => man::run(&args, &output),
        Command::Watch(args) => watch::run(&args, &output),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output.failure(&failure);
            Exit::Failed.into()
        }
    }
}
