//! One form for texts that differ in how they are set and not in what they say.
//!
//! A copy has line breaks, ligatures and curly marks where a quotation has none, or has others. Both go through the same
//! function, so that whatever it drops it drops on both sides; every character keeps its place in the original.

use std::ops::Range;

use unicode_normalization::char::{
    canonical_combining_class, decompose_canonical, decompose_compatible, is_combining_mark,
};

use super::notes::{LINKED, plain};

/// So many characters of a mark in square brackets are looked through, such as `[38]`.
const LONGEST_MARK: usize = 40;

/// So many marks at one place are compared.
const MOST_MARKS: usize = 64;

/// A text in its normal form.
///
/// - White space is one space, and none beside quotation marks, dashes, and letters of scripts that set no spaces.
/// - All quotation marks are `'`, all dashes `-`, three dots are `…`.
/// - Ligatures, Arabic presentation forms and composed letters are taken apart.
/// - Raised figures are figures.
/// - What is not seen is gone: soft hyphens, joiners, marks of direction.
/// - A hyphen within a word is gone, and kept beside the text: at the end of a line it may have been there or not.
/// - Marks in square brackets, as of footnotes, and `[sic]` are gone; those of footnotes are kept beside the text.
///
/// Upper and lower case stay.
#[derive(Debug, Default)]
pub(super) struct Normal {
    text: String,
    /// Where the distance to the original changes: a place here, and its place there.
    runs: Vec<(u32, u32)>,
    /// The characters before which a hyphen stood, in order.
    hyphens: Vec<Hyphen>,
    /// Where the mark of a note stood in brackets, in order, and a hash of it.
    marks: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hyphen {
    before: u32,
    at_line_end: bool,
}

impl Normal {
    /// Of a text of less than 4 GiB. Cost: linear in its length, but for accents: those on one letter are sorted.
    pub(super) fn of(original: &str) -> Self {
        let mut writer = Writer::default();
        for (at, letter) in original.char_indices() {
            writer.take(at, letter, &original[at + letter.len_utf8()..]);
        }
        writer.put_accents();
        writer.normal
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that some bytes of the text come from.
    pub(super) fn original_range(&self, original: &str, range: Range<usize>) -> Range<usize> {
        let start = self.original_place(range.start);
        let Some(last) = self.text[range.clone()].chars().next_back() else { return start..start };
        let last = self.original_place(range.end - last.len_utf8());
        let end = last + original[last..].chars().next().map_or(0, char::len_utf8);
        start.min(last)..end
    }

    fn original_place(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|&(here, _)| here as usize <= at).checked_sub(1);
        run.map_or(at, |run| {
            let (here, there) = self.runs[run];
            there as usize + at - here as usize
        })
    }

    /// Whether a hyphen stood before a character.
    pub(super) fn has_hyphen(&self, at: usize) -> bool {
        self.hyphens.binary_search_by_key(&at, |hyphen| hyphen.before as usize).is_ok()
    }

    /// Whether the hyphens and the marks of `part`, which stands at a place of this text, can be those of it.
    pub(super) fn fits(&self, at: usize, part: &Self) -> bool {
        self.has_hyphens_of(at, part) && self.has_marks_of(at, part)
    }

    /// Whether the marks in brackets that stand within `part` stand here as well: `[12]` or `[a]` may be the author's, who says
    /// what a source leaves out.
    fn has_marks_of(&self, at: usize, part: &Self) -> bool {
        let within = part.marks.iter().filter(|&&(place, _)| place > 0 && (place as usize) < part.text.len());
        within.copied().all(|(place, hash)| {
            let place = narrow(at + place as usize);
            let first = self.marks.partition_point(|&(here, _)| here < place);
            self.marks[first..].iter().take(MOST_MARKS).any(|&mark| mark == (place, hash))
        })
    }

    /// Whether the hyphens of `part`, which stands at a place of this text, are hyphens here as well. At the end of a line
    /// a hyphen may be one or none.
    fn has_hyphens_of(&self, at: usize, part: &Self) -> bool {
        let within = |hyphens: &[Hyphen], range: Range<usize>| {
            let first = hyphens.partition_point(|hyphen| hyphen.before as usize <= range.start);
            let end = hyphens.partition_point(|hyphen| (hyphen.before as usize) < range.end);
            first..end.max(first)
        };
        let mut here = self.hyphens[within(&self.hyphens, at..at + part.text.len())].iter().peekable();
        let mut there = part.hyphens[within(&part.hyphens, 0..part.text.len())].iter().peekable();
        loop {
            let [left, right] = [
                here.peek().map(|hyphen| hyphen.before as usize - at),
                there.peek().map(|hyphen| hyphen.before as usize),
            ];
            match (left, right) {
                (None, None) => return true,
                (Some(left), Some(right)) if left == right => {
                    here.next();
                    there.next();
                }
                (Some(left), right) if right.is_none_or(|right| left < right) => {
                    if here.next().is_some_and(|hyphen| !hyphen.at_line_end) {
                        return false;
                    }
                }
                _ => {
                    if there.next().is_some_and(|hyphen| !hyphen.at_line_end) {
                        return false;
                    }
                }
            }
        }
    }
}

/// What stands between the last character that was written and the next: nothing of it is written before that is known.
#[derive(Debug, Default, Clone, Copy)]
struct Between {
    space: Option<usize>,
    dash: Option<usize>,
    /// One hyphen, directly behind a letter.
    hyphen: bool,
    /// A soft hyphen, directly behind a letter: it shows where a word is parted at the end of a line.
    soft: bool,
    /// A line ends behind the dash or the soft hyphen.
    line_ends: bool,
}

#[derive(Default)]
struct Writer {
    normal: Normal,
    between: Between,
    /// Accents of the last letter, with their places.
    accents: Vec<(u8, char, usize)>,
    /// What comes leads to a note, or the bracket at this place does.
    is_linked: bool,
    linked: Option<usize>,
}

impl Writer {
    fn take(&mut self, at: usize, letter: char, behind: &str) {
        let letter = plain(letter).unwrap_or(letter);
        let is_linked = std::mem::replace(&mut self.is_linked, letter == LINKED);
        match letter {
            '\u{ad}' => self.between.soft |= self.between.space.is_none() && self.between.dash.is_none(),
            _ if is_unseen(letter) => {}
            _ if letter.is_whitespace() => {
                self.put_accents();
                self.between.space.get_or_insert(at);
                self.between.line_ends |= (self.between.dash.is_some() || self.between.soft)
                    && matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\x0c');
            }
            _ if is_dash(letter) => {
                self.put_accents();
                let behind_letter = self.last().is_some_and(ends_word) && self.between.space.is_none();
                self.between.hyphen = self.between.dash.is_none() && behind_letter && is_hyphen(letter);
                self.between.dash.get_or_insert(at);
                self.between.line_ends = false;
            }
            _ if is_quotation_mark(letter) => self.put(at, '\''),
            '\u{2026}' => self.put(at, '…'),
            '.' if self.ends_dots() => {
                let first = self.normal.text.len() - 2;
                let place = self.normal.original_place(first);
                self.normal.cut(first);
                self.between = Between::default();
                self.put(place, '…');
            }
            '[' => {
                self.put(at, '[');
                self.linked = is_linked.then_some(self.normal.text.len() - 1);
            }
            ']' => self.close(at, behind),
            _ if letter.is_ascii() => self.put(at, letter),
            _ if has_forms(letter) => decompose_compatible(letter, |part| self.put_part(at, part)),
            _ => decompose_canonical(letter, |part| self.put_part(at, part)),
        }
    }

    fn put_part(&mut self, at: usize, part: char) {
        match canonical_combining_class(part) {
            0 => self.put(at, part),
            class => self.accents.push((class, part, at)),
        }
    }

    /// Accents in the order that does not depend on how they were typed.
    fn put_accents(&mut self) {
        if self.accents.is_empty() {
            return;
        }
        let mut accents = std::mem::take(&mut self.accents);
        accents.sort_by_key(|&(class, ..)| class);
        for (_, accent, at) in accents.drain(..) {
            self.normal.push(accent, at);
        }
        self.accents = accents;
    }

    fn put(&mut self, at: usize, letter: char) {
        self.put_accents();
        self.put_between(letter);
        self.normal.push(letter, at);
    }

    /// Writes what stands before the next character.
    fn put_between(&mut self, next: char) {
        let Between { space, dash, hyphen, soft, line_ends } = std::mem::take(&mut self.between);
        let last = self.last();
        if let Some(dash) = dash {
            let joins = last.is_some_and(ends_word) && next.is_alphanumeric();
            if joins {
                let before = narrow(self.normal.text.len());
                self.normal.hyphens.push(Hyphen { before, at_line_end: hyphen && line_ends });
            } else {
                self.normal.push('-', dash);
            }
        } else if let (Some(space), Some(last)) = (space, last)
            && !(soft && line_ends && ends_word(last) && next.is_alphanumeric())
            && !is_tight(last)
            && !is_tight(next)
            && !is_closing(next)
            && !(sets_no_spaces(last) && sets_no_spaces(next))
        {
            self.normal.push(' ', space);
        }
    }

    /// A closing bracket: with it a mark such as `[38]` or `[sic]` is gone.
    fn close(&mut self, at: usize, behind: &str) {
        self.put(at, ']');
        let end = self.normal.text.len();
        let from = self.normal.text.ceil_char_boundary(end.saturating_sub(LONGEST_MARK));
        let Some(open) = self.normal.text[from..end].rfind('[').map(|open| from + open) else { return };
        let inside = &self.normal.text[open + 1..end - 1];
        let before =
            if self.linked == Some(open) { Some(LINKED) } else { self.normal.text[..open].chars().next_back() };
        if is_mark(before, inside, behind) {
            let hash = (!is_remark(inside)).then(|| hash(inside));
            self.normal.cut(open);
            // What stands before it stands before what comes next.
            let before = open.checked_sub(1).filter(|_| self.normal.text.ends_with([' ', '-']));
            let place = before.map(|at| self.normal.original_place(at));
            match self.last() {
                Some(' ') => self.between.space = place,
                Some('-') => self.between.dash = place,
                _ => {}
            }
            before.into_iter().for_each(|at| self.normal.cut(at));
            self.normal.marks.extend(hash.map(|hash| (narrow(self.normal.text.len()), hash)));
        }
    }

    fn last(&self) -> Option<char> {
        self.normal.text.chars().next_back()
    }

    /// Whether a dot is the third of three.
    fn ends_dots(&self) -> bool {
        self.between.dash.is_none() && self.accents.is_empty() && self.normal.text.ends_with("..")
    }
}

impl Normal {
    fn push(&mut self, letter: char, place: usize) {
        let at = self.text.len();
        let expected = self.runs.last().map_or(at, |&(here, there)| there as usize + at - here as usize);
        if expected != place {
            self.runs.push((narrow(at), narrow(place)));
        }
        self.text.push(letter);
    }

    /// Takes everything away from a place on.
    fn cut(&mut self, at: usize) {
        self.text.truncate(at);
        while self.runs.pop_if(|&mut (here, _)| here as usize >= at).is_some() {}
        while self.hyphens.pop_if(|hyphen| hyphen.before as usize > at).is_some() {}
        while self.marks.pop_if(|&mut (place, _)| place as usize > at).is_some() {}
    }
}

/// A letter or digit, or the accent of one.
fn ends_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).expect("texts of copies are shorter than 4 GiB")
}

/// Whether what stands in brackets is a mark beside the text: of a note, or a remark of those who copied it.
fn is_mark(before: Option<char>, inside: &str, behind: &str) -> bool {
    let is_free = || !behind.chars().find(|&letter| !is_unseen(letter)).is_some_and(char::is_alphanumeric);
    is_remark(inside)
        || match note(inside.trim()) {
            Some(Note::Number) => true,
            Some(Note::Sign) => {
                is_free() && before.is_some_and(|letter| ends_word(letter) || letter == LINKED || is_point(letter))
            }
            Some(Note::Letters) => is_free() && before.is_some_and(|letter| letter == LINKED || is_point(letter)),
            None => false,
        }
}

fn is_point(letter: char) -> bool {
    matches!(letter, '.' | ',' | ';' | ':' | '!' | '?')
}

/// What may lead to a note.
enum Note {
    /// Numbers, a letter behind a word such as `note`, or what Markdown has for a note that it does not find.
    Number,
    /// One small letter or a small Roman number: behind a point. Elsewhere they may be of the text, as in `close[d]`, `saw [a] man`,
    /// `section 12[a]`.
    Letters,
    /// A sign, behind a word or a point.
    Sign,
}

fn is_remark(inside: &str) -> bool {
    matches!(inside.trim().to_ascii_lowercase().as_str(), "sic" | "sic!" | "citation needed")
}

/// Words before the number of a note.
const NOTES: &[&str] = &["note ", "Note ", "n ", "n. ", "nb ", "fn ", "fn. ", "footnote ", "Anm. ", "Fn. "];

/// What stands in brackets, as what may lead to a note.
fn note(inside: &str) -> Option<Note> {
    let word = NOTES.iter().find_map(|word| inside.strip_prefix(word));
    let number = word.unwrap_or(inside);
    let is_number = number.starts_with(|letter: char| letter.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b' '));
    let is_roman = (1..=5).contains(&number.len()) && number.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let is_letter = number.len() == 1 && number.starts_with(|letter: char| letter.is_ascii_lowercase());
    let is_sign = matches!(number, "*" | "**" | "†" | "‡" | "§" | "¶");
    if is_number || number.starts_with('^') || (is_roman || is_letter) && word.is_some() {
        Some(Note::Number)
    } else if is_roman || is_letter {
        Some(Note::Letters)
    } else {
        is_sign.then_some(Note::Sign)
    }
}

/// FNV-1a.
fn hash(text: &str) -> u32 {
    let letters = text.bytes().filter(|byte| *byte != b' ');
    letters.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A text without the marks in brackets that its normal form is without.
pub(super) fn without_marks(text: &str) -> String {
    let (mut from, mut kept) = (0, String::with_capacity(text.len()));
    while let Some(open) = text[from..].find('[').map(|open| from + open) {
        let before = text[..open].chars().next_back();
        let close = text[open..].find(']').map(|close| open + close);
        let close = close.filter(|&close| {
            close - open <= LONGEST_MARK && is_mark(before, &text[open + 1..close], &text[close + 1..])
        });
        kept += &text[from..close.map_or(open + 1, |_| open)];
        from = close.unwrap_or(open) + 1;
    }
    kept + &text[from..]
}

/// What changes nothing that is seen: soft hyphens, joiners and breaks without width, marks of direction, the line by
/// which Arabic words are drawn out.
pub(super) fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || (letter.is_control() && !letter.is_whitespace())
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{2011}' | '\u{5be}')
}

fn is_dash(letter: char) -> bool {
    is_hyphen(letter)
        || matches!(
            letter,
            '\u{2012}'..='\u{2015}' | '\u{2212}' | '\u{2e3a}' | '\u{2e3b}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
        )
}

fn is_quotation_mark(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '`' | '´' | '«' | '»' | '\u{2018}'..='\u{201f}' | '\u{2032}'..='\u{2036}' | '‹' | '›' | '\u{5f3}' | '\u{5f4}'
        | '\u{2bc}' | '「'..='』' | '\u{301d}'..='\u{301f}' | '＂' | '＇' | '\u{2e42}')
}

/// Ligatures and forms of letters that stand for the letters themselves, such as those as wide as a Chinese sign.
fn has_forms(letter: char) -> bool {
    matches!(letter, '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{fb00}'..='\u{fb06}' | '\u{fb13}'..='\u{fb17}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// What has no space beside it here: French has some inside its quotation marks, and some printers around dashes.
fn is_tight(letter: char) -> bool {
    matches!(letter, '\'' | '-' | '…')
}

/// What has no space before it here, as French has.
fn is_closing(letter: char) -> bool {
    matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']')
}

/// Letters and points of scripts that set no spaces between words: a break of lines between them is nothing.
pub(super) fn sets_no_spaces(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{312f}' | '\u{31a0}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn normal(text: &str) -> String {
        Normal::of(text).text
    }

    #[test]
    fn how_a_text_is_set_makes_no_difference() {
        for (one, other) in [
            ("a  b\n\tc", "a b c"),
            ("“He said ‘no’”", "\"He said 'no'\""),
            ("« oui »", "\"oui\""),
            ("il dit : non !", "il dit: non!"),
            ("1982–1984", "1982-1984"),
            ("one — two", "one--two"),
            ("the o\u{fb03}ce", "the office"),
            ("Ｎｏ１２", "No12"),
            ("caf\u{e9}", "cafe\u{301}"),
            ("exam\u{ad}ple", "example"),
            ("closed.[38] Later", "closed. Later"),
            ("closed [sic] later", "closed later"),
            ("closed [38], later", "closed, later"),
            ("closed [12, 13, 14, 15] later", "closed later"),
            ("closed[note 1] later", "closed later"),
            ("closed [ sic ] later", "closed later"),
            ("closed[citation needed], later", "closed, later"),
            ("closed.[a] Later", "closed. Later"),
            ("closed,[iv] later", "closed, later"),
            ("closed\u{2060}[a] later", "closed later"),
            ("closed[note a] later", "closed later"),
            ("closed[*] later[nb 3]", "closed later"),
            ("closed³ later", "closed3 later"),
            ("the engi\u{ad}\nneers left", "the engineers left"),
            ("well...", "well…"),
            ("東京\nへ行く", "東京へ行く"),
        ] {
            assert_eq!(normal(one), normal(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_a_text_says_makes_one() {
        for (one, other) in [
            ("Bridge", "bridge"),
            ("a b", "ab"),
            ("cafe", "café"),
            ("[he] went", "went"),
            ("[A] went", "went"),
            ("[a]typical results", "typical results"),
            ("he wrote to [i] that", "he wrote to that"),
            ("that [a] note", "that note"),
            ("“[a] note", "“ note"),
            ("arr[i] plus", "arr plus"),
            ("they close[d] it", "they close it"),
            ("section 12[a] of", "section 12 of"),
            ("so.[a]typical", "so.typical"),
            ("[*] went", "went"),
            ("he [*] went", "he went"),
            ("he [I] went", "he went"),
            ("1984", "1985"),
            ("-5 degrees", "5 degrees"),
            ("東京 Tokyo", "東京Tokyo"),
        ] {
            assert_ne!(normal(one), normal(other), "{one} and {other}");
        }
    }

    #[test]
    fn a_hyphen_counts_but_at_the_end_of_a_line() {
        let fits = |copy: &str, quote: &str| {
            let (copy, quote) = (Normal::of(copy), Normal::of(quote));
            copy.text.find(&quote.text).is_some_and(|at| copy.fits(at, &quote))
        };
        assert!(fits("for exam-\nple this", "example"));
        assert!(fits("a well-\nknown fact", "well-known fact"));
        assert!(fits("les ingé-\nnieurs", "ingénieurs"));
        assert!(fits("a well-known fact", "a well-known fact"));
        assert!(!fits("to re-sign it", "resign"));
        assert!(!fits("to resign it", "re-sign"));
        assert!(fits("1982–1984", "1982-1984"));
    }

    proptest! {
        #[test]
        fn it_is_its_own_normal_form(text in r#"[a-cé\u{301}ﬁ “”'"\-–—.…,\[\]0-9\n\u{ad}東א]{0,60}"#) {
            let once = normal(&text);
            prop_assert_eq!(normal(&once), once);
        }

        #[test]
        fn every_character_leads_back(text in r"\PC{0,60}|[a-c é\-\n“”ﬁ.\[\]0-9]{0,60}") {
            let normal = Normal::of(&text);
            for (at, letter) in normal.text.char_indices() {
                let range = normal.original_range(&text, at..at + letter.len_utf8());
                prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                prop_assert!(range.start < range.end);
                let again = self::normal(&text[range]);
                prop_assert!(again.is_empty() || again.contains(letter) || matches!(letter, ' ' | '…' | '-'));
            }
        }
    }
}
