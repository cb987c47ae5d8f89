//! Selectors of documents, with the keys for them.

use std::collections::BTreeSet;

use super::error::{SelectorError, SelectorProblem};
use super::expression::Expression;
use super::keys::{Chosen, Reader, Selection, SelectorKey, Test};
use super::vocabulary::{Vocabulary, unreadable};
use crate::model::{Case, Document, DocumentId, DocumentKind, Nature, Node, Probability, Source, StatementId};

/// A selector of documents of one case: `kind:Cable and by:cia and period:1980/1989 and not tag:press`.
///
/// ```
/// use evigraph::{Input, load};
/// use evigraph::Selector;
/// let text = r#"Case(title: "Two", documents: {
///     "cable": (title: "A cable", kind: Cable, period: "1984-10", tags: ["released"]),
///     "book": (title: "A book", kind: Book, date: "1999"),
/// })"#;
/// let case = load(Input::Text { name: "two.ron".to_owned(), text: text.to_owned() })?.case.expect("it is sound");
/// let selector = Selector::parse("period:198X and not kind:Book", &case)?;
/// let chosen: Vec<&str> = selector.chosen().map(|id| case.documents[id].key.as_str()).collect();
/// assert_eq!(chosen, ["cable"]);
/// assert_eq!(selector.to_string(), "period:198X and not kind:Book");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type Selector = Selection<DocumentId>;

impl Selector {
    /// Reads a selector against a case.
    ///
    /// A text that is one condition with the key `kind`, `tag`, `collection` or `by` and, behind the colon, a value of
    /// the case is read as that, even if the value has parentheses, spaces or quotation marks.
    ///
    /// Cost: for each condition one pass over the documents; for those that follow the graph, one over the case.
    ///
    /// # Errors
    ///
    /// [`SelectorError`] if it is not understood, or names a kind, tag, place or id that the case does not have: a
    /// mistyped selector would otherwise quietly leave a case without evidence.
    pub fn parse(text: &str, case: &Case) -> Result<Self, SelectorError> {
        let vocabulary = Vocabulary::new(case);
        let keys = keys();
        let documents = || case.documents.ids();
        let condition = |(key, value)| Chosen::read(&keys, &vocabulary, documents(), key, value).ok();
        match single(text).and_then(condition) {
            Some(condition) => Ok(Self::of(Expression::Condition(condition), documents())),
            None => Self::read(text, &keys, &vocabulary, documents()),
        }
    }

    /// The same selector read against another version of the case. What it names and that version does not have
    /// chooses nothing there.
    pub fn in_version(&self, case: &Case) -> Self {
        let keys = keys();
        let vocabulary = Vocabulary::new(case);
        self.rebound(case.documents.ids(), |condition| condition.rebound(&keys, &vocabulary, case.documents.ids()))
    }

    /// The keys of the language, in the order in which they are explained.
    pub fn keys() -> Vec<SelectorKey> {
        keys().into_iter().map(|reader| reader.key).collect()
    }
}

/// The key and the value of a text that is one condition with one of four keys.
fn single(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    let key = key.trim();
    let short = text.len() <= Expression::<Chosen>::LONGEST;
    (short && matches!(key, "kind" | "tag" | "collection" | "by")).then_some((key, value.trim()))
}

type Read = Result<Test<'static, DocumentId>, SelectorProblem>;
type Reading<'v> = Result<Test<'v, DocumentId>, SelectorProblem>;

fn keys<'c>() -> Vec<Reader<Vocabulary<'c>, DocumentId>> {
    let key = |name, meaning, read| Reader { key: SelectorKey { name, meaning }, read };
    vec![
        key("kind", "of this kind, as the case file writes it", kind),
        key("tag", "with this tag", tag),
        key("collection", "kept in this collection", collection),
        key("by", "issued by this actor", by),
        key("under", "issued by this actor or by a part of it, however far down", under),
        key("author", "one of its authors has these words in the name, in small or capital letters", author),
        key("period", "speaks of this time; of its own date, where it gives no period", period),
        key("date", "issued at this time", date),
        key("released", "became known at this time: when it was released, or else when it was issued", released),
        key("place", "speaks of this place, in small or capital letters", place),
        key("mentions", "mentions this actor", mentions),
        key("actor", "issued by this actor, mentions it, or speaks to a statement about it", actor),
        key("on", "gives evidence on this claim or relationship, or is a premise of an inference to it", on),
        key("claim", "the same as `on`", on),
        key("topic", "gives evidence on, or is a premise for, a statement with this tag", topic),
        key("reaches", "this claim or relationship depends on it, however indirectly", reaches),
        key("derives", "derives from this document or actor, however indirectly", derives),
        key("cite", "cited by this number", cite),
        key("withheld", "`yes`, `no`, or at least this share: `Partial`, `Heavy`, `Full`, 0 to 1", withheld),
        key("reliability", "at least this reliable: `A` to `E`, 0 to 1", reliability),
        key("title", "its title has these words, in small or capital letters", title),
        key("text", "its title, authors, note, locator, address or a quotation from it has these words", text),
        key("id", "the document of this id", id),
    ]
}

/// A test that looks at the document alone.
fn of_entry<'v>(vocabulary: &'v Vocabulary<'_>, test: impl Fn(&Document) -> bool + 'v) -> Reading<'v> {
    let case = vocabulary.case;
    Ok(Box::new(move |id| test(&case.documents[id])))
}

/// A test that looks it up among documents that were found.
fn among(found: BTreeSet<DocumentId>) -> Read {
    Ok(Box::new(move |id| found.contains(&id)))
}

fn kind<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let used = vocabulary.case.documents.values().map(|document| document.kind.word());
    let word = vocabulary.word(value, "kind of document", used.chain(DocumentKind::WORDS.iter().copied()))?;
    of_entry(vocabulary, move |document| document.kind.word() == word)
}

fn tag<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let used = vocabulary.case.documents.values().flat_map(|document| &document.tags).map(String::as_str);
    let word = vocabulary.word(value, "document with the tag", used)?;
    of_entry(vocabulary, move |document| document.tags.contains(&word))
}

fn collection<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let collection = vocabulary.source(value)?;
    of_entry(vocabulary, move |document| document.collection == Some(collection))
}

fn by<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let actor = vocabulary.actor(value)?;
    of_entry(vocabulary, move |document| document.by.contains(&actor))
}

fn under<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let whole = vocabulary.actor(value)?;
    let parts = vocabulary.graph().parts_of(whole);
    of_entry(vocabulary, move |document| document.by.iter().any(|actor| parts.contains(actor)))
}

fn period<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let asked = vocabulary.period(value)?;
    of_entry(vocabulary, move |document| {
        document.period.as_ref().or(document.date.as_ref()).is_some_and(|period| period.overlaps(&asked))
    })
}

fn date<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let asked = vocabulary.period(value)?;
    of_entry(vocabulary, move |document| document.date.as_ref().is_some_and(|date| date.overlaps(&asked)))
}

fn released<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let asked = vocabulary.period(value)?;
    of_entry(vocabulary, move |document| document.known_since().is_some_and(|date| date.overlaps(&asked)))
}

fn author<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let words = value.to_lowercase();
    of_entry(vocabulary, move |document| document.authors.iter().any(|author| author.to_lowercase().contains(&words)))
}

fn place<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let used = vocabulary.case.documents.values().flat_map(|document| &document.places).map(String::as_str);
    let small = vocabulary.word_in_any_case(value, "document with the place", used)?;
    of_entry(vocabulary, move |document| document.places.iter().any(|place| place.to_lowercase() == small))
}

fn mentions<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let actor = vocabulary.actor(value)?;
    of_entry(vocabulary, move |document| document.mentions.contains(&actor))
}

fn actor<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let case = vocabulary.case;
    let actor = vocabulary.actor(value)?;
    let is_about = |(_, statement): &(StatementId, &crate::model::Statement)| match &statement.nature {
        Nature::Claim { about, .. } => about.contains(&Source::Actor(actor)),
        Nature::Relationship { from, to, .. } => *from == actor || *to == actor,
    };
    let about = case.statements.iter().filter(is_about).map(|(id, _)| case.canonical(id)).collect();
    let speaking = speaking_to(vocabulary, &about);
    Ok(Box::new(move |id| {
        let document = &case.documents[id];
        document.by.contains(&actor) || document.mentions.contains(&actor) || speaking.contains(&id)
    }))
}

/// The documents that speak to any of these statements.
fn speaking_to(vocabulary: &Vocabulary<'_>, statements: &BTreeSet<StatementId>) -> BTreeSet<DocumentId> {
    let graph = vocabulary.graph();
    let speaks = |&id: &DocumentId| {
        graph.speaks_to(Source::Document(id)).iter().any(|(statement, _)| statements.contains(statement))
    };
    vocabulary.case.documents.ids().filter(speaks).collect()
}

fn on<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let statement = vocabulary.statement(value)?;
    among(speaking_to(vocabulary, &BTreeSet::from([statement])))
}

fn topic<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let case = vocabulary.case;
    let used = case.statements.values().flat_map(|statement| &statement.tags).map(String::as_str);
    let word = vocabulary.word(value, "claim or relationship with the tag", used)?;
    let tagged = case.statements.iter().filter(|(_, statement)| statement.tags.contains(&word));
    among(speaking_to(vocabulary, &tagged.map(|(id, _)| case.canonical(id)).collect()))
}

fn reaches<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let statement = vocabulary.statement(value)?;
    among(documents(vocabulary.graph().depends_on(Node::Statement(statement))).collect())
}

fn derives<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let source = vocabulary.source(value)?;
    let found = vocabulary.graph().derived_from(source);
    among(found)
}

fn documents(nodes: Vec<Node>) -> impl Iterator<Item = DocumentId> {
    nodes.into_iter().filter_map(|node| match node {
        Node::Document(document) => Some(document),
        Node::Actor(_) | Node::Statement(_) | Node::Inference(_) => None,
    })
}

fn cite<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let number: u32 = value.parse().map_err(|_| unreadable(value, "number of a citation", "cite:3"))?;
    of_entry(vocabulary, move |document| document.cite == Some(number))
}

fn withheld<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let share = match value {
        "yes" => return of_entry(vocabulary, |document| document.withheld > Probability::ZERO),
        "no" | "None" => return of_entry(vocabulary, |document| document.withheld == Probability::ZERO),
        value => Probability::withheld_word(value).or_else(|| number(value)),
    };
    let write = "yes, no, Partial, Heavy, Full or a number from 0 to 1";
    let share = share.ok_or_else(|| unreadable(value, "share that is withheld", write))?;
    of_entry(vocabulary, move |document| document.withheld >= share)
}

fn reliability<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    // F says that a document cannot be judged, and stands in no order with the others.
    let graded = Probability::reliability_word(value).filter(|_| value != "F");
    let least = graded.or_else(|| number(value));
    let least = least.ok_or_else(|| unreadable(value, "reliability", "A, B, C, D, E or a number from 0 to 1"))?;
    of_entry(vocabulary, move |document| document.reliability >= least)
}

fn number(value: &str) -> Option<Probability> {
    value.parse().ok().and_then(|number| Probability::new(number).ok())
}

fn title<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let words = value.to_lowercase();
    of_entry(vocabulary, move |document| document.title.to_lowercase().contains(&words))
}

fn text<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let words = value.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&words);
    let case = vocabulary.case;
    let own = case.documents.iter().filter(|(_, document)| {
        let own = [&document.note, &document.locator, &document.url].into_iter().flatten();
        own.chain(&document.authors[..]).chain([&document.title]).any(|text| has(text))
    });
    let mut found: BTreeSet<DocumentId> = own.map(|(id, _)| id).collect();
    let links = case.statements.values().flat_map(|statement| &statement.evidence);
    let quoted = links.filter(|link| link.quote.as_ref().is_some_and(|quote| has(quote)));
    found.extend(documents(quoted.map(|link| link.from.into()).collect()));
    among(found)
}

fn id<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    match vocabulary.case.source(value) {
        Some(Source::Document(wanted)) => Ok(Box::new(move |id| id == wanted)),
        _ => {
            let known = vocabulary.case.documents.values().map(|document| document.key.as_str());
            Err(vocabulary.no_such(value, "document", known))
        }
    }
}
