"""Changes in technical measures since the quarter before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kommissorium.measures.periods import Quarter
from kommissorium.projects.models import MeasureState, WorkStatus
from kommissorium.projects.models.measures import Light
from kommissorium.registers.status import StatusFigure

ORDER = (Light.GREEN, Light.YELLOW, Light.RED)


@dataclass(frozen=True, slots=True)
class ComparedState:
    """A state with what was told of the measure last, of a quarter before."""

    state: MeasureState
    before: MeasureState | None

    @property
    def figure(self) -> StatusFigure | None:
        """Return its figure as a status shows it; None where nothing is counted."""
        now, then = self.state, self.before
        if now.figure is None:
            return None
        same = then is not None and (then.figure_name, then.unit) == (now.figure_name, now.unit)
        return StatusFigure(
            f"measure_{now.measure.area or now.measure_id}",
            now.figure_name or now.measure.title,
            now.figure,
            then.figure if then and same else None,
            now.measure.get_absolute_url(),
            now.measure.wanted,  # type: ignore[arg-type]
            now.unit,  # type: ignore[arg-type]
        )

    @property
    def change(self) -> str:
        """Return how it has changed since it was told last, in a few words."""
        then = self.before
        if then is None or not then.light or not self.state.light:
            return _("reported for the first time") if self.state.light else ""
        told = []
        if then.light != self.state.light:
            is_better = ORDER.index(Light(self.state.light)) < ORDER.index(Light(then.light))
            words = _("better than before: was “%(light)s”")
            words = words if is_better else _("worse than before: was “%(light)s”")
            told.append(words % {"light": then.light_label})
        if (figure := self.figure) and figure.change:
            told.append(figure.change_in_words)
        return "; ".join(told) or _("unchanged")


def compared_states(status: WorkStatus) -> list[ComparedState]:
    """Return the states of a status, each with the one before it (two queries)."""
    rows = list(status.states.select_related("measure__owner", "said_by").order_by("measure_id"))
    for row in rows:
        row.status = status
    return compare(rows, status.quarter)


def compare(rows: Sequence[MeasureState], quarter: Quarter) -> list[ComparedState]:
    """Return the states of a quarter, each with the one before it (one query)."""
    earlier = MeasureState.objects.until(quarter.before)
    found = newest(earlier.filter(measure__in=[row.measure_id for row in rows]))
    return [ComparedState(row, found.get(row.measure_id)) for row in rows]


def newest(rows: Iterable[MeasureState]) -> dict[int, MeasureState]:
    """Return the first state of each measure, of those that come newest first."""
    found: dict[int, MeasureState] = {}
    for row in rows:
        found.setdefault(row.measure_id, row)
    return found
