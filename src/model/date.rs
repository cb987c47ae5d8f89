//! Dates and periods: ISO 8601 and EDTF, level 1 and what authors meet of level 2 (Library of Congress 2019), and dates of
//! the old calendar.

use std::fmt;

use thiserror::Error;

use crate::escape::is_hidden;

use super::day::Day;

/// Year, month, day.
type Ymd = (i64, u8, u8);

/// The first and the last day of a stretch of time; none where that end is open.
type Days = (Option<Ymd>, Option<Ymd>);

/// A date or a period as its author wrote it, with the days that it can mean.
///
/// ```
/// use evigraph::Period;
/// let eighties = Period::parse("198X")?;
/// assert!(eighties.overlaps(&Period::parse("1984-10/1986")?));
/// assert!(!eighties.overlaps(&Period::parse("1990~")?));
/// # Ok::<(), evigraph::internals::model::DateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period(Box<Read>);

/// What a text was read as. In a box, as most entries have no period.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Read {
    text: String,
    days: Days,
    /// The other dates of a set.
    others: Vec<Days>,
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no date: write 1986, 1986-10, 1986-10-05, 1984/1986, 1985~ or 198X")]
pub struct DateError(String);

/// A stretch of time that ends before it begins.
const NO_DAY: Days = (Some((0, 1, 2)), Some((0, 1, 1)));

impl Period {
    /// Reads a date (`1986`, `1986-10`, `1986-10-05`, with `?`, `~` or `%` at any part of it), a decade or century
    /// (`198X`, `19XX`), a season, quarter or half (`1986-21` spring to `1986-24` winter, `1986-33` to `1986-41`), a far
    /// year (`Y-17000`), an interval of two of them (`1984/1986`, `1984/..`, `1984/`), one of several dates or all of them
    /// (`[0742,0747]`, `{1851,1861}`, with `..` between two for all from one to the other), or a date between 1 January and
    /// 24 March in the two years that it has in the old style and in the new (`1743/44`, `1743/44-01-15`).
    ///
    /// Leap days of the Julian calendar are days: `1700-02-29`.
    ///
    /// # Errors
    ///
    /// [`DateError`] if it is none of these.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let mut days = members(text).ok_or_else(|| DateError(text.to_owned()))?.into_iter();
        let first = days.next().ok_or_else(|| DateError(text.to_owned()))?;
        Ok(Self(Box::new(Read { text: text.to_owned(), days: first, others: days.collect() })))
    }

    /// A text that is no date, kept as its author wrote it: no day is in it. As it stands where dates stand, which need no
    /// escape, what a terminal would obey and what cannot be seen is left out, and it is on one line.
    pub(crate) fn unread(text: &str) -> Self {
        let words =
            text.split(|letter: char| letter.is_whitespace() || is_hidden(letter)).filter(|word| !word.is_empty());
        Self(Box::new(Read { text: words.collect::<Vec<_>>().join(" "), days: NO_DAY, others: Vec::new() }))
    }

    /// The author's text.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Whether it reaches from one year into another, or its beginning or its end is open.
    pub fn spans_years(&self) -> bool {
        // An open end has no year.
        let year = |day: Option<Ymd>| day.map(|(year, ..)| year);
        self.stretches().any(|(first, last)| year(first) != year(last))
    }

    /// Whether some day can be in both. An open end reaches any day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.stretches().any(|one| other.stretches().any(|another| share_a_day(one, another)))
    }

    /// The first day that is in it; none where its beginning is open, or it could not be read.
    pub fn first_day(&self) -> Option<Day> {
        self.stretches().map(|(first, _)| first).collect::<Option<Vec<_>>>()?.into_iter().min().map(Day::from)
    }

    /// The last day that is in it; none where its end is open, or it could not be read.
    pub fn last_day(&self) -> Option<Day> {
        self.stretches().map(|(_, last)| last).collect::<Option<Vec<_>>>()?.into_iter().max().map(Day::from)
    }

    /// Whether it is one date: no interval, and no set of dates.
    pub fn is_one_date(&self) -> bool {
        !self.as_str().starts_with(['[', '{']) && (dual(self.as_str()).is_some() || !self.as_str().contains('/'))
    }

    /// The last day, or, where it has no end, the last day of the date with which it begins: of `1984/..` that of 1984. None
    /// where it could not be read.
    pub fn over_by(&self) -> Option<Day> {
        self.last_day().or_else(|| self.beginning().or(self.first_day()))
    }

    /// The last day of the date with which an interval begins.
    fn beginning(&self) -> Option<Day> {
        let (first, _) = self.as_str().split_once('/')?;
        parse_date(first).map(|(_, last)| Day::from(last))
    }

    /// Its parts, each from its first to its last day: one of most periods, several of a set of dates. None where an end is open;
    /// of what could not be read there is no part.
    pub fn parts(&self) -> impl Iterator<Item = [Option<Day>; 2]> + '_ {
        self.stretches().map(|(first, last)| [first, last].map(|day| day.map(Day::from)))
    }

    fn stretches(&self) -> impl Iterator<Item = Days> + '_ {
        std::iter::once(self.0.days).chain(self.0.others.iter().copied()).filter(|&days| days != NO_DAY)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn share_a_day(one: Days, other: Days) -> bool {
    let starts_by = |a: Option<Ymd>, b: Option<Ymd>| a.zip(b).is_none_or(|(a, b)| a <= b);
    starts_by(one.0, other.1) && starts_by(other.0, one.1)
}

/// The dates of a set, or the one that a text is.
fn members(text: &str) -> Option<Vec<Days>> {
    let set = |open, close| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    match set('[', ']').or_else(|| set('{', '}')) {
        None => Some(vec![dual(text).or_else(|| interval(text, "/"))?]),
        Some(set) => set.split(',').map(|member| interval(member.trim(), "..")).collect(),
    }
}

/// A date, or two with `between` them, of which one may be left out.
fn interval(text: &str, between: &str) -> Option<Days> {
    let end = |part: &str| match part {
        "" | ".." => Some(None),
        date => parse_date(date).map(Some),
    };
    let (first, last) = match text.split_once(between) {
        None => parse_date(text).map(|(first, last)| (Some(first), Some(last)))?,
        Some((from, to)) => (end(from)?.map(|(first, _)| first), end(to)?.map(|(_, last)| last)),
    };
    let is_empty = first.is_none() && last.is_none() || first.zip(last).is_some_and(|(first, last)| first > last);
    (!is_empty).then_some((first, last))
}

/// A date in the two years that it has where the old year began in March: `1743/44`. Without a month it may as well be
/// meant for the two years together.
fn dual(text: &str) -> Option<Days> {
    let (old, rest) = text.split_once('/').filter(|(old, _)| old.len() == 4)?;
    let (new, month) = rest.split_once('-').map_or((rest, None), |(new, month)| (new, Some(month)));
    let old: i64 = old.bytes().all(|byte| byte.is_ascii_digit()).then(|| old.parse().ok())??;
    let year = format!("{:04}", old + 1);
    let is_next = (1..=2).contains(&new.len()) && year.ends_with(new);
    let (first, last) = match month {
        _ if !is_next => return None,
        None => ((old, 1, 1), (old + 1, 12, 31)),
        Some(month) => parse_date(&format!("{year}-{month}")).filter(|&(_, last)| last <= (old + 1, 3, 31))?,
    };
    Some((Some(first), Some(last)))
}

/// The first and the last day of a date.
fn parse_date(text: &str) -> Option<(Ymd, Ymd)> {
    let date = text.trim_end_matches(QUALIFIERS);
    if let Some(year) = date.strip_prefix('Y') {
        let digits = year.strip_prefix('-').unwrap_or(year);
        let year = (5..=15).contains(&digits.len()).then(|| year.parse().ok()).flatten()?;
        return Some(((year, 1, 1), (year, 12, 31)));
    }
    let date = match date.split_once('T') {
        Some((day, time)) if day.len() == 10 && is_time(time) => day,
        Some(_) => return None,
        None => date.trim_start_matches(QUALIFIERS),
    };
    let (sign, digits) = match date.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, date),
    };
    let mut parts = digits.split('-').map(|part| part.trim_matches(QUALIFIERS));
    let (year_low, year_high) = digits_range(parts.next()?, 4)?;
    let (year_low, year_high) = if sign < 0 { (-year_high, -year_low) } else { (year_low, year_high) };
    let Some(month) = parts.next() else {
        return Some(((year_low, 1, 1), (year_high, 12, 31)));
    };
    let day = parts.next();
    if parts.next().is_some() || year_low != year_high {
        return None;
    }
    if let (Some((first, months)), None) = (part_of_year(month), day) {
        return Some(months_from(year_low, first, months));
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

/// The months by name.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What says that a date, or a part of it, is uncertain, about so, or both.
const QUALIFIERS: [char; 3] = ['?', '~', '%'];

/// The first month of a season, a quarter, a third or a half of a year, and how many it has. Seasons that name no
/// hemisphere are those of the northern one.
fn part_of_year(number: &str) -> Option<(u8, u8)> {
    match number.parse().ok().filter(|_| number.len() == 2)? {
        season @ 21..=24_u8 => Some((3 * (season - 20), 3)),
        northern @ 25..=28 => Some((3 * (northern - 24), 3)),
        southern @ 29..=32 => Some((3 * ((southern - 29 + 2) % 4 + 1), 3)),
        quarter @ 33..=36 => Some((3 * (quarter - 33) + 1, 3)),
        third @ 37..=39 => Some((4 * (third - 37) + 1, 4)),
        half @ 40..=41 => Some((6 * (half - 40) + 1, 6)),
        _ => None,
    }
}

/// So many months from one on, which may reach into the next year.
fn months_from(year: i64, first: u8, months: u8) -> (Ymd, Ymd) {
    let last = first + months - 1;
    let (last_year, last) = if last > 12 { (year + 1, last - 12) } else { (year, last) };
    ((year, first, 1), (last_year, last, days_in(last_year, last)))
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

/// How many days a month has, in the calendar that has more: the Julian one was in use, somewhere, until 1923, and Sweden
/// once had a 30 February.
fn days_in(year: i64, month: u8) -> u8 {
    match (year, month) {
        (_, 4 | 6 | 9 | 11) => 30,
        (1712, 2) => 30,
        (_, 2) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0 || year <= 1923) => 29,
        (_, 2) => 28,
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

    /// The last day of a date, as it is written.
    fn last_day(text: &str) -> String {
        let period = Period::parse(text).unwrap_or_else(|error| panic!("{error}"));
        period.last_day().expect("it has an end").to_string()
    }

    #[test]
    fn a_month_has_its_days_and_no_more() {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        for (month, days) in (1..).zip(lengths) {
            let last = format!("2003-{month:02}-{days}");
            assert_eq!(last_day(&format!("2003-{month:02}")), last);
            assert_eq!(last_day(&format!("2003-{month:02}-XX")), last);
            assert_eq!(last_day(&last), last);
            for none in [format!("2003-{month:02}-{}", days + 1), format!("2003-{month:02}-00")] {
                assert!(Period::parse(&none).is_err(), "{none}");
            }
        }
        assert!(Period::parse("2003-00").is_err() && Period::parse("2003-13").is_err());
    }

    #[test]
    fn february_has_a_leap_day_in_either_calendar() {
        // 1900 and 1700 in the Julian calendar alone, 2000 in the Gregorian one; in 1712 Sweden had two leap days.
        for (year, days) in
            [(2004, 29), (2000, 29), (1923, 28), (1924, 29), (1900, 29), (1700, 29), (2100, 28), (1712, 30)]
        {
            assert_eq!(last_day(&format!("{year}-02")), format!("{year}-02-{days}"));
            assert!(Period::parse(&format!("{year}-02-{}", days + 1)).is_err(), "{year}");
        }
    }

    #[test]
    fn a_day_is_written_as_edtf_writes_it() {
        for text in ["0000-12-31", "-0001-01-01", "9999-12-31", "-9999-06-30", "Y10000", "Y-10000"] {
            assert_eq!(last_day(text), text);
            assert_eq!(Period::parse(text).expect("a date").to_string(), text);
        }
    }

    #[test]
    fn a_time_of_day_follows_a_whole_day_and_is_one() {
        for text in ["1985-04-12T23:20:30", "1985-04-12T23:20:30+01", "1985-04-12T23:20:30-04:00"] {
            assert_eq!(last_day(text), "1985-04-12");
        }
        for text in ["1985-04-12T", "1985-04-12Tnoon", "1985-04-12T23:20", "1985-04T23:20:30", "1985T23:20:30Z"] {
            assert!(Period::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn intervals_and_sets_are_more_than_one_date() {
        let is_one = |text: &str| Period::parse(text).expect("a date").is_one_date();
        assert!(["1986", "1986-10-05", "198X", "1985~", "1743/44", "1743/44-01-15"].into_iter().all(is_one));
        assert!(!["1984/1986", "1984/..", "../1984", "[0742,0747]", "{1851,1861}"].into_iter().any(is_one));
    }

    #[test]
    fn what_has_no_end_is_over_by_the_end_of_its_beginning() {
        let over_by = |text: &str| Period::parse(text).expect("a date").over_by().expect("a day").to_string();
        for (text, day) in [
            ("1984/..", "1984-12-31"),
            ("1984-02/", "1984-02-29"),
            ("../1984", "1984-12-31"),
            ("1984/1986-04", "1986-04-30"),
            ("1986-02", "1986-02-28"),
        ] {
            assert_eq!(over_by(text), day, "{text}");
        }
        assert_eq!(Period::unread("in his youth").over_by(), None);
    }

    #[test]
    fn the_parts_of_a_set_are_its_dates() {
        let parts = |text: &str| {
            let period = Period::parse(text).expect("a date");
            let words = |day: Option<Day>| day.map_or_else(|| "open".to_owned(), |day| day.to_string());
            period.parts().map(|ends| ends.map(words).join(" to ")).collect::<Vec<_>>()
        };
        assert_eq!(parts("1984-06"), ["1984-06-01 to 1984-06-30"]);
        assert_eq!(parts("1984/.."), ["1984-01-01 to open"]);
        assert_eq!(parts("[0742,0747-03]"), ["0742-01-01 to 0742-12-31", "0747-03-01 to 0747-03-31"]);
        assert_eq!(Period::unread("in his youth").parts().count(), 0);
    }

    /// The parts of a year of EDTF, level 2, with the seasons of either half of the earth; winter ends in a leap year.
    #[test]
    fn each_part_of_a_year_begins_and_ends_with_its_months() {
        let (spring, summer) = (("2003-03-01", "2003-05-31"), ("2003-06-01", "2003-08-31"));
        let (autumn, winter) = (("2003-09-01", "2003-11-30"), ("2003-12-01", "2004-02-29"));
        let seasons = [spring, summer, autumn, winter];
        let southern = [autumn, winter, spring, summer];
        let others = [
            ("2003-01-01", "2003-03-31"),
            ("2003-04-01", "2003-06-30"),
            ("2003-07-01", "2003-09-30"),
            ("2003-10-01", "2003-12-31"),
            ("2003-01-01", "2003-04-30"),
            ("2003-05-01", "2003-08-31"),
            ("2003-09-01", "2003-12-31"),
            ("2003-01-01", "2003-06-30"),
            ("2003-07-01", "2003-12-31"),
        ];
        let all = [seasons, seasons, southern].concat().into_iter().chain(others);
        for (part, (first, last)) in (21..).zip(all) {
            let text = format!("2003-{part}");
            let period = Period::parse(&text).expect("a part of a year");
            assert_eq!(period.first_day().expect("it begins").to_string(), first, "{text}");
            assert_eq!(last_day(&text), last, "{text}");
        }
        assert!(Period::parse("2003-20").is_err() && Period::parse("2003-42").is_err());
    }

    #[test]
    fn dates_of_the_old_calendar_are_read() {
        let overlaps = |one: &str, other: &str| {
            let read = |text: &str| Period::parse(text).unwrap_or_else(|error| panic!("{error}"));
            read(one).overlaps(&read(other))
        };
        assert!(overlaps("1700-02-29", "1700-02") && overlaps("1900-02-29", "1900") && overlaps("1712-02-30", "1712"));
        assert!(Period::parse("2100-02-29").is_err() && Period::parse("1701-02-29").is_err());
        // By the old style still 1743, by the new one 1744.
        assert!(overlaps("1743/44-01-15", "1744-01") && !overlaps("1743/44-01-15", "1743"));
        assert!(overlaps("1743/44", "1743") && overlaps("1743/44", "1744") && !overlaps("1743/44", "1745"));
        assert!(overlaps("1699/00-02-29", "1700-02") && overlaps("1743/4", "1744"));
        for text in ["1743/45", "1743/44-06-01", "1743/44-13", "1743/", "+743/44"] {
            assert_eq!(Period::parse(text).is_ok(), text == "1743/", "{text}");
        }
    }

    #[test]
    fn of_a_set_each_date_counts_and_nothing_between() {
        let one_of = Period::parse("[0742-04-02,0747]").expect("a set");
        let read = |text: &str| Period::parse(text).expect("a date");
        assert!(
            one_of.overlaps(&read("0742")) && one_of.overlaps(&read("0747-12-31")) && one_of.overlaps(&read("../0743"))
        );
        assert!(!one_of.overlaps(&read("0743/0746")) && !one_of.overlaps(&read("0742-05")));
        assert!(read("{1960,1961-12}").overlaps(&read("1961-12")) && read("[1667..1670]").overlaps(&read("1669")));
        assert!(read("[..1760-12-03]").overlaps(&read("1500")) && !read("[1760-12..]").overlaps(&read("1760-11")));
        for text in ["[]", "[1986", "[1986,]", "{1986]", "[1986/1987]", "[..]"] {
            assert!(Period::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_first_and_the_last_day_are_those_of_the_whole() {
        let days = |text: &str| {
            let period = Period::parse(text).expect("a date");
            let day = |day: Option<Day>| day.map_or_else(|| "open".to_owned(), |day| day.to_string());
            [day(period.first_day()), day(period.last_day())]
        };
        for (text, first, last) in [
            ("1986", "1986-01-01", "1986-12-31"),
            ("1986-02", "1986-02-01", "1986-02-28"),
            ("1986-10-05", "1986-10-05", "1986-10-05"),
            ("198X", "1980-01-01", "1989-12-31"),
            ("1986-24", "1986-12-01", "1987-02-28"),
            ("1984/1986-03", "1984-01-01", "1986-03-31"),
            ("1984/..", "1984-01-01", "open"),
            ("../1984", "open", "1984-12-31"),
            ("[0742,0747]", "0742-01-01", "0747-12-31"),
            ("{1851,1861-05}", "1851-01-01", "1861-05-31"),
            ("[1667,1670..]", "1667-01-01", "open"),
            ("-0043", "-0043-01-01", "-0043-12-31"),
            ("Y-17000", "Y-17000", "Y-17000"),
        ] {
            assert_eq!(days(text), [first, last], "{text}");
        }
        let unread = Period::unread("in his youth");
        assert_eq!((unread.first_day(), unread.last_day()), (None, None));
    }

    #[test]
    fn a_day_is_read_again_as_it_is_written() {
        for text in ["1986-10-05", "-0043-03-15", "0000-12-31", "Y-17000", "Y170000"] {
            let last = Period::parse(text).expect("a date").last_day().expect("it has an end");
            assert_eq!(Period::parse(&last.to_string()).expect("a date").last_day(), Some(last), "{text}");
        }
    }

    #[test]
    fn decades_span_years_and_dates_do_not() {
        let spans = |text: &str| Period::parse(text).expect("a date").spans_years();
        assert!(["1850/1870", "185X", "1850/..", "../1850", "1986-24", "1743/44"].into_iter().all(spans));
        assert!(!["1850", "1850-05-01", "1850-02/1850-11", "[1850,1860]", "1985~"].into_iter().any(spans));
        assert!(!Period::unread("in his youth").spans_years());
    }

    #[test]
    fn parts_of_a_year_are_months() {
        let within = |text: &str, months: &str| {
            let (part, months) = (Period::parse(text).expect("a part"), Period::parse(months).expect("an interval"));
            part.stretches().collect::<Vec<_>>() == months.stretches().collect::<Vec<_>>()
        };
        assert!(within("1868-33", "1868-01/1868-03") && within("1868-36", "1868-10/1868-12"));
        assert!(within("1868-37", "1868-01/1868-04") && within("1868-41", "1868-07/1868-12"));
        assert!(within("2001-25", "2001-03/2001-05") && within("2001-30", "2001-12/2002-02"));
        assert!(within("2001-29", "2001-09/2001-11") && within("2004-06~-?11", "2004-06-11"));
        assert!(Period::parse("2001-42").is_err() && Period::parse("2001-20").is_err());
    }

    #[test]
    fn in_a_text_that_is_no_date_there_is_no_day() {
        let unread = Period::unread("the spring of that year");
        assert!(!unread.overlaps(&Period::parse("../2000").expect("an interval")));
        assert!(!unread.overlaps(&unread) && unread.as_str() == "the spring of that year");
        assert_eq!(Period::unread(" a\u{1b}[31m\n  b\u{9b}c\u{202e} ").as_str(), "a [31m b c");
    }
}
