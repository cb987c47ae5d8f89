//! What happened and what became known, by date: events above, documents below.

use std::collections::{BTreeMap, BTreeSet};

use super::super::caption::reading;
use super::super::draw::{glyph, verdict_bar};
use super::super::geometry::{Point, Rect};
use super::super::legend::Entry;
use super::super::mermaid::shortened;
use super::super::picture::{Fill, Group, Letters, Path, Picture, Stroke};
use super::super::style::{Dash, INK, verdict_style};
use super::super::text::{Ruler, Weight, clean};
use super::axis::Axis;
use super::fold::{Fold, Folded, fold};
use super::label::{Label, Packing};
use super::page::{ARROW, Page, Sign, TimePicture, arrow};
use crate::engine::{Answer, Engine};
use crate::escape;
use crate::model::{Case, Day, DocumentId, Period, Premise, Source, Statement, StatementId};
use crate::selector::Selector;
use crate::verdict::Detail;
use crate::words::{count, date_phrase, released_phrase};

/// About how long the time is drawn, and how much room the words of the last things have behind it.
const BETWEEN: f64 = 1260.0;
const AFTER: f64 = 230.0;
/// The widest words of one thing.
const WORDS: f64 = 216.0;
/// The least width, so that the title has room.
const LEAST: f64 = 720.0;
/// So many things of a sort are drawn each by itself.
const MOST: usize = 120;
const BAR: f64 = 9.0;
/// What has no end is drawn so far behind the last day.
const OPEN: f64 = 30.0;
const GAP: f64 = 9.0;

const HEADING: Letters = Letters { size: 12.5, weight: Weight::Bold, colour: INK };
const NAME: Letters = Letters { size: 10.0, weight: Weight::Regular, colour: INK };

/// The picture of what happened and what became known when: claims and relationships with a period, and documents with a
/// date, of those that a selector means. None where nothing has a date.
///
/// Cost: linear in the case, and quadratic in what is drawn, which is bounded: what is more is drawn by years.
pub fn timeline_picture(engine: &Engine<'_>, answer: &Answer, select: &[Selector]) -> Option<TimePicture> {
    let case = engine.case();
    let Timeline { bands, days, left_out } = Timeline::of(engine, answer, select)?;
    let (&first, &last) = (days.first()?, days.last()?);
    let ruler = Ruler::new();
    let axis = Axis::new(&days, 0.0, BETWEEN);
    let legend: BTreeSet<Sign> = bands[0].items.iter().flat_map(Item::signs).collect();
    let mut top = Axis::HEIGHT + 6.0;
    let laid: Vec<LaidBand> = bands
        .into_iter()
        .filter(|band| !band.items.is_empty())
        .map(|band| {
            let laid = band.lay_out(&ruler, &axis, (first, last), top);
            top = laid.bottom + 14.0;
            laid
        })
        .collect();
    let mut words = vec!["What happened and what became known, by date".to_owned()];
    words.extend(reading(engine));
    let page = Page {
        title: &case.title,
        subtitle: words.join(" · "),
        legend: legend.into_iter().collect(),
        left_out,
        width: (axis.end() + AFTER).max(LEAST),
        height: top,
    };
    Some(page.drawn(&ruler, |picture| {
        axis.draw(picture, &ruler, (0.0, top), axis.end() + AFTER);
        laid.iter().for_each(|band| band.draw(picture, &ruler));
    }))
}

/// The same as a timeline of Mermaid, which has no scale; and what is not in it.
pub fn mermaid_timeline(engine: &Engine<'_>, answer: &Answer, select: &[Selector]) -> Option<(String, Vec<String>)> {
    let Timeline { bands, left_out, .. } = Timeline::of(engine, answer, select)?;
    let words = |text: &str| escape::mermaid(&shortened(&clean(text))).replace(':', "#58;");
    let mut text = String::new();
    left_out.iter().for_each(|note| text += &format!("%% {}\n", escape::mermaid_comment(note)));
    text += &format!("timeline\n  title {}\n", words(&engine.case().title));
    for band in bands.iter().filter(|band| !band.items.is_empty()) {
        text += &format!("  section {}\n", band.sort.heading());
        for item in &band.items {
            let glyph = item.verdict.map(|verdict| format!("{} ", verdict_style(verdict).glyph)).unwrap_or_default();
            text += &format!("    {} : {glyph}{}\n", words(&item.date), words(&item.words));
        }
    }
    Some((text, left_out))
}

/// What has a place in time.
struct Timeline {
    bands: [Band; 2],
    days: BTreeSet<Day>,
    /// What is not drawn, or not by itself, in sentences.
    left_out: Vec<String>,
}

impl Timeline {
    fn of(engine: &Engine<'_>, answer: &Answer, select: &[Selector]) -> Option<Self> {
        let case = engine.case();
        let meant = meant(engine, select);
        let spoken_to = |id| select.is_empty() || is_spoken_to(case, id, &meant);
        let (events, documents) = (events(case, answer, spoken_to), documents(case, &meant));
        let undated = meant.len() - documents.len();
        let parts = events.iter().chain(&documents).flat_map(|item| &item.parts);
        let days: BTreeSet<Day> = parts.flatten().flatten().copied().collect();
        days.first()?;
        let bands = [Band::new(Sort::Event, events), Band::new(Sort::Document, documents)];
        let folded = bands.iter().filter_map(|band| band.folded.clone());
        let left_out = folded.chain((undated > 0).then(|| undated_note(undated))).collect();
        Some(Self { bands, days, left_out })
    }
}

/// The documents that are in this reading and selected, in order.
fn meant(engine: &Engine<'_>, select: &[Selector]) -> Vec<DocumentId> {
    let struck = engine.scenario().struck(engine.case());
    let is_selected = |id: DocumentId| select.is_empty() || select.iter().any(|selector| selector.matches(id));
    let ids = engine.case().documents.ids();
    ids.filter(|&id| is_selected(id) && !struck.contains(&Source::Document(id))).collect()
}

fn undated_note(undated: usize) -> String {
    let verb = if undated == 1 { "is" } else { "are" };
    format!("{} of unknown date {verb} not drawn.", count(undated, "document"))
}

/// Whether one of some documents is evidence on a statement.
fn is_spoken_to(case: &Case, id: StatementId, documents: &[DocumentId]) -> bool {
    let evidence = &case.statements[case.canonical(id)].evidence;
    let is_meant = |from| matches!(from, Premise::Source(Source::Document(id)) if documents.contains(&id));
    evidence.iter().any(|link| is_meant(link.from))
}

/// What sort of thing has a place in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Event,
    Document,
}

impl Sort {
    fn heading(self) -> &'static str {
        match self {
            Self::Event => "What happened",
            Self::Document => "What became known",
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Document => "document",
        }
    }
}

/// Something with a place in time.
struct Item {
    sort: Sort,
    id: String,
    words: String,
    date: String,
    /// The first and the last day; none where that end is open.
    from: Option<Day>,
    to: Option<Day>,
    /// Each stretch of it likewise, in order: several of a set of dates.
    parts: Vec<[Option<Day>; 2]>,
    /// Of an event that stands for itself.
    verdict: Option<Detail>,
    /// Whether a document is known from the last day on, and was made before.
    released: bool,
}

impl Item {
    fn begins(&self) -> Day {
        self.from.or(self.to).expect("one end is known")
    }

    /// What the legend has to explain of an event.
    fn signs(&self) -> impl Iterator<Item = Sign> {
        let is_open = self.verdict.is_some() && (self.from.is_none() || self.to.is_none());
        let verdict = self.verdict.map(|verdict| Sign::Common(Entry::Verdict(verdict)));
        let open = is_open.then_some(Sign::OpenEnd);
        verdict.into_iter().chain(open).chain((self.parts.len() > 1).then_some(Sign::Dates))
    }
}

/// Claims and relationships that speak of a time; of a relationship that says the same as a claim, the claim alone.
fn events(case: &Case, answer: &Answer, is_drawn: impl Fn(StatementId) -> bool) -> Vec<Item> {
    let details = answer.statements.iter().map(|one| (one.statement, one.assessment.detail));
    let details: BTreeMap<StatementId, Detail> = details.collect();
    let event = |(id, entry): (StatementId, &Statement)| {
        let is_told = entry.same_as.is_some_and(|claim| case.statements[claim].period.is_some());
        let period = entry.period.as_ref().filter(|_| !is_told && is_drawn(id))?;
        let mut parts: Vec<[Option<Day>; 2]> = period.parts().collect();
        parts.sort_unstable();
        let (from, to) = (period.first_day(), period.last_day());
        from.or(to)?;
        let date = date_phrase(period);
        let (verdict, words) = (details.get(&id).copied(), entry.text.clone());
        let id = entry.key.to_string();
        Some(Item { sort: Sort::Event, id, words, date, from, to, parts, verdict, released: false })
    };
    case.statements.iter().filter_map(event).collect()
}

/// Documents of known date.
fn documents(case: &Case, meant: &[DocumentId]) -> Vec<Item> {
    let document = |&id: &DocumentId| {
        let entry = &case.documents[id];
        let known = entry.known_by()?;
        let made = entry.date.as_ref().and_then(Period::over_by);
        let made = made.filter(|&made| entry.released.is_some() && made < known);
        // A date of a month or a year is the stretch that it is.
        let since = entry.known_since().and_then(Period::first_day).filter(|&since| since <= known);
        let date = match (&entry.date, &entry.released) {
            (Some(date), Some(released)) => format!("{}, {}", date_phrase(date), released_phrase(released)),
            (None, Some(released)) => released_phrase(released),
            (date, None) => date.as_ref().map(date_phrase).unwrap_or_default(),
        };
        let (id, words) = (entry.key.to_string(), entry.title.clone());
        let (from, released) = (made.or(since).or(Some(known)), made.is_some());
        let parts = vec![[from, Some(known)]];
        Some(Item { sort: Sort::Document, id, words, date, from, to: Some(known), parts, verdict: None, released })
    };
    meant.iter().filter_map(document).collect()
}

/// Things of one sort.
struct Band {
    sort: Sort,
    items: Vec<Item>,
    /// That they are drawn by years, if they are.
    folded: Option<String>,
}

impl Band {
    fn new(sort: Sort, mut items: Vec<Item>) -> Self {
        items.sort_by(|one, other| (one.begins(), one.to, &one.id).cmp(&(other.begins(), other.to, &other.id)));
        let all = items.len();
        let of_documents = sort == Sort::Document;
        // Documents by when they became known, events by when they began.
        let day = |item: &Item| if of_documents { item.to.unwrap_or(item.begins()) } else { item.begins() };
        match fold(items.into_iter().map(|item| (day(&item), item)).collect(), MOST) {
            Err(items) => Self { sort, items: items.into_iter().map(|(_, item)| item).collect(), folded: None },
            Ok(Folded { unit, folds }) => {
                let folded = format!("{} are drawn by {unit}: --select draws fewer.", count(all, sort.noun()));
                let items = folds.into_iter().map(|one| folded_item(one, sort)).collect();
                Self { sort, items, folded: Some(folded) }
            }
        }
    }

    fn lay_out(self, ruler: &Ruler, axis: &Axis, ends: (Day, Day), top: f64) -> LaidBand {
        let mut packing = Packing::default();
        let below = top + 22.0;
        let items = self.items.into_iter().map(|item| {
            let begins = |day: Option<Day>| day.map_or(axis.place(ends.0), |day| axis.place(day));
            let is_over = |day: Option<Day>| day.map_or(axis.place(ends.1) + OPEN, |day| axis.place(day));
            let (from, to) = (begins(item.from), is_over(item.to));
            let parts = item.parts.iter().map(|&[from, to]| (begins(from), is_over(to))).collect();
            // The words of a document stand where it became known.
            let words_at = if item.released { to } else { from };
            let room = WORDS.max((to - words_at).min(1.5 * WORDS));
            let texts = [(format!("{} · {}", item.words.trim_end_matches('.'), item.date), NAME, 5)];
            let label = Label::new(ruler, &texts, room);
            let width = (to - from).max(words_at - from + label.width + 6.0);
            let place =
                packing.put(from - 6.0 - ARROW, width + 6.0 + 2.0 * ARROW + GAP, BAR + label.height + GAP, below);
            LaidItem { from, to, parts, words_at, y: place.y, label, item }
        });
        let items = items.collect();
        LaidBand { heading: self.sort.heading(), top, bottom: packing.bottom(below), items }
    }
}

/// Several things as one.
fn folded_item(fold: Fold<Item>, sort: Sort) -> Item {
    let from = fold.items.iter().map(Item::begins).min();
    let to = fold.items.iter().map(|item| item.to.unwrap_or(item.begins())).max();
    let words = count(fold.items.len(), sort.noun());
    let parts = vec![[from, to]];
    Item { sort, id: fold.years.clone(), words, date: fold.years, from, to, parts, verdict: None, released: false }
}

struct LaidBand {
    heading: &'static str,
    top: f64,
    bottom: f64,
    items: Vec<LaidItem>,
}

struct LaidItem {
    item: Item,
    from: f64,
    to: f64,
    /// From where to where each of its stretches is.
    parts: Vec<(f64, f64)>,
    words_at: f64,
    y: f64,
    label: Label,
}

impl LaidBand {
    fn draw(&self, picture: &mut Picture, ruler: &Ruler) {
        picture.words(ruler, self.heading, 0.0, self.top + 13.0, HEADING);
        self.items.iter().for_each(|item| item.draw(picture, ruler));
    }
}

impl LaidItem {
    fn draw(&self, picture: &mut Picture, ruler: &Ruler) {
        let class = if self.item.sort == Sort::Event { "event" } else { "item" };
        picture.begin(Group {
            class: class.to_owned(),
            data: vec![("data-id", self.item.id.clone())],
            title: Some(clean(&format!("{} ({})", self.item.words, self.item.date))),
            ..Group::default()
        });
        let middle = self.y + BAR / 2.0;
        match (self.item.sort, self.item.verdict) {
            (Sort::Event, Some(verdict)) => self.event(picture, verdict, middle),
            (Sort::Event, None) => self.events(picture),
            (Sort::Document, _) => self.document(picture, middle),
        }
        self.label.draw(picture, ruler, self.words_at - 4.0, self.y + BAR + 3.0);
        picture.end();
    }

    fn event(&self, picture: &mut Picture, verdict: Detail, middle: f64) {
        let colour = verdict_style(verdict).stroke;
        if self.parts.len() > 1 {
            let line = Path::from(self.from, middle).horizontal(self.to);
            picture.path(line, Fill::None, Stroke::new(colour, 1.2));
        }
        for &(from, to) in &self.parts {
            let least = if self.parts.len() > 1 { 5.0 } else { 14.0 };
            if to - from > least {
                verdict_bar(picture, verdict, Rect { x: from, y: self.y, width: to - from, height: BAR });
            } else if self.parts.len() > 1 {
                picture.circle(Point::new(from, middle), 3.0, Fill::Plain(colour), None);
            }
        }
        if self.item.to.is_none() {
            arrow(picture, Point::new(self.to + 1.0, middle), 1.0, colour);
        }
        if self.item.from.is_none() {
            arrow(picture, Point::new(self.from - 6.5, middle), -1.0, colour);
        }
        glyph(picture, verdict, self.from, middle);
    }

    /// Several events, which have no verdict together: a bar without its look.
    fn events(&self, picture: &mut Picture) {
        let bar = Path::from(self.from, self.y)
            .horizontal(self.to.max(self.from + 4.0))
            .vertical(self.y + BAR)
            .horizontal(self.from)
            .vertical(self.y);
        picture.path(bar, Fill::Plain("#c9d0d7"), Stroke::new(INK, 0.8));
    }

    /// A line from when it was made to a full point at which it became known.
    fn document(&self, picture: &mut Picture, middle: f64) {
        let ink = Stroke::new("#2b5a9b", 1.3);
        if self.to - self.from > 1.0 {
            let dash: Dash = if self.item.released { &[3.0, 2.5] } else { &[] };
            picture.path(Path::from(self.from, middle).horizontal(self.to), Fill::None, Stroke { dash, ..ink });
            picture.circle(Point::new(self.from, middle), 3.0, Fill::Plain("#ffffff"), ink);
        }
        picture.circle(Point::new(self.to, middle), 3.6, Fill::Plain("#2b5a9b"), None);
    }
}
