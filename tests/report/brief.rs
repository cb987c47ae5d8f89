//! The report on one page: what it names is on it, under the numbers of the whole report.

use evigraph::internals::report::{brief_html, brief_markdown, document};
use evigraph::{Case, Engine, Input, Remarks, Scenario, load};

use super::{SMALL, case, html, markdown, shipped};

/// The report on one page, as HTML and as Markdown, and the whole one as Markdown.
fn reports(case: &Case) -> [String; 3] {
    let engine = Engine::new(case, Scenario::default());
    let document = document(&engine, &Remarks::default()).expect("it is small");
    let brief = document.brief();
    [brief_html(&brief), brief_markdown(&brief), evigraph::internals::report::markdown(&document)]
}

#[test]
fn every_link_of_the_page_leads_to_a_place_on_it() {
    for name in SMALL.into_iter().chain(["declassified", "contra-record"]) {
        let [page, text, _] = reports(&shipped(name));
        // Every link to a place has that place, and no place is there twice.
        html::assert_sound(&page);
        markdown::assert_sound(&text);
    }
}

/// Who reads a report has not the case: ids say nothing there, and a source that a verdict hangs on has a name.
#[test]
fn entries_are_called_by_their_words() {
    let text = r#"Case(title: "Rain", documents: {
            "wire": (title: "The wire", kind: NewsReport, reliability: A),
            "paper": (title: "The paper", reliability: A, derives_from: ["wire"]),
        }, claims: {"c": (text: "It rained.", evidence: [Supports(from: ["wire", "paper"], as: Finding)])})"#;
    let case = case(text);
    let loaded = load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("it is read");
    let remarks = Remarks::of(&loaded);
    let engine = Engine::new(&case, Scenario::default());
    let document = document(&engine, &remarks).expect("it is small");
    let whole = evigraph::internals::report::markdown(&document);
    let remark = "every source of “It rained” goes back to [1] “The wire” (single-origin)";
    assert!(whole.replace('\\', "").contains(remark), "{whole}");
    let brief = brief_markdown(&document.brief());
    assert!(brief.contains("The loss of one source, [[1]](#source-1) “The wire”, would change a verdict."), "{brief}");
    assert!(brief.contains("## Sources named here"), "{brief}");
}

#[test]
fn a_page_is_a_page() {
    for name in ["declassified", "contra-record"] {
        let [_, text, whole] = reports(&shipped(name));
        let words = text.split_whitespace().count();
        // At eight points a page of A4 has room for about so many.
        assert!(words < 1100 && words * 10 < whole.split_whitespace().count(), "{name} has {words} words");
        assert!(text.contains("## Executive summary") && text.contains("## Where to dig"), "{name}: {text}");
    }
}

#[test]
fn statements_and_sources_have_the_numbers_of_the_whole_report() {
    let [_, text, whole] = reports(&shipped("declassified"));
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ") && line.contains("**")).collect();
    assert!(rows.len() >= 8, "{text}");
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert!(whole.contains(&format!("### {} {}\n", cells[0], cells[1])), "{row}");
    }
    // Those of the question come first of all, and the headline is among them.
    assert!(text.contains("| 7.5 | The CIA as an institution"), "{text}");
    let sources: Vec<&str> = text.split("\n### Source ").skip(1).collect();
    assert!(!sources.is_empty(), "{text}");
    for source in sources {
        let title = source.split("**.").next().expect("a number and a title");
        assert!(whole.contains(&format!("\n### Source {title}**.")), "{title}");
    }
}

#[test]
fn a_case_without_a_question_lists_its_statements() {
    let claims: String = (0..40).map(|at| format!("\"c{at:02}\": (text: \"Claim {at}.\"), ")).collect();
    let [page, text, _] = reports(&case(&format!("Case(title: \"Many\", claims: {{{claims}}})")));
    assert!(text.contains("This case asks no question."), "{text}");
    assert_eq!(text.matches("| Claim ").count(), 15, "{text}");
    assert!(text.contains("25 further statements are in the whole report."), "{text}");
    html::assert_sound(&page);
}

#[test]
fn of_many_questions_there_are_the_first() {
    let claims: String = (0..40).map(|at| format!("\"c{at:02}\": (text: \"Claim {at}.\"), ")).collect();
    let asked = |at| format!("\"q{at:02}\": (text: \"Question {at}?\", claims: [\"c{at:02}\"]), ");
    let questions: String = (0..40).map(asked).collect();
    let text = format!("Case(title: \"Many\", claims: {{{claims}}}, questions: {{{questions}}})");
    let [page, text, _] = reports(&case(&text));
    assert!(text.contains("### Question 5?") && !text.contains("Question 6?"), "{text}");
    assert!(text.contains("34 further questions are in the whole report."), "{text}");
    assert!(text.lines().count() < 100, "{text}");
    html::assert_sound(&page);
    markdown::assert_sound(&text);
}

#[test]
fn what_an_author_writes_is_text_on_the_page_as_well() {
    let hostile = "Case(title: \"<script>alert(1)</script> [x](javascript:y)\", claims: {\"c\": (text: \"| **a** <img src=x onerror=y>\")}, \
                   questions: {\"q\": (text: \"</em><b>Is it?\", claims: [\"c\"])})";
    let [page, text, _] = reports(&case(hostile));
    html::assert_sound(&page);
    markdown::assert_sound(&text);
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
}
