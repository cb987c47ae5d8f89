//! `evigraph verdict`

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::engine::{Engine, EngineError};
use crate::json::{CaseLine, EndLine, QuestionLine, StatementLine, Verdicts, line, pretty};
use crate::lint::Remarks;
use crate::model::{QuestionId, StatementId};

use super::args::{EvaluationArgs, OutputArgs};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::watchdog::Watchdog;
use super::{completions, input, table};

/// The verdict on every statement and question, or on those named
///
/// For each statement the case for it, the case against it, the verdict that follows under its proof
/// standard, and whether it is settled or why not.
#[derive(Debug, Args)]
pub struct VerdictArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// Statements and questions to answer; all if none is named
    #[arg(value_name = "ID", add = completions::statements())]
    pub ids: Vec<String>,

    /// Compute degrees and verdicts alone, not whether they are settled
    #[arg(long)]
    pub no_settled: bool,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// How to print it
    #[arg(long, value_enum, help_heading = "Output", default_value_t = VerdictFormat::Text)]
    pub format: VerdictFormat,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VerdictFormat {
    /// A text for people
    Text,
    /// JSON, for programs
    Json,
    /// JSON, one line for each statement and question as soon as it is answered
    Jsonl,
}

pub fn run(args: &VerdictArgs, output: &Output) -> Result<Exit, Failure> {
    let watchdog = Watchdog::start(&args.evaluation.ceilings);
    let (case, remarks) = input::load_with_remarks(&args.case, output)?;
    let (mut statements, named) = input::asked(&case, &args.ids)?;
    let mut questions = named.clone();
    let engine = input::engine(&case, &args.evaluation, &watchdog)?;
    let settle = !args.no_settled;
    // Remarks and words ask the same view, which has everything compiled.
    let engine = if args.ids.is_empty() {
        statements.extend(case.statements.ids());
        questions.extend(case.questions.ids());
        engine.for_all(settle)?
    } else {
        engine.asking(&statements, &questions, settle)?
    };
    if args.format == VerdictFormat::Jsonl {
        let lines = Lines { engine, settle, unanswered: 0 };
        return lines.run(args, (statements, questions), &remarks, output);
    }
    let mut answer = engine.answers(&statements, &questions, settle)?;
    remarks.by(&engine).add(&mut answer);
    watchdog.hush();
    let text = match args.format {
        VerdictFormat::Text => table::render(&engine, &answer, &named, output.width(&args.output)),
        VerdictFormat::Json | VerdictFormat::Jsonl => pretty(&Verdicts(&engine, &answer)),
    };
    output.write(&args.output, &text)?;
    Ok(end(answer.unanswered, output))
}

/// How the command ends, with so many statements and questions that are not answered.
fn end(unanswered: usize, output: &Output) -> Exit {
    let what = if unanswered == 1 { "statement or question is" } else { "statements and questions are" };
    let left_out = (unanswered > 0).then(|| format!("{unanswered} {what} not answered"));
    Watchdog::end(left_out.as_deref(), output)
}

/// Answers one a line, each written as soon as it is known.
struct Lines<'c> {
    engine: Engine<'c>,
    settle: bool,
    unanswered: usize,
}

impl Lines<'_> {
    fn run(
        mut self,
        args: &VerdictArgs,
        (statements, questions): (BTreeSet<StatementId>, BTreeSet<QuestionId>),
        remarks: &Remarks,
        output: &Output,
    ) -> Result<Exit, Failure> {
        let engine = self.engine.clone();
        let remarking = remarks.by(&engine);
        output.stream(&args.output, |write| {
            write(&line(&CaseLine(&self.engine)))?;
            for statement in statements {
                let answer = self.engine.answer_statement(statement, self.settle);
                if let Some(mut answer) = self.unless_stopped(answer)? {
                    remarking.add_to(&mut answer);
                    write(&line(&StatementLine(&self.engine, &answer)))?;
                }
            }
            for question in questions {
                let answer = self.engine.answer_question(question, self.settle);
                if let Some(answer) = self.unless_stopped(answer)? {
                    write(&line(&QuestionLine(&self.engine, &answer)))?;
                }
            }
            write(&line(&EndLine(&self.engine, self.unanswered)))
        })?;
        Ok(end(self.unanswered, output))
    }

    fn unless_stopped<T>(&mut self, answer: Result<T, EngineError>) -> Result<Option<T>, EngineError> {
        match answer {
            Err(EngineError::Stopped) => {
                self.unanswered += 1;
                Ok(None)
            }
            answer => answer.map(Some),
        }
    }
}
