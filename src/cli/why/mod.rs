//! `evigraph why`

mod changes;
mod tree;

use crate::authoring::nearest;
use crate::diagnostic::visible;
use crate::engine::Engine;
use crate::explain::{self, Asked, Explanation};
use crate::json::{why_json, why_not_json};
use crate::model::StatementId;
use crate::words::why_not_sentences;

use super::args::{Format, WhyArgs};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::watchdog::Watchdog;
use super::{input, settled, table};

pub fn run(args: &WhyArgs, output: &Output) -> Result<Exit, Failure> {
    let asked = args.not.as_deref().map(asked).transpose()?;
    let watchdog = Watchdog::start(&args.evaluation);
    let case = input::load_case(&args.case, output)?;
    let statement = input::statement(&case, &args.id)?;
    let width = output.width(&args.output);
    let text = input::engine(&case, &args.evaluation, &watchdog)?.or_sampled(|judge| {
        let Some(asked) = asked else {
            let explanation = explain::explain(judge, statement, args.depth)?;
            return Ok(match args.format {
                Format::Json => why_json(judge, &explanation),
                Format::Text => why(judge, &explanation, args.depth, width),
            });
        };
        why_not(judge, statement, asked, args.format, width)
    })?;
    drop(watchdog);
    output.write(&args.output, &text)?;
    Ok(Exit::Yes)
}

fn asked(word: &str) -> Result<Asked, Failure> {
    word.parse().map_err(|error: crate::explain::AskedError| {
        let help = match nearest(word, Asked::WORDS) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("write one of {}", Asked::WORDS.join(", ")),
        };
        Failure::Usage { message: format!("--not: {error}"), help: Some(help) }
    })
}

fn why(judge: &Engine<'_>, explanation: &Explanation, depth: usize, width: usize) -> String {
    let case = judge.case();
    let Explanation { answer, argument, .. } = explanation;
    let head = table::statement_head(case, answer, width);
    let mut text = format!("{}\n{head}\n", table::heading(judge, width));
    text += &settled::reasons(case, answer, width);
    text += &tree::render(case, argument, depth, width);
    text + &changes::render(case, explanation, width)
}

fn why_not(
    judge: &Engine<'_>,
    statement: StatementId,
    asked: Asked,
    format: Format,
    width: usize,
) -> Result<String, Failure> {
    let answer = judge.answer_statement(statement, true)?;
    let why_not = explain::why_not(judge, statement, asked)?;
    let case = judge.case();
    Ok(match format {
        Format::Json => why_not_json(judge, &answer, &why_not),
        Format::Text => {
            let head = table::statement_head(case, &answer, width);
            let sentences = why_not_sentences(case, &why_not);
            let lines = sentences.iter().map(|sentence| table::wrapped(&visible(sentence), width, ""));
            let account: Vec<String> = lines.collect();
            format!("{}\n{head}\n{}\n", table::heading(judge, width), account.join("\n"))
        }
    })
}
