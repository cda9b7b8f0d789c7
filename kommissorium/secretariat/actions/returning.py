"""Bring back to the agenda by itself what the committee once settled and that does not hold."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import record
from kommissorium.core.richtext import sanitise
from kommissorium.meetings.actions.agenda import bring_item
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.secretariat.risk_news import running_out, slipping
from kommissorium.secretariat.risk_rows import EXPIRING, SLIPPED


@transaction.atomic
def bring_back_next(committee: Committee, *, by: Person) -> None:
    """Bring back to the next planned meeting what returns; nothing where none is planned."""
    coming = committee.meetings.coming().filter(state=Meeting.State.PLANNED)
    meeting = coming.select_related("committee").first()
    if meeting is not None:
        bring_back(meeting, by=by)


@transaction.atomic
def bring_back(meeting: Meeting, *, by: Person) -> None:
    """Put the acceptances that run out, and the actions that slip, on a planned agenda.

    Once for each meeting: twice does nothing more. Part of the act that fills the agenda, whose
    caller has seen to who may.
    """
    there = set(meeting.items.values_list("subject_kind", flat=True))
    brought = []
    if EXPIRING not in there and running_out(meeting).exists():
        brought.append(_expiring(meeting).pk)
    if SLIPPED not in there and slipping(meeting, timezone.localdate()).exists():
        brought.append(_slipped(meeting).pk)
    if brought:
        record("secretariat.risks_returned", meeting, by=by, facts={"items": brought})


def _expiring(meeting: Meeting) -> AgendaItem:
    words = _(
        "It is recommended that the committee decides for each of them whether the risk is "
        "accepted anew, is treated, or is no longer accepted."
    )
    return bring_item(
        meeting,
        title=_("Risk acceptances that expire"),
        type=AgendaItem.Type.DECISION,
        recommendation=sanitise(f"<p>{words}</p>"),
        subject=(EXPIRING, "", f"{reverse('acceptances')}?show=expiring"),
    )


def _slipped(meeting: Meeting) -> AgendaItem:
    words = _(
        "It is recommended that the committee agrees to the new days of the actions that are "
        "put off, and decides what is to be done about those that are late or cannot be done."
    )
    return bring_item(
        meeting,
        title=_("Actions against risks that do not go as planned"),
        type=AgendaItem.Type.DECISION,
        recommendation=sanitise(f"<p>{words}</p>"),
        subject=(SLIPPED, "", f"{reverse('plan')}?show=slipped"),
    )
