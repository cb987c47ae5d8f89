#!/usr/bin/env python3
"""Whether the servers stay as small as they start: `evigraph lsp` and `evigraph watch` under random edits, for a long time.

Usage: benches/load.py [--minutes 60] [--case graphs/contra-record] [--seed 1], after `cargo build --release`; EVIGRAPH=PROGRAM
asks another build. Linux only: memory and descriptors are read from /proc.

A copy of the case is edited at random, in the editor's buffer and on the disk: bits of it are cut out, doubled, moved and mistyped,
and now and then everything is undone. Meanwhile the language server is asked for all that an editor asks for, and the page
of `watch` for everything that it shows. Twice a minute the resident memory and the open descriptors of both are noted. What
is asked for in the end:

- after the first fifth of the time, the largest memory grows by less than a tenth until the end;
- descriptors and threads are as many at the end as after that fifth, but for those of requests under way;
- both still answer, and end when they are asked to.
"""

import argparse
import json
import os
import pathlib
import queue
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
EVIGRAPH = os.environ.get("EVIGRAPH", str(ROOT / "target/release/evigraph"))

# So many descriptors or threads may be those of requests under way.
UNDER_WAY = 8


class Text:
    """A text that is edited at random, and comes back to what it was."""

    def __init__(self, text, random):
        self.first, self.text, self.random, self.edits = text, text, random, 0

    def edit(self):
        """The range of the old text that is replaced, and what by."""
        self.edits += 1
        if self.edits % 12 == 0:
            return 0, len(self.text), self.first
        start = self.random.randrange(len(self.text) + 1)
        end = min(len(self.text), start + self.random.choice([0, 0, 1, 3, 20]))
        source = self.random.randrange(len(self.first))
        letters = ['"', "(", ")", "[", "{", ",", "//", "/*", "\n", "ü", "😀", "0.7", "Weak", "\u202e"]
        piece = self.random.choice([self.random.choice(letters), self.first[source : source + self.random.randrange(60)], ""])
        return start, end, piece

    def apply(self, change):
        start, end, piece = change
        self.text = self.text[:start] + piece + self.text[end:]


def position(text, at):
    """A place as the protocol counts: lines, and units of UTF-16."""
    before = text[:at]
    line = before.rsplit("\n", 1)[-1]
    return {"line": before.count("\n"), "character": len(line.encode("utf-16-le")) // 2}


class LanguageServer:
    """`evigraph lsp`, as an editor speaks to it."""

    ASKED = [
        "textDocument/completion",
        "textDocument/hover",
        "textDocument/definition",
        "textDocument/references",
        "textDocument/documentSymbol",
        "textDocument/foldingRange",
        "textDocument/codeLens",
        "textDocument/inlayHint",
        "textDocument/codeAction",
        "textDocument/formatting",
        "textDocument/semanticTokens/full",
    ]

    def __init__(self, folder, random):
        file = next(path for path in [folder / "case.ron", *sorted(folder.glob("*.ron"))] if path.exists())
        self.uri, self.random, self.number = file.as_uri(), random, 0
        self.text = Text(file.read_text(), random)
        self.process = subprocess.Popen([EVIGRAPH, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.answers = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()
        self.call("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})
        document = {"uri": self.uri, "languageId": "ron", "version": 0, "text": self.text.text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def call(self, method, params):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while (answer := self.answers.get(timeout=120))["id"] != self.number:
            pass
        return answer

    def read(self):
        output = self.process.stdout
        while line := output.readline():
            length = int(line.split(b":")[1])
            output.readline()
            message = json.loads(output.read(length))
            if "method" not in message:
                self.answers.put(message)

    def step(self):
        change = self.text.edit()
        start, end, piece = change
        places = {"start": position(self.text.text, start), "end": position(self.text.text, end)}
        self.text.apply(change)
        document = {"uri": self.uri, "version": self.text.edits}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"range": places, "text": piece}]})
        place = position(self.text.text, self.random.randrange(len(self.text.text) + 1))
        params = {
            "textDocument": {"uri": self.uri},
            "position": place,
            "range": {"start": place, "end": place},
            "context": {"diagnostics": [], "includeDeclaration": True},
            "options": {"tabSize": 4, "insertSpaces": True},
        }
        self.call(self.random.choice(self.ASKED), params)

    def end(self):
        self.call("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(30) == 0


class Watch:
    """`evigraph watch`, as a browser and an author see it."""

    def __init__(self, folder, random):
        self.file = next(path for path in [folder / "case.ron", *sorted(folder.glob("*.ron"))] if path.exists())
        self.text, self.random = Text(self.file.read_text(), random), random
        self.process = subprocess.Popen([EVIGRAPH, "watch", folder], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.address = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()
        self.url = self.address.get(timeout=120)

    def read(self):
        for line in self.process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+/\w+/", line):
                self.address.put(found.group())

    def step(self):
        self.text.apply(self.text.edit())
        self.file.write_text(self.text.text)
        # The last one waits until there is something new, and goes away before.
        for path, patience in [("", 30), ("page.js", 30), ("next?since=0", 30), ("next?since=1000000", 0.2)]:
            try:
                urllib.request.urlopen(self.url + path, timeout=patience).read()
            except (urllib.error.URLError, TimeoutError):
                pass

    def end(self):
        urllib.request.urlopen(self.url, timeout=30).read()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        return True


def size(process):
    """Resident memory in megabytes, open descriptors, threads."""
    base = pathlib.Path("/proc") / str(process.pid)
    status = dict(line.split(":", 1) for line in (base / "status").read_text().splitlines())
    return int(status["VmRSS"].split()[0]) / 1024, len(list((base / "fd").iterdir())), int(status["Threads"])


def driven(server, until, pause):
    """Edits and asks until the time is over; says how it went wrong, if it did."""
    steps, trouble = [0], []

    def drive():
        try:
            while time.monotonic() < until:
                server.step()
                steps[0] += 1
                time.sleep(pause)
        except Exception as error:  # whatever it is: it is said, and the run fails
            trouble.append(repr(error))

    thread = threading.Thread(target=drive)
    thread.start()
    return thread, steps, trouble


def judged(name, curve):
    """What of a curve is not as it should be."""
    warm = [size for passed, size in curve if passed >= curve[-1][0] / 5]
    if len(warm) < 4:
        return []
    half = len(warm) // 2
    (before, after), wrong = (warm[:half], warm[half:]), []
    if max(size[0] for size in after) > 1.1 * max(size[0] for size in before):
        wrong.append(f"{name}: memory grows")
    for at, what in [(1, "descriptors"), (2, "threads")]:
        if min(size[at] for size in after) > min(size[at] for size in before) + UNDER_WAY:
            wrong.append(f"{name}: {what} leak")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--case", default=ROOT / "graphs/contra-record", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pause", type=float, default=0.2, help="seconds between two edits")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        servers = {}
        for number, kind in enumerate([LanguageServer, Watch]):
            folder = pathlib.Path(place) / kind.__name__
            shutil.copytree(asked.case, folder)
            servers[kind.__name__] = kind(folder, random.Random(asked.seed + number))
        start = time.monotonic()
        until = start + 60 * asked.minutes
        driving = {name: driven(server, until, asked.pause) for name, server in servers.items()}
        curves = {name: [] for name in servers}
        while time.monotonic() < until and all(thread.is_alive() for thread, _, _ in driving.values()):
            for name, server in servers.items():
                passed = (time.monotonic() - start) / 60
                memory, descriptors, threads = size(server.process)
                curves[name].append((passed, (memory, descriptors, threads)))
                steps = driving[name][1][0]
                counts = f"{steps:7} edits {memory:7.1f} MB {descriptors:3} descriptors {threads:3} threads"
                print(f"{passed:5.1f} min {name:15}{counts}", flush=True)
            time.sleep(min(30, 3 * asked.minutes))
        wrong = [text for name, curve in curves.items() for text in judged(name, curve)]
        for name, (thread, _, trouble) in driving.items():
            thread.join()
            wrong += [f"{name}: {text}" for text in trouble]
        wrong += [f"{name}: does not end well" for name, server in servers.items() if not server.end()]
    print("\n".join(wrong) or "flat")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
