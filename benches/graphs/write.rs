//! Generated graphs as text: a case file, a ProbLog program, and plain lines for other programs.
//!
//! Claims and documents have the numbers of the graph in their ids, all of one width, so that the order of ids is the
//! order of numbers.

use std::io::{self, Write};

use super::Graph;

/// Plain lines: `n DOCUMENTS CLAIMS`, `d NUMBER RELIABILITY`, `c NUMBER SCORE`, `e FROM TO SIGN STRENGTH`.
pub fn write_ev(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "n {} {}", graph.documents.len(), graph.claims.len())?;
    for (number, reliability) in graph.documents.iter().enumerate() {
        writeln!(out, "d {number} {reliability:?}")?;
    }
    for (number, score) in (graph.documents.len()..).zip(&graph.claims) {
        writeln!(out, "c {number} {score:?}")?;
    }
    for link in &graph.links {
        let sign = if link.supports { '+' } else { '-' };
        writeln!(out, "e {} {} {sign} {:?}", link.from, link.to, link.strength)?;
    }
    Ok(())
}

/// A case file with a question for the top claim.
pub fn write_case(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Case(title:\"A generated case\",documents:{{")?;
    for (number, reliability) in graph.documents.iter().enumerate() {
        let id = id(graph, number);
        writeln!(out, "\"{id}\":(title:\"Document {number}\",reliability:{reliability:?}),")?;
    }
    writeln!(out, "}},claims:{{")?;
    let mut links: Vec<_> = graph.links.iter().collect();
    links.sort_by_key(|link| link.to);
    let mut rest = links.as_slice();
    for number in graph.documents.len()..graph.nodes() {
        let (own, others) = rest.split_at(rest.partition_point(|link| link.to <= number));
        rest = others;
        writeln!(out, "\"{}\":(text:\"Claim {number}\",evidence:[", id(graph, number))?;
        for link in own {
            let effect = if link.supports { "Supports" } else { "Opposes" };
            writeln!(out, "{effect}(from:\"{}\",strength:{:?}),", id(graph, link.from), link.strength)?;
        }
        writeln!(out, "]),")?;
    }
    let top = id(graph, graph.nodes() - 1);
    writeln!(out, "}},questions:{{\"top\":(text:\"Is the top claim so?\",claims:[\"{top}\"])}})")
}

/// A ProbLog program: `accepted(c)`, `rejected(c)` and `both(c)` are the degrees for, against and conflict. The top claim is
/// asked for. Not for graphs with loops through negation, which ProbLog refuses.
pub fn write_problog(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "accepted(C) :- for(C), \\+ against(C).\nrejected(C) :- against(C), \\+ for(C).")?;
    writeln!(out, "both(C) :- for(C), against(C).\nfor(none) :- fail.\nagainst(none) :- fail.")?;
    for (number, reliability) in graph.documents.iter().enumerate() {
        writeln!(out, "{reliability:?}::holds({}).", id(graph, number))?;
    }
    for link in &graph.links {
        let side = if link.supports { "for" } else { "against" };
        let met = if link.from < graph.documents.len() { "holds" } else { "accepted" };
        let (from, to) = (id(graph, link.from), id(graph, link.to));
        writeln!(out, "{:?}::{side}({to}) :- {met}({from}).", link.strength)?;
    }
    let top = id(graph, graph.nodes() - 1);
    writeln!(out, "query(accepted({top})).\nquery(rejected({top})).\nquery(both({top})).")
}

/// An argumentation framework of the same nodes and links, all of them attacks, as the ICCMA has them written: only as a
/// graph of that size.
pub fn write_framework(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "p af {}", graph.nodes())?;
    graph.links.iter().try_for_each(|link| writeln!(out, "{} {}", link.from + 1, link.to + 1))
}

fn id(graph: &Graph, number: usize) -> String {
    let width = (graph.nodes() - 1).to_string().len();
    let letter = if number < graph.documents.len() { 'd' } else { 'c' };
    format!("{letter}{number:0width$}")
}
