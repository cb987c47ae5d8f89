//! What is missing: what would settle an open statement.

use std::collections::BTreeSet;

use crate::engine::{Engine, Reach, Result, Said, premises, reach, stays, with_room, with_room_for};
use crate::model::{Effect, Manner, Probability, StatementId};
use crate::verdict::{Detail, Further, Search};

use super::why_not::{Hindrance, obstacles};

/// What would settle an open statement, or at least decide it.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// The verdict as it is.
    pub detail: Detail,
    /// How much further evidence of some kinds it would take, for it and against it.
    pub evidence: Vec<FurtherEvidence>,
    /// Premises of the steps into it that are not decided, and what would follow if each were, as [`Missing::rivals`].
    pub premises: Vec<MissingPremise>,
    /// The verdict if all those premises were decided; none where there are not several, or where one would have
    /// to be both established and refuted.
    pub all_premises: Option<Detail>,
    /// Of what it is made of, all that is not established, every part by name.
    pub parts: Vec<MissingPart>,
    /// The rival readings that compete with it, and what would follow if each were refuted alone; none where there are
    /// too many to try.
    pub rivals: Vec<MissingPremise>,
    /// The verdict if all those rivals were refuted; none where there are not several.
    pub all_rivals: Option<Detail>,
    /// What alone keeps it from being decided: a source that could be impeached, a step that could be undercut, an
    /// attack that could fail.
    pub obstacles: Vec<Hindrance>,
    /// Of the parts of a statement that exactly one of is so, those that are left: this is one of them, or is that
    /// statement.
    pub left: Vec<Left>,
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
    /// The least number that settles it; none where 5 do not, and where only what decides it was asked.
    pub settles: Option<usize>,
}

impl FurtherEvidence {
    /// So many documents of the kind.
    fn of_origins(&self, origins: u8) -> Further {
        let strength = self.manner.strength().get();
        let reliability = Probability::reliability_word(self.grade).expect("a grade of the format").get();
        Further { reliability, strength, origins }
    }
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

/// A part of a statement that is not established.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingPart {
    /// The part.
    pub part: StatementId,
    /// Its verdict.
    pub detail: Detail,
}

/// What is left of a statement that is exactly one of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The statement.
    pub whole: StatementId,
    /// Those that are out.
    pub out: Vec<StatementId>,
    /// Those that are left.
    pub left: Vec<StatementId>,
}

/// What withheld material would have to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldWord {
    /// What each passage would have to say.
    pub says: Vec<Said>,
    /// The verdict that would follow.
    pub reached: Detail,
}

/// The kinds of evidence that are tried: how they speak, and the grade of the sources.
const KINDS: [(Manner, &str); 3] = [(Manner::Finding, "A"), (Manner::Account, "B"), (Manner::Allegation, "C")];

/// The most independent origins that are tried.
const MOST_ORIGINS: u8 = 5;

/// More premises, or more rivals, are not tried one by one.
const MOST_ALONE: usize = 32;

/// The most obstacles that are listed.
const MOST_OBSTACLES: usize = 5;

/// What would settle a statement; none if it is settled, or where degrees are not exact.
///
/// Each answer is a case of its own, read whole: the statement with a link from new documents, with a premise taken as
/// decided, with a completion of what is withheld.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn missing(engine: &Engine<'_>, statement: StatementId) -> Result<Option<Missing>> {
    engine.or_sampled(|engine| {
        let statement = engine.case().canonical(statement);
        if engine.written(statement)?.is_none() || engine.settle(statement)?.is_settled() {
            return Ok(None);
        }
        let engine = &engine.exactly();
        let detail = engine.detail(engine.base(), statement)?;
        let reach = reach(engine, statement, detail)?;
        let engine = &with_room(engine, statement)?;
        Question { engine, statement }.missing(detail, reach.as_deref()).map(Some)
    })
}

/// How much further evidence of each kind would decide a statement, for it and against it, and not what would settle it;
/// nothing if it is decided, or where degrees are not exact.
///
/// # Errors
///
/// As [`Engine::degrees`].
pub fn deciding_evidence(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<FurtherEvidence>> {
    let statement = engine.case().canonical(statement);
    let detail = engine.detail(engine.base(), statement)?;
    if detail.is_decided() || engine.written(statement)?.is_none() {
        return Ok(Vec::new());
    }
    let engine = &with_room_for(&engine.exactly(), statement, &[statement])?;
    let question = Question { engine, statement };
    let on_side = |&effect: &Effect| question.deciding(effect);
    Ok(sides_to_settle(detail).iter().map(on_side).collect::<Result<Vec<_>>>()?.concat())
}

struct Question<'e, 'c> {
    engine: &'e Engine<'c>,
    statement: StatementId,
}

impl Question<'_, '_> {
    fn missing(&self, detail: Detail, reach: Option<&Reach>) -> Result<Missing> {
        let mut evidence = Vec::new();
        for &effect in sides_to_settle(detail) {
            evidence.extend(self.further_evidence(effect)?);
        }
        let needed = self.missing_premises(detail)?;
        let at_once = needed.len() > 1 && needed.windows(2).all(|pair| pair[0].0 != pair[1].0);
        let all_premises = at_once.then(|| self.detail_supposing(&needed)).transpose()?;
        let against = self.rivals(detail)?;
        let all_rivals = (against.len() > 1).then(|| self.detail_supposing(&against)).transpose()?;
        let words = reach.iter().flat_map(|reach| &reach.examples);
        let withheld = words.map(|(&reached, says)| WithheldWord { says: says.clone(), reached }).collect();
        Ok(Missing {
            detail,
            evidence,
            premises: self.each_alone(&needed)?,
            all_premises,
            parts: self.missing_parts(detail)?,
            rivals: self.each_alone(&against)?,
            all_rivals,
            obstacles: self.obstacles(detail)?,
            left: self.left()?,
            withheld,
            search: reach.map(|reach| reach.search),
        })
    }

    /// What would follow if each of some statements were decided alone; nothing where there are too many to try.
    fn each_alone(&self, needed: &[(StatementId, Effect)]) -> Result<Vec<MissingPremise>> {
        if needed.len() > MOST_ALONE {
            return Ok(Vec::new());
        }
        let alone = |&(premise, needed): &(StatementId, Effect)| {
            let reached = self.detail_supposing(&[(premise, needed)])?;
            Ok(MissingPremise { premise, needed, reached })
        };
        needed.iter().map(alone).collect()
    }

    /// The rival readings that compete with a statement that is not decided, to be refuted.
    fn rivals(&self, detail: Detail) -> Result<Vec<(StatementId, Effect)>> {
        if detail.is_decided() {
            return Ok(Vec::new());
        }
        let rivals = self.engine.competing_readings(self.statement)?.into_iter();
        Ok(rivals.map(|rival| (rival, Effect::Opposes)).collect())
    }

    /// The parts of a statement that is all of them, as far as they are not established.
    fn missing_parts(&self, detail: Detail) -> Result<Vec<MissingPart>> {
        let mut missing = Vec::new();
        if detail != Detail::Established {
            for &part in &self.engine.case().statements[self.statement].all_of {
                let detail = self.engine.detail(self.engine.base(), part)?;
                if detail != Detail::Established {
                    missing.push(MissingPart { part, detail });
                }
            }
        }
        Ok(missing)
    }

    fn obstacles(&self, detail: Detail) -> Result<Vec<Hindrance>> {
        if detail.is_decided() {
            return Ok(Vec::new());
        }
        let mut obstacles = obstacles(self.engine, self.statement)?;
        obstacles.truncate(MOST_OBSTACLES);
        Ok(obstacles)
    }

    /// What is left of each statement that exactly one of is so, where this is that statement or one of its parts.
    fn left(&self) -> Result<Vec<Left>> {
        let case = self.engine.case();
        let mut found = Vec::new();
        for (whole, entry) in case.statements.iter().filter(|(_, entry)| entry.one_of.len() > 1) {
            let parts: BTreeSet<StatementId> = entry.one_of.iter().map(|&part| case.canonical(part)).collect();
            if whole == self.statement || parts.contains(&self.statement) {
                let mut parted = Left { whole, out: Vec::new(), left: Vec::new() };
                for part in parts {
                    let is_out = self.engine.is_out(self.engine.base(), part)?;
                    if is_out { &mut parted.out } else { &mut parted.left }.push(part);
                }
                found.push(parted);
            }
        }
        Ok(found)
    }

    /// How much further evidence on a side would decide it, of each kind.
    fn deciding(&self, effect: Effect) -> Result<Vec<FurtherEvidence>> {
        let decidable = self.decides(effect, 1.0)?;
        let of_kind = |(manner, grade): (Manner, &'static str)| {
            let mut kind = FurtherEvidence { effect, manner, grade, each: 0.0, decides: None, settles: None };
            kind.each = kind.of_origins(1).each();
            for origins in (0..=MOST_ORIGINS).filter(|_| decidable) {
                if self.decides(effect, kind.of_origins(origins).weight())? {
                    kind.decides = Some(usize::from(origins));
                    break;
                }
            }
            Ok(kind)
        };
        KINDS.into_iter().map(of_kind).collect()
    }

    /// How much further evidence on a side it would take, of each kind.
    fn further_evidence(&self, effect: Effect) -> Result<Vec<FurtherEvidence>> {
        let mut found = self.deciding(effect)?;
        // More evidence on a side is taken never to undo a decision for that side.
        let most = Further { reliability: 1.0, strength: 1.0, origins: 2 };
        if !self.decides(effect, 1.0)? || !self.settles(effect, most)? {
            return Ok(found);
        }
        for kind in &mut found {
            for origins in kind.decides.map_or(0..0, |least| least as u8..MOST_ORIGINS + 1) {
                if self.settles(effect, kind.of_origins(origins))? {
                    kind.settles = Some(usize::from(origins));
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Whether further evidence that makes a case with some probability decides the statement on its side.
    fn decides(&self, effect: Effect, weight: f64) -> Result<bool> {
        let with_further = self.engine.base().with_further_weight(effect, weight);
        Ok(self.engine.detail(&with_further, self.statement)? == Detail::decided_on(effect))
    }

    /// Whether so much further evidence settles the statement, the loss of one of its own sources counted.
    fn settles(&self, effect: Effect, further: Further) -> Result<bool> {
        let one_less = Further { origins: further.origins.saturating_sub(1), ..further };
        Ok(self.decides(effect, one_less.weight())? && {
            let with_further = self.engine.base().with_further(effect, further);
            stays(&self.engine.at(with_further), self.statement, Detail::decided_on(effect))?
        })
    }

    /// Statements that the steps into a statement need and that are not decided as they need them.
    fn missing_premises(&self, detail: Detail) -> Result<Vec<(StatementId, Effect)>> {
        if detail.is_decided() {
            return Ok(Vec::new());
        }
        let case = self.engine.case();
        let entry = &case.statements[self.statement];
        let any_of = entry.any_of.iter().chain(&entry.one_of);
        let mut premises = premises(self.engine, self.statement);
        premises.extend(any_of.map(|&part| (case.canonical(part), Effect::Supports)));
        premises.retain(|&(id, _)| id != self.statement);
        let mut needed = Vec::new();
        for (premise, side) in premises {
            if self.engine.detail(self.engine.base(), premise)? != Detail::decided_on(side) {
                needed.push((premise, side));
            }
        }
        Ok(needed)
    }

    /// The verdict on the statement if others were decided.
    fn detail_supposing(&self, decided: &[(StatementId, Effect)]) -> Result<Detail> {
        self.engine.detail(&self.engine.base().supposing(decided), self.statement)
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
