//! The finding on a question.

use super::detail::{Detail, Details};
use super::standard::{Sure, any_sure};

/// The answer to a question, read from the verdicts on its claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// The headline is supported.
    Confirmed,
    /// The headline is refuted, whatever weaker claims stand.
    Refuted,
    /// The headline is neither supported nor refuted, and at least one other claim of the question is supported.
    Nuanced,
    /// All else.
    Unresolved,
    /// The verdicts are not known well enough to tell.
    Undecided,
}

impl Finding {
    /// The finding that follows from the details of a question's headline and of its claims.
    pub fn of(headline: Detail, claims: impl IntoIterator<Item = Detail>) -> Self {
        Self::of_possible(headline.into(), claims.into_iter().map(Details::from))
    }

    /// The finding that follows from the details that a question's headline and its claims can have.
    pub fn of_possible(headline: Details, claims: impl IntoIterator<Item = Details>) -> Self {
        let is = |details: Details, detail: Detail| -> Sure {
            if !details.has(detail) { Some(false) } else { (details.only() == detail).then_some(true) }
        };
        let supported = any_sure(claims.into_iter().map(|claim| is(claim, Detail::Established)));
        let tried = [
            (is(headline, Detail::Established), Self::Confirmed),
            (is(headline, Detail::Refuted), Self::Refuted),
            (supported, Self::Nuanced),
        ];
        let first = tried.into_iter().find(|(so, _)| *so != Some(false));
        match first {
            Some((Some(_), finding)) => finding,
            Some((None, _)) => Self::Undecided,
            None => Self::Unresolved,
        }
    }

    /// The word in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Nuanced => "nuanced",
            Self::Refuted => "refuted",
            Self::Unresolved => "unresolved",
            Self::Undecided => "undecided",
        }
    }
}
