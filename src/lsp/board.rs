//! What has been published to the editor about each case, and what is known of its verdicts.
//!
//! Diagnostics come from two threads. Each publication names the state of the texts that it is of; older ones are dropped.
//! A file that several open cases include shows what is wrong with it in any of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use gen_lsp_types::{Diagnostic as LspDiagnostic, PublishDiagnosticsParams, Uri};

use crate::assist::Verdicts;
use crate::diagnostic::Diagnostic;

use super::analysis::{Analysis, Root};
use super::client::{Client, locked};
use super::diagnostics::by_file;

#[derive(Default)]
struct OfCase {
    /// The state of the texts that is the newest.
    generation: u64,
    /// Whether everything that `check` says of that state has been published.
    is_complete: bool,
    verdicts: Option<Arc<Verdicts>>,
    /// What is wrong with that state, as far as it has been published.
    diagnostics: Arc<[Diagnostic]>,
    /// By the addresses of the files.
    published: BTreeMap<String, (Option<i32>, Vec<LspDiagnostic>)>,
}

/// What has been published to the editor.
#[derive(Default)]
pub(super) struct Board {
    cases: Mutex<BTreeMap<Root, OfCase>>,
    /// How many states there have been, of whatever case.
    states: AtomicU64,
}

impl Board {
    /// A new state of a case: what is still to come of older ones is dropped.
    pub(super) fn next_generation(&self, root: &Root) -> u64 {
        let mut cases = locked(&self.cases);
        let case = cases.entry(root.clone()).or_default();
        case.generation = self.states.fetch_add(1, Ordering::Relaxed) + 1;
        case.is_complete = false;
        case.diagnostics = Arc::default();
        case.generation
    }

    /// Publishes the diagnostics of a state of a case, unless there is a newer one. With `verdicts`, they are complete.
    pub(super) fn publish(
        &self,
        client: &Client,
        (root, generation): (&Root, u64),
        analysis: &Analysis,
        diagnostics: &[Diagnostic],
        verdicts: Option<Arc<Verdicts>>,
    ) -> bool {
        let mut cases = locked(&self.cases);
        let Some(case) = cases.get_mut(root).filter(|case| case.generation == generation) else { return false };
        if case.is_complete {
            return false;
        }
        case.is_complete = verdicts.is_some();
        case.diagnostics = diagnostics.into();
        case.verdicts = verdicts.or_else(|| case.verdicts.take());
        let mut of_files = by_file(analysis, diagnostics);
        let files = analysis
            .files()
            .map(|(file, uri, version)| (uri.0.clone(), (version, of_files.remove(&file).unwrap_or_default())));
        let new: BTreeMap<_, _> = files.collect();
        let old = std::mem::replace(&mut case.published, new);
        let touched: BTreeSet<String> = old.into_keys().chain(case.published.keys().cloned()).collect();
        tell(&cases, client, touched);
        true
    }

    /// Takes back what was said of cases that are no longer open.
    pub(super) fn keep(&self, client: &Client, is_open: impl Fn(&Root) -> bool) {
        let mut cases = locked(&self.cases);
        let (kept, gone): (BTreeMap<_, _>, BTreeMap<_, _>) =
            std::mem::take(&mut *cases).into_iter().partition(|(root, _)| is_open(root));
        *cases = kept;
        tell(&cases, client, gone.into_values().flat_map(|case: OfCase| case.published.into_keys()).collect());
    }

    /// What has been published of a state of a case; nothing if there is a newer one.
    pub(super) fn diagnostics(&self, root: &Root, generation: u64) -> Arc<[Diagnostic]> {
        let cases = locked(&self.cases);
        let case = cases.get(root).filter(|case| case.generation == generation);
        case.map(|case| Arc::clone(&case.diagnostics)).unwrap_or_default()
    }

    /// The verdicts on the newest state of a case that are known, which may be those on an older one.
    pub(super) fn verdicts(&self, root: &Root) -> Option<Arc<Verdicts>> {
        locked(&self.cases).get(root)?.verdicts.clone()
    }
}

/// Tells the editor all that is wrong with some files, in whatever case.
fn tell(cases: &BTreeMap<Root, OfCase>, client: &Client, files: BTreeSet<String>) {
    for uri in files {
        let mut diagnostics: Vec<LspDiagnostic> = Vec::new();
        let mut version = None;
        for (of_case, problems) in cases.values().filter_map(|case| case.published.get(&uri)) {
            version = version.max(*of_case);
            let new: Vec<_> = problems.iter().filter(|problem| !diagnostics.contains(problem)).cloned().collect();
            diagnostics.extend(new);
        }
        let params = PublishDiagnosticsParams { uri: Uri(uri), version, diagnostics };
        client.notify("textDocument/publishDiagnostics", params);
    }
}
