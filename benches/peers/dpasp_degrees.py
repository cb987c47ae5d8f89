"""Degrees by dPASP: FILE.ev top|all. Lower probabilities under its partial stable semantics: what is so in all partial
stable models is so in the well-founded one."""

import sys

import pasp
from clauses import Clauses
from reading import Answer, Graph

graph, answer = Graph(sys.argv[1]), Answer()
roots = graph.roots(sys.argv[2])
clauses = Clauses(graph, roots, "not")
clauses.plain()
for root in roots:
    clauses.clause(f"for{root}", f"f{root}", f"not a{root}")
    clauses.clause(f"against{root}", f"a{root}", f"not f{root}")
    clauses.clause(f"clear{root}", f"not f{root}")
    clauses.clause(f"clear{root}", f"not a{root}")
    clauses.lines += [f"#query({side}{root})." for side in ("for", "against", "clear")]
program = pasp.parse(clauses.text(), from_str=True, semantics="partial")
lower = iter(pasp.exact(program, psemantics="credal", quiet=True, status=False)[:, 0])
for root in roots:
    answer.degrees[root] = [float(next(lower)), float(next(lower)), 1.0 - float(next(lower))]
answer.print()
