//! How a part of a case is declared: its fields, in the order in which they are written.

/// Declares a part: a field, a method that sets it, and how it is written. A field is a `text`, several `texts`, `one`
/// value of a type, `many` of which each call adds one, or a `list` that says something when it is empty.
macro_rules! part {
    ($(#[$doc:meta])* $name:ident $(named by $head:ident)? {
        $($(#[$field_doc:meta])* $field:ident $(as $spelling:literal)?: $sort:ident $(<$of:ty>)?,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            $($head: Option<Effect>,)?
            $($field: part!(@type $sort $($of)?),)*
        }

        impl $name {
            $(part!(@setter $(#[$field_doc])* $field $sort $($of)?);)*
        }

        impl Written for $name {
            fn written(&self) -> Value {
                let name = "";
                $(let name = self.$head.map_or(name, word);)?
                Value::Record(name, fields([$((part!(@name $field $($spelling)?), &self.$field as &dyn Written),)*]))
            }
        }
    };

    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $spelling:literal) => { $spelling };

    (@type text) => { Option<String> };
    (@type texts) => { Vec<String> };
    (@type list) => { Option<Vec<String>> };
    (@type one $of:ty) => { Option<$of> };
    (@type many $of:ty) => { Vec<$of> };

    (@setter $(#[$doc:meta])* $field:ident text) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, text: impl Into<String>) -> Self {
            self.$field = Some(text.into());
            self
        }
    };
    (@setter $(#[$doc:meta])* $field:ident texts) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, texts: impl IntoIterator<Item: Into<String>>) -> Self {
            self.$field.extend(texts.into_iter().map(Into::into));
            self
        }
    };
    (@setter $(#[$doc:meta])* $field:ident list) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, texts: impl IntoIterator<Item: Into<String>>) -> Self {
            self.$field.get_or_insert_default().extend(texts.into_iter().map(Into::into));
            self
        }
    };
    (@setter $(#[$doc:meta])* $field:ident one $of:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, value: impl Into<$of>) -> Self {
            self.$field = Some(value.into());
            self
        }
    };
    (@setter $(#[$doc:meta])* $field:ident many $of:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, one: impl Into<$of>) -> Self {
            self.$field.push(one.into());
            self
        }
    };
}

pub(super) use part;
