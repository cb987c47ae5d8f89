#!/usr/bin/env python3
"""How often what is said from sampled worlds is right: over many seeds, against exact answers.

Usage: benches/coverage.py [--seeds 1000] [--case graphs/contra-record] [--half-width 0.005], after `cargo build --release`;
EVIGRAPH=PROGRAM asks another build. For each seed the case is answered from sampled worlds, and held against the exact answer:

- each interval of a degree is to hold the exact degree in at least the stated share of the seeds (`--confidence`, 0.99);
- each verdict that is given is to be the exact one, where the exact degrees are not at a bar;
- whether statements are settled is to be right for all of them together in at least that share of the seeds, where
  "too close to tell" is never wrong.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
EVIGRAPH = os.environ.get("EVIGRAPH", ROOT / "target/release/evigraph")
DEGREES = ["for", "against", "conflict", "ignorance"]

# What rounding may leave.
TOLERANCE = 1e-9


def answer(case, *flags):
    command = [EVIGRAPH, "verdict", case, "--format", "json", *map(str, flags)]
    written = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {one["id"]: one for one in json.loads(written)["statements"]}


def misses(one, exact):
    """The degrees whose interval does not hold the exact one."""
    within = one.get("within", {degree: [one["degrees"][degree]] * 2 for degree in DEGREES})
    holds = lambda degree, value: within[degree][0] - TOLERANCE <= value <= within[degree][1] + TOLERANCE
    return [degree for degree in DEGREES if not holds(degree, exact["degrees"][degree])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--case", type=pathlib.Path, default=ROOT / "graphs/contra-record")
    parser.add_argument("--half-width", type=float, default=0.005)
    parser.add_argument("--confidence", type=float, default=0.99)
    arguments = parser.parse_args()
    flags = ["--half-width", arguments.half_width, "--confidence", arguments.confidence]
    exact = answer(arguments.case, "--method", "exact")
    missed, wrong, undecided, close = (collections.Counter() for _ in range(4))
    wrongly_settled = []
    for seed in range(arguments.seeds):
        sampled = answer(arguments.case, "--method", "sampled", "--seed", seed, *flags)
        contrary = []
        for key, one in sampled.items():
            missed.update((key, degree) for degree in misses(one, exact[key]))
            undecided[key] += one["verdict"] == "undecided"
            wrong[key] += one["verdict"] not in ("undecided", exact[key]["verdict"])
            close[key] += one["settled"] is None
            if one["settled"] not in (None, exact[key]["settled"]):
                contrary.append(key)
        if contrary:
            wrongly_settled.append((seed, contrary))
    asked = arguments.seeds * len(exact)
    worst = max(missed.values(), default=0)
    print(f"{arguments.seeds} seeds, {len(exact)} statements of {arguments.case.name}, half width {arguments.half_width}")
    print(f"intervals that miss the exact degree: {sum(missed.values())} of {4 * asked} "
          f"({sum(missed.values()) / (4 * asked):.5f}); of the worst degree {worst} of {arguments.seeds}")
    print(f"verdicts: {sum(wrong.values())} wrong, {sum(undecided.values())} undecided of {asked}")
    print(f"settled: wrong in {len(wrongly_settled)} of {arguments.seeds} seeds {wrongly_settled[:5]}; "
          f"too close to tell {sum(close.values())} of {asked}")


if __name__ == "__main__":
    main()
