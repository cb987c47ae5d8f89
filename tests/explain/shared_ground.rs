//! The sources that two rival readings both draw on, by the definition.

use std::collections::BTreeSet;

use evigraph::EngineError;
use evigraph::internals::explain;
use evigraph::{Source, StatementId};

use super::trial::Trial;
use crate::brute::Node;

pub fn check(trial: &mut Trial<'_>, id: StatementId) -> Result<(), EngineError> {
    let found = explain::shared_ground(&trial.judge, id)?.expect("small");
    let rivals: Vec<StatementId> = trial.oracle.rivals(id).into_iter().collect();
    trial.same(id, "rivals", found.iter().map(|with| with.rival).collect(), rivals);
    let own = drawn_on(trial, id);
    let direct = &trial.case.statements[id].rivals;
    for with in found {
        let theirs = drawn_on(trial, with.rival);
        let shared: Vec<Source> = own.intersection(&theirs).copied().collect();
        trial.note(!shared.is_empty(), "shared");
        trial.note(shared.is_empty(), "nothing shared");
        let declared = direct.contains(&with.rival) || trial.case.statements[with.rival].rivals.contains(&id);
        trial.note(!declared, "a rival of what it entails");
        let of = own.union(&theirs).count();
        let share = if of == 0 { 0.0 } else { shared.len() as f64 / of as f64 };
        trial.close(id, "share", with.share(), share);
        trial.same(id, format!("ground shared with {}", trial.name(with.rival)), (with.shared, with.of), (shared, of));
    }
    Ok(())
}

/// The sources with which, in some world, the case for is certain, and without which it is not.
fn drawn_on(trial: &Trial<'_>, id: StatementId) -> BTreeSet<Source> {
    trial.case.sources().filter(|&source| trial.occurs(source, Node::For(id))).collect()
}
