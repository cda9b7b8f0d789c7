"""Events as the past of registers is put together from them (one query)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db.models import Q
from django.utils import timezone

from kommissorium.core.evidence.models import Event
from kommissorium.measures.findings import Noted
from kommissorium.measures.past import DayFigures, PastEvent


def past_events(about: Q) -> list[PastEvent]:
    """Fetch the events that the condition picks, in the order of the chain (one query)."""
    fields = ("seq", "at", "hash", "actor", "act", "object_id", "facts")
    rows = list(Event.objects.filter(about).order_by("seq").values_list(*fields))
    here = timezone.get_current_timezone()  # asked once: there are thousands of events
    told = json.loads(f"[{','.join(row[-1] for row in rows)}]")  # read at once for the same reason
    return [
        PastEvent(act, int(key), facts, Noted(seq, at.astimezone(here).date(), digest, by))
        for (seq, at, digest, by, act, key, _text), facts in zip(rows, told, strict=True)
    ]


def counted_today(numbers: Mapping[str, int]) -> DayFigures[Mapping[str, int]]:
    """Return figures as they are counted today, of which the chain says nothing yet."""
    return DayFigures(timezone.localdate(), numbers, None)
