//! Pictures that stand in a report: drawn elsewhere, and handed over as what each format shows.

use serde::Serialize;

/// The pictures of a report. By default it has none.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Pictures {
    /// At its top.
    pub card: Option<Figure>,
    /// In its sections, in their order.
    pub sections: Vec<Option<Figure>>,
}

/// What a report says in the first section without a picture, where those before it have one.
pub fn no_more_pictures(drawn: usize) -> String {
    format!("From here on, sections have no pictures: a report has those of its first {drawn}.")
}

/// A picture as a report shows it.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Figure {
    /// What it shows, in words.
    pub alternative: String,
    /// SVG for the inside of an HTML report, in which every text of an author is escaped already.
    pub markup: Markup,
    /// Where it lies, as seen from a Markdown report.
    pub file: String,
    /// Its width in units of 1/96 inch.
    pub width: f64,
}

/// Markup that stands in HTML as it is: only a renderer of pictures makes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Markup(pub String);

/// The least width at which the words of a picture can be read, in pixels.
pub(super) fn least_width(width: f64) -> u32 {
    const READABLE: f64 = 0.62;
    (width * READABLE) as u32
}

/// A path as the target of a link: every byte that could end the link or start another is written as its number.
pub(super) fn link_target(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_cannot_end_their_link() {
        assert_eq!(link_target("a b/c>)d\n.svg"), "a%20b/c%3E%29d%0A.svg");
        assert_eq!(link_target("../pictures/card.svg"), "../pictures/card.svg");
        assert_eq!(link_target("é"), "%C3%A9");
    }
}
