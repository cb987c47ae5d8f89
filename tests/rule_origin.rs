//! From compiled rules back to what the author wrote.

use std::collections::BTreeSet;

use evigraph::internals::logic::{
    Atom, AtomId, Origin, Out, Parameters, Passage, Program, Step, Supposition, Variant, compile_with_origins,
};
use evigraph::{Case, Effect, StatementId};
use evigraph::{Input, load};

const CASE: &str = r#"Case(title: "Origins", documents: {
    "d": (title: "D", reliability: B, derives_from: ["e", "f"], impeached_by: [(from: "f")]),
    "e": (title: "E", reliability: B), "f": (title: "F", reliability: B),
}, claims: {
    "whole": (text: "Whole.", all_of: ["part", "other"], evidence: [Supports(from: "d", undercut_by: [(from: "e")])]),
    "part": (text: "Part.", rivals: ["rival"]), "other": (text: "Other."),
    "rival": (text: "Rival.", entails: ["weak"]), "weak": (text: "Weak."),
}, inferences: {"i": (given: ["part"], to: "weak", effect: Opposes)})"#;

fn statement(case: &Case, key: &str) -> StatementId {
    case.statements.iter().find(|(_, entry)| entry.key.to_string() == key).expect("it is there").0
}

#[test]
fn every_rule_leads_back_to_what_was_written() {
    let text = Input::Text { name: "case.ron".to_owned(), text: CASE.to_owned() };
    let loaded = load(text).expect("a text can be read");
    let case = loaded.case.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let [whole, part, other, rival, weak] =
        ["whole", "part", "other", "rival", "weak"].map(|key| statement(&case, key));
    let parameters = Parameters::new(&case, &[]);
    let out = BTreeSet::new();
    let supposed = [Supposition::Decided(other, Effect::Opposes)];
    let variant = Variant { out: Out::These(&out), supposed: &supposed, ..Variant::AS_WRITTEN };
    let (program, origins) = compile_with_origins(&case, &parameters, variant);
    let of = |atom: AtomId| -> Vec<Origin> { origins.grounds(&program, atom).map(|ground| ground.origin).collect() };
    let link = Step::Evidence { statement: whole, index: 0 };
    let inference = Step::Inference(case.inferences.ids().next().expect("there is one"));
    assert_eq!(of(Program::case_for(whole)), [Origin::Step(link), Origin::AllOf(whole)]);
    assert_eq!(of(Program::case_against(whole)), [Origin::Entails(part), Origin::Entails(other)]);
    assert_eq!(of(Program::case_for(part)), [Origin::EntailedBy(whole)]);
    assert_eq!(of(Program::case_against(part)), [Origin::Rival(rival)]);
    assert_eq!(of(Program::case_for(other)), []);
    assert_eq!(of(Program::case_against(other)), [Origin::Supposed(supposed[0])]);
    assert_eq!(of(Program::case_for(weak)), [Origin::EntailedBy(rival)]);
    assert_eq!(of(Program::case_against(weak)), [Origin::Step(inference)]);
    let mut seen = 0;
    for atom in program.atoms() {
        assert_eq!(of(atom).len(), program.rules(atom).len(), "an origin for each rule");
        for origin in of(atom) {
            let expected = match program.atom(atom) {
                Atom::Holds(source) => Origin::Source(source),
                Atom::Applicable(step) => Origin::Applicable(step),
                Atom::Undercut(step, index) => Origin::Undercut(step, index),
                Atom::Impeachment(source, index) => Origin::Impeachment(source, index),
                _ => continue,
            };
            assert_eq!(origin, expected);
            seen += 1;
        }
    }
    assert_eq!(seen, 3 + 2 + 1 + 1, "sources, steps, an undercut and an impeachment");
    let origins_of_d = program.atoms().find(|&atom| matches!(program.atom(atom), Atom::Origins(_)));
    assert!(of(origins_of_d.expect("d has two")).iter().all(|origin| matches!(origin, Origin::DerivesFrom(_))));
}

/// Explanations take an atom of one variant to another.
#[test]
fn atoms_are_the_same_in_every_variant() {
    let text = Input::Text { name: "case.ron".to_owned(), text: CASE.to_owned() };
    let case = load(text).expect("a text can be read").case.expect("it is well formed");
    let passage =
        Passage { document: case.documents.ids().next().expect("it has some"), statement: statement(&case, "weak") };
    let parameters = Parameters::new(&case, &[passage]);
    let atoms = |variant: Variant<'_>| -> Vec<Atom> {
        let (program, _) = compile_with_origins(&case, &parameters, variant);
        program.atoms().map(|atom| program.atom(atom)).collect()
    };
    let rival = BTreeSet::from([statement(&case, "rival")]);
    let supposed = [Supposition::Decided(statement(&case, "part"), Effect::Supports)];
    let present = [(0, passage)];
    let as_written = atoms(Variant::AS_WRITTEN);
    assert_eq!(as_written, atoms(Variant { rivals: false, ..Variant::AS_WRITTEN }));
    let variant = Variant { out: Out::These(&rival), present: &present, supposed: &supposed, ..Variant::AS_WRITTEN };
    assert_eq!(as_written, atoms(variant));
}
