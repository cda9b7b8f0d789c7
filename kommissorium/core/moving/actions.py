"""Leaves behind, as an event, that everything was written out, and that a database was moved."""

from __future__ import annotations

from django.db import transaction

from kommissorium import __version__
from kommissorium.core.evidence.actions import MOVED_AWAY, record
from kommissorium.core.evidence.models import Event, Salt


@transaction.atomic
def note_export(*, with_files: bool) -> None:
    """Record that everything is written out; a database that was moved takes no event more."""
    if moved_to() is None:
        facts = {"version": __version__, "files": with_files}
        record("core.all_exported", Salt(pk=1), by=None, facts=facts)


def mark_as_moved(engine: str, head: tuple[int, str]) -> None:
    """Record that the other database goes on from here, and which head it has: the last event."""
    facts = {"engine": engine, "head": {"seq": head[0], "hash": head[1]}}
    record("core.moved_away", Salt(pk=1), by=None, facts=facts)


def moved_to() -> Event | None:
    """Return the event that says where this database was moved to, if it was."""
    last = Event.objects.order_by("-seq").first()
    return last if last and last.act == MOVED_AWAY else None
