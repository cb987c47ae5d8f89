//! One day of a calendar.

use std::fmt;

/// A day, as the calendar of its own time counts it. Of two days the earlier one is less.
///
/// ```
/// use evigraph::Day;
/// let day = Day { year: 1998, month: 10, day: 8 };
/// assert_eq!(day.to_string(), "1998-10-08");
/// assert!(day < Day { year: 1998, month: 12, day: 31 });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year, by astronomers' count: 0 is 1 BC.
    pub year: i64,
    /// The month, from 1 to 12.
    pub month: u8,
    /// The day of the month, from 1 on.
    pub day: u8,
}

impl Day {
    /// How far it is along a line of time, in days: near enough for an axis, and no calendar.
    pub fn along(self) -> f64 {
        365.2425 * self.year as f64 + 30.4375 * f64::from(self.month - 1) + f64::from(self.day)
    }
}

impl From<(i64, u8, u8)> for Day {
    fn from((year, month, day): (i64, u8, u8)) -> Self {
        Self { year, month, day }
    }
}

/// As EDTF writes it, so that it can be read again: `1998-10-08`. Of a far year, which has no days there, the year alone.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = *self;
        if year.unsigned_abs() > 9999 {
            return write!(f, "Y{year}");
        }
        let sign = if year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn along_a_line_of_time_months_and_years_have_their_mean_lengths() {
        let along = |year, month, day| Day { year, month, day }.along();
        // 2000 years of 365.2425 days are 730485 days; a month has 30.4375.
        assert_eq!(along(2000, 1, 1), 730_486.0);
        assert_eq!(along(2000, 1, 31), 730_516.0);
        assert_eq!(along(2000, 5, 1), 730_486.0 + 121.75);
        assert_eq!(along(-4, 1, 1), 1.0 - 1460.97);
    }
}
