//! What is wrong with a selector, and where.

use std::fmt;
use std::ops::Range;

use thiserror::Error;

/// A text that is no selector, or that names what the case does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectorError {
    /// The whole text.
    pub text: String,
    /// The bytes of the text that are wrong; empty, at the end, where something is missing there.
    pub at: Range<usize>,
    /// What is wrong with them.
    pub problem: SelectorProblem,
}

/// What is wrong at a place in a selector.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SelectorProblem {
    /// Longer than [`super::Expression::LONGEST`] bytes.
    #[error("a selector has {} bytes at most", super::Expression::<()>::LONGEST)]
    TooLong,
    /// More than [`super::Expression::DEEPEST`] parentheses and `not`s inside each other.
    #[error("parentheses and `not` go {} deep at most", super::Expression::<()>::DEEPEST)]
    TooDeep,
    /// More than [`super::Expression::MOST`] conditions.
    #[error("a selector has {} conditions at most", super::Expression::<()>::MOST)]
    TooMany,
    /// Something else, or nothing, where a condition should be.
    #[error("{}", condition_missing(found))]
    ConditionMissing {
        /// What stands there; empty at the end.
        found: String,
    },
    /// A word with no colon behind it.
    #[error("`{0}` is no condition: it has no `:`")]
    NoColon(String),
    /// A key with nothing behind its colon.
    #[error("`{0}:` has no value")]
    NoValue(String),
    /// A quotation mark that is not closed.
    #[error("this quotation mark is not closed")]
    OpenQuotation,
    /// A parenthesis that is not closed.
    #[error("this parenthesis is not closed")]
    OpenParenthesis,
    /// A parenthesis that nothing opened.
    #[error("nothing opened this parenthesis")]
    StrayParenthesis,
    /// Two conditions with nothing between them.
    #[error("`and` or `or` is missing before `{found}`")]
    ConnectiveMissing {
        /// What stands there.
        found: String,
    },
    /// A key that the language does not have here.
    #[error("there is no key `{key}`")]
    UnknownKey {
        /// The key.
        key: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// What was asked is not known at the precision of the degrees.
    #[error("whether `{statement}` is settled is not known at this precision")]
    NotLooked {
        /// A statement of which it is not known.
        statement: String,
    },
    /// A value that the case does not have.
    #[error("there is no {what} `{value}`")]
    UnknownValue {
        /// The value.
        value: String,
        /// What it should be.
        what: &'static str,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The id of something else.
    #[error("`{value}` is {is}, and `{key}:` needs {} {needed}", if needed.starts_with('a') { "an" } else { "a" })]
    WrongSort {
        /// The key.
        key: &'static str,
        /// The id.
        value: String,
        /// What it is.
        is: &'static str,
        /// What it should be.
        needed: &'static str,
    },
    /// A value that cannot be read.
    #[error("`{value}` is no {what}")]
    Unreadable {
        /// The value.
        value: String,
        /// What it should be.
        what: &'static str,
        /// How it is written.
        write: &'static str,
    },
}

impl SelectorProblem {
    /// The word that may be mistyped, with those that may have been meant; none where that is not the trouble.
    pub fn mistyped(&self) -> Option<(&str, &[String])> {
        match self {
            Self::UnknownKey { key, known } => Some((key, known)),
            Self::UnknownValue { value, known, .. } => Some((value, known)),
            _ => None,
        }
    }

    /// What its author can do, where no word is near that may have been meant.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NotLooked { .. } => "leave out `open:` and `settled:`, or ask for `--method exact`".to_owned(),
            Self::TooLong | Self::TooDeep | Self::TooMany => "ask in several selectors".to_owned(),
            Self::ConditionMissing { .. } | Self::NoColon(_) => {
                "a condition is a key and a value, such as kind:Cable or tag:press".to_owned()
            }
            Self::NoValue(key) => format!("write `{key}:` and a value"),
            Self::OpenQuotation => "a value in quotation marks ends with one; `\\\"` is one inside it".to_owned(),
            Self::OpenParenthesis => "add a `)`".to_owned(),
            Self::StrayParenthesis => "take it out, or put it in quotation marks with the value".to_owned(),
            Self::ConnectiveMissing { .. } => {
                "write `and` or `or` between conditions, and a value with spaces in quotation marks".to_owned()
            }
            Self::UnknownKey { known, .. } | Self::UnknownValue { known, .. } => listed(known)?,
            Self::WrongSort { .. } => return None,
            Self::Unreadable { write, .. } => format!("write {write}"),
        })
    }
}

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.text[..self.at.start].chars().count() + 1;
        write!(f, "{} (character {column} of the selector)", self.problem)
    }
}

impl std::error::Error for SelectorError {}

fn condition_missing(found: &str) -> String {
    match found {
        "" => "a condition is missing at the end".to_owned(),
        _ => format!("a condition is missing before `{found}`"),
    }
}

/// All known words, where they are not too many.
fn listed(known: &[String]) -> Option<String> {
    const MOST: usize = 40;
    (!known.is_empty() && known.len() <= MOST).then(|| {
        let quoted: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        format!("there is {}", quoted.join(", "))
    })
}
