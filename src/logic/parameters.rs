//! The numbers of a case as variables, the same ones for every program that is compiled from it.

use crate::model::{Case, DocumentId, Effect, InferenceId, Source, StatementId};

use super::program::narrow;
use super::{Passage, Step, VariableId};

/// What a variable stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    /// Reliability of a document, or of an actor (1 where it gives none).
    Reliability(Source),
    /// Strength of an evidence link or an inference.
    Strength(Step),
    /// Strength of an undercut.
    Undercut(Step, usize),
    /// Strength of an impeachment.
    Impeachment(Source, usize),
    /// A withheld passage that speaks for or against a statement.
    Passage(DocumentId, StatementId, Effect),
    /// Further evidence on one side of a statement, which is only supposed.
    Further(Effect),
}

/// The probability of every variable to be on, by variable.
pub type Weights = Vec<f64>;

/// Every number of a case in one row: documents, actors, links with their undercuts, inferences with
/// their undercuts, impeachments, the withheld passages, two for each (for and against), and last two
/// for further evidence that may be supposed.
#[derive(Debug, Clone)]
pub struct Parameters {
    parameters: Vec<Parameter>,
    actors: u32,
    /// The place of each statement's first link in `link_variables`.
    links: Vec<u32>,
    link_variables: Vec<u32>,
    inferences: Vec<u32>,
    document_impeachments: Vec<u32>,
    actor_impeachments: Vec<u32>,
    passages: u32,
}

impl Parameters {
    /// Numbers the parameters of a case and of its withheld passages. Cost: linear in their number.
    pub fn new(case: &Case, passages: &[Passage]) -> Self {
        let mut row = Vec::new();
        row.extend(case.documents.ids().map(|id| Parameter::Reliability(Source::Document(id))));
        let actors = next(&row);
        row.extend(case.actors.ids().map(|id| Parameter::Reliability(Source::Actor(id))));
        let mut links = Vec::with_capacity(case.statements.len());
        let mut link_variables = Vec::new();
        for (statement, entry) in case.statements.iter() {
            links.push(narrow(link_variables.len()));
            for (index, link) in entry.evidence.iter().enumerate() {
                link_variables.push(next(&row));
                push_step(&mut row, Step::Evidence { statement, index }, link.undercut_by.len());
            }
        }
        let mut inferences = Vec::with_capacity(case.inferences.len());
        for (id, inference) in case.inferences.iter() {
            inferences.push(next(&row));
            push_step(&mut row, Step::Inference(id), inference.undercut_by.len());
        }
        let impeachments = |row: &mut Vec<Parameter>, source| {
            let first = next(row);
            row.extend((0..case.impeachments(source).len()).map(|index| Parameter::Impeachment(source, index)));
            first
        };
        let document_impeachments =
            case.documents.ids().map(|id| impeachments(&mut row, Source::Document(id))).collect();
        let actor_impeachments = case.actors.ids().map(|id| impeachments(&mut row, Source::Actor(id))).collect();
        let first_passage = next(&row);
        for passage in passages {
            for effect in [Effect::Supports, Effect::Opposes] {
                row.push(Parameter::Passage(passage.document, passage.statement, effect));
            }
        }
        row.extend([Effect::Supports, Effect::Opposes].map(Parameter::Further));
        Self {
            parameters: row,
            actors,
            links,
            link_variables,
            inferences,
            document_impeachments,
            actor_impeachments,
            passages: first_passage,
        }
    }

    /// How many variables there are.
    pub fn len(&self) -> usize {
        self.parameters.len()
    }

    /// Whether there is none; there always are two.
    pub fn is_empty(&self) -> bool {
        self.parameters.is_empty()
    }

    /// Every variable with what it stands for.
    pub fn iter(&self) -> impl Iterator<Item = (VariableId, Parameter)> + '_ {
        (0..).map(VariableId).zip(self.parameters.iter().copied())
    }

    /// What a variable stands for.
    pub fn quantity(&self, variable: VariableId) -> Parameter {
        self.parameters[variable.index()]
    }

    /// The variable of a source.
    pub fn source(&self, source: Source) -> VariableId {
        match source {
            Source::Document(document) => VariableId(narrow(document.index())),
            Source::Actor(actor) => VariableId(self.actors + narrow(actor.index())),
        }
    }

    /// The variable of a step.
    pub fn step(&self, step: Step) -> VariableId {
        match step {
            Step::Evidence { statement, index } => {
                VariableId(self.link_variables[self.links[statement.index()] as usize + index])
            }
            Step::Inference(inference) => VariableId(self.inferences[inference.index()]),
        }
    }

    /// The variable of the undercut at `index` of a step, given the step's own variable.
    pub fn undercut(&self, step: VariableId, index: usize) -> VariableId {
        VariableId(step.0 + 1 + narrow(index))
    }

    /// The variable of the impeachment at `index` of a source.
    pub fn impeachment(&self, source: Source, index: usize) -> VariableId {
        let first = match source {
            Source::Document(document) => self.document_impeachments[document.index()],
            Source::Actor(actor) => self.actor_impeachments[actor.index()],
        };
        VariableId(first + narrow(index))
    }

    /// The variable of the `index`th passage, speaking for or against its statement.
    pub fn passage(&self, index: usize, effect: Effect) -> VariableId {
        let side = u32::from(effect == Effect::Opposes);
        VariableId(self.passages + 2 * narrow(index) + side)
    }

    /// The variable of further evidence that is supposed on one side.
    pub fn further(&self, effect: Effect) -> VariableId {
        let from_the_end = if effect == Effect::Supports { 2 } else { 1 };
        VariableId(narrow(self.parameters.len() - from_the_end))
    }

    /// The variable of an inference.
    pub fn inference(&self, inference: InferenceId) -> VariableId {
        VariableId(self.inferences[inference.index()])
    }

    /// The numbers as the case states them; withheld passages are absent.
    pub fn weights(&self, case: &Case) -> Weights {
        self.parameters.iter().map(|&quantity| number(case, quantity)).collect()
    }
}

fn number(case: &Case, quantity: Parameter) -> f64 {
    match quantity {
        Parameter::Reliability(Source::Document(document)) => case.documents[document].reliability.get(),
        Parameter::Reliability(Source::Actor(actor)) => {
            case.actors[actor].reliability.map_or(1.0, |reliability| reliability.get())
        }
        Parameter::Strength(Step::Evidence { statement, index }) => {
            case.statements[statement].evidence[index].strength.get()
        }
        Parameter::Strength(Step::Inference(inference)) => case.inferences[inference].strength.get(),
        Parameter::Undercut(step, index) => step.undercuts(case)[index].strength.get(),
        Parameter::Impeachment(source, index) => case.impeachments(source)[index].strength.get(),
        Parameter::Passage(..) | Parameter::Further(_) => 0.0,
    }
}

fn push_step(row: &mut Vec<Parameter>, step: Step, undercuts: usize) {
    row.push(Parameter::Strength(step));
    row.extend((0..undercuts).map(|index| Parameter::Undercut(step, index)));
}

fn next(row: &[Parameter]) -> u32 {
    narrow(row.len())
}
