//! Colours as numbers.

/// Red, green and blue, from 0 to 255, of a colour given as `#rrggbb`.
pub(super) fn rgb_of(colour: &str) -> [u8; 3] {
    let part = |at: usize| colour.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    [1, 3, 5].map(|at| part(at).expect("a colour is #rrggbb"))
}
