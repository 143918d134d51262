#!/usr/bin/env python3
"""Train the table of byte pairs in byte_pairs.rs.

    python3 src/packed/byte_pairs.py            # prints the table
    python3 src/packed/byte_pairs.py --write    # puts it into src/packed/byte_pairs.rs

Run it in the root of the repository. It needs only Python, and the same sources always give the same table.
A new table changes the bytes of every record: raise `VERSION` in src/search/record/mod.rs and in
src/shell/index/image.rs with it.

Records hold names, offices and headlines, so the table is trained on those and not on running text:

    src/lexicon/en/given-names.txt, src/lexicon/names/given.txt   given names
    src/lexicon/en/people.txt                                     titles and roles
    src/lexicon/en/bodies.txt                                     words for organizations and places
    src/lexicon/countries.tsv                                     countries, adjectives, cities
    articles/                                                     headlines of the sample articles

The lists hold single words. `corpus` combines them as the news does ("Ana Ruiz", "the city council spokesman",
"Ministry of Kenya"), because the letters on both sides of a space matter. Only ASCII is used, because only ASCII
is compressed.

Training is plain byte-pair encoding: join the most frequent pair of neighbors, 128 times.
"""
import collections
import pathlib
import re
import sys

N_PIECES = 128
# byte_pairs.rs expands a byte to at most this many letters (`LONGEST_PIECE`).
LONGEST = 8
# How often each headline counts: there are few, and they are the only texts with words of all kinds.
HEADLINE_WEIGHT = 8
RUST = pathlib.Path("src/packed/byte_pairs.rs")


def sections(path):
    """The words of a list under their classes."""
    found, words = {}, []
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            words += [line]
    return found


def rows(path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and line[0] not in "#["]


def capitalized(words):
    return [" ".join(part[:1].upper() + part[1:] for part in word.split(" ")) for word in words]


def countries():
    """Countries, their adjectives, and their cities."""
    names, adjectives, cities = [], [], []
    for row in rows("src/lexicon/countries.tsv"):
        columns = row.split("\t") + [""] * 10
        names.append(columns[1])
        adjectives += columns[5].split("; ")[:1]
        cities += columns[8].split("; ") + columns[9].split("; ")
    return [list(filter(None, words)) for words in (names, adjectives, cities)]


def headlines():
    title = re.compile(r"""(?mi)^title *[:=] *["']?(.*?)["']?$|<title>(.*?)</title>|"headline": "(.*?)\"""")
    found = []
    for path in sorted(pathlib.Path("articles").rglob("*.*")):
        text = path.read_text(encoding="utf-8", errors="replace")
        found += ["".join(groups) for groups in title.findall(text)] or text.splitlines()[:1]
    return found


def corpus():
    """Texts as records hold them, with their counts."""
    texts = collections.Counter()

    def combine(pattern, first, second, count, stride):
        """Adds `count` combinations. The stride, a prime, pairs each word with different ones."""
        for n in range(count):
            texts[pattern % (first[n % len(first)], second[(n * stride + 3) % len(second)])] += 1

    english = capitalized(sorted({name for row in rows("src/lexicon/en/given-names.txt") for name in row.split()}))
    world = capitalized(sorted(set(rows("src/lexicon/names/given.txt"))))
    people, bodies = sections("src/lexicon/en/people.txt"), sections("src/lexicon/en/bodies.txt")
    roles = people["title"] + people["role"] + people["role-plural"]
    organizations, places = bodies["organization"], bodies["place"]
    names, adjectives, cities = countries()
    combine("%s %s", english, english, len(english), 37)  # Many given names are surnames too.
    combine("%s %s", world, english, 300, 41)
    combine("%s %s", adjectives, roles, 400, 7)
    combine("%s %s", adjectives + cities, roles, 400, 31)
    combine("the %s %s", places + organizations, roles, 400, 11)
    combine("%s of the %s", roles, organizations, 300, 23)
    combine("%s %s", capitalized(roles), english, 400, 19)
    combine("%s of %s", organizations, names, 200, 13)
    combine("%s of %s", capitalized(organizations), names, 200, 17)
    combine("%s %s", cities + names, capitalized(organizations), 300, 29)
    texts.update(roles + names + cities)
    for headline in headlines():
        texts[headline] += HEADLINE_WEIGHT
    return {text: count for text, count in texts.items() if text.isascii()}


def train(texts):
    """The pieces found by joining the most frequent pair of neighbors again and again."""
    parts = {text: list(text) for text in texts}
    pieces = []
    while len(pieces) < N_PIECES:
        pairs = collections.Counter()
        for text, count in texts.items():
            for left, right in zip(parts[text], parts[text][1:]):
                if len(left + right) <= LONGEST:
                    pairs[left + right] += count
        # Of several equally frequent pairs the first in the alphabet, so that the result is always the same.
        best = min(pairs.keys() - set(pieces), key=lambda pair: (-pairs[pair], pair))
        pieces.append(best)
        for text in texts:
            if best in text:
                parts[text] = joined(parts[text], best)
    return sorted(pieces)


def joined(parts, piece):
    out = []
    for part in parts:
        if out and out[-1] + part == piece:
            out[-1] = piece
        else:
            out.append(part)
    return out


def table(pieces):
    lines = ["    "]
    for piece in pieces:
        item = f'"{piece}", '
        if len(lines[-1] + item) > 101:
            lines.append("    ")
        lines[-1] += item
    return "\n".join(line.rstrip() for line in lines)


def main():
    new = table(train(corpus()))
    if "--write" not in sys.argv:
        print(new)
        return
    source = RUST.read_text(encoding="utf-8")
    start = source.index("[\n", source.index("const PIECES")) + 2
    end = source.index("\n];", start)
    RUST.write_text(source[:start] + new + source[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
