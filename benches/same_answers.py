#!/usr/bin/env python3
"""Compares what two builds of evigraph answer, byte for byte.

    python3 benches/same_answers.py OLD NEW [--only WORD] [--show N]

Runs every command of the program, in every format, on every case in graphs/ with both builds, and compares exit code,
standard output and standard error. PNG and PDF are left out: their renderers may differ. Prints each command whose
answers differ, with the first lines that do, and exits with 1 if there is one.
"""

import argparse
import concurrent.futures
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
GRAPHS = sorted(
    path for path in (ROOT / "graphs").iterdir() if path.suffix == ".ron" or (path / "case.ron").exists()
)
VIEWS = ["argument", "sources", "actors", "provenance", "all"]


def entries(case):
    """Ids of claims, relationships, sources and questions of a case, found in its text."""
    files = [case] if case.is_file() else sorted(case.glob("*.ron"))
    found = {}
    for file in files:
        section = None
        for line in file.read_text().splitlines():
            head = re.match(r"    (\w+): \{", line)
            entry = re.match(r'        "([^"]+)": ', line)
            if head:
                section = head[1]
            elif entry and section:
                found.setdefault(section, []).append(entry[1])
    return found


def commands(case):
    """Every command line that is tried on a case."""
    name = str(case.relative_to(ROOT))
    found = entries(case)
    statements = found.get("claims", []) + found.get("relationships", [])
    sources = found.get("documents", []) + found.get("actors", [])
    for form in ("text", "json", "short"):
        yield ["check", name, "--format", form]
    for form in ("text", "json", "jsonl"):
        yield ["verdict", name, "--format", form]
        yield ["verdict", name, "--format", form, "--no-settled"]
    for method in ("auto", "exact", "sampled", "independent", "bounds", "world"):
        for form in ("text", "json"):
            yield ["verdict", name, "--method", method, "--format", form]
    for standard in ("preponderance", "clear-and-convincing", "beyond-reasonable-doubt"):
        yield ["verdict", name, "--standard", standard, "--format", "json"]
    for statement in statements:
        for form in ("text", "json"):
            yield ["settled", name, statement, "--format", form]
            yield ["why", name, statement, "--format", form]
        yield ["query", name, "readings", statement]
    for statement in statements[:6]:
        yield ["settled", name, statement, "--whatever-the-dependence"]
        for other in ("established", "refuted", "contested"):
            yield ["why", name, statement, "--not", other]
        for method in ("sampled", "independent", "bounds", "world"):
            yield ["why", name, statement, "--method", method, "--format", "json"]
            yield ["settled", name, statement, "--method", method, "--format", "json"]
    for source in sources[:12]:
        yield ["verdict", name, "--without", source, "--format", "json"]
        yield ["compare", name, "--without", source]
        yield ["compare", name, "--without", source, "--format", "json"]
        yield ["verdict", name, "--set", f"{source}=0.3", "--format", "json"]
        yield ["query", name, "derives", source]
        yield ["query", name, "derives", source, "--format", "json"]
    for question in (["collections"], ["open"], ["claims"], ["claims", "verdict:supported"], ["actors"], ["documents"],
                     ["sources"], ["documents", "kind:NewsReport"], ["open", "withheld"], ["open", "single_source"]):
        for form in ("text", "json"):
            yield ["query", name, *question, "--format", form]
    for actor in found.get("actors", [])[:8]:
        for other in found.get("actors", [])[:8]:
            yield ["query", name, "paths", actor, other]
    for other in GRAPHS:
        if other.is_dir() == case.is_dir():
            yield ["compare", name, str(other.relative_to(ROOT))]
            yield ["compare", name, str(other.relative_to(ROOT)), "--format", "json"]
    for form in ("markdown", "html"):
        yield ["report", name, "--format", form]
        yield ["report", name, "--format", form, "--method", "sampled"]
    for view in VIEWS:
        for form in ("svg", "dot", "mermaid", "html"):
            yield ["diagram", name, "--view", view, "--format", form]
    for cluster in ("collection", "origin", "section", "kind"):
        yield ["diagram", name, "--cluster", cluster]
        yield ["diagram", name, "--cluster", cluster, "--collapse"]
    for statement in statements[:4]:
        yield ["diagram", name, "--focus", statement]


def answer(program, arguments):
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "CLICOLOR_FORCE")}
    done = subprocess.run([program, *arguments], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def differs(old, new, arguments):
    """What differs between the two answers; nothing where they are the same."""
    one, other = answer(old, arguments), answer(new, arguments)
    if one == other:
        return one[0], []
    lines = [] if one[0] == other[0] else [f"exit {one[0]} -> {other[0]}"]
    for before, after in zip(one[1:], other[1:]):
        diff = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
        lines += [line[:200] for line in diff if not line.startswith(("---", "+++", "@@"))]
    return one[0], lines or ["only the line ends differ"]


def copied(program, folder):
    folder.mkdir()
    return shutil.copy(program, folder / "evigraph")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--only", help="only command lines that have this word in them")
    parser.add_argument("--show", type=int, default=6, help="lines shown for each difference")
    options = parser.parse_args()
    tried = [line for case in GRAPHS for line in commands(case)]
    if options.only:
        tried = [line for line in tried if options.only in " ".join(line)]
    # Both under the name of the program, which messages about usage show.
    folder = tempfile.TemporaryDirectory()
    old, new = (copied(program, pathlib.Path(folder.name) / side) for program, side in ((options.old, "old"), (options.new, "new")))
    different, exits = 0, {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for line, (exit_code, found) in zip(tried, pool.map(lambda line: differs(old, new, line), tried)):
            exits[exit_code] = exits.get(exit_code, 0) + 1
            if found:
                different += 1
                print("evigraph", *line)
                print(*(f"    {text}" for text in found[: options.show]), sep="\n")
    print(f"{len(tried)} commands, {different} with another answer; exit codes {dict(sorted(exits.items()))}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
