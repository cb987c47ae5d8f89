//! Another id for an entry, everywhere at once.

use gen_lsp_types::{Position, PrepareRenamePlaceholder, WorkspaceEdit};

use crate::model::Key;
use crate::source::FileId;

use super::analysis::Analysis;
use super::client::Refusal;

/// The id at a place, if an entry has it.
pub(super) fn prepare(analysis: &Analysis, file: FileId, at: Position) -> Option<PrepareRenamePlaceholder> {
    let piece = analysis.piece(file, at)?;
    let id = piece.id()?;
    analysis.case.entry(id)?;
    Some(PrepareRenamePlaceholder {
        range: analysis.lines(file).range(piece.bytes.clone()),
        placeholder: id.to_owned(),
    })
}

/// Gives the entry whose id is at a place another one, in all files of the case. Refused where the new one is no id, or
/// another entry has it.
pub(super) fn rename(analysis: &Analysis, file: FileId, at: Position, new: &str) -> Result<WorkspaceEdit, Refusal> {
    let key = Key::new(new).map_err(|error| Refusal::failed(format!("`{new}` cannot be an id: {error}")))?;
    let piece = analysis.piece(file, at).ok_or_else(|| Refusal::failed("no id stands here"))?;
    let id = piece.id().ok_or_else(|| Refusal::failed("no id stands here"))?;
    // What is written in JSON would keep the old id, and lead nowhere.
    if let Some(json) = analysis.case.files().find(|file| analysis.case.is_json(*file)) {
        let name = analysis.case.loaded.sources.file(json).name();
        return Err(Refusal::failed(format!("`{name}` is in JSON, in which nothing is renamed")));
    }
    if analysis.case.entry(id).is_none() {
        return Err(Refusal::failed(format!("no entry has the id `{id}`")));
    }
    if let Some((_, other)) = analysis.case.entry(key.as_str()).filter(|_| key.as_str() != id) {
        return Err(Refusal::failed(format!("`{key}` is the id of {} already", other.sort.what())));
    }
    let edits = analysis.case.mentions(id).map(|(file, piece)| (file, piece.bytes.clone(), key.to_string()));
    Ok(analysis.workspace_edit(edits))
}
