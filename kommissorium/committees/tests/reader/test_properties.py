"""Whatever the text: nothing is raised, nothing is lost and the clauses are numbered."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.committees.reader import UnreadableMandate, compare, numbers, read_file, read_text
from kommissorium.committees.reader.model import KINDS, LETTERS, ROLES
from kommissorium.committees.reader.parser import understand
from kommissorium.committees.tests.reader.words import TEXTS, letters_lost
from kommissorium.core.tests.deep import examples

LINES = sorted(
    {
        line
        for path in TEXTS.iterdir()
        for line in path.read_text(encoding="utf-8").split("\n")
        if not line.rstrip().endswith("-")
    }
)
FRAGMENTS = st.sampled_from(
    [*LINES, "", "", "| Rolle | Funktion |", "|---|---|", "a\tb", "§ 3.", "1)", "xxxxx", "og", "**"]
)
PAGES = st.lists(FRAGMENTS | st.text(max_size=40), max_size=25).map("\n".join)


@settings(max_examples=examples(120, 300), deadline=None)
@given(PAGES)
def test_no_word_of_a_jumbled_mandate_is_lost(source: str) -> None:
    assert not letters_lost(source, understand(source))


@settings(max_examples=examples(120, 300), deadline=None)
@given(st.text(max_size=400))
def test_no_word_of_any_text_is_lost_and_only_refusals_are_raised(source: str) -> None:
    assert not letters_lost(source, understand(source))
    try:
        found = read_text(source)
    except UnreadableMandate as refused:
        assert refused.code in {"empty", "no_mandate"}
    else:
        assert found == understand(source)


@settings(max_examples=examples(60, 100), deadline=None)
@given(PAGES)
def test_kinds_roles_and_numbers_are_those_the_database_knows(source: str) -> None:
    found = understand(source)
    assert {row.role for row in found.members} <= set(ROLES)
    for kind in KINDS:
        numbers = [clause.number for clause in found.clauses if clause.kind == kind]
        assert numbers == [f"{LETTERS[kind]}{place}" for place in range(1, len(numbers) + 1)]
    assert all(clause.text.strip() for clause in found.clauses)
    assert all(row.function is None or row.function.strip() for row in found.members)


@settings(max_examples=60, deadline=None)
@given(PAGES, PAGES)
def test_a_comparison_accounts_for_every_clause_once(old: str, new: str) -> None:
    before, after = understand(old).clauses, understand(new).clauses
    changes = compare(before, after)
    assert [change.new for change in changes if change.new] == list(after)
    assert sorted(c.old.number for c in changes if c.old) == sorted(c.number for c in before)


@settings(max_examples=examples(75, 150), deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a", "a.docx"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        read_file(data, name)
    except UnreadableMandate as refused:
        assert refused.message


@pytest.mark.parametrize(
    "unit",
    [
        *"aA xX.,;:-–_|\t#*>[](){}§1/\\\"'é½…o\n\f\u00ad\u2022\uf0b7",
        *(
            "A\n",
            "- a\n",
            "1. a\n",
            "a. ",
            "a, ",
            "(a",
            "a-\n",
            "1-",
            "1 gang ",
            "mindst ",
            "halv ",
        ),
        *(
            "hver 1 ",
            "one to ",
            "| a | b |\n",
            "a\tb\n",
            "A:\n",
            " – ",
            "formand og ",
            "består af ",
        ),
        *(
            "a is chair and ",
            "udvalg",
            "Stk. 1. ",
            "1. A 2. ",
            "A a\n\n",
            "sikkerhed",
            "xxx ",
            "år ",
        ),
    ],
)
def test_sixty_thousand_characters_of_anything_are_read(unit: str) -> None:
    body = unit * (59_000 // len(unit))
    found = understand(f"Medlemmer\n\n{body}\nMøder\n\n{body[:900]}")
    assert re.sub(r"\W", "", "".join(found.headings)).startswith("Medlemmer")


@pytest.mark.parametrize("unit", ["og ", "samt; ", "udvalget mødes hvert kvartal og "])
def test_words_are_looked_at_few_times_however_long_the_sentence(unit, monkeypatch) -> None:
    seen: list[int] = []
    tokens = numbers.tokens

    def counted(text: str) -> list[str]:
        seen.append(len(text))
        return tokens(text)

    monkeypatch.setattr(numbers, "tokens", counted)
    understand(f"Kommissorium for udvalget\n\n{unit * (59_000 // len(unit))}")
    assert max(seen) <= 4000 and sum(seen) < 59_000 * 5
