//! What must not outlive the program: files and folders under a temporary name, and programs that it has started.
//!
//! Dropping one removes it. A signal ends the program without dropping anything, and so do the ceilings of
//! `--max-time` and `--max-memory`: what is listed here is then removed first.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

/// Something that must not outlive the program.
#[derive(Debug, Clone, PartialEq)]
enum Leftover {
    /// A file or a folder.
    Path(PathBuf),
    /// The process of another program, with all that it has started itself.
    Program(u32),
}

impl Leftover {
    fn remove(&self) {
        // There is nobody to report a failure to.
        let _ = match self {
            Self::Path(path) if path.is_dir() => fs::remove_dir_all(path),
            Self::Path(path) => fs::remove_file(path),
            Self::Program(group) => end_group(*group),
        };
    }
}

/// What is there at this moment.
static HELD: Mutex<Vec<Leftover>> = Mutex::new(Vec::new());

/// The list; as long as it is locked, no signal ends the program half way through.
fn held() -> MutexGuard<'static, Vec<Leftover>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A place in the list, given up when this is dropped.
#[derive(Debug)]
struct Hold(Leftover);

impl Drop for Hold {
    fn drop(&mut self) {
        held().retain(|one| *one != self.0);
    }
}

/// Makes something and lists it, with no signal in between.
fn make<T>(make: impl FnOnce() -> io::Result<T>, listed: impl FnOnce(&T) -> Leftover) -> io::Result<(T, Hold)> {
    #[cfg(unix)]
    signals::watch();
    let mut held = held();
    let made = make()?;
    let leftover = listed(&made);
    held.push(leftover.clone());
    Ok((made, Hold(leftover)))
}

/// The same error without the temporary name, which means nothing to anybody.
fn nameless(error: io::Error) -> io::Error {
    match error.kind() {
        kind @ io::ErrorKind::NotFound => io::Error::new(kind, "there is no such folder"),
        kind @ io::ErrorKind::PermissionDenied => io::Error::new(kind, "no file can be made in its folder"),
        _ if error.raw_os_error().is_some() => error,
        kind => kind.into(),
    }
}

/// A file under a temporary name.
#[derive(Debug)]
pub struct TemporaryFile {
    file: NamedTempFile,
    _hold: Hold,
}

impl TemporaryFile {
    /// An empty file beside the one whose place it is to take; only its owner can read it, or else all whom the umask
    /// lets.
    pub fn beside(path: &Path, private: bool) -> io::Result<Self> {
        let mut builder = builder();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(if private { 0o600 } else { 0o666 }));
        }
        let file = || builder.tempfile_in(folder_of(path)).map_err(nameless);
        let (file, hold) = make(file, |file| Leftover::Path(file.path().to_owned()))?;
        Ok(Self { file, _hold: hold })
    }

    /// The file itself.
    pub fn as_file(&self) -> &fs::File {
        self.file.as_file()
    }

    /// Gives the file the name that it was made for.
    pub fn persist(self, path: &Path) -> io::Result<()> {
        self.as_file().sync_all()?;
        self.file.persist(path).map_err(|error| nameless(error.error))?;
        Ok(())
    }

    /// The same, if the name is not taken; it fails with [`io::ErrorKind::AlreadyExists`] if it is.
    pub fn persist_new(self, path: &Path) -> io::Result<()> {
        self.as_file().sync_all()?;
        self.file.persist_noclobber(path).map_err(|error| nameless(error.error))?;
        Ok(())
    }
}

/// A folder under a temporary name.
#[derive(Debug)]
pub struct TemporaryFolder {
    folder: tempfile::TempDir,
    _hold: Hold,
}

impl TemporaryFolder {
    /// An empty folder beside the one whose place something in it is to take.
    pub fn beside(path: &Path) -> io::Result<Self> {
        let folder = || builder().tempdir_in(folder_of(path)).map_err(nameless);
        let (folder, hold) = make(folder, |folder| Leftover::Path(folder.path().to_owned()))?;
        Ok(Self { folder, _hold: hold })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Does something that no signal may interrupt half way.
pub fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    let _held = held();
    work()
}

/// Another program that runs, which ends with this at the latest, and all that it has started itself with it.
#[derive(Debug)]
pub struct Program {
    /// The program.
    pub child: Child,
    _hold: Hold,
}

impl Program {
    /// Starts a program in a group of processes of its own.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let (child, hold) = make(|| command.spawn(), |child| Leftover::Program(child.id()))?;
        Ok(Self { child, _hold: hold })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // They may have ended by themselves.
        let _ = end_group(self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
fn end_group(group: u32) -> io::Result<()> {
    use rustix::process::{Pid, Signal, kill_process_group};
    let group = i32::try_from(group).ok().and_then(Pid::from_raw).ok_or(io::ErrorKind::InvalidInput)?;
    Ok(kill_process_group(group, Signal::KILL)?)
}

#[cfg(not(unix))]
fn end_group(_: u32) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Removes everything that is listed, just before the program ends by itself; nothing can be made after that.
pub fn end_with(end: impl FnOnce()) {
    let held = held();
    held.iter().for_each(Leftover::remove);
    end();
}

fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".evigraph-");
    builder
}

/// The folder that something is in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A signal that asks the program to end does so as ever, once everything that is listed is removed.
#[cfg(unix)]
mod signals {
    use std::sync::Once;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// Starts to watch for signals, once.
    pub fn watch() {
        static WATCH: Once = Once::new();
        WATCH.call_once(|| {
            // Where signals cannot be watched, they end the program as they do without.
            if let Ok(signals) =
                Signals::new([SIGHUP, SIGINT, SIGTERM].into_iter().filter(|&signal| !is_ignored(signal)))
            {
                std::thread::spawn(|| wait(signals));
            }
        });
    }

    fn wait(mut signals: Signals) {
        if let Some(signal) = signals.forever().next() {
            super::end_with(|| drop(emulate_default_handler(signal)));
        }
    }

    /// Whether the program was started with a signal ignored, as `nohup` does. Only Linux says so
    /// without unsafe code.
    fn is_ignored(signal: i32) -> bool {
        let ignored = || {
            let status = std::fs::read_to_string("/proc/self/status").ok()?;
            let set = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
            u64::from_str_radix(set.trim(), 16).ok()
        };
        ignored().is_some_and(|ignored| ignored >> (signal - 1) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Between the question whether something is there and the answer, somebody else may have put it there.
    #[test]
    fn a_new_file_takes_the_place_of_nothing_that_came_meanwhile() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("case.ron");
        let temporary = TemporaryFile::beside(&path, false).expect("it can be made");
        fs::write(&path, "mine").expect("it can be written");
        let refused = temporary.persist_new(&path).expect_err("it is there");
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "mine");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "the temporary file is gone");
    }
}
