//! Names of people in a bibliography.

use super::latex::text;

/// The names of a list with `and` between them, as they are spoken.
pub(super) fn names(value: &str, unknown: &mut Vec<String>) -> Vec<String> {
    let names = split(value, |rest| {
        let word = rest.get(..5).is_some_and(|start| start.trim().eq_ignore_ascii_case("and"));
        (word && rest.starts_with(char::is_whitespace) && rest[4..].starts_with(char::is_whitespace)).then_some(4)
    });
    let spoken = names.into_iter().map(|name| match name.trim() {
        "others" => "and others".to_owned(),
        name => spoken(name, unknown),
    });
    spoken.filter(|name| !name.is_empty()).collect()
}

/// A name as it is spoken: `Doe, Jane` is Jane Doe.
fn spoken(name: &str, unknown: &mut Vec<String>) -> String {
    let parts = split(name, |rest| rest.starts_with(',').then_some(1));
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
    if parts.iter().all(|part| part.split_once('=').is_some_and(|(key, _)| PARTS.contains(&key.trim()))) {
        return labelled(&parts, unknown);
    }
    let mut spoken = |parts: &[&str]| text(&parts.join(" "), unknown);
    match *parts.as_slice() {
        [last, first] => spoken(&[first, last]),
        [last, suffix, first] => format!("{}, {}", spoken(&[first, last]), spoken(&[suffix])),
        _ => spoken(&[name]),
    }
}

/// The parts of a name that BibLaTeX writes as `family=Doe, given=Jane`.
const PARTS: [&str; 9] = ["family", "given", "prefix", "suffix", "given-i", "family-i", "prefix-i", "useprefix", "id"];

fn labelled(parts: &[&str], unknown: &mut Vec<String>) -> String {
    let part = |name: &str| {
        let value = parts.iter().filter_map(|part| part.split_once('=')).find(|(key, _)| key.trim() == name);
        value.map_or("", |(_, value)| value.trim().trim_matches('"'))
    };
    let name = text(&[part("given"), part("prefix"), part("family")].join(" "), unknown);
    match part("suffix") {
        "" => name,
        suffix => format!("{name}, {}", text(suffix, unknown)),
    }
}

/// Splits at what stands in no braces: `is_separator` says how many bytes it takes.
fn split(text: &str, is_separator: impl Fn(&str) -> Option<usize>) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && at >= start => {
                if let Some(length) = is_separator(&text[at..]) {
                    parts.push(&text[start..at]);
                    start = at + length;
                }
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_they_are_spoken() {
        let names = |value: &str| names(value, &mut Vec::new());
        assert_eq!(
            names("Doe, Jane and Roe, Jr., Richard and Ludwig van Beethoven"),
            ["Jane Doe", "Richard Roe, Jr.", "Ludwig van Beethoven"]
        );
        assert_eq!(
            names("{World Bank and Others} and {\\'E}. Pascal  AND\n others"),
            ["World Bank and Others", "É. Pascal", "and others"]
        );
        assert_eq!(names("family=Gaulle, given=Charles, prefix=de, useprefix=true"), ["Charles de Gaulle"]);
        assert_eq!(names("Anderson and Sandy Brandt"), ["Anderson", "Sandy Brandt"]);
        assert_eq!(names(" and "), Vec::<String>::new());
    }
}
