//! `evigraph sample`

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::engine::{Counts, Engine, MOST_WORLDS, WrongPlan, what_is_out};
use crate::json::tally_line;
use crate::logic::BLOCK;
use crate::model::StatementId;
use crate::tally::TallySheet;

use super::args::{OutputArgs, ScenarioArgs};
use super::exit::{Exit, Failure};
use super::input;
use super::merge::{CONFIDENCE, sum_of};
use super::output::Output;
use super::watchdog::Watchdog;

/// Count a part of the sampled worlds, for `evigraph merge`
///
/// Sampling can be split over machines: each counts some worlds and writes a tally, one line of JSON
/// that `evigraph merge` adds to the others. The whole case is in it. Few need this: `evigraph verdict
/// CASE --method sampled` uses every core, and samples up to 1,048,576 worlds.
#[derive(Debug, Args)]
pub struct SampleArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// Which worlds: from A up to, and not including, B; both are multiples of 512
    #[arg(long, value_name = "A..B", value_parser = worlds)]
    pub worlds: Range<u64>,

    /// The seed of sampled worlds; the same seed gives the same tally
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,

    /// Take as out what is out by this tally, as `evigraph merge` asks where the first guess was wrong
    #[arg(long, value_name = "FILE")]
    pub out_from: Option<PathBuf>,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub scenario: ScenarioArgs,
}

pub fn run(args: &SampleArgs, output: &Output) -> Result<Exit, Failure> {
    if args.scenario.verified_quotes_only {
        let help = "ask `evigraph verdict --method sampled --verified-quotes-only`, which needs no tally".to_owned();
        let message =
            "a tally keeps its case without copies, so that --verified-quotes-only cannot be sampled in parts"
                .to_owned();
        return Err(Failure::Usage { message, help: Some(help) });
    }
    let watchdog = Watchdog::without_ceilings();
    let case = input::load_as_written(&args.case, output)?;
    let engine = input::sampling_engine(&case, &args.scenario, args.seed, &watchdog)?;
    let out = match &args.out_from {
        Some(path) => out_by(path, &engine, output)?,
        // The same guess in every part: what `verdict --method sampled` finds out with as many worlds as it takes.
        None => what_is_out(&engine)?,
    };
    let counts = Counts::new(&engine, args.worlds.clone(), &out)?;
    watchdog.hush();
    output.write_bytes(&args.output, tally_line(&TallySheet::new(&engine, &counts)).as_bytes())?;
    Ok(Exit::Yes)
}

/// What is out by a tally, which has to be of the same case read in the same way.
fn out_by(path: &Path, engine: &Engine<'_>, output: &Output) -> Result<BTreeSet<StatementId>, Failure> {
    let (tally, file) = sum_of(&[path.to_owned()], false, output)?;
    tally.same_reading(&file, engine)?;
    let counts = tally.counts(engine, &file)?;
    let mut out = counts.out.clone();
    if let Err(wrong) = counts.answering(engine, CONFIDENCE) {
        let WrongPlan { out: missed, not_out } = wrong;
        out.extend(missed);
        out.retain(|statement| !not_out.contains(statement));
    }
    Ok(out)
}

/// `0..51200`.
fn worlds(text: &str) -> Result<Range<u64>, String> {
    let number = |text: &str| text.parse::<u64>().map_err(|_| format!("`{text}` is no whole number"));
    let (start, end) = text.split_once("..").ok_or("write the first world, two dots and the one after the last")?;
    let (start, end) = (number(start)?, number(end)?);
    for end in [start, end] {
        whole_blocks(end)?;
    }
    if start >= end {
        return Err("there is no world in it: the second number has to be larger than the first".to_owned());
    }
    Ok(start..end)
}

fn whole_blocks(number: u64) -> Result<(), String> {
    if number > MOST_WORLDS {
        return Err(format!("{number} is more than {MOST_WORLDS}, which is as far as worlds are numbered"));
    }
    let below = number - number % BLOCK;
    if below == number {
        return Ok(());
    }
    let above = below + BLOCK;
    Err(format!(
        "worlds are counted in blocks of {BLOCK}, and {number} is no multiple of that; the nearest are {below} and {above}"
    ))
}
