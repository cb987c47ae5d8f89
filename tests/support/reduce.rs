//! Makes a failing case small: takes away one thing after another while it still fails.

use super::random::numbers;
use super::sketch::{Sketch, StatementSketch};

/// The smallest case that still fails, as far as taking away single things leads.
pub fn smallest(sketch: &Sketch, fails: impl Fn(&Sketch) -> bool) -> Sketch {
    let mut sketch = sketch.clone();
    while let Some(smaller) = reductions(&sketch).into_iter().find(|smaller| fails(smaller)) {
        sketch = smaller;
    }
    sketch
}

/// The case with one thing less, for every such thing, the largest first.
fn reductions(sketch: &Sketch) -> Vec<Sketch> {
    let mut smaller = Vec::new();
    let names = [sketch.claims.keys(), sketch.relationships.keys()].into_iter().flatten();
    let sources = [sketch.documents.keys(), sketch.actors.keys()].into_iter().flatten();
    for name in names.chain(sources).chain(sketch.inferences.keys()) {
        let mut less = sketch.clone();
        forget(&mut less, name);
        smaller.push(less);
    }
    smaller.extend((0..).map_while(|nth| without_nth(sketch, nth)));
    for at in 0..numbers(&mut sketch.clone()).len() {
        for simple in [1.0, 0.5] {
            let mut less = sketch.clone();
            let number = &mut *numbers(&mut less)[at];
            if *number != simple && *number != 1.0 {
                *number = simple;
                smaller.push(less);
            }
        }
    }
    smaller
}

/// Takes a name away, with everything that cannot do without it.
pub fn forget(sketch: &mut Sketch, name: &str) {
    let differs = |other: &String| other != name;
    sketch.documents.remove(name);
    sketch.actors.remove(name);
    sketch.claims.remove(name);
    sketch.relationships.remove(name);
    sketch.inferences.remove(name);
    for source in sketch.documents.values_mut().chain(sketch.actors.values_mut()) {
        source.impeached_by.retain(|(from, _)| differs(from));
        source.derives_from.retain(differs);
        source.rests_on.retain(differs);
        source.supersedes.retain(differs);
        if let Some(list) = &mut source.bears_on {
            list.retain(differs);
        }
    }
    for entry in sketch.claims.values_mut().chain(sketch.relationships.values_mut()) {
        entry.evidence.retain(|link| differs(&link.from));
        for link in &mut entry.evidence {
            link.relies_on.retain(differs);
            link.undercut_by.retain(|(from, _)| differs(from));
        }
        for list in lists(entry) {
            list.retain(differs);
        }
    }
    for step in sketch.inferences.values_mut() {
        step.given.retain(differs);
        step.given_rejected.retain(differs);
        step.undercut_by.retain(|(from, _)| differs(from));
    }
    sketch.inferences.retain(|_, step| step.to != name && !(step.given.is_empty() && step.given_rejected.is_empty()));
    for (claims, _) in sketch.questions.values_mut() {
        claims.retain(differs);
    }
    sketch.questions.retain(|_, (_, headline)| headline != name);
    let others: Vec<String> = (sketch.relationships.iter())
        .filter(|(_, entry)| entry.same_as.as_deref() == Some(name))
        .map(|(other, _)| other.clone())
        .collect();
    for other in others {
        forget(sketch, &other);
    }
}

/// The statements that a statement names.
fn lists(entry: &mut StatementSketch) -> [&mut Vec<String>; 5] {
    let StatementSketch { entails, rivals, all_of, any_of, one_of, .. } = entry;
    [entails, rivals, all_of, any_of, one_of]
}

/// The case without the `nth` entry of all of its lists.
fn without_nth(sketch: &Sketch, nth: usize) -> Option<Sketch> {
    fn take<T>(list: &mut Vec<T>, left: &mut usize) -> bool {
        if *left < list.len() {
            list.remove(*left);
            return true;
        }
        *left -= list.len();
        false
    }
    fn set<T: PartialEq + Default>(value: &mut T, left: &mut usize) -> bool {
        if *value == T::default() {
            return false;
        }
        if *left == 0 {
            *value = T::default();
            return true;
        }
        *left -= 1;
        false
    }
    let mut less = sketch.clone();
    let mut left = nth;
    let mut done = set(&mut less.standard, &mut left) || set(&mut less.thresholds, &mut left);
    for source in less.documents.values_mut().chain(less.actors.values_mut()) {
        done = done
            || take(&mut source.impeached_by, &mut left)
            || take(&mut source.derives_from, &mut left)
            || take(&mut source.rests_on, &mut left)
            || take(&mut source.supersedes, &mut left)
            || set(&mut source.withheld, &mut left)
            || set(&mut source.tags, &mut left)
            || source.bears_on.as_mut().is_some_and(|list| take(list, &mut left));
    }
    for entry in less.claims.values_mut().chain(less.relationships.values_mut()) {
        done = done || take(&mut entry.evidence, &mut left) || set(&mut entry.standard, &mut left);
        for link in &mut entry.evidence {
            done = done
                || take(&mut link.relies_on, &mut left)
                || take(&mut link.undercut_by, &mut left)
                || set(&mut link.exhibit, &mut left);
        }
        for list in lists(entry) {
            done = done || take(list, &mut left);
        }
        done = done || set(&mut entry.assumed, &mut left);
    }
    for step in less.inferences.values_mut() {
        let premises = step.given.len() + step.given_rejected.len();
        if premises > 1 {
            done = done || take(&mut step.given, &mut left) || take(&mut step.given_rejected, &mut left);
        }
        done = done || take(&mut step.undercut_by, &mut left);
    }
    done.then_some(less)
}
