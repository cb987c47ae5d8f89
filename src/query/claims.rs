//! Which claims and relationships, by what they say and by their verdicts.

use std::collections::BTreeSet;

use crate::engine::{Answer, Engine, EngineError, StatementAnswer};
use crate::model::{Case, ClaimKind, Nature, Node, RelationshipKind, Source, Statement, StatementId};
use crate::selector::{Reader, Selection, SelectorError, SelectorKey, SelectorProblem, Test, Vocabulary, unreadable};
use crate::verdict::{Detail, Reason, Verdict};

use super::found::Found;

/// A selector of claims and relationships of one case, by their verdicts as well.
pub type ClaimSelector = Selection<StatementId>;

impl ClaimSelector {
    /// Reads a selector of claims, and binds it to a case and the answers on all its statements.
    ///
    /// # Errors
    ///
    /// [`SelectorError`] if it is not understood, or names what the case does not have.
    pub fn parse(text: &str, case: &Case, answers: &[StatementAnswer]) -> Result<Self, SelectorError> {
        let vocabulary = Answered { vocabulary: Vocabulary::new(case), answers };
        Self::read(text, &keys(), &vocabulary, case.statements.ids())
    }

    /// The keys for claims, in the order in which they are explained.
    pub fn keys() -> Vec<SelectorKey> {
        keys().into_iter().map(|reader| reader.key).collect()
    }
}

/// The answers on all statements, in the order of their ids, for [`ClaimSelector::parse`].
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn claims(engine: &Engine<'_>) -> Result<Found<StatementAnswer>, EngineError> {
    let Answer { statements, unanswered, .. } = engine.answer_all(true)?;
    Ok(Found { found: statements, unanswered })
}

/// A case with the answers on all its statements.
struct Answered<'c> {
    vocabulary: Vocabulary<'c>,
    answers: &'c [StatementAnswer],
}

impl Answered<'_> {
    /// That it is known of every statement whether it is settled: else a selector would take what is not known for no.
    fn looked(&self) -> Result<(), SelectorProblem> {
        let key = |answer: &StatementAnswer| self.vocabulary.case.statements[answer.statement].key.to_string();
        let is_known = |answer: &&StatementAnswer| {
            answer.settlement.as_ref().is_none_or(|settlement| settlement.settled.is_none())
        };
        match self.answers.iter().find(is_known) {
            Some(answer) => Err(SelectorProblem::NotLooked { statement: key(answer) }),
            None => Ok(()),
        }
    }
}

type Reading<'v> = Result<Test<'v, StatementId>, SelectorProblem>;

fn keys<'c>() -> Vec<Reader<Answered<'c>, StatementId>> {
    let key = |name, meaning, read| Reader { key: SelectorKey { name, meaning }, read };
    vec![
        key("verdict", "the verdict on it: `supported`, `contested` or `unsupported`", verdict),
        key("detail", "the verdict in detail, such as `refuted` or `rival_readings`", detail),
        key("settled", "`yes` or `no`", settled),
        key("open", "open for this reason, such as `withheld`", open),
        key("is", "`claim` or `relationship`", is),
        key("kind", "of this kind, as the case file writes it", kind),
        key("tag", "with this tag", tag),
        key("period", "speaks of this time", period),
        key("place", "speaks of this place, in small or capital letters", place),
        key("about", "about this actor or document; a relationship, with this actor", about),
        key("from", "this document or actor gives evidence on it, or is a premise for it", from),
        key("depends", "depends on this document or actor, however indirectly", depends),
        key("question", "one of the claims of this question", question),
        key("text", "its text or note has these words, in small or capital letters", text),
        key("id", "the claim or relationship of this id", id),
    ]
}

fn of_answer<'v>(answered: &'v Answered<'_>, test: impl Fn(&StatementAnswer) -> bool) -> Reading<'v> {
    let found: BTreeSet<StatementId> =
        answered.answers.iter().filter(|answer| test(answer)).map(|answer| answer.statement).collect();
    among(found)
}

fn of_entry<'v>(answered: &'v Answered<'_>, test: impl Fn(&Statement) -> bool + 'v) -> Reading<'v> {
    let case = answered.vocabulary.case;
    Ok(Box::new(move |id| test(&case.statements[id])))
}

fn among<'v>(found: BTreeSet<StatementId>) -> Reading<'v> {
    Ok(Box::new(move |id| found.contains(&id)))
}

fn verdict<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let known = Verdict::ALL.map(Verdict::name);
    let name = answered.vocabulary.word(value, "verdict", known)?;
    of_answer(answered, |answer| answer.assessment.verdict().name() == name)
}

fn detail<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let name = answered.vocabulary.word(value, "detail of a verdict", Detail::ALL.map(Detail::name))?;
    of_answer(answered, |answer| answer.assessment.detail.name() == name)
}

fn yes_or_no(value: &str, what: &'static str) -> Result<bool, SelectorProblem> {
    match value {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(unreadable(value, what, "yes or no")),
    }
}

fn settled<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let wanted = yes_or_no(value, "answer to whether it is settled")?;
    answered.looked()?;
    of_answer(answered, |answer| answer.settlement.as_ref().is_some_and(|found| found.settled == Some(wanted)))
}

fn open<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let name = answered.vocabulary.word(value, "reason to be open", Reason::NAMES)?;
    answered.looked()?;
    of_answer(answered, |answer| {
        let reasons = answer.settlement.iter().flat_map(|settlement| &settlement.reasons);
        reasons.into_iter().any(|reason| reason.name() == name)
    })
}

fn is<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let is_claim = answered.vocabulary.word(value, "sort of statement", ["claim", "relationship"])? == "claim";
    of_entry(answered, move |statement| statement.is_claim() == is_claim)
}

fn kind<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let used = answered.vocabulary.case.statements.values().map(kind_word);
    let known = ClaimKind::WORDS.iter().chain(RelationshipKind::WORDS).copied().chain(used);
    let word = answered.vocabulary.word(value, "kind of claim or relationship", known)?;
    of_entry(answered, move |statement| kind_word(statement) == word)
}

fn kind_word(statement: &Statement) -> &str {
    match &statement.nature {
        Nature::Claim { kind, .. } => kind.word(),
        Nature::Relationship { kind, .. } => kind.word(),
    }
}

fn tag<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let used = answered.vocabulary.case.statements.values().flat_map(|statement| &statement.tags).map(String::as_str);
    let word = answered.vocabulary.word(value, "claim or relationship with the tag", used)?;
    of_entry(answered, move |statement| statement.tags.contains(&word))
}

fn period<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let asked = answered.vocabulary.period(value)?;
    of_entry(answered, move |statement| statement.period.as_ref().is_some_and(|period| period.overlaps(&asked)))
}

fn place<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let used = answered.vocabulary.case.statements.values().flat_map(|statement| &statement.places).map(String::as_str);
    let small = answered.vocabulary.word_in_any_case(value, "claim or relationship with the place", used)?;
    of_entry(answered, move |statement| statement.places.iter().any(|place| place.to_lowercase() == small))
}

fn about<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let source = answered.vocabulary.source(value)?;
    of_entry(answered, move |statement| match &statement.nature {
        Nature::Claim { about, .. } => about.contains(&source),
        Nature::Relationship { from, to, .. } => [*from, *to].map(Source::Actor).contains(&source),
    })
}

fn from<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let (case, graph) = (answered.vocabulary.case, answered.vocabulary.graph());
    let spoken: BTreeSet<StatementId> =
        graph.speaks_to(answered.vocabulary.source(value)?).into_iter().map(|(statement, _)| statement).collect();
    Ok(Box::new(move |id| spoken.contains(&case.canonical(id))))
}

fn depends<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let (case, graph) = (answered.vocabulary.case, answered.vocabulary.graph());
    let source = answered.vocabulary.source(value)?;
    let dependents: BTreeSet<Node> = graph.dependents(source.into()).into_iter().collect();
    Ok(Box::new(move |id| dependents.contains(&Node::Statement(case.canonical(id)))))
}

fn question<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let case = answered.vocabulary.case;
    let known = || case.questions.values().map(|question| question.key.as_str());
    let question = case.question(value).ok_or_else(|| answered.vocabulary.no_such(value, "question", known()))?;
    among(case.questions[question].claims.iter().copied().collect())
}

fn text<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let words = value.to_lowercase();
    of_entry(answered, move |statement| {
        [Some(&statement.text), statement.note.as_ref()]
            .into_iter()
            .flatten()
            .any(|text| text.to_lowercase().contains(&words))
    })
}

fn id<'v>(answered: &'v Answered<'_>, value: &str) -> Reading<'v> {
    let case = answered.vocabulary.case;
    match case.statement(value) {
        Some(wanted) => Ok(Box::new(move |id| id == wanted)),
        None => {
            let known = case.statements.values().map(|statement| statement.key.as_str());
            Err(answered.vocabulary.no_such(value, "claim or relationship", known))
        }
    }
}
