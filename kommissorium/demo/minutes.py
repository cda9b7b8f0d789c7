"""The minutes of a meeting of the past, as they are attached to the next one's first item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import escape

from kommissorium.committees.models import Seat
from kommissorium.demo.story import Town
from kommissorium.demo.texts import FOLDER, Sheet, rows_of, sheet
from kommissorium.demo.words import FIRST, projects_of, tasks_of, words_for
from kommissorium.meetings.models import AgendaItem

CLOSED = "Punktet er lukket. Beslutningen står i det lukkede referat."
WITHOUT_CHAIR = 6  # the meeting at which the chair's seat was vacant
WEIGHED = (
    "Udvalget finder, at reglerne står mål med truslen, er til at leve med i hverdagen og kan "
    "holdes inden for budgettet."
)


def minutes_of(town: Town, ago: int) -> Sheet:
    """Return what was decided at the meeting so many meetings ago, and who was there."""
    days, meeting = town.almanac, town.meetings[ago]
    title = f"Referat af mødet den {days.words(days.held_day(ago))}"
    head = {"Titel": title, "Udvalg": meeting.committee.name, "Sted": meeting.place}
    decided, own = _decided(town, ago), _own_decision(town, ago)
    sections = [
        f"<h3>{number}. {escape(_title(item))}</h3><p>{escape(_decision(item, decided, own))}</p>"
        for number, item in enumerate(meeting.items.select_related("clause"), 1)
    ]
    return Sheet(head | _attendance(town, ago), "".join(sections))


def _attendance(town: Town, ago: int) -> dict[str, str]:
    """Return who was there, who was not, and who wrote. Each time somebody else is away."""
    day = town.almanac.held_day(ago)
    seats = town.committees["security"].seats.on(day).with_holders(day)
    held = [seat for seat in seats if seat.holder]
    members = [seat for seat in held if seat.role in (Seat.Role.MEMBER, Seat.Role.ADVISER)]
    away = members[ago % len(members)]
    there = [seat.holder for seat in held if seat != away] + [away.deputy]
    instead = f" {away.deputy} deltog i stedet." if away.deputy else ""
    secretary = next(seat.holder for seat in held if seat.role == Seat.Role.SECRETARY)
    return {
        "Til stede": ", ".join(str(person) for person in there if person),
        "Afbud": f"{away.holder}.{instead}",
        "Referent": str(secretary),
    }


def _own_decision(town: Town, ago: int) -> str:
    """Return what was decided on the meeting's own item; "" when it had none."""
    name = f"extras/{ago}.html"
    if not (FOLDER / name).exists():
        return ""
    return sheet(name, words_for(town.almanac, ago)).head["Beslutning"]


def _title(item: AgendaItem) -> str:
    return "Lukket punkt" if item.is_closed else item.title


def _decision(item: AgendaItem, decided: Mapping[str, str], own: str) -> str:
    if item.is_closed:
        return CLOSED
    return decided[item.clause.measure] if item.clause else own


def _decided(town: Town, ago: int) -> dict[str, str]:
    """Return what was decided by the measure of the mandate's clause."""
    words = words_for(town.almanac, ago)
    quarter, policy = rows_of("quarters.csv", ago)[0], rows_of("policies.csv", ago)[0]
    tasks = _named(tasks_of(town.almanac.season(ago) + 1), "opgave")
    leads = "Næstformanden" if ago == WITHOUT_CHAIR else "Formanden"
    return {
        "agenda_minutes": "Indstillingen blev fulgt.",
        "agenda_ongoing": _projects(ago),
        "agenda_incidents": _worst(ago),
        "agenda_year_wheel": _done(town, ago),
        "agenda_coming_tasks": f"Opgaverne for {words['arbejdskvartal']} blev godkendt: {tasks}.",
        "agenda_policies": (
            f"{policy['titel']} blev godkendt og gælder fra {words['ikraft']}. {WEIGHED}"
        ),
        "executive_reporting": (
            f"{quarter['rapport']} Rapporten blev godkendt. {leads} forelægger den for direktionen."
        ),
        "agenda_any_other_business": quarter["eventuelt"] or "Intet.",
    }


def _projects(ago: int) -> str:
    running = projects_of(ago)
    said = f"Projekterne blev drøftet: {_named(running, 'projekt')}."
    for row in running:
        if row["gul"] == str(ago):
            said += (
                f" {row['projekt']} er gult. {row['gult']} Den ansvarlige fremlægger en ny plan."
            )
        if row["til"] == str(ago):
            said += f" {row['projekt']} er afsluttet. {row['slut']}"
    return said


def _worst(ago: int) -> str:
    found = rows_of("incidents.csv", ago)
    worst = min(found, key=lambda row: ("Høj", "Mellem", "Lav").index(row["alvor"]))
    return (
        f"Udvalget brugte mest tid på denne hændelse: {worst['hændelse']}. "
        f"{worst['opfølgning']} Gennemgangen blev taget til efterretning."
    )


def _done(town: Town, ago: int) -> str:
    if ago == FIRST:
        return "Årshjulet blev godkendt."
    tasks = _named(tasks_of(town.almanac.season(ago) - 1), "opgave")
    return f"Resultaterne blev taget til efterretning. De gjaldt {tasks}."


def _named(rows: Sequence[Mapping[str, str]], column: str) -> str:
    """Return the names as one enumeration, each with a small first letter."""
    *names, last = (row[column][0].lower() + row[column][1:] for row in rows)
    return f"{', '.join(names)} og {last}" if names else last
