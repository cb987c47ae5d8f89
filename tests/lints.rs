//! Remarks of an editor: made where they are true, not made where they are not, and allowed where an author says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::random::{self, Profile};
use crate::support::sketch::probability;
use evigraph::Detail;
use evigraph::Diagnostic;
use evigraph::internals::lint::verdict_diagnostics;
use evigraph::{Case, Effect, Probability, StatementId};
use evigraph::{Engine, Scenario};
use evigraph::{Input, Loaded, load};

/// Everything that `check` tells of a text, but what the text allows.
fn checked(fields: &str) -> Loaded {
    let text = format!("Case(title: \"T\", {fields})");
    finish(load(Input::Text { name: "case.ron".to_owned(), text }).expect("a text can be read"))
}

/// Adds what verdicts tell, and what was allowed in vain.
fn finish(mut loaded: Loaded) -> Loaded {
    let case = loaded.case.as_ref().unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let judged = verdict_diagnostics(&Engine::new(case, Scenario::default()));
    loaded.diagnostics.extend(loaded.allowances.silence(judged));
    loaded.diagnostics.extend(loaded.allowances.unused(&loaded.sources));
    loaded
}

/// The words that problems of a code underline.
fn told<'l>(loaded: &'l Loaded, code: &str) -> Vec<&'l str> {
    let words = |problem: &Diagnostic| loaded.sources.text(problem.span.expect("it has a place")).to_owned();
    let of_code: BTreeSet<String> =
        loaded.diagnostics.iter().filter(|one| one.code.name() == code).map(words).collect();
    let ids = loaded.case.iter().flat_map(|case| case.keys()).map(|key| key.as_str());
    let found: Vec<&str> = ids.filter(|id| of_code.contains(*id)).collect();
    assert_eq!(found.len(), of_code.len(), "{of_code:?}");
    found
}

#[test]
fn supported_readings_and_headlines_of_which_nothing_else_was_considered() {
    let loaded = checked(
        r#"documents: {"d": (title: "D", reliability: A), "e": (title: "E", reliability: A, impeached_by: [(from: "d", strength: 0)])},
        claims: {
            "fact": (text: "F", evidence: [Supports(from: "d", as: Finding)]),
            "headline": (text: "H", evidence: [Supports(from: "d", as: Finding)]),
            "reading": (text: "R", kind: Interpretation, evidence: [Supports(from: "d", as: Finding)]),
            "weak": (text: "W", kind: Interpretation, evidence: [Supports(from: "d", as: Allegation)]),
            "opposed": (text: "O", kind: Interpretation, evidence: [Supports(from: "d", as: Finding), Opposes(from: "d", strength: 0.1)]),
            "impeached": (text: "I", kind: Interpretation, evidence: [Supports(from: "e", as: Finding)]),
            "undercut": (text: "U", kind: Interpretation, evidence: [Supports(from: "d", as: Finding, undercut_by: [(from: "e", strength: 0.1)])]),
            "rival": (text: "V", kind: Interpretation, evidence: [Supports(from: "d", as: Finding)]),
            "other": (text: "X", rivals: ["rival"], expect: NoEvidence),
            "strong": (text: "S", kind: Interpretation, entails: ["middle"], evidence: [Supports(from: "d", as: Finding)]),
            "middle": (text: "M", entails: ["opposed"]),
            "parts": (text: "P", kind: Interpretation, all_of: ["fact", "headline"]),
        },
        questions: {"q": (text: "Q", claims: ["headline"])}"#,
    );
    assert_eq!(told(&loaded, "one-sided"), ["headline", "reading"]);
}

#[test]
fn a_serious_case_made_of_allegations_alone() {
    let loaded = checked(
        r#"documents: {"d": (title: "D", reliability: A), "e": (title: "E", reliability: A)},
        claims: {
            "alleged": (text: "A", evidence: [Supports(from: ["d", "e"], as: Allegation), Opposes(from: "d", as: Finding)]),
            "faint": (text: "F", evidence: [Supports(from: "d", as: Allegation, strength: 0.1)]),
            "found": (text: "G", evidence: [Supports(from: "d", as: Allegation), Supports(from: "e", as: Account)]),
            "record": (text: "R", kind: Record, evidence: [Supports(from: ["d", "e"], as: Allegation)]),
            "reading": (text: "I", kind: Interpretation, evidence: [Supports(from: ["d", "e"], as: Allegation)]),
            "entailed": (text: "E", evidence: [Supports(from: "d", as: Allegation)]),
            "stronger": (text: "S", entails: ["entailed"], evidence: [Supports(from: "d", as: Account)]),
            "concluded": (text: "C", evidence: [Supports(from: "d", as: Allegation)]),
        },
        inferences: {"i": (given: ["found"], to: "concluded", effect: Supports, strength: Weak)}"#,
    );
    assert_eq!(told(&loaded, "allegations-only"), ["alleged"]);
}

#[test]
fn what_is_established_by_a_generalisation_or_by_instances_alone() {
    let loaded = checked(
        r#"documents: {"d": (title: "D", reliability: 1)},
        claims: {
            "instance": (text: "I", evidence: [Supports(from: "d", as: Finding)]),
            "rule": (text: "R", kind: Generalisation),
            "weak-rule": (text: "W", kind: Generalisation),
            "seen-rule": (text: "S", kind: Generalisation, evidence: [Supports(from: "d", as: Finding)]),
            "applied": (text: "A"),
            "applied-and-seen": (text: "B", evidence: [Supports(from: "d", as: Account)]),
            "argued": (text: "C"),
        },
        inferences: {
            "i": (given: ["instance"], to: "rule", effect: Supports, strength: 0.95),
            "j": (given: ["instance"], to: "weak-rule", effect: Supports, strength: Slight),
            "k": (given: ["instance"], to: "seen-rule", effect: Supports, strength: Slight),
            "l": (given: ["rule", "instance"], to: "applied", effect: Supports, strength: 1),
            "m": (given: ["rule"], to: "applied-and-seen", effect: Supports, strength: 1),
            "n": (given: ["instance"], to: "argued", effect: Supports, strength: 1),
        }"#,
    );
    assert_eq!(told(&loaded, "generalisation-alone"), ["applied", "rule"]);
}

/// The remark is made just where a step whose strength nobody wrote, left out or made certain, turns the verdict: tried
/// here one by one, each with a case of its own.
#[test]
fn a_verdict_that_hangs_on_one_strength_that_nobody_wrote() {
    let mut seen = [0, 0];
    for seed in 0..120 {
        let profile = if seed % 2 == 0 { Profile::broad() } else { Profile::competing() };
        let mut case = random::case(&Profile { uncertain: 6, ..profile }, seed).build();
        forget_strengths(&mut case, seed);
        let problems = verdict_diagnostics(&Engine::new(&case, Scenario::default()));
        let told: Vec<&str> = problems
            .iter()
            .filter(|one| one.code.name() == "hangs-on-default")
            .map(|one| one.message.as_str())
            .collect();
        for (id, statement) in case.statements.iter() {
            let hangs = hangs(&case, id);
            let said = told.iter().any(|message| message.starts_with(&format!("`{}` ", statement.key)));
            assert_eq!(said, hangs, "seed {seed}, `{}`: {told:?}", statement.key);
            seen[usize::from(hangs)] += 1;
        }
    }
    assert!(seen.iter().all(|&times| times > 30), "{seen:?}");
}

/// Takes a third of the strengths of links for such as are not written, which count as `Moderate`.
fn forget_strengths(case: &mut Case, seed: u64) {
    let links = case.statements.values_mut().flat_map(|statement| &mut statement.evidence);
    let chosen = links.filter(|link| link.manner.is_none()).zip(seed..).filter(|(_, at)| at % 3 == 0);
    chosen.for_each(|(link, _)| (link.strength_given, link.strength) = (false, Probability::MODERATE));
}

fn hangs(case: &Case, id: StatementId) -> bool {
    let detail = |case: &Case| Engine::new(case, Scenario::default()).assess(id).expect("small cases").detail;
    let as_written = detail(case);
    let is_own = case.canonical(id) == id;
    let merged = |detail| if detail == Detail::ConflictingEvidence { Detail::RivalReadings } else { detail };
    is_own
        && matches!(as_written, Detail::Established | Detail::Refuted)
        && unwritten_steps(case)
            .iter()
            .any(|step| [0.0, 1.0].into_iter().any(|extreme| merged(detail(&with(case, step, extreme))) != as_written))
}

/// A step of evidence: a statement, and the places of the step's links in its list, the strongest of them first.
type Links = (StatementId, Vec<usize>);

/// The steps of evidence whose strongest link has no strength written. Links on one side that go back to the same roots
/// are one step; one from a statement is a step of its own.
fn unwritten_steps(case: &Case) -> Vec<Links> {
    let mut steps: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (id, statement) in case.statements.iter() {
        for (index, link) in statement.evidence.iter().enumerate().filter(|(_, link)| link.strength.get() > 0.0) {
            let own = link.from.statement().map(|_| index);
            steps.entry((id, own, link.effect == Effect::Supports, case.link_roots(link))).or_default().push(index);
        }
    }
    let strongest_first = |((id, ..), mut links): ((StatementId, _, _, _), Vec<usize>)| {
        links.sort_by(|&a, &b| strength(case, id, b).total_cmp(&strength(case, id, a)));
        (id, links)
    };
    let is_unwritten = |(id, links): &Links| !case.statements[*id].evidence[links[0]].strength_given;
    let steps: Vec<Links> = steps.into_iter().map(strongest_first).collect();
    steps
        .into_iter()
        .filter(is_unwritten)
        .filter(|(id, links)| case.statements[*id].evidence[links[0]].manner.is_none())
        .collect()
}

fn strength(case: &Case, statement: StatementId, link: usize) -> f64 {
    case.statements[statement].evidence[link].strength.get()
}

/// The case with another strength in place of a step's, and its weaker links as much weaker as they were.
fn with(case: &Case, (statement, links): &Links, extreme: f64) -> Case {
    let mut changed = case.clone();
    for &link in links {
        let ratio = strength(case, *statement, link) / strength(case, *statement, links[0]);
        changed.statements[*statement].evidence[link].strength = probability(extreme * ratio);
    }
    changed
}

#[test]
fn one_weak_source_against_several() {
    let loaded = checked(
        r#"documents: {
            "a": (title: "A", reliability: A), "b": (title: "B", reliability: A), "c": (title: "C", reliability: A),
            "copy": (title: "D", reliability: A, derives_from: ["a"]), "dissent": (title: "E", reliability: B),
            "echo": (title: "F", reliability: B, derives_from: ["dissent"]),
        },
        claims: {
            "told": (text: "1", evidence: [Supports(from: ["a", "b", "c"], as: Finding), Opposes(from: "dissent", as: Finding)]),
            "by-two-reports": (text: "2", evidence: [Supports(from: ["a", "b", "c"], as: Finding), Opposes(from: ["dissent", "echo"], as: Finding)]),
            "of-two": (text: "3", evidence: [Supports(from: ["a", "b", "copy"], as: Finding), Opposes(from: "dissent", as: Finding)]),
            "slight": (text: "4", evidence: [Supports(from: ["a", "b", "c"], as: Finding), Opposes(from: "dissent", strength: Slight)]),
            "strong": (text: "5", evidence: [Supports(from: ["a", "b", "c"], as: Finding), Opposes(from: "dissent", strength: 1)]),
            "by-two": (text: "6", evidence: [Supports(from: ["a", "b", "c"], as: Finding), Opposes(from: ["dissent", "copy"], strength: Weak)]),
            "argued": (text: "7", evidence: [Supports(from: ["a", "b", "c"], as: Finding), Opposes(from: "dissent", as: Finding)]),
            "with-a-rival": (text: "8", evidence: [Supports(from: ["a", "b", "c"], as: Finding), Opposes(from: "dissent", as: Finding)], rivals: ["slight"]),
        },
        inferences: {"i": (given: ["slight"], to: "argued", effect: Opposes, strength: Slight)}"#,
    );
    let told: Vec<&str> = loaded
        .diagnostics
        .iter()
        .filter(|one| one.code.name() == "one-dissenter")
        .map(|one| one.about[0].as_str())
        .collect();
    assert_eq!(told, ["by-two-reports", "told"]);
}

#[test]
fn a_statement_with_much_more_evidence_than_what_it_entails() {
    let loaded = checked(
        r#"documents: {"a": (title: "A", reliability: A), "b": (title: "B", reliability: A)},
        claims: {
            "reversed": (text: "1", entails: ["faint"], evidence: [Supports(from: ["a", "b"], as: Finding)]),
            "faint": (text: "2", evidence: [Supports(from: "a", as: Allegation)]),
            "argued": (text: "3", entails: ["faint"]),
            "even": (text: "4", entails: ["found"], evidence: [Supports(from: ["a", "b"], as: Finding)]),
            "found": (text: "5", evidence: [Supports(from: "a", as: Finding)]),
            "derived": (text: "6", entails: ["bare"], evidence: [Supports(from: "a", as: Finding)]),
            "bare": (text: "7"),
            "whole": (text: "8", all_of: ["faint"], evidence: [Supports(from: "a", as: Finding)]),
            "weak": (text: "9", entails: ["faint"], evidence: [Supports(from: "a", as: Allegation)]),
        },
        inferences: {"i": (given: ["even", "found"], to: "argued", effect: Supports, strength: 1)}"#,
    );
    assert_eq!(told(&loaded, "reversed-entailment"), ["argued", "reversed"]);
}

const ONE_SIDED: &str = r#"documents: {"d": (title: "D", reliability: A)}, claims: {
    "r": (text: "R", kind: Interpretation, evidence: [Supports(from: "d", as: Finding)] ALLOW),
    "s": (text: "S", kind: Interpretation, evidence: [Supports(from: "d", as: Finding)]),
}"#;

#[test]
fn what_is_allowed_in_an_entry_is_not_reported_of_it() {
    for (allow, unreasoned) in [
        (r#", allow: ["one-sided"]"#, 1),
        (r#", allow: ["one-sided"], note: "Nobody holds anything else.""#, 0),
        (r#", allow: [(lint: "one-sided", reason: "Nobody holds anything else.")]"#, 0),
        (r#", allow: [Reasoned(lint: "one-sided")]"#, 1),
        (r#", allow: Some(["one-sided"])"#, 1),
    ] {
        let loaded = checked(&ONE_SIDED.replace("ALLOW", allow));
        assert_eq!(told(&loaded, "one-sided"), ["s"], "{allow}");
        assert_eq!(loaded.diagnostics.len(), 1, "{allow}: {:?}", loaded.diagnostics);
        assert_eq!((loaded.allowances.silenced(), loaded.allowances.unreasoned()), (1, unreasoned), "{allow}");
    }
}

#[test]
fn what_the_case_allows_is_reported_nowhere() {
    let fields = format!("{}, allow: [\"one-sided\"]", ONE_SIDED.replace("ALLOW", ""));
    let loaded = checked(&fields);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!(loaded.allowances.silenced(), 2);
}

/// What an included file allows is allowed in that file.
#[test]
fn an_included_file_allows_for_itself() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    let document = |id: &str| format!(r#""{id}": (title: "D")"#);
    write("case.ron", &format!(r#"Case(title: "T", includes: ["more.ron"], documents: {{{}}})"#, document("here")));
    write("more.ron", &format!(r#"Case(documents: {{{}}}, allow: ["unused"])"#, document("there")));
    let loaded = finish(load(Input::Path(folder.path().to_owned())).expect("it can be opened"));
    assert_eq!(told(&loaded, "unused"), ["here"]);
}

/// What allows nothing is reported, unless that is allowed in turn.
#[test]
fn an_allowance_of_nothing_is_reported() {
    let codes = |fields: &str| -> Vec<&'static str> {
        checked(fields).diagnostics.iter().map(|problem| problem.code.name()).collect()
    };
    let document = |allow: &str| format!(r#"documents: {{"d": (title: "D", allow: [{allow}])}}"#);
    assert_eq!(codes(&document("")), ["unused"]);
    assert_eq!(codes(&document(r#""unused""#)), Vec::<&str>::new());
    assert_eq!(codes(&document(r#""unused", "one-sided""#)), ["unused-allow"]);
    assert_eq!(codes(&document(r#""unused", "one-sided", "unused-allow""#)), Vec::<&str>::new());
    assert_eq!(codes(&document(r#""unused", "unused-allow""#)), ["unused-allow"]);
}
