#!/usr/bin/env python3
"""Holds evigraph's exact degrees against ProbLog's, on random cases without a loop through negation.

Usage: benches/against_problog.py [CASES] [SEED], after `cargo build --release` and `pip install problog`.
Each case is written twice, as a case file and as a ProbLog program straight from the definition of the
semantics, so that the two share nothing. Every degree has to agree to 1e-9; exits 1 if one does not.
"""

import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from problog import get_evaluatable
from problog.program import PrologString

EVIGRAPH = pathlib.Path(__file__).resolve().parent.parent / "target/release/evigraph"


class Case:
    """A random case as RON entries and as ProbLog clauses."""

    def __init__(self, rng):
        self.rng = rng
        self.documents, self.claims, self.inferences, self.clauses = [], [], [], []
        self.facts = 0
        count = rng.randint(3, 6)
        for index in range(count):
            self.document(index)
        self.size = rng.randint(3, 7)
        for index in range(self.size):
            self.claim(index, count)
        for index in range(rng.randint(0, 3)):
            self.inference(index)

    def probability(self):
        return self.rng.choice([0.2, 0.4, 0.5, 0.65, 0.85, 1.0, round(self.rng.random(), 3)])

    def fact(self, probability):
        """A fact of its own, true with that probability."""
        self.facts += 1
        self.clauses.append(f"{probability}::f{self.facts}.")
        return f"f{self.facts}"

    def document(self, index):
        reliability = self.probability()
        origins = [o for o in range(index) if self.rng.random() < 0.4]
        self.documents.append(
            f'"d{index}": (title: "d{index}", reliability: {reliability}, derives_from: {names("d", origins)}),')
        own = self.fact(reliability)
        for origin in origins:
            self.clauses.append(f"holds(d{index}) :- {own}, holds(d{origin}).")
        if not origins:
            self.clauses.append(f"holds(d{index}) :- {own}.")

    def undercut(self, documents, below):
        """An undercut in RON, and the ProbLog atom that is true when it is in force."""
        strength = self.probability()
        own = self.fact(strength)
        atom = f"undercut({self.facts})"
        if below and self.rng.random() < 0.5:
            source = f"c{self.rng.randrange(below)}"
            self.clauses.append(f"{atom} :- {own}, accepted({source}).")
        else:
            source = f"d{self.rng.randrange(documents)}"
            self.clauses.append(f"{atom} :- {own}, holds({source}).")
        return f'(from: "{source}", strength: {strength})', atom

    def claim(self, index, documents):
        evidence = []
        for _ in range(self.rng.randint(1, 3)):
            effect, side = self.rng.choice([("Supports", "for"), ("Supports", "for"), ("Opposes", "against")])
            strength = self.probability()
            own = self.fact(strength)
            if index and self.rng.random() < 0.3:
                source = f"c{self.rng.randrange(index)}"
                body = [own, f"accepted({source})"]
            else:
                source = f"d{self.rng.randrange(documents)}"
                body = [own, f"holds({source})"]
            undercuts = []
            if self.rng.random() < 0.3:
                ron, atom = self.undercut(documents, index)
                undercuts.append(ron)
                body.append(f"\\+ {atom}")
            self.clauses.append(f"{side}(c{index}) :- {', '.join(body)}.")
            evidence.append(f'{effect}(from: "{source}", strength: {strength}, undercut_by: [{", ".join(undercuts)}])')
        entails = [weaker for weaker in range(index) if self.rng.random() < 0.15]
        for weaker in entails:
            self.clauses.append(f"for(c{weaker}) :- for(c{index}).")
            self.clauses.append(f"against(c{index}) :- against(c{weaker}).")
        self.claims.append(
            f'"c{index}": (text: "c{index}", evidence: [{", ".join(evidence)}], entails: {names("c", entails)}),')
        self.clauses.append(f"accepted(c{index}) :- for(c{index}), \\+ against(c{index}).")
        self.clauses.append(f"rejected(c{index}) :- against(c{index}), \\+ for(c{index}).")

    def inference(self, index):
        target = self.rng.randrange(1, self.size)
        given = self.rng.sample(range(target), min(target, self.rng.randint(1, 2)))
        strength = self.probability()
        effect, side = self.rng.choice([("Supports", "for"), ("Opposes", "against")])
        own = self.fact(strength)
        rejected = given[1:] if self.rng.random() < 0.3 else []
        accepted = [premise for premise in given if premise not in rejected]
        body = [own] + [f"accepted(c{p})" for p in accepted] + [f"rejected(c{p})" for p in rejected]
        self.clauses.append(f"{side}(c{target}) :- {', '.join(body)}.")
        self.inferences.append(
            f'"i{index}": (given: {names("c", accepted)}, given_rejected: {names("c", rejected)}, '
            f'to: "c{target}", effect: {effect}, strength: {strength}),')

    def loops_through_negation(self):
        """Whether some atom depends on its own denial. ProbLog refuses such programs, or is silently wrong."""
        needs, denials = {}, []
        for clause in self.clauses:
            head, _, body = clause.partition(" :- ")
            for literal in re.findall(r"(?:\\\+ )?\w+\(\w+\)", body):
                needed = literal.removeprefix("\\+ ")
                needs.setdefault(head, set()).add(needed)
                if needed != literal:
                    denials.append((head, needed))
        return any(head in reached(needs, needed) for head, needed in denials)

    def ron(self):
        sections = [("documents", self.documents), ("claims", self.claims), ("inferences", self.inferences)]
        body = "".join(f"  {name}: {{\n    " + "\n    ".join(entries) + "\n  },\n" for name, entries in sections)
        return f'Case(\n  title: "random",\n{body})\n'

    def program(self):
        # Clauses for predicates that nothing concludes: they are false, not unknown.
        heads = [f"{side}(none) :- fail." for side in ("for", "against")]
        queries = []
        for index in range(self.size):
            claim = f"c{index}"
            self.clauses.append(f"true({claim}) :- for({claim}), \\+ against({claim}).")
            self.clauses.append(f"false({claim}) :- against({claim}), \\+ for({claim}).")
            self.clauses.append(f"both({claim}) :- for({claim}), against({claim}).")
            queries += [f"query({value}({claim}))." for value in ("true", "false", "both")]
        return "\n".join(heads + self.clauses + queries)


def reached(needs, start):
    """Everything that an atom depends on, itself among it."""
    found, waiting = set(), [start]
    while waiting:
        atom = waiting.pop()
        if atom not in found:
            found.add(atom)
            waiting.extend(needs.get(atom, ()))
    return found


def names(letter, numbers):
    return "[" + ", ".join(f'"{letter}{number}"' for number in numbers) + "]"


def main():
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    worst, degrees, skipped = 0.0, 0, 0
    for number in range(cases):
        case = Case(random.Random(f"{seed}/{number}"))
        if case.loops_through_negation():
            skipped += 1
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "case.ron"
            path.write_text(case.ron())
            printed = subprocess.run(
                [EVIGRAPH, "verdict", path, "--no-settled", "--format", "json"], check=True, capture_output=True)
        ours = {s["id"]: s["degrees"] for s in json.loads(printed.stdout)["statements"]}
        theirs = get_evaluatable().create_from(PrologString(case.program())).evaluate()
        theirs = {str(query): value for query, value in theirs.items()}
        for claim, degree in ours.items():
            for name, value in (("for", "true"), ("against", "false"), ("conflict", "both")):
                difference = abs(degree[name] - theirs.get(f"{value}({claim})", 0.0))
                worst, degrees = max(worst, difference), degrees + 1
                if difference > 1e-9:
                    print(f"case {number}, {claim}, {name}: {degree[name]} here, "
                          f"{theirs.get(f'{value}({claim})')} in ProbLog\n{case.ron()}")
                    sys.exit(1)
    print(f"{cases} cases ({skipped} skipped for a loop through negation), {degrees} degrees: equal, the largest difference is {worst:.1e}")


if __name__ == "__main__":
    main()
