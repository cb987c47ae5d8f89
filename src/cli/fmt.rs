//! `evigraph fmt`

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::authoring::{BrokenFile, LARGEST, LoadError, Loaded, format};
use crate::diagnostic::{Code, human};

use super::args::OutputArgs;
use super::diff::unified;
use super::exit::{Exit, Failure};
use super::input;
use super::output::Output;

/// Lay out case files anew: comments, order and meaning stay
///
/// Four spaces, one entry a line if it fits into 120 characters, else broken over lines with a comma behind
/// every item; one blank line between entries at most. All files of a case are laid out, those that it
/// includes as well; each is written whole or not at all. Where the brackets, commas or quotation marks of a
/// file are not in order, all are left alone. Exit 0, 1 under --check if something would change, 2 if a file
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
    let mut told = String::new();
    for file in &files {
        told += &handle(file, args, output)?;
    }
    // Byte for byte: a file that is laid out, or a patch.
    output.write_bytes(&STDOUT, told.as_bytes())?;
    Ok(if args.check && files.iter().any(File::changes) { Exit::No } else { Exit::Yes })
}

/// Writes a file that changes, or says what would change.
fn handle(file: &File, args: &FmtArgs, output: &Output) -> Result<String, Failure> {
    let Ok(formatted) = &file.formatted else { return Ok(String::new()) };
    let mut told = String::new();
    if args.diff && file.changes() {
        told += &unified(&file.name, &file.text, formatted, output.colours(&STDOUT));
    } else if args.check && file.changes() {
        let _ = writeln!(told, "{} would change", file.name);
    }
    if args.check || args.diff {
        return Ok(told);
    }
    match &file.path {
        None => return Ok(formatted.clone()),
        Some(path) if file.changes() => {
            output.replace(path, &file.text, formatted)?;
        }
        Some(_) => {}
    }
    Ok(told)
}

fn broken(file: &BrokenFile, output: &Output) -> String {
    let rendered = human(&file.diagnostics, &file.sources, output.colours_stderr());
    let name = file.sources.iter().next().map_or("the file", |(_, file)| file.name());
    format!("{rendered}\nnothing is laid out: mend {name} first\n")
}

/// The files of a case, each laid out.
fn files_of(case: &Path, output: &Output) -> Result<Vec<File>, Failure> {
    if case == Path::new("-") {
        return Ok(vec![standard_input()?]);
    }
    let Loaded { sources, diagnostics, .. } = input::load_any(case, output)?;
    let unread = |id| {
        let is_unread = |code| matches!(code, Code::NotUtf8 | Code::TooLarge);
        diagnostics.iter().any(|one| is_unread(one.code) && one.span.is_some_and(|span| span.file == id))
    };
    let files = sources.iter().map(|(id, file)| {
        // Of a file that is no text, only the part is known that is: that must not take its place.
        let text = if unread(id) { String::from("\0") } else { file.text().to_owned() };
        let formatted = format(file.name(), &text);
        File { name: file.name().to_owned(), path: file.path().map(Path::to_owned), text, formatted }
    });
    Ok(files.collect())
}

fn standard_input() -> Result<File, Failure> {
    let mut bytes = Vec::new();
    let unreadable = |reason| LoadError::Unreadable { path: PathBuf::from("-"), reason };
    std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let name = "standard input".to_owned();
    let text = String::from_utf8(bytes).unwrap_or_else(|_| String::from("\0"));
    let formatted = format(&*name, &text);
    Ok(File { name, path: None, text, formatted })
}
