//! Ids for what is imported: those that it has, as far as they can be ids, and such as nothing else has.

use rustc_hash::FxHashMap;

use crate::authoring::{Rule, Sort};
use crate::model::{ActorKind, Case, Document, Key, Source, normalized};
use crate::source::Span;

use super::entry::{Entry, kind};

/// The case that something is imported into, if there is one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'c>(pub Option<&'c Case>);

impl<'c> Known<'c> {
    /// Whether the case has something of that id.
    pub fn has(self, id: &str) -> bool {
        self.sort(id).is_some()
    }

    /// What an id names in the case.
    pub(super) fn sort(self, id: &str) -> Option<Sort> {
        let case = self.0?;
        let source = case.source(id).map(|source| match source {
            Source::Document(_) => Sort::Document,
            Source::Actor(_) => Sort::Actor,
        });
        let statement = || match case.statements[case.statement(id)?].is_claim() {
            true => Some(Sort::Claim),
            false => Some(Sort::Relationship),
        };
        source
            .or_else(statement)
            .or_else(|| case.inference(id).map(|_| Sort::Inference))
            .or_else(|| case.question(id).map(|_| Sort::Question))
    }

    /// The document of an id in the case.
    pub(super) fn document(self, id: &str) -> Option<&'c Document> {
        match self.0?.source(id)? {
            Source::Document(document) => Some(&self.0?.documents[document]),
            Source::Actor(_) => None,
        }
    }

    /// The actors of the case by their names.
    fn names(self) -> FxHashMap<String, String> {
        let actors = self.0.into_iter().flat_map(|case| case.actors.values());
        let names = actors.flat_map(|actor| {
            let names = std::iter::once(&actor.name).chain(actor.aliases.iter());
            names.map(|name| (folded(name), actor.key.as_str().to_owned())).collect::<Vec<_>>()
        });
        names.collect()
    }
}

/// Gives ids.
pub(super) struct Ids<'c> {
    pub(super) known: Known<'c>,
    taken: FxHashMap<String, Sort>,
    /// How far the numbers behind an id have been tried.
    tried: FxHashMap<String, usize>,
    /// Actors by their names.
    actors: FxHashMap<String, String>,
}

impl<'c> Ids<'c> {
    pub(super) fn new(known: Known<'c>) -> Self {
        Self { known, taken: FxHashMap::default(), tried: FxHashMap::default(), actors: known.names() }
    }

    /// An id for an entry that is called so in its file: that name, or the nearest to it that can be an id and that neither
    /// another imported entry nor one of another sort in the case has.
    pub(super) fn give(&mut self, wanted: &str, sort: Sort) -> String {
        let legal = legal(wanted);
        let mut number = self.tried.get(&legal).copied().unwrap_or(1);
        loop {
            let id = if number == 1 { legal.clone() } else { format!("{legal}-{number}") };
            number += 1;
            if !self.taken.contains_key(&id) && self.known.sort(&id).is_none_or(|known| known == sort) {
                self.tried.insert(legal, number);
                self.taken.insert(id.clone(), sort);
                return id;
            }
        }
    }

    /// The id of the actor of that name, with an entry for it where there is none yet. An actor that is there stays as it is.
    pub(super) fn actor(&mut self, name: &str, of: &ActorKind, span: Span, entries: &mut Vec<Entry>) -> String {
        if let Some(id) = self.actors.get(&folded(name)) {
            return id.clone();
        }
        let slug = slug(name);
        let id = self.new_actor(&slug);
        self.actors.insert(folded(name), id.clone());
        let mut entry = Entry::new(Sort::Actor, id.clone(), span);
        entry.text("name", Some(name), Rule::Fill);
        entry.ron("kind", kind!(of, ActorKind), Rule::Fill);
        entries.push(entry);
        id
    }

    /// An id that no actor of the case has, as those go by other names.
    fn new_actor(&mut self, slug: &str) -> String {
        loop {
            let id = self.give(slug, Sort::Actor);
            if self.known.sort(&id).is_none() {
                return id;
            }
        }
    }
}

/// A name without what does not tell names apart.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// So many bytes of an id are kept, with room for a number behind it.
const LONGEST: usize = 180;

/// A text as an id: what ids do not have becomes `-`.
pub(super) fn legal(text: &str) -> String {
    let text = normalized(text.trim());
    let text = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let mut id = String::with_capacity(text.len());
    for letter in text.chars() {
        match is_letter(letter) {
            true => id.push(letter),
            false if id.ends_with('-') => {}
            false => id.push('-'),
        }
    }
    let id = id[..id.floor_char_boundary(LONGEST)].trim_end_matches('-');
    // Marks may compose anew with what stands before them now.
    match Key::new(id) {
        Ok(key) => key.as_str().to_owned(),
        Err(_) => "entry".to_owned(),
    }
}

/// Whether an id can have it.
fn is_letter(letter: char) -> bool {
    Key::new(&format!("a{letter}")).is_ok()
}

/// An id made of a name: `the-new-york-times`.
pub(super) fn slug(name: &str) -> String {
    const LONGEST: usize = 60;
    let words = name.split(|letter: char| !is_letter(letter) || matches!(letter, '-' | '_' | '.'));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let id = words.join("-");
    legal(&id[..id.floor_char_boundary(LONGEST)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_an_entry_is_called_its_id_is_one() {
        assert_eq!(legal("doe:2001/a b"), "doe-2001-a-b");
        assert_eq!(legal("--müller_2.b"), "müller_2.b");
        assert_eq!(legal("???"), "entry");
        assert_eq!(slug("The New-York Times, Inc."), "the-new-york-times-inc");
        assert_eq!(slug("北京大学"), "北京大学");
    }

    #[test]
    fn no_two_get_the_same() {
        let mut ids = Ids::new(Known::default());
        let given: Vec<String> = ["a", "a", "a-2", "a"].iter().map(|id| ids.give(id, Sort::Document)).collect();
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3"]);
        let mut actors = Vec::new();
        let press = ids.actor("A", &ActorKind::Company, Span::NOWHERE, &mut actors);
        assert_eq!(
            (press.as_str(), ids.actor(" a ", &ActorKind::Company, Span::NOWHERE, &mut actors).as_str()),
            ("a-4", "a-4")
        );
        assert_eq!(actors.len(), 1);
    }
}
