//! `evigraph settled`

use std::fmt::Write as _;

use evigraph::exchange::settled_json;
use evigraph::report::reason_sentence;
use evigraph::verdict::{Settlement, StatementAnswer};

use super::args::{Format, MethodName, StatementArgs};
use super::exit::{Exit, Failure};
use super::output::{BOLD, GREEN, Output, YELLOW, styled};
use super::{input, table};

pub fn run(args: &StatementArgs, output: &Output) -> Result<Exit, Failure> {
    if args.evaluation.method == MethodName::World {
        let message = "whether a statement is settled is a question about all worlds, not about one".to_owned();
        return Err(Failure::Usage { message, help: Some("leave out --method world".to_owned()) });
    }
    let case = input::load_case(&args.case, output)?;
    let statement = input::statement(&case, &args.id)?;
    let mut judge = input::judge(&case, &args.evaluation)?;
    let answer = judge.answer_statement(statement, true)?;
    let settled = answer.settlement.as_ref().is_some_and(|settlement| settlement.settled);
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

/// Settled, or open with a sentence for each reason.
pub fn reasons(case: &evigraph::model::Case, answer: &StatementAnswer, width: usize) -> String {
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
        let sentence = evigraph::diagnostic::visible(&reason_sentence(case, reason)).into_owned();
        let body = table::wrapped(&sentence, width.saturating_sub(4), "    ");
        let _ = writeln!(text, "  {}\n{body}", styled(BOLD, name));
    }
    text
}
