//! `evigraph merge`

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::authoring::LARGEST;
use crate::json::{Verdicts, pretty, read_tally, tally_line};
use crate::tally::{Merging, Refusal, TallySheet};

use super::args::{OutputArgs, confidence};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::table;

/// Add the tallies of `evigraph sample`, and give the verdicts that follow
///
/// The tallies may come in any order, several in a file, and from standard input (`-`). Together they
/// have to count every world from 0 on, each once, of one case, with one seed and the same options:
/// anything else is refused. The answer is the same however the worlds were split.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Files with tallies in them, or `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// How sure the interval of a degree is, from 0.5 to 0.999999
    #[arg(long, value_name = "NUMBER", default_value_t = CONFIDENCE, value_parser = confidence)]
    pub confidence: f64,

    /// How to print it
    #[arg(long, value_enum, help_heading = "Output", default_value_t = MergeFormat::Text)]
    pub format: MergeFormat,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MergeFormat {
    /// The verdicts, as a text for people
    Text,
    /// The verdicts as JSON, for programs
    Json,
    /// The sum as a tally, which can be merged again; it need not begin with world 0
    Tally,
}

/// How sure intervals are where nothing else is asked.
pub(super) const CONFIDENCE: f64 = 0.99;

pub fn run(args: &MergeArgs, output: &Output) -> Result<Exit, Failure> {
    let (tally, file) = sum_of(&args.files, args.format != MergeFormat::Tally, output)?;
    let case = tally.read_case(&file)?;
    let engine = tally.engine(&case, &file)?;
    if args.format == MergeFormat::Tally {
        tally.counts(&engine, &file)?;
        output.write_bytes(&args.output, tally_line(&tally).as_bytes())?;
        return Ok(Exit::Yes);
    }
    let engine = tally.answering(&engine, args.confidence, &file)?;
    let answer = engine.answer_all(false)?;
    let text = match args.format {
        MergeFormat::Text => table::render(&engine, &answer, &BTreeSet::new(), output.width(&args.output)),
        MergeFormat::Json | MergeFormat::Tally => pretty(&Verdicts(&engine, &answer)),
    };
    output.write(&args.output, &text)?;
    Ok(Exit::Yes)
}

/// The sum of all tallies in some files, and the name of the first file.
pub(super) fn sum_of(files: &[PathBuf], from_zero: bool, output: &Output) -> Result<(TallySheet, String), Failure> {
    let mut merging = Merging::default();
    for path in files {
        let unreadable = |cause| Failure::Read { path: path.clone(), cause };
        if path == Path::new("-") {
            output.inputs.add_stdin();
            add_all(&mut io::stdin().lock(), "standard input", &mut merging, unreadable)?;
        } else {
            let file = File::open(path).map_err(unreadable)?;
            output.inputs.add(path);
            add_all(&mut BufReader::new(file), &path.display().to_string(), &mut merging, unreadable)?;
        }
    }
    Ok(merging.finish(from_zero)?)
}

/// Adds the tallies of one file, a line each.
fn add_all(
    lines: &mut dyn BufRead,
    file: &str,
    merging: &mut Merging,
    unreadable: impl Fn(io::Error) -> Failure,
) -> Result<(), Failure> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = lines.take(LARGEST + 1).read_until(b'\n', &mut line).map_err(&unreadable)?;
        if read as u64 > LARGEST {
            let problem = format!("line {number} is longer than {LARGEST} bytes");
            return Err(Refusal::Damaged { file: file.to_owned(), problem }.into());
        }
        if read == 0 {
            break;
        }
        if !line.trim_ascii().is_empty() {
            let sheet = read_tally(&line, file, number)?;
            let place = if number == 1 { file.to_owned() } else { format!("{file}, line {number},") };
            merging.add(&place, sheet)?;
        }
    }
    Ok(())
}
