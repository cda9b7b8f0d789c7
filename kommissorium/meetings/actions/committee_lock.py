"""Locks a committee in a transaction, to number, record and approve one at a time.

That is to number without gaps, and to write down what an approval may be freezing just now.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.meetings.models import AgendaItem, Decision, Meeting


def next_meeting_number(committee: Committee, year: int) -> int:
    """Return the number the next meeting called gets in the year."""
    lock_committee(committee)
    numbered = Meeting.objects.filter(committee=committee, year=year, registered_at=None)
    return (numbered.aggregate(last=Max("number"))["last"] or 0) + 1


def next_earlier_number(committee: Committee, year: int) -> int:
    """Return the number the next earlier meeting of the year gets when it is registered."""
    lock_committee(committee)
    numbered = Meeting.objects.filter(committee=committee, year=year).exclude(registered_at=None)
    return (numbered.aggregate(last=Max("number"))["last"] or 0) + 1


def next_chair_serial(committee: Committee, year: int) -> int:
    """Return the serial number of the chair's next decision between meetings in the year."""
    lock_committee(committee)
    own = Decision.objects.filter(committee=committee, year=year, item=None)
    return own.count() + 1  # decisions are never deleted


def lock_committee(committee: Committee) -> None:
    """Let one transaction at a time number, record and approve things of the committee.

    Take it before anything else of a transaction: whoever waits for it then holds nothing that
    another waits for. SQLite has one writer at a time anyway, so it is asked nothing; PostgreSQL
    holds the row until the transaction ends, and lets others refer to it meanwhile.
    """
    if connection.features.has_select_for_update:
        Committee.objects.select_for_update(no_key=True).get(pk=committee.pk)


def lock_for_meeting(meeting: Meeting, *states: Meeting.State) -> None:
    """Hold the committee, and raise Refused when the meeting is in none of the states any more."""
    lock_committee(meeting.committee)
    if not Meeting.objects.filter(pk=meeting.pk, state__in=states).exists():
        raise Refused(_("The meeting has moved on meanwhile. Load the page again."))


def lock_for_item(item: AgendaItem, *states: Meeting.State) -> None:
    """Hold the committee as hold_in does; raise Refused for an item withdrawn meanwhile too."""
    lock_committee(item.meeting.committee)
    standing = AgendaItem.objects.standing().filter(pk=item.pk, meeting__state__in=states)
    if not standing.exists():
        raise Refused(_("The meeting has moved on meanwhile. Load the page again."))
