//! SVG.
//!
//! Text stays text, not outlines: it can be searched and read aloud. Each line states its length in the built-in font,
//! so that it stays within its box whatever font the reader has.

use super::hatching::{Hatching, TILE};
use super::markup::{Markup, number};
use super::options::View;
use super::picture::{FADED, Fill, Group, Item, Outline, Path, Picture, Placed, Shape, Step, Words};
use super::text::{FAMILY, Weight};

/// A picture as SVG. The same picture gives the same bytes.
///
/// Cost: linear in the picture.
pub fn svg(picture: &Picture) -> String {
    write(picture, Setting::Alone, |_| {}, write_words)
}

/// A picture as one of several in a page: it states its view, and shares no id with the others.
pub(super) fn svg_in_page(picture: &Picture, view: View) -> String {
    write(picture, Setting::Explorer(view), |_| {}, write_words)
}

/// A picture as SVG for the inside of a report in HTML: its ids begin with a name that no other picture of the report has, and
/// the boxes of statements lead to the entries that tell of them.
pub fn svg_in_report(picture: &Picture, name: &str) -> String {
    write(picture, Setting::Report(name), |_| {}, write_words)
}

/// Where a picture stands.
#[derive(Debug, Clone, Copy)]
enum Setting<'a> {
    /// In a file of its own.
    Alone,
    /// In the explorer, as one of its views.
    Explorer(View),
    /// In a report, by its name there.
    Report(&'a str),
}

impl Setting<'_> {
    /// What ids of the picture begin with.
    fn prefix(self) -> String {
        match self {
            Self::Alone => String::new(),
            Self::Explorer(view) => format!("{}-", view.id()),
            Self::Report(name) => format!("{name}-"),
        }
    }

    /// Where a group leads, if it is a link.
    fn target(self, group: &Group) -> Option<String> {
        let value = |name: &str| group.data.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
        let has_verdict = value("data-verdict").is_some_and(|verdict| !verdict.is_empty());
        let id = value("data-id").filter(|_| has_verdict && matches!(self, Self::Report(_)))?;
        Some(format!("#claim-{id}"))
    }
}

/// A picture as SVG with text written in another way: what that defines, and how it writes a line.
#[cfg(feature = "raster")]
pub(super) fn write_with(
    picture: &Picture,
    define: impl FnOnce(&mut Markup),
    words: impl FnMut(&mut Markup, &Words),
) -> String {
    write(picture, Setting::Alone, define, words)
}

fn write(
    picture: &Picture,
    setting: Setting<'_>,
    define: impl FnOnce(&mut Markup),
    mut words: impl FnMut(&mut Markup, &Words),
) -> String {
    let prefix = setting.prefix();
    let mut markup = Markup::default();
    begin_document(&mut markup, picture, setting);
    let id = |what: &str| if prefix.is_empty() { String::new() } else { format!("{prefix}{what}") };
    markup.leaf("title", &[("id", &id("title"))], &picture.title);
    if let Some(description) = &picture.description {
        markup.leaf("desc", &[("id", &id("desc"))], description);
    }
    patterns(&mut markup, &prefix, define);
    markup.empty("rect", &[("width", "100%"), ("height", "100%"), ("fill", "#ffffff")]);
    let mut are_links = Vec::new();
    for item in &picture.items {
        match item {
            Item::Begin(group) => {
                let target = setting.target(group);
                if let Some(target) = &target {
                    markup.begin("a", &[("href", target)]);
                }
                are_links.push(target.is_some());
                begin(&mut markup, group, &prefix);
            }
            Item::End => {
                markup.end();
                if are_links.pop() == Some(true) {
                    markup.end();
                }
            }
            Item::Shape(shape) => draw(&mut markup, shape, &prefix),
            Item::Words(line) => words(&mut markup, line),
        }
    }
    markup.end();
    markup.finish()
}

/// A picture whose parts can be reached one by one is a group of them, with its title and its description; else it is an image.
fn begin_document(markup: &mut Markup, picture: &Picture, setting: Setting<'_>) {
    let prefix = setting.prefix();
    let (view, role, titled, described) = match setting {
        Setting::Alone => (String::new(), "img", String::new(), String::new()),
        Setting::Explorer(view) => (view.id(), "group", format!("{prefix}title"), format!("{prefix}desc")),
        Setting::Report(_) => (String::new(), "group", format!("{prefix}title"), format!("{prefix}desc")),
    };
    let (width, height) = (number(picture.width), number(picture.height));
    markup.begin(
        "svg",
        &[
            ("data-view", &view),
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &width),
            ("height", &height),
            ("viewBox", &format!("0 0 {width} {height}")),
            ("font-family", &format!("'{FAMILY}', 'Arial Narrow', 'Liberation Sans Narrow', Arial, sans-serif")),
            ("role", role),
            ("aria-labelledby", &titled),
            ("aria-describedby", &described),
        ],
    );
}

fn patterns(markup: &mut Markup, prefix: &str, define: impl FnOnce(&mut Markup)) {
    markup.begin("defs", &[]);
    for (id, hatching) in [("against", Hatching::against()), ("both", Hatching::conflict())] {
        let (id, side) = (format!("{prefix}{id}"), number(TILE));
        let size = [("id", id.as_str()), ("width", &side), ("height", &side), ("patternUnits", "userSpaceOnUse")];
        markup.begin("pattern", &size);
        markup.empty("rect", &[("width", &side), ("height", &side), ("fill", hatching.ground)]);
        for (path, stroke) in &hatching.lines {
            let width = stroke.width.map(number).unwrap_or_default();
            let colour = stroke.colour.unwrap_or_default();
            markup.empty("path", &[("d", &commands(path)), ("stroke", colour), ("stroke-width", &width)]);
        }
        markup.end();
    }
    define(markup);
    markup.end();
}

fn begin(markup: &mut Markup, group: &Group, prefix: &str) {
    let id = if group.id.is_empty() { String::new() } else { format!("{prefix}{}", group.id) };
    let transform = match group.placed {
        Some(Placed::Moved(by)) => format!("translate({} {})", number(by.x), number(by.y)),
        Some(Placed::Upwards(about)) => format!("rotate(-90 {} {})", number(about.x), number(about.y)),
        None => String::new(),
    };
    // Opacity of strokes and fills, not of the group: renderers paint a group with an opacity on a layer of its own, as
    // large as the page.
    let opacity = if group.faded { FADED.to_string() } else { String::new() };
    let data = group.data.iter().map(|(key, value)| (*key, value.as_str()));
    let looks = [("transform", transform.as_str()), ("stroke-opacity", &opacity), ("fill-opacity", &opacity)];
    let attributes: Vec<(&str, &str)> =
        [("class", group.class.as_str()), ("id", id.as_str())].into_iter().chain(data).chain(looks).collect();
    markup.begin("g", &attributes);
    if let Some(title) = &group.title {
        markup.leaf("title", &[], title);
    }
}

fn draw(markup: &mut Markup, shape: &Shape, prefix: &str) {
    let (name, place) = match &shape.outline {
        Outline::Path(path) => ("path", vec![("d", commands(path))]),
        Outline::Box(rect, radius) => {
            let sides = [("x", rect.x), ("y", rect.y), ("width", rect.width), ("height", rect.height)];
            let radius = (*radius > 0.0).then_some(("rx", *radius));
            ("rect", sides.into_iter().chain(radius).map(|(key, value)| (key, number(value))).collect())
        }
        Outline::Circle(middle, radius) => {
            let measures = [("cx", middle.x), ("cy", middle.y), ("r", *radius)];
            ("circle", measures.map(|(key, value)| (key, number(value))).into())
        }
    };
    let paint = paint(shape, prefix);
    let attributes: Vec<(&str, &str)> = place.iter().chain(&paint).map(|(key, value)| (*key, value.as_str())).collect();
    markup.empty(name, &attributes);
}

fn paint(shape: &Shape, prefix: &str) -> Vec<(&'static str, String)> {
    let fill = match shape.fill {
        Fill::None => "none".to_owned(),
        Fill::Plain(colour) => colour.to_owned(),
        Fill::Against => format!("url(#{prefix}against)"),
        Fill::Conflict => format!("url(#{prefix}both)"),
    };
    let mut paint = vec![("fill", fill)];
    if let Some(stroke) = shape.stroke {
        let dashes: Vec<String> = stroke.dash.iter().map(|&length| number(length)).collect();
        paint.push(("stroke", stroke.colour.unwrap_or("none").to_owned()));
        paint.push(("stroke-width", stroke.width.map(number).unwrap_or_default()));
        paint.push(("stroke-dasharray", dashes.join(" ")));
    }
    paint
}

/// The value of the attribute `d`.
fn commands(path: &Path) -> String {
    let mut commands = String::new();
    let mut step = |command: char, numbers: &[f64]| {
        commands.push(command);
        let numbers: Vec<String> = numbers.iter().map(|&value| number(value)).collect();
        commands.push_str(&numbers.join(" "));
    };
    for one in &path.0 {
        match *one {
            Step::Move(to) => step('M', &[to.x, to.y]),
            Step::Line(to) => step('L', &[to.x, to.y]),
            Step::Horizontal(x) => step('H', &[x]),
            Step::Vertical(y) => step('V', &[y]),
            Step::Curve(one, other, to) => step('C', &[one.x, one.y, other.x, other.y, to.x, to.y]),
            Step::Arc { radius, clockwise, to } => {
                step('A', &[radius, radius, 0.0, 0.0, f64::from(u8::from(clockwise)), to.x, to.y]);
            }
            Step::Close => step('Z', &[]),
        }
    }
    commands
}

fn write_words(markup: &mut Markup, words: &Words) {
    let (x, y, long) = (number(words.at.x), number(words.at.y), number(words.width));
    markup.leaf(
        "text",
        &[
            ("x", &x),
            ("y", &y),
            ("font-size", &number(words.letters.size)),
            ("font-weight", if words.letters.weight == Weight::Bold { "bold" } else { "" }),
            ("fill", words.letters.colour),
            ("textLength", &long),
            ("lengthAdjust", "spacingAndGlyphs"),
        ],
        &words.text,
    );
}
