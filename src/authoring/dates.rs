//! How a date is written that its author has written in words.

use crate::model::{MONTHS, Period};

/// Words before a date, and what stands before and behind it in their place.
const BEFORE: [(&[&str], &str, &str); 3] = [
    (&["before ", "bef ", "bef. ", "until ", "by ", "to "], "../", ""),
    (&["after ", "aft ", "aft. ", "since ", "from "], "", "/.."),
    (&["about ", "abt ", "abt. ", "around ", "circa ", "c. ", "ca. ", "ca ", "c "], "", "~"),
];

/// Words between two dates, and how the two are written.
const BETWEEN: [(&str, &str, &str, &str); 5] = [
    (" or ", "[", ",", "]"),
    (" and ", "", "/", ""),
    (" to ", "", "/", ""),
    (" until ", "", "/", ""),
    (" – ", "", "/", ""),
];

/// What to write in place of a text that is no date.
pub(super) fn how_to_write(text: &str) -> String {
    let meant = meant(&text.trim().to_lowercase()).filter(|date| Period::parse(date).is_ok());
    meant.map_or_else(
        || "write it as `1986`, `1986-10`, `1986-10-05`, `1984/1986`, `1985~` or `198X`".to_owned(),
        |date| format!("write `{date}`"),
    )
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
    use super::how_to_write;

    #[test]
    fn what_people_write_is_put_in_figures() {
        for (text, date) in [
            ("20 MAY 1744", "1744-05-20"),
            ("December 1871", "1871-12"),
            ("18 December 1912", "1912-12-18"),
            ("May 3rd, 1744", "1744-05-03"),
            ("1.5.1744", "1744-05-01"),
            ("1744/05/20", "1744-05-20"),
            ("before 1850", "../1850"),
            ("after May 1850", "1850-05/.."),
            ("ABT 1744", "1744~"),
            ("c. 1744", "1744~"),
            ("742 or 747", "[0742,0747]"),
            ("between 1851 and 1861", "1851/1861"),
            ("from 1851 to 1861", "1851/1861"),
            ("44 BC", "-0043"),
            ("1 BC", "0000"),
        ] {
            assert_eq!(how_to_write(text), format!("write `{date}`"), "{text}");
        }
    }

    #[test]
    fn what_nobody_can_tell_is_not_guessed() {
        for text in [
            "",
            "the spring of that year",
            "1986-13",
            "03/04/1912",
            "30 February 1986",
            "99",
            "ä bc",
            "0 bc",
            "1. 2. 3. 4",
        ] {
            assert!(how_to_write(text).starts_with("write it as"), "{text}");
        }
    }
}
