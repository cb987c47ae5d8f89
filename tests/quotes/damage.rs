//! Planted damage: 300 quotations from copies in five languages and four formats, altered in every way that is known to
//! matter or not to, each with the state that it has to get.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use super::pages::{by_hand, pdf};
use super::tongues::{TONGUES, Tongue};
use super::{Folder, quotes};

const FORMATS: [&str; 4] = ["txt", "md", "html", "pdf"];

/// A quotation, what was done to it, and what has to become of it.
struct Planted {
    alteration: &'static str,
    quote: String,
    expected: &'static str,
}

fn planted(tongue: &Tongue) -> Vec<Planted> {
    let changed = |[from, to]: [&str; 2]| {
        assert!(tongue.plain.contains(from), "{}: {from}", tongue.name);
        tongue.plain.replacen(from, to, 1)
    };
    let spaces = tongue.plain.replacen(' ', "  \n ", 3);
    let gap = tongue.ends.join(" […] ");
    let one = |alteration, quote: &str, expected| Planted { alteration, quote: quote.to_owned(), expected };
    vec![
        one("nothing", tongue.plain, "exact"),
        one("a gap", &gap, "exact"),
        one("white space", &spaces, "normalised"),
        one("quotation marks", tongue.quoted[1], "normalised"),
        one("dashes", tongue.dashed[1], "normalised"),
        one("ligatures and accents", tongue.joined[1], "normalised"),
        one("a hyphen at the end of a line", &tongue.broken.replace('|', ""), "normalised"),
        one("the mark of a footnote", tongue.noted[1], "normalised"),
        one("a word dropped", &changed([tongue.dropped, ""]), "near"),
        one("a letter changed", &changed(tongue.letter), "near"),
        one("a digit changed", &changed(tongue.digit), "near"),
        one("words swapped", &changed(tongue.swapped), "near"),
        one("another case", &changed(tongue.case), "near"),
        one("a denial", &changed(tongue.denied), "near"),
        one("an invented sentence", tongue.invented, "missing"),
    ]
}

/// The sentences that a copy has, with how a word is broken in its format.
fn sentences(tongue: &Tongue, broken: &str) -> Vec<String> {
    let [quoted, dashed, joined, noted] =
        [tongue.quoted, tongue.dashed, tongue.joined, tongue.noted].map(|[copy, _]| copy.to_owned());
    vec![tongue.plain.to_owned(), quoted, dashed, joined, tongue.broken.replace('|', broken), noted]
}

fn copy(tongue: &Tongue, format: &str) -> Vec<u8> {
    match format {
        "txt" => sentences(tongue, "-\n").join("\n").into_bytes(),
        "md" => format!("# {}\n\n{}\n", tongue.name, sentences(tongue, "\u{ad}").join("\n\n")).into_bytes(),
        "html" => {
            let escaped = sentences(tongue, "&shy;").into_iter().map(|sentence| format!("<p>{sentence}</p>\n"));
            format!(
                "<!doctype html><meta charset=utf-8><style>p {{ color: red }}</style>{}",
                escaped.collect::<String>()
            )
            .into_bytes()
        }
        _ => {
            let sentences = sentences(tongue, "-\n");
            let lines: Vec<&str> = sentences.iter().flat_map(|sentence| sentence.lines()).collect();
            if tongue.name == "hebrew" {
                let seen: Vec<String> = lines.iter().map(|line| as_seen(line)).collect();
                by_hand(&seen.iter().map(String::as_str).collect::<Vec<_>>())
            } else {
                pdf(&[&lines[..3], &lines[3..]])
            }
        }
    }
}

/// A line of Hebrew from left to right, as it is seen: numbers stay as they are, brackets are turned.
fn as_seen(line: &str) -> String {
    let turned = |letter| match letter {
        '[' => ']',
        ']' => '[',
        other => other,
    };
    let mut letters: Vec<char> = line.chars().rev().map(turned).collect();
    let mut at = 0;
    while at < letters.len() {
        let digits = letters[at..].iter().take_while(|letter| letter.is_ascii_digit()).count();
        letters[at..at + digits].reverse();
        at += digits.max(1);
    }
    letters.into_iter().collect()
}

/// A case with every copy and every quotation, and what has to become of each.
fn case() -> (Folder, BTreeMap<String, (&'static str, &'static str)>) {
    let (mut documents, mut claims, mut expected) = (String::new(), String::new(), BTreeMap::new());
    let folder = Folder::with("note.txt", "");
    for tongue in &TONGUES {
        for format in FORMATS {
            let document = format!("{}-{format}", tongue.name);
            fs::write(folder.path().join(format!("{document}.{format}")), copy(tongue, format))
                .expect("the copy is written");
            let _ = writeln!(
                documents,
                "\"{document}\": (title: \"{document}\", reliability: A, copy: \"{document}.{format}\"),"
            );
            for (at, Planted { alteration, quote, expected: state }) in planted(tongue).into_iter().enumerate() {
                let id = format!("{document}-{at}");
                let quote = quote.replace('"', "\\\"");
                let _ = writeln!(
                    claims,
                    "\"{id}\": (text: \"{alteration} {id}\", evidence: [Supports(from: \"{document}\", at: \"here\", quote: \"{quote}\")]),"
                );
                expected.insert(id, (alteration, state));
            }
        }
    }
    let case = format!("Case(title: \"Planted damage\", documents: {{\n{documents}}}, claims: {{\n{claims}}})\n");
    fs::write(folder.path().join("case.ron"), case).expect("the case is written");
    (folder, expected)
}

#[test]
fn every_damage_is_reported_and_nothing_else() {
    let (folder, expected) = case();
    assert_eq!(expected.len(), 300);
    let (answer, code) = quotes(folder.path(), &[]);
    assert_eq!(code, 1);
    let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let (mut told, mut rightly_told, mut damaged) = (0_usize, 0_usize, 0_usize);
    for one in answer["quotations"].as_array().expect("a list") {
        let id = one["statement"].as_str().expect("an id");
        let (alteration, state) = expected[id];
        let found = one["state"].as_str().expect("a word");
        let is_damage = |state: &str| matches!(state, "near" | "missing");
        damaged += usize::from(is_damage(state));
        told += usize::from(is_damage(found));
        rightly_told += usize::from(is_damage(found) && is_damage(state));
        *counts.entry((state, found.to_owned())).or_default() += 1;
        if found != state {
            wrong.push(format!("{id} ({alteration}): {found}, and not {state}: {one}"));
        }
    }
    println!(
        "{counts:?}: {rightly_told} of {damaged} damaged told (recall), {rightly_told} of {told} told are damaged (precision)"
    );
    assert!(wrong.is_empty(), "{} of 300:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!((damaged, told, rightly_told), (140, 140, 140), "recall and precision are 1");
}

#[test]
fn a_repair_of_every_near_quotation_makes_it_right() {
    let (folder, expected) = case();
    let path = folder.path().display().to_string();
    super::evigraph(["quotes", path.as_str(), "--repair"]);
    let (answer, _) = quotes(folder.path(), &[]);
    for one in answer["quotations"].as_array().expect("a list") {
        let id = one["statement"].as_str().expect("an id");
        let found = one["state"].as_str().expect("a word");
        match expected[id] {
            (alteration, "near") => assert!(matches!(found, "exact" | "normalised"), "{id} ({alteration}): {one}"),
            (alteration, state) => assert_eq!(found, state, "{id} ({alteration})"),
        }
    }
}
