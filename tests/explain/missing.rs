//! What is missing, by writing it into the case: further documents, decided premises, completions.

use std::collections::BTreeSet;

use evigraph::internals::explain::{self, FurtherEvidence, Missing};
use evigraph::internals::verdict::{Detail, Reason, Search};
use evigraph::{Effect, Manner, Premise, StatementId};
use evigraph::{Engine, EngineError, Scenario};

use super::trial::Trial;
use crate::brute::{self, Oracle, Situation, in_words};
use crate::support::sketch::{LinkSketch, Sketch};

/// The most origins that are spoken of.
const MOST_ORIGINS: usize = 5;

/// The most new documents with which a case is small enough for the brute force.
const FEW: usize = 1;

pub fn check_evidence(trial: &mut Trial<'_>, id: StatementId) -> Result<(), EngineError> {
    if !trial.is_chosen(id) {
        return Ok(());
    }
    let missing = explain::missing(&trial.judge, id)?;
    let settled = Engine::new(trial.case, Scenario::default()).settle(id)?.is_settled();
    trial.same(id, "whether something is missing", missing.is_none(), settled);
    trial.note(settled, "settled already");
    let evidence = missing.map_or_else(Vec::new, |missing| missing.evidence);
    let sides: &[Effect] = match trial.assessment(id).detail {
        _ if settled => &[],
        brute::Detail::Established => &[Effect::Supports],
        brute::Detail::Refuted => &[Effect::Opposes],
        _ => &[Effect::Supports, Effect::Opposes],
    };
    let kinds = sides.iter().flat_map(|&side| [(side, "A"), (side, "B"), (side, "C")]).collect();
    trial.same(id, "kinds", evidence.iter().map(|further| (further.effect, further.grade)).collect::<Vec<_>>(), kinds);
    evidence.iter().try_for_each(|further| check_further(trial, id, further))
}

/// Grades and manners as the format has them.
fn numbers(further: &FurtherEvidence) -> (f64, f64) {
    match (further.manner, further.grade) {
        (Manner::Finding, "A") => (0.95, 0.85),
        (Manner::Account, "B") => (0.80, 0.65),
        (Manner::Allegation, "C") => (0.60, 0.40),
        other => panic!("{other:?} is no kind that is tried"),
    }
}

/// Adds document after document and looks.
fn check_further(trial: &mut Trial<'_>, id: StatementId, further: &FurtherEvidence) -> Result<(), EngineError> {
    let (reliability, strength) = numbers(further);
    trial.close(id, "each", further.each, reliability * strength);
    let goal = match further.effect {
        Effect::Supports => Detail::Established,
        Effect::Opposes => Detail::Refuted,
    };
    let (mut decides, mut settles) = (None, None);
    let mut sketch = trial.sketch.clone();
    for origins in 0..=MOST_ORIGINS {
        if origins > 0 {
            let name = format!("new{origins}");
            sketch = sketch.document(&name, reliability).link(further.effect, &trial.name(id), &name, strength);
        }
        let case = sketch.build();
        let judge = Engine::new(&case, Scenario::default());
        let detail = judge.assess(id)?.detail;
        if origins <= FEW
            && trial.oracle.base.numbers.values().filter(|&&number| number > 0.0 && number < 1.0).count() <= 5
        {
            let oracle = Oracle::new(&case, Situation::default());
            let expected = oracle.judge(&oracle.base).assessments[&id].detail;
            trial.expect(oracle.trace.close.get() || in_words(detail) == expected, "the engine misjudges");
        }
        if detail == goal {
            decides = decides.or(Some(origins));
            if judge.settle(id)?.is_settled() {
                settles = Some(origins);
                break;
            }
        }
    }
    trial.note(decides.is_some(), "decides");
    trial.note(decides.is_none(), "does not decide");
    trial.note(settles.is_some(), "settles");
    trial.note(decides.is_some() && settles.is_none(), "decides and does not settle");
    trial.note(decides.is_some_and(|origins| origins > 1), "takes several");
    let what = format!("{:?} of grade {} that {:?}", further.manner, further.grade, further.effect);
    trial.same(id, format!("{what}: decides"), further.decides, decides);
    trial.same(id, format!("{what}: settles"), further.settles, settles);
    Ok(())
}

pub fn check_premises(trial: &mut Trial<'_>, id: StatementId) -> Result<(), EngineError> {
    let needed = needed(trial, id);
    if needed.is_empty() && !trial.is_chosen(id) {
        return Ok(());
    }
    let Some(missing) = explain::missing(&trial.judge, id)? else { return Ok(()) };
    let found: BTreeSet<_> = missing.premises.iter().map(|missing| (missing.premise, missing.needed)).collect();
    trial.same(id, "missing premises", found, needed.clone());
    let detail = trial.assessment(id).detail;
    let all_of = trial.case.statements[id].all_of.clone().into_iter();
    let open: Vec<StatementId> =
        all_of.filter(|&part| trial.assessment(part).detail != brute::Detail::Established).collect();
    let parts: Vec<StatementId> = missing.parts.iter().map(|missing| missing.part).collect();
    trial.same(id, "missing parts", parts, if detail == brute::Detail::Established { Vec::new() } else { open });
    for premise in &missing.premises {
        let pair = (premise.premise, premise.needed);
        let expected = trial.with(id, |circumstances| circumstances.decided.push(pair)).detail;
        let what = format!("with {} decided: {:?}", trial.name(premise.premise), premise.needed);
        trial.same(id, &what, in_words(premise.reached), expected);
        trial.note(premise.needed == Effect::Supports, "needed true");
        trial.note(premise.needed == Effect::Opposes, "needed false");
        trial.note(expected != detail, "changes the verdict");
        let entry = &trial.case.statements[id];
        let part = entry.any_of.iter().chain(&entry.one_of).any(|&part| trial.case.canonical(part) == premise.premise);
        trial.note(part, "part");
        if let Some(anew) = with_decided(trial, premise.premise, premise.needed) {
            let case = anew.build();
            let found = Engine::new(&case, Scenario::default()).assess(id)?.detail;
            trial.same(id, format!("{what}, written anew"), premise.reached, found);
            trial.note(true, "written anew");
        }
    }
    let both_ways = needed.iter().any(|&(one, side)| needed.contains(&(one, side.other())));
    let all = trial.with(id, |circumstances| circumstances.decided.extend(&needed)).detail;
    let expected = (needed.len() > 1 && !both_ways).then_some(all);
    trial.note(expected.is_some(), "all together");
    trial.same(id, "all premises decided", missing.all_premises.map(in_words), expected);
    Ok(())
}

/// What the steps into a statement that is not decided need, and parts of which one is enough, as far as they are not
/// decided as they need them.
fn needed(trial: &Trial<'_>, id: StatementId) -> BTreeSet<(StatementId, Effect)> {
    let case = trial.case;
    let mut needed = BTreeSet::new();
    if matches!(trial.assessment(id).detail, brute::Detail::Established | brute::Detail::Refuted) {
        return needed;
    }
    let entry = &case.statements[id];
    let statement = |premise: &Premise| match premise {
        Premise::Statement(statement) => Some(*statement),
        Premise::Source(_) => None,
    };
    let links = entry.evidence.iter().filter_map(|link| statement(&link.from));
    needed.extend(links.map(|premise| (premise, Effect::Supports)));
    for step in case.inferences.values().filter(|step| case.canonical(step.to) == id) {
        needed.extend(step.given.iter().filter_map(statement).map(|premise| (premise, Effect::Supports)));
        needed.extend(step.given_rejected.iter().map(|&premise| (premise, Effect::Opposes)));
    }
    needed.extend(entry.any_of.iter().chain(&entry.one_of).map(|&part| (part, Effect::Supports)));
    let open = |&(premise, side): &(StatementId, Effect)| {
        let is_so = match side {
            Effect::Supports => brute::Detail::Established,
            Effect::Opposes => brute::Detail::Refuted,
        };
        trial.assessment(premise).detail != is_so && premise != id
    };
    needed.into_iter().map(|(premise, side)| (case.canonical(premise), side)).filter(open).collect()
}

/// The case with the evidence on a statement replaced by a single certain link, and all inferences into it gone.
/// Only for statements with no relations to others, whose cases have no other grounds.
fn with_decided(trial: &Trial<'_>, premise: StatementId, side: Effect) -> Option<Sketch> {
    let (sketch, name) = (trial.sketch, trial.name(premise));
    let entries = || sketch.claims.iter().chain(&sketch.relationships);
    let aliases: BTreeSet<&String> = entries()
        .filter(|(other, entry)| **other == name || entry.same_as.as_ref() == Some(&name))
        .map(|(of, _)| of)
        .collect();
    let related = |(other, entry): (&String, &crate::support::sketch::StatementSketch)| {
        let lists = [&entry.entails, &entry.rivals, &entry.all_of, &entry.any_of, &entry.one_of];
        lists.into_iter().flatten().any(|to| aliases.contains(other) || aliases.contains(to))
    };
    if entries().any(related) {
        return None;
    }
    let mut sketch = sketch.clone().document("certain", 1.0);
    sketch.inferences.retain(|_, step| !aliases.contains(&step.to));
    let entry = sketch.claims.get_mut(&name).or(sketch.relationships.get_mut(&name)).expect("a statement");
    entry.assumed = None;
    entry.evidence = vec![LinkSketch {
        effect: side,
        from: "certain".to_owned(),
        strength: 1.0,
        exhibit: false,
        relies_on: Vec::new(),
        undercut_by: Vec::new(),
    }];
    Some(sketch)
}

pub fn check_withheld(trial: &mut Trial<'_>, id: StatementId) -> Result<(), EngineError> {
    let Some(missing) = explain::missing(&trial.judge, id)? else { return Ok(()) };
    check_words(trial, id, &missing);
    let settlement = trial.judge.settle(id)?;
    let verdicts = settlement.reasons.iter().find_map(|reason| match reason {
        Reason::Withheld { verdicts, search, .. } => Some((verdicts.clone(), *search)),
        _ => None,
    });
    let told = missing.search.map(|search| (missing.withheld.iter().map(|word| word.reached).collect(), search));
    trial.same(id, "verdicts within reach", told, verdicts);
    Ok(())
}

/// What is to be said brings the verdict about, and with fewer passages nothing does.
fn check_words(trial: &mut Trial<'_>, id: StatementId, missing: &Missing) {
    let completions = completions(trial.oracle.passages.len());
    let judged: Vec<(brute::Detail, usize)> = if missing.withheld.is_empty() {
        Vec::new()
    } else {
        let judge = |completion: &Completion| {
            let detail = trial.with(id, |circumstances| circumstances.completion.clone_from(completion)).detail;
            (detail, completion.iter().flatten().count())
        };
        completions.iter().map(judge).collect()
    };
    for word in &missing.withheld {
        let mut completion: Completion = vec![None; trial.oracle.passages.len()];
        for said in &word.says {
            let is_it =
                |passage: &brute::Passage| (passage.document, passage.statement) == (said.document, said.statement);
            let place = trial.oracle.passages.iter().position(is_it).expect("a passage of the case");
            completion[place] = Some(said.effect);
        }
        trial.expect(completion.iter().flatten().count() == word.says.len(), format!("{word:?} says something twice"));
        let reached = trial.with(id, |circumstances| circumstances.completion = completion).detail;
        trial.same(id, format!("{:?}: what is reached", word.says), in_words(word.reached), reached);
        let least = judged.iter().filter(|(detail, _)| *detail == reached).map(|&(_, passages)| passages).min();
        if missing.search == Some(Search::Exhaustive) {
            trial.same(id, format!("passages to {reached:?}"), Some(word.says.len()), least);
        }
        trial.note(word.says.len() == 1, "one passage");
        trial.note(word.says.len() > 1, "several passages");
    }
    trial.note(missing.withheld.is_empty(), "nothing within reach");
    trial.note(missing.withheld.len() > 1, "several verdicts");
}

/// What each passage says.
type Completion = Vec<Option<Effect>>;

fn completions(passages: usize) -> Vec<Completion> {
    let mut all = vec![Completion::new()];
    for _ in 0..passages {
        let longer = |start: Completion| {
            [None, Some(Effect::Supports), Some(Effect::Opposes)].map(|said| [start.clone(), vec![said]].concat())
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}
