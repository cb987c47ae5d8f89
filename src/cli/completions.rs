//! What is offered when a shell asks what can stand at the cursor: the ids of the case that the command line names.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap_complete::{ArgValueCompleter, CompletionCandidate};

use crate::authoring::{Input, Outline, Sort, load, opened_file};
use crate::escape::visible;
use crate::model::{Case, Source};
use crate::source::Disk;
use crate::words::shortened;

/// The most letters of a title behind an id.
const LONGEST_HELP: usize = 60;

/// Offers claims, relationships and questions.
pub fn statements() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        offers(typed, |sort| !matches!(sort, Sort::Document | Sort::Actor | Sort::Inference))
    })
}

/// Offers documents, actors and inferences: what can be taken out.
pub fn removable() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        offers(typed, |sort| matches!(sort, Sort::Document | Sort::Actor | Sort::Inference))
    })
}

/// Offers actors.
pub fn actors() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| offers(typed, |sort| sort == Sort::Actor))
}

/// Offers every id.
pub fn ids() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| offers(typed, |_| true))
}

/// The ids of the case that the command line names which begin as what has been typed; none if there is no such case.
fn offers(typed: &OsStr, is_wanted: impl Fn(Sort) -> bool) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let Some(case) = case_at_hand() else { return Vec::new() };
    let Ok(loaded) = load(Input::Path(case)) else { return Vec::new() };
    let entries = match &loaded.case {
        Some(case) => entries(case),
        None => {
            let outlines = loaded.sources.iter().map(|(_, file)| Outline::of(file.text()));
            outlines.flat_map(|outline| outline.entries).map(|entry| (entry.id, entry.sort, entry.title)).collect()
        }
    };
    let wanted = entries.into_iter().filter(|(id, sort, _)| is_wanted(*sort) && id.starts_with(typed));
    let help = |title: String| shortened(visible(&title).into_owned(), LONGEST_HELP);
    wanted.map(|(id, _, title)| CompletionCandidate::new(id).help(Some(help(title).into()))).collect()
}

/// The entries of a case: id, sort and title.
fn entries(case: &Case) -> Vec<(String, Sort, String)> {
    let sources = case.sources().map(|source| {
        let sort = if matches!(source, Source::Document(_)) { Sort::Document } else { Sort::Actor };
        (case.source_key(source).to_string(), sort, case.source_title(source).to_owned())
    });
    let statements = case.statements.values().map(|one| {
        let sort = if one.is_claim() { Sort::Claim } else { Sort::Relationship };
        (one.key.to_string(), sort, one.text.clone())
    });
    let inferences = case.inferences.values();
    let inferences =
        inferences.map(|one| (one.key.to_string(), Sort::Inference, one.scheme.clone().unwrap_or_default()));
    let questions = case.questions.values().map(|one| (one.key.to_string(), Sort::Question, one.text.clone()));
    sources.chain(statements).chain(inferences).chain(questions).collect()
}

/// The case that the command line to be completed names: its first word that is a case file or a folder of one. A file so
/// large that reading it would be felt is none.
fn case_at_hand() -> Option<PathBuf> {
    const LARGEST: u64 = 4 << 20;
    let is_case = |path: &Path| {
        let Ok(file) = opened_file(path.to_owned(), &Disk) else { return false };
        let is_named = file.extension().is_some_and(|ending| ending == "ron" || ending == "json");
        is_named && file.metadata().is_ok_and(|data| data.len() <= LARGEST)
    };
    let words = std::env::args_os().skip_while(|word| word != "--").skip(2);
    words.map(PathBuf::from).find(|path| is_case(path))
}
