"""Degrees by pyAgrum: FILE.ev top|all. A Bayesian network: the case for a claim and the case against it are noisy-ors."""

import sys

import pyagrum as gum
from reading import Answer, Graph

graph, answer = Graph(sys.argv[1]), Answer()
roots = graph.roots(sys.argv[2])
network = gum.BayesNet()
for node in graph.order(roots):
    if node not in graph.links:
        network.add(gum.LabelizedVariable(f"h{node}", "", 2))
        network.cpt(f"h{node}").fillWith([1 - graph.reliability[node], graph.reliability[node]])
        continue
    for side, name in ((True, f"f{node}"), (False, f"a{node}")):
        links = [(source, strength) for source, supports, strength in graph.links[node] if supports == side]
        if links:
            network.addNoisyOR(gum.LabelizedVariable(name, "", 2), 0.0)
            for source, strength in links:
                network.addWeightedArc(f"h{source}", name, strength)
        else:
            network.add(gum.LabelizedVariable(name, "", 2))
            network.cpt(name).fillWith([1, 0])
    network.add(gum.LabelizedVariable(f"h{node}", "", 2))
    network.addArc(f"f{node}", f"h{node}")
    network.addArc(f"a{node}", f"h{node}")
    for supported in (0, 1):
        for opposed in (0, 1):
            accepted = supported * (1 - opposed)
            network.cpt(f"h{node}")[{f"f{node}": supported, f"a{node}": opposed}] = [1 - accepted, accepted]

inference = gum.LazyPropagation(network)
inference.setNumberOfThreads(1)
inference.eraseAllTargets()
for root in roots:
    inference.addJointTarget({f"f{root}", f"a{root}"})
inference.makeInference()
for root in roots:
    joint = inference.jointPosterior({f"f{root}", f"a{root}"})
    value = lambda supported, opposed: joint[{f"f{root}": supported, f"a{root}": opposed}]
    answer.degrees[root] = [value(1, 0), value(0, 1), value(1, 1)]
answer.print()
