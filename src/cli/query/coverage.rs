//! What the record of a case lacks, as a table and as lists.

use std::fmt::Write as _;

use crate::diagnostic::visible;
use crate::model::{Case, Key};
use crate::query::{Amount, AtMost, Coverage, Covered, Gap};
use crate::words::count;

use super::args::CoverageArgs;
use super::rows::{Row, explained, table};
use crate::cli::layout::{BOLD, DIM, GREEN, RED, hanging, styled, wrapped};

const COLUMNS: [&str; 6] = ["claims", "no evidence", "documents", "ungraded", "quotations", "unverified"];

/// The table of sections, then what is lacking by name, then the limits.
pub fn render(case: &Case, found: &Coverage, args: &CoverageArgs, width: usize) -> String {
    let mut text = format!("{}\n", styled(BOLD, wrapped(&visible(&case.title), width, "")));
    let sections = (1..).zip(&found.sections).map(|(number, section)| match &section.title {
        Some(title) => row(section, Some(number), visible(title).into_owned()),
        None => row(section, None, "In no section".to_owned()),
    });
    let whole = row(&found.whole, None, "The whole case".to_owned());
    text += &table(&COLUMNS, &sections.chain([whole]).collect::<Vec<_>>(), width);
    text += &explained(
        &[
            ("claims", "claims and relationships with a verdict of their own".to_owned()),
            ("no evidence", "of these, those to which nothing speaks".to_owned()),
            ("documents", "what they depend on directly, and what stands behind that".to_owned()),
            ("ungraded", "of these, those that give no reliability".to_owned()),
            ("unverified", "quotations that were not found in a copy that is kept with the case".to_owned()),
        ],
        width,
    );
    text += &lists(case, found, args.most, width);
    text + &limits(found, &args.at_most, width)
}

fn row(covered: &Covered, number: Option<usize>, name: String) -> Row {
    let numbers = [
        covered.statements.len(),
        covered.without_evidence.len(),
        covered.documents.len(),
        covered.ungraded.len(),
        covered.quotations.len(),
        covered.unverified.len(),
    ];
    let cells = numbers.map(|number| number.to_string()).into();
    Row { number, name, title: String::new(), cells, below: String::new() }
}

/// What is lacking, by its ids.
fn lists(case: &Case, found: &Coverage, most: usize, width: usize) -> String {
    let whole = &found.whole;
    let statement = |&id: &_| case.statements[id].key.to_string();
    let document = |&id: &_| case.documents[id].key.to_string();
    let quotation = |&(id, index): &(_, usize)| {
        let link = &case.statements[id].evidence[index];
        format!("{} (from {})", case.statements[id].key, case.premise_key(link.from))
    };
    let mut text = String::new();
    let mut list = |heading: &str, ids: Vec<String>| text += &named(heading, &ids, most, width);
    list("Nothing speaks to", whole.without_evidence.iter().map(statement).collect());
    list("No reliability is given for", whole.ungraded.iter().map(document).collect());
    list("Quoted, and not found in a kept copy", whole.unverified.iter().map(quotation).collect());
    let key = |&source: &_| -> &Key { case.source_key(source) };
    list("Used by nothing", found.unused.iter().map(key).map(ToString::to_string).collect());
    text
}

fn named(heading: &str, ids: &[String], most: usize, width: usize) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let more = ids.len().saturating_sub(most);
    let rest = if more > 0 { format!(" and {} more", more) } else { String::new() };
    let shown = ids.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(", ");
    let heading = styled(BOLD, format!("{heading} ({}):", ids.len()));
    format!("\n{}\n", hanging(&format!("{heading} {shown}{rest}"), width, "", "  "))
}

/// Whether no more is lacking than was said to be allowed.
fn limits(found: &Coverage, limits: &[AtMost], width: usize) -> String {
    let mut text = String::new();
    for limit in limits {
        let (lacking, of) = found.lacking(limit.gap);
        let what = match limit.gap {
            Gap::NoEvidence => count(of, "claim"),
            Gap::Ungraded => count(of, "document"),
            Gap::Unverified => count(of, "quotation"),
            Gap::Unused => count(of, "source"),
        };
        let most = match limit.most {
            Amount::Count(most) => most.to_string(),
            Amount::Percent(most) => format!("{most}%"),
        };
        let (style, is_kept) = if found.keeps(limit) { (GREEN, "kept") } else { (RED, "exceeded") };
        let line = format!("{}: {lacking} of {what}, at most {most}: {}", limit.gap.name(), styled(style, is_kept));
        let _ = writeln!(text, "{}", wrapped(&line, width, ""));
    }
    if text.is_empty() { text } else { format!("\n{}\n{text}", styled(DIM, "Limits")) }
}
