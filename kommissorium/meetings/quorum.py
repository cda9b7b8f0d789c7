"""Quorum: whether enough members with a vote take part in a meeting or an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import ngettext

from kommissorium.meetings.models import Attendance, Meeting


def quorum_of(meeting: Meeting, people: Sequence[Any]) -> str:
    """Return whether enough take part in the item; "" where no quorum is laid down."""
    quorum = meeting.committee.quorum
    if not quorum:
        return ""
    number = sum(
        one.is_present and one.has_vote and getattr(one, "away_pk", None) is None for one in people
    )
    text = ngettext(
        "%(number)d member with a vote takes part, %(quorum)d are needed.",
        "%(number)d members with a vote take part, %(quorum)d are needed.",
        number,
    )
    return text % {"number": number, "quorum": quorum}


def has_quorum(meeting: Meeting, people: Sequence[Any]) -> bool:
    """Return whether enough take part in the item, or no quorum is laid down."""
    quorum = meeting.committee.quorum or 0
    there = [one for one in people if one.is_present and one.has_vote]
    return sum(getattr(one, "away_pk", None) is None for one in there) >= quorum


def quorum_text(meeting: Meeting, attendances: Sequence[Attendance]) -> str:
    """Return whether enough members were there; "" where no quorum is laid down."""
    quorum = meeting.committee.quorum
    if not quorum:
        return ""
    number = sum(one.has_vote and one.is_present for one in attendances)
    text = ngettext(
        "%(number)d member with a vote is present, %(quorum)d are needed.",
        "%(number)d members with a vote are present, %(quorum)d are needed.",
        number,
    )
    return text % {"number": number, "quorum": quorum}
