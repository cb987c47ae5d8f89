//! The command line: arguments, one file per command, exit codes.

mod args;
mod check;
mod compare;
mod diagram;
mod exit;
mod graphviz;
mod input;
mod output;
mod query;
mod report;
mod settled;
mod table;
mod verdict;
mod watchdog;
mod why;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use exit::Exit;
use output::Output;

/// Reads the arguments, runs the command, tells what went wrong.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => usage.exit(),
    };
    let output = Output::new(cli.color);
    let result = match cli.command {
        Command::Check(args) => check::run(&args, &output),
        Command::Verdict(args) => verdict::run(&args, &output),
        Command::Settled(args) => settled::run(&args, &output),
        Command::Why(args) => why::run(&args, &output),
        Command::Query(args) => query::run(&args, &output),
        Command::Compare(args) => compare::run(&args, &output),
        Command::Report(args) => report::run(&args, &output),
        Command::Diagram(args) => diagram::run(&args, &output),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output.failure(&failure);
            Exit::Failed.into()
        }
    }
}
