//! Which files a case is in, and reading them safely.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Sources, Span};

use super::encoding::{Decoded, Trouble, decode};
use super::load::{Input, LoadError};
use super::mirror::read_includes;
use super::nearest::did_you_mean;

/// The most that the files of a case may have together, in bytes: 1 GiB.
pub const LARGEST: u64 = 1 << 30;

/// The most files that a case may have.
pub const MOST_FILES: usize = 10_000;

/// The files of a case.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) sources: Sources,
    /// Whether a file is text, file by file.
    pub(super) readable: Vec<bool>,
    /// Whether every file is there and is text.
    pub(super) complete: bool,
}

/// Reads the opened file and everything that it includes, each file once, in the order in which they are named.
pub(super) fn gather(input: Input, problems: &mut Diagnostics) -> Result<Files, LoadError> {
    let mut gathering = Gathering {
        files: Files { complete: true, ..Files::default() },
        problems,
        known: FxHashMap::default(),
        folder: None,
        left: LARGEST,
    };
    gathering.open(input)?;
    gathering.follow();
    Ok(gathering.files)
}

/// An include as it is written.
#[derive(Debug, Clone)]
pub(super) struct Include {
    pub(super) path: String,
    pub(super) span: Span,
}

/// A file whose includes are being read.
struct Pending {
    file: FileId,
    path: Option<PathBuf>,
    includes: std::vec::IntoIter<Include>,
    /// Where it is included; none for the opened file.
    included: Option<Span>,
}

struct Gathering<'d> {
    files: Files,
    problems: &'d mut Diagnostics,
    /// The files that have been read, by their true paths.
    known: FxHashMap<PathBuf, FileId>,
    /// The folder that nothing outside of is read.
    folder: Option<PathBuf>,
    /// How many bytes may still be read.
    left: u64,
}

impl Gathering<'_> {
    fn open(&mut self, input: Input) -> Result<(), LoadError> {
        let (name, bytes, path) = match input {
            Input::Text { name, text } => (name, text.into_bytes(), None),
            Input::Bytes { name, bytes } => (name, bytes, None),
            Input::Path(path) => {
                let path = opened_file(path)?;
                let unreadable = |reason| LoadError::Unreadable { path: path.clone(), reason };
                let (canonical, bytes) = fs::canonicalize(&path)
                    .and_then(|canonical| read_bytes(&canonical, LARGEST).map(|bytes| (canonical, bytes)))
                    .map_err(unreadable)?;
                self.folder = canonical.parent().map(Path::to_owned);
                (path.display().to_string(), bytes, Some(canonical))
            }
        };
        let size = bytes.len() as u64;
        if size > LARGEST {
            let file = self.keep(name, path, Decoded { text: String::new(), trouble: None });
            self.refuse(too_large(Span::new(file, 0..0)));
            self.files.readable[file.index()] = false;
            return Ok(());
        }
        self.left -= size;
        self.keep(name, path, decode(bytes));
        Ok(())
    }

    /// Keeps a file and tells what is wrong with its text.
    fn keep(&mut self, name: String, path: Option<PathBuf>, Decoded { text, trouble }: Decoded) -> FileId {
        let file = self.files.sources.add(name, path.clone(), text);
        self.known.extend(path.map(|path| (path, file)));
        let readable = trouble.as_ref().is_none_or(Trouble::is_harmless);
        self.files.readable.push(readable);
        self.files.complete &= readable;
        if let Some(trouble) = trouble {
            self.problems.push(trouble.problem(file));
        }
        file
    }

    fn refuse(&mut self, problem: Diagnostic) {
        self.files.complete = false;
        self.problems.push(problem);
    }

    /// Follows the includes, depth first, without recursion.
    fn follow(&mut self) {
        let opened: Vec<FileId> = self.files.sources.iter().map(|(file, _)| file).collect();
        let mut chain: Vec<Pending> = opened.into_iter().map(|file| self.pending(file, None)).collect();
        while let Some(last) = chain.last_mut() {
            let Some(include) = last.includes.next() else {
                chain.pop();
                continue;
            };
            if let Some(file) = self.include(&include, &chain) {
                let pending = self.pending(file, Some(include.span));
                chain.push(pending);
            }
        }
    }

    fn pending(&self, file: FileId, included: Option<Span>) -> Pending {
        let source = self.files.sources.file(file);
        let includes = if self.files.readable[file.index()] { read_includes(file, source.text()) } else { Vec::new() };
        Pending { file, path: source.path().map(Path::to_owned), includes: includes.into_iter(), included }
    }

    /// Reads a file that is included, unless it has been read or cannot be.
    fn include(&mut self, include: &Include, chain: &[Pending]) -> Option<FileId> {
        let includer = chain.last()?;
        let canonical = match self.find(include, includer.path.as_deref()) {
            Ok(canonical) => canonical,
            Err(problem) => {
                self.refuse(*problem);
                return None;
            }
        };
        if let Some(&file) = self.known.get(&canonical) {
            if let Some(place) = chain.iter().position(|pending| pending.file == file) {
                let problem = self.circular(include, &chain[place..]);
                self.problems.push(problem);
            }
            return None;
        }
        let name = self.shown_name(includer.file, &include.path);
        match self.read(&canonical, include) {
            Ok(decoded) => Some(self.keep(name, Some(canonical), decoded)),
            Err(problem) => {
                self.refuse(*problem);
                None
            }
        }
    }

    /// The true path of an include, which is inside the folder.
    fn find(&self, include: &Include, includer: Option<&Path>) -> Result<PathBuf, Box<Diagnostic>> {
        let told =
            |code, message: String, help: &str| Box::new(Diagnostic::new(code, include.span, message).help(help));
        let Some((folder, includer)) = self.folder.as_deref().zip(includer) else {
            let help = "give the case as a file: then includes are found in its folder";
            return Err(told(
                Code::IncludeRefused,
                "a case that is not read from a file can include none".to_owned(),
                help,
            ));
        };
        let outside = |how: &str| {
            let message = format!("`{}` {how} the folder of the case", include.path);
            told(Code::IncludeOutside, message, "copy it into the case's folder and include it from there")
        };
        let path = plain(&includer.with_file_name("").join(&include.path));
        if !path.starts_with(folder) {
            return Err(outside("is outside"));
        }
        let canonical =
            fs::canonicalize(&path).map_err(|error| Box::new(not_found(include, &path, includer, &error)))?;
        if !canonical.starts_with(folder) {
            return Err(outside("is a link that leads out of"));
        }
        Ok(canonical)
    }

    fn read(&mut self, canonical: &Path, include: &Include) -> Result<Decoded, Box<Diagnostic>> {
        let unreadable = |why: &str| {
            let message = format!("`{}` cannot be included: {why}", include.path);
            Box::new(
                Diagnostic::new(Code::IncludeUnreadable, include.span, message).help("name a file that can be read"),
            )
        };
        let metadata = fs::metadata(canonical).map_err(|error| unreadable(&error.to_string()))?;
        if metadata.is_dir() {
            return Err(unreadable("it is a folder"));
        }
        if !metadata.is_file() {
            return Err(unreadable("it is not a regular file"));
        }
        if metadata.len() > self.left || self.known.len() >= MOST_FILES {
            return Err(Box::new(too_large(include.span)));
        }
        let bytes = read_bytes(canonical, self.left).map_err(|error| unreadable(&error.to_string()))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| Box::new(too_large(include.span)))?;
        Ok(decode(bytes))
    }

    /// The name of an included file, as seen from where the opened one is named.
    fn shown_name(&self, includer: FileId, path: &str) -> String {
        let includer = Path::new(self.files.sources.file(includer).name());
        includer.parent().unwrap_or(Path::new("")).join(path).display().to_string()
    }

    fn circular(&self, include: &Include, chain: &[Pending]) -> Diagnostic {
        let name = |pending: &Pending| self.files.sources.file(pending.file).name().to_owned();
        let names: Vec<String> = chain.iter().chain(chain.first()).map(name).collect();
        let message = format!("a file includes itself: {}", names.join(" → "));
        let problem = Diagnostic::new(Code::IncludeCircular, include.span, message).label("this closes the circle");
        let steps = chain.iter().skip(1).filter_map(|pending| pending.included);
        steps
            .fold(problem, |problem, span| problem.related(span, "included here"))
            .help("remove one of these includes: what one file says is known in all of them")
    }
}

/// The file that is meant by what is opened.
fn opened_file(path: PathBuf) -> Result<PathBuf, LoadError> {
    let metadata = |path: &Path| match fs::metadata(path) {
        Ok(metadata) => Ok(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(LoadError::Missing { path: path.to_owned() }),
        Err(reason) => Err(LoadError::Unreadable { path: path.to_owned(), reason }),
    };
    let file = if metadata(&path)?.is_dir() { path.join("case.ron") } else { path.clone() };
    match metadata(&file) {
        Ok(found) if found.is_file() => Ok(file),
        Ok(_) => Err(LoadError::NotAFile { path: file }),
        Err(LoadError::Missing { .. }) if file != path => Err(LoadError::NoCase { path }),
        Err(error) => Err(error),
    }
}

/// Reads a regular file, up to one byte more than `limit`.
fn read_bytes(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    let expected = usize::try_from(metadata.len().min(limit)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected + 1);
    if metadata.len() <= limit {
        file.take(limit + 1).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    Err(io::Error::new(io::ErrorKind::FileTooLarge, "a case has 1 GiB at most"))
}

/// A path without `.` and `..`, as far as that can be said without looking.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

fn not_found(include: &Include, path: &Path, includer: &Path, error: &io::Error) -> Diagnostic {
    if error.kind() != io::ErrorKind::NotFound && error.kind() != io::ErrorKind::NotADirectory {
        let message = format!("`{}` cannot be included: {error}", include.path);
        return Diagnostic::new(Code::IncludeUnreadable, include.span, message).help("name a file that can be read");
    }
    let message = format!("there is no file `{}`", include.path);
    let help = near_file(path, includer)
        .unwrap_or_else(|| "paths are relative to the file that they are written in".to_owned());
    Diagnostic::new(Code::IncludeMissing, include.span, message).help(help)
}

/// A file of the same folder with nearly the same name, but not the one that includes.
fn near_file(path: &Path, includer: &Path) -> Option<String> {
    let names: Vec<String> = fs::read_dir(path.parent()?)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".ron") && includer.file_name().is_none_or(|own| *own != **name))
        .collect();
    did_you_mean(path.file_name()?.to_str()?, names.iter().map(String::as_str))
}

fn too_large(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        span,
        "the files of a case have 1 GiB at most, and there are 10,000 of them at most",
    )
    .help("leave out what the case does not need")
}
