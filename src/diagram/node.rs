//! Makes the nodes of a scene: shape, kind, text, verdict and a few facts.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Answer, StatementAnswer};
use crate::model::{
    ActorId, ActorKind, Case, Citations, ClaimKind, DocumentId, DocumentKind, Effect, Evidence, InferenceId, Nature,
    Node, Premise, QuestionId, Source, Statement, StatementId,
};
use crate::verdict::{Finding, Verdict};
use crate::words::{count, date_phrase, degree, finding_phrase, joined};

use super::absent::Absent;
use super::chosen::SourcesShown;
use super::options::Subject;
use super::scene::{Figure, Mark, SceneNode};
use super::text::clean;

/// So many questions that a statement is a claim of are named.
const FEW_NAMED: usize = 4;

/// Makes nodes from a case and the answers to it.
pub(super) struct Nodes<'a> {
    pub(super) case: &'a Case,
    pub(super) answer: &'a Answer,
    pub(super) sources: SourcesShown,
    /// The citations of sources, where statements cite them.
    pub(super) citations: &'a BTreeMap<Source, u64>,
    /// What a what-if leaves out.
    pub(super) absent: Absent<'a>,
    /// The links that are one step with others.
    pub(super) steps: &'a Steps,
}

/// Of links that are one step with others, by their statement and their place there, which step that is.
pub(super) type Steps = BTreeMap<(StatementId, usize), usize>;

/// The citations of sources: their numbers, the same as in every output.
pub(super) fn citations(citations: &Citations, sources: &[Source]) -> BTreeMap<Source, u64> {
    sources.iter().filter_map(|&source| Some((source, citations.source_number(source)?))).collect()
}

/// The answer on a statement. Cost: logarithmic in the answers, which are in the order of their statements.
pub(super) fn answer_on(answer: &Answer, statement: StatementId) -> Option<&StatementAnswer> {
    let found = answer.statements.binary_search_by_key(&statement, |answer| answer.statement);
    found.ok().map(|index| &answer.statements[index])
}

impl Nodes<'_> {
    /// The node of one subject.
    pub(super) fn node(&self, subject: Subject) -> SceneNode {
        match subject {
            Subject::Question(question) => self.question(question),
            Subject::Node(node) if self.absent.node(node) => left_out(self.node_of(node)),
            Subject::Node(node) => self.node_of(node),
        }
    }

    fn node_of(&self, node: Node) -> SceneNode {
        match node {
            Node::Statement(statement) => self.statement(statement),
            Node::Inference(inference) => self.inference(inference),
            Node::Document(document) => self.document(document),
            Node::Actor(actor) => self.actor(actor),
        }
    }

    /// The verdict on a statement.
    pub(super) fn mark(&self, statement: StatementId) -> Option<Mark> {
        answer_on(self.answer, statement).map(|answer| Mark {
            detail: answer.assessment.detail,
            settled: answer.settlement.as_ref().and_then(|settlement| settlement.settled),
            degrees: answer.assessment.degrees,
        })
    }

    fn question(&self, id: QuestionId) -> SceneNode {
        let question = &self.case.questions[id];
        let mut node = plain(question.key.as_str(), Figure::Question, "question", &question.text);
        if let Some(answer) = self.answer.questions.iter().find(|answer| answer.question == id) {
            let supported =
                answer.claims.iter().filter(|claim| claim.assessment.verdict() == Verdict::Supported).count();
            let claims = count(answer.claims.len(), "claim");
            node.facts = vec![format!("{}: {supported} of {claims} supported", finding_phrase(answer.finding))];
        }
        node
    }

    fn statement(&self, id: StatementId) -> SceneNode {
        let statement = &self.case.statements[id];
        let (figure, kind) = kind_word(statement);
        let mut node = plain(statement.key.as_str(), figure, kind, &statement.text);
        let assumed = if self.case.statements[id].assumed.is_some() { " · assumed" } else { "" };
        node.heading = clean(&format!("{kind}{assumed}{}", self.asked(id)));
        node.mark = self.mark(id);
        node.assumed = statement.assumed.is_some();
        match self.sources {
            SourcesShown::Counted => node.facts.extend(self.counted(id)),
            SourcesShown::Cited => node.facts.extend(self.cited(id)),
            SourcesShown::Linked | SourcesShown::Hidden => {}
        }
        node
    }

    /// Which questions a statement is a claim of.
    fn asked(&self, id: StatementId) -> String {
        let asked = self.case.questions.values().filter(|question| question.claims.contains(&id));
        let keys: Vec<&str> = asked.map(|question| question.key.as_str()).collect();
        match (keys.as_slice(), self.case.questions.len()) {
            ([], _) => String::new(),
            (_, 1) => " · of the question".to_owned(),
            (keys, _) if keys.len() <= FEW_NAMED => format!(" · of {}", joined(keys)),
            (keys, _) => {
                let others = count(keys.len() - FEW_NAMED, "other");
                format!(" · of {}", joined(keys[..FEW_NAMED].iter().copied().chain([others.as_str()])))
            }
        }
    }

    /// The citations of the sources for a statement and against it, and of those that are left out.
    fn cited(&self, id: StatementId) -> Vec<String> {
        let (absent, for_it, against) = self.speaking(id);
        let steps = self.steps_of(id);
        let listed = |sources: BTreeSet<Source>, word: &str| {
            let cited: Vec<String> =
                by_step(&steps, &sources).iter().map(|sources| self.citations_as_one(sources)).collect();
            let cited: Vec<String> = cited.into_iter().filter(|cited| !cited.is_empty()).collect();
            (!cited.is_empty()).then(|| format!("{word}: {}", cited.join(" ")))
        };
        [listed(for_it, "sources for"), listed(against, "sources against"), listed(absent, "left out")]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The citations of sources whose links are one step, joined by what says that they are one.
    fn citations_as_one(&self, sources: &BTreeSet<Source>) -> String {
        let cited = sources.iter().filter_map(|source| self.citations.get(source));
        cited.map(|citation| format!("[{citation}]")).collect::<Vec<_>>().join("=")
    }

    /// Which step of several links a source is evidence in.
    fn steps_of(&self, id: StatementId) -> BTreeMap<Source, usize> {
        let links = self.case.statements[id].evidence.iter().enumerate();
        let step = |(index, link): (usize, &Evidence)| match link.from {
            Premise::Source(source) => Some((source, *self.steps.get(&(id, index))?)),
            Premise::Statement(_) => None,
        };
        links.filter_map(step).collect()
    }

    /// The number of sources for a statement, against it, and of those that are left out.
    fn counted(&self, id: StatementId) -> Option<String> {
        let (absent, for_it, against) = self.speaking(id);
        let words = match (for_it.len(), against.len()) {
            (0, 0) => None,
            (supporting, 0) => Some(format!("{} for it", count(supporting, "source"))),
            (0, opposing) => Some(format!("{} against it", count(opposing, "source"))),
            (supporting, opposing) => Some(format!("{} for it, {opposing} against", count(supporting, "source"))),
        };
        let words = words.map(|words| match self.merged(id, &for_it, &against) {
            None => words,
            Some(steps) if for_it.is_empty() || against.is_empty() => format!("{words}, as {steps}"),
            Some(steps) => format!("{words}; {steps} in all"),
        });
        let absent = (!absent.is_empty()).then(|| format!("{} left out", count(absent.len(), "source")));
        let words: Vec<String> = words.into_iter().chain(absent).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// How many steps the sources for a statement and against it are, if fewer than sources.
    fn merged(&self, id: StatementId, for_it: &BTreeSet<Source>, against: &BTreeSet<Source>) -> Option<String> {
        let steps = self.steps_of(id);
        let number = by_step(&steps, for_it).len() + by_step(&steps, against).len();
        (number < for_it.len() + against.len()).then(|| count(number, "step"))
    }

    /// The sources that are evidence for a statement: those that are left out, those for it, those against it.
    fn speaking(&self, id: StatementId) -> (BTreeSet<Source>, BTreeSet<Source>, BTreeSet<Source>) {
        let (mut absent, mut for_it, mut against) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for link in &self.case.statements[id].evidence {
            let Premise::Source(source) = link.from else { continue };
            match link.effect {
                _ if self.absent.source(source) => absent.insert(source),
                Effect::Supports => for_it.insert(source),
                Effect::Opposes => against.insert(source),
            };
        }
        (absent, for_it, against)
    }

    fn inference(&self, id: InferenceId) -> SceneNode {
        let inference = &self.case.inferences[id];
        let words = inference.scheme.as_deref().unwrap_or(inference.key.as_str());
        plain(inference.key.as_str(), Figure::Inference, "inference", words)
    }

    fn document(&self, id: DocumentId) -> SceneNode {
        let document = &self.case.documents[id];
        let kind = named(document.kind.phrase(), "document");
        let number = document.cite.map(u64::from);
        let citation = self.citations.get(&Source::Document(id)).copied().or(number);
        let (key, figure) = (document.key.as_str(), document_figure(&document.kind));
        let mut node = source(plain(key, figure, kind, &document.title), citation);
        let date = document.date.as_ref().map(|date| format!(" · {}", date_phrase(date))).unwrap_or_default();
        node.heading = clean(&format!("{kind}{date}"));
        node.withheld = document.withheld.get();
        if !document.by.is_empty() {
            let issuers = document.by.iter().map(|&actor| self.case.actors[actor].name.as_str());
            node.facts.push(clean(&format!("by {}", joined(issuers))));
        }
        node.facts.push(format!("reliability {}", degree(document.reliability.get())));
        if node.withheld > 0.0 {
            node.facts.push(format!("{:.0}% withheld", node.withheld * 100.0));
        }
        node
    }

    fn actor(&self, id: ActorId) -> SceneNode {
        let actor = &self.case.actors[id];
        let kind = named(actor.kind.phrase(), "actor");
        let citation = self.citations.get(&Source::Actor(id)).copied();
        let mut node = source(plain(actor.key.as_str(), actor_figure(&actor.kind), kind, &actor.name), citation);
        node.facts.extend(actor.reliability.map(|number| format!("reliability {}", degree(number.get()))));
        node
    }

    /// What is folded into a node, in a few words.
    pub(super) fn folded(members: &[Subject]) -> String {
        format!("folded into it: {}", things(members))
    }

    /// The node that stands for several.
    pub(super) fn pile(&self, title: &str, members: &[Subject]) -> SceneNode {
        let questions: BTreeSet<QuestionId> = (members.iter())
            .filter_map(|member| match member {
                Subject::Question(question) => Some(*question),
                Subject::Node(_) => None,
            })
            .collect();
        let nodes: Vec<SceneNode> = members.iter().map(|&member| self.node(member)).collect();
        let mut node = plain(&format!("group:{title}"), Figure::Pile, &things(members), title);
        let with = |verdict: Verdict| {
            nodes.iter().filter(|node| node.mark.is_some_and(|mark| mark.detail.verdict() == verdict)).count()
        };
        let verdicts = [Verdict::Supported, Verdict::Contested, Verdict::Unsupported, Verdict::Undecided]
            .map(|v| (with(v), v.name()));
        node.facts = verdicts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, name)| format!("{number} {name}"))
            .collect();
        node.facts.extend(self.findings(&questions));
        let withheld = nodes.iter().filter(|node| node.withheld > 0.0).count();
        if withheld > 0 {
            node.facts.push(format!("{withheld} withheld in part"));
        }
        let absent = nodes.iter().filter(|node| node.absent).count();
        if absent > 0 {
            node.facts.push(format!("{absent} left out"));
        }
        SceneNode { absent: absent == members.len(), ..node }
    }
}

impl Nodes<'_> {
    /// How many of these questions have which finding.
    fn findings(&self, questions: &BTreeSet<QuestionId>) -> impl Iterator<Item = String> {
        let mut findings: BTreeMap<Finding, usize> = BTreeMap::new();
        for answer in self.answer.questions.iter().filter(|answer| questions.contains(&answer.question)) {
            *findings.entry(answer.finding).or_default() += 1;
        }
        findings.into_iter().map(|(finding, number)| format!("{number} {}", finding_phrase(finding).to_lowercase()))
    }
}

/// Sources of a statement, those that are one step together.
fn by_step(steps: &BTreeMap<Source, usize>, sources: &BTreeSet<Source>) -> Vec<BTreeSet<Source>> {
    let mut groups: BTreeMap<Source, BTreeSet<Source>> = BTreeMap::new();
    let mut first: BTreeMap<usize, Source> = BTreeMap::new();
    for &source in sources {
        let leader = steps.get(&source).map_or(source, |&step| *first.entry(step).or_insert(source));
        groups.entry(leader).or_default().insert(source);
    }
    groups.into_values().collect()
}

/// The figure of a statement and the word for its kind.
pub(super) fn kind_word(statement: &Statement) -> (Figure, &'static str) {
    match &statement.nature {
        Nature::Claim { kind, .. } => match kind {
            ClaimKind::Fact => (Figure::Fact, "claim"),
            ClaimKind::Interpretation => (Figure::Interpretation, "reading"),
            ClaimKind::Generalisation => (Figure::Generalisation, "general claim"),
            ClaimKind::Record => (Figure::Record, "on the record"),
        },
        Nature::Relationship { .. } => (Figure::Relationship, "relationship"),
    }
}

/// The number of members of each kind.
fn things(members: &[Subject]) -> String {
    let of = |is: fn(&Node) -> bool| members.iter().filter(|m| matches!(m, Subject::Node(node) if is(node))).count();
    let sorts = [
        (members.iter().filter(|member| matches!(member, Subject::Question(_))).count(), "question"),
        (of(|node| matches!(node, Node::Statement(_))), "statement"),
        (of(|node| matches!(node, Node::Inference(_))), "inference"),
        (of(|node| matches!(node, Node::Document(_))), "document"),
        (of(|node| matches!(node, Node::Actor(_))), "actor"),
    ];
    let words: Vec<String> =
        sorts.iter().filter(|(number, _)| *number > 0).map(|&(number, noun)| count(number, noun)).collect();
    words.join(", ")
}

pub(super) fn plain(id: &str, figure: Figure, kind: &str, label: &str) -> SceneNode {
    SceneNode {
        id: id.to_owned(),
        figure,
        kind: clean(kind),
        heading: clean(kind),
        citation: None,
        label: clean(label),
        mark: None,
        withheld: 0.0,
        facts: Vec::new(),
        group: None,
        assumed: false,
        absent: false,
    }
}

/// The node of what a what-if leaves out.
fn left_out(node: SceneNode) -> SceneNode {
    SceneNode { heading: format!("left out · {}", node.heading), absent: true, ..node }
}

/// The node of a source that may be cited.
fn source(node: SceneNode, citation: Option<u64>) -> SceneNode {
    let cited = citation.map(|citation| format!("[{citation}] ")).unwrap_or_default();
    SceneNode { label: clean(&format!("{cited}{}", node.label)), citation, ..node }
}

/// The phrase for a kind, or a general word where the kind was not given.
fn named<'a>(kind: &'a str, sort: &'a str) -> &'a str {
    if kind.trim().is_empty() || kind.eq_ignore_ascii_case("other") { sort } else { kind }
}

fn document_figure(kind: &DocumentKind) -> Figure {
    match kind {
        DocumentKind::Archive => Figure::Archive,
        DocumentKind::Book | DocumentKind::AcademicWork => Figure::Book,
        DocumentKind::NewsReport => Figure::News,
        DocumentKind::Testimony => Figure::Speech,
        DocumentKind::Dataset => Figure::Dataset,
        DocumentKind::Cable
        | DocumentKind::Memorandum
        | DocumentKind::InspectorGeneralReport
        | DocumentKind::CongressionalReport
        | DocumentKind::CourtRecord
        | DocumentKind::Leak
        | DocumentKind::OfficialStatement
        | DocumentKind::Other(_) => Figure::Page,
    }
}

fn actor_figure(kind: &ActorKind) -> Figure {
    match kind {
        ActorKind::Person
        | ActorKind::Journalist
        | ActorKind::Scholar
        | ActorKind::Contractor
        | ActorKind::Trafficker => Figure::Person,
        ActorKind::Agency
        | ActorKind::Committee
        | ActorKind::Government
        | ActorKind::Company
        | ActorKind::Outlet
        | ActorKind::Archive => Figure::Organisation,
        ActorKind::Cartel | ActorKind::ArmedGroup => Figure::ArmedGroup,
        ActorKind::Other(_) => Figure::OtherActor,
    }
}
