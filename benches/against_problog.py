#!/usr/bin/env python3
"""Holds evigraph's exact degrees against ProbLog's, on random cases without a loop through negation.

Usage: benches/against_problog.py [CASES] [SEED], after `cargo build --release` and `pip install problog`;
EVIGRAPH=PROGRAM checks another build. Each case is written twice, as a case file and as a ProbLog program straight from
the definition of the semantics, so that the two share nothing. ProbLog is asked twice: without rivals, which tells what
is out, and with them. Every degree has to agree to 1e-9; exits 1 if one does not.
"""

import json
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from problog import get_evaluatable
from problog.program import PrologString

EVIGRAPH = os.environ.get("EVIGRAPH", pathlib.Path(__file__).resolve().parent.parent / "target/release/evigraph")

# The default standard of proof: the case, and by how much it has to lead.
CASE, MARGIN = 0.75, 0.35


class Case:
    """A random case as RON entries and as ProbLog clauses."""

    def __init__(self, rng):
        self.rng = rng
        self.documents, self.claims, self.inferences, self.clauses = [], [], [], []
        self.roots, self.behind, self.entailments, self.rivals, self.exactly_one = {}, {}, [], set(), {}
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
        needs = [o for o in range(index) if self.rng.random() < 0.15]
        self.behind[index] = {*origins, *needs}.union(*(self.behind[o] for o in origins + needs))
        self.roots[index] = frozenset().union(*(self.roots[o] for o in origins + needs)) or frozenset([index])
        older = [o for o in range(index) if o not in self.behind[index] and self.rng.random() < 0.15]
        self.documents.append(
            f'"d{index}": (title: "d{index}", reliability: {reliability}, derives_from: {names("d", origins)}, '
            f'rests_on: {names("d", needs)}, supersedes: {names("d", older)}),')
        body = [self.fact(reliability), f"\\+ superseded(d{index})"] + [f"holds(d{need})" for need in needs]
        for origin in origins:
            self.clauses.append(f"holds(d{index}) :- {', '.join(body)}, holds(d{origin}).")
        if not origins:
            self.clauses.append(f"holds(d{index}) :- {', '.join(body)}.")
        self.clauses += [f"superseded(d{other}) :- holds(d{index})." for other in older]

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
        links = [self.link(index, documents) for _ in range(self.rng.randint(0, 4))]
        self.steps(index, links)
        entails = [weaker for weaker in range(index) if self.rng.random() < 0.15]
        self.entailments += [(index, weaker) for weaker in entails]
        members = self.members(index)
        fields = f'text: "c{index}", evidence: [{", ".join(ron for _, _, _, _, ron in links)}], entails: {names("c", entails)}'
        if members:
            fields += f', one_of: {names("c", members)}'
        if self.rng.random() < 0.2:
            assumed = self.probability()
            fields += f", assumed: {assumed}"
            self.clauses.append(f"for(c{index}) :- {self.fact(assumed)}.")
        self.claims.append(f'"c{index}": ({fields}),')
        self.clauses.append(f"accepted(c{index}) :- for(c{index}), \\+ against(c{index}).")
        self.clauses.append(f"rejected(c{index}) :- against(c{index}), \\+ for(c{index}).")

    def members(self, index):
        """Earlier claims of which exactly one is so where this one is; none may entail another, or this one them."""
        members = [member for member in range(index) if self.rng.random() < 0.4][:3]
        weaker = {strong: {weak for other, weak in self.entailments if other == strong} for strong in range(index + 1)}
        related = [(a, b) for a in [*members, index] for b in members if a != b and b in reached(weaker, a)]
        if len(members) < 2 or related:
            return []
        self.exactly_one[index] = members
        self.entailments += [(member, index) for member in members]
        self.rivals |= {(a, b) for a in members for b in members if a != b}
        against = ", ".join(f"against(c{member})" for member in members)
        self.clauses.append(f"against(c{index}) :- {against}.")
        if self.rng.random() < 0.6:
            self.clear(members[1:])
        return members

    def clear(self, members):
        """A strong case against each, by a witness who always holds, so that they are mostly out."""
        for member in members:
            strength = self.rng.choice([0.85, 0.95, 1.0])
            self.clauses.append(f"against(c{member}) :- {self.fact(strength)}.")
            self.inferences.append(f'"n{self.facts}": (given: ["a"], to: "c{member}", effect: Opposes, strength: {strength}),')

    def link(self, index, documents):
        """What a link comes from, its side, its strength, what it needs, and the link in RON."""
        effect, side = self.rng.choice([("Supports", "for"), ("Supports", "for"), ("Opposes", "against")])
        strength = self.probability()
        if index and self.rng.random() < 0.3:
            source = f"c{self.rng.randrange(index)}"
            body = [f"accepted({source})"]
        else:
            source = f"d{self.rng.randrange(documents)}"
            body = [f"holds({source})"]
        undercuts = []
        if self.rng.random() < 0.3:
            ron, atom = self.undercut(documents, index)
            undercuts.append(ron)
            body.append(f"\\+ {atom}")
        ron = f'{effect}(from: "{source}", strength: {strength}, undercut_by: [{", ".join(undercuts)}])'
        return source, side, strength, body, ron

    def steps(self, index, links):
        """Links of one side whose accounts go back to the same roots share one draw."""
        groups = {}
        for place, (source, side, strength, body, _) in enumerate(links):
            account = self.roots[int(source[1:])] if source[0] == "d" else place
            groups.setdefault((side, account), []).append((strength, body))
        for (side, _), step in groups.items():
            drawn, stronger = [], 1.0
            for strength in sorted({strength for strength, _ in step}, reverse=True):
                drawn, stronger = drawn + [self.fact(strength / stronger)], strength
                for _, body in (link for link in step if link[0] == strength):
                    self.clauses.append(f"{side}(c{index}) :- {', '.join(drawn + body)}.")

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
        clauses = self.clauses + self.relations(True, set())
        for members in self.exactly_one.values():
            for left in members:
                clauses += self.relations(True, set(members) - {left})
        for clause in clauses:
            head, _, body = clause.partition(" :- ")
            for literal in re.findall(r"(?:\\\+ )?\w+\(\w+\)", body):
                needed = literal.removeprefix("\\+ ")
                needs.setdefault(head, set()).add(needed)
                if needed != literal:
                    denials.append((head, needed))
        return any(head in reached(needs, needed) for head, needed in denials)

    def ron(self):
        sections = [("actors", ['"a": (name: "A"),']), ("documents", self.documents), ("claims", self.claims), ("inferences", self.inferences)]
        body = "".join(f"  {name}: {{\n    " + "\n    ".join(entries) + "\n  },\n" for name, entries in sections)
        return f'Case(\n  title: "random",\n{body})\n'

    def relations(self, rivals, out):
        """What follows from cases for and against others: what is out proves nothing."""
        clauses = [f"for(c{weak}) :- for(c{strong})." for strong, weak in self.entailments if strong not in out]
        clauses += [f"against(c{strong}) :- against(c{weak})." for strong, weak in self.entailments]
        if rivals:
            clauses += [f"against(c{b}) :- for(c{a})." for a, b in sorted(self.rivals) if a not in out]
        for whole, members in self.exactly_one.items():
            left = [member for member in members if member not in out]
            if len(left) == 1:
                others = [f"against(c{member})" for member in members if member in out]
                clauses.append(f"for(c{left[0]}) :- {', '.join([f'for(c{whole})'] + others)}.")
        return clauses

    def program(self, rivals, out):
        # Clauses for predicates that nothing concludes: they are false, not unknown.
        heads = [f"{head}(none) :- fail." for head in ("for", "against", "superseded")]
        lines = heads + self.clauses + self.relations(rivals, out)
        for claim in (f"c{index}" for index in range(self.size)):
            lines.append(f"true({claim}) :- for({claim}), \\+ against({claim}).")
            lines.append(f"false({claim}) :- against({claim}), \\+ for({claim}).")
            lines.append(f"both({claim}) :- for({claim}), against({claim}).")
            lines += [f"query({value}({claim}))." for value in ("true", "false", "both")]
        return "\n".join(lines)

    def degrees(self):
        """For, against and conflict of every claim, by ProbLog."""
        def ask(rivals, out):
            found = get_evaluatable().create_from(PrologString(self.program(rivals, out))).evaluate()
            found = {str(query): value for query, value in found.items()}
            return [[found.get(f"{value}(c{index})", 0.0) for value in ("true", "false", "both")]
                    for index in range(self.size)]
        out = {index for index, (true, false, both) in enumerate(ask(False, set())) if meets(false + both, true + both)}
        return ask(True, out)


def meets(case, other):
    """Whether a case meets the standard against another: by its lead, or by its weight."""
    def weight(case):
        return -math.log(max(1.0 - case, 1e-9))
    outweighs = weight(CASE) / weight(CASE - MARGIN)
    return case >= CASE - 1e-9 and (case - other >= MARGIN - 1e-9 or weight(case) >= outweighs * weight(other) - 1e-9)


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
        for index, theirs in enumerate(case.degrees()):
            for name, expected in zip(("for", "against", "conflict"), theirs):
                found = ours[f"c{index}"][name]
                worst, degrees = max(worst, abs(found - expected)), degrees + 1
                if abs(found - expected) > 1e-9:
                    print(f"case {number}, c{index}, {name}: {found} here, {expected} in ProbLog\n{case.ron()}")
                    sys.exit(1)
    print(f"{cases} cases ({skipped} skipped for a loop through negation), {degrees} degrees: equal, "
          f"the largest difference is {worst:.1e}")


if __name__ == "__main__":
    main()
