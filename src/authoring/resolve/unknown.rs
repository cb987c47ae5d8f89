//! Ids that name nothing: each is reported once, wherever it is written, and with the one that was probably meant.
//!
//! One slip in an id is one mistake. Made where the id is declared, it leaves many places that name nothing, and an entry
//! that nothing names; then that is the place to look at.

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix};
use crate::model::Key;
use crate::source::Span;

use super::super::mirror::WrittenFile;
use super::doubt::Doubt;
use super::names::Names;
use super::sort::{Sort, plurals};

/// How many ids are compared with unknown ones before suggestions stop.
const PATIENCE: usize = 1_000_000;

/// So many bytes are searched for ids that were probably meant.
const SEARCHED: usize = 1 << 28;

/// So many of the places that name one are shown.
const SHOWN: usize = 3;

/// An id that names nothing, with the places where it is written.
#[derive(Debug)]
struct Unknown {
    id: String,
    field: String,
    wanted: &'static [Sort],
    places: Vec<Span>,
}

/// The ids that were looked up and name nothing.
#[derive(Debug, Default)]
pub(super) struct UnknownIds {
    /// In the order in which they were first looked up.
    ids: Vec<Unknown>,
    known: FxHashMap<String, usize>,
}

impl UnknownIds {
    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub(super) fn take(&mut self, id: &str, field: &str, wanted: &'static [Sort], place: Span) {
        let next = self.ids.len();
        match *self.known.entry(id.to_owned()).or_insert(next) {
            index if index < next => self.ids[index].places.push(place),
            _ => {
                self.ids.push(Unknown { id: id.to_owned(), field: field.to_owned(), wanted, places: vec![place] });
            }
        }
    }

    /// Reports them, but those that may name what could not be read, or be no ids themselves. Cost: a comparison with each id
    /// of the case for each, up to a million; a few passes over the files for each, up to a quarter of a gigabyte.
    pub(super) fn report(self, names: &Names<'_>, files: &[WrittenFile<'_>], doubt: &Doubt<'_>, out: &mut Diagnostics) {
        let (mut compared, mut searched) = (0_usize, 0_usize);
        let size: usize = files.iter().map(|file| file.text.len()).sum();
        for mut unknown in self.ids {
            compared = compared.saturating_add(names.len());
            let near = (compared <= PATIENCE).then(|| names.nearest(&unknown.id, unknown.wanted)).flatten();
            let is_doubtful = |place: Span| doubt.is_about(place) && (near.is_none() || doubt.is_incomplete());
            unknown.places.retain(|&place| !doubt.is_unread(&unknown.id) && !is_doubtful(place));
            unknown.places.sort_unstable();
            if unknown.places.is_empty() {
                continue;
            }
            // That one is reported by itself.
            if near.is_some_and(|near| Key::new(near).is_err()) {
                continue;
            }
            searched = searched.saturating_add(size);
            let is_unnamed = |near: &str| {
                searched <= SEARCHED
                    && is_written_once(near, files)
                    && (unknown.places.len() > 1 || is_rather_a_word(&unknown.id, near, files))
            };
            let declared =
                near.filter(|near| is_unnamed(near)).and_then(|near| Some((near, names.get(near)?.declared)));
            out.push(match declared {
                Some((near, declared)) => unknown.misspelt_where_declared(near, declared),
                None => unknown.problem(near),
            });
        }
    }
}

/// Whether an id stands in quotation marks only where it is declared.
fn is_written_once(id: &str, files: &[WrittenFile<'_>]) -> bool {
    let quoted = format!("\"{id}\"");
    let finder = memmem::Finder::new(&quoted);
    files.iter().flat_map(|file| finder.find_iter(file.text.as_bytes())).take(2).count() == 1
}

/// Whether the words by which an id differs from another are rather found in the texts of the case than those of the other.
fn is_rather_a_word(id: &str, other: &str, files: &[WrittenFile<'_>]) -> bool {
    let words = |id: &str| id.split(['-', '_', '.']).map(str::to_owned).collect::<Vec<String>>();
    let only = |one: &str, other: &str| {
        let others = words(other);
        words(one).into_iter().filter(|word| !word.is_empty() && !others.contains(word)).collect::<Vec<String>>()
    };
    let found = |words: &[String]| words.iter().map(|word| times(word, files)).min().unwrap_or(0);
    found(&only(id, other)) > 1 && found(&only(other, id)) <= 1
}

/// How often a word stands in the files, in letters of any size; two for more than once.
fn times(word: &str, files: &[WrittenFile<'_>]) -> usize {
    let word = word.to_lowercase();
    let words = files.iter().flat_map(|file| file.text.split(|letter: char| !letter.is_alphanumeric()));
    words.filter(|one| one.eq_ignore_ascii_case(&word)).take(2).count()
}

impl Unknown {
    fn message(&self) -> String {
        format!("nothing in the case has the id `{}`", self.id)
    }

    fn problem(self, near: Option<&str>) -> Diagnostic {
        let Some((&first, others)) = self.places.split_first() else { unreachable!("it is written somewhere") };
        let problem = Diagnostic::new(Code::UnknownId, first, self.message());
        let problem = match near {
            None => {
                let wanted = plurals(self.wanted, "and");
                problem.help(format!("`{}` names {wanted}: add one of this id, or correct it", self.field))
            }
            Some(near) => {
                let fix = Fix::suggested(format!("write `{near}`"), first, near);
                let fix = others.iter().fold(fix, |fix, &place| fix.and(place, near));
                problem.help(format!("did you mean `{near}`?")).fix(fix)
            }
        };
        named(problem, others, "named here as well")
    }

    /// The entry that was meant is named nowhere, and this id in several places.
    fn misspelt_where_declared(self, near: &str, declared: Span) -> Diagnostic {
        let problem = Diagnostic::new(Code::UnknownId, declared, self.message());
        let problem = problem.label(format!("`{near}` is named nowhere"));
        let fix = Fix::suggested(format!("write `{}`", self.id), declared, &*self.id);
        let problem = problem.help(format!("did you mean `{}` here?", self.id)).fix(fix);
        named(problem, &self.places, &format!("`{}` is named here", self.id))
    }
}

fn named(problem: Diagnostic, places: &[Span], what: &str) -> Diagnostic {
    places.iter().take(SHOWN).fold(problem, |problem, &place| problem.related(place, what))
}
