//! Adding tallies, one after another.

use std::collections::BTreeMap;
use std::ops::Range;

use super::options::in_words;
use super::refusal::{Refusal, Sameness, differing, shown};
use super::sheet::{TallySheet, damaged};

/// A sum of tallies, in any order. It keeps the sum, and of each part only where it came from, so that there may be any
/// number of parts.
#[derive(Debug, Default)]
pub struct Merging {
    /// The sum so far, and the first that was added.
    sum: Option<(TallySheet, String)>,
    /// The worlds that were added, by their start: their end, and where they came from.
    parts: BTreeMap<u64, (u64, String)>,
}

impl Merging {
    /// Adds a tally that was read from `file` and has passed [`TallySheet::check`].
    ///
    /// Cost: linear in the number of its statements.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if it does not belong to those before: it counts something else, or worlds that were counted already.
    pub fn add(&mut self, file: &str, sheet: TallySheet) -> Result<(), Refusal> {
        if let Some((sum, first)) = &self.sum {
            compare((first, sum), (file, &sheet))?;
        }
        self.claim(file, &sheet.worlds)?;
        match &mut self.sum {
            None => self.sum = Some((sheet, file.to_owned())),
            Some((sum, _)) => {
                let of_both = sum.statements.iter_mut().zip(&sheet.statements);
                for ((_, sums), (_, tallies)) in of_both {
                    sums.iter_mut().zip(tallies).for_each(|(sum, &tally)| sum.add(tally));
                }
            }
        }
        Ok(())
    }

    /// Notes whose these worlds are.
    fn claim(&mut self, file: &str, worlds: &Range<u64>) -> Result<(), Refusal> {
        let before_its_end = self.parts.range(..worlds.end).next_back();
        if let Some((&start, (end, other))) = before_its_end.filter(|(_, (end, _))| *end > worlds.start) {
            let (one, other) = ((other.clone(), start..*end), (file.to_owned(), worlds.clone()));
            return Err(Refusal::Overlap { one, other });
        }
        self.parts.insert(worlds.start, (worlds.end, file.to_owned()));
        Ok(())
    }

    /// The sum, and where its first tally was read from. With `from_zero` it has to begin with world 0, as a verdict does;
    /// without, it may be a part itself.
    ///
    /// # Errors
    ///
    /// [`Refusal::Gap`] if worlds are missing; [`Refusal::Nothing`] if nothing was added.
    pub fn finish(self, from_zero: bool) -> Result<(TallySheet, String), Refusal> {
        let (mut sum, first) = self.sum.ok_or(Refusal::Nothing)?;
        let starts = self.parts.keys().next().copied().expect("there is a part");
        let (mut end, mut before) = (if from_zero { 0 } else { starts }, None::<&str>);
        for (&start, (part_end, file)) in &self.parts {
            if start > end {
                let missing = end..start;
                let between = before.map(|before| format!("which are between those of {before} and {file}"));
                return Err(Refusal::Gap { command: command(&sum, &missing), missing, between });
            }
            (end, before) = (*part_end, Some(file.as_str()));
        }
        sum.worlds = starts..end;
        Ok((sum, first))
    }
}

/// How to sample some worlds like a tally.
fn command(like: &TallySheet, worlds: &Range<u64>) -> String {
    let options: String = like.options.iter().map(|option| format!(" {}", quoted(option))).collect();
    format!("evigraph sample CASE --worlds {}{options} --seed {}", shown(worlds), like.seed)
}

/// An option as a shell takes it.
fn quoted(option: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_.,:/=".contains(letter);
    match option.split_once(' ') {
        Some((flag, value)) if !value.chars().all(is_plain) => format!("{flag} '{}'", value.replace('\'', r"'\''")),
        _ => option.to_owned(),
    }
}

fn compare((first, sum): (&str, &TallySheet), (file, sheet): (&str, &TallySheet)) -> Result<(), Refusal> {
    let out = |out: &[String]| if out.is_empty() { "nothing".to_owned() } else { out.join(", ") };
    let aspects = [
        (Sameness::Version, sum.evigraph.clone(), sheet.evigraph.clone()),
        (Sameness::Case, sum.digest.clone(), sheet.digest.clone()),
        (Sameness::Options, in_words(&sum.options), in_words(&sheet.options)),
        (Sameness::Seed, sum.seed.to_string(), sheet.seed.to_string()),
        (Sameness::Out, out(&sum.out), out(&sheet.out)),
    ];
    differing(aspects, (first, file))?;
    let has_the_same_ids = || {
        let (ones, others) = (&sum.statements, &sheet.statements);
        ones.len() == others.len() && ones.iter().zip(others).all(|((one, _), (other, _))| one == other)
    };
    if sum.models != sheet.models || !has_the_same_ids() {
        return Err(damaged(file, &format!("`statements`: they are not those of {first}, whose case is the same")));
    }
    Ok(())
}
