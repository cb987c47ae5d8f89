//! Settled or open, with every reason.

use std::collections::BTreeSet;

use crate::logic::{Step, VariableId};
use crate::model::{DocumentId, Effect, Premise, Source, StatementId};

use super::completion::{Search, can_change, reach};
use super::degrees::{Degrees, Detail, TOLERANCE};
use super::judge::{Judge, JudgeError, Reading};
use super::numbers::Numbers;
use super::scenario::EFFECTS;

/// Whether a statement is settled, and why not.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    /// Established or refuted, and neither one source less, nor what is withheld, nor weaker weights
    /// change that.
    pub settled: bool,
    /// Every reason that it is open, in the order of the definition.
    pub reasons: Vec<Reason>,
}

/// A reason that a statement is open, with its witnesses in the order of their ids.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// The verdict is contested.
    Contested {
        /// Rivals, of it or of what it entails, that are not out and have a serious case.
        rivals: Vec<StatementId>,
        /// The sources that both sides draw on.
        shared: Vec<Source>,
    },
    /// There is something, and not enough.
    Insufficient(Shortfall),
    /// There is nothing either way.
    NoEvidence(Shortfall),
    /// A step that supports it has a premise that is not decided as it should be.
    RestsOnOpenPremise {
        /// Those premises.
        premises: Vec<StatementId>,
    },
    /// One source less changes the verdict.
    SingleSource {
        /// Each of those sources.
        sources: Vec<Source>,
    },
    /// What is withheld could change the verdict.
    Withheld {
        /// The documents that it is withheld from: those that take part in a smallest completion that
        /// changes the verdict or, where not all were tried, in one that was found.
        documents: Vec<DocumentId>,
        /// The other verdicts within reach.
        verdicts: Vec<Detail>,
        /// How the completions were searched.
        search: Search,
    },
    /// Numbers a tenth less favourable change the verdict.
    Weights {
        /// The verdict that it falls to.
        falls_to: Detail,
    },
}

/// How far the case for a statement is from its standard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shortfall {
    /// What the case for it lacks, from 0 to 1.
    pub case: f64,
    /// What its lead over the case against it lacks, from 0 to 2.
    pub margin: f64,
}

impl Reason {
    /// The words of all reasons in output, in the order of the definition.
    pub const NAMES: [&'static str; 7] =
        ["contested", "insufficient", "no_evidence", "rests_on_open_premise", "single_source", "withheld", "weights"];

    /// The word in output.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Contested { .. } => "contested",
            Self::Insufficient(_) => "insufficient",
            Self::NoEvidence(_) => "no_evidence",
            Self::RestsOnOpenPremise { .. } => "rests_on_open_premise",
            Self::SingleSource { .. } => "single_source",
            Self::Withheld { .. } => "withheld",
            Self::Weights { .. } => "weights",
        }
    }
}

/// Numbers are weakened by this part of themselves.
const WEAKER_BY: f64 = 0.1;

impl Judge<'_> {
    /// Whether a statement is settled, with every reason that it is not.
    ///
    /// Cost: for a decided statement one reading of its diagrams a source; besides, one a completion of
    /// its withheld passages (at most 729).
    ///
    /// # Errors
    ///
    /// [`JudgeError`] if its decision diagrams grow past the budget.
    pub fn settle(&mut self, statement: StatementId) -> Result<Settlement, JudgeError> {
        let statement = self.case.canonical(statement);
        if let Some(known) = self.settlements.get(&statement) {
            return Ok(known.clone());
        }
        let settlement = self.work_out_settlement(statement)?;
        self.settlements.insert(statement, settlement.clone());
        Ok(settlement)
    }

    fn work_out_settlement(&mut self, statement: StatementId) -> Result<Settlement, JudgeError> {
        let detail = self.in_base(|judge, base| judge.detail(base, statement))?;
        let mut reasons: Vec<Reason> = self.shortcoming(statement, detail)?.into_iter().collect();
        if detail.is_decided() {
            let sources = self.single_sources(statement, detail)?;
            if !sources.is_empty() {
                reasons.push(Reason::SingleSource { sources });
            }
        }
        if let Some(reach) = reach(self, statement, detail)? {
            let (documents, verdicts, search) = (reach.documents, reach.verdicts, reach.search);
            reasons.push(Reason::Withheld { documents, verdicts, search });
        }
        if detail.is_decided() {
            reasons.extend(self.weaker_weights(statement, detail)?);
        }
        if detail != Detail::Refuted && !(detail.is_decided() && reasons.is_empty()) {
            let premises = self.open_premises(statement)?;
            if !premises.is_empty() {
                let place = reasons.iter().take_while(|reason| is_shortcoming(reason)).count();
                reasons.insert(place, Reason::RestsOnOpenPremise { premises });
            }
        }
        Ok(Settlement { settled: detail.is_decided() && reasons.is_empty(), reasons })
    }

    /// Whether a decided verdict is settled. The same as asking for every reason, and sooner done.
    pub(super) fn stays(&mut self, statement: StatementId, detail: Detail) -> Result<bool, JudgeError> {
        Ok(self.single_sources(statement, detail)?.is_empty()
            && self.weaker_weights(statement, detail)?.is_none()
            && !can_change(self, statement, detail)?)
    }

    /// The reason that lies in the verdict itself.
    fn shortcoming(&mut self, statement: StatementId, detail: Detail) -> Result<Option<Reason>, JudgeError> {
        self.in_base(|judge, base| {
            let degrees = judge.degrees(base, statement)?;
            Ok(match detail {
                Detail::Established | Detail::Refuted | Detail::Undecided => None,
                Detail::RivalReadings | Detail::ConflictingEvidence => Some(Reason::Contested {
                    rivals: judge.competing_readings(base, statement)?,
                    shared: judge.shared_sources(base, statement)?,
                }),
                Detail::Insufficient => Some(Reason::Insufficient(judge.shortfall(statement, degrees))),
                Detail::NoEvidence => Some(Reason::NoEvidence(judge.shortfall(statement, degrees))),
            })
        })
    }

    /// How far the case for a statement of these degrees is from its standard.
    pub fn shortfall(&self, statement: StatementId, degrees: Degrees) -> Shortfall {
        let bar = self.bar(statement);
        Shortfall {
            case: (bar.case.get() - degrees.case_for()).max(0.0),
            margin: (bar.margin.get() - (degrees.case_for() - degrees.case_against())).max(0.0),
        }
    }

    /// The sources that both sides draw on: in some world the case for is certain with the source and not
    /// without it, and in some world the case against likewise.
    fn shared_sources(&mut self, base: &mut Reading, statement: StatementId) -> Result<Vec<Source>, JudgeError> {
        if !self.is_exact() {
            return Ok(Vec::new());
        }
        let diagrams = self.written_diagrams(base, statement)?;
        let sources = self.sources_of(statement);
        let off: Vec<_> = sources.iter().map(|&source| self.variables_of(source)).collect();
        let [for_it, against] = EFFECTS.map(|side| diagrams.need(side, &off, &base.weights));
        let shared = for_it.into_iter().zip(against).map(|(for_it, against)| for_it && against);
        Ok(sources.into_iter().zip(shared).filter(|(_, shared)| *shared).map(|(source, _)| source).collect())
    }

    /// The sources whose loss changes a decided verdict.
    fn single_sources(&mut self, statement: StatementId, detail: Detail) -> Result<Vec<Source>, JudgeError> {
        let mut found = Vec::new();
        let sources = self.sources_of(statement);
        self.fill_losses(statement, &sources)?;
        for source in sources {
            if self.without(source, statement)?.1.contests_merged() != detail.contests_merged() {
                found.push(source);
            }
        }
        Ok(found)
    }

    /// Whether, and to what, a decided verdict falls when every number is a tenth less favourable.
    fn weaker_weights(&mut self, statement: StatementId, detail: Detail) -> Result<Option<Reason>, JudgeError> {
        let weights = self.in_base(|judge, base| judge.weakened(base, statement, detail))?;
        let mut reading = self.reading(weights);
        let falls_to = self.detail(&mut reading, statement)?;
        let falls = falls_to.contests_merged() != detail.contests_merged();
        Ok(falls.then_some(Reason::Weights { falls_to }))
    }

    /// Every number moved against the winning side: down where more of it helps, up where it hurts.
    fn weakened(&mut self, base: &mut Reading, statement: StatementId, detail: Detail) -> Result<Numbers, JudgeError> {
        let key = self.key(base, statement)?;
        let slopes = self.slopes_in(key, base, statement)?;
        let winning = if detail == Detail::Refuted { -1.0 } else { 1.0 };
        let further = self.further.map(|(effect, further)| (self.quantities.further(effect), further));
        let weaker = |(variable, lead): (VariableId, f64)| {
            let helps = winning * lead;
            let number = match further {
                Some((place, supposed)) if place == variable => supposed.weakened(helps),
                _ => weakened(base.weights[variable.index()], helps),
            };
            (variable, number)
        };
        Ok(base.weights.but(slopes.lead().map(weaker)))
    }

    /// Statements among the premises of supporting steps that are not decided as the steps need them.
    pub(super) fn open_premises(&mut self, statement: StatementId) -> Result<Vec<StatementId>, JudgeError> {
        let (accepted, rejected) = self.premises(statement);
        self.in_base(|judge, base| {
            let mut open = BTreeSet::new();
            for (premises, needed) in [(accepted, Detail::Established), (rejected, Detail::Refuted)] {
                for premise in premises {
                    if judge.detail(base, judge.case.canonical(premise))? != needed {
                        open.insert(premise);
                    }
                }
            }
            Ok(open.into_iter().collect())
        })
    }

    /// The statements that supporting steps of a statement need accepted, and those they need rejected.
    pub(super) fn premises(&self, statement: StatementId) -> (Vec<StatementId>, Vec<StatementId>) {
        let case = self.case;
        let as_statement = |premise: Premise| match premise {
            Premise::Statement(premise) => Some(premise),
            Premise::Source(_) => None,
        };
        let links = case.statements[statement].evidence.iter().enumerate();
        let accepted = links
            .filter(|(_, link)| link.effect == Effect::Supports)
            .filter(|&(index, _)| !self.scenario.removes(case, Step::Evidence { statement, index }))
            .filter_map(|(_, link)| as_statement(link.from));
        let steps: Vec<_> = (self.relations.inferences_to(statement).iter().copied())
            .filter(|&id| !self.scenario.removes(case, Step::Inference(id)))
            .map(|id| &case.inferences[id])
            .filter(|step| step.effect == Effect::Supports)
            .collect();
        let given = steps.iter().flat_map(|step| step.given.iter().copied().filter_map(as_statement));
        let rejected = steps.iter().flat_map(|step| step.given_rejected.iter().copied()).collect();
        (accepted.chain(given).collect(), rejected)
    }
}

/// A number moved by a part of itself against the winning side, by how much more of it helps that.
pub(super) fn weakened(number: f64, helps: f64) -> f64 {
    if helps > TOLERANCE {
        number * (1.0 - WEAKER_BY)
    } else if helps < -TOLERANCE {
        (number * (1.0 + WEAKER_BY)).min(1.0)
    } else {
        number
    }
}

fn is_shortcoming(reason: &Reason) -> bool {
    matches!(reason, Reason::Contested { .. } | Reason::Insufficient(_) | Reason::NoEvidence(_))
}
