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
use crate::support::tool::left_out;

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

#[test]
fn what_no_font_has_is_told() {
    // A private use of the last plane: no font has it.
    let drawing = words("A\u{10FFFD}B");
    assert_eq!(letters(&drawing).without_shape, ['\u{10FFFD}']);
    assert_eq!(letters(&words("Plain")), evigraph::internals::diagram::Letters::default());
}
