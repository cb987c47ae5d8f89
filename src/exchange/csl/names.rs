//! Names of CSL-JSON, and texts with its few marks.

use super::super::json::Json;

/// The names of a list, as they are spoken.
pub(super) fn names(json: &Json<'_>) -> Vec<String> {
    let names = json.items().unwrap_or_default();
    names.iter().filter_map(name).filter(|name| !name.is_empty()).collect()
}

fn name(json: &Json<'_>) -> Option<String> {
    if let Some(text) = json.text() {
        return Some(plain(&text));
    }
    let members = json.members()?;
    let part = |name: &str| members.get(name).and_then(Json::text).map(|text| plain(&text)).unwrap_or_default();
    let literal = part("literal");
    if !literal.is_empty() {
        return Some(literal);
    }
    let parts = ["given", "dropping-particle", "non-dropping-particle", "family"].map(part);
    let spoken = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    // A particle that ends with an apostrophe is written together with its name: d’Artagnan.
    let spoken = spoken.replace("’ ", "’").replace("' ", "'");
    Some(match part("suffix").as_str() {
        "" => spoken,
        suffix => format!("{spoken}, {suffix}"),
    })
}

/// A text without the marks that CSL allows in it.
pub(super) fn plain(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let mark = rest.find('>').filter(|&end| end < 80).map(|end| &rest[1..end]);
        let is_mark = |mark: &&str| {
            let name = mark.trim_start_matches('/').split(' ').next().unwrap_or_default();
            ["i", "b", "sup", "sub", "sc", "span", "em", "strong"].contains(&name)
        };
        match mark.filter(is_mark) {
            Some(mark) => rest = &rest[mark.len() + 2..],
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_csl_are_left_out_and_others_kept() {
        let text = "A <i>b</i><sup>2</sup> <span class=\"nocase\">NASA</span> 1 < 2 <script> > <";
        assert_eq!(plain(text), "A b2 NASA 1 < 2 <script> > <");
    }
}
