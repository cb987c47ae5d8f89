//! What counting a range of worlds gives, with all that it depends on.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use sha2::{Digest as _, Sha256};

use crate::authoring::{Input, load, print};
use crate::compare::Terms;
use crate::engine::{CountedModel, Counts, Engine, MOST_WORLDS, Method, Sampling, WrongPlan};
use crate::logic::{BLOCK, Budget, Tally};
use crate::model::Case;

use super::options::{flag, in_words, options};
use super::refusal::{Refusal, Sameness, differing};

/// The counts of a range of worlds of a case, as a tally file has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallySheet {
    /// The version of evigraph that counted.
    pub evigraph: String,
    /// `sha256:` and the SHA-256 of `case`, which tells tallies of different cases apart.
    pub digest: String,
    /// The seed of the draws.
    pub seed: u64,
    /// The worlds, numbered from 0; both ends are multiples of [`BLOCK`].
    pub worlds: Range<u64>,
    /// The options under which the case was read, as on the command line, sorted.
    pub options: Vec<String>,
    /// The ids of what was taken as out, in order.
    pub out: Vec<String>,
    /// The models that were counted.
    pub models: Vec<CountedModel>,
    /// The statements that have a verdict of their own, in order, each with its counts in each model.
    pub statements: Vec<(String, Vec<Tally>)>,
    /// The case as one case file, as [`print`](crate::authoring::print()) writes it: another spelling of the same content
    /// gives the same text.
    pub case: String,
}

impl TallySheet {
    /// What an engine has counted.
    pub fn new(engine: &Engine<'_>, counts: &Counts) -> Self {
        let case = engine.case();
        let key = |id| case.statements[id].key.to_string();
        let of = |target: usize| counts.models.iter().map(|tallies| tallies[target]).collect();
        let text = print(case);
        Self {
            evigraph: env!("CARGO_PKG_VERSION").to_owned(),
            digest: digest(&text),
            seed: engine.how_sampled().seed,
            worlds: counts.worlds.clone(),
            options: options(case, engine.scenario()),
            out: counts.out.iter().map(|&id| key(id)).collect(),
            models: CountedModel::of(engine, &counts.out),
            statements: engine.own_statements().enumerate().map(|(target, id)| (key(id), of(target))).collect(),
            case: text,
        }
    }

    /// What cannot be, as far as that is seen without the case.
    ///
    /// # Errors
    ///
    /// The first such thing, in words, with its place.
    pub fn check(&self) -> Result<(), String> {
        let Range { start, end } = self.worlds;
        if start >= end || end > MOST_WORLDS || !start.is_multiple_of(BLOCK) || !end.is_multiple_of(BLOCK) {
            return Err(format!("`worlds` is {start}..{end}, and it has to be a range between multiples of {BLOCK}"));
        }
        if digest(&self.case) != self.digest {
            return Err("`digest` is not that of `case`: one of them was changed".to_owned());
        }
        let worlds = end - start;
        for (id, tallies) in &self.statements {
            for (model, &tally) in self.models.iter().zip(tallies) {
                if !adds_up(tally, worlds) {
                    let Tally { in_favour, against, conflict, any_case } = tally;
                    return Err(format!(
                        "`statements`, `{id}`: `{}` is [{in_favour}, {against}, {conflict}, {any_case}], which cannot be \
                         counts of {worlds} worlds",
                        model.name()
                    ));
                }
            }
        }
        Ok(())
    }

    /// The case that was sampled. `file` is where the tally was read from.
    ///
    /// Cost: linear in the size of the case.
    ///
    /// # Errors
    ///
    /// [`Refusal::Damaged`] if there is no well-formed case in it.
    pub fn read_case(&self, file: &str) -> Result<Case, Refusal> {
        // Where the tally is kept says nothing about how its case is written.
        let loaded = load(Input::Text { name: "the case of a tally".to_owned(), text: self.case.clone() });
        let case = loaded.ok().and_then(|loaded| loaded.case);
        case.ok_or_else(|| damaged(file, "`case` is not a well-formed case"))
    }

    /// An engine of its case as it was read when it was sampled.
    ///
    /// # Errors
    ///
    /// [`Refusal::Damaged`] if its options mean nothing in the case.
    pub fn engine<'c>(&self, case: &'c Case, file: &str) -> Result<Engine<'c>, Refusal> {
        let flag = |option: &String| {
            flag(case, option).ok_or_else(|| damaged(file, &format!("`options`: `{option}` means nothing in the case")))
        };
        let flags = self.options.iter().map(flag).collect::<Result<_, _>>()?;
        let sampling = Sampling { seed: self.seed, ..Sampling::default() };
        let terms = Terms { flags, method: Method::Sampled, off: Vec::new(), sampling };
        Ok(terms.engine(case, Budget::default()))
    }

    /// Checks that it is of the case of an engine, read in the same way.
    ///
    /// # Errors
    ///
    /// [`Refusal::Differs`].
    pub fn same_reading(&self, file: &str, engine: &Engine<'_>) -> Result<(), Refusal> {
        let options = options(engine.case(), engine.scenario());
        let aspects = [
            (Sameness::Version, env!("CARGO_PKG_VERSION").to_owned(), self.evigraph.clone()),
            (Sameness::Case, digest(&print(engine.case())), self.digest.clone()),
            (Sameness::Options, in_words(&options), in_words(&self.options)),
        ];
        differing(aspects, ("what is to be sampled", file))
    }

    /// Its counts, for an engine of its case.
    ///
    /// # Errors
    ///
    /// [`Refusal::Damaged`] if they are not those of the case's statements and models.
    pub fn counts(&self, engine: &Engine<'_>, file: &str) -> Result<Counts, Refusal> {
        let case = engine.case();
        let may_be_out: BTreeSet<_> = engine.relations().leading_on().collect();
        let out = self.out.iter().map(|id| {
            let statement = case.statement(id).filter(|statement| may_be_out.contains(statement));
            statement.ok_or_else(|| damaged(file, &format!("`out`: `{id}` is nothing that can be out in the case")))
        });
        let out: BTreeSet<_> = out.collect::<Result<_, _>>()?;
        if CountedModel::of(engine, &out) != self.models {
            return Err(damaged(file, "`statements`: they are not counted in the models that the case needs"));
        }
        let own: Vec<&str> = engine.own_statements().map(|id| case.statements[id].key.as_str()).collect();
        if own.len() != self.statements.len() {
            let counted = self.statements.len();
            return Err(damaged(file, &format!("`statements` has {counted}, and the case has {}", own.len())));
        }
        if let Some(((id, _), own)) = self.statements.iter().zip(&own).find(|((id, _), own)| id != *own) {
            return Err(damaged(file, &format!("`statements` has `{id}` where the case has `{own}`")));
        }
        let counted = |model: usize| self.statements.iter().map(|(_, tallies)| tallies[model]).collect();
        Ok(Counts { worlds: self.worlds.clone(), out, models: (0..self.models.len()).map(counted).collect() })
    }

    /// The engine that answers from its counts, with intervals that hold with a confidence from 0 to 1.
    ///
    /// # Errors
    ///
    /// [`Refusal::Plan`] if something else is out by these counts than was taken as out; [`Refusal::Damaged`] as
    /// [`TallySheet::counts`].
    pub fn answering<'c>(&self, engine: &Engine<'c>, confidence: f64, file: &str) -> Result<Engine<'c>, Refusal> {
        let counts = self.counts(engine, file)?;
        counts.answering(engine, confidence).map_err(|WrongPlan { out, not_out }| {
            let ids = |ids: Vec<_>| ids.into_iter().map(|id| engine.case().statements[id].key.to_string()).collect();
            Refusal::Plan { worlds: self.worlds.end - self.worlds.start, out: ids(out), not_out: ids(not_out) }
        })
    }
}

/// Whether these can be the counts of so many worlds. True, false and both exclude each other, and in each of them there
/// is a case for or against.
fn adds_up(tally: Tally, worlds: u64) -> bool {
    let Tally { in_favour, against, conflict, any_case } = tally;
    let valued = in_favour.checked_add(against).and_then(|sum| sum.checked_add(conflict));
    valued.is_some_and(|valued| valued <= any_case) && any_case <= worlds
}

pub(super) fn damaged(file: &str, problem: &str) -> Refusal {
    Refusal::Damaged { file: file.to_owned(), problem: problem.to_owned() }
}

fn digest(text: &str) -> String {
    let mut digest = "sha256:".to_owned();
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}
