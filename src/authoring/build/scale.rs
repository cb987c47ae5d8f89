//! Numbers from 0 to 1, by a word or as they are.

use crate::model::Probability;

use super::super::layout::{Value, Written};

macro_rules! scales {
    ($($(#[$doc:meta])* $scale:ident from $table:ident { $($word:ident)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub enum $scale {
            $(#[doc = concat!("The word `", stringify!($word), "`.")] $word,)*
            /// A number from 0 to 1; any other is an error when the case is built.
            Number(f64),
        }

        impl From<f64> for $scale {
            fn from(number: f64) -> Self {
                Self::Number(number)
            }
        }

        /// By its word, where it has one.
        impl From<Probability> for $scale {
            fn from(number: Probability) -> Self {
                let word = Probability::$table.iter().find(|(_, known)| *known == number).map(|(word, _)| *word);
                match word {
                    $(Some(stringify!($word)) => Self::$word,)*
                    _ => Self::Number(number.get()),
                }
            }
        }

        impl Written for $scale {
            fn written(&self) -> Value {
                match self {
                    $(Self::$word => Value::Word(stringify!($word).to_owned()),)*
                    Self::Number(number) => Value::Number(*number),
                }
            }
        }
    )*};
}

scales! {
    /// How far an account can be trusted: a grade after the Admiralty code, or a number.
    Reliability from RELIABILITY { A B C D E F }
    /// How strong a step is, given what it starts from.
    Strength from STRENGTH { Conclusive Strong Moderate Weak Slight }
    /// Which share of a document is withheld.
    Withheld from WITHHELD { Partial Heavy Full }
}
