//! Which number each source has in every output, and which statement stands where in a report.
//!
//! Both follow from the case alone, so that a statement or a source keeps its number whatever a report leaves out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::{Attack, Case, DocumentId, DocumentKind, Inference, Premise, Source, StatementId};

/// A section before it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    pub(crate) heading: String,
    pub(crate) text: Option<String>,
    pub(crate) statements: Vec<StatementId>,
}

/// The numbers of sources and statements.
#[derive(Debug, Clone)]
pub struct Citations {
    pub(crate) sections: Vec<Plan>,
    numbers: BTreeMap<StatementId, (usize, usize)>,
    sources: BTreeMap<Source, u64>,
    /// How many of its first words distinguish the text of each statement from every other.
    apart: OnceLock<Vec<usize>>,
}

impl Citations {
    /// Cost: linear in the size of the case.
    pub fn new(case: &Case) -> Self {
        let sections = sections(case);
        let mut numbers = BTreeMap::new();
        for (at, section) in sections.iter().enumerate() {
            for (place, &statement) in section.statements.iter().enumerate() {
                numbers.entry(statement).or_insert((at + 1, place + 1));
            }
        }
        let sources = source_numbers(case, &sections);
        Self { sections, numbers, sources, apart: OnceLock::new() }
    }

    /// The number of a statement: its section and its place in it, `2.3`, where it stands first.
    pub(crate) fn number(&self, statement: StatementId) -> String {
        let (section, place) = self.numbers[&statement];
        format!("{section}.{place}")
    }

    /// Section and place of a statement, where it stands first.
    pub(crate) fn place(&self, statement: StatementId) -> (usize, usize) {
        self.numbers[&statement]
    }

    /// The number of a source; none of an actor that is no source of anything.
    pub(crate) fn source_number(&self, source: Source) -> Option<u64> {
        self.sources.get(&source).copied()
    }

    /// How many of its first words distinguish the text of a statement from every other in the case.
    ///
    /// Cost, when it is first asked: a sort of the texts.
    pub(crate) fn words_apart(&self, case: &Case, statement: StatementId) -> usize {
        self.apart.get_or_init(|| words_apart(case))[statement.index()]
    }

    /// Every source that has a place in the list, in the order of their numbers.
    pub(crate) fn sources(&self) -> Vec<Source> {
        let mut sources: Vec<(u64, Source)> = self.sources.iter().map(|(&source, &number)| (number, source)).collect();
        sources.sort_unstable();
        sources.into_iter().map(|(_, source)| source).collect()
    }
}

/// For each statement, one more than the words that its text has in common, from the first, with any other's.
fn words_apart(case: &Case) -> Vec<usize> {
    let words = |id: StatementId| case.statements[id].text.split_whitespace();
    let mut order: Vec<StatementId> = case.statements.ids().collect();
    order.sort_by(|&one, &other| words(one).cmp(words(other)));
    let mut apart = vec![1; order.len()];
    for pair in order.windows(2) {
        let common = words(pair[0]).zip(words(pair[1])).take_while(|(one, other)| one == other).count();
        for &id in pair {
            apart[id.index()] = apart[id.index()].max(common + 1);
        }
    }
    apart
}

/// The sections that the case lays out, or else one a question; what they leave out stands behind them.
fn sections(case: &Case) -> Vec<Plan> {
    let mut sections: Vec<Plan> = if case.report.sections.is_empty() {
        let questions = case.questions.values();
        questions.map(|one| plan(&one.text, None, one.claims.clone())).collect()
    } else {
        let laid_out = case.report.sections.iter();
        laid_out.map(|one| plan(one.heading(), one.text.clone(), one.claims.clone())).collect()
    };
    let in_sections: BTreeSet<StatementId> =
        sections.iter().flat_map(|section| section.statements.iter().copied()).collect();
    let left = |claims: bool| -> Vec<StatementId> {
        let ids = case.statements.iter().filter(|(id, entry)| entry.is_claim() == claims && !in_sections.contains(id));
        ids.map(|(id, _)| id).collect()
    };
    let heading = if sections.is_empty() { "Claims" } else { "Further claims" };
    for (heading, statements) in [(heading, left(true)), ("Relationships", left(false))] {
        if !statements.is_empty() {
            sections.push(plan(heading, None, statements));
        }
    }
    sections
}

fn plan(heading: &str, text: Option<String>, statements: Vec<StatementId>) -> Plan {
    let mut seen = BTreeSet::new();
    let statements = statements.into_iter().filter(|&statement| seen.insert(statement)).collect();
    Plan { heading: heading.to_owned(), text, statements }
}

/// Citations of sources: the author's where one is given (the first of two that are the same), then counting on, in the
/// order in which the report cites them. What is cited nowhere comes last.
fn source_numbers(case: &Case, sections: &[Plan]) -> BTreeMap<Source, u64> {
    let mut numbers = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (id, document) in case.documents.iter() {
        if let Some(number) = document.cite.map(u64::from).filter(|&number| taken.insert(number)) {
            numbers.insert(Source::Document(id), number);
        }
    }
    let mut next = taken.last().map_or(1, |&last| last + 1);
    for source in in_order_of_citation(case, sections) {
        numbers.entry(source).or_insert_with(|| {
            let number = next;
            next += 1;
            number
        });
    }
    numbers
}

fn in_order_of_citation(case: &Case, sections: &[Plan]) -> Vec<Source> {
    let mut steps: BTreeMap<StatementId, Vec<&Inference>> = BTreeMap::new();
    for step in case.inferences.values() {
        steps.entry(step.to).or_default().push(step);
    }
    let mut order = Order::default();
    for statement in sections.iter().flat_map(|section| &section.statements) {
        let steps = steps.get(statement).into_iter().flatten();
        order.extend(evidence_of(case, *statement).chain(steps.flat_map(|step| premises_of(step))));
    }
    // Origins and impeachments of what is cited, and theirs.
    let mut at = 0;
    while let Some(&source) = order.list.get(at) {
        order.extend(behind(case, source));
        at += 1;
    }
    let (archives, papers): (Vec<DocumentId>, Vec<DocumentId>) =
        case.documents.ids().partition(|&id| case.documents[id].kind == DocumentKind::Archive);
    order.extend(papers.into_iter().chain(archives).map(Source::Document));
    order.list
}

/// Sources, each once, in the order in which they came.
#[derive(Default)]
struct Order {
    list: Vec<Source>,
    known: BTreeSet<Source>,
}

impl Order {
    fn extend(&mut self, sources: impl IntoIterator<Item = Source>) {
        for source in sources {
            if self.known.insert(source) {
                self.list.push(source);
            }
        }
    }
}

/// The sources that the links of a statement start from or rely on, and those of their undercuts.
fn evidence_of(case: &Case, statement: StatementId) -> impl Iterator<Item = Source> + '_ {
    case.statements[statement].evidence.iter().flat_map(|link| {
        let relied_on = link.relies_on.iter().copied();
        link.from.source().into_iter().chain(relied_on).chain(attackers(&link.undercut_by))
    })
}

/// The sources among the premises of a step, and those of its undercuts.
fn premises_of(step: &Inference) -> impl Iterator<Item = Source> + '_ {
    step.given.iter().copied().filter_map(Premise::source).chain(attackers(&step.undercut_by))
}

/// What a source derives from and rests on, and what impeaches it.
fn behind(case: &Case, source: Source) -> Vec<Source> {
    case.behind(source).chain(attackers(case.impeachments(source))).collect()
}

fn attackers(attacks: &[Attack]) -> impl Iterator<Item = Source> + '_ {
    attacks.iter().filter_map(|attack| attack.from.source())
}
