"""Data classes of default duties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kommissorium.committees.models import Clause
from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.models import Rhythm

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class DutyDefault:
    """A duty that clauses of these measures propose; the first of them in the mandate gets it.

    It is due on `day` of `month` and every `interval_months` after. Where the clause itself says
    how often, `by_clause` follows it; what recurs more rarely than each year is counted from
    `first_year`. What is closed `by_decision` is due at the meeting nearest that day.
    """

    key: str
    measures: tuple[Measure, ...]
    title: StrPromise
    method: StrPromise
    success: StrPromise
    evidence: StrPromise | str = ""
    rhythm: Rhythm = Rhythm.INTERVAL
    interval_months: int = 12
    month: int = 1
    day: int = 1
    lead_days: int = 30
    role: str = Clause.Role.SECRETARY
    feeds: Measure | str = ""
    tags: tuple[StrPromise, ...] = ()
    by_clause: bool = False
    by_decision: bool = False
    first_year: int | None = None
