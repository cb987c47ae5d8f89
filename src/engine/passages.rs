//! Which withheld passages there are.

use std::collections::BTreeSet;

use crate::logic::Passage;
use crate::model::{Case, DocumentId, Premise, Source};

/// The withheld passages of a case, in the order of their documents and statements.
pub(super) fn passages(case: &Case, admits: impl Fn(DocumentId) -> bool) -> Vec<Passage> {
    let withheld: BTreeSet<DocumentId> = (case.documents.iter())
        .filter(|(id, document)| document.withheld.get() > 0.0 && admits(*id))
        .map(|(id, _)| id)
        .collect();
    let mut found = BTreeSet::new();
    for &document in &withheld {
        for &statement in case.documents[document].bears_on.iter().flatten() {
            found.insert(Passage { document, statement: case.canonical(statement) });
        }
    }
    for (id, entry) in case.statements.iter() {
        for link in &entry.evidence {
            if let Premise::Source(Source::Document(document)) = link.from
                && withheld.contains(&document)
                && case.documents[document].bears_on.is_none()
            {
                found.insert(Passage { document, statement: case.canonical(id) });
            }
        }
    }
    found.into_iter().collect()
}
