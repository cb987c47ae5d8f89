//! Dates of CSL-JSON.

use std::collections::BTreeMap;

use super::super::dates::{Parts, written};
use super::super::json::Json;

/// A date as a case writes it.
pub(super) fn date(json: &Json<'_>) -> Option<String> {
    if let Some(text) = json.text() {
        return Some(written(&text)).filter(|text| !text.is_empty());
    }
    let members = json.members()?;
    let text = |name: &str| members.get(name).and_then(Json::text).filter(|text| !text.trim().is_empty());
    let date = parts(&members)
        .or_else(|| text("edtf").or_else(|| text("raw")).or_else(|| text("literal")).map(|text| written(&text)))?;
    let is_about = text("circa").is_some_and(|circa| !matches!(circa.as_str(), "false" | "0"));
    Some(if is_about && !date.ends_with('~') { format!("{date}~") } else { date })
}

/// One day or two, from `date-parts`.
fn parts(members: &BTreeMap<String, Json<'_>>) -> Option<String> {
    let season = members.get("season").and_then(|season| number(season)).filter(|season| (1..=4).contains(season));
    let days = members.get("date-parts")?.items()?;
    let days: Vec<Option<Parts>> = days.iter().take(2).map(|day| parts_of(day, season)).collect();
    let of = |day: &Option<Parts>| day.map_or_else(|| "..".to_owned(), Parts::date);
    match days.as_slice() {
        [Some(day)] => Some(day.date()),
        [from, to] if from.is_some() && from == to => Some(of(from)),
        [from, to] if from.is_some() || to.is_some() => Some(format!("{}/{}", of(from), of(to))),
        _ => None,
    }
}

fn parts_of(day: &Json<'_>, season: Option<i64>) -> Option<Parts> {
    let numbers: Vec<Option<i64>> = day.items()?.iter().map(number).collect();
    let part = |index: usize| numbers.get(index).copied().flatten().and_then(|number| u32::try_from(number).ok());
    let year = i32::try_from(numbers.first().copied().flatten()?).ok().filter(|&year| year != 0)?;
    let month =
        part(1).filter(|&month| month > 0).or_else(|| season.and_then(|season| u32::try_from(season + 20).ok()));
    // In EDTF the year before 1 is 0.
    let year = if year < 0 { year + 1 } else { year };
    // Seasons as months: 13 to 16, or 21 to 24.
    let month = month.map(|month| if (13..=16).contains(&month) { month + 8 } else { month });
    Some(Parts { year, month, day: part(2) })
}

fn number(json: &Json<'_>) -> Option<i64> {
    json.text()?.trim().parse().ok()
}
