"""Typesets an agenda with heavy files before the call that freezes it, so that nobody waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Never

from django.db.models import Sum

from kommissorium.meetings import pack as editions
from kommissorium.meetings.models import Attachment, Meeting
from kommissorium.meetings.pack.model import Pack

HEAVY: Final = 1_000_000  # bytes attached; less is typeset within a second
type Typeset = Callable[[Pack], tuple[Pack, bytes]]


class Rehearsed(Exception):
    """A rehearsed call came to its pack; the exception undoes the call."""

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self.pack = pack


def at_once(pack: Pack) -> tuple[Pack, bytes]:
    """Return the pack and its PDF."""
    return pack, editions.pack_pdf(pack)


def ready_for(meeting: Meeting, call: Callable[[Typeset], object]) -> Typeset:
    """Return what gives a `call` its pack and PDF.

    With heavy files the call, one transaction, is rehearsed and undone, and what it came to is
    typeset while nobody waits to write. Raises what the call refuses.
    """
    attached = Attachment.objects.filter(item__meeting=meeting)
    if (attached.aggregate(sum=Sum("file__size"))["sum"] or 0) < HEAVY:
        return at_once
    try:
        call(_stop)
    except Rehearsed as found:
        rehearsed = found.pack
    meeting.refresh_from_db()
    pdf = editions.pack_pdf(rehearsed)

    def typeset(pack: Pack) -> tuple[Pack, bytes]:
        if replace(pack, made_at=rehearsed.made_at) == rehearsed:
            return rehearsed, pdf
        return at_once(pack)  # somebody changed it meanwhile

    return typeset


def _stop(pack: Pack) -> Never:
    raise Rehearsed(pack)
