"""Degrees by PySDD: FILE.ev top|all. Every link and document is a variable, in the order of a walk from the roots."""

import sys

from pysdd.sdd import SddManager
from reading import Answer, Graph

graph, answer = Graph(sys.argv[1]), Answer()
roots = graph.roots(sys.argv[2])
order = graph.order(roots)
variables = sum(1 if node not in graph.links else len(graph.links[node]) for node in order)
manager = SddManager(var_count=max(variables, 1), auto_gc_and_minimize=True)
weights, holds, sides = [], {}, {}


def variable(probability):
    weights.append(probability)
    return manager.literal(len(weights))


def kept(node):
    node.ref()
    return node


for node in order:
    if node not in graph.links:
        holds[node] = kept(variable(graph.reliability[node]))
        continue
    cases = {True: manager.false(), False: manager.false()}
    for source, supports, strength in graph.links[node]:
        cases[supports] = kept(cases[supports] | (variable(strength) & holds[source]))
    sides[node] = (cases[True], cases[False])
    holds[node] = kept(cases[True] & ~cases[False])


def probability(node):
    if node.is_true() or node.is_false():
        return float(node.is_true())
    counter = node.wmc(log_mode=False)
    for index, weight in enumerate(weights):
        counter.set_literal_weight(manager.literal(index + 1), weight)
        counter.set_literal_weight(manager.literal(-index - 1), 1 - weight)
    return counter.propagate()


for root in roots:
    supporting, opposing = sides[root]
    degrees = [supporting & ~opposing, opposing & ~supporting, supporting & opposing]
    answer.degrees[root] = [probability(degree) for degree in degrees]
answer.print()
