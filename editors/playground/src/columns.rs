//! Places as a browser counts them: in UTF-16 units from the start of the text.

/// A text with the place of each of its bytes.
pub struct Columns {
    /// The unit that each byte belongs to, and one behind the last.
    units: Vec<u32>,
}

impl Columns {
    /// Cost: linear in the text, in time and memory.
    pub fn of(text: &str) -> Self {
        let mut units = Vec::with_capacity(text.len() + 1);
        let mut unit = 0;
        for letter in text.chars() {
            units.extend(std::iter::repeat_n(unit, letter.len_utf8()));
            unit += letter.len_utf16() as u32;
        }
        units.push(unit);
        Self { units }
    }

    /// The unit of a byte; of one behind the text, its end.
    pub fn unit(&self, byte: usize) -> u32 {
        self.units.get(byte).or(self.units.last()).copied().unwrap_or(0)
    }

    /// The first byte of a unit; of one behind the text, its end.
    pub fn byte(&self, unit: u32) -> usize {
        self.units.partition_point(|&other| other < unit).min(self.units.len() - 1)
    }
}
