//! `evigraph man`

use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::Cli;
use super::args::OutputArgs;
use super::exit::{Exit, Failure};
use super::output::Output;
use super::write_error::WriteError;

/// Write the manual pages: the first to standard output, or all of them into a folder
///
/// With a folder such as ~/.local/share/man/man1, which has to exist, `man evigraph-verdict` shows the page of a command.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The folder; files there of the same names are replaced
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

pub fn run(args: &ManArgs, output: &Output) -> Result<Exit, Failure> {
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    let Some(folder) = &args.folder else {
        output.write_bytes(&OutputArgs { output: None }, &page(&Man::new(root)))?;
        return Ok(Exit::Yes);
    };
    if !folder.is_dir() {
        let cause = std::io::Error::new(std::io::ErrorKind::NotADirectory, "it is no folder; make it first");
        return Err(WriteError::File { path: folder.clone(), cause }.into());
    }
    write(root, folder, output)?;
    Ok(Exit::Yes)
}

/// Writes the page of a command and those of the commands under it.
fn write(command: Command, folder: &Path, output: &Output) -> Result<(), Failure> {
    let below: Vec<Command> = command.get_subcommands().filter(|one| !one.is_hide_set()).cloned().collect();
    let man = Man::new(command);
    let to = OutputArgs { output: Some(folder.join(man.get_filename())) };
    output.write_bytes(&to, &page(&man))?;
    below.into_iter().try_for_each(|one| write(one, folder, output))
}

fn page(man: &Man) -> Vec<u8> {
    let mut page = Vec::new();
    man.render(&mut page).expect("a vector takes all that is written");
    page
}
