//! A thread beside the work that stops it at a ceiling of time or memory, and shows its progress on a terminal.

use std::io::IsTerminal as _;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::engine::Watch;

use super::args::EvaluationArgs;
use super::exit::Exit;
use super::output::Output;

/// How often it checks.
const LOOK: Duration = Duration::from_millis(50);
/// How long the work goes on in silence.
const SILENCE: Duration = Duration::from_secs(1);
/// Work is asked to stop at this part of a ceiling, so that what is done by then can still be told.
const SOON: f64 = 0.9;
/// Work that has not stopped by itself at the ceiling times this is killed.
const GRACE: f64 = 1.08;

/// Ceilings on time and memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ceilings {
    seconds: Option<f64>,
    bytes: Option<u64>,
}

/// The thread; it ends when this is dropped.
pub struct Watchdog {
    watch: Watch,
    _end: Sender<()>,
}

impl Watchdog {
    /// Starts to watch. Memory is checked where the system reports it, which is Linux.
    pub fn start(args: &EvaluationArgs) -> Self {
        Self::within(Ceilings { seconds: args.max_time, bytes: args.max_memory })
    }

    /// The same without ceilings: it shows that the work goes on.
    pub fn without_ceilings() -> Self {
        Self::within(Ceilings { seconds: None, bytes: None })
    }

    fn within(ceilings: Ceilings) -> Self {
        let watch = Watch::default();
        if ceilings.seconds.is_some_and(|seconds| seconds <= 0.0) {
            watch.stop();
        }
        let (end, ended) = mpsc::channel();
        let watched = watch.clone();
        std::thread::spawn(move || guard(ceilings, &watched, &ended));
        Self { watch, _end: end }
    }

    /// How a command ends that has answered, and says what of the answer was left out, if anything was.
    pub fn end(left_out: Option<&str>, output: &Output) -> Exit {
        let Some(left_out) = left_out else { return Exit::Yes };
        output.note(&format!("stopped at the ceiling of time or memory: {left_out}"));
        Exit::Part
    }

    /// The handle by which the work is stopped and reports its progress.
    pub fn watch(&self) -> Watch {
        self.watch.clone()
    }
}

fn guard(ceilings: Ceilings, watch: &Watch, ended: &mpsc::Receiver<()>) {
    let start = Instant::now();
    let mut bar = None;
    while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
        let passed = start.elapsed();
        if let Some(why) = ceilings.passed(passed, SOON) {
            watch.stop();
            if ceilings.passed(passed, GRACE).is_some() {
                // The work does not check the watch: end it as a failure, with nothing written.
                if let Some(bar) = bar.take() {
                    ProgressBar::finish_and_clear(&bar);
                }
                eprintln!(
                    "error: {why}, and nothing was answered by then\nhelp: give it more, or ask for fewer statements"
                );
                std::process::exit(Exit::Failed as i32);
            }
        }
        if passed > SILENCE && std::io::stderr().is_terminal() {
            show(bar.get_or_insert_with(spinner), watch);
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

impl Ceilings {
    /// Which ceiling has been exceeded, both multiplied by `times`.
    fn passed(self, time: Duration, times: f64) -> Option<String> {
        let late = self.seconds.filter(|seconds| time.as_secs_f64() > seconds * times);
        let large = self.bytes.filter(|&bytes| memory().is_some_and(|held| held as f64 > bytes as f64 * times));
        late.map(|seconds| format!("stopped after {seconds} seconds (--max-time)"))
            .or_else(|| large.map(|bytes| format!("stopped at {} MB of memory (--max-memory)", bytes / 1_000_000)))
    }
}

/// The resident memory of the process in bytes, where the system reports it.
fn memory() -> Option<u64> {
    const PAGE: u64 = 4096;
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    pages.split(' ').nth(1)?.parse::<u64>().ok().map(|pages| pages * PAGE)
}

fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, watch: &Watch) {
    let (answered, asked) = watch.answered();
    let message = match (answered, asked, watch.worlds()) {
        (_, 0, 0) => "reading the case".to_owned(),
        (0, _, worlds) if worlds > 0 => format!("{worlds} worlds sampled"),
        (answered, asked, _) => format!("{answered} of {asked} statements answered"),
    };
    bar.set_message(message);
    bar.tick();
}
