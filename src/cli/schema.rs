//! `evigraph schema`

use clap::Args;

use crate::authoring::json_schema;

use super::args::OutputArgs;
use super::exit::{Exit, Failure};
use super::output::Output;

/// Print the JSON Schema of a case in JSON
///
/// By it an editor completes and checks a case as it is typed, and a program knows what to write. A file names the schema
/// that it follows in its first line: `"$schema": "case.schema.json"`; evigraph reads over that. What hangs together in a
/// case, such as ids that lead somewhere, is for `evigraph check`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    #[command(flatten)]
    pub output: OutputArgs,
}

pub fn run(args: &SchemaArgs, output: &Output) -> Result<Exit, Failure> {
    output.write_bytes(&args.output, json_schema().as_bytes())?;
    Ok(Exit::Yes)
}
