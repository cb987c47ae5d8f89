//! What a verdict depends on and what would change it: best cases, losses, load-bearing sets, what is missing.

use std::fmt::Write as _;

use crate::diagnostic::visible;
use crate::engine::StatementAnswer;
use crate::explain::{BestCase, Explanation, Influence};
use crate::model::{Case, Premise};
use crate::words::{
    best_case_lines, count, degree, load_bearing_sentences, missing_sentences, premise_words, shared_ground_sentences,
    too_complex, would_become,
};

use crate::cli::layout::{BOLD, DIM, hanging, styled};

/// How many sources a text lists; JSON has all.
const MOST_SOURCES: usize = 5;

/// How many sets of sources a text lists; JSON has all.
const MOST_SETS: usize = 5;

/// What is none was left out, and is not written of.
pub fn render(case: &Case, explanation: &Explanation, width: usize) -> String {
    let Explanation { answer, best, influence, load_bearing, shared_ground, missing, .. } = explanation;
    let mut text = String::new();
    for (best, title) in best.iter().flatten().zip(["Best case for it", "Best case against it"]) {
        text += &match best {
            Ok(best) => best.as_ref().map(|best| best_case(case, best, title, width)).unwrap_or_default(),
            Err(cause) => section(title, &[too_complex("It", *cause) + "."], 1, "", width),
        };
    }
    if let Some(influence) = influence {
        text += &losses(case, answer, influence, width);
    }
    if let Some(found) = load_bearing
        && found.sets.first().is_none_or(|set| set.sources.len() > 1)
    {
        text += &section(
            "What bears it",
            &load_bearing_sentences(case, answer.assessment.detail, found),
            MOST_SETS,
            "set",
            width,
        );
    }
    let shared_ground = match shared_ground {
        None => Vec::new(),
        Some(Ok(found)) => shared_ground_sentences(case, found),
        Some(Err(cause)) => vec![too_complex("Which sources it shares with its rivals", *cause) + "."],
    };
    text += &section("Shared ground", &shared_ground, usize::MAX, "", width);
    let missing = missing.iter().flatten().flat_map(|missing| missing_sentences(case, missing));
    text + &section("What is missing", &missing.collect::<Vec<_>>(), usize::MAX, "", width)
}

/// A title and sentences under it; nothing if there is none.
fn section(title: &str, sentences: &[String], most: usize, noun: &str, width: usize) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", styled(BOLD, title));
    for sentence in sentences.iter().take(most) {
        text += &item(sentence, width);
    }
    if sentences.len() > most {
        let _ = writeln!(
            text,
            "  {}",
            styled(DIM, format!("and {}", count(sentences.len() - most, &format!("more {noun}"))))
        );
    }
    text
}

fn item(sentence: &str, width: usize) -> String {
    hanging(&visible(sentence), width, "  ", "      ") + "\n"
}

/// The most probable set of sources and steps that makes a case: its most probable explanation.
fn best_case(case: &Case, best: &BestCase, title: &str, width: usize) -> String {
    let mut text = format!("\n{} {}\n", styled(BOLD, title), styled(DIM, format!("· {}", degree(best.probability))));
    for (probability, words) in best_case_lines(case, best) {
        let line = format!("{}  {}", degree(probability), visible(&words));
        let _ = writeln!(text, "{}", hanging(&line, width, "  ", "        "));
    }
    text
}

/// The sources whose loss would change the verdict most.
fn losses(case: &Case, answer: &StatementAnswer, influence: &[Influence], width: usize) -> String {
    if influence.is_empty() {
        return format!("\n{}\n", styled(BOLD, "No single source makes a difference."));
    }
    let mut text = format!("\n{}\n", styled(BOLD, "Without one source"));
    for one in influence.iter().take(MOST_SOURCES) {
        text += &loss(case, answer, one, width);
    }
    if influence.len() > MOST_SOURCES {
        let more = count(influence.len() - MOST_SOURCES, "other source");
        let _ = writeln!(text, "  {}", styled(DIM, format!("and {more} that would change it less")));
    }
    text
}

fn loss(case: &Case, answer: &StatementAnswer, one: &Influence, width: usize) -> String {
    let (with, without) = (answer.assessment.degrees, one.degrees);
    let turns = if one.detail == answer.assessment.detail {
        String::new()
    } else {
        format!(", and it {}", would_become(answer.assessment.detail, one.detail))
    };
    let sides = [
        ("case for", with.case_for(), without.case_for()),
        ("case against", with.case_against(), without.case_against()),
    ];
    let changed = sides.into_iter().filter(|(_, with, without)| degree(*with) != degree(*without));
    let changed: Vec<String> =
        changed.map(|(side, with, without)| format!("{side} {} → {}", degree(with), degree(without))).collect();
    if changed.is_empty() && turns.is_empty() {
        return String::new();
    }
    item(&format!("{}: {}{turns}", premise_words(case, Premise::Source(one.source)), changed.join(", ")), width)
}
