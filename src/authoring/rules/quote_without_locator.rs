//! A quotation says where its words are to be found.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Premise, Source};

use super::checked::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    for (_, statement) in checked.statements() {
        for link in statement.evidence.iter().filter(|link| link.quote.is_some() && link.at.is_none()) {
            let located = match link.from {
                Premise::Source(Source::Document(document)) => checked.case.documents[document].locator.is_some(),
                _ => false,
            };
            if !located {
                let place = link.quote_place.somewhere().unwrap_or(link.span);
                let source = checked.case.premise_key(link.from);
                let message = format!("this quotation from `{source}` has no place");
                let problem = Diagnostic::new(Code::QuoteWithoutLocator, place, message);
                let problem = problem.about(&statement.key).about(source);
                problems.push(problem.help("say with `at` where it stands, such as `at: \"p. 3\"`"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn a_place_in_the_source_or_of_the_source() {
        let case = r#"documents: {"d": (title: "D"), "e": (title: "E", locator: "box 3")}, claims: {"a": (text: "A", evidence: [
            Supports(from: "d", quote: "bare"), Supports(from: "d", quote: "placed", at: "p. 1"), Supports(from: "e", quote: "kept"),
        ])}"#;
        assert_eq!(underlined("quote-without-locator", case), ["bare"]);
    }
}
