//! What `check` says of a case, as the page shows it.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Places, Severity, visible};
use crate::source::{Sources, Span};

use super::places::Place;

/// So many are shown; how many there are besides is said.
pub(super) const MOST: usize = 500;

/// One thing that is wrong with a case, or should be considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Whether it is an error or a warning.
    pub severity: Severity,
    /// Which sort of mistake it is, as in `docs/codes.md`.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// A few words on the place.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Where it is; none where it concerns the case as a whole.
    pub place: Option<Place>,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// The ids of the entries that it is about, as far as they are known.
    pub about: Vec<String>,
}

/// Another place that has to do with a remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    /// What it has to do with it.
    pub message: String,
    /// Where it is.
    pub place: Place,
}

/// The remarks on a case, errors first. Cost: linear in the files that are named.
pub(super) fn remarks(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Remark> {
    let places = Places::new(sources);
    let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|problem| problem.is_error());
    errors.into_iter().chain(warnings).take(MOST).map(|problem| remark(problem, &places)).collect()
}

fn remark(problem: &Diagnostic, places: &Places<'_>) -> Remark {
    let shown = |text: &String| visible(text).into_owned();
    let related =
        |(span, message): &(Span, String)| Related { message: shown(message), place: Place::of(*span, places) };
    Remark {
        severity: problem.severity(),
        code: problem.code.name(),
        message: shown(&problem.message),
        label: problem.label.as_ref().map(shown),
        help: problem.help.as_ref().map(shown),
        place: problem.span.map(|span| Place::of(span, places)),
        related: problem.related.iter().map(related).collect(),
        about: problem.about.iter().map(shown).collect(),
    }
}
