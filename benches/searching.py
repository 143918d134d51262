#!/usr/bin/env python3
"""Measure a search in a folder as it is typed: from each key to what the reader sees of it.

    python3 benches/searching.py FOLDER [--binary FILE] [--home FOLDER] [--wait SECONDS] [--word WORD]...

The folder has its index (`pullquote index FOLDER`). Each query is typed letter by letter, as a person
types, in a pseudo-terminal of 120 x 36. `first` is the time from the write of a key to the last byte of the first
frame after it; `hits` to the last byte of what follows within 60 ms, which is when the hits of a screen stand.
"""
import argparse
import os
import pathlib
import select
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from terminal import END_OF_FRAME, Session, quantile  # noqa: E402

GAP = 0.12
WATCHED = 0.06


def press(session, key):
    """Seconds to the end of the first frame, and to the end of the last within the time watched."""
    began = time.perf_counter()
    os.write(session.terminal, key.encode())
    first = last = None
    while (left := began + WATCHED - time.perf_counter()) > 0 or first is None:
        if not select.select([session.terminal], [], [], max(left, 0.5 if first is None else 0))[0]:
            break
        chunk = os.read(session.terminal, 1 << 20)
        last = time.perf_counter() - began
        if first is None and END_OF_FRAME in chunk:
            first = last
    session.burst(max(0.001, GAP - (time.perf_counter() - began)), limit=GAP)
    return first or 1.0, last or 1.0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--binary", default="target/release/pullquote")
    parser.add_argument("--home", default=os.environ["HOME"])
    parser.add_argument("--wait", type=float, default=8.0, help="seconds until the folder is known")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--query", action="append", help="a query to type, any number of times")
    options = parser.parse_args()
    session = Session([options.binary, options.folder], options.home)
    session.burst(options.wait, limit=options.wait)
    session.press("\\", quiet=0.5)
    firsts, hits = [], []
    for query in options.query or ["minister", "volcano", '"the minister', "country:ke", "speaker:brand said:denied"]:
        mine = []
        for _ in range(options.rounds):
            session.press("\x15", quiet=0.3)
            mine += [press(session, key) for key in query]
        firsts += [first for first, _ in mine]
        hits += [last for _, last in mine]
        show(query, [first for first, _ in mine], [last for _, last in mine])
    show("all", firsts, hits)
    session.close()


def show(name, firsts, hits):
    figures = [quantile(values, share) * 1000 for values in (firsts, hits) for share in (0.5, 0.99)]
    print("{:28} first p50 {:6.1f} p99 {:6.1f} ms   hits p50 {:6.1f} p99 {:6.1f} ms".format(name, *figures))


if __name__ == "__main__":
    main()
