//! `evigraph diagram --view history` and `--view timeline`: pictures with time across.

use std::collections::BTreeSet;

use crate::compare::Limit;
use crate::diagram::{TimePicture, history_picture, mermaid_timeline, time_page, timeline_picture};
use crate::engine::{Answer, Engine};
use crate::history::{Options, history};
use crate::model::{Case, QuestionId, StatementId};
use crate::selector::Selector;

use super::diagram_args::{DiagramArgs, DiagramFormat, DirectionName, EngineName, ViewName};
use super::exit::{Exit, Failure};
use super::input;
use super::output::Output;
use super::picture::{SCALE, written};
use super::watchdog::Watchdog;

/// Draws a view of time.
pub fn run(args: &DiagramArgs, view: ViewName, format: DiagramFormat, output: &Output) -> Result<Exit, Failure> {
    let name = if view == ViewName::History { "history" } else { "timeline" };
    refuse(args, name, format)?;
    if format == DiagramFormat::Mermaid {
        return timeline_as_mermaid(args, output);
    }
    let watchdog = Watchdog::start(&args.evaluation.ceilings);
    let case = input::load_for(&args.case, &args.evaluation.scenario, output)?;
    let (drawn, left_out) = match view {
        ViewName::History => drawn_history(args, &input::history_engine(&case, &args.evaluation, &watchdog)?)?,
        _ => (drawn_timeline(args, &input::engine(&case, &args.evaluation, &watchdog)?)?, None),
    };
    if left_out.is_some() {
        // The time is over already, and what was worked out in it is to be seen.
        watchdog.hush();
    }
    let bytes = match format {
        DiagramFormat::Html => time_page(&drawn).into_bytes(),
        _ => written(&drawn.picture, format, args, SCALE, output)?,
    };
    watchdog.hush();
    output.write_bytes(&args.output, &bytes)?;
    drawn.left_out.iter().for_each(|note| output.note(note));
    Ok(Watchdog::end(left_out, output))
}

/// What a picture of time cannot be asked for.
fn refuse(args: &DiagramArgs, name: &str, format: DiagramFormat) -> Result<(), Failure> {
    let usage = |message: String, help: &str| Err(Failure::Usage { message, help: Some(help.to_owned()) });
    let is_timeline = args.view == Some(ViewName::Timeline);
    let language = match format {
        DiagramFormat::Dot => Some("DOT"),
        DiagramFormat::Mermaid if !is_timeline => Some("Mermaid"),
        _ => None,
    };
    if let Some(language) = language {
        let message = format!("{language} cannot place things along a time axis, as --view {name} does");
        return usage(message, "ask for svg, png, pdf or html");
    }
    let flags = [
        ("--focus", is_timeline && args.focus.is_some()),
        ("--hops", args.hops.is_some()),
        ("--select", !is_timeline && !args.select.is_empty()),
        ("--cluster", args.cluster.is_some()),
        ("--collapse", args.collapse),
        ("--most", args.most.is_some()),
        ("--full", args.full),
        ("--square", args.square),
        ("--fit", args.fit),
        ("--section", args.section.is_some()),
        ("--direction", args.direction != DirectionName::Up),
        ("--engine", args.engine != EngineName::Own),
    ];
    match flags.into_iter().find(|&(_, is_given)| is_given) {
        Some((flag, _)) => usage(format!("{flag} is not for --view {name}"), "leave it out"),
        None => Ok(()),
    }
}

/// The history of the questions with all of their claims, or of what the focus names.
fn drawn_history(args: &DiagramArgs, engine: &Engine<'_>) -> Result<(TimePicture, Option<&'static str>), Failure> {
    let (statements, questions) = asked(engine.case(), args.focus.as_deref())?;
    let options = Options { settle: !args.no_settled, limit: Limit::default() };
    engine.or_sampled(|engine| {
        let recorded = history(engine, (&statements, &questions), options)?;
        let left_out = recorded.stopped_at.map(|_| "the picture ends before the last documents");
        Ok::<_, Failure>((history_picture(engine, &recorded), left_out))
    })
}

fn asked(case: &Case, focus: Option<&str>) -> Result<(BTreeSet<StatementId>, BTreeSet<QuestionId>), Failure> {
    let (mut statements, mut questions) = match focus {
        Some(id) => input::asked(case, &[id.to_owned()])?,
        None => (BTreeSet::new(), case.questions.ids().collect()),
    };
    statements.extend(questions.iter().flat_map(|&id| case.questions[id].claims.iter().copied()));
    if statements.is_empty() && questions.is_empty() {
        (statements, questions) = (case.statements.ids().collect(), BTreeSet::new());
    }
    Ok((statements, questions))
}

fn drawn_timeline(args: &DiagramArgs, engine: &Engine<'_>) -> Result<TimePicture, Failure> {
    dated(args, engine, timeline_picture)
}

/// A timeline in the language of Mermaid, which orders things and has no axis.
fn timeline_as_mermaid(args: &DiagramArgs, output: &Output) -> Result<Exit, Failure> {
    let watchdog = Watchdog::start(&args.evaluation.ceilings);
    let case = input::load_for(&args.case, &args.evaluation.scenario, output)?;
    let engine = input::engine(&case, &args.evaluation, &watchdog)?;
    let (text, left_out) = dated(args, &engine, mermaid_timeline)?;
    watchdog.hush();
    output.write(&args.output, &text)?;
    left_out.iter().for_each(|note| output.note(note));
    Ok(Exit::Yes)
}

/// What is made of everything that has a date.
fn dated<T>(
    args: &DiagramArgs,
    engine: &Engine<'_>,
    make: impl Fn(&Engine<'_>, &Answer, &[Selector]) -> Option<T>,
) -> Result<T, Failure> {
    let selectors = args.select.iter().map(|text| Selector::parse(text, engine.case()));
    let select = selectors.collect::<Result<Vec<_>, _>>().map_err(input::wrong_selector("--select: "))?;
    engine.or_sampled(|engine| {
        let answer = engine.answer_all(false)?;
        make(engine, &answer, &select).ok_or_else(|| Failure::Usage {
            message: "nothing that would be drawn has a date".to_owned(),
            help: Some("write `date` or `released` under documents, or `period` under claims".to_owned()),
        })
    })
}
