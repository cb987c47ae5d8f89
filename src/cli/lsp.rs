//! `evigraph lsp`

use clap::Args;

use crate::lsp::serve;

use super::exit::{Exit, Failure};
use super::{pdf, why};

/// Serve an editor: the language server, on standard input and output
///
/// It tells what `check` tells while the case is typed, completes ids and fields, explains them, finds and
/// renames them, and lays files out. Editors start it; docs/editor.md says what it can do and how. It reads
/// nothing but the files of cases and the copies that they keep, and writes nothing.
#[derive(Debug, Args)]
pub struct LspArgs {
    /// Taken and ignored: standard input and output are always used
    #[arg(long, hide = true)]
    pub stdio: bool,
}

pub fn run(_: &LspArgs) -> Result<Exit, Failure> {
    serve(why::in_plain_words, pdf::read_apart)?;
    Ok(Exit::Yes)
}
