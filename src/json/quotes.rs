//! Quotations, in the schema `evigraph/quotes/1`.

use std::collections::BTreeMap;

use serde_json::json;

use super::object::{In, object};
use crate::model::{Case, QuoteState};
use crate::quotes::{KeptCopy, Passage, Quotation, Quotations};

/// What became of quotations; the last are those that were asked about.
pub struct Quotes<'a>(pub &'a Case, pub &'a Quotations, pub &'a [&'a Quotation]);

object!(Quotes<'_>, &Quotes(case, all, asked) =>
    let counts = QuoteState::ALL.map(|state| (state.name(), asked.iter().filter(|one| one.state == state).count()));
    {
        "schema": "evigraph/quotes/1",
        "case": json!({ "title": case.title }),
        "counts": BTreeMap::from(counts),
        "quotations": asked.iter().map(|&one| Checked(case, all, one)).collect::<Vec<_>>(),
        "copies": In(case, &all.copies),
    }
);

struct Checked<'a>(&'a Case, &'a Quotations, &'a Quotation);

object!(Checked<'_>, &Checked(case, all, one) =>
    let entry = &case.statements[one.statement];
    let link = &entry.evidence[one.index];
    let place = one.place.unwrap_or_default();
    {
        "statement": entry.key,
        "index": one.index,
        "from": In(case, &link.from),
        "at": link.at,
        "quote": link.quote,
        "state": one.state.name(),
        "page"?: place.page,
        "line"?: place.line,
        "elsewhere"?: one.is_elsewhere.then_some(true),
        "out_of_order"?: one.is_out_of_order.then_some(true),
        "passage"?: one.passage.as_ref(),
        "reason"?: all.why_unchecked(case, one),
    }
);

object!(Passage, passage => { "part": passage.part, "words": passage.words, "repaired"?: passage.repaired.as_ref().ok(), "unrepaired"?: passage.repaired.as_ref().err().map(ToString::to_string) });

object!(In<'_, KeptCopy>, &In(case, copy) =>
    let document = &case.documents[copy.document];
    {
        "document": document.key,
        "copy": document.copy,
        "sha256"?: copy.sha256.as_ref(),
        "changed": copy.is_changed,
        "trouble"?: copy.trouble.as_ref().map(ToString::to_string),
    }
);
