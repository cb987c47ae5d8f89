//! Letters: outlines where a program has no font, fonts of the system where the built-in one lacks a letter, and words that keep
//! to their boxes in programs that others wrote.

use std::process::Command;

use serde_json::Value;
use tiny_skia::Pixmap;

use evigraph::internals::diagram::{Picture, Request, View, letters, pdf, picture, png, svg, svg_outlined};

use super::cases::{from_text, scene_of, shipped};
use super::picture::read;
use super::request;
use crate::support::browser::Browser;
use crate::support::tool::{left_out, pdf_text};

/// A picture with a few words in it.
fn words(text: &str) -> Picture {
    let case = from_text(format!(r#"Case(title: "{text}", claims: {{ "a": (text: "{text}") }})"#));
    picture(&scene_of(&case, &Request::default()).expect("a scene"))
}

/// What librsvg draws; nothing if it is not there, which is an error where everything is to be tested.
fn librsvg(drawn: &str) -> Option<Pixmap> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let (from, to) = (folder.path().join("a.svg"), folder.path().join("a.png"));
    std::fs::write(&from, drawn).expect("it is written");
    let Ok(output) = Command::new("rsvg-convert").arg(&from).arg("-o").arg(&to).output() else {
        left_out("rsvg-convert", "librsvg2-bin");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(Pixmap::decode_png(&std::fs::read(&to).expect("a picture")).expect("PNG"))
}

/// The share of pixels that are dark in one picture and light in the other.
fn differing(one: &Pixmap, other: &Pixmap) -> f64 {
    let grey = |pixmap: &Pixmap| -> Vec<u32> {
        let mean = |pixel: &tiny_skia::PremultipliedColorU8| {
            (u32::from(pixel.red()) + u32::from(pixel.green()) + u32::from(pixel.blue())) / 3
        };
        pixmap.pixels().iter().map(mean).collect()
    };
    let pairs = grey(one).into_iter().zip(grey(other));
    pairs.filter(|(one, other)| one.abs_diff(*other) > 100).count() as f64 / f64::from(one.width() * one.height())
}

/// Without outlines librsvg takes a wider font, and words leave their boxes. With them it draws what we draw.
#[test]
fn librsvg_draws_outlined_text_as_it_is_measured() {
    for (name, view) in [("two-sources", View::Argument), ("law", View::Provenance), ("fact-check", View::Argument)] {
        let (_, case) = shipped().into_iter().find(|(shipped, _)| shipped == name).expect("it is shipped");
        let drawing = picture(&scene_of(&case, &request(view)).expect("a scene"));
        let Some(theirs) = librsvg(&svg_outlined(&drawing)) else { return };
        let ours = Pixmap::decode_png(&png(&drawing, 1.0).expect("a picture")).expect("PNG");
        assert_eq!((theirs.width(), theirs.height()), (ours.width(), ours.height()), "{name}");
        let differing = differing(&ours, &theirs);
        assert!(differing < 0.005, "{name}: {differing} of the pixels differ");
    }
}

#[test]
fn outlined_text_is_still_read_aloud() {
    let drawing = words("Was it closed?");
    let (plain, outlined) = (svg(&drawing), svg_outlined(&drawing));
    let plain = roxmltree::Document::parse(&plain).expect("it is XML");
    let outlined = roxmltree::Document::parse(&outlined).expect("it is XML");
    let lines: Vec<&str> = plain.descendants().filter(|n| n.has_tag_name("text")).filter_map(|n| n.text()).collect();
    let labels: Vec<&str> = outlined.descendants().filter_map(|node| node.attribute("aria-label")).collect();
    assert!(!lines.is_empty());
    assert_eq!(labels, lines);
    assert!(!outlined.descendants().any(|node| node.has_tag_name("text")));
    // Every letter that is used is defined.
    let used = outlined.descendants().filter_map(|node| node.attribute("href"));
    for letter in used {
        assert!(outlined.descendants().any(|node| node.attribute("id") == letter.strip_prefix('#')), "{letter}");
    }
}

/// What Poppler draws of a PDF and reads in it: the first page at 96 pixels to the inch, and where each word stands, in points.
fn poppler(pdf: &[u8]) -> Option<(Pixmap, String)> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let (from, to) = (folder.path().join("a.pdf"), folder.path().join("a"));
    std::fs::write(&from, pdf).expect("it is written");
    let words = pdf_text(pdf, "-bbox")?;
    let drawn = Command::new("pdftoppm").args(["-r", "96", "-png", "-singlefile"]).arg(&from).arg(&to).status();
    assert!(drawn.expect("it is of the same package").success());
    let pixels = std::fs::read(to.with_extension("png")).expect("a picture");
    Some((Pixmap::decode_png(&pixels).expect("PNG"), words))
}

/// Another program draws a PDF as we draw a PNG, and finds each word of the picture where the picture has it.
#[test]
fn poppler_draws_and_reads_a_pdf_as_it_is_measured() {
    for (name, view) in [("two-sources", View::Argument), ("law", View::Provenance), ("fact-check", View::Argument)] {
        let (_, case) = shipped().into_iter().find(|(shipped, _)| shipped == name).expect("it is shipped");
        let drawing = picture(&scene_of(&case, &request(view)).expect("a scene"));
        let Some((theirs, words)) = poppler(&pdf(&drawing).expect("a page")) else { return };
        let ours = Pixmap::decode_png(&png(&drawing, 1.0).expect("a picture")).expect("PNG");
        let (wide, high) = (theirs.width().min(ours.width()), theirs.height().min(ours.height()));
        assert!(ours.width().abs_diff(theirs.width()) <= 1 && ours.height().abs_diff(theirs.height()) <= 1, "{name}");
        let page = tiny_skia::IntRect::from_xywh(0, 0, wide, high).expect("it has a size");
        let part = |pixmap: &Pixmap| pixmap.as_ref().clone_rect(page).expect("it is within");
        let differing = differing(&part(&ours), &part(&theirs));
        assert!(differing < 0.01, "{name}: {differing} of the pixels differ");
        let words = words.replacen("<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">", "", 1);
        let read = roxmltree::Document::parse(&words).expect("it is XML");
        let (width, height) = drawing.size();
        let mut seen = 0;
        for word in read.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/1999/xhtml", "word"))) {
            let at = |name: &str| word.attribute(name).expect("a place").parse::<f64>().expect("a number") / 0.75;
            let is_inside = at("xMin") > 0.0 && at("yMin") > 0.0 && at("xMax") < width && at("yMax") < height;
            assert!(is_inside, "{name}: {:?} leaves the page", word.text());
            seen += 1;
        }
        let all: usize = drawing.texts().map(|text| text.split_whitespace().count()).sum();
        assert_eq!(seen, all, "{name}: each word is there once");
    }
}

/// Text of an SVG is squeezed to the length that was measured, whatever font a browser has.
#[test]
fn words_keep_to_their_boxes_in_chromium() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, view) in [("declassified", View::Argument), ("law", View::Argument), ("contra-record", View::Actors)] {
        let (_, case) = shipped().into_iter().find(|(shipped, _)| shipped == name).expect("it is shipped");
        let file = folder.path().join(format!("{name}.svg"));
        std::fs::write(&file, svg(&picture(&scene_of(&case, &request(view)).expect("a scene"))))
            .expect("it is written");
        browser.open(&format!("file://{}", file.display()));
        browser.until(&format!("location.href.endsWith('{name}.svg') && document.readyState === 'complete'"));
        let left = browser.value(
            "(() => { const out = []; for (const node of document.querySelectorAll('g.node')) { \
             const [x, y, w, h] = node.dataset.box.split(' ').map(Number); for (const text of node.querySelectorAll('text')) { \
             const box = text.getBBox(); if (box.x < x - 1 || box.x + box.width > x + w + 1) out.push(text.textContent); } } \
             return out; })()",
        );
        assert_eq!(left, Value::Array(Vec::new()), "{name}: words leave their boxes");
    }
}

/// The glyphs of the title, by their names, from left to right.
fn glyphs(drawing: &Picture) -> Vec<String> {
    let outlined = svg_outlined(drawing);
    let document = roxmltree::Document::parse(&outlined).expect("it is XML");
    let title = document.descendants().find(|node| node.has_attribute("aria-label")).expect("the title");
    title.children().filter_map(|node| node.attribute("href")).map(str::to_owned).collect()
}

#[test]
fn arabic_is_joined_and_hebrew_runs_from_right_to_left() {
    let arabic = words("ببب");
    let hebrew = words("אב");
    // On every machine: a subset of Noto lies in the program.
    for drawing in [&arabic, &hebrew, &words("Ἀθῆναι, ᾧ")] {
        assert_eq!(letters(drawing), evigraph::internals::diagram::Letters::default());
    }
    // The same letter at the start, in the middle and at the end of a word has three shapes.
    let joined = glyphs(&arabic);
    assert_eq!(joined.len(), 3);
    assert!(joined[0] != joined[1] && joined[1] != joined[2] && joined[0] != joined[2], "{joined:?}");
    let (alef, bet) = (glyphs(&words("א")), glyphs(&words("ב")));
    assert_eq!(glyphs(&hebrew), [bet[0].clone(), alef[0].clone()]);
    // Numbers in it run from left to right.
    assert_eq!(glyphs(&words("אב 12"))[..2], glyphs(&words("12"))[..]);
    // A space in it has no ink.
    for text in ["אב גד", "ببب ببب", "ᾧ ᾧ"] {
        let drawn = glyphs(&words(text));
        assert!(drawn.iter().all(|glyph| !glyph.ends_with("-0")), "{text}: {drawn:?}");
    }
    // A bracket around it opens towards it.
    let (open, close) = (glyphs(&words("(")), glyphs(&words(")")));
    let around = glyphs(&words("(א)"));
    assert_eq!([&around[0], &around[2]], [&open[0], &close[0]]);
    for drawing in [&arabic, &hebrew] {
        assert!(png(drawing, 1.0).is_ok() && pdf(drawing).expect("a page").starts_with(b"%PDF-"));
    }
}

/// The lines of a box that is read from right to left end at its right side, those of others begin at its left.
#[test]
fn hebrew_stands_at_the_right_side_of_its_box() {
    let text = "אבגד הוזח טיכל מנסע פצקר שת אבגד הוזח טיכל מנסע";
    for (text, is_right) in [(text, true), ("Abcd efgh ijkl mnop qrst uvwx abcd efgh ijkl mnop", false)] {
        let drawn = read(&svg(&words(text)));
        let claim = drawn.nodes.iter().find(|node| node.id == "a").expect("the claim");
        let lines: Vec<_> = claim.words.iter().filter(|(words, ..)| text.contains(words.as_str())).collect();
        assert!(lines.len() > 1, "{lines:?}");
        let ends: Vec<f64> = lines.iter().map(|(_, area, _)| if is_right { area.right } else { area.left }).collect();
        assert!(ends.iter().all(|end| (end - ends[0]).abs() < 0.05), "{ends:?}");
        let middle = (claim.stated.left + claim.stated.right) / 2.0;
        assert_eq!(ends[0] > middle, is_right, "{ends:?}");
    }
}

/// The title of the page, the rows of a table and the question of a card, too.
#[test]
fn what_is_read_from_right_to_left_stands_at_the_right_of_its_room() {
    let hebrew = "אבגד הוזח טיכל";
    let evidence: String = (0..31).map(|at| format!("Supports(from: \"d{at}\"),")).collect();
    let documents: String = (0..31).map(|at| format!("\"d{at}\": (title: \"{hebrew}\"),")).collect();
    let case = from_text(format!(
        "Case(title: \"{hebrew}\", documents: {{ {documents} }}, claims: {{ \"a\": (text: \"{hebrew}\", evidence: [{evidence}]) }})"
    ));
    let drawn = svg(&picture(&scene_of(&case, &request(View::Sources)).expect("a scene")));
    let table = read(&drawn);
    let row = table.nodes.iter().find(|node| node.id == "a").expect("the claim");
    let (_, words, _) = &row.words[0];
    // The bar of degrees begins 88 from the right side of a row, and the words end 6 before it.
    assert!((row.stated.right - 94.0 - words.right).abs() < 0.1, "{words:?} in {:?}", row.stated);
    // The title of a column runs upwards and ends at its top.
    let column = table.nodes.iter().find(|node| node.id == "d0").expect("a source");
    let (_, words, _) = &column.words[0];
    assert!(words.top - column.stated.top < column.stated.bottom - words.bottom, "{words:?} in {:?}", column.stated);
    let document = roxmltree::Document::parse(&drawn).expect("it is XML");
    let title = document.descendants().find(|node| node.has_tag_name("text")).expect("the title");
    let number = |name: &str| title.attribute(name).expect("a number").parse::<f64>().expect("a number");
    assert!((number("x") + number("textLength") - (table.width - 24.0)).abs() < 0.1, "the margin is 24");
}

#[test]
fn what_no_font_has_is_said() {
    // A private use of the last plane: no font has it.
    let drawing = words("A\u{10FFFD}B");
    assert_eq!(letters(&drawing).without_shape, ['\u{10FFFD}']);
    assert_eq!(letters(&words("Plain")), evigraph::internals::diagram::Letters::default());
}
