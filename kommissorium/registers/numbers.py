"""How a register stands in numbers: what counts it, and what is read from the counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kommissorium.core.evidence.models import Event
from kommissorium.registers.indicators import Indicator, Numbers


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a register, the same for everybody.

    `on` counts them on a day; acts of these `rooms` change them, of any where there are none.
    `indicators` are those of them that something can be held against, by a code of their own.
    `record` keeps how the register stood on a day in the chain; it gives no event where it was empty.
    """

    on: Callable[[date], Numbers] = lambda _day: {}
    rooms: tuple[str, ...] = ()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    record: Callable[[date], Event | None] | None = None
