#!/usr/bin/env python3
"""Measure what the user at the keyboard experiences, compared with `less` on the same file.

    cargo build --release && python3 benches/terminal.py [--only NAME,…] [--rounds N] [--json FILE]

All figures are measured at the terminal side of a pseudo-terminal of 120 x 36: from exec() or from the write of a key
to the read of the last byte of the frame, before any terminal has drawn it. The two programs take turns, so that load
on the machine affects both, and each start has an empty home directory. The articles are generated from a seed in a
temporary folder. Needs only Python's standard library; Linux only.

  start     exec to the last byte of the first frame: a short article; the same in a folder of 10,000;
            100 MB; 10 MB on one line
  keys      line, page, next quotation, find keystroke on 1 MB: median, 99th percentile, bytes
  resize    100 resizes in a second: from the last one to the last byte
  idle      wake-ups, CPU and bytes in five quiet seconds
  memory    peak resident memory (VmHWM)
  quit      the key q to the end of the process, at rest and while a folder is being read

--favor raises the priority of the measured programs, if permitted, for a busy machine.
"""
import argparse
import contextlib
import fcntl
import json
import os
import pathlib
import pty
import random
import re
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time

SIZE = (120, 36)
KEYS = {"line": "j", "page": " "}
ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78M])")
END_OF_FRAME = b"\x1b[?2026l"
WORDS = """the harbor council met on Tuesday to weigh a plan for new docks while traders in the old market
waited for word of fares that had risen twice since spring and engineers spoke of silt cranes cables
and a bridge that nobody had paid for yet""".split()
PEOPLE = ["Ada Brandt", "Tomas Reyes", "Lena Okoye", "Piotr Malik", "Yuki Arai", "Nora Haddad"]
ROLES = ["the harbor master", "a spokesman for the port", "the finance minister", "a union leader"]
COUNTRIES = ["Norway", "Kenya", "Peru", "Japan", "Portugal", "Vietnam", "Ghana", "Chile"]


def is_text(received):
    """Whether a frame shows words of an article."""
    return len(ESCAPES.sub(b"", received).split()) > 60


def sentence(rng):
    words = " ".join(rng.choices(WORDS, k=rng.randint(8, 18)))
    return f"In {rng.choice(COUNTRIES)}, {words}."


def quotation(rng):
    said = " ".join(rng.choices(WORDS, k=rng.randint(5, 14)))
    return f"“We know that {said},” said {rng.choice(PEOPLE)}, {rng.choice(ROLES)}."


def article(rng, n_bytes, headline):
    """A headline and paragraphs of about n_bytes, a third of them quotations."""
    parts = [headline]
    length = 0
    while length < n_bytes:
        kind = quotation if rng.random() < 0.33 else sentence
        parts.append(" ".join(kind(rng) for _ in range(rng.randint(1, 4))))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts) + "\n"


def make_corpus(folder, names):
    """Writes the files that the selected measurements need and returns their paths."""
    rng = random.Random(20240229)
    paths = {name: folder / f"{name}.txt" for name in ("short", "long", "huge", "line")}
    paths["short"].write_text(article(rng, 4_000, "Docks wait for word"))
    paths["long"].write_text(article(rng, 1_000_000, "A long year in the harbor"))
    if names & {"start", "memory"}:
        part = article(rng, 1_000_000, "Everything the harbor said")
        paths["huge"].write_text(part * 100)
        one = article(rng, 1_000_000, "One line").replace("\n\n", " ").strip()
        paths["line"].write_text(one * 10)
    if names & {"start", "memory", "quit"}:
        paths["folder"] = folder / "folder"
        for index in range(10_000):
            place = paths["folder"] / f"{index // 500:02}"
            place.mkdir(parents=True, exist_ok=True)
            text = article(rng, rng.randint(1_000, 4_000), f"Harbor notes {index}")
            (place / f"{index:05}.txt").write_text(text)
    return paths


class Session:
    """One run of a program in a pseudo-terminal."""

    def __init__(self, command, home):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            environment = {
                "PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color",
                "LANG": "C.UTF-8", "LESSHISTFILE": "-",
            }
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
            os.execvpe(command[0], command, environment)
        self.began = time.perf_counter()
        self.ended = False

    def burst(self, quiet, limit=20.0):
        """Reads until `quiet` seconds of silence, for at most `limit`: the output, and the time of its last byte."""
        received, last = [], None
        deadline = time.perf_counter() + limit
        while True:
            left = deadline - time.perf_counter()
            wait = min(quiet, left) if received else left
            if wait <= 0 or not select.select([self.terminal], [], [], wait)[0]:
                return b"".join(received), last
            try:
                chunk = os.read(self.terminal, 1 << 20)
            except OSError:
                chunk = b""
            if not chunk:
                return b"".join(received), last
            received.append(chunk)
            last = time.perf_counter()

    def first_frame(self):
        """Seconds from exec to the end of the first frame with words.

        A frame ends with its synchronized update; in a program without these, after 10 ms of quiet.
        """
        seen = b""
        last = self.began
        while select.select([self.terminal], [], [], 0.010 if is_text(seen) else 20.0)[0]:
            seen += os.read(self.terminal, 1 << 20)
            last = time.perf_counter()
            if is_text(seen) and seen.endswith(END_OF_FRAME):
                break
        return last - self.began

    def press(self, keys, quiet=0.025):
        """Types keys at once: seconds to the last byte of the output, and the output."""
        pressed = time.perf_counter()
        os.write(self.terminal, keys.encode())
        received, last = self.burst(quiet, limit=1.0)
        return (last - pressed if last else None), len(received)

    def settle(self, quiet=0.4):
        self.burst(quiet, limit=quiet)

    def resize(self, columns, rows):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def threads(self):
        return list(pathlib.Path(f"/proc/{self.pid}/task").iterdir())

    def wakeups(self):
        """Voluntary context switches of all threads so far; each is a wake-up."""
        total = 0
        for thread in self.threads():
            text = (thread / "status").read_text()
            total += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.M)[1])
        return total

    def cpu_ms(self):
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def peak_mib(self):
        text = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", text)[1]) / 1024

    def quit(self, key="q"):
        """Seconds from the key to the end of the process."""
        pressed = time.perf_counter()
        os.write(self.terminal, key.encode())
        while time.perf_counter() - pressed < 3:
            if select.select([self.terminal], [], [], 0.001)[0]:
                try:
                    os.read(self.terminal, 1 << 20)
                except OSError:
                    pass
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                self.ended = True
                return time.perf_counter() - pressed
        return None

    def close(self):
        if not self.ended:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.terminal)


class Bench:
    """The two programs, the articles and the results."""

    def __init__(self, binary, work, rounds):
        self.binary, self.work, self.rounds = binary, work, rounds
        self.homes = 0
        self.results = []

    @contextlib.contextmanager
    def session(self, program, path):
        self.homes += 1
        home = self.work / f"home{self.homes}"
        home.mkdir()
        command = [self.binary, str(path)] if program == "pullquote" else ["less", str(path)]
        session = Session(command, home)
        try:
            yield session
        finally:
            session.close()
            shutil.rmtree(home, ignore_errors=True)

    def report(self, name, ours, peer, unit, note=""):
        row = {"name": name, "pullquote": ours, "less": peer, "unit": unit, "note": note}
        self.results.append(row)
        show = lambda value: f"{value:10.2f}" if value is not None else f"{'-':>10}"
        ratio = f"{ours / peer:6.2f} x" if ours is not None and peer else " " * 8
        print(f"{name:44} {show(ours)} {show(peer)} {unit:6} {ratio}  {note}", flush=True)


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else None


def ms(values, share=0.5):
    value = quantile(values, share)
    return None if value is None else value * 1000


def alternate(bench, path, rounds, measure, peer_path=None):
    """The values of `measure` for both programs, alternating."""
    values = {"pullquote": [], "less": []}
    for _ in range(rounds):
        for program, taken in values.items():
            where = peer_path if program == "less" and peer_path else path
            with bench.session(program, where) as session:
                taken.append(measure(session))
    return values["pullquote"], values["less"]


def start(bench, paths):
    few = max(3, bench.rounds // 3)
    cases = [("short article", "short", bench.rounds, None), ("1 MB", "long", few, None),
             ("100 MB", "huge", few, None), ("10 MB on one line", "line", few, None),
             ("folder of 10,000", "folder", few, paths["folder"] / "00/00000.txt")]
    for name, path, rounds, peer in cases:
        ours, theirs = alternate(bench, paths[path], rounds, Session.first_frame, peer)
        bench.report(f"start: {name}", ms(ours), ms(theirs), "ms", f"ours {ms(ours, 0):.1f} to {ms(ours, 1):.1f}")


def typed(bench, path, program, keys, count, before=""):
    """Latencies and bytes of `count` presses."""
    with bench.session(program, path) as session:
        session.first_frame()
        session.settle(2.0 if program == "pullquote" else 0.3)
        if before:
            session.press(before, quiet=0.1)
        pressed = [session.press(key) for _, key in zip(range(count), keys)]
    answered = [each for each in pressed if each[0] is not None]
    return [each[0] for each in answered], [each[1] for each in answered], count - len(answered)


def endless(key):
    while True:
        yield key


def keys(bench, paths):
    count = 100
    for name, key in KEYS.items():
        ours, our_bytes, missed = typed(bench, paths["long"], "pullquote", endless(key), count)
        theirs, their_bytes, _ = typed(bench, paths["long"], "less", endless(key), count)
        note = f"{missed} without an answer" if missed else ""
        bench.report(f"{name}: median", ms(ours), ms(theirs), "ms", note)
        bench.report(f"{name}: 99th percentile", ms(ours, 0.99), ms(theirs, 0.99), "ms")
        bench.report(f"{name}: bytes", quantile(our_bytes, 0.5), quantile(their_bytes, 0.5), "bytes")
    for name, pressed, before in [("next quotation", endless('"'), ""),
                                  ("find, per keystroke", list("said tomas reyes, a union"), "/")]:
        ours, _, missed = typed(bench, paths["long"], "pullquote", pressed, 100 if not before else 25, before)
        note = f"{missed} without an answer" if missed else ""
        bench.report(f"{name}: median", ms(ours), None, "ms", note)
        bench.report(f"{name}: 99th percentile", ms(ours, 0.99), None, "ms")


def resize(bench, paths):
    def storm(session):
        session.first_frame()
        session.settle(1.0)
        for index in range(100):
            session.resize(60 + (index * 7) % 100, 20 + index % 25)
            session.burst(quiet=0.010, limit=0.010)
        last = time.perf_counter()
        session.resize(100, 30)
        _, ended = session.burst(quiet=0.1, limit=1.0)
        return ended - last if ended else 0.0
    ours, theirs = alternate(bench, paths["long"], 3, storm)
    bench.report("burst of resizes: delay after the last", ms(ours), ms(theirs), "ms")


def idle(bench, paths):
    def wait(session):
        session.first_frame()
        session.settle(2.0)
        session.press(" ")
        session.settle(1.0)
        switches, cpu = session.wakeups(), session.cpu_ms()
        received, _ = session.burst(quiet=5.0, limit=5.0)
        return session.wakeups() - switches, session.cpu_ms() - cpu, len(received)
    ours, theirs = alternate(bench, paths["short"], 1, wait)
    for index, (name, unit) in enumerate([("wake-ups", ""), ("CPU", "ms"), ("written", "bytes")]):
        bench.report(f"idle for 5 s: {name}", float(ours[0][index]), float(theirs[0][index]), unit)


def memory(bench, paths):
    def peak(session):
        session.first_frame()
        session.settle(0.5)
        session.press(" ", quiet=0.5)
        for _ in range(100):
            used = session.cpu_ms()
            session.settle(0.3)
            if session.cpu_ms() == used:
                break
        return session.peak_mib()
    for name, path in [("short article", "short"), ("1 MB", "long"), ("100 MB", "huge"), ("folder of 10,000", "folder")]:
        peer = paths["folder"] / "00/00000.txt" if path == "folder" else None
        ours, theirs = alternate(bench, paths[path], 1, peak, peer)
        bench.report(f"memory: {name}", ours[0], theirs[0], "MiB")


def quit(bench, paths):
    def at_rest(session):
        session.first_frame()
        session.settle(1.0)
        return session.quit()

    def at_work(session):
        session.first_frame()
        return session.quit()
    cases = [("when idle", "short", at_rest), ("while 10,000 articles load", "folder", at_work)]
    for name, path, measure in cases:
        peer = paths["short"]
        ours, theirs = alternate(bench, paths[path], 5, measure, peer)
        ended = [each for each in ours if each is not None]
        note = "" if len(ended) == len(ours) else "did not end"
        bench.report(f"quit: {name}", ms(ended), ms([each for each in theirs if each]), "ms", note)


MEASUREMENTS = {"start": start, "keys": keys, "resize": resize, "idle": idle, "memory": memory, "quit": quit}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = pathlib.Path(__file__).resolve().parent.parent
    parser.add_argument("--binary", default=str(root / "target/release/pullquote"))
    parser.add_argument("--only", default=",".join(MEASUREMENTS), help="which measurements, by comma")
    parser.add_argument("--rounds", type=int, default=15, help="how often each program is started")
    parser.add_argument("--json", help="also write the figures to this file")
    parser.add_argument("--favor", action="store_true", help="put both programs before other work")
    options = parser.parse_args()
    names = set(options.only.split(","))
    if not shutil.which("less"):
        sys.exit("terminal.py needs less to compare with")
    if not os.access(options.binary, os.X_OK):
        sys.exit(f"there is no {options.binary}: cargo build --release")
    with tempfile.TemporaryDirectory(prefix="pullquote-bench-") as work:
        work = pathlib.Path(work)
        paths = make_corpus(work, names)
        if options.favor:
            with contextlib.suppress(PermissionError):
                os.nice(-15)
        bench = Bench(options.binary, work, options.rounds)
        print(f"{'':44} {'pullquote':>10} {'less':>10}")
        for name, measure in MEASUREMENTS.items():
            if name in names:
                measure(bench, paths)
        if options.json:
            pathlib.Path(options.json).write_text(json.dumps(bench.results, indent=1) + "\n")


if __name__ == "__main__":
    main()
