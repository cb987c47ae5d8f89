//! What if: a case read with some of its numbers changed.

use std::collections::BTreeSet;

use crate::logic::{Parameter, Parameters, Step, Weights};
use crate::model::{
    Case, Document, DocumentId, Effect, Evidence, InferenceId, Period, Premise, Probability, QuoteState, Source,
    Standard, StatementId,
};
use crate::selector::Selector;

use super::origins::Origins;

/// Changes under which a case is read. The default changes nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scenario {
    /// Sources that never hold, and are no exhibits.
    pub without: Vec<Source>,
    /// Inferences that are left out.
    pub left_out: Vec<InferenceId>,
    /// Evidence that is left out, as its quotation was not found in a kept copy: statements, each with the number of a link, in
    /// order. None: evidence counts whatever became of its quotation.
    pub unverified: Option<Vec<(StatementId, usize)>>,
    /// Only documents that one of these means speak themselves: they alone are evidence, premise, undercut
    /// or impeachment. The others, and actors, still stand behind them as origins. Empty: all speak.
    pub only: Vec<Selector>,
    /// Reliabilities in place of those of the case.
    pub set_sources: Vec<(Source, Probability)>,
    /// Strengths of inferences in place of those of the case.
    pub set_inferences: Vec<(InferenceId, Probability)>,
    /// The standard that all statements are held to, in place of the case's and their own.
    pub standard: Option<Standard>,
    /// The date as of which the case is read: documents that became known after its last day never hold, and are no
    /// exhibits. None, or a date without an end: all are known.
    pub as_of: Option<Period>,
}

impl Scenario {
    /// The evidence of a case whose quotation was not found in a kept copy, for [`Scenario::unverified`]: that with a
    /// quotation which is missing, near, unchecked, or from a copy that has changed.
    pub fn unverified_of(case: &Case) -> Vec<(StatementId, usize)> {
        let links = case
            .statements
            .iter()
            .flat_map(|(id, entry)| entry.evidence.iter().enumerate().map(move |(at, link)| (id, at, link)));
        let is_unverified =
            |link: &Evidence| link.quote.is_some() && !link.quote_state.is_some_and(QuoteState::is_found);
        links.filter(|(.., link)| is_unverified(link)).map(|(id, at, _)| (id, at)).collect()
    }

    /// Whether it changes nothing.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a document was known by the date as of which the case is read. One of unknown date was.
    pub fn knows(&self, document: &Document) -> bool {
        let last = self.as_of.as_ref().and_then(Period::last_day);
        last.is_none_or(|last| document.known_by() <= Some(last))
    }

    /// The documents that became known after the date as of which the case is read, in order.
    pub fn not_yet_known<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = DocumentId> + 'a {
        case.documents.iter().filter(|(_, document)| !self.knows(document)).map(|(id, _)| id)
    }

    /// The documents that were known by the date as of which the case is read, and do not hold there only because something
    /// that they go back to was not known: each with its own origins of which that is so, in order.
    pub fn origin_not_yet_known(&self, case: &Case) -> Vec<(DocumentId, Vec<Source>)> {
        if self.as_of.is_none() {
            return Vec::new();
        }
        let mut origins = Origins::new(case, &self.without);
        let (known, later): (Vec<_>, Vec<_>) = case.documents.ids().partition(|&id| self.knows(&case.documents[id]));
        known.into_iter().for_each(|id| drop(origins.learn(id)));
        let mut waiting: Vec<DocumentId> = later.into_iter().flat_map(|id| origins.learn(id)).collect();
        waiting.retain(|&id| self.knows(&case.documents[id]));
        waiting.sort_unstable();
        let are_out = self.struck(case).into_iter().chain(waiting.iter().map(|&id| Source::Document(id)));
        let are_out: BTreeSet<Source> = are_out.collect();
        let of = |id: DocumentId| -> Vec<Source> {
            case.documents[id].origins().filter(|origin| are_out.contains(origin)).collect()
        };
        waiting.into_iter().map(|id| (id, of(id))).collect()
    }

    /// The documents in this reading of which it is not known when they became known, in order: they count as known.
    pub fn undated<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = DocumentId> + 'a {
        case.undated().filter(|&id| !self.without.contains(&Source::Document(id)))
    }

    /// Whether a source never holds, and is no exhibit: it is taken out, or a document that is not yet known.
    pub fn strikes(&self, case: &Case, source: Source) -> bool {
        let is_known = match source {
            Source::Document(document) => self.knows(&case.documents[document]),
            Source::Actor(_) => true,
        };
        !is_known || self.without.contains(&source)
    }

    /// All the sources that it strikes.
    pub fn struck(&self, case: &Case) -> BTreeSet<Source> {
        self.without.iter().copied().chain(self.not_yet_known(case).map(Source::Document)).collect()
    }

    /// The numbers of the case under this scenario, with all sources.
    pub(super) fn weights(&self, case: &Case, quantities: &Parameters) -> Weights {
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
        weights
    }

    /// Whether a step plays no part under this scenario, as if it had not been written.
    pub(crate) fn removes(&self, case: &Case, step: Step) -> bool {
        self.silences(case, Parameter::Strength(step))
    }

    fn silences(&self, case: &Case, quantity: Parameter) -> bool {
        match quantity {
            Parameter::Reliability(_) | Parameter::Draw(_) | Parameter::Ratio(_) | Parameter::Assumed(_) => false,
            Parameter::Passage(..) | Parameter::Further(_) => false,
            Parameter::Strength(Step::Evidence { statement, index })
            | Parameter::Present(Step::Evidence { statement, index }) => {
                !self.speaks(case.statements[statement].evidence[index].from) || self.is_unverified(statement, index)
            }
            Parameter::Strength(Step::Inference(inference)) | Parameter::Present(Step::Inference(inference)) => {
                self.left_out.contains(&inference)
                    || case.inferences[inference].given.iter().any(|&premise| !self.speaks(premise))
            }
            Parameter::Undercut(step, index) => !self.speaks(step.undercuts(case)[index].from),
            Parameter::Impeachment(source, index) => !self.speaks(case.impeachments(source)[index].from),
        }
    }

    fn is_unverified(&self, statement: StatementId, index: usize) -> bool {
        self.unverified.as_ref().is_some_and(|links| links.binary_search(&(statement, index)).is_ok())
    }

    /// Whether something may be evidence, premise, undercut or impeachment.
    pub(crate) fn speaks(&self, from: Premise) -> bool {
        self.only.is_empty()
            || match from {
                Premise::Statement(_) => true,
                Premise::Source(Source::Document(document)) => self.admits(document),
                Premise::Source(Source::Actor(_)) => false,
            }
    }

    /// Whether a document may speak itself.
    pub(super) fn admits(&self, document: DocumentId) -> bool {
        self.only.is_empty() || self.only.iter().any(|selector| selector.matches(document))
    }
}

/// The effects of a passage, in the order in which completions try them.
pub(crate) const EFFECTS: [Effect; 2] = [Effect::Supports, Effect::Opposes];
