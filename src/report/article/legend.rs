//! How a report is to be read: signs and words with their meanings, the standards and the method in force, and what was
//! changed for this reading.

use std::collections::BTreeSet;

use crate::engine::{Answer, Engine, Method};
use crate::model::{Premise, Source, Standard};
use crate::verdict::Detail;
use crate::words::Prose;
use crate::words::STRENGTHS;
use crate::words::as_of_phrase;
use crate::words::standard_phrase;
use crate::words::{capital, degree, verified_only};
use crate::words::{method_phrase, method_sentence};

use super::document::{Legend, Line, Meaning};
use super::entry::named;
use super::writer::{Writer, sign};

/// Standard and method in one line.
pub(super) fn reading(writer: &Writer<'_>, engine: &Engine<'_>) -> String {
    let standard = engine.scenario().standard.unwrap_or(writer.case.standard);
    let method = match engine.method() {
        Method::World { .. } => "a single world".to_owned(),
        _ => method_phrase(engine),
    };
    format!("Standard of proof: {}. Method: {method}.", standard_phrase(standard))
}

/// What was changed for this reading, one a line.
pub(super) fn changes(writer: &Writer<'_>, engine: &Engine<'_>) -> Vec<Line> {
    let scenario = engine.scenario();
    let source = |&source: &Source| named(Premise::Source(source));
    let step = |id| {
        let inference: &crate::model::Inference = &writer.case.inferences[id];
        Prose::of(format!("the step {} to ", inference.key)).then(Prose::claim(inference.to))
    };
    let mut changes = Vec::new();
    changes.extend(as_of_phrase(engine).map(Prose::of));
    changes.extend(scenario.without.iter().map(|one| Prose::of("Left out: ").then(source(one))));
    changes.extend(scenario.left_out.iter().map(|&id| Prose::of("Left out: ").then(step(id))));
    if !scenario.only.is_empty() {
        let only: Vec<String> = scenario.only.iter().map(ToString::to_string).collect();
        changes.push(Prose::of(format!("Only documents that match {} speak themselves", only.join(" or "))));
    }
    for (one, number) in &scenario.set_sources {
        changes.push(source(one).words(format!(": reliability set to {}", degree(number.get()))));
    }
    for &(id, number) in &scenario.set_inferences {
        changes.push(step(id).words(format!(": strength set to {}", degree(number.get()))));
    }
    if let Some(standard) = scenario.standard {
        changes.push(Prose::of(format!("Every statement is held to {}", standard_phrase(standard))));
    }
    changes.extend(scenario.unverified.as_ref().map(|links| Prose::of(capital(&verified_only(links.len())))));
    if let Method::World { off, off_inferences } = engine.method() {
        let but = if off.is_empty() && off_inferences.is_empty() { "" } else { " but this" };
        changes.push(Prose::of(format!("A single world, in which everything holds{but}")));
        changes.extend(off.iter().map(|one| Prose::of("Does not hold: ").then(source(one))));
        changes.extend(off_inferences.iter().map(|&id| Prose::of("Does not hold: ").then(step(id))));
    }
    changes.into_iter().map(|change| writer.line(&change.sentence())).collect()
}

pub(super) fn legend(writer: &Writer<'_>, engine: &Engine<'_>, answer: &Answer) -> Legend {
    let details = [
        (
            Detail::Established,
            "the case for it reaches the standard, and leads the case against it by enough, or outweighs it",
        ),
        (Detail::RivalReadings, "both cases are serious, and the one against it is that for another reading"),
        (Detail::ConflictingEvidence, "both cases are serious, on evidence from both sides"),
        (Detail::Insufficient, "there is something for it or against it, and not enough"),
        (Detail::NoEvidence, "nothing makes a case for it or against it"),
        (Detail::Refuted, "the case against it reaches the standard, and not only through a contest of readings"),
    ];
    let undecided = (Detail::Undecided, "the degrees are not known well enough to tell which of these it is");
    let is_undecided = answer.statements.iter().any(|one| one.assessment.detail == Detail::Undecided);
    let verdicts = details.into_iter().chain(is_undecided.then_some(undecided)).map(|(detail, meaning)| {
        let sign = sign(detail);
        Meaning { sign: sign.sign, tone: sign.tone, word: sign.word.to_owned(), meaning: meaning.to_owned() }
    });
    let plain = |word: String, meaning: String| Meaning { sign: "", tone: "", word, meaning };
    let ends = STRENGTHS.iter().skip(1).map(|one| Some(one.from)).chain([None]);
    let strengths = STRENGTHS.iter().zip(ends).map(|(one, end)| {
        let from = degree(f64::from(one.from) / 100.0);
        plain(
            capital(one.word),
            match end {
                Some(end) if one.from == 0 => format!("less than {}", degree(f64::from(end) / 100.0)),
                Some(end) => format!("{from} or more, and less than {}", degree(f64::from(end) / 100.0)),
                None => format!("{from} or more"),
            },
        )
    });
    let in_force: BTreeSet<Standard> = answer.statements.iter().map(|one| one.assessment.standard).collect();
    let standards = in_force.into_iter().map(|standard| {
        let bar = writer.case.thresholds.bar(standard);
        let [case, margin] = [bar.case, bar.margin].map(|number| degree(number.get()));
        let outweighs = bar.outweighs().map(|ratio| format!(", or outweighs it {ratio:.2} to 1"));
        capital(&format!(
            "{} asks for a case of {case} or more that leads the other side's by {margin} or more{}.",
            standard_phrase(standard),
            outweighs.unwrap_or_default()
        ))
    });
    Legend {
        method: method_sentence(engine),
        verdicts: verdicts.collect(),
        strengths: strengths.collect(),
        standards: standards.collect(),
    }
}
