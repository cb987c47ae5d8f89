//! Which verdicts an edit has changed, in words.

use std::fmt;

use serde::Serialize;

use crate::compare::{Cause, Comparison, Differences, Outcome, StatementChange, Thoroughness};
use crate::engine::StatementAnswer;
use crate::escape::visible;
use crate::model::{Case, Key, StatementId};
use crate::verdict::Detail;
use crate::words::{edit_sentence, finding_phrase, joined, one_line, verdict_phrase};

/// So many edits of a cause are named.
const MOST_EDITS: usize = 3;

/// A verdict, or the finding on a question, that is another than it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it is a verdict on.
    pub id: String,
    /// The same in the author's words, on one line.
    pub text: String,
    /// What it was; none of an entry that is new.
    pub before: Option<String>,
    /// What it is; none of an entry that is gone.
    pub after: Option<String>,
    /// The edits that change it, or why they are not known; none of an entry that came or went.
    pub because: Option<String>,
}

/// `programme: unsupported (insufficient) → contested (rival readings), because of document log: reliability A → C`
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => write!(f, "{}: {before} → {after}", self.id)?,
            (None, Some(after)) => write!(f, "{}: new, {after}", self.id)?,
            (Some(before), None) => write!(f, "{}: gone, was {before}", self.id)?,
            (None, None) => write!(f, "{}", self.id)?,
        }
        self.because.iter().try_for_each(|because| write!(f, ", {because}"))
    }
}

/// What differs between the answers on two versions of a case: findings first, then verdicts, then what came and went.
pub(super) fn changes(cases: [&Case; 2], differences: &Differences, comparison: &Comparison) -> Vec<Change> {
    let [old, new] = cases;
    let because = |cause: Option<&Cause>| Some(because(cause, differences));
    let findings = comparison.questions.iter().filter(|change| change.changed()).map(|change| Change {
        id: shown(&change.id),
        text: visible(&one_line(&new.questions[change.after.question].text)).into_owned(),
        before: Some(finding_phrase(change.before.finding).to_lowercase()),
        after: Some(finding_phrase(change.after.finding).to_lowercase()),
        because: because(change.cause.as_ref()),
    });
    let changed = comparison.statements.iter().filter(|change| change.outcome == Outcome::Verdict);
    let verdicts = changed.map(|change| Change {
        before: Some(verdict(&change.before)),
        after: Some(verdict(&change.after)),
        because: alias(change).or_else(|| because(change.cause.as_ref())),
        ..bare(new, change.after.statement)
    });
    let added = comparison.added.iter();
    let added = added.map(|one| Change { after: Some(verdict(one)), ..bare(new, one.statement) });
    let removed = comparison.removed.iter();
    let removed = removed.map(|one| Change { before: Some(verdict(one)), ..bare(old, one.statement) });
    findings.chain(verdicts).chain(added).chain(removed).collect()
}

fn bare(case: &Case, statement: StatementId) -> Change {
    let entry = &case.statements[statement];
    let text = visible(&one_line(&entry.text)).into_owned();
    Change { id: shown(&entry.key), text, before: None, after: None, because: None }
}

fn shown(key: &Key) -> String {
    visible(key.as_str()).into_owned()
}

fn verdict(answer: &StatementAnswer) -> String {
    match answer.assessment.detail {
        Detail::Refuted => "refuted".to_owned(),
        detail => verdict_phrase(detail),
    }
}

fn alias(change: &StatementChange) -> Option<String> {
    let claim = change.same_as.as_ref()?;
    Some(format!("since it takes the verdict of {}", shown(claim)))
}

fn because(cause: Option<&Cause>, differences: &Differences) -> String {
    let Some(cause) = cause else { return "by edits that are too many to tell apart".to_owned() };
    if cause.thoroughness == Thoroughness::Sufficient && cause.edits.len() > MOST_EDITS {
        return format!("because of some of {} edits", cause.edits.len());
    }
    let edits = cause.edits.iter().take(MOST_EDITS);
    let mut named: Vec<String> =
        edits.map(|&edit| visible(&edit_sentence(&differences.edits()[edit], Key::to_string)).into_owned()).collect();
    let more = cause.edits.len().saturating_sub(MOST_EDITS);
    named.extend((more > 0).then(|| format!("{more} more")));
    let together = if cause.edits.len() > 1 { " together" } else { "" };
    format!("because of {}{together}", joined(named))
}
