//! `evigraph quotes`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use similar::{ChangeTag, TextDiff};

use crate::authoring::{Loaded, respelled};
use crate::diagnostic::{TextEdit, edited, visible};
use crate::json::{Quotes, pretty};
use crate::lint::MendedFile;
use crate::model::{Case, DocumentId, Premise, QuoteState, Source, StatementId};
use crate::quotes::{Quotation, Quotations, check_quotes, place_words};
use crate::source::Disk;
use crate::words::{count, one_line};

use super::args::{CeilingArgs, Format, OutputArgs};
use super::exit::{Exit, Failure};
use super::layout::{BOLD, DIM, GREEN, RED, YELLOW, hanging, styled, wrapped};
use super::output::Output;
use super::watchdog::Watchdog;
use super::{completions, fix, input, pdf};

/// Are the quotations in the kept copies of their sources?
///
/// A document may have a `copy`: a file in the folder of the case, as text, Markdown, HTML or PDF. Each quotation is compared
/// with it, and is `exact`, `normalised` (the same apart from formatting: spaces, quotation marks, dashes, ligatures, hyphens at the ends
/// of lines), `near`, `missing`, `changed` (the copy is not the file that `sha256` says) or `unchecked` (there is no copy, or
/// it cannot be read). Nothing is fetched from anywhere. Exit 0 if none is missing, near or changed, 1 if one is.
#[derive(Debug, Args)]
pub struct QuotesArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// Documents, claims or relationships whose quotations are asked about; all if none is named
    #[arg(value_name = "ID", add = completions::ids())]
    pub ids: Vec<String>,

    /// Write the words of the copy in place of quotations that are near to them
    ///
    /// The files are written anew, each whole or not at all. Look at it first with --diff: the difference may be the copy's.
    #[arg(long)]
    pub repair: bool,

    /// Show what would be changed, and write nothing
    #[arg(long, requires = "repair", conflicts_with = "format")]
    pub diff: bool,

    /// How to print it
    #[arg(long, value_enum, help_heading = "Output", default_value_t = Format::Text)]
    pub format: Format,

    #[command(flatten)]
    pub ceilings: CeilingArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

pub fn run(args: &QuotesArgs, output: &Output) -> Result<Exit, Failure> {
    if args.repair && args.case.as_os_str() == "-" {
        let message = "`--repair` writes into the files of a case, and this one is read from standard input".to_owned();
        return Err(Failure::Usage { message, help: Some("give the case as a file".to_owned()) });
    }
    let watchdog = Watchdog::start(&args.ceilings);
    let (loaded, quotations) = checked(args, output)?;
    let Some(case) = &loaded.case else { unreachable!("it was well formed") };
    let asked = Asked::of(case, &args.ids)?;
    if args.diff {
        watchdog.hush();
        let (repairs, unrepaired) = repairs(&loaded, case, &quotations, &asked);
        let shown = fix::diff(&changed_files(&loaded, &repairs), &args.output, output);
        output.write_bytes(&args.output, shown.as_bytes())?;
        unrepaired.iter().for_each(|line| output.note(line));
        return Ok(exit(&quotations, case, &asked));
    }
    if args.repair {
        watchdog.disarm();
        let (repairs, unrepaired) = repairs(&loaded, case, &quotations, &asked);
        repair(&loaded, &repairs, output)?;
        unrepaired.iter().for_each(|line| output.note(line));
        let (loaded, quotations) = checked(args, output)?;
        let Some(case) = &loaded.case else { unreachable!("words in a text leave it well formed") };
        return answer(args, case, &quotations, output);
    }
    watchdog.hush();
    answer(args, case, &quotations, output)
}

fn checked(args: &QuotesArgs, output: &Output) -> Result<(Loaded, Quotations), Failure> {
    let loaded = input::load_unverified(&args.case, output)?;
    let Some(case) = &loaded.case else { return Err(input::errors_in(&loaded, output)) };
    let quotations = check_quotes(case, &loaded.sources, &Disk, pdf::read_apart);
    Ok((loaded, quotations))
}

fn answer(args: &QuotesArgs, case: &Case, quotations: &Quotations, output: &Output) -> Result<Exit, Failure> {
    let asked = Asked::of(case, &args.ids)?;
    let shown: Vec<&Quotation> = asked.among(case, quotations).collect();
    let text = match args.format {
        Format::Json => pretty(&Quotes(case, quotations, &shown)),
        Format::Text => text(case, quotations, &shown, output.width(&args.output)),
    };
    output.write(&args.output, &text)?;
    Ok(exit(quotations, case, &asked))
}

fn exit(quotations: &Quotations, case: &Case, asked: &Asked) -> Exit {
    if asked.among(case, quotations).any(|one| one.state.is_wrong()) { Exit::No } else { Exit::Yes }
}

/// What is asked about; nothing: everything.
#[derive(Default)]
struct Asked {
    statements: BTreeSet<StatementId>,
    documents: BTreeSet<DocumentId>,
}

impl Asked {
    fn of(case: &Case, ids: &[String]) -> Result<Self, Failure> {
        let mut asked = Self::default();
        for id in ids {
            if let Some(statement) = case.statement(id) {
                asked.statements.insert(statement);
            } else if let Some(Source::Document(document)) = case.source(id) {
                asked.documents.insert(document);
            } else {
                // A file of another sort need not be tried as itself.
                const NEEDED: &str = "document, claim or relationship";
                let is_other = case.keys().any(|key| key.as_str() == id);
                return Err(if is_other { input::wrong_sort } else { input::wrong_id }(case, id, NEEDED));
            }
        }
        Ok(asked)
    }

    fn among<'q>(&self, case: &Case, quotations: &'q Quotations) -> impl Iterator<Item = &'q Quotation> {
        let is_all = self.statements.is_empty() && self.documents.is_empty();
        quotations.all.iter().filter(move |one| {
            let document = match case.statements[one.statement].evidence[one.index].from {
                Premise::Source(Source::Document(document)) => Some(document),
                _ => None,
            };
            is_all
                || self.statements.contains(&one.statement)
                || document.is_some_and(|one| self.documents.contains(&one))
        })
    }
}

/// The words of the copy in place of each quotation that is near to them, and why some are not repaired. One that several
/// links share is changed once.
fn repairs(loaded: &Loaded, case: &Case, quotations: &Quotations, asked: &Asked) -> (Vec<TextEdit>, Vec<String>) {
    let (mut repairs, mut unrepaired): (Vec<TextEdit>, _) = (Vec::new(), Vec::new());
    for one in asked.among(case, quotations) {
        let Some(passage) = &one.passage else { continue };
        let (statement, link) = (&case.statements[one.statement], &case.statements[one.statement].evidence[one.index]);
        let span = link.quote_place;
        let words = passage.repaired.as_ref().map_err(ToString::to_string);
        let words = words.and_then(|words| {
            let respelled = respelled(&loaded.sources, span, words);
            respelled.ok_or_else(|| "the quotation is not written in a file of this case".to_owned())
        });
        match words {
            Ok((span, _)) if repairs.last().is_some_and(|last| last.span == span) => {}
            Ok((span, replacement)) => repairs.push(TextEdit { span, replacement }),
            Err(why) => {
                let from = case.premise_key(link.from);
                unrepaired.push(format!("the quotation of {} from {from} is not repaired: {why}", statement.key));
            }
        }
    }
    (repairs, unrepaired)
}

fn changed_files(loaded: &Loaded, repairs: &[TextEdit]) -> Vec<MendedFile> {
    let touched = loaded.sources.iter().filter(|(id, _)| repairs.iter().any(|edit| edit.span.file == *id));
    let changed = touched.map(|(id, file)| MendedFile {
        name: file.name().to_owned(),
        path: file.path().map(Path::to_owned),
        before: file.text().to_owned(),
        after: edited(id, file.text(), repairs),
    });
    changed.collect()
}

fn repair(loaded: &Loaded, repairs: &[TextEdit], output: &Output) -> Result<(), Failure> {
    let changed = changed_files(loaded, repairs);
    fix::replace(&changed, output)?;
    output.note(&match repairs.len() {
        0 => "there is nothing to repair".to_owned(),
        repaired => format!("repaired {} in {}", count(repaired, "quotation"), count(changed.len(), "file")),
    });
    Ok(())
}

/// The quotations as a text for people: how many of each state, then each with its words.
fn text(case: &Case, quotations: &Quotations, shown: &[&Quotation], width: usize) -> String {
    let mut text = format!("{}\n", styled(BOLD, wrapped(&visible(&case.title), width, "")));
    text += &wrapped(&counts(shown), width, "");
    text.push('\n');
    for one in shown {
        text += &entry(case, quotations, one, width);
    }
    for copy in &quotations.copies {
        let Some(trouble) = &copy.trouble else { continue };
        let document = &case.documents[copy.document];
        let path = document.copy.as_deref().unwrap_or_default();
        let line = format!("`{path}`, the kept copy of {}, is not read: {trouble}", document.key);
        let _ = write!(text, "\n{}\n", hanging(&visible(&line), width, "! ", "  "));
    }
    text
}

fn counts(shown: &[&Quotation]) -> String {
    let states = QuoteState::ALL.iter().filter_map(|&state| {
        let number = shown.iter().filter(|one| one.state == state).count();
        (number > 0).then(|| format!("{number} {}", state.name()))
    });
    let states: Vec<String> = states.collect();
    match shown.len() {
        0 => "There are no quotations.".to_owned(),
        all => format!("{}: {}", count(all, "quotation"), states.join(", ")),
    }
}

fn entry(case: &Case, quotations: &Quotations, one: &Quotation, width: usize) -> String {
    let statement = &case.statements[one.statement];
    let link = &statement.evidence[one.index];
    let place = one.place.map(place_words).unwrap_or_default();
    let at = link.at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
    let line = format!("{} from {}{at}", statement.key, case.premise_key(link.from));
    let found = match one.is_elsewhere {
        true => format!(" – found{place} instead"),
        false if place.is_empty() => String::new(),
        false => format!(" –{place}"),
    };
    let why = quotations.why_unchecked(case, one).map(|why| format!(" – {why}")).unwrap_or_default();
    let why = if one.is_out_of_order { " – its parts are there, in another order".to_owned() } else { why };
    let state = format!("{:<11}", one.state.name());
    let mut text = format!(
        "\n{}\n",
        hanging(
            &format!("{} {}{}", styled(style(one.state), state), visible(&line), visible(&(found + &why))),
            width,
            "",
            INDENT
        )
    );
    let quote = link.quote.as_deref().unwrap_or_default();
    let words = match &one.passage {
        Some(passage) => difference(&one_line(&passage.part), &passage.words),
        None => visible(&format!("“{}”", one_line(quote))).into_owned(),
    };
    let _ = writeln!(text, "{}", hanging(&words, width, INDENT, INDENT));
    text
}

/// As wide as the name of a state.
const INDENT: &str = "            ";

fn style(state: QuoteState) -> anstyle::Style {
    match state {
        QuoteState::Exact | QuoteState::Normalised => GREEN,
        QuoteState::Near => YELLOW,
        QuoteState::Missing | QuoteState::Changed => RED,
        QuoteState::Unchecked => DIM,
    }
}

/// A quotation and the words of the copy in one: `[-what the copy has not-] {+what it has+}`.
fn difference(quote: &str, copy: &str) -> String {
    let diff = TextDiff::from_words(quote, copy);
    let mut words = String::new();
    for change in diff.iter_all_changes() {
        let part = visible(change.value());
        match change.tag() {
            ChangeTag::Equal => words += &part,
            _ if part.trim().is_empty() => words += &part,
            ChangeTag::Delete => words += &styled(RED, format!("[-{part}-]")),
            ChangeTag::Insert => words += &styled(GREEN, format!("{{+{part}+}}")),
        }
    }
    format!("“{words}”")
}
