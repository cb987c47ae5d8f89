//! `evigraph report`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::diagram::{Illustrations, Paper, Printed, illustrations, letters_in, printed_pdf, svg};
use crate::engine::{Answer, Engine};
use crate::escape::visible;
use crate::page::{figure, figures, illustrated_html};
use crate::paper::{docx, one_page, pages};
use crate::report::{Figure, Pictures, brief_html, brief_markdown, document_with, markdown_with};

use super::args::{EvaluationArgs, OutputArgs, PaperName};
use super::exit::{Exit, Failure};
use super::input;
use super::output::Output;
use super::picture::note_letters;
use super::watchdog::Watchdog;
use super::write_error::WriteError;

/// The case as an article, with its verdict in words
///
/// The card of the verdict, an executive summary, the sections that the case lays out with a picture and every statement and its
/// sources, rival readings side by side, the verdict, the sources that it hangs on, where to dig, and the list of
/// sources: as Markdown, as one self-contained HTML file, as PDF, or as a
/// document for a word processor.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// On one page: the findings, the statements and sources that they name, what they hang on, where to dig first
    #[arg(long)]
    pub short: bool,

    /// Leave the pictures out
    #[arg(long, conflicts_with = "pictures")]
    pub no_pictures: bool,

    /// With Markdown: write the pictures into this folder, as SVG, and show them
    ///
    /// The folder is made if it is not there; files with the names of the pictures are replaced.
    #[arg(long, value_name = "DIR", conflicts_with = "short")]
    pub pictures: Option<PathBuf>,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,

    /// With PDF and DOCX: the size of a page; A4 if not given
    #[arg(long, value_enum, value_name = "SIZE", help_heading = "Output")]
    pub page: Option<PaperName>,

    /// How to print it; if not given, as the ending of the file says, or else Markdown
    #[arg(long, value_enum, help_heading = "Output")]
    pub format: Option<ReportFormat>,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// CommonMark with tables
    Markdown,
    /// One file that loads nothing
    Html,
    /// Pages to print, which a screen reader can go through
    Pdf,
    /// A document for a word processor, with footnotes
    Docx,
}

pub fn run(args: &ReportArgs, output: &Output) -> Result<Exit, Failure> {
    let format = format(args)?;
    if args.pictures.is_some() && format != ReportFormat::Markdown {
        let help = Some("leave it out: the pictures are in the file".to_owned());
        return Err(Failure::Usage { message: "--pictures is for Markdown".to_owned(), help });
    }
    if args.page.is_some() && !matches!(format, ReportFormat::Pdf | ReportFormat::Docx) {
        let help = Some("leave it out, or name a file that ends in .pdf or .docx".to_owned());
        return Err(Failure::Usage { message: "--page is for PDF and DOCX".to_owned(), help });
    }
    let watchdog = Watchdog::start(&args.evaluation.ceilings);
    let (case, remarks) = input::load_with_remarks(&args.case, output)?;
    let engine = input::engine(&case, &args.evaluation, &watchdog)?;
    let (document, drawn) = document_with(&engine, &remarks, |engine, answer| drawn(args, format, engine, answer))?;
    let is_drawn = drawn.is_some();
    let drawn = drawn.unwrap_or_default();
    watchdog.hush();
    match (format, args.short) {
        (ReportFormat::Markdown, false) => {
            output.write(&args.output, &markdown_with(&document, &beside(args, &drawn, output)?))?;
        }
        (ReportFormat::Html, false) => output.write(&args.output, &illustrated_html(&document, &drawn))?,
        (ReportFormat::Markdown, true) => output.write(&args.output, &brief_markdown(&document.brief()))?,
        (ReportFormat::Html, true) => output.write(&args.output, &brief_html(&document.brief()))?,
        (ReportFormat::Pdf, false) => {
            write_pages(&pages(&document.flow(), &drawn, paper(args)), args, output)?;
        }
        (ReportFormat::Pdf, true) => {
            write_pages(&one_page(&document.brief().flow(), paper(args)), args, output)?;
        }
        (ReportFormat::Docx, is_short) => {
            let flow = if is_short { document.brief().flow() } else { document.flow() };
            output.write_bytes(&args.output, &docx(&flow, &drawn, paper(args))?)?;
            note_letters(&letters_in(drawn.pictures()), "HTML", output);
        }
    }
    let left_out = match (document.is_cut(), is_drawn) {
        (true, _) => Some("the report is not complete, and says what it leaves out"),
        (false, false) => Some("the report has no pictures: there was no time left to draw them"),
        (false, true) => None,
    };
    Ok(Watchdog::end(left_out, output))
}

fn write_pages(printed: &Printed, args: &ReportArgs, output: &Output) -> Result<(), Failure> {
    output.write_bytes(&args.output, &printed_pdf(printed)?)?;
    note_letters(&printed.letters, "HTML", output);
    Ok(())
}

fn paper(args: &ReportArgs) -> Paper {
    args.page.unwrap_or_default().into()
}

/// Whether the report has pictures: not on one page, and in Markdown only where a folder is named for them.
fn is_illustrated(args: &ReportArgs, format: ReportFormat) -> bool {
    !args.no_pictures && !args.short && (format != ReportFormat::Markdown || args.pictures.is_some())
}

/// The pictures that the report is to have; none where the time was over before.
fn drawn(args: &ReportArgs, format: ReportFormat, engine: &Engine<'_>, answer: &Answer) -> Option<Illustrations> {
    match is_illustrated(args, format) {
        true if engine.is_stopped() => None,
        true => Some(illustrations(engine, answer)),
        false => Some(Illustrations::default()),
    }
}

/// Writes the pictures into the folder that was named, and says where they lie.
fn beside(args: &ReportArgs, drawn: &Illustrations, output: &Output) -> Result<Pictures, Failure> {
    let Some(folder) = &args.pictures else { return Ok(Pictures::default()) };
    if folder.exists() && !folder.is_dir() {
        let message = format!("--pictures: {} is no folder", visible(&folder.to_string_lossy()));
        return Err(Failure::Usage {
            message,
            help: Some("name a folder, which is made if it is not there".to_owned()),
        });
    }
    std::fs::create_dir_all(folder).map_err(|cause| WriteError::File { path: folder.clone(), cause })?;
    let seen_from = args.output.output.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    let folder_there = relative(folder, seen_from);
    figures(drawn, |picture, name| {
        let path = folder.join(format!("{name}.svg"));
        output.write_in_folder(&path, svg(picture).as_bytes())?;
        let file = folder_there.join(format!("{name}.svg")).to_string_lossy().replace('\\', "/");
        Ok(Figure { file, ..figure(picture) })
    })
}

/// A path as it is seen from a folder.
fn relative(path: &Path, from: &Path) -> PathBuf {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (path, from) = (whole(path), whole(if from.as_os_str().is_empty() { Path::new(".") } else { from }));
    let common = path.components().zip(from.components()).take_while(|(one, other)| one == other).count();
    let up = from.components().skip(common).filter(|part| !matches!(part, std::path::Component::CurDir)).map(|_| "..");
    up.map(PathBuf::from).chain(path.components().skip(common).map(|part| PathBuf::from(part.as_os_str()))).collect()
}

/// The format that is asked for, or that the ending of the file says.
fn format(args: &ReportArgs) -> Result<ReportFormat, Failure> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let ending = args.output.output.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy());
    match ending.as_deref().map(str::to_ascii_lowercase).as_deref() {
        None | Some("md" | "markdown") => Ok(ReportFormat::Markdown),
        Some("html" | "htm") => Ok(ReportFormat::Html),
        Some("pdf") => Ok(ReportFormat::Pdf),
        Some("docx") => Ok(ReportFormat::Docx),
        Some(other) => Err(Failure::Usage {
            message: format!("a report is Markdown, HTML, PDF or DOCX, and the ending `.{other}` is none of them"),
            help: Some("name the file .md, .html, .pdf or .docx, or add --format".to_owned()),
        }),
    }
}
