//! Entailments that are perhaps the wrong way round.

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Engine, Result};
use crate::logic::Step;
use crate::model::{Effect, Manner, Premise, Source, StatementId};

/// Remarks where a statement has a serious case of its own, and what it entails, of which there is evidence as well, has
/// a much smaller one. Only what is written as `entails` can be the wrong way round.
pub(super) fn check(engine: &Engine<'_>, statement: StatementId) -> Result<Vec<Diagnostic>> {
    let case = engine.case();
    let entailed = &case.statements[statement].entails;
    let mut found = Vec::new();
    if entailed.is_empty() {
        return Ok(found);
    }
    let strong = own_case(engine, statement)?;
    for &named in entailed.iter().filter(|_| engine.is_serious(strong)) {
        let weaker = case.canonical(named);
        let behind = strong - own_case(engine, weaker)?;
        if has_evidence(engine, weaker) && behind >= engine.bar(weaker).margin.get() {
            found.push(problem(engine, statement, weaker));
        }
    }
    Ok(found)
}

/// Whether a source speaks to a statement; what is only derived has the case that it is derived with.
fn has_evidence(engine: &Engine<'_>, statement: StatementId) -> bool {
    engine.steps_to(statement).iter().any(|(step, _)| matches!(step, Step::Evidence { .. }))
}

fn problem(engine: &Engine<'_>, statement: StatementId, weaker: StatementId) -> Diagnostic {
    let (stronger, weaker) = (&engine.case().statements[statement], &engine.case().statements[weaker]);
    let (strong, weak) = (&stronger.key, &weaker.key);
    let message = format!("`{strong}` entails `{weak}`, and is much better supported by its own evidence");
    let help = format!(
        "is `{weak}` really the weaker of the two, so that whatever shows `{strong}` shows it too? If not, the entailment is \
         the wrong way round: let `{weak}` entail `{strong}`"
    );
    Diagnostic::new(Code::ReversedEntailment, stronger.declared, message)
        .help(help)
        .related(weaker.declared, "entailed, with less evidence of its own")
        .about(strong)
        .about(weak)
}

/// About how large the case is that the evidence and the inferences of a statement make for it, as if they were
/// independent: 1 - (1 - a)(1 - b)….
fn own_case(engine: &Engine<'_>, statement: StatementId) -> Result<f64> {
    let mut missing = 1.0 - engine.case().statements[statement].assumed.map_or(0.0, |assumed| assumed.get());
    for (step, _) in engine.steps_to(statement).into_iter().filter(|&(_, effect)| effect == Effect::Supports) {
        missing *= 1.0 - weight(engine, step)?;
    }
    Ok(1.0 - missing)
}

/// The strength of a step times the probabilities of what it starts from.
fn weight(engine: &Engine<'_>, step: Step) -> Result<f64> {
    let case = engine.case();
    let mut weight = step.strength(case).get();
    if let Step::Evidence { statement, index } = step
        && case.statements[statement].evidence[index].manner == Some(Manner::Exhibit)
    {
        return Ok(weight);
    }
    for &premise in step.premises(case) {
        weight *= match premise {
            Premise::Source(Source::Document(document)) => case.documents[document].reliability.get(),
            Premise::Source(Source::Actor(actor)) => case.actors[actor].reliability.map_or(1.0, |given| given.get()),
            Premise::Statement(premise) => engine.assess(premise)?.degrees.in_favour,
        };
    }
    Ok(weight)
}
