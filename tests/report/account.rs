//! Accounts of random cases: every claim is mentioned where its verdict says, and the text is well made.

use std::collections::BTreeSet;

use evigraph::Case;
use evigraph::internals::words::{Account, Prose, Topic, account, brief, count, joined, standing, summary};
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
fn each_claim_stands_where_its_verdict_says() {
    each_account(|judge, question, account| {
        let mut said = BTreeSet::new();
        for part in account.parts.iter().filter(|part| part.topic != Topic::Open) {
            let text = part.text.plain(judge.case(), judge.citations());
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
                assert!(said.insert(claim), "said twice");
            }
        }
        assert_eq!(said, question.claims.iter().map(|claim| claim.statement).collect());
    });
}

#[test]
fn the_text_is_well_made() {
    each_account(|judge, question, _| {
        let brief = Prose::sentences(brief(judge, question)).capital();
        for text in [summary(judge, question), brief.plain(judge.case(), judge.citations())] {
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

/// A case is no chance that the claim is true, and nobody may read it so.
#[test]
fn cases_are_never_worded_as_likelihoods() {
    for name in ["recantation.ron", "declassified"] {
        let report = super::Report::on(&shipped(name)).markdown;
        for word in ["likely", "chance that it", "even chance", "confidence"] {
            let without_caveat = report.replace("It is not the chance that the statement is true.", "");
            assert!(!without_caveat.contains(word), "`{word}` in the report on {name}");
        }
    }
}

#[test]
fn what_hangs_on_one_source_is_said_as_such() {
    each_account(|_, question, _| {
        for claim in &question.claims {
            let expected = claim.settlement.as_ref().map(|settlement| {
                let sources = settlement.reasons.iter().find_map(|reason| match reason {
                    Reason::SingleSource { sources } => Some(sources.len()),
                    _ => None,
                });
                match (settlement.is_settled(), sources) {
                    (true, _) => "settled".to_owned(),
                    (false, Some(1)) => "open: it hangs on one source".to_owned(),
                    (false, Some(2)) => "open: it hangs on each of two sources".to_owned(),
                    (false, Some(3)) => "open: it hangs on each of three sources".to_owned(),
                    (false, Some(many)) => panic!("small cases have no {many} sources that each bear a verdict"),
                    (false, None) => "open".to_owned(),
                }
            });
            assert_eq!(standing(claim), expected);
        }
    });
}

/// Whatever there is to say, it is said in under 150 words where the texts of the case are not longer themselves.
#[test]
fn the_brief_is_brief() {
    let words = |judge: &Engine<'_>, question: &QuestionAnswer| -> usize {
        let plain = |part: &Prose| part.plain(judge.case(), judge.citations()).split_whitespace().count();
        brief(judge, question).iter().map(plain).sum()
    };
    for name in ["declassified", "strong-and-weak.ron", "recantation.ron"] {
        let case = shipped(name);
        let judge = Engine::new(&case, Scenario::default());
        let answer = judge.answer_all(true).expect("within the budget");
        for question in &answer.questions {
            assert!(words(&judge, question) < 150, "{name}: {} words", words(&judge, question));
        }
    }
    each_account(|judge, question, _| assert!(words(judge, question) < 150));
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
         tenth less favourable, it would not be established. \
         Contested: “The mill was sold” against “The mill was let”. Neither side prevails: the case for the first \
         is moderate (0.62), and so is that against it (0.62); clear and convincing evidence asks for 0.75 and a lead of 0.35, \
         or 2.71 times the other's weight of evidence. Both sides draw on [1] “The mill's ledger”. \
         Not established: “It was set on fire”. The case for it is slight (0.16), and there is none against it; the \
         case for it is 0.59 short of the 0.75 that clear and convincing evidence asks. \
         Refuted: “It was moved”. There is no case for it, and that against it is strong (0.81). The refutation is \
         open: it hangs on one source, [2]; were every number a tenth less favourable, it would not be established. \
         Without evidence: nothing makes a case for or against “It was haunted”."
    );
    assert_eq!(
        brief(&judge, &answer.questions[0]).iter().map(|part| part.plain(&case, judge.citations())).collect::<Vec<_>>(),
        [
            "the headline, “It was set on fire”, is not established: the case for it is slight (0.16), and there is none \
             against it.",
            "Confirmed: “The mill stood by the river”.",
            "Contested: “The mill was sold” against “The mill was let”.",
            "Refuted: “It was moved”. Without evidence: “It was haunted”.",
        ]
    );
}

#[test]
fn lists_and_plurals() {
    assert_eq!(joined(["a", "b", "c"]), "a, b and c");
    assert_eq!([0, 1, 2].map(|number| count(number, "claim")), ["0 claims", "1 claim", "2 claims"]);
}
