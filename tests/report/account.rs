//! Accounts of random cases: every claim is mentioned where its verdict says, and the text is well made.

use std::collections::BTreeSet;

use evigraph::Case;
use evigraph::internals::words::{Account, Confidence, Topic, account, count, joined, summary};
use evigraph::{Detail, Reason};
use evigraph::{Engine, QuestionAnswer, Scenario};

use super::{case, shipped};
use crate::support::random::{self, Profile};

/// Questions of random cases with their accounts.
fn each_account(look: impl Fn(&Engine<'_>, &QuestionAnswer, &Account)) {
    let profiles = [Profile::broad(), Profile::tangled()];
    for profile in &profiles {
        for seed in 0..60 {
            let mut case = random::case(profile, seed).build();
            name_in_words(&mut case);
            let judge = Engine::new(&case, Scenario::default());
            for settle in [true, false] {
                let answer = judge.answer_all(settle).expect("small cases stay small");
                for question in &answer.questions {
                    let account = account(&judge, question);
                    look(&judge, question, &account);
                }
            }
        }
    }
}

/// Texts as an author would write them, each with a word of its own, so that none is part of another.
fn name_in_words(case: &mut Case) {
    let ids: Vec<_> = case.statements.ids().collect();
    for id in ids {
        let entry = &mut case.statements[id];
        entry.text = format!("The «{}» happened.", entry.key);
    }
}

#[test]
fn each_claim_is_told_where_its_verdict_says() {
    each_account(|judge, question, account| {
        let mut told = BTreeSet::new();
        for part in account.parts.iter().filter(|part| part.topic != Topic::Open) {
            let text = part.text.plain(judge.case());
            for &claim in &part.claims {
                let answer =
                    question.claims.iter().find(|one| one.statement == claim).expect("a claim of the question");
                let expected = match answer.assessment.detail {
                    Detail::Established => "Confirmed",
                    Detail::RivalReadings | Detail::ConflictingEvidence => "Contested",
                    Detail::Insufficient => "Not established",
                    Detail::Refuted => "Refuted",
                    Detail::NoEvidence => "Without evidence",
                    Detail::Undecided => panic!("exact degrees decide every verdict"),
                };
                assert_eq!(part.topic.label(), expected);
                assert!(text.contains(&format!("«{}»", judge.case().statements[claim].key)), "{text}");
                assert!(told.insert(claim), "told twice");
            }
        }
        assert_eq!(told, question.claims.iter().map(|claim| claim.statement).collect());
    });
}

#[test]
fn the_text_is_well_made() {
    each_account(|judge, question, account| {
        for text in [summary(judge, question), account.brief().capital().plain(judge.case())] {
            assert_well_made(&text);
        }
    });
}

/// What a careful editor would not let pass.
fn assert_well_made(text: &str) {
    for wrong in [
        "  ",
        " ,",
        " .",
        " ;",
        " :",
        "..",
        ",,",
        ";.",
        ":.",
        ",.",
        "“”",
        "( ",
        " )",
        "()",
        " and and ",
        ": ;",
        "::",
        "1 claims",
    ] {
        assert!(!text.contains(wrong), "`{wrong}` in: {text}");
    }
    assert!(text.ends_with('.'), "{text}");
    let mut depth = 0_i32;
    for letter in text.chars() {
        depth += match letter {
            '“' => 1,
            '”' => -1,
            _ => 0,
        };
        assert!((0..=1).contains(&depth), "quotation marks do not match: {text}");
    }
    assert_eq!(depth, 0, "{text}");
    let sentences = text.split(". ").filter(|sentence| !sentence.starts_with('“'));
    for sentence in sentences {
        let first = sentence.chars().next().expect("no empty sentence");
        assert!(first.is_uppercase() || first.is_ascii_digit() || first == '[', "`{sentence}` in: {text}");
    }
}

/// Likelihood and confidence never meet in a sentence, as ICD 203 asks.
#[test]
fn likelihood_and_confidence_are_kept_apart() {
    let report = super::Report::on(&shipped("recantation.ron")).markdown;
    let told = report.split("## How to read").next().unwrap_or_default();
    for sentence in told.split(['.', '\n']) {
        assert!(!(sentence.contains("confidence") && sentence.contains("likely")), "{sentence}");
    }
}

#[test]
fn confidence_follows_from_what_would_change_the_verdict() {
    each_account(|_, question, _| {
        for claim in &question.claims {
            let decided = matches!(claim.assessment.detail, Detail::Established | Detail::Refuted);
            let expected = claim.settlement.as_ref().filter(|_| decided).map(|settlement| {
                match settlement.reasons.iter().any(|reason| matches!(reason, Reason::SingleSource { .. })) {
                    _ if settlement.settled => Confidence::High,
                    true => Confidence::Low,
                    false => Confidence::Moderate,
                }
            });
            assert_eq!(Confidence::of(claim), expected);
        }
    });
}

/// Every kind of part in one question, word for word; the numbers are worked out in the comments.
#[test]
fn an_account_reads_as_an_editor_would_write_it() {
    let case = case(
        r#"Case(
            title: "The mill",
            documents: {
                "ledger": (title: "The mill's ledger", reliability: A, cite: 1),
                "map": (title: "A map", reliability: A, cite: 2),
                "gossip": (title: "Gossip", reliability: D, withheld: Partial, bears_on: ["arson"], cite: 3),
            },
            claims: {
                // 0.95 * 0.85 = 0.81; either document alone is one source.
                "stood": (text: "The mill stood by the river.", evidence: [Supports(from: "map", as: Finding)]),
                // 0.95 * 0.65 = 0.62 each, and against each as much.
                "sold": (text: "The mill was sold.", rivals: ["let"], evidence: [Supports(from: "ledger")]),
                "let": (text: "The mill was let.", evidence: [Supports(from: "ledger")]),
                // 0.40 * 0.40 = 0.16
                "arson": (text: "It was set on fire.", evidence: [Supports(from: "gossip", as: Allegation)]),
                "moved": (text: "It was moved.", evidence: [Opposes(from: "map", as: Finding)]),
                "haunted": (text: "It was haunted."),
            },
            questions: { "q": (text: "What became of the mill?", claims: ["stood", "sold", "moved", "haunted", "arson"]) },
        )"#,
    );
    let judge = Engine::new(&case, Scenario::default());
    let answer = judge.answer_all(true).expect("small");
    assert_eq!(
        summary(&judge, &answer.questions[0]),
        "Nuanced: 1 of 5 claims is supported. \
         Confirmed: “The mill stood by the river”. It is open: it hangs on one source, [2] “A map”; were every number a \
         tenth less favourable, it would be not established. \
         Contested: “The mill was sold” against “The mill was let”. Neither side prevails: a case for the first is \
         likely (0.62), and so is one against it (0.62); clear and convincing evidence asks for 0.75 and a lead of 0.35. \
         Both sides draw on [1] “The mill's ledger”. \
         Not established: “It was set on fire”. A case for it is very unlikely (0.16), and there is none against it; the \
         case for it is 0.59 short of the 0.75 that clear and convincing evidence asks. \
         Refuted: “It was moved”. There is no case for it, and one against it is very likely (0.81). The refutation is \
         open: it hangs on one source, [2]; were every number a tenth less favourable, it would be not established. \
         Without evidence: nothing makes a case for or against “It was haunted”."
    );
    assert_eq!(
        account(&judge, &answer.questions[0]).brief().plain(&case),
        "1 of 5 claims is supported, “The mill stood by the river”. Contested is “The mill was sold”. The headline, “It \
         was set on fire”, is not established: a case for it is very unlikely (0.16), and there is none against it. It \
         stays open: the case for it is 0.59 short of the 0.75 that clear and convincing evidence asks."
    );
}

#[test]
fn lists_and_plurals() {
    assert_eq!(joined(["a", "b", "c"]), "a, b and c");
    assert_eq!([0, 1, 2].map(|number| count(number, "claim")), ["0 claims", "1 claim", "2 claims"]);
}
