//! Arguments of `evigraph query`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::{AnswerArgs, Format, OutputArgs};
use crate::cli::completions;
use crate::query::{Amount, AtMost, Gap};

/// Which documents, sources, actors, readings
///
/// Asks a case who says what, and how much hangs on it. Exit 0 if something was found, 1 if nothing was.
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    #[command(subcommand)]
    pub question: Question,
}

#[derive(Debug, Subcommand)]
pub enum Question {
    #[command(flatten)]
    Evaluated(Box<Evaluated>),

    /// What the record lacks: evidence, grades, quotations that were found, sources that are used
    ///
    /// By the sections of the report, and for the whole case; nothing is evaluated. Exit 1 where `--at-most` is exceeded,
    /// else 0.
    Coverage(CoverageArgs),
}

/// Questions that are answered by way of the verdicts.
#[derive(Debug, Subcommand)]
pub enum Evaluated {
    /// Documents, with the claims that they speak to and the verdicts on these
    #[command(after_help = DOCUMENT_KEYS)]
    Documents(Selected),

    /// Sources, those that carry most first
    ///
    /// For each: its influence summed over all statements, the verdicts that would change without it, the share of its
    /// links in which it speaks for itself, the share of it that is withheld, and how many statements depend on it.
    #[command(after_help = DOCUMENT_KEYS)]
    Sources(Ranked),

    /// Collections and archives, those whose documents carry most first
    ///
    /// With a selector, only documents that it means count.
    #[command(after_help = DOCUMENT_KEYS)]
    Collections(Selected),

    /// Claims and relationships, by what they say and by their verdicts
    #[command(after_help = "Keys: verdict, detail, settled, open, is, kind, tag, period, place, about, from, \
        depends, question, text, id. Example: 'verdict:contested and tag:contra'. docs/query.md explains each.")]
    Claims(Selected),

    /// Actors, with their relationships and the verdicts on these
    #[command(after_help = "Keys: kind, tag, name, under, tied, id. Example: 'kind:Company or tied:cia'. \
        docs/query.md explains each.")]
    Actors(Selected),

    /// Rival readings of a claim: who asserts each, what both grant, and what would decide
    Readings(Named),

    /// Paths between two actors over attested relationships
    ///
    /// A relationship is attested when it is not refuted and there is a case for it; paths follow it in either
    /// direction. The shortest paths come first, and of one length those whose weakest link is strongest.
    Paths(Between),

    /// Everything that derives from a document or actor, and what that reaches
    Derives(Named),

    /// Claims that are open, for one reason or any, with the witnesses
    Open(Open),
}

const DOCUMENT_KEYS: &str = "Keys: kind, tag, collection, by, under, author, period, date, released, place, mentions, actor, on, \
    claim, topic, reaches, derives, cite, withheld, reliability, title, text, id; joined by not, and, or and parentheses. \
    Example: 'kind:Cable and by:cia and period:1980/1989 and not tag:press'. docs/query.md explains each.";

#[derive(Debug, Args)]
pub struct Selected {
    /// Which ones; all if not given
    #[arg(value_name = "SELECTOR")]
    pub selector: Option<String>,

    #[command(flatten)]
    pub answer: AnswerArgs,
}

#[derive(Debug, Args)]
pub struct Ranked {
    #[command(flatten)]
    pub selected: Selected,

    /// How many to show in a text; JSON has all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub most: usize,
}

#[derive(Debug, Args)]
pub struct Named {
    /// The id
    #[arg(value_name = "ID", add = completions::ids())]
    pub id: String,

    #[command(flatten)]
    pub answer: AnswerArgs,
}

#[derive(Debug, Args)]
pub struct Between {
    /// The actor at one end
    #[arg(value_name = "ACTOR", add = completions::actors())]
    pub from: String,

    /// The actor at the other
    #[arg(value_name = "ACTOR", add = completions::actors())]
    pub to: String,

    /// The most hops of a path
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=12))]
    pub longest: u8,

    /// The most paths
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub most: u16,

    /// Let a path step from an actor to what it is a part of, and back, as well
    #[arg(long)]
    pub parts: bool,

    #[command(flatten)]
    pub answer: AnswerArgs,
}

#[derive(Debug, Args)]
pub struct Open {
    /// contested, insufficient, no_evidence, rests_on_open_premise, single_source, withheld or weights; any if not
    /// given
    #[arg(value_name = "REASON")]
    pub reason: Option<String>,

    #[command(flatten)]
    pub answer: AnswerArgs,
}

#[derive(Debug, Args)]
pub struct CoverageArgs {
    /// How much may be lacking: `no-evidence`, `ungraded`, `unverified` or `unused`, with a number or a percentage
    ///
    /// As in `--at-most no-evidence=0` and `--at-most ungraded=10%`. Of the whole case; may be repeated.
    #[arg(long, value_name = "GAP=NUMBER", value_parser = at_most)]
    pub at_most: Vec<AtMost>,

    /// How many ids of a sort to show in a text; JSON has all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub most: usize,

    /// How to print it
    #[arg(long, value_enum, help_heading = "Output", default_value_t = Format::Text)]
    pub format: Format,

    #[command(flatten)]
    pub output: OutputArgs,
}

/// Reads a limit.
fn at_most(text: &str) -> Result<AtMost, String> {
    let names = || Gap::ALL.map(|gap| format!("`{}`", gap.name())).join(", ");
    let (name, number) = text.split_once('=').ok_or("write what may be lacking and how much, as in `ungraded=0`")?;
    let gap = Gap::ALL.into_iter().find(|gap| gap.name() == name);
    let gap = gap.ok_or_else(|| format!("`{name}` is not one of {}", names()))?;
    let most = match number.strip_suffix('%') {
        None => number.parse().ok().map(Amount::Count),
        Some(share) => share.parse().ok().filter(|share| (0.0..=100.0).contains(share)).map(Amount::Percent),
    };
    let most = most.ok_or_else(|| format!("`{number}` is no number: write a whole one, or one from 0% to 100%"))?;
    Ok(AtMost { gap, most })
}
