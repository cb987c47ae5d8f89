//! Which characters of a text are obeyed or not seen, where they should be read.

/// What a character does in the place where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    /// The character.
    pub letter: char,
    /// Whether a terminal or a page would obey it, or a reader would not see it.
    pub is_hidden: bool,
}

/// The characters of a text, each with whether it hides. Cost: linear.
///
/// Joiners stay between letters of the scripts that are written with them and between emoji, and a selector of variants
/// stays behind what it varies: there they are seen by what they do.
pub fn letters(text: &str) -> impl Iterator<Item = Letter> + '_ {
    let mut before = None;
    let mut letters = text.chars().peekable();
    std::iter::from_fn(move || {
        let letter = letters.next()?;
        let is_hidden = match letter {
            ' '..='~' => false,
            NON_JOINER | JOINER => !are_joined(letter, before, letters.peek().copied()),
            letter if is_variation(letter) => !before.is_some_and(is_varied),
            letter => is_hidden(letter),
        };
        before = Some(letter);
        Some(Letter { letter, is_hidden })
    })
}

const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';

/// Whether a joiner does something between two characters.
fn are_joined(joiner: char, before: Option<char>, after: Option<char>) -> bool {
    let Some((before, after)) = before.zip(after) else { return false };
    is_joined(before) && is_joined(after) || joiner == JOINER && is_pictograph(before) && is_pictograph(after)
}

/// Whether a character is obeyed or not seen wherever it stands: one of control, of the direction of writing, without
/// any width or shape, or none at all.
///
/// The blocks are those of the property `Default_Ignorable_Code_Point` of Unicode 16, and its categories Cc and Cf as far
/// as they have no shape.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{13440}'
                | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
        || u32::from(letter) & 0xfffe == 0xfffe
}

/// Whether a character picks a variant of the one before it.
fn is_variation(letter: char) -> bool {
    matches!(letter, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a character can have variants.
fn is_varied(letter: char) -> bool {
    !is_hidden(letter) && !letter.is_whitespace()
}

/// Whether a letter or a mark is of a script in which joiners are written: Arabic and its neighbours, those of India and
/// of south-east Asia, Mongolian.
fn is_joined(letter: char) -> bool {
    matches!(
        letter,
        '\u{620}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
            | '\u{1a20}'..='\u{1aaf}' | '\u{1b00}'..='\u{1bff}' | '\u{a840}'..='\u{a87f}' | '\u{a8e0}'..='\u{a8ff}'
            | '\u{a980}'..='\u{a9df}' | '\u{aa60}'..='\u{aa7f}' | '\u{fb50}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{11fff}'
    ) && !is_hidden(letter)
        && !letter.is_numeric()
}

/// Whether a character is a part of an emoji, among which joiners make one of several.
fn is_pictograph(letter: char) -> bool {
    matches!(letter, '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> Vec<char> {
        letters(text).filter(|one| one.is_hidden).map(|one| one.letter).collect()
    }

    #[test]
    fn what_writing_needs_stays() {
        for text in [
            "naïve – “quoted” … 5 €, N° 7",
            "\u{645}\u{6cc}\u{200c}\u{634}\u{648}\u{62f}", // Persian: it becomes
            "\u{915}\u{94d}\u{200d}\u{937}",               // Devanagari: a half form
            "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",        // Sinhala: Sri
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f466}", // a family
            "\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}",          // a flag
            "\u{1f9d1}\u{1f3fd}\u{200d}\u{1f680}",         // an astronaut with a tone of skin
            "\u{2764}\u{fe0f} 1\u{fe0f}\u{20e3}",          // a heart and a key
            "\u{845b}\u{e0100}",                           // a variant of a Chinese character
            "עברית ภาษาไทย 日本語 한국어",
        ] {
            assert_eq!(hidden(text), [], "{text}");
        }
    }

    #[test]
    fn what_hides_is_found() {
        for letter in "\u{0}\u{7}\u{1b}\u{7f}\u{80}\u{85}\u{9b}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{180e}\u{200b}\u{200c}\
            \u{200d}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{3164}\u{feff}\u{ffa0}\u{fff9}\u{fffa}\
            \u{fffb}\u{fffe}\u{e0001}\u{e0041}\u{e007f}"
            .chars()
        {
            assert_eq!(hidden(&format!("a{letter}b")), [letter], "U+{:04X}", u32::from(letter));
        }
    }

    #[test]
    fn joiners_and_selectors_hide_where_they_do_nothing() {
        assert_eq!(hidden("pay\u{200d}pal \u{200c}x"), ['\u{200d}', '\u{200c}']);
        assert_eq!(hidden("\u{645}\u{200c} \u{645}"), ['\u{200c}'], "at the end of a word");
        assert_eq!(hidden("\u{645}\u{200c}\u{200c}\u{645}"), ['\u{200c}', '\u{200c}']);
        assert_eq!(hidden("a\u{fe00}\u{fe01}\u{e0101}"), ['\u{fe01}', '\u{e0101}'], "data behind a letter");
        assert_eq!(hidden(" \u{fe0f}"), ['\u{fe0f}']);
    }
}
