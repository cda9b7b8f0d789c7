"""Put on the agenda what returns by itself because it no longer holds."""

from __future__ import annotations

from html import escape

from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import record
from kommissorium.core.richtext import sanitise
from kommissorium.meetings.actions.agenda import bring_item
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.installed import subject_kinds
from kommissorium.registers.returning import Returning


@transaction.atomic
def bring_back_next(committee: Committee, *, by: Person) -> None:
    """Bring back to the next planned meeting what returns; nothing where none is planned."""
    coming = committee.meetings.coming().filter(state=Meeting.State.PLANNED)
    meeting = coming.select_related("committee").first()
    if meeting is not None:
        bring_back(meeting, by=by)


@transaction.atomic
def bring_back(meeting: Meeting, *, by: Person) -> None:
    """Put on a planned agenda what comes back to it by itself, from all registers.

    Once for each meeting: twice does nothing more. Part of the act that fills the agenda, whose
    caller has checked who may.
    """
    there = set(meeting.items.values_list("subject_kind", flat=True))
    context = AgendaContext(meeting)
    brought = [
        _brought(kind, meeting).pk
        for kind in subject_kinds().values()
        if isinstance(kind, Returning) and kind.kind not in there and kind.is_due(context)
    ]
    if brought:
        record("secretariat.items_returned", meeting, by=by, facts={"items": brought})


def _brought(kind: Returning, meeting: Meeting) -> AgendaItem:
    item = kind.item()
    return bring_item(
        meeting,
        title=item.title,
        type=AgendaItem.Type.DECISION,
        recommendation=sanitise(f"<p>{escape(item.recommendation)}</p>"),
        subject=(kind.kind, "", item.link),
    )
