//! The reports of the shipped cases: snapshots, and what every one of them has to tell.

use std::path::Path;

use evigraph::internals::report::{self, document};
use evigraph::{Case, Engine, Remarks, Scenario, Source, Watch};
use snapbox::data::DataFormat;

use super::{Report, SMALL, html, markdown, shipped};

fn check(name: &str) -> (Case, Report) {
    let case = shipped(name);
    let report = Report::on(&case);
    html::assert_sound(&report.html);
    markdown::assert_sound(&report.markdown);
    tells_everything(&case, &report);
    let stem = name.trim_end_matches(".ron");
    for (ending, text) in [("md", &report.markdown), ("html", &report.html)] {
        let path = format!("tests/reports/{stem}.{ending}");
        let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
        assert.eq(text.as_str(), snapbox::Data::read_from(Path::new(&path), Some(DataFormat::Text)).raw());
    }
    (case, report)
}

/// Every statement has one entry of its own, and every document has its place in the list of sources.
fn tells_everything(case: &Case, report: &Report) {
    let elements = html::elements(&report.html);
    let named =
        |id: &str| elements.iter().filter(|element| element.attributes.get("id").is_some_and(|one| one == id)).count();
    for statement in case.statements.values() {
        assert_eq!(named(&format!("claim-{}", statement.key)), 1, "{}", statement.key);
        let words: Vec<&str> = statement.text.split_whitespace().collect();
        assert!(report.html.contains(&words.join(" ").replace('\'', "&#39;")), "{}", statement.key);
    }
    let listed: Vec<&str> = elements
        .iter()
        .filter(|element| element.name == "li" && element.attributes.contains_key("id"))
        .map(|element| element.text.as_str())
        .collect();
    for document in case.documents.ids() {
        let title = case.source_title(Source::Document(document));
        let of_title = |line: &str| line.split_once("] ").is_some_and(|(_, words)| words == title);
        assert_eq!(listed.iter().filter(|text| text.lines().any(of_title)).count(), 1, "{title}");
    }
}

#[test]
fn small_cases() {
    for name in SMALL {
        check(name);
    }
}

#[test]
fn declassified() {
    let (_, report) = check("declassified");
    let text = markdown::text(&report.markdown);
    let summary = between(&text, "Executive summary", "What the released record holds");
    // What the article concludes: links and cases, yes; readings in dispute; the programme neither shown nor refuted,
    // and open because of what is kept back.
    for part in [
        "Nuanced. The headline",
        "is not established",
        "Confirmed: ",
        "weaker claims",
        "Contested: ",
        "It is not refuted",
        "what is withheld from [1], [2], [3]",
    ] {
        assert!(summary.contains(part), "{part}: {summary}");
    }
    let sections = [
        "1. What the released record holds",
        "2. The Contra years",
        "3. Assets, contractors and criminal figures",
        "4. Recent reporting",
        "5. Why the readers disagree",
        "6. What stays open",
        "7. Conclusion",
    ];
    let mut last = 0;
    for section in sections {
        let at = report.markdown.find(&format!("\n## {section}\n")).unwrap_or_else(|| panic!("{section}"));
        assert!(at > last, "{section} stands where the case lays it out");
        last = at;
    }
}

#[test]
fn contra_record() {
    let (case, report) = check("contra-record");
    let text = markdown::text(&report.markdown);
    let summary = between(&text, "Executive summary", "The Contra supply network");
    // That the ring caused the crack epidemic is refuted, and so is the question that it is the headline of.
    assert_eq!(["Nuanced.", "Refuted."].map(|finding| summary.matches(finding).count()), [case.questions.len() - 1, 1]);
}

/// The verdicts are known when the engine is asked to stop; what speaks for them, and what is to be found out, is not.
#[test]
fn what_is_stopped_has_its_verdicts_and_says_what_it_leaves_out() {
    let case = shipped("strong-and-weak.ron");
    let watch = Watch::default();
    let engine = Engine::new(&case, Scenario::default()).watched(watch.clone()).for_all(true).expect("it is small");
    engine.answer_all(true).expect("it is small");
    watch.stop();
    let document = document(&engine, &Remarks::default()).expect("the verdicts are known");
    assert!(document.is_cut());
    let [html, markdown] = [report::html(&document), report::markdown(&document)];
    html::assert_sound(&html);
    markdown::assert_sound(&markdown);
    let left_out = "What speaks for and against 2 statements and where to dig are left out";
    assert!(html.contains(left_out) && markdown.contains(left_out), "{markdown}");
    assert_eq!(markdown.matches("What speaks for it and against it is left out.").count(), 2);
    for verdict in ["● **Established**", "○ **Not established**"] {
        assert!(markdown.contains(verdict), "{markdown}");
    }
    assert!(!markdown.contains("Where to dig\n"), "{markdown}");
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).expect("it begins");
    &text[start..start + text[start..].find(to).expect("it ends")]
}
