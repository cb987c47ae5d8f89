//! Questions, and the order of the report.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Question, Report, Section, StatementId, normalized};

use super::super::mirror::{self, WrittenFile};
use super::super::nearest::list;
use super::entries::{Entries, Row, slice};
use super::names::key;
use super::references::{Resolver, heading, word};

/// The questions; nothing where there is no headline.
pub(super) fn questions(resolver: &mut Resolver<'_, '_>, entries: &Entries<'_>) -> Vec<Option<Question>> {
    resolver.each(&entries.questions, question)
}

fn question(resolver: &mut Resolver<'_, '_>, row: &Row<'_, mirror::Question<'_>>) -> Option<Question> {
    let key = key(row, resolver.problems);
    let claims: Vec<_> = resolver.statements_in(slice(&row.entry.claims), "claims");
    let headline = headline(resolver, row, &claims);
    let text = heading(&row.entry.text).unwrap_or_default();
    Some(Question { key, text, claims, headline: headline?, declared: row.declared })
}

/// The claim that decides the question: the one that is named, or else the last.
fn headline(
    resolver: &mut Resolver<'_, '_>,
    row: &Row<'_, mirror::Question<'_>>,
    claims: &[StatementId],
) -> Option<StatementId> {
    let listed = row.entry.claims.as_deref().unwrap_or_default();
    let Some(written) = &row.entry.headline else {
        if listed.is_empty() {
            let message = format!("the question `{}` has no claims", row.key);
            let problem = Diagnostic::new(Code::MissingField, row.declared, message).label("`claims` is missing");
            resolver.problems.push(problem.help("list in `claims` those that answer it, the weakest first"));
        }
        return claims.last().copied();
    };
    let headline = resolver.statement(written, "headline")?;
    if !listed.iter().any(|claim| normalized(&claim.text) == normalized(&written.text)) {
        let message = format!("the headline `{}` is not among the question's claims", written.text);
        let ids: Vec<&str> = listed.iter().map(|claim| claim.text.as_ref()).collect();
        let help = match ids.as_slice() {
            [] => format!("add `claims: [\"{}\"]`", written.text),
            ids => format!("add it to `claims`, or name one of {}", list(ids, "and")),
        };
        resolver.problems.push(Diagnostic::new(Code::HeadlineNotListed, written.span, message).help(help));
    }
    Some(headline)
}

/// The report of the opened file.
pub(super) fn report(resolver: &mut Resolver<'_, '_>, files: &[WrittenFile<'_>]) -> Report {
    let opened = files.first().and_then(|file| file.case.as_ref()?.report.as_ref());
    let sections = opened.and_then(|report| report.sections.as_ref());
    Report { sections: sections.into_iter().flatten().map(|written| section(resolver, written)).collect() }
}

fn section(resolver: &mut Resolver<'_, '_>, written: &mirror::Section<'_>) -> Section {
    Section {
        title: heading(&written.title).unwrap_or_default(),
        claims: resolver.statements_in(slice(&written.claims), "claims"),
        text: word(&written.text),
    }
}
