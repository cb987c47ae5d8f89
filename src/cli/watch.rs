//! `evigraph watch`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use crate::authoring::{Input, LoadError, Loaded, load};
use crate::compare::Terms;
use crate::diagnostic::{Diagnostic, Severity, human, visible};
use crate::logic::Budget;
use crate::page::{Change, Page, Part, Remark, State, Update};
use crate::quotes::{Quotations, copy_paths};
use crate::source::Disk;
use crate::watch::{Board, Saves, Server};
use crate::words::{count, count_or_no, joined};

use super::args::{EvaluationArgs, OutputArgs, ScenarioArgs};
use super::exit::{Exit, Failure};
use super::input;
use super::layout::{BOLD, DIM, GREEN, RED, hanging, styled};
use super::output::Output;
use super::watchdog::Watchdog;
use super::write_error::WriteError;

/// So many errors of a broken case are shown whole; the page has all.
const MOST_ERRORS: usize = 5;
/// So many changes are listed; the page has all.
const MOST_CHANGES: usize = 20;

/// Follow a case while it is written: what each save changes, here and on a page in the browser
///
/// On every save the case is checked, the verdicts that the save has changed are printed with the edits that changed
/// them, and the page is brought up to date: the picture to explore, the report, and the remarks. It keeps its place,
/// and what is chosen, filtered and switched off. While the case is broken, it shows the last state that was not. The
/// page is served on this machine alone, to those who know its address. `--max-time` is the time that each save may take.
/// Ctrl-C ends it; on Unix the exit code is 0 then.
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// A case file, or a folder with a `case.ron`
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,

    /// Serve the page on this port; if not given, on a free one
    #[arg(long, value_name = "NUMBER", default_value_t = 0, hide_default_value = true)]
    pub port: u16,

    /// Serve no page, only print
    #[arg(long, conflicts_with_all = ["open", "port"])]
    pub no_serve: bool,

    #[command(flatten)]
    pub evaluation: EvaluationArgs,
}

pub fn run(args: &WatchArgs, output: &Output) -> Result<Exit, Failure> {
    if args.case == Path::new("-") {
        let help = Some("name a file, or a folder with a `case.ron`".to_owned());
        return Err(Failure::Usage { message: "standard input cannot be watched".to_owned(), help });
    }
    end_on_interrupt();
    let first = Read::of(args)?;
    let terms = terms(&first.loaded, &args.evaluation, output)?;
    let board = Board::default();
    let server = if args.no_serve { None } else { Some(serve(args.port, &board)?) };
    greet(args, server.as_ref(), output)?;
    let page = Page::new(terms, Budget::seconds(args.evaluation.budget()));
    let mut session = Session { args, output, page, board: server.map(|_| board), shown: None, is_first: true };
    let saves = Saves::start();
    session.show(first, &saves)?;
    while saves.wait() {
        match Read::of(args) {
            Ok(read) => session.show(read, &saves)?,
            Err(error) => session.cannot_read(&error, &saves)?,
        }
    }
    Ok(Exit::Yes)
}

/// A case as it was read, and what became of its quotations.
struct Read {
    loaded: Loaded,
    quotations: Quotations,
}

impl Read {
    fn of(args: &WatchArgs) -> Result<Self, LoadError> {
        let mut loaded = load(Input::Path(args.case.clone()))?;
        let quotations = input::verify(&mut loaded, &Disk);
        Ok(Self { loaded, quotations })
    }

    /// The files of the case, and the copies that it keeps.
    fn files(&self) -> BTreeSet<PathBuf> {
        let Loaded { case, sources, .. } = &self.loaded;
        let copies = case.iter().flat_map(|case| copy_paths(case, sources, &Disk));
        sources.iter().filter_map(|(_, file)| file.path()).map(Path::to_owned).chain(copies).collect()
    }

    fn texts(&self) -> Texts {
        self.loaded.sources.iter().map(|(_, file)| (file.name().to_owned(), file.text().to_owned())).collect()
    }
}

/// The terms on which every version is read. What they name has to be in the first one.
fn terms(loaded: &Loaded, args: &EvaluationArgs, output: &Output) -> Result<Terms, Failure> {
    let ScenarioArgs { standard: _, as_of: _, verified_quotes_only: _, without, only, set } = &args.scenario;
    let names_ids = !(without.is_empty() && only.is_empty() && set.is_empty() && args.off.is_empty());
    match &loaded.case {
        None if names_ids => Err(input::errors_in(loaded, output)),
        case => input::terms(&Vec::from_iter(case), args),
    }
}

/// Nothing is written that could be left half done: the program may end wherever it is.
fn end_on_interrupt() {
    #[cfg(unix)]
    if let Ok(mut signals) = signal_hook::iterator::Signals::new([signal_hook::consts::SIGINT]) {
        std::thread::spawn(move || {
            signals.forever().next();
            std::process::exit(Exit::Yes as i32);
        });
    }
}

fn serve(port: u16, board: &Board) -> Result<Server, Failure> {
    Server::start(port, board.clone()).map_err(|cause| Failure::Usage {
        message: format!("the page cannot be served on port {port}: {cause}"),
        help: Some("leave --port out for a free port, or say --no-serve".to_owned()),
    })
}

fn greet(args: &WatchArgs, server: Option<&Server>, output: &Output) -> Result<(), WriteError> {
    let path = args.case.display().to_string();
    let mut text = format!("Watching {}; Ctrl-C ends it.\n", styled(BOLD, visible(&path)));
    if let Some(server) = server {
        let _ = writeln!(text, "The page, for this machine alone: {}", styled(BOLD, server.url()));
    }
    print(output, &text)?;
    if let Some(Err(error)) = server.filter(|_| args.open).map(|server| open_browser::that_detached(server.url())) {
        output.note(&format!("no browser could be started ({error}): open that address in one"));
    }
    Ok(())
}

fn print(output: &Output, text: &str) -> Result<(), WriteError> {
    output.write(&OutputArgs { output: None }, text)
}

/// Milliseconds since 1970.
fn now() -> Option<u64> {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(passed.as_millis()).ok()
}

/// The names of the files of a case, and what they say.
type Texts = Vec<(String, String)>;

/// What is shown of the case, here and on the page.
struct Session<'a> {
    args: &'a WatchArgs,
    output: &'a Output,
    page: Page,
    board: Option<Board>,
    /// The texts that are shown and what became of their quotations, or why there are none; nothing while that is not known.
    shown: Option<Result<(Texts, Quotations), String>>,
    is_first: bool,
}

impl Session<'_> {
    /// Works out what a text says, unless that is shown already; and shows it, unless there is a newer text by then.
    fn show(&mut self, read: Read, saves: &Saves) -> Result<(), WriteError> {
        saves.follow(read.files());
        let texts = read.texts();
        let Read { loaded, quotations } = read;
        if loaded.case.is_none() {
            saves.look_again();
        }
        let mut new = Some(Ok((texts, quotations)));
        if self.shown == new {
            return Ok(());
        }
        let Self { args, output, page, board, shown, is_first } = self;
        let watchdog = Watchdog::of_one_piece(&args.evaluation.ceilings);
        let entered = saves.enter(watchdog.watch());
        let errors = if loaded.case.is_none() { first_errors(&loaded, output) } else { String::new() };
        let (at, mut printed) = (now(), Ok(()));
        let mut publish = |update: Update| {
            if saves.have_overtaken(entered) {
                return false;
            }
            let update = Update { at, ..update };
            board.iter().for_each(|board| board.publish(&update));
            if let Part::State(state) = &update.part {
                watchdog.hush();
                printed = print(output, &News { state, errors: &errors, is_first: *is_first, output }.text());
                (*shown, *is_first) = (new.take(), false);
            }
            true
        };
        match board {
            Some(_) => page.update(loaded, &watchdog.watch(), &mut publish),
            None => page.update_state(loaded, &watchdog.watch(), &mut publish),
        }
        if saves.have_overtaken(entered) {
            // A part may be missing.
            *shown = None;
        }
        printed
    }

    /// Says why a case cannot be read, unless it has said so already.
    fn cannot_read(&mut self, error: &LoadError, saves: &Saves) -> Result<(), WriteError> {
        saves.look_again();
        let why = error.to_string();
        if matches!(&self.shown, Some(Err(said)) if *said == why) {
            return Ok(());
        }
        let update = Update { at: now(), ..self.page.unreadable(&why) };
        self.board.iter().for_each(|board| board.publish(&update));
        let line = format!("{}: {}\n", styled(RED, "error"), visible(&why));
        self.shown = Some(Err(why));
        print(self.output, &line)
    }
}

/// The first errors of a broken case, as `check` shows them.
fn first_errors(loaded: &Loaded, output: &Output) -> String {
    let errors = loaded.diagnostics.iter().filter(|problem| problem.is_error());
    let errors: Vec<Diagnostic> = errors.take(MOST_ERRORS).cloned().collect();
    human(&errors, &loaded.sources, output.look(&OutputArgs { output: None })) + "\n"
}

/// What is printed of a state.
struct News<'a> {
    state: &'a State,
    /// Of a broken case.
    errors: &'a str,
    is_first: bool,
    output: &'a Output,
}

impl News<'_> {
    fn text(&self) -> String {
        let State { errors, warnings, .. } = self.state;
        let remarks = format!("{}, {}", count_or_no(*errors, "error"), count_or_no(*warnings, "warning"));
        let mut text = format!("\n{}{} · {remarks}\n", self.errors, self.headline());
        for remark in self.state.remarks.iter().filter(|_| self.state.is_good).take(MOST_ERRORS) {
            text += &self.unmet(remark);
        }
        let changes = self.state.changes.iter().flatten();
        changes.clone().take(MOST_CHANGES).for_each(|change| text += &self.change(change));
        let more = changes.count().saturating_sub(MOST_CHANGES);
        if more > 0 {
            let _ = writeln!(text, "  {}", styled(DIM, format!("and {}", count(more, "more change"))));
        }
        text
    }

    fn headline(&self) -> String {
        let State { title, trouble, changes, verdicts, .. } = self.state;
        let saved = if self.is_first { "" } else { "Saved: " };
        match (title, changes) {
            (Some(title), None) => {
                let verdicts = verdicts.iter().map(|one| format!("{} {}", one.value, one.name));
                let verdicts = joined(verdicts);
                let verdicts = if verdicts.is_empty() { "nothing claimed yet".to_owned() } else { verdicts };
                format!("{}: {verdicts}", styled(BOLD, title))
            }
            (Some(_), Some(changes)) if changes.is_empty() => format!("{saved}{}", styled(GREEN, "no verdict changed")),
            (Some(_), Some(changes)) => format!("{saved}{}", styled(BOLD, count(changes.len(), "change"))),
            (None, _) => match trouble {
                Some(trouble) => format!("{saved}{}", styled(RED, trouble)),
                None => format!("{saved}{}", styled(RED, "the case is broken")),
            },
        }
    }

    fn change(&self, change: &Change) -> String {
        hanging(&change.to_string(), self.output.width(&OutputArgs { output: None }), "  ", "    ") + "\n"
    }

    /// An error of a case that has verdicts: one is not as expected.
    fn unmet(&self, remark: &Remark) -> String {
        if remark.severity != Severity::Error {
            return String::new();
        }
        let place = remark.place.iter().map(|place| format!("{}:{}:{}: ", place.file, place.line, place.column));
        format!("  {}{}: {}\n", String::from_iter(place), styled(RED, "error"), remark.message)
    }
}
