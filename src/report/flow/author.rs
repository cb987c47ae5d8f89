//! The author's own Markdown as blocks: the same safe subset as in every other format.

use pulldown_cmark::{Tag, TagEnd};

use crate::escape::visible_lines;
use crate::report::render::author::{Subset, walk};

use super::block::{Block, Indent, Row, Run, Table, Target};

/// Author's Markdown as blocks.
pub(super) fn author_blocks(text: &str) -> Vec<Block> {
    let mut blocks = Blocks::default();
    walk(text, &mut blocks);
    blocks.end();
    blocks.done
}

/// Blocks so far, and the one that is being written.
#[derive(Default)]
struct Blocks {
    done: Vec<Block>,
    text: Vec<Run>,
    bold: usize,
    italic: usize,
    link: Option<String>,
    quotes: usize,
    /// The open lists, each with the number of its next item, if they are numbered.
    lists: Vec<Option<u64>>,
    /// The sign of the item that has begun, until something is written of it.
    sign: Option<String>,
    table: Option<(Vec<Vec<Run>>, Vec<Row>)>,
    is_head: bool,
    cells: Vec<Vec<Run>>,
    is_code: bool,
}

impl Blocks {
    /// Ends the paragraph that is being written.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.iter().all(|run| run.text.trim().is_empty()) {
            return;
        }
        let depth = self.lists.len();
        let indent = match self.sign.take() {
            Some(sign) => Indent::Item { sign, of_author: true, depth },
            None => Indent::Author(self.quotes + depth),
        };
        self.done.push(Block::Paragraph { indent, anchor: String::new(), text });
    }

    fn add(&mut self, text: &str) {
        self.push(Run::of(text));
    }

    fn push(&mut self, run: Run) {
        let target = self.link.clone().map(Target::Web);
        self.text.push(Run { bold: self.bold > 0, italic: self.italic > 0, target, ..run });
    }
}

impl Subset for Blocks {
    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.end(),
            Tag::Heading { .. } => {
                self.end();
                self.bold += 1;
            }
            Tag::BlockQuote(_) => {
                self.end();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.end();
                self.is_code = true;
            }
            Tag::List(start) => {
                self.end();
                self.lists.push(*start);
            }
            Tag::Item => {
                self.end();
                let sign = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        format!("{}.", *number - 1)
                    }
                    _ => "•".to_owned(),
                };
                self.sign = Some(sign);
            }
            Tag::Emphasis => self.italic += 1,
            Tag::Strong => self.bold += 1,
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.to_string()),
            Tag::Table(_) => {
                self.end();
                self.table = Some((Vec::new(), Vec::new()));
            }
            Tag::TableHead => self.is_head = true,
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.end(),
            TagEnd::Heading(_) => {
                self.bold -= 1;
                self.end();
            }
            TagEnd::BlockQuote(_) => {
                self.end();
                self.quotes -= 1;
            }
            TagEnd::CodeBlock => {
                if let Some(last) = self.text.last_mut() {
                    last.text.truncate(last.text.trim_end_matches('\n').len());
                }
                self.end();
                self.is_code = false;
            }
            TagEnd::Item => {
                self.end();
                self.sign = None;
            }
            TagEnd::List(_) => {
                self.end();
                self.lists.pop();
            }
            TagEnd::Emphasis => self.italic -= 1,
            TagEnd::Strong => self.bold -= 1,
            TagEnd::Link => self.link = None,
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.text)),
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells = std::mem::take(&mut self.cells);
                if let Some((head, rows)) = &mut self.table {
                    if self.is_head { *head = cells } else { rows.push(Row { anchor: String::new(), cells }) }
                }
                self.is_head = false;
            }
            TagEnd::Table => {
                if let Some((head, rows)) = self.table.take() {
                    let share = 1.0 / head.len().max(1) as f64;
                    self.done.push(Block::Table(Table {
                        widths: vec![share; head.len()],
                        head,
                        rows,
                        of_author: true,
                    }));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_code { self.code(text) } else { self.add(text) }
    }

    fn code(&mut self, text: &str) {
        self.push(Run { text: visible_lines(text).into_owned(), code: true, ..Run::default() });
    }

    fn line_break(&mut self) {
        if self.table.is_some() { self.add(" ") } else { self.end() }
    }

    fn rule(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subset_is_kept_and_nothing_else() {
        let blocks = author_blocks(
            "One *two* **three**.\n\n1. a\n2. b\n\n<script>x</script>\n\n[a](javascript:b) [c](https://d.org)\n",
        );
        let paragraphs: Vec<(Indent, String)> = blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph { indent, text, .. } => {
                    (indent.clone(), text.iter().map(|run| run.text.as_str()).collect())
                }
                other => panic!("{other:?}"),
            })
            .collect();
        let item = |sign: &str| Indent::Item { sign: sign.to_owned(), of_author: true, depth: 1 };
        let trimmed: Vec<(Indent, &str)> =
            paragraphs.iter().map(|(indent, text)| (indent.clone(), text.trim())).collect();
        assert_eq!(
            trimmed,
            [
                (Indent::Author(0), "One two three."),
                (item("1."), "a"),
                (item("2."), "b"),
                (Indent::Author(0), "<script>x</script>"),
                (Indent::Author(0), "a c"),
            ]
        );
        let Some(Block::Paragraph { text, .. }) = blocks.last() else { panic!("{blocks:?}") };
        let links: Vec<&Target> = text.iter().filter_map(|run| run.target.as_ref()).collect();
        assert_eq!(links, [&Target::Web("https://d.org".to_owned())]);
    }

    #[test]
    fn a_table_keeps_its_cells() {
        let blocks = author_blocks("| x | y |\n| --- | --- |\n| 1 | 2 |\n");
        let [Block::Table(table)] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!((table.head.len(), table.rows.len(), table.rows[0].cells.len()), (2, 1, 2));
    }
}
