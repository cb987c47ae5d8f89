//! What if: a case read with some of its numbers changed.

use crate::logic::{Quantities, Quantity, Step, Weights};
use crate::model::{Case, DocumentId, Effect, InferenceId, Manner, Premise, Probability, Selector, Source, Standard};

/// Changes under which a case is read. The default changes nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scenario {
    /// Sources that never hold, and are no exhibits.
    pub without: Vec<Source>,
    /// Inferences that are left out.
    pub left_out: Vec<InferenceId>,
    /// Only documents that one of these means speak themselves: they alone are evidence, premise, undercut
    /// or impeachment. The others, and actors, still stand behind them as origins. Empty: all speak.
    pub only: Vec<Selector>,
    /// Reliabilities in place of those of the case.
    pub set_sources: Vec<(Source, Probability)>,
    /// Strengths of inferences in place of those of the case.
    pub set_inferences: Vec<(InferenceId, Probability)>,
    /// The standard that all statements are held to, in place of the case's and their own.
    pub standard: Option<Standard>,
}

impl Scenario {
    /// Whether it changes nothing.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// The numbers of the case under this scenario.
    pub(super) fn weights(&self, case: &Case, quantities: &Quantities) -> Weights {
        let mut weights = quantities.weights(case);
        for &(source, number) in &self.set_sources {
            weights[quantities.source(source).index()] = number.get();
        }
        for &(inference, number) in &self.set_inferences {
            weights[quantities.inference(inference).index()] = number.get();
        }
        for (variable, quantity) in quantities.iter() {
            if self.silences(case, quantity) {
                weights[variable.index()] = 0.0;
            }
        }
        for &source in &self.without {
            drop_source(case, quantities, source, &mut weights);
        }
        weights
    }

    /// Whether a step plays no part under this scenario, as if it had not been written.
    pub(super) fn removes(&self, case: &Case, step: Step) -> bool {
        self.silences(case, Quantity::Strength(step))
    }

    fn silences(&self, case: &Case, quantity: Quantity) -> bool {
        let attacks = |step| match step {
            Step::Evidence { statement, index } => &case.statements[statement].evidence[index].undercut_by,
            Step::Inference(inference) => &case.inferences[inference].undercut_by,
        };
        match quantity {
            Quantity::Reliability(_) | Quantity::Passage(..) => false,
            Quantity::Strength(Step::Evidence { statement, index }) => {
                !self.speaks(case, case.statements[statement].evidence[index].from)
            }
            Quantity::Strength(Step::Inference(inference)) => {
                self.left_out.contains(&inference)
                    || case.inferences[inference].given.iter().any(|&premise| !self.speaks(case, premise))
            }
            Quantity::Undercut(step, index) => !self.speaks(case, attacks(step)[index].from),
            Quantity::Impeachment(source, index) => !self.speaks(case, case.impeachments(source)[index].from),
        }
    }

    /// Whether something may be evidence, premise, undercut or impeachment.
    fn speaks(&self, case: &Case, from: Premise) -> bool {
        self.only.is_empty()
            || match from {
                Premise::Statement(_) => true,
                Premise::Source(Source::Document(document)) => self.admits(case, document),
                Premise::Source(Source::Actor(_)) => false,
            }
    }

    /// Whether a document may speak itself.
    pub(super) fn admits(&self, case: &Case, document: DocumentId) -> bool {
        self.only.is_empty() || self.only.iter().any(|selector| selector.matches(case, document))
    }
}

/// Lets a source never hold, and be no exhibit.
pub(super) fn drop_source(case: &Case, quantities: &Quantities, source: Source, weights: &mut Weights) {
    for variable in source_variables(case, quantities, source) {
        weights[variable.index()] = 0.0;
    }
}

/// The variables that are off when a source is dropped: its own, and those of the links it is an exhibit in.
pub(super) fn source_variables(case: &Case, quantities: &Quantities, source: Source) -> Vec<crate::logic::VariableId> {
    let exhibits = case.statements.iter().flat_map(|(statement, entry)| {
        let links = entry.evidence.iter().enumerate();
        links
            .filter(|(_, link)| link.manner == Some(Manner::Exhibit) && link.from == Premise::Source(source))
            .map(move |(index, _)| quantities.step(case, Step::Evidence { statement, index }))
    });
    std::iter::once(quantities.source(source)).chain(exhibits).collect()
}

/// The effects of a passage, in the order in which completions try them.
pub(super) const EFFECTS: [Effect; 2] = [Effect::Supports, Effect::Opposes];
