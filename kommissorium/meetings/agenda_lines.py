"""Lines of an agenda as pages show them, with and without closed items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from kommissorium.meetings.models import AgendaItem, Attachment, Meeting, Minutes

LONG = ("presentation", "recommendation", "facts")  # what lists do not show


@dataclass(frozen=True)
class AgendaLine:
    """One item on the list; of a closed one that is not `shown` the page says only that.

    `before` and `after` are the items it was carried from and to; a link leads there only when
    `before_shown` and `after_shown`. `minutes` are those it asks the committee to confirm.
    """

    item: AgendaItem
    number: int
    shown: bool
    files: int
    before: AgendaItem | None
    before_shown: bool
    after: AgendaItem | None
    after_shown: bool
    minutes: Sequence[Minutes]


def items_of(meeting: Meeting) -> list[Any]:
    """Return the agenda with all that its list shows, in two or three queries."""
    counted = Attachment.objects.filter(item=OuterRef("pk")).order_by().values("item")
    number = Subquery(counted.annotate(number=Count("pk")).values("number"))
    items = meeting.items.select_related("clause", "carried_from__meeting")
    items = items.prefetch_related(
        Prefetch("presents_minutes", Minutes.objects.select_related("meeting"))
    )
    if meeting.took_place:
        later = AgendaItem.objects.exclude(meeting__state=Meeting.State.CANCELLED)
        later = later.select_related("meeting").defer(*LONG)
        items = items.prefetch_related(Prefetch("carried_to", later))
    hidden = [f"carried_from__{name}" for name in LONG]
    return list(items.annotate(files=Coalesce(number, 0)).defer(*LONG, *hidden))


def lines_of(meeting: Meeting, items: Sequence[Any], *, shows_closed: bool) -> list[AgendaLine]:
    """Return the lines of the items of `items_of`; numbered by their place before the call."""
    return [
        _line(item, place, took_place=meeting.took_place, shows_closed=shows_closed)
        for place, item in enumerate(items, 1)
    ]


def _line(item: Any, place: int, *, took_place: bool, shows_closed: bool) -> AgendaLine:
    before = item.carried_from
    after = next(iter(item.carried_to.all()), None) if took_place else None
    return AgendaLine(
        item=item,
        number=item.number or place,
        shown=shows_closed or not item.is_closed,
        files=item.files,
        before=before,
        before_shown=before is not None and (shows_closed or not before.is_closed),
        after=after,
        after_shown=after is not None and (shows_closed or not after.is_closed),
        minutes=item.presents_minutes.all(),
    )
