//! A case as a graph for programs that draw and measure networks: GraphML, and GEXF for Gephi.

use std::fmt::Write as _;

use crate::escape::xml;
use crate::model::{Case, Edge, Effect, EvidenceGraph, Node};

/// What is said of a node, and of an edge, besides their ids.
const OF_NODES: [&str; 2] = ["sort", "kind"];
const OF_EDGES: [(&str, &str); 2] = [("relation", "string"), ("strength", "double")];

/// The graph of a case in GraphML: a node for each actor, document, statement and inference, an edge for each link between
/// them, in the direction in which evidence flows.
///
/// Cost: linear in the size of the case.
pub fn export_graphml(case: &Case) -> String {
    let graph = EvidenceGraph::new(case);
    let mut out = String::from(HEAD);
    out += "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    for name in std::iter::once("label").chain(OF_NODES) {
        let _ = writeln!(out, "  <key id=\"{name}\" for=\"node\" attr.name=\"{name}\" attr.type=\"string\"/>");
    }
    for (name, kind) in OF_EDGES {
        let _ = writeln!(out, "  <key id=\"{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    out += "  <graph id=\"case\" edgedefault=\"directed\">\n";
    for node in graph.nodes() {
        let [id, label, sort, kind] = described(case, node);
        let data = [("label", label), ("sort", sort), ("kind", kind)];
        let data = data.map(|(key, text)| format!("<data key=\"{key}\">{text}</data>")).concat();
        let _ = writeln!(out, "    <node id=\"{id}\">{data}</node>");
    }
    for (from, edge, to) in graph.edges() {
        let (relation, strength) = relation(edge);
        let [from, to] = [from, to].map(|node| described(case, node)[0].clone());
        let strength = strength.map_or(String::new(), |strength| format!("<data key=\"strength\">{strength}</data>"));
        let data = format!("<data key=\"relation\">{}</data>{strength}", xml(relation));
        let _ = writeln!(out, "    <edge source=\"{from}\" target=\"{to}\">{data}</edge>");
    }
    out + "  </graph>\n</graphml>\n"
}

/// The same in GEXF 1.3.
pub fn export_gexf(case: &Case) -> String {
    let graph = EvidenceGraph::new(case);
    let mut out = String::from(HEAD);
    out += "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  <graph defaultedgetype=\"directed\">\n";
    out += "    <attributes class=\"node\">\n";
    for name in OF_NODES {
        let _ = writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"string\"/>");
    }
    out += "    </attributes>\n    <attributes class=\"edge\">\n";
    for (name, kind) in OF_EDGES {
        let _ = writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>");
    }
    out += "    </attributes>\n    <nodes>\n";
    for node in graph.nodes() {
        let [id, label, sort, kind] = described(case, node);
        let values = [("sort", sort), ("kind", kind)].map(|(name, text)| value(name, &text)).concat();
        let _ = writeln!(out, "      <node id=\"{id}\" label=\"{label}\"><attvalues>{values}</attvalues></node>");
    }
    out += "    </nodes>\n    <edges>\n";
    for (number, (from, edge, to)) in graph.edges().enumerate() {
        let (relation, strength) = relation(edge);
        let [from, to] = [from, to].map(|node| described(case, node)[0].clone());
        let strength = strength.map_or(String::new(), |strength| value("strength", &strength.to_string()));
        let values = value("relation", &xml(relation)) + &strength;
        let _ = writeln!(
            out,
            "      <edge id=\"{number}\" source=\"{from}\" target=\"{to}\"><attvalues>{values}</attvalues></edge>"
        );
    }
    out + "    </edges>\n  </graph>\n</gexf>\n"
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn value(name: &str, text: &str) -> String {
    format!("<attvalue for=\"{name}\" value=\"{text}\"/>")
}

/// The id of a node, its words, its sort and its kind, as XML has them.
fn described(case: &Case, node: Node) -> [String; 4] {
    let (key, label, sort, kind) = match node {
        Node::Actor(id) => {
            let actor = &case.actors[id];
            (&actor.key, actor.name.as_str(), "actor", actor.kind.phrase())
        }
        Node::Document(id) => {
            let document = &case.documents[id];
            (&document.key, document.title.as_str(), "document", document.kind.phrase())
        }
        Node::Statement(id) => {
            let statement = &case.statements[id];
            let sort = if statement.is_claim() { "claim" } else { "relationship" };
            let kind = statement.claim_kind().map_or("", |kind| kind.word());
            (&statement.key, statement.text.as_str(), sort, kind)
        }
        Node::Inference(id) => {
            let inference = &case.inferences[id];
            (&inference.key, inference.scheme.as_deref().unwrap_or(inference.key.as_str()), "inference", "")
        }
    };
    [key.as_str(), label, sort, kind].map(xml)
}

/// What an edge is called, and its strength, where it has one.
fn relation(edge: &Edge) -> (&str, Option<f64>) {
    let side = |effect: &Effect| if *effect == Effect::Supports { "supports" } else { "opposes" };
    match edge {
        Edge::Evidence { effect, strength, .. } | Edge::Concludes { effect, strength } => {
            (side(effect), Some(strength.get()))
        }
        Edge::Given => ("premise of", None),
        Edge::GivenRejected => ("premise to be rejected of", None),
        Edge::Undercuts { strength, .. } => ("undercuts", Some(strength.get())),
        Edge::Impeaches { strength } => ("impeaches", Some(strength.get())),
        Edge::OriginOf => ("origin of", None),
        Edge::Underlies => ("underlies", None),
        Edge::Supersedes => ("supersedes", None),
        Edge::ReliedOn { .. } => ("relied on by", None),
        Edge::Entails => ("entails", None),
        Edge::Rivals => ("rivals", None),
        Edge::AllOfPart => ("part of all of", None),
        Edge::AnyOfPart => ("part of any of", None),
        Edge::OneOfPart => ("part of one of", None),
        Edge::SameAs => ("same as", None),
        Edge::BearsOn { withheld } => ("may bear on", Some(withheld.get())),
        Edge::Issued => ("issued", None),
        Edge::Holds => ("holds", None),
        Edge::Mentions => ("mentions", None),
        Edge::PartOf => ("part of", None),
        Edge::Related { kind, .. } => (kind.phrase(), None),
    }
}
