//! Random edits of random small cases, as an author might make them.

use evigraph::{Effect, Standard};

use crate::support::random::{Dice, numbers};
use crate::support::reduce::forget;
use crate::support::sketch::{InferenceSketch, LinkSketch, Sketch, SourceSketch, StatementSketch};

/// The case with so many edits; none where they would make it unsound.
pub fn edited(sketch: &Sketch, count: usize, dice: &mut Dice) -> Option<Sketch> {
    let mut edited = sketch.clone();
    (0..count).for_each(|nth| edit(&mut edited, nth, dice));
    is_sound(&edited).then_some(edited)
}

fn edit(sketch: &mut Sketch, nth: usize, dice: &mut Dice) {
    match dice.below(17) {
        0..=2 => number(sketch, dice),
        3 => add_link(sketch, None, dice),
        4 => remove_link(sketch, dice),
        5 => add_document(sketch, nth, dice),
        6 => forget_source(sketch, dice),
        7 => standard(sketch, dice),
        8 => add_attack(sketch, dice),
        9 => remove_step(sketch, dice),
        10 => add_inference(sketch, nth, dice),
        11 => origins(sketch, dice),
        12 => entailment(sketch, dice),
        13 => add_rival(sketch, nth, dice),
        14 => alias(sketch, dice),
        15 => question(sketch, dice),
        _ => withhold(sketch, dice),
    }
}

fn sources(sketch: &Sketch) -> Vec<String> {
    sketch.documents.keys().chain(sketch.actors.keys()).cloned().collect()
}

fn statements(sketch: &Sketch) -> Vec<String> {
    sketch.claims.keys().chain(sketch.relationships.keys()).cloned().collect()
}

/// Statements that are no other name of a claim.
fn own(sketch: &Sketch) -> Vec<String> {
    statements(sketch).into_iter().filter(|name| canonical(sketch, name) == name).collect()
}

fn canonical<'s>(sketch: &'s Sketch, name: &'s str) -> &'s str {
    sketch.relationships.get(name).and_then(|entry| entry.same_as.as_deref()).unwrap_or(name)
}

fn statement<'s>(sketch: &'s mut Sketch, name: &str) -> &'s mut StatementSketch {
    sketch.claims.get_mut(name).or(sketch.relationships.get_mut(name)).expect("it was picked from these")
}

fn premise(sketch: &Sketch, dice: &mut Dice) -> String {
    let all = if dice.chance(70) { sources(sketch) } else { statements(sketch) };
    dice.pick(&all).clone()
}

fn strength(dice: &mut Dice) -> f64 {
    if dice.chance(20) { 1.0 } else { dice.between(0.05, 0.95) }
}

fn number(sketch: &mut Sketch, dice: &mut Dice) {
    let mut all = numbers(sketch);
    if !all.is_empty() {
        let at = dice.below(all.len());
        *all[at] = strength(dice);
    }
}

fn add_link(sketch: &mut Sketch, from: Option<String>, dice: &mut Dice) {
    let to = dice.pick(&own(sketch)).clone();
    let from = from.unwrap_or_else(|| premise(sketch, dice));
    let effect = if dice.chance(65) { Effect::Supports } else { Effect::Opposes };
    let (strength, exhibit) = (strength(dice), dice.chance(10));
    let relies_on = if dice.chance(15) { vec![dice.pick(&sources(sketch)).clone()] } else { Vec::new() };
    let relies_on = relies_on.into_iter().filter(|origin| *origin != from).collect();
    let link = LinkSketch { effect, from, strength, exhibit, relies_on, undercut_by: Vec::new() };
    statement(sketch, &to).evidence.push(link);
}

fn remove_link(sketch: &mut Sketch, dice: &mut Dice) {
    let name = dice.pick(&statements(sketch)).clone();
    let links = &mut statement(sketch, &name).evidence;
    if !links.is_empty() {
        links.remove(dice.below(links.len()));
    }
}

fn add_document(sketch: &mut Sketch, nth: usize, dice: &mut Dice) {
    let name = format!("n{nth}");
    let derives_from = if dice.chance(30) { vec![dice.pick(&sources(sketch)).clone()] } else { Vec::new() };
    let source = SourceSketch { reliability: Some(strength(dice)), derives_from, ..SourceSketch::default() };
    sketch.documents.insert(name.clone(), source);
    add_link(sketch, Some(name), dice);
}

fn forget_source(sketch: &mut Sketch, dice: &mut Dice) {
    let all = sources(sketch);
    if all.len() > 1 {
        forget(sketch, dice.pick::<String>(&all));
    }
}

fn standard(sketch: &mut Sketch, dice: &mut Dice) {
    let standard = *dice.pick(&Standard::ALL);
    if dice.chance(50) {
        sketch.standard = standard;
    } else {
        let name = dice.pick(&statements(sketch)).clone();
        statement(sketch, &name).standard = dice.chance(80).then_some(standard);
    }
}

fn add_attack(sketch: &mut Sketch, dice: &mut Dice) {
    let attack = (premise(sketch, dice), strength(dice));
    if dice.chance(50) {
        let name = dice.pick(&own(sketch)).clone();
        let links = &mut statement(sketch, &name).evidence;
        if !links.is_empty() {
            let at = dice.below(links.len());
            links[at].undercut_by.push(attack);
        }
    } else {
        let name = dice.pick(&sources(sketch)).clone();
        if name != attack.0 {
            let entry = sketch.documents.get_mut(&name).or(sketch.actors.get_mut(&name));
            entry.expect("it was picked from these").impeached_by.push(attack);
        }
    }
}

fn remove_step(sketch: &mut Sketch, dice: &mut Dice) {
    let names: Vec<String> = sketch.inferences.keys().cloned().collect();
    if !names.is_empty() {
        sketch.inferences.remove(dice.pick::<String>(&names));
    }
}

fn add_inference(sketch: &mut Sketch, nth: usize, dice: &mut Dice) {
    let given = vec![premise(sketch, dice)];
    let given_rejected = if dice.chance(25) { vec![dice.pick(&own(sketch)).clone()] } else { Vec::new() };
    let effect = if dice.chance(75) { Effect::Supports } else { Effect::Opposes };
    let (to, strength) = (dice.pick(&own(sketch)).clone(), strength(dice));
    // Now and then under the name of one that is there already.
    let names: Vec<String> = sketch.inferences.keys().cloned().collect();
    let name = if dice.chance(40) && !names.is_empty() { dice.pick(&names).clone() } else { format!("j{nth}") };
    let step = InferenceSketch { given, given_rejected, to, effect, strength, undercut_by: Vec::new() };
    sketch.inferences.insert(name, step);
}

fn origins(sketch: &mut Sketch, dice: &mut Dice) {
    let documents: Vec<String> = sketch.documents.keys().cloned().collect();
    let origin = dice.pick(&sources(sketch)).clone();
    if documents.is_empty() {
        return;
    }
    let name = dice.pick(&documents);
    let list = &mut sketch.documents.get_mut(name).expect("it was picked from these").derives_from;
    if list.contains(&origin) {
        list.retain(|other| *other != origin);
    } else if origin != *name {
        list.push(origin);
    }
}

fn entailment(sketch: &mut Sketch, dice: &mut Dice) {
    let (strong, weak) = (dice.pick(&own(sketch)).clone(), dice.pick(&own(sketch)).clone());
    let list = &mut statement(sketch, &strong).entails;
    if list.contains(&weak) {
        list.retain(|other| *other != weak);
    } else {
        list.push(weak);
    }
}

/// A new reading of something, with evidence of its own.
fn add_rival(sketch: &mut Sketch, nth: usize, dice: &mut Dice) {
    let (rival, from) = (dice.pick(&own(sketch)).clone(), dice.pick(&sources(sketch)).clone());
    let name = format!("m{nth}");
    let strength = strength(dice);
    let link = LinkSketch {
        effect: Effect::Supports,
        from,
        strength,
        exhibit: false,
        relies_on: Vec::new(),
        undercut_by: vec![],
    };
    let mut entry = StatementSketch { evidence: vec![link], ..StatementSketch::default() };
    // It is enough when one of the two says so.
    if dice.chance(50) {
        entry.rivals.push(rival);
    } else {
        statement(sketch, &rival).rivals.push(name.clone());
    }
    sketch.claims.insert(name, entry);
}

fn alias(sketch: &mut Sketch, dice: &mut Dice) {
    let claims: Vec<String> = sketch.claims.keys().cloned().collect();
    let relationships: Vec<String> = sketch.relationships.keys().cloned().collect();
    if relationships.is_empty() {
        return;
    }
    let entry = statement(sketch, dice.pick::<String>(&relationships));
    let same_as = if entry.same_as.is_some() { None } else { Some(dice.pick(&claims).clone()) };
    *entry = StatementSketch { same_as, ..StatementSketch::default() };
}

fn question(sketch: &mut Sketch, dice: &mut Dice) {
    let claims = statements(sketch);
    let one = vec![dice.pick(&claims).clone()];
    for (listed, headline) in sketch.questions.values_mut() {
        *headline = one[0].clone();
        listed.clone_from(&one);
    }
}

fn withhold(sketch: &mut Sketch, dice: &mut Dice) {
    let share = strength(dice);
    if let Some(document) = sketch.documents.values_mut().next() {
        document.withheld = if document.withheld > 0.0 { 0.0 } else { share };
    }
}

/// Whether `check` would find nothing wrong with what speaks to what.
fn is_sound(sketch: &Sketch) -> bool {
    let is = |name: &String, other: &str| canonical(sketch, name) == other;
    let entries = sketch.claims.iter().chain(&sketch.relationships);
    let statements_are_sound = entries.into_iter().all(|(name, entry)| {
        let own = canonical(sketch, name);
        let lists = [&entry.entails, &entry.rivals, &entry.all_of, &entry.any_of];
        let aliased = entry.same_as.as_ref().is_none_or(|claim| sketch.claims.contains_key(claim));
        let links = entry.evidence.iter();
        aliased
            && links.into_iter().all(|link| !is(&link.from, own))
            && lists.into_iter().flatten().all(|other| !is(other, own))
            && lists.into_iter().flatten().all(|other| sketch.statement(other).is_some())
    });
    let inferences_are_sound = sketch.inferences.values().all(|step| {
        let to = canonical(sketch, &step.to);
        let premises = step.given.iter().chain(&step.given_rejected);
        !(step.given.is_empty() && step.given_rejected.is_empty())
            && premises.into_iter().all(|premise| !is(premise, to))
    });
    let questions_are_sound = sketch.questions.values().all(|(claims, headline)| claims.contains(headline));
    let impeached = sketch.documents.iter().chain(&sketch.actors);
    let sources_are_sound = impeached.into_iter().all(|(name, entry)| {
        entry.impeached_by.iter().all(|(from, _)| from != name) && !entry.derives_from.contains(name)
    });
    statements_are_sound
        && inferences_are_sound
        && questions_are_sound
        && sources_are_sound
        && !sketch.documents.is_empty()
}
