//! A question in brief, as the conclusion of a fact-check: how the headline stands, what is confirmed, what is contested
//! between whom, what is not established and what is missing.

use crate::engine::{Engine, QuestionAnswer, StatementAnswer};
use crate::model::StatementId;
use crate::verdict::Detail;

use super::account::{Topic, contest, headline_sentences};
use super::phrase::{count, spelled};
use super::prose::{Mentioned, Prose};

/// More words are never spent where fewer claims by name would do.
const MOST_WORDS: usize = 150;

/// How much is said, from the fullest: so many claims of a kind are named, by their whole text or by its first words, and
/// sources by their titles or by their numbers alone.
const MEASURES: [Measure; 6] = [
    Measure { named: 3, whole: true, titles: true },
    Measure { named: 3, whole: true, titles: false },
    Measure { named: 2, whole: true, titles: false },
    Measure { named: 3, whole: false, titles: false },
    Measure { named: 2, whole: false, titles: false },
    Measure { named: 1, whole: false, titles: false },
];

#[derive(Debug, Clone, Copy)]
struct Measure {
    named: usize,
    whole: bool,
    titles: bool,
}

/// The account of a question in under 150 words, a paragraph a topic; the first stands behind the word for the finding.
///
/// Only the texts of the case itself can make it longer.
pub fn brief(engine: &Engine<'_>, answer: &QuestionAnswer) -> Vec<Prose> {
    let written = |measure: &Measure| paragraphs(engine, answer, *measure);
    let words = |paragraphs: &Vec<Prose>| -> usize {
        let plain = |prose: &Prose| prose.plain(engine.case(), engine.citations()).split_whitespace().count();
        paragraphs.iter().map(plain).sum()
    };
    let fits = MEASURES.iter().map(written).find(|paragraphs| words(paragraphs) < MOST_WORDS);
    let paragraphs = fits.unwrap_or_else(|| written(&MEASURES[MEASURES.len() - 1]));
    let mut mentioned = Mentioned::default();
    paragraphs.into_iter().map(|prose| prose.mentioning_once(&mut mentioned)).collect()
}

fn paragraphs(engine: &Engine<'_>, answer: &QuestionAnswer, measure: Measure) -> Vec<Prose> {
    let headline = engine.case().questions[answer.question].headline;
    let stands = answer.claims.iter().find(|claim| claim.statement == headline);
    let on = |topic: Topic| -> Vec<&StatementAnswer> {
        let others = answer.claims.iter().filter(|claim| claim.statement != headline);
        others.filter(|claim| Topic::of(claim.assessment.detail) == topic).collect()
    };
    // The strongest come last in a question, and are named first.
    let confirmed: Vec<Prose> = on(Topic::Confirmed).iter().rev().map(|claim| measure.claim(claim.statement)).collect();
    let contested = measure.contested(&on(Topic::Contested));
    let rest = [Topic::NotEstablished, Topic::Refuted, Topic::WithoutEvidence, Topic::Undecided].map(|topic| {
        let claims = on(topic).iter().map(|claim| measure.claim(claim.statement)).collect();
        measure.group(topic.label(), claims, "other claim")
    });
    let stands = stands.map(|headline| headline_sentences(engine, headline)).unwrap_or_default();
    let stands = if measure.whole { stands } else { stands.briefly(headline) };
    let paragraphs = [
        if measure.titles { stands } else { stands.by_number() },
        measure.group(Topic::Confirmed.label(), confirmed, "weaker claim"),
        measure.group(Topic::Contested.label(), contested, "other contest"),
        Prose::sentences(rest),
    ];
    paragraphs.into_iter().filter(|prose| !prose.is_empty()).collect()
}

impl Measure {
    fn claim(self, statement: StatementId) -> Prose {
        if self.whole { Prose::claim(statement) } else { Prose::claim_in_brief(statement) }
    }

    /// Contested claims with the readings that they are contested by, each pair once.
    fn contested(self, claims: &[&StatementAnswer]) -> Vec<Prose> {
        let mut mentioned: Vec<StatementId> = Vec::new();
        let mut contests = Vec::new();
        for claim in claims.iter().rev() {
            if mentioned.contains(&claim.statement) {
                continue;
            }
            let (rivals, _) = contest(claim);
            mentioned.extend(rivals);
            let one = self.claim(claim.statement);
            contests.push(match rivals {
                [] if claim.assessment.detail == Detail::ConflictingEvidence => {
                    one.words(", by evidence on both sides")
                }
                [] => one,
                [rival] => one.words(" against ").then(self.claim(*rival)),
                [rival, others @ ..] => {
                    let others = format!(" and {}", spelled_count(others.len(), "other reading"));
                    one.words(" against ").then(self.claim(*rival)).words(others)
                }
            });
        }
        contests
    }

    /// A few by name, and how many more there are: `Confirmed: “…”, “…” and two weaker claims.`
    fn group(self, label: &str, mut items: Vec<Prose>, more: &str) -> Prose {
        if items.is_empty() {
            return Prose::default();
        }
        let left = items.len().saturating_sub(self.named);
        // One more by name is no longer than saying that there is one more.
        let named = if left == 1 { items.len() } else { self.named };
        items.truncate(named);
        items.extend((left > 1).then(|| Prose::of(spelled_count(left, more))));
        // Between pairs a comma would not tell which belong together.
        let list = if label == Topic::Contested.label() { Prose::series(items) } else { Prose::list(items, "and") };
        Prose::of(format!("{label}: ")).then(list).words(".")
    }
}

fn spelled_count(number: usize, noun: &str) -> String {
    let figures = number.to_string();
    count(number, noun).replacen(&figures, &spelled(number), 1)
}
