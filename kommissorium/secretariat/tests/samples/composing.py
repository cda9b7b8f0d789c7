"""A planned meeting whose agenda is drafted, and a closed item of it that somebody edited."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, secret
from kommissorium.meetings.actions.agenda import change_item
from kommissorium.meetings.tests.samples import closed_item, planned
from kommissorium.secretariat.actions.agendas import compose_agenda


def add(samples: Samples, cast: Cast) -> None:
    """Name the meeting, an item as drafted, and the closed one."""
    meeting = planned(cast, 75)
    closed_item(cast, meeting)
    compose_agenda(meeting, by=cast.coordinator)
    one, other = meeting.items.filter(draft__isnull=False)[:2]
    other.refresh_from_db()
    change_item(
        other,
        by=cast.coordinator,
        title=secret("titel"),
        type="decision",
        presentation=f"<p>{secret('rettet')}</p>",
        recommendation=f"<p>{secret('indstillet')}</p>",
        is_closed=True,
        closed_ground=secret("grund"),
        edit_version=other.edit_version,
    )
    samples.add("meeting_composing meeting_preview", pk=meeting.pk)
    samples.add("item_draft", pk=one.pk)
    samples.add("item_draft/closed", pk=other.pk)
