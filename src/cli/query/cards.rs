//! Documents and actors, one after the other.

use crate::diagnostic::visible;
use crate::engine::Engine;
use crate::model::{Case, DocumentId, Effect, Source, StatementId};
use crate::query::{ActorEntry, ActorSelector, Derivation, DocumentEntry, Reached};
use crate::selector::Selector;
use crate::words::{capital, count, count_or_no, date_phrase, detail_phrase, joined, released_phrase};

use super::lines::{head, legend, source_ids, spoken, statement};
use crate::cli::layout::{BOLD, DIM, bullet, labelled, marked, styled, under, wrapped};
use crate::cli::table;

/// Documents, each with what it is and what it speaks to.
pub fn documents(engine: &Engine<'_>, selector: Option<&Selector>, found: &[DocumentEntry], width: usize) -> String {
    let case = engine.case();
    let mut text = head(engine, selector, found.len(), ["document", "documents"], width);
    for entry in found {
        text += &format!("\n{}{}", document(engine, entry.document, width), spoken(case, &entry.speaks_to, width));
        if entry.speaks_to.is_empty() {
            text += &labelled("speaks to", "no claim itself", width);
        }
        if !entry.undercuts.is_empty() {
            let step = |&(id, effect): &(StatementId, Effect)| {
                let side = if effect == Effect::Supports { "for" } else { "against" };
                format!("evidence {side} {}", case.statements[id].key)
            };
            text += &labelled("undercuts", &entry.undercuts.iter().map(step).collect::<Vec<_>>().join(", "), width);
        }
        if !entry.impeaches.is_empty() {
            text += &labelled("impeaches", &source_ids(case, &entry.impeaches), width);
        }
    }
    if !found.is_empty() {
        text += &legend(width);
    }
    text
}

/// A document's id, title and particulars.
fn document(engine: &Engine<'_>, id: DocumentId, width: usize) -> String {
    let case = engine.case();
    let entry = &case.documents[id];
    let mut particulars = vec![entry.kind.phrase().to_owned()];
    particulars.extend(entry.date.as_ref().map(date_phrase));
    particulars.extend(entry.released.as_ref().map(released_phrase));
    if !entry.by.is_empty() {
        let names = entry.by.iter().map(|&actor| case.actors[actor].key.as_str());
        particulars.push(format!("by {}", joined(names)));
    }
    particulars.extend(entry.collection.map(|collection| format!("kept in {}", case.source_key(collection))));
    if entry.withheld.get() > 0.0 {
        particulars.push(format!("{} withheld", percent(entry.withheld.get())));
    }
    if !entry.tags.is_empty() {
        particulars.push(entry.tags.join(", "));
    }
    let number = engine.citations().source_number(Source::Document(id));
    let cite = number.map(|number| format!("[{number}] ")).unwrap_or_default();
    let particulars = visible(&particulars.join(" · ")).into_owned();
    format!(
        "{}\n{}{}\n",
        styled(BOLD, entry.key.as_str()),
        under(&format!("{cite}{}", entry.title), width),
        styled(DIM, wrapped(&particulars, width, "  ")),
    )
}

/// A share in whole percent; what is not quite nothing is not shown as 0%, nor what is not quite all as 100%.
pub fn percent(share: f64) -> String {
    let shown = if share <= 0.0 || share >= 1.0 { share } else { share.clamp(0.01, 0.99) };
    format!("{:.0}%", shown * 100.0)
}

/// What derives from a source, and what it reaches.
pub fn derivation(engine: &Engine<'_>, found: &Derivation, width: usize) -> String {
    let case = engine.case();
    let key = case.source_key(found.source);
    let derive = if found.documents.len() > 1 { "derive" } else { "derives" };
    let number = count_or_no(found.documents.len(), "document");
    let line = format!("{} {derive} from {key}", capital(&number));
    let mut text = format!("{}\n{}\n", table::heading(engine, width), styled(BOLD, line));
    text += &under(case.source_title(found.source), width);
    for derived in &found.documents {
        text += &format!("\n{}", document(engine, derived.document, width));
        if derived.steps > 1 {
            let through = source_ids(case, &derived.through);
            text += &labelled("through", &format!("{through} ({} from {key})", count(derived.steps, "step")), width);
        }
        if derived.has_others {
            text += &labelled("besides", "it has origins that do not derive from this", width);
        }
        text += &spoken(case, &derived.speaks_to, width);
    }
    let direct = "Statements that it, or what derives from it, gives evidence on";
    text += &reached(case, direct, &found.statements, width);
    let beyond = "Other statements whose verdict would be another without it";
    text += &reached(case, beyond, &found.turned_beyond, width);
    text + &legend(width)
}

fn reached(case: &Case, title: &str, reached: &[Reached], width: usize) -> String {
    if reached.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", styled(BOLD, wrapped(title, width, "")));
    for one in reached {
        let entry = &case.statements[one.statement];
        let mut words = format!("{}", entry.key);
        if one.turns() {
            words += &format!("; without it {}", detail_phrase(one.without));
        }
        if one.alone {
            words += "; all evidence for it goes back to this alone";
        }
        text += &bullet(one.detail, &words, width);
    }
    text
}

/// Actors, each with how the case has to do with it.
pub fn actors(engine: &Engine<'_>, selector: Option<&ActorSelector>, found: &[ActorEntry], width: usize) -> String {
    let case = engine.case();
    let mut text = head(engine, selector, found.len(), ["actor", "actors"], width);
    for entry in found {
        let actor = &case.actors[entry.actor];
        let mut particulars = vec![actor.kind.phrase().to_owned()];
        particulars.extend(actor.part_of.map(|whole| format!("part of {}", case.actors[whole].key)));
        particulars.push(format!("issued {}", count_or_no(entry.issued, "document")));
        particulars.push(format!("mentioned in {}", entry.mentioned));
        particulars.push(format!("{} about it", count_or_no(entry.claims, "claim")));
        let particulars = visible(&particulars.join(" · ")).into_owned();
        text += &format!("\n{}\n{}", styled(BOLD, actor.key.as_str()), under(&actor.name, width));
        text += &format!("{}\n", styled(DIM, wrapped(&particulars, width, "  ")));
        let mut label = "relations";
        for &(id, detail) in &entry.relationships {
            text += &marked(label, detail, &statement(case, id), width);
            label = "";
        }
    }
    if !found.is_empty() {
        text += &legend(width);
    }
    text
}
