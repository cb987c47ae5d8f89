//! Hostile text in every text field of a case: it stays where it is, as the text that it is.
//!
//! A report with a hostile text is held against the same report with a tame one: whatever a parser finds besides text
//! has to be the same.

use evigraph::Case;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{Report, case, html, markdown};

/// A case with a text of every kind; `{…}` is where one stands. Texts in which Markdown is allowed come last.
const FIELDS: [&str; 25] = [
    "title",
    "actor",
    "actor-kind",
    "alias",
    "tag",
    "document",
    "document-kind",
    "url",
    "locator",
    "date",
    "place",
    "collection",
    "claim",
    "rival",
    "at",
    "quote",
    "relationship-kind",
    "scheme",
    "question",
    "section",
    "headline",
    // Markdown
    "summary",
    "section-text",
    "claim-note",
    "source-note",
];

/// From here on Markdown is allowed.
const MARKDOWN_FROM: usize = 21;

/// The case with one text in some of its fields, and their names in the others.
fn written(fields: &[&str], text: &str) -> String {
    let of = |name: &str| if fields.contains(&name) { format!("{text:?}") } else { format!("{name:?}") };
    format!(
        r#"Case(
            title: {title}, summary: {summary},
            actors: {{ "a": (name: {actor}, kind: Other({actor_kind}), aliases: [{alias}], reliability: C), "b": (name: "B") }},
            documents: {{
                "d": (title: {document}, kind: Other({document_kind}), by: ["a"], url: {url}, locator: {locator}, date: {date}, reliability: C,
                      collection: "c", places: [{place}], tags: [{tag}], withheld: Heavy, note: {source_note}, derives_from: ["a"]),
                "c": (title: {collection}, kind: Archive, reliability: A),
            }},
            claims: {{
                "one": (text: {claim}, rivals: ["two"], note: {claim_note},
                        evidence: [Supports(from: "d", as: Finding, strength: 0.9, at: {at}, quote: {quote})]),
                "two": (text: {rival}, evidence: [Supports(from: "a", strength: 0.9), Opposes(from: "c", as: Exhibit)]),
                "three": (text: {headline}, kind: Generalisation),
            }},
            relationships: {{ "r": (from: "a", to: "b", kind: Other({relationship_kind}), evidence: [Supports(from: "d")]) }},
            inferences: {{ "i": (given: ["one"], to: "three", effect: Supports, scheme: {scheme}) }},
            questions: {{ "q": (text: {question}, claims: ["one", "two", "three"]), "p": (text: "Another", claims: ["three"]) }},
            report: (sections: [(title: {section}, claims: ["one", "two"], text: {section_text})]),
        )"#,
        title = of("title"),
        summary = of("summary"),
        actor = of("actor"),
        actor_kind = of("actor-kind"),
        alias = of("alias"),
        document = of("document"),
        document_kind = of("document-kind"),
        url = of("url"),
        locator = of("locator"),
        date = of("date"),
        place = of("place"),
        tag = of("tag"),
        source_note = of("source-note"),
        collection = of("collection"),
        claim = of("claim"),
        claim_note = of("claim-note"),
        at = of("at"),
        quote = of("quote"),
        rival = of("rival"),
        headline = of("headline"),
        relationship_kind = of("relationship-kind"),
        scheme = of("scheme"),
        question = of("question"),
        section = of("section"),
        section_text = of("section-text"),
    )
}

fn with(field: &str, text: &str) -> Case {
    case(&written(&[field], text))
}

const HOSTILE: [&str; 40] = [
    "<script>alert(1)</script>",
    "</title></style></h1><img src=x onerror=alert(1)>",
    "](javascript:alert(1))",
    "[x](javascript:alert(1)) [y](https://evil.example) ![z](https://evil.example/z.png)",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "&lt;script&gt; &#60;b&#62; &amp;amp;",
    "<!-- open comment",
    "--> ]]> <![CDATA[",
    "a\u{202e}gnp.exe\u{2066}b\u{200f}",
    "\u{1b}[31m\u{0}\u{7}\u{9b}\u{feff}",
    "```\nfence\n```",
    "~~~",
    "`one ``two ```three",
    "a | b |\n| --- | --- |\n| c | d |",
    "text\n# heading\n\n- item\n\n    code",
    "text\n===",
    "text\n---",
    "# heading #",
    "1. one",
    "- item",
    "+ item",
    "> quotation",
    "    indented",
    "***",
    "*emphasis* **strong** _under_ __score__ ~~strike~~ $math$ $$block$$",
    "<https://evil.example>",
    "https://evil.example www.evil.example",
    "[1]: https://evil.example",
    "[^1] [^1]: note",
    "- [ ] task",
    "heading {#id .class}",
    ": definition",
    "backslash \\",
    "\\",
    "{{ 7 * 7 }} {% raw %} {# comment #}",
    "",
    "   ",
    "“quoted” and “unclosed",
    "| a\\| b",
];

fn shape(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let elements = html::elements(html).into_iter().filter(|element| !element.of_author);
    let attributes =
        |element: html::Element| element.attributes.into_iter().filter(|(name, _)| name != "title").collect::<Vec<_>>();
    elements.map(|element| (element.name.clone(), attributes(element))).collect()
}

fn assert_same_shape(hostile: &Report, tame: &Report, what: &str) {
    assert_eq!(shape(&hostile.html), shape(&tame.html), "{what}");
    assert_eq!(
        markdown::skeleton(&hostile.markdown),
        markdown::skeleton(&tame.markdown),
        "{what}:\n{}",
        hostile.markdown
    );
}

#[test]
fn plain_text_fields_hold_text_only() {
    let tame = Report::on(&with("none", ""));
    for text in HOSTILE {
        let hostile = Report::on(&case(&written(&FIELDS[..MARKDOWN_FROM], text)));
        html::assert_sound(&hostile.html);
        markdown::assert_sound(&hostile.markdown);
        assert_same_shape(&hostile, &tame, text);
        assert_visible(&hostile, text);
    }
}

#[test]
fn markdown_of_the_author_stays_within_its_subset() {
    for text in HOSTILE {
        let hostile = Report::on(&case(&written(&FIELDS[MARKDOWN_FROM..], text)));
        html::assert_sound(&hostile.html);
        markdown::assert_sound(&hostile.markdown);
        assert_visible(&hostile, text);
        for link in html::elements(&hostile.html).into_iter().filter(|one| one.of_author && one.name == "a") {
            let target = &link.attributes["href"];
            assert!(target.starts_with("https://evil.example"), "{text}: {target}");
        }
    }
}

/// Nothing that a terminal or a reader of bidirectional text would obey.
fn assert_visible(report: &Report, what: &str) {
    for text in [&report.html, &report.markdown] {
        let hidden =
            |letter: char| letter.is_control() && letter != '\n' || "\u{202e}\u{2066}\u{200f}\u{feff}".contains(letter);
        assert!(!text.contains(hidden), "{what}");
    }
}

/// The text is there, as it was written.
#[test]
fn what_is_hostile_can_still_be_read() {
    for field in ["title", "document", "claim", "question", "section", "scheme", "locator"] {
        let report = Report::on(&with(field, "<b>&lt; ](x) `c` | d* [1]"));
        let words: String = html::elements(&report.html)[0].text.clone();
        assert!(words.contains("<b>&lt; ](x) `c` | d* [1]"), "{field}");
        assert!(markdown::text(&report.markdown).contains("<b>&lt; ](x) `c` | d* [1]"), "{field}");
    }
}

#[test]
fn a_very_long_text_is_reported_once() {
    const LONG: usize = 100_000;
    for field in ["title", "claim", "rival", "document", "actor", "question", "section", "at", "headline"] {
        let report = Report::on(&with(field, &"x".repeat(LONG)));
        html::assert_sound(&report.html);
        markdown::assert_sound(&report.markdown);
        assert!(report.html.len() < 6 * LONG && report.markdown.len() < 6 * LONG, "{field}: {}", report.html.len());
        assert!(report.html.contains(&"x".repeat(LONG)), "{field} is given whole");
    }
}

#[test]
fn text_of_a_template_in_a_text_is_text() {
    let report = Report::on(&with("title", "{{ 7 * 7 }}"));
    assert!(report.html.contains("<h1>{{ 7 * 7 }}</h1>"));
}

/// Only the web is linked to, and only by plain addresses.
#[test]
fn urls_become_links_only_if_they_lead_to_the_web() {
    let linked = |url: &str| {
        let elements = html::elements(&Report::on(&with("url", url)).html);
        elements.iter().any(|element| element.attributes.contains_key("rel"))
    };
    assert!(linked("https://example.org/a?b=(c)&d"));
    for url in
        ["javascript:alert(1)", "data:text/html,<b>", "//evil.example", "ftp://example.org", "https://a@b.example/"]
    {
        assert!(!linked(url), "{url}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48, rng_seed: RngSeed::Fixed(203), failure_persistence: None, ..ProptestConfig::default()
    })]

    /// Whatever the text, and wherever it stands.
    #[test]
    fn any_text_anywhere_stays_in_its_place(
        field in 0..FIELDS.len(),
        text in proptest::collection::vec(
            prop_oneof![
                Just("<"), Just(">"), Just("&"), Just("\""), Just("'"), Just("`"), Just("*"), Just("_"), Just("["), Just("]"),
                Just("("), Just(")"), Just("|"), Just("\n"), Just(" "), Just("#"), Just("-"), Just("1."), Just("\\"), Just("!"),
                Just("http://x.y"), Just("www."), Just("javascript:"), Just("script"), Just("a"), Just("{"), Just("}"), Just("~"),
                Just("="), Just("$"), Just("^"), Just(":"), Just("\u{202e}"), Just("é"), Just("\t"),
            ],
            0..24,
        ),
    ) {
        let report = Report::on(&with(FIELDS[field], &text.concat()));
        html::assert_sound(&report.html);
        markdown::assert_sound(&report.markdown);
        if field < MARKDOWN_FROM {
            assert_same_shape(&report, &Report::on(&with("none", "")), FIELDS[field]);
        }
    }
}
