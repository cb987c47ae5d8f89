//! Running text broken into lines, so that each piece of a line is of one run.

use crate::diagram::{Look, Measure};
use crate::report::Run;

/// A line: its pieces from left to right.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) width: f64,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// The run that it is of.
    pub(super) run: usize,
    pub(super) text: String,
    /// From the start of the line.
    pub(super) x: f64,
    pub(super) width: f64,
}

/// Breaks runs into lines of a width. A word that is wider than a line is broken.
pub(super) fn broken(measure: &Measure, runs: &[Run], width: f64, look: impl Fn(&Run) -> Look) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    for word in words(runs) {
        if word.is_empty() {
            lines.push(Line::default());
            continue;
        }
        let size = |word: &[(usize, String)]| {
            word.iter().map(|(run, text)| measure.width(text, look(&runs[*run]))).sum::<f64>()
        };
        let wide = size(&word);
        let line = lines.last().expect("there is one");
        let space = if line.pieces.is_empty() { 0.0 } else { measure.width(" ", look(&runs[word[0].0])) };
        if line.width + space + wide > width && !line.pieces.is_empty() {
            lines.push(Line::default());
        }
        let parts = if wide > width { pieces(measure, &word, width, |run| look(&runs[run])) } else { vec![word] };
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                lines.push(Line::default());
            }
            let line = lines.last_mut().expect("there is one");
            add(measure, line, &part, |run| look(&runs[run]));
        }
    }
    lines
}

/// A word as what it has of which run: a link and the full stop behind it are one word. An empty one ends a line.
type Word = Vec<(usize, String)>;

fn words(runs: &[Run]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut is_open = false;
    for (index, run) in runs.iter().enumerate() {
        for (line, text) in lines_of(run).into_iter().enumerate() {
            if line > 0 {
                words.push(Word::new());
                is_open = false;
            }
            for (at, text) in text.split([' ', '\n', '\t']).enumerate() {
                is_open &= at == 0;
                if text.is_empty() {
                    continue;
                }
                match words.last_mut().filter(|_| is_open) {
                    Some(word) => word.push((index, text.to_owned())),
                    None => words.push(vec![(index, text.to_owned())]),
                }
                is_open = true;
            }
        }
    }
    words
}

/// The lines of a run: those of code are the author's own, and what it is set in by stays.
fn lines_of(run: &Run) -> Vec<String> {
    if !run.code {
        return vec![run.text.clone()];
    }
    let line = |line: &str| {
        let words = line.trim_start_matches(' ');
        let indent = "\u{a0}".repeat(line.len() - words.len());
        indent + &words.replace("  ", "\u{a0} ")
    };
    run.text.split('\n').map(line).collect()
}

/// A word in parts that are no wider than a line.
fn pieces(measure: &Measure, word: &[(usize, String)], width: f64, look: impl Fn(usize) -> Look) -> Vec<Word> {
    let mut parts: Vec<Word> = vec![Word::new()];
    let mut used = 0.0;
    for (run, text) in word {
        for letter in text.chars() {
            let wide = measure.width(letter.encode_utf8(&mut [0; 4]), look(*run));
            if used + wide > width && used > 0.0 {
                parts.push(Word::new());
                used = 0.0;
            }
            used += wide;
            let part = parts.last_mut().expect("there is one");
            match part.last_mut() {
                Some((last, text)) if last == run => text.push(letter),
                _ => part.push((*run, letter.to_string())),
            }
        }
    }
    parts
}

/// Adds a word to a line, behind a space if it is not the first. Words of one run become one piece.
fn add(measure: &Measure, line: &mut Line, word: &[(usize, String)], look: impl Fn(usize) -> Look) {
    for (at, (run, text)) in word.iter().enumerate() {
        let space = if at == 0 && !line.pieces.is_empty() { " " } else { "" };
        match line.pieces.last_mut() {
            Some(last) if last.run == *run => {
                last.text.push_str(space);
                last.text.push_str(text);
                last.width = measure.width(&last.text, look(*run));
                line.width = last.x + last.width;
            }
            last => {
                // The space belongs to what is before it, so that a link begins with its first letter.
                let x = line.width + measure.width(space, look(*run));
                if let Some(last) = last {
                    last.text.push_str(space);
                }
                let width = measure.width(text, look(*run));
                line.pieces.push(Piece { run: *run, text: text.clone(), x, width });
                line.width = x + width;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, bold: bool) -> Run {
        Run { text: text.to_owned(), bold, ..Run::default() }
    }

    fn set(runs: &[Run], width: f64) -> Vec<Vec<(usize, String)>> {
        let look = |run: &Run| Look { size: 10.0, bold: run.bold, italic: false, colour: "#000000" };
        let measure = Measure::for_texts(runs.iter().map(|run| run.text.as_str()));
        let lines = broken(&measure, runs, width, look);
        assert!(lines.iter().all(|line| line.width <= width + 1e-9), "{lines:?}");
        lines.into_iter().map(|line| line.pieces.into_iter().map(|piece| (piece.run, piece.text)).collect()).collect()
    }

    #[test]
    fn a_mark_stays_with_the_word_before_it() {
        let runs = [run("See ", false), run("[2]", true), run(", and ", false), run("[3]", true), run(".", false)];
        let lines = set(&runs, 1000.0);
        let text: String = lines[0].iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!((lines.len(), text.as_str()), (1, "See [2], and [3]."));
        for lines in [set(&runs, 40.0), set(&runs, 30.0)] {
            assert!(
                lines.iter().all(|line| line.first().is_some_and(|(_, text)| ![",", "."].contains(&text.trim()))),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn code_keeps_its_lines_and_its_indent() {
        let code = Run { text: "if x:\n  go  on\n\nend".to_owned(), code: true, ..Run::default() };
        let lines = set(&[run("Say ", false), code], 1000.0);
        let text = |at: usize| lines[at].iter().map(|(_, text)| text.as_str()).collect::<String>();
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert_eq!([text(0), text(1), text(2)], ["Say if x:", "\u{a0}\u{a0}go\u{a0} on", ""].map(str::to_owned));
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        let lines = set(&[run("x", false), run(&"w".repeat(50), true)], 60.0);
        let text: String = lines.iter().flatten().map(|(_, text)| text.as_str()).collect();
        assert_eq!(text, format!("x{}", "w".repeat(50)));
    }
}
