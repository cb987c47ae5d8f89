//! Why a statement is open, in words.

use crate::engine::StatementAnswer;
use crate::model::{Case, DocumentId, Source, StatementId};
use crate::verdict::{Detail, Reason, Search, Shortfall};

use super::phrase::{degree, detail_phrase, joined, joined_by};
use super::prose::title;

/// A reason in a few words, for a table.
pub fn reason_phrase(case: &Case, reason: &Reason) -> String {
    match reason {
        Reason::Contested { rivals, .. } if rivals.is_empty() => "evidence on both sides".to_owned(),
        Reason::Contested { rivals, .. } => format!("rival reading: {}", joined(statement_ids(case, rivals))),
        Reason::Insufficient(shortfall) => short(*shortfall),
        Reason::NoEvidence(_) => "no evidence".to_owned(),
        Reason::RestsOnOpenPremise { premises } => format!("rests on {}", joined(statement_ids(case, premises))),
        Reason::SingleSource { sources } => {
            let each = if sources.len() == 1 { "" } else { "each of " };
            format!("hangs on {each}{}", joined(source_ids(case, sources)))
        }
        Reason::Withheld { verdicts, .. } => {
            format!("withheld material: could be {}", joined_by(verdicts.iter().map(|&v| detail_phrase(v)), "or"))
        }
        Reason::Weights { falls_to } => format!("weaker weights: {}", detail_phrase(*falls_to)),
    }
}

/// A reason as a sentence.
pub fn reason_sentence(case: &Case, reason: &Reason) -> String {
    match reason {
        Reason::Contested { rivals, shared } => contested(case, rivals, shared),
        Reason::Insufficient(shortfall) => {
            format!("The evidence does not reach the standard: {}.", long_shortfall(*shortfall))
        }
        Reason::NoEvidence(_) => {
            "Nothing makes a case for it or against it in any world: nothing is written on it, or nothing that is \
             written ever holds."
                .to_owned()
        }
        Reason::RestsOnOpenPremise { premises } => {
            let noun = if premises.len() == 1 { "a premise that is" } else { "premises that are" };
            format!("It rests on {noun} not decided: {}.", joined(statement_ids(case, premises)))
        }
        Reason::SingleSource { sources } => match sources.as_slice() {
            [source] => format!("It hangs on one source: without {} the verdict changes.", title(case, *source)),
            _ => {
                let titles = sources.iter().map(|&source| title(case, source));
                format!("Without any one of these sources the verdict changes: {}.", joined(titles))
            }
        },
        Reason::Withheld { documents, verdicts, search } => withheld(case, documents, verdicts, *search),
        Reason::Weights { falls_to } => {
            format!("If every number were a tenth less favourable, it would be {}.", detail_phrase(*falls_to))
        }
    }
}

/// Why a statement with a strong case against it is not refuted, where that is so.
pub fn not_refuted(case: &Case, answer: &StatementAnswer) -> Option<String> {
    let assessment = &answer.assessment;
    assessment.only_contested.then(|| {
        let against = degree(assessment.degrees.case_against());
        let from = match answer.contest.as_slice() {
            [] => "a contest of readings".to_owned(),
            [rival] => format!("a contested reading, {},", statement_id(case, *rival)),
            rivals => format!("contested readings, {},", joined(statement_ids(case, rivals))),
        };
        format!("not refuted: only with {from} is the case against it ({against}) enough")
    })
}

fn contested(case: &Case, rivals: &[StatementId], shared: &[Source]) -> String {
    let mut sentence = match rivals {
        [] => "There is a serious case on both sides and neither prevails".to_owned(),
        [rival] => format!("A rival reading has a serious case: {}", statement_id(case, *rival)),
        _ => format!("Rival readings have a serious case: {}", joined(statement_ids(case, rivals))),
    };
    if !shared.is_empty() {
        let titles = joined(shared.iter().map(|&source| title(case, source)));
        let noun = if shared.len() == 1 { "the same source" } else { "the same sources" };
        sentence += &format!(". Both sides draw on {noun}: {titles}");
    }
    sentence + "."
}

fn withheld(case: &Case, documents: &[DocumentId], verdicts: &[Detail], search: Search) -> String {
    let titles = joined(documents.iter().map(|&document| title(case, Source::Document(document))));
    let could_be = joined_by(verdicts.iter().map(|&verdict| detail_phrase(verdict)), "or");
    let searched = match search {
        Search::Exhaustive => "everything that it could say was tried",
        Search::Greedy => "what it could say was searched step by step, not all tried",
    };
    format!("What is withheld from {titles} could make it {could_be} ({searched}).")
}

fn short(shortfall: Shortfall) -> String {
    if shortfall.case > 0.0 {
        format!("case for {} short", degree(shortfall.case))
    } else {
        format!("lead {} short", degree(shortfall.margin))
    }
}

fn long_shortfall(shortfall: Shortfall) -> String {
    if shortfall.case > 0.0 {
        format!("the case for it is {} short", degree(shortfall.case))
    } else {
        format!("its lead over the case against it is {} short", degree(shortfall.margin))
    }
}

fn statement_id(case: &Case, statement: StatementId) -> String {
    format!("`{}`", case.statements[statement].key)
}

fn statement_ids(case: &Case, statements: &[StatementId]) -> Vec<String> {
    statements.iter().map(|&statement| statement_id(case, statement)).collect()
}

/// Ids of sources; beyond a few, only how many there are.
fn source_ids(case: &Case, sources: &[Source]) -> Vec<String> {
    const SHOWN: usize = 3;
    let id = |&source: &Source| format!("`{}`", case.source_key(source));
    if sources.len() <= SHOWN {
        return sources.iter().map(id).collect();
    }
    let rest = format!("{} more", sources.len() - (SHOWN - 1));
    sources.iter().take(SHOWN - 1).map(id).chain([rest]).collect()
}
