"""Degrees by PASTA: FILE.ev top|all. Bounds over the stable models of a program that has the well-founded model among
them as the one with the fewest certain and the most possible atoms."""

import sys

from clauses import Clauses
from pastasolver.pasta_solver import Pasta
from reading import Answer, Graph

graph, answer = Graph(sys.argv[1]), Answer()
roots = graph.roots(sys.argv[2])
clauses = Clauses(graph, roots, "not")
clauses.doubled()
for root in roots:
    clauses.clause(f"for{root}", f"f{root}t", f"not a{root}p")
    clauses.clause(f"against{root}", f"a{root}t", f"not f{root}p")
    clauses.clause(f"both{root}", f"f{root}p", f"a{root}p")
program = clauses.text()
for root in roots:
    bounds = [Pasta("", f"{side}{root}").inference(program) for side in ("for", "against", "both")]
    answer.degrees[root] = [bounds[0][0], bounds[1][0], bounds[2][1]]
answer.print()
