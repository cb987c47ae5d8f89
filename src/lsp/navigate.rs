//! Where an id is given, and where it is used.

use gen_lsp_types::{DocumentHighlight, DocumentHighlightKind, Location, Position};

use crate::authoring::Part;
use crate::source::FileId;

use super::analysis::Analysis;

/// Where the id at a place is given, or the file that a path leads to.
pub(super) fn definition(analysis: &Analysis, file: FileId, at: Position) -> Option<Vec<Location>> {
    let piece = analysis.piece(file, at)?;
    if piece.part == Part::Path {
        return included(analysis, file, &analysis.case.text(file)[piece.bytes.clone()]).map(|location| vec![location]);
    }
    let id = piece.id()?;
    let given = analysis.case.mentions(id).filter(|(_, piece)| piece.is_definition());
    Some(given.map(|(file, piece)| analysis.location(file, piece.bytes.clone())).collect())
}

/// The start of a file of the case that another one includes.
fn included(analysis: &Analysis, includer: FileId, path: &str) -> Option<Location> {
    let sources = &analysis.case.loaded.sources;
    let wanted = std::path::absolute(sources.file(includer).path()?.with_file_name("").join(path)).ok()?;
    let plain = |path: &std::path::Path| path.components().collect::<std::path::PathBuf>();
    let is_wanted = |other: &std::path::Path| {
        plain(other) == plain(&wanted) || std::fs::canonicalize(&wanted).is_ok_and(|wanted| wanted == *other)
    };
    let found = sources.iter().find(|(_, file)| file.path().is_some_and(is_wanted));
    found.map(|(file, _)| analysis.location(file, 0..0))
}

/// Every place in which the id at a place is used, in all files of the case; with `declaration`, where it is given as well.
pub(super) fn references(analysis: &Analysis, file: FileId, at: Position, declaration: bool) -> Option<Vec<Location>> {
    let id = analysis.piece(file, at)?.id()?;
    let wanted = analysis.case.mentions(id).filter(|(_, piece)| declaration || !piece.is_definition());
    Some(wanted.map(|(file, piece)| analysis.location(file, piece.bytes.clone())).collect())
}

/// The places of the same file in which the id at a place stands.
pub(super) fn highlights(analysis: &Analysis, file: FileId, at: Position) -> Option<Vec<DocumentHighlight>> {
    let id = analysis.piece(file, at)?.id()?;
    let here = analysis.case.outline(file).ids().filter(|(_, other)| *other == id);
    let highlight = |piece: &crate::authoring::Piece| DocumentHighlight {
        range: analysis.lines(file).range(piece.bytes.clone()),
        kind: Some(if piece.is_definition() { DocumentHighlightKind::Write } else { DocumentHighlightKind::Read }),
    };
    Some(here.map(|(piece, _)| highlight(piece)).collect())
}
