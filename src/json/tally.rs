//! Tallies, in the schema `evigraph/tally/1`: one on a line, so that tallies can be piped and put one behind another.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::engine::CountedModel;
use crate::logic::Tally;
use crate::tally::{Refusal, TallySheet};

const SCHEMA: &str = "evigraph/tally/1";

/// What the four numbers of every count are.
const COUNTS: [&str; 4] = ["for", "against", "conflict", "any_case"];

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    schema: String,
    evigraph: String,
    digest: String,
    seed: u64,
    worlds: [u64; 2],
    options: Vec<String>,
    out: Vec<String>,
    counts: Vec<String>,
    statements: Vec<Row>,
    case: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    with_rivals: [u64; 4],
    #[serde(skip_serializing_if = "Option::is_none")]
    without_rivals: Option<[u64; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uncontested: Option<[u64; 4]>,
}

/// The format alone, which is looked at first.
#[derive(Deserialize)]
struct Format {
    schema: Option<String>,
}

/// A tally as one line of JSON, with a newline at its end.
pub fn tally_line(sheet: &TallySheet) -> String {
    let rows = sheet.statements.iter().map(|(id, tallies)| row(id, &sheet.models, tallies));
    super::line(&Document {
        schema: SCHEMA.to_owned(),
        evigraph: sheet.evigraph.clone(),
        digest: sheet.digest.clone(),
        seed: sheet.seed,
        worlds: [sheet.worlds.start, sheet.worlds.end],
        options: sheet.options.clone(),
        out: sheet.out.clone(),
        counts: COUNTS.map(str::to_owned).to_vec(),
        statements: rows.collect(),
        case: Cow::Borrowed(&sheet.case),
    })
}

fn row(id: &str, models: &[CountedModel], tallies: &[Tally]) -> Row {
    let of = |wanted| models.iter().zip(tallies).find(|(model, _)| **model == wanted).map(|(_, &tally)| numbers(tally));
    Row {
        id: id.to_owned(),
        with_rivals: of(CountedModel::WithRivals).expect("the model of the verdicts is always counted"),
        without_rivals: of(CountedModel::WithoutRivals),
        uncontested: of(CountedModel::Uncontested),
    }
}

fn numbers(tally: Tally) -> [u64; 4] {
    [tally.in_favour, tally.against, tally.conflict, tally.any_case]
}

/// Reads a tally from line `number` of a file, counted from 1, and checks that it can be one.
///
/// Cost: linear in the length of the line.
///
/// # Errors
///
/// [`Refusal::Damaged`] or [`Refusal::OtherFormat`].
pub fn read_tally(line: &[u8], file: &str, number: usize) -> Result<TallySheet, Refusal> {
    let damaged = |problem: String| Refusal::Damaged { file: file.to_owned(), problem };
    let broken = |error: serde_json::Error| {
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        damaged(format!("line {number}, column {}: {said}", error.column()))
    };
    let format: Format = serde_json::from_slice(line).map_err(broken)?;
    match format.schema {
        None => return Err(damaged(format!("line {number}: it has no `schema`, so it is no tally"))),
        Some(schema) if schema != SCHEMA => return Err(Refusal::OtherFormat { file: file.to_owned(), schema }),
        Some(_) => {}
    }
    let document: Document<'_> = serde_json::from_slice(line).map_err(broken)?;
    let sheet = sheet(document).map_err(|problem| damaged(format!("line {number}: {problem}")))?;
    sheet.check().map_err(|problem| damaged(format!("line {number}: {problem}")))?;
    Ok(sheet)
}

fn sheet(document: Document<'_>) -> Result<TallySheet, String> {
    let Document { evigraph, digest, seed, worlds: [start, end], options, out, counts, statements, case, .. } =
        document;
    if counts != COUNTS {
        return Err(format!("`counts` is not {COUNTS:?}"));
    }
    let mut models = vec![CountedModel::WithRivals];
    if let Some(first) = statements.first() {
        models.extend(first.without_rivals.map(|_| CountedModel::WithoutRivals));
        models.extend(first.uncontested.map(|_| CountedModel::Uncontested));
    }
    let tallies = |row: Row| -> Result<(String, Vec<Tally>), String> {
        let counted = [Some(row.with_rivals), row.without_rivals, row.uncontested];
        let counted: Vec<Tally> = counted.into_iter().flatten().map(tally).collect();
        if counted.len() == models.len() && row.uncontested.is_some() == models.contains(&CountedModel::Uncontested) {
            return Ok((row.id, counted));
        }
        Err(format!("`statements`, `{}`: it is not counted in the same models as the first", row.id))
    };
    let statements = statements.into_iter().map(tallies).collect::<Result<_, _>>()?;
    Ok(TallySheet {
        evigraph,
        digest,
        seed,
        worlds: start..end,
        options,
        out,
        models,
        statements,
        case: case.into_owned(),
    })
}

fn tally([in_favour, against, conflict, any_case]: [u64; 4]) -> Tally {
    Tally { in_favour, against, conflict, any_case }
}
