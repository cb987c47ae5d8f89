"""What the scripts beside share: a generated graph read from its plain lines, and how an answer is printed."""

import json
import time


class Graph:
    """Reliabilities of documents, numbered from 0; claims after them; for each claim its links."""

    def __init__(self, path):
        self.reliability, self.links = [], {}
        with open(path) as lines:
            for line in lines:
                kind, *rest = line.split()
                if kind == "d":
                    self.reliability.append(float(rest[1]))
                elif kind == "c":
                    self.links[int(rest[0])] = []
                elif kind == "e":
                    self.links[int(rest[1])].append((int(rest[0]), rest[2] == "+", float(rest[3])))

    def order(self, roots):
        """The documents and claims that the roots depend on, each behind what it depends on."""
        found, seen, waiting = [], set(), [(root, False) for root in roots]
        while waiting:
            node, done = waiting.pop()
            if done:
                found.append(node)
            elif node not in seen:
                seen.add(node)
                waiting.append((node, True))
                waiting.extend((source, False) for source, _, _ in self.links.get(node, ()))
        return found

    def roots(self, which):
        """The top claim, or all claims."""
        return list(self.links) if which == "all" else [max(self.links)]


class Answer:
    """Degrees by the number of the claim: for, against, conflict. Times its own making."""

    def __init__(self):
        self.started, self.degrees = time.perf_counter(), {}

    def print(self):
        print(json.dumps({"seconds": time.perf_counter() - self.started, "degrees": self.degrees}))
