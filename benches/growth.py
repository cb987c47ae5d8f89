#!/usr/bin/env python3
"""How time grows with the size of a real case: linked copies of a shipped one, and more and more withheld passages.

Usage: benches/growth.py [--copies 1 2 4 8] [--passages 0 10 20 40] [--repeat 3], after `cargo build --release`;
EVIGRAPH=PROGRAM times another build. Copies of `graphs/contra-record` share its sources, and two weak inferences from each
copy to the next and back tie all of them into one strongly connected component. Times are of the processor, of the whole
process, the median of several runs; the slope is that of the line through their logarithms.
"""

import argparse
import json
import math
import os
import pathlib
import re
import resource
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
EVIGRAPH = os.environ.get("EVIGRAPH", ROOT / "target/release/evigraph")
CASE = ROOT / "graphs/contra-record"

# Supported by itself in the copy before, and in the copy after.
FORWARD, BACK = "complicity", "poor-control"

COMMANDS = {
    "verdict": ["verdict", "{case}", "--format", "json"],
    "verdict --no-settled": ["verdict", "{case}", "--format", "json", "--no-settled"],
    "check": ["check", "{case}"],
    "settled": ["settled", "{case}", "knowing-use.0"],
    "why": ["why", "{case}", "knowing-use.0"],
    "report": ["report", "{case}"],
}


def ids(texts):
    """Everything that a copy has of its own: statements, questions, inferences."""
    written = subprocess.run(
        [EVIGRAPH, "verdict", CASE, "--format", "json", "--no-settled"], capture_output=True, text=True, check=True
    )
    answer = json.loads(written.stdout)
    found = {entry["id"] for kind in ("statements", "questions") for entry in answer[kind]}
    for text in texts.values():
        found |= set(re.findall(r'"([\w.-]+)":\s*\(\s*(?:scheme[^,]*,\s*)?given\b', text))
    return found


def write(folder, copies, passages=None):
    """Writes a case of so many linked copies, with all withheld passages or so many."""
    texts = {file.name: file.read_text() for file in sorted(CASE.glob("*.ron"))}
    own, left = ids(texts), [math.inf if passages is None else passages]

    def renamed(text, copy):
        return re.sub(r'"([\w.-]+)"', lambda match: f'"{match[1]}.{copy}"' if match[1] in own else match[0], text)

    def bears_on_all(match):
        on = [f'"{statement}.{copy}"' for statement in re.findall(r'"([^"]+)"', match[1]) for copy in range(copies)]
        kept = on[: int(min(left[0], len(on)))]
        left[0] -= len(kept)
        return f"bears_on: [{', '.join(kept)}]"

    includes = {"links.ron": "".join(
        f'"forward-{copy}": (given: ["{FORWARD}.{copy}"], to: "{FORWARD}.{copy + 1}", effect: Supports, strength: Weak),\n'
        f'"back-{copy}": (given: ["{BACK}.{copy + 1}"], to: "{BACK}.{copy}", effect: Supports, strength: Weak),\n'
        for copy in range(copies - 1)
    )}
    includes["links.ron"] = 'Case(title: "Links", inferences: {\n' + includes["links.ron"] + "})\n"
    # The questions are those of the first copy.
    head = renamed(texts.pop("case.ron"), 0)
    for name, text in texts.items():
        if re.search(r"^\s*(claims|relationships|inferences|questions):", text, re.M):
            includes |= {name.replace(".ron", f"-{copy}.ron"): renamed(text, copy) for copy in range(copies)}
        else:
            includes[name] = re.sub(r"bears_on:\s*\[([^\]]*)\]", bears_on_all, text)
    listed = ", ".join(f'"{name}"' for name in includes)
    includes["case.ron"] = re.sub(r"includes:\s*\[[^\]]*\],", f"includes: [{listed}],", head)
    for name, text in includes.items():
        (folder / name).write_text(text)


def seconds(command, repeat):
    """Processor time of a command, user and system."""
    times = []
    for _ in range(repeat):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([EVIGRAPH, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return statistics.median(times)


def undecided(case):
    """How many verdicts are undecided, and of how many statements it is too close to tell whether they are settled."""
    written = subprocess.run([EVIGRAPH, "verdict", case, "--format", "json"], capture_output=True, text=True, check=True)
    statements = json.loads(written.stdout)["statements"]
    too_close = sum(one["settled"] is None for one in statements)
    return len(statements), sum(one["verdict"] == "undecided" for one in statements), too_close


def slope(sizes, times):
    """Of the line through the logarithms."""
    points = [(math.log(size), math.log(time)) for size, time in zip(sizes, times) if size > 0]
    if len(points) < 2:
        return math.nan
    mean = [statistics.mean(axis) for axis in zip(*points)]
    return sum((x - mean[0]) * (y - mean[1]) for x, y in points) / sum((x - mean[0]) ** 2 for x, _ in points)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, nargs="*", default=[1, 2, 4, 8, 16, 32, 50])
    parser.add_argument("--passages", type=int, nargs="*", default=[0, 5, 10, 20, 40])
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    curves = [("statements", asked.copies, lambda copies: (copies, None))]
    curves.append(("passages", asked.passages, lambda passages: (2, passages)))
    for axis, values, of in curves:
        print(f"| {axis} | undecided | too close | " + " | ".join(f"`{name}`" for name in COMMANDS) + " |")
        print("| --- " * (len(COMMANDS) + 3) + "|")
        sizes, times = [], {name: [] for name in COMMANDS}
        for value in values:
            with tempfile.TemporaryDirectory() as folder:
                write(pathlib.Path(folder), *of(value))
                statements, verdicts, settled = undecided(folder)
                sizes.append(statements if axis == "statements" else value)
                for name, command in COMMANDS.items():
                    times[name].append(seconds([part.format(case=folder) for part in command], asked.repeat))
                row = " | ".join(f"{of_command[-1]:.2f} s" for of_command in times.values())
                print(f"| {sizes[-1]} | {verdicts} | {settled} | {row} |", flush=True)
        print("| slope | | | " + " | ".join(f"{slope(sizes, of_command):.2f}" for of_command in times.values()) + " |\n")


if __name__ == "__main__":
    main()
