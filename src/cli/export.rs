//! `evigraph export`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::authoring::export_json;

use super::args::OutputArgs;
use super::exit::{Exit, Failure};
use super::input;
use super::output::Output;

/// Write a case in another format
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(subcommand)]
    pub format: ExportFormat,
}

#[derive(Debug, Subcommand)]
pub enum ExportFormat {
    Json(JsonArgs),
    Parquet(ParquetArgs),
}

/// One JSON file, which every command reads as a case
///
/// The same records and fields, with strings for words: `"kind": "Cable"`, `"reliability": "B"`, and evidence as
/// `{"supports": {"from": "…"}}`. Reading it gives the same case. Comments, allowed warnings, and which file said what are
/// not in it. `evigraph schema` prints its JSON Schema.
#[derive(Debug, Args)]
pub struct JsonArgs {
    /// A case file, a folder with a case, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// Parquet files, a table each, in a folder that every command reads as a case
///
/// A large case loads from them in a small part of the time that its files take, and DuckDB, pandas and
/// others read them as they are. The folder is made, or replaced if it is such an export; anything else
/// in its place is left alone.
#[derive(Debug, Args)]
pub struct ParquetArgs {
    /// A case file, a folder with a case, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// The folder to write
    #[arg(value_name = "DIR", required_unless_present = "output")]
    pub folder: Option<PathBuf>,

    /// The same, as for other commands
    #[arg(short, long, value_name = "DIR", conflicts_with = "folder")]
    pub output: Option<PathBuf>,
}

pub fn run(args: &ExportArgs, output: &Output) -> Result<Exit, Failure> {
    match &args.format {
        ExportFormat::Json(args) => json(args, output),
        ExportFormat::Parquet(args) => parquet(args, output),
    }
}

fn json(args: &JsonArgs, output: &Output) -> Result<Exit, Failure> {
    let case = input::load_case(&args.case, output)?;
    output.write_bytes(&args.output, export_json(&case).as_bytes())?;
    Ok(Exit::Yes)
}

#[cfg(not(feature = "columns"))]
fn parquet(_: &ParquetArgs, _: &Output) -> Result<Exit, Failure> {
    let message = "this program was built without Parquet".to_owned();
    Err(Failure::Usage { message, help: Some("build it with `cargo install evigraph --features columns`".to_owned()) })
}

#[cfg(feature = "columns")]
fn parquet(args: &ParquetArgs, output: &Output) -> Result<Exit, Failure> {
    let loaded = input::load_well_formed(&args.case, output)?;
    let folder = args.folder.as_ref().or(args.output.as_ref()).expect("clap requires one of the two");
    super::folder::replace(folder, &output.inputs, crate::authoring::is_exported, |file| {
        crate::authoring::export_columns(&loaded, file)
    })?;
    Ok(Exit::Yes)
}
