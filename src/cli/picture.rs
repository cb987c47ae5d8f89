//! A picture in the format that was asked for, and notes on its letters.

use crate::diagram::{Letters, Picture, Print, letters, pdf, pdf_on_paper, png, svg, svg_outlined};

use super::diagram_args::{DiagramArgs, DiagramFormat};
use super::exit::Failure;
use super::output::Output;

/// Pixels for each unit of the picture: 192 an inch.
pub const SCALE: f32 = 2.0;

/// A picture in a format, with so many pixels to its unit.
pub fn written(
    picture: &Picture,
    format: DiagramFormat,
    args: &DiagramArgs,
    scale: f32,
    output: &Output,
) -> Result<Vec<u8>, Failure> {
    let bytes = match format {
        DiagramFormat::Png => png(picture, scale)?,
        DiagramFormat::Pdf => match (args.page, args.poster) {
            (None, false) => pdf(picture)?,
            (page, poster) => {
                let print = if poster { Print::Poster } else { Print::Fitted };
                pdf_on_paper(picture, page.unwrap_or_default().into(), print)?
            }
        },
        _ if args.outline_text => svg_outlined(picture).into_bytes(),
        _ => svg(picture).into_bytes(),
    };
    if has_own_letters(format, args) {
        note_letters(&letters(picture), "SVG", output);
    }
    Ok(bytes)
}

/// Notes which letters the built-in font does not have, and what format takes them from its reader's fonts.
pub fn note_letters(letters: &Letters, instead: &str, output: &Output) {
    let lacking = &letters.without_shape;
    if letters.borrowed {
        output.note(
            "The built-in font lacks some of the letters. Fonts of this machine have them: another may draw them otherwise.",
        );
    }
    if !lacking.is_empty() {
        let shown: String = lacking.iter().take(20).collect();
        let (count, more) = (lacking.len(), if lacking.len() > 20 { "…" } else { "" });
        output.note(&format!(
            "No font of this machine has a shape for {count} of the letters ({shown}{more}): boxes stand for them. {instead} takes \
             them from the reader's fonts."
        ));
    }
}

/// Whether a picture has the shapes of its letters in it, so that its readers need no font.
pub fn has_own_letters(format: DiagramFormat, args: &DiagramArgs) -> bool {
    format != DiagramFormat::Svg || args.outline_text
}
