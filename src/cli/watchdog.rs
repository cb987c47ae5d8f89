//! A thread beside the work that stops it at a ceiling of time or memory, and shows its progress on a terminal.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::engine::Watch;

use super::args::CeilingArgs;
use super::exit::Exit;
use super::output::Output;

/// How often it checks.
const LOOK: Duration = Duration::from_millis(50);
/// How long the work goes on in silence.
const SILENCE: Duration = Duration::from_secs(1);
/// Work is asked to stop at this part of a ceiling, so that there is time to write what is done by then.
const SOON: f64 = 0.9;
/// Work that has not stopped by itself at the ceiling times this is killed.
const GRACE: f64 = 1.08;

/// The most memory that is allowed unless more is asked for.
const MOST_MEMORY: u64 = 4_000_000_000;

/// Ceilings on time and memory.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ceilings {
    seconds: f64,
    bytes: u64,
    /// Whether the program goes on with other work when the time is up.
    goes_on: bool,
}

/// The thread. It watches until this is dropped, which is when the answer has been written.
pub struct Watchdog {
    watch: Watch,
    silent: Arc<AtomicBool>,
    end: Sender<()>,
}

impl Watchdog {
    /// Starts to watch. Memory is checked where the system reports it, which is Linux.
    pub fn start(args: &CeilingArgs) -> Self {
        Self::within(Ceilings::of(args))
    }

    /// Watches one piece of work of a program that goes on: work that does not stop by itself when its time is up is
    /// waited for. Memory is what the program holds, and its ceiling ends it.
    pub fn of_one_piece(args: &CeilingArgs) -> Self {
        Self::within(Ceilings { goes_on: true, ..Ceilings::of(args) })
    }

    /// The same without ceilings: it shows that the work goes on.
    pub fn without_ceilings() -> Self {
        Self::within(Ceilings { seconds: f64::INFINITY, bytes: u64::MAX, goes_on: false })
    }

    fn within(ceilings: Ceilings) -> Self {
        let watch = Watch::default();
        if ceilings.seconds <= 0.0 {
            watch.stop();
        }
        let silent = Arc::new(AtomicBool::new(false));
        let (end, ended) = mpsc::channel();
        let (watched, hushed) = (watch.clone(), Arc::clone(&silent));
        std::thread::spawn(move || guard(ceilings, &watched, &hushed, &ended));
        Self { watch, silent, end }
    }

    /// Watches no more: what is about to be changed in several files is not to be cut off between two of them.
    pub fn disarm(&self) {
        let _ = self.end.send(());
    }

    /// Shows no more progress: the answer is there, and about to be written. The ceilings hold on.
    pub fn hush(&self) {
        self.silent.store(true, Ordering::Relaxed);
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

fn guard(ceilings: Ceilings, watch: &Watch, silent: &AtomicBool, ended: &mpsc::Receiver<()>) {
    let start = Instant::now();
    let mut bar = None;
    while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
        let passed = start.elapsed();
        if let Some(why) = ceilings.passed(passed, SOON) {
            watch.stop();
            let passed = if ceilings.goes_on { Duration::ZERO } else { passed };
            if ceilings.passed(passed, GRACE).is_some() {
                // The work does not check the watch: end it as a failure, with nothing written.
                clear(bar.take());
                // Whether or not that can be said.
                let _ = writeln!(
                    std::io::stderr(),
                    "error: {why}, and nothing was answered by then\nhelp: give it more, or ask for fewer statements"
                );
                super::leftover::end_with(|| std::process::exit(Exit::Failed as i32));
            }
        }
        if silent.load(Ordering::Relaxed) {
            clear(bar.take());
        } else if passed > SILENCE && std::io::stderr().is_terminal() {
            show(bar.get_or_insert_with(spinner), watch);
        }
    }
    clear(bar);
}

fn clear(bar: Option<ProgressBar>) {
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

impl Ceilings {
    fn of(args: &CeilingArgs) -> Self {
        Self { seconds: args.max_time, bytes: args.max_memory.unwrap_or_else(usual_memory), goes_on: false }
    }

    /// Which ceiling has been exceeded, both multiplied by `times`.
    fn passed(self, time: Duration, times: f64) -> Option<String> {
        let is_late = time.as_secs_f64() > self.seconds * times;
        let is_large = || memory().is_some_and(|held| held as f64 > self.bytes as f64 * times);
        if is_late {
            return Some(format!("stopped after {} seconds (--max-time)", self.seconds));
        }
        is_large().then(|| format!("stopped at {} MB of memory (--max-memory)", self.bytes / 1_000_000))
    }
}

/// Half of the memory of the machine, where the system reports it, and never more than some gigabytes.
fn usual_memory() -> u64 {
    let information = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = information.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB"));
    let total = total.and_then(|kilobytes| kilobytes.trim().parse::<u64>().ok());
    total.map_or(MOST_MEMORY, |kilobytes| (kilobytes * 512).min(MOST_MEMORY))
}

/// The resident memory of the process in bytes, where the system reports it.
fn memory() -> Option<u64> {
    // Not from `statm`, which counts pages: their size is another on other machines.
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"))?;
    held.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
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
