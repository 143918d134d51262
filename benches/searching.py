#!/usr/bin/env python3
"""Measure a folder search while typing: from each key press to the last byte of the resulting output.

    pullquote index FOLDER
    python3 benches/searching.py FOLDER [--binary FILE] [--home FOLDER] [--only KIND,KIND] [--favor]

Types queries letter by letter into a pseudo-terminal of 120 x 36, deletes some letters, types them again and moves
down the hits. The words come from a sample of the folder's articles, by how many of them contain each word, so any
folder will do. The output of a key ends with the first 30 ms of silence. `totals` is the time from the last key of a
query to the last byte before one second of silence, when the numbers of hits and articles are final; `frames` is the
number of frames until then. `--new` starts without an index, in an empty home directory, and measures the time to the
first hit while the files are read.
"""
import argparse
import collections
import contextlib
import os
import pathlib
import random
import re
import select
import shutil
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from terminal import END_OF_FRAME, Session, quantile  # noqa: E402

SILENCE = 0.030
BETWEEN_KEYS = 0.130
SETTLED = 1.0
SAMPLE = 400
WORD = re.compile(r"[a-z]+")
SPEAKER = re.compile(r"[Ss]aid [A-Z][a-z]+ ([A-Z][a-z]+)|([A-Z][a-z]+) said")


def sample(folder):
    """The texts of a fixed sample of the articles."""
    files = sorted(path for path in pathlib.Path(folder).rglob("*") if path.suffix in (".txt", ".md"))
    chosen = random.Random(1).sample(files, min(SAMPLE, len(files)))
    return [path.read_text(errors="replace") for path in chosen]


def queries(folder):
    """The queries by kind."""
    texts = sample(folder)
    articles, speakers, pairs = collections.Counter(), collections.Counter(), collections.Counter()
    for text in texts:
        words = WORD.findall(text.lower())
        articles.update({word for word in words if len(word) > 5})
        pairs.update({pair for pair in zip(words, words[1:]) if min(map(len, pair)) > 2})
        speakers.update({a or b for a, b in SPEAKER.findall(text)})
    by_number = sorted(articles, key=lambda word: (articles[word], word))

    def word(share):
        return min(by_number, key=lambda word: (abs(articles[word] - share * len(texts)), word))
    common, second = by_number[-1], by_number[-2]
    rare, middling = word(1 / len(texts)), word(0.05)
    text = next(text for text in texts if rare in text.lower())
    around = WORD.findall(text.lower().replace("\n", " "))
    at = around.index(rare) if rare in around else 0
    first, last = pairs.most_common(1)[0][0]
    name = speakers.most_common(1)[0][0].lower()
    folder_name = min((path.name for path in pathlib.Path(folder).iterdir() if path.is_dir()), default="a")
    return {
        "rare word": [rare],
        "middling word": [middling],
        "common word": [common],
        "two words": [f"{common} {rare}", f"{common} {second}"],
        "phrase": [f'"{" ".join(around[at:at + 2])}"', f'"{first} {last}"'],
        "without or either": [f"{common} -{second}", f"{rare} OR {middling}"],
        "two letters": ["th", "st", "re", common[:2], rare[:2]],
        "speaker": [f"speaker:{name}", f"speaker:{name} {common}"],
        "country": ["country:ke", f"country:ke {middling}"],
        "said": ["said:warned"],
        "in:quote": [f"in:quote {middling}"],
        "dates": [f"after:2000-05 {middling}", f"before:1999 {common}"],
        "title": [f"title:{middling}"],
        "path": [f"path:{folder_name} {middling}", "path:zz"],
        "pattern": [f"/{middling[:3]}.{middling[4:]}/"],
        "CJK": ["東京"],
    }


class Typist:
    """Types into a session and records the latency of each key."""

    def __init__(self, session):
        self.session = session
        self.keys, self.totals, self.frames, self.slowest = [], [], [], []

    def press(self, key, typed):
        began = time.perf_counter()
        os.write(self.session.terminal, key.encode())
        received, last = self.session.burst(SILENCE, limit=1.0)
        if last:  # Some keys change nothing: there is no further hit to go down to.
            self.keys.append(last - began)
            self.slowest.append((last - began, typed))
        late, _ = self.session.burst(0.001, limit=max(0.001, began + BETWEEN_KEYS - time.perf_counter()))
        self.frames.append((received + late).count(END_OF_FRAME))
        return began

    def rest(self, began):
        """Waits until the output stops."""
        last = time.perf_counter() - BETWEEN_KEYS
        while select.select([self.session.terminal], [], [], SETTLED)[0]:
            received = os.read(self.session.terminal, 1 << 20)
            last = time.perf_counter()
            self.frames[-1] += received.count(END_OF_FRAME)
            if last - began > 30:
                break
        self.totals.append(last - began)

    def search(self, query):
        self.session.press("\x15", quiet=0.2)
        for n_typed, key in enumerate(query, 1):
            began = self.press(key, query[:n_typed])
        self.rest(began)
        n_taken_back = min(3, len(query) - 1)  # One more would close the line.
        for n_left in range(1, n_taken_back + 1):
            self.press("\x7f", query[:-n_left])
        for n_missing in range(n_taken_back - 1, -1, -1):
            typed = query[:len(query) - n_missing]
            self.press(typed[-1], typed)
        self.session.burst(0.3, limit=2.0)
        for _ in range(6):
            self.press("\x1b[B", "down")


def show(name, typist, explain=False):
    figures = [quantile(typist.keys, share) * 1000 for share in (0.5, 0.9, 0.99, 1)]
    totals = max(typist.totals) * 1000
    frames = max(typist.frames)
    print(f"{name:18} {len(typist.keys):5} keys  p50 {figures[0]:6.1f}  p90 {figures[1]:6.1f}  p99 {figures[2]:6.1f}  "
          f"max {figures[3]:6.1f} ms   totals {totals:7.0f} ms   frames <= {frames}", flush=True)
    if explain:
        slowest = sorted(typist.slowest, reverse=True)[:4]
        print("  slowest: " + ", ".join(f"{typed!r} {seconds * 1000:.0f}" for seconds, typed in slowest), flush=True)


def wait_until_known(session, limit):
    """Waits until the program is idle."""
    until = time.perf_counter() + limit
    n_quiet = 0
    while n_quiet < 3 and time.perf_counter() < until:
        used = session.cpu_ms()
        session.settle(1.0)
        n_quiet = n_quiet + 1 if session.cpu_ms() - used < 20 else 0


def typed_letters(options, binary):
    kinds = queries(options.folder)
    if options.only:
        kinds = {kind: kinds[kind] for kind in options.only.split(",")}
    session = Session([binary, options.folder], options.home)
    wait_until_known(session, options.wait)
    began = time.perf_counter()
    session.press("\\", quiet=0.5)
    everything = Typist(session)
    for kind, typed in kinds.items():
        typist = Typist(session)
        for query in typed:
            typist.search(query)
        show(kind, typist, options.explain)
        everything.keys += typist.keys
        everything.totals += typist.totals
        everything.frames += typist.frames
    show("all", everything)
    print(f"memory {session.peak_mib():.0f} MiB, {time.perf_counter() - began:.0f} s")
    session.close()


def first_hits(options, binary):
    """Seconds to the first hit of words typed at once while a new folder is being read."""
    kinds = queries(options.folder)
    for kind in ("common word", "middling word", "rare word"):
        for pause in (0.5, 3.0):
            with tempfile.TemporaryDirectory(prefix="pullquote-bench-") as home:
                session = Session([binary, options.folder], home)
                session.burst(pause, limit=pause)
                session.press("\\", quiet=0.2)
                began = time.perf_counter()
                os.write(session.terminal, kinds[kind][0].encode())
                seen = b""
                hit = re.compile(rb"[1-9]\d*\+? in \d+\+? article")
                while not hit.search(seen) and time.perf_counter() - began < 20:
                    if select.select([session.terminal], [], [], 1.0)[0]:
                        seen += os.read(session.terminal, 1 << 20)
                took = (time.perf_counter() - began) * 1000
                print(f"{kind:18} {pause:3.1f} s after the start: first hit after {took:6.0f} ms", flush=True)
                session.close()


def of_a_folder(description):
    """The command line for a folder that has an index."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--binary", default="target/release/pullquote")
    parser.add_argument("--home", default=os.environ["HOME"])
    parser.add_argument("--wait", type=float, default=60.0, help="most seconds until the folder is known")
    parser.add_argument("--favor", action="store_true", help="put the reader before other work")
    return parser


def begin(parser):
    """The options, and the program to measure, at high priority with --favor."""
    options = parser.parse_args()
    binary = shutil.which(options.binary) or sys.exit(f"there is no {options.binary}: cargo build --release")
    if options.favor:
        with contextlib.suppress(PermissionError):
            os.nice(-15)
    return options, binary


def main():
    parser = of_a_folder(__doc__)
    parser.add_argument("--only", help="kinds of queries, by comma")
    parser.add_argument("--explain", action="store_true", help="also tell the slowest keys of each kind")
    parser.add_argument("--new", action="store_true", help="without an index: the first hit")
    options, binary = begin(parser)
    (first_hits if options.new else typed_letters)(options, binary)


if __name__ == "__main__":
    main()
