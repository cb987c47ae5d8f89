//! The fields of every sort of entry: which two say the same, how one is taken over, what it can change.

use crate::model::{
    Actor, ActorId, ClaimKind, Document, Evidence, Inference, Key, Nature, Node, Premise, Question, RareList,
    RelationshipKind, Source, Statement, StatementId,
};

use super::content::{Content, Visit};
use super::edit::{Bearing, Value};
use super::frame::Frame;
use super::names::Names;

/// A field of an entry, or several that only make sense together.
pub(super) struct Field<T> {
    /// Its name in the case file.
    pub(super) name: &'static str,
    /// What it can change.
    pub(super) bearing: Bearing,
    /// Whether two entries say the same in it.
    pub(super) alike: fn(&T, &T) -> bool,
    /// Takes it over from another entry.
    pub(super) take: fn(&mut T, &T),
    /// Visits what it refers to.
    pub(super) visit: fn(&mut T, Visit<'_>),
    /// How it is shown.
    pub(super) value: fn(&T, &Names) -> Value,
}

/// A field by its name.
macro_rules! field {
    ($name:literal $bearing:ident $part:ident) => {
        Field {
            name: $name,
            bearing: Bearing::$bearing,
            alike: |one, other| one.$part.alike(&other.$part),
            take: |one, other| one.$part = other.$part.clone(),
            visit: |one, visit| one.$part.visit(visit),
            value: |one, names| one.$part.value(names),
        }
    };
}

/// A threshold of the case.
macro_rules! bar {
    ($name:literal $part:ident) => {
        Field {
            name: $name,
            bearing: Bearing::Verdicts,
            alike: |one, other| one.thresholds.$part == other.thresholds.$part,
            take: |one, other| one.thresholds.$part = other.thresholds.$part,
            visit: |_, _| {},
            value: |one, names| one.thresholds.$part.value(names),
        }
    };
}

/// Fields of actors, but `impeached_by`.
pub(super) const ACTOR: &[Field<Actor>] = &[
    field!("reliability" Verdicts reliability),
    field!("name" Words name),
    field!("kind" Words kind),
    field!("aliases" Words aliases),
    field!("part_of" Words part_of),
    field!("tags" Words tags),
    field!("note" Words note),
];

/// Fields of documents, but `impeached_by`.
pub(super) const DOCUMENT: &[Field<Document>] = &[
    field!("reliability" Verdicts reliability),
    field!("derives_from" Verdicts derives_from),
    field!("rests_on" Verdicts rests_on),
    field!("supersedes" Verdicts supersedes),
    field!("withheld" Settled withheld),
    field!("bears_on" Settled bears_on),
    field!("kind" Selection kind),
    field!("by" Selection by),
    field!("collection" Selection collection),
    field!("tags" Selection tags),
    field!("title" Words title),
    field!("authors" Words authors),
    field!("date" Selection date),
    field!("released" Selection released),
    field!("cite" Words cite),
    field!("url" Words url),
    field!("archived" Words archived),
    field!("accessed" Words accessed),
    field!("copy" Words copy),
    field!("sha256" Words sha256),
    field!("locator" Words locator),
    field!("mentions" Words mentions),
    field!("places" Words places),
    field!("period" Words period),
    field!("note" Words note),
];

/// Fields of statements, but `evidence`, `entails`, `rivals` and `same_as`.
pub(super) const STATEMENT: &[Field<Statement>] = &[
    field!("standard" Verdicts standard),
    field!("all_of" Verdicts all_of),
    field!("any_of" Verdicts any_of),
    field!("one_of" Verdicts one_of),
    field!("assumed" Verdicts assumed),
    field!("places" Words places),
    field!("period" Words period),
    field!("tags" Words tags),
    field!("note" Words note),
    field!("expect" Words expect),
    Field {
        name: "text",
        bearing: Bearing::Words,
        // A relationship has no words of its own.
        alike: |one, other| !one.is_claim() || one.text == other.text,
        take: |one, other| one.text.clone_from(&other.text),
        visit: |_, _| {},
        value: |one, _| Value::Text(one.text.clone()),
    },
    Field {
        name: "kind",
        bearing: Bearing::Words,
        alike: |one, other| kind(one) == kind(other),
        take: |one, other| match (&mut one.nature, &other.nature) {
            (Nature::Claim { kind, .. }, Nature::Claim { kind: new, .. }) => *kind = *new,
            (Nature::Relationship { kind, .. }, Nature::Relationship { kind: new, .. }) => kind.clone_from(new),
            _ => unreachable!("claims and relationships are entries of different sorts"),
        },
        visit: |_, _| {},
        value: |one, names| match kind(one) {
            Ok(kind) => kind.value(names),
            Err(kind) => kind.value(names),
        },
    },
    Field {
        name: "about",
        bearing: Bearing::Words,
        alike: |one, other| about(one).alike(&about(other)),
        take: |one, other| {
            if let Nature::Claim { about: list, .. } = &mut one.nature {
                *list = about(other);
            }
        },
        visit: |one, visit| {
            if let Nature::Claim { about, .. } = &mut one.nature {
                about.visit(visit);
            }
        },
        value: |one, names| about(one).value(names),
    },
    Field {
        name: "from and to",
        bearing: Bearing::Words,
        alike: |one, other| ends(one) == ends(other),
        take: |one, other| {
            if let (Nature::Relationship { from, to, .. }, Some((new_from, new_to))) = (&mut one.nature, ends(other)) {
                (*from, *to) = (new_from, new_to);
            }
        },
        visit: |one, visit| {
            if let Nature::Relationship { from, to, .. } = &mut one.nature {
                from.visit(visit);
                to.visit(visit);
            }
        },
        value: |one, names| ends(one).map_or(Value::Nothing, |(from, to)| vec![from, to].value(names)),
    },
];

fn kind(statement: &Statement) -> Result<ClaimKind, &RelationshipKind> {
    match &statement.nature {
        Nature::Claim { kind, .. } => Ok(*kind),
        Nature::Relationship { kind, .. } => Err(kind),
    }
}

fn about(statement: &Statement) -> RareList<Source> {
    match &statement.nature {
        Nature::Claim { about, .. } => about.clone(),
        Nature::Relationship { .. } => RareList::NONE,
    }
}

fn ends(statement: &Statement) -> Option<(ActorId, ActorId)> {
    match statement.nature {
        Nature::Claim { .. } => None,
        Nature::Relationship { from, to, .. } => Some((from, to)),
    }
}

/// Visits whom a statement is about.
pub(super) fn visit_nature(nature: &mut Nature, visit: Visit<'_>) {
    match nature {
        Nature::Claim { about, .. } => about.visit(visit),
        Nature::Relationship { from, to, .. } => {
            from.visit(visit);
            to.visit(visit);
        }
    }
}

/// Fields of an evidence link, but `from` and `undercut_by`.
pub(super) const LINK: &[Field<Evidence>] = &[
    Field {
        name: "weight",
        bearing: Bearing::Verdicts,
        alike: |one, other| (one.manner, one.strength) == (other.manner, other.strength),
        take: |one, other| {
            (one.manner, one.strength, one.strength_given) = (other.manner, other.strength, other.strength_given);
        },
        visit: |_, _| {},
        value: |one, names| one.value(names),
    },
    field!("effect" Verdicts effect),
    field!("relies_on" Verdicts relies_on),
    field!("at" Words at),
    Field {
        name: "quote",
        bearing: Bearing::Quotation,
        alike: |one, other| (&one.quote, one.quote_state) == (&other.quote, other.quote_state),
        take: |one, other| (one.quote, one.quote_state) = (other.quote.clone(), other.quote_state),
        visit: |_, _| {},
        value: |one, names| match (&one.quote, one.quote_state) {
            (Some(quote), Some(state)) => Value::Text(format!("{quote} ({})", state.name())),
            (quote, _) => quote.value(names),
        },
    },
];

/// Fields of inferences, but `undercut_by`.
pub(super) const INFERENCE: &[Field<Inference>] = &[
    Field {
        name: "step",
        bearing: Bearing::Verdicts,
        alike: |one, other| {
            one.given.alike(&other.given)
                && one.given_rejected.alike(&other.given_rejected)
                && (one.to, one.effect) == (other.to, other.effect)
        },
        take: |one, other| {
            one.given.clone_from(&other.given);
            one.given_rejected.clone_from(&other.given_rejected);
            (one.to, one.effect) = (other.to, other.effect);
        },
        visit: |one, visit| {
            one.given.visit(visit);
            one.given_rejected.visit(visit);
            one.to.visit(visit);
        },
        value: |one, names| Value::Step {
            given: one.given.iter().map(|&premise| premise_key(names, premise)).collect(),
            given_rejected: one.given_rejected.iter().map(|&id| statement_key(names, id)).collect(),
            to: statement_key(names, one.to),
            effect: one.effect,
        },
    },
    field!("strength" Verdicts strength),
    field!("scheme" Words scheme),
    field!("note" Words note),
];

/// Fields of questions.
pub(super) const QUESTION: &[Field<Question>] = &[
    Field {
        name: "claims",
        bearing: Bearing::Verdicts,
        // Their order is that of their strength.
        alike: |one, other| (&one.claims, one.headline) == (&other.claims, other.headline),
        take: |one, other| {
            one.claims.clone_from(&other.claims);
            one.headline = other.headline;
        },
        visit: |one, visit| {
            one.claims.visit(visit);
            one.headline.visit(visit);
        },
        value: |one, names| Value::Claims {
            claims: one.claims.iter().map(|&id| statement_key(names, id)).collect(),
            headline: statement_key(names, one.headline),
        },
    },
    field!("text" Words text),
];

/// Fields of the case itself.
pub(super) const FRAME: &[Field<Frame>] = &[
    field!("standard" Verdicts standard),
    bar!("thresholds.serious" serious),
    bar!("thresholds.preponderance" preponderance),
    bar!("thresholds.clear_and_convincing" clear_and_convincing),
    bar!("thresholds.beyond_reasonable_doubt" beyond_reasonable_doubt),
    field!("title" Words title),
    field!("summary" Words summary),
    Field {
        name: "report",
        bearing: Bearing::Words,
        // Its order is that of the telling.
        alike: |one, other| {
            let (one, other) = (&one.report.sections, &other.report.sections);
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.alike(other))
        },
        take: |one, other| one.report.clone_from(&other.report),
        visit: |one, visit| one.report.sections.visit(visit),
        value: |one, names| one.report.sections.value(names),
    },
];

fn premise_key(names: &Names, premise: Premise) -> Key {
    names.key(Node::from(premise)).clone()
}

fn statement_key(names: &Names, statement: StatementId) -> Key {
    names.key(Node::Statement(statement)).clone()
}
