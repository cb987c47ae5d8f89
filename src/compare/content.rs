//! What can stand in a field of an entry: what it refers to, when two of it say the same, how it is shown.

use crate::model::{
    ActorId, ActorKind, Attack, Bar, ClaimKind, DocumentId, DocumentKind, Effect, Evidence, Expectation, Key, Manner,
    Node, Period, Premise, Probability, RareList, RelationshipKind, Section, Source, Standard, StatementId,
};
use crate::source::Span;

use super::edit::Value;
use super::names::Names;

/// Takes each reference, and gives back what stands in its place.
pub(super) type Visit<'v> = &'v mut dyn FnMut(Node) -> Node;

/// The value of a field.
pub(super) trait Content: Clone {
    /// Visits every entry that it refers to, and puts in its place what the visit gives back.
    fn visit(&mut self, visit: Visit<'_>);
    /// Whether two say the same; the order of a list says nothing.
    fn alike(&self, other: &Self) -> bool;
    /// How it is shown.
    fn value(&self, names: &Names) -> Value;
}

/// Content that refers to nothing.
macro_rules! plain {
    ($($sort:ty: $self:ident => $value:expr;)*) => {$(
        impl Content for $sort {
            fn visit(&mut self, _: Visit<'_>) {}

            fn alike(&self, other: &Self) -> bool {
                self == other
            }

            fn value(&self, _: &Names) -> Value {
                let $self = self;
                $value
            }
        }
    )*};
}

plain! {
    String: text => Value::Text(text.clone());
    u32: number => Value::Text(number.to_string());
    Probability: number => Value::Number(number.get());
    Standard: standard => Value::Text(standard.phrase().to_owned());
    Period: period => Value::Text(period.to_string());
    ActorKind: kind => Value::Text(kind.phrase().to_owned());
    DocumentKind: kind => Value::Text(kind.phrase().to_owned());
    RelationshipKind: kind => Value::Text(kind.phrase().to_owned());
    ClaimKind: kind => Value::Text(format!("{kind:?}").to_lowercase());
    Effect: effect => Value::Text(if *effect == Effect::Supports { "supports" } else { "opposes" }.to_owned());
    Manner: manner => Value::Text(manner.phrase().to_owned());
    Expectation: expected => Value::Text(format!("{expected:?}"));
    Bar: bar => Value::Text(format!("case {} and margin {}", bar.case, bar.margin));
}

/// Where something is written makes no difference.
impl Content for (Expectation, Span) {
    fn visit(&mut self, _: Visit<'_>) {}

    fn alike(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    fn value(&self, names: &Names) -> Value {
        self.0.value(names)
    }
}

/// A reference to an entry of one sort.
macro_rules! reference {
    ($($id:ty: $sort:ident;)*) => {$(
        impl Content for $id {
            fn visit(&mut self, visit: Visit<'_>) {
                let Node::$sort(id) = visit(Node::$sort(*self)) else { panic!("a reference keeps its sort") };
                *self = id;
            }

            fn alike(&self, other: &Self) -> bool {
                self == other
            }

            fn value(&self, names: &Names) -> Value {
                Value::Ids(vec![names.key(Node::$sort(*self)).clone()])
            }
        }
    )*};
}

reference! {
    ActorId: Actor;
    DocumentId: Document;
    StatementId: Statement;
}

impl Content for Source {
    fn visit(&mut self, visit: Visit<'_>) {
        *self = match visit(Node::from(*self)) {
            Node::Document(document) => Self::Document(document),
            Node::Actor(actor) => Self::Actor(actor),
            Node::Statement(_) | Node::Inference(_) => panic!("a source stays a source"),
        };
    }

    fn alike(&self, other: &Self) -> bool {
        self == other
    }

    fn value(&self, names: &Names) -> Value {
        Value::Ids(vec![names.key(Node::from(*self)).clone()])
    }
}

impl Content for Premise {
    fn visit(&mut self, visit: Visit<'_>) {
        match self {
            Self::Source(source) => source.visit(visit),
            Self::Statement(statement) => statement.visit(visit),
        }
    }

    fn alike(&self, other: &Self) -> bool {
        self == other
    }

    fn value(&self, names: &Names) -> Value {
        Value::Ids(vec![names.key(Node::from(*self)).clone()])
    }
}

impl Content for Attack {
    fn visit(&mut self, visit: Visit<'_>) {
        self.from.visit(visit);
    }

    fn alike(&self, other: &Self) -> bool {
        self.from == other.from && self.strength == other.strength
    }

    fn value(&self, _: &Names) -> Value {
        Value::Number(self.strength.get())
    }
}

impl Content for Evidence {
    fn visit(&mut self, visit: Visit<'_>) {
        self.from.visit(visit);
        self.relies_on.visit(visit);
        self.undercut_by.visit(visit);
    }

    fn alike(&self, other: &Self) -> bool {
        self.from == other.from
            && (self.effect, self.manner, self.strength) == (other.effect, other.manner, other.strength)
            && self.relies_on.alike(&other.relies_on)
            && self.undercut_by.alike(&other.undercut_by)
            && (&self.at, &self.quote, self.quote_state) == (&other.at, &other.quote, other.quote_state)
    }

    fn value(&self, _: &Names) -> Value {
        Value::Weight { manner: self.manner, strength: self.strength.get() }
    }
}

impl Content for Section {
    fn visit(&mut self, visit: Visit<'_>) {
        self.claims.visit(visit);
    }

    fn alike(&self, other: &Self) -> bool {
        (&self.title, &self.claims, &self.text) == (&other.title, &other.claims, &other.text)
    }

    fn value(&self, _: &Names) -> Value {
        Value::Text(self.title.clone())
    }
}

impl<T: Content> Content for Option<T> {
    fn visit(&mut self, visit: Visit<'_>) {
        self.iter_mut().for_each(|content| content.visit(visit));
    }

    fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(one), Some(other)) => one.alike(other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }

    fn value(&self, names: &Names) -> Value {
        self.as_ref().map_or(Value::Nothing, |content| content.value(names))
    }
}

/// Lists of content.
macro_rules! lists {
    ($($list:ident)*) => {$(
impl<T: Content> Content for $list<T> {
    fn visit(&mut self, visit: Visit<'_>) {
        self.iter_mut().for_each(|content| content.visit(visit));
    }

    fn alike(&self, other: &Self) -> bool {
        let in_order = || self.iter().zip(other.iter()).all(|(one, other)| one.alike(other));
        let in_any_order = || {
            let mut left: Vec<&T> = other.iter().collect();
            self.iter().all(|one| {
                let found = left.iter().position(|other| one.alike(other));
                found.map(|at| left.swap_remove(at)).is_some()
            })
        };
        self.len() == other.len() && (in_order() || in_any_order())
    }

    fn value(&self, names: &Names) -> Value {
        let mut ids: Vec<Key> = Vec::new();
        let mut words: Vec<String> = Vec::new();
        for content in self.iter() {
            match content.value(names) {
                Value::Ids(more) => ids.extend(more),
                Value::Text(text) => words.push(text),
                _ => {}
            }
        }
        match (ids.is_empty(), words.is_empty()) {
            (true, true) => Value::Nothing,
            (false, _) => Value::Ids(ids),
            (true, false) => Value::Text(words.join(", ")),
        }
    }
}
)*};
}

lists! { Vec RareList }
