#!/usr/bin/env python3
"""Measure building and querying the index of a folder, compared with bare tools on the same files.

    cargo build --release --examples --bins
    python3 benches/folder.py 1000 10000 100000
    python3 benches/folder.py ~/news                 # your own folder

Creates the folders it needs under /tmp, uses its own home directory, and alternates between the programs, so that
load on the machine affects all of them. Prints a table for docs/speed.md; the ratios are more reliable than the
seconds. The bare index is built by the `sqlite3` shell, or by examples/folder.rs if that is not installed.
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
PULLQUOTE = os.environ.get("PULLQUOTE", HERE / "target/release/pullquote")
FOLDER = HERE / "target/release/examples/folder"


class Run:
    """Runs a command: wall-clock seconds, CPU seconds, peak memory in bytes, output."""

    def __init__(self, command, home):
        environment = {"HOME": str(home), "PATH": os.environ["PATH"], "TZ": "UTC"}
        with tempfile.TemporaryFile() as output:
            started = time.perf_counter()
            child = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.DEVNULL)
            _, status, used = os.wait4(child.pid, 0)
            self.seconds = time.perf_counter() - started
            child.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            self.output = output.read()
        assert child.returncode in (0, 1), f"{command}: {child.returncode}"
        self.cpu = used.ru_utime + used.ru_stime
        self.memory = used.ru_maxrss * 1024


def in_turn(home, turns, *commands):
    """Runs commands in rotation and returns the run with the median time of each."""
    runs = [[] for _ in commands]
    for turn in range(turns):
        order = range(len(commands)) if turn % 2 == 0 else reversed(range(len(commands)))
        for index in order:
            runs[index].append(Run(commands[index], home))
    return [sorted(of_one, key=lambda run: run.seconds)[turns // 2] for of_one in runs]


def bare_index(folder, database):
    """The command that builds only a full-text index of a folder."""
    if not shutil.which("sqlite3"):
        return [FOLDER, "fts5", folder, database]
    sql = (
        "pragma journal_mode=off; pragma synchronous=off; "
        "create virtual table d using fts5(path unindexed, body); insert into d "
        f"select name, cast(data as text) from fsdir('{folder}') where data is not null;"
    )
    return ["sh", "-c", 'rm -f "$0"; exec sqlite3 "$0" "$1"', database, sql]


def corpus(count):
    folder = pathlib.Path(tempfile.gettempdir()) / f"pullquote-news-{count}"
    gold = folder.with_suffix(".json")
    if not gold.exists():
        shutil.rmtree(folder, ignore_errors=True)
        made = subprocess.run([FOLDER, "make", folder, str(count)], capture_output=True, check=True)
        gold.write_bytes(made.stdout)
    return folder, json.loads(gold.read_text())


def check(folder, gold, home):
    """Checks that the index matches what was written."""
    output = Run([PULLQUOTE, "countries", folder, "--json"], home).output
    found = {row["code"]: row["mentions"] for row in map(json.loads, output.splitlines())}
    assert found == gold["countries"], "countries differ"
    output = Run([PULLQUOTE, "speakers", folder, "--json"], home).output
    found = {row["name"]: row["quotes"] for row in map(json.loads, output.splitlines())}
    wrong = [name for name, count in gold["speakers"].items() if found.get(name) != count]
    assert len(wrong) <= len(gold["speakers"]) // 10, f"speakers differ: {wrong}"


def own(folder):
    """A folder of your own, of which only the size is known."""
    files = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return folder, {"articles": len(files), "bytes": sum(files)}


def measure(what):
    folder, gold = corpus(int(what)) if what.isdigit() else own(pathlib.Path(what))
    count, size = gold["articles"], gold["bytes"]
    build = [PULLQUOTE, "index", "--rebuild", folder]
    again = [PULLQUOTE, "index", folder]
    find = ["find", folder, "-type", "f", "-printf", "%s %T@ %p\n"]
    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        Run(["sh", "-c", f"find '{folder}' -type f -exec cat {{}} + | wc -c"], home)  # The files are in memory for all.
        bare, built = in_turn(home, 3, bare_index(folder, home / "bare.db"), build)
        cache = home / ".cache/pullquote"
        index = sum(file.stat().st_size for file in cache.iterdir() if not file.name.endswith("-shm"))
        size_bare = (home / "bare.db").stat().st_size
        if "countries" in gold:
            check(folder, gold, home)
        listed, unchanged = in_turn(home, 7, find, again)
        (word,) = in_turn(home, 5, [PULLQUOTE, "search", "speaker:zzz", folder])
    ratio = built.seconds / bare.seconds
    print(f"| {count:,} articles: built | {built.seconds:.1f} s, {built.cpu:.1f} s CPU | bare FTS5 {bare.seconds:.1f} s, {bare.cpu:.1f} s CPU | {ratio:.2f} |")
    print(f"| {count:,} articles: memory while building | {built.memory / 2**20:.0f} MiB | bare FTS5 {bare.memory / 2**20:.0f} MiB | |")
    print(f"| {count:,} articles: size | {index / 1e6:.0f} MB of {size / 1e6:.0f} MB text | bare FTS5 {size_bare / 1e6:.0f} MB | {index / size:.2f} of the text |")
    ratio = unchanged.seconds / listed.seconds
    print(f"| {count:,} articles: nothing changed | {unchanged.seconds * 1e3:.0f} ms, {unchanged.cpu * 1e3:.0f} ms CPU | `find -printf` {listed.seconds * 1e3:.0f} ms, {listed.cpu * 1e3:.0f} ms CPU | {ratio:.2f} |")
    print(f"| {count:,} articles: a search from the shell | {word.seconds * 1e3:.0f} ms | | |", flush=True)
    return count, built.cpu, unchanged.cpu


def main():
    rows = [measure(what) for what in sys.argv[1:] or ["1000", "10000"]]
    for name, column in (("building, CPU", 1), ("nothing changed, CPU", 2)):
        for smaller, larger in zip(rows, rows[1:]):
            exponent = math.log(larger[column] / smaller[column]) / math.log(larger[0] / smaller[0])
            print(f"{name}: {smaller[0]} to {larger[0]} grows with the exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
