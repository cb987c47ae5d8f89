//! Verdicts as schema.org's ClaimReview, for those who publish fact-checks.

use serde_json::{Map, Value, json};

use crate::engine::{Engine, EngineError, StatementAnswer};
use crate::model::{Case, Document, Effect, Manner, Premise, Source, StatementId};
use crate::verdict::Detail;
use crate::words::{degree, detail_phrase, standard_phrase};

use super::exported::pretty;

/// Who publishes the reviews, and where.
#[derive(Debug, Clone, Default)]
pub struct Publisher {
    /// The name of the organisation.
    pub author: String,
    /// The address of the page that has the reviews.
    pub url: Option<String>,
    /// When they were published.
    pub date: Option<String>,
}

/// The scale of ratings: from the worst to the best, in order. What the evidence does not decide is none of them.
const SCALE: [(Detail, u8); 4] =
    [(Detail::Refuted, 1), (Detail::RivalReadings, 2), (Detail::ConflictingEvidence, 2), (Detail::Established, 3)];

/// How the numbers of the scale are to be read.
const EXPLANATION: &str = "1 is refuted, 2 contested, 3 supported; what the evidence does not decide has no number";

/// A review of each statement, as JSON-LD.
///
/// # Errors
///
/// As [`Engine::answer`].
pub fn export(engine: &Engine<'_>, statements: &[StatementId], by: &Publisher) -> Result<String, EngineError> {
    let wanted = statements.iter().copied().collect();
    let answer = engine.answer(&wanted, &std::collections::BTreeSet::new(), false)?;
    let reviews: Vec<Value> = statements
        .iter()
        .filter_map(|statement| {
            let answer = answer.statements.iter().find(|answer| answer.statement == *statement)?;
            Some(review(engine, answer, by))
        })
        .collect();
    let graph = pretty(&json!({"@context": "https://schema.org", "@graph": reviews}));
    // Such a text stands in a script of a page, which nothing in it may end.
    Ok(graph.replace('<', "\\u003c"))
}

/// The statements that a case is about: the headlines of its questions, or else its claims.
pub fn reviewed(case: &Case) -> Vec<StatementId> {
    let mut headlines: Vec<StatementId> = case.questions.values().map(|question| question.headline).collect();
    headlines.sort_unstable();
    headlines.dedup();
    if headlines.is_empty() {
        headlines = case.statements.iter().filter(|(_, statement)| statement.is_claim()).map(|(id, _)| id).collect();
    }
    headlines
}

fn review(engine: &Engine<'_>, answer: &StatementAnswer, by: &Publisher) -> Value {
    let case = engine.case();
    let statement = &case.statements[answer.statement];
    let mut review = Map::new();
    let mut put = |name: &str, value: Value| review.insert(name.to_owned(), value);
    put("@type", "ClaimReview".into());
    put("claimReviewed", statement.text.as_str().into());
    put("author", json!({"@type": "Organization", "name": by.author}));
    if let Some(url) = &by.url {
        put("url", format!("{url}#{}", statement.key).into());
    }
    if let Some(date) = &by.date {
        put("datePublished", date.as_str().into());
    }
    put("itemReviewed", claim(case, answer.statement));
    put("reviewRating", rating(answer));
    Value::Object(review)
}

/// The claim, and where it was made.
fn claim(case: &Case, statement: StatementId) -> Value {
    let documents: Vec<&Document> = appearances(case, statement);
    let appearance: Vec<Value> = documents.iter().map(|document| work(case, document)).collect();
    let mut claim = Map::from_iter([("@type".to_owned(), Value::from("Claim"))]);
    if let [document] = documents.as_slice() {
        let authors = people(case, document);
        claim.extend((!authors.is_empty()).then(|| ("author".to_owned(), Value::Array(authors))));
    }
    if !appearance.is_empty() {
        claim.insert("appearance".to_owned(), Value::Array(appearance));
    }
    Value::Object(claim)
}

/// The documents that say so: those that are themselves the evidence, or are silent, do not.
fn appearances(case: &Case, statement: StatementId) -> Vec<&Document> {
    let links = case.statements[case.canonical(statement)].evidence.iter();
    let says_so = links.filter(|link| {
        link.effect == Effect::Supports && !matches!(link.manner, Some(Manner::Exhibit | Manner::Silence))
    });
    let mut documents: Vec<_> = says_so
        .filter_map(|link| match link.from {
            Premise::Source(Source::Document(document)) => Some(document),
            _ => None,
        })
        .collect();
    documents.sort_unstable();
    documents.dedup();
    documents.into_iter().map(|document| &case.documents[document]).collect()
}

fn work(case: &Case, document: &Document) -> Value {
    let mut work = Map::new();
    let mut put = |name: &str, value: Option<Value>| work.extend(value.map(|value| (name.to_owned(), value)));
    put("@type", Some("CreativeWork".into()));
    put("name", Some(document.title.as_str().into()));
    put("url", document.url.as_deref().map(Value::from));
    put("datePublished", document.date.as_ref().map(|date| date.as_str().into()));
    let authors = people(case, document);
    put("author", (!authors.is_empty()).then_some(Value::Array(authors)));
    Value::Object(work)
}

/// Who wrote a document, or else who issued it.
fn people(case: &Case, document: &Document) -> Vec<Value> {
    let authors = document.authors.iter().map(|name| json!({"@type": "Person", "name": name}));
    let issuers = document.by.iter().map(|&actor| json!({"@type": "Organization", "name": case.actors[actor].name}));
    if document.authors.is_empty() { issuers.collect() } else { authors.collect() }
}

fn rating(answer: &StatementAnswer) -> Value {
    let assessment = &answer.assessment;
    let word = match assessment.detail {
        Detail::Established => "supported",
        detail => detail_phrase(detail),
    };
    let word = crate::words::capital(word);
    let (for_it, against) = (degree(assessment.degrees.case_for()), degree(assessment.degrees.case_against()));
    let standard = standard_phrase(assessment.standard);
    let explanation =
        format!("{word}: the case for it is {for_it}, that against it {against}; the standard is {standard}.");
    let mut rating =
        Map::from_iter([("@type".to_owned(), Value::from("Rating")), ("alternateName".to_owned(), word.into())]);
    match SCALE.iter().find(|(detail, _)| *detail == assessment.detail) {
        Some((_, number)) => {
            rating.insert("ratingValue".to_owned(), (*number).into());
            rating.insert("worstRating".to_owned(), SCALE[0].1.into());
            rating.insert("bestRating".to_owned(), SCALE[SCALE.len() - 1].1.into());
            rating.insert("ratingExplanation".to_owned(), format!("{explanation} On the scale, {EXPLANATION}.").into());
        }
        None => drop(rating.insert("ratingExplanation".to_owned(), explanation.into())),
    }
    Value::Object(rating)
}
