//! From records to the model: every reference resolved against the ids of the case.
//!
//! A mistake in one entry causes none elsewhere: its id is known even if its fields are not. Where there were errors the
//! model has gaps; the rules look at it for more errors, and then it is dropped.

mod doubt;
mod empty;
mod entries;
mod inferences;
mod names;
mod questions;
mod references;
mod settings;
mod sort;
mod sources;
mod statements;
mod unknown;

use crate::diagnostic::Diagnostics;
use crate::model::{Case, Table};

use super::mirror::WrittenFile;
use super::threads::Threads;
use references::Resolver;

pub(super) use entries::{Entries, WrittenStatement};
#[cfg(feature = "columns")]
pub(super) use references::one_line;
pub use sort::Sort;

/// Resolves the files of a case, of which the first is the one that was opened.
///
/// `complete` says that every file is there and is text; if not, an id that is not found may well be in what is not,
/// and is reported only where it looks like a slip.
///
/// Cost: linear in the size of the case, times the logarithm of the number of entries for putting them in order.
pub(super) fn resolve<'m>(
    files: &'m [WrittenFile<'m>],
    complete: bool,
    threads: Threads,
    problems: &mut Diagnostics,
) -> (Case, Entries<'m>) {
    empty::report(files, problems);
    let mut entries = Entries::collect(files);
    let names = names::Names::collect(files, &entries, problems);
    let doubt = doubt::Doubt::new(files, complete);
    let mut resolver = Resolver::new(&names, entries.claims.len(), problems).on(threads);
    let mut case = settings::settings(files, &mut resolver);
    case.actors = Table::from_entries(sources::actors(&mut resolver, &entries));
    case.documents = Table::from_entries(sources::documents(&mut resolver, &entries));
    case.statements = Table::from_entries(statements::statements(&mut resolver, &entries, &case.actors));
    let inferences = inferences::inferences(&mut resolver, &entries);
    case.inferences = Table::from_entries(entries::keep(&mut entries.inferences, inferences));
    let questions = questions::questions(&mut resolver, &entries);
    case.questions = Table::from_entries(entries::keep(&mut entries.questions, questions));
    case.report = questions::report(&mut resolver, files);
    case.mark_unchecked();
    let unknown = resolver.unknown;
    unknown.report(&names, files, &doubt, problems);
    (case, entries)
}
