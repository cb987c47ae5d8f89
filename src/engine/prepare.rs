//! Working out many statements at once, for those who are about to ask for them. It changes no exact answer.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::logic::{Compiled, Effort, Elimination, Program, Reading, Start, Supposition, TooWide, eliminate_all};
use crate::model::StatementId;

use super::engine::{Engine, Readiness};
use super::method::Result;
use super::model::{Model, ModelKey, Presence, Shape};
use super::scenario::EFFECTS;
use super::strategy::{FOR_LATER, MOST_TOGETHER, PLANNED};

/// A view for questions about all statements: what can be compiled together is. With `settle`, its programs have the
/// withheld passages too, as they will be read under their completions.
pub(super) fn for_all<'c>(engine: &Engine<'c>, settle: bool) -> Result<Engine<'c>> {
    let readiness = Readiness::All { settle };
    if engine.readiness >= readiness {
        return Ok(engine.clone());
    }
    let view = engine.ready(None, readiness);
    if view.method().estimates() {
        return Ok(view);
    }
    let statements: Vec<StatementId> = view.own_statements().collect();
    if view.is_loose()
        && let Some(view) = eliminate_statements(&view, &statements)?
    {
        return Ok(view);
    }
    if statements.len() > MOST_TOGETHER {
        return Ok(if view.falls_back() { view.giving_up_on(statements) } else { view });
    }
    Ok(joined(&view, statements.iter().copied(), &statements, settle)?.0)
}

/// A view for questions about some statements and no others. As [`for_all`], but for those that are too many to be compiled
/// together: each is tried by itself. Whether a statement is settled asks about all that it depends on, so with `settle`
/// that is compiled too, where it is not much more.
pub(super) fn for_some<'c>(engine: &Engine<'c>, statements: BTreeSet<StatementId>, settle: bool) -> Result<Engine<'c>> {
    let mut asked = statements.clone();
    statements.iter().for_each(|&statement| asked.extend(engine.rivals(statement).iter().copied()));
    let view = engine.ready(Some(asked), Readiness::Nothing);
    let mut all = statements.clone();
    for &statement in statements.iter().take_while(|_| settle) {
        all.extend(view.statements_behind(statement));
        if all.len() > MOST_TOGETHER {
            break;
        }
    }
    if all.len() > MOST_TOGETHER || view.method().estimates() || view.is_loose() {
        return Ok(try_each(view, statements));
    }
    let all: Vec<StatementId> = all.into_iter().collect();
    let (mut view, is_whole) = joined(&view, statements, &all, settle)?;
    if is_whole {
        view.readiness = Readiness::Some;
    }
    Ok(view)
}

/// The view in which all that is listed is compiled together, if it can be; or else those statements are tried by
/// themselves that are asked about. And whether all is.
fn joined<'c>(
    view: &Engine<'c>,
    asked: impl IntoIterator<Item = StatementId>,
    all: &[StatementId],
    settle: bool,
) -> Result<(Engine<'c>, bool)> {
    let presence = if settle { presence_for_completions(view) } else { Presence::AsWritten };
    let shape = Shape { presence, ..Shape::default() };
    let (view, together) = compile_all(&view.leaving(Some(FOR_LATER)), &shape, all)?;
    // With its passages absent, the larger program says the same as the one without them.
    let is_whole = together.len() == all.len();
    let view = if is_whole { view.at(view.base().shaped(shape)) } else { view };
    let view = try_each(view, asked.into_iter().filter(|id| !together.contains(id)));
    Ok((view.leaving(None), is_whole))
}

/// Tries some statements one after another, those first that depend on least, until so much was spent that the rest are to
/// be estimated.
fn try_each<'c>(engine: Engine<'c>, statements: impl IntoIterator<Item = StatementId>) -> Engine<'c> {
    if !engine.falls_back() {
        return engine;
    }
    let mut statements: Vec<StatementId> = statements.into_iter().collect();
    if statements.len() > 1 {
        statements.sort_by_cached_key(|&id| (engine.behind(id).len(), id));
    }
    let trying = engine.trying();
    let mut estimated = Vec::new();
    for statement in statements {
        match trying.exact(trying.base(), Model::AsItIs, statement) {
            Ok(Some(_)) => {}
            Ok(None) => estimated.push(statement),
            // Stopped: what is known by now can still be answered.
            Err(_) => break,
        }
    }
    engine.giving_up_on(estimated)
}

/// The withheld passages that a program had better have when it will be read under their completions too.
pub(super) fn presence_for_completions(engine: &Engine<'_>) -> Presence {
    let none = engine.core.numbering.passages.is_empty() || engine.core.loops_shift;
    if none { Presence::AsWritten } else { Presence::Any }
}

/// Compiles statements that have a verdict of their own together under the numbers of the case, where that stays small;
/// one that is left is compiled by itself when it is asked for. Gives those that were compiled, and the view that has
/// learned an order of the variables from them.
///
/// What is out is read from the model without rivals. Mostly nothing is, so the model with rivals is made on that guess
/// before, and what the guess was wrong for is made again.
fn compile_all<'c>(
    engine: &Engine<'c>,
    shape: &Shape,
    statements: &[StatementId],
) -> Result<(Engine<'c>, BTreeSet<StatementId>)> {
    engine.unless_stopped()?;
    if engine.is_loose() {
        return Ok((engine.clone(), statements.iter().copied().collect()));
    }
    let guess = ModelKey::with_rivals(shape.clone());
    let (engine, stayed_small) = together(engine, &guess, statements);
    if !stayed_small {
        // Then it is too much to say of all what is out, too: each is left to be tried by itself.
        return Ok((engine, BTreeSet::new()));
    }
    if !engine.find_competing(shape, statements)? {
        return Ok((engine, BTreeSet::new()));
    }
    let competitors: BTreeSet<StatementId> =
        statements.iter().flat_map(|&id| engine.competing(shape, id).iter().copied().collect::<Vec<_>>()).collect();
    let mut opposable = BTreeSet::new();
    if !competitors.is_empty() {
        let both = competitors.iter().chain(statements).copied();
        opposable.extend(both.filter(|&id| engine.could_be_out(shape, id)));
    }
    let opposable: Vec<StatementId> = opposable.into_iter().collect();
    let (engine, _) = together(&engine, &ModelKey::without_rivals(shape.clone()), &opposable);
    let hypothesis = engine.base().shaped(shape.clone());
    let mut out = BTreeSet::new();
    for competitor in competitors {
        if engine.is_out(&hypothesis, competitor)? {
            out.insert(competitor);
        }
    }
    let is_misjudged = |statement: &StatementId| !engine.competing(shape, *statement).is_disjoint(&out);
    let (misjudged, right): (Vec<_>, Vec<_>) = statements.iter().copied().partition(is_misjudged);
    let (engine, mended) = together(&engine, &ModelKey { out, ..guess }, &misjudged);
    let compiled = right.into_iter().chain(misjudged.into_iter().filter(|_| mended)).collect();
    Ok((engine, compiled))
}

/// Compiles a model for some statements together, and says whether it stayed small. The first that does teaches the
/// view an order of the variables.
fn together<'c>(engine: &Engine<'c>, key: &ModelKey, statements: &[StatementId]) -> (Engine<'c>, bool) {
    let program = engine.program(key);
    let sides: Vec<_> = statements.iter().map(|&statement| Program::sides(statement)).collect();
    let start = Start { order: engine.order(), promise: engine.strategy().promise() };
    let made = engine.make(&program, &sides, engine.strategy().budget_for_many(), start);
    engine.spend(made.steps);
    let Ok(compiled) = made.diagrams else { return (engine.clone(), false) };
    let learned = match (compiled.first(), engine.order()) {
        (Some(first), None) => engine.clone().ordered(first.order()),
        _ => engine.clone(),
    };
    for (&statement, diagrams) in statements.iter().zip(compiled) {
        // Which compete is not known before the first model is there, and is no matter where none is out.
        let out = match key.out.is_empty() {
            true => BTreeSet::new(),
            false => &key.out & &engine.competing(&key.shape, statement),
        };
        let own = (ModelKey { out, ..key.clone() }, statement);
        engine.cache.keep_compiled(own, Ok(Arc::new(Compiled::Diagrams(diagrams))));
    }
    (learned, true)
}

/// Works out the degrees of all statements of a large and loosely connected case by elimination, where most of them
/// promise to take no more than may be spent; none where they do not, and there is another way.
fn eliminate_statements<'c>(view: &Engine<'c>, statements: &[StatementId]) -> Result<Option<Engine<'c>>> {
    let base = view.base();
    let guess = ModelKey::with_rivals(base.shape().clone());
    if !promises(view, &view.program(&guess), statements) {
        return Ok(view.falls_back().then(|| view.clone().giving_up_on(statements.to_vec())));
    }
    let mut could_be_out: Vec<StatementId> = view.relations().leading_on().collect();
    could_be_out.retain(|&competitor| view.could_be_out(base.shape(), competitor));
    if !could_be_out.is_empty() {
        let without_rivals = view.program(&ModelKey::without_rivals(base.shape().clone()));
        for (&statement, read) in could_be_out.iter().zip(eliminated(view, &without_rivals, &could_be_out)) {
            let Ok(read) = read else { return Ok(Some(view.clone())) };
            base.keep(Model::WithoutRivals, statement, read);
        }
    }
    let key = view.key_among(base, &could_be_out.into_iter().collect())?;
    let mut too_wide = Vec::new();
    for (&statement, read) in statements.iter().zip(eliminated(view, &view.program(&key), statements)) {
        match read {
            Ok(read) => base.keep(Model::AsItIs, statement, read),
            Err(_) if view.falls_back() => too_wide.push(statement),
            Err(_) => {}
        }
    }
    Ok(Some(view.clone().giving_up_on(too_wide)))
}

fn eliminated(engine: &Engine<'_>, program: &Program, statements: &[StatementId]) -> Vec<Result<Reading, TooWide>> {
    let effort = engine.strategy().effort(statements.len());
    eliminate_all(program, statements, engine.base().weights(), effort, engine.how_sampled().threads.get())
}

/// Whether elimination promises to work out most statements with what may be spent, by the plans for some.
fn promises(engine: &Engine<'_>, program: &Program, statements: &[StatementId]) -> bool {
    let every = statements.len().div_ceil(PLANNED).max(1);
    let most = engine.strategy().effort(1);
    let effort = Effort { multiply_adds: most.multiply_adds / 10.0, ..most };
    let planned: Vec<StatementId> = statements.iter().rev().step_by(every).copied().collect();
    let plan = |&id: &StatementId| Elimination::plan(program, id, &engine.core.compiling, &|_| false, effort).ok();
    let costs: Vec<f64> = planned.iter().filter_map(plan).map(|plan| plan.cost()).collect();
    engine.strategy().is_worthwhile(planned.len(), &costs, statements.len())
}

/// A view whose programs have room for further evidence on a statement, which is absent except where it is supposed: they
/// say the same, and need not be compiled again for that. It is ready for questions about all that the statement can
/// depend on.
pub(crate) fn with_room<'c>(engine: &Engine<'c>, statement: StatementId) -> Result<Engine<'c>> {
    let behind: Vec<StatementId> = engine.statements_behind(statement).collect();
    with_room_for(engine, statement, &behind)
}

/// The same, ready for questions about some statements, that one among them.
pub(crate) fn with_room_for<'c>(
    engine: &Engine<'c>,
    statement: StatementId,
    asked: &[StatementId],
) -> Result<Engine<'c>> {
    let supposed = EFFECTS.map(|effect| Supposition::Further(statement, effect)).to_vec();
    if engine.method().estimates() || engine.base().shape().supposed == supposed {
        return Ok(engine.clone());
    }
    let shape = Shape { presence: presence_for_completions(engine), supposed, ..engine.base().shape().clone() };
    let (view, compiled) = compile_all(engine, &shape, asked)?;
    if engine.falls_back() && !compiled.contains(&statement) {
        // An explanation asks for much: it is not begun where not even the degrees are soon worked out.
        return Err(engine.over_budget(statement));
    }
    Ok(view.at(view.base().shaped(shape)))
}
