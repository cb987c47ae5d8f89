//! `evigraph fmt`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::authoring::{BrokenFile, format as layout};
use crate::diagnostic::{human, visible};

use super::args::OutputArgs;
use super::diff::unified;
use super::exit::{Exit, Failure};
use super::input;
use super::output::{Output, Replacement};

/// Lay out case files anew: comments, order and meaning stay
///
/// Four spaces, one entry a line if it fits into 120 characters, else broken over lines with a comma behind
/// every item; one blank line between entries at most. A file in JSON is laid out as JSON. All files of a case
/// are laid out, those that it includes as well; each is written whole or not at all. Where the brackets, commas
/// or quotation marks of a file are not in order, all are left alone. Exit 0, 1 under --check if something would change, 2 if a file
/// is broken or cannot be read or written.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Case files, folders with a `case.ron`, or `-` to lay out standard input to standard output
    #[arg(required = true, value_name = "CASE")]
    pub cases: Vec<PathBuf>,

    /// Write nothing, name the files that would change, and exit 1 if there are any
    #[arg(long)]
    pub check: bool,

    /// Write nothing, and print what would change
    #[arg(long)]
    pub diff: bool,
}

const STDOUT: OutputArgs = OutputArgs { output: None };

/// A file and how it would be laid out.
struct File {
    name: String,
    path: Option<PathBuf>,
    text: String,
    formatted: Result<String, BrokenFile>,
}

impl File {
    fn changes(&self) -> bool {
        self.formatted.as_ref().is_ok_and(|formatted| *formatted != self.text)
    }
}

pub fn run(args: &FmtArgs, output: &Output) -> Result<Exit, Failure> {
    let mut files: Vec<File> = Vec::new();
    for case in &args.cases {
        for file in files_of(case, output)? {
            // A file that several cases include is laid out once.
            if file.path.is_none() || files.iter().all(|other| other.path != file.path) {
                files.push(file);
            }
        }
    }
    let broken: String = files.iter().filter_map(|file| Some(broken(file.formatted.as_ref().err()?, output))).collect();
    if !broken.is_empty() {
        return Err(Failure::Case { rendered: broken });
    }
    let mut printed = String::new();
    if args.check || args.diff {
        files.iter().for_each(|file| printed += &would_change(file, args, output));
    } else {
        let changed = files.iter().filter(|file| file.changes());
        let changed = changed.filter_map(|file| {
            let (path, after) = (file.path.as_deref()?, file.formatted.as_ref().ok()?);
            Some(Replacement { path, before: &file.text, after })
        });
        output.replace_all(&changed.collect::<Vec<_>>())?;
        let standard_input = files.iter().filter(|file| file.path.is_none());
        printed.extend(standard_input.filter_map(|file| file.formatted.as_deref().ok()));
    }
    // Byte for byte: a file that is laid out, or a patch.
    output.write_bytes(&STDOUT, printed.as_bytes())?;
    Ok(if args.check && files.iter().any(File::changes) { Exit::No } else { Exit::Yes })
}

/// What would change in a file.
fn would_change(file: &File, args: &FmtArgs, output: &Output) -> String {
    match &file.formatted {
        Ok(formatted) if file.changes() && args.diff => unified(&file.name, &file.text, formatted, &STDOUT, output),
        Ok(_) if file.changes() => format!("{} would change\n", visible(&file.name)),
        _ => String::new(),
    }
}

fn broken(file: &BrokenFile, output: &Output) -> String {
    let rendered = human(&file.diagnostics, &file.sources, output.look_stderr());
    let name = file.sources.iter().next().map_or("the file", |(_, file)| file.name());
    format!("{rendered}\nnothing is laid out: mend {} first\n", visible(name))
}

/// The files of a case, each laid out.
fn files_of(case: &Path, output: &Output) -> Result<Vec<File>, Failure> {
    let loaded = input::load_unverified(case, output)?;
    if let Some(failure) = input::unread(&loaded, output) {
        return Err(failure);
    }
    let files = loaded.sources.iter().map(|(_, file)| File {
        name: file.name().to_owned(),
        path: file.path().map(Path::to_owned),
        text: file.text().to_owned(),
        formatted: layout(file.name(), file.text()),
    });
    Ok(files.collect())
}
