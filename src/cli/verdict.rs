//! `evigraph verdict`

use std::collections::BTreeSet;

use crate::json::{question_line, statement_line, verdicts_json, verdicts_line_end, verdicts_line_head};
use crate::model::{QuestionId, StatementId};
use crate::verdict::{Judge, JudgeError};

use super::args::{VerdictArgs, VerdictFormat};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::watchdog::Watchdog;
use super::{input, table};

pub fn run(args: &VerdictArgs, output: &Output) -> Result<Exit, Failure> {
    let watchdog = Watchdog::start(&args.evaluation);
    let case = input::load_case(&args.case, output)?;
    let (statements, questions) = input::asked(&case, &args.ids)?;
    let mut judge = input::judge(&case, &args.evaluation, &watchdog)?;
    let settle = !args.no_settled;
    if args.format == VerdictFormat::Jsonl {
        let lines = Lines { judge: &mut judge, settle, unanswered: 0 };
        return lines.run(args, statements, questions, output);
    }
    let answer =
        if args.ids.is_empty() { judge.answer_all(settle)? } else { judge.answer(&statements, &questions, settle)? };
    drop(watchdog);
    let text = match args.format {
        VerdictFormat::Text => table::render(&judge, &answer, &questions, output.width(&args.output)),
        VerdictFormat::Json | VerdictFormat::Jsonl => verdicts_json(&judge, &answer),
    };
    output.write(&args.output, &text)?;
    tell_unanswered(answer.unanswered, output);
    Ok(Exit::Yes)
}

fn tell_unanswered(unanswered: usize, output: &Output) {
    if unanswered > 0 {
        let what = if unanswered == 1 { "statement or question is" } else { "statements and questions are" };
        output.note(&format!("stopped at the ceiling of time or memory: {unanswered} {what} not answered"));
    }
}

/// Answers one a line, each written as soon as it is known.
struct Lines<'j, 'c> {
    judge: &'j mut Judge<'c>,
    settle: bool,
    unanswered: usize,
}

impl Lines<'_, '_> {
    fn run(
        mut self,
        args: &VerdictArgs,
        mut statements: BTreeSet<StatementId>,
        mut questions: BTreeSet<QuestionId>,
        output: &Output,
    ) -> Result<Exit, Failure> {
        if args.ids.is_empty() {
            statements.extend(self.judge.case().statements.ids());
            questions.extend(self.judge.case().questions.ids());
            self.judge.expect_all(self.settle)?;
        } else {
            self.judge.expect(&statements, &questions);
        }
        output.stream(&args.output, |write| {
            write(&verdicts_line_head(self.judge))?;
            for statement in statements {
                let answer = self.judge.answer_statement(statement, self.settle);
                if let Some(answer) = self.unless_stopped(answer)? {
                    write(&statement_line(self.judge, &answer))?;
                }
            }
            for question in questions {
                let answer = self.judge.answer_question(question, self.settle);
                if let Some(answer) = self.unless_stopped(answer)? {
                    write(&question_line(self.judge, &answer))?;
                }
            }
            write(&verdicts_line_end(self.judge, self.unanswered))
        })?;
        tell_unanswered(self.unanswered, output);
        Ok(Exit::Yes)
    }

    fn unless_stopped<T>(&mut self, answer: Result<T, JudgeError>) -> Result<Option<T>, JudgeError> {
        match answer {
            Err(JudgeError::Stopped) => {
                self.unanswered += 1;
                Ok(None)
            }
            answer => answer.map(Some),
        }
    }
}
