//! What the record of a case lacks, section by section.

use std::collections::BTreeSet;

use crate::model::{
    Attack, Case, DocumentId, Evidence, QuoteState, Relations, Source, Spoken, StatementId, reached, used_sources,
};

/// What the record of a case lacks.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The sections of the report, in their order, and behind them the statements that are in none, if there are any. Empty
    /// where the case orders no report.
    pub sections: Vec<Covered>,
    /// The whole case, everything counted once.
    pub whole: Covered,
    /// Sources that nothing names: they take no part in anything.
    pub unused: Vec<Source>,
    /// How many sources there are.
    pub sources: usize,
}

/// Statements with what their record has and lacks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Covered {
    /// The heading of the section; none: statements that are in no section, or the whole case.
    pub title: Option<String>,
    /// The statements; those that take another's verdict are left out.
    pub statements: Vec<StatementId>,
    /// Those to which nothing speaks: no evidence, no inference, and nothing by way of entailments and rivals.
    pub without_evidence: Vec<StatementId>,
    /// The documents that they depend on directly: evidence, premises, attacks, and all that stands behind these.
    pub documents: BTreeSet<DocumentId>,
    /// Those that give no reliability.
    pub ungraded: Vec<DocumentId>,
    /// The quotations, each by its statement and its place among that statement's evidence.
    pub quotations: Vec<(StatementId, usize)>,
    /// Those that were not found in a copy of their source that is kept with the case.
    pub unverified: Vec<(StatementId, usize)>,
}

/// A sort of thing that a record can lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Statements without evidence.
    NoEvidence,
    /// Documents without a grade.
    Ungraded,
    /// Quotations that were not found in a kept copy.
    Unverified,
    /// Sources that nothing uses.
    Unused,
}

impl Gap {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::NoEvidence, Self::Ungraded, Self::Unverified, Self::Unused];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoEvidence => "no-evidence",
            Self::Ungraded => "ungraded",
            Self::Unverified => "unverified",
            Self::Unused => "unused",
        }
    }
}

/// How much may be lacking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtMost {
    /// Of what.
    pub gap: Gap,
    /// How many, or how many of a hundred.
    pub most: Amount,
}

/// A number of things.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// So many.
    Count(usize),
    /// So many of a hundred of those that there are, from 0 to 100.
    Percent(f64),
}

impl Coverage {
    /// How many of a sort are lacking in the whole case, and of how many.
    pub fn lacking(&self, gap: Gap) -> (usize, usize) {
        let whole = &self.whole;
        match gap {
            Gap::NoEvidence => (whole.without_evidence.len(), whole.statements.len()),
            Gap::Ungraded => (whole.ungraded.len(), whole.documents.len()),
            Gap::Unverified => (whole.unverified.len(), whole.quotations.len()),
            Gap::Unused => (self.unused.len(), self.sources),
        }
    }

    /// Whether no more is lacking than that.
    pub fn keeps(&self, limit: &AtMost) -> bool {
        let (lacking, of) = self.lacking(limit.gap);
        match limit.most {
            Amount::Count(most) => lacking <= most,
            Amount::Percent(most) => lacking as f64 * 100.0 <= most * of as f64,
        }
    }
}

/// What the record of a case lacks. Nothing is evaluated.
///
/// Cost: linear in the size of the case, for each section in that of what its statements depend on directly.
pub fn coverage(case: &Case) -> Coverage {
    let record = Record { case, relations: Relations::new(case), spoken: Spoken::new(case) };
    let used = used_sources(case);
    let sections = &case.report.sections;
    let in_sections: BTreeSet<_> =
        sections.iter().flat_map(|section| &section.claims).map(|&claim| case.canonical(claim)).collect();
    let all: BTreeSet<_> = case.statements.ids().filter(|&id| case.canonical(id) == id).collect();
    let mut covered: Vec<Covered> = (sections.iter())
        .map(|section| {
            let statements = section.claims.iter().map(|&claim| case.canonical(claim)).collect();
            Covered { title: Some(section.title.clone()), ..record.of(statements) }
        })
        .collect();
    let others: BTreeSet<_> = all.difference(&in_sections).copied().collect();
    if !covered.is_empty() && !others.is_empty() {
        covered.push(record.of(others));
    }
    Coverage {
        sections: covered,
        whole: record.of(all),
        unused: case.sources().filter(|source| !used.contains(source)).collect(),
        sources: case.sources().count(),
    }
}

struct Record<'c> {
    case: &'c Case,
    relations: Relations,
    spoken: Spoken,
}

impl Record<'_> {
    fn of(&self, statements: BTreeSet<StatementId>) -> Covered {
        let case = self.case;
        let links =
            statements.iter().flat_map(|&id| (0..).zip(&case.statements[id].evidence).map(move |one| (id, one)));
        let quotations: Vec<_> =
            links.filter(|(_, (_, link))| link.quote.is_some()).map(|(id, (index, _))| (id, index)).collect();
        let documents = self.documents(&statements);
        Covered {
            title: None,
            without_evidence: statements.iter().copied().filter(|&id| self.spoken.is_bare(case, id)).collect(),
            ungraded: documents.iter().copied().filter(|&id| !case.documents[id].reliability_given).collect(),
            unverified: quotations.iter().copied().filter(|&(id, index)| !self.is_verified(id, index)).collect(),
            statements: statements.into_iter().collect(),
            documents,
            quotations,
        }
    }

    fn is_verified(&self, statement: StatementId, index: usize) -> bool {
        self.case.statements[statement].evidence[index].quote_state.is_some_and(QuoteState::is_found)
    }

    /// The documents that speak to statements, that tell against what does, and that stand behind any of these.
    fn documents(&self, statements: &BTreeSet<StatementId>) -> BTreeSet<DocumentId> {
        let next = |source| self.case.behind(source).chain(attackers(self.case.impeachments(source)));
        let found = reached(statements.iter().flat_map(|&id| self.speakers(id)), next);
        let document = |source| if let Source::Document(document) = source { Some(document) } else { None };
        found.into_iter().filter_map(document).collect()
    }

    fn speakers(&self, statement: StatementId) -> impl Iterator<Item = Source> + '_ {
        let of_link = |link: &'_ Evidence| {
            let own = link.from.source().into_iter().chain(link.relies_on.iter().copied());
            own.chain(attackers(&link.undercut_by)).collect::<Vec<_>>()
        };
        let inferences = self.relations.inferences_to(statement).iter().map(|&id| &self.case.inferences[id]);
        let of_inferences = inferences.flat_map(|inference| {
            let given = inference.given.iter().filter_map(|premise| premise.source());
            given.chain(attackers(&inference.undercut_by))
        });
        self.case.statements[statement].evidence.iter().flat_map(of_link).chain(of_inferences)
    }
}

/// The sources that attack something.
fn attackers(attacks: &[Attack]) -> impl Iterator<Item = Source> + '_ {
    attacks.iter().filter_map(|attack| attack.from.source())
}
