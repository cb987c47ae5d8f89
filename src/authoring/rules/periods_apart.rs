//! What is so of different times is mostly no rivalry.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::checked::Checked;

/// Only where both last for years: what happened on one of two days happened once.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let statements = &checked.case.statements;
    for (id, statement) in checked.statements() {
        for &rival in &statement.rivals {
            let Some((one, other)) = statement.period.as_ref().zip(statements[rival].period.as_ref()) else { continue };
            if one.spans_years() && other.spans_years() && !one.overlaps(other) {
                let message = format!(
                    "`{}` is about {one} and its rival `{}` about {other}, so both may be true",
                    statement.key, statements[rival].key
                );
                let place = checked.place(checked.written(id).rivals, rival, statement.declared);
                let problem = Diagnostic::new(Code::PeriodsApart, place, message)
                    .help("remove the rivalry, or correct a `period`; where one event is meant that happened once, allow this")
                    .related(statements[rival].declared, "of another time");
                problems.push(problem.about(&statement.key).about(&statements[rival].key));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn rivals_that_share_no_day() {
        let case = r#"claims: {
            "leeds": (text: "L", period: "1850/1870", rivals: ["london", "york", "hull", "bath", "born"]),
            "london": (text: "M", period: "1871/1920"), "york": (text: "Y", period: "1870/1871"), "hull": (text: "H"),
            "bath": (text: "B", period: "in his youth"), "born": (text: "D", period: "1829", rivals: ["reborn"]),
            "reborn": (text: "E", period: "1830-03-02"),
        }"#;
        assert_eq!(underlined("periods-apart", case), ["london"]);
    }
}
