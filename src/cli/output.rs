//! Where answers and messages go: standard output, a file written whole or not at all, standard error.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use anstream::ColorChoice;

use crate::diagnostic::visible;

use super::args::{Color, OutputArgs};
use super::exit::{Failure, WriteError};
use super::layout::{BOLD, RED, styled};

/// How the program writes.
pub struct Output {
    choice: ColorChoice,
}

impl Output {
    pub fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { choice }
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
        match &to.output {
            Some(path) => {
                write_file(path, text.as_bytes()).map_err(|cause| WriteError::File { path: path.clone(), cause })
            }
            None => write_stdout(text.as_bytes()),
        }
    }

    /// Writes an answer that is no text for a terminal, byte for byte.
    pub fn write_bytes(&self, to: &OutputArgs, bytes: &[u8]) -> Result<(), WriteError> {
        match &to.output {
            Some(path) => write_file(path, bytes).map_err(|cause| WriteError::File { path: path.clone(), cause }),
            None => write_stdout(bytes),
        }
    }

    /// Writes an answer piece by piece as it is made: to a file whole or not at all, to standard output at once.
    pub fn stream(
        &self,
        to: &OutputArgs,
        make: impl FnOnce(&mut dyn FnMut(&str) -> Result<(), Failure>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if let Some(path) = &to.output {
            let failed = |cause| WriteError::File { path: path.clone(), cause };
            let mut file = io::BufWriter::new(temporary(path).map_err(failed)?);
            make(&mut |piece| Ok(file.write_all(piece.as_bytes()).map_err(failed)?))?;
            let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
            return Ok(persist(file, path).map_err(failed)?);
        }
        let mut stdout = io::BufWriter::new(io::stdout().lock());
        let mut closed = false;
        let mut write = |piece: &str| -> Result<(), Failure> {
            match stdout.write_all(piece.as_bytes()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => closed = true,
                result => result.map_err(WriteError::Stdout)?,
            }
            Ok(())
        };
        make(&mut write)?;
        match stdout.flush() {
            Err(error) if closed || error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => Ok(result.map_err(WriteError::Stdout)?),
        }
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

fn write_stdout(bytes: &[u8]) -> Result<(), WriteError> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        // A reader such as `head` has what it wanted.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(WriteError::Stdout),
    }
}

/// Writes files into a temporary folder beside the wanted one, then renames it. What is there is replaced if it is an empty
/// folder or `is_ours`.
#[cfg(feature = "columns")]
pub fn replace_folder(
    path: &Path,
    is_ours: impl FnOnce(&Path) -> bool,
    fill: impl FnOnce(&mut dyn FnMut(&str, &[u8]) -> io::Result<()>) -> io::Result<()>,
) -> Result<(), WriteError> {
    use std::fs;

    let failed = |cause| WriteError::File { path: path.to_owned(), cause };
    let is_there = path.symlink_metadata().is_ok();
    let is_empty = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    if is_there && !is_empty() && !is_ours(path) {
        let cause = "something is there already, which is left alone: name a folder that is not there, or is empty";
        return Err(failed(io::Error::new(io::ErrorKind::AlreadyExists, cause)));
    }
    let room = temporary_folder(path).map_err(failed)?;
    let (new, old) = (room.path().join("new"), room.path().join("old"));
    let work = || {
        fs::create_dir(&new)?;
        fill(&mut |name, bytes| {
            let mut file = fs::File::create_new(new.join(name))?;
            file.write_all(bytes)?;
            file.sync_all()
        })?;
        if is_there {
            fs::rename(path, &old)?;
        }
        // What was there is put back where the new cannot take its place.
        fs::rename(&new, path).inspect_err(|_| drop(fs::rename(&old, path)))
    };
    work().map_err(failed)
}

/// Writes a temporary file beside the wanted one, then renames it.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = temporary(path)?;
    file.write_all(bytes)?;
    persist(file, path)
}

fn persist(file: tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A temporary folder in the folder of another.
#[cfg(feature = "columns")]
fn temporary_folder(path: &Path) -> io::Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix(".evigraph-").tempdir_in(folder_of(path))
}

/// The folder that something is in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A temporary file in the folder of another.
fn temporary(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".evigraph-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(path))
}
