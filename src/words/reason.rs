//! Why a statement is open, in words: a phrase for tables, a clause for running text, a sentence for lists.

use crate::engine::{Engine, Searched, StatementAnswer};
use crate::logic::TooComplex;
use crate::model::{Case, Key, Source, StatementId};
use crate::verdict::{Detail, Doubt, Reason, Search, Shortfall};

use super::clause::standard_phrase;
use super::phrase::{any_of, capital, degree, detail_phrase, is_nothing, joined, joined_by, spelled, would_be};
use super::prose::{Prose, title};

/// A reason in a few words, for a table.
pub fn reason_phrase(case: &Case, reason: &Reason) -> String {
    match reason {
        Reason::Contested { rivals, .. } if rivals.is_empty() => "evidence on both sides".to_owned(),
        Reason::Contested { rivals, .. } => {
            let noun = if rivals.len() == 1 { "rival reading" } else { "rival readings" };
            format!("{noun} {}", joined(keys(case, rivals)))
        }
        Reason::Insufficient(shortfall) => short(*shortfall),
        Reason::NoEvidence(_) => "no evidence".to_owned(),
        Reason::RestsOnOpenPremise { premises } => format!("rests on {}", joined(keys(case, premises))),
        Reason::Assumption { statements } => format!("assumes {}", joined(keys(case, statements))),
        Reason::SingleSource { sources } => {
            let each = if sources.len() == 1 { "" } else { "each of " };
            format!("hangs on {each}{}", joined(source_ids(case, sources)))
        }
        Reason::Withheld { verdicts, .. } => format!("withheld material could make it {}", any_of(verdicts)),
        Reason::Weights { falls_to } => format!("with weaker numbers {}", detail_phrase(*falls_to)),
    }
}

/// Whether a verdict is settled or open, in a few words: that it hangs on one source is said. None where it was not asked.
pub fn standing(answer: &StatementAnswer) -> Option<String> {
    let settlement = answer.settlement.as_ref()?;
    let sources = settlement.reasons.iter().find_map(|reason| match reason {
        Reason::SingleSource { sources } => Some(sources.len()),
        _ => None,
    });
    Some(match sources {
        _ if settlement.is_settled() => "settled".to_owned(),
        _ if !settlement.is_open() => "too close to tell whether it is settled".to_owned(),
        Some(1) => "open: it hangs on one source".to_owned(),
        Some(several) => format!("open: it hangs on each of {} sources", spelled(several)),
        None => "open".to_owned(),
    })
}

/// That it is not known whether a statement is settled, with what leaves that in doubt, in a few words.
pub fn too_close(case: &Case, doubts: &[Doubt]) -> String {
    format!("too close to tell whether it is settled: {}", doubt_phrases(case, doubts))
}

/// Under which changes a verdict is not known to stand: `not known to stand without a or b, or with weaker numbers`.
pub fn doubt_phrases(case: &Case, doubts: &[Doubt]) -> String {
    if doubts.contains(&Doubt::Verdict) {
        return "the verdict is not known".to_owned();
    }
    format!("not known to stand {}", joined_by(doubts.iter().map(|doubt| doubt_phrase(case, doubt)), "or"))
}

/// The same as a sentence.
pub(crate) fn too_close_sentence(engine: &Engine<'_>, doubts: &[Doubt]) -> Prose {
    Prose::of(format!("Sampled worlds leave it {}.", too_close(engine.case(), doubts)))
}

fn doubt_phrase(case: &Case, doubt: &Doubt) -> String {
    let or = |ids: Vec<String>| joined_by(ids, "or");
    match doubt {
        Doubt::Verdict => "at all".to_owned(),
        Doubt::RestsOnOpenPremise => "without what is not itself decided".to_owned(),
        Doubt::Assumption { statements } => {
            format!("without the assumption {}", or(a_few(statements, |&id| case.statements[id].key.to_string())))
        }
        Doubt::SingleSource { sources } => format!("without {}", or(source_ids(case, sources))),
        Doubt::Withheld => "with what is withheld".to_owned(),
        Doubt::Weights => "with weaker numbers".to_owned(),
    }
}

/// A reason as a sentence.
pub fn reason_sentence(engine: &Engine<'_>, reason: &Reason) -> String {
    let case = engine.case();
    let title = |source: Source| title(case, engine.citations(), source);
    match reason {
        Reason::Contested { rivals, shared } => {
            let shared = shared.as_ref().map_err(|&cause| cause);
            contested(case, rivals, shared.map(|shared| shared.iter().map(|&source| title(source)).collect()))
        }
        Reason::Insufficient(shortfall) => {
            format!("The evidence does not reach the standard: {}.", long_shortfall(*shortfall))
        }
        Reason::NoEvidence(_) => {
            let why = "either no evidence is written, or none of it can hold";
            format!("{}: {why}.", capital(NO_CASE))
        }
        Reason::RestsOnOpenPremise { premises } => {
            format!("{}: {}.", capital(&undecided_premises(premises)), joined(statement_ids(case, premises)))
        }
        Reason::Assumption { statements } => {
            let ids = joined(statement_ids(case, statements));
            match statements.len() {
                1 => format!("It hangs on the assumption {ids}: without it the verdict changes."),
                _ => format!("It hangs on each of the assumptions {ids}: if any of them falls, the verdict changes."),
            }
        }
        Reason::SingleSource { sources } => match sources.as_slice() {
            [source] => format!("It hangs on one source: if {} falls, the verdict changes.", title(*source)),
            _ => {
                let titles = joined(sources.iter().map(|&source| title(source)));
                let any = if sources.len() == 2 { "either" } else { "any of them" };
                format!(
                    "It hangs on each of {} sources: {titles}. If {any} falls, the verdict changes.",
                    spelled(sources.len())
                )
            }
        },
        Reason::Withheld { documents, verdicts, search } => {
            withheld(documents.iter().map(|&document| title(Source::Document(document))), verdicts, *search)
        }
        Reason::Weights { falls_to } => {
            format!("If every number were a tenth less favourable, it {}.", would_be(*falls_to))
        }
    }
}

/// Why a statement with a strong case against it is not refuted, where that is so. `id` says how ids are set, for
/// instance [`in_backquotes`].
pub fn not_refuted(case: &Case, answer: &StatementAnswer, id: fn(&Key) -> String) -> Option<String> {
    let assessment = &answer.assessment;
    assessment.only_contested.then(|| {
        let against = degree(assessment.degrees.case_against());
        let ids = joined(answer.contest.iter().map(|&rival| id(&case.statements[rival].key)));
        let from = match answer.contest.len() {
            0 => "a contest of readings".to_owned(),
            1 => format!("a contested reading, {ids},"),
            _ => format!("contested readings, {ids},"),
        };
        format!("not refuted: only with {from} is the case against it ({against}) enough")
    })
}

fn contested(case: &Case, rivals: &[StatementId], shared: Searched<Vec<String>>) -> String {
    let mut sentence = match rivals {
        [] => capital(BOTH_SIDES),
        [_] => format!("A rival reading has a serious case: {}", joined(statement_ids(case, rivals))),
        _ => format!("Rival readings have a serious case: {}", joined(statement_ids(case, rivals))),
    };
    match shared {
        Ok(shared) if shared.is_empty() => {}
        Ok(shared) => {
            let noun = if shared.len() == 1 { "the same source" } else { "the same sources" };
            sentence += &format!(". Both sides draw on {noun}: {}", joined(shared));
        }
        Err(cause) => sentence += &format!(". {}", too_complex("Which sources both sides draw on", cause)),
    }
    sentence + "."
}

/// That a question is too complex, though degrees are exact.
pub fn too_complex(question: &str, cause: TooComplex) -> String {
    format!("{question} is too complex to work out: {cause}")
}

fn withheld(titles: impl Iterator<Item = String>, verdicts: &[Detail], search: Search) -> String {
    let titles = joined(titles);
    let searched = match search {
        Search::Exhaustive => "everything that it could say was tried",
        Search::Greedy => "what it could say was searched step by step, not all tried",
    };
    format!("What is withheld from {titles} could make it {} ({searched}).", any_of(verdicts))
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

/// An id as running text has it.
pub fn in_backquotes(id: &Key) -> String {
    format!("`{id}`")
}

fn statement_ids(case: &Case, statements: &[StatementId]) -> Vec<String> {
    statements.iter().map(|&statement| in_backquotes(&case.statements[statement].key)).collect()
}

fn keys(case: &Case, statements: &[StatementId]) -> Vec<String> {
    a_few(statements, |&statement| case.statements[statement].key.to_string())
}

fn source_ids(case: &Case, sources: &[Source]) -> Vec<String> {
    a_few(sources, |&source| case.source_key(source).to_string())
}

/// A few by name; beyond those, only how many there are.
fn a_few<T>(all: &[T], name: impl Fn(&T) -> String) -> Vec<String> {
    const SHOWN: usize = 3;
    if all.len() <= SHOWN {
        return all.iter().map(name).collect();
    }
    let rest = format!("{} more", all.len() - (SHOWN - 1));
    all.iter().take(SHOWN - 1).map(name).chain([rest]).collect()
}

const BOTH_SIDES: &str = "there is a serious case on both sides and neither prevails";
const NO_CASE: &str = "nothing makes a case for it or against it";

fn undecided_premises(premises: &[StatementId]) -> String {
    let what = match premises {
        [_] => "a premise that is not decided as its step needs it",
        _ => "premises that are not decided as their steps need them",
    };
    format!("it rests on {what}")
}

/// A reason that a statement is open, as a clause about `it`.
pub fn reason_clause(engine: &Engine<'_>, statement: StatementId, reason: &Reason) -> Prose {
    match reason {
        Reason::Contested { rivals, .. } if rivals.is_empty() => Prose::of(BOTH_SIDES),
        Reason::Contested { rivals, .. } => {
            let (noun, verb) = if rivals.len() == 1 { ("a rival reading", "has") } else { ("rival readings", "have") };
            let rivals = Prose::of(format!("{noun}, ")).then(Prose::claims(rivals));
            rivals.words(format!(", {verb} a serious case too"))
        }
        Reason::Insufficient(shortfall) => Prose::of(shortfall_clause(engine, statement, *shortfall)),
        Reason::NoEvidence(_) => Prose::of(NO_CASE),
        Reason::RestsOnOpenPremise { premises } => {
            Prose::of(undecided_premises(premises)).words(", ").then(Prose::claims(premises))
        }
        Reason::Assumption { statements } => {
            let noun = if statements.len() == 1 { "the assumption" } else { "each of the assumptions" };
            Prose::of(format!("it hangs on {noun} ")).then(Prose::claims(statements))
        }
        Reason::SingleSource { sources } => match sources.as_slice() {
            [source] => Prose::of("it hangs on one source, ").then(Prose::source(*source)),
            [_, _] => {
                let both = Prose::of("it hangs on both ").then(Prose::sources(sources));
                both.words(": if either falls, the verdict changes")
            }
            _ => {
                let each = Prose::of("it hangs on each of ").then(Prose::sources(sources));
                each.words(": if any of them falls, the verdict changes")
            }
        },
        Reason::Withheld { documents, verdicts, search } => {
            let documents: Vec<Source> = documents.iter().map(|&document| Source::Document(document)).collect();
            let searched = match search {
                Search::Exhaustive => "",
                Search::Greedy => " (not all that it could say was tried)",
            };
            Prose::of("what is withheld from ")
                .then(Prose::sources(&documents))
                .words(format!(" could make it {}{searched}", any_of(verdicts)))
        }
        Reason::Weights { falls_to } => {
            Prose::of(format!("were every number a tenth less favourable, it {}", would_be(*falls_to)))
        }
    }
}

/// How far the case for a statement is from what is asked.
fn shortfall_clause(engine: &Engine<'_>, statement: StatementId, shortfall: Shortfall) -> String {
    let bar = engine.bar(statement);
    let standard = standard_phrase(engine.standard(statement));
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
