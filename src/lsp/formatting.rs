//! A file laid out anew.

use gen_lsp_types::TextEdit;

use crate::authoring::format as lay_out;
use crate::source::FileId;

use super::analysis::Analysis;
use super::client::Refusal;

/// The change that lays a file out. A broken file is refused.
pub(super) fn format(analysis: &Analysis, file: FileId) -> Result<Vec<TextEdit>, Refusal> {
    let old = analysis.case.text(file);
    let new = lay_out(analysis.case.loaded.sources.file(file).name(), old).map_err(|broken| {
        let first = broken.diagnostics.first().map_or("", |problem| &problem.message);
        Refusal::failed(format!("a broken file is left as it is: {first}"))
    })?;
    if old == new {
        return Ok(Vec::new());
    }
    // The lines that stay at the start and at the end are left out, so that the editor keeps its place.
    let head = shared(old.split_inclusive('\n'), new.split_inclusive('\n'));
    let tail = shared(old[head..].split_inclusive('\n').rev(), new[head..].split_inclusive('\n').rev());
    let range = analysis.lines(file).range(head..old.len() - tail);
    Ok(vec![TextEdit { range, new_text: new[head..new.len() - tail].to_owned() }])
}

/// How many bytes the lines have that two texts begin with.
fn shared<'t>(one: impl Iterator<Item = &'t str>, other: impl Iterator<Item = &'t str>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).map(|(line, _)| line.len()).sum()
}
