//! The engine's words in those of the definition, and what it is asked in its own.

use evigraph::Scenario;
use evigraph::Selector;
use evigraph::internals::verdict::{self};
use evigraph::{Case, Source, Standard};

use super::{Degrees, Detail, Situation};
use crate::support::random::Dice;
use crate::support::sketch::{Sketch, actor_at, document_at, inference_at, probability};

impl Situation {
    /// A random one for a case.
    pub fn random(sketch: &Sketch, case: &Case, seed: u64) -> Self {
        let mut dice = Dice::new(!seed);
        let mut situation = Self::default();
        let (documents, actors) = (sketch.documents.len(), sketch.actors.len());
        if documents == 0 {
            return situation;
        }
        let source = |dice: &mut Dice| match dice.below(documents + actors) {
            at if at < documents => Source::Document(document_at(at)),
            at => Source::Actor(actor_at(at - documents)),
        };
        if dice.chance(40) {
            situation.without = (0..dice.within(&(1..=2))).map(|_| source(&mut dice)).collect();
        }
        if dice.chance(40) {
            situation.set_sources = vec![(source(&mut dice), probability(dice.between(0.0, 1.0)))];
        }
        let inferences = sketch.inferences.len();
        if inferences > 0 {
            if dice.chance(40) {
                situation.left_out = vec![inference_at(dice.below(inferences))];
            }
            if dice.chance(40) {
                let inference = inference_at(dice.below(inferences));
                situation.set_inferences = vec![(inference, probability(dice.between(0.0, 1.0)))];
            }
        }
        if dice.chance(30) {
            // Where nothing has the tag, nothing speaks.
            let seen = Selector::parse("tag:seen", case);
            let none = || Selector::parse("withheld:yes and withheld:no", case).expect("it is a selector");
            situation.only = vec![seen.unwrap_or_else(|_| none())];
        }
        if dice.chance(30) {
            situation.standard = Some(*dice.pick(&Standard::ALL));
        }
        situation
    }

    /// The same for the engine.
    pub fn scenario(&self) -> Scenario {
        Scenario {
            without: self.without.clone(),
            left_out: self.left_out.clone(),
            unverified: None,
            only: self.only.clone(),
            set_sources: self.set_sources.clone(),
            set_inferences: self.set_inferences.clone(),
            standard: self.standard,
            as_of: None,
        }
    }
}

/// A detail of the engine's.
pub fn in_words(detail: verdict::Detail) -> Detail {
    match detail {
        verdict::Detail::Established => Detail::Established,
        verdict::Detail::Refuted => Detail::Refuted,
        verdict::Detail::RivalReadings => Detail::RivalReadings,
        verdict::Detail::ConflictingEvidence => Detail::ConflictingEvidence,
        verdict::Detail::NoEvidence => Detail::NoEvidence,
        verdict::Detail::Insufficient => Detail::Insufficient,
        verdict::Detail::Undecided => panic!("exact degrees decide every verdict"),
    }
}

/// Whether the engine's degrees are the expected ones, but for rounding.
pub fn same_degrees(found: &verdict::Degrees, expected: &Degrees) -> bool {
    let pairs = [
        (found.in_favour, expected.in_favour),
        (found.against, expected.against),
        (found.conflict, expected.conflict),
        (found.ignorance, expected.ignorance),
        (found.case_for(), expected.case_for()),
        (found.case_against(), expected.case_against()),
    ];
    pairs.iter().all(|(found, expected)| (found - expected).abs() <= 1e-12)
}
