#!/usr/bin/env python3
"""Measure the lists of a folder: from each key press to the end of the resulting frame.

    pullquote index FOLDER
    python3 benches/lists.py FOLDER [--binary FILE] [--home FOLDER] [--only LIST,LIST] [--rounds N] [--favor]

Opens each list in a pseudo-terminal of 120 x 36 once the folder has been read, goes to its end and back, types a
filter letter by letter, deletes letters and closes the filter. `frame` is the time to the last byte of the first frame
after the key, `last` the time to the last byte before 50 ms of silence, which includes background work.
"""
import os
import select
import sys
import time
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from searching import begin, of_a_folder, wait_until_known  # noqa: E402
from terminal import END_OF_FRAME, Session, quantile  # noqa: E402

SILENCE = 0.050
HOME, END, PAGE, BACK, ESC = "\x1b[H", "\x1b[F", "\x1b[6~", "\x7f", "\x1b"
AROUND = [("end", END), ("home", HOME), ("page", PAGE), ("home", HOME)]
ORDERS = [("next order", "S"), ("order turned", "zr"), ("order turned", "zr")]


def filtered(*letters):
    """Types a filter and closes it."""
    typed = [(f"filter {''.join(letters[:n])!r}", letter) for n, letter in enumerate(letters, 1)]
    back = [(f"filter back to {''.join(letters[:n])!r}", BACK) for n in range(len(letters) - 1, 0, -1)]
    return [("filter", "F"), *typed, *back, ("filter left", ESC)]


LISTS = {
    "people": [("open", "@"), *AROUND, *filtered("a", "n", "x"), ("end", END), *filtered("m", "i"), ("home", HOME), *ORDERS, ("end", END),
               ("home", HOME), ("next order", "S"), ("end", END), ("home", HOME), ("next order", "S"), ("close", "q"), ("open", "@"), ("close", "q")],
    "world": [("open", "W"), *AROUND, *filtered("a", "n"), ("close", "q")],
    "contents": [("open", "C"), *AROUND, *filtered("a", "n", "x"), *[("next order", "S")] * 6, ("order turned", "zr"),
                 ("order turned", "zr"), ("unread", "zu"), ("all", "zu"), ("close", "q")],
    "timeline": [("open", "T"), ("later", "l"), ("end", END), ("home", HOME), ("closer", "+"), ("list", "\t"), *AROUND, ("close", "q")],
    "saved": [("open", "V"), ("close", "q")],
    "said": [("open", "@"), ("said", "\r"), *AROUND, ("close", "q"), ("close", "q")],
    "same words": [("next quotation", "\""), ("open", "~"), ("close", "\x1b")],
    "correct": [("next quotation", "\""), ("open", "x"), ("down", "j"), ("ask who is meant", "\r"), ("letter", "m"), ("letter", "a"),
                ("letter taken back", BACK), ("close", ESC), ("close", ESC)],
    "commands": [("open", ":"), *[("letter", letter) for letter in "speaker ma"], ("complete", "\t"), ("next", "\t"), ("close", ESC)],
    "search": [("open", "\\"), ("letter", "m"), ("close", ESC)],
    "article": [("next of speaker", "]s"), ("next of speaker", "]s"), ("next article", "J"), ("read", "M"), ("bookmark", "B"), ("bookmark", "B"),
                ("next of country", "]c"), ("end", END), ("next article", "J")],
}


def press(session, key):
    """Seconds to the end of the first frame and to the last byte."""
    session.settle(SILENCE)  # What followed the key before.
    began = time.perf_counter()
    os.write(session.terminal, key.encode())
    first = last = None
    tail = b""
    while select.select([session.terminal], [], [], SILENCE if first else 3.0)[0]:
        tail += os.read(session.terminal, 1 << 20)
        last = time.perf_counter() - began
        if first is None and END_OF_FRAME in tail:
            first = last
        tail = tail[-len(END_OF_FRAME):]
        if last > 5:
            break
    return first, last


def main():
    parser = of_a_folder(__doc__)
    parser.add_argument("--only", default=",".join(LISTS), help="which lists, by comma")
    parser.add_argument("--rounds", type=int, default=5)
    options, binary = begin(parser)
    session = Session([binary, options.folder], options.home)
    wait_until_known(session, options.wait)
    print(f"{'':34} {'frame':>9} {'worst':>9} {'last':>9}  ms")
    for name in options.only.split(","):
        taken = {}
        for _ in range(options.rounds):
            for at, (what, key) in enumerate(LISTS[name]):
                first, last = press(session, key)
                if first is not None:
                    taken.setdefault((at, what), []).append((first, last))
                session.settle(0.3)
        for (_, what), times in taken.items():
            first, last = [time[0] * 1000 for time in times], [time[1] * 1000 for time in times]
            print(f"{name + ': ' + what:34} {quantile(first, 0.5):9.1f} {max(first):9.1f} {quantile(last, 0.5):9.1f}", flush=True)
    print(f"memory {session.peak_mib():.0f} MiB")
    session.close()


if __name__ == "__main__":
    main()
