//! `evigraph verdict`

use evigraph::exchange::verdicts_json;

use super::args::{Format, VerdictArgs};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::{input, table};

pub fn run(args: &VerdictArgs, output: &Output) -> Result<Exit, Failure> {
    let case = input::load_case(&args.case, output)?;
    let (statements, questions) = input::asked(&case, &args.ids)?;
    let mut judge = input::judge(&case, &args.evaluation)?;
    let settle = !args.no_settled;
    let answer =
        if args.ids.is_empty() { judge.answer_all(settle)? } else { judge.answer(&statements, &questions, settle)? };
    let text = match args.format {
        Format::Json => verdicts_json(&judge, &answer),
        Format::Text => table::render(&judge, &answer, &questions, output.width(&args.output)),
    };
    output.write(&args.output, &text)?;
    Ok(Exit::Yes)
}
