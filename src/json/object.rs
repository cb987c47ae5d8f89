//! Objects: which fields a result has, in the order in which they are printed, and how its smallest parts look.

use std::collections::BTreeSet;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use crate::compare::{Bearing, Outcome, Sort, Thoroughness};
use crate::engine::{Interval, Searched};
use crate::model::{
    ActorId, ActorKind, Case, DocumentId, DocumentKind, Effect, InferenceId, Key, Manner, Period, Premise, Probability,
    RareList, RelationshipKind, Source, Standard, StatementId,
};
use crate::verdict::{Finding, Leaning, Search, Verdict};

/// A result with the case that its ids are of.
pub(super) struct In<'a, T: ?Sized>(pub &'a Case, pub &'a T);

/// What has named fields, so that it is an object by itself or a part of another one.
pub(super) trait Fields {
    fn fields<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error>;
}

impl Fields for Value {
    fn fields<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        let fields = self.as_object().expect("only objects are taken into another");
        fields.iter().try_for_each(|(name, value)| object.serialize_entry(name, value))
    }
}

/// The fields of a type: `"name": value`; `"name"?: value` of an option, where a field without a value is left out;
/// `..other`, which takes all fields of something else in.
macro_rules! object {
    ($sort:ty, $this:pat => $(let $local:pat = $value:expr;)* { $($fields:tt)* }) => {
        impl $crate::json::object::Fields for $sort {
            fn fields<M: serde::ser::SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
                let $this = self;
                $(let $local = $value;)*
                $crate::json::object::fields!(object, $($fields)*);
                Ok(())
            }
        }

        impl serde::Serialize for $sort {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::json::object::whole(self, serializer)
            }
        }
    };
}

macro_rules! fields {
    ($object:ident,) => {};
    ($object:ident, ..$other:expr $(, $($rest:tt)*)?) => {
        $crate::json::object::Fields::fields(&$other, $object)?;
        $crate::json::object::fields!($object, $($($rest)*)?);
    };
    ($object:ident, $name:literal?: $value:expr $(, $($rest:tt)*)?) => {
        if let Some(value) = $value {
            $object.serialize_entry($name, &value)?;
        }
        $crate::json::object::fields!($object, $($($rest)*)?);
    };
    ($object:ident, $name:literal: $value:expr $(, $($rest:tt)*)?) => {
        $object.serialize_entry($name, &$value)?;
        $crate::json::object::fields!($object, $($($rest)*)?);
    };
}

pub(super) use {fields, object};

pub(super) fn whole<S: Serializer>(of: &impl Fields, serializer: S) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_map(None)?;
    of.fields(&mut object)?;
    object.end()
}

/// Lists, item by item: there may be millions.
macro_rules! list {
    ($($list:ty),*) => {$(
        impl<'a, T> Serialize for In<'a, $list>
        where
            In<'a, T>: Serialize,
        {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.1.iter().map(|item| In(self.0, item)))
            }
        }
    )*};
}

list!([T], Vec<T>, RareList<T>, BTreeSet<T>);

impl<'a, T> Serialize for In<'a, Option<T>>
where
    In<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.1.as_ref().map(|content| In(self.0, content)).serialize(serializer)
    }
}

/// What is too complex to work out says why.
impl<'a, T> Serialize for In<'a, Searched<T>>
where
    In<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.1 {
            Ok(found) => In(self.0, found).serialize(serializer),
            Err(cause) => json!({ "too_complex": cause.to_string() }).serialize(serializer),
        }
    }
}

/// Ids of the model, by the names that the author gave.
macro_rules! ids {
    ($($id:ty: |$case:ident, $of:ident| $key:expr;)*) => {$(
        impl Serialize for In<'_, $id> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let &In($case, &$of) = self;
                $key.serialize(serializer)
            }
        }
    )*};
}

ids! {
    ActorId: |case, id| case.actors[id].key;
    DocumentId: |case, id| case.documents[id].key;
    InferenceId: |case, id| case.inferences[id].key;
    Premise: |case, premise| case.premise_key(premise);
    Source: |case, source| case.source_key(source);
    StatementId: |case, id| case.statements[id].key;
}

/// What is printed as one word.
macro_rules! words {
    ($($sort:ty: $word:ident;)*) => {$(
        impl Serialize for $sort {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$word())
            }
        }
    )*};
}

words! {
    ActorKind: word;
    Bearing: name;
    DocumentKind: word;
    Finding: name;
    Key: as_str;
    Leaning: name;
    Manner: phrase;
    Outcome: name;
    Period: as_str;
    RelationshipKind: word;
    Search: name;
    Sort: name;
    Standard: name;
    Thoroughness: name;
    Verdict: name;
}

impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if *self == Self::Supports { "supports" } else { "opposes" })
    }
}

impl Serialize for Probability {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.get())
    }
}

/// The least and the most.
impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.low, self.high].serialize(serializer)
    }
}
