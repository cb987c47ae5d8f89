//! What the server can do, and what the editor says that it can.

use std::path::PathBuf;

use gen_lsp_types::Uri;
use serde_json::{Value, json};

use super::copies::registration;
use super::position::Encoding;
use super::tokens;
use super::uri::path_of;

/// Commands that the editor may run.
pub(super) const WHY: &str = "evigraph.why";
pub(super) const REPORT: &str = "evigraph.report";

/// What the editor says of itself.
#[derive(Debug)]
pub(super) struct Editor {
    pub(super) encoding: Encoding,
    /// Whether completions may have places to fill in.
    pub(super) takes_snippets: bool,
    /// The requests by which it asks again for what verdicts change.
    pub(super) refreshes: Vec<&'static str>,
    pub(super) folders: Vec<PathBuf>,
    /// Whether it tells of files that change on the disk, if it is asked to.
    pub(super) watches_files: bool,
}

impl Editor {
    /// Reads what the editor says. What cannot be understood counts as not said.
    pub(super) fn of(params: &Value) -> Self {
        let can = |path: &str| params.pointer(&format!("/capabilities{path}")).and_then(Value::as_bool) == Some(true);
        let encodings = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let is_utf8 = encodings.is_some_and(|encodings| encodings.iter().any(|one| one == "utf-8"));
        let refreshes = [
            ("/workspace/codeLens/refreshSupport", "workspace/codeLens/refresh"),
            ("/workspace/inlayHint/refreshSupport", "workspace/inlayHint/refresh"),
        ];
        Self {
            encoding: if is_utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
            takes_snippets: can("/textDocument/completion/completionItem/snippetSupport"),
            refreshes: refreshes.into_iter().filter(|(path, _)| can(path)).map(|(_, method)| method).collect(),
            folders: folders(params),
            watches_files: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
        }
    }
}

/// The folders that are open in the editor; old editors name one.
fn folders(params: &Value) -> Vec<PathBuf> {
    let named = params.get("workspaceFolders").and_then(Value::as_array).into_iter().flatten();
    let uris: Vec<&Value> = named.filter_map(|folder| folder.get("uri")).collect();
    let uris = if uris.is_empty() { params.get("rootUri").into_iter().collect() } else { uris };
    uris.iter().filter_map(|uri| path_of(&Uri(uri.as_str()?.to_owned()))).collect()
}

/// What asks the editor to tell of case files that change on the disk.
pub(super) fn watching() -> Value {
    registration("evigraph-files", [&"**/*.ron".to_owned()])
}

/// The answer to `initialize`.
pub(super) fn capabilities(editor: &Editor) -> Value {
    let encoding = match editor.encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Utf16 => "utf-16",
    };
    json!({
        "capabilities": {
            "positionEncoding": encoding,
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "completionProvider": { "triggerCharacters": ["\"", "(", "[", ",", ":", " "] },
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "documentSymbolProvider": true,
            "documentFormattingProvider": true,
            "foldingRangeProvider": true,
            "selectionRangeProvider": true,
            "inlayHintProvider": true,
            "codeLensProvider": {},
            "renameProvider": { "prepareProvider": true },
            "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll"] },
            "executeCommandProvider": { "commands": [WHY, REPORT] },
            "semanticTokensProvider": { "legend": tokens::legend(), "full": true },
        },
        "serverInfo": { "name": "evigraph", "version": env!("CARGO_PKG_VERSION") },
    })
}
