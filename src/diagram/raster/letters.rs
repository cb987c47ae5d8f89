//! Letters that the built-in font lacks.

use std::collections::BTreeSet;

use super::super::picture::{Item, Picture};
use super::typeset::Typesetter;

/// The letters of a picture that are not drawn with the built-in font.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letters {
    /// Those that no font of this machine has: a box stands for each.
    pub without_shape: Vec<char>,
    /// Whether some are drawn with fonts of this machine, so that another may draw them otherwise.
    pub borrowed: bool,
}

/// What the built-in font lacks for a picture.
pub fn letters(picture: &Picture) -> Letters {
    let typesetter = Typesetter::of(picture);
    let texts = || {
        picture.items.iter().filter_map(|item| match item {
            Item::Words(words) => Some(words.text.as_str()),
            _ => None,
        })
    };
    let without_shape: BTreeSet<char> = texts().flat_map(|text| typesetter.lacking(text)).collect();
    let borrowed = texts().any(|text| typesetter.borrows(text));
    Letters { without_shape: without_shape.into_iter().collect(), borrowed }
}
