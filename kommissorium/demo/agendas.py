"""How the agendas of the past were written, and what was attached to them."""

from __future__ import annotations

from functools import partial

from kommissorium.core.richtext import sanitise
from kommissorium.demo.contents import Content, contents
from kommissorium.demo.mandates import security_mandate
from kommissorium.demo.minutes import minutes_of
from kommissorium.demo.papers import paper
from kommissorium.demo.story import Town
from kommissorium.demo.texts import FOLDER, Sheet, sheet, sheet_of_cells
from kommissorium.demo.words import FIRST, INCIDENT_HEAD, incident_lines, words_for
from kommissorium.meetings.actions.agenda import add_item, attach, change_item
from kommissorium.meetings.models import AgendaItem, Meeting


def tell_agendas(town: Town) -> None:
    """Tell how the agenda of each past meeting was written in the week before it went out."""
    days = town.almanac
    for ago in range(FIRST, 0, -1):
        moved = (days.held_day(ago) - days.meeting_day(ago)).days
        town.tell(days.after(ago, moved - 10, "10.05"), partial(_write, town, ago))
        town.tell(days.after(ago, moved - 8, "13.15"), partial(_attach, town, ago))


def write_item(town: Town, item: AgendaItem, content: Content) -> None:
    """Give an item of the mandate its texts; title and type stay."""
    recommendation, presentation = content
    change_item(
        item,
        by=town.coordinator(),
        title=item.title,
        type=item.type,
        recommendation=sanitise(recommendation),
        presentation=sanitise(presentation),
        is_closed=False,
        closed_ground="",
        edit_version=item.edit_version,
    )


def add_sheet(town: Town, meeting: Meeting, extra: Sheet) -> AgendaItem:
    """Add an item that the mandate does not demand; closed when its text says why."""
    recommendation, presentation = extra.parts()
    ground = extra.head.get("Lukket", "")
    return add_item(
        meeting,
        by=town.coordinator(),
        title=extra.title,
        type=extra.head["Type"],
        recommendation=sanitise(recommendation),
        presentation=sanitise(presentation),
        is_closed=bool(ground),
        closed_ground=ground,
    )


def attach_minutes(town: Town, ago: int) -> None:
    """Attach the minutes of the meeting before to the first item."""
    minutes = minutes_of(town, ago + 1)
    item = town.meetings[ago].items.get(clause__measure="agenda_minutes")
    attach(item, by=town.coordinator(), name=f"{minutes.title}.pdf", data=paper(minutes))


def attach_incidents(town: Town, ago: int) -> None:
    """Attach the list of incidents as a table for a spreadsheet."""
    item = town.meetings[ago].items.get(clause__measure="agenda_incidents")
    data = sheet_of_cells(INCIDENT_HEAD, incident_lines(ago))
    name = f"Hændelser, {town.almanac.quarter(ago)}.csv"
    attach(item, by=town.coordinator(), name=name, data=data)


def _write(town: Town, ago: int) -> None:
    meeting = town.meetings[ago]
    written = contents(town.almanac, ago)
    for item in meeting.items.select_related("clause"):
        if item.clause and item.clause.measure in written:
            write_item(town, item, written[item.clause.measure])
    if (FOLDER / f"extras/{ago}.html").exists():
        extra = sheet(f"extras/{ago}.html", words_for(town.almanac, ago))
        _attach_proposal(town, add_sheet(town, meeting, extra), extra)


def _attach_proposal(town: Town, item: AgendaItem, extra: Sheet) -> None:
    if name := extra.head.get("Bilag"):
        attach(item, by=town.coordinator(), name=name, data=security_mandate(2).encode())


def _attach(town: Town, ago: int) -> None:
    if ago < FIRST:
        attach_minutes(town, ago)
    attach_incidents(town, ago)
