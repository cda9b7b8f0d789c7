"""The dates and tables that fill the places in the Danish texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kommissorium.demo.almanac import Almanac
from kommissorium.demo.texts import rows, rows_of, table
from kommissorium.meetings.year_plan import add_months

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
