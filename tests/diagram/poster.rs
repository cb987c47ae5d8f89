//! Posters: each page has what touches it, and says which it is, so that somebody can put them together.

use std::collections::BTreeMap;
use std::process::Command;

use evigraph::internals::diagram::{Paper, Print, Request, Size, View, pdf, pdf_on_paper, picture};

use super::cases::{scene_of, shipped};
use crate::support::tool::left_out;

#[test]
fn a_page_of_a_poster_has_what_touches_it_and_says_which_it_is() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "declassified").expect("it is shipped");
    let request = Request { view: View::All, size: Size::Full, ..Request::default() };
    let picture = picture(&scene_of(&case, &request).expect("a scene"));
    let poster = pdf_on_paper(&picture, Paper::A4, Print::Poster).expect("it is written");
    let whole = pdf(&picture).expect("it is written").len();
    // A line that runs over pages is on each of them.
    assert!(poster.len() < 3 * whole, "{} bytes, and {whole} in one piece", poster.len());
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("poster.pdf");
    std::fs::write(&file, poster).expect("it is written");
    let Ok(text) = Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output() else {
        return left_out("Poppler", "poppler-utils");
    };
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
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
