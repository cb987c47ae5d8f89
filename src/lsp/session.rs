//! What is open, which case each open text belongs to, and how each case stands.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use gen_lsp_types::{TextDocumentContentChangeEvent, Uri};

use crate::diagnostic::Diagnostic;
use crate::source::{Entry, FileId, Overlay, Storage as _};

use super::analysis::{Analysis, Root};
use super::board::Board;
use super::capabilities::Editor;
use super::client::Client;
use super::copies::Copies;
use super::documents::Documents;
use super::position::Encoding;
use super::verdicts::Worker;

/// How long nothing has to be typed before diagnostics are made.
const PAUSE: Duration = Duration::from_millis(100);

/// How long verdicts are waited for before diagnostics are shown without what takes them: sooner, warnings would vanish
/// and come back with every word that is typed.
const WAIT: Duration = Duration::from_millis(300);

/// In how many folders above a file its case is looked for.
const HIGHEST: usize = 16;

/// A case of which some text is open.
#[derive(Default)]
struct OpenCase {
    /// As it stood when it was loaded last.
    analysis: Option<Arc<Analysis>>,
    /// Whether a text of it may have changed since.
    is_stale: bool,
    /// Whether the editor knows of it.
    is_told: bool,
    generation: u64,
    /// When it is to be published without its verdicts.
    wait_until: Option<Instant>,
    copies: BTreeSet<PathBuf>,
}

/// Everything that the main thread keeps.
pub(super) struct Session {
    pub(super) client: Arc<Client>,
    pub(super) board: Arc<Board>,
    pub(super) encoding: Encoding,
    documents: Documents,
    worker: Worker,
    /// The folders that are open in the editor.
    folders: Vec<PathBuf>,
    cases: BTreeMap<Root, OpenCase>,
    /// The case that each open text belongs to, by the text's address, as far as that is known.
    assigned: BTreeMap<String, Root>,
    /// When diagnostics are due.
    due: Option<Instant>,
    copies: Copies,
}

impl Session {
    pub(super) fn new(client: Arc<Client>, board: Arc<Board>, worker: Worker, editor: &Editor) -> Self {
        let folders = editor.folders.iter().filter_map(|folder| std::fs::canonicalize(folder).ok());
        let folders: Vec<PathBuf> = folders.collect();
        Self {
            client,
            board,
            encoding: editor.encoding,
            copies: Copies::new(if editor.watches_files { folders.clone() } else { Vec::new() }),
            documents: Documents::default(),
            worker,
            folders,
            cases: BTreeMap::new(),
            assigned: BTreeMap::new(),
            due: None,
        }
    }

    /// Where files are read from.
    pub(super) fn overlay(&self) -> &Overlay {
        &self.documents.overlay
    }

    pub(super) fn open(&mut self, uri: Uri, version: i32, text: String) {
        self.documents.open(uri, version, text);
        self.reassign();
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        self.documents.close(uri);
        self.reassign();
    }

    pub(super) fn change(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        self.documents.change(uri, version, changes, self.encoding);
        let path = self.documents.get(uri).and_then(|document| document.path.clone());
        for (root, case) in &mut self.cases {
            let reads = |analysis: &Arc<Analysis>| match &path {
                Some(path) => analysis.case.paths().any(|other| other == path),
                None => *root == Root::Untitled(uri.0.clone()),
            };
            case.is_stale |= case.analysis.as_ref().is_none_or(reads);
        }
        self.due = Some(Instant::now() + PAUSE);
    }

    /// Something on the disk has changed, or another text is open: any case may be another.
    pub(super) fn reassign(&mut self) {
        self.assigned.clear();
        self.cases.values_mut().for_each(|case| case.is_stale = true);
        self.due = Some(Instant::now() + PAUSE);
    }

    /// Forgets everything that was worked out.
    pub(super) fn reset(&mut self) {
        self.cases.values_mut().for_each(|case| case.analysis = None);
        self.reassign();
    }

    /// Does nothing by itself until something changes or is asked.
    pub(super) fn rest(&mut self) {
        self.due = None;
        self.cases.values_mut().for_each(|case| case.wait_until = None);
    }

    /// The case that an open text belongs to, with its place in it, as the texts stand now.
    pub(super) fn case_of(&mut self, uri: &Uri) -> Option<(Root, Arc<Analysis>, FileId)> {
        let document = self.documents.get(uri)?.clone();
        let root = self.root_of(uri)?;
        let analysis = self.fresh(&root)?;
        match analysis.file(&document) {
            Some(file) => Some((root, analysis, file)),
            // It belonged to that case until something was typed.
            None => {
                self.assigned.remove(&uri.0);
                let root = self.root_of(uri)?;
                let analysis = self.fresh(&root)?;
                let file = analysis.file(&document)?;
                Some((root, analysis, file))
            }
        }
    }

    /// What is wrong with a case as its texts stand now: what its files show at least.
    pub(super) fn diagnostics(&self, root: &Root, analysis: &Analysis) -> Arc<[Diagnostic]> {
        let generation = self.cases.get(root).map_or(0, |case| case.generation);
        let published = self.board.diagnostics(root, generation);
        if published.is_empty() { analysis.case.loaded.diagnostics.clone().into() } else { published }
    }

    fn root_of(&mut self, uri: &Uri) -> Option<Root> {
        if let Some(root) = self.assigned.get(&uri.0) {
            return Some(root.clone());
        }
        let document = self.documents.get(uri)?.clone();
        let root = match document.path {
            None => Root::Untitled(uri.0.clone()),
            Some(path) => self.find_root(&path),
        };
        self.assigned.insert(uri.0.clone(), root.clone());
        Some(root)
    }

    /// The case that a file belongs to: the nearest `case.ron` upwards that includes it, else another open text that does,
    /// else the file itself.
    fn find_root(&mut self, path: &Path) -> Root {
        let open: Vec<PathBuf> = self.documents.iter().filter_map(|document| document.path.clone()).collect();
        let candidates = self.cases_above(path).into_iter().chain(open);
        for candidate in candidates.filter(|candidate| candidate != path) {
            let root = Root::File(candidate);
            if self.fresh(&root).is_some_and(|analysis| analysis.case.paths().any(|other| other == path)) {
                return root;
            }
        }
        Root::File(path.to_owned())
    }

    /// Every `case.ron` in the folders above a file, the nearest first; none above the folder that is open in the editor.
    fn cases_above(&self, path: &Path) -> Vec<PathBuf> {
        if path.file_name().is_some_and(|name| name == "case.ron") {
            return Vec::new();
        }
        let top =
            self.folders.iter().filter(|folder| path.starts_with(folder)).max_by_key(|folder| folder.as_os_str().len());
        let folders = path.ancestors().skip(1).take(HIGHEST);
        let folders = folders.take_while(|folder| top.is_none_or(|top| folder.starts_with(top)));
        let cases = folders.map(|folder| folder.join("case.ron"));
        let is_file = |case: &PathBuf| matches!(self.documents.overlay.entry(case), Ok(Entry::File { .. }));
        cases.filter(is_file).filter_map(|case| self.documents.overlay.canonicalize(&case).ok()).collect()
    }

    /// A case as its texts stand now.
    fn fresh(&mut self, root: &Root) -> Option<Arc<Analysis>> {
        let case = self.cases.entry(root.clone()).or_insert_with(|| OpenCase { is_stale: true, ..OpenCase::default() });
        if case.is_stale {
            (case.is_stale, case.is_told) = (false, false);
            let before = case.analysis.take();
            case.analysis = Analysis::load(root, &self.documents, self.encoding);
            case.generation = self.board.next_generation(root);
            case.wait_until = None;
            self.worker.stop(root);
            if before.is_some_and(|before| paths(Some(&before)) != paths(case.analysis.as_ref())) {
                // Other files are included: an open text may belong to another case than before.
                self.assigned.clear();
            }
        }
        self.cases.get(root)?.analysis.clone()
    }

    /// When something is due next.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.cases.values().filter_map(|case| case.wait_until).chain(self.due).chain(self.copies.deadline()).min()
    }

    /// Does what is due.
    pub(super) fn work(&mut self) {
        let now = Instant::now();
        if self.copies.have_changed(now) {
            self.reassign();
        }
        if self.due.is_some_and(|due| due <= now) {
            self.due = None;
            self.settle();
        }
        for (root, case) in &mut self.cases {
            if case.wait_until.is_some_and(|until| until <= now) {
                case.wait_until = None;
                if let Some(analysis) = &case.analysis {
                    let diagnostics = &analysis.case.loaded.diagnostics;
                    self.board.publish(&self.client, (root, case.generation), analysis, diagnostics, None);
                }
            }
        }
    }

    /// Brings every case up to date and tells the editor.
    fn settle(&mut self) {
        // First whatever is known, so that what a file includes by now decides which case it belongs to.
        for root in self.cases.keys().cloned().collect::<Vec<_>>() {
            self.fresh(&root);
        }
        let uris: Vec<Uri> = self.documents.iter().map(|document| document.uri.clone()).collect();
        let mut roots = BTreeSet::new();
        for uri in uris {
            roots.extend(self.case_of(&uri).map(|(root, ..)| root));
        }
        let gone: Vec<Root> = self.cases.keys().filter(|root| !roots.contains(root)).cloned().collect();
        for root in gone {
            self.cases.remove(&root);
            self.worker.stop(&root);
        }
        self.board.keep(&self.client, |root| roots.contains(root));
        self.follow_copies();
        for root in roots {
            self.tell(&root);
        }
    }

    /// Follows the copies of every case; of one that is broken, those that it kept before.
    fn follow_copies(&mut self) {
        for case in self.cases.values_mut() {
            let now = case.analysis.as_ref().and_then(|analysis| analysis.copies());
            case.copies = now.unwrap_or_else(|| std::mem::take(&mut case.copies));
        }
        let all = self.cases.values().flat_map(|case| &case.copies).cloned().collect();
        self.copies.follow(&self.client, &all);
    }

    /// Tells the editor of a case, once for each state: of a broken one at once, else when there are verdicts.
    fn tell(&mut self, root: &Root) {
        let Some(analysis) = self.fresh(root) else { return };
        let Some(case) = self.cases.get_mut(root).filter(|case| !case.is_told) else { return };
        case.is_told = true;
        if analysis.case.loaded.case.is_none() {
            let diagnostics = &analysis.case.loaded.diagnostics;
            self.board.publish(&self.client, (root, case.generation), &analysis, diagnostics, Some(Arc::default()));
            return;
        }
        case.wait_until = Some(Instant::now() + WAIT);
        self.worker.want(root.clone(), case.generation, analysis);
    }
}

fn paths(analysis: Option<&Arc<Analysis>>) -> BTreeSet<PathBuf> {
    analysis.into_iter().flat_map(|analysis| analysis.case.paths()).map(Path::to_owned).collect()
}
