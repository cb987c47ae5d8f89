//! Laws of the semantics: what has to be so of every case, whatever its numbers.
//!
//! Laws of whole cases are tried on random ones, the same on every run; laws of small patterns on random numbers,
//! against what they come to by hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::random::{self, Dice, Profile, numbers};
use crate::support::sketch::{LinkSketch, Sketch, SourceSketch, probability};
use evigraph::Budget;
use evigraph::explanation::Leaning;
use evigraph::{Assessment, Degrees, Detail, Reason, Settlement, Verdict};
use evigraph::{Bar, Case, Effect, Source, StatementId};
use evigraph::{Engine, Method, Scenario};
use evigraph::{Input, load};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Rounding.
const CLOSE: f64 = 1e-12;

// Laws of whole cases.

#[test]
fn degrees_are_probabilities_of_the_four_values() {
    for (seed, sketch) in cases(&[Profile::broad(), Profile::tangled(), Profile::competing()], 40) {
        for (name, found) in assessments(&sketch) {
            let degrees = found.degrees;
            let all = [degrees.in_favour, degrees.against, degrees.conflict, degrees.ignorance];
            assert!(all.iter().all(|degree| (-CLOSE..=1.0 + CLOSE).contains(degree)), "{seed} {name}: {degrees:?}");
            assert!((all.iter().sum::<f64>() - 1.0).abs() < CLOSE, "{seed} {name}: {degrees:?}");
        }
    }
}

/// Where a fresh document speaks for a statement in a world, the case for it is certain there; elsewhere that
/// world is as before. What is out has to stay so: a reading that gets back into the contest changes others.
#[test]
fn more_support_never_lowers_the_case_for() {
    let mut compared = 0;
    let tangled = Profile { uncertain: 5, ..Profile::tangled() };
    for (seed, sketch) in cases(&[Profile::broad(), tangled, Profile::competing()], 25) {
        let before = assessments(&sketch);
        for effect in [Effect::Supports, Effect::Opposes] {
            let to = format!("c{}", seed as usize % sketch.claims.len());
            let sketch = sketch.clone().document("new", 0.8).link(effect, &to, "new", 0.9);
            let after = assessments(&sketch);
            if before.keys().any(|name| before[name].out != after[name].out) {
                continue;
            }
            compared += 1;
            let side = |found: &Assessment| match effect {
                Effect::Supports => found.degrees.case_for(),
                Effect::Opposes => found.degrees.case_against(),
            };
            // In 0.72 of the worlds the new link makes a case; in the others nothing has changed.
            let expected = 0.72 + 0.28 * side(&before[&to]);
            assert!((side(&after[&to]) - expected).abs() < CLOSE, "{seed} {to}: {before:?} {after:?}");
        }
    }
    assert!(compared > 80, "only {compared} compared");
}

#[test]
fn what_is_not_linked_changes_nothing() {
    let profiles = [Profile::broad(), Profile::competing(), Profile::withheld(1..=2, 4, 50)];
    for (seed, sketch) in cases(&profiles.map(|profile| Profile { uncertain: 6, ..profile }), 20) {
        let other = renamed(&random::case(&Profile::tangled(), !seed), |name| format!("0-{name}"));
        let mut both = sketch.clone();
        both.documents.extend(other.documents);
        both.actors.extend(other.actors);
        both.claims.extend(other.claims);
        both.relationships.extend(other.relationships);
        both.inferences.extend(other.inferences);
        let (alone, together) = (answers(&sketch), answers(&both));
        for (name, alone) in alone {
            assert!(alone.is_like(&together[&name]), "{seed} {name}: {alone:?} {:?}", together[&name]);
        }
    }
}

#[test]
fn names_and_their_order_mean_nothing() {
    let profiles = [Profile::broad(), Profile::tangled(), Profile::competing(), Profile::withheld(1..=2, 4, 50)];
    for (seed, sketch) in cases(&profiles.map(|profile| Profile { uncertain: 6, ..profile }), 25) {
        // The same case with the entries of each table the other way round.
        let turn = |name: &str| match (&name[..1], name[1..].parse::<usize>()) {
            (sort, Ok(number)) => format!("{sort}{}", 9 - number),
            _ => name.to_owned(),
        };
        let (written, turned) = (answers(&sketch), answers(&renamed(&sketch, turn)));
        for (name, written) in written {
            let turned = turned[&turn(&name)].renamed(turn);
            assert!(written.is_like(&turned), "{seed} {name}: {written:?} {turned:?}");
        }
    }
}

/// Whoever speaks for a side, independently of all else, never turns the verdict against that side. No wholes: a rival
/// may be made of what a statement entails. Nor may a statement entail what cannot be true together.
#[test]
fn independent_evidence_for_a_side_never_turns_a_verdict_against_it() {
    let profile = Profile { wholes: 0..=0, rivals: 1..=3, entailments: 0..=3, ..Profile::flat() };
    let mut seen = BTreeMap::new();
    for (seed, sketch) in cases(&[profile], 250) {
        let before = assessments(&sketch);
        let (to, reliability) = (format!("c{}", seed as usize % sketch.claims.len()), 0.3 + 0.1 * (seed % 7) as f64);
        if contradicts_itself(&sketch, &to) {
            continue;
        }
        for (effect, won, lost) in [
            (Effect::Supports, Detail::Established, Detail::Refuted),
            (Effect::Opposes, Detail::Refuted, Detail::Established),
        ] {
            let after = found(&sketch.clone().document("new", reliability).link(effect, &to, "new", 1.0), &to);
            let before = before[&to].detail;
            assert!(before != won || after.detail == won, "{seed} {to}: {before:?} {after:?}");
            assert!(before == lost || after.detail != lost, "{seed} {to}: {before:?} {after:?}");
            *seen.entry((before, after.detail)).or_insert(0) += 1;
        }
    }
    assert!(seen.len() > 12, "{seen:?}");
}

/// Whether a statement entails two rivals.
fn contradicts_itself(sketch: &Sketch, name: &str) -> bool {
    let mut entailed: BTreeSet<String> =
        entailments(sketch).into_iter().filter(|(strong, _)| strong == name).map(|(_, weak)| weak).collect();
    entailed.insert(name.to_owned());
    let case = sketch.build();
    let canonical = |name: &String| case.statements[case.canonical(id(sketch, name))].key.to_string();
    entailed.iter().any(|one| {
        let entry = sketch.claims.get(one).or(sketch.relationships.get(one)).expect("declared");
        entry.rivals.iter().any(|rival| entailed.contains(&canonical(rival)))
    })
}

/// A copy holds where its source does, and is one step with it.
#[test]
fn copies_of_an_account_never_change_its_degree() {
    let mut copied = 0;
    for (seed, sketch) in cases(&[Profile::broad(), Profile::tangled(), Profile::competing()], 40) {
        let before = assessments(&sketch);
        let is_account = |link: &&LinkSketch| {
            let plain = !link.exhibit && link.relies_on.is_empty() && link.undercut_by.is_empty();
            plain && sketch.source(&link.from).is_some()
        };
        for (name, entry) in sketch.claims.iter().chain(&sketch.relationships) {
            let Some(link) = entry.evidence.iter().find(is_account) else { continue };
            let copy = sketch.clone().document("copy", 1.0).derives("copy", &[&link.from]);
            let copy = copy.link(link.effect, name, "copy", link.strength);
            let twice = sketch.clone().link(link.effect, name, &link.from, link.strength);
            for (other, after) in assessments(&copy).into_iter().chain(assessments(&twice)) {
                let Degrees { in_favour, against, conflict, ignorance, .. } = before[&other].degrees;
                assert!(is_near(&after.degrees, [in_favour, against, conflict, ignorance]), "{seed} {name} {other}");
                assert_eq!(after.detail, before[&other].detail, "{seed} {name} {other}");
            }
            copied += 1;
        }
    }
    assert!(copied > 100, "only {copied}");
}

/// No premise is a statement: a case that is possible and not certain counts for less in what is entailed.
#[test]
fn what_is_out_passes_nothing_on_by_entailment() {
    let (mut out, mut passed) = (0, 0);
    let competing = Profile { statement_premises: 0, ..Profile::competing() };
    for (seed, sketch) in cases(&[Profile::flat(), competing], 40) {
        let before = assessments(&sketch);
        for (name, strong) in before.iter().filter(|(name, _)| sketch.claims.contains_key(*name)) {
            let case_for = found(&sketch.clone().claim("fresh").entails(name, "fresh"), "fresh").degrees.case_for();
            let expected = if strong.out { 0.0 } else { strong.degrees.case_for() };
            assert!(
                (case_for - expected).abs() < CLOSE,
                "{seed} {name}: {strong:?}, and {case_for} of what it entails"
            );
            out += usize::from(strong.out && strong.degrees.case_for() > 0.1);
            passed += usize::from(expected > 0.1);
        }
    }
    assert!(out > 5 && passed > 50, "{out} out, {passed} passed on");
}

#[test]
fn the_order_of_entries_changes_no_byte() {
    let mut turned = 0;
    for entry in std::fs::read_dir("tests/cases").expect("the folder is there") {
        let text = std::fs::read_to_string(entry.expect("it can be read").path()).expect("it is a text");
        if text.len() > 3_000 {
            continue;
        }
        let written = evigraph::print(&read(&text));
        let other = entries_turned(&written);
        turned += usize::from(other != written);
        assert_eq!(said(&read(&other)), said(&read(&written)));
    }
    assert!(turned > 15, "only {turned}");
}

fn read(text: &str) -> Case {
    let loaded = load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("it is a text");
    loaded.case.unwrap_or_else(|| panic!("{:?}\n{text}", loaded.diagnostics))
}

/// Everything that is answered of a case, to the last digit, and the case itself.
fn said(case: &Case) -> String {
    let answer = Engine::new(case, Scenario::default()).answer_all(true).expect("it is small");
    format!("{answer:?}\n{}", evigraph::print(case))
}

/// A printed case with the entries of each section the other way round.
fn entries_turned(text: &str) -> String {
    let (mut turned, mut entries): (String, Vec<String>) = Default::default();
    for line in text.split_inclusive('\n') {
        let inside = line.starts_with("        ");
        match entries.last_mut() {
            _ if line.starts_with("        \"") => entries.push(line.to_owned()),
            Some(entry) if inside => entry.push_str(line),
            _ => {
                turned.extend(entries.drain(..).rev());
                turned.push_str(line);
            }
        }
    }
    turned
}

/// Holds where no case stays undecided, as none does where no premise is a statement. What is out has no say.
#[test]
fn what_a_strong_statement_entails_is_never_less_well_established() {
    let mut seen = BTreeMap::new();
    for (seed, mut sketch) in cases(&[Profile::flat()], 300) {
        sketch.claims.values_mut().for_each(|claim| claim.standard = None);
        sketch.relationships.values_mut().for_each(|claim| claim.standard = None);
        let found = assessments(&sketch);
        for (strong, weak) in entailments(&sketch) {
            let (strong, weak) = (&found[&strong], &found[&weak]);
            let least = if strong.out { 0.0 } else { strong.degrees.case_for() };
            assert!(weak.degrees.case_for() >= least - CLOSE, "{seed}: {strong:?} {weak:?}");
            assert!(
                weak.degrees.case_against() <= strong.degrees.case_against() + CLOSE,
                "{seed}: {strong:?} {weak:?}"
            );
            let is = |found: &Assessment, detail| found.detail == detail;
            assert!(!is(strong, Detail::Established) || is(weak, Detail::Established), "{seed}: {strong:?} {weak:?}");
            assert!(!is(weak, Detail::Refuted) || is(strong, Detail::Refuted), "{seed}: {strong:?} {weak:?}");
            *seen.entry((strong.detail, weak.detail)).or_insert(0) += 1;
        }
    }
    assert!(seen.get(&(Detail::Established, Detail::Established)).is_some_and(|&times| times > 10), "{seen:?}");
    assert!(seen.get(&(Detail::Refuted, Detail::Refuted)).is_some_and(|&times| times > 10), "{seen:?}");
    assert!(seen.len() > 5, "{seen:?}");
}

/// Holds where no premise is a statement: else what puts a reading out may itself be contested by then.
#[test]
fn rivals_are_never_both_established() {
    let mut contests = 0;
    for (seed, sketch) in cases(&[Profile { rivals: 1..=3, entailments: 0..=2, ..Profile::flat() }], 200) {
        let found = assessments(&sketch);
        let bars = sketch.thresholds;
        let bars = [bars.preponderance, bars.clear_and_convincing, bars.beyond_reasonable_doubt];
        if bars.iter().any(|bar| bar.margin.get() == 0.0) {
            continue;
        }
        for (one, entry) in sketch.claims.iter().chain(&sketch.relationships) {
            for other in &entry.rivals {
                let (one, other) = (&found[one], &found[other]);
                let established = [one, other].map(|found| found.detail == Detail::Established);
                assert_ne!(established, [true, true], "{seed}: {one:?} {other:?}");
                contests += 1;
            }
        }
    }
    assert!(contests > 100, "only {contests}");
}

/// Within one model degrees are linear in each probability.
#[test]
fn degrees_are_linear_in_each_number() {
    let mut compared = 0;
    for (seed, sketch) in cases(&[Profile::broad(), Profile::tangled(), Profile::competing()], 40) {
        let case = sketch.build();
        let mut dice = Dice::new(seed);
        let sources: Vec<Source> = case.sources().collect();
        let source = *dice.pick(&sources);
        let at = |number| {
            let set_sources = vec![(source, probability(number))];
            assessments_of(&sketch, &case, Scenario { set_sources, ..Scenario::default() }, Method::Exact)
        };
        let number = dice.between(0.0, 1.0);
        let (zero, one, between) = (at(0.0), at(1.0), at(number));
        for (name, between) in between {
            if zero.values().zip(one.values()).any(|(zero, one)| zero.out != one.out) || zero[&name].out != between.out
            {
                continue;
            }
            compared += 1;
            let mixed = |degree: fn(&Degrees) -> f64| {
                number * degree(&one[&name].degrees) + (1.0 - number) * degree(&zero[&name].degrees)
            };
            let expected = [
                mixed(|degrees| degrees.in_favour),
                mixed(|degrees| degrees.against),
                mixed(|degrees| degrees.conflict),
                mixed(|degrees| degrees.ignorance),
            ];
            assert!(is_near(&between.degrees, expected), "{seed} {name}: {between:?}, not {expected:?}");
        }
    }
    assert!(compared > 200, "only {compared} compared");
}

#[test]
fn the_two_sides_are_alike() {
    let profile = Profile { entailments: 0..=0, wholes: 0..=0, rivals: 0..=0, assumptions: 0..=0, ..Profile::flat() };
    for (seed, sketch) in cases(&[profile], 100) {
        let mut turned = sketch.clone();
        let turn = |effect: &mut Effect| {
            *effect = if *effect == Effect::Supports { Effect::Opposes } else { Effect::Supports };
        };
        let statements = turned.claims.values_mut().chain(turned.relationships.values_mut());
        statements.flat_map(|statement| &mut statement.evidence).for_each(|link| turn(&mut link.effect));
        turned.inferences.values_mut().for_each(|step| turn(&mut step.effect));
        let (written, turned) = (assessments(&sketch), assessments(&turned));
        for (name, written) in written {
            let Degrees { in_favour, against, conflict, ignorance, .. } = turned[&name].degrees;
            assert!(is_near(&written.degrees, [against, in_favour, conflict, ignorance]), "{seed} {name}");
            // Where the case against meets the standard the statement is out, as there are no rivals.
            assert_eq!(written.out, turned[&name].detail == Detail::Established, "{seed} {name}");
        }
    }
}

/// The single world is the case with every number at 1, but for those at 0 and for what is off.
#[test]
fn one_world_is_the_case_with_all_numbers_at_one() {
    for (seed, mut sketch) in cases(&[Profile::broad(), Profile::tangled(), Profile::competing()], 60) {
        let case = sketch.build();
        let mut dice = Dice::new(seed);
        let sources: Vec<Source> = case.sources().collect();
        let off: Vec<Source> = sources.into_iter().filter(|_| dice.chance(20)).collect();
        let off_inferences: Vec<_> = case.inferences.ids().filter(|_| dice.chance(20)).collect();
        let keys: BTreeSet<String> = (off.iter().map(|&source| case.source_key(source).to_string()))
            .chain(off_inferences.iter().map(|&inference| case.inferences[inference].key.to_string()))
            .collect();
        let world = Method::World { off, off_inferences };
        let found = assessments_of(&sketch, &case, Scenario::default(), world);
        for number in numbers(&mut sketch) {
            *number = if *number > 0.0 { 1.0 } else { 0.0 };
        }
        for key in keys {
            match (sketch.documents.get_mut(&key).or(sketch.actors.get_mut(&key)), sketch.inferences.get_mut(&key)) {
                (Some(source), _) => source.reliability = Some(0.0),
                (_, Some(inference)) => inference.strength = 0.0,
                _ => {}
            }
        }
        for (name, expected) in assessments(&sketch) {
            let found = &found[&name];
            assert_eq!(found.detail, expected.detail, "{seed} {name}");
            assert_eq!(found.degrees, expected.degrees, "{seed} {name}");
            let Degrees { in_favour, against, conflict, ignorance, .. } = found.degrees;
            let told = [in_favour, against, conflict, ignorance];
            assert_eq!(told.iter().filter(|degree| **degree == 1.0).count(), 1, "{seed} {name}: {told:?}");
        }
    }
}

#[test]
fn a_lost_source_is_one_that_never_holds() {
    for (seed, mut sketch) in cases(&[Profile::broad(), Profile::tangled()], 25) {
        // Of an exhibit the document needs no reliability, but it has to be there.
        let links = sketch.claims.values_mut().chain(sketch.relationships.values_mut());
        links.flat_map(|statement| &mut statement.evidence).for_each(|link| link.exhibit = false);
        let case = sketch.build();
        for source in case.sources() {
            let lost = Scenario { without: vec![source], ..Scenario::default() };
            let never = Scenario { set_sources: vec![(source, probability(0.0))], ..Scenario::default() };
            let lost = assessments_of(&sketch, &case, lost, Method::Exact);
            let never = assessments_of(&sketch, &case, never, Method::Exact);
            for (name, lost) in lost {
                assert_eq!(lost.degrees, never[&name].degrees, "{seed} {name}");
                assert_eq!(lost.detail, never[&name].detail, "{seed} {name}");
            }
        }
    }
}

#[test]
fn leanings_and_reasons_go_with_verdicts() {
    for (seed, sketch) in cases(&[Profile { uncertain: 6, ..Profile::competing() }], 60) {
        for (name, answer) in answers(&sketch) {
            let Answered { found, settlement } = &answer;
            match found.detail {
                Detail::Established => assert_eq!(found.leaning, Leaning::For),
                Detail::Refuted => assert_eq!(found.leaning, Leaning::Against),
                _ => {}
            }
            let decided = matches!(found.detail, Detail::Established | Detail::Refuted);
            assert_eq!(settlement.settled, settlement.reasons.is_empty(), "{seed} {name}");
            assert!(decided || !settlement.settled, "{seed} {name}");
            let contested = settlement.reasons.iter().any(|reason| matches!(reason, Reason::Contested { .. }));
            assert_eq!(contested, found.detail.verdict() == Verdict::Contested, "{seed} {name}");
        }
    }
}

// Laws of small patterns.

fn settings() -> ProptestConfig {
    ProptestConfig { cases: 48, rng_seed: RngSeed::Fixed(1912), failure_persistence: None, ..ProptestConfig::default() }
}

/// A number off the ends.
fn number() -> impl Strategy<Value = f64> {
    0.01..0.99_f64
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn a_second_document_from_the_same_origin_adds_nothing_beyond_the_own_doubt_of_the_first(
        origin in number(), first in number(), second in number(), links in (number(), number()),
    ) {
        let one = Sketch::new().actor_of("a", origin).document("d", first).derives("d", &["a"]).claim("s");
        let one = one.supports("d", "s", links.0);
        let two = one.clone().document("e", second).derives("e", &["a"]).supports("e", "s", links.1);
        // Both need the origin and share one draw, which reaches both as far as the weaker link goes; the documents fail
        // on their own.
        let (weak, strong) = (links.0.min(links.1), links.0.max(links.1));
        let stronger = if links.0 > links.1 { first } else { second };
        let either = 1.0 - (1.0 - first) * (1.0 - second);
        let expected = origin * (weak * either + (strong - weak) * stronger);
        prop_assert!((degrees(&two, "s").in_favour - expected).abs() < CLOSE);
        prop_assert!(degrees(&two, "s").in_favour <= origin + CLOSE);
        // Where the first has no doubt of its own, a second one adds nothing at all.
        let sure = one.document("d", 1.0).derives("d", &["a"]);
        let mut sure_two = sure.document("e", second).derives("e", &["a"]).supports("e", "s", links.1);
        sure_two.claims.get_mut("s").expect("declared").evidence[0].strength = 1.0;
        prop_assert!((degrees(&sure_two, "s").in_favour - origin).abs() < CLOSE);
    }

    /// A case that just meets the bar outweighs exactly what it leads by the margin.
    #[test]
    fn weights_at_the_bar_agree_with_leads_at_the_bar(
        case in 0.1..0.99_f64, share in 0.01..0.99_f64, other in number(),
    ) {
        let margin = case * share;
        prop_assume!((other - (case - margin)).abs() > 1e-6);
        let bar = Bar { case: probability(case), margin: probability(margin) };
        let mut sketch = Sketch::new().document("d", case).document("e", other).claim("s");
        sketch.thresholds.clear_and_convincing = bar;
        let sketch = sketch.supports("d", "s", 1.0).opposes("e", "s", 1.0);
        let (leads, found) = (other < case - margin, found(&sketch, "s").detail);
        prop_assert_eq!(leads, found == Detail::Established, "{:?} against {}: {:?}", bar, other, found);
        // At the bar itself both say yes, and the weights stand to each other as the bar has it.
        let even = sketch.document("e", case - margin);
        prop_assert_eq!(self::found(&even, "s").detail, Detail::Established);
        let weight = |case: f64| -(1.0 - case).ln();
        let ratio = weight(case) / weight(case - margin);
        prop_assert!((bar.outweighs().expect("the margin is less") / ratio - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_ring_of_documents_carries_nothing(size in 2..7_usize, reliability in number(), way_in in number()) {
        let mut case = Sketch::new().claim("s");
        for at in 0..size {
            case = case.document(&format!("d{at}"), reliability).supports(&format!("d{at}"), "s", 1.0);
        }
        for at in 0..size {
            case = case.derives(&format!("d{at}"), &[&format!("d{}", (at + 1) % size)]);
        }
        prop_assert_eq!(found(&case, "s").detail, Detail::NoEvidence);
        // With one origin from outside, only what it gives gets round: the first needs it, the rest the first.
        let case = case.actor_of("a", way_in).derives("d0", &["d1", "a"]);
        prop_assert!((degrees(&case, "s").in_favour - way_in * reliability).abs() < CLOSE);
    }

    #[test]
    fn a_witness_impeached_only_by_his_own_word_proves_nothing(
        report in number(), link in number(), strength in number(), other in number(),
    ) {
        let case = Sketch::new().actor("w").document("r", report).derives("r", &["w"]).document("o", other);
        let case = case.claims(&["liar", "s", "t"]).supports("r", "liar", link).impeached("w", "liar", strength);
        let case = case.supports("w", "s", 1.0).supports("o", "t", 1.0).undercut("t", "liar", 1.0);
        let case = case.impeached("o", "liar", 1.0);
        // Where report, link and impeachment all come true he falls silent, and with him what he said of himself.
        let silenced = report * link * strength;
        let said = report * link * (1.0 - strength);
        prop_assert!(is_near(&degrees(&case, "s"), [1.0 - silenced, 0.0, 0.0, silenced]));
        prop_assert!(is_near(&degrees(&case, "liar"), [said, 0.0, 0.0, 1.0 - said]));
        // The other is attacked by his word only where it stands.
        let t = other * (1.0 - said);
        prop_assert!(is_near(&degrees(&case, "t"), [t, 0.0, 0.0, 1.0 - t]));
        // All certain: nothing either way, and the other one untouched.
        let certain = |case: Sketch| {
            let mut case = case;
            numbers(&mut case).into_iter().for_each(|number| *number = 1.0);
            case
        };
        let case = certain(case);
        prop_assert_eq!(found(&case, "s").detail, Detail::NoEvidence);
        prop_assert_eq!(found(&case, "liar").detail, Detail::NoEvidence);
        prop_assert!(is_near(&degrees(&case, "t"), [1.0, 0.0, 0.0, 0.0]));
    }

    #[test]
    fn equal_suspects_are_not_all_cleared(count in 2..6_usize, strength in number()) {
        prop_assume!((strength - 0.25).abs() > 1e-6);
        let mut case = Sketch::new();
        for at in 0..count {
            case = case.document(&format!("d{at}"), strength).claim(&format!("s{at}"));
            case = case.supports(&format!("d{at}"), &format!("s{at}"), 1.0);
            for other in 0..at {
                case = case.rivals(&format!("s{at}"), &format!("s{other}"));
            }
        }
        // For each: its own evidence; against each: that of any other.
        let none = (1.0 - strength).powi(i32::try_from(count).expect("few") - 1);
        let (yes, no) = (strength, 1.0 - strength);
        let expected = [yes * none, no * (1.0 - none), yes * (1.0 - none), no * none];
        for at in 0..count {
            let found = found(&case, &format!("s{at}"));
            prop_assert!(is_near(&found.degrees, expected), "{:?}, not {:?}", found.degrees, expected);
            prop_assert!(!found.out);
            // The case against is at least as large, so that none is established; and none refutes another.
            let contested = strength >= 0.25;
            prop_assert_eq!(found.detail, if contested { Detail::RivalReadings } else { Detail::Insufficient });
        }
    }

    #[test]
    fn a_contested_reading_refutes_nothing(one in number(), other in number()) {
        let case = Sketch::new().document("d", one).document("e", other).claims(&["s", "t"]).rivals("s", "t");
        let case = case.supports("d", "s", 1.0).supports("e", "t", 1.0);
        let (s, t) = (found(&case, "s"), found(&case, "t"));
        prop_assert!((s.degrees.case_against() - other).abs() < CLOSE);
        for (this, that) in [(s, t), (t, s)] {
            prop_assert!(this.detail != Detail::Refuted || that.detail == Detail::Established);
        }
    }

    #[test]
    fn a_reading_that_is_refuted_on_other_grounds_contests_nothing(fact in number(), rumour in 0.01..0.64_f64) {
        let alone = Sketch::new().document("d", fact).claim("fact").supports("d", "fact", 1.0);
        let case = alone.clone().document("e", rumour).document("f", 1.0).claim("rumour").rivals("rumour", "fact");
        let case = case.supports("e", "rumour", 1.0).opposes("f", "rumour", 1.0);
        // Against the rumour 1, for it less than 0.64: the lead is above the margin of 0.35.
        prop_assert!(found(&case, "rumour").out);
        prop_assert_eq!(found(&case, "rumour").detail, Detail::Refuted);
        prop_assert!(is_near(&degrees(&case, "fact"), [fact, 0.0, 0.0, 1.0 - fact]));
        prop_assert_eq!(found(&case, "fact").detail, found(&alone, "fact").detail);
        // Without the grounds against it, it competes.
        let open = alone.document("e", rumour).claim("rumour").rivals("rumour", "fact").supports("e", "rumour", 1.0);
        prop_assert!((degrees(&open, "fact").case_against() - rumour).abs() < CLOSE);
    }

    #[test]
    fn claims_that_support_one_another_never_get_off_the_ground(first in number(), second in number()) {
        let case = Sketch::new().claims(&["s", "t"]).supports("s", "t", first).supports("t", "s", second);
        prop_assert_eq!(found(&case, "s").detail, Detail::NoEvidence);
    }

    #[test]
    fn a_contested_premise_supports_nothing_further(for_it in number(), against in number(), step in number()) {
        let case = Sketch::new().document("d", for_it).document("e", against).claims(&["s", "t"]);
        let case = case.supports("d", "s", 1.0).opposes("e", "s", 1.0).supports("s", "t", step);
        let expected = for_it * (1.0 - against) * step;
        prop_assert!(is_near(&degrees(&case, "t"), [expected, 0.0, 0.0, 1.0 - expected]));
    }

    #[test]
    fn an_exhibit_needs_only_that_nothing_impeaches_it(reliability in number(), link in number(), attack in number()) {
        let case = Sketch::new().actor_of("a", 0.1).document("d", reliability).derives("d", &["a"]).claim("s");
        let case = case.supports("d", "s", link).shown_by_exhibit("s").document("e", 1.0).impeached("d", "e", attack);
        let expected = link * (1.0 - attack);
        prop_assert!(is_near(&degrees(&case, "s"), [expected, 0.0, 0.0, 1.0 - expected]));
    }
}

// What the laws ask for.

/// So many cases of each profile, with their seeds.
fn cases(profiles: &[Profile], each: u64) -> Vec<(u64, Sketch)> {
    let first = |at: usize| 77_000_000 + 1_000_000 * at as u64;
    let seeds = profiles
        .iter()
        .enumerate()
        .flat_map(|(at, profile)| (first(at)..first(at) + each).map(move |seed| (seed, random::case(profile, seed))));
    seeds.collect()
}

fn assessments(sketch: &Sketch) -> BTreeMap<String, Assessment> {
    assessments_of(sketch, &sketch.build(), Scenario::default(), Method::Exact)
}

fn assessments_of(sketch: &Sketch, case: &Case, scenario: Scenario, method: Method) -> BTreeMap<String, Assessment> {
    let judge = Engine::with_method(case, scenario, method, Budget::default());
    let assess = |name: &String| judge.assess(id(sketch, name)).expect("small");
    statements(sketch).map(|name| (name.clone(), assess(name))).collect()
}

fn statements(sketch: &Sketch) -> impl Iterator<Item = &String> {
    sketch.claims.keys().chain(sketch.relationships.keys())
}

fn id(sketch: &Sketch, name: &str) -> StatementId {
    sketch.statement(name).expect("declared")
}

fn found(sketch: &Sketch, name: &str) -> Assessment {
    Engine::new(&sketch.build(), Scenario::default()).assess(id(sketch, name)).expect("small")
}

fn degrees(sketch: &Sketch, name: &str) -> Degrees {
    found(sketch, name).degrees
}

fn is_near(found: &Degrees, expected: [f64; 4]) -> bool {
    let found = [found.in_favour, found.against, found.conflict, found.ignorance];
    found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < CLOSE)
}

/// A verdict and a settlement, with the witnesses by name and in no order.
#[derive(Debug, Clone)]
struct Answered {
    found: Assessment,
    settlement: Witnessed,
}

#[derive(Debug, Clone, PartialEq)]
struct Witnessed {
    settled: bool,
    reasons: Vec<Reason>,
    witnesses: Vec<BTreeSet<String>>,
}

impl Answered {
    fn is_like(&self, other: &Self) -> bool {
        let Degrees { in_favour, against, conflict, ignorance, .. } = other.found.degrees;
        let words =
            |answer: &Self| -> Vec<&'static str> { answer.settlement.reasons.iter().map(Reason::name).collect() };
        is_near(&self.found.degrees, [in_favour, against, conflict, ignorance])
            && (self.found.detail, self.found.leaning, self.found.out)
                == (other.found.detail, other.found.leaning, other.found.out)
            && self.settlement.settled == other.settlement.settled
            && words(self) == words(other)
            && self.settlement.witnesses == other.settlement.witnesses
    }

    fn renamed(&self, name: impl Fn(&str) -> String) -> Self {
        let mut renamed = self.clone();
        for witnesses in &mut renamed.settlement.witnesses {
            *witnesses = witnesses.iter().map(|witness| name(witness)).collect();
        }
        renamed
    }
}

fn answers(sketch: &Sketch) -> BTreeMap<String, Answered> {
    let case = sketch.build();
    let judge = Engine::new(&case, Scenario::default());
    let answer = |name: &String| {
        let found = judge.assess(id(sketch, name)).expect("small");
        let settlement = judge.settle(id(sketch, name)).expect("small");
        Answered { found, settlement: witnessed(&case, settlement) }
    };
    statements(sketch).map(|name| (name.clone(), answer(name))).collect()
}

fn witnessed(case: &Case, settlement: Settlement) -> Witnessed {
    let statement = |&id: &StatementId| case.statements[id].key.to_string();
    let source = |&source: &Source| case.source_key(source).to_string();
    let witnesses = settlement.reasons.iter().flat_map(|reason| match reason {
        Reason::Contested { rivals, shared } => {
            vec![rivals.iter().map(statement).collect(), shared.iter().flatten().map(source).collect()]
        }
        Reason::RestsOnOpenPremise { premises: statements } | Reason::Assumption { statements } => {
            vec![statements.iter().map(statement).collect()]
        }
        Reason::SingleSource { sources } => vec![sources.iter().map(source).collect()],
        Reason::Withheld { documents, verdicts, .. } => vec![
            documents.iter().map(|&id| source(&Source::Document(id))).collect(),
            verdicts.iter().map(|verdict| format!("={verdict:?}")).collect(),
        ],
        Reason::Weights { falls_to } => vec![BTreeSet::from([format!("={falls_to:?}")])],
        Reason::Insufficient { .. } | Reason::NoEvidence { .. } => Vec::new(),
    });
    Witnessed { settled: settlement.is_settled(), witnesses: witnesses.collect(), reasons: settlement.reasons }
}

/// The same case under other names.
fn renamed(sketch: &Sketch, name: impl Fn(&str) -> String) -> Sketch {
    let all = |list: &[String]| -> Vec<String> { list.iter().map(|old| name(old)).collect() };
    let attacks = |list: &[(String, f64)]| list.iter().map(|(from, strength)| (name(from), *strength)).collect();
    let source = |(key, entry): (&String, &SourceSketch)| {
        let mut entry = entry.clone();
        entry.impeached_by = attacks(&entry.impeached_by);
        entry.derives_from = all(&entry.derives_from);
        entry.rests_on = all(&entry.rests_on);
        entry.supersedes = all(&entry.supersedes);
        entry.bears_on = entry.bears_on.as_deref().map(&all);
        (name(key), entry)
    };
    let link = |link: &LinkSketch| LinkSketch {
        from: name(&link.from),
        relies_on: all(&link.relies_on),
        undercut_by: attacks(&link.undercut_by),
        ..link.clone()
    };
    let statement = |(key, entry): (&String, &crate::support::sketch::StatementSketch)| {
        let mut entry = entry.clone();
        entry.evidence = entry.evidence.iter().map(link).collect();
        entry.entails = all(&entry.entails);
        entry.rivals = all(&entry.rivals);
        entry.all_of = all(&entry.all_of);
        entry.any_of = all(&entry.any_of);
        entry.one_of = all(&entry.one_of);
        entry.same_as = entry.same_as.as_deref().map(&name);
        (name(key), entry)
    };
    let step = |(key, entry): (&String, &crate::support::sketch::InferenceSketch)| {
        let mut entry = entry.clone();
        entry.given = all(&entry.given);
        entry.given_rejected = all(&entry.given_rejected);
        entry.to = name(&entry.to);
        entry.undercut_by = attacks(&entry.undercut_by);
        (name(key), entry)
    };
    Sketch {
        documents: sketch.documents.iter().map(source).collect(),
        actors: sketch.actors.iter().map(source).collect(),
        claims: sketch.claims.iter().map(statement).collect(),
        relationships: sketch.relationships.iter().map(statement).collect(),
        inferences: sketch.inferences.iter().map(step).collect(),
        questions: BTreeMap::new(),
        ..sketch.clone()
    }
}

/// Every pair of a statement and one that it entails, by whatever path.
fn entailments(sketch: &Sketch) -> BTreeSet<(String, String)> {
    let canonical = |name: &String| {
        sketch.relationships.get(name).and_then(|entry| entry.same_as.clone()).unwrap_or_else(|| name.clone())
    };
    let mut pairs = BTreeSet::new();
    for (name, entry) in sketch.claims.iter().chain(&sketch.relationships) {
        pairs.extend(entry.entails.iter().chain(&entry.all_of).map(|weak| (name.clone(), canonical(weak))));
        let members = entry.any_of.iter().chain(&entry.one_of);
        pairs.extend(members.map(|strong| (canonical(strong), name.clone())));
    }
    loop {
        let longer = |(strong, middle): &(String, String)| {
            let onward = pairs.iter().filter(|(from, _)| from == middle);
            onward.map(|(_, weak)| (strong.clone(), weak.clone())).collect::<Vec<_>>()
        };
        let more: BTreeSet<(String, String)> = pairs.iter().flat_map(longer).collect();
        if more.is_subset(&pairs) {
            return pairs;
        }
        pairs.extend(more);
    }
}
