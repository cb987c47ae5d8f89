//! How a date is written that its author has written in words.

use crate::model::{MONTHS, Period};

/// Words before a date, and what stands before and behind it in their place.
const BEFORE: [(&[&str], &str, &str); 5] = [
    (&EXCLUDING[0], "../", ""),
    (&["until ", "by ", "to "], "../", ""),
    (&EXCLUDING[1], "", "/.."),
    (&["since ", "from "], "", "/.."),
    (&["about ", "abt ", "abt. ", "around ", "circa ", "c. ", "ca. ", "ca ", "c "], "", "~"),
];

/// Words that leave out the date behind them, which the period that is written in its place includes: before, after.
const EXCLUDING: [[&str; 3]; 2] = [["before ", "bef ", "bef. "], ["after ", "aft ", "aft. "]];

/// Words between two dates, and how the two are written.
const BETWEEN: [(&str, &str, &str, &str); 5] = [
    (" or ", "[", ",", "]"),
    (" and ", "", "/", ""),
    (" to ", "", "/", ""),
    (" until ", "", "/", ""),
    (" – ", "", "/", ""),
];

/// How dates are written.
pub(super) const HOW: &str = "write it as `1986`, `1986-10`, `1986-10-05`, `1984/1986`, `1985~` or `198X`";

/// A date that a text can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) date: String,
    /// The day and the month in words, where another text can mean something else.
    means: Option<String>,
    /// Whether the text means all of that date.
    pub(super) is_exact: bool,
}

impl Reading {
    /// What to write, as an order.
    pub(super) fn title(&self) -> String {
        match &self.means {
            Some(words) => format!("for {words} write `{}`", self.date),
            None => format!("write `{}`", self.date),
        }
    }
}

/// The date that a text means, in ISO 8601 or EDTF: the text itself where it is one, else the one date that it can mean and
/// means all of; none where nobody can tell.
pub fn date_meant(text: &str) -> Option<String> {
    let text = text.trim();
    if Period::parse(text).is_ok() {
        return Some(text.to_owned());
    }
    match readings(text).as_slice() {
        [reading] if reading.is_exact => Some(reading.date.clone()),
        _ => None,
    }
}

/// The dates that a text which is none can mean: none where nobody can tell, two where the order of day and month is open.
pub(super) fn readings(text: &str) -> Vec<Reading> {
    let words = text.trim().to_lowercase();
    let dates = either_order(&words).unwrap_or_else(|| meant(&words).into_iter().map(|date| (date, None)).collect());
    let dates = dates.into_iter().filter(|(date, _)| Period::parse(date).is_ok());
    let is_exact = !EXCLUDING.iter().flatten().any(|word| words.starts_with(word));
    dates.map(|(date, means)| Reading { date, means, is_exact }).collect()
}

/// A date of three numbers with strokes between them, the year behind: the day first, and the month first.
fn either_order(words: &str) -> Option<Vec<(String, Option<String>)>> {
    let parts: Vec<&str> = words.split(['/', '-']).collect();
    let [one, other, year] = *parts.as_slice() else { return None };
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| (part.len() <= 2).then(|| part.parse::<usize>().ok()).flatten();
    let (one, other) = (number(one)?, number(other)?);
    if year.len() != 4 || !is_number(year) {
        return None;
    }
    let of = |day: usize, month: usize| {
        let name = MONTHS.get(month.checked_sub(1)?)?;
        Some((format!("{year}-{month:02}-{day:02}"), Some(format!("{day} {name}"))))
    };
    let mut readings: Vec<_> = of(one, other).into_iter().chain(of(other, one).filter(|_| one != other)).collect();
    if let [(_, means)] = &mut readings[..] {
        *means = None;
    }
    Some(readings)
}

/// The date that words in small letters most likely mean.
fn meant(words: &str) -> Option<String> {
    let bare = ["between ", "bet ", "bet. ", "from "].iter().find_map(|word| words.strip_prefix(word));
    for (word, before, between, behind) in BETWEEN {
        if let Some((one, other)) = bare.unwrap_or(words).split_once(word) {
            return Some(format!("{before}{}{between}{}{behind}", single(one)?, single(other)?));
        }
    }
    for (prefixes, before, behind) in BEFORE {
        if let Some(date) = prefixes.iter().find_map(|prefix| words.strip_prefix(prefix)) {
            return Some(format!("{before}{}{behind}", single(date)?));
        }
    }
    single(words)
}

/// One date: in letters and figures, with points or strokes, or of a year before or after Christ.
fn single(words: &str) -> Option<String> {
    if let Some(year) = [" bc", " bce", " b.c."].iter().find_map(|era| words.strip_suffix(era)) {
        // Before the year 1 comes the year 0.
        return Some(format!("{}{:04}", if year == "1" { "" } else { "-" }, year.parse::<u16>().ok()?.checked_sub(1)?));
    }
    let words = [" ad", " ce", " a.d."].iter().find_map(|era| words.strip_suffix(era)).unwrap_or(words);
    if let Some(years) = decade(words).or_else(|| century(words)) {
        return Some(years);
    }
    let parts: Vec<&str> = words.split([' ', ',', '.', '/', '-']).filter(|part| !part.is_empty()).collect();
    let is_year = |part: &str| part.len() >= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    match *parts.as_slice() {
        [year] => is_year(year).then(|| format!("{year:0>4}")),
        [month, year] if is_year(year) => Some(format!("{year:0>4}-{:02}", month_of(month)?)),
        [year, month, day] if is_year(year) => Some(format!("{year:0>4}-{:02}-{day:0>2}", number_of(month)?)),
        [day, month, year] if month_of(month).is_some() || words.contains('.') => {
            Some(format!("{year:0>4}-{:02}-{:0>2}", number_of(month)?, ordinal(day)))
        }
        [month, day, year] => Some(format!("{year:0>4}-{:02}-{:0>2}", month_of(month)?, ordinal(day))),
        _ => None,
    }
}

/// A decade: the `1440s` or `1440's`.
fn decade(words: &str) -> Option<String> {
    let start = words.strip_prefix("the ").unwrap_or(words).strip_suffix('s')?;
    let years = start.trim_end_matches(['\'', '’']).strip_suffix('0')?;
    (years.len() == 3 && years.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{years}X"))
}

/// A century by its number: the `15th century` is the fourteen hundreds.
fn century(words: &str) -> Option<String> {
    let number = words.strip_prefix("the ").unwrap_or(words);
    let number = [" century", " cent.", " c."].iter().find_map(|word| number.strip_suffix(word))?;
    let before = ordinal(number).parse::<u8>().ok().filter(|number| number.to_string() != words)?.checked_sub(1)?;
    (before < 100).then(|| format!("{before:02}XX"))
}

/// The number of a month from its name, or from the first three letters of it.
fn month_of(name: &str) -> Option<usize> {
    let begins = |month: &str| month.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    MONTHS.iter().position(|month| name.len() >= 3 && begins(month)).map(|month| month + 1)
}

fn number_of(month: &str) -> Option<usize> {
    month_of(month).or_else(|| month.parse().ok())
}

/// A day without the letters behind it: the `3` of `3rd`.
fn ordinal(day: &str) -> &str {
    day.trim_end_matches(|letter: char| letter.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{Reading, readings};

    fn titles(text: &str) -> Vec<String> {
        readings(text).iter().map(Reading::title).collect()
    }

    #[test]
    fn what_people_write_is_put_in_figures() {
        for (text, date) in [
            ("20 MAY 1744", "1744-05-20"),
            ("October 11, 1965", "1965-10-11"),
            ("December 1871", "1871-12"),
            ("18 December 1912", "1912-12-18"),
            ("May 3rd, 1744", "1744-05-03"),
            ("1.5.1744", "1744-05-01"),
            ("1744/05/20", "1744-05-20"),
            ("25/10/1965", "1965-10-25"),
            ("10-25-1965", "1965-10-25"),
            ("10/10/1965", "1965-10-10"),
            ("before 1850", "../1850"),
            ("after May 1850", "1850-05/.."),
            ("ABT 1744", "1744~"),
            ("c. 1744", "1744~"),
            ("1440s", "144X"),
            ("the 1440's", "144X"),
            ("c. 1440s", "144X~"),
            ("15th century", "14XX"),
            ("the 1st century AD", "00XX"),
            ("742 or 747", "[0742,0747]"),
            ("between 1851 and 1861", "1851/1861"),
            ("from 1851 to 1861", "1851/1861"),
            ("44 BC", "-0043"),
            ("1 BC", "0000"),
        ] {
            assert_eq!(titles(text), [format!("write `{date}`")], "{text}");
        }
    }

    #[test]
    fn both_orders_of_day_and_month_are_reported() {
        for text in ["11/10/1965", "11-10-1965"] {
            let expected = ["for 11 October write `1965-10-11`", "for 10 November write `1965-11-10`"];
            assert_eq!(titles(text), expected, "{text}");
        }
    }

    #[test]
    fn what_nobody_can_tell_is_not_guessed() {
        for text in [
            "",
            "the spring of that year",
            "1986-13",
            "31/31/1912",
            "30 February 1986",
            "99",
            "century",
            "0th century",
            "1445s",
            "ä bc",
            "0 bc",
            "1. 2. 3. 4",
        ] {
            assert!(titles(text).is_empty(), "{text}");
        }
    }
}
