//! What is withheld may speak to the headline that a document leads to.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Case, DocumentId, Edge, EvidenceGraph, Node, Premise, Probability, Question, Source, StatementId};

use super::super::nearest::list;
use super::checked::Checked;
use super::reach::Reach;

/// Cost: the graph of the case, and a pass over it for every 64 questions; nothing where no document with something
/// withheld has a `bears_on`.
pub(super) fn check(checked: &Checked<'_>, problems: &mut Diagnostics) {
    let case = checked.case;
    let withheld: Vec<DocumentId> = checked.documents().filter_map(|(id, _)| bears_on(case, id).map(|_| id)).collect();
    if withheld.is_empty() || case.questions.is_empty() {
        return;
    }
    let paths = Paths::new(case);
    let spoken = spoken_of(case);
    let mut missing: FxHashMap<DocumentId, Vec<&str>> = FxHashMap::default();
    let questions: Vec<&Question> = case.questions.values().collect();
    for batch in questions.chunks(64) {
        let leads = paths.leads_to(&batch.iter().map(|question| question.headline).collect::<Vec<_>>());
        for &document in &withheld {
            let listed = bears_on(case, document).unwrap_or_default();
            let evidence = spoken.get(&document).map(Vec::as_slice).unwrap_or_default();
            let reached = listed.iter().chain(evidence).fold(0, |mask, &statement| mask | leads(statement));
            let headlines = batch.iter().enumerate().filter(|(bit, _)| reached & (1 << bit) != 0);
            let left_out =
                headlines.map(|(_, question)| question.headline).filter(|&headline| !names(case, listed, headline));
            missing.entry(document).or_default().extend(left_out.map(|headline| checked.key(headline)));
        }
    }
    for document in withheld {
        report(case, document, missing.remove(&document).unwrap_or_default(), problems);
    }
}

fn report(case: &Case, document: DocumentId, mut headlines: Vec<&str>, problems: &mut Diagnostics) {
    headlines.sort_unstable();
    headlines.dedup();
    if !headlines.is_empty() {
        let document = &case.documents[document];
        let names = list(&headlines, "and");
        let message =
            format!("part of `{}` is withheld, and its `bears_on` leaves out {names}, which it leads to", document.key);
        let problem = Diagnostic::new(Code::WithheldMissesHeadline, document.declared, message);
        let problem = problem.about(&document.key).about_all(&headlines);
        problems.push(problem.help(format!("add {names} to `bears_on`, if the withheld part may speak to it")));
    }
}

/// What a document's withheld part may speak to, where something is withheld and its author says so.
fn bears_on(case: &Case, document: DocumentId) -> Option<&[StatementId]> {
    let document = &case.documents[document];
    let listed = document.bears_on.as_deref().filter(|listed| !listed.is_empty());
    listed.filter(|_| document.withheld > Probability::ZERO)
}

fn names(case: &Case, listed: &[StatementId], headline: StatementId) -> bool {
    listed.iter().any(|&statement| case.canonical(statement) == case.canonical(headline))
}

/// The statements that each document gives evidence on.
fn spoken_of(case: &Case) -> FxHashMap<DocumentId, Vec<StatementId>> {
    let mut spoken: FxHashMap<DocumentId, Vec<StatementId>> = FxHashMap::default();
    for (id, statement) in case.statements.iter() {
        for link in &statement.evidence {
            if let Premise::Source(Source::Document(document)) = link.from {
                spoken.entry(document).or_default().push(id);
            }
        }
    }
    spoken
}

/// Whether reasoning follows an edge: evidence, premises, conclusions, parts. Entailment and rivalry relate
/// statements without leading from one to the other.
fn leads(edge: &Edge) -> bool {
    matches!(
        edge,
        Edge::Evidence { .. }
            | Edge::Given
            | Edge::GivenRejected
            | Edge::Concludes { .. }
            | Edge::AllOfPart
            | Edge::AnyOfPart
            | Edge::SameAs
    )
}

/// The paths of reasoning, from each statement back to all that it can start from.
struct Paths {
    places: FxHashMap<Node, usize>,
    reach: Reach,
}

impl Paths {
    fn new(case: &Case) -> Self {
        let graph = EvidenceGraph::new(case);
        let places: FxHashMap<Node, usize> = graph.nodes().enumerate().map(|(place, node)| (node, place)).collect();
        let edges = graph.edges().filter(|(_, edge, _)| leads(edge)).map(|(from, _, to)| (places[&to], places[&from]));
        let reach = Reach::new(places.len(), edges);
        Self { places, reach }
    }

    /// For a statement, which of up to 64 headlines it leads to, one bit for each.
    fn leads_to<'w>(&'w self, headlines: &[StatementId]) -> impl Fn(StatementId) -> u64 + use<'w> {
        let place = |statement| self.places[&Node::Statement(statement)];
        let masks = self.reach.masks(&headlines.iter().map(|&headline| place(headline)).collect::<Vec<_>>());
        move |statement| masks[place(statement)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::underlined;

    #[test]
    fn the_headline_has_to_be_named_where_the_statements_lead_to_it() {
        let case = |withheld: &str| {
            format!(
                r#"documents: {{"d": (title: "D", {withheld})}},
                claims: {{"a": (text: "A", evidence: [Supports(from: "d")]), "h": (text: "H"), "other": (text: "O")}},
                inferences: {{"i": (given: ["a"], to: "h", effect: Supports)}},
                questions: {{"q": (text: "?", claims: ["a", "h"]), "r": (text: "?", claims: ["other"])}}"#
            )
        };
        let code = "withheld-misses-headline";
        assert_eq!(underlined(code, &case(r#"withheld: Full, bears_on: ["a"]"#)), ["d"]);
        assert!(underlined(code, &case(r#"withheld: Full, bears_on: ["a", "h"]"#)).is_empty());
        assert!(underlined(code, &case(r#"withheld: None, bears_on: ["a"]"#)).is_empty());
        assert!(underlined(code, &case("withheld: Full, bears_on: []")).is_empty());
        assert!(underlined(code, &case("withheld: Full")).is_empty());
    }
}
