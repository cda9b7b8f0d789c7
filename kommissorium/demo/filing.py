"""The filing in the records system; the newest is not filed yet."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from kommissorium.demo.story import Town
from kommissorium.meetings.actions.filing import note_filing
from kommissorium.meetings.filing import OF_MEETINGS

DAYS = 60  # after a meeting, when its minutes were sent out long ago


def tell_filing(town: Town) -> None:
    """Tell of the receipts noted after each meeting but the two newest."""
    for ago in range(town.almanac.span.first, 2, -1):
        town.tell_after(ago, DAYS, partial(_file, town), "14.45")


def _file(town: Town) -> None:
    by = town.keeper()
    for kind in OF_MEETINGS:
        if rows := list(kind.unfiled(by)):
            day = timezone.localdate()
            note_filing(kind, rows, by=by, filed_on=day, case_number=f"{day:%y}/01.15.04-0012")
