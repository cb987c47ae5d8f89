//! `evigraph diagram`

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::diagram::{
    CardError, CardShape, Cluster, Direction, Focus, Letters, Notation, Note, Picture, Print, Request, Scene, Size,
    Subject, View, card_picture, dot, graphviz_input, html, letters, mermaid, mermaid_excess, mermaid_fitting,
    open_on_overview, page_views, pdf, pdf_on_paper, picture, picture_placed, png, scene, svg, svg_outlined,
    verdict_card,
};
use crate::engine::{Answer, Engine, EngineError};
use crate::model::{Case, Node, Source};
use crate::selector::Selector;

use super::args::{EvaluationArgs, OutputArgs, PaperName};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::watchdog::Watchdog;
use super::{completions, graphviz, input, time_views};

/// How far around a focus is drawn, unless it is said.
const HOPS: usize = 2;
/// Pixels for each unit of the picture: 192 an inch.
pub const SCALE: f32 = 2.0;

/// The picture of a case
///
/// Conclusions stand at the top and sources below; verdicts show by colour, border and glyph. What is
/// left out is noted under the picture and on standard error.
#[derive(Debug, Args)]
pub struct DiagramArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// What is drawn: argument, or all where there is a focus
    #[arg(long, value_enum, value_name = "VIEW")]
    pub view: Option<ViewName>,

    /// Draw only what is near to this claim, document, actor, inference or question
    #[arg(long, value_name = "ID", add = completions::ids())]
    pub focus: Option<String>,

    /// How many steps around the focus are drawn
    #[arg(long, value_name = "N", requires = "focus", conflicts_with = "section")]
    pub hops: Option<usize>,

    /// Of the documents draw only those that match, with what they speak to (repeatable, any may match)
    #[arg(long, value_name = "SELECTOR")]
    pub select: Vec<String>,

    /// Draw one section of the report, by its number: its statements and what leads to them next
    #[arg(
        long,
        value_name = "N",
        conflicts_with_all = ["view", "focus", "select", "square"],
        value_parser = section_number,
        hide_short_help = true
    )]
    pub section: Option<NonZeroUsize>,

    /// Put nodes together in groups
    #[arg(long, value_enum, value_name = "BY")]
    pub cluster: Option<ClusterName>,

    /// Draw each group as one node; without --cluster, groups are by kind
    #[arg(long)]
    pub collapse: bool,

    /// Draw at most so many boxes of an argument, those that decide most about the headlines
    #[arg(long, value_name = "N", conflicts_with = "full", hide_short_help = true)]
    pub most: Option<NonZeroUsize>,

    /// Draw everything, however much it is
    #[arg(long)]
    pub full: bool,

    /// With --view card: 1200 by 1200
    #[arg(long, hide_short_help = true)]
    pub square: bool,

    /// With --format pdf: put the picture on a page of this size, smaller if need be
    #[arg(long, value_enum, value_name = "SIZE", hide_short_help = true)]
    pub page: Option<PaperName>,

    /// With --format pdf: keep the size of the picture and use as many pages as that takes, to be put together
    #[arg(long, hide_short_help = true)]
    pub poster: bool,

    /// With --format svg: draw letters as outlines, for programs that lack the font, such as Wikipedia's
    #[arg(long, hide_short_help = true)]
    pub outline_text: bool,

    /// With --format mermaid: cut it to what GitHub draws, 500 lines and 50,000 characters
    #[arg(long, hide_short_help = true)]
    pub fit: bool,

    /// Which way evidence flows: conclusions stand where it leads
    #[arg(long, value_enum, default_value_t = DirectionName::Up)]
    pub direction: DirectionName,

    /// The shapes of argument, all and a section
    #[arg(long, value_enum, default_value_t = NotationName::Own, hide_short_help = true)]
    pub notation: NotationName,

    /// What lays out svg, png and pdf: evigraph itself, or an installed Graphviz
    #[arg(long, value_enum, default_value_t = EngineName::Own)]
    pub engine: EngineName,

    /// Compute degrees and verdicts alone, not whether they are settled
    #[arg(long, hide_short_help = true)]
    pub no_settled: bool,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// The format; without it, as the ending of the file says, or svg
    #[arg(long, value_enum, help_heading = "Output")]
    pub format: Option<DiagramFormat>,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ViewName {
    /// What the answers to the questions rest on
    Argument,
    /// Which source speaks to which statement
    Sources,
    /// Who did what with whom
    Actors,
    /// Where the sources come from
    Provenance,
    /// Everything
    All,
    /// How the verdicts stood as documents became known, with time across
    History,
    /// What happened and what became known, by date
    Timeline,
    /// The questions, their headlines, verdicts by section, and the sources that matter most
    Overview,
    /// The verdict on one question, for an article or a post: 1200 by 630, or square
    Card,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClusterName {
    /// Documents by the collection that keeps them
    Collection,
    /// Everything by its kind
    Kind,
    /// Documents by the one source that they go back to
    Origin,
    /// Statements by the section of the report that tells of them
    Section,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DirectionName {
    /// Conclusions at the top
    Up,
    /// Conclusions at the bottom
    Down,
    /// Conclusions at the left
    Left,
    /// Conclusions at the right
    Right,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NotationName {
    /// A shape for each kind of claim and source
    Own,
    /// The Goal Structuring Notation of assurance cases
    Gsn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// evigraph itself
    Own,
    /// The program `dot` of an installed Graphviz, for 30 seconds at most
    Dot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiagramFormat {
    /// A picture of lines and text, for the web and for print
    Svg,
    /// A picture of pixels, 192 an inch
    Png,
    /// A page
    Pdf,
    /// A page to explore: pan, zoom, search, and switch sources off
    Html,
    /// For Graphviz and what reads its language
    Dot,
    /// For a fenced block on GitHub and in wikis
    Mermaid,
}

impl DiagramFormat {
    /// The endings of file names.
    pub const ENDINGS: &'static str = ".svg, .png, .pdf, .html, .dot or .mmd";
}

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

/// A picture in a format, with so many pixels to its unit.
pub fn written(
    picture: &Picture,
    format: DiagramFormat,
    args: &DiagramArgs,
    scale: f32,
    output: &Output,
) -> Result<Vec<u8>, Failure> {
    let bytes = match format {
        DiagramFormat::Png => png(picture, scale)?,
        DiagramFormat::Pdf => match (args.page, args.poster) {
            (None, false) => pdf(picture)?,
            (page, poster) => {
                let print = if poster { Print::Poster } else { Print::Fitted };
                pdf_on_paper(picture, page.unwrap_or_default().into(), print)?
            }
        },
        _ if args.outline_text => svg_outlined(picture).into_bytes(),
        _ => svg(picture).into_bytes(),
    };
    if has_own_letters(format, args) {
        note_letters(&letters(picture), "SVG", output);
    }
    Ok(bytes)
}

/// Notes which letters the built-in font does not have, and what format takes them from its reader's fonts.
pub(super) fn note_letters(letters: &Letters, instead: &str, output: &Output) {
    let lacking = &letters.without_shape;
    if letters.borrowed {
        output.note(
            "The built-in font lacks some of the letters. Fonts of this machine have them: another may draw them otherwise.",
        );
    }
    if !lacking.is_empty() {
        let shown: String = lacking.iter().take(20).collect();
        let (count, more) = (lacking.len(), if lacking.len() > 20 { "…" } else { "" });
        output.note(&format!(
            "No font of this machine has a shape for {count} of the letters ({shown}{more}): boxes stand for them. {instead} takes \
             them from the reader's fonts."
        ));
    }
}

/// The picture of a scene, laid out by the engine that was asked for.
fn drawn(scene: &Scene, format: DiagramFormat, args: &DiagramArgs) -> Result<Picture, Failure> {
    let picture = placed(scene, args.engine)?;
    let boxes = if has_own_letters(format, args) { letters(&picture).without_shape.len() } else { 0 };
    if boxes == 0 {
        return Ok(picture);
    }
    let mut told = scene.clone();
    told.left_out.push(Note::boxes(boxes));
    placed(&told, args.engine)
}

/// Whether a picture has the shapes of its letters in it, so that its readers need no font.
fn has_own_letters(format: DiagramFormat, args: &DiagramArgs) -> bool {
    format != DiagramFormat::Svg || args.outline_text
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

/// The number of a section.
fn section_number(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "sections are numbered from 1, as in `evigraph report`".to_owned())
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

impl ViewName {
    /// The view of the case that it names; a card is none.
    fn of_scene(self) -> Option<View> {
        match self {
            Self::Argument => Some(View::Argument),
            Self::Sources => Some(View::Sources),
            Self::Actors => Some(View::Actors),
            Self::Provenance => Some(View::Provenance),
            Self::All => Some(View::All),
            Self::Overview => Some(View::Overview),
            Self::History | Self::Timeline | Self::Card => None,
        }
    }
}

impl From<ClusterName> for Cluster {
    fn from(name: ClusterName) -> Self {
        match name {
            ClusterName::Collection => Self::Collection,
            ClusterName::Kind => Self::Kind,
            ClusterName::Origin => Self::Origin,
            ClusterName::Section => Self::Section,
        }
    }
}

impl From<DirectionName> for Direction {
    fn from(name: DirectionName) -> Self {
        match name {
            DirectionName::Up => Self::Up,
            DirectionName::Down => Self::Down,
            DirectionName::Left => Self::Left,
            DirectionName::Right => Self::Right,
        }
    }
}
