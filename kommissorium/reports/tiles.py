"""The five numbers that the executive board sees first, each with the line of four quarters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.charts.lines import SmallLine
from kommissorium.core.ui.localised import number
from kommissorium.measures.periods import Quarter
from kommissorium.measures.shares import share
from kommissorium.registers.status import StatusPart

MOST: Final = 5
QUARTERS: Final = 4

type Parts = Mapping[str, StatusPart]
type Number = tuple[int, int | None] | None  # with the number it is out of; None for not known
type Reading = Callable[[StatusPart, bool], Number]  # when the quarter ended, or the one before


@dataclass(frozen=True, slots=True)
class Tile:
    """Number of the quarter and of those before it, the oldest first; None where none is known.

    `said` are they in words, `step` how it has changed. `of` is the part of the status it is from,
    `goal` what it is to reach.
    """

    of: str
    label: str
    values: Sequence[int | None]
    said: Sequence[str]
    quarters: Sequence[str]
    step: str
    goal: int | None = None

    @property
    def shown(self) -> str:
        return self.said[-1]

    @property
    def line(self) -> SmallLine:
        told = zip(self.quarters, self.said, strict=True)
        words = ", ".join(f"{quarter}: {said}" for quarter, said in told)
        return SmallLine(self.values, f"{self.label}. {words}", self.goal)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the number of a tile is read: the part of the status, and how of its figures."""

    part: str
    label: str | Promise
    read: Reading
    unit: str = ""


def _figure(part: StatusPart, code: str, *, before: bool) -> int | None:
    found = next((one for one in part.figures if one.code == code), None)
    return (found.before if before else found.value) if found else None


def _plain(code: str) -> Reading:
    def read(part: StatusPart, before: bool) -> Number:
        value = _figure(part, code, before=before)
        return None if value is None else (value, None)

    return read


def _out_of(code: str, all_of_them: str) -> Reading:
    def read(part: StatusPart, before: bool) -> Number:
        value, whole = (_figure(part, one, before=before) for one in (code, all_of_them))
        return None if value is None or whole is None else (value, whole)

    return read


def _owned(part: StatusPart, before: bool) -> Number:
    number_of, without = (
        _figure(part, code, before=before) for code in ("assets", "without_owner")
    )
    if not number_of or without is None:
        return None
    return share(number_of - without, number_of), None


# The first five of which the quarter tells are shown.
SOURCES: Final = (
    _Source("risks", gettext_lazy("Risks above the level"), _plain("above")),
    _Source("accepted", gettext_lazy("Accepted risk, kroner"), _plain("kroner")),
    _Source("owners", gettext_lazy("Systems and data with an owner"), _owned, "%"),
    _Source(
        "contingency",
        gettext_lazy("Critical services with a plan"),
        _out_of("covered", "critical"),
    ),
    _Source("compliance", gettext_lazy("Clauses fulfilled"), _out_of("fulfilled", "clauses")),
    _Source("plans", gettext_lazy("Actions that are late"), _plain("plans_slipped")),
    _Source("duties", gettext_lazy("Overdue tasks of the year wheel"), _plain("duties_overdue")),
    _Source("incidents", gettext_lazy("Incidents"), _plain("incidents")),
    _Source("decisions", gettext_lazy("Tasks open"), _plain("tasks_open")),
)


def tiles_of(told: Sequence[Parts], quarter: Quarter) -> list[dict[str, Any]]:
    """Return the tiles as plain data. `told` are the parts of the quarter and of two before it,
    the newest first: each knows its own number, and that of the quarter before to compare with."""
    found = (tile for source in SOURCES if (tile := _tile(source, told, quarter)))
    return [asdict(tile) for _place, tile in zip(range(MOST), found, strict=False)]


def _tile(source: _Source, told: Sequence[Parts], quarter: Quarter) -> Tile | None:
    numbers = list(reversed(list(_numbers(source, told))))
    if numbers[-1] is None:
        return None
    values = [one[0] if one else None for one in numbers]
    labels = [quarter.label]
    for _again in range(QUARTERS - 1):
        quarter = quarter.before
        labels.append(quarter.label)
    return Tile(
        source.part,
        str(source.label),
        values,
        [_said(one, source.unit) for one in numbers],
        list(reversed(labels)),
        _step(numbers[-1], numbers[-2], source.unit, labels[1]),
        100 if source.unit == "%" else numbers[-1][1],
    )


def _numbers(source: _Source, told: Sequence[Parts]) -> Iterator[Number]:
    """Yield the number of each quarter, the newest first; none before one not to be compared."""
    newest = told[0].get(source.part)
    yield source.read(newest, False) if newest else None
    is_compared = True
    for parts in told:
        part = parts.get(source.part)
        found = source.read(part, True) if part and is_compared else None
        is_compared = found is not None
        yield found


def _said(found: Number, unit: str) -> str:
    if found is None:
        return "–"
    value, whole = found
    if whole is not None:
        return _("%(number)s of %(all)s") % {"number": number(value), "all": number(whole)}
    return f"{number(value)}\N{NO-BREAK SPACE}{unit}".strip()


def _step(now: Number, before: Number, unit: str, since: str) -> str:
    """Return by how much it has changed since the quarter before, with an arrow."""
    if now is None or before is None:
        return _("not known in %(quarter)s") % {"quarter": since}
    change = now[0] - before[0]
    if not change:
        return _("as in %(quarter)s") % {"quarter": since}
    by = f"{'↑' if change > 0 else '↓'} {number(abs(change))}"
    text = _("%(by)s points since %(quarter)s") if unit else _("%(by)s since %(quarter)s")
    return text % {"by": by, "quarter": since}
