//! What is missing: what would settle an open statement.

use std::collections::BTreeSet;

use crate::logic::Supposition;
use crate::model::{Effect, Manner, Probability, StatementId};

use super::super::completion::{Said, Search, reach};
use super::super::degrees::Detail;
use super::super::judge::{Judge, JudgeError, Reading};
use super::super::settle::weakened;

/// What would settle an open statement, or at least decide it.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// How much further evidence of some kinds it would take, for it and against it.
    pub evidence: Vec<FurtherEvidence>,
    /// Premises of its supporting steps, and parts of it, that are not decided, and what would follow if they were.
    pub premises: Vec<MissingPremise>,
    /// The verdict if all those premises were decided; none where there are not several, or where one would have
    /// to be both established and refuted.
    pub all_premises: Option<Detail>,
    /// What the withheld material would have to say: for each other verdict within its reach the least that
    /// brings it about, of all that was tried.
    pub withheld: Vec<WithheldWord>,
    /// How the withheld material was searched, where it can change the verdict.
    pub search: Option<Search>,
}

/// Further evidence of one kind, from documents that share nothing with each other or with the case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FurtherEvidence {
    /// On which side.
    pub effect: Effect,
    /// How the sources speak.
    pub manner: Manner,
    /// The grade of their reliability.
    pub grade: &'static str,
    /// The probability that one of them makes a case, from 0 to 1.
    pub each: f64,
    /// The least number of independent origins that decides the statement on that side, from 0 to 5; none
    /// where 5 do not.
    pub decides: Option<usize>,
    /// The least number that settles it; none where 5 do not.
    pub settles: Option<usize>,
}

/// A premise that is not decided as a step needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingPremise {
    /// The premise.
    pub premise: StatementId,
    /// Whether it would have to be established or refuted.
    pub needed: Effect,
    /// The verdict on the statement if it were.
    pub reached: Detail,
}

/// What withheld material would have to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldWord {
    /// What each passage would have to say.
    pub says: Vec<Said>,
    /// The verdict that would follow.
    pub reached: Detail,
}

/// Further evidence that is supposed while something is worked out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::verdict) struct Further {
    reliability: f64,
    strength: f64,
    origins: usize,
}

impl Further {
    /// The probability that one of them makes a case.
    fn each(self) -> f64 {
        self.reliability * self.strength
    }

    /// The probability that at least one of them does (noisy-or, Pearl 1988).
    fn weight(self) -> f64 {
        1.0 - (1.0 - self.each()).powi(narrow(self.origins))
    }

    /// The same with each reliability and each strength weakened, where `helps` says how much the whole helps the
    /// winning side.
    pub(in crate::verdict) fn weakened(self, helps: f64) -> f64 {
        // How much one of them matters: as far as none of the others makes the case already.
        let helps = helps * (1.0 - self.each()).powi(narrow(self.origins) - 1);
        let reliability = weakened(self.reliability, helps * self.strength);
        let strength = weakened(self.strength, helps * self.reliability);
        Self { reliability, strength, ..self }.weight()
    }
}

/// The kinds of evidence that are tried: how they speak, and the grade of the sources.
const KINDS: [(Manner, &str); 3] = [(Manner::Finding, "A"), (Manner::Account, "B"), (Manner::Allegation, "C")];

/// The most independent origins that are tried.
const MOST_ORIGINS: usize = 5;

/// The most premises that are tried.
const MOST_PREMISES: usize = 8;

impl Judge<'_> {
    /// What would settle a statement; none if it is settled, or in one world.
    ///
    /// Each answer is a case of its own, read whole: the statement with a link from new documents, with a
    /// premise taken as decided, with a completion of what is withheld.
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if decision diagrams grow past the budget.
    pub fn missing(&mut self, statement: StatementId) -> Result<Option<Missing>, JudgeError> {
        if !self.is_exact() || self.settle(statement)?.settled {
            return Ok(None);
        }
        self.with_room_for_more(statement, |judge| judge.what_is_missing(judge.case.canonical(statement))).map(Some)
    }

    fn what_is_missing(&mut self, statement: StatementId) -> Result<Missing, JudgeError> {
        let detail = self.in_base(|judge, base| judge.detail(base, statement))?;
        let mut evidence = Vec::new();
        for &effect in sides_to_settle(detail) {
            evidence.extend(self.further_evidence(statement, effect)?);
        }
        let needed = self.missing_premises(statement, detail)?;
        let mut premises = Vec::new();
        for &(premise, needed) in &needed {
            let reached = self.detail_supposing(statement, &[(premise, needed)])?;
            premises.push(MissingPremise { premise, needed, reached });
        }
        let at_once = needed.len() > 1 && needed.windows(2).all(|pair| pair[0].0 != pair[1].0);
        let all_premises = at_once.then(|| self.detail_supposing(statement, &needed)).transpose()?;
        let reach = reach(self, statement, detail)?;
        let search = reach.as_ref().map(|reach| reach.search);
        let words = reach.into_iter().flat_map(|reach| reach.examples);
        let withheld = words.map(|(reached, says)| WithheldWord { says, reached }).collect();
        Ok(Missing { evidence, premises, all_premises, withheld, search })
    }

    fn further_evidence(&mut self, statement: StatementId, effect: Effect) -> Result<Vec<FurtherEvidence>, JudgeError> {
        // More on a side is taken never to undo a decision for that side.
        let possible = self.decides(statement, effect, 1.0)?;
        let settleable =
            possible && self.settles(statement, effect, Further { reliability: 1.0, strength: 1.0, origins: 2 })?;
        let mut found = Vec::new();
        for (manner, grade) in KINDS {
            let reliability = Probability::reliability_word(grade).expect("a grade of the format").get();
            let strength = manner.strength().get();
            let (mut decides, mut settles) = (None, None);
            for further in
                (0..=MOST_ORIGINS).map(|origins| Further { reliability, strength, origins }).filter(|_| possible)
            {
                if decides.is_none() && self.decides(statement, effect, further.weight())? {
                    decides = Some(further.origins);
                }
                if decides.is_some() && !settleable {
                    break;
                }
                if decides.is_some() && self.settles(statement, effect, further)? {
                    settles = Some(further.origins);
                    break;
                }
            }
            let each = reliability * strength;
            found.push(FurtherEvidence { effect, manner, grade, each, decides, settles });
        }
        Ok(found)
    }

    /// Whether further evidence that makes a case with some probability decides a statement on its side.
    fn decides(&mut self, statement: StatementId, effect: Effect, weight: f64) -> Result<bool, JudgeError> {
        let mut reading = self.with_further(effect, weight);
        Ok(self.detail(&mut reading, statement)? == decided(effect))
    }

    fn with_further(&self, effect: Effect, weight: f64) -> Reading {
        self.reading(self.base.weights.but([(self.quantities.further(effect), weight)]))
    }

    /// Whether so much further evidence settles a statement, the loss of one of its own sources counted.
    fn settles(&mut self, statement: StatementId, effect: Effect, further: Further) -> Result<bool, JudgeError> {
        let one_less = Further { origins: further.origins.saturating_sub(1), ..further };
        if !self.decides(statement, effect, one_less.weight())? {
            return Ok(false);
        }
        let reading = self.with_further(effect, further.weight());
        let base = std::mem::replace(&mut self.base, reading);
        let losses = std::mem::take(&mut self.losses);
        let completions = std::mem::take(&mut self.completions);
        self.further = Some((effect, further));
        let settled = self.stays(statement, decided(effect));
        (self.base, self.losses, self.completions, self.further) = (base, losses, completions, None);
        settled
    }

    /// Statements that the statement needs and that are not decided as it needs them: the open premises of its
    /// supporting steps, and parts of it.
    fn missing_premises(
        &mut self,
        statement: StatementId,
        detail: Detail,
    ) -> Result<Vec<(StatementId, Effect)>, JudgeError> {
        if detail.is_decided() {
            return Ok(Vec::new());
        }
        let (accepted, rejected) = self.premises(statement);
        let entry = &self.case.statements[statement];
        let parts = entry.all_of.iter().chain(&entry.any_of).copied();
        let accepted = accepted.into_iter().chain(parts).map(|id| (id, Effect::Supports));
        let premises: BTreeSet<(StatementId, Effect)> = (accepted)
            .chain(rejected.into_iter().map(|id| (id, Effect::Opposes)))
            .map(|(id, side)| (self.case.canonical(id), side))
            .filter(|&(id, _)| id != statement)
            .collect();
        let mut needed = Vec::new();
        for (premise, side) in premises {
            if self.in_base(|judge, base| judge.detail(base, premise))? != decided(side) {
                needed.push((premise, side));
            }
        }
        needed.truncate(MOST_PREMISES);
        Ok(needed)
    }

    /// The verdict on a statement if others were decided.
    fn detail_supposing(
        &mut self,
        statement: StatementId,
        decided: &[(StatementId, Effect)],
    ) -> Result<Detail, JudgeError> {
        let mut shape = self.base.shape.clone();
        shape.supposed.extend(decided.iter().map(|&(id, effect)| Supposition::Decided(id, effect)));
        let mut reading = Reading::new(self.base.weights.clone(), shape);
        self.detail(&mut reading, statement)
    }
}

fn decided(effect: Effect) -> Detail {
    match effect {
        Effect::Supports => Detail::Established,
        Effect::Opposes => Detail::Refuted,
    }
}

/// The sides on which a statement could be settled: its own if it is decided, else both.
fn sides_to_settle(detail: Detail) -> &'static [Effect] {
    match detail {
        Detail::Established => &[Effect::Supports],
        Detail::Refuted => &[Effect::Opposes],
        _ => &[Effect::Supports, Effect::Opposes],
    }
}

fn narrow(origins: usize) -> i32 {
    i32::try_from(origins).expect("a handful of origins")
}
