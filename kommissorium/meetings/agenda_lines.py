"""Lines of an agenda as pages show them, with and without closed items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from kommissorium.accounts.models import Person
from kommissorium.core.richtext import in_a_line
from kommissorium.meetings.minutes_builder import ITEM
from kommissorium.meetings.models import AgendaItem, Attachment, Meeting, Minutes, Proceedings
from kommissorium.tasks.models import Task

LONG = ("presentation", "recommendation", "facts")  # what lists do not show
SHORT = 200  # characters of a decision


@dataclass(frozen=True)
class AgendaLine:
    """One item on the list; of a closed one that is not `shown` the page says only that.

    `told` is what the meeting recorded, `tasks` what it gave to do, for whom may read it.
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
    told: Proceedings | None
    tasks: Sequence[Task]

    @property
    def is_result(self) -> bool:
        """Return whether something came of the item: a decision, or a task."""
        return bool(self.told and self.told.is_decided) or bool(self.tasks)

    @property
    def decision(self) -> str:
        """Return how the decision begins."""
        text = in_a_line(self.told.decision) if self.told else ""
        return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"


def items_of(meeting: Meeting) -> list[Any]:
    """Return the agenda with all that its list shows, in two or three queries."""
    counted = Attachment.objects.filter(item=OuterRef("pk")).order_by().values("item")
    number = Subquery(counted.annotate(number=Count("pk")).values("number"))
    items = meeting.items.select_related(
        "clause", "proceedings", "carried_from__meeting", "carried_from__proceedings"
    )
    items = items.prefetch_related(
        Prefetch("presents_minutes", Minutes.objects.select_related("meeting"))
    )
    if meeting.took_place:
        later = AgendaItem.objects.exclude(meeting__state=Meeting.State.CANCELLED)
        later = later.select_related("meeting").defer(*LONG)
        items = items.prefetch_related(Prefetch("carried_to", later))
    hidden = [f"carried_from__{name}" for name in LONG]
    hidden += ["proceedings__discussion", "carried_from__proceedings__discussion"]
    hidden += ["carried_from__proceedings__decision"]
    return list(items.annotate(files=Coalesce(number, 0)).defer(*LONG, *hidden))


def lines_of(
    items: Sequence[Any], person: Person, *, shows_closed: bool, is_told: bool
) -> list[AgendaLine]:
    """Return the lines of the items of `items_of`; numbered by their place before the call.

    What the meeting recorded is shown where `is_told`: to whom may read its minutes.
    """
    tasks = tasks_of(items, person) if is_told else {}
    return [
        _line(item, place, tasks, shows_closed=shows_closed, is_told=is_told)
        for place, item in enumerate(items, 1)
    ]


def tasks_of(items: Sequence[AgendaItem], person: Person) -> Mapping[int, list[Task]]:
    """Return the tasks the items gave birth to and `person` may read, by item; one query."""
    found: dict[int, list[Task]] = defaultdict(list)
    born = Task.objects.visible_to(person).born_at(ITEM, [str(item.pk) for item in items])
    for task in born.select_related("owner").order_by("due", "pk"):
        found[int(task.born_id)].append(task)
    return found


def _line(
    item: Any,
    place: int,
    tasks: Mapping[int, list[Task]],
    *,
    shows_closed: bool,
    is_told: bool,
) -> AgendaLine:
    before = item.carried_from
    after = next(iter(item.carried_to.all()), None) if item.meeting.took_place else None
    shown = shows_closed or not item.is_closed
    return AgendaLine(
        item=item,
        number=item.number or place,
        shown=shown,
        files=item.files,
        before=before,
        before_shown=before is not None and (shows_closed or not before.is_closed),
        after=after,
        after_shown=after is not None and (shows_closed or not after.is_closed),
        minutes=item.presents_minutes.all(),
        told=item.recorded if is_told and shown else None,
        tasks=tasks.get(item.pk, []) if shown else [],
    )
