//! A report with its pictures in one HTML file.

use crate::diagram::{Illustrations, Picture, svg_in_report};
use crate::report::{Document, Figure, Markup, Pictures, html_with};

/// The report as one self-contained HTML file, with its pictures in it.
pub fn illustrated_html(document: &Document, drawn: &Illustrations) -> String {
    let inside = |picture: &Picture, name: &str| {
        Ok::<_, std::convert::Infallible>(Figure { markup: Markup(svg_in_report(picture, name)), ..figure(picture) })
    };
    let pictures = figures(drawn, inside).unwrap_or_else(|never| match never {});
    html_with(document, &pictures)
}

/// Every picture as a report shows it, each made from its name in the report.
///
/// # Errors
///
/// The first of those that come from `figure`.
pub fn figures<E>(drawn: &Illustrations, figure: impl Fn(&Picture, &str) -> Result<Figure, E>) -> Result<Pictures, E> {
    let card = drawn.card.as_ref().map(|card| figure(card, "card")).transpose()?;
    let sections = drawn.sections.iter().enumerate().map(|(at, picture)| {
        picture.as_ref().map(|picture| figure(picture, &format!("section-{}-picture", at + 1))).transpose()
    });
    Ok(Pictures { card, sections: sections.collect::<Result<_, _>>()? })
}

/// What a report says about a picture, wherever the picture itself is.
pub fn figure(picture: &Picture) -> Figure {
    Figure { alternative: picture.alternative(), width: picture.size().0, ..Figure::default() }
}
