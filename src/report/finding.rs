//! The finding on a question, in a few sentences.

use crate::model::Case;
use crate::verdict::{Detail, Finding, QuestionAnswer, StatementAnswer, Verdict};

use super::reason::not_refuted;
use super::words::{count, degree, detail_phrase, finding_phrase, joined, quoted};

/// The finding in two to four sentences: what is supported, what is contested, and how the headline stands.
pub fn summary(case: &Case, answer: &QuestionAnswer) -> String {
    let question = &case.questions[answer.question];
    let text = |answer: &StatementAnswer| quoted(&case.statements[answer.statement].text);
    let with = |verdict: Verdict| -> Vec<&StatementAnswer> {
        answer.claims.iter().filter(|claim| claim.assessment.verdict() == verdict).collect()
    };
    let mut sentences = Vec::new();
    let supported = with(Verdict::Supported);
    let mut opening = format!(
        "{}: {} of {} {} supported",
        finding_phrase(answer.finding),
        if supported.is_empty() { "none".to_owned() } else { supported.len().to_string() },
        count(answer.claims.len(), "claim"),
        if supported.len() <= 1 { "is" } else { "are" },
    );
    if let Some(strongest) = supported.last().filter(|_| answer.finding != Finding::Confirmed) {
        opening += &format!(", the strongest of them {}", text(strongest));
    }
    sentences.push(opening + ".");
    let contested = with(Verdict::Contested);
    if !contested.is_empty() {
        let verb = if contested.len() == 1 { "is" } else { "are" };
        sentences.push(format!("Contested {verb} {}.", joined(contested.iter().map(|claim| text(claim)))));
    }
    let headline = answer.claims.iter().find(|claim| claim.statement == question.headline);
    sentences.extend(headline.map(|headline| headline_sentence(case, headline)));
    sentences.join(" ")
}

fn headline_sentence(case: &Case, headline: &StatementAnswer) -> String {
    let assessment = &headline.assessment;
    let text = quoted(&case.statements[headline.statement].text);
    let mut sentence = format!(
        "The headline, {text}, is {}: the case for it is {}, the case against it {}, under {}",
        detail_phrase(assessment.detail),
        degree(assessment.degrees.case_for()),
        degree(assessment.degrees.case_against()),
        assessment.standard.phrase(),
    );
    if assessment.detail == Detail::Insufficient && !assessment.only_contested {
        sentence += "; it is not refuted either";
    }
    if let Some(why) = not_refuted(case, headline) {
        sentence += &format!("; it is {why}");
    }
    match &headline.settlement {
        Some(settlement) if settlement.settled => sentence + ". It is settled.",
        Some(settlement) if !settlement.reasons.is_empty() => {
            let reasons = settlement.reasons.iter().map(|reason| super::reason_phrase(case, reason));
            format!("{sentence}. It is open: {}.", reasons.collect::<Vec<_>>().join("; "))
        }
        _ => sentence + ".",
    }
}
