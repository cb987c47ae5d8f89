//! Arguments of `evigraph query`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::AnswerArgs;
use crate::cli::completions;

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

const DOCUMENT_KEYS: &str = "Keys: kind, tag, collection, by, under, period, date, place, mentions, actor, on, claim, \
    topic, reaches, derives, cite, withheld, reliability, title, text, id; joined by not, and, or and parentheses. \
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
