//! What is withheld: the completion that is worst for a verdict, and whether the verdict stands under all.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::engine::completion::{EXHAUSTIVE, relevant_passages};
use crate::engine::engine::Engine;
use crate::engine::estimate::{EITHER_WAY, subsets};
use crate::engine::hypothesis::Hypothesis;
use crate::engine::method::Result;
use crate::engine::model::ModelKey;
use crate::engine::scenario::EFFECTS;
use crate::engine::vary::{Question, Taken};
use crate::logic::{Passage, Sign, Signs, VariableId};
use crate::model::{DocumentId, StatementId};
use crate::verdict::{Detail, Reason, Search};

use super::{About, Questions, Settling, lead_signs};

/// The completion that is worst for a verdict, and what shows that it is.
#[derive(Debug, Default)]
pub(super) struct Worst {
    /// The passages that a statement depends on, by index.
    passages: Vec<usize>,
    said: Vec<(usize, usize)>,
    /// Its question; none where it is not known.
    pub(super) place: Option<usize>,
    /// The extremes of all that could be out: the question, and whether it is not clear that it is one.
    extremes: Vec<(StatementId, usize, bool)>,
}

/// What may be out in one completion and not in another, and what of it is taken as out in each try.
struct Ways {
    varying: BTreeSet<StatementId>,
    out: Vec<BTreeSet<StatementId>>,
}

/// Withheld passages that are there, by index, and the side that each speaks for.
#[derive(Debug, Default)]
struct Extreme {
    said: Vec<(usize, usize)>,
    /// Those of which it is not clear what they do, with the variables of their sides.
    unclear: Vec<(usize, [VariableId; 2])>,
    /// How many there are.
    of: usize,
}

/// So many passages of which it is not clear what they do are tried in all their states.
const ALL_STATES: usize = 3;

impl Extreme {
    /// The completions one of which is the worst, where it is not clear of some passages what they do: all that these allow,
    /// or, where more passages bear on the statement than are searched exhaustively, with each as it harms. None where
    /// neither will do.
    fn may_be_worst(self, harm: impl Fn(VariableId) -> f64) -> Option<Vec<Vec<(usize, usize)>>> {
        let Self { said, unclear, of } = self;
        let mut completions = vec![said];
        if unclear.len() <= ALL_STATES {
            for (passage, _) in unclear {
                let with = |side: usize| completions.iter().map(move |said| [&said[..], &[(passage, side)]].concat());
                let more: Vec<Vec<(usize, usize)>> = (0..EFFECTS.len()).flat_map(with).collect();
                completions.extend(more);
            }
        } else if of > EXHAUSTIVE {
            let mut said = completions[0].clone();
            for (passage, sides) in unclear {
                let [one, other] = sides.map(&harm);
                if one.max(other) > 0.0 {
                    said.push((passage, usize::from(other > one)));
                }
            }
            completions.push(said);
        } else {
            return None;
        }
        Some(completions)
    }

    fn hypothesis(&self, engine: &Engine<'_>) -> Hypothesis {
        engine.base().completed(&self.said, false)
    }
}

impl Settling<'_, '_> {
    /// What is withheld: for each decided statement the completion that is worst for its verdict, by the form of the rules.
    pub(super) fn ask_withheld(&self, questions: &mut Questions) -> BTreeMap<StatementId, Worst> {
        let [as_it_is, without_rivals] = self.vary.keys().map(|key| self.engine.program(&key));
        let [as_it_is, without_rivals] = [Signs::new(&as_it_is), Signs::new(&without_rivals)];
        let mut competitors = FxHashMap::<StatementId, FxHashMap<VariableId, Sign>>::default();
        let mut worst = BTreeMap::new();
        let mut asked = BTreeMap::new();
        for statement in self.decided() {
            let passages = relevant_passages(self.engine, statement);
            if passages.is_empty() {
                continue;
            }
            if self.engine.core.loops_shift {
                worst.insert(statement, Worst::default());
                continue;
            }
            let winning = self.winning(statement);
            let completion = self.extreme(&lead_signs(&as_it_is, statement), &passages, -winning);
            let place = questions.all.len();
            questions.add(completion.hypothesis(self.engine), vec![statement], About::Withheld);
            let shape = self.engine.base().shape();
            let competing = self.engine.competing(shape, statement);
            let own = (winning < 0.0 && self.engine.could_be_out(shape, statement)).then_some(statement);
            // What is out has to be so, or not, in both extremes.
            let mut extremes = Vec::new();
            for competitor in competing.iter().copied().chain(own) {
                let signs = competitors.entry(competitor).or_insert_with(|| lead_signs(&without_rivals, competitor));
                for direction in [1.0, -1.0] {
                    let extreme = self.extreme(signs, &passages, direction);
                    if !extreme.said.is_empty() || !extreme.unclear.is_empty() {
                        let key = (competitor, extreme.said.clone());
                        let extreme_place = *asked.entry(key).or_insert_with(|| {
                            questions.all.push(Question {
                                only_out: true,
                                ..Question::new(extreme.hypothesis(self.engine), vec![competitor])
                            });
                            questions.all.len() - 1
                        });
                        extremes.push((competitor, extreme_place, !extreme.unclear.is_empty()));
                    }
                }
            }
            worst.insert(statement, Worst { passages, said: completion.said, place: Some(place), extremes });
        }
        worst
    }

    /// The completion that moves a lead furthest in a direction, as far as the form of the rules tells.
    fn extreme(&self, signs: &FxHashMap<VariableId, Sign>, passages: &[usize], direction: f64) -> Extreme {
        let mut extreme = Extreme { of: passages.len(), ..Extreme::default() };
        for &passage in passages {
            let sides = self.engine.core.numbering.uncertain(passage).sides;
            let moves = sides.map(|side| signs.get(&side).map(|sign| sign.direction().map(|moves| moves * direction)));
            match moves {
                [None, None] | [Some(Some(-1.0)) | None, Some(Some(-1.0)) | None] => {}
                [Some(Some(1.0)), Some(Some(-1.0)) | None] => extreme.said.push((passage, 0)),
                [Some(Some(-1.0)) | None, Some(Some(1.0))] => extreme.said.push((passage, 1)),
                _ => extreme.unclear.push((passage, sides)),
            }
        }
        extreme
    }

    /// The statements whose verdicts stand under every completion, as far as they are searched, of those that do under the
    /// worst and that nothing else is known to change. What is out may differ from one completion to another: where its
    /// two extremes leave that open, it is tried each way with the completion that is worst then.
    pub(super) fn standing(
        &self,
        worst: &BTreeMap<StatementId, Worst>,
        questions: &[Question],
    ) -> Result<BTreeSet<StatementId>> {
        let base = self.engine.base();
        let [key, _] = self.vary.keys();
        let mut standing = BTreeSet::new();
        let mut programs: BTreeMap<ModelKey, Vec<(StatementId, &Worst, Taken)>> = BTreeMap::new();
        for (&statement, worst) in worst {
            let Some(place) = worst.place else { continue };
            if self.vary.is_changing(statement)
                || self.vary.changes(&questions[place].hypothesis, statement)? != Some(false)
            {
                continue;
            }
            let Some(Ways { varying, out: ways }) = self.ways(statement, worst, questions)? else { continue };
            standing.insert(statement);
            // What does not vary is out where it is in the base.
            let mut competing = Vec::new();
            for one in self.vary.competing(base.shape(), &[statement]) {
                competing.push((one, self.engine.is_surely_out(base, one)? == Some(true)));
            }
            for out in ways {
                let taken = competing
                    .iter()
                    .map(|&(one, is_out)| (one, if varying.contains(&one) { out.contains(&one) } else { is_out }));
                let taken = taken.collect();
                let key = ModelKey { out: &(&key.out - &varying) | &out, ..key.clone() };
                programs.entry(key).or_default().push((statement, worst, taken));
            }
        }
        let mut tries = Vec::new();
        for (key, asked) in programs {
            let program = self.engine.program(&key);
            let signs = Signs::new(&program);
            let extreme = |(statement, worst, taken): (StatementId, &Worst, Taken)| {
                let signs = lead_signs(&signs, statement);
                (statement, self.extreme(&signs, &worst.passages, -self.winning(statement)), taken)
            };
            let extremes: Vec<_> = asked.into_iter().map(extreme).collect();
            let gradients = self.unclear_gradients(&key, &extremes)?;
            for (statement, extreme, taken) in extremes {
                let winning = self.winning(statement);
                let lead = |side| gradients.get(&side).and_then(|leads| leads.get(&statement)).copied();
                let harm = |side| -winning * lead(side).unwrap_or_default();
                let Some(completions) = extreme.may_be_worst(harm) else {
                    standing.remove(&statement);
                    continue;
                };
                tries.extend(completions.into_iter().map(|said| Question {
                    taken: taken.clone(),
                    ..Question::new(base.completed(&said, false), vec![statement])
                }));
            }
        }
        tries.retain(|one| standing.contains(&one.statements[0]));
        self.vary.ask(&tries)?;
        for one in tries {
            if self.vary.changes(&one.hypothesis, one.statements[0])? != Some(false) {
                standing.remove(&one.statements[0]);
            }
        }
        Ok(standing)
    }

    /// What may be out in one completion and not in another, and the ways in which it is tried; none where they are too many,
    /// or the refutation might be no more than a contest of readings.
    fn ways(&self, statement: StatementId, worst: &Worst, questions: &[Question]) -> Result<Option<Ways>> {
        let (engine, base) = (self.engine, self.engine.base());
        let mut varying = BTreeSet::new();
        for &(competitor, place, unclear) in &worst.extremes {
            let before = engine.is_surely_out(base, competitor)?;
            if unclear || before.is_none() || engine.is_surely_out(&questions[place].hypothesis, competitor)? != before
            {
                varying.insert(competitor);
            }
        }
        let is_refuted = self.vary.before(statement) == Detail::Refuted;
        if is_refuted && (varying.contains(&statement) || engine.is_surely_out(base, statement)? != Some(true)) {
            return Ok(None);
        }
        let ways = if varying.len() <= EITHER_WAY {
            subsets(&varying).collect()
        } else if worst.passages.len() > EXHAUSTIVE {
            // More than are tried each way: none of them, and all.
            vec![BTreeSet::new(), varying.clone()]
        } else {
            return Ok(None);
        };
        Ok(Some(Ways { varying, out: ways }))
    }

    /// How each side of the passages of which that is not clear moves the leads of statements in a program, as sampled worlds
    /// show it.
    fn unclear_gradients(
        &self,
        key: &ModelKey,
        extremes: &[(StatementId, Extreme, Taken)],
    ) -> Result<FxHashMap<VariableId, FxHashMap<StatementId, f64>>> {
        let mut asked = BTreeMap::<VariableId, BTreeSet<StatementId>>::new();
        for (statement, extreme, _) in extremes {
            for &(_, sides) in extreme.unclear.iter().filter(|_| extreme.unclear.len() > ALL_STATES) {
                for side in sides {
                    asked.entry(side).or_default().insert(*statement);
                }
            }
        }
        self.vary.gradients(key, asked)
    }

    pub(super) fn withheld(&self, statement: StatementId, worst: &Worst, questions: &[Question]) -> Result<Reason> {
        let place = worst.place.expect("it was asked");
        let verdict = self.vary.after(&questions[place].hypothesis, statement)?.only();
        let of = |&(passage, _): &(usize, usize)| {
            let (Passage { document, .. }, _) = self.engine.core.numbering.passages[passage];
            document
        };
        let documents: BTreeSet<DocumentId> = worst.said.iter().map(of).collect();
        Ok(Reason::Withheld {
            documents: documents.into_iter().collect(),
            verdicts: vec![verdict],
            search: Search::Greedy,
        })
    }
}
