"""Deadline for minutes to be sent to review, after which they are late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from kommissorium.meetings.models import Meeting
from kommissorium.meetings.working_days import is_working_day

SEND_WITHIN: Final = 3  # working days from the meeting until its minutes are in review


def late_since(meeting: Meeting) -> date:
    """Return the first day on which minutes not yet sent are late."""
    found = timezone.localdate(meeting.closed_at or meeting.starts_at)
    left = SEND_WITHIN + 1
    while left:
        found += timedelta(days=1)
        left -= is_working_day(found)
    return found
