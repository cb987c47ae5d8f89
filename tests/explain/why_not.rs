//! Why a statement does not have a verdict: every reason is true of what the brute force finds.

use evigraph::EngineError;
use evigraph::internals::explain::{self, Asked, Unmet, WhyNot};
use evigraph::{Bar, Effect, StatementId};

use super::trial::{CLOSE, SIDES, TOLERANCE, Trial, variable};
use crate::brute::{Assessment, Detail, in_words};

/// The most hindrances that are listed.
const MOST_HINDRANCES: usize = 3;

pub fn check(trial: &mut Trial<'_>, id: StatementId) -> Result<(), EngineError> {
    for word in Asked::WORDS {
        let asked: Asked = word.parse().expect("every word that is understood");
        let found = explain::why_not(&trial.judge, id, asked)?;
        let detail = trial.assessment(id).detail;
        trial.same(id, "detail", in_words(found.detail), detail);
        let has_it = answers(word, detail);
        trial.same(id, format!("nothing unmet for {word}"), found.unmet.is_empty(), has_it);
        if has_it {
            trial.expect(found.hindrances.is_empty(), format!("{} is {word}, and {found:?}", trial.name(id)));
        }
        for unmet in &found.unmet {
            let so = is_so(trial, id, unmet, word);
            trial.expect(
                so,
                format!("not so of {} ({:?}), not {word}: {unmet:?}", trial.name(id), trial.assessment(id)),
            );
        }
        all_reported(trial, id, &found, word);
        hindrances(trial, id, &found, word);
    }
    Ok(())
}

/// Whether a verdict with its detail is what a word asks after.
fn answers(word: &str, detail: Detail) -> bool {
    match word {
        "supported" | "established" => detail == Detail::Established,
        "contested" => matches!(detail, Detail::RivalReadings | Detail::ConflictingEvidence),
        "unsupported" => matches!(detail, Detail::Refuted | Detail::Insufficient | Detail::NoEvidence),
        "rival_readings" => detail == Detail::RivalReadings,
        "conflicting_evidence" => detail == Detail::ConflictingEvidence,
        "refuted" => detail == Detail::Refuted,
        "insufficient" => detail == Detail::Insufficient,
        "no_evidence" => detail == Detail::NoEvidence,
        other => panic!("{other} is no verdict"),
    }
}

fn case_on(found: &Assessment, side: Effect) -> f64 {
    match side {
        Effect::Supports => found.degrees.case_for(),
        Effect::Opposes => found.degrees.case_against(),
    }
}

fn lead(found: &Assessment, side: Effect) -> f64 {
    case_on(found, side) - case_on(found, side.other())
}

/// The weight of evidence of a case (Shafer 1976).
fn weight(case: f64) -> f64 {
    -(1.0 - case).max(1e-9).ln()
}

/// How many times the weight of the other side outweighs it; none where nothing does.
fn ratio(bar: Bar) -> Option<f64> {
    let strongest = bar.case.get() - bar.margin.get();
    (strongest > 0.0).then(|| weight(bar.case.get()) / weight(strongest))
}

/// Whether a case leads another by enough under a bar, or outweighs it.
fn leads(case: f64, other: f64, bar: Bar) -> bool {
    let outweighs = ratio(bar).is_some_and(|ratio| weight(case) >= ratio * weight(other) - TOLERANCE);
    !is_short(case - other, bar.margin.get()) || outweighs
}

fn is(one: f64, other: f64) -> bool {
    (one - other).abs() <= CLOSE
}

fn is_short(has: f64, needs: f64) -> bool {
    has < needs - TOLERANCE
}

/// The rivals, of it or of what it entails, that are not out and have a serious case.
fn competing(trial: &Trial<'_>, id: StatementId) -> Vec<StatementId> {
    let competes = |rival: &StatementId| {
        let rival = trial.assessment(*rival);
        !rival.out && trial.oracle.serious(rival.degrees.case_for())
    };
    trial.oracle.rivals(id).into_iter().filter(competes).collect()
}

/// Whether an unmet condition is one, and the verdict hangs on it.
fn is_so(trial: &mut Trial<'_>, id: StatementId, unmet: &Unmet, word: &str) -> bool {
    let found = trial.assessment(id);
    let bar = trial.oracle.bar(id);
    let serious = trial.case.thresholds.serious.get();
    let winning =
        |side| matches!((word, side), ("supported" | "established", Effect::Supports) | ("refuted", Effect::Opposes));
    match unmet {
        Unmet::Case { side, has, needs } => {
            trial.note(true, "case");
            winning(*side) && is(*has, case_on(&found, *side)) && is(*needs, bar.case.get()) && is_short(*has, *needs)
        }
        Unmet::Margin { side, has, needs, outweighs } => {
            trial.note(true, "margin");
            let [case, other] = [*side, side.other()].map(|side| case_on(&found, side));
            let short_of_weight = outweighs.is_none_or(|[has, needs]| {
                is(needs, ratio(bar).expect("something outweighs")) && (weight(case) - has * weight(other)).abs() < 1e-6
            });
            winning(*side)
                && is(*has, lead(&found, *side))
                && is(*needs, bar.margin.get())
                && !leads(case, other, bar)
                && short_of_weight
        }
        Unmet::Serious { side, has, needs } => {
            trial.note(true, "serious");
            let contest = matches!(word, "contested" | "rival_readings" | "conflicting_evidence");
            contest && is(*has, case_on(&found, *side)) && is(*needs, serious) && is_short(*has, *needs)
        }
        Unmet::OnlyContested { readings } => {
            trial.note(true, "only contested");
            let rivals = trial.oracle.rivals(id);
            let supported = rivals.iter().any(|&rival| trial.assessment(rival).detail == Detail::Established);
            word == "refuted"
                && !is_short(case_on(&found, Effect::Opposes), bar.case.get())
                && leads(case_on(&found, Effect::Opposes), case_on(&found, Effect::Supports), bar)
                && !found.out
                && !supported
                && *readings == competing(trial, id)
        }
        Unmet::Prevails { detail } => {
            trial.note(true, "prevails");
            let comes_first = match word {
                "refuted" => found.detail == Detail::Established,
                "unsupported" | "insufficient" | "no_evidence" => {
                    !matches!(found.detail, Detail::Insufficient | Detail::NoEvidence)
                }
                _ => matches!(found.detail, Detail::Established | Detail::Refuted),
            };
            in_words(*detail) == found.detail && comes_first
        }
        Unmet::NoRivalReading => {
            trial.note(true, "no rival reading");
            word == "rival_readings" && competing(trial, id).is_empty()
        }
        Unmet::RivalReadings { rivals } => {
            trial.note(true, "rival readings");
            word == "conflicting_evidence" && !rivals.is_empty() && *rivals == competing(trial, id)
        }
        Unmet::SomeCase => {
            trial.note(true, "some case");
            word == "no_evidence" && is_possible(trial, id)
        }
        Unmet::NoCase => {
            trial.note(true, "no case");
            word == "insufficient" && !is_possible(trial, id)
        }
    }
}

/// Whether a case of a statement is possible, in some world of probability above 0.
fn is_possible(trial: &Trial<'_>, id: StatementId) -> bool {
    trial.worlds.degrees(&trial.oracle.base.numbers)[&id].possible
}

/// Where a side falls short of a standard, or of being serious, that is reported.
fn all_reported(trial: &mut Trial<'_>, id: StatementId, found: &WhyNot, word: &str) {
    let is = trial.assessment(id);
    let bar = trial.oracle.bar(id);
    let told = |kind: fn(&Unmet) -> Option<Effect>, side| found.unmet.iter().filter_map(kind).any(|of| of == side);
    let case = |side| told(|unmet| if let Unmet::Case { side, .. } = unmet { Some(*side) } else { None }, side);
    let margin = |side| told(|unmet| if let Unmet::Margin { side, .. } = unmet { Some(*side) } else { None }, side);
    let serious = |side| told(|unmet| if let Unmet::Serious { side, .. } = unmet { Some(*side) } else { None }, side);
    let winning = match word {
        "supported" | "established" => Some(Effect::Supports),
        "refuted" => Some(Effect::Opposes),
        _ => None,
    };
    if let Some(side) = winning {
        trial.same(id, "case told", case(side), is_short(case_on(&is, side), bar.case.get()));
        let leads = leads(case_on(&is, side), case_on(&is, side.other()), bar);
        trial.same(id, "margin told", margin(side), !leads);
    }
    if word == "contested" {
        for side in SIDES {
            let short = is_short(case_on(&is, side), trial.case.thresholds.serious.get());
            trial.same(id, "serious told", serious(side), short);
        }
    }
}

/// Without what is listed the statement has the verdict; where one number does it alone, only such are listed, and where
/// none does, pairs.
fn hindrances(trial: &mut Trial<'_>, id: StatementId, found: &WhyNot, word: &str) {
    for hindrance in &found.hindrances {
        let numbers: Vec<_> = hindrance.quantities.iter().map(|&quantity| variable(quantity)).collect();
        let what = format!("not {word}, without {:?}", hindrance.quantities);
        trial.expect(answers(word, in_words(hindrance.detail)), format!("{what}: it is {:?}", hindrance.detail));
        if let [number] = numbers[..] {
            let without = trial.without_number(id, number);
            trial.same_verdict(id, &what, &hindrance.degrees, hindrance.detail, &without);
        }
        for number in numbers {
            trial.expect(trial.oracle.base.numbers[&number] > 0.0, format!("{what}: it was nothing before"));
        }
        trial.note(true, "hindrance");
    }
    let sizes: Vec<usize> = found.hindrances.iter().map(|hindrance| hindrance.quantities.len()).collect();
    trial.expect(sizes.len() <= MOST_HINDRANCES, format!("{} hindrances", sizes.len()));
    trial.expect(sizes.windows(2).all(|pair| pair[0] == pair[1]), format!("mixed: {:?}", found.hindrances));
    trial.note(sizes.first() == Some(&1), "one thing alone");
    trial.note(sizes.first() == Some(&2), "a pair");
    if !answers(word, trial.assessment(id).detail) && sizes.first() != Some(&1) {
        let numbers: Vec<_> = trial.oracle.base.numbers.iter().filter(|(_, number)| **number > 0.0).collect();
        for (&number, _) in numbers {
            let without = trial.without_number(id, number);
            let missed = answers(word, without.detail);
            trial.expect(!missed, format!("{number:?} alone keeps {} from {word}: {found:?}", trial.name(id)));
        }
    }
}
