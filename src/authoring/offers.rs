//! Fixes for warnings, which change entries of a case that is well formed: what is written twice is taken out, an
//! entailment is turned round, a warning is allowed.
//!
//! The rules know the model and not the text, so they leave these to be offered here, once for all of them.

use crate::diagnostic::{Code, Diagnostic, Fix, Safety, Severity};
use crate::model::{Case, Source};
use crate::source::{Sources, Span};

use super::entry_text::EntryText;

/// Adds to warnings the fixes that they have in the text of the case. Cost: linear in the size of the entries that they are
/// about.
pub fn offer_fixes(problems: &mut [Diagnostic], case: &Case, sources: &Sources) {
    for problem in problems.iter_mut().filter(|problem| problem.severity() == Severity::Warning) {
        let fixes =
            [removal(problem, case, sources), turned_round(problem, case, sources), allowance(problem, case, sources)];
        problem.fixes.extend(fixes.into_iter().flatten());
    }
}

/// Where the id of an entry is written.
fn declared(case: &Case, id: &str) -> Option<Span> {
    let statement = || case.statement(id).map(|statement| case.statements[statement].declared);
    let inference = || case.inference(id).map(|inference| case.inferences[inference].declared);
    let question = || case.question(id).map(|question| case.questions[question].declared);
    let source = || {
        case.source(id).map(|source| match source {
            Source::Document(document) => case.documents[document].declared,
            Source::Actor(actor) => case.actors[actor].declared,
        })
    };
    statement().or_else(source).or_else(inference).or_else(question)
}

fn entry<'t>(case: &Case, sources: &'t Sources, id: &str) -> Option<EntryText<'t>> {
    EntryText::at(sources, declared(case, id)?)
}

/// Evidence that is given twice, without the second.
fn removal(problem: &Diagnostic, case: &Case, sources: &Sources) -> Option<Fix> {
    let id = problem.about.first().filter(|_| problem.code == Code::DuplicateEvidence)?;
    let edit = entry(case, sources, id)?.remove_item(problem.span?)?;
    Some(Fix { title: "remove it here".to_owned(), safety: Safety::Unsafe, edits: vec![edit] })
}

/// An entailment the other way round.
fn turned_round(problem: &Diagnostic, case: &Case, sources: &Sources) -> Option<Fix> {
    let ids = match problem.code {
        Code::ClaimsOutOfOrder => problem.about.get(1..3)?,
        Code::ReversedEntailment => problem.about.get(0..2)?,
        _ => return None,
    };
    let [stronger, weaker] = ids else { return None };
    let from = entry(case, sources, stronger)?;
    let named = from.named_in("entails", weaker)?;
    let edits = vec![
        from.remove_item(named)?,
        entry(case, sources, weaker)?.add_to_list("entails", &format!("\"{stronger}\""))?,
    ];
    Some(Fix { title: format!("let `{weaker}` entail `{stronger}`"), safety: Safety::Manual, edits })
}

/// The warning allowed in the entry that it is about.
fn allowance(problem: &Diagnostic, case: &Case, sources: &Sources) -> Option<Fix> {
    if matches!(problem.code, Code::UnusedAllow | Code::TooMany) {
        return None;
    }
    let (place, id) = problem.span.zip(problem.about.first())?;
    let declared = declared(case, id)?;
    let entry = EntryText::at(sources, declared).filter(|entry| declared == place || entry.contains(place))?;
    let edit = entry.add_to_list("allow", &format!("\"{}\"", problem.code))?;
    Some(Fix { title: format!("allow `{}` here", problem.code), safety: Safety::Manual, edits: vec![edit] })
}
