//! Dates of other formats as dates of a case.

use crate::authoring::date_meant;

/// Year, month or season, and day, as far as they are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) year: i32,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

impl Parts {
    /// In ISO 8601 or EDTF. Months and days that are none are left out.
    pub(super) fn date(self) -> String {
        let sign = if self.year < 0 { "-" } else { "" };
        let year = format!("{sign}{:04}", self.year.unsigned_abs());
        let Some(month) = self.month.filter(|month| matches!(month, 1..=12 | 21..=24)) else { return year };
        let day = self.day.filter(|day| matches!(day, 1..=31) && month <= 12);
        let day = day.map_or(String::new(), |day| format!("-{day:02}"));
        // The thirty-first of a month that has thirty days is a slip.
        let date = format!("{year}-{month:02}{day}");
        date_meant(&date).unwrap_or_else(|| format!("{year}-{month:02}"))
    }
}

/// A date, or two with a stroke between them: as a case writes it where nothing else can be meant, else as it is written.
pub(super) fn written(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends: Vec<String> = words.split(['/', '–']).map(|end| modern(bare(end.trim()))).collect();
    date_meant(&words).or_else(|| date_meant(&ends.join("/"))).unwrap_or(words)
}

/// A date in the signs of EDTF before 2019: `u` for a figure that is not known, `y` before a far year.
fn modern(date: &str) -> String {
    let is_figures = |letter: char| letter.is_ascii_digit() || matches!(letter, 'u' | '-' | 'y' | '?' | '~');
    match date {
        "unknown" | "open" => "..".to_owned(),
        date if date.chars().all(is_figures) => date.replace('u', "X").replace('y', "Y"),
        date => date.to_owned(),
    }
}

/// A date in figures without the time behind it, and without the zeros that some write for a month or a day that is not known.
fn bare(date: &str) -> &str {
    let is_time =
        |rest: &str| rest.starts_with(['T', ' ']) && rest[1..].starts_with(|first: char| first.is_ascii_digit());
    let day = date.get(..10).filter(|_| date.get(10..).is_some_and(is_time)).unwrap_or(date);
    day.trim_end_matches("-00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_of_a_date_is_left_out() {
        let date = |year, month, day| Parts { year, month, day }.date();
        assert_eq!(date(2001, Some(2), Some(3)), "2001-02-03");
        assert_eq!(date(-43, Some(21), None), "-0043-21");
        assert_eq!([date(2001, Some(0), Some(3)), date(2001, Some(9), Some(31))], ["2001", "2001-09"]);
        for (text, expected) in [
            ("2001-00-00", "2001"),
            ("2001-02-03 10:20:30", "2001-02-03"),
            ("2001-02-03 10:20:30/2002", "2001-02-03/2002"),
            ("May 2001", "2001-05"),
            ("1984/", "1984/"),
            ("19uu-uu", "19uu-uu"),
            ("199u", "199X"),
            ("1973–1974", "1973/1974"),
            ("unknown/2006", "../2006"),
            ("y52000", "Y52000"),
            ("n.d.", "n.d."),
        ] {
            assert_eq!(written(text), expected);
        }
    }
}
