//! Ways out of what is wrong, as the editor applies them.

use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionParams, WorkspaceEdit};

use crate::assist::place;
use crate::diagnostic::{Diagnostic, Fix, Safety, TextEdit, chosen};
use crate::escape::visible;
use crate::source::{FileId, Span};

use super::analysis::Analysis;
use super::diagnostics::shown;

/// The fixes of what is wrong in a range, and one action for all safe ones of the file.
pub(super) fn actions(
    analysis: &Analysis,
    file: FileId,
    diagnostics: &[Diagnostic],
    params: &CodeActionParams,
) -> Vec<CodeAction> {
    let wanted = |kind: &CodeActionKind| {
        params.context.only.as_ref().is_none_or(|only| only.iter().any(|asked| includes(asked, kind)))
    };
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QuickFix) {
        let range = analysis.lines(file).bytes(params.range);
        let is_here =
            |span: Span| span.file == file && span.range().start <= range.end && range.start <= span.range().end;
        let here = diagnostics.iter().filter(|one| place(one, &analysis.case.loaded.sources).is_some_and(is_here));
        actions.extend(here.flat_map(|problem| problem.fixes.iter().map(move |fix| quick_fix(analysis, problem, fix))));
    }
    if wanted(&CodeActionKind::SourceFixAll) {
        actions.extend(fix_all(analysis, file, diagnostics));
    }
    actions
}

/// Whether a kind that is asked for includes another: `source` includes `source.fixAll`.
fn includes(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let [asked, kind] = [asked, kind].map(ToString::to_string);
    kind.strip_prefix(&asked).is_some_and(|rest| rest.is_empty() || asked.is_empty() || rest.starts_with('.'))
}

fn quick_fix(analysis: &Analysis, problem: &Diagnostic, fix: &Fix) -> CodeAction {
    CodeAction {
        title: visible(&fix.title).into_owned(),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![shown(analysis, problem)]),
        is_preferred: Some(fix.safety == Safety::Safe),
        edit: Some(edit(analysis, &fix.edits)),
        ..CodeAction::default()
    }
}

/// The safe fixes of everything that is wrong with the case, as `check --fix` chooses them, as far as they change this file
/// alone.
fn fix_all(analysis: &Analysis, file: FileId, diagnostics: &[Diagnostic]) -> Option<CodeAction> {
    let fixes = chosen(diagnostics, Safety::Safe).into_iter();
    let of_file = fixes.filter(|fix| fix.edits.iter().all(|edit| edit.span.file == file));
    let edits: Vec<TextEdit> = of_file.flat_map(|fix| fix.edits.clone()).collect();
    (!edits.is_empty()).then(|| CodeAction {
        title: "Apply all safe fixes".to_owned(),
        kind: Some(CodeActionKind::SourceFixAll),
        edit: Some(edit(analysis, &edits)),
        ..CodeAction::default()
    })
}

fn edit(analysis: &Analysis, edits: &[TextEdit]) -> WorkspaceEdit {
    let edits = edits.iter().map(|edit| (edit.span.file, edit.span.range(), edit.replacement.clone()));
    analysis.workspace_edit(edits)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use gen_lsp_types::{CodeActionContext, Position, Range as LspRange, TextDocumentIdentifier, Uri};

    use super::super::analysis::Root;
    use super::super::documents::Documents;
    use super::super::position::Encoding;
    use super::*;
    use crate::diagnostic::Code;

    fn analysis(text: &str) -> Arc<Analysis> {
        let mut documents = Documents::default();
        documents.open(Uri("untitled:1".to_owned()), 1, text.to_owned());
        Analysis::load(&Root::Untitled("untitled:1".to_owned()), &documents, Encoding::Utf16).expect("it is open")
    }

    fn asked(analysis: &Analysis, diagnostics: &[Diagnostic], only: Option<CodeActionKind>) -> Vec<CodeAction> {
        let (file, uri, _) = analysis.files().next().expect("a file");
        let range = LspRange { start: Position { line: 0, character: 0 }, end: Position { line: 0, character: 9 } };
        let context =
            CodeActionContext { diagnostics: Vec::new(), only: only.map(|kind| vec![kind]), trigger_kind: None };
        let params = CodeActionParams {
            text_document: TextDocumentIdentifier { uri: uri.clone() },
            range,
            context,
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        actions(analysis, file, diagnostics, &params)
    }

    #[test]
    fn fixes_become_actions_with_their_edits() {
        let analysis = analysis("Case(title \"🜁\" claims: {})\n\n\nlater");
        let (file, ..) = analysis.files().next().expect("a file");
        let at = |bytes| Span::new(file, bytes);
        let problem = |span, fix| Diagnostic::new(Code::Syntax, span, "wrong").fix(fix);
        let diagnostics = [
            problem(at(5..10), Fix::safe("add `:`", at(10..10), ":")).fix(Fix::suggested("remove it", at(5..10), "")),
            problem(at(5..10), Fix::safe("add `:` again", at(10..10), ":")),
            problem(at(31..36), Fix::safe("add `,`", at(17..17), ",")),
        ];
        let all = asked(&analysis, &diagnostics, None);
        let offered: Vec<(&str, Option<bool>)> = all.iter().map(|one| (one.title.as_str(), one.is_preferred)).collect();
        let expected = [
            ("add `:`", Some(true)),
            ("remove it", Some(false)),
            ("add `:` again", Some(true)),
            ("Apply all safe fixes", None),
        ];
        assert_eq!(offered, expected, "the problem of another line is left out, its fix is not");
        let only = asked(&analysis, &diagnostics, Some(CodeActionKind::SourceFixAll));
        let changes = only[0].edit.as_ref().and_then(|edit| edit.changes.as_ref()).expect("changes");
        let places: Vec<(u32, &str)> =
            changes.values().flatten().map(|edit| (edit.range.start.character, edit.new_text.as_str())).collect();
        // The astral character counts twice.
        assert_eq!(places, [(10, ":"), (15, ",")]);
        assert!(asked(&analysis, &diagnostics, Some(CodeActionKind::Refactor)).is_empty());
        assert_eq!(asked(&analysis, &diagnostics, Some(CodeActionKind::Source)).len(), 1);
    }
}
