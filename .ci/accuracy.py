#!/usr/bin/env python3
"""Scores a build of pullquote and compares the figures with those in docs/accuracy.md.

    .ci/accuracy.py BINARY            fails if a measure is below its floor, or a figure in the document differs
    .ci/accuracy.py BINARY --write    writes the figures into the document
    .ci/accuracy.py --from FILE [--write]   the same with the saved output of a run

The scorer and its articles are in ../shared/eval; the floors are in .ci/floors.json. Standard library only.
"""
import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCORER = ROOT / "../shared/eval/run.py"
FLOORS = ROOT / ".ci/floors.json"
DOCUMENT = ROOT / "docs/accuracy.md"

# What the document says for each measure of each set.
LABELS = {
    "quotes": {
        "quotes.f1": "direct quotations, F1",
        "speaker.accuracy": "their speakers, where the quotation was found",
        "speaker.e2e_f1": "direct quotations with the right speaker, F1",
        "entity.auto_e2e": "direct quotations whose source has a name, with the right surname",
        "entity.hand_e2e_weighted": "direct quotations with the right person or organization, weighted by kind of source",
        "indirect.f1": "reported speech without quotation marks, F1",
        "indirect.e2e_f1": "reported speech with the right speaker, F1",
    },
    "panel": {
        "precision": "listed speakers who are quoted in the article",
        "recall": "named people quoted in the article who are listed",
        "f1": "both, F1",
        "top3": "the first three listed speakers who are quoted",
        "shape": "listed names that read as a name or noun phrase",
    },
    "fresh": {
        "found": "direct quotations, F1",
        "speaker": "their speakers, where the quotation was found",
        "e2e": "direct quotations with the right speaker, F1",
        "junk": "listed speakers who are nobody (less is better)",
    },
    "atoms": {
        "found": "direct quotations, F1",
        "speaker": "their speakers, where the quotation was found",
        "e2e": "direct quotations with the right speaker, F1",
    },
    "people": {
        "bcubed.persons.f1": "who is the same person, B³ F1",
        "bcubed.organizations.f1": "which is the same organization, B³ F1",
        "roles.list.weighted.right": "right roles, weighted by quotations",
        "roles.list.weighted.wrong": "wrong roles, weighted by quotations (less is better)",
        "junk.rows_pct": "rows that are nobody (less is better)",
        "first.sound_50": "sound rows among the first 50",
        "first.sound_all": "sound rows among all",
    },
    "cases": {"held": "folders whose rows are right"},
    "german": {
        "direct.f1": "direct quotations, F1",
        "direct.e2e_f1": "direct quotations with the right speaker, F1",
        "indirect.f1": "reported speech, F1",
        "indirect.e2e_f1": "reported speech with the right speaker, F1",
    },
    "langs": {
        "found": "direct quotations found, average over languages",
        "right": "direct quotations with the right speaker, average",
        "reported_right": "reported speech with the right speaker, average",
        "countries": "countries found, average over languages",
        "countries_exact": "difficult texts with exactly the right countries",
        "language": "texts whose language is detected",
        "search": "searches with the right hits",
    },
    "countries": {
        "mention.P": "mentions of countries, precision",
        "mention.R": "mentions of countries, recall",
        "mention.F1": "mentions of countries, F1",
        "document.F1": "the countries of an article, F1",
        "document.exact_sets": "articles with exactly the right countries",
    },
    "hard": {
        "mention.F1": "mentions of countries, F1",
        "document.exact_sets": "sentences with exactly the right countries",
    },
}


def parsed(output):
    """The figures the scorer printed: {set: {measure: text}}."""
    figures, name = {}, None
    for line in output.splitlines():
        measure = re.match(r"  (\S+) +(-?[\d.]+)", line)
        if measure and name:
            figures[name][measure[1]] = f"{float(measure[2]):.1f}"
        elif re.fullmatch(r"\w+", line):
            name = line
            figures[name] = {}
    return figures


def table(name, figures):
    rows = ["| measure | percent |", "|---|--:|"]
    for measure, figure in figures.items():
        label = LABELS.get(name, {}).get(measure)
        if label is None:
            sys.exit(f"accuracy: the measure {name}: {measure} needs a label in .ci/accuracy.py")
        rows.append(f"| {label} | {figure} |")
    return "\n".join(rows)


def filled(document, figures):
    for name in figures:
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        if start not in document or end not in document:
            sys.exit(f"accuracy: docs/accuracy.md needs a place for the set {name}: {start} … {end}")
        before, rest = document.split(start, 1)
        after = rest.split(end, 1)[1]
        document = f"{before}{start}\n\n{table(name, figures[name])}\n\n{end}{after}"
    return document


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/accuracy.md")
    parser.add_argument("--from", dest="saved", metavar="FILE", help="use the saved output of the scorer")
    arguments = parser.parse_args()
    if arguments.saved:
        output, status = pathlib.Path(arguments.saved).read_text(), 0
    elif arguments.binary:
        command = [sys.executable, str(SCORER), arguments.binary, "--floors", str(FLOORS)]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        output, status = run.stdout, run.returncode
        print(output, end="")
    else:
        parser.error("name the program to score")
    figures = parsed(output)
    if not figures:
        sys.exit("accuracy: the scorer printed no figures")
    document = DOCUMENT.read_text()
    fresh = filled(document, figures)
    if arguments.write:
        DOCUMENT.write_text(fresh)
    elif fresh != document:
        print("accuracy: docs/accuracy.md has other figures; .ci/accuracy.py BINARY --write updates it")
        status = status or 1
    if status:
        sys.exit(status)


if __name__ == "__main__":
    main()
