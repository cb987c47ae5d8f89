//! Letters that the built-in font lacks.

use std::collections::BTreeSet;

use super::super::picture::Picture;
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
    letters_of(&Typesetter::of(picture), picture.texts())
}

/// What the built-in font lacks for pictures.
pub fn letters_in<'p>(pictures: impl Iterator<Item = &'p Picture>) -> Letters {
    let texts: Vec<&str> = pictures.flat_map(Picture::texts).collect();
    letters_of(&Typesetter::for_texts(texts.iter().copied()), texts.into_iter())
}

pub(super) fn letters_of<'t>(typesetter: &Typesetter, texts: impl Iterator<Item = &'t str>) -> Letters {
    let (mut without_shape, mut borrowed) = (BTreeSet::new(), false);
    for text in texts {
        without_shape.extend(typesetter.lacking(text));
        borrowed |= typesetter.borrows(text);
    }
    Letters { without_shape: without_shape.into_iter().collect(), borrowed }
}
