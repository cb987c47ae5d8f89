//! What is so of different times is no rivalry.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let statements = &checked.case.statements;
    for (id, statement) in checked.statements() {
        for &rival in &statement.rivals {
            let Some((one, other)) = statement.period.as_ref().zip(statements[rival].period.as_ref()) else { continue };
            if one.is_read() && other.is_read() && !one.overlaps(other) {
                let message = format!(
                    "`{}` is about {one} and its rival `{}` about {other}: both can be true",
                    statement.key, statements[rival].key
                );
                let place = checked.place(checked.written(id).rivals, rival, statement.declared);
                let problem = Diagnostic::new(Code::PeriodsApart, place, message)
                    .help("remove the rivalry, or correct a `period`")
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
            "leeds": (text: "L", period: "1850/1870", rivals: ["london", "york", "hull", "bath"]),
            "london": (text: "M", period: "1871/1920"), "york": (text: "Y", period: "1870/1871"), "hull": (text: "H"),
            "bath": (text: "B", period: "in his youth"),
        }"#;
        assert_eq!(underlined("periods-apart", case), ["london"]);
    }
}
