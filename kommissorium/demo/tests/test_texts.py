"""The Danish texts of the story, in their files."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from kommissorium.core.richtext import sanitise
from kommissorium.demo.almanac import THREE_YEARS, Almanac
from kommissorium.demo.mandates import security_mandate
from kommissorium.demo.people import DWELLERS, FOUNDERS
from kommissorium.demo.rounds import RESULTS, said_of
from kommissorium.demo.texts import (
    FOLDER,
    Sheet,
    rows,
    rows_of,
    sheet,
    sheet_of_cells,
    table,
    words_for,
)
from kommissorium.meetings.models import Proceedings, Weighing
from kommissorium.yearwheel.defaults import DEFAULTS
from kommissorium.yearwheel.models import Occurrence

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


@pytest.mark.parametrize(
    "name", ["incidents.csv", "policies.csv", "quarters.csv", "weighings.csv", "discussions.csv"]
)
def test_every_meeting_has_its_rows(name: str) -> None:
    last = 0 if name == "incidents.csv" else 1
    assert [ago for ago in range(THREE_YEARS.first, last - 1, -1) if not rows_of(name, ago)] == []


TABLES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.csv"))
PERSONS = {"hvem", "ejer", "beder", "til"}  # where nothing is corrected, "til" is a person
CODES = {dweller.code for dweller in (*FOUNDERS, *DWELLERS)}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_table_has_all_its_cells(name: str) -> None:
    assert [row for row in rows(name) if None in row or None in row.values()] == []


@pytest.mark.parametrize("name", TABLES)
def test_whoever_a_table_names_lives_in_the_story(name: str) -> None:
    columns = {"hvem", "ejer", "beder"} if "fra" in rows(name)[0] else PERSONS
    named = {row[column] for row in rows(name) for column in columns & set(row)}
    assert named - {""} <= CODES


def test_what_a_comment_corrects_stands_in_the_minutes() -> None:
    for row in rows("comments.csv"):
        said = [one["tekst"] for one in rows_of("discussions.csv", int(row["møde"]))]
        assert not row["fra"] or [text for text in said if row["fra"] in text], row


def test_a_weighing_knows_its_chips() -> None:
    for row in rows("weighings.csv"):
        for aspect in Weighing.ASPECTS:
            chips = {value for value, _label in Proceedings.aspect(aspect).flatchoices}
            assert row[aspect] in chips


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


OWN = [row["pligt"] for row in rows("own.csv")]
# What the committee decides has the words of its decision.
DONE = [one.key for one in DEFAULTS if not one.by_decision]
FINISHED = [row["pligt"] for row in rows("plan.csv") if row["udfald"] in RESULTS]


@pytest.mark.parametrize("key", [*DONE, *OWN, *FINISHED])
def test_every_duty_has_words_for_how_it_went_and_every_fault_is_described(key: str) -> None:
    days = Almanac(date(2026, 11, 25))
    for number in range(1, 15):
        for month in (2, 5, 8, 11):
            said = said_of(days, key, number, date(2023 + number // 5, month, 20))
            assert said.text or said.result in Occurrence.FAULTLESS


def test_a_detour_is_of_a_duty_there_is() -> None:
    keys = {one.key for one in DEFAULTS} | {*OWN, *(row["pligt"] for row in rows("plan.csv"))}
    named = {row["pligt"].removeprefix("beredskab/") for row in rows("detours.csv")}
    assert named <= keys
