"""Queue the mails about minutes. They hold links only, never what was said."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.leaders import who_chairs
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.ui.localised import day
from kommissorium.meetings.decision_words import outcome_label
from kommissorium.meetings.entitled_people import followers, reviewers
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting, Minutes


def tell_review(minutes: Minutes) -> None:
    """Ask those who were present to read the minutes, once each."""
    for reviewer in reviewers(minutes.meeting, timezone.localdate()):
        if not reviewer.is_reachable:
            continue
        person = reviewer.person
        with translation.override(person.language):
            values = _values(minutes, person)
            subject = _("Minutes of meeting %(number)s for your comments") % values
            body = (
                _(
                    "Hello %(name)s\n\nThe minutes of meeting %(number)s of %(committee)s are ready"
                    " for you to read. If something should be different, write it beside the item"
                    " no later than %(until)s.\n\nRead them here:\n%(link)s"
                )
                % values
            )
        _queue(minutes, person, "meetings.minutes_review", subject, body)


def tell_approved(minutes: Minutes) -> None:
    """Tell those who were called that the minutes are sent out, once each."""
    meeting = minutes.meeting
    called = meeting.attendances.exclude(capacity=Attendance.Capacity.GUEST)
    people = [row.person for row in called.select_related("person")]
    following = followers(meeting.committee, people, timezone.localdate())
    for person in people:
        if person.pk not in following or not (person.email and person.is_active):
            continue
        with translation.override(person.language):
            values = _values(minutes, person)
            subject = _("The minutes of meeting %(number)s are sent out") % values
            body = (
                _(
                    "Hello %(name)s\n\nThe minutes of meeting %(number)s of %(committee)s are"
                    " sent out.\n\nRead them here:\n%(link)s"
                )
                % values
            )
        _queue(minutes, person, "meetings.minutes_approved", subject, body)


def tell_ready(minutes: Minutes, reasons: Sequence[str]) -> None:
    """Ask whoever sends out the minutes to do so, once everybody else has answered.

    Nobody is asked while there are reasons against it, or somebody has not read them yet; when
    the time for comments is over the reminders ask. Of closed items stands only that there is one.
    """
    meeting, today = minutes.meeting, timezone.localdate()
    people = who_chairs(meeting.committee, today)
    keys = {one.pk for one in people}
    waits = [
        one.person
        for one in reviewers(meeting, today, minutes)
        if not one.has_answered and one.person.pk not in keys
    ]
    if reasons or waits:
        return
    for person in people:
        with translation.override(person.language):
            values = _values(minutes, person)
            values |= {"decided": "\n".join(_decided(meeting)) or _("Nothing was decided.")}
            values |= {
                "link": f"{settings.SITE_URL}{reverse('minutes_approval', args=[meeting.pk])}"
            }
            subject = _("The minutes of meeting %(number)s wait for you") % values
            body = (
                _(
                    "Hello %(name)s\n\nEverybody asked has read the minutes of meeting %(number)s"
                    " of %(committee)s, and no comment is left. This was decided:\n\n%(decided)s"
                    "\n\nRead them and send them out here:\n%(link)s"
                )
                % values
            )
        _queue(minutes, person, "meetings.minutes_ready", subject, body)


def _decided(meeting: Meeting) -> list[str]:
    items = meeting.items.standing().select_related("meeting", "clause", "proceedings")
    return [
        f"{item.number}. {_('Closed item') if item.is_closed else _line(item)}"
        for item in items
        if item.recorded and item.recorded.outcome
    ]


def _line(item: AgendaItem) -> str:
    recorded = item.recorded
    return f"{item.title}: {outcome_label(item, recorded.outcome if recorded else '')}"


def _values(minutes: Minutes, person: Person) -> dict[str, str]:
    meeting = minutes.meeting
    return {
        "name": person.name,
        "number": meeting.label,
        "committee": meeting.committee.name,
        "until": day(minutes.review_until),
        "link": f"{settings.SITE_URL}{minutes.get_absolute_url()}",
    }


def _queue(minutes: Minutes, person: Person, kind: str, subject: str, body: str) -> None:
    to = person.email or ""
    queue_mail(to=to, kind=kind, key=str(minutes.pk), subject=subject, body=body)
