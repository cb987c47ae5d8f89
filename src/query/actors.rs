//! Which actors, and how a case has to do with them.

use std::collections::BTreeSet;

use crate::engine::{Engine, EngineError};
use crate::model::{Actor, ActorId, ActorKind, Case, Nature, Source, StatementId};
use crate::selector::{Reader, Selection, SelectorError, SelectorKey, SelectorProblem, Test, Vocabulary};
use crate::verdict::Detail;

use super::found::Found;

/// An actor with what a case says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorEntry {
    /// The actor.
    pub actor: ActorId,
    /// How many documents it issued.
    pub issued: usize,
    /// How many documents mention it.
    pub mentioned: usize,
    /// How many claims are about it.
    pub claims: usize,
    /// Its relationships with their verdicts, in the order of their ids.
    pub relationships: Vec<(StatementId, Detail)>,
}

/// A selector of actors of one case.
pub type ActorSelector = Selection<ActorId>;

impl ActorSelector {
    /// Reads a selector of actors, and binds it to a case.
    ///
    /// # Errors
    ///
    /// [`SelectorError`] if it is not understood, or names what the case does not have.
    pub fn parse(text: &str, case: &Case) -> Result<Self, SelectorError> {
        Self::read(text, &keys(), &Vocabulary::new(case), case.actors.ids())
    }

    /// The keys for actors, in the order in which they are explained.
    pub fn keys() -> Vec<SelectorKey> {
        keys().into_iter().map(|reader| reader.key).collect()
    }
}

/// The actors that a selector means, all if there is none, in the order of their ids.
///
/// Cost: the verdicts on their relationships.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a relationship grow past the budget.
pub fn actors(engine: &Engine<'_>, selector: Option<&ActorSelector>) -> Result<Found<ActorEntry>, EngineError> {
    let engine = &engine.for_all(false)?;
    let mentions = Mentions::new(engine.case());
    let actors = engine.case().actors.ids().filter(|&id| selector.is_none_or(|selector| selector.matches(id)));
    Found::one_by_one(actors, |actor| entry(engine, &mentions, actor))
}

/// How often each actor issued, was mentioned or spoken about, and its relationships, from one pass over a case.
struct Mentions {
    issued: Vec<usize>,
    mentioned: Vec<usize>,
    claims: Vec<usize>,
    relationships: Vec<Vec<StatementId>>,
}

impl Mentions {
    fn new(case: &Case) -> Self {
        let none = || vec![0; case.actors.len()];
        let relationships = vec![Vec::new(); case.actors.len()];
        let mut found = Self { issued: none(), mentioned: none(), claims: none(), relationships };
        // Who is named twice in one list counts once.
        let count = |counts: &mut Vec<usize>, actors: BTreeSet<ActorId>| {
            actors.into_iter().for_each(|actor| counts[actor.index()] += 1);
        };
        for document in case.documents.values() {
            count(&mut found.issued, document.by.iter().copied().collect());
            count(&mut found.mentioned, document.mentions.iter().copied().collect());
        }
        for (id, statement) in case.statements.iter() {
            match &statement.nature {
                Nature::Claim { about, .. } => {
                    let actors = about.iter().filter_map(|subject| match subject {
                        Source::Actor(actor) => Some(*actor),
                        Source::Document(_) => None,
                    });
                    count(&mut found.claims, actors.collect());
                }
                Nature::Relationship { from, to, .. } => {
                    let ends = BTreeSet::from([*from, *to]);
                    ends.into_iter().for_each(|actor| found.relationships[actor.index()].push(id));
                }
            }
        }
        found
    }
}

fn entry(engine: &Engine<'_>, mentions: &Mentions, actor: ActorId) -> Result<ActorEntry, EngineError> {
    let index = actor.index();
    let relationships = mentions.relationships[index].iter();
    let relationships = relationships.map(|&statement| Ok((statement, engine.assess(statement)?.detail)));
    Ok(ActorEntry {
        actor,
        issued: mentions.issued[index],
        mentioned: mentions.mentioned[index],
        claims: mentions.claims[index],
        relationships: relationships.collect::<Result<_, EngineError>>()?,
    })
}

fn relationships_of(case: &Case, actor: ActorId) -> Vec<StatementId> {
    let has =
        |nature: &Nature| matches!(nature, Nature::Relationship { from, to, .. } if *from == actor || *to == actor);
    case.statements.iter().filter(|(_, statement)| has(&statement.nature)).map(|(id, _)| id).collect()
}

type Reading<'v> = Result<Test<'v, ActorId>, SelectorProblem>;

fn keys<'c>() -> Vec<Reader<Vocabulary<'c>, ActorId>> {
    let key = |name, meaning, read| Reader { key: SelectorKey { name, meaning }, read };
    vec![
        key("kind", "of this kind, as the case file writes it", kind),
        key("tag", "with this tag", tag),
        key("name", "its name or another name of it has these words, in small or capital letters", name),
        key("under", "this actor or a part of it, however far down", under),
        key("tied", "has a relationship with this actor, whatever the verdict on it", tied),
        key("id", "the actor of this id", id),
    ]
}

fn of_entry<'v>(vocabulary: &'v Vocabulary<'_>, test: impl Fn(&Actor) -> bool + 'v) -> Reading<'v> {
    let case = vocabulary.case;
    Ok(Box::new(move |id| test(&case.actors[id])))
}

fn kind<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let used = vocabulary.case.actors.values().map(|actor| actor.kind.word());
    let word = vocabulary.word(value, "kind of actor", used.chain(ActorKind::WORDS.iter().copied()))?;
    of_entry(vocabulary, move |actor| actor.kind.word() == word)
}

fn tag<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let used = vocabulary.case.actors.values().flat_map(|actor| &actor.tags).map(String::as_str);
    let word = vocabulary.word(value, "actor with the tag", used)?;
    of_entry(vocabulary, move |actor| actor.tags.contains(&word))
}

fn name<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let words = value.to_lowercase();
    of_entry(vocabulary, move |actor| {
        [&actor.name].into_iter().chain(&actor.aliases).any(|name| name.to_lowercase().contains(&words))
    })
}

fn under<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let parts = vocabulary.graph().parts_of(vocabulary.actor(value)?);
    Ok(Box::new(move |id| parts.contains(&id)))
}

fn tied<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let case = vocabulary.case;
    let actor = vocabulary.actor(value)?;
    let ends =
        relationships_of(case, actor).into_iter().flat_map(|statement| match case.statements[statement].nature {
            Nature::Relationship { from, to, .. } => [Some(from), Some(to)],
            Nature::Claim { .. } => [None, None],
        });
    let tied: BTreeSet<ActorId> = ends.flatten().filter(|&end| end != actor).collect();
    Ok(Box::new(move |id| tied.contains(&id)))
}

fn id<'v>(vocabulary: &'v Vocabulary<'_>, value: &str) -> Reading<'v> {
    let wanted = vocabulary.actor(value)?;
    Ok(Box::new(move |id| id == wanted))
}
