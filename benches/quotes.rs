//! What it takes to look for quotations in a large copy, held against reading the file and against hashing it.
//!
//! `cargo bench --bench quotes`. The copy is 10 MB of text with form feeds and running heads; 300 quotations are from it: 200 to
//! the letter, 40 set otherwise, 20 across pages, 25 with another word, 15 of words that it has not.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use evigraph::internals::quotes::{check_quotes, digest};
use evigraph::{Disk, Input, QuoteState, load};

const SIZE: usize = 10_000_000;
const WORDS: [&str; 24] = [
    "bridge", "county", "ferry", "harbour", "closed", "opened", "warned", "master", "letter", "witness", "because",
    "under", "the", "of", "and", "that", "was", "in", "had", "not", "before", "after", "said", "river",
];

/// Numbers that are always the same (Knuth's multiplier).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// Pages of lines, of which each has a number of its own.
fn pages() -> Vec<Vec<String>> {
    let (mut dice, mut size, mut number) = (Dice(1), 0, 0);
    let mut pages = Vec::new();
    while size < SIZE {
        let lines = (0..40).map(|_| {
            number += 1;
            let words: Vec<&str> = (0..11).map(|_| WORDS[dice.below(WORDS.len())]).collect();
            format!("{} in line x{number} {}", words[..6].join(" "), words[6..].join(" "))
        });
        let page: Vec<String> = lines.collect();
        size += page.iter().map(|line| line.len() + 1).sum::<usize>();
        pages.push(page);
    }
    pages
}

fn quotations(pages: &[Vec<String>]) -> Vec<String> {
    let mut dice = Dice(2);
    let mut line = || pages[dice.below(pages.len())][dice.below(40)].clone();
    let mut all: Vec<String> = (0..200).map(|_| line()).collect();
    all.extend((0..40).map(|_| line().replacen(' ', "  ", 2)));
    all.extend((0..25).map(|_| line().replacen(" in line ", " on row ", 1)));
    all.extend((0..15).map(|at| format!("words of number {at} that nobody has written anywhere in this copy at all")));
    let across = (0..20).map(|at| {
        let page = at * (pages.len() - 1) / 20;
        format!("{} {}", pages[page][39], pages[page + 1][0])
    });
    all.extend(across);
    all
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = pages();
    let copy: Vec<String> =
        pages.iter().zip(1..).map(|(page, number)| format!("THE RECORD\n{}\n{number}\n", page.join("\n"))).collect();
    let path = folder.path().join("record.txt");
    fs::write(&path, copy.join("\x0c")).expect("it is written");
    let mut case =
        "Case(title: \"T\", documents: {\"d\": (title: \"D\", reliability: A, copy: \"record.txt\")}, claims: {"
            .to_owned();
    for (at, quote) in quotations(&pages).iter().enumerate() {
        let _ = write!(
            case,
            "\"c{at}\": (text: \"C\", evidence: [Supports(from: \"d\", at: \"a page\", quote: \"{quote}\")]), "
        );
    }
    fs::write(folder.path().join("case.ron"), case + "})").expect("it is written");
    let loaded = load(Input::Path(folder.path().join("case.ron"))).expect("it can be read");
    let case = loaded.case.as_ref().expect("it is well formed");

    let read = fastest(|| fs::read(&path).expect("it can be read"));
    let bytes = fs::read(&path).expect("it can be read");
    let hashed = fastest(|| digest(&bytes));
    let look = || check_quotes(case, &loaded.sources, &Disk, |_, _| unreachable!("it is a text"));
    let found = look();
    let checked = fastest(look);
    let states = QuoteState::ALL.iter().map(|&state| {
        let number = found.all.iter().filter(|one| one.state == state).count();
        format!("{number} {}", state.name())
    });
    println!("{} bytes, {} quotations: {}", bytes.len(), found.all.len(), states.collect::<Vec<_>>().join(", "));
    println!("read {read:.1?}, hashed {hashed:.1?}, checked {checked:.1?}");
    let times = |one: Duration| checked.as_secs_f64() / one.as_secs_f64();
    println!(
        "checking takes {:.0} times as long as reading, {:.1} times as long as hashing",
        times(read),
        times(hashed)
    );
}

/// How long something takes at best.
fn fastest<T>(work: impl Fn() -> T) -> Duration {
    let times = (0..3).map(|_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    });
    times.min().expect("it was tried")
}
