//! A file laid out anew.

use gen_lsp_types::TextEdit;

use crate::authoring::format as lay_out;
use crate::source::FileId;

use super::analysis::Analysis;
use super::client::Refusal;

/// The change that lays a file out: of the lines between what stays at its start and at its end, so that the editor keeps
/// its place. A broken file is refused.
pub(super) fn format(analysis: &Analysis, file: FileId) -> Result<Vec<TextEdit>, Refusal> {
    let old = analysis.text(file);
    let new = lay_out(analysis.loaded.sources.file(file).name(), old).map_err(|broken| {
        let first = broken.diagnostics.first().map_or("", |problem| &problem.message);
        Refusal::failed(format!("a broken file is left as it is: {first}"))
    })?;
    if old == new {
        return Ok(Vec::new());
    }
    let same = |old: &[&str], new: &[&str]| old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let lines = |text: &'_ str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
    let (old_lines, new_lines) = (lines(old), lines(&new));
    let (mut old_lines, mut new_lines): (Vec<&str>, Vec<&str>) =
        (old_lines.iter().map(String::as_str).collect(), new_lines.iter().map(String::as_str).collect());
    let head = same(&old_lines, &new_lines);
    let start: usize = old_lines.drain(..head).map(str::len).sum();
    new_lines.drain(..head);
    old_lines.reverse();
    new_lines.reverse();
    let tail = same(&old_lines, &new_lines);
    let behind: usize = old_lines.drain(..tail).map(str::len).sum();
    let range = analysis.lines(file).range(start..old.len() - behind);
    Ok(vec![TextEdit { range, new_text: new[start..new.len() - behind].to_owned() }])
}
