//! Explanations in words: grounds, best cases, what bears a verdict, what is missing, why not.

use crate::explain::{
    Asked, BestCase, FurtherEvidence, Left, LoadBearing, LoadBearingSet, Missing, MissingPart, MissingPremise,
    SharedGround, Unmet, WhyNot, WithheldWord,
};
use crate::logic::{Parameter, Step};
use crate::model::{Case, Effect, Evidence, Premise, StatementId};
use crate::verdict::{Detail, Verdict};

use super::ground::manner;
use super::phrase::{count, degree, detail_phrase, joined, joined_by, one_line, quoted, side, would_be, would_become};

/// A source or a statement by its id and its words.
pub fn premise_words(case: &Case, premise: Premise) -> String {
    let words = match premise {
        Premise::Source(source) => case.source_title(source),
        Premise::Statement(statement) => &case.statements[statement].text,
    };
    format!("{} {}", case.premise_key(premise), quoted(words))
}

/// What a number of the case is the number of.
fn quantity_words(case: &Case, quantity: Parameter) -> String {
    let article = match quantity {
        Parameter::Undercut(..) | Parameter::Impeachment(..) => "the ",
        _ => "",
    };
    format!("{article}{}", quantity_noun(case, quantity))
}

/// The same without an article.
fn quantity_noun(case: &Case, quantity: Parameter) -> String {
    match quantity {
        Parameter::Reliability(source) => premise_words(case, Premise::Source(source)),
        Parameter::Strength(step) | Parameter::Draw(step) | Parameter::Ratio(step) | Parameter::Present(step) => {
            step_words(case, step)
        }
        Parameter::Assumed(statement) => format!("assumption of {}", case.statements[statement].key),
        Parameter::Undercut(step, index) => {
            let from = case.premise_key(step.undercuts(case)[index].from);
            format!("undercut by {from} of {}", step_words(case, step))
        }
        Parameter::Impeachment(source, index) => {
            let from = case.premise_key(case.impeachments(source)[index].from);
            format!("impeachment of {} by {from}", case.source_key(source))
        }
        Parameter::Passage(document, statement, _) => {
            format!("what is withheld from {} on {}", case.documents[document].key, case.statements[statement].key)
        }
        Parameter::Further(_) => "further evidence".to_owned(),
    }
}

fn step_words(case: &Case, step: Step) -> String {
    match step {
        Step::Evidence { statement, index } => {
            let link = &case.statements[statement].evidence[index];
            let to = &case.statements[statement].key;
            let is_twin =
                |(at, other): (usize, &Evidence)| at != index && (other.from, other.effect) == (link.from, link.effect);
            let has_twin = case.statements[statement].evidence.iter().enumerate().any(is_twin);
            let at = link.at.iter().filter(|_| has_twin).map(|at| format!(", {}", one_line(at)));
            let words = format!("{} of {} {} {to}", manner(link), case.premise_key(link.from), side(link.effect));
            words + &String::from_iter(at)
        }
        Step::Inference(id) => format!("inference {}", case.inferences[id].key),
    }
}

/// Each thing that a best case asks, with its probability.
pub fn best_case_lines(case: &Case, best: &BestCase) -> Vec<(f64, String)> {
    let holding = best.holding.iter().map(|one| (one.probability, quantity_words(case, one.quantity)));
    let failing = best.failing.iter().map(|one| {
        let not = if matches!(one.quantity, Parameter::Reliability(_)) { "not" } else { "no" };
        (one.probability, format!("{not} {}", quantity_noun(case, one.quantity)))
    });
    let mut lines: Vec<(f64, String)> = Vec::new();
    // A step of several links has a number for each strength among them.
    for (probability, words) in holding.chain(failing) {
        match lines.iter_mut().find(|(_, known)| *known == words) {
            Some((product, _)) => *product *= probability,
            None => lines.push((probability, words)),
        }
    }
    lines
}

/// Which sources bear a verdict; one sentence a set.
pub fn load_bearing_sentences(case: &Case, now: Detail, load_bearing: &LoadBearing) -> Vec<String> {
    if load_bearing.sets.is_empty() {
        return vec![match load_bearing.searched {
            1 => "No single source bears it: without any one the verdict stays (larger sets were too many to try)."
                .to_owned(),
            size => format!("No {size} sources bear it: without any {size} of them the verdict stays."),
        }];
    }
    load_bearing.sets.iter().map(|set| load_bearing_sentence(case, now, set)).collect()
}

fn load_bearing_sentence(case: &Case, now: Detail, set: &LoadBearingSet) -> String {
    let sources = set.sources.iter().map(|&source| premise_words(case, Premise::Source(source)));
    format!("Without {} it {}.", joined(sources), would_become(now, set.detail))
}

/// What a statement shares with each rival.
pub fn shared_ground_sentences(case: &Case, grounds: &[SharedGround]) -> Vec<String> {
    let sentence = |ground: &SharedGround| {
        let rival = premise_words(case, Premise::Statement(ground.rival));
        if ground.shared.is_empty() {
            return format!("With {rival} it shares no source: {} speak for one or the other.", of_all(ground.of));
        }
        let shared = ground.shared.iter().map(|&source| case.source_key(source).as_str());
        let (number, share) = (ground.shared.len(), degree(ground.share()));
        format!("With {rival} it shares {number} of {} ({share}): {}.", of_all(ground.of), joined(shared))
    };
    grounds.iter().map(sentence).collect()
}

fn of_all(sources: usize) -> String {
    count(sources, "source")
}

/// What would settle a statement: what it lacks itself first, then what stands in its way, then what could be found.
pub fn missing_sentences(case: &Case, missing: &Missing) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(parts_sentences(case, &missing.parts));
    sentences.extend(missing.left.iter().map(|left| left_sentence(case, left)));
    let matters = |premise: &&MissingPremise| premise.reached != missing.detail;
    sentences.extend(missing.premises.iter().filter(matters).map(|premise| premise_sentence(case, premise)));
    sentences.extend(
        missing
            .all_premises
            .filter(|&reached| reached != missing.detail)
            .map(|reached| all_premises_sentence(case, missing, reached)),
    );
    sentences.extend(rivals_sentences(case, missing));
    sentences.extend(obstacle_sentences(case, missing));
    sentences.extend(missing.withheld.iter().map(|word| withheld_sentence(case, word)));
    for on in [Effect::Supports, Effect::Opposes] {
        let kinds: Vec<&FurtherEvidence> = missing.evidence.iter().filter(|kind| kind.effect == on).collect();
        // That no evidence helps is worth a sentence only where nothing else is known to.
        let helps = sentences.is_empty() || kinds.iter().any(|kind| kind.decides.is_some());
        sentences.extend(further_sentence(&kinds, on).filter(|_| helps));
    }
    sentences
}

/// So many things are listed by name.
const LISTED: usize = 10;

/// Some by name, and how many more there are.
fn some_of<T>(all: &[T], name: impl Fn(&T) -> String) -> String {
    let more = all.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| format!("{more} more"));
    joined(all.iter().take(LISTED).map(name).chain(more))
}

fn all_premises_sentence(case: &Case, missing: &Missing, reached: Detail) -> String {
    let premise = |premise: &MissingPremise| {
        let needed = if premise.needed == Effect::Supports { "established" } else { "refuted" };
        format!("{} {needed}", case.statements[premise.premise].key)
    };
    format!("With {} at once, it {}.", some_of(&missing.premises, premise), would_be(reached))
}

/// What a statement that is all of its parts lacks of them, by name: first what nothing speaks to.
fn parts_sentences(case: &Case, parts: &[MissingPart]) -> Vec<String> {
    let with = |wanted: fn(Detail) -> bool| -> Vec<StatementId> {
        parts.iter().filter(|part| wanted(part.detail)).map(|part| part.part).collect()
    };
    let groups = [
        (with(|detail| detail == Detail::NoEvidence), "nothing speaks to", ""),
        (with(|detail| detail == Detail::Refuted), "", "refuted"),
        (with(|detail| detail.verdict() == Verdict::Contested), "", "contested"),
        (with(|detail| matches!(detail, Detail::Insufficient | Detail::Undecided)), "", "not established"),
    ];
    let parts = groups.into_iter().filter(|(ids, ..)| !ids.is_empty()).map(|(ids, before, what)| {
        let names = some_of(&ids, |&id| case.statements[id].key.to_string());
        let verb = if ids.len() == 1 { "is" } else { "are" };
        if what.is_empty() { format!("{before} {names}") } else { format!("{names} {verb} {what}") }
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { Vec::new() } else { vec![format!("It needs all of its parts: {}.", parts.join("; "))] }
}

fn left_sentence(case: &Case, left: &Left) -> String {
    let names = |ids: &[StatementId]| some_of(ids, |&id| case.statements[id].key.to_string());
    let whole = &case.statements[left.whole].key;
    let is = |ids: &[StatementId]| if ids.len() == 1 { "is" } else { "are" };
    let out = match left.out.as_slice() {
        [] => "none is out".to_owned(),
        out => format!("{} {} out", names(out), is(out)),
    };
    format!(
        "Of those of which {whole} says that exactly one is so, {out}, and {} {} left.",
        names(&left.left),
        is(&left.left)
    )
}

/// What would follow if the rivals were refuted; where none makes a difference alone, that they add up.
fn rivals_sentences(case: &Case, missing: &Missing) -> Vec<String> {
    let decide: Vec<&MissingPremise> = missing.rivals.iter().filter(|rival| rival.reached.is_decided()).collect();
    let mut sentences: Vec<String> = decide.iter().map(|rival| premise_sentence(case, rival)).collect();
    let Some(all) = missing.all_rivals else { return sentences };
    if decide.is_empty() && !missing.rivals.is_empty() {
        let adding = if all.is_decided() { ", but they add up" } else { "" };
        sentences.push(format!("No one of its rival readings bears the contest alone{adding}."));
    }
    sentences.push(format!("If all of its rival readings were refuted, it {}.", would_be(all)));
    sentences
}

/// What could be impeached, undercut or lifted, by what would follow.
fn obstacle_sentences(case: &Case, missing: &Missing) -> Vec<String> {
    let mut groups: Vec<(&str, Detail, Vec<String>)> = Vec::new();
    for obstacle in &missing.obstacles {
        for &quantity in &obstacle.quantities {
            let verb = match quantity {
                Parameter::Reliability(_) => "were impeached",
                Parameter::Strength(_) | Parameter::Draw(_) | Parameter::Ratio(_) | Parameter::Present(_) => {
                    "were undercut"
                }
                Parameter::Undercut(..) | Parameter::Impeachment(..) => "failed",
                Parameter::Assumed(_) => "were given up",
                Parameter::Passage(..) | Parameter::Further(_) => continue,
            };
            let what = quantity_words(case, quantity);
            match groups.iter_mut().find(|(known, detail, _)| *known == verb && *detail == obstacle.detail) {
                Some((.., members)) => members.push(what),
                None => groups.push((verb, obstacle.detail, vec![what])),
            }
        }
    }
    let sentence = |(verb, detail, members): (&str, Detail, Vec<String>)| {
        format!("If {} {verb}, it {}.", joined_by(members, "or"), would_become(missing.detail, detail))
    };
    groups.into_iter().map(sentence).collect()
}

/// How much further evidence on one side it takes.
fn further_sentence(kinds: &[&FurtherEvidence], on: Effect) -> Option<String> {
    kinds.first()?;
    let direction = format!("{} it", side(on));
    let decided = if on == Effect::Supports { "establish" } else { "refute" };
    let (decides, settles) = (amounts(kinds, |kind| kind.decides), amounts(kinds, |kind| kind.settles));
    let already = kinds.iter().any(|kind| kind.decides == Some(0));
    Some(match (decides.as_str(), settles.as_str()) {
        ("", _) => format!("No five further documents {direction} would {decided} it, however good they are."),
        (_, "") if already => {
            format!(
                "No five further documents {direction} would settle it: what keeps it open is not that there are too few."
            )
        }
        (_, settles) if already => format!("Further evidence {direction} would settle it: {settles}."),
        (decides, "") => {
            format!(
                "Further evidence {direction} would {decided} it: {decides}; none of that, up to five, would settle it."
            )
        }
        (decides, settles) if decides == settles => {
            format!("Further evidence {direction} would {decided} and settle it: {decides}.")
        }
        (decides, settles) => {
            format!("Further evidence {direction} would {decided} it: {decides}. To settle it: {settles}.")
        }
    })
}

/// `1 finding of a source graded A, 2 accounts of sources graded B or 5 allegations …`.
pub(crate) fn amounts(kinds: &[&FurtherEvidence], of: impl Fn(&FurtherEvidence) -> Option<usize>) -> String {
    let amount = |kind: &&FurtherEvidence| {
        let number = of(kind)?;
        let sources = if number == 1 { "a source" } else { "independent sources" };
        Some(format!("{} of {sources} graded {}", count(number, kind.manner.phrase()), kind.grade))
    };
    joined_by(kinds.iter().filter_map(amount).collect::<Vec<_>>(), "or")
}

fn premise_sentence(case: &Case, missing: &MissingPremise) -> String {
    let needed = if missing.needed == Effect::Supports { "established" } else { "refuted" };
    let premise = premise_words(case, Premise::Statement(missing.premise));
    format!("If {premise} were {needed}, it {}.", would_be(missing.reached))
}

fn withheld_sentence(case: &Case, word: &WithheldWord) -> String {
    let says = word.says.iter().map(|said| {
        let verb = if said.effect == Effect::Supports { "supported" } else { "opposed" };
        format!("{} {verb} {}", case.documents[said.document].key, case.statements[said.statement].key)
    });
    format!("If what is withheld from {}, it {}.", joined(says), would_be(word.reached))
}

/// Why a statement does not have a verdict, and what would bring it about.
pub fn why_not_sentences(case: &Case, why_not: &WhyNot) -> Vec<String> {
    let asked = asked_phrase(why_not.asked);
    if why_not.unmet.is_empty() {
        return vec![format!("It is {asked}.")];
    }
    let unmet = why_not.unmet.iter().map(|unmet| unmet_clause(case, unmet));
    let unmet: Vec<String> = unmet.collect();
    let mut sentences = vec![format!("It is not {asked}: {}.", unmet.join("; "))];
    let without = why_not.hindrances.iter().map(|hindrance| {
        let what = joined(hindrance.quantities.iter().map(|&quantity| quantity_words(case, quantity)));
        if hindrance.quantities.len() > 1 { format!("both {what}") } else { what }
    });
    let without: Vec<String> = without.collect();
    sentences.push(if without.is_empty() {
        "No one source, step or attack stands in the way, and no two.".to_owned()
    } else {
        format!("It would be, without {}.", joined_by(without, "or without"))
    });
    sentences
}

fn unmet_clause(case: &Case, unmet: &Unmet) -> String {
    match unmet {
        Unmet::Case { side: on, has, needs } => {
            format!("the case {} it is {} and the standard asks for {}", side(*on), degree(*has), degree(*needs))
        }
        Unmet::Margin { side: on, has, needs, outweighs } => {
            let lead = if *has < 0.0 {
                format!("the case {} it is {} behind the other", side(*on), degree(-has))
            } else {
                format!("the case {} it leads the other by {}", side(*on), degree(*has))
            };
            let weight = outweighs.filter(|[has, _]| has.is_finite()).map(|[has, needs]| {
                format!("; by weight of evidence it is {has:.2} to 1, where {needs:.2} to 1 would do")
            });
            format!("{lead} and the standard asks for a lead of {}{}", degree(*needs), weight.unwrap_or_default())
        }
        Unmet::Serious { side: on, has, needs } => {
            format!("the case {} it is {} and serious from {}", side(*on), degree(*has), degree(*needs))
        }
        Unmet::OnlyContested { readings } if readings.is_empty() => {
            "only a contest of readings makes the case against it strong enough".to_owned()
        }
        Unmet::OnlyContested { readings } => {
            let noun = if readings.len() == 1 { "a contested reading" } else { "contested readings" };
            format!("the case against it is strong enough only with {noun}, {}", statements(case, readings))
        }
        Unmet::Prevails { detail } => format!("it is {}", detail_phrase(*detail)),
        Unmet::NoRivalReading => "no rival reading of it has a serious case".to_owned(),
        Unmet::RivalReadings { rivals } => {
            let noun = if rivals.len() == 1 { "a rival reading has" } else { "rival readings have" };
            format!("{noun} a serious case, {}", statements(case, rivals))
        }
        Unmet::SomeCase => "there is a case, for it or against it".to_owned(),
        Unmet::NoCase => "there is no case at all, neither for it nor against it".to_owned(),
    }
}

fn statements(case: &Case, statements: &[StatementId]) -> String {
    joined(statements.iter().map(|&statement| case.statements[statement].key.as_str()))
}

fn asked_phrase(asked: Asked) -> &'static str {
    match asked {
        Asked::Verdict(verdict) => verdict.name(),
        Asked::Detail(detail) => detail_phrase(detail),
    }
}
