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

/// What all PDFs of a check may take.
const ALL_TIME: Duration = Duration::from_secs(300);

/// The room that nested parts of a PDF have.
const STACK: usize = 64 << 20;

/// What is known of PDFs that were read before: a run may load a case more than once, and a server does all day.
static BEFORE: Mutex<Before> = Mutex::new(Before { known: BTreeMap::new(), bytes: 0, clock: 0 });

/// What one that is known takes, besides its text.
const OVERHEAD: usize = 256;

#[derive(Default)]
struct Before {
    /// By the digests of the files: that one took too long is known until it is another file.
    known: BTreeMap<[u8; 32], Known>,
    bytes: usize,
    clock: u64,
}

struct Known {
    text: Result<CopyText, Unreadable>,
    /// When it was asked for last.
    asked: u64,
}

impl Known {
    fn size(&self) -> usize {
        OVERHEAD + self.text.as_ref().map_or(0, |text| text.text.len())
    }
}

impl Before {
    fn get(&mut self, digest: [u8; 32]) -> Option<Result<CopyText, Unreadable>> {
        self.clock += 1;
        let known = self.known.get_mut(&digest)?;
        known.asked = self.clock;
        Some(known.text.clone())
    }

    /// Keeps what was read, in place of what was not asked for for the longest time.
    fn keep(&mut self, digest: [u8; 32], text: Result<CopyText, Unreadable>, room: usize) {
        let known = Known { text, asked: self.clock };
        let size = known.size();
        while self.bytes + size > room {
            let oldest = self.known.iter().min_by_key(|(_, known)| known.asked).map(|(&digest, _)| digest);
            let Some(oldest) = oldest.and_then(|oldest| self.known.remove(&oldest)) else { return };
            self.bytes -= oldest.size();
        }
        self.bytes += size;
        self.known.insert(digest, known);
    }
}

/// Reads the text of a PDF in a process of its own, unless the PDFs of this check have taken too long already; adds what it has
/// taken to what they have.
pub fn read_apart(bytes: &[u8], spent: &mut Duration) -> Result<CopyText, Unreadable> {
    let digest = crate::quotes::digest(bytes);
    // A panic with the lock in hand has left it in order.
    let mut before = BEFORE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(text) = before.get(digest) {
        return text;
    }
    if *spent > ALL_TIME {
        return Err(Unreadable::Pdf(format!("the PDFs before it took more than {} seconds", ALL_TIME.as_secs())));
    }
    let start = Instant::now();
    let text = from_child(bytes);
    *spent += start.elapsed();
    let text = text?;
    before.keep(digest, text.clone(), LONGEST_TEXT);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Result<CopyText, Unreadable> {
        Ok(CopyText { text: words.to_owned(), ..CopyText::default() })
    }

    #[test]
    fn what_was_not_asked_for_for_the_longest_time_makes_room() {
        let mut before = Before::default();
        let room = 2 * (OVERHEAD + 4);
        before.keep([1; 32], text("one."), room);
        before.keep([2; 32], Err(Unreadable::Scan), room);
        assert!(before.get([1; 32]).is_some());
        before.keep([3; 32], text("six."), room);
        assert_eq!(before.get([1; 32]), Some(text("one.")));
        assert_eq!((before.get([2; 32]), before.get([3; 32])), (None, Some(text("six."))));
        assert_eq!(before.bytes, room);
        before.keep([4; 32], text(&"long".repeat(room)), room);
        assert_eq!((before.known.len(), before.bytes), (0, 0), "it is not kept, and nothing is counted wrongly");
    }

    #[test]
    fn each_check_has_its_own_time() {
        let mut spent = ALL_TIME + Duration::from_secs(1);
        let refused = read_apart(b"%PDF-1.7 nothing", &mut spent).expect_err("no time is left");
        assert_eq!(refused.to_string(), "the PDFs before it took more than 300 seconds");
        BEFORE.lock().expect("nobody panicked").keep(
            crate::quotes::digest(b"%PDF-1.7 known"),
            text("known"),
            LONGEST_TEXT,
        );
        assert_eq!(read_apart(b"%PDF-1.7 known", &mut spent), text("known"), "what is known takes no time");
    }
}
