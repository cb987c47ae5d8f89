//! The weight of every ground, attack and source in an argument, by counting worlds.

use std::collections::{BTreeMap, BTreeSet};

use evigraph::EngineError;
use evigraph::internals::explain::{self, Argument, AttackKind, Weighed, WeighedAttack};
use evigraph::internals::logic::{Origin, Step};
use evigraph::{Effect, Manner, Premise, Source, StatementId};

use super::trial::{CLOSE, SIDES, Trial};
use crate::brute::{self, Node};

pub fn check(trial: &mut Trial<'_>, id: StatementId) -> Result<(), EngineError> {
    for depth in [0, 2] {
        let argument = explain::argument(&trial.judge, id, depth)?;
        trial.same(id, "statement", argument.statement, id);
        trial.same(id, format!("statements down to {depth}"), keys(&argument.branches), down_to(trial, id, depth));
        for (&below, branch) in &argument.branches {
            let assessment = trial.assessment(below);
            let found = &branch.assessment;
            trial.same_verdict(below, "verdict", &found.degrees, found.detail, &assessment);
            trial.note(below != id, "below");
            check_grounds(trial, below, &branch.grounds);
        }
        check_sources(trial, id, &argument);
        if depth == 0 {
            let grounds = explain::grounds(&trial.judge, id)?;
            trial.same(id, "grounds", &grounds, &argument.branches[&id].grounds);
        }
    }
    Ok(())
}

fn keys<K: Ord + Copy, V>(map: &BTreeMap<K, V>) -> BTreeSet<K> {
    map.keys().copied().collect()
}

fn case_on(side: Effect, id: StatementId) -> Node {
    match side {
        Effect::Supports => Node::For(id),
        Effect::Opposes => Node::Against(id),
    }
}

// Which grounds there are, from the definition.

/// Every step into a statement that is part of the situation and does not go round in a circle.
fn steps(trial: &Trial<'_>, id: StatementId) -> Vec<(Step, Effect)> {
    let (case, situation) = (trial.case, &trial.oracle.situation);
    let links = case.statements[id].evidence.iter().enumerate();
    let links = links.filter(|(_, link)| situation.speaks(link.from));
    let links = links.map(|(index, link)| (Step::Evidence { statement: id, index }, link.effect));
    let inferences = case.inferences.iter().filter(|(_, step)| case.canonical(step.to) == id);
    let inferences = inferences.filter(|(step, _)| situation.takes(case, *step));
    let all = links.chain(inferences.map(|(step, entry)| (Step::Inference(step), entry.effect)));
    all.filter(|&(step, side)| trial.worlds.could_apply(trial.own_variable(step), case_on(side, id))).collect()
}

/// What makes a case for or against a statement besides steps.
struct Relation {
    origin: Origin,
    effect: Effect,
    /// What has to be so together.
    nodes: Vec<Node>,
    /// The probability of what else has to come true.
    number: f64,
}

fn relations(trial: &Trial<'_>, id: StatementId) -> Vec<Relation> {
    let (case, entry) = (trial.case, &trial.case.statements[id]);
    let is_out = |of: &StatementId| trial.judgement.out.contains(of);
    let relation = |origin, effect, nodes| Relation { origin, effect, nodes, number: 1.0 };
    let mut found = Vec::new();
    for (strong, weak) in brute::entailments(case) {
        if weak == id && !is_out(&strong) {
            found.push(relation(Origin::EntailedBy(strong), Effect::Supports, vec![Node::For(strong)]));
        }
        if strong == id {
            found.push(relation(Origin::Entails(weak), Effect::Opposes, vec![Node::Against(weak)]));
        }
    }
    for (rival, _) in brute::rivals(case).into_iter().filter(|(rival, of)| *of == id && !is_out(rival)) {
        found.push(relation(Origin::Rival(rival), Effect::Opposes, vec![Node::For(rival)]));
    }
    let wholes = [
        (Origin::AllOf(id), &entry.all_of, SIDES[0]),
        (Origin::AnyOf(id), &entry.any_of, SIDES[1]),
        (Origin::OneOf(id), &entry.one_of, SIDES[1]),
    ];
    for (origin, parts, side) in wholes.into_iter().filter(|(_, parts, _)| !parts.is_empty()) {
        let nodes = parts.iter().map(|&part| case_on(side, case.canonical(part))).collect();
        found.push(relation(origin, side, nodes));
    }
    for (whole, of_whole) in case.statements.iter() {
        let members: BTreeSet<StatementId> = of_whole.one_of.iter().map(|&member| case.canonical(member)).collect();
        let others = || members.iter().filter(|&&member| member != id);
        if members.contains(&id) && !is_out(&id) && others().all(is_out) {
            let against = others().map(|&other| Node::Against(other));
            let nodes = std::iter::once(Node::For(whole)).chain(against).collect();
            found.push(relation(Origin::Left(whole), Effect::Supports, nodes));
        }
    }
    if let Some(number) = entry.assumed {
        let assumed = relation(Origin::Assumed(id), Effect::Supports, Vec::new());
        found.push(Relation { number: number.get(), ..assumed });
    }
    found.retain(|relation| trial.worlds.could_be_so(&relation.nodes, case_on(relation.effect, id)));
    found
}

/// The statements that can be reached in so many steps down, over premises, attacks on steps and their sources, and
/// relations, whatever these weigh.
fn down_to(trial: &Trial<'_>, id: StatementId, depth: usize) -> BTreeSet<StatementId> {
    let case = trial.case;
    let mut found = BTreeSet::from([id]);
    let mut level = found.clone();
    for _ in 0..depth {
        let mut below = BTreeSet::new();
        for &id in &level {
            for (step, _) in steps(trial, id) {
                below.extend(step.premises(case).iter().copied().filter_map(as_statement));
                below.extend(attacks(trial, step).into_iter().filter_map(|(from, ..)| as_statement(from)));
                if let Step::Inference(inference) = step {
                    below.extend(&case.inferences[inference].given_rejected);
                }
            }
            let nodes = relations(trial, id).into_iter().flat_map(|relation| relation.nodes);
            below.extend(nodes.filter_map(|node| match node {
                Node::For(other) | Node::Against(other) => Some(other),
                _ => None,
            }));
        }
        level = below.into_iter().map(|id| case.canonical(id)).filter(|id| !found.contains(id)).collect();
        found.extend(&level);
    }
    found
}

/// An attack: what it comes from, its node and of what kind it is.
type Attacked = (Premise, Node, AttackKind);

/// The attacks on a step, then those on the sources that it starts from.
fn attacks(trial: &Trial<'_>, step: Step) -> Vec<Attacked> {
    let case = trial.case;
    let node = |place| match step {
        Step::Evidence { statement, index } => Node::LinkUndercut(statement, index, place),
        Step::Inference(inference) => Node::InferenceUndercut(inference, place),
    };
    let mut found: Vec<_> = step
        .undercuts(case)
        .iter()
        .enumerate()
        .map(|(place, attack)| (attack.from, node(place), AttackKind::Undercut))
        .collect();
    for source in step.premises(case).iter().copied().filter_map(as_source) {
        found.extend(impeachments(trial, source));
    }
    found
}

/// What impeaches a source, and what takes its place.
fn impeachments(trial: &Trial<'_>, source: Source) -> Vec<Attacked> {
    let all = trial.case.impeachments(source).iter().enumerate();
    let mut found: Vec<_> =
        all.map(|(place, attack)| (attack.from, Node::Impeachment(source, place), AttackKind::Impeachment)).collect();
    for (by, entry) in trial.case.documents.iter() {
        let superseded = BTreeSet::from_iter(&entry.supersedes);
        let superseded = superseded.into_iter().filter(|&&superseded| Source::Document(superseded) == source);
        let from = Premise::Source(Source::Document(by));
        found
            .extend(superseded.map(|&superseded| (from, Node::Supersession(by, superseded), AttackKind::Supersession)));
    }
    found
}

fn as_statement(premise: Premise) -> Option<StatementId> {
    match premise {
        Premise::Statement(statement) => Some(statement),
        Premise::Source(_) => None,
    }
}

fn as_source(premise: Premise) -> Option<Source> {
    match premise {
        Premise::Source(source) => Some(source),
        Premise::Statement(_) => None,
    }
}

// What they weigh.

fn check_grounds(trial: &mut Trial<'_>, id: StatementId, found: &[Weighed]) {
    let mut listed: BTreeSet<(Origin, bool)> = BTreeSet::new();
    for ground in found {
        let is_new = listed.insert((ground.origin, ground.effect == Effect::Supports));
        trial.expect(is_new, format!("{:?} of {} twice", ground.origin, trial.name(id)));
    }
    let mut expected = BTreeSet::new();
    for (step, effect) in steps(trial, id) {
        expected.insert((Origin::Step(step), effect == Effect::Supports));
        let Some(weighed) = found.iter().find(|weighed| weighed.origin == Origin::Step(step)) else { continue };
        let weight = trial.probability(|on| trial.worlds.applies(trial.own_variable(step), on));
        trial.note(true, "step");
        trial.close(id, format!("weight of {step:?}"), weighed.weight, weight);
        let (with, without) = (trial.assessment(id), trial.without_number(id, trial.own_variable(step)));
        let lost = match effect {
            Effect::Supports => with.degrees.case_for() - without.degrees.case_for(),
            Effect::Opposes => with.degrees.case_against() - without.degrees.case_against(),
        };
        trial.note(lost > CLOSE, "something is lost");
        trial.note(lost.abs() <= CLOSE, "nothing is lost");
        trial.note(lost < -CLOSE, "something is won");
        trial.close(id, format!("loss of {step:?}"), weighed.loss.unwrap_or(f64::NAN), lost.max(0.0));
        let attacks = attacks(trial, step);
        check_attacks(trial, id, &weighed.attacks, &attacks);
    }
    for Relation { origin: ground, effect, nodes, number } in relations(trial, id) {
        let weight = match nodes[..] {
            [node] => trial.probability_of(node),
            _ => number * trial.probability(|on| nodes.iter().all(|&node| trial.worlds.is_certain(node, on))),
        };
        let weighed = found.iter().find(|weighed| weighed.origin == ground && weighed.effect == effect);
        trial.close(id, format!("weight of {ground:?}"), weighed.map_or(0.0, |weighed| weighed.weight), weight);
        trial.expect(weighed.is_none_or(|it| it.loss.is_none() && it.attacks.is_empty()), "relations have no attacks");
        // What weighs nothing may be left out.
        if weighed.is_some() {
            expected.insert((ground, effect == Effect::Supports));
        }
        trial.note(matches!(ground, Origin::Rival(_)), "rival");
        trial.note(matches!(ground, Origin::EntailedBy(_)), "entailed");
        trial.note(matches!(ground, Origin::Entails(_)), "entails");
        let parts = matches!(ground, Origin::AllOf(_) | Origin::AnyOf(_) | Origin::OneOf(_));
        trial.note(parts && weight > 0.0, "parts");
        trial.note(matches!(ground, Origin::Assumed(_)), "assumed");
        trial.note(matches!(ground, Origin::Left(_)), "the one that is left");
    }
    trial.same(id, "grounds", listed, expected);
    for pair in found.windows(2) {
        let sides = [pair[0].effect == Effect::Supports, pair[1].effect == Effect::Supports];
        let in_order = (sides[0] && !sides[1]) || (sides[0] == sides[1] && pair[0].weight >= pair[1].weight);
        trial.expect(in_order, format!("{:?} before {:?}", pair[0], pair[1]));
    }
}

fn check_attacks(trial: &mut Trial<'_>, id: StatementId, found: &[WeighedAttack], expected: &[Attacked]) {
    let told: Vec<_> = found.iter().map(|attack| (attack.from, attack.kind)).collect();
    let there: Vec<_> = expected.iter().map(|&(from, _, kind)| (from, kind)).collect();
    trial.same(id, "attacks", told, there);
    for (attack, &(_, node, kind)) in found.iter().zip(expected) {
        let in_force = trial.probability_of(node);
        trial.close(id, format!("force of {node:?}"), attack.in_force, in_force);
        trial.note(kind == AttackKind::Undercut, "undercut");
        trial.note(kind == AttackKind::Impeachment, "impeachment");
        trial.note(kind == AttackKind::Supersession, "supersession");
    }
}

/// Every source that the steps of the argument start from, that attacks come from or that stands behind those, with
/// the probability that it holds.
fn check_sources(trial: &mut Trial<'_>, id: StatementId, argument: &Argument) {
    let case = trial.case;
    let mut waiting = Vec::new();
    for &below in argument.branches.keys() {
        for (step, _) in steps(trial, below) {
            waiting.extend(step.premises(case).iter().copied().filter_map(as_source));
            waiting.extend(attacks(trial, step).into_iter().filter_map(|(from, ..)| as_source(from)));
            if let Step::Evidence { statement, index } = step {
                // Origins of its own mean something for an account of a document alone.
                let link = &case.statements[statement].evidence[index];
                let is_account = matches!(link.from, Premise::Source(Source::Document(_)));
                let is_account = is_account && link.manner != Some(Manner::Exhibit);
                waiting.extend(link.relies_on.iter().filter(|_| is_account));
            }
        }
    }
    let mut sources = BTreeSet::new();
    while let Some(source) = waiting.pop() {
        if sources.insert(source) {
            waiting.extend(origins(trial, source));
            if let Source::Document(document) = source {
                waiting.extend(&case.documents[document].rests_on);
            }
            waiting.extend(impeachments(trial, source).into_iter().filter_map(|(from, ..)| as_source(from)));
        }
    }
    trial.same(id, "sources", keys(&argument.sources), sources);
    for (&source, standing) in &argument.sources {
        trial.note(true, "source");
        let what = format!("standing of {} in the argument", case.source_key(source));
        let holds = trial.probability_of(Node::Holds(source));
        trial.close(id, &what, standing.holds, holds);
        trial.same(id, &what, standing.origins.clone(), origins(trial, source));
        let expected = impeachments(trial, source);
        check_attacks(trial, id, &standing.impeachments, &expected);
    }
}

fn origins(trial: &Trial<'_>, source: Source) -> Vec<Source> {
    match source {
        Source::Document(document) => trial.case.documents[document].derives_from.to_vec(),
        Source::Actor(_) => Vec::new(),
    }
}
