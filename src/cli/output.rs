//! How answers and messages are written: with or without colour, at what width, to where.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::LazyLock;

use anstream::ColorChoice;

use crate::diagnostic::{Look, visible};

use super::args::{Color, OutputArgs};
use super::destination::Destination;
use super::exit::Failure;
use super::inputs::Inputs;
use super::layout::{BOLD, RED, styled};
use super::write_error::WriteError;

/// A file of the author that is to be written anew.
pub struct Replacement<'f> {
    pub path: &'f Path,
    /// Its text as it was read.
    pub before: &'f str,
    pub after: &'f str,
}

impl Replacement<'_> {
    fn failed(&self, cause: io::Error) -> WriteError {
        WriteError::File { path: self.path.to_owned(), cause }
    }

    /// Writes it under a temporary name, if it is as it was.
    fn write(&self) -> Result<Destination, WriteError> {
        if std::fs::read(self.path).map_err(|cause| self.failed(cause))? != self.before.as_bytes() {
            let changed = "it was changed meanwhile, and is left alone; try again";
            return Err(self.failed(io::Error::other(changed)));
        }
        // What the author asks to be changed is the one input that may be.
        let mut destination = Destination::open(self.path, &Inputs::default())?;
        destination.write_all(self.after.as_bytes()).map_err(|cause| self.failed(cause))?;
        Ok(destination)
    }
}

/// How the program writes.
pub struct Output {
    choice: ColorChoice,
    /// What has been read, and is not written to.
    pub inputs: Inputs,
}

impl Output {
    pub fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { choice, inputs: Inputs::default() }
    }

    /// Whether standard error gets colour.
    pub fn colours_stderr(&self) -> bool {
        anstream::AutoStream::choice(&io::stderr()) != ColorChoice::Never && !matches!(self.choice, ColorChoice::Never)
            || matches!(self.choice, ColorChoice::Always)
    }

    /// Whether what goes to `to` gets colour.
    pub fn colours(&self, to: &OutputArgs) -> bool {
        to.output.is_none()
            && match self.choice {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                _ => anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            }
    }

    /// How a report of problems that goes to `to` looks.
    pub fn look(&self, to: &OutputArgs) -> Look<'static> {
        look(self.colours(to), self.is_shown(to))
    }

    /// How a report of problems on standard error looks.
    pub fn look_stderr(&self) -> Look<'static> {
        look(self.colours_stderr(), io::stderr().is_terminal())
    }

    /// The width that text is wrapped to: of the terminal, or else what `COLUMNS` says, or else 100.
    pub fn width(&self, to: &OutputArgs) -> usize {
        let terminal = terminal_size::terminal_size_of(io::stdout()).filter(|_| to.output.is_none());
        let asked = || std::env::var("COLUMNS").ok()?.parse().ok();
        terminal.map(|(width, _)| usize::from(width.0)).or_else(asked).unwrap_or(100).clamp(48, 120)
    }

    /// Writes an answer. Colour codes are stripped where they are not wanted.
    pub fn write(&self, to: &OutputArgs, text: &str) -> Result<(), WriteError> {
        let plain;
        let text = if self.colours(to) {
            text
        } else {
            plain = anstream::adapter::strip_str(text).to_string();
            &plain
        };
        self.write_bytes(to, text.as_bytes())
    }

    /// Writes an answer that is no text for a terminal, byte for byte.
    pub fn write_bytes(&self, to: &OutputArgs, bytes: &[u8]) -> Result<(), WriteError> {
        let failed = |cause| WriteError::new(to, cause);
        let mut destination = self.destination(to)?;
        match destination.write_all(bytes) {
            Err(error) if is_closed(&error) => return Ok(()),
            result => result.map_err(failed)?,
        }
        destination.finish().map_err(failed)
    }

    /// Writes a file that goes with an answer into a folder that was named for such files, whole or not at all.
    pub fn write_in_folder(&self, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        let failed = |cause| WriteError::File { path: path.to_owned(), cause };
        let mut destination = Destination::open_in_folder(path, &self.inputs)?;
        destination.write_all(bytes).map_err(failed)?;
        destination.finish().map_err(failed)
    }

    /// Writes an answer piece by piece as it is made. Where nobody reads on, no more is made.
    pub fn stream(
        &self,
        to: &OutputArgs,
        make: impl FnOnce(&mut dyn FnMut(&str) -> Result<(), Failure>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let failed = |cause| Failure::Write(WriteError::new(to, cause));
        let mut writer = io::BufWriter::new(self.destination(to)?);
        let made = make(&mut |piece| writer.write_all(piece.as_bytes()).map_err(failed));
        let written = made.and_then(|()| {
            let destination = writer.into_inner().map_err(|error| failed(error.into_error()))?;
            destination.finish().map_err(failed)
        });
        match written {
            Err(Failure::Write(WriteError::File { cause, .. } | WriteError::Stdout(cause))) if is_closed(&cause) => {
                Ok(())
            }
            written => written,
        }
    }

    fn destination(&self, to: &OutputArgs) -> Result<Destination, WriteError> {
        match &to.output {
            Some(path) => Destination::open(path, &self.inputs),
            None => Destination::stdout().map_err(WriteError::Stdout),
        }
    }

    /// Writes files of the author anew, each whole or not at all, and none if one was changed meanwhile or cannot be
    /// written: only then is the first of them replaced.
    pub fn replace_all(&self, files: &[Replacement<'_>]) -> Result<(), WriteError> {
        // So many temporary files are open at once.
        const TOGETHER: usize = 256;
        for files in files.chunks(TOGETHER) {
            let written = files.iter().map(Replacement::write).collect::<Result<Vec<_>, _>>()?;
            for (destination, file) in written.into_iter().zip(files) {
                destination.finish().map_err(|cause| file.failed(cause))?;
            }
        }
        Ok(())
    }

    /// Whether what goes to `to` is read on a terminal.
    pub fn is_shown(&self, to: &OutputArgs) -> bool {
        to.output.is_none() && io::stdout().is_terminal()
    }

    /// Writes a report to standard error, where standard output has something else.
    pub fn report(&self, text: &str) {
        let plain = anstream::adapter::strip_str(text).to_string();
        // If standard error is closed, there is nowhere left to report it.
        let _ = io::stderr().write_all(if self.colours_stderr() { text.as_bytes() } else { plain.as_bytes() });
    }

    /// Writes a note to standard error: something worth knowing that is no failure.
    pub fn note(&self, text: &str) {
        let mut line = format!("{}: {}\n", styled(BOLD, "note"), crate::diagnostic::visible(text));
        if !self.colours_stderr() {
            line = anstream::adapter::strip_str(&line).to_string();
        }
        // If standard error is closed, there is nowhere left to report it.
        let _ = io::stderr().write_all(line.as_bytes());
    }

    /// Writes to standard error why there is no answer.
    pub fn failure(&self, failure: &Failure) {
        let mut text = String::new();
        match failure {
            Failure::Case { rendered } => text.push_str(rendered),
            _ => {
                let message = visible(&failure.to_string()).into_owned();
                let _ = writeln!(text, "{}: {message}", styled(RED, "error"));
                if let Failure::Selector { error, .. } = failure {
                    text += &pointed_at(&error.text, error.at.clone());
                }
                if let Some(help) = failure.help() {
                    let _ = writeln!(text, "{}: {}", styled(BOLD, "help"), visible(&help));
                }
            }
        }
        if !self.colours_stderr() {
            text = anstream::adapter::strip_str(&text).to_string();
        }
        // If standard error is closed, there is nowhere left to report it.
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

fn look(colour: bool, is_terminal: bool) -> Look<'static> {
    let links = colour && is_terminal && supports_hyperlinks::supports_hyperlinks();
    Look { colour, pages: if links { pages() } else { None } }
}

/// Where the pages of documentation are, if it was said when the program was built or started.
fn pages() -> Option<&'static str> {
    static PAGES: LazyLock<Option<String>> = LazyLock::new(|| {
        let address = std::env::var("EVIGRAPH_DOCS").ok().or(option_env!("EVIGRAPH_DOCS").map(str::to_owned))?;
        let is_address = ["https://", "http://", "file:///"].iter().any(|scheme| address.starts_with(scheme));
        let is_clean = address.bytes().all(|byte| byte.is_ascii_graphic());
        (is_address && is_clean).then(|| address.trim_end_matches('/').to_owned())
    });
    PAGES.as_deref()
}

/// A text with carets under some of its bytes; of a long one, what is around them.
fn pointed_at(text: &str, at: std::ops::Range<usize>) -> String {
    const AROUND: usize = 50;
    let skipped = text[..at.start].chars().count().saturating_sub(AROUND);
    let before: String = text[..at.start].chars().skip(skipped).collect();
    let marked: String = text[at.clone()].chars().take(AROUND).collect();
    let after: String = text[at.start + marked.len()..].chars().take(AROUND).collect();
    let lead = if skipped > 0 { "…" } else { "" };
    let tail = if text.len() > at.start + marked.len() + after.len() { "…" } else { "" };
    let [before, marked, after] = [before, marked, after].map(|part| visible(&part).into_owned());
    let indent = " ".repeat(textwrap::core::display_width(lead) + textwrap::core::display_width(&before));
    let carets = "^".repeat(textwrap::core::display_width(&marked).max(1));
    format!("  {lead}{before}{marked}{after}{tail}\n  {indent}{}\n", styled(RED, carets))
}

/// Whether a reader such as `head` has what it wanted.
fn is_closed(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
