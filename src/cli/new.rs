//! `evigraph new`

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::diagnostic::visible;

use super::args::OutputArgs;
use super::destination::write_new;
use super::exit::{Exit, Failure};
use super::leftover::folder_of;
use super::output::Output;
use super::write_error::{Refused, WriteError};

/// Start a case: write a small one, with comments that explain it
///
/// The case passes `evigraph check` and has a verdict; replace its texts with your own. A PATH that ends in `.ron` is a
/// file. Any other PATH is a folder, which is made if it is not there, and the case is `case.ron` in it. Nothing is ever
/// overwritten: exit 2 if the file is there already.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The file to write, such as `bridge.ron`, or the folder to write `case.ron` in
    #[arg(value_name = "PATH")]
    pub path: PathBuf,

    /// What to start from
    #[arg(long, value_enum, default_value_t = Template::Blank, value_name = "NAME")]
    pub template: Template,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Template {
    /// One claim and one source
    Blank,
    /// An article: modest claims that hold, and a headline that does not
    Article,
    /// A finding, studies that share their data, and failed replications
    Replication,
    /// Rival hypotheses, of which all but one are ruled out
    Hypotheses,
    /// A goal made of subgoals, and a doubt about one of the tests
    Assurance,
}

impl Template {
    fn text(self) -> &'static str {
        match self {
            Self::Blank => include_str!("templates/blank.ron"),
            Self::Article => include_str!("templates/article.ron"),
            Self::Replication => include_str!("templates/replication.ron"),
            Self::Hypotheses => include_str!("templates/hypotheses.ron"),
            Self::Assurance => include_str!("templates/assurance.ron"),
        }
    }
}

pub fn run(args: &NewArgs, output: &Output) -> Result<Exit, Failure> {
    let path = &args.path;
    if path == Path::new("-") {
        return Err(usage("a new case needs a name", "name a file, such as bridge.ron, or a folder"));
    }
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        let help = "name it .ron; `evigraph export json` then writes it as JSON, without the comments";
        return Err(usage("a new case has comments that explain it, and JSON has none", help));
    }
    let is_file = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
    if is_file {
        in_a_folder(path)?;
        write_new(path, args.template.text())?;
    } else {
        in_new_folder(path, args.template.text())?;
    }
    let file = if is_file { path.clone() } else { path.join("case.ron") };
    // The case is there, and that is what was asked for, even if this cannot be read by anybody.
    let _ = output.write(&OutputArgs { output: None }, &next(path, &file, is_file));
    Ok(Exit::Yes)
}

fn usage(message: impl Into<String>, help: impl Into<String>) -> Failure {
    Failure::Usage { message: message.into(), help: Some(help.into()) }
}

/// Fails, with the name of the folder, if what is to be written has none to be in.
fn in_a_folder(path: &Path) -> Result<(), Failure> {
    let folder = folder_of(path);
    if folder.is_dir() {
        return Ok(());
    }
    let message = format!("cannot write {}: there is no folder {}", path.display(), folder.display());
    Err(usage(message, "make that folder first, or name another place"))
}

/// Writes `case.ron` in a folder. If it cannot be written, a folder that was made for it is removed.
fn in_new_folder(folder: &Path, text: &str) -> Result<(), Failure> {
    let failed = |cause| WriteError::File { path: folder.to_owned(), cause };
    let is_new = folder.symlink_metadata().is_err();
    if is_new {
        in_a_folder(folder)?;
        fs::create_dir(folder).map_err(failed)?;
    } else if !folder.is_dir() {
        return Err(WriteError::Refused { path: folder.to_owned(), why: Refused::Exists }.into());
    }
    let written = write_new(&folder.join("case.ron"), text);
    if is_new && written.is_err() {
        // What somebody else has put into it meanwhile stays, and the folder with it.
        let _ = fs::remove_dir(folder);
    }
    Ok(written?)
}

/// What to do with the new case.
fn next(path: &Path, file: &Path, is_file: bool) -> String {
    let report = if is_file { path.with_extension("html") } else { path.join("report.html") };
    let (case, report) = (shell_word(path), shell_word(&report));
    format!(
        "Wrote {}. Open it in a text editor, and try:\n\n  evigraph check {case}\n  evigraph verdict {case}\n  \
         evigraph report {case} -o {report}\n\nOr \
         keep a page open that follows the text: evigraph watch {case} --open\n",
        visible(&file.display().to_string()),
    )
}

/// A path as one word of a command. One that cannot be shown as it is cannot be copied either.
fn shell_word(path: &Path) -> String {
    // What begins with a dash would be taken for an option.
    let is_dashed = path.as_os_str().as_encoded_bytes().starts_with(b"-");
    let path = if is_dashed { Path::new(".").join(path) } else { path.to_owned() };
    let shown = visible(&path.display().to_string()).into_owned();
    let is_plain = |letter: char| letter.is_alphanumeric() || "_./-+:@%,=".contains(letter);
    let is_separator = |letter: char| cfg!(windows) && letter == '\\';
    if shown.chars().all(|letter| is_plain(letter) || is_separator(letter)) {
        shown
    } else if cfg!(windows) {
        // No path of Windows has this mark in it.
        format!("\"{shown}\"")
    } else {
        format!("'{}'", shown.replace('\'', r"'\''"))
    }
}
