"""The Danish texts of the story as they lie in their files."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from kommissorium.core.richtext import sanitise
from kommissorium.demo.almanac import Almanac
from kommissorium.demo.mandates import security_mandate
from kommissorium.demo.texts import FOLDER, Sheet, rows, rows_of, sheet, sheet_of_cells, table
from kommissorium.demo.words import FIRST, words_for

SHEETS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
WORDS = words_for(Almanac(date(2026, 11, 25)), 0)


@pytest.mark.parametrize("name", SHEETS)
def test_a_text_loses_no_word_to_the_sanitiser(name: str) -> None:
    read = sheet(name, WORDS)
    assert read.title
    for part in read.parts():
        assert words_in(sanitise(part)) == words_in(part)


def words_in(html: str) -> list[str]:
    return unescape(re.sub(r"<[^>]+>", " ", html)).split()


@pytest.mark.parametrize("name", ["incidents.csv", "policies.csv", "quarters.csv"])
def test_every_meeting_has_its_rows(name: str) -> None:
    last = 0 if name == "incidents.csv" else 1
    assert [ago for ago in range(FIRST, last - 1, -1) if not rows_of(name, ago)] == []


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.csv")))
def test_every_row_of_a_table_has_all_its_cells(name: str) -> None:
    assert [row for row in rows(name) if None in row or None in row.values()] == []


def test_what_stands_in_a_cell_is_never_read_as_markup() -> None:
    assert "<td>A &lt; B &amp; C</td>" in table(["Sag"], [["A < B & C"]])


def test_a_table_for_spreadsheets_says_that_it_is_utf_8() -> None:
    assert sheet_of_cells(["Sag"], [["Æble"]]) == "\ufeffSag\r\nÆble\r\n".encode()


def test_a_text_without_a_recommendation_has_only_a_presentation() -> None:
    assert Sheet({}, "---\n<p>Kun en orientering.</p>").parts() == (
        "",
        "<p>Kun en orientering.</p>",
    )


def test_the_second_mandate_adds_a_seat_and_a_task() -> None:
    first, second = security_mandate(1), security_mandate(2)
    assert "Teknik og Miljø" in second
    assert "Teknik og Miljø" not in first
    assert "xxxxx" not in first
