//! Reports on paper: PDF that a screen reader can go through, documents for a word processor; what is in them, where their links
//! lead, that hostile words stay words.

mod pages;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _};
use std::process::Command;

use evigraph::internals::diagram::{Illustrations, Ink, Lead, Paper, Printed, Role, illustrations, printed_pdf};
use evigraph::internals::paper::{docx, one_page, pages};
use evigraph::internals::report::{Document, document_with, markdown};
use evigraph::{Case, Engine, Remarks, Scenario};

use crate::diagram::cases::{hostile, shipped};
use crate::support::tool::left_out;

fn named(name: &str) -> Case {
    shipped().into_iter().find(|(known, _)| known == name).expect("it is shipped").1
}

fn report(case: &Case) -> (Document, Illustrations) {
    let engine = Engine::new(case, Scenario::default());
    document_with(&engine, &Remarks::default(), illustrations).expect("within the budget")
}

fn printed(case: &Case, paper: Paper) -> Printed {
    let (document, drawn) = report(case);
    pages(&document.flow(), &drawn, paper)
}

/// The words of a page, each line as it stands.
fn words(printed: &Printed) -> impl Iterator<Item = (&str, f64, f64)> {
    printed.pages.iter().flatten().filter_map(|mark| match &mark.ink {
        Ink::Words { text, x, y, .. } => Some((text.as_str(), *x, *y)),
        _ => None,
    })
}

#[test]
fn everything_stands_on_the_page_and_every_link_leads_somewhere() {
    for (name, case) in shipped().into_iter().chain([("hostile".to_owned(), hostile())]) {
        for paper in [Paper::A4, Paper::Letter] {
            let printed = printed(&case, paper);
            assert_eq!((printed.width, printed.height), paper.size());
            for (text, x, y) in words(&printed) {
                assert!(x >= 0.0 && x < printed.width && y > 0.0 && y < printed.height, "{name}: {text} at {x}, {y}");
            }
            let mut links = 0;
            for mark in printed.pages.iter().flatten() {
                let Ink::Link { x, width, to, .. } = &mark.ink else { continue };
                links += 1;
                assert!(*x > 0.0 && x + width < printed.width, "{name}: a link leaves the page");
                match to {
                    Lead::Anchor(anchor) => {
                        assert!(printed.anchors.contains_key(anchor), "{name}: {anchor} leads nowhere")
                    }
                    Lead::Web(address) => assert!(address.starts_with("http"), "{name}: {address}"),
                }
            }
            assert!(links > 0, "{name}");
        }
    }
}

/// What Markdown says stands on the pages, too: the same statements, under the same numbers.
#[test]
fn pages_have_the_statements_and_sources_of_the_report() {
    let case = named("declassified");
    let printed = printed(&case, Paper::A4);
    let (document, _) = report(&case);
    let headings: BTreeSet<&str> = printed.outline.iter().map(|heading| heading.text.as_str()).collect();
    for line in markdown(&document).lines() {
        let Some(heading) = line.strip_prefix("### ").filter(|heading| heading.starts_with(char::is_numeric)) else {
            continue;
        };
        // Without the two that Markdown escapes.
        if !heading.contains(['\\', '&']) {
            assert!(headings.contains(heading), "{heading}");
        }
    }
    let markdown = markdown(&document);
    let sources = markdown.lines().filter_map(|line| line.strip_prefix("### Source "));
    let listed: Vec<&str> =
        sources.filter(|number| printed.anchors.contains_key(&format!("source-{number}"))).collect();
    assert_eq!(listed.len(), markdown.matches("\n### Source ").count(), "every source is in the table of sources");
    assert!(listed.len() > 10);
    let figures = printed.parts.iter().filter(|part| matches!(part.role, Role::Figure(_))).count();
    assert_eq!(figures, 9, "the card, and a picture of each of eight sections");
    assert!(printed.parts.iter().all(|part| !matches!(&part.role, Role::Figure(words) if words.len() < 40)));
}

#[test]
fn a_short_report_is_one_page() {
    for name in ["declassified", "contra-record", "law"] {
        let (document, _) = report(&named(name));
        for paper in [Paper::A4, Paper::Letter] {
            assert_eq!(one_page(&document.brief().flow(), paper).pages.len(), 1, "{name}");
        }
    }
}

/// Accessible: what Acrobat and screen readers look for first, and the claim itself.
#[test]
fn pdf_is_tagged_and_the_same_each_time() {
    let printed = printed(&named("law"), Paper::A4);
    let bytes = printed_pdf(&printed).expect("it is written");
    assert!(bytes == printed_pdf(&printed).expect("it is written"));
    let has = |part: &str| bytes.windows(part.len()).any(|window| window == part.as_bytes());
    for part in ["/StructTreeRoot", "/Marked true", "/Lang", "/Outlines", "pdfuaid"] {
        assert!(has(part), "{part}");
    }
    assert!(!has("/JavaScript") && !has("/Launch") && !has("/EmbeddedFile"));
}

/// Poppler reads the pages as they were written, with headings, lists, tables, links and figures.
#[test]
fn poppler_finds_the_structure_and_the_words() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("report.pdf");
    fs::write(&file, printed_pdf(&printed(&named("law"), Paper::A4)).expect("it is written")).expect("written");
    let Ok(structure) = Command::new("pdfinfo").arg("-struct").arg(&file).output() else {
        return left_out("Poppler", "poppler-utils");
    };
    let structure = String::from_utf8_lossy(&structure.stdout).into_owned();
    for element in ["H1", "H2", "H3", "P", "L", "LI", "Table", "TR", "TH", "TD", "Link", "Figure"] {
        let found = structure.lines().any(|line| line.trim().trim_end_matches(':').split(' ').next() == Some(element));
        assert!(found || structure.contains(&format!(" {element}")), "{element}");
    }
    let text = Command::new("pdftotext").arg(&file).arg("-").output().expect("it is of the same package");
    let text = String::from_utf8_lossy(&text.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in
        ["Executive summary", "The owner set the fire.", "What the verdicts hang on", "How to read this report"]
    {
        assert!(text.contains(words), "{words}");
    }
}

/// The files of a document, by name.
fn files(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let read = |name: String| {
        let mut bytes = Vec::new();
        archive.by_name(&name).expect("it is there").read_to_end(&mut bytes).expect("it is whole");
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

#[test]
fn a_document_is_well_formed_whatever_the_words_are() {
    for case in [hostile(), named("law"), named("two-sources")] {
        let (document, drawn) = report(&case);
        let bytes = docx(&document.flow(), &drawn, Paper::A4).expect("it is written");
        assert!(bytes == docx(&document.flow(), &drawn, Paper::A4).expect("it is written"), "the same bytes each time");
        let files = files(bytes);
        let text = |name: &str| {
            let (_, bytes) = files.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}"));
            String::from_utf8(bytes.clone()).expect("it is text")
        };
        for (name, _) in files.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
            let text = text(name);
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let document = text("word/document.xml");
        let read = roxmltree::Document::parse(&document).expect("it is XML");
        let values = |element: &str, attribute: &str| -> Vec<String> {
            let of = read.descendants().filter(|node| node.tag_name().name() == element);
            of.filter_map(|node| {
                node.attributes().find(|one| one.name() == attribute).map(|one| one.value().to_owned())
            })
            .collect()
        };
        let places: BTreeSet<String> = values("bookmarkStart", "name").into_iter().collect();
        assert_eq!(places.len(), values("bookmarkStart", "name").len(), "no place is there twice");
        assert!(values("hyperlink", "anchor").iter().all(|anchor| places.contains(anchor)), "a link leads nowhere");
        // Every relation that the document names is there, and every one of a picture has its file.
        let relations = text("word/_rels/document.xml.rels");
        for id in values("hyperlink", "id").into_iter().chain(values("blip", "embed")) {
            assert!(relations.contains(&format!("Id=\"{id}\"")), "{id}");
        }
        for number in 1..=values("blip", "embed").len() {
            assert!(files.iter().any(|(name, _)| *name == format!("word/media/picture{number}.png")));
        }
        assert!(values("docPr", "descr").iter().all(|words| words.len() > 10), "every picture is described in words");
        // Each note is asked for once, and says what it is about.
        let notes = text("word/footnotes.xml");
        for id in values("footnoteReference", "id") {
            assert_eq!(notes.matches(&format!("<w:footnote w:id=\"{id}\"")).count(), 1, "note {id}");
        }
    }
}

/// A word processor leaves the rest of a page empty where a picture has no room: a section with a tall picture begins a page, with its
/// heading, its words and its picture on it.
#[test]
fn a_section_with_a_tall_picture_begins_a_page() {
    let (document, drawn) = report(&named("declassified"));
    let bytes = docx(&document.flow(), &drawn, Paper::A4).expect("it is written");
    let (_, document) = files(bytes).into_iter().find(|(name, _)| name == "word/document.xml").expect("it is there");
    let document = String::from_utf8(document).expect("it is text");
    let read = roxmltree::Document::parse(&document).expect("it is XML");
    let page = 297.0 / 25.4 * 914_400.0;
    let (mut begins, mut tall) = (false, 0);
    for paragraph in read.descendants().filter(|node| node.tag_name().name() == "p") {
        let has = |name: &str| paragraph.descendants().any(|node| node.tag_name().name() == name);
        let of = |name: &str, attribute: &str| {
            let node = paragraph.descendants().find(|node| node.tag_name().name() == name)?;
            node.attributes().find(|one| one.name() == attribute).map(|one| one.value().to_owned())
        };
        if of("pStyle", "val").as_deref() == Some("Heading1") {
            begins = has("pageBreakBefore");
        }
        let height = of("extent", "cy").map_or(0.0, |height| height.parse::<f64>().expect("a number"));
        assert!(height <= 0.6 * page, "a picture of {height}");
        if height > 0.3 * page {
            assert!(begins, "a picture of {height} in the middle of a page");
            tall += 1;
        }
    }
    assert!(tall > 3, "{tall} tall pictures");
}

/// A source is noted once in a section, and its note says its number.
#[test]
fn footnotes_say_the_numbers_of_sources() {
    let case = named("law");
    let (document, _) = report(&case);
    let bytes = docx(&document.flow(), &Illustrations::default(), Paper::Letter).expect("it is written");
    let files = files(bytes);
    let text = |name: &str| {
        let (_, bytes) = files.iter().find(|(known, _)| known == name).expect("it is there");
        String::from_utf8(bytes.clone()).expect("it is text")
    };
    let flow = document.flow();
    let notes = text("word/footnotes.xml");
    let notes = roxmltree::Document::parse(&notes).expect("it is XML");
    let footnotes: Vec<String> = notes
        .descendants()
        .filter(|node| node.tag_name().name() == "footnote")
        .map(|node| node.descendants().filter_map(|one| one.text().filter(|_| one.is_text())).collect())
        .filter(|text: &String| !text.is_empty())
        .collect();
    assert!(footnotes.len() > 5);
    for note in &footnotes {
        let (number, words) = note.trim().strip_prefix('[').and_then(|rest| rest.split_once("] ")).expect("a number");
        let source = &flow.sources[&number.parse::<u64>().expect("a number")];
        let expected: String = source.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(words.trim(), expected.trim());
    }
    assert!(
        text("word/document.xml").contains("<w:pgSz w:w=\"12240\" w:h=\"15840\"/>"),
        "letter, in twentieths of a point"
    );
}
