"""The decisions of past meetings, item by item, as they are written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.html import format_html

from kommissorium.demo.chapters import Chapter, chapters
from kommissorium.demo.sitting import SECURITY, Sitting
from kommissorium.demo.texts import Sheet, projects_of, rows_of, tasks_of
from kommissorium.meetings.models import AgendaItem, Outcome, Proceedings
from kommissorium.meetings.models.decisions import DECISION

UNREACHED = 2  # the meeting whose time was up before any other business
CHANGED = 4  # the meeting that confirmed the minutes before it with changes
CHANGES = (
    "Under punktet om politikker tilføjes: Afsnittet om leverandører gælder først, når byrådet har"
    " godkendt politikken."
)
FOLLOWED = "Indstillingen blev fulgt."
AS_PRESENTED = "Referatet blev godkendt uden ændringer."
TOLD = "Udvalget tog formandens beslutning til efterretning."
LISTED = "Udvalget tog listen til efterretning. Ejerne melder tilbage til næste møde."
USUAL = {  # how the tasks and the report of each quarter weigh
    "security": "stronger",
    "usability": "unchanged",
    "economy": "neutral",
    "proportion": "fitting",
}
ASPECTS = {
    "Sikkerhed": "security",
    "Brugervenlighed": "usability",
    "Økonomi": "economy",
    "Proportion": "proportion",
}


def recorded(sitting: Sitting, item: AgendaItem) -> dict[str, object]:
    """Return the meeting's notes on the item, by the fields of Proceedings."""
    if sitting.key != SECURITY:
        return _of_group(sitting, item)
    if item.subject_kind == DECISION:
        return _fields(Outcome.NOTED, TOLD)
    if (chapter := chapters().get(item.subject_kind.partition(".")[0])) is not None:
        return _of_register(chapter, item)
    place = sitting.place_of(item)
    own = sitting.sheets.get(place)
    fields = _of_sheet(own) if own else _of_mandate(sitting, place)
    said = [
        row["tekst"] for row in rows_of("discussions.csv", sitting.ago) if row["punkt"] == place
    ]
    return fields | ({"discussion": _p(" ".join(said))} if said else {})


def _of_register(chapter: Chapter, item: AgendaItem) -> dict[str, object]:
    """Return the decision on a thing of a register; items that came back are noted."""
    said = chapter.decided.get(item.subject_kind)
    if said is None:
        return _fields(Outcome.NOTED, LISTED)
    return _fields(Outcome.APPROVED, said) | USUAL


def _of_group(sitting: Sitting, item: AgendaItem) -> dict[str, object]:
    row = rows_of("group.csv", sitting.ago)[item.position - 1]
    if not row["udfald"]:
        return _said(row["beslutning"])
    return _fields(row["udfald"], row["beslutning"])


def _of_sheet(own: Sheet) -> dict[str, object]:
    if "Ikke drøftet" in own.head:
        return {"not_discussed": True, "discussion": _p(own.head["Ikke drøftet"])}
    fields = _fields(own.head["Udfald"], own.head["Beslutning"])
    if said := own.head.get("Drøftelse"):
        fields["discussion"] = _p(said)
    for label, aspect in ASPECTS.items():
        chip, _space, text = own.head.get(label, "").partition(" ")
        fields |= {aspect: chip, f"{aspect}_text": text}
    return {name: value for name, value in fields.items() if value}


def _of_mandate(sitting: Sitting, measure: str) -> dict[str, object]:
    """Return the decision on an item that the mandate demands."""
    return MEASURES.get(measure, _other)(sitting)


def _coming(sitting: Sitting) -> dict[str, object]:
    days = sitting.town.almanac
    quarter = days.quarter(sitting.ago, later=2)
    tasks = named(tasks_of(days.season(sitting.ago) + 1), "opgave")
    return _fields(Outcome.APPROVED, f"Opgaverne for {quarter} blev godkendt: {tasks}.") | USUAL


def _policies(sitting: Sitting) -> dict[str, object]:
    policy = rows_of("policies.csv", sitting.ago)[0]
    text = f"Status blev godkendt. {policy['titel']} blev behandlet som et punkt for sig."
    return _fields(Outcome.APPROVED, text) | _weighed(sitting.ago)


def _report(sitting: Sitting) -> dict[str, object]:
    report = rows_of("quarters.csv", sitting.ago)[0]["rapport"]
    leads = "Formanden" if sitting.town.chair(sitting.key) else "Stedfortræderen for formanden"
    text = f"{report} Rapporten blev godkendt. {leads} forelægger den for direktionen."
    return _fields(Outcome.APPROVED, text) | USUAL


def _other(sitting: Sitting) -> dict[str, object]:
    """Return the notes under any other business, where nothing can be decided."""
    if sitting.ago == UNREACHED:
        return {"not_discussed": True}
    return _said(rows_of("quarters.csv", sitting.ago)[0]["eventuelt"])


def _ongoing(sitting: Sitting) -> dict[str, object]:
    text = f"{_projects(sitting.ago)} Kvartalets status blev godkendt."
    return _fields(Outcome.APPROVED, text) | USUAL


def _incidents(sitting: Sitting) -> dict[str, object]:
    return _fields(Outcome.APPROVED, _worst(sitting.ago)) | USUAL


def _wheel(sitting: Sitting) -> dict[str, object]:
    if sitting.ago == sitting.town.almanac.span.first:
        return _fields(Outcome.APPROVED, "Årshjulet blev godkendt.") | USUAL
    tasks = named(tasks_of(sitting.town.almanac.season(sitting.ago) - 1), "opgave")
    return _fields(Outcome.APPROVED, f"Resultaterne blev godkendt. De gjaldt {tasks}.") | USUAL


def _minutes(sitting: Sitting) -> dict[str, object]:
    ago = sitting.ago
    if ago == sitting.town.almanac.span.first:
        return _fields(Outcome.APPROVED, FOLLOWED)
    if ago == CHANGED:
        return _fields(Outcome.WITH_CHANGES, CHANGES)
    return _fields(Outcome.APPROVED, AS_PRESENTED)


def _weighed(ago: int) -> dict[str, object]:
    row = rows_of("weighings.csv", ago)[0]
    return {name: row[name] for name in row if name in Proceedings.FIELDS and row[name]}


def _said(text: str) -> dict[str, object]:
    return {"discussion": _p(text)} if text else {"nothing_new": True}


def _fields(outcome: str, decision: str) -> dict[str, object]:
    # The decision first: with it the outcome says what it is the outcome of.
    return {"decision": _p(decision), "outcome": str(outcome)}


def _p(text: str) -> str:
    return format_html("<p>{}</p>", text)


def _projects(ago: int) -> str:
    running = projects_of(ago)
    said = f"Projekterne blev drøftet: {named(running, 'projekt')}."
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
        f"{worst['opfølgning']} Evalueringen blev godkendt."
    )


def named(rows: Sequence[Mapping[str, str]], column: str) -> str:
    """Return the names as one enumeration, each with its first letter in lower case."""
    *names, last = (row[column][0].lower() + row[column][1:] for row in rows)
    return f"{', '.join(names)} og {last}" if names else last


MEASURES: Mapping[str, Callable[[Sitting], dict[str, object]]] = {
    "agenda_minutes": _minutes,
    "agenda_ongoing": _ongoing,
    "agenda_incidents": _incidents,
    "agenda_year_wheel": _wheel,
    "agenda_coming_tasks": _coming,
    "agenda_policies": _policies,
    "executive_reporting": _report,
}
