//! Which files a case is in, and reading them safely.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Safety};
use crate::source::{Entry, FileId, Sources, Span, Storage};

use super::encoding::{Decoded, Trouble, decode};
use super::folder::{Stray, within};
use super::input::{Input, LoadError};
use super::mirror::{WrittenFile, read_file};
use super::nearest::nearest;
use super::notation::Notation;
use super::reader::Text;
use super::threads::Threads;

/// The most that the files of a case may have together, in bytes: 1 GiB.
pub const LARGEST: u64 = 1 << 30;

/// The most files that a case may have.
pub const MOST_FILES: usize = 10_000;

/// For so many files that are missing a near name is looked for.
const MOST_SEARCHES: usize = 100;

/// So many files of a circle of includes are named.
const MOST_NAMED: usize = 8;

/// The files of a case.
#[derive(Debug, Default)]
pub(super) struct Files<'s> {
    /// What stands in those that are text, the opened one first.
    pub(super) written: Vec<WrittenFile<'s>>,
    /// Whether every file is there and is text.
    pub(super) complete: bool,
}

/// Reads the opened file and everything that it includes, each file once, in the order in which they are named.
pub(super) fn gather<'s>(
    input: Input,
    storage: &'s dyn Storage,
    sources: &'s Sources,
    threads: Threads,
    problems: &mut Diagnostics,
) -> Result<Files<'s>, LoadError> {
    let mut gathering = Gathering {
        files: Files { written: Vec::new(), complete: true },
        storage,
        sources,
        threads,
        problems,
        known: FxHashMap::default(),
        folder: None,
        left: LARGEST,
        searches: Cell::new(MOST_SEARCHES),
    };
    if let Some(opened) = gathering.open(input)? {
        gathering.follow(opened);
    }
    Ok(gathering.files)
}

/// A file whose includes are being read.
struct Pending<'s> {
    file: FileId,
    path: Option<PathBuf>,
    includes: std::vec::IntoIter<Text<'s>>,
    /// Where it is included; none for the opened file.
    included: Option<Span>,
}

struct Gathering<'s, 'd> {
    files: Files<'s>,
    storage: &'s dyn Storage,
    sources: &'s Sources,
    threads: Threads,
    problems: &'d mut Diagnostics,
    /// The files that have been read, by their true paths.
    known: FxHashMap<PathBuf, FileId>,
    /// The folder that nothing outside of is read.
    folder: Option<PathBuf>,
    /// For how many more files that are missing a near name is looked for.
    searches: Cell<usize>,
    /// How many bytes may still be read.
    left: u64,
}

impl<'s> Gathering<'s, '_> {
    /// Reads the opened file; nothing comes of one that is too large.
    fn open(&mut self, input: Input) -> Result<Option<Pending<'s>>, LoadError> {
        let (name, bytes, path) = match input {
            Input::Text { name, text } => (name, text.into_bytes(), None),
            Input::Bytes { name, bytes } => (name, bytes, None),
            Input::Path(path) => {
                let path = opened_file(path, self.storage)?;
                let unreadable = |reason| LoadError::Unreadable { path: path.clone(), reason };
                let canonical = self.storage.canonicalize(&path).map_err(unreadable)?;
                let bytes = self.storage.read(&canonical, LARGEST).map_err(|error| unreadable(at_most(error)))?;
                self.folder = canonical.parent().map(Path::to_owned);
                (path.display().to_string(), bytes, Some(canonical))
            }
        };
        let size = bytes.len() as u64;
        if size > LARGEST {
            let file = self.sources.add(name, path, String::new());
            self.refuse(too_large(Span::new(file, 0..0)));
            return Ok(None);
        }
        self.left -= size;
        Ok(Some(self.keep(name, path, decode(bytes), None)))
    }

    /// Keeps a file, reports what is wrong with its text, and reads it if it is text.
    fn keep(
        &mut self,
        name: String,
        path: Option<PathBuf>,
        Decoded { text, trouble }: Decoded,
        included: Option<Span>,
    ) -> Pending<'s> {
        let file = self.sources.add(name, path.clone(), text);
        self.known.extend(path.clone().map(|path| (path, file)));
        let readable = trouble.as_ref().is_none_or(Trouble::is_harmless);
        self.files.complete &= readable;
        if let Some(trouble) = trouble {
            self.problems.push(trouble.problem(file));
        }
        let includes = if readable { self.read_records(file) } else { Vec::new() };
        Pending { file, path, includes: includes.into_iter(), included }
    }

    /// Reads what stands in a file, and gives what it includes.
    fn read_records(&mut self, file: FileId) -> Vec<Text<'s>> {
        let source = self.sources.file(file);
        let notation = Notation::of(source.name(), source.text());
        let mut written = read_file(file, notation, source.text(), self.threads, self.problems);
        let includes = written.case.as_mut().and_then(|case| case.includes.take());
        self.files.written.push(written);
        includes.unwrap_or_default()
    }

    fn refuse(&mut self, problem: Diagnostic) {
        self.files.complete = false;
        self.problems.push(problem);
    }

    /// Follows the includes, depth first, without recursion.
    fn follow(&mut self, opened: Pending<'s>) {
        let mut chain = vec![opened];
        while let Some(last) = chain.last_mut() {
            match last.includes.next() {
                Some(include) => chain.extend(self.include(&include, &chain)),
                None => drop(chain.pop()),
            }
        }
    }

    /// Reads a file that is included, unless it has been read or cannot be.
    fn include(&mut self, include: &Text<'_>, chain: &[Pending<'s>]) -> Option<Pending<'s>> {
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
        let name = self.shown_name(includer.file, &include.text);
        match self.read(&canonical, include) {
            Ok(decoded) => Some(self.keep(name, Some(canonical), decoded, Some(include.span))),
            Err(problem) => {
                self.refuse(*problem);
                None
            }
        }
    }

    /// The true path of an include, which is inside the folder.
    fn find(&self, include: &Text<'_>, includer: Option<&Path>) -> Result<PathBuf, Box<Diagnostic>> {
        let refused =
            |code, message: String, help: &str| Box::new(Diagnostic::new(code, include.span, message).help(help));
        let Some((folder, includer)) = self.folder.as_deref().zip(includer) else {
            let help = "give the case as a file: then includes are found in its folder";
            return Err(refused(
                Code::IncludeRefused,
                "a case that is not read from a file can include none".to_owned(),
                help,
            ));
        };
        let outside = |how: &str| {
            let message = format!("`{}` {how} the folder of the case", include.text);
            refused(Code::IncludeOutside, message, "copy it into the case's folder and include it from there")
        };
        within(self.storage, folder, includer, &include.text).map_err(|stray| match stray {
            Stray::Outside => outside("is outside"),
            Stray::LinkOutside => outside("is a link that leads out of"),
            Stray::Unfound { path, error } => Box::new(self.not_found(include, &path, includer, &error)),
        })
    }

    fn not_found(&self, include: &Text<'_>, path: &Path, includer: &Path, error: &io::Error) -> Diagnostic {
        if error.kind() != io::ErrorKind::NotFound && error.kind() != io::ErrorKind::NotADirectory {
            let message = format!("`{}` cannot be included: {error}", include.text);
            let problem = Diagnostic::new(Code::IncludeUnreadable, include.span, message);
            return problem.help("name a file that can be read");
        }
        let problem =
            Diagnostic::new(Code::IncludeMissing, include.span, format!("there is no file `{}`", include.text));
        match self.near_file(path, includer) {
            Some(name) => {
                let folder = include.text.rfind('/').map_or("", |end| &include.text[..=end]);
                problem.did_you_mean(&format!("{folder}{name}"), include.span, Safety::Unsafe)
            }
            None => problem.help("paths are relative to the file that they are written in"),
        }
    }

    /// A file of the same folder with nearly the same name, but not the one that includes. Folders are searched for the
    /// first few that are missing only: each search reads the folder.
    fn near_file(&self, path: &Path, includer: &Path) -> Option<String> {
        self.searches.set(self.searches.get().checked_sub(1)?);
        let names = self.storage.names(path.parent()?).ok()?;
        let is_other = |name: &&String| includer.file_name().is_none_or(|own| *own != ***name);
        let names = names.iter().filter(|name| is_case_file(name)).filter(is_other);
        nearest(path.file_name()?.to_str()?, names.map(String::as_str)).map(str::to_owned)
    }

    fn read(&mut self, canonical: &Path, include: &Text<'_>) -> Result<Decoded, Box<Diagnostic>> {
        let unreadable = |why: &str| {
            let message = format!("`{}` cannot be included: {why}", include.text);
            Box::new(
                Diagnostic::new(Code::IncludeUnreadable, include.span, message).help("name a file that can be read"),
            )
        };
        let size = match self.storage.entry(canonical).map_err(|error| unreadable(&error.to_string()))? {
            Entry::File { bytes } => bytes,
            Entry::Folder => return Err(unreadable("it is a folder")),
            Entry::Other => return Err(unreadable("it is not a regular file")),
        };
        if size > self.left || self.known.len() >= MOST_FILES {
            return Err(Box::new(too_large(include.span)));
        }
        let bytes = self.storage.read(canonical, self.left).map_err(|error| unreadable(&error.to_string()))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| Box::new(too_large(include.span)))?;
        Ok(decode(bytes))
    }

    /// The name of an included file, as seen from where the opened one is named.
    fn shown_name(&self, includer: FileId, path: &str) -> String {
        let includer = Path::new(self.sources.file(includer).name());
        includer.parent().unwrap_or(Path::new("")).join(path).display().to_string()
    }

    fn circular(&self, include: &Text<'_>, chain: &[Pending<'_>]) -> Diagnostic {
        let name = |pending: &Pending<'_>| self.sources.file(pending.file).name().to_owned();
        // The first files of a long circle, and the one that closes it.
        let left_out = chain.len() > MOST_NAMED;
        let mut names: Vec<String> = chain.iter().take(MOST_NAMED).map(name).collect();
        names.extend(left_out.then(|| format!("… {} more …", chain.len() - MOST_NAMED)));
        names.extend(chain.first().map(name));
        let message = format!("a file includes itself: {}", names.join(" → "));
        let problem = Diagnostic::new(Code::IncludeCircular, include.span, message).label("this closes the circle");
        let steps = chain.iter().skip(1).take(MOST_NAMED).filter_map(|pending| pending.included);
        steps
            .fold(problem, |problem, span| problem.related(span, "included here"))
            .help("remove one of these includes: what one file says is known in all of them")
    }
}

/// The file to open for a path: itself, or the `case.ron` in a folder, or else its `case.json`.
pub fn opened_file(path: PathBuf, storage: &dyn Storage) -> Result<PathBuf, LoadError> {
    let entry = |path: &Path| match storage.entry(path) {
        Ok(entry) => Ok(entry),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(LoadError::Missing { path: path.to_owned() }),
        Err(reason) => Err(LoadError::Unreadable { path: path.to_owned(), reason }),
    };
    let is_there = |file: &Path| storage.entry(file).is_ok();
    let file = match entry(&path)? {
        Entry::Folder => {
            let [ron, json] = ["case.ron", "case.json"].map(|name| path.join(name));
            if !is_there(&ron) && is_there(&json) { json } else { ron }
        }
        _ => path.clone(),
    };
    match entry(&file) {
        Ok(Entry::File { .. }) => Ok(file),
        Ok(_) => Err(LoadError::NotAFile { path: file }),
        Err(LoadError::Missing { .. }) if file != path => Err(LoadError::NoCase { path }),
        Err(error) => Err(error),
    }
}

/// Whether a name is that of a case file, and can be written in one as it is.
fn is_case_file(name: &str) -> bool {
    [".ron", ".json"].iter().any(|ending| name.ends_with(ending)) && !name.contains(['"', '\\'])
}

/// A file beyond the limit is refused in words that say what the limit is for.
fn at_most(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::FileTooLarge => io::Error::new(error.kind(), "a case has 1 GiB at most"),
        _ => error,
    }
}

fn too_large(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        span,
        "the files of a case have 1 GiB at most, and there are 10,000 of them at most",
    )
    .help("leave out what the case does not need")
}
