//! Names, titles and sentences with nothing in them to read: what a report or a picture shows of them is a gap.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::escape::is_hidden;

use super::super::mirror::{Entries, WrittenFile};
use super::super::reader::Text;

/// Warns of every empty text that stands for its entry, or for the case. Cost: a look at each.
pub(super) fn report(files: &[WrittenFile<'_>], problems: &mut Diagnostics) {
    for case in files.iter().filter_map(|file| file.case.as_ref()) {
        report_text("title", &case.title, None, problems);
        report_entries("name", &case.actors, |actor| &actor.name, problems);
        report_entries("title", &case.documents, |document| &document.title, problems);
        report_entries("text", &case.claims, |claim| &claim.text, problems);
        report_entries("text", &case.questions, |question| &question.text, problems);
        for section in case.report.iter().flat_map(|report| &report.sections).flatten() {
            report_text("title", &section.title, None, problems);
        }
    }
}

fn report_entries<'e, 'a: 'e, T>(
    field: &str,
    section: &'e Option<Entries<'a, T>>,
    text: impl Fn(&'e T) -> &'e Option<Text<'a>>,
    problems: &mut Diagnostics,
) {
    for entry in section.iter().flat_map(Entries::iter) {
        if let Some(value) = &entry.value {
            report_text(field, text(value), Some(&entry.id.text), problems);
        }
    }
}

fn report_text(field: &str, text: &Option<Text<'_>>, id: Option<&str>, problems: &mut Diagnostics) {
    let is_seen = |letter: char| !letter.is_whitespace() && !is_hidden(letter);
    let Some(empty) = text.as_ref().filter(|text| !text.text.chars().any(is_seen)) else { return };
    let problem = Diagnostic::new(Code::EmptyText, empty.span, format!("this {field} says nothing"));
    problems.push(problem.help("write what a reader is to see").about_all(id));
}
