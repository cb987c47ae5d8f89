//! Load-bearing sources: what would change if one of them were lost.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Answer, Engine, EngineError};
use crate::explain::{self, LoadBearing};
use crate::model::{QuestionId, Source, StatementId};
use crate::verdict::{Detail, Finding, Verdict};
use crate::words::{Mentioned, Prose};
use crate::words::{detail_phrase, finding_phrase, one_line, quoted, shortened, spelled, would_become};

use super::document::{Carrier, Carriers, Line};
use super::writer::{Writer, chain, words};

/// The verdicts that would be others without a source.
type Changes = BTreeMap<Source, BTreeMap<StatementId, Detail>>;

/// The sources whose loss would change a verdict, the one that would change most first.
pub(super) fn carriers(writer: &Writer<'_>, engine: &Engine<'_>, answer: &Answer) -> Result<Carriers, EngineError> {
    let changes = losses(writer, engine, answer)?;
    let mut alike: BTreeMap<Vec<(StatementId, Detail)>, Vec<Source>> = BTreeMap::new();
    for (&source, changed) in &changes {
        alike.entry(changed.iter().map(|(&id, &detail)| (id, detail)).collect()).or_default().push(source);
    }
    let mut rows: Vec<(Option<u64>, Vec<Source>, Carrier)> = Vec::new();
    for sources in alike.into_values() {
        let first = sources.iter().filter_map(|&source| writer.layout.source_number(source)).min();
        let row = carrier(writer, answer, &sources, &changes[&sources[0]]);
        rows.push((first, sources, row));
    }
    rows.sort_by_key(|(first, _, row)| (row.findings == 0, std::cmp::Reverse(row.count), *first));
    let turning = rows.iter().filter(|(.., row)| row.findings > 0).flat_map(|(_, sources, _)| sources);
    let turning: Vec<Source> = turning.copied().collect();
    let all: Vec<Source> = changes.into_keys().collect();
    let lead = lead(&all, &turning, !answer.questions.is_empty());
    let rows = rows.into_iter().map(|(.., row)| row).collect();
    Ok(Carriers { lead: writer.line(&lead), rows, sets: load_bearing_sets(writer, engine, answer)? })
}

/// For the headline of each question the sources that only together bear its verdict.
fn load_bearing_sets(writer: &Writer<'_>, engine: &Engine<'_>, answer: &Answer) -> Result<Vec<Line>, EngineError> {
    let mut lines = Vec::new();
    let mut seen = BTreeSet::new();
    let mut mentioned = Mentioned::default();
    for question in &answer.questions {
        let headline = writer.case.questions[question.question].headline;
        if seen.insert(writer.case.canonical(headline)) {
            let bearing = explain::load_bearing(engine, headline)?;
            let now = answer.statements[headline.index()].assessment.detail;
            lines.push(writer.line(&bearing_sentence(headline, now, &bearing).mentioning_once(&mut mentioned)));
        }
    }
    Ok(lines)
}

fn losses(writer: &Writer<'_>, engine: &Engine<'_>, answer: &Answer) -> Result<Changes, EngineError> {
    let mut changes = Changes::new();
    for one in &answer.statements {
        if writer.case.statements[one.statement].same_as.is_some() {
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
fn carrier(
    writer: &Writer<'_>,
    answer: &Answer,
    sources: &[Source],
    changed: &BTreeMap<StatementId, Detail>,
) -> Carrier {
    let mut lines = finding_changes(writer, answer, changed);
    let findings = lines.len();
    let mut alike: BTreeMap<(Detail, String), Vec<StatementId>> = BTreeMap::new();
    for (&statement, &detail) in changed {
        let (detail, become_words) = match detail {
            Detail::RivalReadings | Detail::ConflictingEvidence => {
                (Detail::RivalReadings, "would be contested".to_owned())
            }
            detail => (detail, would_become(answer.statements[statement.index()].assessment.detail, detail)),
        };
        alike.entry((detail, become_words)).or_default().push(statement);
    }
    lines.extend(alike.into_iter().map(|((_, become_words), statements)| {
        chain([writer.claim_numbers(&statements), words(format!(" {become_words}"))])
    }));
    Carrier {
        source: writer.line(&Prose::sources(sources)),
        sources: sources.len(),
        findings,
        count: changed.len(),
        changes: lines,
    }
}

/// Findings that would be others, given the verdicts that would be.
fn finding_changes(writer: &Writer<'_>, answer: &Answer, changed: &BTreeMap<StatementId, Detail>) -> Vec<Line> {
    let detail = |statement: StatementId| {
        let own = writer.case.canonical(statement);
        changed.get(&own).copied().unwrap_or(answer.statements[own.index()].assessment.detail)
    };
    let finding = |question: QuestionId| {
        let entry = &writer.case.questions[question];
        Finding::of(detail(entry.headline), entry.claims.iter().map(|&claim| detail(claim)))
    };
    let turned = answer.questions.iter().filter_map(|question| {
        let finding = finding(question.question);
        let text = quoted(&shortened(one_line(&writer.case.questions[question.question].text), 400));
        let become_word = finding_phrase(finding).to_lowercase();
        (finding != question.finding).then(|| words(format!("the finding on {text} would be {become_word}")))
    });
    turned.collect()
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
        Prose::of("without ").then(sources).words(format!(" it {}", would_become(now, set.detail)))
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

/// The tally of the table: how many sources some verdict hangs on, and how many of those a finding; a few by name.
fn lead(sources: &[Source], findings: &[Source], has_questions: bool) -> Prose {
    let also = match findings.len() {
        0 => Prose::default(),
        some if some == sources.len() => Prose::of(", and a finding as well"),
        1 => Prose::of("; one of them").then(by_name(findings)).words(" would change a finding as well"),
        some => {
            let some = Prose::of(format!("; {} of them", spelled(some))).then(by_name(findings));
            some.words(" would change a finding as well")
        }
    };
    let loss = match sources.len() {
        0 => return Prose::of("No verdict hangs on any one source."),
        1 => Prose::of("The loss of one source").then(by_name(sources)),
        some => Prose::of(format!("The loss of any one of {} sources", spelled(some))).then(by_name(sources)),
    };
    let no_finding = if has_questions && findings.is_empty() { "No finding hangs on any one source. " } else { "" };
    Prose::of(no_finding).then(loss).words(" would change a verdict").then(also).words(".")
}

/// A few sources between commas; nothing where they are many.
fn by_name(sources: &[Source]) -> Prose {
    const FEW: usize = 3;
    match sources.len() {
        ..=FEW => Prose::of(", ").then(Prose::sources(sources)).words(","),
        _ => Prose::default(),
    }
}

/// Whether a verdict is another, the two details of contested taken as one.
fn turns(with: Detail, without: Detail) -> bool {
    let contested = |detail: Detail| detail.verdict() == Verdict::Contested;
    with != without && !(contested(with) && contested(without))
}
