//! Cuts a bibliography into entries with fields, and goes on behind whatever is wrong.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::source::{FileId, Span};

use super::super::losses::Losses;
use super::super::text::unmarked;
use super::MOST_COPIED;

/// The longest value of a field, in bytes: abbreviations can be made to double each other.
const LONGEST_VALUE: usize = 1 << 20;

/// The most fields of an entry.
const MOST_FIELDS: usize = 1000;

/// An entry as it is written, with its abbreviations written out.
#[derive(Debug)]
pub(super) struct Raw {
    /// Its type in small letters.
    pub(super) kind: String,
    pub(super) key: String,
    /// Where its key stands.
    pub(super) span: Span,
    /// Names in small letters, values in LaTeX.
    pub(super) fields: Vec<RawField>,
}

#[derive(Debug, Clone)]
pub(super) struct RawField {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) span: Span,
}

impl Raw {
    pub(super) fn field(&self, name: &str) -> Option<&RawField> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Every entry of a file. Cost: linear in its size, and in what its abbreviations stand for.
pub(super) fn read(file: FileId, text: &str, losses: &mut Losses) -> Vec<Raw> {
    let at = unmarked(text).1;
    let strings = FxHashMap::default();
    let mut reader = Reader { file, text, at, strings, left: MOST_COPIED, is_broken: false, barrier: 0, losses };
    let mut entries = Vec::new();
    while let Some(sign) = memchr::memchr(b'@', &text.as_bytes()[reader.at..]) {
        reader.at += sign + 1;
        let start = reader.at;
        match reader.block(&mut entries) {
            Ok(()) => {}
            Err(problem) => {
                let help = "mend it there, and import again; the other entries are imported";
                reader.losses.lost(reader.span(problem.at), problem.message, help);
                reader.at = reader.next_line_with_entry(start);
            }
        }
    }
    entries
}

/// Why an entry cannot be read, and where.
struct Problem {
    at: Range<usize>,
    message: String,
}

struct Reader<'t, 'l> {
    file: FileId,
    text: &'t str,
    at: usize,
    /// What abbreviations stand for.
    strings: FxHashMap<String, String>,
    /// How much may still be copied of them.
    left: usize,
    /// A bracket somewhere is never closed: from now on what is in brackets ends where a line begins an entry.
    is_broken: bool,
    /// The line that begins the next entry, as far as it was looked for.
    barrier: usize,
    losses: &'l mut Losses,
}

impl<'t> Reader<'t, '_> {
    fn span(&self, bytes: Range<usize>) -> Span {
        Span::new(self.file, bytes)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn wrong<T>(&self, message: impl Into<String>) -> Result<T, Problem> {
        let end = self.text[self.at..].chars().next().map_or(self.at, |letter| self.at + letter.len_utf8());
        Err(Problem { at: self.at..end, message: message.into() })
    }

    /// Where the next line is that begins an entry, behind a place.
    fn next_line_with_entry(&self, from: usize) -> usize {
        let lines = memchr::memchr_iter(b'\n', &self.text.as_bytes()[from..]).map(|newline| from + newline + 1);
        let mut starts = lines.filter(|&line| self.text[line..].trim_start_matches([' ', '\t']).starts_with('@'));
        starts.next().unwrap_or(self.text.len())
    }

    fn white(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Skips space, and comments as BibLaTeX has them.
    fn space(&mut self) {
        loop {
            self.white();
            if self.byte() != Some(b'%') {
                return;
            }
            self.at += memchr::memchr(b'\n', &self.text.as_bytes()[self.at..]).unwrap_or(self.text.len() - self.at);
        }
    }

    fn word(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let is_part = |letter: char| !letter.is_whitespace() && !"{}(),=\"#%@'\\".contains(letter);
        let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// What stands behind an `@`: an entry, or something else that is read over.
    fn block(&mut self, entries: &mut Vec<Raw>) -> Result<(), Problem> {
        let start = self.at;
        self.white();
        let kind = self.word().to_lowercase();
        self.white();
        if kind == "comment" {
            // Not everything that is left out is in order.
            let end = (self.byte() == Some(b'{')).then(|| self.end_of_brace()).flatten();
            self.at = end.map_or(self.at, |end| end + 1);
            return Ok(());
        }
        let closer = match self.byte() {
            Some(b'{') => b'}',
            Some(b'(') => b')',
            // An address of mail, or other words between the entries.
            _ => {
                self.at = start;
                return Ok(());
            }
        };
        self.at += 1;
        match kind.as_str() {
            "" => self.wrong("an entry has no type: nothing stands between `@` and its bracket"),
            "preamble" => {
                self.losses.field("@preamble", self.span(start - 1..self.at));
                self.value().map(drop)
            }
            "string" => self.string(),
            _ => {
                let entry = self.entry(kind, closer)?;
                entries.push(entry);
                Ok(())
            }
        }
    }

    fn string(&mut self) -> Result<(), Problem> {
        self.space();
        let name = self.word().to_lowercase();
        self.space();
        if self.byte() != Some(b'=') {
            return self.wrong("an abbreviation has no `=` behind its name");
        }
        self.at += 1;
        let value = self.value()?;
        self.strings.insert(name, value);
        Ok(())
    }

    fn entry(&mut self, kind: String, closer: u8) -> Result<Raw, Problem> {
        self.space();
        let start = self.at;
        let rest = &self.text[start..];
        let end =
            rest.find(|letter: char| letter == ',' || letter == char::from(closer) || letter == '\n' || letter == '=');
        self.at += end.unwrap_or(rest.len());
        if self.byte() == Some(b'=') {
            // A field where the key should be: the entry has none.
            self.at = start;
        }
        let key = self.text[start..self.at].trim_end();
        let mut entry =
            Raw { kind, key: key.to_owned(), span: self.span(start..start + key.len()), fields: Vec::new() };
        loop {
            self.space();
            match self.byte() {
                Some(b',') => self.at += 1,
                Some(byte) if byte == closer => {
                    self.at += 1;
                    return Ok(entry);
                }
                Some(b'@') | None => {
                    let bracket = char::from(closer);
                    let message =
                        format!("the entry `{}` is not closed: a `{bracket}` is missing before this", entry.key);
                    let end = self.text.len().min(self.at + 1);
                    let help = "the entry is imported with the fields that stand before";
                    self.losses.lost(self.span(self.at..end), message, help);
                    return Ok(entry);
                }
                _ => {
                    let field = self.field()?;
                    self.keep(&mut entry, field);
                }
            }
        }
    }

    /// Takes a field. Of two of the same name the first counts, as with BibTeX.
    fn keep(&mut self, entry: &mut Raw, field: RawField) {
        match entry.field(&field.name) {
            Some(first) if first.value != field.value => {
                let message =
                    format!("`{}` stands twice in the entry `{}`; the first is imported", field.name, entry.key);
                self.losses.lost(field.span, message, "remove one of the two");
            }
            Some(_) => {}
            None if entry.fields.len() == MOST_FIELDS => self.losses.field("more than 1000 fields", field.span),
            None => entry.fields.push(field),
        }
    }

    fn field(&mut self) -> Result<RawField, Problem> {
        let start = self.at;
        let name = self.word().to_lowercase();
        if name.is_empty() {
            return self.wrong("the name of a field is expected here");
        }
        let span = self.span(start..self.at);
        self.space();
        if self.byte() != Some(b'=') {
            return self.wrong(format!("`=` is expected behind `{name}`"));
        }
        self.at += 1;
        Ok(RawField { value: self.value()?, name, span })
    }

    /// Texts, numbers and abbreviations with `#` between them.
    fn value(&mut self) -> Result<String, Problem> {
        let mut value = String::new();
        loop {
            self.space();
            let start = self.at;
            match self.byte() {
                Some(b'{') => value += self.braced()?,
                Some(b'"') => value += self.quoted()?,
                _ => {
                    let word = self.word();
                    if word.is_empty() {
                        return self.wrong("a value is expected here: `{…}`, `\"…\"`, a number or an abbreviation");
                    }
                    self.abbreviation(word, start, &mut value);
                }
            }
            if value.len() > LONGEST_VALUE {
                return Err(Problem { at: start..self.at, message: "this value has more than 1 MiB".to_owned() });
            }
            self.space();
            if self.byte() != Some(b'#') {
                return Ok(value);
            }
            self.at += 1;
        }
    }

    fn abbreviation(&mut self, word: &str, start: usize, value: &mut String) {
        match self.strings.get(&word.to_lowercase()) {
            Some(known) if known.len() <= self.left => {
                *value += known;
                self.left -= known.len();
            }
            _ => {
                *value += word;
                let is_plain = word.bytes().all(|byte| byte.is_ascii_digit()) || month(word).is_some();
                if !is_plain {
                    let message = format!("the abbreviation `{word}` is not defined, and is imported as it stands");
                    self.losses.lost(
                        self.span(start..self.at),
                        message,
                        "define it with `@string`, or put it in braces",
                    );
                }
            }
        }
    }

    /// What stands in braces, which match.
    fn braced(&mut self) -> Result<&'t str, Problem> {
        let start = self.at;
        let end = self.end_of_brace().ok_or_else(|| Problem { at: start..start + 1, message: NEVER.to_owned() })?;
        self.at = end + 1;
        Ok(&self.text[start + 1..end])
    }

    /// Where the brace is closed that opens here.
    fn end_of_brace(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        let limit = self.limit();
        for at in memchr::memchr2_iter(b'{', b'}', &bytes[self.at..limit]).map(|at| self.at + at) {
            match bytes[at] {
                b'{' => depth += 1,
                _ if depth == 1 => return Some(at),
                _ => depth -= 1,
            }
        }
        self.is_broken = true;
        None
    }

    /// Where what is in brackets has to end.
    fn limit(&mut self) -> usize {
        if self.is_broken && self.barrier <= self.at {
            self.barrier = self.next_line_with_entry(self.at);
        }
        if self.is_broken { self.barrier } else { self.text.len() }
    }

    /// What stands in quotation marks; those in braces do not count.
    fn quoted(&mut self) -> Result<&'t str, Problem> {
        let start = self.at;
        let (bytes, limit, mut depth) = (self.text.as_bytes(), self.limit(), 0_usize);
        for at in memchr::memchr3_iter(b'{', b'}', b'"', &bytes[start + 1..limit]).map(|at| start + 1 + at) {
            match bytes[at] {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                _ => {
                    self.at = at + 1;
                    return Ok(&self.text[start + 1..at]);
                }
            }
        }
        self.is_broken = true;
        Err(Problem { at: start..start + 1, message: NEVER.replace("brace", "quotation mark") })
    }
}

const NEVER: &str = "this brace is never closed";

/// The number of a month that goes by its abbreviation or its name.
pub(super) fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = word.trim().trim_end_matches('.').to_lowercase();
    let place =
        MONTHS.iter().position(|month| word.starts_with(month)).filter(|_| word.chars().all(char::is_alphabetic));
    place.and_then(|place| u32::try_from(place + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn entries(text: &str) -> (Vec<Raw>, Vec<String>) {
        let sources = Sources::new();
        let file = sources.add("a.bib", None, text.to_owned());
        let mut losses = Losses::default();
        let entries = read(file, sources.file(file).text(), &mut losses);
        let losses = crate::diagnostic::short(&losses.finish(), &sources);
        (entries, losses.lines().map(str::to_owned).collect())
    }

    fn value<'r>(raw: &'r Raw, name: &str) -> &'r str {
        raw.field(name).map_or("", |field| &field.value)
    }

    #[test]
    fn entries_are_cut_apart() {
        let text = "%c\n@string{jp = \"J. of \" # {P}}\nmail a@b.c\n@Article{ k1 , Title = {A {B} \\{x\\} c}, year=2001 # {b}, journal = jp, month = jan,}\n@book(k2,title=\"q {\"} r\")@comment{ @x{y} }";
        let (entries, losses) = entries(text);
        let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!((keys.as_slice(), entries[0].kind.as_str()), (&["k1", "k2"][..], "article"));
        assert_eq!(value(&entries[0], "title"), "A {B} \\{x\\} c");
        assert_eq!([value(&entries[0], "year"), value(&entries[0], "journal")], ["2001b", "J. of P"]);
        assert_eq!(value(&entries[1], "title"), "q {\"} r");
        assert!(losses.is_empty(), "{losses:?}");
    }

    #[test]
    fn what_is_wrong_keeps_nothing_else_from_being_read() {
        let text =
            "@book{a, title = {A},\n@book{b, title {B}}\n@book{c, title = {C}, note = {open\n}\n@book{d, title = {D}}";
        let (entries, losses) = entries(text);
        let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["a", "c", "d"]);
        let places: Vec<&str> = losses.iter().map(|line| line.split(": ").next().unwrap_or_default()).collect();
        assert_eq!(places, ["a.bib:2:1", "a.bib:2:16", "a.bib:5:1"], "{losses:?}");
    }

    #[test]
    fn abbreviations_that_name_themselves_or_double_end() {
        let doubling: String = (1..60).map(|n| format!("@string{{a{n} = a{0} # a{0}}}\n", n - 1)).collect();
        let (entries, _) =
            entries(&format!("@string{{a = a}}\n@string{{a0 = {{xxxxxxxx}}}}\n{doubling}@book{{k, title = a59}}"));
        assert_eq!(entries.len(), 1);
    }

    #[test]
    fn many_open_brackets_take_no_time() {
        let text = "@a{b, c = {\n".repeat(200_000);
        assert_eq!(entries(&text).0.len(), 0);
    }
}
