//! `evigraph settled`

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::diagnostic::visible;
use crate::engine::{Engine, EngineError, Method, QuestionAnswer, StatementAnswer, WhateverTheDependence};
use crate::json::{Headlines, Settled, SettledByBounds, pretty};
use crate::model::{Case, QuestionId, StatementId};
use crate::verdict::Settlement;
use crate::words::{count, doubt_phrases, joined_by, reason_sentence, spaced};

use super::args::{AnswerArgs, Format, MethodName};
use super::exit::{Exit, Failure};
use super::layout::{BOLD, GREEN, YELLOW, styled, wrapped};
use super::output::Output;
use super::watchdog::Watchdog;
use super::{completions, input, table};

/// Is a statement settled? Prints the answer and every reason
///
/// A statement is settled when it is established or refuted and neither the loss of any one source,
/// nor whatever is withheld, nor slightly weaker numbers change that. Without an id, the headline of every question
/// is asked about. Exit 0 if all that was asked about is settled, 1 if something is open.
#[derive(Debug, Args)]
pub struct SettledArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// A claim, a relationship or a question, which is settled where its headline is; every question if none is named
    #[arg(value_name = "ID", add = completions::statements())]
    pub id: Option<String>,

    /// Ask whether it is settled whatever the sources have to do with each other: on the safe side, at any size
    #[arg(long, requires = "id")]
    pub whatever_the_dependence: bool,

    #[command(flatten)]
    pub answer: AnswerArgs,
}

pub fn run(args: &SettledArgs, output: &Output) -> Result<Exit, Failure> {
    if args.answer.evaluation.method == MethodName::World {
        let message = "whether a statement is settled is a question about all worlds, not about one".to_owned();
        return Err(Failure::Usage { message, help: Some("leave out --method world".to_owned()) });
    }
    let watchdog = Watchdog::start(&args.answer.evaluation.ceilings);
    let (case, remarks) = input::load_with_remarks(&args.case, output)?;
    let subjects = subjects(&case, args.id.as_deref())?;
    let engine = input::engine(&case, &args.answer.evaluation, &watchdog)?;
    if args.whatever_the_dependence {
        let statement = subjects[0].0;
        let found = engine.settled_whatever_the_dependence(statement)?;
        watchdog.hush();
        let text = match args.answer.format {
            Format::Json => pretty(&SettledByBounds(&engine, statement, &found)),
            Format::Text => whatever(&engine, statement, &found, output.width(&args.answer.output)),
        };
        output.write(&args.answer.output, &text)?;
        return Ok(if found.settled { Exit::Yes } else { Exit::No });
    }
    let (statements, questions): (_, Vec<_>) = subjects.iter().copied().unzip();
    // What several share is worked out once.
    let engine = engine.asking(&statements, &questions.into_iter().flatten().collect(), true)?;
    let (mut answers, unanswered) = answers(&engine, &subjects)?;
    let remarks = remarks.by(&engine);
    answers.iter_mut().for_each(|(answer, _)| remarks.add_to(answer));
    watchdog.hush();
    let text = match (args.answer.format, answers.as_slice()) {
        (Format::Json, [(answer, question)]) if args.id.is_some() => {
            pretty(&Settled(&engine, answer, question.as_ref()))
        }
        (Format::Json, headlines) => pretty(&Headlines(&engine, headlines, unanswered)),
        (Format::Text, answers) => text(&engine, answers, output.width(&args.answer.output)),
    };
    output.write(&args.answer.output, &text)?;
    if unanswered > 0 {
        let left_out = match args.id {
            Some(_) => "whether it is settled was not worked out".to_owned(),
            None => format!("{} left unanswered", count(unanswered, "headline")),
        };
        return Ok(Watchdog::end(Some(&left_out), output));
    }
    Ok(match Settlement::all_settled(answers.iter().filter_map(|(answer, _)| answer.settlement.as_ref())) {
        Some(true) => Exit::Yes,
        Some(false) => Exit::No,
        None => {
            output.note("whether it is settled is too close to tell");
            Exit::Part
        }
    })
}

/// A statement with whether it is settled, and the question of which it is the headline.
type Subject = (StatementAnswer, Option<QuestionAnswer>);

/// The answers on what is asked about, each with its question; and of how many there is none by the time that the engine was
/// asked to stop.
fn answers(
    engine: &Engine<'_>,
    subjects: &[(StatementId, Option<QuestionId>)],
) -> Result<(Vec<Subject>, usize), Failure> {
    let answer = |&(statement, question): &(StatementId, Option<QuestionId>)| {
        let answer = engine.answer_statement(statement, true)?;
        if answer.settlement.is_none() {
            return Err(unasked(engine, statement));
        }
        Ok((answer, question.map(|question| engine.answer_question(question, true)).transpose()?))
    };
    let mut answers = Vec::new();
    for subject in subjects {
        match answer(subject) {
            Err(Failure::Engine(EngineError::Stopped)) => {
                // What is not asked by now would take time again.
                let unanswered = subjects.len() - answers.len();
                if answers.is_empty() {
                    // The verdict may be there, and is what can be said.
                    answers.push((StatementAnswer::bare(subject.0, engine.assess(subject.0)?), None));
                }
                return Ok((answers, unanswered));
            }
            answer => answers.push(answer?),
        }
    }
    Ok((answers, 0))
}

/// What is asked about: what an id names, or the headline of every question.
fn subjects(case: &Case, id: Option<&str>) -> Result<Vec<(StatementId, Option<QuestionId>)>, Failure> {
    if let Some(id) = id {
        return Ok(vec![input::subject(case, id)?]);
    }
    if case.questions.is_empty() {
        let message = "the case asks no question, so that no headline is there to ask about".to_owned();
        let help = "name a claim or a relationship: `evigraph settled CASE ID`".to_owned();
        return Err(Failure::Usage { message, help: Some(help) });
    }
    Ok(case.questions.iter().map(|(id, question)| (question.headline, Some(id))).collect())
}

/// Why it is not known whether a statement is settled.
fn unasked(engine: &Engine<'_>, statement: StatementId) -> Failure {
    let why = match engine.method() {
        Method::Auto | Method::Sampled => "depends on too many statements for sampled worlds to decide it",
        _ => "is a question about probabilities, and these are none",
    };
    let message = format!("whether `{}` is settled {why}", engine.case().statements[statement].key);
    let help = "take --method exact, or ask --whatever-the-dependence, which tells a settled verdict on the safe side, at \
                any size";
    Failure::Usage { message, help: Some(help.to_owned()) }
}

fn text(engine: &Engine<'_>, answers: &[(StatementAnswer, Option<QuestionAnswer>)], width: usize) -> String {
    let mut text = table::heading(engine, width);
    for (answer, question) in answers {
        let head = table::statement_head(engine.case(), answer, width);
        text += &table::question_head(engine, question.as_ref(), width);
        text += &format!("\n{head}\n{}", reasons(engine, answer, width));
    }
    text
}

/// What bounds tell of a statement, and what leaves it in doubt.
fn whatever(engine: &Engine<'_>, statement: StatementId, found: &WhateverTheDependence, width: usize) -> String {
    let case = engine.case();
    let answer = StatementAnswer::bare(statement, found.assessment);
    let head = table::statement_head(case, &answer, width);
    let mut text = format!("{}\n{head}\n", styled(BOLD, wrapped(&visible(&case.title), width, "")));
    if found.settled {
        text += &format!("{}\n", styled(GREEN, "settled, whatever the sources have to do with each other"));
    } else {
        text += &format!("{}\n", styled(YELLOW, "not settled for sure"));
    }
    for sentence in doubts(case, found) {
        text += &format!("{}\n", wrapped(&visible(&sentence), width, "  "));
    }
    text
}

/// What leaves a verdict in doubt, a sentence each.
fn doubts(case: &Case, found: &WhateverTheDependence) -> Vec<String> {
    let mut doubts = Vec::new();
    if !found.assessment.detail.is_decided() {
        doubts.push("The bounds do not tell that it is established or refuted.".to_owned());
    }
    if found.premises {
        doubts.push("It may be otherwise without what is not itself decided.".to_owned());
    }
    if !found.assumptions.is_empty() {
        let assumed: Vec<&str> = found.assumptions.iter().map(|&id| case.statements[id].key.as_str()).collect();
        doubts.push(format!("It may be otherwise without the assumption {}.", joined_by(&assumed, "or")));
    }
    if !found.sources.is_empty() {
        let sources: Vec<&str> = found.sources.iter().map(|&source| case.source_key(source).as_str()).collect();
        doubts.push(format!("It may be otherwise without {}.", joined_by(&sources, "or")));
    }
    if found.withheld {
        doubts.push("It may be otherwise with what is withheld.".to_owned());
    }
    if found.weights {
        doubts.push("It may be otherwise with numbers that are a tenth off.".to_owned());
    }
    doubts
}

/// Settled, or open with a sentence for each reason.
pub fn reasons(engine: &Engine<'_>, answer: &StatementAnswer, width: usize) -> String {
    let Some(Settlement { settled, reasons, doubts, sampled }) = &answer.settlement else {
        return String::new();
    };
    let confidence = match sampled {
        true => format!(", from sampled worlds at {} %", engine.how_sampled().confidence * 100.0),
        false => String::new(),
    };
    let mut text = match settled {
        Some(true) => {
            let why = "It withstands the loss of any one source and of any one assumption, of all that is not itself \
                       decided, whatever is withheld, and numbers a tenth less favourable.";
            format!("{}{confidence}\n{}\n", styled(GREEN, "settled"), wrapped(why, width, "  "))
        }
        Some(false) => format!("{}{confidence}\n", styled(YELLOW, "open")),
        None => format!("{}{confidence}\n", styled(YELLOW, "too close to tell")),
    };
    for reason in reasons {
        let name = spaced(reason.name());
        let body = wrapped(&visible(&reason_sentence(engine, reason)), width.saturating_sub(4), "    ");
        let _ = writeln!(text, "  {}\n{body}", styled(BOLD, name));
    }
    if !doubts.is_empty() {
        let doubts = doubt_phrases(engine.case(), doubts);
        let _ = writeln!(text, "{}", wrapped(&visible(&doubts), width, "  "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::{Input, load};
    use crate::engine::{Scenario, Watch};

    /// Of one statement, the verdict is given where there was no time to tell whether it is settled.
    #[test]
    fn a_verdict_is_given_where_only_that_is_known() {
        let text = r#"Case(title: "T", documents: {"d": (title: "D", reliability: 0.9)},
            claims: {"c": (text: "It is so.", evidence: [Supports(from: "p", strength: Strong)]),
                "p": (text: "It was seen.", evidence: [Supports(from: "d", strength: Strong)])})"#;
        let case = load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("a text").case;
        let case = case.expect("it is a case");
        let statement = case.statement("c").expect("it is there");
        let (mut nothing, mut parts) = (0, 0);
        for looks in 0.. {
            let engine = Engine::new(&case, Scenario::default()).watched(Watch::stopping_after(looks));
            let found = answers(&engine, &[(statement, None)]);
            match found.as_ref().map(|(answers, unanswered)| (answers.as_slice(), unanswered)) {
                Err(Failure::Engine(EngineError::Stopped)) => nothing += 1,
                Ok(([(answer, None)], 1)) if answer.settlement.is_none() => parts += 1,
                Ok(([(answer, None)], 0)) if answer.settlement.is_some() => break,
                other => panic!("{looks}: {}", other.is_ok()),
            }
        }
        assert!(nothing > 0 && parts > 0, "{nothing}, {parts}");
    }
}
