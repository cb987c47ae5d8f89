//! The line of time: which day stands where. It is straight, but for long stretches without anything, which are broken,
//! and for days so near to each other that they would fall together.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::geometry::Point;
use super::super::picture::{Fill, Letters, Path, Picture, Stroke};
use super::super::style::{FAINT, INK};
use super::super::text::{Ruler, Weight};
use crate::model::Day;
use crate::words::{count, day_phrase, month_phrase, year_phrase};

/// Places for days.
pub(super) struct Axis {
    days: Vec<Day>,
    /// Where each of them stands.
    places: Vec<f64>,
    /// From which of them to the next the line is broken.
    broken: BTreeSet<usize>,
}

/// Between two days, at least.
const LEAST: f64 = 14.0;
/// Stretches that are narrower than this are hard to read.
const EASY: f64 = 40.0;
/// The width of a stretch that is broken, and of each of several that follow on one another.
const BREAK: f64 = 52.0;
const NARROW_BREAK: f64 = 26.0;
/// A stretch is broken only if it is so many times as long as most of those that stay.
const FAR: f64 = 4.0;
/// With more days than these only the first and the last are kept apart.
const MANY: usize = 300;
/// About how wide a tick is with its label; and up to how many months have ticks of months.
const TICK: f64 = 50.0;
const SHORT: i64 = 30;
const TICKS: Letters = Letters { size: 10.5, weight: Weight::Regular, colour: INK };
const BROKEN: Letters = Letters { size: 9.5, weight: Weight::Regular, colour: FAINT };

impl Axis {
    /// The height of the axis with its labels; the line stands [`Axis::LINE`] below its top.
    pub(super) const HEIGHT: f64 = 34.0;
    pub(super) const LINE: f64 = 18.0;

    /// An axis on which these days have places of their own, from `start` on over about a width.
    ///
    /// # Panics
    ///
    /// If there is no day.
    pub(super) fn new(days: &BTreeSet<Day>, start: f64, width: f64) -> Self {
        let ends = || days.first().into_iter().chain(days.last()).copied().collect::<BTreeSet<Day>>();
        let days: Vec<Day> = if days.len() > MANY { ends() } else { days.clone() }.into_iter().collect();
        assert!(!days.is_empty(), "an axis has a day");
        let gaps: Vec<f64> = days.windows(2).map(|pair| (pair[1].along() - pair[0].along()).max(0.1)).collect();
        let least = LEAST.min(0.6 * width / gaps.len().max(1) as f64);
        let broken = broken(&gaps, width);
        let mut places = vec![start];
        for wide in widths(&gaps, &broken, width, least) {
            places.push(places[places.len() - 1] + wide);
        }
        Self { days, places, broken }
    }

    /// Where the last day stands.
    pub(super) fn end(&self) -> f64 {
        self.places[self.places.len() - 1]
    }

    /// Where a day stands; one before the first where that does, one after the last likewise.
    pub(super) fn place(&self, day: Day) -> f64 {
        let after = self.days.partition_point(|&known| known <= day);
        let (Some(before), true) = (after.checked_sub(1), after < self.days.len()) else {
            return if after == 0 { self.places[0] } else { self.end() };
        };
        let [from, to] = [before, after].map(|at| self.days[at].along());
        let share = ((day.along() - from) / (to - from).max(0.1)).clamp(0.0, 1.0);
        self.places[before] + share * (self.places[after] - self.places[before])
    }

    /// Draws the line with its ticks at the top, and faint lines from them down to `bottom`.
    pub(super) fn draw(&self, picture: &mut Picture, ruler: &Ruler, (top, bottom): (f64, f64), end: f64) {
        let line = top + Self::LINE;
        for tick in self.ticks(ruler) {
            let above = if tick.is_start { 14.0 } else { 4.0 };
            picture.path(Path::from(tick.x, line + 4.0).vertical(bottom), Fill::None, Stroke::new("#e3e7eb", 0.8));
            picture.path(Path::from(tick.x, line - above).vertical(line + 4.0), Fill::None, Stroke::new(INK, 1.0));
            picture.words(ruler, &tick.words, self.label(ruler, &tick).0, line - 7.0, TICKS);
        }
        runs(&self.broken).into_iter().for_each(|run| self.draw_length(picture, ruler, run, line));
        let mut from = self.places[0];
        for &at in &self.broken {
            self.draw_break(picture, at, line);
            let middle = (self.places[at] + self.places[at + 1]) / 2.0;
            picture.path(Path::from(from, line).horizontal(middle - 4.0), Fill::None, Stroke::new(INK, 1.2));
            from = middle + 4.0;
        }
        picture.path(Path::from(from, line).horizontal(end), Fill::None, Stroke::new(INK, 1.2));
        let head = [Point::new(end - 6.0, line - 3.5), Point::new(end, line), Point::new(end - 6.0, line + 3.5)];
        picture.path(Path::through(&head), Fill::None, Stroke::new(INK, 1.2));
    }

    /// How long stretches are together that are broken one after another.
    fn draw_length(&self, picture: &mut Picture, ruler: &Ruler, Range { start, end }: Range<usize>, line: f64) {
        let [left, right] = [self.places[start], self.places[end]];
        let words = long(self.days[start], self.days[end]);
        let words = ruler.fitted(&words, BROKEN.size, BROKEN.weight, right - left - 4.0);
        let width = ruler.width(&words, BROKEN.size, BROKEN.weight);
        picture.words(ruler, &words, (left + right - width) / 2.0, line + 15.0, BROKEN);
    }

    /// Two strokes where the line is broken.
    fn draw_break(&self, picture: &mut Picture, at: usize, line: f64) {
        let middle = (self.places[at] + self.places[at + 1]) / 2.0;
        for x in [middle - 4.0, middle + 4.0] {
            let stroke = Path::from(x - 2.0, line + 4.0).line(x + 2.0, line - 4.0);
            picture.path(stroke, Fill::None, Stroke::new(INK, 1.2));
        }
    }

    /// The ticks: years, or months where the whole is short; else the days themselves. None is so near to another that
    /// their labels would touch.
    fn ticks(&self, ruler: &Ruler) -> Vec<Tick> {
        let ticks = self.apart(ruler, self.round_ticks());
        if ticks.len() > 1 { ticks } else { self.apart(ruler, self.day_ticks()) }
    }

    /// From where to where the label of a tick reaches: that of a year or month stands behind its beginning, that of a day about
    /// its middle, but no further to the left than a margin is wide.
    fn label(&self, ruler: &Ruler, tick: &Tick) -> (f64, f64) {
        let width = ruler.width(&tick.words, TICKS.size, TICKS.weight);
        let middle = (tick.x - width / 2.0).max(self.places[0] - 20.0);
        let left = if tick.is_start { tick.x + 3.0 } else { middle };
        (left, left + width)
    }

    /// Labels as far as they do not touch those before them.
    fn apart(&self, ruler: &Ruler, ticks: Vec<Tick>) -> Vec<Tick> {
        let mut end = f64::NEG_INFINITY;
        let fits = |tick: &Tick| {
            let (left, right) = self.label(ruler, tick);
            let is_free = left > end + 8.0;
            if is_free {
                end = right;
            }
            is_free
        };
        ticks.into_iter().filter(fits).collect()
    }

    fn day_ticks(&self) -> Vec<Tick> {
        let tick = |(&day, &x): (&Day, &f64)| Tick { x, words: day_phrase(day), is_start: false };
        self.days.iter().zip(&self.places).map(tick).collect()
    }

    /// Whether a day is inside of what is broken.
    fn breaks_across(&self, day: Day) -> bool {
        self.broken.iter().any(|&at| self.days[at] < day && day < self.days[at + 1])
    }

    /// Ticks at round months and years, outside of what is broken.
    fn round_ticks(&self) -> Vec<Tick> {
        let whole = (0..self.days.len().saturating_sub(1)).filter(|at| !self.broken.contains(at));
        let whole: Vec<[i64; 2]> = whole.map(|at| [at, at + 1].map(|at| months(self.days[at]))).collect();
        let all: i64 = whole.iter().map(|[from, to]| to - from).sum();
        let most = ((self.end() - self.places[0]) / TICK).max(1.0) as i64;
        let is_short = |step: i64| step >= 12 || all <= SHORT;
        let Some(step) = steps().find(|&step| is_short(step) && all / step <= most) else { return Vec::new() };
        let ticks = whole.iter().flat_map(|&[from, to]| {
            let first = from.div_euclid(step) + i64::from(from.rem_euclid(step) > 0);
            (first..=to.div_euclid(step)).map(move |count| count * step)
        });
        let ticks: BTreeSet<i64> = ticks.collect();
        let day = |month: i64| Day { year: month.div_euclid(12), month: (month.rem_euclid(12) + 1) as u8, day: 1 };
        let words = |day: Day| if step < 12 { month_phrase(day) } else { year_phrase(day.year) };
        let tick = |day: Day| Tick { x: self.place(day), words: words(day), is_start: true };
        ticks.into_iter().map(day).filter(|&day| !self.breaks_across(day)).map(tick).collect()
    }
}

/// A mark of the axis.
#[derive(Debug)]
struct Tick {
    x: f64,
    words: String,
    /// Whether a year or a month begins there, and the words say which.
    is_start: bool,
}

/// Numbers that follow on one another, each run by its first and the end behind its last.
fn runs(numbers: &BTreeSet<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some(run) if run.end == number => run.end += 1,
            _ => runs.push(number..number + 1),
        }
    }
    runs
}

/// How wide each of some broken stretches is.
fn break_widths(broken: &BTreeSet<usize>) -> BTreeMap<usize, f64> {
    let width = |run: &Range<usize>| (BREAK / run.len() as f64).max(NARROW_BREAK);
    runs(broken).into_iter().flat_map(|run| run.clone().map(move |at| (at, width(&run)))).collect()
}

/// Steps between ticks, in months: up to half a year, and years.
fn steps() -> impl Iterator<Item = i64> {
    let years = (0..17).flat_map(|power| [1, 2, 5].map(|digit| 12 * digit * 10_i64.pow(power)));
    [1, 3, 6].into_iter().chain(years)
}

/// Months since the year 0.
fn months(day: Day) -> i64 {
    day.year * 12 + i64::from(day.month) - 1
}

/// The stretches to break: while half of the others and more would be hard to read, the longest, if it is a good part of the
/// whole, and much longer than most of the others.
fn broken(gaps: &[f64], width: f64) -> BTreeSet<usize> {
    let mut broken = BTreeSet::new();
    loop {
        let left: Vec<usize> = (0..gaps.len()).filter(|at| !broken.contains(at)).collect();
        let days: f64 = left.iter().map(|&at| gaps[at]).sum();
        let narrow = left.iter().filter(|&&at| gaps[at] * width < EASY * days).count();
        let longest = left.iter().copied().max_by(|&one, &other| gaps[one].total_cmp(&gaps[other]));
        let is_far = |at: usize| gaps[at] > days / 4.0 && gaps[at] > FAR * typical(&left, gaps, at);
        match longest.filter(|&at| 2 * narrow >= left.len() && left.len() > 1 && is_far(at)) {
            Some(at) => broken.insert(at),
            None => return broken,
        };
    }
}

/// How long the stretches are that stay without one: their median or their mean, whichever is longer.
fn typical(left: &[usize], gaps: &[f64], without: usize) -> f64 {
    let mut others: Vec<f64> = left.iter().filter(|&&at| at != without).map(|&at| gaps[at]).collect();
    others.sort_by(f64::total_cmp);
    let mean = others.iter().sum::<f64>() / others.len().max(1) as f64;
    others.get(others.len() / 2).copied().unwrap_or(0.0).max(mean)
}

/// How wide each stretch is: in proportion, but none that is not broken less than `least`.
fn widths(gaps: &[f64], broken: &BTreeSet<usize>, width: f64, least: f64) -> Vec<f64> {
    let mut narrow: BTreeSet<usize> = BTreeSet::new();
    let breaks = break_widths(broken);
    loop {
        let is_free = |at: &usize| !broken.contains(at) && !narrow.contains(at);
        let free: Vec<usize> = (0..gaps.len()).filter(is_free).collect();
        let room = width - breaks.values().sum::<f64>() - least * narrow.len() as f64;
        let scale = room.max(0.0) / free.iter().map(|&at| gaps[at]).sum::<f64>().max(0.1);
        let too_narrow: Vec<usize> = free.into_iter().filter(|&at| gaps[at] * scale < least).collect();
        if too_narrow.is_empty() {
            let wide = |at: usize| match () {
                () if broken.contains(&at) => breaks[&at],
                () if narrow.contains(&at) => least,
                () => gaps[at] * scale,
            };
            return (0..gaps.len()).map(wide).collect();
        }
        narrow.extend(too_narrow);
    }
}

/// How long a stretch is, in words.
fn long(from: Day, to: Day) -> String {
    let days = (to.along() - from.along()).round().max(1.0) as usize;
    match ((months(to) - months(from)) / 12, days / 30) {
        (0, 0 | 1) => count(days, "day"),
        (0, months) => count(months, "month"),
        (years, _) => count(usize::try_from(years).unwrap_or(usize::MAX), "year"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i64, month: u8) -> Day {
        Day { year, month, day: 1 }
    }

    #[test]
    fn a_century_of_nothing_is_broken_and_the_rest_stays_readable() {
        let days: BTreeSet<Day> = [(1890, 1), (2018, 1), (2018, 6), (2019, 1), (2019, 6), (2020, 1)]
            .into_iter()
            .map(|(year, month)| day(year, month))
            .collect();
        let axis = Axis::new(&days, 0.0, 800.0);
        assert_eq!(axis.broken, BTreeSet::from([0]));
        let places: Vec<f64> = days.iter().map(|&day| axis.place(day)).collect();
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= LEAST), "{places:?}");
        assert!((axis.end() - 800.0).abs() < 1.0);
    }

    #[test]
    fn nothing_is_marked_inside_of_a_break() {
        let dates = [(1890, 1), (2018, 1), (2018, 6), (2019, 1), (2019, 6), (2020, 1)];
        let days: BTreeSet<Day> = dates.into_iter().map(|(year, month)| Day { day: 20, ..day(year, month) }).collect();
        let axis = Axis::new(&days, 0.0, 800.0);
        let ticks = axis.ticks(&Ruler::new());
        assert!(ticks.iter().all(|tick| tick.x <= axis.places[0] || tick.x >= axis.places[1]), "{ticks:?}");
    }

    #[test]
    fn breaks_that_follow_on_one_another_are_one() {
        let dates = [(1700, 1), (1850, 1), (2018, 1), (2018, 6), (2019, 1), (2019, 6), (2020, 1)];
        let days: BTreeSet<Day> = dates.into_iter().map(|(year, month)| day(year, month)).collect();
        let axis = Axis::new(&days, 0.0, 800.0);
        assert_eq!(axis.broken, BTreeSet::from([0, 1]));
        assert_eq!(axis.places[..3], [0.0, NARROW_BREAK, 2.0 * NARROW_BREAK]);
        assert_eq!(runs(&BTreeSet::from([0, 1, 3, 7, 8])), [0..2, 3..4, 7..9]);
    }

    #[test]
    fn the_words_of_a_year_stand_behind_its_beginning() {
        let days: BTreeSet<Day> = [1985, 1990, 1995].into_iter().map(|year| day(year, 1)).collect();
        let (axis, ruler) = (Axis::new(&days, 100.0, 400.0), Ruler::new());
        let ticks = axis.ticks(&ruler);
        assert!(ticks.len() > 2 && ticks.iter().all(|tick| axis.label(&ruler, tick).0 > tick.x), "{ticks:?}");
    }

    /// From 5 January to 28 February it is not four times as long as from day to day else.
    #[test]
    fn what_is_not_much_longer_than_the_others_is_not_broken() {
        assert!(broken(&[1.0, 20.0, 18.0, 54.0, 16.0, 1.0, 1.0], 300.0).is_empty());
        assert_eq!(broken(&[1.0, 20.0, 18.0, 540.0, 16.0, 1.0, 1.0], 300.0), BTreeSet::from([3]));
        assert_eq!(long(day(1986, 1), Day { day: 20, ..day(1986, 1) }), "19 days");
        assert_eq!(long(day(1986, 1), day(1986, 4)), "3 months");
    }

    #[test]
    fn even_dates_are_in_proportion() {
        let days: BTreeSet<Day> = [1985, 1990, 1995, 2005].into_iter().map(|year| day(year, 1)).collect();
        let axis = Axis::new(&days, 100.0, 400.0);
        assert!(axis.broken.is_empty());
        let places: Vec<i64> = days.iter().map(|&day| axis.place(day).round() as i64).collect();
        assert_eq!(places, [100, 200, 300, 500]);
        assert_eq!(axis.place(day(1987, 7)).round() as i64, 150);
        let years: Vec<String> = axis.ticks(&Ruler::new()).into_iter().map(|tick| tick.words).collect();
        assert_eq!(years, ["1985", "1990", "1995", "2000", "2005"]);
    }

    #[test]
    fn what_is_short_has_months_or_days_and_what_is_long_an_end() {
        let ruler = Ruler::new();
        let labels = |days: &[Day]| -> Vec<String> {
            let axis = Axis::new(&days.iter().copied().collect(), 0.0, 600.0);
            axis.ticks(&ruler).into_iter().map(|tick| tick.words).collect()
        };
        assert_eq!(labels(&[day(1986, 1), day(1986, 7)]).first().map(String::as_str), Some("January 1986"));
        let [one, other] = [3, 9].map(|day| Day { year: 1986, month: 5, day });
        assert_eq!(labels(&[one, other]), ["3 May 1986", "9 May 1986"]);
        assert_eq!(labels(&[one]), ["3 May 1986"]);
        let far = labels(&[day(-999_999_999_999_999, 1), day(2020, 1)]);
        assert!((2..=20).contains(&far.len()), "{far:?}");
    }
}
