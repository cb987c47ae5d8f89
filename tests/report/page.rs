//! `docs/report.md` shows what reports tell: its excerpts are those of the snapshots.
//!
//! `UPDATE_DOCS=1 cargo test report::page` writes them anew.

use std::fs;

use evigraph::internals::words::{STRENGTHS, strength};

const PAGE: &str = "docs/report.md";

/// What stands in a report from a heading on, up to the next of its level or above.
fn excerpt<'r>(report: &'r str, heading: &str) -> &'r str {
    let start = report.find(&format!("\n{heading}")).unwrap_or_else(|| panic!("no heading `{heading}`")) + 1;
    let level = heading.chars().take_while(|&letter| letter == '#').count();
    let ends = (1..=level).filter_map(|level| report[start..].find(&format!("\n{} ", "#".repeat(level))));
    report[start..start + ends.min().unwrap_or(report.len() - start)].trim_end()
}

#[test]
fn excerpts_are_those_of_the_report() {
    let report = fs::read_to_string("tests/reports/declassified.md").expect("the snapshot is there");
    let page = fs::read_to_string(PAGE).expect("the page is there");
    let mut parts = page.split("<!-- excerpt: ");
    let mut written = parts.next().expect("a beginning").to_owned();
    let mut excerpts = 0;
    for part in parts {
        let (heading, rest) = part.split_once(" -->\n```markdown\n").expect("a block follows");
        let (_, rest) = rest.split_once("```\n").expect("the block ends");
        written += &format!("<!-- excerpt: {heading} -->\n```markdown\n{}\n```\n{rest}", excerpt(&report, heading));
        excerpts += 1;
    }
    assert!(excerpts >= 4, "the page shows what it speaks of");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(PAGE, &written).expect("the page can be written");
    } else {
        assert!(page == written, "{PAGE} is stale: run `UPDATE_DOCS=1 cargo test report::page`");
    }
}

/// The two tables of words are those of the program.
#[test]
fn the_words_are_those_of_the_program() {
    let page = fs::read_to_string(PAGE).expect("the page is there");
    for one in STRENGTHS {
        let row = page.lines().find(|line| line.starts_with(&format!("| {} |", one.word))).expect(one.word);
        let low = row.split_whitespace().find_map(|word| word.parse::<f64>().ok()).expect("a number");
        let low = if row.contains("below") { 0.0 } else { low };
        assert_eq!(strength(low), one.word, "{row}");
    }
}
