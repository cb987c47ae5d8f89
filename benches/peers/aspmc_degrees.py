"""Degrees by aspmc: FILE.ev top|all. It counts stable models, so loops through negation are unrolled before."""

import logging
import sys

from aspmc.config import config
from aspmc.programs.problogprogram import ProblogProgram
from clauses import Clauses
from reading import Answer, Graph

config["decot"] = "0.1"  # seconds for each tree decomposition, all of which it takes; 1 by default
logging.getLogger("aspmc").setLevel(logging.ERROR)
graph, answer = Graph(sys.argv[1]), Answer()
roots = graph.roots(sys.argv[2])
clauses = Clauses(graph, roots, "\\+")
name = clauses.unrolled()
for root in roots:
    certain = [name("f", root, "t"), name("a", root, "t")]
    possible = [name("f", root, "p"), name("a", root, "p")]
    clauses.clause(f"for{root}", certain[0], f"\\+ {possible[1]}")
    clauses.clause(f"against{root}", certain[1], f"\\+ {possible[0]}")
    clauses.clause(f"both{root}", *possible)
    clauses.lines += [f"query({side}{root})." for side in ("for", "against", "both")]
program = ProblogProgram(clauses.text(), [])
program.tpUnfold()
program.td_guided_both_clark_completion(adaptive=False, latest=False)
found = dict(zip(program.get_queries(), map(float, program.get_cnf().evaluate())))
for root in roots:
    answer.degrees[root] = [found.get(f"{side}{root}", 0.0) for side in ("for", "against", "both")]
answer.print()
