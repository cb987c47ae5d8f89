//! The author's own Markdown (`summary`, the `text` of a section, notes), taken apart and put together again from a safe
//! subset: paragraphs, emphasis, lists, quotations, code, tables, and links to the web.
//!
//! Nothing passes through. Elements of HTML stand as the text that they are, pictures as their description, a heading as
//! a paragraph in bold (so that it cannot get between the headings of the report), and a link that leads elsewhere than
//! to the web as its words alone. What is nested deeper than anybody writes is flattened.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::escape::{self, visible};
use crate::report::article::is_safe;

/// Containers within containers beyond this are dropped, their content is kept.
const DEEPEST: usize = 6;

/// A format that the subset is written in.
pub(in crate::report) trait Subset {
    fn open(&mut self, tag: &Tag<'_>);
    fn close(&mut self, tag: TagEnd);
    fn text(&mut self, text: &str);
    fn code(&mut self, text: &str);
    fn line_break(&mut self);
    fn rule(&mut self);
}

/// Author's Markdown as HTML.
pub(super) fn author_html(text: &str) -> String {
    let mut html = Html::default();
    walk(text, &mut html);
    html.out
}

/// Author's Markdown as Markdown: a quotation, so that it is seen where it ends.
pub(super) fn author_markdown(text: &str) -> String {
    let mut markdown = Markdown::default();
    walk(text, &mut markdown);
    let lines = markdown.out.trim_matches('\n').split('\n');
    lines.map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Reads Markdown and hands the subset to a target: containers only down to the deepest, no link within a link.
pub(in crate::report) fn walk(text: &str, target: &mut impl Subset) {
    // Whether each open tag was written.
    let mut open: Vec<bool> = Vec::new();
    let mut depth = 0;
    let mut in_link = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(tag) => {
                let is_link = matches!(tag, Tag::Link { .. });
                let keep = is_in_subset(&tag) && (depth < DEEPEST || is_of_table(&tag)) && !(is_link && in_link);
                in_link |= is_link && keep;
                depth += usize::from(keep);
                if keep {
                    target.open(&tag);
                }
                open.push(keep);
            }
            Event::End(tag) => {
                if open.pop() == Some(true) {
                    depth -= 1;
                    in_link &= !matches!(tag, TagEnd::Link);
                    target.close(tag);
                } else if is_block(tag) {
                    target.text(" ");
                }
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => target.text(&text),
            Event::Code(code) => target.code(&code),
            Event::SoftBreak => target.text(" "),
            Event::HardBreak => target.line_break(),
            Event::Rule => target.rule(),
            _ => {}
        }
    }
}

fn is_in_subset(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::Link { dest_url, .. } => is_safe(dest_url),
        Tag::Paragraph
        | Tag::Heading { .. }
        | Tag::BlockQuote(_)
        | Tag::CodeBlock(_)
        | Tag::HtmlBlock
        | Tag::List(_)
        | Tag::Item
        | Tag::Emphasis
        | Tag::Strong => true,
        tag => is_of_table(tag),
    }
}

/// The parts of a table are written all or not at all: tables are never nested.
fn is_of_table(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)
}

fn is_block(tag: TagEnd) -> bool {
    !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image)
}

/// HTML so far.
#[derive(Default)]
struct Html {
    out: String,
    /// In the head of a table, whose cells are headers.
    in_head: bool,
    ordered: Vec<bool>,
}

impl Subset for Html {
    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.out.push_str("<p>"),
            Tag::Heading { .. } => self.out.push_str("<p><strong>"),
            Tag::BlockQuote(_) => self.out.push_str("<blockquote>"),
            Tag::CodeBlock(_) => self.out.push_str("<pre><code>"),
            Tag::List(start) => {
                self.ordered.push(start.is_some());
                match start {
                    Some(1) => self.out.push_str("<ol>"),
                    Some(start) => self.out.push_str(&format!("<ol start=\"{start}\">")),
                    None => self.out.push_str("<ul>"),
                }
            }
            Tag::Item => self.out.push_str("<li>"),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Link { dest_url, .. } => {
                let url = escape::html(dest_url);
                self.out.push_str(&format!("<a href=\"{url}\" rel=\"noopener noreferrer nofollow\">"));
            }
            Tag::Table(_) => self.out.push_str("<div class=\"scroll\"><table>"),
            Tag::TableHead => {
                self.in_head = true;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => self.out.push_str("<tr>"),
            Tag::TableCell => self.out.push_str(if self.in_head { "<th scope=\"col\">" } else { "<td>" }),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        self.out.push_str(match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>\n",
            TagEnd::Heading(_) => "</strong></p>\n",
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(_) => match self.ordered.pop() {
                Some(true) => "</ol>\n",
                _ => "</ul>\n",
            },
            TagEnd::Item => "</li>\n",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Link => "</a>",
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead>\n<tbody>"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell if self.in_head => "</th>",
            TagEnd::TableCell => "</td>",
            _ => "",
        });
    }

    fn text(&mut self, text: &str) {
        // Line ends of code blocks are kept.
        let lines = text.split('\n').map(escape::html).collect::<Vec<_>>();
        self.out.push_str(&lines.join("\n"));
    }

    fn code(&mut self, text: &str) {
        self.out.push_str(&format!("<code>{}</code>", escape::html(text)));
    }

    fn line_break(&mut self) {
        self.out.push_str("<br>");
    }

    fn rule(&mut self) {
        self.out.push_str("<hr>\n");
    }
}

/// What stands before each line of a container.
struct Prefix {
    /// Before its first line, until that is written.
    first: Option<String>,
    rest: String,
}

/// Markdown so far.
#[derive(Default)]
struct Markdown {
    out: String,
    prefixes: Vec<Prefix>,
    /// Numbers of the lists that are open.
    lists: Vec<Option<u64>>,
    /// The text of a code block.
    block: Option<String>,
    in_table: bool,
    links: Vec<String>,
    columns: usize,
}

impl Markdown {
    /// Begins a block: on a line of its own, behind a blank one where that is asked.
    fn begin(&mut self, blank: bool) {
        if blank {
            self.blank_line();
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        for prefix in &mut self.prefixes {
            let first = prefix.first.take();
            self.out.push_str(first.as_deref().unwrap_or(&prefix.rest));
        }
    }

    /// A blank line, but not at the start of a text or of a container.
    fn blank_line(&mut self) {
        let fresh = self.prefixes.last().is_some_and(|prefix| prefix.first.is_some());
        if !self.out.is_empty() && !fresh {
            let rest: String = self.prefixes.iter().map(|prefix| prefix.rest.as_str()).collect();
            self.out.push('\n');
            self.out.push_str(rest.trim_end());
        }
    }

    /// Whether text could go where the last block ended.
    fn open_line(&mut self) {
        let pending = self.prefixes.iter().any(|prefix| prefix.first.is_some());
        if pending || self.out.is_empty() {
            self.begin(false);
        }
    }

    fn end_code_block(&mut self) {
        let Some(text) = self.block.take() else { return };
        let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        self.begin(true);
        self.out.push_str(&fence);
        for line in text.trim_end_matches('\n').split('\n') {
            self.begin(false);
            self.out.push_str(&visible(line));
        }
        self.begin(false);
        self.out.push_str(&fence);
    }
}

impl Subset for Markdown {
    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.begin(true),
            Tag::Heading { .. } => {
                self.begin(true);
                self.out.push_str("**");
            }
            Tag::BlockQuote(_) => {
                self.blank_line();
                self.prefixes.push(Prefix { first: Some("> ".to_owned()), rest: "> ".to_owned() });
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => self.block = Some(String::new()),
            Tag::List(start) => {
                if self.lists.is_empty() {
                    self.blank_line();
                }
                self.lists.push(*start);
            }
            Tag::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{}. ", (*number).min(999_999_999));
                        *number += 1;
                        marker
                    }
                    _ => "- ".to_owned(),
                };
                let rest = " ".repeat(marker.len());
                self.prefixes.push(Prefix { first: Some(marker), rest });
            }
            Tag::Emphasis => {
                self.open_line();
                self.out.push('*');
            }
            Tag::Strong => {
                self.open_line();
                self.out.push_str("**");
            }
            Tag::Link { dest_url, .. } => {
                self.open_line();
                self.links.push(dest_url.to_string());
                self.out.push('[');
            }
            Tag::Table(columns) => {
                self.columns = columns.len();
                self.in_table = true;
            }
            Tag::TableHead => {
                self.begin(true);
                self.out.push('|');
            }
            Tag::TableRow => {
                self.begin(false);
                self.out.push('|');
            }
            Tag::TableCell => self.out.push(' '),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.out.push_str("**"),
            TagEnd::BlockQuote(_) => {
                self.prefixes.pop();
            }
            TagEnd::CodeBlock => self.end_code_block(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => {
                self.open_line();
                self.prefixes.pop();
            }
            TagEnd::Emphasis => self.out.push('*'),
            TagEnd::Strong => self.out.push_str("**"),
            TagEnd::Link => {
                let url = self.links.pop().unwrap_or_default();
                self.out.push_str(&format!("](<{url}>)"));
            }
            TagEnd::Table => self.in_table = false,
            TagEnd::TableHead => {
                self.begin(false);
                self.out.push_str(&format!("|{}", " --- |".repeat(self.columns)));
            }
            TagEnd::TableCell => self.out.push_str(" |"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(block) = &mut self.block {
            block.push_str(text);
            return;
        }
        self.open_line();
        self.out.push_str(&escape::markdown(text));
    }

    fn code(&mut self, text: &str) {
        self.open_line();
        let text = visible(text);
        let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest + 1);
        let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        let text = if self.in_table { text.replace('|', "\\|") } else { text.into_owned() };
        self.out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
    }

    fn line_break(&mut self) {
        if self.in_table {
            self.out.push(' ');
        } else {
            self.out.push('\\');
            self.begin(false);
        }
    }

    fn rule(&mut self) {
        self.begin(true);
        self.out.push_str("---");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_safe_subset_is_kept() {
        let text = "One *two* **three** `four`.\n\n- a\n- b\n\n> c\n\n| x | y |\n| --- | --- |\n| 1 | 2 |\n";
        assert_eq!(
            author_html(text),
            "<p>One <em>two</em> <strong>three</strong> <code>four</code>.</p>\n<ul><li>a</li>\n<li>b</li>\n</ul>\n\
             <blockquote><p>c</p>\n</blockquote>\n<div class=\"scroll\"><table><thead><tr><th scope=\"col\">x</th>\
             <th scope=\"col\">y</th></tr></thead>\n<tbody><tr><td>1</td><td>2</td></tr>\n</tbody></table></div>\n"
        );
        let quoted: Vec<String> = text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
        assert_eq!(author_markdown(text), quoted.join("\n"));
    }

    #[test]
    fn nothing_else_is_markup() {
        let html = author_html("# H\n\n<script>x</script>\n\n[a](javascript:b) ![c](https://d.org/e.png) <b>f</b>");
        assert!(
            !html.contains("<script") && !html.contains("<img") && !html.contains("<a") && !html.contains("<b>"),
            "{html}"
        );
        assert!(!html.contains("<h1"), "{html}");
        assert!(
            html.contains("&lt;script&gt;") && html.contains("<strong>H</strong>") && html.contains(" c "),
            "{html}"
        );
    }

    #[test]
    fn links_to_the_web_are_kept() {
        assert_eq!(
            author_html("[a](https://b.org/?c&d)"),
            "<p><a href=\"https://b.org/?c&amp;d\" rel=\"noopener noreferrer nofollow\">a</a></p>\n"
        );
        assert_eq!(author_markdown("[a](https://b.org/)"), "> [a](<https://b.org/>)");
    }

    #[test]
    fn depth_is_bounded() {
        for text in ["> ".repeat(5_000) + "x", "- ".repeat(5_000) + "x", "*a **b ".repeat(5_000)] {
            assert!(author_html(&text).len() < 20 * text.len());
            assert!(author_markdown(&text).len() < 20 * text.len());
        }
    }
}
