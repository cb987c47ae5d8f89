//! The words of a copy in HTML that a browser shows.
//!
//! Tokens are read one after another, without making a tree of them, so that no depth of elements costs anything.

use std::cell::RefCell;
use std::ops::Range;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::notes::Raised;
use super::text::{CopyText, Flow, Unreadable};

/// More attributes of one tag are not read: each is compared with all before it.
const MOST_ATTRIBUTES: usize = 1000;

/// Reads a text as HTML, without scripts, styles, and elements that are marked as hidden.
///
/// Cost: linear in its length.
pub(super) fn html(text: &str) -> Result<CopyText, Unreadable> {
    let reading = Reading::default();
    reading.0.borrow_mut().is_xml = text.trim_start().starts_with("<?xml");
    let tokenizer = Tokenizer::new(reading, TokenizerOpts::default());
    let (whole, queue) = (StrTendril::from_slice(text), BufferQueue::default());
    let mut tag = OpenTag::default();
    for piece in pieces(text) {
        // A tag goes on as long as nothing is made of what came so far.
        let before = tokenizer.sink.0.borrow().tokens;
        tag.read(&text[piece.clone()]);
        if tag.attributes > MOST_ATTRIBUTES {
            return Err(Unreadable::LongTag);
        }
        let (start, length) = (piece.start, piece.len());
        queue.push_back(whole.subtendril(narrow(start), narrow(length)));
        let _ = tokenizer.feed(&queue);
        if tokenizer.sink.0.borrow().tokens != before {
            tag = OpenTag::default();
        }
    }
    tokenizer.end();
    let mut state = tokenizer.sink.0.into_inner();
    state.raised.block(&mut state.flow);
    Ok(state.flow.finish())
}

fn narrow(length: usize) -> u32 {
    u32::try_from(length).expect("copies are shorter than 4 GiB")
}

/// Pieces of a text that each begin at a `<`, but the first.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let starts = || std::iter::once(0).chain(memchr::memchr_iter(b'<', text.as_bytes()).filter(|&at| at > 0));
    starts().zip(starts().skip(1).chain([text.len()])).map(|(start, end)| start..end)
}

/// A tag that is being read, as the tokenizer reads it, with the number of its attributes.
#[derive(Debug, Default)]
struct OpenTag {
    attributes: usize,
    at: Within,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Within {
    #[default]
    Nothing,
    Start,
    Element,
    Before,
    Name,
    BehindName,
    BeforeValue,
    Quoted(u8),
    Value,
    End,
}

impl OpenTag {
    fn read(&mut self, piece: &str) {
        for byte in piece.bytes() {
            if self.at == Within::End {
                break;
            }
            let next = self.next(byte);
            let begins = next == Within::Name && matches!(self.at, Within::Before | Within::BehindName);
            self.attributes += usize::from(begins);
            self.at = next;
        }
    }

    fn next(&self, byte: u8) -> Within {
        let is_space = byte.is_ascii_whitespace();
        match (self.at, byte) {
            (Within::Nothing, b'<') => Within::Start,
            (Within::Start, b'/') => Within::Start,
            (Within::Start, _) if byte.is_ascii_alphabetic() => Within::Element,
            (Within::Nothing | Within::Start | Within::End, _) => Within::End,
            (Within::Quoted(mark), _) if byte == mark => Within::Before,
            (Within::Quoted(mark), _) => Within::Quoted(mark),
            (_, b'>') => Within::End,
            (Within::BeforeValue, b'"' | b'\'') => Within::Quoted(byte),
            (Within::BeforeValue, _) if is_space => Within::BeforeValue,
            (Within::BeforeValue | Within::Value, _) if !is_space => Within::Value,
            (Within::Name | Within::BehindName, b'=') => Within::BeforeValue,
            (Within::Name | Within::BehindName, _) if is_space => Within::BehindName,
            (Within::Element | Within::Name | Within::BehindName | Within::Before, b'/') => Within::Before,
            (Within::Element, _) if !is_space => Within::Element,
            (_, _) if is_space => Within::Before,
            _ => Within::Name,
        }
    }
}

#[derive(Default)]
struct Reading(RefCell<State>);

#[derive(Default)]
struct State {
    flow: Flow,
    /// A raised part, such as the number of a note.
    raised: Raised,
    hidden: Option<Hidden>,
    /// How many came.
    tokens: u64,
    /// In XML every element may end in its own tag.
    is_xml: bool,
}

/// An element of which nothing is shown: its name, how many of that name are open within it, and how many lists and tables.
struct Hidden {
    name: String,
    depth: usize,
    lists: usize,
}

impl Hidden {
    /// Whether a tag ends the element, whose own end may be left out, by where it stands.
    fn is_ended_by(&mut self, name: &str, opens: bool) -> bool {
        let is_item = |name: &str| matches!(name, "li" | "dt" | "dd" | "tr" | "td" | "th" | "option");
        match self.name.as_str() {
            "p" => (opens || name != "p") && ends_paragraph(name),
            own if is_item(own) => {
                let is_list = matches!(name, "ul" | "ol" | "menu" | "dl" | "table" | "select");
                let is_outer = self.lists == 0;
                self.lists = match opens {
                    true => self.lists + usize::from(is_list),
                    false => self.lists.saturating_sub(usize::from(is_list)),
                };
                is_outer
                    && (!opens && is_list
                        || opens
                            && (name == own
                                || matches!(
                                    (own, name),
                                    ("dt", "dd") | ("dd", "dt") | ("td", "th" | "tr") | ("th", "td" | "tr")
                                )))
            }
            _ => false,
        }
    }
}

/// Elements that cannot be in a paragraph, whose tags end it.
fn ends_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "td"
            | "ul"
    )
}

impl TokenSink for Reading {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        state.tokens += 1;
        match token {
            Token::CharacterTokens(words) if state.hidden.is_none() => {
                // Words are given the line at which they end.
                let breaks = memchr::memchr_iter(b'\n', words.as_bytes()).count();
                let line = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(breaks).max(1);
                let State { flow, raised, .. } = &mut *state;
                raised.words(flow, &words, line);
            }
            Token::TagToken(tag) => return state.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let opens = tag.kind == TagKind::StartTag;
        let is_foreign = self.hidden.as_ref().is_some_and(|hidden| matches!(hidden.name.as_str(), "svg" | "math"));
        let is_whole = tag.self_closing && (is_foreign || self.is_xml);
        self.hidden.take_if(|hidden| hidden.is_ended_by(name, opens));
        match &mut self.hidden {
            Some(hidden) if hidden.name == name && !(opens && is_whole) => {
                hidden.depth = if opens { hidden.depth + 1 } else { hidden.depth - 1 };
                if hidden.depth == 0 {
                    self.hidden = None;
                }
            }
            None if opens
                && !is_empty(name)
                && !tag.self_closing
                && (is_never_shown(name) || is_marked_hidden(tag)) =>
            {
                self.hidden = Some(Hidden { name: name.to_owned(), depth: 1, lists: 0 });
            }
            _ => {}
        }
        match name {
            "sup" if opens => self.raised.begin(&mut self.flow),
            "sup" => self.raised.end(&mut self.flow),
            "a" if opens => self.raised.begin_link(&mut self.flow, leads_to_a_place(tag)),
            "a" => self.raised.end_link(&mut self.flow),
            _ if !is_within_a_line(name) => self.raised.block(&mut self.flow),
            _ => {}
        }
        match raw(name).filter(|_| opens && !is_whole) {
            Some(kind) => TokenSinkResult::RawData(kind),
            None => TokenSinkResult::Continue,
        }
    }
}

/// How what stands in an element is read that has no elements in it.
fn raw(name: &str) -> Option<RawKind> {
    Some(match name {
        "script" => ScriptData,
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Rawtext,
        "title" | "textarea" => Rcdata,
        _ => return None,
    })
}

fn is_never_shown(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "title"
            | "textarea"
            | "iframe"
            | "noembed"
            | "noframes"
            | "object"
            | "select"
            | "datalist"
            | "svg"
            | "math"
            | "rt"
            | "rp"
    )
}

/// Elements that have no end.
fn is_empty(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether a link leads to a place of a page, as those to notes do.
fn leads_to_a_place(tag: &Tag) -> bool {
    tag.attrs.iter().any(|attribute| &*attribute.name.local == "href" && attribute.value.contains('#'))
}

fn is_marked_hidden(tag: &Tag) -> bool {
    tag.attrs.iter().any(|attribute| match &*attribute.name.local {
        "hidden" => true,
        "style" => {
            let style: String = attribute.value.chars().filter(|letter| !letter.is_whitespace()).collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        }
        _ => false,
    })
}

fn is_within_a_line(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "ruby"
            | "rt"
            | "rp"
            | "s"
            | "samp"
            | "script"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "img"
            | "template"
            | "noscript"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> CopyText {
        html(text).expect("its tags are short")
    }

    #[test]
    fn words_are_read_as_a_browser_shows_them() {
        let copy = read(
            "<!doctype html><title>T</title><style>p{}</style>\n<h1>The <i>Mill</i> bridge</h1>\n<p>It was <b>cl</b>osed\n   \
             on 4&nbsp;May.<sup>[1]</sup><p>caf&eacute; &lt;b&gt;<br>next<script>if (a < b) { x }</script> line",
        );
        assert_eq!(copy.text, "The Mill bridge\nIt was closed on 4\u{a0}May.[1]\ncafé <b>\nnext line");
        let line = |word| copy.place(copy.text.find(word).unwrap_or(0)).line;
        assert_eq!([line("Mill"), line("closed"), line("on 4"), line("next")], [Some(2), Some(3), Some(4), Some(4)]);
    }

    #[test]
    fn what_is_hidden_is_not_read() {
        for hidden in ["<div hidden>", "<div style='display: none'>", "<div STYLE=\"Visibility : hidden\">"] {
            assert_eq!(read(&format!("a {hidden}b <div>c</div> d</div> e")).text, "a\ne", "{hidden}");
        }
        for (page, shown) in [
            ("<p hidden>x<p>seen", "seen"),
            ("<p hidden>x<b>y</b><br>z</p>seen", "seen"),
            ("<div><p hidden>x</div>seen", "seen"),
            ("<ul><li hidden>a<ul><li>b</ul>c<li>seen</ul>", "seen"),
            ("<ul><li hidden>a</ul>seen", "seen"),
            ("<table><tr><td hidden>a<td>seen</table>", "seen"),
            ("<svg><style/><title/><path/></svg>seen", "seen"),
            ("<?xml version='1.0'?><html><script src='a.js'/><p>seen</p></html>", "seen"),
        ] {
            assert_eq!(read(page).text, shown, "{page}");
        }
        assert_eq!(read("a <template>b</template>c<!-- d -->").text, "a c");
    }

    #[test]
    fn raised_figures_and_marks_of_notes_are_told_from_words() {
        for (page, shown) in [
            ("closed<sup>3</sup> later", "closed³ later"),
            ("in 1984<sup><a href='#n3'>3</a></sup>.", "in 1984\u{2060}³."),
            ("in 1984<a href='#n3'><sup>3</sup></a>.", "in 1984\u{2060}³."),
            ("closed<sup><a href='#a'>a</a></sup> later", "closed\u{2060}[a] later"),
            ("closed<sup><a href='#a'>[a]</a></sup> later", "closed\u{2060}[a] later"),
            ("closed<sup>†</sup> later", "closed[†] later"),
            ("M<sup>me</sup> D", "Mme D"),
            ("10<sup>3</sup> people", "10³ people"),
            ("a <sup>long raised part</sup> b", "a long raised part b"),
            ("a<sup>3<p>b", "a³\nb"),
            ("a<sup>3", "a³"),
            ("<a href='/stats#pop'>about 10<sup>6</sup> people</a>", "about 10⁶ people"),
            ("<a href='#pop'>10<sup>6</sup></a> people", "10⁶ people"),
            ("10<a href='#pop'><sup>6</sup> people</a>", "10⁶ people"),
            ("10<a href='#pop'><sup>6</sup><sup>7</sup></a>", "10⁶⁷"),
            ("<a href='#top'><p>10<sup>6</sup></a> people", "10⁶ people"),
            ("10<sup>1<a href='#n2'>2</a></sup> people", "10¹² people"),
            ("in 1984<sup><a href='#n3'>3</a>, <a href='#n4'>4</a></sup>.", "in 1984\u{2060}³,⁴."),
        ] {
            assert_eq!(read(page).text, shown, "{page}");
        }
    }

    #[test]
    fn depth_costs_nothing() {
        let deep = "<div>".repeat(200_000) + "deep";
        assert_eq!(read(&deep).text, "deep");
    }

    #[test]
    fn tags_of_many_attributes_are_refused() {
        let many = |number: usize| (0..number).map(|at| format!(" a{at}")).collect::<String>();
        for tag in ["<a", "<a title='<b' x = \"<!--\"", "</p", "<p>x<!-- y --><a b/c"] {
            assert_eq!(html(&format!("{tag}{}>words", many(1001))), Err(Unreadable::LongTag), "{tag}");
            assert!(html(&format!("{tag}{}>words", many(900))).is_ok(), "{tag}");
        }
        let text = many(2000);
        for harmless in ["<!--", "<a>", "<a href=\"", "<a href='"] {
            assert!(html(&format!("{harmless}{text}\"'>--> words")).is_ok(), "{harmless}");
        }
        let picture = "<img src=\"data:image/png;base64,".to_owned() + &"ab/c".repeat(100_000) + "\">words";
        assert_eq!(read(&picture).text, "words");
    }
}
