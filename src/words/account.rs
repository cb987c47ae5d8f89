//! The account of a question: what is confirmed, contested, not established, refuted, and why it stays open.
//!
//! Every sentence is put together from the verdicts and the graph; none knows what any case is about.

use std::collections::BTreeSet;

use crate::engine::{Engine, QuestionAnswer, Searched, StatementAnswer};
use crate::model::{ClaimKind, Effect, Inference, InferenceId, Premise, Source, StatementId};
use crate::verdict::{Detail, Finding, Reason, Settlement, Verdict};

use super::clause::{bar_clause, cases_clause};
use super::phrase::{capital, degree, finding_phrase, spelled, strength_phrase};
use super::prose::{Mentioned, Prose};
use super::reason::{not_refuted_sentence, reason_clause, too_close_sentence, too_complex};

/// What a part of an account is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Claims that are established.
    Confirmed,
    /// Claims that are contested, against which readings, and why neither prevails.
    Contested,
    /// Claims with something for or against them, and not enough; which link is missing.
    NotEstablished,
    /// Claims that are refuted.
    Refuted,
    /// Claims that nothing speaks for or against.
    WithoutEvidence,
    /// Claims whose degrees are not known well enough for a verdict.
    Undecided,
    /// Why the headline stays open, beyond the verdict itself.
    Open,
}

impl Topic {
    /// The topic of a verdict.
    pub fn of(detail: Detail) -> Self {
        match detail {
            Detail::Established => Self::Confirmed,
            Detail::RivalReadings | Detail::ConflictingEvidence => Self::Contested,
            Detail::Insufficient => Self::NotEstablished,
            Detail::Refuted => Self::Refuted,
            Detail::NoEvidence => Self::WithoutEvidence,
            Detail::Undecided => Self::Undecided,
        }
    }

    /// The words before its colon.
    pub fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirmed",
            Self::Contested => "Contested",
            Self::NotEstablished => "Not established",
            Self::Refuted => "Refuted",
            Self::WithoutEvidence => "Without evidence",
            Self::Undecided => "Undecided at this precision",
            Self::Open => "Why it stays open",
        }
    }
}

/// One part of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is about.
    pub topic: Topic,
    /// The claims of the question that it is about, in their order.
    pub claims: Vec<StatementId>,
    /// The text that stands behind the label.
    pub text: Prose,
    /// The same as a list: mostly a point for each claim.
    pub points: Vec<Prose>,
}

/// The account of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The finding.
    pub finding: Finding,
    /// How many of the claims are supported, as a clause.
    pub opening: Prose,
    /// The parts, in the order of their topics. Each claim is in exactly one before the last.
    pub parts: Vec<Part>,
}

impl Account {
    /// The whole account: the finding, then part by part.
    pub fn whole(&self) -> Prose {
        let opening = Prose::of(format!("{}: ", finding_phrase(self.finding))).then(self.opening.clone()).words(".");
        let parts = self.mentioned_once().into_iter();
        let parts = parts.map(|part| Prose::of(format!("{}: ", part.topic.label())).then(part.text));
        Prose::sentences(std::iter::once(opening).chain(parts))
    }

    /// The parts, with statements and sources in their shorter form from the second mention on.
    pub fn mentioned_once(&self) -> Vec<Part> {
        let (mut mentioned, mut listed) = (Mentioned::default(), Mentioned::default());
        let once = |part: &Part| Part {
            text: part.text.clone().mentioning_once(&mut mentioned),
            points: part.points.iter().map(|point| point.clone().mentioning_once(&mut listed)).collect(),
            ..part.clone()
        };
        self.parts.iter().map(once).collect()
    }
}

/// The account of a question from its answer.
pub fn account(engine: &Engine<'_>, answer: &QuestionAnswer) -> Account {
    let question = &engine.case().questions[answer.question];
    let headline = answer.claims.iter().find(|claim| claim.statement == question.headline);
    let is_supported = |claim: &&StatementAnswer| claim.assessment.verdict() == Verdict::Supported;
    let supported = answer.claims.iter().filter(is_supported).count();
    let mut parts = parts(engine, &answer.claims);
    parts.extend(headline.and_then(|headline| open_part(engine, headline)));
    Account { finding: answer.finding, opening: Prose::of(opening(supported, answer.claims.len())), parts }
}

/// What there is to say about claims, by topic.
pub fn parts(engine: &Engine<'_>, claims: &[StatementAnswer]) -> Vec<Part> {
    let mut parts = Vec::new();
    let topics = [
        Topic::Confirmed,
        Topic::Contested,
        Topic::NotEstablished,
        Topic::Refuted,
        Topic::WithoutEvidence,
        Topic::Undecided,
    ];
    for topic in topics {
        let answered: Vec<&StatementAnswer> =
            claims.iter().filter(|claim| Topic::of(claim.assessment.detail) == topic).collect();
        if answered.is_empty() {
            continue;
        }
        let (text, points) = match topic {
            Topic::Confirmed => confirmed(engine, &answered),
            Topic::Contested => each(contested(engine, &answered)),
            Topic::NotEstablished => each(answered.iter().map(|claim| not_established(engine, claim)).collect()),
            Topic::Refuted => each(answered.iter().map(|claim| refuted(engine, claim)).collect()),
            Topic::WithoutEvidence | Topic::Open => (without_evidence(&answered), by_name(&answered)),
            Topic::Undecided => (undecided(&answered), by_name(&answered)),
        };
        parts.push(Part { topic, claims: answered.iter().map(|claim| claim.statement).collect(), text, points });
    }
    parts
}

/// How many claims are supported.
fn opening(supported: usize, all: usize) -> String {
    match (supported, all) {
        (0, 1) => "its one claim is not supported".to_owned(),
        (1, 1) => "its one claim is supported".to_owned(),
        (0, 2) => "neither of its two claims is supported".to_owned(),
        (2, 2) => "both of its claims are supported".to_owned(),
        (0, _) => format!("none of its {all} claims is supported"),
        (1, _) => format!("1 of {all} claims is supported"),
        (some, _) if some == all => format!("all {all} claims are supported"),
        (some, _) => format!("{some} of {all} claims are supported"),
    }
}

/// How the headline stands: the verdict, the two cases, and why it stays open beyond what they say.
pub(super) fn headline_sentences(engine: &Engine<'_>, headline: &StatementAnswer) -> Prose {
    let name = Prose::of("the headline, ").then(Prose::claim(headline.statement));
    if let (Detail::Undecided, Some(within)) = (headline.assessment.detail, headline.assessment.degrees.within) {
        let [case_for, case_against] = [within.case_for, within.case_against];
        return name.words(format!(
            ", is undecided at this precision: the case for it is from {} to {}, and the case against it from {} to {}.",
            degree(case_for.low),
            degree(case_for.high),
            degree(case_against.low),
            degree(case_against.high)
        ));
    }
    let verdict = name.words(format!(
        ", is {}: {}.",
        super::phrase::detail_phrase(headline.assessment.detail),
        cases_clause(engine, headline.assessment.degrees, "it")
    ));
    let mut sentences = vec![verdict, not_refuted_sentence(headline)];
    match &headline.settlement {
        Some(settlement) if settlement.is_settled() => sentences.push(Prose::of("It is settled.")),
        Some(settlement) if !settlement.is_open() => sentences.push(too_close_sentence(engine, &settlement.doubts)),
        Some(settlement) => {
            let adds = |reason: &&Reason| !matches!(reason, Reason::Insufficient(_) | Reason::NoEvidence(_));
            let open = if headline.assessment.detail.is_decided() { "That is open: " } else { "It stays open: " };
            let reasons = settlement.reasons.iter().filter(adds);
            let mut reasons = reasons.map(|reason| reason_clause(engine, headline.statement, reason)).peekable();
            if reasons.peek().is_some() {
                sentences.push(because(open, reasons));
            }
        }
        None => {}
    }
    Prose::sentences(sentences)
}

/// Clauses behind a few words, as one sentence.
fn because(words: &str, clauses: impl Iterator<Item = Prose>) -> Prose {
    let clauses = clauses.enumerate();
    clauses
        .fold(Prose::of(words), |text, (at, clause)| text.words(if at == 0 { "" } else { "; " }).then(clause))
        .words(".")
}

/// Points, one after another and as a list.
fn each(points: Vec<Prose>) -> (Prose, Vec<Prose>) {
    (Prose::sentences(points.iter().cloned()), points)
}

/// A point for each claim, with nothing but its words.
fn by_name(claims: &[&StatementAnswer]) -> Vec<Prose> {
    claims.iter().map(|claim| Prose::claim(claim.statement)).collect()
}

/// What is established, and which of it would not stand if something were taken away.
fn confirmed(engine: &Engine<'_>, claims: &[&StatementAnswer]) -> (Prose, Vec<Prose>) {
    let list = Prose::claims(claims.iter().map(|claim| &claim.statement)).words(".");
    let open: Vec<&&StatementAnswer> = claims.iter().filter(|claim| is_open(claim)).collect();
    let asked = claims.iter().all(|claim| claim.settlement.as_ref().is_some_and(|one| one.settled.is_some()));
    let settled = match (claims.len() - open.len(), claims.len()) {
        _ if !asked => Prose::default(),
        (0, _) => Prose::default(),
        (1, 1) => Prose::of("It is settled."),
        (2, 2) => Prose::of("Both are settled."),
        (some, all) if some == all => Prose::of(format!("All {} are settled.", spelled(all))),
        (1, all) => Prose::of(format!("One of these {} is settled.", spelled(all))),
        (some, all) => Prose::of(format!("{} of these {} are settled.", capital(&spelled(some)), spelled(all))),
    };
    let why_open = |claim: &StatementAnswer, words: &str| {
        let reasons = claim.settlement.iter().flat_map(|settlement| &settlement.reasons);
        because(words, reasons.map(|reason| reason_clause(engine, claim.statement, reason)))
    };
    let opened = open.iter().map(|claim| {
        let name = if claims.len() == 1 { Prose::of("It is") } else { Prose::claim(claim.statement).words(" is") };
        name.then(why_open(claim, " open: "))
    });
    let point = |claim: &&StatementAnswer| {
        let opened = if is_open(claim) { why_open(claim, ", open: ") } else { Prose::default() };
        Prose::claim(claim.statement).then(opened)
    };
    let points = claims.iter().map(point).chain((!settled.is_empty()).then(|| settled.clone())).collect();
    (Prose::sentences([list, settled].into_iter().chain(opened)), points)
}

fn is_open(claim: &StatementAnswer) -> bool {
    claim.settlement.as_ref().is_some_and(Settlement::is_open)
}

/// What is contested against which readings, why neither prevails, and what both draw on.
fn contested(engine: &Engine<'_>, claims: &[&StatementAnswer]) -> Vec<Prose> {
    let mut pairs: BTreeSet<(StatementId, StatementId)> = BTreeSet::new();
    let mut points = Vec::new();
    for claim in claims {
        let statement = engine.case().canonical(claim.statement);
        let (rivals, shared) = contest(claim);
        let pair = |rival: StatementId| (statement.min(rival), statement.max(rival));
        let new: Vec<StatementId> = rivals.iter().copied().filter(|&rival| !pairs.contains(&pair(rival))).collect();
        if !rivals.is_empty() && new.is_empty() {
            continue;
        }
        pairs.extend(new.iter().map(|&rival| pair(rival)));
        let mut sentence = Prose::claim(claim.statement);
        sentence = match claim.assessment.detail {
            _ if !new.is_empty() => sentence.words(" against ").then(Prose::claims(&new)),
            Detail::RivalReadings => sentence.words(", by a rival reading"),
            _ => sentence.words(", by evidence on both sides"),
        };
        let it = if new.is_empty() { "it" } else { "the first" };
        let mut sentences = vec![sentence.words(".")];
        sentences.push(Prose::of(format!(
            "Neither side prevails: {}; {}.",
            cases_clause(engine, claim.assessment.degrees, it),
            bar_clause(engine, claim.statement)
        )));
        match shared {
            None => {}
            Some(Ok(shared)) if shared.is_empty() => {}
            Some(Ok(shared)) => {
                sentences.push(Prose::of("Both sides draw on ").then(Prose::sources(shared)).words("."));
            }
            Some(Err(cause)) => {
                sentences.push(Prose::of(too_complex("Which sources both sides draw on", *cause)).words("."));
            }
        }
        points.push(Prose::sentences(sentences));
    }
    points
}

/// The rivals of a contested claim, and the sources that both sides draw on, where that was asked.
pub(super) fn contest(claim: &StatementAnswer) -> (&[StatementId], Option<&Searched<Vec<Source>>>) {
    let reasons = claim.settlement.iter().flat_map(|settlement| &settlement.reasons);
    let contest = reasons.into_iter().find_map(|reason| match reason {
        Reason::Contested { rivals, shared } => Some((&rivals[..], Some(shared))),
        _ => None,
    });
    contest.unwrap_or_default()
}

/// What is not established: how strong its cases are, which link is missing, and that it is not refuted either.
fn not_established(engine: &Engine<'_>, claim: &StatementAnswer) -> Prose {
    let statement = claim.statement;
    let cases = Prose::of(cases_clause(engine, claim.assessment.degrees, "it"));
    let clauses = std::iter::once(cases).chain(missing_links(engine, claim));
    let sentence = sentence_of(clauses);
    Prose::sentences([Prose::claim(statement).words("."), sentence, not_refuted_sentence(claim)])
}

/// Clauses as one sentence.
fn sentence_of(clauses: impl Iterator<Item = Prose>) -> Prose {
    let clauses = clauses.enumerate();
    clauses
        .fold(Prose::default(), |text, (at, clause)| text.words(if at == 0 { "" } else { "; " }).then(clause))
        .sentence()
}

/// What a claim lacks to meet its standard: the shortfall, open premises, weak steps.
fn missing_links(engine: &Engine<'_>, claim: &StatementAnswer) -> Vec<Prose> {
    let reasons = claim.settlement.iter().flat_map(|settlement| &settlement.reasons);
    let mut open: &[StatementId] = &[];
    let mut links = Vec::new();
    for reason in reasons {
        match reason {
            Reason::Insufficient(_) => links.push(reason_clause(engine, claim.statement, reason)),
            Reason::RestsOnOpenPremise { premises } => {
                open = premises;
                links.push(reason_clause(engine, claim.statement, reason));
            }
            _ => {}
        }
    }
    if claim.settlement.is_some() {
        links.extend(steps(engine, claim.statement, open));
    }
    links
}

/// The steps to a claim whose premises are decided as they should be, and which are themselves short of what is asked.
fn steps(engine: &Engine<'_>, statement: StatementId, open: &[StatementId]) -> Vec<Prose> {
    let case = engine.case();
    let canonical = case.canonical(statement);
    let needed = engine.bar(statement).case.get();
    let weak = case.inferences.iter().filter(|(id, step)| {
        case.canonical(step.to) == canonical
            && step.effect == Effect::Supports
            && !engine.scenario().left_out.contains(id)
            && strength(engine, *id) < needed
            && premises(step).all(|premise| !open.contains(&premise))
            && premises(step).next().is_some()
    });
    weak.map(|(id, step)| {
        let strength = strength_phrase(strength(engine, id));
        let from = Prose::claims(premises(step).collect::<Vec<_>>().iter());
        let general = matches!(case.statements[canonical].claim_kind(), Some(ClaimKind::Generalisation));
        let lead = if general { "it is a general statement, and the step to it from " } else { "the step from " };
        let behind = if general { "" } else { " to it" };
        Prose::of(lead).then(from).words(format!("{behind} carries little ({strength})"))
    })
    .collect()
}

fn premises(step: &Inference) -> impl Iterator<Item = StatementId> + '_ {
    let given = step.given.iter().filter_map(|premise| match premise {
        Premise::Statement(statement) => Some(*statement),
        Premise::Source(_) => None,
    });
    given.chain(step.given_rejected.iter().copied())
}

/// The strength of a step under the scenario.
fn strength(engine: &Engine<'_>, inference: InferenceId) -> f64 {
    let set = engine.scenario().set_inferences.iter().rfind(|(id, _)| *id == inference);
    set.map_or(engine.case().inferences[inference].strength, |&(_, number)| number).get()
}

fn refuted(engine: &Engine<'_>, claim: &StatementAnswer) -> Prose {
    let cases = Prose::of(cases_clause(engine, claim.assessment.degrees, "it")).sentence();
    let verdict = Prose::claim(claim.statement).words(". ").then(cases);
    let settled = match &claim.settlement {
        Some(settlement) if settlement.is_settled() => Prose::of("The refutation is settled."),
        Some(settlement) if !settlement.is_open() => too_close_sentence(engine, &settlement.doubts),
        Some(settlement) => because(
            "The refutation is open: ",
            settlement.reasons.iter().map(|reason| reason_clause(engine, claim.statement, reason)),
        ),
        None => Prose::default(),
    };
    Prose::sentences([verdict, settled])
}

fn without_evidence(claims: &[&StatementAnswer]) -> Prose {
    Prose::of("nothing makes a case for or against ")
        .then(Prose::claims(claims.iter().map(|claim| &claim.statement)))
        .words(".")
}

fn undecided(claims: &[&StatementAnswer]) -> Prose {
    Prose::of("the degrees are not known well enough to tell of ")
        .then(Prose::claims(claims.iter().map(|claim| &claim.statement)))
        .words(".")
}

/// Why the headline stays open, where its part has not said so: it is not decided, and something could still turn it.
fn open_part(engine: &Engine<'_>, headline: &StatementAnswer) -> Option<Part> {
    let settlement = headline.settlement.as_ref().filter(|_| !headline.assessment.detail.is_decided())?;
    let is_said = |reason: &&Reason| match reason {
        Reason::Contested { .. } | Reason::Insufficient(_) | Reason::NoEvidence(_) => true,
        Reason::RestsOnOpenPremise { .. } => headline.assessment.detail == Detail::Insufficient,
        Reason::Assumption { .. } | Reason::SingleSource { .. } | Reason::Withheld { .. } | Reason::Weights { .. } => {
            false
        }
    };
    let mut reasons = settlement.reasons.iter().filter(|reason| !is_said(reason)).peekable();
    reasons.peek()?;
    let clauses: Vec<Prose> = reasons.map(|reason| reason_clause(engine, headline.statement, reason)).collect();
    let text = because("", clauses.iter().cloned());
    Some(Part { topic: Topic::Open, claims: vec![headline.statement], text, points: clauses })
}
