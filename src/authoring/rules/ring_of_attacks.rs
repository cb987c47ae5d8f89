//! Attacks that attack each other in a ring decide nothing by themselves.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Attack, Case, Premise, Source, entailments};

use super::super::nearest::list;
use super::checked::Checked;
use super::reach::Reach;

/// What can depend on something else, by its number.
type Place = usize;

/// How many attacks one warning points at.
const MOST_SHOWN: usize = 5;

/// Cost: linear in the size of the case; nothing where there are no two attacks.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let places = Places(checked.case);
    let attacks: Vec<(Place, &Attack)> = attacks(checked, places).collect();
    if attacks.len() < 2 {
        return;
    }
    let edges = attacks.iter().map(|&(attacked, attack)| (places.premise(attack.from), attacked));
    let reach = Reach::new(places.count(), edges.chain(dependences(checked, places)));
    let loops = reach.loops();
    let members = loops.iter().enumerate().flat_map(|(ring, places)| places.iter().map(move |&place| (place, ring)));
    let ring_of: FxHashMap<Place, usize> = members.collect();
    let mut rings: Vec<Vec<(Place, &Attack)>> = vec![Vec::new(); loops.len()];
    for &(attacked, attack) in &attacks {
        if let Some(&ring) =
            ring_of.get(&attacked).filter(|&&ring| ring_of.get(&places.premise(attack.from)) == Some(&ring))
        {
            rings[ring].push((attacked, attack));
        }
    }
    for ring in rings {
        let attacked: BTreeSet<Place> = ring.iter().map(|&(attacked, _)| attacked).collect();
        if attacked.len() > 1 {
            problems.push(problem(checked.case, &ring));
        }
    }
}

fn problem(case: &Case, ring: &[(Place, &Attack)]) -> Diagnostic {
    let mut attacks: Vec<&Attack> = ring.iter().map(|&(_, attack)| attack).collect();
    attacks.sort_by_key(|attack| attack.span);
    let mut keys: Vec<&str> = attacks.iter().map(|attack| case.premise_key(attack.from).as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let shown = &keys[..keys.len().min(MOST_SHOWN)];
    let more = if shown.len() < keys.len() { " among others" } else { "" };
    let message = format!(
        "the attacks from {} attack each other in a ring{more}: by themselves they decide nothing",
        list(shown, "and")
    );
    let problem = Diagnostic::new(Code::RingOfAttacks, attacks[0].span, message)
        .help("name what decides between them from outside of the ring, or remove one of the attacks")
        .about_all(&keys);
    let others = attacks[1..].iter().take(MOST_SHOWN);
    others.fold(problem, |problem, attack| problem.related(attack.span, "this is in the ring as well"))
}

/// Everything that something can depend on, as numbers: actors, documents, statements, inferences, in their order.
#[derive(Clone, Copy)]
struct Places<'c>(&'c Case);

impl Places<'_> {
    fn source(self, source: Source) -> Place {
        match source {
            Source::Actor(actor) => actor.index(),
            Source::Document(document) => self.0.actors.len() + document.index(),
        }
    }

    fn premise(self, premise: Premise) -> Place {
        match premise {
            Premise::Source(source) => self.source(source),
            Premise::Statement(statement) => {
                self.0.actors.len() + self.0.documents.len() + self.0.canonical(statement).index()
            }
        }
    }

    fn inference(self, index: usize) -> Place {
        self.0.actors.len() + self.0.documents.len() + self.0.statements.len() + index
    }

    fn count(self) -> usize {
        self.inference(self.0.inferences.len())
    }
}

/// Every attack with what it attacks: a source, an inference, or the statement that a link speaks to.
fn attacks<'c>(checked: &Checked<'c>, places: Places<'c>) -> impl Iterator<Item = (Place, &'c Attack)> {
    let impeachments = checked.impeachments().map(move |(source, attack)| (places.source(source), attack));
    let of_links =
        checked.undercuts_of_evidence().map(move |(id, attack)| (places.premise(Premise::Statement(id)), attack));
    let of_inferences = checked.inferences().flat_map(move |(id, inference)| {
        inference.undercut_by.iter().map(move |attack| (places.inference(id.index()), attack))
    });
    impeachments.chain(of_links).chain(of_inferences)
}

/// What depends on what, attacks and rivals apart.
fn dependences<'c>(checked: &Checked<'c>, places: Places<'c>) -> impl Iterator<Item = (Place, Place)> {
    let case = checked.case;
    let statement = move |id| places.premise(Premise::Statement(id));
    let origins = checked.documents().flat_map(move |(id, document)| {
        let behind = document.derives_from.iter().chain(&document.rests_on);
        behind.map(move |&origin| (places.source(origin), places.source(Source::Document(id))))
    });
    let evidence = checked.statements().flat_map(move |(id, entry)| {
        let relied = entry.evidence.iter().flat_map(|link| &link.relies_on).map(|&origin| Premise::Source(origin));
        let parts = entry.all_of.iter().map(|&part| Premise::Statement(part));
        let from = entry.evidence.iter().map(|link| link.from).chain(relied).chain(parts);
        from.map(move |from| (places.premise(from), statement(id)))
    });
    let entailed = entailments(case).map(move |(stronger, weaker)| (statement(stronger), statement(weaker)));
    let alternatives = checked.statements().flat_map(move |(id, entry)| {
        entry.one_of.iter().map(move |&alternative| (statement(id), statement(alternative)))
    });
    let inferences = checked.inferences().flat_map(move |(id, inference)| {
        let place = places.inference(id.index());
        let rejected = inference.given_rejected.iter().map(|&rejected| Premise::Statement(rejected));
        let premises = inference.given.iter().copied().chain(rejected).map(move |one| (places.premise(one), place));
        premises.chain([(place, statement(inference.to))])
    });
    origins.chain(evidence).chain(entailed).chain(alternatives).chain(inferences)
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn witnesses_who_impeach_each_other() {
        let case = r#"actors: {
            "ann": (name: "A", reliability: C, impeached_by: [(from: "bob-says")]), "bob": (name: "B", reliability: C, impeached_by: [(from: "ann")]),
            "carl": (name: "C", reliability: C, impeached_by: [(from: "ann")]),
        }, claims: {
            "bob-says": (text: "Ann lies.", evidence: [Supports(from: "bob")]), "x": (text: "X", evidence: [Supports(from: "carl")]),
        }"#;
        assert_eq!(underlined("ring-of-attacks", case), ["bob-says"]);
    }

    #[test]
    fn undercuts_of_inferences_and_of_links() {
        let case = |back: &str| {
            format!(
                r#"documents: {{"d": (title: "D"), "e": (title: "E")}}, claims: {{
            "a": (text: "A", evidence: [Supports(from: "d", undercut_by: [(from: "{back}")])]), "b": (text: "B"), "c": (text: "C", evidence: [Supports(from: "e")]),
        }}, inferences: {{"i": (given: ["c"], to: "b", effect: Supports, undercut_by: [(from: "a")])}}"#
            )
        };
        assert_eq!(underlined("ring-of-attacks", &case("b")), ["b"]);
        assert!(underlined("ring-of-attacks", &case("c")).is_empty());
    }

    #[test]
    fn a_liar_known_from_nobody_else_is_no_ring() {
        let case = r#"actors: {"w": (name: "W", reliability: C, impeached_by: [(from: "lied"), (from: "lied-again")])}, claims: {
            "lied": (text: "1", evidence: [Supports(from: "w")]), "lied-again": (text: "2", evidence: [Supports(from: "w")]),
        }"#;
        assert!(underlined("ring-of-attacks", case).is_empty());
    }
}
