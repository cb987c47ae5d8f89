//! Whether withheld passages change which attacks silence each other.

use rustc_hash::FxHashMap;

use crate::logic::{AtomId, Out, Parameters, Passage, Program, Variant, compile, components};
use crate::model::{Case, Source};

/// Whether a withheld passage could lie on a loop with an attack that may be left undecided, in this model or in one
/// with less rivalry: then it could change which attacks silence together.
pub(super) fn loops_shift(case: &Case, quantities: &Parameters, passages: &[Passage]) -> bool {
    let present: Vec<(usize, Passage)> = passages.iter().copied().enumerate().collect();
    let program = compile(case, quantities, Variant { out: Out::Any, present: &present, ..Variant::AS_WRITTEN });
    let mut component_of = FxHashMap::default();
    for (number, component) in components(&program, program.atoms()).into_iter().enumerate() {
        if component.atoms.iter().any(|&atom| program.atom(atom).is_attack()) {
            component_of.extend(component.atoms.into_iter().map(|atom| (atom, number)));
        }
    }
    passages.iter().any(|passage| {
        let from = component_of.get(&Program::holds(case, Source::Document(passage.document)));
        from.is_some() && Program::sides(passage.statement).iter().any(|side| component_of.get(side) == from)
    })
}

/// Whether a program has loops: in them much hangs together closely.
pub(super) fn has_loops(program: &Program) -> bool {
    components(program, program.atoms()).iter().any(|component| component.recursive)
}

/// Whether an undercut or an impeachment lies on a loop.
pub(super) fn attacks_in_loops(program: &Program) -> bool {
    let is_attack = |&atom: &AtomId| program.atom(atom).is_attack();
    components(program, program.atoms())
        .iter()
        .any(|component| component.recursive && component.atoms.iter().any(is_attack))
}
