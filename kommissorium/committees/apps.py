"""The app configuration of the room committees."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig

from kommissorium.core.evidence.row_readers import SECOND, UNDER_WAY, Itself, Kept, Readers, under


class CommitteesConfig(AppConfig):
    name = "kommissorium.committees"
    label = "committees"
    readers: ClassVar[Readers] = {
        "clause": under("mandate"),
        "holding": under("seat"),
        "mandate": Itself(UNDER_WAY),
        "seat": under("committee"),
        "seatnomination": Kept(SECOND),
    }
    # Asked by the room accounts: who leads, and whether who signs in sits in a committee today.
    leaders = "kommissorium.committees.leaders.leaders"
    seated = """EXISTS (
  SELECT 1 FROM committees_holding AS sits JOIN committees_seat AS seat ON seat.id = sits.seat_id
  WHERE sits.person_id = person.id
  AND sits.from_date <= %s AND (sits.to_date IS NULL OR sits.to_date >= %s)
  AND seat.from_date <= %s AND (seat.to_date IS NULL OR seat.to_date >= %s))"""
