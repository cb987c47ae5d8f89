//! `evigraph query`: one function a question, one file for how the answers look.

mod args;
mod cards;
mod coverage;
mod lines;
mod ranks;
mod readings;
mod rows;
mod ways;

use std::collections::BTreeSet;
use std::path::Path;

use crate::engine::{Answer, Engine};
use crate::json::{self, pretty};
use crate::model::{ActorId, Case, Source};
use crate::query::{
    ActorSelector, ClaimSelector, Found, Limits, actors, claims, collections, coverage, derived_from, documents, open,
    paths, readings, sources,
};
use crate::selector::{Selector, SelectorError};
use crate::verdict::Reason;
use crate::words::count;

use super::args::{AnswerArgs, Format};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::watchdog::Watchdog;
use super::{input, table};

pub use args::QueryArgs;
use args::{Between, CoverageArgs, Evaluated, Named, Open, Question, Ranked, Selected};

/// An answer as printed.
struct Page {
    text: String,
    found: bool,
    /// How many were not asked about, and of what.
    unanswered: (usize, &'static str),
}

type Printed = Result<Page, Failure>;

pub fn run(args: &QueryArgs, output: &Output) -> Result<Exit, Failure> {
    match &args.question {
        Question::Evaluated(question) => ask(&args.case, question, output),
        Question::Coverage(asked) => ask_coverage(&args.case, asked, output),
    }
}

fn ask(path: &Path, question: &Evaluated, output: &Output) -> Result<Exit, Failure> {
    let asking = asking(question);
    let watchdog = Watchdog::start(&asking.evaluation.ceilings);
    let case = input::load_for(path, &asking.evaluation.scenario, output)?;
    let width = output.width(&asking.output);
    let Page { text, found, unanswered: (unanswered, of) } = input::engine(&case, &asking.evaluation, &watchdog)?
        .or_sampled(|engine| match question {
            Evaluated::Documents(args) => ask_documents(engine, args, width),
            Evaluated::Sources(args) => ask_sources(engine, args, width),
            Evaluated::Collections(args) => ask_collections(engine, args, width),
            Evaluated::Claims(args) => ask_claims(engine, args, width),
            Evaluated::Actors(args) => ask_actors(engine, args, width),
            Evaluated::Readings(args) => ask_readings(engine, args, width),
            Evaluated::Paths(args) => ask_paths(engine, args, width),
            Evaluated::Derives(args) => ask_derives(engine, args, width),
            Evaluated::Open(args) => ask_open(engine, args, width),
        })?;
    watchdog.hush();
    output.write(&asking.output, &text)?;
    if unanswered > 0 {
        let left_out = format!("{} left to ask about, which may change the list", count(unanswered, of));
        return Ok(Watchdog::end(Some(&left_out), output));
    }
    Ok(if found { Exit::Yes } else { Exit::No })
}

fn ask_coverage(path: &Path, args: &CoverageArgs, output: &Output) -> Result<Exit, Failure> {
    let case = input::load_case(path, output)?;
    let found = coverage(&case);
    let text = match args.format {
        Format::Json => pretty(&json::CoverageOf(&case, &found, &args.at_most)),
        Format::Text => coverage::render(&case, &found, args, output.width(&args.output)),
    };
    output.write(&args.output, &text)?;
    Ok(if args.at_most.iter().all(|limit| found.keeps(limit)) { Exit::Yes } else { Exit::No })
}

fn asking(question: &Evaluated) -> &AnswerArgs {
    match question {
        Evaluated::Documents(args)
        | Evaluated::Collections(args)
        | Evaluated::Claims(args)
        | Evaluated::Actors(args) => &args.answer,
        Evaluated::Sources(args) => &args.selected.answer,
        Evaluated::Readings(args) | Evaluated::Derives(args) => &args.answer,
        Evaluated::Paths(args) => &args.answer,
        Evaluated::Open(args) => &args.answer,
    }
}

/// The selector that was given, if one was.
fn selector<S>(args: &Selected, parse: impl Fn(&str) -> Result<S, SelectorError>) -> Result<Option<S>, Failure> {
    args.selector.as_deref().map(parse).transpose().map_err(input::wrong_selector(""))
}

fn ask_documents(engine: &Engine<'_>, args: &Selected, width: usize) -> Printed {
    let case = engine.case();
    let selector = selector(args, |text| Selector::parse(text, case))?;
    let Found { found, unanswered } = documents(engine, selector.as_ref())?;
    let text = match args.answer.format {
        Format::Json => pretty(&json::Selected(engine, selector.as_ref(), &found, unanswered)),
        Format::Text => cards::documents(engine, selector.as_ref(), &found, width),
    };
    Ok(Page { text, found: !found.is_empty(), unanswered: (unanswered, "document") })
}

fn ask_sources(engine: &Engine<'_>, args: &Ranked, width: usize) -> Printed {
    let case = engine.case();
    let selector = selector(&args.selected, |text| Selector::parse(text, case))?;
    let Found { found, unanswered } = sources(engine, selector.as_ref())?;
    let text = match args.selected.answer.format {
        Format::Json => pretty(&json::Selected(engine, selector.as_ref(), &found, unanswered)),
        Format::Text => ranks::sources(engine, selector.as_ref(), &found, args.most, width),
    };
    Ok(Page { text, found: !found.is_empty(), unanswered: (unanswered, "statement") })
}

fn ask_collections(engine: &Engine<'_>, args: &Selected, width: usize) -> Printed {
    let case = engine.case();
    let selector = selector(args, |text| Selector::parse(text, case))?;
    let Found { found, unanswered } = collections(engine, selector.as_ref())?;
    let text = match args.answer.format {
        Format::Json => pretty(&json::Selected(engine, selector.as_ref(), &found, unanswered)),
        Format::Text => ranks::collections(engine, selector.as_ref(), &found, width),
    };
    Ok(Page { text, found: !found.is_empty(), unanswered: (unanswered, "statement") })
}

fn ask_claims(engine: &Engine<'_>, args: &Selected, width: usize) -> Printed {
    let case = engine.case();
    let Found { found: answers, unanswered } = claims(engine)?;
    let selector = selector(args, |text| ClaimSelector::parse(text, case, &answers))?;
    let is_meant = |id| selector.as_ref().is_none_or(|selector| selector.matches(id));
    let found: Vec<_> = answers.iter().filter(|answer| is_meant(answer.statement)).collect();
    let text = match args.answer.format {
        Format::Json => pretty(&json::Selected(engine, selector.as_ref(), &found, unanswered)),
        Format::Text if found.is_empty() => {
            lines::head(engine, selector.as_ref(), 0, ["claim or relationship", "claims or relationships"], width)
        }
        Format::Text => {
            let statements = found.iter().map(|&answer| answer.clone()).collect();
            table::render(engine, &Answer { statements, questions: Vec::new(), unanswered }, &BTreeSet::new(), width)
        }
    };
    Ok(Page { text, found: !found.is_empty(), unanswered: (unanswered, "statement") })
}

fn ask_actors(engine: &Engine<'_>, args: &Selected, width: usize) -> Printed {
    let case = engine.case();
    let selector = selector(args, |text| ActorSelector::parse(text, case))?;
    let Found { found, unanswered } = actors(engine, selector.as_ref())?;
    let text = match args.answer.format {
        Format::Json => pretty(&json::Selected(engine, selector.as_ref(), &found, unanswered)),
        Format::Text => cards::actors(engine, selector.as_ref(), &found, width),
    };
    Ok(Page { text, found: !found.is_empty(), unanswered: (unanswered, "actor") })
}

fn ask_readings(engine: &Engine<'_>, args: &Named, width: usize) -> Printed {
    let (asked, _) = input::subject(engine.case(), &args.id)?;
    let found = readings(engine, asked)?;
    let text = match args.answer.format {
        Format::Json => pretty(&json::ReadingsOf(engine, asked, found.as_ref())),
        Format::Text => readings::render(engine, asked, found.as_ref(), width),
    };
    let unanswered = found.as_ref().map_or(0, |found| found.unanswered);
    Ok(Page { text, found: found.is_some(), unanswered: (unanswered, "statement") })
}

fn ask_paths(engine: &Engine<'_>, args: &Between, width: usize) -> Printed {
    let case = engine.case();
    let (from, to) = (actor(case, &args.from)?, actor(case, &args.to)?);
    if from == to {
        let message = format!("`{}` is both ends of the path", args.from);
        return Err(Failure::Usage { message, help: Some("name two different actors".to_owned()) });
    }
    let limits = Limits { longest: args.longest.into(), most: args.most.into(), parts: args.parts };
    let found = paths(engine, from, to, limits)?;
    let text = match args.answer.format {
        Format::Json => pretty(&json::PathsBetween(engine, [from, to], &found)),
        Format::Text => ways::render(engine, [from, to], limits, &found, width),
    };
    Ok(Page { text, found: !found.paths.is_empty(), unanswered: (found.unanswered, "relationship") })
}

fn actor(case: &Case, id: &str) -> Result<ActorId, Failure> {
    match input::source(case, id, "actor")? {
        Source::Actor(actor) => Ok(actor),
        Source::Document(_) => Err(input::wrong_sort(case, id, "actor")),
    }
}

fn ask_derives(engine: &Engine<'_>, args: &Named, width: usize) -> Printed {
    let source = input::source(engine.case(), &args.id, "document or actor")?;
    let found = derived_from(engine, source)?;
    let text = match args.answer.format {
        Format::Json => pretty(&json::DerivedFrom(engine, &found)),
        Format::Text => cards::derivation(engine, &found, width),
    };
    let is_found = !found.documents.is_empty();
    Ok(Page { text, found: is_found, unanswered: (found.unanswered, "verdict") })
}

fn ask_open(engine: &Engine<'_>, args: &Open, width: usize) -> Printed {
    let reason = args.reason.as_deref();
    if let Some(unknown) = reason.filter(|reason| !Reason::NAMES.contains(reason)) {
        return Err(input::unknown_word("reason", unknown, &Reason::NAMES));
    }
    if !engine.is_exact() {
        let message = "open or settled is asked of all worlds, and exactly".to_owned();
        let help = "leave out --method, or ask for the verdicts with `evigraph verdict`".to_owned();
        return Err(Failure::Usage { message, help: Some(help) });
    }
    let open = open(engine, reason)?;
    let text = match args.answer.format {
        Format::Json => pretty(&json::OpenOnes(engine, reason, &open)),
        Format::Text => lines::open(engine, reason, &open, width),
    };
    Ok(Page { text, found: !open.found.is_empty(), unanswered: (open.unanswered, "statement") })
}
