//! Pages as an editor would pass them: nothing overprints, no page is half empty, the head of a table goes on with it, whatever the
//! author wrote.

use evigraph::Case;
use evigraph::internals::diagram::{Ink, Look, Measure, Paper, Printed};
use evigraph::internals::page::illustrated_html;
use evigraph::internals::paper::{docx, pages};

use super::{files, named, printed, report, words};
use crate::diagram::cases::{from_text, hostile, shipped};

/// A case whose only section begins with these words of the author, in Markdown.
fn case_of(text: &str) -> Case {
    from_text(format!(
        "Case(title: \"A bridge\", claims: {{ \"a\": (text: \"It was closed.\") }},
        report: (sections: [(title: \"One\", claims: [\"a\"], text: {text:?})]))"
    ))
}

/// The words of each page, with their places and looks.
fn placed(printed: &Printed) -> Vec<Vec<(&str, f64, f64, Look)>> {
    let pages = printed.pages.iter().map(|page| {
        let words = page.iter().filter_map(|mark| match &mark.ink {
            Ink::Words { text, x, y, look, .. } => Some((text.as_str(), *x, *y, *look)),
            _ => None,
        });
        words.collect()
    });
    pages.collect()
}

/// What stands on one line of a page does not overlap, and nothing leaves the page.
fn assert_legible(name: &str, printed: &Printed) {
    let texts: Vec<&str> = words(printed).map(|(text, ..)| text).collect();
    let measure = Measure::for_texts(texts.iter().copied());
    for (number, mut page) in placed(printed).into_iter().enumerate() {
        page.sort_by(|one, other| one.2.total_cmp(&other.2).then(one.1.total_cmp(&other.1)));
        for pair in page.windows(2) {
            let [(text, x, y, look), (next, next_x, next_y, _)] = pair else { continue };
            let end = x + measure.width(text.trim(), *look);
            assert!(end <= printed.width, "{name}, page {}: {text} leaves it", number + 1);
            let is_one_line = (y - next_y).abs() < 0.5;
            assert!(!is_one_line || end <= next_x + 0.5, "{name}, page {}: {text} runs into {next}", number + 1);
        }
    }
}

/// Nothing overprints; and a picture without room where it belongs moves while the text goes on, so that no page is half empty.
#[test]
fn an_editor_would_pass_every_page() {
    for (name, case) in shipped().into_iter().chain([("hostile".to_owned(), hostile())]) {
        let (document, drawn) = report(&case);
        for paper in [Paper::A4, Paper::Letter] {
            let printed = pages(&document.flow(), &drawn, paper);
            assert_legible(&name, &printed);
            assert_full(&name, &printed);
        }
    }
}

/// Every page but the last is full, and none is more than full.
fn assert_full(name: &str, printed: &Printed) {
    let (_, before) = printed.pages.split_last().expect("there is one");
    for (number, page) in before.iter().enumerate() {
        let ends = page.iter().filter(|mark| mark.part.is_some()).map(|mark| match &mark.ink {
            Ink::Words { y, .. } => *y,
            Ink::Picture { picture, y, scale, .. } => y + picture.size().1 * scale,
            Ink::Area { y, height, .. } | Ink::Link { y, height, .. } => y + height,
        });
        let end = ends.fold(0.0, f64::max);
        assert!(end > printed.height * 0.7, "{name}, page {}: it ends at {end}", number + 1);
        assert!(end < printed.height - 60.0, "{name}, page {}: it ends at {end}", number + 1);
    }
}

/// A table of so many columns and rows in Markdown.
fn table(columns: usize, rows: usize) -> String {
    let line = |of: &dyn Fn(usize) -> String| format!("|{}|\n", (0..columns).map(of).collect::<Vec<_>>().join("|"));
    let body: String = (1..=rows).map(|row| line(&|column| format!("cell {column} of {row}"))).collect();
    format!("{}{}{body}", line(&|column| format!("Column {column}")), line(&|_| "---".to_owned()))
}

/// Each cell of a wide table can be read, in PDF and in a word processor.
#[test]
fn wide_tables_of_the_author_can_be_read() {
    for (columns, rows) in [(40, 12), (40, 2), (12, 3), (3, 80)] {
        let case = case_of(&table(columns, rows));
        let printed = printed(&case, Paper::A4);
        assert_legible(&format!("{columns} by {rows}"), &printed);
        let text: String = words(&printed).map(|(text, ..)| format!("{text} ")).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (last, row) = (columns - 1, rows);
        for cell in [format!("cell {last} of {row}"), format!("cell 1 of {row}")] {
            assert!(text.contains(&cell) || is_broken(&printed, &cell), "{columns} by {rows}: {cell}");
        }
        let (document, _) = report(&case);
        let files = files(docx(&document.flow(), &Default::default(), Paper::A4).expect("it is written"));
        let (_, text) = files.iter().find(|(name, _)| name == "word/document.xml").expect("it is there");
        let text = String::from_utf8(text.clone()).expect("it is text");
        let widths = text.split("<w:gridCol w:w=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok());
        // Half a centimetre, in twentieths of a point.
        assert!(widths.clone().count() > 0 && widths.into_iter().all(|width: u32| width > 283), "{columns} by {rows}");
    }
}

/// Whether words stand below each other, as in a narrow cell.
fn is_broken(printed: &Printed, cell: &str) -> bool {
    let all: Vec<&str> = words(printed).map(|(text, ..)| text.trim()).collect();
    cell.split(' ').all(|word| all.iter().any(|text| text.split(' ').any(|one| one == word)))
}

/// The table of sources of this case goes on over pages: each begins with its head.
#[test]
fn the_head_of_a_table_is_on_each_of_its_pages() {
    let printed = printed(&named("declassified"), Paper::A4);
    let from = printed.anchors["sources"].page;
    let to = printed.anchors["legend"].page;
    assert!(to > from + 1, "the table is longer than a page");
    for page in &placed(&printed)[from + 1..to] {
        assert!(page.iter().take(4).any(|(text, ..)| *text == "What it is worth"), "{page:?}");
    }
    // Read aloud the head is there once.
    let heads = printed.pages.iter().flatten().filter(|mark| {
        mark.part.is_some() && matches!(&mark.ink, Ink::Words { text, .. } if text == "What it is worth")
    });
    assert_eq!(heads.count(), 1);
}

#[test]
fn italics_lean_and_code_keeps_its_lines() {
    let printed =
        printed(&case_of("It is *said* that:\n\n    if closed:\n        nobody  crossed\n\nAnd `so on`."), Paper::A4);
    let all: Vec<_> = placed(&printed).concat();
    let find = |words: &str| {
        all.iter().find(|(text, ..)| text.trim_matches(' ') == words).unwrap_or_else(|| panic!("{words}: {all:?}"))
    };
    assert!(find("said").3.italic && !find("It is").3.italic);
    let (first, second) = (find("if closed:"), find("\u{a0}\u{a0}\u{a0}\u{a0}nobody\u{a0} crossed"));
    assert_eq!(first.1, second.1);
    assert!(second.2 - first.2 < 20.0, "its lines stand close");
    let grounds = printed.pages[0].iter().filter(|mark| matches!(mark.ink, Ink::Area { colour: "#f1eee6", .. }));
    assert_eq!(grounds.count(), 3, "two lines, and a piece of one");
}

/// Hebrew begins at the right, each word where the one before it ends.
#[test]
fn what_is_read_from_right_to_left_begins_at_the_right() {
    let case = case_of("זה **הגשר** נסגר.\n\nThe bridge was closed.");
    let printed = printed(&case, Paper::A4);
    assert_legible("Hebrew", &printed);
    let texts: Vec<&str> = words(&printed).map(|(text, ..)| text).collect();
    let measure = Measure::for_texts(texts.iter().copied());
    let all: Vec<_> = placed(&printed).concat();
    let find =
        |words: &str| all.iter().find(|(text, ..)| text.trim() == words).unwrap_or_else(|| panic!("{words}: {all:?}"));
    let [first, second, third] = ["זה", "הגשר", "נסגר."].map(find);
    let right = first.1 + measure.width(first.0, first.3);
    assert!((right - (printed.width - 72.0)).abs() < 20.0, "it begins at {right}");
    for (one, next) in [(first, second), (second, third)] {
        let end = next.1 + measure.width(next.0, next.3);
        assert!((one.1 - end).abs() < 0.5, "{} begins at {end}, and {} ends at {}", next.0, one.0, one.1);
    }
    assert!(find("The bridge was closed.").1 < 120.0);
}

/// A letter of a script that was given up for good, for which no machine is likely to have a font.
#[test]
fn letters_without_a_shape_are_noted() {
    let printed = printed(&case_of("It was \u{10D0A} then."), Paper::A4);
    let noted = words(&printed).any(|(text, ..)| text.contains("No font has a shape for 1 letter"));
    assert_eq!(noted, !printed.letters.without_shape.is_empty());
    let plain = self::printed(&case_of("It was then."), Paper::A4);
    assert!(plain.letters.without_shape.is_empty());
    assert!(words(&plain).all(|(text, ..)| !text.contains("No font has")));
}

/// Of more than fifty sections the fifty-first says where the pictures end, in every format.
#[test]
fn a_report_says_where_its_pictures_end() {
    let sections = |count: usize| {
        let claims: String = (0..count).map(|at| format!("\"c{at}\": (text: \"Claim {at}.\"),")).collect();
        let sections: String = (0..count).map(|at| format!("(title: \"\", claims: [\"c{at}\"]),")).collect();
        from_text(format!("Case(title: \"Many\", claims: {{ {claims} }}, report: (sections: [{sections}]))"))
    };
    const SENTENCE: &str = "From here on, sections have no pictures: a report has those of its first 50.";
    let (document, drawn) = report(&sections(52));
    let html = illustrated_html(&document, &drawn);
    assert_eq!(html.matches(SENTENCE).count(), 1);
    let at = html.find(SENTENCE).expect("it is there");
    assert!(html[..at].contains("id=\"section-51\"") && !html[..at].contains("id=\"section-52\""));
    assert!(html.contains("51. Untitled"), "a section without a title");
    let text: String =
        words(&pages(&document.flow(), &drawn, Paper::A4)).map(|(text, ..)| format!("{text} ")).collect();
    assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(SENTENCE));
    let files = files(docx(&document.flow(), &drawn, Paper::A4).expect("it is written"));
    let (_, text) = files.iter().find(|(name, _)| name == "word/document.xml").expect("it is there");
    assert_eq!(String::from_utf8_lossy(text).matches(SENTENCE).count(), 1);
    let (document, drawn) = report(&sections(50));
    assert!(!illustrated_html(&document, &drawn).contains(SENTENCE));
    assert!(!illustrated_html(&document, &Default::default()).contains(SENTENCE));
}

/// Code of an author's is text in both formats, whatever is in it.
#[test]
fn hostile_code_stays_words() {
    const CODE: &str = "</w:t></w:r><script>alert(1)</script> & ]]>";
    let case = case_of(&format!("`{CODE}`\n\n    {CODE}\n    \u{202e}second\n\n|{CODE}|b|\n|---|---|\n|`{CODE}`|b|\n"));
    let printed = printed(&case, Paper::A4);
    let text: String = words(&printed).map(|(text, ..)| format!("{text} ")).collect();
    assert!(text.contains("<script>alert(1)</script>") && !text.contains('\u{202e}'));
    let (document, _) = report(&case);
    let files = files(docx(&document.flow(), &Default::default(), Paper::A4).expect("it is written"));
    let (_, text) = files.iter().find(|(name, _)| name == "word/document.xml").expect("it is there");
    let text = String::from_utf8(text.clone()).expect("it is text");
    let read = roxmltree::Document::parse(&text).expect("it is well formed");
    assert!(read.descendants().all(|node| node.tag_name().name() != "script"));
    let texts: Vec<&str> = read.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
    // In the head of the table it is no code, and comes in pieces.
    assert_eq!(texts.iter().filter(|text| **text == CODE).count(), 3, "{texts:?}");
    assert!(texts.concat().matches(CODE).count() == 4, "{texts:?}");
}
