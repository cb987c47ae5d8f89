//! A whole report, put together from the answers of an engine.

use std::collections::BTreeSet;

use crate::engine::{Answer, Engine, EngineError, QuestionAnswer, StatementAnswer, unless_stopped};
use crate::explain::all_grounds;
use crate::lint::Remarks;
use crate::model::{Plan, StatementId};
use crate::verdict::{Detail, Settlement};
use crate::words::{account, brief};
use crate::words::{capital, count, joined, one_line, shortened, spelled};

use super::document::{Carriers, Chapter, Document, Finding, Line, Part, Section, Summary};
use super::writer::{Grounds, Writer, chain, finding_sign, words};
use super::{carrier, contest, dig, entry, legend, source_list};

/// Builds the report on a case under the engine's scenario, with what `check` warns of where it belongs.
///
/// Cost: the verdicts on all statements, whether each is settled, its grounds, and what it would be without each source.
///
/// # Errors
///
/// [`EngineError`] if the decision diagrams of a statement grow past the budget.
pub fn document(engine: &Engine<'_>, remarks: &Remarks) -> Result<Document, EngineError> {
    Ok(document_with(engine, remarks, |_, _| ())?.0)
}

/// The same, with what else is made of the answers, such as pictures: they are worked out once.
///
/// # Errors
///
/// As [`document`].
pub fn document_with<T>(
    engine: &Engine<'_>,
    remarks: &Remarks,
    with: impl Fn(&Engine<'_>, &Answer) -> T,
) -> Result<(Document, T), EngineError> {
    engine.or_sampled(|engine| {
        let engine = &engine.for_all(true)?;
        engine.all_are_tried()?;
        let answer = engine.answer_all(true)?;
        if answer.unanswered > 0 {
            return Err(EngineError::Stopped);
        }
        let document = ready_document(engine, answer.clone(), remarks)?;
        Ok((document, with(engine, &answer)))
    })
}

fn ready_document(engine: &Engine<'_>, mut answer: Answer, remarks: &Remarks) -> Result<Document, EngineError> {
    remarks.by(engine).add(&mut answer);
    let case = engine.case();
    let writer = &Writer::new(engine);
    let grounds = all_grounds(engine, dig::with_own_verdict(writer, &answer).map(|one| one.statement))?;
    let sections = sections(writer, engine, &answer, &grounds);
    let contests = unless_stopped(contest::contests(writer, engine, &answer.statements, &grounds))?;
    let weighed = engine.is_exact();
    let carriers =
        if weighed { unless_stopped(carrier::carriers(writer, engine, &answer))? } else { Some(Carriers::default()) };
    let digging = unless_stopped(dig::digging(writer, engine, &answer))?;
    let parts = [
        (contests.is_none(), "the rival readings, side by side"),
        (carriers.is_none(), "what the verdicts hang on"),
        (digging.is_none(), "where to dig"),
    ];
    let mut document = Document {
        title: one_line(&case.title),
        reading: legend::reading(writer, engine),
        left_out: left_out(&sections, parts),
        changes: legend::changes(writer, engine),
        summary: answer.questions.iter().map(|question| summary(writer, engine, question)).collect(),
        counts: counts(&answer.statements, "statements of this case"),
        contents: Vec::new(),
        sections,
        contests: contests.unwrap_or_default(),
        findings: answer.questions.iter().map(|question| finding(writer, engine, question)).collect(),
        carriers: carriers.unwrap_or_default(),
        digging: digging.unwrap_or_default(),
        about: case.summary.clone(),
        sources: source_list::source_list(writer, engine),
        legend: legend::legend(writer, engine, &answer),
    };
    document.contents = contents(&document);
    Ok(document)
}

/// What was not worked out, as a sentence: of the statements of some sections, and these parts where that is so.
fn left_out<const N: usize>(sections: &[Section], parts: [(bool, &'static str); N]) -> Option<String> {
    let entries = sections.iter().flat_map(|section| &section.entries);
    let bare = entries.filter(|entry| entry.grounds.is_none()).count();
    let grounds = (bare > 0).then(|| format!("what speaks for and against {}", count(bare, "statement")));
    let parts = parts.into_iter().filter(|(is_left_out, _)| *is_left_out).map(|(_, part)| part.to_owned());
    let left_out: Vec<String> = grounds.into_iter().chain(parts).collect();
    (!left_out.is_empty()).then(|| {
        let verb = if left_out.len() == 1 { "is" } else { "are" };
        let them = joined(left_out);
        format!("{} {verb} left out: there was not the time or the memory to work that out.", capital(&them))
    })
}

impl Document {
    /// Whether something was left out, as the engine was asked to stop.
    pub fn is_cut(&self) -> bool {
        self.left_out.is_some()
    }
}

fn summary(writer: &Writer<'_>, engine: &Engine<'_>, answer: &QuestionAnswer) -> Summary {
    let paragraphs = brief(engine, answer).into_iter();
    Summary {
        question: one_line(&writer.case.questions[answer.question].text),
        finding: finding_sign(answer.finding),
        paragraphs: paragraphs.map(|prose| writer.citing(&prose.capital())).collect(),
    }
}

fn finding(writer: &Writer<'_>, engine: &Engine<'_>, answer: &QuestionAnswer) -> Finding {
    let account = account(engine, answer);
    let parts = account.mentioned_once().into_iter();
    Finding {
        question: one_line(&writer.case.questions[answer.question].text),
        finding: finding_sign(answer.finding),
        opening: writer.line(&account.opening.clone().sentence()),
        parts: parts.map(|part| Part { label: part.topic.label(), text: writer.line(&part.text) }).collect(),
    }
}

fn sections(writer: &Writer<'_>, engine: &Engine<'_>, answer: &Answer, grounds: &Grounds) -> Vec<Section> {
    let mut seen = BTreeSet::new();
    let plans = writer.layout.sections.iter().enumerate();
    plans.map(|(at, plan)| section(writer, engine, (answer, grounds), (at + 1, plan), &mut seen)).collect()
}

fn section(
    writer: &Writer<'_>,
    engine: &Engine<'_>,
    (answer, grounds): (&Answer, &Grounds),
    (number, plan): (usize, &Plan),
    seen: &mut BTreeSet<StatementId>,
) -> Section {
    let answers: Vec<StatementAnswer> =
        plan.statements.iter().map(|statement| answer.statements[statement.index()].clone()).collect();
    let entry = |one: &StatementAnswer| match seen.insert(one.statement) {
        true => entry::entry(writer, engine, one, grounds),
        false => entry::entry_again(writer, one),
    };
    let entries = answers.iter().map(entry).collect();
    Section {
        number,
        heading: one_line(&plan.heading),
        anchor: format!("section-{number}"),
        text: plan.text.clone(),
        lead: lead(writer, &answers),
        entries,
    }
}

/// The tally of a section: how many verdicts of which kind, and which are not established.
fn lead(writer: &Writer<'_>, answers: &[StatementAnswer]) -> Line {
    let mut lead = words(counts(answers, "statements of this section"));
    let with = |details: &[Detail]| -> Vec<StatementId> {
        let found = answers.iter().filter(|one| details.contains(&one.assessment.detail));
        found.map(|one| one.statement).collect()
    };
    let groups = [
        ("Contested", with(&[Detail::RivalReadings, Detail::ConflictingEvidence])),
        ("Not established", with(&[Detail::Insufficient])),
        ("Without evidence", with(&[Detail::NoEvidence])),
        ("Refuted", with(&[Detail::Refuted])),
        ("Undecided at this precision", with(&[Detail::Undecided])),
    ];
    for (label, statements) in groups.into_iter().filter(|(_, list)| !list.is_empty() && list.len() < answers.len()) {
        lead = chain([lead, words(format!(" {label}: ")), writer.claim_numbers(&statements), words(".")]);
    }
    lead
}

/// How many of some statements have which verdict, as a sentence.
fn counts(answers: &[StatementAnswer], whose: &str) -> String {
    let with = |details: &[Detail]| answers.iter().filter(|one| details.contains(&one.assessment.detail)).count();
    // Figures from 13 on, and then for every number of the sentence.
    let spelled = |number: usize| if answers.len() > 12 { number.to_string() } else { spelled(number) };
    let settled = answers.iter().filter(|one| one.settlement.as_ref().is_some_and(Settlement::is_settled)).count();
    let groups = [
        (with(&[Detail::Established]), "established"),
        (with(&[Detail::RivalReadings, Detail::ConflictingEvidence]), "contested"),
        (with(&[Detail::Insufficient]), "not established"),
        (with(&[Detail::NoEvidence]), "without evidence"),
        (with(&[Detail::Refuted]), "refuted"),
        (with(&[Detail::Undecided]), "undecided at this precision"),
    ];
    let groups: Vec<(usize, &str)> = groups.into_iter().filter(|(count, _)| *count > 0).collect();
    let asked = answers.iter().any(|one| one.settlement.is_some());
    let close = answers.iter().filter(|one| one.settlement.as_ref().is_some_and(|one| one.settled.is_none())).count();
    let sentence = match (groups.as_slice(), answers.len()) {
        ([], _) => return String::new(),
        ([(_, phrase)], 1) => format!("Its one statement is {phrase}"),
        ([(_, phrase)], 2) => format!("Both of the {whose} are {phrase}"),
        ([(all, phrase)], _) => format!("All {} of the {whose} are {phrase}", spelled(*all)),
        (groups, all) => {
            let parts = groups.iter().enumerate().map(|(at, (count, phrase))| {
                let verb = if *count == 1 { "is" } else { "are" };
                if at == 0 {
                    format!("{} {verb} {phrase}", spelled(*count))
                } else {
                    format!("{} {phrase}", spelled(*count))
                }
            });
            format!("Of the {} {}, {}", spelled(all), whose, joined(parts))
        }
    };
    let settled = match (settled, answers.len()) {
        _ if !asked => String::new(),
        (0, 1) if close == 1 => "; whether it is settled is too close to tell".to_owned(),
        (0, 1) => "; it is open".to_owned(),
        (1, 1) => "; it is settled".to_owned(),
        (0, _) => "; none is settled".to_owned(),
        (some, all) if some == all => "; all are settled".to_owned(),
        (1, _) => "; one is settled".to_owned(),
        (some, _) => format!("; {} are settled", spelled(some)),
    };
    let close = match close {
        0 => String::new(),
        1 if answers.len() == 1 => String::new(),
        1 => ", and of one it is too close to tell".to_owned(),
        some => format!(", and of {} it is too close to tell", spelled(some)),
    };
    capital(&format!("{sentence}{settled}{close}."))
}

/// The most letters of a heading in the table of contents.
const LONGEST_CHAPTER: usize = 160;

/// The chapters, in the order of the report.
fn contents(document: &Document) -> Vec<Chapter> {
    let chapter = |title: &str, anchor: &str| Chapter { title: title.to_owned(), anchor: anchor.to_owned() };
    let mut contents = vec![chapter("Executive summary", "summary")];
    contents.extend(document.sections.iter().map(|section| {
        let title = format!("{}. {}", section.number, shortened(section.heading.clone(), LONGEST_CHAPTER));
        chapter(&title, &section.anchor)
    }));
    let later = [
        (!document.contests.is_empty(), "Rival readings, side by side", "contests"),
        (!document.findings.is_empty(), "The verdict", "verdict"),
        (!document.carriers.lead.is_empty(), "What the verdicts hang on", "carriers"),
        (!document.digging.is_empty(), "Where to dig", "digging"),
        (document.about.is_some(), "About this case", "about"),
        (!document.sources.is_empty(), "Sources", "sources"),
        (true, "How to read this report", "legend"),
    ];
    let later = later.into_iter().filter(|(there, ..)| *there);
    contents.extend(later.map(|(_, title, anchor)| chapter(title, anchor)));
    contents
}
