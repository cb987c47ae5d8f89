//! A case file of what was imported.

use std::fmt::Write as _;

use crate::authoring::{Sort, format, quoted};

use super::entry::{Entry, Imported};

/// A case of everything that was imported, as one file.
///
/// Cost: linear in what was imported.
pub fn whole(imported: &Imported, title: &str) -> String {
    let mut text = format!("Case(title: {}, ", quoted(imported.title.as_deref().unwrap_or(title)));
    for (name, value) in &imported.settings {
        let _ = write!(text, "{name}: {value}, ");
    }
    for sort in [Sort::Actor, Sort::Document, Sort::Claim, Sort::Relationship, Sort::Inference, Sort::Question] {
        let entries: Vec<&Entry> = imported.entries.iter().filter(|entry| entry.edit.section == sort).collect();
        if !entries.is_empty() {
            let _ = write!(text, "\n\n{}: {{", sort.plural());
            entries.iter().for_each(|entry| write_entry(&mut text, entry));
            text.push_str("}, ");
        }
    }
    text.push(')');
    format("case.ron", &text).unwrap_or(text)
}

fn write_entry(text: &mut String, entry: &Entry) {
    let fields = entry.edit.fields.iter().map(|field| format!("{}: {}", field.name, field.value));
    let _ = write!(text, "{}: ({}), ", quoted(&entry.edit.id), fields.collect::<Vec<_>>().join(", "));
}
