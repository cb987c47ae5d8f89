//! The words of a copy in HTML that a browser shows.
//!
//! Tokens are read one after another, without making a tree of them, so that no depth of elements costs anything.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::text::{CopyText, Flow};

/// Reads a text as HTML, without scripts, styles, and elements that are marked as hidden.
///
/// Cost: linear in its length.
pub(super) fn html(text: &str) -> CopyText {
    let tokenizer = Tokenizer::new(Reading::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner().flow.finish()
}

#[derive(Default)]
struct Reading(RefCell<State>);

#[derive(Default)]
struct State {
    flow: Flow,
    hidden: Option<Hidden>,
}

/// An element of which nothing is shown: its name, and how many of that name are open within it.
struct Hidden {
    name: String,
    depth: usize,
}

impl TokenSink for Reading {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(words) if state.hidden.is_none() => {
                // Words are told with the line at which they end.
                let breaks = memchr::memchr_iter(b'\n', words.as_bytes()).count();
                let line = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(breaks).max(1);
                state.flow.words(&words, line);
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
        match &mut self.hidden {
            Some(hidden) if hidden.name == name => {
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
                self.hidden = Some(Hidden { name: name.to_owned(), depth: 1 });
            }
            _ => {}
        }
        if !is_within_a_line(name) {
            self.flow.block();
        }
        match raw(name).filter(|_| opens) {
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

    #[test]
    fn words_are_read_as_a_browser_shows_them() {
        let copy = html(
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
            assert_eq!(html(&format!("a {hidden}b <div>c</div> d</div> e")).text, "a\ne", "{hidden}");
        }
        assert_eq!(html("a <template>b</template>c<!-- d -->").text, "a c");
    }

    #[test]
    fn depth_costs_nothing() {
        let deep = "<div>".repeat(200_000) + "deep";
        assert_eq!(html(&deep).text, "deep");
    }
}
