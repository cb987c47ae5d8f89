//! What the reference says of a field, in short: the rows of the tables in `docs/format.md`.

use super::Record;

const PAGE: &str = include_str!("../../../docs/format.md");

/// What a field takes, and what it means when it is left out, as Markdown.
pub fn field_words(record: Record, field: &str) -> Option<String> {
    let row = record.headings().iter().find_map(|heading| row(heading, field));
    let [takes, left_out] = row.or_else(|| elsewhere(record, field).map(|words| [words.to_owned(), String::new()]))?;
    let left_out = if left_out.is_empty() { String::new() } else { format!("\n\nWhen left out: {left_out}") };
    Some(format!("{takes}{left_out}"))
}

/// Of fields that the reference has in running text.
fn elsewhere(record: Record, field: &str) -> Option<&'static str> {
    Some(match (record, field) {
        (Record::Thresholds, "serious") => "from how large on a case is worth talking of",
        (Record::Thresholds, _) => "what this standard takes",
        (Record::Bar, "case") => "how large a case has to be",
        (Record::Bar, "margin") => "how far it has to be ahead of the other side's",
        (Record::Allowed, "lint") => "the name of a warning",
        (Record::Allowed, "reason") => "why it is allowed, in your words",
        (Record::Report, "sections") => "the sections, in the order of telling",
        (Record::Section, "title") => "the heading; required",
        (Record::Section, "claims") => "ids of the statements that it is about",
        (Record::Section, "text") => "your own words, Markdown allowed",
        _ => return None,
    })
}

/// The cells behind the name of a field, in the tables under a heading.
fn row(heading: &str, field: &str) -> Option<[String; 2]> {
    let is_heading = |line: &&str| line.starts_with("## ") || line.starts_with("### ");
    let section = PAGE.lines().skip_while(|line| line.trim_start_matches('#').trim().trim_matches('`') != heading);
    let mut rows = section.skip(1).take_while(|line| !is_heading(line)).filter(|line| line.starts_with('|'));
    let is_of_field =
        |row: &&str| cell(row, 1).is_some_and(|names| names.split('`').skip(1).step_by(2).any(|name| name == field));
    let row = rows.find(is_of_field)?;
    Some([2, 3].map(|column| without_links(cell(row, column).unwrap_or_default())))
}

fn cell(row: &str, column: usize) -> Option<&str> {
    row.split('|').nth(column).map(str::trim)
}

/// Words without the addresses of links, which are those of the page.
fn without_links(words: &str) -> String {
    let mut parts = words.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    let text = parts.fold(first, |text, part| text + part.split_once(')').map_or(part, |(_, rest)| rest));
    text.replace('[', "")
}

#[cfg(test)]
mod tests {
    use super::super::super::resolve::Sort;
    use super::*;

    #[test]
    fn fields_have_their_row_of_the_reference() {
        let rivals = field_words(Record::Entry(Sort::Claim), "rivals").expect("it has a row");
        assert!(rivals.starts_with("ids of statements that cannot be true together"), "{rivals}");
        let allow = field_words(Record::Case, "allow").expect("it has a row");
        assert!(allow.contains("see below") && !allow.contains("]("), "{allow}");
        let entries = [Sort::Actor, Sort::Document, Sort::Claim, Sort::Relationship, Sort::Inference, Sort::Question];
        let others = [Record::Thresholds, Record::Bar, Record::Evidence, Record::Attack, Record::Allowed];
        let records = [Record::Case, Record::Report, Record::Section].into_iter().chain(others);
        for record in records.chain(entries.map(Record::Entry)) {
            for field in record.fields() {
                assert!(field_words(record, field.name).is_some(), "`{}` of {record:?} has no row", field.name);
            }
        }
    }
}
