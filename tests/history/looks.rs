//! A picture of time read back: where its words and bars really stand. Nothing here knows how it was drawn.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use crate::diagram::picture::{Area, ends, fonts, measured};

/// A stretch of a bar.
#[derive(Debug)]
pub struct Span {
    pub verdict: String,
    pub start: f64,
    pub end: f64,
}

/// Every line of text is as wide as it says, on the page, and apart from every other.
pub fn assert_readable(name: &str, svg: &str) {
    let document = Document::parse(svg).expect("it is XML");
    let root = document.root_element();
    let [width, height] = ["width", "height"].map(|side| number(root, side));
    let fonts = fonts();
    let mut words: Vec<(String, Area)> = root
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .map(|text| (text.text().expect("words").to_owned(), area(text, &fonts)))
        .collect();
    assert!(words.len() > 1, "{name}: words were found");
    for (text, area) in &words {
        let page = Area { left: 0.0, top: 0.0, right: width, bottom: height };
        assert!(page.holds(*area, 0.01), "{name}: {text:?} leaves the page: {area:?}");
    }
    words.sort_by(|one, other| one.1.top.total_cmp(&other.1.top));
    for (at, (one, area)) in words.iter().enumerate() {
        for (other, beside) in words[at + 1..].iter().take_while(|(_, beside)| beside.top < area.bottom) {
            assert!(!area.overlaps(*beside), "{name}: {one:?} and {other:?} overlap: {area:?} {beside:?}");
        }
    }
}

/// The stretches of each row that has any, by their places.
pub fn spans(svg: &str) -> Vec<Vec<Span>> {
    let document = Document::parse(svg).expect("it is XML");
    let mut rows: BTreeMap<i64, Vec<Span>> = BTreeMap::new();
    let by_class = |class: &'static str| move |node: &Node<'_, '_>| node.attribute("class") == Some(class);
    for span in document.descendants().filter(by_class("span")) {
        let outline = span.children().find(|child| child.has_tag_name("path")).expect("an outline");
        let points = ends(outline.attribute("d").expect("a path"));
        let across = points.iter().map(|point| point.0);
        let (start, end) = (across.clone().fold(f64::MAX, f64::min), across.fold(f64::MIN, f64::max));
        let top = points.iter().map(|point| point.1).fold(f64::MAX, f64::min);
        let verdict = span.attribute("data-verdict").expect("a verdict").to_owned();
        rows.entry(top.round() as i64).or_default().push(Span { verdict, start, end });
    }
    rows.into_values().collect()
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{name} is a number"))
}

/// Where a line of text stands, moved by the groups that it is in.
fn area(text: Node<'_, '_>, fonts: &BTreeMap<bool, Vec<u8>>) -> Area {
    let words = text.text().expect("words");
    let (size, bold) = (number(text, "font-size"), text.attribute("font-weight") == Some("bold"));
    let width = measured(words, size, &fonts[&bold]);
    assert!((width - number(text, "textLength")).abs() < 0.02, "{words:?} is {width} wide");
    let (mut x, mut y) = (number(text, "x"), number(text, "y"));
    for group in text.ancestors().filter_map(|node| node.attribute("transform")) {
        let moved = group.strip_prefix("translate(").and_then(|rest| rest.strip_suffix(')')).expect("it is moved");
        let (right, down) = moved.split_once(' ').expect("two numbers");
        x += right.parse::<f64>().expect("a number");
        y += down.parse::<f64>().expect("a number");
    }
    Area { left: x, right: x + width, top: y - 0.78 * size, bottom: y + 0.22 * size }
}
