//! `evigraph why`

mod changes;
mod tree;

use std::path::PathBuf;

use clap::Args;
use clap::builder::TypedValueParser as _;

use crate::authoring::nearest;
use crate::diagnostic::visible;
use crate::engine::Engine;
use crate::explain::{self, Asked, Explanation};
use crate::json::{Why, WhyNotThat, pretty};
use crate::lint::Remarks;
use crate::model::StatementId;
use crate::words::{joined, spaced, why_not_sentences};

use super::args::{AnswerArgs, Format};
use super::exit::{Exit, Failure};
use super::layout::wrapped;
use super::output::Output;
use super::watchdog::Watchdog;
use super::{completions, input, settled, table};

/// What the verdict on a statement rests on, and what would change it
///
/// The degrees, the argument for and against down to the documents, the most probable case on each side,
/// the reasons it is open, the sources whose loss would change it most, what it shares with its rivals,
/// and what is missing to settle it. With --not, the shortest account of why it is not something else.
#[derive(Debug, Args)]
pub struct WhyArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// A claim, a relationship or a question: of a question its whole account, then its headline
    #[arg(value_name = "ID", add = completions::statements())]
    pub id: Option<String>,

    /// Tell why it is not this instead: supported, contested or unsupported, or a detail such as refuted
    #[arg(long, value_name = "VERDICT")]
    pub not: Option<String>,

    /// How many levels of statements below it to show with their own grounds
    #[arg(long, value_name = "LEVELS", default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=100).map(usize::from))]
    pub depth: usize,

    #[command(flatten)]
    pub answer: AnswerArgs,
}

pub fn run(args: &WhyArgs, output: &Output) -> Result<Exit, Failure> {
    let asked = args.not.as_deref().map(asked).transpose()?;
    let watchdog = Watchdog::start(&args.answer.evaluation.ceilings);
    let (case, remarks) = input::load_with_remarks(&args.case, output)?;
    let id = args.id.as_deref().ok_or_else(|| input::no_subject(&case))?;
    let (statement, question) = input::subject(&case, id)?;
    let width = output.width(&args.answer.output);
    let (text, left_out) =
        input::engine(&case, &args.answer.evaluation, &watchdog)?.or_sampled(|engine| -> Result<_, Failure> {
            let Some(asked) = asked else {
                let mut explanation = explain::explain(engine, statement, args.depth)?;
                remarks.by(engine).add_to(&mut explanation.answer);
                let question = question.map(|question| engine.answer_question(question, true)).transpose()?;
                let text = match args.answer.format {
                    Format::Json => pretty(&Why(engine, &explanation, question.as_ref())),
                    Format::Text => {
                        let account = table::question_head(engine, question.as_ref(), width);
                        table::heading(engine, width) + &account + &why(engine, &explanation, args.depth, width)
                    }
                };
                return Ok((text, explanation.left_out()));
            };
            Ok((why_not(engine, statement, asked, args.answer.format, width)?, Vec::new()))
        })?;
    watchdog.hush();
    output.write(&args.answer.output, &text)?;
    let left_out = joined(left_out.into_iter().map(spaced));
    let left_out = (!left_out.is_empty()).then(|| format!("the explanation leaves out: {left_out}"));
    Ok(Watchdog::end(left_out.as_deref(), output))
}

/// The whole account of a statement or a question as a plain text, for an editor.
pub fn in_plain_words(engine: &Engine<'_>, remarks: &Remarks, id: &str) -> Result<String, String> {
    const WIDTH: usize = 100;
    let (statement, question) = input::subject(engine.case(), id).map_err(|failure| failure.to_string())?;
    let text = engine.or_sampled(|engine| {
        let mut explanation = explain::explain(engine, statement, 1)?;
        remarks.by(engine).add_to(&mut explanation.answer);
        let question = question.map(|question| engine.answer_question(question, true)).transpose()?;
        let account = table::question_head(engine, question.as_ref(), WIDTH);
        Ok(table::heading(engine, WIDTH) + &account + &why(engine, &explanation, 1, WIDTH))
    });
    text.map(|text| anstream::adapter::strip_str(&text).to_string()).map_err(|error: Failure| error.to_string())
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

fn why(engine: &Engine<'_>, explanation: &Explanation, depth: usize, width: usize) -> String {
    let case = engine.case();
    let Explanation { answer, argument, .. } = explanation;
    let head = table::statement_head(case, answer, width);
    let mut text = format!("\n{head}\n");
    text += &settled::reasons(engine, answer, width);
    text += &tree::render(case, argument, depth, width);
    text + &changes::render(case, explanation, width)
}

fn why_not(
    engine: &Engine<'_>,
    statement: StatementId,
    asked: Asked,
    format: Format,
    width: usize,
) -> Result<String, Failure> {
    let answer = engine.answer_statement(statement, true)?;
    let why_not = explain::why_not(engine, statement, asked)?;
    let case = engine.case();
    Ok(match format {
        Format::Json => pretty(&WhyNotThat(engine, &answer, &why_not)),
        Format::Text => {
            let head = table::statement_head(case, &answer, width);
            let sentences = why_not_sentences(case, &why_not);
            let lines = sentences.iter().map(|sentence| wrapped(&visible(sentence), width, ""));
            let account: Vec<String> = lines.collect();
            format!("{}\n{head}\n{}\n", table::heading(engine, width), account.join("\n"))
        }
    })
}
