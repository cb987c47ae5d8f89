//! `evigraph export`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::authoring::export_json;
use crate::exchange::{
    Exported, Publisher, Table, export_claimreview, export_csl, export_csv, export_ftm, export_gexf, export_graphml,
    export_problog, reviewed,
};
use crate::model::Case;

use super::args::{EvaluationArgs, MethodName, OutputArgs};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::watchdog::Watchdog;
use super::{completions, folder, input};

/// Write a case in another format
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(subcommand)]
    pub format: ExportFormat,
}

#[derive(Debug, Subcommand)]
pub enum ExportFormat {
    Json(JsonArgs),
    Csv(CsvArgs),
    Csl(CslArgs),
    Ftm(FtmArgs),
    Claimreview(Box<ClaimReviewArgs>),
    Graphml(GraphmlArgs),
    Gexf(GexfArgs),
    Problog(Box<ProblogArgs>),
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

/// Tables for a spreadsheet, a CSV file each, which `evigraph import csv` reads back
///
/// `documents.csv`, `claims.csv`, `evidence.csv` and others in a folder, or one of them with --table. A row is an entry and
/// a column a field; items of a list have `;` between them. What a spreadsheet would take for a formula begins with `'`.
/// The folder is made, or replaced if nothing is in it but such tables.
#[derive(Debug, Args)]
pub struct CsvArgs {
    /// A case file, a folder with a case, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// One table alone: case, actors, documents, claims, relationships, evidence, inferences or questions
    #[arg(long, value_name = "NAME")]
    pub table: Option<String>,

    /// The folder to write, or the file with --table
    #[arg(short, long, value_name = "PATH", required_unless_present = "table")]
    pub output: Option<PathBuf>,
}

/// The documents as a bibliography in CSL-JSON, for Zotero and others
///
/// What such a bibliography has no place for is named on standard error.
#[derive(Debug, Args)]
pub struct CslArgs {
    /// A case file, a folder with a case, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// Actors, documents and relationships as entities of FollowTheMoney, one a line
///
/// For Aleph, OpenSanctions and others. What an entity has no place for is named on standard error.
#[derive(Debug, Args)]
pub struct FtmArgs {
    /// A case file, a folder with a case, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// Verdicts as schema.org's ClaimReview, in JSON-LD, for a page with a fact-check
///
/// The headlines of the case's questions, or all its claims if it has none, or the statements that are named. A rating has
/// the verdict in words, and a number only where the verdict is supported (3), contested (2) or refuted (1).
#[derive(Debug, Args)]
pub struct ClaimReviewArgs {
    /// A case file, a folder with a case, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// Statements and questions to review
    #[arg(value_name = "ID", add = completions::statements())]
    pub ids: Vec<String>,

    /// The organisation that publishes the reviews
    #[arg(long, value_name = "NAME")]
    pub author: String,

    /// The address of the page that has them
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// When they are published, as in 2026-05-01
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// The graph of the case in GraphML, for programs that draw and measure networks
///
/// A node for each actor, document, statement and inference, an edge for each link between them, in the direction in which
/// evidence flows.
#[derive(Debug, Args)]
pub struct GraphmlArgs {
    /// A case file, a folder with a case, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// The same graph in GEXF 1.3, for Gephi
#[derive(Debug, Args)]
pub struct GexfArgs {
    /// A case file, a folder with a case, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// A program of ProbLog: its rules and numbers, for another engine
///
/// Every number is a fact with that probability, and every rule of evidence a clause; `problog FILE` then gives the case for and
/// against each statement, as `evigraph verdict` does. What such a program has no place for is named on standard error.
#[derive(Debug, Args)]
pub struct ProblogArgs {
    /// A case file, a folder with a case, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

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
        ExportFormat::Csv(args) => csv(args, output),
        ExportFormat::Csl(args) => exported(&args.case, "CSL-JSON", export_csl, &args.output, output),
        ExportFormat::Ftm(args) => exported(&args.case, "FollowTheMoney", export_ftm, &args.output, output),
        ExportFormat::Claimreview(args) => claimreview(args, output),
        ExportFormat::Graphml(args) => graph(&args.case, export_graphml, &args.output, output),
        ExportFormat::Gexf(args) => graph(&args.case, export_gexf, &args.output, output),
        ExportFormat::Problog(args) => problog(args, output),
        ExportFormat::Parquet(args) => parquet(args, output),
    }
}

fn graph(path: &Path, export: fn(&Case) -> String, to: &OutputArgs, output: &Output) -> Result<Exit, Failure> {
    output.write_bytes(to, export(&input::load_as_written(path, output)?).as_bytes())?;
    Ok(Exit::Yes)
}

/// Writes a case in a format that has no place for all of it.
fn exported(
    path: &Path,
    format: &str,
    export: impl Fn(&Case) -> Exported,
    to: &OutputArgs,
    output: &Output,
) -> Result<Exit, Failure> {
    written(export(&input::load_as_written(path, output)?), format, to, output)
}

fn written(
    Exported { text, left_out }: Exported,
    format: &str,
    to: &OutputArgs,
    output: &Output,
) -> Result<Exit, Failure> {
    output.write_bytes(to, text.as_bytes())?;
    if !left_out.is_empty() {
        output.note(&format!("{format} has no place for {}", left_out.join(", ")));
    }
    Ok(Exit::Yes)
}

fn csv(args: &CsvArgs, output: &Output) -> Result<Exit, Failure> {
    let case = input::load_as_written(&args.case, output)?;
    if let Some(name) = &args.table {
        let names = Table::ALL.map(Table::name);
        let table = Table::of_name(name).ok_or_else(|| input::unknown_word("table", name, &names))?;
        let to = OutputArgs { output: args.output.clone() };
        output.write_bytes(&to, export_csv(&case, table).as_bytes())?;
        return Ok(Exit::Yes);
    }
    let path = args.output.as_deref().expect("clap requires a folder or a table");
    folder::replace(path, &output.inputs, has_tables_only, |file| {
        Table::ALL
            .iter()
            .try_for_each(|table| file(&format!("{}.csv", table.name()), export_csv(&case, *table).as_bytes()))
    })?;
    Ok(Exit::Yes)
}

/// Whether nothing is in a folder but tables of a case.
fn has_tables_only(folder: &Path) -> bool {
    let is_table = |name: &str| name.strip_suffix(".csv").is_some_and(|name| Table::of_name(name).is_some());
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.into_iter().all(|entry| entry.is_ok_and(|entry| entry.file_name().to_str().is_some_and(is_table)))
}

fn claimreview(args: &ClaimReviewArgs, output: &Output) -> Result<Exit, Failure> {
    let watchdog = Watchdog::start(&args.evaluation.ceilings);
    let case = input::load_for(&args.case, &args.evaluation.scenario, output)?;
    let asked: Result<Vec<_>, Failure> = args.ids.iter().map(|id| Ok(input::subject(&case, id)?.0)).collect();
    let statements = if args.ids.is_empty() { reviewed(&case) } else { asked? };
    let engine = input::engine(&case, &args.evaluation, &watchdog)?;
    let by = Publisher { author: args.author.clone(), url: args.url.clone(), date: args.date.clone() };
    let text = export_claimreview(&engine, &statements, &by)?;
    watchdog.hush();
    output.write_bytes(&args.output, text.as_bytes())?;
    Ok(Exit::Yes)
}

fn problog(args: &ProblogArgs, output: &Output) -> Result<Exit, Failure> {
    if !matches!(args.evaluation.method, MethodName::Auto | MethodName::Exact) {
        let message = "the program gives exact degrees, whatever the method".to_owned();
        return Err(Failure::Usage { message, help: Some("leave out --method".to_owned()) });
    }
    let watchdog = Watchdog::start(&args.evaluation.ceilings);
    let case = input::load_for(&args.case, &args.evaluation.scenario, output)?;
    let made = export_problog(&input::engine(&case, &args.evaluation, &watchdog)?)?;
    watchdog.hush();
    let exit = written(made.exported, "ProbLog", &args.output, output)?;
    for one in made.loops {
        output.note(&format!("ProbLog will refuse this program, for a loop runs through negation: {one}"));
    }
    Ok(exit)
}

fn json(args: &JsonArgs, output: &Output) -> Result<Exit, Failure> {
    let case = input::load_as_written(&args.case, output)?;
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
    let path = args.folder.as_ref().or(args.output.as_ref()).expect("clap requires one of the two");
    folder::replace(path, &output.inputs, crate::authoring::is_exported, |file| {
        crate::authoring::export_columns(&loaded, file)
    })?;
    Ok(Exit::Yes)
}
