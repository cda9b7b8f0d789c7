"""Ends of roles and seats: with a last day, or at once with the person's sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kommissorium.accounts.actions.invitations import end_sessions
from kommissorium.accounts.models import Person
from kommissorium.core.backdating import reason_for


def end_of(to_date: date, because: str, *, at_once: bool) -> dict[str, Any]:
    """Return the columns of an end: with a last day, or this moment, after the day before.

    A day before today wants a reason; a moment is no day that is over, and wants none.
    """
    if not at_once:
        return {"to_date": to_date, "to_because": reason_for(to_date, because), "ended_at": None}
    last = timezone.localdate() - timedelta(days=1)
    return {"to_date": last, "to_because": "", "ended_at": timezone.now()}


def moment_of(ends: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fact of the moment, for the event of an end at once."""
    at = ends["ended_at"]
    return {"at": timezone.localtime(at).isoformat(timespec="minutes")} if at else {}


def end_open_sessions(person: Person) -> None:
    """End the sessions of somebody who can have any; an invitation not yet used stays."""
    if person.has_way_in:
        end_sessions(person)
