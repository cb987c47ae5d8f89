//! Load-bearing sources: what would change if one of them were lost.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Answer, Engine, EngineError};
use crate::explain::{self, LoadBearing};
use crate::model::{QuestionId, Source, StatementId};
use crate::verdict::{Detail, Finding, Verdict};
use crate::words::{Prose, Told};
use crate::words::{detail_phrase, finding_phrase, one_line, quoted, shortened, spelled, would_be};

use super::document::{Carrier, Carriers, Line};
use super::writer::{Writer, chain, words};

/// The verdicts that would be others without a source.
type Changes = BTreeMap<Source, BTreeMap<StatementId, Detail>>;

impl Writer<'_> {
    /// The sources whose loss would change a verdict, the one that would change most first.
    pub(super) fn carriers(&self, engine: &Engine<'_>, answer: &Answer) -> Result<Carriers, EngineError> {
        let changes = self.losses(engine, answer)?;
        let mut alike: BTreeMap<Vec<(StatementId, Detail)>, Vec<Source>> = BTreeMap::new();
        for (&source, changed) in &changes {
            alike.entry(changed.iter().map(|(&id, &detail)| (id, detail)).collect()).or_default().push(source);
        }
        let mut rows: Vec<(Option<u64>, Carrier)> = Vec::new();
        for sources in alike.into_values() {
            let first = sources.iter().filter_map(|&source| self.layout.source_number(source)).min();
            rows.push((first, self.carrier(answer, &sources, &changes[&sources[0]])));
        }
        rows.sort_by_key(|(first, row)| (row.findings == 0, std::cmp::Reverse(row.count), *first));
        let turning: usize = rows.iter().filter(|(_, row)| row.findings > 0).map(|(_, row)| row.sources).sum();
        let lead = lead(changes.len(), turning, !answer.questions.is_empty());
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        Ok(Carriers { lead: words(lead), rows, sets: self.load_bearing_sets(engine, answer)? })
    }

    /// For the headline of each question the sources that only together bear its verdict.
    fn load_bearing_sets(&self, engine: &Engine<'_>, answer: &Answer) -> Result<Vec<Line>, EngineError> {
        let mut lines = Vec::new();
        let mut seen = BTreeSet::new();
        let mut told = Told::default();
        for question in &answer.questions {
            let headline = self.case.questions[question.question].headline;
            if seen.insert(self.case.canonical(headline)) {
                let bearing = explain::load_bearing(engine, headline)?;
                let now = answer.statements[headline.index()].assessment.detail;
                lines.push(self.line(&bearing_sentence(headline, now, &bearing).telling_once(&mut told)));
            }
        }
        Ok(lines)
    }

    fn losses(&self, engine: &Engine<'_>, answer: &Answer) -> Result<Changes, EngineError> {
        let mut changes = Changes::new();
        for one in &answer.statements {
            if self.case.statements[one.statement].same_as.is_some() {
                continue;
            }
            for influence in explain::influence(engine, one.statement)? {
                if turns(one.assessment.detail, influence.detail) {
                    changes.entry(influence.source).or_default().insert(one.statement, influence.detail);
                }
            }
        }
        Ok(changes)
    }

    /// A row for sources whose loss changes the same.
    fn carrier(&self, answer: &Answer, sources: &[Source], changed: &BTreeMap<StatementId, Detail>) -> Carrier {
        let mut lines = self.finding_changes(answer, changed);
        let findings = lines.len();
        let mut by_detail: BTreeMap<Detail, Vec<StatementId>> = BTreeMap::new();
        for (&statement, &detail) in changed {
            let detail = if detail == Detail::ConflictingEvidence { Detail::RivalReadings } else { detail };
            by_detail.entry(detail).or_default().push(statement);
        }
        lines.extend(by_detail.into_iter().map(|(detail, statements)| {
            let would_become = match detail {
                Detail::RivalReadings | Detail::ConflictingEvidence => "would be contested".to_owned(),
                detail => would_be(detail),
            };
            chain([self.claim_numbers(&statements), words(format!(" {would_become}"))])
        }));
        Carrier {
            source: self.line(&Prose::sources(sources)),
            sources: sources.len(),
            findings,
            count: changed.len(),
            changes: lines,
        }
    }

    /// Findings that would be others, given the verdicts that would be.
    fn finding_changes(&self, answer: &Answer, changed: &BTreeMap<StatementId, Detail>) -> Vec<Line> {
        let detail = |statement: StatementId| {
            let own = self.case.canonical(statement);
            changed.get(&own).copied().unwrap_or(answer.statements[own.index()].assessment.detail)
        };
        let finding = |question: QuestionId| {
            let entry = &self.case.questions[question];
            Finding::of(detail(entry.headline), entry.claims.iter().map(|&claim| detail(claim)))
        };
        let turned = answer.questions.iter().filter_map(|question| {
            let finding = finding(question.question);
            let text = quoted(&shortened(one_line(&self.case.questions[question.question].text), 400));
            let become_word = finding_phrase(finding).to_lowercase();
            (finding != question.finding).then(|| words(format!("the finding on {text} would be {become_word}")))
        });
        turned.collect()
    }
}

/// Which losses together would change a verdict that no smaller loss changes.
fn bearing_sentence(statement: StatementId, now: Detail, bearing: &LoadBearing) -> Prose {
    const SHOWN: usize = 3;
    let head = Prose::claim(statement).words(format!(" is {}. ", detail_phrase(now)));
    let size = bearing.sets.first().map_or(0, |set| set.sources.len());
    if size == 0 {
        let most = match bearing.searched {
            1 => "any one source".to_owned(),
            some => format!("any {} sources together", spelled(some)),
        };
        return head.words(format!("It stands the loss of {most}."));
    }
    let stands = match size {
        1 => "",
        2 => "It stands the loss of any one source. ",
        _ => "It stands the loss of any two sources. ",
    };
    let sets = bearing.sets.iter().take(SHOWN).map(|set| {
        let sources = Prose::sources(&set.sources);
        Prose::of("without ").then(sources).words(format!(" it {}", would_be(set.detail)))
    });
    let rest = bearing.sets.len().saturating_sub(SHOWN);
    let rest = match (rest, size) {
        (0, _) => None,
        (1, _) => Some(Prose::of("one other such loss would change it too")),
        (some, _) => Some(Prose::of(format!("{} other such losses would change it too", spelled(some)))),
    };
    let clauses = sets
        .chain(rest)
        .enumerate()
        .fold(Prose::default(), |text, (at, clause)| text.words(if at == 0 { "" } else { "; " }).then(clause));
    head.words(stands).then(clauses.sentence())
}

/// The tally of the table: how many sources some verdict hangs on, and how many of those a finding.
fn lead(sources: usize, findings: usize, has_questions: bool) -> String {
    let no_finding = if has_questions && findings == 0 { "No finding hangs on any one source. " } else { "" };
    let also = match findings {
        0 => String::new(),
        some if some == sources => ", and a finding as well".to_owned(),
        1 => "; one of them would change a finding as well".to_owned(),
        some => format!("; {} of them would change a finding as well", spelled(some)),
    };
    match sources {
        0 => "No verdict hangs on any one source.".to_owned(),
        1 => format!("{no_finding}The loss of one source would change a verdict{also}."),
        some => format!("{no_finding}The loss of any one of {} sources would change a verdict{also}.", spelled(some)),
    }
}

/// Whether a verdict is another, the two details of contested taken as one.
fn turns(with: Detail, without: Detail) -> bool {
    let contested = |detail: Detail| detail.verdict() == Verdict::Contested;
    with != without && !(contested(with) && contested(without))
}
