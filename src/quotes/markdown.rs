//! The words of a copy in Markdown: what its marks lay out, without the marks.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::html::html;
use super::notes::Raised;
use super::text::{CopyText, Flow, Unreadable};

/// Reads a text as Markdown, with tables and footnotes. HTML in it is read as HTML.
///
/// Cost: linear in its length.
pub(super) fn markdown(text: &str) -> Result<CopyText, Unreadable> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reading = Reading {
        text,
        flow: Flow::default(),
        raised: Raised::default(),
        at: 0,
        line: 1,
        is_left_out: false,
        html: String::new(),
    };
    for (event, bytes) in Parser::new_ext(text, options).into_offset_iter() {
        reading.take(event, bytes)?;
    }
    reading.block();
    Ok(reading.flow.finish())
}

struct Reading<'t> {
    text: &'t str,
    flow: Flow,
    /// A raised part, such as the number of a note.
    raised: Raised,
    /// The line of this byte was counted last.
    at: usize,
    line: usize,
    is_left_out: bool,
    /// A block of HTML that is being read.
    html: String,
}

impl Reading<'_> {
    fn take(&mut self, event: Event<'_>, bytes: Range<usize>) -> Result<(), Unreadable> {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.is_left_out = true,
            Event::End(TagEnd::MetadataBlock(_)) => self.is_left_out = false,
            Event::Text(words) | Event::Code(words) if !self.is_left_out => {
                let line = self.line_of(bytes.start);
                self.raised.words(&mut self.flow, &words, line);
            }
            Event::Html(words) => self.html += &words,
            Event::End(TagEnd::HtmlBlock) => {
                let words = html(&std::mem::take(&mut self.html))?.text;
                let line = self.line_of(bytes.start);
                self.block();
                for paragraph in words.lines() {
                    self.flow.words(paragraph, line);
                    self.flow.block();
                }
            }
            Event::InlineHtml(tag) => self.tag(&tag.to_ascii_lowercase()),
            // A name for a note is no word of the text; a number is what a reader sees.
            Event::FootnoteReference(name) if name.bytes().all(|byte| byte.is_ascii_digit()) => {
                let line = self.line_of(bytes.start);
                self.raised.interrupt(&mut self.flow);
                self.flow.words(&format!("[{name}]"), line);
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.raised.begin_link(&mut self.flow, dest_url.contains('#')),
            Event::End(TagEnd::Link) => self.raised.end_link(&mut self.flow),
            Event::SoftBreak => {
                self.raised.interrupt(&mut self.flow);
                self.flow.words("\n", self.line);
            }
            Event::HardBreak | Event::Rule => self.block(),
            Event::Start(tag) if !is_within_a_line(&tag) => self.block(),
            Event::End(tag) if !is_end_within_a_line(tag) => self.block(),
            _ => {}
        }
        Ok(())
    }

    fn block(&mut self) {
        self.raised.block(&mut self.flow);
    }

    /// A tag of HTML within a line.
    fn tag(&mut self, tag: &str) {
        let inside = tag.trim_matches(['<', '>']);
        match inside.split(|letter: char| letter.is_whitespace()).next().unwrap_or_default() {
            "br" | "br/" | "/br" => self.block(),
            "sup" => self.raised.begin(&mut self.flow),
            "/sup" => self.raised.end(&mut self.flow),
            "a" => self.raised.begin_link(&mut self.flow, tag.contains('#')),
            "/a" => self.raised.end_link(&mut self.flow),
            _ => {}
        }
    }

    /// The line of a byte. Events come in the order of the text, but for footnotes.
    fn line_of(&mut self, byte: usize) -> usize {
        if byte >= self.at {
            self.line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..byte]).count();
            self.at = byte;
        }
        self.line
    }
}

fn is_within_a_line(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_end_within_a_line(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> CopyText {
        markdown(text).expect("its tags are short")
    }

    #[test]
    fn words_are_read_without_their_marks() {
        let copy = read(
            "# The *Mill* bridge\n\nIt was **cl**osed\non 4 May.[^1] See [the order](https://x).\n\n- one\n- two\n\n[^1]: A note.\n",
        );
        assert_eq!(copy.text, "The Mill bridge\nIt was closed on 4 May.[1] See the order.\none\ntwo\nA note.");
        let line = |word| copy.place(copy.text.find(word).unwrap_or(0)).line;
        assert_eq!([line("Mill"), line("closed"), line("4 May"), line("two")], [Some(1), Some(3), Some(4), Some(7)]);
    }

    #[test]
    fn raised_figures_and_marks_of_notes_are_told_from_words() {
        assert_eq!(read("closed<sup>3</sup> later").text, "closed³ later");
        assert_eq!(read("in 1984<sup>[3](#n3)</sup>.").text, "in 1984\u{2060}³.");
        assert_eq!(read("closed<sup>[a](notes.html#a)</sup> later").text, "closed\u{2060}[a] later");
        assert_eq!(read("a<sup>3\n\nb").text, "a³\nb");
        assert_eq!(read("[about 10<sup>6</sup> people](/stats#pop)").text, "about 10⁶ people");
        assert_eq!(read("in <support>1984</support> it").text, "in 1984 it");
    }

    #[test]
    fn a_raised_part_ends_before_what_comes_next() {
        assert_eq!(read("a<sup>3\nb").text, "a³ b");
        assert_eq!(read("a<sup>3<br>b").text, "a³\nb");
        assert_eq!(read("a<sup>3  \nb").text, "a³\nb");
        assert_eq!(read("a<sup>3[^1] b\n\n[^1]: N").text, "a³[1] b\nN");
        assert_eq!(read("[10<sup>6</sup>\npeople](#x)").text, "10⁶ people");
    }

    #[test]
    fn html_in_it_is_read_as_html() {
        assert_eq!(read("a <b>b</b>\n\n<script>\nx\n</script>\n\nc &amp; d \\* e").text, "a b\nc & d * e");
        assert_eq!(
            read("one<br>two\n\n<div hidden>no</div>\n\n<div>Block <b>words</b></div>\n\nend").text,
            "one\ntwo\nBlock words\nend"
        );
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        assert_eq!(
            read("---\ntitle: no\n---\n\nWords.[^smith] More.[^2]\n\n[^smith]: A.\n[^2]: B.\n").text,
            "Words. More.[2]\nA.\nB."
        );
    }
}
