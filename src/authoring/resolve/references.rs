//! Looking up what an id names, and whether it is what the field takes.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{ActorId, Attack, DocumentId, Premise, Probability, RareList, Source, StatementId, TableId};

use super::super::mirror;

use super::super::reader::Text;
use super::super::threads::Threads;
use super::super::values::{OneOrMore, Quantity, Strength};
use super::names::{Named, Names};
use super::sort::{Sort, Wanted, plurals};
use super::unknown::UnknownIds;

const ACTORS: Wanted = &[Sort::Actor];
const DOCUMENTS: Wanted = &[Sort::Document];
const CLAIMS: Wanted = &[Sort::Claim];
const SOURCES: Wanted = &[Sort::Document, Sort::Actor];
const STATEMENTS: Wanted = &[Sort::Claim, Sort::Relationship];
const PREMISES: Wanted = &[Sort::Document, Sort::Actor, Sort::Claim, Sort::Relationship];

/// Resolves entry after entry.
#[derive(Debug)]
pub(super) struct Resolver<'m, 'd> {
    names: &'d Names<'m>,
    /// How many claims there are: relationships come after them in the table of statements.
    claims: usize,
    threads: Threads,
    /// The ids that name nothing, which are reported at the end.
    pub(super) unknown: UnknownIds,
    pub(super) problems: &'d mut Diagnostics,
}

impl<'m, 'd> Resolver<'m, 'd> {
    pub(super) fn new(names: &'d Names<'m>, claims: usize, problems: &'d mut Diagnostics) -> Self {
        Self { names, claims, threads: Threads::ONE, unknown: UnknownIds::default(), problems }
    }

    pub(super) fn on(self, threads: Threads) -> Self {
        Self { threads, ..self }
    }

    /// Resolves each row, in order. Pieces of many rows are tried on all threads; one in which there is something to
    /// report is done again in its turn.
    pub(super) fn each<R: Sync, T: Send>(
        &mut self,
        rows: &[R],
        resolve: impl Fn(&mut Resolver<'m, '_>, &R) -> T + Sync,
    ) -> Vec<T> {
        let (pieces, size) = (self.threads.pieces(), self.threads.entries);
        if pieces == 0 || rows.len() < 2 * size {
            return rows.iter().map(|row| resolve(self, row)).collect();
        }
        let mut all = Vec::with_capacity(rows.len());
        for round in rows.chunks(pieces * size) {
            let pieces: Vec<&[R]> = round.chunks(size).collect();
            let tried = self.threads.map(pieces.len(), |piece| self.attempt(pieces[piece], &resolve));
            for (piece, tried) in pieces.into_iter().zip(tried) {
                match tried {
                    Some(done) => all.extend(done),
                    None => all.extend(piece.iter().map(|row| resolve(self, row))),
                }
            }
        }
        all
    }

    /// Resolves each row, if there is nothing to report and every id is found.
    fn attempt<R, T>(&self, rows: &[R], resolve: &impl Fn(&mut Resolver<'m, '_>, &R) -> T) -> Option<Vec<T>> {
        let mut problems = Diagnostics::new();
        let mut done = Vec::with_capacity(rows.len());
        for row in rows {
            let mut resolver = Resolver::new(self.names, self.claims, &mut problems).on(self.threads);
            done.push(resolve(&mut resolver, row));
            if !resolver.unknown.is_empty() || !resolver.problems.is_empty() {
                return None;
            }
        }
        Some(done)
    }

    fn find(&mut self, id: &Text<'_>, field: &str, wanted: Wanted) -> Option<(Sort, usize)> {
        let Some(named) = self.names.get(&id.text) else {
            self.unknown.take(&id.text, field, wanted, id.span);
            return None;
        };
        if wanted.contains(&named.sort) {
            return named.index.map(|index| (named.sort, index as usize));
        }
        self.problems.push(wrong_sort(id, field, wanted, named));
        None
    }

    fn statement_id(&self, sort: Sort, index: usize) -> StatementId {
        StatementId::from_index(if sort == Sort::Relationship { self.claims + index } else { index })
    }

    pub(super) fn actor(&mut self, id: &Text<'_>, field: &str) -> Option<ActorId> {
        self.find(id, field, ACTORS).map(|(_, index)| ActorId::from_index(index))
    }

    pub(super) fn source(&mut self, id: &Text<'_>, field: &str) -> Option<Source> {
        self.find(id, field, SOURCES).map(|(sort, index)| source(sort, index))
    }

    pub(super) fn claim(&mut self, id: &Text<'_>, field: &str) -> Option<StatementId> {
        self.find(id, field, CLAIMS).map(|(sort, index)| self.statement_id(sort, index))
    }

    pub(super) fn statement(&mut self, id: &Text<'_>, field: &str) -> Option<StatementId> {
        self.find(id, field, STATEMENTS).map(|(sort, index)| self.statement_id(sort, index))
    }

    pub(super) fn premise(&mut self, id: &Text<'_>, field: &str) -> Option<Premise> {
        let (sort, index) = self.find(id, field, PREMISES)?;
        Some(match sort {
            Sort::Document | Sort::Actor => Premise::Source(source(sort, index)),
            _ => Premise::Statement(self.statement_id(sort, index)),
        })
    }

    /// A statement that is to be rejected: sources are reported with a code of their own.
    pub(super) fn rejected(&mut self, id: &Text<'_>) -> Option<StatementId> {
        match self.names.get(&id.text) {
            Some(named @ Named { sort: Sort::Document | Sort::Actor, .. }) => {
                let message = format!("`{}` is {}, and only statements can be rejected", id.text, named.sort.what());
                let problem = Diagnostic::new(Code::RejectedSource, id.span, message);
                let problem = problem.related(named.declared, format!("{}, declared here", named.sort.what()));
                self.problems.push(problem.help("name a claim or a relationship that has to be rejected"));
                None
            }
            _ => self.statement(id, "given_rejected"),
        }
    }

    pub(super) fn actors_in(&mut self, list: &Option<Vec<Text<'_>>>, field: &str) -> RareList<ActorId> {
        list.iter().flatten().filter_map(|id| self.actor(id, field)).collect()
    }

    pub(super) fn documents_in(&mut self, list: &Option<Vec<Text<'_>>>, field: &str) -> RareList<DocumentId> {
        let found = list.iter().flatten().filter_map(|id| self.find(id, field, DOCUMENTS));
        found.map(|(_, index)| DocumentId::from_index(index)).collect()
    }

    pub(super) fn sources_in(&mut self, list: Option<&Vec<Text<'_>>>, field: &str) -> RareList<Source> {
        list.into_iter().flatten().filter_map(|id| self.source(id, field)).collect()
    }

    pub(super) fn statements_in<L: FromIterator<StatementId>>(&mut self, list: &[Text<'_>], field: &str) -> L {
        list.iter().filter_map(|id| self.statement(id, field)).collect()
    }

    /// The attacks that are written in a field, one for each thing that they come from.
    pub(super) fn attacks(&mut self, list: Option<&Vec<mirror::Attack<'_>>>) -> RareList<Attack> {
        let mut attacks = RareList::default();
        for attack in list.into_iter().flatten() {
            let (strength, strength_given) = strength(attack.strength.as_ref(), Probability::MODERATE);
            for id in self.texts(attack.from.as_ref()) {
                let from = self.premise(id, "from");
                if let Some(from) = from {
                    attacks.push(Attack { from, strength, strength_given, span: id.span });
                }
            }
        }
        attacks
    }

    /// The ids in a `from`, which is to have one at least.
    pub(super) fn texts<'t>(&mut self, from: Option<&'t OneOrMore<'t>>) -> &'t [Text<'t>] {
        let Some(from) = from else { return &[] };
        if from.texts().is_empty() {
            let problem = Diagnostic::new(Code::MissingField, from.span, "`from` names nothing");
            self.problems.push(problem.help("name what it comes from, or remove the whole entry"));
        }
        from.texts()
    }
}

/// A strength, or what counts where none is written; and whether one is.
pub(super) fn strength(written: Option<&Quantity<Strength>>, default: Probability) -> (Probability, bool) {
    written.map_or((default, false), |written| (written.number, true))
}

fn source(sort: Sort, index: usize) -> Source {
    match sort {
        Sort::Actor => Source::Actor(ActorId::from_index(index)),
        _ => Source::Document(DocumentId::from_index(index)),
    }
}

fn wrong_sort(id: &Text<'_>, field: &str, wanted: Wanted, named: Named) -> Diagnostic {
    let message = format!("`{}` is {}, and `{field}` names {}", id.text, named.sort.what(), plurals(wanted, "and"));
    Diagnostic::new(Code::WrongSort, id.span, message)
        .related(named.declared, format!("{}, declared here", named.sort.what()))
        .help(format!("name one of the case's {}", plurals(wanted, "or")))
}

/// The words of a list of texts.
pub(super) fn words(list: &[Text<'_>]) -> RareList<String> {
    list.iter().map(|text| text.text.to_string()).collect()
}

/// A name, a title or a sentence, if there is one, on one line: where the author broke it says nothing.
pub(super) fn heading(text: &Option<Text<'_>>) -> Option<String> {
    text.as_ref().map(|text| one_line(&text.text))
}

/// A text on one line.
pub(in super::super) fn one_line(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words of a text, if there is one.
pub(super) fn word(text: &Option<Text<'_>>) -> Option<String> {
    text.as_ref().map(|text| text.text.to_string())
}
