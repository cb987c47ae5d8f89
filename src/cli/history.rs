//! `evigraph history`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::compare::{Limit, Thoroughness};
use crate::diagnostic::visible;
use crate::engine::Engine;
use crate::history::{Course, History, Options, Standing, Turn, TurnedBy, Waited, history};
use crate::json::{Recorded, pretty};
use crate::model::{Case, DocumentId, QuestionId, StatementId};
use crate::verdict::Finding;
use crate::words::{
    count, day_phrase, finding_phrase, joined, known_phrase, one_line, others_phrase, verdict_with_detail,
};

use super::args::{AnswerArgs, Format};
use super::exit::{Exit, Failure};
use super::layout::{BOLD, DIM, hanging, mark, styled, wrapped};
use super::output::Output;
use super::watchdog::Watchdog;
use super::{completions, input, table};

/// How verdicts stood as documents became known, and which documents turned them
///
/// A document became known when it was `released`, or else at its `date`; of a year, a month or a period its last day counts.
/// Shows the days on which a verdict, its being settled, or the finding on a question changed: from each of them on,
/// `--as-of` says so. Where several documents that became known on one day turned it, the fewest that do are named.
/// Without an id, the questions and their headlines are shown. Each statement is evaluated once for every day on which
/// something became known on which it depends.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// A case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// Claims and relationships, or questions, which stand for all of their claims
    #[arg(value_name = "ID", add = completions::statements())]
    pub ids: Vec<String>,

    /// Show every statement and every question
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,

    /// Tell verdicts alone, not whether they were settled
    #[arg(long)]
    pub no_settled: bool,

    #[command(flatten)]
    pub answer: AnswerArgs,
}

pub fn run(args: &HistoryArgs, output: &Output) -> Result<Exit, Failure> {
    let watchdog = Watchdog::start(&args.answer.evaluation.ceilings);
    let case = input::load_for(&args.case, &args.answer.evaluation.scenario, output)?;
    let (statements, questions) = asked(&case, args)?;
    let options = Options { settle: !args.no_settled, limit: Limit::default() };
    let (text, stopped_at) =
        input::history_engine(&case, &args.answer.evaluation, &watchdog)?.or_sampled(|engine| {
            let recorded = history(engine, (&statements, &questions), options)?;
            let text = match args.answer.format {
                Format::Json => pretty(&Recorded(engine, &recorded)),
                Format::Text => {
                    let (dates, settle) = (dates(&case, &recorded), options.settle);
                    Page { engine, history: &recorded, dates, settle, width: output.width(&args.answer.output) }.text()
                }
            };
            Ok::<_, Failure>((text, recorded.stopped_at.map(|at| recorded.moments[at].day)))
        })?;
    watchdog.hush();
    output.write(&args.answer.output, &text)?;
    let left_out = stopped_at.map(|day| format!("what became known from {} on is left out", day_phrase(day)));
    Ok(Watchdog::end(left_out.as_deref(), output))
}

/// What is asked about: what is named, everything, or the questions with their headlines.
fn asked(case: &Case, args: &HistoryArgs) -> Result<(BTreeSet<StatementId>, BTreeSet<QuestionId>), Failure> {
    if args.all || args.ids.is_empty() && case.questions.is_empty() {
        return Ok((case.statements.ids().collect(), case.questions.ids().collect()));
    }
    if args.ids.is_empty() {
        let headlines = case.questions.values().map(|question| question.headline);
        return Ok((headlines.collect(), case.questions.ids().collect()));
    }
    let (mut statements, questions) = input::asked(case, &args.ids)?;
    statements.extend(questions.iter().flat_map(|&id| case.questions[id].claims.iter().copied()));
    Ok((statements, questions))
}

/// A history as a text for people.
struct Page<'a> {
    engine: &'a Engine<'a>,
    history: &'a History,
    width: usize,
    /// How wide the column of dates is.
    dates: usize,
    /// Whether to say what was settled.
    settle: bool,
}

/// So wide is the column of dates, at least and at most.
const DATES: (usize, usize) = (20, 30);

/// So many documents are named of those that may have turned something together.
const NAMED: usize = 6;

impl Page<'_> {
    /// Questions with those of their claims that were asked about, then what belongs to none.
    fn text(&self) -> String {
        let case = self.engine.case();
        let mut text = table::heading(self.engine, self.width);
        let _ = writeln!(text, "{}", styled(DIM, wrapped(&self.extent(), self.width, "")));
        for words in self.waited() {
            let _ = writeln!(text, "{}", styled(DIM, wrapped(&words, self.width, "")));
        }
        let mut shown = BTreeSet::new();
        for (&id, course) in &self.history.questions {
            let question = &case.questions[id];
            text += &self.head(&question.text, question.key.as_str());
            text += &self.course(course, |finding| finding_words(*finding));
            for claim in &question.claims {
                text += &self.statement(*claim, &mut shown);
            }
        }
        for &id in self.history.statements.keys() {
            text += &self.statement(id, &mut shown);
        }
        text
    }

    /// How many documents became known when, and of how many that is not known.
    fn extent(&self) -> String {
        let History { moments, undated, stopped_at, .. } = self.history;
        let documents = count(moments.iter().map(|moment| moment.documents.len()).sum(), "document");
        let known = match moments.as_slice() {
            [] if self.has_dates() => "No document with a date is in this reading.".to_owned(),
            [] => "No document of the case has a date.".to_owned(),
            [day] => format!("{documents} became known on {}.", day_phrase(day.day)),
            [first, .., last] => {
                let (days, first, last) = (moments.len(), day_phrase(first.day), day_phrase(last.day));
                format!("{documents} became known on {days} days from {first} to {last}.")
            }
        };
        let undated = match undated.len() {
            0 => String::new(),
            1 => " 1 document of unknown date counts as known throughout.".to_owned(),
            undated => format!(" {undated} documents of unknown date count as known throughout."),
        };
        let stopped = stopped_at
            .map(|at| format!(" There was no time for what became known from {} on.", day_phrase(moments[at].day)));
        known + &undated + &stopped.unwrap_or_default()
    }

    /// The documents that were known before what they go back to.
    fn waited(&self) -> Vec<String> {
        let (case, History { moments, waited, .. }) = (self.engine.case(), self.history);
        let keys = |ids: &[DocumentId]| joined(ids.iter().map(|&id| case.documents[id].key.to_string()));
        let one = |waited: &Waited| {
            let since = |at: usize| format!("from {} on", day_phrase(moments[at].day));
            let known = waited.known.map_or_else(|| "always".to_owned(), since);
            let (key, origins) = (&case.documents[waited.document].key, keys(&waited.origins));
            let holds = day_phrase(moments[waited.holds].day);
            format!("{key} was known {known}, but holds from {holds} on only, as it goes back to {origins}.")
        };
        let more = waited.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| format!("{} had to wait likewise.", count(more, "more document")));
        waited.iter().take(NAMED).map(one).chain(more).collect()
    }

    fn has_dates(&self) -> bool {
        self.engine.case().documents.values().any(|document| document.known_by().is_some())
    }

    fn statement(&self, id: StatementId, shown: &mut BTreeSet<StatementId>) -> String {
        let Some(course) = self.history.statements.get(&id).filter(|_| shown.insert(id)) else {
            return String::new();
        };
        let entry = &self.engine.case().statements[id];
        self.head(&entry.text, entry.key.as_str())
            + &self.course(course, |standing| standing_words(standing, self.settle))
    }

    fn head(&self, text: &str, id: &str) -> String {
        let text = styled(BOLD, wrapped(&visible(&one_line(text)), self.width, ""));
        format!("\n{text}\n{}\n", styled(DIM, id))
    }

    fn course<S>(&self, course: &Course<S>, words: impl Fn(&S) -> String) -> String {
        let mut text = self.line("at first", &words(&course.first));
        for Turn { moment, to, by } in &course.turns {
            let moment = &self.history.moments[*moment];
            let date = known_phrase(self.engine.case(), moment.day, &moment.documents);
            let by = self.turned_by(&moment.documents, by.as_ref());
            text += &self.line(&date, &format!("{} {}", words(to), styled(DIM, by)));
        }
        text
    }

    fn line(&self, date: &str, words: &str) -> String {
        let room = self.dates.saturating_sub(date.chars().count());
        hanging(words, self.width, &format!("  {date}{:room$} ", ""), &" ".repeat(self.dates + 5)) + "\n"
    }

    /// Which of the documents of a day turned something.
    fn turned_by(&self, of_day: &[DocumentId], by: Option<&TurnedBy>) -> String {
        let keys = |documents: &[DocumentId]| {
            let keys = documents.iter().take(NAMED).map(|&id| self.engine.case().documents[id].key.to_string());
            let more = documents.len().saturating_sub(NAMED);
            joined(keys.chain((more > 0).then(|| format!("{more} more"))))
        };
        let Some(TurnedBy { documents, thoroughness, others }) = by else {
            return format!("— by one or more of {}", keys(of_day));
        };
        let together = if documents.len() > 1 { " together" } else { "" };
        match thoroughness {
            Thoroughness::Smallest => {
                let others = others_phrase(documents.len(), *others).map(|others| format!("; {others}"));
                format!("— by {}{together}{}", keys(documents), others.unwrap_or_default())
            }
            // Where not all sets were tried, nothing is said of these being needed.
            Thoroughness::Minimal => {
                format!("— for instance by {}{together}; others of that day may do as well", keys(documents))
            }
            Thoroughness::Sufficient => format!("— by {}{together}, or fewer of them", keys(documents)),
        }
    }
}

/// How wide the dates of a history are.
fn dates(case: &Case, history: &History) -> usize {
    let dates = history.moments.iter().map(|moment| known_phrase(case, moment.day, &moment.documents).chars().count());
    dates.max().unwrap_or_default().clamp(DATES.0, DATES.1)
}

fn finding_words(finding: Finding) -> String {
    finding_phrase(finding).to_lowercase()
}

/// A verdict with its sign, and whether it is settled; `is_asked` says whether somebody wants to know that.
fn standing_words(standing: &Standing, is_asked: bool) -> String {
    let detail = standing.assessment.detail;
    let settled = match standing.settled {
        Some(true) => ", settled",
        Some(false) => ", open",
        None if is_asked => ", settled: not known",
        None => "",
    };
    format!("{} {}{settled}", mark(detail), verdict_with_detail(detail))
}
