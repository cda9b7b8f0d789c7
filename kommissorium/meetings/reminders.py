"""Reminders of minutes: to read, to approve and to send them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Meeting, Minutes
from kommissorium.meetings.overdue_minutes import late_since
from kommissorium.meetings.reviewers import reviewers

DAYS_BEFORE = 2  # of the deadline for comments; told again on the day itself
WEEK = 7  # days from one reminder of what is late to the next


def reminders(on: date) -> Iterator[Reminder]:
    """Yield whom to remind of minutes on the date: readers, then chairs, then secretaries."""
    in_review = Minutes.objects.filter(meeting__state=Meeting.State.IN_REVIEW)
    for minutes in in_review.select_related("meeting__committee").order_by("review_until", "pk"):
        if not minutes.is_overdue(on):
            yield from _to_read(minutes, on)
        else:
            yield from _to_approve(minutes, on)
    held = Meeting.objects.filter(state=Meeting.State.HELD).select_related("committee")
    for meeting in held.order_by("starts_at", "pk"):
        if on >= late_since(meeting):
            yield from _to_send(meeting, on)


def _to_read(minutes: Minutes, on: date) -> Iterator[Reminder]:
    days = (minutes.review_until - on).days
    if days > DAYS_BEFORE:
        return
    stage = 0 if days == 0 else -DAYS_BEFORE
    key = f"minutes-review:{minutes.pk}:{stage}"
    for reviewer in reviewers(minutes.meeting, on, minutes):
        if reviewer.has_answered:
            continue
        with translation.override(reviewer.person.language):
            values = {"number": minutes.meeting.label, "day": day(minutes.review_until)}
            text = (
                _("Minutes of meeting %(number)s: comment on them today at the latest")
                if stage == 0
                else _("Minutes of meeting %(number)s: comment on them no later than %(day)s")
            ) % values
            heading = _("Minutes to read")
        yield Reminder(reviewer.person, key, text, minutes.get_absolute_url(), heading)


def _to_approve(minutes: Minutes, on: date) -> Iterator[Reminder]:
    """Remind the chair weekly; the secretary too while comments are in the way."""
    week = _weeks(minutes.review_until + timedelta(days=1), on)
    key = f"minutes-approval:{minutes.pk}:{week}"
    url = minutes.get_absolute_url()
    for person in _chairs(minutes.meeting.committee, on):
        with translation.override(person.language):
            text = _("Minutes of meeting %(number)s: they wait for you to send them out")
            heading = _("Minutes to send out")
            text %= {"number": minutes.meeting.label}
        yield Reminder(person, key, text, url, heading)
    unsettled = minutes.comments.filter(settled_at=None).count()
    if not unsettled:
        return
    for person in _secretaries(minutes.meeting.committee, on):
        with translation.override(person.language):
            text = ngettext(
                "Minutes of meeting %(number)s: %(count)d comment is not settled",
                "Minutes of meeting %(number)s: %(count)d comments are not settled",
                unsettled,
            ) % {"number": minutes.meeting.label, "count": unsettled}
            heading = _("Minutes to send out")
        yield Reminder(person, f"minutes-comments:{minutes.pk}:{week}", text, url, heading)


def _to_send(meeting: Meeting, on: date) -> Iterator[Reminder]:
    key = f"minutes-unsent:{meeting.pk}:{_weeks(late_since(meeting), on)}"
    for person in _secretaries(meeting.committee, on):
        with translation.override(person.language):
            text = _("Minutes of meeting %(number)s: they have not been sent to review")
            heading = _("Minutes to send")
            text %= {"number": meeting.label}
        yield Reminder(person, key, text, reverse("minutes", args=[meeting.pk]), heading)


def _weeks(first: date, on: date) -> int:
    """Return how many whole weeks lie between the first late day and today."""
    return (on - first).days // WEEK


def _chairs(committee: Committee, on: date) -> list[Person]:
    """Return the chair; where nobody is chair today, the deputy chair."""
    return _holders(committee, on, Clause.Role.CHAIR) or _holders(
        committee, on, Clause.Role.DEPUTY_CHAIR
    )


def _secretaries(committee: Committee, on: date) -> list[Person]:
    """Return who sits as secretary; where nobody does, the coordinators."""
    sitting = _holders(committee, on, Clause.Role.SECRETARY)
    coordinators = Person.objects.active().with_role(OrganisationRole.Kind.COORDINATOR, on)
    return sitting or list(coordinators)


def _holders(committee: Committee, on: date, role: str) -> list[Person]:
    seats = committee.seats.on(on).filter(role=role).with_holders(on)
    return [seat.holder for seat in seats if seat.holder]
