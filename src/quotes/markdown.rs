//! The words of a copy in Markdown: what its marks lay out, without the marks.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::text::{CopyText, Flow};

/// Reads a text as Markdown, with tables and footnotes. HTML in it is left out, as it is in a report.
///
/// Cost: linear in its length.
pub(super) fn markdown(text: &str) -> CopyText {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut reading = Reading { text, flow: Flow::default(), at: 0, line: 1, is_left_out: false };
    for (event, bytes) in Parser::new_ext(text, options).into_offset_iter() {
        reading.take(event, bytes);
    }
    reading.flow.finish()
}

struct Reading<'t> {
    text: &'t str,
    flow: Flow,
    /// The line of this byte was counted last.
    at: usize,
    line: usize,
    is_left_out: bool,
}

impl Reading<'_> {
    fn take(&mut self, event: Event<'_>, bytes: Range<usize>) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.is_left_out = true,
            Event::End(TagEnd::MetadataBlock(_)) => self.is_left_out = false,
            Event::Text(words) | Event::Code(words) if !self.is_left_out => {
                let line = self.line_of(bytes.start);
                self.flow.words(&words, line);
            }
            Event::FootnoteReference(name) => {
                let line = self.line_of(bytes.start);
                self.flow.words(&format!("[{name}]"), line);
            }
            Event::SoftBreak => self.flow.words(" ", self.line),
            Event::HardBreak | Event::Rule => self.flow.block(),
            Event::Start(tag) if !is_within_a_line(&tag) => self.flow.block(),
            Event::End(tag) if !is_end_within_a_line(tag) => self.flow.block(),
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

    #[test]
    fn words_are_read_without_their_marks() {
        let copy = markdown(
            "# The *Mill* bridge\n\nIt was **cl**osed\non 4 May.[^1] See [the order](https://x).\n\n- one\n- two\n\n[^1]: A note.\n",
        );
        assert_eq!(copy.text, "The Mill bridge\nIt was closed on 4 May.[1] See the order.\none\ntwo\nA note.");
        let line = |word| copy.place(copy.text.find(word).unwrap_or(0)).line;
        assert_eq!([line("Mill"), line("closed"), line("4 May"), line("two")], [Some(1), Some(3), Some(4), Some(7)]);
    }

    #[test]
    fn html_in_it_is_left_out() {
        assert_eq!(markdown("a <b>b</b>\n\n<script>\nx\n</script>\n\nc &amp; d \\* e").text, "a b\nc & d * e");
    }
}
