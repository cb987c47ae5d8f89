//! The text of PDFs, each read by a process of its own.
//!
//! A PDF from a stranger may be made to take any time, any memory, or to bring a reader down: a page tree that is a circle,
//! a stream that unpacks to terabytes. A thread cannot be ended, and a full memory or stack ends all of a process. So the
//! program starts itself once more for each PDF, under ceilings of its own, and takes what comes out of it as text.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::quotes::{CopyText, LARGEST_COPY, LONGEST_TEXT, Unreadable, pdf_text};

use super::outside::{self, Answer, Trouble};

/// The hidden command by which the program is started for a PDF.
pub const COMMAND: &str = "read-pdf";

/// What one PDF may take.
const MOST_TIME: Duration = Duration::from_secs(30);
/// After so much more, the process ends itself.
const MORE_TIME: Duration = Duration::from_secs(5);
#[cfg(unix)]
const MOST_MEMORY: u64 = 1 << 30;

/// What all PDFs of a run may take.
const ALL_TIME: Duration = Duration::from_secs(300);

/// The room that nested parts of a PDF have.
const STACK: usize = 64 << 20;

/// The texts of PDFs that were read before: a run may load a case more than once.
static BEFORE: Mutex<Before> = Mutex::new(Before { texts: BTreeMap::new(), bytes: 0, spent: Duration::ZERO });

struct Before {
    /// By the digests of the files.
    texts: BTreeMap<[u8; 32], Result<CopyText, Unreadable>>,
    bytes: usize,
    spent: Duration,
}

/// Reads the text of a PDF in a process of its own.
pub fn read_apart(bytes: &[u8]) -> Result<CopyText, Unreadable> {
    let digest = crate::quotes::digest(bytes);
    // Whoever panicked with the lock in hand has left it in order.
    let mut before = BEFORE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(text) = before.texts.get(&digest) {
        return text.clone();
    }
    if before.spent > ALL_TIME {
        return Err(Unreadable::Pdf(format!("the PDFs before it took more than {} seconds", ALL_TIME.as_secs())));
    }
    let start = Instant::now();
    let text = from_child(bytes)?;
    before.spent += start.elapsed();
    let size = text.as_ref().map_or(0, |text| text.text.len());
    if before.bytes + size <= LONGEST_TEXT {
        before.bytes += size;
        before.texts.insert(digest, text.clone());
    }
    text
}

/// What the process says of a PDF. That no process can be started says nothing of the file: then the outer error is of that.
fn from_child(bytes: &[u8]) -> Result<Result<CopyText, Unreadable>, Unreadable> {
    let program = std::env::current_exe().map_err(|error| cannot_start(&error))?;
    let mut command = Command::new(program);
    // The allocator would otherwise take as much for itself at once as the ceiling gives.
    command.arg(COMMAND).env_remove("COMPLETE").env("MIMALLOC_ARENA_RESERVE", "64MiB");
    match outside::answer(&mut command, bytes.to_vec(), MOST_TIME, LONGEST_TEXT as u64 + (1 << 20)) {
        Ok(answer) => Ok(said(answer)),
        Err(Trouble::Missing(error)) => Err(cannot_start(&error)),
        Err(Trouble::Slow) => {
            Ok(Err(Unreadable::Pdf(format!("it took more than {} seconds to read", MOST_TIME.as_secs()))))
        }
        Err(Trouble::Lost(_)) => Ok(Err(broken())),
    }
}

fn cannot_start(error: &std::io::Error) -> Unreadable {
    Unreadable::Pdf(format!("a process that reads PDF cannot be started: {error}"))
}

/// The text, or what is wrong with the file; one that was ended by force has said neither.
fn said(answer: Answer) -> Result<CopyText, Unreadable> {
    let text = String::from_utf8(answer.output).map_err(|_| broken())?;
    match answer.status.code() {
        Some(0) => Ok(pages(text)),
        Some(1) => Err(Unreadable::Pdf(text)),
        _ => Err(broken()),
    }
}

fn broken() -> Unreadable {
    Unreadable::Pdf("it cannot be read: it is damaged, or needs more than 1 GiB of memory".to_owned())
}

/// Form feeds part the pages, as in any text.
fn pages(text: String) -> CopyText {
    let feeds = memchr::memchr_iter(b'\x0c', text.as_bytes());
    let pages = std::iter::once(0).chain(feeds.map(|feed| feed + 1)).collect();
    CopyText { text, lines: Vec::new(), pages }
}

/// The other side: reads a PDF from standard input and writes its text to standard output, or what is wrong with it.
pub fn serve() -> ExitCode {
    limit();
    // The process that started this one may have been ended by force.
    std::thread::spawn(|| {
        std::thread::sleep(MOST_TIME + MORE_TIME);
        std::process::exit(2);
    });
    let read = std::thread::Builder::new().stack_size(STACK).spawn(|| {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(LARGEST_COPY).read_to_end(&mut bytes);
        read.map_err(|error| Unreadable::Pdf(error.to_string())).and_then(|_| pdf_text(bytes))
    });
    let read = read.ok().and_then(|thread| thread.join().ok());
    let (text, code) = match read {
        Some(Ok(copy)) => (with_feeds(&copy), ExitCode::SUCCESS),
        Some(Err(error)) => (error.to_string(), ExitCode::from(1)),
        None => return ExitCode::from(2),
    };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => code,
        Err(_) => ExitCode::from(2),
    }
}

fn with_feeds(copy: &CopyText) -> String {
    let ends = copy.pages.iter().skip(1).copied().chain([copy.text.len()]);
    let pages: Vec<&str> =
        copy.pages.iter().zip(ends).map(|(&start, end)| copy.text[start..end].trim_end_matches('\n')).collect();
    pages.join("\x0c")
}

/// Puts ceilings on this process. Where the system has none, the time is held by the process that started this one.
fn limit() {
    #[cfg(unix)]
    for (resource, most) in [
        (rustix::process::Resource::Data, MOST_MEMORY),
        (rustix::process::Resource::Cpu, MOST_TIME.as_secs()),
        (rustix::process::Resource::Core, 0),
    ] {
        let limit = rustix::process::Rlimit { current: Some(most), maximum: Some(most) };
        let _ = rustix::process::setrlimit(resource, limit);
    }
}
