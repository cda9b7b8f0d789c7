"""Mandates on the front of who leads: how each stood when the months ended, read from frozen answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import TONES, month_ends
from kommissorium.compliance.models import FrozenAnswer
from kommissorium.core.charts.fields import Strip
from kommissorium.core.charts.lines import SmallLine
from kommissorium.measures.findings import State

MONTHS = 12


@dataclass(frozen=True)
class MandateFront:
    """A committee, and its frozen answers at the ends of the last months; None where there is none."""

    committee: Committee
    ends: Sequence[date]
    states: Sequence[Sequence[State] | None]

    @property
    def last(self) -> tuple[date, Sequence[State]] | None:
        """Return the newest answer and its day; today's is fetched by the page."""
        told = [(on, one) for on, one in zip(self.ends, self.states, strict=True) if one]
        return told[-1] if told else None

    @property
    def fulfilled(self) -> int:
        return _fulfilled(self.last[1]) if self.last else 0

    @property
    def strip(self) -> Strip:
        """Return a field for each clause as it stood last."""
        return Strip([TONES[one] for one in self.last[1]] if self.last else [])

    @property
    def course(self) -> SmallLine | None:
        """Return the share fulfilled month by month; None where fewer than two months are told of."""
        shares = [_fulfilled(one) * 100 // len(one) if one else None for one in self.states]
        told = [one for one in shares if one is not None]
        if not told[1:]:
            return None
        said = _("From %(then)d %% to %(now)d %% in the last %(months)d months")
        months = len(shares) - next(at for at, one in enumerate(shares) if one is not None)
        said %= {"then": told[0], "now": told[-1], "months": months}
        return SmallLine(shares, said, goal=100)


def mandate_fronts(committees: Iterable[Committee], today: date) -> list[MandateFront]:
    """Return the mandates of committees that the person follows (one query)."""
    found, ends = list(committees), month_ends(today, MONTHS + 1)[:-1]
    rows = FrozenAnswer.objects.final().filter(committee__in=found, on__in=ends).order_by("-pk")
    kept: dict[int, dict[date, Mapping[str, str]]] = defaultdict(dict)
    for row in rows:
        kept[row.committee_id][row.on] = row.states  # of each day the first
    return [
        MandateFront(one, ends, [_states(kept[one.pk].get(on)) for on in ends]) for one in found
    ]


def _states(found: Mapping[str, str] | None) -> Sequence[State] | None:
    return [State(one) for one in found.values()] if found else None


def _fulfilled(states: Sequence[State]) -> int:
    return sum(one == State.FULFILLED for one in states)
