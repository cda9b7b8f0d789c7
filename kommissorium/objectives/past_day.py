"""Standing of the objectives on a past day, from the figures that were kept of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kommissorium.objectives.status import ObjectiveStatus, Progress, statuses_known_on
from kommissorium.registers.past import PastEvent
from kommissorium.registers.past_day import day_of

LABELS: Mapping[str, str | Promise] = {
    "objectives": _("In force"),
    **{progress.value: progress.label for progress in Progress},
    "realised": _("Realised: reached at some time"),
    "without_owner": _("Without an owner"),
    "unlinked": _("Not linked to a risk level"),
    "old_link": _("Linked to a risk level that was replaced"),
}


@dataclass(frozen=True)
class PastDay:
    """The numbers of a day in words, and which objectives they count.

    Those are None where what is known today no longer says which they were.
    """

    numbers: Sequence[tuple[str | Promise, int]]
    rows: Sequence[ObjectiveStatus] | None


def past_of(figures: PastEvent) -> PastDay:
    """Return what is told of the day whose figures these are (three queries)."""
    counts: Mapping[str, int] = figures.facts["counts"]
    numbers = [(label, counts[code]) for code, label in LABELS.items() if code in counts]
    rows = _rows(day_of(figures))
    found = Counter(one.progress.value for one in rows)
    is_same = all(found[progress.value] == counts.get(progress.value, 0) for progress in Progress)
    return PastDay(numbers, rows if is_same else None)


def _rows(day: date) -> list[ObjectiveStatus]:
    return sorted(statuses_known_on(day), key=lambda one: (one.objective.due, one.objective.pk))
