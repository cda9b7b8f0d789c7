"""Minutes that wait too long to be sent, approved or confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.models.calendar import MeetingQuerySet
from kommissorium.meetings.working_days import is_working_day

OPEN = (Meeting.State.HELD, Meeting.State.IN_REVIEW, Meeting.State.APPROVED)
SEND_WITHIN = 3  # working days from the meeting until its minutes are in review


@dataclass(frozen=True)
class Forgotten:
    """One thing that waits: a sentence, and the button that leads to where it is done."""

    committee: int
    text: str
    action: str
    url: str
    urgent: bool = False


def forgotten(committees: Iterable[int], on: date | None = None) -> list[Forgotten]:
    """Return what waits of the minutes of these committees (keys), the oldest first; one query."""
    found = with_what_came_after(Meeting.objects.filter(committee__in=list(committees)))
    return forgotten_of(found.filter(state__in=OPEN).select_related("minutes"), on)


def with_what_came_after(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Fetch as `was_met_since` whether the committee has met again."""
    later = Meeting.objects.filter(
        committee=OuterRef("committee"),
        starts_at__gt=OuterRef("starts_at"),
        state__in=Meeting.TOOK_PLACE,
    )
    return meetings.annotate(was_met_since=Exists(later))


def forgotten_of(meetings: Iterable[Meeting], on: date | None = None) -> list[Forgotten]:
    """Return what waits of the minutes of these meetings, fetched with_what_came_after()."""
    on = on or timezone.localdate()
    found = [meeting for meeting in meetings if meeting.state in OPEN]
    return [thing for meeting in found if (thing := _of(meeting, on))]


def late_since(meeting: Meeting) -> date:
    """Return the first day on which minutes not yet sent are late."""
    found = timezone.localdate(meeting.closed_at or meeting.starts_at)
    left = SEND_WITHIN + 1
    while left:
        found += timedelta(days=1)
        left -= is_working_day(found)
    return found


def _of(meeting: Meeting, on: date) -> Forgotten | None:
    if meeting.state == Meeting.State.HELD:
        return _not_sent(meeting, on)
    if meeting.state == Meeting.State.IN_REVIEW:
        return _not_approved(meeting, on)
    # Annotated by forgotten().
    return _not_confirmed(meeting, was_met_since=getattr(meeting, "was_met_since", False))


def _not_sent(meeting: Meeting, on: date) -> Forgotten:
    text = _("The minutes of meeting %(number)s have not been sent to review.")
    return Forgotten(
        meeting.committee_id,
        text % {"number": meeting.label},
        _("Open the draft"),
        reverse("minutes", args=[meeting.pk]),
        urgent=on >= late_since(meeting),
    )


def _not_approved(meeting: Meeting, on: date) -> Forgotten | None:
    until = meeting.minutes.review_until
    if not meeting.minutes.is_overdue(on):
        return None
    text = _("The minutes of meeting %(number)s wait for approval. Comments were due on %(day)s.")
    return Forgotten(
        meeting.committee_id,
        text % {"number": meeting.label, "day": day(until)},
        _("Open the minutes"),
        reverse("minutes", args=[meeting.pk]),
        urgent=True,
    )


def _not_confirmed(meeting: Meeting, *, was_met_since: bool) -> Forgotten | None:
    if not was_met_since:
        return None
    text = _(
        "The minutes of meeting %(number)s were not confirmed at the meeting after it."
        " The next agenda asks for it again."
    )
    return Forgotten(
        meeting.committee_id,
        text % {"number": meeting.label},
        _("Open the minutes"),
        reverse("minutes", args=[meeting.pk]),
    )
