#!/usr/bin/env python3
"""Measure the reader while it loads a folder that has its index.

    pullquote index FOLDER
    python3 benches/loading.py FOLDER [--binary FILE] [--home FOLDER] [--rounds N] [--keys] [--favor]

Opens the folder in a pseudo-terminal of 120 x 36 and reads in the lower border how many files are listed and how
many of them are loaded. Prints when all are listed and when all are loaded, the CPU time until then, and the peak and
final anonymous memory (RssAnon), each as the median of the rounds. With --keys, `j` and `k` are pressed meanwhile and
timed from the write of the key to the first byte of output. Linux only.
"""
import argparse
import os
import pathlib
import random
import re
import select
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from terminal import END_OF_FRAME, ESCAPES, SIZE, Session, quantile  # noqa: E402

SILENCE = 0.7
SAMPLED = 0.05
CONTROL = re.compile(rb"\x1b\[(\d*)(?:;(\d*))?([ABCDHKXr])")
PROGRESS = re.compile(r"reading (\d+)/(\d+)")
BORDER = SIZE[1] - 2


class Border:
    """Parses the lower border of the screen just far enough to read its numbers."""

    def __init__(self):
        self.cells = [" "] * SIZE[0]
        self.row, self.column = 1, 1

    def feed(self, frame):
        at = 0
        for escape in ESCAPES.finditer(frame):
            self.write(frame[at:escape.start()])
            at = escape.end()
            if control := CONTROL.fullmatch(escape.group()):
                self.obey(*control.groups())
        self.write(frame[at:])

    def obey(self, first, second, letter):
        count = int(first or 1)
        if letter == b"r":  # The part of the screen that scrolls.
            self.row, self.column = 1, 1
        elif letter == b"H":
            self.row, self.column = count, int(second or 1)
        elif letter in b"AB":
            self.row += count if letter == b"B" else -count
        elif letter in b"CD":
            self.column += count if letter == b"C" else -count
        elif self.row == BORDER:
            start = self.column - 1
            end = len(self.cells) if letter == b"K" else min(start + count, len(self.cells))
            self.cells[start:end] = " " * (end - start)

    def write(self, words):
        for letter in words.decode(errors="replace"):
            if letter == "\r":
                self.column = 1
            elif letter == "\n":
                self.row += 1
            else:
                if self.row == BORDER and self.column <= SIZE[0]:
                    self.cells[self.column - 1] = letter
                self.column += 1

    def progress(self):
        """The numbers of loaded and of all files; None when all are loaded."""
        found = PROGRESS.search("".join(self.cells))
        return (int(found[1]), int(found[2])) if found else None


def anonymous(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024


def load(binary, folder, home, presses):
    """One round: times until listed and loaded, CPU seconds, peak and final memory, key latencies."""
    session = Session([binary, folder], home)
    came, memory, keys = [], [], []
    pressed, next_key, next_sample = None, session.began + 0.2, session.began
    last = session.began
    chance = random.Random(1)
    while time.perf_counter() - last < SILENCE:
        now = time.perf_counter()
        if now >= next_sample:
            memory.append(anonymous(session.pid))
            next_sample = now + SAMPLED
        if presses and pressed is None and now >= next_key and now - last < SILENCE / 2:
            os.write(session.terminal, b"jk"[len(keys) % 2:][:1])
            pressed = (now, len(came))
        if not select.select([session.terminal], [], [], 0.005)[0]:
            continue
        received = os.read(session.terminal, 1 << 20)
        last = time.perf_counter()
        came.append((last, received))
        if pressed is not None:
            keys.append((pressed[0], last - pressed[0]))
            pressed, next_key = None, last + chance.uniform(0.015, 0.06)
        if keys and last - session.began > 30:
            break
        if presses and len(keys) > 400:
            break
    cpu = session.cpu_ms()
    memory.append(anonymous(session.pid))
    session.quit()
    session.close()
    border, most, listed, loaded, frame = Border(), 0, None, None, b""
    for when, received in came:
        frame += received
        if not frame.endswith(END_OF_FRAME):
            continue
        border.feed(frame)
        frame = b""
        progress = border.progress()
        if progress and progress[1] > most:
            most, listed = progress[1], when
        loaded = None if progress else loaded or (when if most else None)
    since = lambda when: when - session.began if when else float("nan")
    keys = [took for when, took in keys if loaded is None or when < loaded]
    return {"listed": since(listed), "loaded": since(loaded), "cpu": cpu / 1000, "most": max(memory),
            "end": memory[-1], "files": most}, keys


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--binary", default=pathlib.Path(__file__).parent.parent / "target/release/pullquote")
    parser.add_argument("--home", help="with the index; otherwise one is made in an empty home")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keys", action="store_true")
    parser.add_argument("--favor", action="store_true", help="before other work, where the user may")
    options = parser.parse_args()
    if options.favor:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
    with tempfile.TemporaryDirectory() as empty:
        home = options.home or empty
        if not options.home:
            indexing = Session([options.binary, "index", options.folder], home)
            indexing.burst(quiet=3600, limit=3600)
            indexing.close()
        rounds = [load(options.binary, options.folder, home, options.keys) for _ in range(options.rounds)]
    middle = {name: quantile([figures[name] for figures, _ in rounds], 0.5) for name in rounds[0][0]}
    print(f"{middle['files']} files: listed {middle['listed']:.2f} s, loaded {middle['loaded']:.2f} s, "
          f"{middle['cpu']:.2f} s CPU, anonymous memory {middle['most']:.1f} MiB at most, {middle['end']:.1f} at the end")
    keys = [took * 1000 for _, keys in rounds for took in keys]
    if keys:
        shares = ", ".join(f"{name} {quantile(keys, share):.1f}" for name, share in
                           (("median", 0.5), ("90 %", 0.9), ("99 %", 0.99), ("most", 1)))
        print(f"{len(keys)} keys while it loads, ms: {shares}")


if __name__ == "__main__":
    main()
