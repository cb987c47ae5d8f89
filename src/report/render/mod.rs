//! A report as Markdown or HTML: templates over one document, with every text of an author escaped by default.
//!
//! A template writes `{{ … }}` and cannot forget to escape: the formatter below does it, by the format that the
//! template's name ends in. What is to stand unescaped has to be marked as safe, which only the rendering of the
//! author's own Markdown does, in `author`, after taking it apart, and the markup of a picture, in which it was escaped when it was
//! drawn.

pub(in crate::report) mod author;
mod pictures;

use serde::Serialize;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, Output, State};

use super::article::{Brief, Document, is_safe};
use crate::escape;
use author::{author_html, author_markdown};
pub use pictures::{Figure, Markup, Pictures, no_more_pictures};
use pictures::{least_width, link_target};

/// A report as one Markdown text (CommonMark, with tables).
pub fn markdown(document: &Document) -> String {
    markdown_with(document, &Pictures::default())
}

/// The same with pictures, which lie beside it.
pub fn markdown_with(document: &Document, pictures: &Pictures) -> String {
    render(document, pictures, "report.md")
}

/// A report as one self-contained HTML file.
pub fn html(document: &Document) -> String {
    html_with(document, &Pictures::default())
}

/// The same with pictures, which are in the file.
pub fn html_with(document: &Document, pictures: &Pictures) -> String {
    render(document, pictures, "report.html")
}

/// A report on one page as Markdown.
pub fn brief_markdown(brief: &Brief<'_>) -> String {
    render(brief, &Pictures::default(), "brief.md")
}

/// A report on one page as one self-contained HTML file.
pub fn brief_html(brief: &Brief<'_>) -> String {
    render(brief, &Pictures::default(), "brief.html")
}

/// What a template is given.
#[derive(Serialize)]
struct Illustrated<'d, D> {
    #[serde(flatten)]
    document: &'d D,
    pictures: &'d Pictures,
}

fn render(document: &impl Serialize, pictures: &Pictures, name: &str) -> String {
    let environment = environment();
    let template = environment.get_template(name).expect("the template is embedded");
    template
        .render(Serde(&Illustrated { document, pictures }))
        .unwrap_or_else(|error| panic!("the template {name} fits the document: {error:#}"))
}

fn environment() -> Environment<'static> {
    // Empty but for what the templates use: nothing is there that marks a value as safe.
    let mut environment = Environment::empty();
    environment.add_filter("length", minijinja::filters::length);
    environment.add_test("none", minijinja::tests::is_none);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("only white space differs from the usual syntax"));
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("html") => AutoEscape::Html,
        Some("css") => AutoEscape::None,
        _ => AutoEscape::Custom("markdown".into()),
    });
    environment.set_formatter(escaped);
    environment.add_filter("author", author);
    environment.add_filter("link", link);
    environment.add_filter("drawn", drawn);
    environment.add_filter("least_width", least_width);
    environment.add_filter("file", file);
    environment.add_filter("no_more_pictures", no_more_pictures);
    for (name, source) in [
        ("macros.md", include_str!("../templates/macros.md")),
        ("macros.html", include_str!("../templates/macros.html")),
        ("opening.md", include_str!("../templates/opening.md")),
        ("opening.html", include_str!("../templates/opening.html")),
        ("brief.md", include_str!("../templates/brief.md")),
        ("brief.html", include_str!("../templates/brief.html")),
        ("report.md", include_str!("../templates/report.md")),
        ("report.html", include_str!("../templates/report.html")),
        ("brief.css", include_str!("../templates/brief.css")),
        ("picture.css", include_str!("../templates/picture.css")),
        ("report.css", include_str!("../templates/report.css")),
    ] {
        environment.add_template(name, source).unwrap_or_else(|error| panic!("{name} is a template: {error:#}"));
    }
    environment
}

/// Writes a value as the format of the template asks.
fn escaped(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let text = value.to_string();
    let text = match state.auto_escape() {
        _ if value.is_safe() => text,
        AutoEscape::None => text,
        AutoEscape::Html => escape::html(&text),
        _ => escape::markdown(&text),
    };
    out.write_str(&text).map_err(Error::from)
}

/// The author's own Markdown, made safe for the format of the template.
fn author(state: &State<'_, '_>, text: &str) -> Value {
    Value::from_safe_string(match state.auto_escape() {
        AutoEscape::Html => author_html(text),
        _ => author_markdown(text),
    })
}

/// The markup of a picture, in which texts were escaped when it was drawn.
fn drawn(markup: &str) -> Value {
    Value::from_safe_string(markup.to_owned())
}

/// Where a picture lies, as the target of a link.
fn file(path: &str) -> Value {
    Value::from_safe_string(link_target(path))
}

/// The target of a link in Markdown; what is no safe one leads nowhere.
fn link(url: &str) -> Value {
    Value::from_safe_string(if is_safe(url) { format!("<{url}>") } else { String::new() })
}
