//! `evigraph diagram`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::diagram::{
    Cluster, Direction, Focus, Picture, Request, Scene, Subject, View, dot, graphviz_input, html,
    letters_without_shape, mermaid, pdf, picture, picture_placed, png, scene, svg,
};
use crate::engine::{Answer, Engine};
use crate::model::{Case, Node, Source};
use crate::selector::Selector;

use super::args::{EvaluationArgs, OutputArgs};
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
/// left out is told under the picture and on standard error.
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
    #[arg(long, value_name = "N", requires = "focus")]
    pub hops: Option<usize>,

    /// Of the documents draw only those that match, with what they speak to (repeatable, any may match)
    #[arg(long, value_name = "SELECTOR")]
    pub select: Vec<String>,

    /// Put nodes together in groups
    #[arg(long, value_enum, value_name = "BY")]
    pub cluster: Option<ClusterName>,

    /// Draw each group as one node with its counts; without --cluster, groups are by kind
    #[arg(long)]
    pub collapse: bool,

    /// Which way evidence flows: conclusions stand where it leads
    #[arg(long, value_enum, default_value_t = DirectionName::Up)]
    pub direction: DirectionName,

    /// What lays out svg, png and pdf: evigraph itself, or an installed Graphviz
    #[arg(long, value_enum, default_value_t = EngineName::Own)]
    pub engine: EngineName,

    /// Compute degrees and verdicts alone, not whether they are settled
    #[arg(long)]
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
    if let Some(view @ (ViewName::History | ViewName::Timeline)) = args.view {
        return time_views::run(args, view, format, output);
    }
    if args.engine == EngineName::Dot && !matches!(format, DiagramFormat::Svg | DiagramFormat::Png | DiagramFormat::Pdf)
    {
        let help = "leave --engine out, or ask for one of these".to_owned();
        return Err(Failure::Usage { message: "--engine is for svg, png and pdf".to_owned(), help: Some(help) });
    }
    let watchdog = Watchdog::start(&args.evaluation.ceilings);
    let (case, remarks) = input::load_with_remarks(&args.case, output)?;
    let request = request(&case, args)?;
    let (scene, page) = input::engine(&case, &args.evaluation, &watchdog)?.or_sampled(|engine| {
        let engine = &engine.for_all(!args.no_settled)?;
        let mut answer = engine.answer_all(!args.no_settled)?;
        if format == DiagramFormat::Html {
            remarks.by(engine).add(&mut answer);
        }
        let scene = scene(engine, &answer, &request)?;
        let is_page = format == DiagramFormat::Html;
        let page = if is_page { explorer(engine, &answer, &request, scene.clone())? } else { String::new() };
        Ok::<_, Failure>((scene, page))
    })?;
    let bytes = match format {
        DiagramFormat::Svg => svg(&drawn(&scene, args.engine)?).into_bytes(),
        DiagramFormat::Png => png(&drawn(&scene, args.engine)?, SCALE)?,
        DiagramFormat::Pdf => pdf(&drawn(&scene, args.engine)?)?,
        DiagramFormat::Html => page.into_bytes(),
        DiagramFormat::Dot => dot(&scene).into_bytes(),
        DiagramFormat::Mermaid => mermaid(&scene).into_bytes(),
    };
    watchdog.hush();
    output.write_bytes(&args.output, &bytes)?;
    notes(&scene, format, output);
    Ok(Exit::Yes)
}

/// The picture of a scene, laid out by the engine that was asked for.
fn drawn(scene: &Scene, engine: EngineName) -> Result<Picture, Failure> {
    match engine {
        EngineName::Own => Ok(picture(scene)),
        EngineName::Dot => Ok(picture_placed(scene, &graphviz::places(graphviz_input(scene))?)?),
    }
}

/// The page, with every view that is not empty, the one that was asked for first; with a focus or a selection, that
/// one alone.
fn explorer(engine: &Engine<'_>, answer: &Answer, request: &Request, asked: Scene) -> Result<String, Failure> {
    let mut scenes = vec![(request.view, asked)];
    if request.focus.is_none() && request.select.is_empty() {
        for view in View::EVERY.into_iter().filter(|&view| view != request.view) {
            // A view without anything in it is no failure of the page.
            scenes.extend(scene(engine, answer, &Request { view, ..request.clone() }).ok().map(|scene| (view, scene)));
        }
    }
    Ok(html(engine, answer, &scenes)?)
}

/// Notes what is not drawn.
fn notes(scene: &Scene, format: DiagramFormat, output: &Output) {
    for note in &scene.left_out {
        output.note(note);
    }
    if matches!(format, DiagramFormat::Png | DiagramFormat::Pdf) {
        note_lacking(&letters_without_shape(scene), output);
    }
}

/// Notes the letters for which boxes stand.
pub fn note_lacking(lacking: &[char], output: &Output) {
    let shown: String = lacking.iter().take(20).collect();
    if !lacking.is_empty() {
        let (count, more) = (lacking.len(), if lacking.len() > 20 { "…" } else { "" });
        output.note(&format!(
            "The built-in font has no shape for {count} of the letters ({shown}{more}): boxes stand for them. SVG takes \
             them from the reader's fonts."
        ));
    }
}

fn request(case: &Case, args: &DiagramArgs) -> Result<Request, Failure> {
    let focus = args.focus.as_deref().map(|id| subject(case, id)).transpose()?;
    let view = args.view.unwrap_or(if focus.is_some() { ViewName::All } else { ViewName::Argument });
    let selectors = args.select.iter().map(|text| Selector::parse(text, case));
    Ok(Request {
        view: view.into(),
        focus: focus.map(|subject| Focus { subject, hops: args.hops.unwrap_or(HOPS) }),
        select: selectors.collect::<Result<_, _>>().map_err(input::wrong_selector("--select: "))?,
        cluster: args.cluster.map(Cluster::from),
        collapse: args.collapse,
        direction: args.direction.into(),
    })
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

impl From<ViewName> for View {
    fn from(name: ViewName) -> Self {
        match name {
            ViewName::Argument => Self::Argument,
            ViewName::Sources => Self::Sources,
            ViewName::Actors => Self::Actors,
            ViewName::Provenance => Self::Provenance,
            // The views of time have no scene, and come here no further than their name.
            ViewName::All | ViewName::History | ViewName::Timeline => Self::All,
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
