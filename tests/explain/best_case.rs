//! The most probable set of sources and steps that makes a case, against every other such set.

use evigraph::EngineError;
use evigraph::internals::explain::{self, BestCase};
use evigraph::{Effect, StatementId};

use super::trial::{SIDES, Trial, variable};
use crate::brute::{Node, Set};

/// The most uncertain numbers of a case of which every partial choice is tried.
const MOST: usize = 8;

/// The most numbers above 0 whose every choice is tried.
const MOST_OF_ALL: usize = 12;

pub fn check(trial: &mut Trial<'_>, id: StatementId) -> Result<(), EngineError> {
    for side in SIDES {
        let found = explain::best_case(&trial.judge, id, side)?.expect("small");
        let node = case_on(side, id);
        if let Some(best) = most_probable(trial, node) {
            let probability = found.as_ref().map_or(0.0, |found| found.probability);
            trial.close(id, format!("the best case: {side:?} {found:?}; its probability"), probability, best);
            trial.same(id, "whether there is a best case", found.is_some(), best > 0.0);
        }
        trial.note(found.is_none(), "no case");
        if let Some(found) = found {
            trial.note(true, "a best case");
            trial.note(found.holding.len() > 1, "several conditions");
            trial.note(!found.failing.is_empty(), "something fails");
            trial.note(found.failing.iter().any(|condition| condition.probability < 1.0), "uncertain failure");
            conditions(trial, id, &found);
            makes_sure(trial, id, &found, node);
        }
    }
    Ok(())
}

fn case_on(side: Effect, id: StatementId) -> Node {
    match side {
        Effect::Supports => Node::For(id),
        Effect::Opposes => Node::Against(id),
    }
}

/// The conditions are numbers of the case, each once, and make the probability.
fn conditions(trial: &mut Trial<'_>, id: StatementId, found: &BestCase) {
    let number = |quantity| trial.oracle.base.numbers[&variable(quantity)];
    let holding = found.holding.iter().map(|on| (on.probability, number(on.quantity)));
    let failing = found.failing.iter().map(|off| (off.probability, 1.0 - number(off.quantity)));
    let all: Vec<(f64, f64)> = holding.chain(failing).collect();
    let product = all.iter().map(|(said, _)| said).product();
    trial.close(id, format!("the product of {found:?}"), found.probability, product);
    for (said, number) in all {
        trial.close(id, format!("a condition of {found:?}"), said, number);
    }
}

/// In every world that is as the conditions say, the case is certain, whatever else holds or fails; and no
/// condition can be left out.
fn makes_sure(trial: &mut Trial<'_>, id: StatementId, found: &BestCase, node: Node) {
    let worlds = trial.worlds;
    let bit = |condition: &evigraph::internals::explain::Condition| worlds.bit(variable(condition.quantity));
    let on: Set = found.holding.iter().map(bit).fold(0, |all, bit| all | bit);
    let off: Set = found.failing.iter().map(bit).fold(0, |all, bit| all | bit);
    let numbers = &trial.oracle.base.numbers;
    let is_so = |world: Set| world & on == on && world & off == 0;
    let mut consistent = worlds.all(numbers).into_iter().map(|(world, _)| world).filter(|&world| is_so(world));
    let certain = consistent.all(|world| worlds.is_certain(node, world));
    trial.expect(certain, format!("{found:?} does not make sure of {node:?}"));

    let possible: Vec<Set> =
        worlds.variables().filter(|(variable, _)| numbers[variable] > 0.0).map(|(_, bit)| bit).collect();
    if possible.len() > MOST_OF_ALL {
        return;
    }
    trial.note(true, "whatever else");
    let sure = |on: Set, off: Set| {
        let free: Vec<Set> = possible.iter().copied().filter(|bit| bit & (on | off) == 0).collect();
        (0..1_u32 << free.len()).all(|choice| {
            let chosen = free.iter().enumerate().filter(|(place, _)| choice >> place & 1 == 1);
            worlds.is_certain(node, chosen.fold(on, |all, (_, bit)| all | bit))
        })
    };
    trial.expect(sure(on, off), format!("{found:?} does not make sure of {node:?}, whatever else holds"));
    for condition in possible.iter().filter(|&bit| bit & (on | off) != 0) {
        let needless = sure(on & !condition, off & !condition);
        trial.expect(!needless, format!("{found:?} asks too much of {}", trial.name(id)));
    }
}

/// The most probable partial choice of uncertain numbers that makes sure of a node, 0 where there is none. None
/// where there are too many to try.
fn most_probable(trial: &Trial<'_>, node: Node) -> Option<f64> {
    let (worlds, numbers) = (trial.worlds, &trial.oracle.base.numbers);
    let certainly_on = worlds.variables().filter(|(variable, _)| numbers[variable] == 1.0);
    let base: Set = certainly_on.fold(0, |all, (_, bit)| all | bit);
    let uncertain: Vec<(Set, f64)> = (worlds.variables())
        .map(|(variable, bit)| (bit, numbers[&variable]))
        .filter(|&(_, number)| number > 0.0 && number < 1.0)
        .collect();
    if uncertain.len() > MOST {
        return None;
    }
    // A choice has a digit for each number: 0 off, 1 on, 2 either; its neighbours with less left open come before it.
    let units: Vec<usize> = (0..uncertain.len()).map(|place| 3_usize.pow(u32::try_from(place).expect("few"))).collect();
    let all = units.last().map_or(1, |last| last * 3);
    let mut sure = vec![false; all];
    let mut best = 0.0;
    for choice in 0..all {
        let digit = |place: usize| choice / units[place] % 3;
        let open = (0..uncertain.len()).find(|&place| digit(place) == 2);
        sure[choice] = match open {
            Some(place) => sure[choice - units[place]] && sure[choice - 2 * units[place]],
            None => {
                let on = (0..uncertain.len()).filter(|&place| digit(place) == 1);
                worlds.is_certain(node, on.fold(base, |all, place| all | uncertain[place].0))
            }
        };
        if sure[choice] {
            let chance = |place: usize| [1.0 - uncertain[place].1, uncertain[place].1, 1.0][digit(place)];
            best = f64::max(best, (0..uncertain.len()).map(chance).product());
        }
    }
    Some(best)
}
