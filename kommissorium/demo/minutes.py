"""The minutes of a meeting of the past, as they are attached to the next one's first item."""

from __future__ import annotations

from django.utils.html import escape

from kommissorium.committees.models import Seat
from kommissorium.demo.story import Town
from kommissorium.demo.texts import Sheet, rows_of, sheet
from kommissorium.demo.words import words_for
from kommissorium.meetings.models import AgendaItem

CLOSED = "Punktet er lukket. Beslutningen står i det lukkede referat."
WEIGHED = (
    "Udvalget finder, at reglerne står mål med truslen, er til at leve med i hverdagen og kan "
    "holdes inden for budgettet."
)


def minutes_of(town: Town, ago: int) -> Sheet:
    """Return what was decided at the meeting so many meetings ago, and who was there."""
    days, meeting = town.almanac, town.meetings[ago]
    day = days.words(days.held_day(ago))
    present, absent = _attendance(town, ago)
    sections = [
        f"<h3>{number}. {escape(_title(item))}</h3><p>{escape(_decision(town, ago, item))}</p>"
        for number, item in enumerate(meeting.items.select_related("clause"), 1)
    ]
    head = {
        "Titel": f"Referat af mødet den {day}",
        "Udvalg": meeting.committee.name,
        "Sted": meeting.place,
        "Til stede": ", ".join(present),
        "Afbud": absent,
        "Referent": town.coordinator().name,
    }
    return Sheet(head, "".join(sections))


def _attendance(town: Town, ago: int) -> tuple[list[str], str]:
    """Return who was there and one sentence on who was not; each time it is somebody else."""
    day = town.almanac.held_day(ago)
    seats = list(town.committees["security"].seats.on(day).with_holders(day))
    held = [seat for seat in seats if seat.holder]
    members = [seat for seat in held if seat.role in (Seat.Role.MEMBER, Seat.Role.ADVISER)]
    away = members[ago % len(members)]
    present = [str(seat.holder) for seat in held if seat != away]
    if away.deputy:
        present.append(str(away.deputy))
        return present, f"{away.holder}. {away.deputy} deltog i stedet."
    return present, f"{away.holder}"


def _title(item: AgendaItem) -> str:
    return "Lukket punkt" if item.is_closed else item.title


def _decision(town: Town, ago: int, item: AgendaItem) -> str:
    if item.is_closed:
        return CLOSED
    if item.clause is None:
        extra = sheet(f"extras/{ago}.html", words_for(town.almanac, ago))
        return extra.head["Beslutning"]
    return _by_measure(town, ago, item.clause.measure)


def _by_measure(town: Town, ago: int, measure: str) -> str:
    words = words_for(town.almanac, ago)
    match measure:
        case "agenda_minutes":
            return "Indstillingen blev fulgt."
        case "agenda_ongoing":
            return f"Udvalget drøftede {words['antal_projekter']} projekter. {_yellow(words)}"
        case "agenda_incidents":
            return _worst(ago)
        case "agenda_coming_tasks":
            return f"Opgaverne for {words['arbejdskvartal']} blev godkendt."
        case "agenda_policies":
            title = rows_of("policies.csv", ago)[0]["titel"]
            return f"{title} blev godkendt og gælder fra {words['ikraft']}. {WEIGHED}"
        case "executive_reporting":
            return "Rapporten blev godkendt. Formanden forelægger den for direktionen."
        case "agenda_any_other_business":
            return rows_of("quarters.csv", ago)[0]["eventuelt"] or "Intet."
    return "Taget til efterretning."


def _yellow(words: dict[str, str]) -> str:
    if "<td>Gul</td>" in words["projekter"]:
        return "Det gule projekt får en ny plan, som it-chefen fremlægger på næste møde."
    return "Alle følger planen, og status blev taget til efterretning."


def _worst(ago: int) -> str:
    found = rows_of("incidents.csv", ago)
    worst = min(found, key=lambda row: ("Høj", "Mellem", "Lav").index(row["alvor"]))
    return (
        f"Udvalget brugte mest tid på denne hændelse: {worst['hændelse']}. "
        f"{worst['opfølgning']} Gennemgangen blev taget til efterretning."
    )
