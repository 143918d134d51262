#!/usr/bin/env python3
"""Building and asking the index of a folder, beside bare tools on the same files.

    cargo build --release --examples --bins
    python3 benches/folder.py 1000 10000 100000

Makes the folders it needs under /tmp, uses a home of its own, and takes turns between the programs
so that a busy machine is busy for all. Prints a table for docs/speed.md; the ratio says more than seconds.
"""

import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent.parent
PULLQUOTE = HERE / "target/release/pullquote"
FOLDER = HERE / "target/release/examples/folder"


def run(command, home, **more):
    """Runs a command to its end: seconds on the clock, CPU seconds, output."""
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "TZ": "UTC"}
    before = os.times()
    started = time.perf_counter()
    output = subprocess.run(command, env=environment, capture_output=True, check=False, **more)
    seconds = time.perf_counter() - started
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, cpu, output


def corpus(count):
    folder = pathlib.Path(tempfile.gettempdir()) / f"pullquote-news-{count}"
    gold = folder.with_suffix(".json")
    if not gold.exists():
        shutil.rmtree(folder, ignore_errors=True)
        made = subprocess.run([FOLDER, "make", folder, str(count)], capture_output=True, check=True)
        gold.write_bytes(made.stdout)
    return folder, json.loads(gold.read_text())


def check(folder, gold, home):
    """What the index says must be what was written."""
    _, _, output = run([PULLQUOTE, "countries", folder, "--json"], home)
    found = {row["code"]: row["mentions"] for row in map(json.loads, output.stdout.splitlines())}
    assert found == gold["countries"], "countries differ"
    _, _, output = run([PULLQUOTE, "speakers", folder, "--json"], home)
    found = {row["name"]: row["quotes"] for row in map(json.loads, output.stdout.splitlines())}
    wrong = [name for name, count in gold["speakers"].items() if found.get(name) != count]
    assert len(wrong) <= len(gold["speakers"]) // 10, f"speakers differ: {wrong}"


def measure(count):
    folder, gold = corpus(count)
    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        run(["cat", "-r", folder], home)  # The files are in memory for all.
        bare, bare_cpu, output = run([FOLDER, "fts5", folder, home / "bare.db"], home)
        size_bare = json.loads(output.stdout)["size"]
        built, built_cpu, _ = run([PULLQUOTE, "index", folder], home)
        index = sum(file.stat().st_size for file in (home / ".cache/pullquote").iterdir() if not file.name.endswith("-shm"))
        check(folder, gold, home)
        find = ["find", folder, "-printf", "%p %s %T@\\n"]
        again = [(run(find, home)[0], run([PULLQUOTE, "index", folder], home)[0]) for _ in range(7)]
        find, again = (sorted(times)[len(times) // 2] for times in zip(*again))
        word = sorted(run([PULLQUOTE, "search", "speaker:zzz", folder], home)[0] for _ in range(5))[2]
    size = gold["bytes"]
    print(f"| {count} articles: built | {built:.1f} s, {built_cpu:.1f} s CPU | bare FTS5 {bare:.1f} s, {bare_cpu:.1f} s CPU | {built / bare:.2f} |")
    print(f"| {count} articles: size | {index / 1e6:.0f} MB of {size / 1e6:.0f} MB text | bare FTS5 {size_bare / 1e6:.0f} MB | {index / size:.2f} of the text |")
    print(f"| {count} articles: nothing changed | {again * 1e3:.0f} ms | `find -printf` {find * 1e3:.0f} ms | {again / find:.2f} |")
    print(f"| {count} articles: a search from the shell | {word * 1e3:.0f} ms | | |", flush=True)
    return count, built_cpu, again


def main():
    rows = [measure(int(count)) for count in sys.argv[1:] or ["1000", "10000"]]
    for name, column in (("building, CPU", 1), ("nothing changed", 2)):
        for smaller, larger in zip(rows, rows[1:]):
            exponent = math.log(larger[column] / smaller[column]) / math.log(larger[0] / smaller[0])
            print(f"{name}: {smaller[0]} to {larger[0]} grows with the exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
