//! The pictures in reports: in HTML inside, beside a report in Markdown, in neither where nobody asked; their numbers are those of
//! the report.

use std::collections::BTreeSet;
use std::fs;

use evigraph::internals::diagram::illustrations;
use evigraph::internals::page::illustrated_html;
use evigraph::internals::report::document_with;
use evigraph::{Case, Engine, Remarks, Scenario};

use super::command::Desk;
use super::{html, shipped};

/// A report with its pictures.
fn illustrated(case: &Case) -> String {
    let engine = Engine::new(case, Scenario::default());
    let (document, drawn) = document_with(&engine, &Remarks::default(), illustrations).expect("within the budget");
    illustrated_html(&document, &drawn)
}

#[test]
fn a_report_has_a_card_and_a_picture_of_each_section_that_lead_to_their_entries() {
    for name in ["declassified", "law.ron", "two-sources.ron", "undercut.ron"] {
        let case = shipped(name);
        let report = illustrated(&case);
        html::assert_sound(&report);
        let elements = html::elements(&report);
        let figures = elements.iter().filter(|element| element.name == "figure").count();
        let sections =
            elements.iter().filter(|element| element.name == "h2" && element.text.starts_with(char::is_numeric));
        assert_eq!(figures, sections.count() + usize::from(!case.questions.is_empty()), "{name}");
        // Every picture says what it is, and every box of a statement leads to its entry: `assert_sound` follows the links.
        let pictures: Vec<_> = elements.iter().filter(|element| element.name == "svg").collect();
        for picture in &pictures {
            for label in ["aria-labelledby", "aria-describedby"] {
                let id = &picture.attributes[label];
                let label_text =
                    elements.iter().find(|element| element.attributes.get("id") == Some(id)).expect("it is there");
                assert!(label_text.text.trim().len() > 3, "{name}: {label}");
            }
        }
        let boxes = |element: &&html::Element| {
            element.name == "g" && element.attributes.get("data-verdict").is_some_and(|verdict| !verdict.is_empty())
        };
        let (boxes, linked): (Vec<_>, Vec<_>) =
            elements.iter().filter(boxes).partition(|one| !one.within.contains(&"a".to_owned()));
        assert!(boxes.is_empty() && !linked.is_empty(), "{name}");
    }
}

/// The fifth statement of section 2 is said to rest on [2], [3] and [6]; the picture of that section says the same.
#[test]
fn pictures_cite_sources_by_the_numbers_of_the_report() {
    let report = illustrated(&shipped("declassified"));
    let elements = html::elements(&report);
    let of = |id: &str| {
        let found =
            elements.iter().find(|element| element.attributes.get("id").is_some_and(|one| one == id)).expect(id);
        numbers(&found.text)
    };
    assert_eq!(of("section-2-picture-node-narcotics-for-arms"), BTreeSet::from([2, 3, 6]));
    assert_eq!(of("claim-narcotics-for-arms"), BTreeSet::from([2, 3, 6]));
}

/// The numbers in brackets.
fn numbers(text: &str) -> BTreeSet<u64> {
    text.split('[').skip(1).filter_map(|rest| rest.split(']').next()?.parse().ok()).collect()
}

#[test]
fn hostile_words_stay_words_in_pictures() {
    html::assert_sound(&illustrated(&crate::diagram::cases::hostile()));
}

#[test]
fn markdown_has_pictures_beside_it_where_a_folder_is_named() {
    let desk = Desk::new();
    let plain = desk.report(&[]);
    assert_eq!(plain, desk.report(&["--no-pictures"]));
    assert!(!plain.contains("!["));
    assert_eq!(desk.report(&["-o", "out.md", "--pictures", "my pictures/of it"]), "");
    let report = desk.file("out.md");
    for name in ["card", "section-1-picture"] {
        let link = format!("](<my%20pictures/of%20it/{name}.svg>)");
        let line = report.lines().find(|line| line.ends_with(&link)).unwrap_or_else(|| panic!("{name}: {report}"));
        assert!(line.starts_with("![") && line.len() > link.len() + 20, "it is described in words: {line}");
        let svg = desk.file(&format!("my pictures/of it/{name}.svg"));
        let svg = roxmltree::Document::parse(&svg).expect("it is XML");
        for tag in ["title", "desc"] {
            assert!(
                svg.descendants().any(|node| node.has_tag_name(("http://www.w3.org/2000/svg", tag))),
                "{name}: {tag}"
            );
        }
    }
    let others: Vec<&str> = report.lines().filter(|line| !line.starts_with("![") && !line.is_empty()).collect();
    assert_eq!(others, plain.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>());
    fs::create_dir(desk.0.path().join("deep")).expect("a folder");
    desk.report(&["-o", "deep/out.md", "--pictures", "pictures"]);
    assert!(desk.file("deep/out.md").contains("](<../pictures/card.svg>)"));
}

/// The names of the pictures are known beforehand: a link that somebody laid there could lead anywhere.
#[cfg(unix)]
#[test]
fn pictures_are_not_written_through_links() {
    let desk = Desk::new();
    let folder = desk.0.path().join("pictures");
    fs::create_dir(&folder).expect("a folder");
    fs::write(desk.0.path().join("mine"), "kept").expect("a file");
    std::os::unix::fs::symlink("../mine", folder.join("card.svg")).expect("a link");
    let refused = desk.run(&["report", "case.ron", "-o", "out.md", "--pictures", "pictures"]);
    assert_eq!(refused.status.code(), Some(2));
    let refusal = String::from_utf8_lossy(&refused.stderr);
    assert!(refusal.contains("card.svg: it is a link"), "{refusal}");
    assert_eq!(desk.file("mine"), "kept");
}

#[test]
fn pictures_are_left_out_where_that_is_asked() {
    let desk = Desk::new();
    assert!(desk.report(&["--format", "html"]).contains("<svg"));
    assert!(!desk.report(&["--format", "html", "--no-pictures"]).contains("<svg"));
    assert!(!desk.report(&["--format", "html", "--short"]).contains("<svg"), "one page has no room for them");
    let refused = desk.run(&["report", "case.ron", "-o", "a.html", "--pictures", "p"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(!desk.0.path().join("p").exists());
}
