#!/usr/bin/env python3
"""Times evigraph beside every program that computes the same, on generated graphs, and prints a Markdown table.

    cargo build --release && cargo bench --bench generate --no-run
    benches/against_peers.py --generate GENERATE --peers VENV/bin/python --crustabri CRUSTABRI [--rows WORD] [--limit 60]

GENERATE is the file that the second command names; VENV has `problog`, `pysdd` and `pyagrum` installed, and for loops
`aspmc`, `pasp-plp` (dPASP; it builds against clingo's header and library, which the wheel of `clingo` has) and PASTA, from
github.com/damianoazzolini/pasta; `cargo install crustabri` makes the last. A peer that is not given is left out, with `-`
in its column.

Times are of whole processes, from start to exit, medians over runs (and seeds); the Python peers' own time without
starting, importing and printing stands behind in brackets. A ratio is the fastest peer's whole time over evigraph's.
Degrees are held against each other on the way: where they differ by more than 1e-9 the script ends with 1.
"""

import argparse
import itertools
import json
import math
import os
import pathlib
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
NO_LOOPS = {"tree", "layered", "local"}
LOOPS = ("positive", "cyclic")
# The script, the form of graph that it reads, and the shapes that it is for.
PEERS = {"ProbLog": ("problog_degrees.py", "problog", NO_LOOPS | {"positive"}),
         "PySDD": ("pysdd_degrees.py", "ev", NO_LOOPS), "pyAgrum": ("pyagrum_degrees.py", "ev", NO_LOOPS),
         "aspmc": ("aspmc_degrees.py", "ev", LOOPS), "dPASP": ("dpasp_degrees.py", "ev", LOOPS),
         "PASTA": ("pasta_degrees.py", "ev", LOOPS)}
# Sizes, and the first seeds with which an attack is in a loop.
SMALL_LOOPS = {7: (5, 13), 10: (1, 3, 5)}
# Those that do not go through all worlds.
COUNTING = ["ProbLog", "aspmc"]
COLUMNS = ["evigraph", *PEERS, "crustabri"]


class Run:
    """One process: how long it took, the most memory that it had, and what it printed."""

    def __init__(self, command, limit, memory=None):
        def bounded():
            if memory:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            start = time.perf_counter()
            process = subprocess.Popen([str(word) for word in command], stdout=out, stderr=errors, preexec_fn=bounded,
                                       start_new_session=True)
            timer = threading.Timer(limit, lambda: os.killpg(process.pid, signal.SIGKILL))
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
            self.seconds, self.memory = time.perf_counter() - start, usage.ru_maxrss * 1024
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0), errors.seek(0)
            self.out, self.errors = out.read(), errors.read().decode(errors="replace")
        self.failure = None
        if process.returncode:
            self.failure = self.reason(process.returncode, limit)

    def reason(self, code, limit):
        words = ("MemoryError", "bad_alloc", "memory allocation", "out of memory", "OutOfMemory")
        if any(word in self.errors for word in words):
            return "out of memory"
        if self.seconds >= limit:
            return f"over {limit:g} s"
        if "unexpected argument" in self.errors or "invalid value" in self.errors:
            return "not there yet"
        if "too closely for exact degrees" in self.errors:
            return f"refused after {seconds(self.seconds)}"
        return f"failed ({code})"


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder = options, pathlib.Path(folder)
        self.compared, self.worst, self.differing = 0, 0.0, []

    def graph(self, shape, size, seed, form):
        path = self.folder / f"{shape}-{size}-{seed}.{form}"
        if not path.exists():
            words = [self.options.generate, shape, size, seed, "--as", form, "-o", path]
            subprocess.run([str(word) for word in words], check=True)
        return path

    def top(self, size):
        return f"c{size - 1}"

    def ours(self, graph, which, flags):
        """A run of evigraph, and its degrees by the number of the claim."""
        claims = [self.top(graph[1])] if which == "top" else []
        command = [self.options.evigraph, "verdict", self.graph(*graph, "ron"), *claims, "--no-settled", "--format",
                   "json", *flags]
        run = Run(command, self.options.limit)
        if not run.failure:
            answer = json.loads(run.out)
            run.method = answer["method"]
            degrees = {int(one["id"][1:]): one["degrees"] for one in answer["statements"]}
            run.degrees = {claim: [of["for"], of["against"], of["conflict"]] for claim, of in degrees.items()}
        return run

    def theirs(self, peer, graph, which):
        script, form, shapes = PEERS[peer]
        if not self.options.peers or graph[0] not in shapes:
            return None
        command = [self.options.peers, HERE / "peers" / script, self.graph(*graph, form), which]
        run = Run(command, self.options.limit, self.options.memory << 30)
        if not run.failure:
            answer = json.loads(run.out.splitlines()[-1])  # dPASP speaks before
            run.inside = answer["seconds"]
            run.degrees = {int(claim): of for claim, of in answer["degrees"].items()}
        return run

    def repeated(self, one):
        """The run in the middle of several by time; one that fails, or takes a third of the limit, is not repeated."""
        first = one()
        if not first or first.failure or first.seconds > self.options.limit / 3:
            return first
        runs = [first, *(one() for _ in range(self.options.repeat - 1))]
        return sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]

    def compare(self, ours, theirs, peer, graph):
        if ours.failure or theirs.failure or ours.method["name"] != "exact":
            return
        for claim, degrees in theirs.degrees.items():
            for mine, other in zip(ours.degrees[claim], degrees):
                self.compared += 1
                self.worst = max(self.worst, abs(mine - other))
                if not abs(mine - other) <= 1e-9:
                    self.differing.append(f"{graph}, c{claim}: {mine} here, {other} in {peer}")

    def degrees_row(self, shape, size, seeds, which, flags, peers=PEERS):
        """Exact degrees beside the peers: medians over the seeds."""
        cells = {name: [] for name in COLUMNS}
        for seed in seeds:
            graph = (shape, size, seed)
            ours = self.repeated(lambda: self.ours(graph, which, flags))
            cells["evigraph"].append(ours)
            for peer in peers:
                if cells[peer] and cells[peer][-1].failure:
                    continue  # what was too much for one seed is so for the next
                theirs = self.repeated(lambda: self.theirs(peer, graph, which))
                if theirs:
                    cells[peer].append(theirs)
                    self.compare(ours, theirs, peer, graph)
        return cells

    def speed_row(self, shape, size, flags):
        return {"evigraph": [self.ours((shape, size, 1), "all", flags) for _ in range(self.options.repeat)]}

    def grounded_row(self, size):
        """The grounded model of one world, file read included, beside an argumentation framework of the same nodes
        and links."""
        cells = self.speed_row("cyclic", size, ["--method", "world"])
        if self.options.crustabri:
            framework = self.graph("cyclic", size, 1, "af")
            command = [self.options.crustabri, "solve", "-p", "SE-GR", "-f", framework, "--reader", "iccma23"]
            cells["crustabri"] = [Run(command, self.options.limit) for _ in range(self.options.repeat)]
        return cells


def shown(runs):
    """The median, the worst if there are several, and the time inside."""
    if not runs:
        return "-"
    failures = [run.failure for run in runs if run.failure]
    if failures:
        return failures[-1]
    times = [run.seconds for run in runs]
    text = seconds(statistics.median(times))
    if len(times) > 1:
        text += f" (worst {seconds(max(times))})"
    inside = [run.inside for run in runs if hasattr(run, "inside")]
    return text + (f" [{seconds(statistics.median(inside))}]" if inside else "")


def seconds(time):
    return f"{time:.3f} s" if time < 1 else f"{time:.2f} s"


def median(runs):
    done = [run.seconds for run in runs if not run.failure]
    return statistics.median(done) if runs and len(done) == len(runs) else None


def ratio(cells):
    ours = median(cells["evigraph"])
    theirs = [median(cells[name]) for name in COLUMNS[1:] if cells.get(name)]
    theirs = [time for time in theirs if time]
    return f"{min(theirs) / ours:.1f}" if ours and theirs else "-"


def notes(cells):
    """What evigraph says that it did, and the worlds that it went through in a second."""
    run = cells["evigraph"][-1]
    if run.failure:
        return ""
    name, worlds = run.method["name"], run.method.get("worlds")
    speed = f", {worlds / median(cells['evigraph']):.3g} worlds/s" if worlds else ""
    return f"{name}{speed}, {max(one.memory for one in cells['evigraph']) / 2**20:.0f} MiB"


def slope(points):
    """The slope of a line through the logarithms of points, by least squares."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x, mean_y = (statistics.mean(axis) for axis in zip(*logs))
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def rows(bench):
    """Each row: its words, and what fills it."""
    exact, seeds = ["--method", "exact"], (1, 2, 3, 4)
    for size in (100, 150, 200):
        flags = exact if size == 100 else []
        yield (f"one claim, layered {size}", lambda size=size, flags=flags: bench.degrees_row(
            "layered", size, seeds, "top", flags))
    for size in (60, 80, 100):
        yield (f"all claims, layered {size}", lambda size=size: bench.degrees_row(
            "layered", size, seeds, "all", exact))
    for size in (300, 10_000):
        yield (f"all claims, local {size}", lambda size=size: bench.degrees_row("local", size, (1,), "all", exact))
    for size in (1_000, 10_000, 100_000):
        yield (f"all claims, tree {size}", lambda size=size: bench.degrees_row("tree", size, (1,), "all", exact))
    for size in (40, 60, 100):
        yield (f"all claims, cyclic {size}", lambda size=size: bench.degrees_row(
            "cyclic", size, (1, 2), "all", [], peers=()))
    for shape in LOOPS:
        for size, chosen in SMALL_LOOPS.items():
            yield (f"loops, {shape} {size}", lambda shape=shape, size=size, chosen=chosen: bench.degrees_row(
                shape, size, chosen, "all", exact))
        for size, seed in itertools.product((20, 30, 40), (1, 2)):
            yield (f"loops, {shape} {size}, seed {seed}", lambda shape=shape, size=size, seed=seed: bench.degrees_row(
                shape, size, (seed,), "all", exact, peers=COUNTING))
    for size in (200, 1_000_000):
        yield (f"sampled, layered {size}", lambda size=size: bench.speed_row(
            "layered", size, ["--method", "sampled"]))
    yield "independent, layered 1000000", lambda: bench.speed_row("layered", 1_000_000, ["--method", "independent"])
    yield "bounds, layered 1000000", lambda: bench.speed_row("layered", 1_000_000, ["--method", "bounds"])
    yield "grounded, one world, cyclic 1000000", lambda: bench.grounded_row(1_000_000)


def growth(bench, method):
    """Whether time and memory are linear in the links from 10^4 to 10^6 nodes."""
    times, memory = [], []
    for size in (10_000, 100_000, 1_000_000):
        run = bench.ours(("layered", size, 1), "all", ["--method", method])
        if run.failure:
            return f"{method}: {run.failure} at {size}"
        times.append((size, run.seconds)), memory.append((size, run.memory))
    return f"{method}: slope of time {slope(times):.2f}, of memory {slope(memory):.2f} from 10^4 to 10^6"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target"))
    parser.add_argument("--evigraph", default=root / "release/evigraph", type=pathlib.Path)
    parser.add_argument("--generate", required=True, type=pathlib.Path, help="the generator of graphs")
    parser.add_argument("--peers", type=pathlib.Path, help="a Python that has the peers")
    parser.add_argument("--crustabri", type=pathlib.Path)
    parser.add_argument("--rows", default="", help="only rows with this in their name")
    parser.add_argument("--limit", default=60.0, type=float, help="seconds for a run")
    parser.add_argument("--memory", default=8, type=int, help="GiB of address space for a Python peer")
    parser.add_argument("--repeat", default=3, type=int, help="runs for each figure")
    parser.add_argument("--growth", action="store_true", help="the slopes as well")
    return parser.parse_args()


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, folder)
        print(f"| work | {' | '.join(COLUMNS)} | ratio | evigraph's method and memory |")
        print("| --- " * (len(COLUMNS) + 3) + "|")
        for name, fill in rows(bench):
            if options.rows in name:
                cells = fill()
                columns = " | ".join(shown(cells.get(column)) for column in COLUMNS)
                print(f"| {name} | {columns} | {ratio(cells)} | {notes(cells)} |", flush=True)
        for method in ("independent", "sampled") if options.growth else ():
            print("\n" + growth(bench, method), flush=True)
        print(f"\n{bench.compared} degrees held against the peers', the largest difference {bench.worst:.1e}.")
        for differing in bench.differing[:20]:
            print(differing, file=sys.stderr)
        sys.exit(1 if bench.differing else 0)


if __name__ == "__main__":
    main()
