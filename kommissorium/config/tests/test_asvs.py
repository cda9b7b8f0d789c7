"""The table of OWASP ASVS 5.0.0 is whole, and what it names is there."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from functools import cache

import pytest

from kommissorium.config.tests.test_house import ROOT

COLUMNS = ["id", "level", "what", "state", "where", "test", "why"]
STATES = {"met", "met, untested", "not met", "does not apply"}
MOST_WORDS = 12
# How many requirements of levels 1 and 2 a section of the standard has, and which of level 3 are
# in the table beside them. Numbers run from 1; those left out are of level 3.
SECTIONS = (
    "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3"
    " 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3"
    " 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11"
    " 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1"
    " 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3"
    " 16.5:3 17.1:1 17.2:4 17.3:2"
)
LEVEL_3 = [
    "1.2.10",
    "1.3.12",
    "2.3.5",
    "3.4.8",
    "3.5.8",
    "5.2.4",
    "5.2.5",
    "5.2.6",
    "7.5.3",
    "8.3.2",
    "15.4.2",
]
# Of each chapter: how many rows are of level 1 and of level 2.
CHAPTERS = {
    1: (8, 19),
    2: (4, 7),
    3: (8, 11),
    4: (2, 8),
    5: (4, 5),
    6: (13, 22),
    7: (6, 12),
    8: (4, 3),
    9: (4, 3),
    10: (5, 24),
    11: (3, 11),
    12: (3, 6),
    13: (1, 12),
    14: (2, 7),
    15: (3, 10),
    16: (0, 16),
    17: (0, 7),
}


@cache
def rows() -> tuple[dict[str, str], ...]:
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def numbers(row: dict[str, str]) -> tuple[int, ...]:
    return tuple(map(int, row["id"].split(".")))


def of_level_3() -> list[str]:
    return [row["id"] for row in rows() if row["level"] == "3"]


def test_every_requirement_stands_there_once_and_in_order() -> None:
    assert list(rows()[0]) == COLUMNS
    ids = [row["id"] for row in rows()]
    assert ids == [row["id"] for row in sorted(rows(), key=numbers)]
    assert len(ids) == len(set(ids))
    assert of_level_3() == LEVEL_3
    ours = Counter(one.rpartition(".")[0] for one in ids if one not in LEVEL_3)
    assert ours == {
        name: int(most) for name, _, most in (s.partition(":") for s in SECTIONS.split())
    }
    for name, number in ours.items():
        places = [int(one.rpartition(".")[2]) for one in ids if one.rpartition(".")[0] == name]
        if name not in {one.rpartition(".")[0] for one in LEVEL_3}:
            assert places == list(range(1, number + 1)), name


def test_every_chapter_has_its_rows_of_each_level() -> None:
    found = Counter((numbers(row)[0], row["level"]) for row in rows())
    assert {one: (found[one, "1"], found[one, "2"]) for one in CHAPTERS} == CHAPTERS
    assert sum(one for one, _two in CHAPTERS.values()) == 70
    assert sum(two for _one, two in CHAPTERS.values()) == 183


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_a_row_has_an_answer_and_names_what_is_there(row: dict[str, str]) -> None:
    assert row["state"] in STATES
    assert 0 < len(row["what"].split()) <= MOST_WORDS
    if row["state"] == "met":
        assert row["where"] and row["test"]
    else:
        assert row["why"]
    if row["state"] == "met, untested":
        assert row["where"] and not row["test"]
    for path in row["where"].split():
        assert (ROOT / path).is_file(), path
    for test in row["test"].split():
        path, _, name = test.partition("::")
        assert name.startswith("test_") and name in functions(path), test


def test_the_text_lists_what_is_not_met() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    _before, _, after = text.partition("## What is not met\n")
    listed = re.findall(r"\b\d{1,2}\.\d\.\d{1,2}\b", after.partition("\n## ")[0])
    assert sorted(listed) == sorted(row["id"] for row in rows() if row["state"] == "not met")
