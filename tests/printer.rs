//! Cases made in code and printed: what is printed loads to the same case.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use evigraph::internals::authoring::build::{
    Actor, Attack, Builder, Claim, Document, Evidence, Inference, Question, Relationship, Reliability, Section,
    Strength, Withheld,
};
use evigraph::internals::model::{
    ActorKind, Bar, Case, ClaimKind, DocumentKind, Effect, Expectation, Manner, Probability, RelationshipKind,
    Standard, Thresholds,
};
use evigraph::{Code, Diagnostic};
use evigraph::{Input, Loaded, export_json, format, load, print};
use proptest::prelude::*;

use crate::support::random::{self, Profile};
use crate::support::sketch::{Sketch, probability};

fn loaded(text: &str) -> Loaded {
    load(Input::Text { name: "case.ron".to_owned(), text: text.to_owned() }).expect("a text can be read")
}

/// Everything in a case but the places of the words in their files.
pub fn content(case: &Case) -> String {
    let debug = format!("{case:?}");
    let mut parts = debug.split("Span {");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |content, part| content + part.split_once('}').expect("a span ends").1)
}

fn reloads(case: &Case) {
    let text = print(case);
    let again = loaded(&text);
    let case_again = again.case.unwrap_or_else(|| panic!("{text}\n{:#?}", again.diagnostics));
    assert_eq!(content(&case_again), content(case), "{text}");
    assert_eq!(print(&case_again), text);
    reloads_from_json(case);
}

fn reloads_from_json(case: &Case) {
    let text = export_json(case);
    let again = load(Input::Text { name: "case.json".to_owned(), text: text.clone() }).expect("a text can be read");
    let case_again = again.case.unwrap_or_else(|| panic!("{text}\n{:#?}", again.diagnostics));
    assert_eq!(content(&case_again), content(case), "{text}");
    assert_eq!(print(&case_again), print(case));
    assert_eq!(export_json(&case_again), text);
    assert_eq!(format("case.json", &text).expect("it is sound"), text, "it is laid out already");
}

#[test]
fn shipped_cases_print_and_load_to_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs");
    let entries = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    let is_case = |path: &PathBuf| path.join("case.ron").is_file() || path.extension().is_some_and(|ron| ron == "ron");
    let cases: Vec<PathBuf> = entries.filter(is_case).collect();
    assert!(cases.len() > 5, "the cases were found");
    for path in cases {
        let case = load(Input::Path(path.clone())).expect("it can be read").case;
        reloads(&case.unwrap_or_else(|| panic!("{} is a case", path.display())));
    }
}

/// Leaves out what sketches may have and files may not: exhibits and reliance of what is no document.
pub fn fit_for_a_file(mut sketch: Sketch) -> Sketch {
    let documents: BTreeSet<String> = sketch.documents.keys().cloned().collect();
    let entries = sketch.claims.values_mut().chain(sketch.relationships.values_mut());
    for link in entries.flat_map(|entry| &mut entry.evidence).filter(|link| !documents.contains(&link.from)) {
        link.exhibit = false;
        link.relies_on.clear();
    }
    sketch
}

#[test]
fn random_cases_print_and_load_to_the_same() {
    let mut reloaded = 0;
    for (profile, seed) in [Profile::flat(), Profile::competing(), Profile::tangled()]
        .iter()
        .flat_map(|one| (0..150).map(move |seed| (one, seed)))
    {
        // The text of a relationship is made of its actors' names, which sketches do not do.
        let profile = Profile { relationships: 0..=0, ..profile.clone() };
        let case = fit_for_a_file(random::case(&profile, seed)).build();
        let text = print(&case);
        // Some contradict themselves, which no file may.
        let refused = |problem: &&Diagnostic| problem.is_error();
        let errors: Vec<Code> = loaded(&text).diagnostics.iter().filter(refused).map(|problem| problem.code).collect();
        let contradicts = [Code::SpeaksOfItself, Code::CircularInference, Code::RivalsEntail, Code::EntailsItself];
        assert!(errors.iter().all(|code| contradicts.contains(code)), "{errors:?}\n{text}");
        if errors.is_empty() {
            reloads(&case);
            reloaded += 1;
        }
    }
    assert!(reloaded > 200, "{reloaded} cases were printed");
}

/// A case in which every field is written.
fn everything() -> Builder {
    let bar = |case, margin| Bar { case: probability(case), margin: probability(margin) };
    let attack = || Attack::new("doubt").strength(Strength::Slight);
    Builder::new("A \"title\"")
        .summary("Two lines:\nthis is the second, with a \\ and a \ttab.")
        .standard(Standard::Preponderance)
        .thresholds(Thresholds {
            serious: probability(0.3),
            preponderance: bar(0.51, 0.1),
            clear_and_convincing: bar(0.75, 0.4),
            beyond_reasonable_doubt: bar(0.96, 0.71),
        })
        .actor("w", Actor::new("Witness").kind(ActorKind::Person).reliability(0.123).impeached_by(attack()))
        .actor("z", Actor::new("Z").aliases(["ZZ"]).part_of("w").tags(["t"]).note("n").allow(Code::Unused))
        .document(
            "d",
            Document::new("D")
                .kind(DocumentKind::Other("a \"scroll\"".to_owned()))
                .reliability(Reliability::F)
                .derives_from(["w", "e"])
                .impeached_by(attack())
                .withheld(Withheld::Heavy)
                .bears_on(["doubt"])
                .by(["w"])
                .mentions(["z"])
                .authors(["A. Scribe", "B. Scribe"])
                .date("1902-01")
                .released("1950")
                .period("1901/1902")
                .collection("e")
                .locator("box 7")
                .url("https://example.org")
                .archived("https://archive.example/1")
                .accessed("2026-11-28")
                .copy("copies/d.txt")
                .sha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
                .cite(7_u32)
                .places(["Here", "There"])
                .tags(["t"])
                .note("n")
                .allow(Code::WithheldMissesHeadline),
        )
        .document("e", Document::new("E").kind(DocumentKind::Archive).bears_on([""; 0]))
        .document("f", Document::new("F").rests_on(["e", "z"]).supersedes(["d"]))
        .claim(
            "c",
            Claim::new("C")
                .kind(ClaimKind::Interpretation)
                .standard(Standard::BeyondReasonableDoubt)
                .evidence(
                    Evidence::supports("d")
                        .strength(0.5)
                        .manner(Manner::Account)
                        .at("p. 1")
                        .quote("so \"it\" was")
                        .relies_on(["w"])
                        .undercut_by(attack())
                        .undercut_by("e"),
                )
                .evidence(Evidence::opposes("w"))
                .entails(["doubt"])
                .rivals(["r"])
                .expect(Expectation::Unsupported)
                .about(["w"])
                .places(["Here"])
                .period("198X")
                .tags(["t"])
                .note("n")
                .allow(Code::OneSided),
        )
        .claim("doubt", Claim::new("Doubt").any_of(["part"]))
        .claim("part", Claim::new("Part").evidence(Evidence::supports("e").manner(Manner::Exhibit)))
        .claim("whole", Claim::new("Whole").all_of(["part", "doubt"]))
        .claim("one", Claim::new("One").one_of(["c", "r"]).assumed(Strength::Strong))
        .relationship(
            "r",
            Relationship::new("w", RelationshipKind::WorkedWith, "z")
                .evidence(Evidence::supports("d"))
                .entails(["part"])
                .standard(Standard::Preponderance)
                .expect(Expectation::Contested)
                .places(["Here"])
                .period("1902")
                .tags(["t"])
                .note("n")
                .allow(Code::OneSided),
        )
        .relationship("s", Relationship::new("z", RelationshipKind::Other("met".to_owned()), "w").same_as("part"))
        .relationship(
            "u",
            Relationship::new("z", RelationshipKind::Funded, "w").rivals(["whole"]).all_of(["part"]).any_of(["r"]),
        )
        .inference(
            "i",
            Inference::new(["d", "part"], Effect::Opposes, "c")
                .given_rejected(["whole"])
                .strength(Strength::Conclusive)
                .scheme("sign")
                .undercut_by(attack())
                .note("n")
                .allow(Code::Unused),
        )
        .question("q", Question::new("?").claims(["c", "part"]).headline("c").allow(Code::ClaimsOutOfOrder))
        .section(Section::new("First").claims(["c"]).text("Words."))
}

#[test]
fn a_case_with_every_field_comes_back_as_it_was_built() {
    let builder = everything();
    let case = builder.build().unwrap_or_else(|error| panic!("{error}\n{builder}"));
    reloads(&case);
    let allowed = builder.clone().allow(Code::NoEvidence).to_string();
    for field in fields_of_the_reference() {
        assert!(allowed.contains(&format!("{field}: ")), "`{field}` is not written\n{allowed}");
    }
}

/// The names in the first column of the tables of fields.
fn fields_of_the_reference() -> BTreeSet<String> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md")).expect("it is there");
    let mut fields = BTreeSet::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("| field |") {
            for row in lines.by_ref().skip(1).take_while(|row| row.starts_with('|')) {
                let cell = row.split('|').nth(1).unwrap_or_default();
                fields.extend(cell.split('`').skip(1).step_by(2).map(str::to_owned));
            }
        }
    }
    assert!(fields.len() > 40, "the fields were found");
    fields.remove("includes");
    fields
}

#[test]
fn what_is_wrong_is_told_by_the_ids_of_entries() {
    let error = Case::builder("T")
        .document("letter", Document::new("A letter").reliability(1.5))
        .claim("closed", Claim::new("It was closed.").evidence(Evidence::supports("leter")).rivals(["closed"]))
        .claim("closed", Claim::new("It was closed again."))
        .claim("no id", Claim::new("?"))
        .build()
        .expect_err("nothing of this can be");
    let told = error.to_string();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines,
        [
            "`letter`: a reliability is a number from 0 to 1, not 1.5: write a number from 0 to 1, or a letter from `A` to `F`",
            "`closed`: nothing in the case has the id `leter`: did you mean `letter`?",
            "`closed`: `closed` is its own rival: remove it from `rivals`: it could never be true",
            "`closed`: the id `closed` is given twice: give one of the two another id",
            "`no id`: an id has letters, digits, `-`, `_` and `.` only, not ' ': write `\"no-id\"`",
        ]
    );
    assert!(error.diagnostics().iter().all(|problem| problem.span.is_some()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_text_comes_back(text in any::<String>(), number in 0.0..=1.0_f64) {
        let claim = Claim::new(&text).note(&text).evidence(Evidence::supports("d").quote(&text).strength(number));
        let builder = Builder::new(&text).document("d", Document::new(&text)).claim("c", claim);
        let case = builder.build().unwrap_or_else(|error| panic!("{error}"));
        let claim = &case.statements[case.statement("c").expect("it was added")];
        prop_assert_eq!(&claim.text, &text);
        prop_assert_eq!(claim.note.as_ref(), Some(&text));
        prop_assert_eq!(claim.evidence[0].quote.as_ref(), Some(&text));
        prop_assert_eq!(claim.evidence[0].strength, Probability::new(number).expect("it is from 0 to 1"));
        prop_assert_eq!(Builder::from(&case).to_string(), Builder::from(&loaded(&print(&case)).case.expect("it loads")).to_string());
    }
}
