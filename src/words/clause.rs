//! What there is to say of one statement, each as a clause: how strong its two cases are, and why it is open.

use crate::engine::{Engine, Method, StatementAnswer};
use crate::model::{Source, Standard, StatementId};
use crate::verdict::{Degrees, Detail, Reason, Search, Shortfall};

use super::phrase::{degree, detail_phrase, is_nothing, joined_by};
use super::prose::Prose;
use super::wording::likelihood;

/// How strong the two cases are: `a case for it is likely (0.67), and one against it is unlikely (0.31)`. `it` is how
/// the sentence calls the statement.
pub fn cases_clause(judge: &Engine<'_>, degrees: Degrees, it: &str) -> String {
    let (case_for, case_against) = (degrees.case_for(), degrees.case_against());
    let world = matches!(judge.method(), Method::World { .. });
    match (!is_nothing(case_for), !is_nothing(case_against)) {
        (true, true) if world => format!("there is a case for {it} and one against it"),
        (true, false) if world => format!("there is a case for {it} and none against it"),
        (false, true) if world => format!("there is a case against {it} and none for it"),
        (true, false) => format!("a case for {it} {}, and there is none against it", chance(case_for)),
        (false, true) => format!("there is no case for {it}, and one against it {}", chance(case_against)),
        (false, false) => format!("there is no case for {it} and none against it"),
        (true, true) if likelihood(case_for) == likelihood(case_against) && !certain(case_against) => {
            let verb = verb(case_for);
            format!("a case for {it} {}, and so {verb} one against it ({})", chance(case_for), degree(case_against))
        }
        (true, true) => format!("a case for {it} {}, and one against it {}", chance(case_for), chance(case_against)),
    }
}

/// How likely something is, with the verb: `is likely (0.67)`.
fn chance(probability: f64) -> String {
    let words = match likelihood(probability) {
        _ if certain(probability) => "certain".to_owned(),
        words @ "roughly even chance" => format!("a {words}"),
        words => words.to_owned(),
    };
    format!("{} {words} ({})", verb(probability), degree(probability))
}

fn verb(probability: f64) -> &'static str {
    if likelihood(probability).ends_with("chance") { "has" } else { "is" }
}

fn certain(probability: f64) -> bool {
    degree(probability) == "1.00"
}

/// What the standard of a statement asks for: `clear and convincing evidence asks for 0.75 and a lead of 0.35`.
pub fn bar_clause(judge: &Engine<'_>, statement: StatementId) -> String {
    let bar = judge.bar(statement);
    let standard = standard_phrase(judge.standard(statement));
    format!("{standard} asks for {} and a lead of {}", degree(bar.case.get()), degree(bar.margin.get()))
}

/// A standard as the subject of a sentence.
pub fn standard_phrase(standard: Standard) -> &'static str {
    match standard {
        Standard::Preponderance => "a preponderance of the evidence",
        Standard::ClearAndConvincing => "clear and convincing evidence",
        Standard::BeyondReasonableDoubt => "proof beyond reasonable doubt",
    }
}

/// A reason that a statement is open, as a clause about `it`.
pub fn reason_clause(judge: &Engine<'_>, statement: StatementId, reason: &Reason) -> Prose {
    match reason {
        Reason::Contested { rivals, .. } if rivals.is_empty() => {
            Prose::of("there is a serious case on both sides and neither prevails")
        }
        Reason::Contested { rivals, .. } => {
            let (noun, verb) = if rivals.len() == 1 { ("a rival reading", "has") } else { ("rival readings", "have") };
            let rivals = Prose::of(format!("{noun}, ")).then(Prose::claims(rivals));
            rivals.words(format!(", {verb} a serious case too"))
        }
        Reason::Insufficient(shortfall) => Prose::of(shortfall_clause(judge, statement, *shortfall)),
        Reason::NoEvidence(_) => Prose::of("nothing makes a case for it or against it in any world"),
        Reason::RestsOnOpenPremise { premises } => {
            let noun = if premises.len() == 1 { "a premise that is" } else { "premises that are" };
            Prose::of(format!("it rests on {noun} not decided, ")).then(Prose::claims(premises))
        }
        Reason::SingleSource { sources } => match sources.as_slice() {
            [source] => Prose::of("it hangs on one source, ").then(Prose::source(*source)),
            [_, _] => {
                let both = Prose::of("it hangs on both ").then(Prose::sources(sources));
                both.words(": without either of them the verdict changes")
            }
            _ => {
                let each = Prose::of("it hangs on each of ").then(Prose::sources(sources));
                each.words(": without any one of them the verdict changes")
            }
        },
        Reason::Withheld { documents, verdicts, search } => {
            let documents: Vec<Source> = documents.iter().map(|&document| Source::Document(document)).collect();
            let could_be = joined_by(verdicts.iter().map(|&verdict| detail_phrase(verdict)), "or");
            let searched = match search {
                Search::Exhaustive => "",
                Search::Greedy => " (not all that it could say was tried)",
            };
            Prose::of("what is withheld from ")
                .then(Prose::sources(&documents))
                .words(format!(" could make it {could_be}{searched}"))
        }
        Reason::Weights { falls_to } => {
            Prose::of(format!("were every number a tenth less favourable, it would be {}", detail_phrase(*falls_to)))
        }
    }
}

/// How far the case for a statement is from what is asked.
fn shortfall_clause(judge: &Engine<'_>, statement: StatementId, shortfall: Shortfall) -> String {
    let bar = judge.bar(statement);
    let standard = standard_phrase(judge.standard(statement));
    if shortfall.case >= bar.case.get() {
        format!("{standard} asks for a case of {}", degree(bar.case.get()))
    } else if !is_nothing(shortfall.case) {
        let (short, asked) = (degree(shortfall.case), degree(bar.case.get()));
        format!("the case for it is {short} short of the {asked} that {standard} asks")
    } else {
        let (short, asked) = (degree(shortfall.margin), degree(bar.margin.get()));
        format!("its lead is {short} short of the {asked} that {standard} asks")
    }
}

/// Why a statement that is not established is not refuted either, as a sentence; none where nothing speaks against it.
pub fn not_refuted_sentence(answer: &StatementAnswer) -> Prose {
    if !answer.assessment.only_contested {
        let opposed = !is_nothing(answer.assessment.degrees.case_against());
        let open = answer.assessment.detail == Detail::Insufficient;
        return Prose::of(if opposed && open { "It is not refuted either." } else { "" });
    }
    let against = degree(answer.assessment.degrees.case_against());
    let reading = match answer.contest.as_slice() {
        [] => Prose::of("a contest of readings"),
        [rival] => Prose::of("the contested reading ").then(Prose::claim(*rival)),
        rivals => Prose::of("the contested readings ").then(Prose::claims(rivals)),
    };
    Prose::of("It is not refuted: only with ")
        .then(reading)
        .words(format!(" is the case against it ({against}) enough."))
}
