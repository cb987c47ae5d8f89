//! `evigraph diagram`

use std::path::Path;

use crate::diagram::{
    CardError, CardShape, Cluster, Focus, Notation, Note, Picture, Request, Scene, Size, Subject, View, card_picture,
    dot, graphviz_input, html, letters, mermaid, mermaid_excess, mermaid_fitting, open_on_overview, page_views,
    picture, picture_placed, scene, verdict_card,
};
use crate::engine::{Answer, Engine, EngineError};
use crate::model::{Case, Node, Source};
use crate::selector::Selector;

use super::diagram_args::{DiagramArgs, DiagramFormat, EngineName, NotationName, ViewName};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::picture::{SCALE, has_own_letters, written};
use super::watchdog::Watchdog;
use super::{graphviz, input, time_views};

/// How far around a focus is drawn, unless it is said.
const HOPS: usize = 2;

pub fn run(args: &DiagramArgs, output: &Output) -> Result<Exit, Failure> {
    let format = format(args)?;
    if (args.page.is_some() || args.poster) && format != DiagramFormat::Pdf {
        let help = Some("leave them out, or ask for pdf".to_owned());
        return Err(Failure::Usage { message: "--page and --poster are for pdf".to_owned(), help });
    }
    if args.square && args.view != Some(ViewName::Card) {
        let help = Some("leave it out, or add --view card".to_owned());
        return Err(Failure::Usage { message: "--square is for --view card".to_owned(), help });
    }
    if let Some(view @ (ViewName::History | ViewName::Timeline)) = args.view {
        return time_views::run(args, view, format, output);
    }
    if args.engine == EngineName::Dot && !matches!(format, DiagramFormat::Svg | DiagramFormat::Png | DiagramFormat::Pdf)
    {
        let help = "leave --engine out, or ask for one of these".to_owned();
        return Err(Failure::Usage { message: "--engine is for svg, png and pdf".to_owned(), help: Some(help) });
    }
    if args.view == Some(ViewName::Card) {
        return card(args, format, output);
    }
    let watchdog = Watchdog::start(&args.evaluation.ceilings);
    let (case, remarks) = input::load_with_remarks(&args.case, output)?;
    let request = request(&case, args)?;
    let (scene, page, is_whole) = input::engine(&case, &args.evaluation, &watchdog)?.or_sampled(|engine| {
        let engine = &engine.for_all(!args.no_settled)?;
        let (mut answer, is_whole) = answered(engine, !args.no_settled)?;
        if format == DiagramFormat::Html {
            remarks.by(engine).add(&mut answer);
        }
        let scene = scene(engine, &answer, &request)?;
        let is_page = format == DiagramFormat::Html;
        let page = if is_page {
            explorer(engine, &answer, &request, scene.clone(), args.view.is_some() || args.section.is_some())?
        } else {
            String::new()
        };
        Ok::<_, Failure>((scene, page, is_whole))
    })?;
    let scene = if args.fit && format == DiagramFormat::Mermaid { mermaid_fitting(&scene) } else { scene };
    let bytes = match format {
        DiagramFormat::Html => page.into_bytes(),
        DiagramFormat::Dot => dot(&scene).into_bytes(),
        DiagramFormat::Mermaid => mermaid(&scene).into_bytes(),
        _ => written(&drawn(&scene, format, args)?, format, args, SCALE, output)?,
    };
    watchdog.hush();
    output.write_bytes(&args.output, &bytes)?;
    notes(&scene, format, output);
    Ok(Watchdog::end((!is_whole).then_some(NOT_SETTLED), output))
}

/// What a picture lacks that there was not the time for.
const NOT_SETTLED: &str = "the picture shows verdicts, and not which of them are settled";

/// The verdicts on everything, and whether they say all that was asked: where there was not the time to find out which are
/// settled, they are given without.
fn answered(engine: &Engine<'_>, settle: bool) -> Result<(Answer, bool), EngineError> {
    let answer = engine.answer_all(settle)?;
    if answer.unanswered == 0 {
        return Ok((answer, true));
    }
    let verdicts = engine.answer_all(false)?;
    if verdicts.unanswered == 0 { Ok((verdicts, false)) } else { Err(EngineError::Stopped) }
}

/// The card of a question or a claim.
fn card(args: &DiagramArgs, format: DiagramFormat, output: &Output) -> Result<Exit, Failure> {
    if !matches!(format, DiagramFormat::Svg | DiagramFormat::Png | DiagramFormat::Pdf) {
        let help = Some("ask for svg, png or pdf".to_owned());
        return Err(Failure::Usage { message: "a card is a picture".to_owned(), help });
    }
    let watchdog = Watchdog::start(&args.evaluation.ceilings);
    let case = input::load_for(&args.case, &args.evaluation.scenario, output)?;
    let subject = args.focus.as_deref().map(|id| subject(&case, id)).transpose()?;
    let (card, is_whole) = input::engine(&case, &args.evaluation, &watchdog)?.or_sampled(|engine| {
        let engine = &engine.for_all(!args.no_settled)?;
        let (answer, is_whole) = answered(engine, !args.no_settled)?;
        let card = verdict_card(engine, &answer, subject).map_err(|error| match error {
            CardError::Engine(error) => Failure::Engine(error),
            error => Failure::Usage { message: error.to_string(), help: error.help().map(str::to_owned) },
        });
        Ok::<_, Failure>((card?, is_whole))
    })?;
    let picture = card_picture(&card, if args.square { CardShape::Square } else { CardShape::Wide });
    let bytes = written(&picture, format, args, 1.0, output)?;
    watchdog.hush();
    output.write_bytes(&args.output, &bytes)?;
    Ok(Watchdog::end((!is_whole).then_some(NOT_SETTLED), output))
}

/// The picture of a scene, laid out by the engine that was asked for.
fn drawn(scene: &Scene, format: DiagramFormat, args: &DiagramArgs) -> Result<Picture, Failure> {
    let picture = placed(scene, args.engine)?;
    let boxes = if has_own_letters(format, args) { letters(&picture).without_shape.len() } else { 0 };
    if boxes == 0 {
        return Ok(picture);
    }
    let mut noted = scene.clone();
    noted.left_out.push(Note::boxes(boxes));
    placed(&noted, args.engine)
}

fn placed(scene: &Scene, engine: EngineName) -> Result<Picture, Failure> {
    match engine {
        EngineName::Own => Ok(picture(scene)),
        EngineName::Dot => Ok(picture_placed(scene, &graphviz::places(graphviz_input(scene))?)?),
    }
}

/// The page, with every view that is not empty, the one that was asked for first; with a focus or a selection, that
/// one alone. Where none was named, a large case opens on its overview.
fn explorer(
    engine: &Engine<'_>,
    answer: &Answer,
    request: &Request,
    asked: Scene,
    named: bool,
) -> Result<String, Failure> {
    let mut scenes = vec![(request.view, asked)];
    if request.focus.is_none() && request.select.is_empty() {
        for view in page_views(engine).filter(|&view| view != request.view) {
            // A view without anything in it is no failure of the page.
            scenes.extend(scene(engine, answer, &Request { view, ..request.clone() }).ok().map(|scene| (view, scene)));
        }
    }
    if !named {
        open_on_overview(&mut scenes);
    }
    Ok(html(engine, answer, &scenes)?)
}

/// Notes what is not drawn.
fn notes(scene: &Scene, format: DiagramFormat, output: &Output) {
    for note in &scene.left_out {
        output.note(format!("{} {}", note.words, note.hint).trim_end());
    }
    if let Some((lines, characters)) = mermaid_excess(scene).filter(|_| format == DiagramFormat::Mermaid) {
        output.note(&format!(
            "GitHub and most wikis draw no Mermaid of more than 500 lines or 50,000 characters, and this has {lines} lines and \
             {characters} characters: --fit cuts it."
        ));
    }
}

fn request(case: &Case, args: &DiagramArgs) -> Result<Request, Failure> {
    let focus = args.focus.as_deref().map(|id| subject(case, id)).transpose()?;
    let view = args.view.unwrap_or(if focus.is_some() { ViewName::All } else { ViewName::Argument });
    let selectors = args.select.iter().map(|text| Selector::parse(text, case));
    Ok(Request {
        view: args.section.map_or(view.of_scene().unwrap_or_default(), |number| View::Section(number.get() - 1)),
        focus: focus.map(|subject| Focus { subject, hops: args.hops.unwrap_or(HOPS) }),
        select: selectors.collect::<Result<_, _>>().map_err(input::wrong_selector("--select: "))?,
        cluster: args.cluster.map(Cluster::from),
        collapse: args.collapse,
        direction: args.direction.into(),
        size: size(args),
        notation: notation(args)?,
    })
}

/// The shapes, for the views that have others than their own.
fn notation(args: &DiagramArgs) -> Result<Notation, Failure> {
    match (args.notation, args.view) {
        (NotationName::Own, _) => Ok(Notation::Own),
        (NotationName::Gsn, None | Some(ViewName::Argument | ViewName::All)) => Ok(Notation::Gsn),
        (NotationName::Gsn, Some(_)) => Err(Failure::Usage {
            message: "--notation gsn is for the views argument and all, and for --section".to_owned(),
            help: Some("leave one of them out".to_owned()),
        }),
    }
}

/// How large an argument may be.
fn size(args: &DiagramArgs) -> Size {
    match args.most {
        _ if args.full => Size::Full,
        Some(boxes) => Size::Most(boxes.into()),
        None => Size::Readable,
    }
}

/// What `--focus` names.
fn subject(case: &Case, id: &str) -> Result<Subject, Failure> {
    let source = |source: Source| Subject::Node(source.into());
    (case.statement(id).map(|id| Subject::Node(Node::Statement(id))))
        .or_else(|| case.source(id).map(source))
        .or_else(|| case.inference(id).map(|id| Subject::Node(Node::Inference(id))))
        .or_else(|| case.question(id).map(Subject::Question))
        .ok_or_else(|| input::unknown_id(case, "--focus: ", id))
}

/// The format that is asked for, or that the ending of the file says.
fn format(args: &DiagramArgs) -> Result<DiagramFormat, Failure> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = &args.output.output else { return Ok(DiagramFormat::Svg) };
    by_ending(path).ok_or_else(|| Failure::Usage {
        message: format!("-o: the ending of {} is not that of a picture", path.display()),
        help: Some(format!("end it in {}, or say --format", DiagramFormat::ENDINGS)),
    })
}

fn by_ending(path: &Path) -> Option<DiagramFormat> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "svg" => Some(DiagramFormat::Svg),
        "png" => Some(DiagramFormat::Png),
        "pdf" => Some(DiagramFormat::Pdf),
        "html" | "htm" => Some(DiagramFormat::Html),
        "dot" | "gv" => Some(DiagramFormat::Dot),
        "mmd" | "mermaid" => Some(DiagramFormat::Mermaid),
        _ => None,
    }
}
