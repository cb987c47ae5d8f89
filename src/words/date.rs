//! Dates written out: `spring 1987` of `1987-21`.

use crate::model::{Case, Day, DocumentId, MONTHS, Period};

use super::phrase::joined_by;

/// A date or a period in words; what has none stays as its author wrote it.
///
/// ```
/// use evigraph::Period;
/// use evigraph::internals::words::date_phrase;
/// let phrase = |text| date_phrase(&Period::parse(text).expect("a date"));
/// assert_eq!(phrase("1987-21"), "spring 1987");
/// assert_eq!(phrase("1912-12-18"), "18 December 1912");
/// assert_eq!(phrase("1984/1986-10"), "1984 to October 1986");
/// assert_eq!(phrase("1985~"), "about 1985");
/// assert_eq!(phrase("198X"), "the 1980s");
/// assert_eq!(phrase("[0742,0747]"), "742 or 747");
/// assert_eq!(phrase("1743/44"), "1743/44");
/// assert_eq!(phrase("0002"), "AD 2");
/// assert_eq!(phrase("0000"), "1 BC");
/// assert_eq!(phrase("Y-17000"), "17001 BC");
/// ```
pub fn date_phrase(period: &Period) -> String {
    let text = period.as_str();
    in_words(text).unwrap_or_else(|| text.to_owned())
}

/// When something was released, in words.
///
/// ```
/// use evigraph::Period;
/// use evigraph::internals::words::released_phrase;
/// let phrase = |text| released_phrase(&Period::parse(text).expect("a date"));
/// assert_eq!(phrase("1998-10-08"), "released 8 October 1998");
/// assert_eq!(phrase("../2017-01"), "released by January 2017");
/// ```
pub fn released_phrase(period: &Period) -> String {
    let phrase = date_phrase(period);
    match phrase.strip_prefix("until ") {
        Some(date) => format!("released by {date}"),
        None => format!("released {phrase}"),
    }
}

/// A day in words: `8 October 1998`; of a far year that alone.
///
/// ```
/// use evigraph::Day;
/// use evigraph::internals::words::day_phrase;
/// assert_eq!(day_phrase(Day { year: 1998, month: 10, day: 8 }), "8 October 1998");
/// assert_eq!(day_phrase(Day { year: -43, month: 3, day: 15 }), "15 March 44 BC");
/// ```
pub fn day_phrase(day: Day) -> String {
    let name = MONTHS[usize::from(day.month - 1)];
    match year_phrase(day.year) {
        year if day.year.unsigned_abs() > 9999 => year,
        year => format!("{} {name} {year}", day.day),
    }
}

/// The month of a day in words: `October 1998`.
pub fn month_phrase(day: Day) -> String {
    format!("{} {}", MONTHS[usize::from(day.month - 1)], year_phrase(day.year))
}

/// A year in words: `44 BC` of -43, `AD 2` of 2.
pub fn year_phrase(year: i64) -> String {
    // The year 0 of the format is the year 1 before Christ.
    match year {
        ..=0 => format!("{} BC", 1 - year),
        // So that it is not read as a number of something.
        1..=99 => format!("AD {year}"),
        _ => year.to_string(),
    }
}

/// When documents became known, as their authors wrote it, where they wrote the same date: `October 1998`; else the day.
pub fn known_phrase(case: &Case, day: Day, documents: &[DocumentId]) -> String {
    let mut since = documents.iter().filter_map(|&id| case.documents[id].known_since());
    let first = since.next().map(Period::as_str).filter(|text| is_plain(text));
    match first.filter(|first| since.all(|date| date.as_str() == *first)).and_then(date) {
        Some(phrase) => phrase,
        None => day_phrase(day),
    }
}

/// Whether a date is a year, a month or a day, with nothing left open.
fn is_plain(date: &str) -> bool {
    date.len() <= 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn in_words(text: &str) -> Option<String> {
    let set = |open, close| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    if let Some((members, word)) =
        set('[', ']').map(|set| (set, "or")).or_else(|| set('{', '}').map(|set| (set, "and")))
    {
        let members: Option<Vec<String>> = members.split(',').map(|member| interval(member.trim(), "..")).collect();
        return members.map(|members| joined_by(members, word));
    }
    interval(text, "/")
}

fn interval(text: &str, between: &str) -> Option<String> {
    let open = |part: &str| part.is_empty() || part == "..";
    match text.split_once(between) {
        None => date(text),
        // A year in the old style and in the new.
        Some((_, to))
            if between == "/"
                && to.split('-').next().is_some_and(|year| (1..=2).contains(&year.len()))
                && !open(to) =>
        {
            None
        }
        Some((from, to)) if open(to) => Some(format!("from {} on", date(from)?)),
        Some((from, to)) if open(from) => Some(format!("until {}", date(to)?)),
        Some((from, to)) => Some(format!("{} to {}", date(from)?, date(to)?)),
    }
}

fn date(text: &str) -> Option<String> {
    let certain = text.trim_end_matches(['?', '~', '%']);
    let far = certain.strip_prefix('Y').and_then(|year| year.parse().ok());
    let doubt = match &text[certain.len()..] {
        "" => "",
        "~" => "about ",
        "?" => "perhaps ",
        _ => "perhaps about ",
    };
    let day = certain.split_once('T').map_or(certain, |(day, _)| day);
    Some(format!("{doubt}{}", far.map(year_phrase).or_else(|| plain(day))?))
}

fn plain(date: &str) -> Option<String> {
    let (before_christ, digits) = date.strip_prefix('-').map_or((false, date), |rest| (true, rest));
    let mut parts = digits.split('-');
    let year = year(parts.next()?, before_christ)?;
    let Some(month) = parts.next() else { return Some(year) };
    let day = parts.next();
    match (month, day) {
        ("XX", _) => Some(year),
        (_, None) => Some(match part_of_year(month) {
            Some(part) => format!("{part} {year}"),
            None => format!("{} {year}", name_of_month(month)?),
        }),
        (_, Some("XX")) => Some(format!("{} {year}", name_of_month(month)?)),
        (_, Some(day)) => Some(format!("{} {} {year}", number(day)?, name_of_month(month)?)),
    }
}

fn name_of_month(month: &str) -> Option<&'static str> {
    MONTHS.get(number(month)? - 1).copied()
}

fn year(digits: &str, before_christ: bool) -> Option<String> {
    if digits.len() == 4 && digits.ends_with('X') && !before_christ {
        return Some(format!("the {}s", digits.replace('X', "0").trim_start_matches('0')));
    }
    let year: i64 = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    Some(year_phrase(if before_christ { -year } else { year }))
}

fn number(digits: &str) -> Option<usize> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?.filter(|&number| number > 0)
}

fn part_of_year(number: &str) -> Option<&'static str> {
    Some(match number {
        "21" | "25" | "29" => "spring",
        "22" | "26" | "30" => "summer",
        "23" | "27" | "31" => "autumn",
        "24" | "28" | "32" => "winter",
        "33" => "the first quarter of",
        "34" => "the second quarter of",
        "35" => "the third quarter of",
        "36" => "the fourth quarter of",
        "37" => "the first third of",
        "38" => "the second third of",
        "39" => "the last third of",
        "40" => "the first half of",
        "41" => "the second half of",
        _ => return None,
    })
}
