//! Problems for people: the words underlined, the way out below.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use crate::escape::{Letter, letters, sign, visible};
use crate::source::{FileId, Sources, Span};

use super::place::Places;
use super::{Diagnostic, Severity};

/// Lines longer than this many bytes are named and not shown.
const LONGEST_LINE: usize = 2000;

/// Two places at most this many lines apart are shown in one piece.
const NEAR: usize = 8;

/// A span of more lines than this is underlined on its first line only.
const TALLEST: usize = 6;

/// How a report looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look<'p> {
    /// With codes for colours.
    pub colour: bool,
    /// The address of the folder that has the page of codes, without a slash at its end: each code then links to its
    /// part of that page, by the code that terminals know (OSC 8).
    pub pages: Option<&'p str>,
}

/// The problems as a report, one after another with a blank line between, with the lines of the files that they are
/// about.
///
/// What hides is made visible wherever it comes from an author's file. Cost: linear in the files that are named and in the number of problems.
pub fn human(problems: &[Diagnostic], sources: &Sources, look: Look<'_>) -> String {
    let places = Places::new(sources);
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for problem in problems {
        out.push_str(&render(problem, &places, &renderer, look));
        out.push_str("\n\n");
    }
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn render(problem: &Diagnostic, places: &Places<'_>, renderer: &Renderer, look: Look<'_>) -> String {
    let level = match problem.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut title = level.primary_title(visible(&problem.message)).id(problem.code.name());
    if let Some(pages) = look.pages {
        title = title.id_url(format!("{pages}/codes.md#{}", problem.code.name()));
    }
    let mut group = title.elements(pieces(problem, places));
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(visible(help).into_owned()));
    }
    renderer.render(&[group])
}

/// One place of a problem, with the words that stand under it.
struct Mark {
    kind: AnnotationKind,
    span: Span,
    label: Option<String>,
    lines: (usize, usize),
}

impl Mark {
    fn new(kind: AnnotationKind, span: Span, label: Option<&str>, places: &Places<'_>) -> Self {
        let (start, end) = places.ends(span);
        let label = label.map(|label| visible(label).into_owned());
        if end.line - start.line < TALLEST {
            return Self { kind, span, label, lines: (start.line, end.line) };
        }
        let (_, line_end) = places.line_range(span.file, start.line, start.line);
        Self { kind, span: Span { end: line_end, ..span }, label, lines: (start.line, start.line) }
    }
}

/// The lines around a problem's places: one piece for places that are near each other, else one for each.
fn pieces<'p>(problem: &'p Diagnostic, places: &Places<'p>) -> Vec<Element<'p>> {
    let main = problem.span.map(|span| Mark::new(AnnotationKind::Primary, span, problem.label.as_deref(), places));
    let others = problem.related.iter();
    let others = others.map(|(span, label)| Mark::new(AnnotationKind::Context, *span, Some(label), places));
    let mut groups: Vec<Vec<Mark>> = Vec::new();
    for mark in main.into_iter().chain(others) {
        match groups.iter_mut().find(|group| group.iter().any(|other| near(other, &mark))) {
            Some(group) => group.push(mark),
            None => groups.push(vec![mark]),
        }
    }
    groups.iter().map(|group| piece(group, places)).collect()
}

fn near(a: &Mark, b: &Mark) -> bool {
    a.span.file == b.span.file && a.lines.0 <= b.lines.1 + NEAR && b.lines.0 <= a.lines.1 + NEAR
}

fn piece<'p>(marks: &[Mark], places: &Places<'p>) -> Element<'p> {
    let file = marks[0].span.file;
    let first = marks.iter().map(|mark| mark.lines.0).min().unwrap_or(1);
    let last = marks.iter().map(|mark| mark.lines.1).max().unwrap_or(first);
    let name = visible(places.name(file)).into_owned();
    let (start, end) = places.line_range(file, first, last.min(places.line_count(file)));
    // Before anything is made of it: there may be as many problems as there are places on a long line.
    if places.slice(file, start, end).lines().any(|line| line.len() > LONGEST_LINE) {
        let start = places.position(file, marks[0].span.start);
        return Origin::path(name).line(start.line).char_column(start.column).into();
    }
    let window = Window::new(file, (start, end), places);
    let annotations = marks.iter().map(|mark| annotation(mark, &window));
    let annotations: Vec<Annotation<'p>> = annotations.collect();
    Snippet::source(window.text).path(name).line_start(first).fold(true).annotations(annotations).into()
}

fn annotation<'p>(mark: &Mark, window: &Window) -> Annotation<'p> {
    let annotation = mark.kind.span(window.range(mark.span));
    match &mark.label {
        Some(label) => annotation.label(label.clone()),
        None => annotation,
    }
}

/// Some lines of a file, made visible, and where each of their characters went.
struct Window {
    start: u32,
    text: String,
    /// Byte in the file and byte in `text` of each character that changed its length, in order.
    moved: Vec<(u32, usize)>,
}

impl Window {
    fn new(file: FileId, (start, end): (u32, u32), places: &Places<'_>) -> Self {
        let mut window = Self { start, text: String::new(), moved: Vec::new() };
        let mut at = start;
        for one in letters(places.slice(file, start, end)) {
            window.push(at, one);
            at += u32::try_from(one.letter.len_utf8()).unwrap_or(0);
        }
        window
    }

    fn push(&mut self, at: u32, Letter { letter, is_hidden }: Letter) {
        match letter {
            // A tab keeps the columns of the line.
            '\n' | '\t' => self.text.push(letter),
            '\r' | '\u{feff}' => {}
            _ => self.text.push(if is_hidden { sign(letter) } else { letter }),
        }
        let next = at + u32::try_from(letter.len_utf8()).unwrap_or(0);
        let expected =
            self.moved.last().map_or((next - self.start) as usize, |&(from, to)| to + (next - from) as usize);
        if expected != self.text.len() {
            self.moved.push((next, self.text.len()));
        }
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.place(span.start);
        start..self.place(span.end).max(start)
    }

    fn place(&self, byte: u32) -> usize {
        let after = self.moved.partition_point(|&(from, _)| from <= byte);
        let (from, to) = after.checked_sub(1).map_or((self.start, 0), |index| self.moved[index]);
        let place = to + byte.saturating_sub(from) as usize;
        self.text.floor_char_boundary(place.min(self.text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;

    fn report(text: &str, range: Range<usize>) -> String {
        let sources = Sources::new();
        let file = sources.add("a.ron", None, text.to_owned());
        let problem = Diagnostic::new(Code::Syntax, Span::new(file, range), "bad \u{1b}[31m words").label("here");
        human(&[problem], &sources, Look::default())
    }

    #[test]
    fn nothing_reaches_the_terminal_unseen() {
        let shown = report("x\u{1b}[31m\u{9b}\u{202e} \"wörd\"\r\n", 13..18);
        assert!(letters(&shown).all(|one| one.letter == '\n' || !one.is_hidden), "{shown:?}");
        let lines: Vec<&str> = shown.lines().collect();
        let column = |line: &str, what: char| line.chars().position(|letter| letter == what);
        assert_eq!(column(lines[4], '^'), column(lines[3], 'w'), "{shown}");
    }

    #[test]
    fn codes_link_to_their_part_of_the_page() {
        let sources = Sources::new();
        let file = sources.add("a.ron", None, "x".to_owned());
        let problem = Diagnostic::new(Code::UnknownId, Span::new(file, 0..1), "bad");
        let look = Look { colour: true, pages: Some("https://example.org/docs") };
        let linked = human(std::slice::from_ref(&problem), &sources, look);
        assert!(linked.contains("\u{1b}]8;;https://example.org/docs/codes.md#unknown-id\u{1b}\\"), "{linked:?}");
        let unlinked = human(&[problem], &sources, Look { pages: None, ..look });
        assert!(!unlinked.contains("\u{1b}]8;;"), "{unlinked:?}");
    }

    #[test]
    fn very_long_lines_are_named_only() {
        let shown = report(&"x".repeat(5000), 4000..4003);
        assert!(shown.contains("a.ron:1:4001") && shown.len() < 200, "{shown}");
    }
}
