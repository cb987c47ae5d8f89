//! How verdicts stood as documents became known: statements down, time across, each verdict a bar, and the documents that
//! turned it named where it turns.

use std::collections::BTreeSet;

use super::super::caption::reading;
use super::super::draw::{glyph, lock, verdict_bar};
use super::super::geometry::Rect;
use super::super::legend::Entry;
use super::super::picture::{Fill, Group, Letters, Path, Picture, Stroke};
use super::super::style::{FAINT, INK};
use super::super::text::{Ruler, Weight, clean};
use super::axis::Axis;
use super::label::{Label, Packing};
use super::page::{Page, Sign, TimePicture};
use crate::compare::Thoroughness;
use crate::engine::Engine;
use crate::history::{Course, History, Standing, TurnedBy};
use crate::model::{Case, Day, DocumentId, StatementId};
use crate::verdict::{Detail, Finding};
use crate::words::{capital, count, detail_phrase, finding_phrase, known_phrase, others_phrase};

/// The width of the column of statements, and of the words in it.
const COLUMN: f64 = 300.0;
const WORDS: f64 = 284.0;
/// How long the time before the first document is drawn, about how long the time between the first and the last, and how
/// long that after it: as long as the words there.
const BEFORE: f64 = 84.0;
const BETWEEN: f64 = 860.0;
const AFTER: f64 = 210.0;
/// The words at a turn.
const TURN: f64 = 190.0;
const BAR: f64 = 20.0;
/// Above and below the content of a row.
const PAD: f64 = 8.0;
/// So many rows are drawn, and so many turns in each get words.
const MOST_ROWS: usize = 80;
const MOST_TURNS: usize = 24;
/// So many documents are named at a turn.
const NAMED: usize = 3;

const STATEMENT: Letters = Letters { size: 11.5, weight: Weight::Regular, colour: INK };
const QUESTION: Letters = Letters { size: 12.0, weight: Weight::Bold, colour: INK };
const ID: Letters = Letters { size: 9.5, weight: Weight::Regular, colour: FAINT };
const STATE: Letters = Letters { size: 10.5, weight: Weight::Bold, colour: INK };
const DATE: Letters = Letters { size: 10.0, weight: Weight::Bold, colour: INK };
const DOCUMENT: Letters = Letters { size: 10.0, weight: Weight::Regular, colour: INK };

/// The picture of a history.
///
/// Cost: linear in what is drawn, which is bounded: what is more is said under the picture.
pub fn history_picture(engine: &Engine<'_>, history: &History) -> TimePicture {
    let ruler = Ruler::new();
    let drawing = Drawing { engine, case: engine.case(), history, ruler: &ruler };
    let mut rows = drawing.rows();
    let undrawn = rows.split_off(rows.len().min(MOST_ROWS));
    let turning: BTreeSet<usize> = rows.iter().flat_map(|row| &row.spans).filter_map(|span| span.since).collect();
    let axis = drawing.axis(&turning);
    let mut top = Axis::HEIGHT;
    let laid: Vec<Laid<'_>> = rows
        .iter()
        .map(|row| {
            let laid = drawing.lay_out(row, &axis, top);
            top = laid.bottom;
            laid
        })
        .collect();
    let right = axis.end() + AFTER;
    let page = Page {
        title: &engine.case().title,
        subtitle: drawing.subtitle(),
        legend: legend(&rows).into_iter().map(Sign::Common).collect(),
        left_out: drawing.left_out(undrawn.len(), laid.iter().filter(|row| row.is_crowded).count()),
        width: right,
        height: top,
    };
    page.drawn(&ruler, |picture| {
        if axis_has_time(history) {
            axis.draw(picture, &ruler, (0.0, top), right);
            picture.words(&ruler, "before", COLUMN, Axis::LINE - 7.0, ID);
        }
        laid.iter().for_each(|row| row.draw(picture, &ruler, right));
    })
}

fn axis_has_time(history: &History) -> bool {
    !history.moments.is_empty()
}

/// One line of the picture: a statement or a question, and how it stood.
struct Row {
    id: String,
    words: String,
    is_question: bool,
    spans: Vec<Span>,
}

/// A stretch of time in which something stood as it did.
struct Span {
    /// The day on which it begins, by its place; none: before all.
    since: Option<usize>,
    /// The verdict of whose look it is.
    look: Detail,
    words: String,
    settled: Option<bool>,
    /// What turned it.
    by: Vec<(String, usize)>,
}

/// A row with its places.
struct Laid<'r> {
    row: &'r Row,
    words: Label,
    top: f64,
    bottom: f64,
    /// Each span with where it begins and ends.
    spans: Vec<(&'r Span, f64, f64)>,
    /// Words at turns, and where they are.
    turns: Vec<(Label, Rect)>,
    /// Whether there are too many turns to name what turned it.
    is_crowded: bool,
}

struct Drawing<'a> {
    engine: &'a Engine<'a>,
    case: &'a Case,
    history: &'a History,
    ruler: &'a Ruler,
}

impl Drawing<'_> {
    /// Questions, each with its claims behind it, then what belongs to none.
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut drawn = BTreeSet::new();
        for (&id, course) in &self.history.questions {
            let question = &self.case.questions[id];
            rows.push(Row {
                id: question.key.to_string(),
                words: question.text.clone(),
                is_question: true,
                spans: self
                    .spans(course, |finding| (finding_look(*finding), finding_phrase(*finding).to_lowercase(), None)),
            });
            for &claim in &question.claims {
                rows.extend(drawn.insert(claim).then(|| self.statement(claim)).flatten());
            }
        }
        let others = self.history.statements.keys().filter(|id| !drawn.contains(id));
        rows.extend(others.filter_map(|&id| self.statement(id)));
        rows
    }

    fn statement(&self, id: StatementId) -> Option<Row> {
        let entry = &self.case.statements[id];
        let look = |standing: &Standing| {
            let detail = standing.assessment.detail;
            (detail, detail_phrase(detail).to_owned(), standing.settled)
        };
        let spans = self.spans(self.history.statements.get(&id)?, look);
        Some(Row { id: entry.key.to_string(), words: entry.text.clone(), is_question: false, spans })
    }

    fn spans<S>(&self, course: &Course<S>, look: impl Fn(&S) -> (Detail, String, Option<bool>)) -> Vec<Span> {
        let span = |since, to: &S, by| {
            let (look, words, settled) = look(to);
            Span { since, look, words, settled, by }
        };
        let turns = course.turns.iter().map(|turn| {
            span(
                Some(turn.moment),
                &turn.to,
                self.turned_by(&self.history.moments[turn.moment].documents, turn.by.as_ref()),
            )
        });
        std::iter::once(span(None, &course.first, Vec::new())).chain(turns).collect()
    }

    /// The titles of the documents that turned something, with how many lines each may take.
    fn turned_by(&self, of_day: &[DocumentId], by: Option<&TurnedBy>) -> Vec<(String, usize)> {
        let documents = by.map_or(of_day, |by| &by.documents);
        let title = |&id: &DocumentId| (self.case.documents[id].title.clone(), 4);
        let mut named: Vec<(String, usize)> = documents.iter().take(NAMED).map(title).collect();
        let more = documents.len().saturating_sub(NAMED);
        let is_sure = by.is_none_or(|by| by.thoroughness == Thoroughness::Smallest);
        let unproved = (!is_sure).then(|| "others of that day may do as well".to_owned());
        let alone = by.filter(|_| is_sure).and_then(|by| others_phrase(by.documents.len(), by.others));
        let alone = alone.or(unproved);
        let unsure = by.is_none().then_some("one or more of these".to_owned());
        named.extend(
            (more > 0).then(|| format!("and {more} more")).into_iter().chain(alone).chain(unsure).map(|text| (text, 2)),
        );
        named
    }

    /// A line of time for the days of the turns, from the first day of the history to the last.
    fn axis(&self, turning: &BTreeSet<usize>) -> Axis {
        // Where nothing was worked out any more, it ends.
        let moments = &self.history.moments;
        let last = self.history.stopped_at.map_or(moments.last(), |at| moments.get(at));
        let ends = moments.first().into_iter().chain(last);
        let mut days: BTreeSet<Day> = turning.iter().map(|&at| &moments[at]).chain(ends).map(|one| one.day).collect();
        if days.is_empty() {
            days.insert(Day { year: 0, month: 1, day: 1 });
        }
        Axis::new(&days, COLUMN + BEFORE, BETWEEN)
    }

    fn lay_out<'r>(&self, row: &'r Row, axis: &Axis, top: f64) -> Laid<'r> {
        let letters = if row.is_question { QUESTION } else { STATEMENT };
        let words = Label::new(self.ruler, &[(row.words.clone(), letters, 6), (row.id.clone(), ID, 2)], WORDS);
        let at = |span: &Span| span.since.map_or(COLUMN, |at| axis.place(self.history.moments[at].day));
        let after = if self.history.stopped_at.is_some() { 0.0 } else { AFTER - 8.0 };
        let ends = row.spans.iter().skip(1).map(at).chain([axis.end() + after]);
        let spans: Vec<_> = row.spans.iter().zip(ends).map(|(span, end)| (span, at(span), end)).collect();
        let is_crowded = spans.len() > MOST_TURNS + 1;
        let mut packing = Packing::default();
        let mut turns = Vec::new();
        // From the right, so that what stands further left, with its words to the right, goes below.
        for (span, start, end) in spans.iter().rev().filter(|_| !is_crowded) {
            let Some(at) = span.since else { continue };
            let label = self.label(span, at, fits(self.ruler, span, *start, *end));
            let place = packing.put_below(*start, label.width + 12.0, label.height + 4.0, top + PAD + BAR + 3.0);
            turns.push((label, place));
        }
        let bottom = packing.bottom(top + PAD + BAR).max(top + PAD + words.height) + PAD;
        Laid { row, words, top, bottom, spans, turns, is_crowded }
    }

    /// The words at a turn: the date, what it turned to where the bar has no room for that, and by what.
    fn label(&self, span: &Span, at: usize, is_told: bool) -> Label {
        let moment = &self.history.moments[at];
        let date = known_phrase(self.case, moment.day, &moment.documents);
        let head = if is_told { date } else { format!("{date}: {}", span.words) };
        let mut texts = vec![(head, DATE, 2)];
        texts.extend(span.by.iter().map(|(title, most)| (title.clone(), DOCUMENT, *most)));
        Label::new(self.ruler, &texts, TURN)
    }

    fn subtitle(&self) -> String {
        let mut words = vec!["How the verdicts stood as documents became known".to_owned()];
        words.extend(reading(self.engine));
        words.join(" · ")
    }

    fn left_out(&self, rows: usize, crowded: usize) -> Vec<String> {
        let undated = self.history.undated.len();
        let mut notes = Vec::new();
        if undated > 0 {
            let verb = if undated == 1 { "counts" } else { "count" };
            notes.push(format!("{} of unknown date {verb} as known throughout.", capital(&count(undated, "document"))));
        }
        if rows > 0 {
            let verb = if rows == 1 { "is" } else { "are" };
            notes.push(format!("{} {verb} not drawn: --focus ID draws one.", count(rows, "more row")));
        }
        if crowded > 0 {
            let verb = if crowded == 1 { "turns" } else { "turn" };
            notes.push(format!(
                "{} {verb} too often to name what turned it: `evigraph history` does.",
                count(crowded, "row")
            ));
        }
        if let Some(at) = self.history.stopped_at {
            let moment = &self.history.moments[at];
            let day = known_phrase(self.case, moment.day, &[]);
            notes.push(format!("What became known from {day} on was not worked out in time."));
        }
        notes
    }
}

/// Whether the words of a span have room in its bar.
fn fits(ruler: &Ruler, span: &Span, start: f64, end: f64) -> bool {
    words_from(span, start) + ruler.width(&span.words, STATE.size, STATE.weight) + 6.0 <= end
}

/// Where the words of a span begin in its bar: behind its signs.
fn words_from(span: &Span, start: f64) -> f64 {
    start + 20.0 + if span.settled.is_some() { 16.0 } else { 0.0 }
}

impl Laid<'_> {
    fn draw(&self, picture: &mut Picture, ruler: &Ruler, right: f64) {
        let line = Stroke::new(if self.row.is_question { "#98a2ad" } else { "#d3d9df" }, 1.0);
        picture.path(Path::from(0.0, self.top).horizontal(right), Fill::None, line);
        picture.begin(Group {
            class: "row".to_owned(),
            data: vec![("data-id", self.row.id.clone())],
            title: Some(clean(&self.row.words)),
            ..Group::default()
        });
        self.words.draw(picture, ruler, 0.0, self.top + PAD);
        picture.end();
        self.spans.iter().filter(|(_, start, end)| end - start >= 1.0).for_each(|span| self.span(picture, ruler, span));
        for (label, place) in &self.turns {
            picture.begin(Group { class: "turn".to_owned(), ..Group::default() });
            let pole = Path::from(place.x, self.top + PAD - 3.0).vertical(place.y + label.height);
            picture.path(pole, Fill::None, Stroke::new(INK, 1.1));
            label.draw(picture, ruler, place.x + 5.0, place.y);
            picture.end();
        }
    }

    fn span(&self, picture: &mut Picture, ruler: &Ruler, &(span, start, end): &(&Span, f64, f64)) {
        let rect = Rect { x: start, y: self.top + PAD, width: end - start, height: BAR };
        let settled = match span.settled {
            Some(true) => ", settled",
            Some(false) => ", open",
            None => "",
        };
        picture.begin(Group {
            class: "span".to_owned(),
            data: vec![("data-verdict", span.look.name().to_owned())],
            title: Some(format!("{}{settled}", span.words)),
            ..Group::default()
        });
        verdict_bar(picture, span.look, rect);
        let middle = rect.middle().y;
        if rect.width >= 18.0 {
            glyph(picture, span.look, start + 10.0, middle);
        }
        if let Some(settled) = span.settled.filter(|_| rect.width >= 34.0) {
            lock(picture, settled, start + 20.0, middle + 5.0);
        }
        if fits(ruler, span, start, end) {
            picture.words(ruler, &span.words, words_from(span, start), middle + 3.8, STATE);
        }
        picture.end();
    }
}

/// The verdict whose look a finding takes.
fn finding_look(finding: Finding) -> Detail {
    match finding {
        Finding::Confirmed => Detail::Established,
        Finding::Nuanced => Detail::RivalReadings,
        Finding::Refuted => Detail::Refuted,
        Finding::Unresolved => Detail::Insufficient,
        Finding::Undecided => Detail::Undecided,
    }
}

/// The verdicts that occur, and the locks.
fn legend(rows: &[Row]) -> Vec<Entry> {
    let statements = || rows.iter().filter(|row| !row.is_question).flat_map(|row| &row.spans);
    let verdicts: BTreeSet<Entry> = statements().map(|span| Entry::Verdict(span.look)).collect();
    let locks: BTreeSet<Entry> = statements().filter_map(|span| span.settled).map(Entry::Settled).collect();
    verdicts.into_iter().chain(locks.into_iter().rev()).collect()
}
