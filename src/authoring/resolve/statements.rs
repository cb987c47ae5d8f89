//! Claims and relationships, with their evidence.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Actor, ActorId, ClaimKind, Evidence, Manner, Nature, Premise, Probability, RareList, RelationshipKind, Source,
    Statement, Table,
};
use crate::source::Span;

use super::super::mirror::{self, Claim, Link, Relationship};
use super::super::reader::Text;
use super::entries::{Entries, Row, WrittenStatement};
use super::names::key;
use super::references::{Resolver, heading, strength, word, words};

/// The claims, then the relationships, whose texts need the actors' names.
pub(super) fn statements(
    resolver: &mut Resolver<'_, '_>,
    entries: &Entries<'_>,
    actors: &Table<ActorId, Actor>,
) -> Vec<Statement> {
    let mut statements = resolver.each(&entries.claims, claim);
    let relationships = resolver.each(&entries.relationships, |resolver, row| relationship(resolver, row, actors));
    statements.extend(relationships);
    statements
}

fn claim(resolver: &mut Resolver<'_, '_>, row: &Row<'_, Claim<'_>>) -> Statement {
    let nature = Nature::Claim {
        kind: row.entry.kind.map_or(ClaimKind::default(), |kind| kind.value),
        about: resolver.sources_in(row.entry.about.as_ref(), "about"),
    };
    let text = heading(&row.entry.text).unwrap_or_default();
    statement(resolver, row, text, nature, row.entry.into())
}

fn relationship(
    resolver: &mut Resolver<'_, '_>,
    row: &Row<'_, Relationship<'_>>,
    actors: &Table<ActorId, Actor>,
) -> Statement {
    let (text, nature) = nature(resolver, row.entry, actors);
    check_same_as(resolver, row.entry);
    let same_as = row.entry.same_as.as_ref().and_then(|id| resolver.claim(id, "same_as"));
    Statement { same_as, ..statement(resolver, row, text, nature, row.entry.into()) }
}

fn statement<T>(
    resolver: &mut Resolver<'_, '_>,
    row: &Row<'_, T>,
    text: String,
    nature: Nature,
    written: WrittenStatement<'_>,
) -> Statement {
    Statement {
        key: key(row, resolver.problems),
        text,
        nature,
        standard: written.standard,
        evidence: evidence(resolver, written.evidence),
        entails: resolver.statements_in(written.entails, "entails"),
        rivals: resolver.statements_in(written.rivals, "rivals"),
        all_of: resolver.statements_in(written.all_of, "all_of"),
        any_of: resolver.statements_in(written.any_of, "any_of"),
        one_of: resolver.statements_in(written.one_of, "one_of"),
        assumed: written.assumed.as_ref().map(|assumed| assumed.number),
        same_as: None,
        places: words(written.places),
        period: written.period.clone(),
        tags: words(written.tags),
        note: word(written.note),
        expect: written.expect.map(|expect| (expect.value, expect.span)),
        declared: row.declared,
    }
}

/// Who did what with whom, and the text that says so. Where an actor is not known, a claim without words
/// stands in: the case is dropped anyway.
fn nature(
    resolver: &mut Resolver<'_, '_>,
    written: &Relationship<'_>,
    actors: &Table<ActorId, Actor>,
) -> (String, Nature) {
    let from = written.from.as_ref().and_then(|id| resolver.actor(id, "from"));
    let to = written.to.as_ref().and_then(|id| resolver.actor(id, "to"));
    let Some((from, to)) = from.zip(to) else {
        return (String::new(), Nature::Claim { kind: ClaimKind::default(), about: RareList::NONE });
    };
    let other = || RelationshipKind::Other(String::new());
    let kind = written.kind.as_ref().map_or_else(other, |kind| kind.0.clone());
    let text = format!("{} {} {}", actors[from].name, kind.phrase(), actors[to].name);
    (text, Nature::Relationship { from, to, kind })
}

/// A relationship that takes the verdict of a claim has nothing of its own that could make one.
fn check_same_as(resolver: &mut Resolver<'_, '_>, written: &Relationship<'_>) {
    let Some(same_as) = &written.same_as else { return };
    let own = WrittenStatement::from(written);
    let first = |list: &[Text<'_>]| list.first().map(|text| text.span);
    let own = [
        ("evidence", own.evidence.iter().find_map(|evidence| from_span(&evidence.link))),
        ("entails", first(own.entails)),
        ("rivals", first(own.rivals)),
        ("all_of", first(own.all_of)),
        ("any_of", first(own.any_of)),
        ("one_of", first(own.one_of)),
        ("assumed", own.assumed.as_ref().map(|_| same_as.span)),
    ];
    for (field, span) in own.into_iter().filter_map(|(field, span)| Some((field, span?))) {
        let message = format!("a relationship with `same_as` has no `{field}` of its own");
        let problem = Diagnostic::new(Code::MisplacedField, span, message);
        let problem = problem.related(same_as.span, "it takes the verdict of this claim");
        resolver.problems.push(problem.help(format!("write `{field}` under the claim `{}`", same_as.text)));
    }
}

/// The links of a statement, one for each thing that they come from.
fn evidence(resolver: &mut Resolver<'_, '_>, list: &[mirror::Evidence<'_>]) -> Vec<Evidence> {
    let mut all = Vec::with_capacity(list.len());
    for evidence in list {
        links(resolver, evidence, &mut all);
    }
    all
}

fn links(
    resolver: &mut Resolver<'_, '_>,
    mirror::Evidence { effect, link }: &mirror::Evidence<'_>,
    links: &mut Vec<Evidence>,
) {
    let manner = link.manner.map(|manner| manner.value);
    let default = manner.map_or(Probability::MODERATE, Manner::strength);
    let (strength, strength_given) = strength(link.strength.as_ref(), default);
    let relies_on = relied_on(resolver, link);
    let undercut_by = resolver.attacks(link.undercut_by.as_deref());
    for id in resolver.texts(link.from.as_ref()) {
        let Some(from) = resolver.premise(id, "from") else { continue };
        check_documentary(resolver, link, id, from);
        links.push(Evidence {
            effect: *effect,
            from,
            strength,
            strength_given,
            manner,
            relies_on: relies_on.clone(),
            undercut_by: undercut_by.clone(),
            at: link.at.as_ref().map(|at| at.text.to_string()),
            quote: link.quote.as_ref().map(|quote| quote.text.to_string()),
            quote_place: link.quote.as_ref().map_or(Span::NOWHERE, |quote| quote.span),
            quote_state: None,
            span: id.span,
        });
    }
}

/// What stands in place of the document's origins. An empty list stands for nothing.
fn relied_on(resolver: &mut Resolver<'_, '_>, link: &Link<'_>) -> RareList<Source> {
    if let (Some([]), Some(from)) = (link.relies_on.as_deref().map(Vec::as_slice), &link.from) {
        let place = from.texts().first().map_or(from.span, |id| id.span);
        let message = "`relies_on` is empty, so the link relies on what its document derives from";
        let help = "name the source that this link relies on, or leave `relies_on` out; for what the document has from \
                    nobody, enter it as a document of its own, with no `derives_from`";
        resolver.problems.push(Diagnostic::new(Code::IgnoredField, place, message).help(help));
    }
    resolver.sources_in(link.relies_on.as_deref(), "relies_on")
}

/// `relies_on` and `as: Exhibit` speak of documents.
fn check_documentary(resolver: &mut Resolver<'_, '_>, link: &Link<'_>, id: &Text<'_>, from: Premise) {
    if matches!(from, Premise::Source(Source::Document(_))) {
        return;
    }
    let relies_on = link.relies_on.iter().flat_map(|list| list.iter()).next().map(|origin| origin.span);
    let exhibit = link.manner.filter(|manner| manner.value == Manner::Exhibit).map(|manner| manner.span);
    for (field, span) in [("relies_on", relies_on), ("as: Exhibit", exhibit)] {
        let Some(span) = span else { continue };
        let message = format!("`{field}` is for evidence from a document, and `{}` is none", id.text);
        let problem = Diagnostic::new(Code::MisplacedField, span, message);
        resolver.problems.push(problem.related(id.span, "not a document").help("remove it, or name the document"));
    }
}

fn from_span(link: &Link<'_>) -> Option<Span> {
    link.from.as_ref().map(|from| from.texts().first().map_or(from.span, |id| id.span))
}
