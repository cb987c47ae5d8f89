//! Dates and periods: ISO 8601 and EDTF, level 1 (Library of Congress 2019).

use std::fmt;

use thiserror::Error;

/// Year, month, day.
type Day = (i64, u8, u8);

/// A date or a period as its author wrote it, with the first and the last day that it can mean.
///
/// ```
/// use evigraph::Period;
/// let eighties = Period::parse("198X")?;
/// assert!(eighties.overlaps(&Period::parse("1984-10/1986")?));
/// assert!(!eighties.overlaps(&Period::parse("1990~")?));
/// # Ok::<(), evigraph::internals::model::DateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    text: String,
    first: Option<Day>,
    last: Option<Day>,
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no date: write 1986, 1986-10, 1986-10-05, 1984/1986, 1985~ or 198X")]
pub struct DateError(String);

impl Period {
    /// Reads a date (`1986`, `1986-10`, `1986-10-05`, with `?`, `~` or `%` behind it), a decade or century
    /// (`198X`, `19XX`), a season (`1986-21` spring to `1986-24` winter), a far year (`Y-17000`) or an
    /// interval of two of them (`1984/1986`, `1984/..`, `1984/`).
    ///
    /// # Errors
    ///
    /// [`DateError`] if it is none of these.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let wrong = || DateError(text.to_owned());
        let end = |part: &str| match part {
            "" | ".." => Some(None),
            date => parse_date(date).map(Some),
        };
        let (first, last) = match text.split_once('/') {
            None => {
                let (first, last) = parse_date(text).ok_or_else(wrong)?;
                (Some(first), Some(last))
            }
            Some((from, to)) => {
                let from = end(from).ok_or_else(wrong)?;
                let to = end(to).ok_or_else(wrong)?;
                (from.map(|(first, _)| first), to.map(|(_, last)| last))
            }
        };
        if first.is_none() && last.is_none() || first.zip(last).is_some_and(|(first, last)| first > last) {
            return Err(wrong());
        }
        Ok(Self { text: text.to_owned(), first, last })
    }

    /// The author's text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether some day can be in both. An open end reaches any day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_by = |a: Option<Day>, b: Option<Day>| a.zip(b).is_none_or(|(a, b)| a <= b);
        starts_by(self.first, other.last) && starts_by(other.first, self.last)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The first and the last day of a date.
fn parse_date(text: &str) -> Option<(Day, Day)> {
    let date = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    if let Some(year) = date.strip_prefix('Y') {
        let digits = year.strip_prefix('-').unwrap_or(year);
        let year = (5..=15).contains(&digits.len()).then(|| year.parse().ok()).flatten()?;
        return Some(((year, 1, 1), (year, 12, 31)));
    }
    let date = match date.split_once('T') {
        Some((day, time)) if day.len() == 10 && is_time(time) => day,
        Some(_) => return None,
        None => date,
    };
    let (sign, digits) = match date.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, date),
    };
    let mut parts = digits.split('-');
    let (year_low, year_high) = digits_range(parts.next()?, 4)?;
    let (year_low, year_high) = if sign < 0 { (-year_high, -year_low) } else { (year_low, year_high) };
    let Some(month) = parts.next() else {
        return Some(((year_low, 1, 1), (year_high, 12, 31)));
    };
    let day = parts.next();
    if parts.next().is_some() || year_low != year_high {
        return None;
    }
    if let (Ok(season @ 21..=24), None) = (month.parse::<u8>(), day) {
        let starts = 3 * (season - 20);
        return Some(if season == 24 {
            ((year_low, 12, 1), (year_low + 1, 2, days_in(year_low + 1, 2)))
        } else {
            ((year_low, starts, 1), (year_low, starts + 2, days_in(year_low, starts + 2)))
        });
    }
    let (month_low, month_high) = part_range(month, 12)?;
    let Some(day) = day else {
        return Some(((year_low, month_low, 1), (year_low, month_high, days_in(year_low, month_high))));
    };
    let longest = if month_low == month_high { days_in(year_low, month_low) } else { 31 };
    let (day_low, day_high) = part_range(day, longest)?;
    (month_low == month_high || day_low != day_high)
        .then_some(((year_low, month_low, day_low), (year_low, month_high, day_high)))
}

/// A number of `width` digits, whose last ones may be `X`: the least and the greatest it can be.
fn digits_range(text: &str, width: usize) -> Option<(i64, i64)> {
    let known = text.trim_end_matches('X');
    let well_formed = text.len() == width && !known.is_empty() && known.bytes().all(|b| b.is_ascii_digit());
    well_formed.then(|| Some((text.replace('X', "0").parse().ok()?, text.replace('X', "9").parse().ok()?)))?
}

/// A month or a day: two digits from 1 to `highest`, or `XX` for any.
fn part_range(text: &str, highest: u8) -> Option<(u8, u8)> {
    if text == "XX" {
        return Some((1, highest));
    }
    let number = text.parse::<u8>().ok().filter(|_| text.len() == 2 && !text.starts_with('+'))?;
    (1..=highest).contains(&number).then_some((number, number))
}

fn is_time(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let rest = shape.strip_prefix("00:00:00");
    matches!(rest, Some("" | "Z" | "+00" | "-00" | "+00:00" | "-00:00"))
}

fn days_in(year: i64, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_1_dates_are_read() {
        for text in [
            "1986",
            "1986-10",
            "1986-10-05",
            "1984/1986",
            "1985~",
            "198X",
            "19XX",
            "1985-04?",
            "1985-XX",
            "1985-04-XX",
            "1985-XX-XX",
            "1984/..",
            "../1984",
            "1984/",
            "Y-170000",
            "-0044",
            "1986-21",
            "1985-04-12T23:20:30Z",
        ] {
            assert!(Period::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "..",
            "/",
            "86",
            "1986-13",
            "1986-02-30",
            "1986/1984",
            "May 1986",
            "1986-1",
            "XXXX",
            "198X-05",
            "1986-10-05-01",
        ] {
            assert!(Period::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_season_is_three_months() {
        let winter = Period::parse("1986-24").expect("a season");
        assert!(winter.overlaps(&Period::parse("1987-02").expect("a month")));
        assert!(!winter.overlaps(&Period::parse("1987-03").expect("a month")));
    }
}
