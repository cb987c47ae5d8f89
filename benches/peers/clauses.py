"""A generated graph as a logic program, in clauses without variables.

Atoms of a claim: `f` a case for it, `a` one against it, `h` accepted; of a document, `h`; of a link, `l`. Where they have
three values, an atom with `t` behind is certain, one with `p` possible.
"""

import networkx

OTHER = {"t": "p", "p": "t"}


class Clauses:
    """The program for what the roots depend on, with the word for negation."""

    def __init__(self, graph, roots, negation):
        self.graph, self.negation = graph, negation
        order = graph.order(roots)
        self.claims = [node for node in order if node in graph.links]
        self.lines = [f"{graph.reliability[node]}::h{node}." for node in order if node not in graph.links]
        for node in self.claims:
            self.lines += [f"{link[2]}::l{node}_{place}." for place, link in enumerate(graph.links[node])]

    def clause(self, head, *body):
        self.lines.append(f"{head} :- {', '.join(body)}.")

    def claim(self, node, value, name):
        """What makes a claim certain or possible; absent is what is so by the other value."""
        for place, (source, supports, _) in enumerate(self.graph.links[node]):
            met = name("h", source, value) if source in self.graph.links else f"h{source}"
            self.clause(name("f" if supports else "a", node, value), f"l{node}_{place}", met)
        denied = f"{self.negation} {name('a', node, OTHER[value])}"
        self.clause(name("h", node, value), name("f", node, value), denied)

    def plain(self):
        """As the semantics has it. Returns what the atoms are called, as the others do."""
        for node in self.claims:
            self.claim(node, "t", single)
        return single

    def doubled(self):
        """A program whose stable models are the partial stable models of the plain one, of which the least is the
        well-founded model (Janhunen, Niemelä, Seipel, Simons and You 2006)."""
        for node in self.claims:
            for value in "tp":
                self.claim(node, value, double)
            for letter in "fah":
                self.clause(double(letter, node, "p"), double(letter, node, "t"))
        return double

    def unrolled(self):
        """The alternating fixed point (Van Gelder 1993) of each component, written out for as many rounds as it may
        need: a program without loops through negation."""
        names = {}
        network = networkx.DiGraph((source, node) for node in self.claims for source, _, _ in self.graph.links[node])
        network.remove_nodes_from(range(len(self.graph.reliability)))
        network.add_nodes_from(self.claims)
        components = networkx.condensation(network)
        for number in networkx.topological_sort(components):
            component = components.nodes[number]["members"]
            links = [(node, *link) for node in component for link in self.graph.links[node]]
            denied = {node for node, source, supports, _ in links if source in component and not supports}
            below = {source for _, source, _, _ in links if source in names}
            if not denied and all(names[source] is single for source in below):
                for node in component:
                    self.claim(node, "t", single)
                names |= dict.fromkeys(component, single)
                continue
            for copy in range(1, 2 * len(denied) + 3):
                name = numbered(dict(names), component, denied, copy)
                for node in component:
                    self.claim(node, "tp"[copy % 2], name)
            names |= dict.fromkeys(component, name)
        return lambda letter, node, value: names[node](letter, node, value)

    def text(self):
        return "\n".join(dict.fromkeys(self.lines)) + "\n"


def single(letter, node, value):
    return f"{letter}{node}"


def double(letter, node, value):
    return f"{letter}{node}{value}"


def numbered(names, component, denied, copy):
    """The names in a copy of a component: odd copies make atoms possible, each by what the copy before made certain, and
    even ones certain. A case against a claim that depends on no negation in the component is the same in all."""
    def name(letter, node, value):
        if node not in component:
            return names[node](letter, node, value)
        if letter == "a" and node not in denied:
            return double(letter, node, value)
        return f"{letter}{node}_{copy - (value != 'tp'[copy % 2])}"
    return name
