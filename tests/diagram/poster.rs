//! Posters: each page has what touches it, and says which it is, so that somebody can put them together.

use std::collections::BTreeMap;

use evigraph::internals::diagram::{Paper, Print, Request, Size, View, pdf, pdf_on_paper, picture};

use super::cases::{scene_of, shipped};
use crate::support::tool::pdf_text;

/// A search finds a text on the pages on which it is seen, and on no other: also one that is turned.
#[test]
fn no_page_of_a_poster_has_text_that_is_not_seen_on_it() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "declassified").expect("it is shipped");
    let scene = scene_of(&case, &Request { view: View::Sources, ..Request::default() }).expect("a scene");
    let poster = pdf_on_paper(&picture(&scene), Paper::A4, Print::Poster).expect("it is written");
    let Some(read) = pdf_text(&poster, "-bbox-layout") else { return };
    let (mut pages, mut lines) = (0, 0);
    for page in read.split("<page ").skip(1) {
        let number = |text: &str, name: &str| -> f64 {
            let (_, rest) = text.split_once(&format!("{name}=\"")).expect("it is there");
            rest.split('"').next().expect("a value").parse().expect("a number")
        };
        let (width, height) = (number(page, "width"), number(page, "height"));
        for line in page.split("<line ").skip(1) {
            let (x, y) = ((number(line, "xMin"), number(line, "xMax")), (number(line, "yMin"), number(line, "yMax")));
            // 10 millimetres are the margin, in which the name of the page stands; letters take less room than a line does.
            assert!(x.1 > 20.0 && x.0 < width - 20.0 && y.1 > 20.0 && y.0 < height - 10.0, "{line}");
            lines += 1;
        }
        pages += 1;
    }
    assert!(pages > 3 && lines > 100, "{pages} pages, {lines} lines");
}

#[test]
fn a_page_of_a_poster_has_what_touches_it_and_says_which_it_is() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "declassified").expect("it is shipped");
    let request = Request { view: View::All, size: Size::Full, ..Request::default() };
    let picture = picture(&scene_of(&case, &request).expect("a scene"));
    let poster = pdf_on_paper(&picture, Paper::A4, Print::Poster).expect("it is written");
    let whole = pdf(&picture).expect("it is written").len();
    // A line that runs over pages is on each of them.
    assert!(poster.len() < 3 * whole, "{} bytes, and {whole} in one piece", poster.len());
    let Some(text) = pdf_text(&poster, "-raw") else { return };
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    // Columns have letters, rows have numbers, and the last page says how many there are of both.
    let last = pages
        .last()
        .and_then(|page| page.lines().rev().find_map(|line| line.split_once(" of ").filter(|_| line.contains(" · "))));
    let (last, _) = last.expect("it says which it is");
    let (columns, rows) = (b'A'..=last.as_bytes()[0], 1..=last[1..].parse::<u8>().expect("a number"));
    let names =
        rows.flat_map(|row| columns.clone().map(move |column| format!("{}{row} of {last} · ", char::from(column))));
    let names: Vec<String> = names.collect();
    assert!(names.len() > 6 && names.len() == pages.len(), "{names:?}");
    for (name, page) in names.iter().zip(&pages) {
        assert!(page.contains(name.as_str()), "{name}: {page}");
    }
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for page in &pages {
        for line in page.lines().filter(|line| line.len() > 20 && !line.contains(" of ") && !line.starts_with("for ")) {
            *places.entry(line).or_default() += 1;
        }
    }
    // What stands at a corner is on four pages; texts that stand in several boxes are on some more.
    assert!(places.len() > 50 && places.values().all(|&places| places < pages.len() / 2), "{places:?}");
}
