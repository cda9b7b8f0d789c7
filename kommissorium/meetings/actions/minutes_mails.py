"""Queue the mails about minutes. They say what was decided, never what was said."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.committees.leaders import who_chairs
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link, Listed
from kommissorium.core.ui.localised import day
from kommissorium.meetings.decision_words import outcome_label
from kommissorium.meetings.entitled_people import followers, reviewers
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting, Minutes, Outcome


def tell_review(minutes: Minutes) -> None:
    """Ask those who were present to read the minutes, once each; who chairs sends them out then."""
    meeting, today = minutes.meeting, timezone.localdate()
    chairs = {one.pk for one in who_chairs(meeting.committee, today)}
    for reviewer in reviewers(meeting, today):
        if not reviewer.is_reachable:
            continue
        person = reviewer.person
        with translation.override(person.language):
            values = _values(minutes)
            said = _(
                "The minutes of meeting %(number)s of %(committee)s are ready for you to read. If "
                "something should be different, write it beside the item."
            )
            letter = Letter(
                _("Minutes of meeting %(number)s for your comments") % values,
                Link(_("Read the minutes"), minutes.get_absolute_url()),
                person.name,
                lines=[said % values, *([_you_send()] if person.pk in chairs else [])],
                facts=[(_("No later than"), day(minutes.review_until))],
            )
        _queue(minutes, person, "meetings.minutes_review", letter)


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
            values = _values(minutes)
            letter = Letter(
                _("The minutes of meeting %(number)s are sent out") % values,
                Link(_("Read the minutes"), minutes.get_absolute_url()),
                person.name,
                lines=[
                    _("The minutes of meeting %(number)s of %(committee)s are sent out.") % values
                ],
                lists=[_decided(meeting)],
            )
        _queue(minutes, person, "meetings.minutes_approved", letter)


def tell_ready(minutes: Minutes, reasons: Sequence[str]) -> None:
    """Ask whoever sends out the minutes to do so, once everybody else has answered.

    Nobody is asked while there are reasons against it, or somebody has not read them yet; when
    the time for comments is over the reminders ask.
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
            values = _values(minutes)
            said = _(
                "Everybody asked has read the minutes of meeting %(number)s of %(committee)s, and "
                "no comment is left."
            )
            letter = Letter(
                _("The minutes of meeting %(number)s wait for you") % values,
                Link(
                    _("Read the minutes and send them out"),
                    reverse("minutes_approval", args=[meeting.pk]),
                ),
                person.name,
                lines=[said % values, _("You chair the committee, so you send them out.")],
                lists=[_decided(meeting)],
            )
        _queue(minutes, person, "meetings.minutes_ready", letter)


def _you_send() -> str:
    return _("You chair the committee: when the others have read them, you send them out.")


def _decided(meeting: Meeting) -> Listed:
    """Return what was decided; of closed items stands only that there is one, of notes how many."""
    items = meeting.items.standing().select_related("meeting", "clause", "proceedings")
    said = [item for item in items if item.recorded and item.recorded.outcome]
    decided = [one for one in said if one.recorded and one.recorded.outcome != Outcome.NOTED]
    lines = [
        f"{item.number}. {_('Closed item') if item.is_closed else _line(item)}" for item in decided
    ]
    if noted := len(said) - len(decided):
        text = ngettext(
            "One item was taken to note.", "%(number)d items were taken to note.", noted
        )
        lines.append(text % {"number": noted})
    return Listed.of(_("This was decided"), lines or [_("Nothing was decided.")], is_numbered=True)


def _line(item: AgendaItem) -> str:
    recorded = item.recorded
    return f"{item.title}: {outcome_label(item, recorded.outcome if recorded else '')}"


def _values(minutes: Minutes) -> dict[str, str]:
    return {"number": minutes.meeting.label, "committee": minutes.meeting.committee.name}


def _queue(minutes: Minutes, person: Person, kind: str, letter: Letter) -> None:
    queue_mail(to=person.email or "", kind=kind, key=str(minutes.pk), letter=letter)
