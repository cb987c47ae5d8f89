//! Too many things to draw each: they are put together by years.

use std::collections::BTreeMap;

use crate::model::Day;
use crate::words::year_phrase;

/// Things of some years.
pub(super) struct Fold<T> {
    /// The years in words.
    pub(super) years: String,
    pub(super) items: Vec<T>,
}

/// Things put together.
pub(super) struct Folded<T> {
    /// By what they are put together: `years`, `decades`.
    pub(super) unit: String,
    pub(super) folds: Vec<Fold<T>>,
}

/// Things by their years, decades, centuries or more, so that there are at most `most` folds. None where each can be drawn by
/// itself.
pub(super) fn fold<T>(items: Vec<(Day, T)>, most: usize) -> Result<Folded<T>, Vec<(Day, T)>> {
    if items.len() <= most {
        return Err(items);
    }
    let count = |unit: i64| {
        let mut units: Vec<i64> = items.iter().map(|(day, _)| day.year.div_euclid(unit)).collect();
        units.sort_unstable();
        units.dedup();
        units.len()
    };
    let units = (0..18).map(|power| 10_i64.pow(power));
    let unit = units.into_iter().find(|&unit| count(unit) <= most).unwrap_or(10_i64.pow(17));
    let mut folds: BTreeMap<i64, Vec<T>> = BTreeMap::new();
    for (day, item) in items {
        folds.entry(day.year.div_euclid(unit)).or_default().push(item);
    }
    let years = |at: i64| match unit {
        1 => year_phrase(at),
        _ => format!("{} to {}", year_phrase(at * unit), year_phrase(at.saturating_mul(unit) + unit - 1)),
    };
    let folds = folds.into_iter().map(|(at, items)| Fold { years: years(at), items }).collect();
    Ok(Folded { unit: name(unit), folds })
}

/// What so many years are called, of several.
fn name(years: i64) -> String {
    match years {
        1 => "years".to_owned(),
        10 => "decades".to_owned(),
        100 => "centuries".to_owned(),
        1000 => "millennia".to_owned(),
        _ => format!("stretches of {years} years"),
    }
}
