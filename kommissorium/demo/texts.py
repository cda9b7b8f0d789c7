"""The Danish texts of the story, and the dates and tables that fill their places."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from string import Template

from django.utils.html import escape

from kommissorium.demo.almanac import Almanac
from kommissorium.measures.days import add_months

FOLDER = Path(__file__).with_name("texts")
PARTED = "---\n"


@dataclass(frozen=True)
class Sheet:
    """A text under a few headed lines, as "Titel: Referat"."""

    head: Mapping[str, str]
    body: str

    @property
    def title(self) -> str:
        return self.head["Titel"]

    def parts(self) -> tuple[str, str]:
        """Return the recommendation and the case presentation of an agenda item."""
        recommendation, _line, presentation = self.body.partition(PARTED)
        return recommendation.strip(), presentation


def sheet(name: str, words: Mapping[str, str]) -> Sheet:
    """Return a text of the folder with its places filled. Raises KeyError for a missing word."""
    head, _line, body = Template(text(name)).substitute(words).partition("\n\n")
    lines = (line.partition(":") for line in head.splitlines())
    return Sheet({key.strip(): value.strip() for key, _colon, value in lines}, body.strip())


@cache
def text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def rows(name: str) -> Sequence[Mapping[str, str]]:
    """Return the rows of a table of the folder by its headings."""
    return tuple(csv.DictReader(text(name).splitlines(), delimiter=";"))


def rows_of(name: str, ago: int) -> list[Mapping[str, str]]:
    """Return the rows that belong to the meeting `ago` meetings ago."""
    return [row for row in rows(name) if int(row["møde"]) == ago]


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a table of plain texts as rich text."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in lines
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def sheet_of_cells(head: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a file that Danish spreadsheets open by themselves."""
    written = "\r\n".join(";".join(line) for line in (head, *lines))
    return f"\ufeff{written}\r\n".encode()


# Hours of the four tasks of a quarter; with the 76 of the work plan they make 236.
HOURS = (40, 52, 44, 24)
NUMBERS = ("ingen", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
REVIEW_AFTER = 3  # days from a meeting until its minutes are sent to review
INCIDENT_HEAD = ("Hændelse", "Alvor", "Brud på persondata", "Opfølgning")


def words_for(days: Almanac, ago: int) -> dict[str, str]:
    """Return the words that the texts of the meeting `ago` meetings ago may name."""
    held = days.held_day(ago)
    before = days.held_day(ago + 1) if ago < days.span.first else held
    return {
        "kvartal": days.quarter(ago),
        "arbejdskvartal": days.quarter(ago, later=2),
        "moede": days.words(held),
        "forrige": days.words(before),
        "udsendt": days.words(days.workday(before + timedelta(days=REVIEW_AFTER))),
        "naeste": days.words(days.held_day(ago - 1)),
        "svarfrist": days.words(days.workday(held + timedelta(days=28))),
        "ikraft": days.words(add_months(held.replace(day=1), 2)),
        "projekter": project_table(ago),
        "antal_projekter": _count(len(projects_of(ago))),
        "haendelser": incident_table(ago),
        "antal_haendelser": _count(len(rows_of("incidents.csv", ago))),
        "udfoert": done_table(days, ago),
        "opgaver": coming_table(days, ago),
        "timer": hours_table(days, ago),
    }


def project_table(ago: int) -> str:
    return table(("Projekt", "Ansvarlig", "Status", "Bemærkning"), project_lines(ago))


def project_lines(ago: int) -> list[Sequence[str]]:
    return [[row["projekt"], row["ansvarlig"], *_state(row, ago)] for row in projects_of(ago)]


def incident_lines(ago: int) -> list[Sequence[str]]:
    return [
        (row["hændelse"], row["alvor"], row["persondata"], row["opfølgning"])
        for row in rows_of("incidents.csv", ago)
    ]


def incident_table(ago: int) -> str:
    return table(INCIDENT_HEAD, incident_lines(ago))


def done_table(days: Almanac, ago: int) -> str:
    """Return a table of the year wheel's tasks of the quarter before, with their outcome."""
    lines = [
        (row["opgave"], row["ansvarlig"], row[f"resultat{year_of(ago)}"])
        for row in tasks_of(days.season(ago) - 1)
    ]
    return table(("Opgave", "Ansvarlig", "Resultat"), lines)


def year_of(ago: int) -> int:
    """Return which of the three years a meeting reports on, from 1."""
    return max(1, min(3, (15 - ago) // 4))


def coming_table(days: Almanac, ago: int) -> str:
    """Return the year wheel's tasks of the quarter after the meeting."""
    lines = [(row["opgave"], row["ansvarlig"]) for row in tasks_of(days.season(ago) + 1)]
    return table(("Opgave", "Ansvarlig"), lines)


def hours_table(days: Almanac, ago: int) -> str:
    tasks = tasks_of(days.season(ago) + 1)
    lines = [
        (row["opgave"], row["ansvarlig"], str(hours))
        for row, hours in zip(tasks, HOURS, strict=True)
    ]
    return table(("Opgave", "Ansvarlig", "Timer"), lines)


def projects_of(ago: int) -> list[dict[str, str]]:
    """Return the projects under way at the meeting."""
    return [dict(row) for row in rows("projects.csv") if int(row["fra"]) >= ago >= int(row["til"])]


def _state(row: dict[str, str], ago: int) -> tuple[str, str]:
    if row["gul"] == str(ago):
        return "Gul", row["gult"]
    if row["fra"] == str(ago):
        return "Begyndt", row["start"]
    if row["til"] == str(ago):
        return "Afsluttet", row["slut"]
    return "Følger planen", row["midt"]


def tasks_of(season: int) -> list[dict[str, str]]:
    """Return the year wheel's tasks of a quarter; 0 and 5 belong to the years before and after."""
    wanted = str((season - 1) % 4 + 1)
    return [dict(row) for row in rows("wheel.csv") if row["kvartal"] == wanted]


def _count(number: int) -> str:
    return NUMBERS[number]
