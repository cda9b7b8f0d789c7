"""Tables of an item of the minutes: what was weighed, its tasks and its files."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kommissorium.core.richtext import one_line
from kommissorium.meetings.minutes.layout import Grid
from kommissorium.meetings.minutes.model import ProtocolFile, ProtocolItem, ProtocolWeighing
from kommissorium.meetings.pack.phrases import date_text, kind, lines, size


def weighings_grid(weighings: Sequence[ProtocolWeighing]) -> Grid | None:
    """Return the aspects that were weighed as a table; None for none."""
    head = (_("Consideration"), _("Weighed as"), _("Reason"))
    rows = tuple(_weighing(weighing) for weighing in weighings)
    return Grid("weighings", head, rows) if rows else None


def _weighing(weighing: ProtocolWeighing) -> tuple[str, ...]:
    texts = (one_line(weighing.label), one_line(weighing.choice), " ".join(lines(weighing.text)))
    return tuple(text or "–" for text in texts)


def tasks_grid(item: ProtocolItem) -> Grid | None:
    """Return the tasks of the item as a table; None for none."""
    head = (_("What"), _("Who"), _("Due"))
    rows = tuple(
        (
            one_line(task.title) or "–",
            one_line(task.owner) or "–",
            date_text(task.due) if task.due else "–",
        )
        for task in item.tasks
    )
    return Grid("tasks", head, rows) if rows else None


def annexes_grid(item: ProtocolItem) -> Grid | None:
    """Return the files of the item as a table; None for none."""
    head = (_("No."), _("Annex"), _("File type"), _("Size"))
    rows = tuple(_annex(place, file) for place, file in enumerate(item.attachments, start=1))
    return Grid("annexes", head, rows) if rows else None


def _annex(place: int, file: ProtocolFile) -> tuple[str, ...]:
    name = one_line(file.name) or str(place)
    return str(place), f"{name}\nSHA-256 {one_line(file.sha256)}", kind(file), size(file.size)
