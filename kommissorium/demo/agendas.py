"""How the agendas of the past were written, and the papers attached to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import timezone

from kommissorium.core.documents import render_pdf
from kommissorium.core.richtext import blocks_as_json, plain_text, sanitise, to_blocks
from kommissorium.demo.contents import Content, contents
from kommissorium.demo.mandates import security_mandate
from kommissorium.demo.people import MUNICIPALITY
from kommissorium.demo.sitting import own_sheets
from kommissorium.demo.story import Town
from kommissorium.demo.texts import INCIDENT_HEAD, Sheet, incident_lines, sheet_of_cells
from kommissorium.meetings.actions.agenda import add_item, attach, change_item
from kommissorium.meetings.models import AgendaItem, Meeting

REPORT = "executive_reporting"
FORGOTTEN = 3  # meetings ago: the report was approved and not enclosed


def tell_agendas(town: Town) -> None:
    """Tell how the agenda of each past meeting was written in the week before it went out."""
    days = town.almanac
    for ago in range(days.span.first, 0, -1):
        called = days.call_day(days.held_day(ago))
        town.tell(days.moment(called - timedelta(days=3), "10.05"), partial(_write, town, ago))
        attached = days.moment(called - timedelta(days=1), "13.15")
        town.tell(attached, partial(attach_incidents, town, ago))


def write_item(town: Town, item: AgendaItem, content: Content) -> None:
    """Give an item its texts; title, type and whether it is closed stay."""
    recommendation, presentation = content
    change_item(
        item,
        by=town.coordinator(),
        title=item.title,
        type=item.type,
        recommendation=sanitise(recommendation),
        presentation=sanitise(presentation),
        is_closed=item.is_closed,
        closed_ground=item.closed_ground,
        is_recurring=item.is_recurring,
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


def attach_incidents(town: Town, ago: int) -> None:
    """Attach the list of incidents as a table for a spreadsheet."""
    item = town.meetings[ago].items.get(clause__measure="agenda_incidents")
    data = sheet_of_cells(INCIDENT_HEAD, incident_lines(ago))
    name = f"Hændelser, {town.almanac.quarter(ago)}.csv"
    attach(item, by=town.coordinator(), name=name, data=data)


def follow_up(town: Town, ago: int) -> None:
    """Write the progress of items from the meeting before; add those that did not come alone."""
    told = own_sheets(town, ago).get("opfølgning")
    if told is None:
        return
    item = town.meetings[ago].items.filter(clause=None, title=told.title).first()
    if item is None:
        add_sheet(town, town.meetings[ago], told)
    else:
        write_item(town, item, told.parts())


def _write(town: Town, ago: int) -> None:
    meeting = town.meetings[ago]
    written = contents(town.almanac, ago)
    for item in meeting.items.select_related("clause"):
        if item.clause and item.clause.measure in written:
            write_item(town, item, written[item.clause.measure])
            if item.clause.measure == REPORT and ago != FORGOTTEN:
                _enclose(town, item, ago, written[REPORT])
    if extra := own_sheets(town, ago).get("eget"):
        _attach_proposal(town, add_sheet(town, meeting, extra), extra)
    follow_up(town, ago)


def _enclose(town: Town, item: AgendaItem, ago: int, report: Content) -> None:
    name = f"Rapport til direktionen, {town.almanac.quarter(ago)}.txt"
    text = plain_text("".join(report))
    attach(item, by=town.coordinator(), name=name, data=text.encode())


def _attach_proposal(town: Town, item: AgendaItem, extra: Sheet) -> None:
    if name := extra.head.get("Bilag"):
        attach(item, by=town.coordinator(), name=name, data=security_mandate(2).encode())


TEMPLATE = Path(__file__).with_name("paper.typ")
PAGE_EACH = "Side pr. afsnit"
HEADING = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)


def paper(sheet: Sheet) -> bytes:
    """Return the text as an accessible PDF, made at the present moment of the story.

    Its headings part it into sections; with the head line "Side pr. afsnit" each has a page.
    """
    facts = [(label, value) for label, value in sheet.head.items() if label != "Titel"]
    data = {
        "sheet": _frame(sheet.title),
        "facts": [{"label": label, "text": text} for label, text in facts if label != PAGE_EACH],
        "page_each": PAGE_EACH in sheet.head,
        "sections": _sections(sheet.body),
    }
    return render_pdf(TEMPLATE, data, made_at=timezone.now())


def _frame(title: str) -> Mapping[str, str]:
    return {
        "title": title,
        "author": MUNICIPALITY,
        "description": title,
        "language": "da",
        "footer": title,
        "page_pattern": "Side {page} af {pages}",
    }


def _sections(html: str) -> list[dict[str, Any]]:
    _before, *parts = HEADING.split(html)
    return [
        {"title": plain_text(title), "blocks": blocks_as_json(to_blocks(text))}
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    ]
