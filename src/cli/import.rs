//! `evigraph import`

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use clap::{Args, ValueHint};

use crate::authoring::{Input, Loaded, load_from};
use crate::diagnostic::human;
use crate::exchange::{Changed, FORMATS, Format, Imported, Into, Known, LARGEST_IMPORT, add_file, whole};
use crate::lint::MendedFile;
use crate::source::{Disk, FileId, Overlay, Sources, Storage as _};
use crate::words::count;

use super::args::OutputArgs;
use super::exit::{Exit, Failure};
use super::output::Output;
use super::{fix, input};

/// Make a case of what you have: a bibliography, a spreadsheet, people and companies
///
/// Prints a case of what the files have, or puts that into a case with --into: what is new is added, and what was imported
/// before gets what is new in the files. Everything else in the case, comments and spaces included, stays as it is, and
/// importing the same file twice changes nothing. `bibtex` reads BibTeX and BibLaTeX, `csl` CSL-JSON, both as Zotero
/// exports them, `csv` tables as `evigraph export csv` writes them, `ftm` entities of FollowTheMoney. Exit 0, 1 where something was lost, which is reported with its place, 2 where nothing was imported.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// What the files are
    #[arg(value_name = "FORMAT", value_parser = format())]
    pub format: &'static Format,

    /// The files, or `-` for standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,

    /// Put it into this case, a file or a folder, by changing its text
    #[arg(long, value_name = "CASE", conflicts_with = "output", value_hint = ValueHint::AnyPath)]
    pub into: Option<PathBuf>,

    /// With --into: write nothing, and print what would change
    #[arg(long, requires = "into")]
    pub diff: bool,

    /// The title of the new case
    #[arg(long, value_name = "TEXT", conflicts_with = "into")]
    pub title: Option<String>,

    #[command(flatten)]
    pub output: OutputArgs,
}

fn format() -> impl clap::builder::TypedValueParser<Value = &'static Format> {
    let names = Format::imported().map(|format| clap::builder::PossibleValue::new(format.name).help(format.what));
    PossibleValuesParser::new(names).map(|name| Format::of_name(&name).unwrap_or(&FORMATS[0]))
}

pub fn run(args: &ImportArgs, output: &Output) -> Result<Exit, Failure> {
    let target = args.into.as_deref().map(|path| target(path, output)).transpose()?;
    let sources = Sources::new();
    let (files, wrong) = read(&paths(args)?, &sources, output)?;
    if !wrong.is_empty() {
        return Err(Failure::Case { rendered: human(&wrong, &sources, output.look_stderr()) });
    }
    let import = args.format.import.expect("only formats that are read can be named");
    let imported = import(&files, &sources, Known(target.as_ref().and_then(|loaded| loaded.case.as_ref())));
    let losses = human(&imported.diagnostics, &sources, output.look_stderr());
    if imported.has_errors() {
        return Err(Failure::Case { rendered: losses });
    }
    match (&target, &args.into) {
        (Some(loaded), Some(path)) => into(loaded, path, &imported, args, output)?,
        _ => output.write_bytes(&args.output, whole(&imported, &title(args)).as_bytes())?,
    }
    output.report(&losses);
    Ok(if imported.diagnostics.is_empty() { Exit::Yes } else { Exit::No })
}

/// The title of a new case: as it is asked for, else after the first file.
fn title(args: &ImportArgs) -> String {
    let name = args.files[0].file_name().map(|name| name.to_string_lossy().into_owned());
    args.title.clone().unwrap_or_else(|| format!("Imported from {}", name.as_deref().unwrap_or("a file")))
}

/// The files that are named; of a folder those in it that have such a name as files of the format.
fn paths(args: &ImportArgs) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for path in &args.files {
        if !path.is_dir() {
            paths.push(path.clone());
            continue;
        }
        let names = Disk.names(path).map_err(|cause| Failure::Read { path: path.clone(), cause })?;
        let ends = |name: &str| {
            let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_lowercase();
            args.format.extensions.contains(&end.as_str())
        };
        let before = paths.len();
        paths.extend(names.iter().filter(|name| ends(name)).map(|name| path.join(name)));
        if paths.len() == before {
            let message = format!("the folder {} has no files of {}", path.display(), args.format.what);
            let help = format!("their names end in {}", args.format.extensions.join(", "));
            return Err(Failure::Usage { message, help: Some(help) });
        }
    }
    Ok(paths)
}

/// The files that are to be imported, and those of them that cannot be.
fn read(
    paths: &[PathBuf],
    sources: &Sources,
    output: &Output,
) -> Result<(Vec<FileId>, Vec<crate::diagnostic::Diagnostic>), Failure> {
    let (mut files, mut wrong) = (Vec::new(), Vec::new());
    for path in paths {
        let (name, bytes) = bytes(path, output)?;
        let (file, problem) = add_file(sources, &name, bytes);
        files.push(file);
        wrong.extend(problem);
    }
    Ok((files, wrong))
}

fn bytes(path: &Path, output: &Output) -> Result<(String, Vec<u8>), Failure> {
    if let Input::Bytes { name, bytes } = input::input(path, output)? {
        return Ok((name, bytes));
    }
    output.inputs.add(path);
    let read = Disk.canonicalize(path).and_then(|path| Disk.read(&path, LARGEST_IMPORT));
    let bytes = read.map_err(|cause| Failure::Read { path: path.to_owned(), cause })?;
    Ok((path.display().to_string(), bytes))
}

/// The case that something is to be put into.
fn target(path: &Path, output: &Output) -> Result<Loaded, Failure> {
    let help = |help: &str| Some(help.to_owned());
    if path == Path::new("-") {
        let message = "--into: what comes from standard input cannot be changed".to_owned();
        return Err(Failure::Usage { message, help: help("name the file of the case") });
    }
    let loaded = input::load_unverified(path, output)?;
    let Some(case) = &loaded.case else { return Err(input::errors_in(&loaded, output)) };
    if let Some(file) = Into::new(&loaded, case).json_file() {
        let message = format!("--into: {} is JSON, and only cases in RON are changed by their text", file.name());
        return Err(Failure::Usage { message, help: help("write a case of the import alone with -o, and include it") });
    }
    if loaded.sources.iter().next().is_none() {
        let message = "--into: a case of tables cannot be changed by its text".to_owned();
        return Err(Failure::Usage { message, help: help("name the file that the tables were made of") });
    }
    Ok(loaded)
}

/// Puts what was imported into a case, if the case is well formed with it.
fn into(loaded: &Loaded, path: &Path, imported: &Imported, args: &ImportArgs, output: &Output) -> Result<(), Failure> {
    let case = loaded.case.as_ref().expect("the case was loaded without errors");
    let changed = Into::new(loaded, case).put(&imported.entries).map_err(|error| Failure::Usage {
        message: format!("--into: {error}"),
        help: Some("see `evigraph check`".to_owned()),
    })?;
    well_formed(path, &changed, output)?;
    let files: Vec<MendedFile> = changed
        .iter()
        .map(|one| MendedFile {
            name: one.file.name().to_owned(),
            path: one.path().map(Path::to_owned),
            before: one.file.text().to_owned(),
            after: one.text.clone(),
        })
        .collect();
    if args.diff {
        return Ok(output.write_bytes(&args.output, fix::diff(&files, &args.output, output).as_bytes())?);
    }
    fix::replace(&files, output)?;
    let known = Known(Some(case));
    let new = imported.entries.iter().filter(|entry| !known.has(&entry.edit.id)).count();
    output.note(&match changed.as_slice() {
        [] => "everything is there already; nothing was written".to_owned(),
        files => {
            let names: Vec<&str> = files.iter().map(|one| one.file.name()).collect();
            let old = imported.entries.len() - new;
            format!("{} new, {} there before; changed {}", count(new, "entry"), old, names.join(", "))
        }
    });
    Ok(())
}

/// Looks whether a case would be well formed with what is put into it.
fn well_formed(path: &Path, changed: &[Changed<'_>], output: &Output) -> Result<(), Failure> {
    let mut files = Overlay::new();
    for one in changed {
        if let Some(path) = one.path() {
            files.put(path, one.text.clone()).map_err(|cause| Failure::Read { path: path.to_owned(), cause })?;
        }
    }
    let loaded = load_from(Input::Path(path.to_owned()), &files)?;
    match loaded.case {
        Some(_) => Ok(()),
        None => Err(input::errors_in(&loaded, output)),
    }
}
