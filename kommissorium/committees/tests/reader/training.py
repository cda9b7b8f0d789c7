"""Trains the second reading of clauses: an averaged perceptron in whole numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from kommissorium.committees.reader import builtin, understand
from kommissorium.committees.reader.second_reading import BUCKETS, MIDDLE, features, kind_read
from kommissorium.committees.tests.reader import counted

PHRASES = Path(__file__).with_name("phrases.txt")
ROUNDS = 12
MARGIN = 60
MOST = 44  # a weight is one letter that can be printed

type Example = tuple[str, list[int]]


def weights() -> str:
    """Return the weights as the text of the file that the program reads."""
    rows = {kind: _trained(_examples(kind)) for kind in ("duty", "agenda")}
    return json.dumps(rows, indent=0, sort_keys=True) + "\n"


def _examples(kind: str) -> list[Example]:
    told = {(read, text, code) for read, text, code in (*_phrases(), *_kept()) if read == kind}
    return [(code, features(text)) for _kind, text, code in sorted(told)]


def _phrases() -> list[tuple[str, str, str]]:
    found, kind, code = [], "", ""
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        opening, _space, rest = line.partition(" ")
        if opening in {"duty", "agenda"} and " " not in rest:
            kind, code = opening, rest.strip("-")
        elif not line.startswith("#"):
            found += [(kind, phrase, code) for phrase in line.split(" | ")]
    return found


def _kept() -> list[tuple[str, str, str]]:
    """Return the clauses of the mandates the reader is tuned by, with a person's measures."""
    found: list[tuple[str, str, str]] = []
    for name in counted.halves()["tuning"]:
        by_rules = understand(counted.kept(name)["text"])
        found += [("duty", heading, "") for heading in by_rules.headings]
        for clause in by_rules.clauses:
            bare = clause.kind in {"member", "meeting"}
            code = "" if bare else counted.measure_of(name, clause, by_rules)
            if code is not None:
                found.append((kind_read(clause.kind), clause.text, code))
    languages: tuple[Literal["da", "en"], ...] = ("da", "en")
    for language in languages:
        found += [
            (kind_read(clause.kind), clause.text, str(clause.measure or ""))
            for clause in understand(builtin(language)).clauses
            if clause.kind not in {"member", "meeting"}
        ]
    return found


def _trained(examples: list[Example]) -> dict[str, str]:
    """Return the weights of each measure: what it came to on the way, on an average."""
    codes = sorted({code for code, _read in examples})
    now = {code: [0] * BUCKETS for code in codes}
    summed = {code: [0] * BUCKETS for code in codes}
    left = total = ROUNDS * len(examples)
    order = _shuffled(len(examples))
    for _round in range(ROUNDS):
        for place in order:
            code, read = examples[place]
            scores = {one: sum(map(row.__getitem__, read)) for one, row in now.items()}
            right = scores.pop(code)
            other = max(scores, key=lambda one: (scores[one], one))
            if right - scores[other] < MARGIN:
                for one in read:
                    now[code][one] += 1
                    now[other][one] -= 1
                    summed[code][one] += left
                    summed[other][one] -= left
            left -= 1
    return {code: "".join(_letter(value, total) for value in summed[code]) for code in codes}


def _letter(value: int, total: int) -> str:
    # Four steps to one; a quotation mark or a backslash would take two letters.
    weight = max(-MOST, min(MOST, (8 * value + total) // (2 * total)))
    return chr(MIDDLE + weight + (MIDDLE + weight == ord('"')) + (MIDDLE + weight == ord("\\")))


def _shuffled(count: int) -> list[int]:
    """Return the places in an order of no meaning, the same each time."""
    return sorted(range(count), key=lambda place: ((place * 7919) % 10007, place))
