//! Reads a report as a reader of Markdown does, and holds it to rules.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::{Report, SMALL, shipped};

/// What Markdown comes to, without its text: tags and what links lead to.
pub fn skeleton(markdown: &str) -> Vec<String> {
    let events = parse(markdown).filter(|event| !matches!(event, Event::Text(_) | Event::SoftBreak));
    let mut skeleton: Vec<String> = events.map(|event| format!("{event:?}")).collect();
    skeleton.dedup_by(|one, other| one == other && one.contains("Code"));
    skeleton
}

/// The text of Markdown without its tags.
pub fn text(markdown: &str) -> String {
    let words = parse(markdown).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        Event::SoftBreak | Event::HardBreak => Some(" ".to_owned()),
        _ => None,
    });
    words.collect()
}

fn parse(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    let all = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    Parser::new_ext(markdown, all)
}

/// Every rule that each report has to keep.
pub fn assert_sound(markdown: &str) {
    let mut levels = 0;
    for event in parse(markdown) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("an element of HTML: {html}"),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                assert_eq!(link_type, LinkType::Inline, "{dest_url}");
                let internal = dest_url.strip_prefix("#source-").is_some_and(|number| number.parse::<u64>().is_ok());
                assert!(internal || dest_url.starts_with("https://") || dest_url.starts_with("http://"), "{dest_url}");
                if internal {
                    let heading = format!("\n### Source {}\n", &dest_url["#source-".len()..]);
                    assert!(markdown.contains(&heading), "{dest_url} leads nowhere");
                }
            }
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                assert!(id.is_none() && classes.is_empty() && attrs.is_empty(), "a heading with attributes");
                assert!(level as usize <= levels + 1, "a heading is left out");
                levels = level as usize;
            }
            Event::Start(
                Tag::Image { .. }
                | Tag::FootnoteDefinition(_)
                | Tag::HtmlBlock
                | Tag::MetadataBlock(_)
                | Tag::Strikethrough,
            )
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => panic!("{event:?}"),
            _ => {}
        }
    }
}

#[test]
fn reports_of_small_cases_are_sound() {
    for name in SMALL {
        assert_sound(&Report::on(&shipped(name)).markdown);
    }
}

#[test]
fn no_line_ends_in_a_space_and_no_gap_is_wider_than_one_line() {
    let markdown = Report::on(&shipped("recantation.ron")).markdown;
    assert!(!markdown.contains("\n\n\n"), "{markdown}");
    assert!(markdown.lines().all(|line| line.trim_end() == line), "{markdown}");
    assert!(markdown.ends_with('\n') && !markdown.ends_with("\n\n"));
}
