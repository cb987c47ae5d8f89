//! How a case stands: the part of the page that is there first.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::authoring::Loaded;
use crate::diagnostic::Diagnostic;
use crate::engine::Answer;
use crate::escape::visible;
use crate::model::Case;
use crate::verdict::Verdict;
use crate::words::{finding_phrase, one_line};

use super::changes::Change;
use super::places::{Place, written};
use super::remarks::{Remark, remarks};

/// How a case stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct State {
    /// The title of the case; none if it is broken.
    pub title: Option<String>,
    /// Whether its verdicts could be worked out. If not, the page shows those before.
    pub is_good: bool,
    /// Why they could not, where that is not because of an error in the case.
    pub trouble: Option<String>,
    /// Under which changes it is read, as they stand on a command line.
    pub flags: Vec<String>,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// The errors and warnings, errors first; of very many not all.
    pub remarks: Vec<Remark>,
    /// The finding on each question.
    pub findings: Vec<Count<String>>,
    /// How many claims and relationships have each verdict.
    pub verdicts: Vec<Count<usize>>,
    /// What has changed since the last good state; none if there was none.
    pub changes: Option<Vec<Change>>,
    /// Where each entry is written, by its id; none if it is broken.
    pub places: Option<BTreeMap<String, Place>>,
}

/// A name with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count<T> {
    /// A question in the author's words, or a verdict.
    pub name: String,
    /// Its finding, or how many there are.
    pub value: T,
}

impl State {
    /// The state of a case of which no more is known than what is wrong with it.
    pub(super) fn broken(loaded: &Loaded, diagnostics: &[Diagnostic], flags: Vec<String>) -> Self {
        let errors = diagnostics.iter().filter(|problem| problem.is_error()).count();
        let warnings = diagnostics.len() - errors;
        Self { errors, warnings, remarks: remarks(diagnostics, &loaded.sources), ..Self::unread(flags) }
    }

    /// The state of a case of which nothing is known.
    pub(super) fn unread(flags: Vec<String>) -> Self {
        Self {
            title: None,
            is_good: false,
            trouble: None,
            flags,
            errors: 0,
            warnings: 0,
            remarks: Vec::new(),
            findings: Vec::new(),
            verdicts: Vec::new(),
            changes: None,
            places: None,
        }
    }

    /// The same of a case that has verdicts.
    pub(super) fn with(self, case: &Case, answer: &Answer, changes: Option<Vec<Change>>, loaded: &Loaded) -> Self {
        let findings = answer.questions.iter().map(|one| Count {
            name: visible(&one_line(&case.questions[one.question].text)).into_owned(),
            value: finding_phrase(one.finding).to_owned(),
        });
        let of_verdict =
            |verdict: Verdict| answer.statements.iter().filter(|one| one.assessment.verdict() == verdict).count();
        let verdicts =
            Verdict::ALL.map(|verdict| Count { name: verdict.name().to_owned(), value: of_verdict(verdict) });
        Self {
            title: Some(visible(&one_line(&case.title)).into_owned()),
            is_good: true,
            findings: findings.collect(),
            verdicts: verdicts.into_iter().filter(|one| one.value > 0).collect(),
            changes,
            places: Some(written(&loaded.sources)),
            ..self
        }
    }
}
