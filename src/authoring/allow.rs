//! Warnings that an author has looked at and allows.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix, Severity};
use crate::source::{FileId, Sources, Span};

use super::entry_text::removed;
use super::mirror::{self, Allow, WrittenFile};
use super::nearest::near;
use super::notation::is_json;

/// Where a warning is allowed.
#[derive(Debug, Clone)]
enum Scope {
    /// In the whole case.
    Everywhere,
    /// In one file.
    File(FileId),
    /// In one entry, from its id to its end.
    Entry(Span),
    /// In these entries, of which the places are not known, in order.
    #[cfg(feature = "columns")]
    Entries(Vec<String>),
}

impl Scope {
    fn covers(&self, problem: &Diagnostic) -> bool {
        match self {
            Self::Everywhere => true,
            Self::File(_) | Self::Entry(_) => problem.span.is_some_and(|place| self.covers_place(place)),
            #[cfg(feature = "columns")]
            // What a problem is about comes first among its ids, and it is in that entry.
            Self::Entries(ids) => problem.about.first().is_some_and(|id| ids.binary_search(id).is_ok()),
        }
    }

    fn covers_place(&self, place: Span) -> bool {
        match self {
            Self::Everywhere => true,
            Self::File(file) => place.file == *file,
            Self::Entry(entry) => place.file == entry.file && entry.start <= place.start && place.end <= entry.end,
            #[cfg(feature = "columns")]
            Self::Entries(_) => false,
        }
    }
}

/// One warning in one `allow` of a case.
#[derive(Debug, Clone)]
struct Allowance {
    code: Code,
    scope: Scope,
    /// Where it is named there, once or more often.
    written: Vec<Written>,
    /// Whether a reason is written with it, or a note in its entry.
    reasoned: bool,
    used: bool,
}

/// Where an `allow` names a warning.
#[derive(Debug, Clone, Copy)]
struct Written {
    span: Span,
    /// All that is said of the warning.
    extent: Span,
}

/// The places of allowances in their list, by what each covers: problems and allowances may both be many.
#[derive(Debug, Default)]
struct Index {
    everywhere: FxHashMap<Code, usize>,
    files: FxHashMap<(Code, FileId), usize>,
    /// By where the entry begins. Entries do not overlap.
    entries: BTreeMap<(Code, FileId, u32), usize>,
    /// Those that list the ids of their entries.
    listed: Vec<usize>,
}

impl Index {
    fn new(all: &[Allowance]) -> Self {
        let mut index = Self::default();
        for (number, one) in all.iter().enumerate() {
            match &one.scope {
                Scope::Everywhere => drop(index.everywhere.insert(one.code, number)),
                Scope::File(file) => drop(index.files.insert((one.code, *file), number)),
                Scope::Entry(entry) => drop(index.entries.insert((one.code, entry.file, entry.start), number)),
                #[cfg(feature = "columns")]
                Scope::Entries(_) => index.listed.push(number),
            }
        }
        index
    }

    /// Those that may cover a problem.
    fn near(&self, problem: &Diagnostic) -> impl Iterator<Item = usize> {
        let code = problem.code;
        let file = problem.span.and_then(|place| self.files.get(&(code, place.file)));
        let before =
            problem.span.map(|place| self.entries.range((code, place.file, 0)..=(code, place.file, place.start)));
        let entry = before.and_then(|mut before| before.next_back()).map(|(_, number)| number);
        self.everywhere.get(&code).into_iter().chain(file).chain(entry).chain(&self.listed).copied()
    }
}

/// The warnings that a case allows: those of an entry in that entry, those of an included file in that file, those of
/// the opened file everywhere.
#[derive(Debug, Clone, Default)]
pub struct Allowances {
    all: Vec<Allowance>,
    silenced: usize,
    unreasoned: usize,
    /// Some problems were only counted, so that it is not known which allowances were of use.
    capped: bool,
}

/// One `allow` without its place, as it is kept where places are not.
#[cfg(feature = "columns")]
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Unplaced {
    code: String,
    /// The claims and relationships under which it is allowed, in order; none: everywhere. What is remarked on verdicts is
    /// remarked under those.
    entries: Option<Vec<String>>,
    reasoned: bool,
    used: bool,
}

#[cfg(feature = "columns")]
impl Allowances {
    /// Every allowance without its place. Cost: the statements of the case for each.
    pub(super) fn unplaced(&self, case: &crate::model::Case) -> Vec<Unplaced> {
        let unplaced = |one: &Allowance| {
            let entries = match &one.scope {
                Scope::Everywhere => None,
                Scope::Entries(ids) => Some(ids.clone()),
                scope => {
                    let covered = case.statements.values().filter(|entry| scope.covers_place(entry.declared));
                    let mut ids: Vec<String> = covered.map(|entry| entry.key.to_string()).collect();
                    ids.sort_unstable();
                    Some(ids)
                }
            };
            Unplaced { code: one.code.name().to_owned(), entries, reasoned: one.reasoned, used: one.used }
        };
        self.all.iter().map(unplaced).collect()
    }

    /// The same again, with how many warnings were silenced, and how many of these for no reason.
    ///
    /// # Errors
    ///
    /// The name of a code that is no warning's.
    pub(super) fn from_unplaced(
        unplaced: Vec<Unplaced>,
        (silenced, unreasoned): (usize, usize),
        capped: bool,
    ) -> Result<Self, String> {
        let all = unplaced.into_iter().map(|Unplaced { code, entries, reasoned, used }| {
            let known = Code::from_name(&code).filter(|code| code.severity() == Severity::Warning).ok_or(code)?;
            let scope = entries.map_or(Scope::Everywhere, |mut ids| {
                ids.sort_unstable();
                Scope::Entries(ids)
            });
            let written = vec![Written { span: Span::NOWHERE, extent: Span::NOWHERE }];
            Ok(Allowance { code: known, scope, written, reasoned, used })
        });
        Ok(Self { all: all.collect::<Result<_, String>>()?, silenced, unreasoned, capped })
    }
}

impl Allowances {
    /// Everything that the files allow. Names that are no warning are reported.
    pub(super) fn collect(files: &[WrittenFile<'_>], problems: &mut Diagnostics) -> Self {
        let mut allowances = Self::default();
        for (file, case) in files.iter().filter_map(|file| Some((file, file.case.as_ref()?))) {
            let is_opened = file.head.file.index() == 0;
            let scope = if is_opened { Scope::Everywhere } else { Scope::File(file.head.file) };
            allowances.take(&case.allow, scope, false, problems);
            allowances.take_entries(&case.actors, |entry| (&entry.allow, entry.note.is_some()), problems);
            allowances.take_entries(&case.documents, |entry| (&entry.allow, entry.note.is_some()), problems);
            allowances.take_entries(&case.claims, |entry| (&entry.allow, entry.note.is_some()), problems);
            allowances.take_entries(&case.relationships, |entry| (&entry.allow, entry.note.is_some()), problems);
            allowances.take_entries(&case.inferences, |entry| (&entry.allow, entry.note.is_some()), problems);
            allowances.take_entries(&case.questions, |entry| (&entry.allow, false), problems);
        }
        allowances
    }

    fn take_entries<'a, T>(
        &mut self,
        section: &Option<mirror::Entries<'a, T>>,
        allow: impl Fn(&T) -> (&Option<Vec<Allow<'a>>>, bool),
        problems: &mut Diagnostics,
    ) {
        for entry in section.iter().flat_map(mirror::Entries::iter) {
            if let Some(value) = &entry.value {
                let (list, has_note) = allow(value);
                self.take(list, Scope::Entry(entry.extent), has_note, problems);
            }
        }
    }

    fn take(&mut self, list: &Option<Vec<Allow<'_>>>, scope: Scope, has_note: bool, problems: &mut Diagnostics) {
        let others = self.all.len();
        for Allow { lint, reason, extent } in list.iter().flatten() {
            let Some(lint) = lint else { continue };
            let reasoned = has_note || reason.as_ref().is_some_and(|reason| !reason.text.trim().is_empty());
            match Code::from_name(&lint.text).filter(|code| code.severity() == Severity::Warning) {
                Some(code) => {
                    let written = Written { span: lint.span, extent: *extent };
                    match self.all[others..].iter_mut().find(|one| one.code == code) {
                        Some(known) => {
                            known.written.push(written);
                            known.reasoned |= reasoned;
                        }
                        None => {
                            let (scope, written) = (scope.clone(), vec![written]);
                            self.all.push(Allowance { code, scope, written, reasoned, used: false });
                        }
                    }
                }
                None => problems.push(no_warning(&lint.text, lint.span)),
            }
        }
    }

    /// The problems without those that are allowed. Cost: linear in their number and that of the allowances, times a logarithm.
    pub fn silence(&mut self, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let before = problems.len();
        self.capped |= problems.iter().any(|problem| problem.code == Code::TooMany);
        let index = Index::new(&self.all);
        let kept: Vec<Diagnostic> = problems.into_iter().filter(|problem| !self.allows(&index, problem)).collect();
        self.silenced += before - kept.len();
        kept
    }

    fn allows(&mut self, index: &Index, problem: &Diagnostic) -> bool {
        let (mut allowed, mut reasoned) = (false, false);
        for number in index.near(problem) {
            let one = &mut self.all[number];
            if one.code == problem.code && one.scope.covers(problem) {
                one.used = true;
                allowed = true;
                reasoned |= one.reasoned;
            }
        }
        self.unreasoned += usize::from(allowed && !reasoned);
        allowed
    }

    /// How many warnings were left out so far.
    pub fn silenced(&self) -> usize {
        self.silenced
    }

    /// How many of these are allowed with no reason written, neither with the allowance nor as the entry's note.
    pub fn unreasoned(&self) -> usize {
        self.unreasoned
    }

    /// A warning for every allowance that has silenced nothing. To be asked when everything that can be wrong with the
    /// case has gone through [`Allowances::silence`]; there is none where there were more problems than are kept.
    pub fn unused(&mut self, sources: &Sources) -> Vec<Diagnostic> {
        if self.capped {
            return Vec::new();
        }
        let others: Vec<Diagnostic> = self.idle(sources, |code| code != Code::UnusedAllow).collect();
        let mut unused = self.silence(others);
        // An allowance of this very warning is of use if there was one to silence.
        unused.extend(self.idle(sources, |code| code == Code::UnusedAllow));
        unused
    }

    fn idle(&self, sources: &Sources, of: impl Fn(Code) -> bool) -> impl Iterator<Item = Diagnostic> {
        let idle = self.all.iter().filter(move |one| !one.used && of(one.code));
        idle.flat_map(|one| one.written.iter().map(|written| nothing_to_allow(one.code, *written, sources)))
    }
}

fn no_warning(name: &str, span: Span) -> Diagnostic {
    let warnings = || Code::ALL.iter().filter(|code| code.severity() == Severity::Warning).map(|code| code.name());
    if Code::from_name(name).is_some() {
        let message = format!("`{name}` is an error, and only warnings can be allowed");
        return Diagnostic::new(Code::UnknownKind, span, message).help("mend it");
    }
    let problem = Diagnostic::new(Code::UnknownKind, span, format!("`{name}` is no warning"));
    match near(name, warnings()) {
        Some(near) => problem.did_you_mean(near.word, span, near.safety()),
        None => problem.help("the names of warnings are those that `check` puts behind `warning`"),
    }
}

fn nothing_to_allow(code: Code, Written { span, extent }: Written, sources: &Sources) -> Diagnostic {
    let message = format!("nothing here is reported as `{code}`, so there is nothing to allow");
    let removal = |extent: Span| {
        let file = sources.file(extent.file);
        let bytes = (!is_json(file.name(), file.text())).then(|| removed(file.text(), extent.range()))?;
        Some(Fix::suggested("remove it", Span::new(extent.file, bytes), ""))
    };
    let fix = extent.somewhere().and_then(removal);
    Diagnostic::new(Code::UnusedAllow, span, message)
        .help("remove it, or write it under the entry that it is meant for")
        .fix_if(fix)
}
