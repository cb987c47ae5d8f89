//! Lays out a case file anew: what is written, its order and its comments stay; white space and commas do not.
//!
//! The rules are those of [`layout`](super::layout), which prints cases: on one line what fits, else one item a line.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Sources;

use super::encoding::decode;
use super::json;
use super::layout::WIDTH;
use super::mirror::read_file;
use super::notation::Notation;
use super::syntax::{Comment, Gap, Group, Item, Tree, Value};
use super::threads::Threads;
use super::token::{Kind, Token};

/// How far items are set in from their bracket.
const STEP: usize = 4;

/// A file that is left alone: its brackets, commas or quotation marks are not in order.
#[derive(Debug)]
pub struct BrokenFile {
    /// What is wrong, at least one error.
    pub diagnostics: Vec<Diagnostic>,
    /// The file that they point into.
    pub sources: Sources,
}

/// A case file, or one that a case includes, laid out by the rules of the project: four spaces, one entry a line if it
/// fits into 120 characters, else broken over lines with a comma behind every item, one blank line at most.
///
/// A file whose name ends in `.json` is laid out as JSON: two spaces, one item a line.
///
/// Comments, the order of everything, and what is said stay as they are. What is laid out already comes back as it was.
///
/// Cost: linear in the size of the text, times the depth of its brackets.
///
/// ```
/// let text = "Case(title:\"Rain\", claims: { // all of them\n\"rain\":(text: \"It rained.\")})";
/// let formatted = evigraph::format("case.ron", text).map_err(|_| "it is well formed")?;
/// assert_eq!(formatted, "Case(\n    title: \"Rain\",\n    claims: {\n        // all of them\n        \"rain\": (text: \"It rained.\"),\n    },\n)\n");
/// # Ok::<(), &str>(())
/// ```
///
/// # Errors
///
/// [`BrokenFile`] where it cannot be said which bracket ends where. Other mistakes do not matter.
pub fn format(name: impl Into<String>, text: &str) -> Result<String, BrokenFile> {
    let name = name.into();
    if Notation::of(&name, text) == Notation::Json {
        return broken(name, text, true).map_or_else(|| Ok(json::format(text)), Err);
    }
    let tree = Tree::of(text);
    let broken = broken(name, text, tree.is_sound);
    match (broken, &tree.root) {
        (None, Some(root)) => Ok(Printer::new(text).file(&tree.headers, root)),
        (broken, _) => Err(broken.expect("a file without a case is broken")),
    }
}

/// The errors by which brackets, commas or quotation marks are not in order.
pub(super) fn broken(name: String, text: &str, is_sound: bool) -> Option<BrokenFile> {
    let (sources, mut problems) = (Sources::new(), Diagnostics::new());
    let (decoded, notation) = (decode(text.as_bytes().to_vec()), Notation::of(&name, text));
    let file = sources.add(name, None, text.to_owned());
    match decoded.trouble.filter(|trouble| !trouble.is_harmless()) {
        Some(trouble) => problems.push(trouble.problem(file)),
        None => drop(read_file(file, notation, sources.file(file).text(), Threads::ONE, &mut problems)),
    }
    let every = problems.finish();
    let is_disorder = |code| matches!(code, Code::Syntax | Code::TooDeep | Code::EmptyFile | Code::NotUtf8);
    let mut diagnostics: Vec<Diagnostic> = every.iter().filter(|one| is_disorder(one.code)).cloned().collect();
    if diagnostics.is_empty() && !is_sound {
        // What stands in a place of another sort is reported under another code.
        diagnostics = every.into_iter().filter(Diagnostic::is_error).collect();
        if diagnostics.is_empty() {
            let problem = Diagnostic::unplaced(Code::Syntax, "the brackets of the file cannot be matched");
            diagnostics.push(problem.help("look at it with `evigraph check`"));
        }
    }
    (!diagnostics.is_empty()).then_some(BrokenFile { diagnostics, sources })
}

/// One item as it is printed: what stands before it and behind it on its line.
struct Line<'t, 'g> {
    item: &'g Item,
    leading: Vec<Comment<'t>>,
    trailing: Vec<Comment<'t>>,
    /// Whether a blank line stands right before the item.
    blank_before: bool,
}

pub(super) struct Printer<'t> {
    text: &'t str,
    out: String,
    /// How lines of the file end.
    newline: &'static str,
}

/// How the lines of a file end: as the first does.
pub(super) fn newline(text: &str) -> &'static str {
    let first = text.find('\n').unwrap_or(0);
    if text[..first].ends_with('\r') { "\r\n" } else { "\n" }
}

impl<'t> Printer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, out: String::with_capacity(text.len() + text.len() / 8), newline: newline(text) }
    }

    /// A value that is set in by `indent`, behind `used` characters of its line, for a file whose lines end like that.
    pub(super) fn alone(mut self, value: &Value, indent: usize, used: usize, newline: &'static str) -> String {
        self.newline = newline;
        self.value(value, indent, used);
        self.out
    }

    fn words(&self, token: Token) -> &'t str {
        &self.text[token.start..token.end]
    }

    fn gap(&self, from: usize, to: usize) -> Gap<'t> {
        Gap::of(&self.text[from..to])
    }

    fn line(&mut self, indent: usize) {
        self.out += self.newline;
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    /// The whole file: what stands before the case, the case, what stands behind it.
    fn file(mut self, headers: &[Range<usize>], root: &Group) -> String {
        let mut at = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        self.out += &self.text[..at];
        for header in headers {
            self.above(&self.gap(at, header.start));
            self.out += &self.text[header.clone()];
            self.out += self.newline;
            at = header.end;
        }
        self.above(&self.gap(at, root.bytes().start));
        self.group(root, 0);
        self.out += self.newline;
        for comment in &self.gap(root.end, self.text.len()).comments {
            self.blank(comment.lines_before > 1);
            self.out += comment.text;
            self.out += self.newline;
        }
        self.out
    }

    /// What stands before the case or a header, on lines of its own.
    fn above(&mut self, gap: &Gap<'t>) {
        for comment in &gap.comments {
            self.blank(comment.lines_before > 1 && self.has_begun());
            self.out += comment.text;
            self.out += self.newline;
        }
        self.blank(gap.lines_after > 1 && self.has_begun());
    }

    fn has_begun(&self) -> bool {
        self.out.ends_with('\n')
    }

    fn blank(&mut self, is_there: bool) {
        if is_there {
            self.out += self.newline;
        }
    }

    fn value(&mut self, value: &Value, indent: usize, used: usize) {
        match (self.flat(value).filter(|flat| used + flat.chars().count() <= WIDTH), value) {
            (Some(flat), _) => self.out += &flat,
            (None, Value::Token(token)) => self.out += self.words(*token),
            (None, Value::Group(group)) => self.group(group, indent),
        }
    }

    /// A bracket with one item a line.
    fn group(&mut self, group: &Group, indent: usize) {
        self.out += group.name.map_or("", |name| self.words(name));
        self.out += self.words(group.opener);
        let (lines, last) = self.lines(group);
        match wrapped(&lines, group) {
            // A kind and its text, `Other("…")`, are not torn apart.
            Some(text) if last.is_empty() => self.out += self.words(text),
            _ => self.items(&lines, &last, indent),
        }
        self.out += group.closer.map_or("", |closer| self.words(closer));
    }

    /// What stands between two brackets, an item or a comment a line.
    fn items(&mut self, lines: &[Line<'t, '_>], last: &[Comment<'t>], indent: usize) {
        for (index, line) in lines.iter().enumerate() {
            self.item(line, indent + STEP, index == 0);
        }
        for (index, comment) in last.iter().enumerate() {
            self.blank(comment.lines_before > 1 && (index > 0 || !lines.is_empty()));
            self.line(indent + STEP);
            self.out += comment.text;
        }
        if !lines.is_empty() || !last.is_empty() {
            self.line(indent);
        }
    }

    fn item(&mut self, line: &Line<'t, '_>, indent: usize, is_first: bool) {
        for (index, comment) in line.leading.iter().enumerate() {
            self.blank(comment.lines_before > 1 && !(is_first && index == 0));
            self.line(indent);
            self.out += comment.text;
        }
        self.blank(line.blank_before && !(is_first && line.leading.is_empty()));
        self.line(indent);
        let key = line.item.key.map(|key| self.words(key)).unwrap_or_default();
        let mut used = indent + 1;
        if line.item.key.is_some() {
            self.out += key;
            self.out += ": ";
            used += key.chars().count() + 2;
        }
        if let Some(value) = &line.item.value {
            self.value(value, indent, used);
        }
        self.out.push(',');
        for comment in &line.trailing {
            self.out.push(' ');
            self.out += comment.text;
        }
    }

    /// The items of a bracket with their comments, and the comments behind the last.
    fn lines<'g>(&self, group: &'g Group) -> (Vec<Line<'t, 'g>>, Vec<Comment<'t>>) {
        let mut lines: Vec<Line<'t, 'g>> = Vec::with_capacity(group.items.len());
        // Comments between a name and its bracket move behind the bracket.
        let mut waiting = group.name.map(|name| self.gap(name.end, group.opener.start).comments).unwrap_or_default();
        let mut at = group.opener.end;
        for item in &group.items {
            let gap = self.gap(at, item.start());
            let blank_before = gap.lines_after > 1;
            waiting.extend(follow(lines.last_mut(), gap));
            waiting.extend(self.hoisted(item));
            let trailing = item.comma.map(|comma| self.gap(item.end(), comma.start).comments).unwrap_or_default();
            lines.push(Line { item, leading: std::mem::take(&mut waiting), trailing, blank_before });
            at = item.comma.map_or(item.end(), |comma| comma.end);
        }
        let end = group.closer.map_or(group.end, |closer| closer.start);
        waiting.extend(follow(lines.last_mut(), self.gap(at, end)));
        (lines, waiting)
    }

    /// Comments between a key and its value move before the item.
    fn hoisted(&self, item: &Item) -> Vec<Comment<'t>> {
        let Some((key, colon)) = item.key.zip(item.colon) else { return Vec::new() };
        let mut comments = self.gap(key.end, colon.start).comments;
        if let Some(value) = &item.value {
            comments.extend(self.gap(colon.end, value.bytes().start).comments);
        }
        comments.into_iter().map(|comment| Comment { lines_before: 0, ..comment }).collect()
    }

    /// A value on one line; none where it takes several: comments, a section, a text with line breaks.
    fn flat(&self, value: &Value) -> Option<String> {
        match value {
            Value::Token(token) => {
                let words = self.words(*token);
                (!words.contains('\n')).then(|| words.to_owned())
            }
            Value::Group(group) => self.flat_group(group),
        }
    }

    fn flat_group(&self, group: &Group) -> Option<String> {
        if group.opener.kind == Kind::LeftBrace && !group.items.is_empty() || self.has_comments(group) {
            return None;
        }
        let mut flat =
            group.name.map(|name| self.words(name)).unwrap_or_default().to_owned() + self.words(group.opener);
        for (index, item) in group.items.iter().enumerate() {
            flat += if index > 0 { ", " } else { "" };
            if let Some(key) = item.key {
                flat += self.words(key);
                flat += ": ";
            }
            flat += &self.flat(item.value.as_ref()?)?;
            if flat.len() > 4 * (WIDTH + 1) {
                // No longer worth the while, however wide its letters.
                return None;
            }
        }
        Some(flat + group.closer.map_or("", |closer| self.words(closer)))
    }

    /// Whether a comment stands right in a bracket, not in one inside it.
    fn has_comments(&self, group: &Group) -> bool {
        let (lines, last) = self.lines(group);
        let has_comments = |line: &Line<'_, '_>| !line.leading.is_empty() || !line.trailing.is_empty();
        !last.is_empty() || lines.iter().any(has_comments)
    }
}

/// The text of a named bracket that has nothing else in it.
fn wrapped(lines: &[Line<'_, '_>], group: &Group) -> Option<Token> {
    match lines {
        [Line { item: Item { key: None, value: Some(Value::Token(text)), .. }, leading, trailing, .. }]
            if leading.is_empty() && trailing.is_empty() =>
        {
            group.name.and(Some(*text))
        }
        _ => None,
    }
}

/// Gives the line before a gap the comments that stand on it, and returns those that stand before what comes next. No
/// comment that ends with its line has another behind it.
fn follow<'t>(before: Option<&mut Line<'t, '_>>, gap: Gap<'t>) -> Vec<Comment<'t>> {
    let is_for_next = !gap.breaks();
    let Gap { mut comments, .. } = gap;
    let Some(before) = before else { return comments };
    let same_line = comments.iter().take_while(|comment| comment.lines_before == 0).count();
    let next = comments.split_off(if is_for_next { 0 } else { same_line });
    before.trailing.extend(comments);
    let ends_line = before.trailing.iter().position(|comment| comment.text.starts_with("//"));
    let room = ends_line.map_or(before.trailing.len(), |place| place + 1);
    before.trailing.split_off(room).into_iter().chain(next).collect()
}
