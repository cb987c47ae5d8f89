//! Lines above statements and questions: why, and how many speak for and against.

use gen_lsp_types::{CodeLens, Command, Uri};
use serde_json::Value;

use crate::authoring::{OutlineEntry, Sort};
use crate::model::{Case, Effect};
use crate::source::FileId;

use super::analysis::Analysis;
use super::capabilities::WHY;

pub(super) fn lenses(analysis: &Analysis, file: FileId) -> Vec<CodeLens> {
    let Some(case) = &analysis.case.loaded.case else { return Vec::new() };
    let (outline, uri) = (analysis.case.outline(file), analysis.uri(file));
    let of_entry = |entry: &OutlineEntry| {
        let range = analysis.lines(file).range(entry.name.clone());
        let lens = |title: String| CodeLens { range, command: Some(why(title, uri, &entry.id)), data: None };
        let titles = match entry.sort {
            Sort::Claim | Sort::Relationship => vec!["why".to_owned(), steps(case, &entry.id)],
            Sort::Question => vec!["why".to_owned()],
            Sort::Actor | Sort::Document | Sort::Inference => Vec::new(),
        };
        titles.into_iter().filter(|title| !title.is_empty()).map(lens).collect::<Vec<_>>()
    };
    outline.entries.iter().flat_map(of_entry).collect()
}

fn why(title: String, uri: &Uri, id: &str) -> Command {
    let arguments = vec![Value::String(uri.0.clone()), Value::String(id.to_owned())];
    Command { title, tooltip: None, command: WHY.to_owned(), arguments: Some(arguments) }
}

/// `2 for · 1 against`: evidence and inferences; empty where there are none.
fn steps(case: &Case, id: &str) -> String {
    let Some(statement) = case.statement(id) else { return String::new() };
    let evidence = case.statements[statement].evidence.iter().map(|link| link.effect);
    let inferences = case.inferences.values().filter(|inference| inference.to == statement);
    let effects: Vec<Effect> = evidence.chain(inferences.map(|inference| inference.effect)).collect();
    let count = |wanted| effects.iter().filter(|&&effect| effect == wanted).count();
    match (count(Effect::Supports), count(Effect::Opposes)) {
        (0, 0) => String::new(),
        (supports, opposes) => format!("{supports} for · {opposes} against"),
    }
}
