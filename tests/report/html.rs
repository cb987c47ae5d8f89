//! Reads a report as a browser does, with the parser of the HTML standard, and holds it to rules.

use std::cell::Ref;
use std::collections::{BTreeMap, BTreeSet};

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, Node, NodeData, RcDom};

use super::{Report, SMALL, shipped};

/// Elements that a report may have, with their attributes.
const KNOWN: [(&str, &[&str]); 45] = [
    ("html", &["lang"]),
    ("head", &[]),
    ("meta", &["charset", "http-equiv", "content", "name"]),
    ("title", &[]),
    ("style", &[]),
    ("body", &[]),
    ("header", &[]),
    ("main", &[]),
    ("footer", &[]),
    ("nav", &["aria-labelledby"]),
    ("section", &["aria-labelledby"]),
    ("article", &["class", "id"]),
    ("div", &["class", "role", "aria-label", "tabindex", "style"]),
    ("figure", &["class"]),
    ("h1", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("p", &["class", "id"]),
    ("span", &["class", "aria-hidden"]),
    ("strong", &[]),
    ("em", &[]),
    ("a", &["href", "title", "rel"]),
    ("ul", &["class"]),
    ("ol", &["start"]),
    ("li", &["id"]),
    ("dl", &["class"]),
    ("dt", &["class"]),
    ("dd", &[]),
    ("table", &["class"]),
    ("caption", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &["id"]),
    ("th", &["scope"]),
    ("td", &["class"]),
    ("blockquote", &[]),
    ("pre", &[]),
    ("code", &[]),
    ("br", &[]),
    ("hr", &[]),
    // Not in a report by themselves; the parser never makes them up either.
    ("q", &[]),
    ("cite", &[]),
    ("b", &[]),
    ("i", &[]),
    ("small", &[]),
];

/// Elements of a picture in a report.
const DRAWN: [&str; 11] = ["svg", "title", "desc", "defs", "pattern", "g", "a", "path", "rect", "circle", "text"];

/// An element as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// The names of the elements around it, the nearest last.
    pub within: Vec<String>,
    /// Whether it stands in words of the author.
    pub of_author: bool,
    /// All text in it.
    pub text: String,
}

impl Element {
    fn is_drawn(&self) -> bool {
        self.name == "svg" || self.within.contains(&"svg".to_owned())
    }
}

/// Every element in order.
///
/// # Panics
///
/// If the parser of the standard finds anything wrong.
pub fn elements(html: &str) -> Vec<Element> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let errors: Ref<'_, _> = dom.errors.borrow();
    assert!(errors.is_empty(), "the parser of the standard complains: {errors:?}");
    let mut found = Vec::new();
    walk(&dom.document, &mut Vec::new(), false, &mut found);
    found
}

fn walk(node: &Handle, within: &mut Vec<String>, of_author: bool, found: &mut Vec<Element>) {
    let NodeData::Element { name, attrs, .. } = &node.data else {
        node.children.borrow().iter().for_each(|child| walk(child, within, of_author, found));
        return;
    };
    let attributes: BTreeMap<String, String> =
        attrs.borrow().iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
    let name = name.local.to_string();
    let of_author_within = of_author || attributes.get("class").is_some_and(|class| class == "author");
    found.push(Element { name: name.clone(), attributes, within: within.clone(), of_author, text: text(node) });
    within.push(name);
    node.children.borrow().iter().for_each(|child| walk(child, within, of_author_within, found));
    within.pop();
}

fn text(node: &Node) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(|child| text(child)).collect(),
    }
}

/// Every rule that each report has to keep.
pub fn assert_sound(html: &str) {
    let elements = elements(html);
    assert!(html.starts_with("<!DOCTYPE html>\n"));
    assert_known(&elements);
    assert_links_lead_somewhere(&elements);
    assert_headings_in_order(&elements);
    assert_tables_have_headers(&elements);
    assert_nothing_is_loaded(&elements);
}

fn assert_known(elements: &[Element]) {
    for element in elements.iter().filter(|element| element.is_drawn()) {
        assert!(DRAWN.contains(&element.name.as_str()), "{element:?} is no element of a picture");
        let target = element.attributes.get("href");
        assert!(target.is_none_or(|target| target.starts_with("#claim-")), "{element:?}");
        assert!(element.attributes.keys().all(|name| !name.starts_with("on") && name != "style"), "{element:?}");
    }
    for element in elements.iter().filter(|element| !element.is_drawn()) {
        let known = KNOWN.iter().find(|(name, _)| *name == element.name);
        let (_, attributes) = known.unwrap_or_else(|| panic!("{element:?} is no element of a report"));
        for attribute in element.attributes.keys() {
            assert!(attributes.contains(&attribute.as_str()), "{element:?} has `{attribute}`");
        }
    }
    // Paragraphs hold no blocks: the parser would have closed them, and left a stray end.
    let blocks = ["p", "ul", "ol", "dl", "table", "div", "section", "h1", "h2", "h3", "blockquote", "pre"];
    for element in elements.iter().filter(|element| blocks.contains(&element.name.as_str())) {
        assert!(!element.within.contains(&"p".to_owned()), "a block in a paragraph: {element:?}");
    }
    let once = |name: &str| elements.iter().filter(|element| element.name == name && !element.is_drawn()).count();
    for name in ["html", "head", "title", "style", "body", "main", "h1"] {
        assert_eq!(once(name), 1, "{name}");
    }
    assert_eq!(elements[0].attributes["lang"], "en");
}

fn assert_links_lead_somewhere(elements: &[Element]) {
    let mut ids = BTreeSet::new();
    for id in elements.iter().filter_map(|element| element.attributes.get("id")) {
        assert!(ids.insert(id.as_str()), "the id `{id}` is there twice");
    }
    for element in elements {
        if let Some(label) = element.attributes.get("aria-labelledby") {
            assert!(ids.contains(label.as_str()), "nothing is called `{label}`");
        }
        if element.name != "a" {
            continue;
        }
        assert!(!element.text.trim().is_empty(), "a link without words: {element:?}");
        assert!(!element.within.contains(&"a".to_owned()), "a link in a link: {element:?}");
        let target = &element.attributes["href"];
        match target.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "`{target}` leads nowhere"),
            None => {
                assert!(target.starts_with("https://") || target.starts_with("http://"), "{target}");
                assert_eq!(element.attributes["rel"], "noopener noreferrer nofollow");
            }
        }
    }
}

fn assert_headings_in_order(elements: &[Element]) {
    let mut last = 0;
    for element in elements.iter().filter(|element| matches!(element.name.as_str(), "h1" | "h2" | "h3")) {
        let level = element.name[1..].parse::<u8>().expect("a digit");
        assert!(level <= last + 1, "a heading is left out before {element:?}");
        assert!(!element.text.trim().is_empty(), "an empty heading");
        assert!(!element.of_author, "a heading among the author's words: {element:?}");
        last = level;
    }
}

fn assert_tables_have_headers(elements: &[Element]) {
    let count = |name: &str| elements.iter().filter(|element| element.name == name).count();
    assert_eq!(count("table"), count("thead"), "every table has a head");
    for header in elements.iter().filter(|element| element.name == "th") {
        let scope = &header.attributes["scope"];
        let expected = if header.within.contains(&"thead".to_owned()) { "col" } else { "row" };
        assert_eq!(scope, expected, "{header:?}");
    }
}

fn assert_nothing_is_loaded(elements: &[Element]) {
    let policy = elements.iter().find(|element| element.attributes.contains_key("http-equiv")).expect("a policy");
    assert_eq!(policy.attributes["http-equiv"], "Content-Security-Policy");
    assert_eq!(policy.attributes["content"], "default-src 'none'; style-src 'unsafe-inline'");
    let style = elements.iter().find(|element| element.name == "style").expect("a style");
    assert!(!style.text.contains("url(") && !style.text.contains("@import"), "the style loads something");
}

#[test]
fn reports_of_small_cases_are_sound() {
    for name in SMALL {
        assert_sound(&Report::on(&shipped(name)).html);
    }
}

/// The colours of the style, by the block that they stand in: light, dark, print.
fn palettes(html: &str) -> Vec<BTreeMap<String, [f64; 3]>> {
    let blocks = html.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
    blocks.map(|block| block.split(';').filter_map(colour).collect()).collect()
}

fn colour(declaration: &str) -> Option<(String, [f64; 3])> {
    let (name, value) = declaration.trim().strip_prefix("--")?.split_once(':')?;
    let digits = value.trim().strip_prefix('#')?;
    let digits: String =
        if digits.len() == 3 { digits.chars().flat_map(|digit| [digit, digit]).collect() } else { digits.to_owned() };
    let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map(|value| f64::from(value) / 255.0).ok();
    Some((name.to_owned(), [channel(0)?, channel(2)?, channel(4)?]))
}

/// Relative luminance (Web Content Accessibility Guidelines 2.1).
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[test]
fn every_colour_of_text_stands_out_from_every_ground() {
    let html = Report::on(&shipped("two-sources.ron")).html;
    let palettes = palettes(&html);
    assert_eq!(palettes.len(), 3, "light, dark and print");
    for palette in palettes {
        for text in ["ink", "soft", "link", "for", "contest", "against", "open"] {
            for ground in ["page", "card", "mark"] {
                let (one, other) = (luminance(palette[text]), luminance(palette[ground]));
                let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                assert!(contrast >= 4.5, "--{text} on --{ground}: {contrast:.2}");
            }
        }
    }
}

/// Black on white is 21 to 1, and the grey #777 just misses 4.5 (both from the guidelines).
#[test]
fn contrast_is_reckoned_as_the_guidelines_do() {
    let contrast = |grey: f64| 1.05 / (luminance([grey; 3]) + 0.05);
    assert!((contrast(0.0) - 21.0).abs() < 1e-9);
    assert!((contrast(f64::from(0x77_u8) / 255.0) - 4.48).abs() < 0.01);
}
