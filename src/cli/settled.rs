//! `evigraph settled`

use std::fmt::Write as _;

use crate::diagnostic::visible;
use crate::engine::{Engine, StatementAnswer, WhateverTheDependence};
use crate::json::{settled_json, whatever_json};
use crate::model::{Case, StatementId};
use crate::verdict::Settlement;
use crate::words::{joined_by, reason_sentence};

use super::args::{Format, MethodName, SettledArgs};
use super::exit::{Exit, Failure};
use super::output::{BOLD, GREEN, Output, YELLOW, styled};
use super::watchdog::Watchdog;
use super::{input, table};

pub fn run(args: &SettledArgs, output: &Output) -> Result<Exit, Failure> {
    if args.evaluation.method == MethodName::World {
        let message = "whether a statement is settled is a question about all worlds, not about one".to_owned();
        return Err(Failure::Usage { message, help: Some("leave out --method world".to_owned()) });
    }
    let watchdog = Watchdog::start(&args.evaluation);
    let case = input::load_case(&args.case, output)?;
    let statement = input::statement(&case, &args.id)?;
    let judge = input::engine(&case, &args.evaluation, &watchdog)?;
    if args.whatever_the_dependence {
        let found = judge.settled_whatever_the_dependence(statement)?;
        drop(watchdog);
        let text = match args.format {
            Format::Json => whatever_json(&judge, statement, &found),
            Format::Text => whatever(&judge, statement, &found, output.width(&args.output)),
        };
        output.write(&args.output, &text)?;
        return Ok(if found.settled { Exit::Yes } else { Exit::No });
    }
    let answer = judge.answer_statement(statement, true)?;
    drop(watchdog);
    let Some(settlement) = &answer.settlement else {
        let message = format!("whether `{}` is settled is told of exact degrees alone, and these are not", args.id);
        let help = "--whatever-the-dependence asks for a settled verdict on the safe side, at any size".to_owned();
        return Err(Failure::Usage { message, help: Some(help) });
    };
    let settled = settlement.settled;
    let text = match args.format {
        Format::Json => settled_json(&judge, &answer),
        Format::Text => {
            let width = output.width(&args.output);
            let head = table::statement_head(&case, &answer, width);
            format!("{}\n{head}\n{}", table::heading(&judge, width), reasons(&case, &answer, width))
        }
    };
    output.write(&args.output, &text)?;
    Ok(if settled { Exit::Yes } else { Exit::No })
}

/// What bounds tell of a statement, and what leaves it in doubt.
fn whatever(judge: &Engine<'_>, statement: StatementId, found: &WhateverTheDependence, width: usize) -> String {
    let case = judge.case();
    let answer = StatementAnswer { statement, assessment: found.assessment, settlement: None, contest: Vec::new() };
    let head = table::statement_head(case, &answer, width);
    let mut text = format!("{}\n{head}\n", styled(BOLD, table::wrapped(&visible(&case.title), width, "")));
    if found.settled {
        text += &format!("{}\n", styled(GREEN, "settled, whatever the sources have to do with each other"));
    } else {
        text += &format!("{}\n", styled(YELLOW, "not settled for sure"));
    }
    for sentence in doubts(case, found) {
        text += &format!("{}\n", table::wrapped(&visible(&sentence), width, "  "));
    }
    text
}

/// What leaves a verdict in doubt, a sentence each.
fn doubts(case: &Case, found: &WhateverTheDependence) -> Vec<String> {
    let mut doubts = Vec::new();
    if !found.assessment.detail.is_decided() {
        doubts.push("The bounds do not tell that it is established or refuted.".to_owned());
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
pub fn reasons(case: &crate::model::Case, answer: &StatementAnswer, width: usize) -> String {
    let Some(Settlement { settled, reasons }) = &answer.settlement else {
        return String::new();
    };
    if *settled {
        let why = "Neither the loss of any one source, nor whatever is withheld, nor weaker numbers change it.";
        return format!("{}\n{}\n", styled(GREEN, "settled"), table::wrapped(why, width, "  "));
    }
    let mut text = format!("{}\n", styled(YELLOW, "open"));
    for reason in reasons {
        let name = reason.name().replace('_', " ");
        let sentence = crate::diagnostic::visible(&reason_sentence(case, reason)).into_owned();
        let body = table::wrapped(&sentence, width.saturating_sub(4), "    ");
        let _ = writeln!(text, "  {}\n{body}", styled(BOLD, name));
    }
    text
}
