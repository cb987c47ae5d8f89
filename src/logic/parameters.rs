//! The numbers of a case as variables, the same ones for every program that is compiled from it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::{Case, DocumentId, Effect, InferenceId, Probability, Source, StatementId};

use super::program::narrow;
use super::steps::{SharedStep, Steps};
use super::{Passage, Step, VariableId};

/// What a variable stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    /// Reliability of a document, or of an actor (1 where it gives none).
    Reliability(Source),
    /// Strength of an inference, or of an evidence link that is a step of its own.
    Strength(Step),
    /// Strength of a step of several evidence links, by the strongest of them: this is the first such link.
    Draw(Step),
    /// Strength of the weaker links of such a step, as a part of the next stronger ones': this is the first of them.
    Ratio(Step),
    /// Whether an evidence link plays a part that is one step with others: 1, unless it is left out.
    Present(Step),
    /// How strongly the author assumes a statement.
    Assumed(StatementId),
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

impl Parameter {
    /// Whether it is a number of the case, rather than something that follows from others or is only supposed.
    pub fn is_written(self) -> bool {
        match self {
            Self::Ratio(_) | Self::Present(_) | Self::Passage(..) | Self::Further(_) => false,
            Self::Reliability(_) | Self::Strength(_) | Self::Draw(_) | Self::Assumed(_) => true,
            Self::Undercut(..) | Self::Impeachment(..) => true,
        }
    }
}

/// The draw of a step of several links, as far as it bears on some of them: those that have the same strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Draw {
    /// The first of these links, which the draw is named by.
    pub(super) first: Step,
    /// On where the draw reaches these links, given that it reaches the next stronger.
    pub(super) variable: VariableId,
    /// The first of the next stronger links; none where these are the strongest.
    pub(super) stronger: Option<Step>,
}

/// Every number of a case in one row: documents, actors, links with their undercuts, inferences with
/// their undercuts, impeachments, steps of several links, assumptions, the withheld passages, two for each (for and
/// against), and last two for further evidence that may be supposed.
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
    /// The draws of the steps of several links, those of stronger links before those of weaker ones.
    draws: Vec<Draw>,
    /// The places in `draws` of links that are one step with others.
    drawn: FxHashMap<Step, u32>,
    assumptions: BTreeMap<StatementId, VariableId>,
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
        let mut steps = Steps::new(case);
        let mut shared: Vec<(StatementId, SharedStep)> = Vec::new();
        for (statement, entry) in case.statements.iter() {
            links.push(narrow(link_variables.len()));
            let own = link_variables.len();
            for (index, link) in entry.evidence.iter().enumerate() {
                link_variables.push(next(&row));
                push_step(&mut row, Step::Evidence { statement, index }, link.undercut_by.len());
            }
            for step in steps.shared(statement) {
                for &index in step.iter().flatten() {
                    row[link_variables[own + index] as usize] = Parameter::Present(Step::Evidence { statement, index });
                }
                shared.push((statement, step));
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
        let (draws, drawn) = draws(&mut row, &shared);
        let assumed = case.statements.iter().filter(|(_, entry)| entry.assumed.is_some());
        let mut assumptions = BTreeMap::new();
        for (id, _) in assumed {
            assumptions.insert(id, VariableId(next(&row)));
            row.push(Parameter::Assumed(id));
        }
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
            draws,
            drawn,
            assumptions,
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

    /// The variable that is off where a link or an inference is left out: its strength, but for a link that is one step
    /// with others.
    pub fn step(&self, step: Step) -> VariableId {
        match step {
            Step::Evidence { statement, index } => {
                VariableId(self.link_variables[self.links[statement.index()] as usize + index])
            }
            Step::Inference(inference) => VariableId(self.inferences[inference.index()]),
        }
    }

    /// The draw of the step that a link shares with others; none where it is a step of its own.
    pub(super) fn draw(&self, link: Step) -> Option<Draw> {
        self.drawn.get(&link).map(|&place| self.draws[place as usize])
    }

    /// The draws of the steps of several links, those of stronger links before those of weaker ones.
    pub(super) fn draws(&self) -> impl Iterator<Item = Draw> + use<'_> {
        self.draws.iter().copied()
    }

    /// The assumed statements, with their variables.
    pub fn assumptions(&self) -> impl Iterator<Item = (StatementId, VariableId)> + '_ {
        self.assumptions.iter().map(|(&statement, &variable)| (statement, variable))
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
        self.parameters.iter().map(|&quantity| self.number(case, quantity)).collect()
    }

    fn number(&self, case: &Case, parameter: Parameter) -> f64 {
        match parameter {
            Parameter::Reliability(Source::Document(document)) => case.documents[document].reliability.get(),
            Parameter::Reliability(Source::Actor(actor)) => {
                case.actors[actor].reliability.map_or(1.0, Probability::get)
            }
            Parameter::Strength(step) | Parameter::Draw(step) => step.strength(case).get(),
            Parameter::Ratio(step) => {
                let stronger = self.draw(step).and_then(|draw| draw.stronger);
                step.strength(case).get() / stronger.map_or(1.0, |stronger| stronger.strength(case).get())
            }
            Parameter::Present(_) => 1.0,
            Parameter::Assumed(statement) => case.statements[statement].assumed.map_or(0.0, Probability::get),
            Parameter::Undercut(step, index) => step.undercuts(case)[index].strength.get(),
            Parameter::Impeachment(source, index) => case.impeachments(source)[index].strength.get(),
            Parameter::Passage(..) | Parameter::Further(_) => 0.0,
        }
    }
}

/// The draws of the steps of several links.
fn draws(row: &mut Vec<Parameter>, shared: &[(StatementId, SharedStep)]) -> (Vec<Draw>, FxHashMap<Step, u32>) {
    let (mut draws, mut drawn) = (Vec::new(), FxHashMap::default());
    for (statement, step) in shared {
        let link = |index: usize| Step::Evidence { statement: *statement, index };
        let mut stronger = None;
        for equal in step {
            let draw = Draw { first: link(equal[0]), variable: VariableId(next(row)), stronger };
            row.push(if stronger.is_none() { Parameter::Draw(draw.first) } else { Parameter::Ratio(draw.first) });
            drawn.extend(equal.iter().map(|&index| (link(index), narrow(draws.len()))));
            draws.push(draw);
            stronger = Some(draw.first);
        }
    }
    (draws, drawn)
}

fn push_step(row: &mut Vec<Parameter>, step: Step, undercuts: usize) {
    row.push(Parameter::Strength(step));
    row.extend((0..undercuts).map(|index| Parameter::Undercut(step, index)));
}

fn next(row: &[Parameter]) -> u32 {
    narrow(row.len())
}
