"""Notes in the chain that a backup was made of the database, and that it was restored from one."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import transaction

from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Event, Salt


@transaction.atomic
def note_backup(facts: Mapping[str, str | int | bool]) -> None:
    """Record that a backup was made: up to which event, and of how many files."""
    record("core.backup_made", Salt(pk=1), by=None, facts=facts)


@transaction.atomic
def note_restore(facts: Mapping[str, str | int]) -> None:
    """Record that the database was restored: up to which event, and from a backup of when."""
    record("core.backup_restored", Salt(pk=1), by=None, facts=facts)


def is_restored(seq: int, value: str) -> bool:
    """Return whether the last event is the restore of a backup that ended with that event."""
    last = Event.objects.order_by("-seq").first()
    if last is None or (last.act, last.seq) != ("core.backup_restored", seq + 1):
        return False
    facts = json.loads(last.facts)
    return (facts["seq"], facts["hash"]) == (seq, value)
